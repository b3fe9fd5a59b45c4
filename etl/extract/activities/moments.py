"""When something happened: a sentence's dates, and words such as 日前 that name none."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from etl.model import Reading

_DAY = re.compile(r"[日号天晚晨午]$|^(?:今[天晚日早]|昨[天晚日]|当[天晚日])|同日")
_FEASTS = "|".join(
    f"{one}(?:节|假期|长假)?(?:前夕|期间|当天|前后)"
    for one in ("春节", "元旦", "清明", "端午", "中秋", "国庆", "元宵", "除夕")
)
# Each way begins with a character of its own: so `re` passes over what begins none at once.
_RECENT = re.compile(
    rf"日前(?!往)|前几天|几天前|前些天|近日(?![点至])|近期|不久前|前不久|当[天日晚](?![然地])|同[天日晚](?![然地])|同一天|随后|次日|翌日|此前一天|即日起|{_FEASTS}|最(?<!年最)近(?![的几一两三])"
)
# 截至5日 says until when is counted, 5日起 from when something holds, 5日的 whose it is.
_UNTIL = re.compile(r"(?:截至|截止|截至目前|自从?|从|到|至|直到|据)$")
_SINCE = re.compile(
    r"(?:\([^)]*\))?(?:\d+[时点](?:\d+分)?)?(?:的|起|以来|开始|至|到|之?前(?!往)|以前|[,，]?之后)"
)


class Moment(NamedTuple):
    """text[start:end] says when; `exact` where it names a day or a recent one, not a year."""

    start: int
    end: int
    exact: bool


def find_moments(reading: Reading, names: list[tuple[int, int]]) -> list[Moment]:
    """The article's dates and recent days in text order, those in titles and brackets left out."""
    text = reading.normal
    found = [
        Moment(one.start, one.end, one.precision == "day" or bool(_DAY.search(one.raw)))
        for one in reading.dates
    ]
    dated = [(one.start, one.end) for one in found]
    found += [
        Moment(*one.span(), exact=True)
        for one in _RECENT.finditer(text)
        if not inside(dated, one.start())
    ]
    return sorted(
        one
        for one in found
        if not inside(names, one.start) and text[one.start - 1 : one.start] != "("
    )


def inside(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether `offset` lies in one of the spans, which are in order and do not overlap."""
    if not spans:
        return False
    index = bisect_left(spans, (offset + 1,)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def attributes(text: str, moment: Moment) -> bool:
    """Whether the moment only says which thing is meant or since when: 5日的, 5日起."""
    return _SINCE.match(text, moment.end) is not None


def bounds(text: str, moment: Moment, start: int) -> bool:
    """Whether the moment is the end or the beginning of a span: 截至5日, 自5日."""
    return _UNTIL.search(text, max(start, moment.start - 4), moment.start) is not None
