"""A date as the text has it → the days it covers, and the buckets of a time chart."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

import pandas as pd

BUCKETS = ("day", "week", "month", "quarter", "year")

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")

Days = tuple[datetime.date, datetime.date]


def days_of(iso: str) -> Days | None:
    """The first and the last day of an ISO date at any precision, or None where it is no date.

    2023-12-28, 2023-W52, 2023-12, 2023-Q4, 2023, or a/b for a range, its ends of any precision.
    """
    parts = [_single(part) for part in iso.split("/")]
    first, last = parts[0], parts[-1]
    if first is None or last is None or len(parts) > 2 or last[1] < first[0]:
        return None
    return first[0], last[1]


def _single(iso: str) -> Days | None:
    try:
        if match := _DAY.fullmatch(iso):
            day = datetime.date(*map(int, match.groups()))
            return day, day
        if match := _WEEK.fullmatch(iso):
            day = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return day, day + datetime.timedelta(days=6)
        if match := _MONTH.fullmatch(iso):
            return _months(int(match[1]), int(match[2]), 1)
        if match := _QUARTER.fullmatch(iso):
            return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
        if _YEAR.fullmatch(iso):
            return _months(int(iso), 1, 12)
    except ValueError:
        return None
    return None


def _months(year: int, month: int, count: int) -> Days:
    following = datetime.date(year + (month + count > 12), (month + count - 1) % 12 + 1, 1)
    return datetime.date(year, month, 1), following - datetime.timedelta(days=1)


def bucket_of(days: Days, bucket: str) -> str | None:
    """The bucket of that kind that holds all of `days`, or None where none does."""
    first, last = (_bucket(day, bucket) for day in days)
    return first if first == last else None


def _bucket(day: datetime.date, bucket: str) -> str:
    if bucket == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if bucket == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if bucket == "year":
        return f"{day.year:04}"
    return day.isoformat() if bucket == "day" else f"{day.year}-{day.month:02}"


def period_frame(dates: Iterable[str]) -> pd.DataFrame:
    """One row per readable date: date, first, last (ISO days), and the BUCKETS.

    A bucket is null where the date is coarser than it.
    """
    rows = []
    for iso in dates:
        if days := days_of(iso):
            first, last = (day.isoformat() for day in days)
            rows.append((iso, first, last, *(bucket_of(days, one) for one in BUCKETS)))
    return pd.DataFrame(rows, columns=["date", "first", "last", *BUCKETS], dtype="object")
