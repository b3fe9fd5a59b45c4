"""The division that an article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from etl import divisions, tables
from etl.divisions import Division
from etl.extract.places.digest import is_scattered
from etl.extract.places.gazetteer import gazetteer
from etl.extract.places.match import find_hits
from etl.extract.places.prevailing import SHORT_TEXT, line_of, opening, prevailing
from etl.extract.places.resolve import resolve
from etl.model import ArticlePlace, Reading
from etl.text import normalise

_TOP = ("kicker", "headline", "subheadline")
# The nation's bodies and leaders meet in Beijing, and the article is about the nation.
_NATIONAL = re.compile(
    "全国政协|全国人大|国务院|党中央|中共中央|中央军委|国家主席|国家副主席|总书记|外交部|国新办|商务部|全国各地"
)
_IN_CAPITAL = re.compile("在(?:京|北京(?:人民大会堂)?)(?:召开|举行|开幕|闭幕|会见|出席|同|主持)")
_CAPITAL = "110000"
# 本报太原12月28日电: where the reporter writes from. Agencies write almost all from Beijing.
_DATELINE = re.compile(
    r"(?P<agency>新华社|中新社|人民网|央视网|央广网)?(?:本报)?(?P<place>[一-鿿]{2,9}?)(?:\d{1,2}月)?\d{1,2}日(?:电|讯)"
)
_BODIES = "(?:委|党委|政府|政协|人大)"
_OWN = {
    "province": re.compile(f"[我全]省|[我全]区(?!域)|(?<![一-鿿])省{_BODIES}|自治区{_BODIES}"),
    "city": re.compile(f"[我全]市(?!场)|(?<![一-鿿])市{_BODIES}"),
    "county": re.compile(f"[我全]县|(?<![一-鿿])县{_BODIES}"),
}
_PROVINCES_BODY = re.compile(rf"(?<![一-鿿])(?:[我全]?省|自治区){_BODIES}")
_CITYS_BODY = re.compile(rf"[市县区州](?<!自治区){_BODIES}")
_ROW = re.compile(r"[^,。;!?\n]{0,10}(?:、|和|与|及)")
# 31个省(自治区、直辖市)和新疆生产建设兵团报告…: each of them is counted in, none is told of.
_EVERY_PROVINCE = re.compile("31个?省")


def settle_article(reading: Reading) -> ArticlePlace:
    """The division an article is about, with its basis: what a person said, else `own_place`."""
    if reading.said is None:
        return own_place(reading)
    adcode = reading.said.adcode
    return _place(adcode, "stated", reading.year) if adcode else ArticlePlace()


def own_place(reading: Reading) -> ArticlePlace:
    """The division that the text is about; an empty place where it is national.

    Evidence in this order: places in headline, kicker and subheadline or in a title that stands
    outside the text, the dateline, the first place of the lead, for 我省 and 我市 the home of
    the publication, and what most mentions share. `basis` says which one it was. A digest of
    items from all over the country is about nowhere, unless its headline says so.
    """
    mentions = [one for one in reading.places if one.adcode and one.context != "event"]
    mentions = mentions or [one for one in reading.places if one.adcode]
    if _is_nations_meeting(reading) or _EVERY_PROVINCE.search(*opening(reading)):
        return ArticlePlace()
    scattered = is_scattered(reading, mentions)
    for find, basis in (
        (_from_top, "stated"),
        (_from_dateline, "dateline"),
        (_from_lead, "stated"),
        (_from_publication, "organisation"),
        (prevailing, "inferred"),
    ):
        if scattered and find not in (_from_top, _from_publication):
            continue
        found = find(reading, mentions)
        if found and not _only_the_capital(reading, found):
            if find in (_from_dateline, _from_lead) and _about_the_province(reading):
                found = line_of(found, reading.year)[0]
            return _place(found, basis, reading.year)
    return ArticlePlace()


def _about_the_province(reading: Reading) -> bool:
    """Whether the lead is about the province's own bodies, in whatever city they meet."""
    text, start, end = opening(reading)
    found = _PROVINCES_BODY.search(text, start, end)
    return found is not None and not _CITYS_BODY.search(text, start, end)


