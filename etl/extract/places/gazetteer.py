"""The names of one year's divisions, ready to be searched for."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs

from etl import divisions
from etl.divisions import Division

# People and papers go on using a name for some years after its division was renamed.
_YEARS_OF_HABIT = 5
# The last characters of names that say what they are.
_KINDS = frozenset("省市区县州盟旗")


class Name(NamedTuple):
    """A name as written, and the divisions it may mean.

    `full`: it says what it is (太原市, 湘西州). `grade`: sure, plain, weak or word, from a name
    that can mean nothing else to an ordinary word that is a county's name, too; never for a
    phrase that holds a name and is no place (长治久安).
    """

    text: str
    divisions: tuple[Division, ...]
    full: bool
    grade: str


# A division, and whether a name of it says what it is (太原市).
_Bearer = tuple[Division, bool]
# The same with the years between the division and the gazetteer's.
_Distant = tuple[Division, bool, int]


class Gazetteer:
    """The names of one year; what each may mean is settled when it is first met."""

    def __init__(self, year: int | None) -> None:
        self._year = year
        self._known: dict[str, Name | None] = {}

    def named(self, text: str) -> Name | None:
        """What an article of the year means by `text`; None where it is no name then."""
        if text not in self._known:
            self._known[text] = _settled(text, self._year)
        return self._known[text]

    def hits(self, text: str) -> list[tuple[Name, int, int]]:
        """All occurrences of names, overlapping ones too, as (name, start, end)."""
        every = texts()
        found = _finder().find_matches_as_indexes(text, overlapping=True)
        named = ((self.named(every[index]), start, end) for index, start, end in found)
        return [(name, start, end) for name, start, end in named if name]


@lru_cache(maxsize=64)
def gazetteer(year: int | None) -> Gazetteer:
    """The names that an article of `year` may use (None: of today)."""
    return Gazetteer(year)


@cache
def texts() -> tuple[str, ...]:
    """The names of all years, and phrases that hold a name and are no place."""
    never = [text for text, grade in _ambiguous().items() if grade == "never"]
    return tuple(dict.fromkeys([*_bearers(), *never]))


@cache
def _finder() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(texts())


@cache
def _bearers() -> dict[str, list[_Bearer]]:
    """The divisions of all years that have or had each name."""
    known = divisions.load()
    found: dict[str, list[_Bearer]] = defaultdict(list)
    for row in known.rows:
        for text in known.names(row):
            full = len(text) > 2 and text[-1] in _KINDS and text != row.short
            found[text].append((row, full))
    return found


def _settled(text: str, year: int | None) -> Name | None:
    """What `text` means in `year`: of several divisions with one code the nearest one counts."""
    if _ambiguous().get(text) == "never":
        return Name(text, (), False, "never")
    nearest: dict[str, _Distant] = {}
    for row, full in _bearers().get(text, ()):
        distance = row.distance(year)
        if distance > _YEARS_OF_HABIT and (not full or text.endswith("地区")):
            continue
        former = nearest.get(row.adcode)
        if former is None or distance < former[2]:
            nearest[row.adcode] = row, full, distance
    return _name(text, list(nearest.values()), year) if nearest else None


def _name(text: str, bearers: list[_Distant], year: int | None) -> Name:
    """Divisions in force come before former ones, which stay only where there is no other."""
    least = min(distance for _, _, distance in bearers)
    kept = [(row, full) for row, full, distance in bearers if distance == least]
    full = any(full for _, full in kept)
    current = {one.adcode: one for one in (_current(row, year) for row, _ in kept)}
    rows = tuple(current.values())
    return Name(text, rows, full, _ambiguous().get(text) or _grade(full, rows))


def _current(division: Division, year: int | None) -> Division:
    """The division in force in `year` that a former one became."""
    if division.in_force(year):
        return division
    known = divisions.load()
    successor = known.get(known.successor(division.adcode), year)
    return successor if successor and successor.in_force(year) else division


def _grade(full: bool, rows: tuple[Division, ...]) -> str:
    return "sure" if full or any(row.level == "province" for row in rows) else "plain"


@cache
def landmark_codes() -> dict[str, str]:
    """Well-known site → code of the prefecture it lies in (`data/reference/landmarks.csv`)."""
    return {row["name"]: row["adcode"] for row in _rows("landmarks.csv")}


@cache
def _ambiguous() -> dict[str, str]:
    """Name → grade, for names that are also something else."""
    return {row["name"]: row["grade"] for row in _rows("ambiguous_places.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with divisions.SUPPLEMENT.with_name(name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))
