"""The divisions of events and of who held them."""

from __future__ import annotations

import re

from etl import divisions, tables
from etl.model import Reading

# Words for the whole of a division that the text is about.
IMPLIED = re.compile("[全我本][省市县区州]|省[委政]")
_Place = tuple[str | None, str | None, str | None, str | None]


def deepest(places: list[tables.Place], first: tables.Place) -> tables.Place:
    """The last place of the chain that begins with `first` (甘肃省张掖市)."""
    found = first
    for one in places:
        if one.start == found.end:
            found = one
    return found


def names_of(reading: Reading, adcode: str | None) -> _Place:
    """(province, city, county, level) of a division."""
    known = divisions.load()
    division = known.get(adcode, reading.year) if adcode else None
    if division is None or adcode is None:
        return None, None, None, None
    province, city, county = known.path(adcode, reading.year)
    return province, city, county, division.level
