"""The names of one year's divisions, ready to be searched for."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs

from etl import divisions
from etl.divisions import Division

# People and papers go on using a name for some years after its division was renamed.
_YEARS_OF_HABIT = 5
_FULL = re.compile(r".{2,}(?:省|市|区|县|州|盟|旗)")


@dataclass(frozen=True, slots=True)
class Name:
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


@lru_cache(maxsize=64)
def gazetteer(year: int | None) -> Gazetteer:
    """The names that an article of `year` may use (None: of today)."""
    known = divisions.load()
    found: dict[str, dict[str, tuple[Division, bool]]] = {}
    for row in known.rows:
        distance = row.distance(year)
        for text in known.names(row):
            full = len(text) > 2 and bool(_FULL.fullmatch(text)) and text != row.short
            if distance > _YEARS_OF_HABIT and (not full or text.endswith("地区")):
                continue
            found.setdefault(text, {})
            former = found[text].get(row.adcode)
            if former is None or distance < former[0].distance(year):
                found[text][row.adcode] = (row, full)
    names = tuple(_name(text, list(rows.values()), year) for text, rows in found.items())
    names += tuple(Name(text, (), False, "never") for text in _no_places())
    automaton = ahocorasick_rs.AhoCorasick([name.text for name in names])
    return Gazetteer(names, {name.text: name for name in names}, automaton)


def _name(text: str, rows: list[tuple[Division, bool]], year: int | None) -> Name:
    """Divisions in force come before former ones, which stay only where there is no other."""
    nearest = min(row.distance(year) for row, _ in rows)
    kept = [(row, full) for row, full in rows if row.distance(year) == nearest]
    full = any(full for _, full in kept)
    current = {one.adcode: one for one in (_current(row, year) for row, _ in kept)}
    return Name(text, tuple(current.values()), full, _grade(text, full, list(current.values())))


def _current(division: Division, year: int | None) -> Division:
    """The division in force in `year` that a former one became."""
    if division.in_force(year):
        return division
    known = divisions.load()
    successor = known.get(known.successor(division.adcode), year)
    return successor if successor and successor.in_force(year) else division


def _grade(text: str, full: bool, rows: list[Division]) -> str:
    grade = _ambiguous().get(text)
    if grade:
        return grade
    if full or any(row.level == "province" for row in rows):
        return "sure"
    return "plain"


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
