"""Date expressions in the order of an article's text, and what the earlier lend to the later."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from etl.extract.dates.points import Point, Stretch, Value

# Words that say that a day has not come yet.
_WILL_BEFORE = re.compile(
    "(?:将|定于|拟于|拟|预定|计划|预计|有望|争取|力争|截止|最晚)[^。;,]{0,9}$"
)
_WILL_BEHIND = re.compile(
    "[^。;]{0,14}?(?:将(?!近|军|士|领|来)|(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|启用)|出版的|前完成)"
)


class UnsettledError(Exception):
    """The text before holds no date that the expression could start from."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression: its span, its parts by the name of their group, and where it stands."""

    start: int
    end: int
    parts: dict[str, str]
    sentence: int
    paragraph: int

    @property
    def lacks_year(self) -> bool:
        """Whether neither a year nor another anchor is written."""
        return not {"year", "alone", "numeric", "years", "named", "decade", "plan"} & set(
            self.parts
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """An expression already resolved."""

    mention: Mention
    value: Value
    basis: str

    @property
    def last(self) -> Point:
        """The point that what follows starts from."""
        return self.value.end if isinstance(self.value, Stretch) else self.value

    @property
    def lends(self) -> str:
        """What a date rests on that takes its year or month from here."""
        return "issue_date" if self.basis == "issue_date" else "context"


@dataclass(slots=True)
class Timeline:
    """What is known while an article's expressions are read in order."""

    text: str
    issue: datetime.date | None
    seen: list[Seen] = field(default_factory=list)

    def latest(self, *, day: bool = False) -> Point:
        """The date last mentioned, or the last one that is a day."""
        for one in reversed(self.seen):
            if "now" not in one.mention.parts and (one.last.day or not day):
                return one.last
        raise UnsettledError

    def year_before(self, mention: Mention) -> int:
        """The year that 当年 means; 当年的 and one far from any date only mean "back then"."""
        before = self.seen[-1] if self.seen else None
        if before is None or self.text[mention.end : mention.end + 1] == "的":
            raise UnsettledError
        if not mention.sentence - 1 <= before.mention.sentence <= mention.sentence:
            raise UnsettledError
        return before.last.year

    def governor(self, mention: Mention) -> Seen | None:
        """The earlier expression that `mention` takes its year from, if there is one."""
        for one in reversed(self.seen):
            if one.mention.paragraph != mention.paragraph or "now" in one.mention.parts:
                return None
            same = one.mention.sentence == mention.sentence
            near = one.mention.sentence >= mention.sentence - 2
            if one.last.month and (same or near):
                return one
            if one.last.precision == "year" and (same or near) and self._leads(one, mention):
                return one
            if not near:
                return None
        return None

    def _leads(self, one: Seen, mention: Mention) -> bool:
        """Whether a bare year opens what `mention` is part of: 2008年,…5月12日."""
        between = self.text[one.mention.end : mention.start]
        written = self.text[max(0, one.mention.start - 1) : one.mention.end]
        if written[0] in "比较与同自" or "以来" in written or between.startswith(("起", "来")):
            return False
        return between.startswith(",") or len(between) <= 12

    def coming(self, mention: Mention) -> bool:
        """Whether the words around say that the day is still ahead."""
        before = self.text[max(0, mention.start - 14) : mention.start]
        behind = self.text[mention.end : mention.end + 20]
        return bool(_WILL_BEFORE.search(before) or _WILL_BEHIND.match(behind))
