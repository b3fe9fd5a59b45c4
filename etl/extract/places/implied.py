"""What 省政协, 我市 or 全县 stand for: a division named before, or the article's own."""

from __future__ import annotations

from bisect import bisect_right

from etl import divisions
from etl.model import Reading

_ABOVE = {"province": 0, "city": 1, "county": 2}


def implied_division(reading: Reading, scope: str, offset: int) -> str | None:
    """The code that 省…, 市… or 县… at `offset` stands for, None where nothing says it.

    `scope` is province, city or county. The nearest place of that level or below named before
    in the same paragraph gives it, else the article's own division, else the nearest one before
    in the article.
    """
    sentence = reading.sentence_at(offset) if reading.sentences else None
    index = bisect_right(reading.places, offset, key=lambda one: one.start)
    earlier = [one for one in reading.places[:index] if one.adcode and one.end <= offset]
    if sentence:
        first = next(one.start for one in reading.sentences if one.paragraph == sentence.paragraph)
        for place in reversed([one for one in earlier if one.start >= first]):
            if found := _at_level(place.adcode, scope, reading.year):
                return found
    if found := _at_level(reading.place.adcode, scope, reading.year):
        return found
    for place in reversed(earlier):
        if found := _at_level(place.adcode, scope, reading.year):
            return found
    return None


def _at_level(adcode: str | None, scope: str, year: int | None) -> str | None:
    """`adcode` or the division of level `scope` that it lies in."""
    known = divisions.load()
    division = known.get(adcode, year) if adcode else None
    while division:
        if division.level == scope:
            return division.adcode
        division = known.get(division.parent, year) if division.parent else None
    return None
