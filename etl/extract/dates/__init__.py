"""An article's text → its date expressions.

Emitted: whatever resolves to a day, month, quarter, year or range, also from the issue date
(今年7月, 13日, 目前) or from a date mentioned before (当年11月, 次日, 当时). Left out: what does
not (近日, 近年来, 新时代), festivals, the lunar calendar, and lengths of time (5年,
3日内). The part of the day (上午, 晚) is none of the span. A five-year plan's name is a date
only where 期间, 时期 or 末 says that the time is meant.
"""

from __future__ import annotations

import re

from etl import tables
from etl.extract.dates.patterns import DATE, DAYTIME, RANGE
from etl.extract.dates.points import Value
from etl.extract.dates.ranges import resolve_range
from etl.extract.dates.resolve import resolve
from etl.extract.dates.timeline import Mention, Seen, Timeline, UnsettledError
from etl.extract.dates.vetoes import vetoed
from etl.model import Reading

_JOINABLE = {
    "month",
    "lone",
    "alone",
    "near",
    "numeric",
    "quarter",
    "yearedge",
    "half",
    "decade",
    "named",
    "week",
}
_PRECISIONS = {
    **dict.fromkeys(("day", "lone", "near", "numeric"), "day"),
    **dict.fromkeys(("third", "half", "ahead", "week", "back"), "range"),
    "quarter": "quarter",
    "month": "month",
    "yearedge": "month",
    "edge": "month",
}


def find_dates(reading: Reading) -> list[tables.Date]:
    """One row per date expression, in order; a range is one row.

    `iso` is null where its year rests on an issue date that is not known.
    """
    timeline = Timeline(reading.normal, reading.issue_date)
    groups = _joined(_mentions(reading), reading.normal)
    return [row for group in groups if (row := _row(group, timeline, reading))]


def _mentions(reading: Reading) -> list[Mention]:
    found: list[Mention] = []
    numbered = False
    for match in DATE.finditer(reading.normal):
        if found and match.start() < found[-1].end:
            continue  # 3月以来年: 来年 begins within the date before it
        parts = {name: part for name, part in match.groupdict().items() if part}
        end = _end(match.end(), match.start(), reading.normal)
        stop = max(end, _behind_daytime(match))
        if vetoed(match, stop, parts, numbered=numbered):
            if found and found[-1].bare and match.start() - found[-1].end <= 4:
                found.pop()
            continue
        numbered = numbered or match[0][-1] in "号號"
        at = reading.sentence_at(match.start())
        found.append(Mention(match.start(), end, parts, at.order, at.paragraph))
    return found


def _end(end: int, start: int, text: str) -> int:
    """Behind 以来 (今年以来), which belongs to the date unless 从 or 自 takes it in a frame."""
    framed = text[start - 1 : start] in ("从", "自")
    return end + 2 if text.startswith("以来", end) and not framed else end


def _behind_daytime(match: re.Match[str]) -> int:
    """Behind 上午, 晚 and the like, which say no more of the date."""
    daytime = DAYTIME.match(match.string, match.end())
    return daytime.end() if daytime else match.end()


def _joined(mentions: list[Mention], text: str) -> list[tuple[Mention, ...]]:
    """Each mention, or the two of them that 至, 到 or a dash makes a range."""
    groups: list[tuple[Mention, ...]] = []
    for mention in mentions:
        before = groups[-1][-1] if groups and len(groups[-1]) == 1 else None
        if before and _is_range(before, mention, text):
            groups[-1] = (before, mention)
        else:
            groups.append((mention,))
    return groups


def _is_range(before: Mention, mention: Mention, text: str) -> bool:
    if not all(_JOINABLE & set(one.parts) for one in (before, mention)):
        return False
    if RANGE.fullmatch(text, before.end, mention.start):
        return True
    joined, behind = text[before.end : mention.start], text[mention.end : mention.end + 2]
    if joined in ("与", "和"):
        return behind[:1] == "间" or behind == "之间"
    return joined in ("之后", "以后") and behind in ("之前", "以前")


def _row(group: tuple[Mention, ...], timeline: Timeline, reading: Reading) -> tables.Date | None:
    try:
        value, basis = _settle(group, timeline)
    except UnsettledError:
        return None
    if value is not None:
        if not value.valid:
            return None
        timeline.seen.append(Seen(group[-1], value, basis))
    start, end = group[0].start, group[-1].end
    return tables.Date(
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(start).sentence_id,
        start=start,
        end=end,
        raw=reading.text[start:end],
        iso=value.iso if value else None,
        precision=value.precision if value else _precision(group),
        basis=basis,
    )


def _settle(group: tuple[Mention, ...], timeline: Timeline) -> tuple[Value | None, str]:
    if len(group) == 1:
        return resolve(group[0], timeline)
    return resolve_range(group[0], group[1], timeline)


def _precision(group: tuple[Mention, ...]) -> str:
    """How exact an expression is whose year is not known."""
    if len(group) > 1:
        return "range"
    return next((_PRECISIONS[part] for part in _PRECISIONS if part in group[0].parts), "year")
