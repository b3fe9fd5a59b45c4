"""The division that an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from etl import divisions, tables
from etl.divisions import Division
from etl.model import ArticlePlace, Reading

_TOP = ("kicker", "headline", "subheadline")
_NATIONAL = re.compile("全国政协|全国人大|国务院|党中央|中共中央|习近平|全国各地")
# 本报太原12月28日电: where the reporter writes from. Agencies write almost all from Beijing.
_DATELINE = re.compile(
    r"(?P<agency>新华社|中新社|人民网|央视网|央广网)?(?:本报)?(?P<place>[一-鿿]{2,9}?)(?:\d{1,2}月)?\d{1,2}日(?:电|讯)"
)


def settle_article(reading: Reading) -> ArticlePlace:
    """The division an article is about, with its basis; an empty place where it is national.

    Evidence in this order: the dateline, places in headline, kicker and subheadline, the first
    body or place of the lead, and what most mentions share. `basis` says which one it was.
    """
    mentions = [one for one in reading.places if one.adcode]
    if not mentions:
        return ArticlePlace()
    year = reading.year
    for found, basis in (
        (_from_top(reading, mentions), "stated"),
        (_from_dateline(reading, mentions), "dateline"),
        (_from_lead(reading, mentions), "stated"),
        (_dominant(reading, mentions), "inferred"),
    ):
        if found:
            return _place(found, basis, year)
    return ArticlePlace()


def _place(adcode: str, basis: str, year: int | None) -> ArticlePlace:
    province, city, county = divisions.load().path(adcode, year)
    return ArticlePlace(adcode, province, city, county, basis)


def _from_top(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The place of the lines above the text, or of a title that is not part of it."""
    spans = [(block.start, block.end) for block in reading.blocks if block.role in _TOP]
    top = [one for one in mentions if any(start <= one.start < end for start, end in spans)]
    return _common(top, reading.year)


def _from_dateline(reading: Reading, mentions: list[tables.Place]) -> str | None:
    body = next((block for block in reading.blocks if block.role in ("body", "caption")), None)
    if body is None:
        return None
    found = _DATELINE.search(reading.normal, body.start, min(body.end, body.start + 60))
    if not found or found["agency"]:
        return None
    inside = [one for one in mentions if found.start("place") <= one.start < found.end("place")]
    return inside[-1].adcode if inside else None


def _from_lead(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The first place of the first sentence of the text, if the article stays with it."""
    body = [one for one in reading.sentences if one.role in ("body", "caption")]
    if not body:
        return None
    lead = body[0]
    first = [one for one in mentions if lead.start <= one.start < lead.end]
    if not first or _NATIONAL.search(reading.normal, lead.start, lead.end):
        return None
    chain = _chain(first)
    provinces = Counter(one.adcode[:2] for one in mentions if one.adcode)
    head = chain.adcode or ""
    if provinces[head[:2]] * 2 < sum(provinces.values()):
        return None
    return chain.adcode


def _chain(places: list[tables.Place]) -> tables.Place:
    """The most specific place of the chain that the first mention begins: 甘肃省张掖市."""
    last = places[0]
    for one in places[1:]:
        if one.start - last.end > 0 or not one.adcode or not last.adcode:
            break
        if not _within(one.adcode, last.adcode):
            break
        last = one
    return last


def _within(inner: str, outer: str) -> bool:
    known = divisions.load()
    division = known.get(inner)
    while division and division.parent:
        if division.parent == outer:
            return True
        division = known.get(division.parent)
    return False


def _common(mentions: Iterable[tables.Place], year: int | None) -> str | None:
    """The most specific division that holds all mentions, None where they share no province."""
    lines = [_line(one.adcode, year) for one in mentions if one.adcode]
    if not lines:
        return None
    shared: str | None = None
    for level in range(3):
        named = {line[level] for line in lines if len(line) > level}
        if len(named) != 1:
            break
        shared = named.pop()
    return shared


def _line(adcode: str, year: int | None) -> list[str]:
    """The codes from the province down to `adcode`."""
    known = divisions.load()
    line: list[str] = []
    division: Division | None = known.get(adcode, year)
    while division:
        line.insert(0, division.adcode)
        division = known.get(division.parent, year) if division.parent else None
    return line


def _dominant(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The province of most mentions, and its city where that has most of them."""
    lines = [_line(one.adcode, reading.year) for one in mentions if one.adcode]
    chosen: str | None = None
    for level in range(3):
        counts = Counter(line[level] for line in lines if len(line) > level)
        if not counts:
            break
        best, count = counts.most_common(1)[0]
        if count * 2 <= len(lines):
            break
        chosen = best
        lines = [line for line in lines if len(line) > level and line[level] == best]
    return chosen
