"""When an event took place: the date of its sentence that is its own."""

from __future__ import annotations

import re

from etl import tables
from etl.extract.activities.moments import Moment, bounds, inside
from etl.extract.activities.scan import Scan, Trigger
from etl.model import Reading
from etl.spans import begin_in

# 表彰2022年度…: a year behind the verb is that of something else, but in a name of what is held.
_BEHIND = ("day", "month", "range")
_APART = re.compile("[,;。!?]")
_BACK = re.compile(r"^(?:这是|此次|这次|本次|会上|会议|仪式上|活动中|当天|当日|同日|其间|期间)")


def date_of(
    reading: Reading, scanned: Scan, trigger: Trigger, sentence: tables.Sentence
) -> tables.Date | None:
    """The nearest date before the verb in the sentence, else the first behind it in the clause.

    A date within a title is none of the event's. A sentence that goes on about the event before
    it (此次, 会上) takes that one's day.
    """
    dates = [
        one
        for one in begin_in(reading.dates, sentence.start, sentence.end)
        if one.iso and not inside(scanned.names, one.start)
    ]
    before = [
        one
        for one in dates
        if one.end <= trigger.verb[0]
        and not one.raw[-1].isdigit()
        and not (one.precision == "year" and reading.text.startswith("第", one.end))
        and not _is_bound(reading.normal, one, sentence.start)
    ]
    behind = [
        one
        for one in dates
        if trigger.verb[1] <= one.start < trigger.end
        and (one.precision in _BEHIND or trigger.sort == "hold")
    ]
    if before or behind:
        return _of_day(reading, before) or (before[-1:] or behind)[0]
    if _BACK.match(reading.normal[sentence.start : sentence.end]):
        earlier = begin_in(reading.dates, 0, sentence.start)
        earlier = [one for one in earlier if one.iso and one.precision == "day"]
        return earlier[-1] if earlier else None
    return None


def _of_day(reading: Reading, before: list[tables.Date]) -> tables.Date | None:
    """The day right before a year that only belongs to a name: 今天2025年专项行动启动."""
    if not before or before[-1].precision != "year":
        return None
    days = [one for one in before if one.precision == "day"]
    joined = days and not _APART.search(reading.normal, days[-1].end, before[-1].start)
    return days[-1] if joined else None


def _is_bound(text: str, date: tables.Date, start: int) -> bool:
    """Whether the date only says since or until when: 从2013年至今, 截至5日, 自1994年."""
    moment = Moment(date.start, date.end, exact=True)
    return date.precision != "range" and bounds(text, moment, start)
