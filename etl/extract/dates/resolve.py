"""The parts of a date expression → a point in time, with what an issue and the text before add."""

from __future__ import annotations

import datetime
import re

from etl.extract.dates import days
from etl.extract.dates.patterns import REIGNS
from etl.extract.dates.points import Point, Stretch, Value, number, numeral, of_month, without_units
from etl.extract.dates.timeline import Mention, Timeline, UnsettledError

_ISSUE_YEARS = {
    "今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2, "大前年": -3,
    "明年": 1, "来年": 1, "下一年": 1, "后年": 2, "後年": 2,
}  # fmt: skip
# A bare day so many days before the issue, 16 January in late December, is the next one.
_AHEAD_OF_NEW_YEAR = 325
# From this year on China counts by the solar calendar.
_SOLAR = 1912
# Years of two digits from here on are the last century's.
_TWO_DIGITS_FROM = 50
_YEARS_BEFORE = ("上年", "上一年")
_CONTEXT_YEARS = {"当年": 0, "當年": 0, "同年": 0, "次年": 1, "翌年": 1}
_CONTEXT_MONTHS = {"当": 0, "當": 0, "同": 0, "次": 1}
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_EDGES = {"初": 1, "中": 6, "底": 12, "末": 12, "终": 12}


def resolve(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """Its value and what the missing parts rest on.

    None without issue date where one is needed; raises `UnsettledError` where the expression points
    back and nothing stands before it, or where it cannot be told.
    """
    for part, reader in _READERS.items():
        if part in mention.parts:
            return reader(mention, timeline)
    raise UnsettledError


def _numeric(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """2023-12-28; with the year at the end the day comes first (28-12-2023)."""
    if "short" in mention.parts:
        return _short(mention, timeline)
    first, month, last = (int(part) for part in re.split(r"[-/. ]", mention.parts["numeric"]))
    year, day = (first, last) if first > last or "turned" not in mention.parts else (last, first)
    return Point(year, month, day), "stated"


def _short(mention: Mention, _: Timeline) -> tuple[Value | None, str]:
    """23-12-8, and 8-12-23 where the first number can be no year or the last one no day."""
    first, month, last = re.split("[-/]", mention.parts["numeric"])
    year_first = Point(_of_two_digits(int(first)), int(month), int(last))
    if len(first) > 1 and year_first.valid:
        return year_first, "stated"
    return Point(_of_two_digits(int(last)), int(month), int(first)), "stated"


def _of_two_digits(year: int) -> int:
    """23 is 2023 and 71 is 1971."""
    return year + (2000 if year < _TWO_DIGITS_FROM else 1900)


def _back(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """上三个月, 前一周: so far back from the issue."""
    issue = timeline.issue
    if issue is None:
        return None, "issue_date"
    word = mention.parts["back"]
    count = numeral(re.sub("[^0-9一两三四五六七八九十]", "", word))
    months = {"月": count, "年": count * 12}.get(word[-1], 0)
    first = issue - datetime.timedelta(weeks=0 if months else count)
    month = of_month(first).shifted(-months)
    last_day = month.shifted(1).first - datetime.timedelta(days=1)
    start = Point(month.year, month.month, min(first.day, last_day.day))
    return Stretch(start, Point(issue.year, issue.month, issue.day)), "issue_date"


def _years(mention: Mention, _: Timeline) -> tuple[Value | None, str]:
    first, last = re.findall(r"[0-9]{4}", mention.parts["years"])
    return Stretch(Point(int(first)), Point(int(last))), "stated"


def _plan(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """第n个五年规划: the 14th runs from 2021 to 2025, and each five years after the one before."""
    first = 1951 + 5 * numeral(mention.parts["plan"].strip("“”\"‘’'")[:-1])
    if timeline.text[mention.end - 1] == "末":
        return Point(first + 4), "stated"
    return Stretch(Point(first), Point(first + 4)), "stated"


def _decade(mention: Mention, _: Timeline) -> tuple[Value | None, str]:
    """80年代 is of the last century unless another is named."""
    century, _mark, rest = mention.parts["decade"].rpartition("世纪")
    digits = [numeral(char) for char in re.sub("[^1-9一二三四五六七八九]", "", rest)]
    number = {"": 20, "上": 20, "本": 21}.get(century.removesuffix("个")) or numeral(century)
    base = (number - 1) * 100
    return Stretch(Point(base + digits[0] * 10), Point(base + digits[-1] * 10 + 9)), "stated"


def _named(mention: Mention, _: Timeline) -> tuple[Value | None, str]:
    return Point(int(mention.parts["named"])), "stated"


def _year(word: str, mention: Mention, timeline: Timeline) -> tuple[int | None, str]:
    """The year that a written year means, and what that rests on."""
    word = word.removesuffix("度").strip()
    if word in _CONTEXT_YEARS:
        return timeline.year_before(mention) + _CONTEXT_YEARS[word], "context"
    if word in _YEARS_BEFORE and (compared := timeline.compared_year(mention)):
        return compared - 1, "context"
    if word in _ISSUE_YEARS:
        if timeline.issue is None:
            return None, "issue_date"
        return timeline.issue.year + _ISSUE_YEARS[word], "issue_date"
    if word[:2] in REIGNS:
        return REIGNS[word[:2]] + number(word[2:]), "stated"
    digits = without_units(word)
    year = numeral(digits)
    if len(digits) == 2 and not word.startswith("公元"):
        year = _of_two_digits(year)
    return year, "stated"


def _is_lunar(year: str) -> bool:
    """Whether it is a year of a reign from before the solar calendar."""
    return REIGNS.get(year[:2], _SOLAR) < _SOLAR - 1


def _lunar_year(year: str) -> Point:
    return Point(REIGNS[year[:2]] + number(year[2:]))


def _alone(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    year, basis = _year(mention.parts["alone"], mention, timeline)
    return (Point(year) if year else None), basis


def _month(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """An expression with a month: a month, a day, a third or an edge of it.

    Of 康熙二十年九月 only the year is told, for its months are the moon's.
    """
    if _is_lunar(mention.parts.get("year", "")):
        return _lunar_year(mention.parts["year"]), "stated"
    month, basis = _which_month(mention, timeline)
    if month is None:
        return None, basis
    return _within(month, mention.parts), basis


def _within(month: Point, parts: dict[str, str]) -> Value:
    if "day" in parts:
        return Point(month.year, month.month, number(parts["day"]))
    if "third" in parts and month.valid:
        first, last = _THIRDS[parts["third"]]
        end = month.shifted(1).first - datetime.timedelta(days=1)
        return Stretch(
            Point(month.year, month.month, first),
            Point(month.year, month.month, min(last, end.day)),
        )
    return month


def _which_month(mention: Mention, timeline: Timeline) -> tuple[Point | None, str]:
    word = mention.parts["month"]
    if word[0] in _CONTEXT_MONTHS:
        latest = timeline.latest()
        if not latest.month:
            raise UnsettledError
        return latest.shifted(_CONTEXT_MONTHS[word[0]]), "context"
    if word[0] in "本上下这這":
        steps = word.count("下") - word.count("上")
        if timeline.issue is None:
            return None, "issue_date"
        return of_month(timeline.issue).shifted(steps), "issue_date"
    month = number(word)
    if "year" in mention.parts:
        year, basis = _year(mention.parts["year"], mention, timeline)
        return (Point(year, month) if year else None), basis
    return _month_of_unsaid_year(mention, month, timeline)


def _month_of_unsaid_year(
    mention: Mention, month: int, timeline: Timeline
) -> tuple[Point | None, str]:
    """The year of the date that governs the sentence, else the one that lies nearest.

    A month already past in the issue's year is that one, unless the words say it is to come.
    """
    governor = timeline.governor(mention)
    if governor and not (governor.basis == "issue_date" and month < (governor.last.month or 0)):
        return Point(governor.last.year, month), governor.lends
    if timeline.issue is None:
        return None, "stated"
    issue = timeline.issue
    day = number(mention.parts["day"]) if "day" in mention.parts else 1
    this = Point(issue.year, month, min(day, 28))
    if not this.valid:
        return Point(issue.year, month), "issue_date"
    ahead = (this.first - issue).days
    coming = timeline.coming(mention)
    year = issue.year
    if (month, day) == (2, 29):
        return Point(year - year % 4, month), "issue_date"
    if ahead < -300 and (coming or ("day" in mention.parts and ahead < -_AHEAD_OF_NEW_YEAR)):
        year += 1
    elif ahead > 183 and not coming and (issue.year, issue.month) < (issue.year, month):
        year -= 1
    return Point(year, month), "issue_date"


def _part_of_year(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """Half-years, quarters, 前三季度, 年底: with the year written, or the one that lies nearest."""
    if "year" in mention.parts:
        year, basis = _year(mention.parts["year"], mention, timeline)
    else:
        governor = timeline.governor(mention)
        if governor and governor.mention.sentence == mention.sentence:
            year, basis = governor.last.year, governor.lends
        else:
            year, basis = _nearest_year(mention, timeline), "issue_date"
    return (_cut(year, mention.parts) if year else None), basis


def _nearest_year(mention: Mention, timeline: Timeline) -> int | None:
    """The issue's year; the one before where its part would only begin in half a year or more."""
    issue = timeline.issue
    if issue is None:
        return None
    value = _cut(issue.year, mention.parts)
    if not value.valid:
        raise UnsettledError
    first = value.end.first if isinstance(value, Stretch) else value.first
    far = (first - issue).days > 240 and "yearedge" not in mention.parts
    return issue.year - (far and not timeline.coming(mention))


def _cut(year: int, parts: dict[str, str]) -> Value:
    """The part of `year` that `parts` names."""
    if "half" in parts:
        first = 1 if parts["half"][0] in "上前" else 7
        return Stretch(Point(year, first), Point(year, first + 5))
    if "quarter" in parts:
        return Point(year, quarter=number(parts["quarter"]))
    if "ahead" in parts:
        length = number(parts["ahead"]) * (3 if "季" in parts["ahead"] else 1)
        return Stretch(Point(year, 1), Point(year, length))
    return Point(year, _EDGES[parts["yearedge"][-1]])


def _edge(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    return (of_month(timeline.issue) if timeline.issue else None), "issue_date"


def _now(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    if timeline.issue is None:
        raise UnsettledError
    return of_month(timeline.issue), "issue_date"


def _then(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    before = timeline.seen[-1] if timeline.seen else None
    if before is None or before.mention.paragraph < mention.paragraph - 1:
        raise UnsettledError
    return before.value, "context"


_READERS = {
    "back": _back,
    "numeric": _numeric,
    "years": _years,
    "plan": _plan,
    "decade": _decade,
    "named": _named,
    "alone": _alone,
    "month": _month,
    "half": _part_of_year,
    "quarter": _part_of_year,
    "ahead": _part_of_year,
    "yearedge": _part_of_year,
    "edge": _edge,
    "lone": days.lone,
    "near": days.near,
    "week": days.week,
    "now": _now,
    "then": _then,
}
