"""A time axis of buckets: where each stands, how far the axis reaches, and what it says.

A bucket is a day, an ISO week, a month, a quarter or a year (2023-12-28, 2023-W52, 2023-12,
2023-Q4, 2023). Buckets are numbered so that each next one is 1 further, whatever the year.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.language import text

TICKS = 5
# A lone bar as wide as the plot would look like a total.
LEAST_BUCKETS = 8
# The middle of the activities, around which the axis reaches; Tukey's idea of what lies outside,
# with tenths for quarters, since news crowds around its own day.
LOW, HIGH = 0.1, 0.9
# How far from the axis its gathered columns stand, and how near no other label does, as shares.
ASIDE, CLEAR = 0.06, 0.14


@dataclass(frozen=True, slots=True)
class Window:
    """The buckets an axis shows, both included, of the bucket's kind; the others stand aside."""

    first: int
    last: int
    bucket: str

    @property
    def span(self) -> int:
        """How many buckets the axis shows."""
        return self.last - self.first + 1

    @property
    def aside(self) -> int:
        """How many buckets there are from the axis to a gathered column, the gap included."""
        return max(2, round(ASIDE * self.span))

    def place(self, index: int) -> int:
        """Where a bucket is drawn: at its own place, or gathered before or behind the axis."""
        if index < self.first:
            return self.first - self.aside
        return self.last + self.aside if index > self.last else index

    def holds(self, index: int) -> bool:
        """Whether a bucket stands at its own place."""
        return self.first <= index <= self.last


def bucket_of(keys: Iterable[str]) -> str:
    """Which kind of bucket the keys are of; months where there are none."""
    key = next(iter(keys), "0000-00")
    if "W" in key or "Q" in key:
        return "week" if "W" in key else "quarter"
    return {4: "year", 7: "month"}.get(len(key), "day")


@lru_cache(maxsize=65536)
def index_of(key: str) -> int:
    """Where a bucket stands on an axis on which each next one is 1 further."""
    year, rest = int(key[:4]), key[5:]
    if not rest:
        return year
    if rest.startswith("W"):
        return datetime.date.fromisocalendar(year, int(rest[1:]), 1).toordinal() // 7
    if rest.startswith("Q"):
        return year * 4 + int(rest[1:]) - 1
    if len(rest) == 2:
        return year * 12 + int(rest) - 1
    return datetime.date.fromisoformat(key).toordinal()


def key_of(index: int, bucket: str) -> str:
    """The bucket that stands there: the reverse of `index_of`."""
    if bucket == "year":
        return f"{index:04}"
    if bucket == "quarter":
        return f"{index // 4}-Q{index % 4 + 1}"
    if bucket == "month":
        return f"{index // 12}-{index % 12 + 1:02}"
    if bucket == "day":
        return datetime.date.fromordinal(index).isoformat()
    year, week, _ = datetime.date.fromordinal(index * 7 + 1).isocalendar()
    return f"{year}-W{week:02}"


def window(keys: pd.Series, counts: pd.Series) -> Window:
    """The buckets around the middle of the activities: half as much again on either side of it.

    A single mention of 1949 would press all of 2023 into one bar; it is gathered beside the axis
    instead. Where that would not shorten the axis by a third, everything keeps its own place.
    """
    totals = counts.groupby(keys.map(index_of)).sum().sort_index()
    share = totals.cumsum() / totals.sum()
    low = int(share.index[share.to_numpy() >= LOW][0])
    high = int(share.index[share.to_numpy() >= HIGH][0])
    reach = max((high - low + 1) // 2, LEAST_BUCKETS)
    near = totals[(totals.index >= low - reach) & (totals.index <= high + reach)]
    first, last = int(totals.index[0]), int(totals.index[-1])
    if (last - first + 1) >= 1.5 * max(near.index[-1] - near.index[0] + 1, LEAST_BUCKETS):
        first, last = int(near.index[0]), int(near.index[-1])
    return Window(first, last, bucket_of(keys))


def axis(shown: Window, before: bool, behind: bool, language: str) -> dict[str, Any]:
    """The range of the axis and a few labels, the year below the rest.

    `before` and `behind` say whether anything is gathered on that side.
    """
    start, end = shown.place(shown.first - before), shown.place(shown.last + behind)
    step = max(1, -(-(shown.last - shown.first) // (TICKS - 1)))
    near = CLEAR * (end - start)
    labels = {
        one: tick(key_of(one, shown.bucket), language)
        for one in range(shown.last, shown.first - 1, -step)
        if not (before and one - start < near) and not (behind and end - one < near)
    }
    if before:
        labels[start] = text(language, "charts.earlier")
    if behind:
        labels[end] = text(language, "charts.later")
    spare = max(0, LEAST_BUCKETS - shown.span) / 2 + 0.6
    margin = max(spare, 0.03 * (end - start)) if before or behind else spare
    low, high = start - margin, end + margin
    ticks = sorted(labels)
    return {
        "tickvals": ticks,
        "ticktext": [labels[one] for one in ticks],
        "tickangle": 0,
        "range": [low, high],
        "showgrid": False,
        "zeroline": False,
    }


def tick(key: str, language: str) -> str:
    """A bucket as an axis says it: its year below the rest."""
    label = theme.format_date(key, language)
    if len(key) == 4:
        return label
    if language == "zh":
        year, rest = label.split("年", 1)
        return f"{rest}<br>{year}年"
    rest, year = label.replace(",", "").rsplit(" ", 1)
    return f"{rest}<br>{year}"
