"""An article's text → the bodies and the named programmes it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import divisions, reference, tables
from etl.extract.places import implied_division
from etl.extract.segment import Cut, cut
from etl.model import Reading

_LONGEST = 30
_PROGRAMME = re.compile(
    r"[“]([^“”。!?\n]{2,20})[”](?=[^“”,。;:!?\n]{0,6}?"
    r"(?:活动|平台|品牌|行动|工程|机制|项目|计划|专项|论坛|讲堂|课堂|直通车|工作室|小分队|提案))"
    r"|(?:活动|平台|品牌|行动|工程|机制|项目|计划)[“]([^“”。!?\n]{2,20})[”]"
)


class _Span(NamedTuple):
    start: int
    end: int
    kind: str


def find_organisations(reading: Reading) -> list[tables.Organisation]:
    """One row per body or programme and article: its first mention, under its full name.

    A short form gets the place it leaves out (省政协 → 山西省政协); one whose place cannot be
    told is left out, for it names nobody. `reading.bodies` keeps every mention.
    """
    reading.bodies = find_mentions(reading)
    first: dict[str, tables.Organisation] = {}
    for mention in reading.bodies:
        first.setdefault(mention.name, mention)
    return list(first.values())


def find_mentions(reading: Reading) -> list[tables.Organisation]:
    """Every mention of a body or programme in text order; mentions do not overlap."""
    spans = sorted([*_bodies(reading), *_programmes(reading)], key=lambda one: (one[0], -one[1]))
    rows: list[tables.Organisation] = []
    stop = 0
    for span in spans:
        if span.start < stop:
            continue
        row = _row(reading, span)
        if row:
            rows.append(row)
            stop = span.end
    return rows


def _row(reading: Reading, span: _Span) -> tables.Organisation | None:
    raw = reading.text[span.start : span.end]
    name, adcode = raw.strip("“”"), _adcode(reading, span)
    if span.kind == "organisation":
        full = _full_name(reading, span, raw, adcode)
        if full is None:
            return None
        name, adcode = full
    return tables.Organisation(
        article_id=reading.article_id,
        sentence_id=reading.sentence_at(span.start).sentence_id,
        start=span.start,
        end=span.end,
        raw=raw,
        name=name,
        kind=span.kind,
        adcode=adcode,
    )


def _adcode(reading: Reading, span: _Span) -> str | None:
    """The division of the last place that the name holds."""
    index = bisect_left(reading.places, span.start, key=lambda one: one.start)
    inside = []
    for place in reading.places[index:]:
        if place.start >= span.end:
            break
        inside.append(place.adcode)
    return next((one for one in reversed(inside) if one), None)


def _full_name(
    reading: Reading, span: _Span, raw: str, adcode: str | None
) -> tuple[str, str | None] | None:
    """Name and code, with the place that a short form leaves out; None where it stays unknown."""
    scope = _scope(raw)
    if adcode or scope is None:
        return raw, adcode
    implied = implied_division(reading, scope, span.start)
    place = divisions.load().get(implied, reading.year) if implied else None
    if place is None:
        return None
    head = next(one for one in _scopes() if raw.startswith(one))
    rest = raw[len(head) :] if len(raw) - len(head) > 1 else raw
    return place.name + rest, place.adcode


@cache
def _scopes() -> dict[str, str]:
    scopes: dict[str, str] = reference.load("bodies")["scopes"]
    return dict(sorted(scopes.items(), key=lambda one: -len(one[0])))


def _scope(raw: str) -> str | None:
    """province, city or county where the name begins with the bare word for it (市教育局)."""
    return next((level for head, level in _scopes().items() if raw.startswith(head)), None)


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    """Finds body endings and complete bodies; each pattern's kind is in the list."""
    kinds = dict.fromkeys(reference.words("bodies", "named"), "named")
    kinds |= dict.fromkeys(reference.words("bodies", "public"), "public")
    kinds |= dict.fromkeys(reference.words("bodies", "national"), "national")
    finder = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest)
    return finder, list(kinds.values())


def _bodies(reading: Reading) -> Iterator[_Span]:
    """Candidate names: complete bodies as they stand, others from a boundary to their ending."""
    finder, kinds = _automaton()
    words = cut(reading.text)
    places = {one.start: one.end for one in reading.places}
    for pattern, start, end in finder.find_matches_as_indexes(reading.normal):
        kind = kinds[pattern]
        begin = (
            start if kind == "national" else _left_end(reading.normal, words, places, start, end)
        )
        if (
            kind != "national"
            and begin is not None
            and not _stands_alone(reading, begin, start, kind)
        ):
            continue
        if begin is not None:
            yield _Span(begin, end, "organisation")


def _stands_alone(reading: Reading, begin: int, ending: int, kind: str) -> bool:
    """Whether what stands before the ending makes a name of it."""
    own = reading.normal[begin:ending]
    if _scope(reading.normal[begin : begin + 3]) and len(own) <= 3:
        return reading.normal[max(0, begin - 1) : begin] not in reference.word_set("bodies", "many")
    return len(own) >= 2 or kind == "public"


def _left_end(text: str, words: Cut, places: dict[int, int], start: int, end: int) -> int | None:
    """Where the name that ends at `end` begins; None where nothing names it.

    Goes left word by word until a word that stands in no name. The leftmost place or starter
    on the way is the beginning; a name of its own (大学, 公司) may do without.
    """
    breaks, starters = reference.word_set("bodies", "breaks"), _starters()
    index = bisect_right(words.starts, start) - 1
    found: int | None = None
    begin = start
    while index >= 0 and end - words.starts[index] <= _LONGEST:
        word, at = words.tokens[index], words.starts[index]
        if at < start and (word in breaks or not _han(word)):
            break
        begin = min(begin, at)
        if at in places or word in starters or word in _scopes():
            found = at
        index -= 1
    return found


@cache
def _starters() -> frozenset[str]:
    return reference.word_set("bodies", "starters")


def _han(word: str) -> bool:
    return all("一" <= character <= "鿿" for character in word)


def _programmes(reading: Reading) -> Iterator[_Span]:
    """Quoted names that a word like 活动, 平台 or 行动 goes with, quotes left out."""
    for match in _PROGRAMME.finditer(reading.text):
        start, end = match.span(1) if match.group(1) else match.span(2)
        yield _Span(start, end, "programme")
