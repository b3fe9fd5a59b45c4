"""Recognizers-Text: numbers with their values, and dates with what they resolve to."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from common import Found, serve
from recognizers_date_time import recognize_datetime
from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage
from recognizers_number_with_unit import recognize_currency, recognize_dimension

CULTURE = "zh-cn"
DAY = datetime.timedelta(days=1)


def find(text: str, date: str) -> Found:
    """Numbers, percentages, sums and measures as figures; dates and ranges of dates as dates."""
    asked = (recognize_currency, recognize_dimension, recognize_percentage, recognize_number)
    figures: list[dict[str, Any]] = []
    for recognise in (*asked, recognize_ordinal):
        for one in recognise(text, CULTURE):
            value = number(one)
            overlaps = any(one.start < row["end"] and row["start"] <= one.end for row in figures)
            if value is not None and not overlaps:
                figures.append({"start": one.start, "end": one.end + 1, "value": value})
    issued = datetime.datetime.fromisoformat(date)
    dates = [
        {"start": one.start, "end": one.end + 1, "iso": iso}
        for one in recognize_datetime(text, CULTURE, reference=issued)
        if (iso := resolved(one))
    ]
    return {"figures": figures, "dates": dates}


def number(one: Any) -> float | None:
    """The value as a number; a percentage without its sign."""
    try:
        return float(str((one.resolution or {}).get("value")).rstrip("%"))
    except ValueError:
        return None


def resolved(one: Any) -> str | None:
    """The first reading in the past as our tables write it, or None for times and durations."""
    values = (one.resolution or {}).get("values") or []
    value = values[0] if values else {}
    if value.get("type") == "date":
        return str(value["value"])
    if value.get("type") != "daterange" or not value.get("start") or not value.get("end"):
        return None
    try:
        first = datetime.date.fromisoformat(value["start"])
        last = datetime.date.fromisoformat(value["end"]) - DAY
    except ValueError:
        return None
    return span(first, last)


def span(first: datetime.date, last: datetime.date) -> str:
    """A whole year or month by its name, else a range of days."""
    whole_month = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if whole_month and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if whole_month and first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    return f"{first}/{last}"


if __name__ == "__main__":
    serve(find)
