"""Which province and which city of today an adcode of any year belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from etl import divisions

# Their districts stand under no prefecture: the province is the city.
MUNICIPALITIES = frozenset({"11", "12", "31", "50", "81", "82"})
# 429004, 659001: counties that answer to the province directly.
DIRECT = "90"

COLUMNS = ["adcode", "today", "province", "city", "province_name", "city_name"]


@dataclass(frozen=True, slots=True)
class Region:
    """A province or a city of today: adcode and full name."""

    adcode: str
    name: str


def today_of(adcode: str) -> str:
    """The code in force today for what `adcode` was; itself where nothing is known."""
    return divisions.load().successor(adcode) or adcode


def lies_in(adcode: str, area: str) -> bool:
    """Whether the division `adcode` of today is the area or lies in it: province, city, county."""
    return area in (adcode, city_of(adcode), province_of(adcode))


def province_of(adcode: str) -> str:
    """The adcode of the province that holds `adcode`."""
    return f"{adcode[:2]}0000"


def city_of(adcode: str) -> str | None:
    """The adcode of the city that holds `adcode`, or None for a province.

    A municipality is its own city, and so is a county that answers to its province directly.
    """
    if adcode[:2] in MUNICIPALITIES:
        return province_of(adcode)
    if adcode[2:4] == DIRECT:
        return adcode if adcode[4:] != "00" else None
    return None if adcode[2:4] == "00" else f"{adcode[:4]}00"


def region_frame(adcodes: Iterable[str]) -> pd.DataFrame:
    """One row per adcode: its code of today, the province and city that hold it, their names."""
    rows = []
    for adcode in adcodes:
        today = today_of(adcode)
        province, city = province_of(today), city_of(today)
        rows.append((adcode, today, province, city, name_of(province), city and name_of(city)))
    return pd.DataFrame(rows, columns=COLUMNS, dtype="object")


def name_of(adcode: str) -> str | None:
    """The full name of a division, or None for an unknown code."""
    division = divisions.load().get(adcode)
    return division.name if division else None


def cities_in(province: str) -> list[Region]:
    """Every city of a province today, in the order of their codes."""
    if province[:2] in MUNICIPALITIES:
        return [Region(province, name_of(province) or province)]
    children = divisions.load().children(province)
    cities = [Region(one.adcode, one.name) for one in children if city_of(one.adcode) == one.adcode]
    return sorted(cities, key=lambda one: one.adcode)


def counties_in(adcode: str) -> list[Region]:
    """Every county of a city, or district of a municipality, today, in the order of their codes."""
    children = divisions.load().children(adcode)
    return [Region(one.adcode, one.name) for one in children if one.level == "county"]


def provinces() -> list[Region]:
    """The 34 provinces of today, in the order of their codes."""
    return [Region(one.adcode, one.name) for one in divisions.load().provinces()]