def _only_the_capital(reading: Reading, adcode: str) -> bool:
    """Whether Beijing is but where the nation's bodies meet."""
    if adcode != _CAPITAL:
        return False
    lead = reading.normal[:SHORT_TEXT]
    return bool(_NATIONAL.search(lead) or _NATIONAL.search(reading.headline or ""))


def _is_nations_meeting(reading: Reading) -> bool:
    """Whether the lead tells of the nation's bodies meeting in Beijing, whatever about."""
    body = next((one for one in reading.sentences if one.role in ("body", "caption")), None)
    if body is None:
        return False
    held = _IN_CAPITAL.search(reading.normal, body.start, body.end)
    return held is not None and bool(_NATIONAL.search(reading.normal, body.start, held.start()))


def _place(adcode: str, basis: str, year: int | None) -> ArticlePlace:
    province, city, county = divisions.load().path(adcode, year)
    return ArticlePlace(adcode, province, city, county, basis)


def _from_top(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The place of the lines above the text, or of a title that is not part of it."""
    spans = [(block.start, block.end) for block in reading.blocks if block.role in _TOP]
    top = [one for one in mentions if any(start <= one.start < end for start, end in spans)]
    codes = [one.adcode for one in top if one.adcode]
    if not codes and reading.headline and reading.headline not in reading.text:
        codes = named_in(normalise(reading.headline), reading.year)
    return common(codes, reading.year)


def _from_dateline(reading: Reading, mentions: list[tables.Place]) -> str | None:
    body = next((block for block in reading.blocks if block.role in ("body", "caption")), None)
    if body is None:
        return None
    stop = min(body.end, body.start + 60)
    # Looked for at each character, so only where its last two are there at all.
    if not any(reading.normal.find(one, body.start, stop) >= 0 for one in ("日电", "日讯")):
        return None
    found = _DATELINE.search(reading.normal, body.start, stop)
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
    row = [one.adcode for one in row_of(reading.normal, chain, first) if one.adcode]
    return common(row, reading.year)


def row_of(text: str, head: tables.Place, places: list[tables.Place]) -> list[tables.Place]:
    """`head` and the places that follow it in a row: 济南、青岛和临沂."""
    row = [head]
    for one in places[places.index(head) + 1 :]:
        if not _ROW.fullmatch(text, row[-1].end, one.start):
            break
        row.append(one)
    return row


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


def named_in(text: str, year: int | None) -> list[str]:
    """The codes of the places that a title or a publication's name states."""
    found = resolve(text, find_hits(text, gazetteer(year)))
    return [hit.division.adcode for hit in found if hit.division]


def common(codes: Iterable[str], year: int | None) -> str | None:
    """The most specific division that holds them all, None where they share no province."""
    lines = [line_of(code, year) for code in codes]
    shared: str | None = None
    for level in range(3):
        named = {line[level] for line in lines if len(line) > level}
        if len(named) != 1:
            break
        shared = named.pop()
    return shared


def _from_publication(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The publication's home, where the article says 我省 or 我市."""
    homes = _homes(reading.publication, reading.year) if reading.publication else ()
    if not homes:
        return None
    told = f"{reading.headline or ''} {reading.normal}"
    return next((one.adcode for one in homes if _OWN[one.level].search(told)), None)


@lru_cache(maxsize=1 << 10)
def _homes(publication: str, year: int | None) -> tuple[Division, ...]:
    """The last division that a publication's name states, and those it lies in."""
    named = named_in(normalise(publication), year)
    line = line_of(named[-1], year) if named else []
    found = (divisions.load().get(code, year) for code in reversed(line))
    return tuple(one for one in found if one)
