"""How Plotly's traces say their values, for whatever draws a figure without Plotly."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

_TAG = re.compile(r"<[^>]+>")


def number(value: Any, names: Mapping[str, float] | None) -> float:
    """A value as a number on an axis, by its name where that has names; NaN where it is none."""
    if names is not None:
        return names.get(str(value), math.nan)
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def each(value: Any, count: int) -> list[Any]:
    """A value for each of `count` marks: those of a list, or the one for all."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [value] * count
    found = list(value)
    return found + [None] * (count - len(found))


def plain(words: object) -> str:
    """Plotly's text without its tags."""
    return unescape(_TAG.sub("", str(words)))
