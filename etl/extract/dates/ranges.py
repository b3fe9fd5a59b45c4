"""Two expressions and a 至 between them → one stretch of time."""

from __future__ import annotations

from etl.extract.dates.points import Point, Stretch, Value, number
from etl.extract.dates.resolve import resolve
from etl.extract.dates.timeline import Mention, Seen, Timeline, UnsettledError


def resolve_range(start: Mention, end: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """The stretch from `start` to `end`; each takes from the other the parts it does not have.

    Where the start has no year the end is read first (2016-2020年, 1至11月), but not where its
    month is the later one: 12月10日至1月5日 crosses the year.
    """
    end_first = start.lacks_year and not {"lone", "week"} & {*end.parts, *start.parts}
    end_first = end_first and not _crosses(start, end) and not _begins_now(start, end, timeline)
    end_first |= "lone" in start.parts
    first, second = (end, start) if end_first else (start, end)
    value, basis = resolve(first, timeline)
    if value is None:
        return None, basis
    if not value.valid:
        raise UnsettledError
    timeline.seen.append(Seen(first, value, "context"))
    try:
        other, _ = resolve(second, timeline)
    finally:
        timeline.seen.pop()
    if other is None or not other.valid:
        raise UnsettledError
    from_, to = (other, value) if end_first else (value, other)
    return _ordered(_first(from_), _last(to), late=end_first), basis


def _begins_now(start: Mention, end: Mention, timeline: Timeline) -> bool:
    """Whether a start that names its month leaves out the issue's year: 2月7日起至2019年底."""
    if timeline.issue is None or end.lacks_year or "month" not in start.parts:
        return False
    return not start.bare


def _crosses(start: Mention, end: Mention) -> bool:
    """Whether both name a month, the end no year, and the start's month is the later one."""
    if not end.lacks_year or "month" not in start.parts or "month" not in end.parts:
        return False
    words = start.parts["month"], end.parts["month"]
    if any(word[0] in "本当當同次上下这這" for word in words):
        return True
    return number(words[0]) > number(words[1])


def _first(value: Value) -> Point:
    return value.start if isinstance(value, Stretch) else value


def _last(value: Value) -> Point:
    return value.end if isinstance(value, Stretch) else value


def _ordered(start: Point, end: Point, *, late: bool) -> Stretch:
    """The stretch; an end that would come before its start moves on, or the start back."""
    if start.first > end.first and start.month and end.month:
        months = 1 if (start.year, start.month) == (end.year, end.month) else 12
        if late:
            moved = start.shifted(-months)
            start = Point(moved.year, moved.month, start.day)
        else:
            moved = end.shifted(months)
            end = Point(moved.year, moved.month, end.day)
    return Stretch(start, end)
