"""The places that a selection asks about, whether or not anything is reported from them."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.queries.regions import Region, cities_in, city_of, province_of
from dashboard.selection import Selection
from etl import divisions


def expected_provinces(selection: Selection) -> list[Region]:
    """The chosen provinces and those of the chosen cities, else all of today, by code."""
    chosen = {province_of(one) for one in (*selection.provinces, *selection.cities)}
    every = divisions.load().provinces()
    return [Region(one.adcode, one.name) for one in every if not chosen or one.adcode in chosen]


def expected_cities(selection: Selection, found: Iterable[str]) -> list[Region]:
    """The chosen cities, else all of the chosen provinces, else of those that `found` lie in."""
    chosen = {city_of(one) or one for one in selection.cities}
    provinces = {province_of(one) for one in selection.provinces or chosen or found}
    return [
        city
        for province in sorted(provinces)
        for city in cities_in(province)
        if not chosen or city.adcode in chosen
    ]
