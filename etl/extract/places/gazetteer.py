"""The names of one year's divisions, ready to be searched for."""

from __future__ import annotations

import csv
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one year, and the automaton that finds them; pattern i is names[i]."""

    names: tuple[Name, ...]
    by_text: dict[str, Name]
    automaton: ahocorasick_rs.AhoCorasick

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """All occurrences, overlapping ones too, as (index of the name, start, end)."""
        return self.automaton.find_matches_as_indexes(text, overlapping=True)


# A division, the years between it and the gazetteer's, and whether the name says what it is.
_Bearer = tuple[Division, int, bool]


@lru_cache(maxsize=64)
def gazetteer(year: int | None) -> Gazetteer:
    """The names that an article of `year` may use (None: of today)."""
    found: dict[str, dict[str, _Bearer]] = {}
    for row, used, lasting in _written():
        distance = row.distance(year)
        for text, full in used if distance <= _YEARS_OF_HABIT else lasting:
            bearers = found.setdefault(text, {})
            former = bearers.get(row.adcode)
            if former is None or distance < former[1]:
                bearers[row.adcode] = row, distance, full
    names = tuple(_name(text, list(bearers.values()), year) for text, bearers in found.items())
    names += tuple(Name(text, (), False, "never") for text in _no_places())
    automaton = ahocorasick_rs.AhoCorasick([name.text for name in names])
    return Gazetteer(names, {name.text: name for name in names}, automaton)


@cache
def _written() -> list[tuple[Division, list[tuple[str, bool]], list[tuple[str, bool]]]]:
    """Each division's names, and those of them that are used long after it is gone.

    With each name, whether it says what it is.
    """
    known = divisions.load()
    found = []
    for row in known.rows:
        used = [(text, _is_full(text, row)) for text in known.names(row)]
        lasting = [one for one in used if one[1] and not one[0].endswith("地区")]
        found.append((row, used, lasting))
    return found


def _is_full(text: str, division: Division) -> bool:
    return len(text) > 2 and text[-1] in _KINDS and text != division.short


def _name(text: str, bearers: list[_Bearer], year: int | None) -> Name:
    """Divisions in force come before former ones, which stay only where there is no other."""
    if len(bearers) == 1:
        row, gone, full = bearers[0]
        rows: tuple[Division, ...] = (_current(row, gone, year) if gone else row,)
    else:
        nearest = min(gone for _, gone, _ in bearers)
        kept = [one for one in bearers if one[1] == nearest]
        full = any(full for _, _, full in kept)
        current = [_current(row, gone, year) for row, gone, _ in kept]
        rows = tuple({one.adcode: one for one in current}.values())
    return Name(text, rows, full, _ambiguous().get(text) or _grade(full, rows))


def _current(division: Division, gone: int, year: int | None) -> Division:
    """The division in force in `year` that one became which is `gone` for so many years."""
    if not gone:
        return division
    known = divisions.load()
    successor = known.get(known.successor(division.adcode), year)
    return successor if successor and successor.in_force(year) else division


def _grade(full: bool, rows: tuple[Division, ...]) -> str:
    return "sure" if full or any(row.level == "province" for row in rows) else "plain"


def _no_places() -> list[str]:
    return [text for text, grade in _ambiguous().items() if grade == "never"]


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
