"""Units and classifiers, as data/reference/units.yaml lists them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from etl import reference


class Unit(NamedTuple):
    """A unit or classifier: what a number with it is, and when it is one at all.

    `sense` is plain, ordinal (届), date (月), structure (级) or loose (一番); `factor` multiplies
    the number (三成 is 30 percent); a character of `not_before` behind it makes another word.
    """

    name: str
    kind: str
    sense: str
    factor: Decimal
    not_before: str


SENSES = {"ordinal": "count", "date": "duration", "structure": "count", "loose": "count"}
KINDS = ("money", "measure", "percent", "multiple", "duration", "count")


@cache
def _units() -> dict[str, Unit]:
    """Every unit by its name."""
    content = reference.load("units")
    index: dict[str, Unit] = {}
    for key in (*KINDS, *SENSES):
        for name in reference.words("units", key):
            factor = Decimal(content["factor"].get(name, "1"))
            kind, sense = SENSES.get(key, key), key if key in SENSES else "plain"
            one = Unit(name, kind, sense, factor, content["not_before"].get(name, ""))
            index.setdefault(name, one)
    return index


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → the lengths of the units that begin with it, longest first."""
    index: dict[str, set[int]] = defaultdict(set)
    for name in _units():
        index[name[0]].add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in index.items()}


def unit_at(text: str, start: int) -> Unit | None:
    """The longest unit that begins at `start` of `text`, or None."""
    for length in _lengths().get(text[start : start + 1], ()):
        one = _units().get(text[start : start + length])
        if one and _ends(text, start + length, one):
            return one
    return None


def _ends(text: str, end: int, unit: Unit) -> bool:
    """Whether the unit's word is over at `end`: 5m is a measure, 5mbps and 300村民 are not."""
    following = text[end : end + 1]
    if following and unit.name[-1].isascii() and unit.name[-1].isalpha():
        return not (following.isascii() and following.isalnum())
    return not following or following not in unit.not_before
