"""Date expressions in the order of an article's text, and what the earlier lend to the later."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from etl.extract.dates.patterns import NUMERALS
from etl.extract.dates.points import Point, Stretch, Value

# Words that say that a day has not come yet.
_WILL_BEFORE = re.compile(
    "(?:将|定于|拟于|拟|预定|计划|预计|有望|争取|力争|截止|最晚)[^。;,]{0,9}$"
)
_WILL_BEHIND = re.compile(
    "[^。;]{0,14}?(?:将(?!近|军|士|领|来)|(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|启用)|出版的|前完成)"
)


_NUMERALS = f"0123456789〇零{NUMERALS}"


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
    def bare(self) -> bool:
        """Whether it is a number that borrows its unit from the next expression: 1至11月."""
        last = list(self.parts)[-1]
        return last in ("month", "day", "lone", "alone") and self.parts[last][-1] in _NUMERALS

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

    def told_day(self, mention: Mention) -> Point:
        """The day that 当天 or 次日 counts from: the last one, but none that is still to come or
        from which on something holds, where there is another (13日说,会谈15日举行。同一天…).
        """
        coming = self.coming(mention)
        days = [one for one in self.seen if "now" not in one.mention.parts and one.last.day]
        for one in reversed(days):
            ahead = self.issue is not None and one.last.first > self.issue and not coming
            if not (ahead or self._since(one.mention)):
                return one.last
        return self.latest(day=True)

    def _since(self, mention: Mention) -> bool:
        """Whether it says from when on: 自25日夜间起."""
        from_ = self.text[mention.start - 1 : mention.start] in ("自", "从")
        behind = self.text[mention.end : mention.end + 5]
        return from_ and ("起" in behind or "以来" in behind)

    def year_before(self, mention: Mention) -> int:
        """The year that 当年 means.

        当年的, one far from any date and one in the issue's own year only mean "back then".
        """
        before = self.seen[-1] if self.seen else None
        if before is None or self.text[mention.end : mention.end + 1] == "的":
            raise UnsettledError
        if not mention.sentence - 1 <= before.mention.sentence <= mention.sentence:
            raise UnsettledError
        if isinstance(before.value, Stretch) and before.value.start.year != before.last.year:
            raise UnsettledError
        if self.issue and before.last.year == self.issue.year and "alone" in mention.parts:
            raise UnsettledError
        return before.last.year

    def opens_the_story(self, mention: Mention) -> bool:
        """Whether no day stands before an expression that opens its sentence."""
        if any(one.last.day for one in self.seen):
            return False
        return not mention.start or self.text[mention.start - 1] in "。!?;\n:)"

    def compared_year(self, mention: Mention) -> int | None:
        """The year told just before, where 比上年 or 与上一年度 compares with the one before it.

        2023年播种3356万亩,比上年增加: the year before 2023, whenever the issue was.
        """
        if self.text[mention.start - 1 : mention.start] not in tuple("比较与和同于"):
            return None
        for one in reversed(self.seen):
            if one.mention.paragraph != mention.paragraph:
                return None
            if one.mention.sentence < mention.sentence - 1:
                return None
            parts = one.mention.parts
            if "上" in parts.get("year", parts.get("alone", "")):
                continue
            if not {"now", "decade", "years", "plan", "then", "named"} & set(parts):
                return one.last.year
        return None

    def governor(self, mention: Mention) -> Seen | None:
        """The earlier expression that `mention` takes its year from, if there is one.

        In the sentence the one before it; across sentences only where both open theirs and
        the year is written: 1946年3月,…。4月8日,…
        """
        for one in reversed(self.seen):
            between = self.text[one.mention.start : mention.start]
            if one.mention.paragraph != mention.paragraph or "now" in one.mention.parts:
                return None
            if "以来" in between or ";" in between or between.endswith(("截至", "截止")):
                return None
            if one.mention.sentence == mention.sentence:
                if self._lends(one, mention):
                    return one
            elif one.mention.sentence < mention.sentence - 2:
                return None
            elif one.basis != "issue_date" and self._opens(one.mention) and self._opens(mention):
                return one
        return None

    def _lends(self, one: Seen, mention: Mention) -> bool:
        """Whether a date governs what follows it in its sentence.

        A bare year does where a comma or little else follows: 2017年春运从1月13日. A past year
        does not for what is to come, nor does one that something is compared with.
        """
        between = self.text[one.mention.end : mention.start]
        compared = self.text[one.mention.start - 1 : one.mention.start] in tuple("比较与同自超")
        if compared and len(between) > 3:
            return False
        past = self.issue and one.last.year < self.issue.year and one.basis == "issue_date"
        if past and self.coming(mention):
            return False
        if one.last.precision != "year":
            return True
        return not between.startswith(("起", "来")) and (between[:1] == "," or len(between) <= 12)

    def _opens(self, mention: Mention) -> bool:
        """Whether the expression is the first thing in its sentence."""
        return not mention.start or self.text[mention.start - 1] in "。!?;\n”"

    def coming(self, mention: Mention) -> bool:
        """Whether the words around say that the day is still ahead."""
        before = self.text[max(0, mention.start - 14) : mention.start]
        behind = self.text[mention.end : mention.end + 20]
        return bool(_WILL_BEFORE.search(before) or _WILL_BEHIND.match(behind))
