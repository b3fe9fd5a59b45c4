"""What 省政协, 我市 or 全县 stand for: the article's own division, or one named before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from etl import divisions, tables
from etl.model import Reading
from etl.spans import END, START

# A municipality is its own 市: 市政协 in Beijing is the province's.
_MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
# 仅次于上海, 比广东: what something is compared with is not what 全省 means.
_COMPARES = ("于", "比")
_FIRM = ("stated", "dateline")
# Who says 我省 speaks of the article's own province, whatever other ones are named.
_FIRST_PERSON = {
    "province": ("我省", "我区", "我自治区"),
    "city": ("我市", "我州"),
    "county": ("我县", "我区", "我旗"),
}


def implied_division(reading: Reading, scope: str, offset: int) -> str | None:
    """The code that 省…, 市… or 县… at `offset` stands for, None where nothing says it.

    `scope` is province, city or county. An article that says where it plays means its own
    division. One of a larger area, or whose place was only inferred, means the nearest place
    named before in the same paragraph, then its own, then the nearest one before at all.
    Where the article says 我省, 省 and 全省 are its own, too.
    """
    own = _at_level(reading.place.adcode, scope, reading.year)
    if own and (reading.place.basis in _FIRM or _says_own(reading, scope)):
        return own
    earlier = reading.places[: bisect_left(reading.places, offset, key=END)]
    first = bisect_left(earlier, _paragraph_start(reading, offset), key=START)
    return (
        _nearest(earlier[first:], scope, reading)
        or own
        or _nearest(earlier[:first], scope, reading)
    )


def _says_own(reading: Reading, scope: str) -> bool:
    return any(word in reading.normal for word in _FIRST_PERSON[scope])


def _paragraph_start(reading: Reading, offset: int) -> int:
    index = bisect_right(reading.blocks, offset, key=lambda block: block.start) - 1
    return reading.blocks[index].start if index >= 0 else 0


def _nearest(places: list[tables.Place], scope: str, reading: Reading) -> str | None:
    for place in reversed(places):
        if reading.normal[place.start - 1 : place.start] in _COMPARES:
            continue
        if found := _at_level(place.adcode, scope, reading.year):
            return found
    return None


def _at_level(adcode: str | None, scope: str, year: int | None) -> str | None:
    """`adcode` or the division of level `scope` that it lies in."""
    known = divisions.load()
    division = known.get(adcode, year) if adcode else None
    while division:
        if division.level == scope:
            # 全省 in a text that speaks of 北京 is another province's.
            municipal = scope == "province" and division.adcode in _MUNICIPALITIES
            return None if municipal else division.adcode
        county = division.level == "county" and division.name.endswith("市")
        if scope == "city" and (county or division.adcode in _MUNICIPALITIES):
            return division.adcode
        division = known.get(division.parent, year) if division.parent else None
    return None
