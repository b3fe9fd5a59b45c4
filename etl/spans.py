"""Rows and other things that have a start and an end in a text, in its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

# To sort and to look up by; faster than a function of Python.
START, END = attrgetter("start"), attrgetter("end")

_Row = TypeVar("_Row")


def begin_in(rows: Sequence[_Row], start: int, end: int) -> Sequence[_Row]:
    """Those of `rows`, which stand in text order, that begin in text[start:end]."""
    if not rows:
        return rows
    low = bisect_left(rows, start, key=START)
    return rows[low : bisect_left(rows, end, low, key=START)]
