"""Days without a month, days counted from the issue or from another day, and weeks."""

from __future__ import annotations

import datetime

from etl.extract.dates.points import Point, Stretch, Value, number, of_day, of_month
from etl.extract.dates.timeline import Mention, Seen, Timeline

_NEAR_DAYS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "後": 2, "大后": 3, "大後": 3,
}  # fmt: skip
_CONTEXT_DAYS = {"当": 0, "當": 0, "同": 0, "同一": 0, "次": 1, "翌": 1}
# So many days old is what news tells of.
_NEWS = 4
_WEEKDAYS = {char: at for at, char in enumerate("一二三四五六日")} | {"天": 6}


def lone(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """A day without a month: the month of the day before it in the sentence, else the nearest."""
    day = number(mention.parts["lone"])
    before = timeline.seen[-1] if timeline.seen else None
    if before and before.last.day and _carries(before, mention, day, timeline.issue):
        return Point(before.last.year, before.last.month, day), before.lends
    if timeline.issue is None:
        return None, "stated"
    return _nearest_day(day, mention, timeline, timeline.issue), "issue_date"


def _carries(before: Seen, mention: Mention, day: int, issue: datetime.date | None) -> bool:
    """Whether the day before `mention` lends it its month.

    In another sentence a day of this week is the news itself: …2022年9月8日停产。12日… in February.
    """
    if before.mention.paragraph != mention.paragraph:
        return False
    if before.mention.sentence < mention.sentence - 1:
        return False
    if issue and before.mention.sentence != mention.sentence and 0 <= issue.day - day < _NEWS:
        return before.last.month == issue.month and before.last.year == issue.year
    same = before.mention.sentence == mention.sentence and "month" in before.mention.parts
    return before.basis != "issue_date" or (same and day >= (before.last.day or 0))


def _nearest_day(day: int, mention: Mention, timeline: Timeline, issue: datetime.date) -> Point:
    """This month's day; a later one is last month's, unless it is near or said to come."""
    this = Point(issue.year, issue.month, day)
    last = of_month(issue).shifted(-1)
    past = Point(last.year, last.month, day)
    if day <= issue.day or not past.valid or timeline.coming(mention):
        return this
    if this.valid and (this.first - issue).days * 2 <= (issue - past.first).days:
        return this
    return past


def near(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """今天, 昨晚: counted from the issue. 当天, 次日: from the day last mentioned."""
    word = mention.parts["near"][:-1]
    if word in _CONTEXT_DAYS:
        if word == "当" and timeline.issue and timeline.opens_the_story(mention):
            return of_day(timeline.issue), "issue_date"
        latest = timeline.told_day(mention)
        return of_day(latest.first + datetime.timedelta(days=_CONTEXT_DAYS[word])), "context"
    if timeline.issue is None:
        return None, "issue_date"
    return of_day(timeline.issue + datetime.timedelta(days=_NEAR_DAYS[word])), "issue_date"


def week(mention: Mention, timeline: Timeline) -> tuple[Value | None, str]:
    """上周三, 下周: weeks begin on Monday. A bare 周三 is the last one up to the issue."""
    issue = timeline.issue
    if issue is None:
        return None, "issue_date"
    word = mention.parts["week"]
    monday = issue - datetime.timedelta(days=issue.weekday())
    monday += datetime.timedelta(weeks=word.count("下") - word.count("上"))
    if word[-1] == "末":
        return Stretch(
            of_day(monday + datetime.timedelta(5)), of_day(monday + datetime.timedelta(6))
        ), "issue_date"
    if word[-1] not in _WEEKDAYS:
        return Stretch(of_day(monday), of_day(monday + datetime.timedelta(6))), "issue_date"
    day = monday + datetime.timedelta(_WEEKDAYS[word[-1]])
    if word[0] not in "本这這上下" and day > issue and not timeline.coming(mention):
        day -= datetime.timedelta(weeks=1)
    return of_day(day), "issue_date"
