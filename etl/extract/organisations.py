"""An article's text → the bodies and the named programmes it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import divisions, reference, tables
from etl.extract.memory import remembered
from etl.extract.places import implied_division
from etl.extract.segment import Cut, cut, part_of_speech
from etl.model import Reading
from etl.spans import begin_in

_LONGEST = 30
_QUOTED = "“([^“”。!?]{2,24})”"
_SORTS = "活动|平台|品牌|行动|机制|项目|计划|专项|工程|讲堂|课堂|直通车|工作室|小分队"
# The sort of programme stands behind the name, or before it (活动“…”).
_PROGRAMME = re.compile(
    rf"{_QUOTED}(?=[^“”,。;:!?、\n的]{{0,4}}(?:{_SORTS}))|(?:{_SORTS}){_QUOTED}"
)
# 政协第十三届陕西省委员会常务委员会 is 陕西省政协 as its sessions call it.
_ASSEMBLY = re.compile(
    "(?:(?:中国)?人民政治协商会议|政协)(?:第[一二三四五六七八九十\\d]{1,3}届)?"
    "([一-鿿]{2,14}?)委员会(?:常务委员会)?"
)
_NAMED_AT_ALL = re.compile(r"[一-鿿]\s*[一-鿿]\s*[一-鿿]")


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
    found = [*_bodies(reading), *_programmes(reading), *_assemblies(reading)]
    spans = sorted(found, key=lambda one: (one[0], -one[1]))
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
    name, adcode = "".join(raw.split()), None
    if span.kind != "programme":
        named = _assembly_name if span.kind == "assembly" else _full_name
        full = named(reading, span, name)
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
        kind="programme" if span.kind == "programme" else "organisation",
        adcode=adcode,
    )


def _assembly_name(reading: Reading, span: _Span, raw: str) -> tuple[str, str | None] | None:
    """陕西省政协 for 政协第十三届陕西省委员会; None where no division's name ends before 委员会."""
    if "全国委员会" in raw:
        return "全国政协", None
    at = span.start + reading.text[span.start : span.end].find("委员会")
    place = next((one for one in _places_inside(reading, span) if one.end == at), None)
    return (f"{place.name}政协", place.adcode) if place and place.name else None


def _full_name(reading: Reading, span: _Span, raw: str) -> tuple[str, str | None] | None:
    """Full name and code of a body; None where a short form's place stays unknown.

    An office's name begins with its own division: 河南郑州市政协 and 郑州政协 are 郑州市政协.
    """
    inside = _places_inside(reading, span)
    complete = inside or span.kind == "national"  # 市场监管总局 is no 市's
    scope = None if complete else _scope(raw)
    if scope:
        return _with_implied_place(reading, span, raw, *scope)
    if not inside:
        return raw, None
    place = inside[-1]
    if span.kind != "public" or place.name is None or place.end >= span.end:
        return raw, place.adcode
    chain = inside[0].start
    return reading.text[span.start : chain] + _named(reading, place, span), place.adcode


def _named(reading: Reading, place: tables.Place, span: _Span) -> str:
    """The place's full name and what follows it, no character of its level twice (市 + 市委)."""
    full, rest = place.name or place.raw, reading.text[place.end : span.end]
    ending = full[-1]
    return full + (rest[1:] if rest.startswith(ending) and place.raw[-1] != ending else rest)


def _with_implied_place(
    reading: Reading, span: _Span, raw: str, head: str, level: str
) -> tuple[str, str | None] | None:
    implied = implied_division(reading, level, span.start)
    place = divisions.load().get(implied, reading.year) if implied else None
    return (place.name + raw[len(head) :], place.adcode) if place else None


def _places_inside(reading: Reading, span: _Span) -> list[tables.Place]:
    """The settled places in a name, in order."""
    return [one for one in begin_in(reading.places, span.start, span.end) if one.adcode]


def _scope(raw: str) -> tuple[str, str] | None:
    """The word that stands for a division at the head of a short form, and its level."""
    scopes: dict[str, str] = reference.load("bodies")["scopes"]
    found = [(head, level) for head, level in scopes.items() if raw.startswith(head)]
    return max(found, key=lambda one: len(one[0]), default=None)


# A body's last character that is the first of another word.
_NO_ENDING = ("部门", "会客")


@cache
def _automaton() -> tuple[AhoCorasick, list[str]]:
    """Finds body endings and complete bodies; each pattern's kind is in the list."""
    kinds = {
        word: kind
        for kind in ("named", "public", "national")
        for word in reference.words("bodies", kind)
    }
    finder = AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest)
    return finder, list(kinds.values())


def _bodies(reading: Reading) -> Iterator[_Span]:
    """Candidate names: complete bodies as they stand, others from a boundary to their ending.

    教育部门 is a sort of office, not the ministry, and a 委员会客厅 is a room.
    """
    finder, kinds = _automaton()
    words = cut(reading.text)
    places = {one.start for one in reading.places}
    for pattern, start, end in finder.find_matches_as_indexes(reading.normal):
        if reading.normal[end - 1 : end + 1] in _NO_ENDING:
            continue
        kind = kinds[pattern]
        begin = (
            _nation_start(reading.normal, start)
            if kind == "national"
            else _left_end(words, places, start, kind)
        )
        if begin is not None and not _is_many(reading.normal, begin, kind):
            yield _Span(begin, end, kind)


def _nation_start(text: str, start: int) -> int:
    """Where a complete name begins: at the country before it (伊朗外交部), else where it stands."""
    heads = (at for at in range(max(0, start - 6), start - 1) if text[at:start] in _abroad())
    return next(heads, start)


@cache
def _abroad() -> frozenset[str]:
    return reference.word_set("foreign_places", "places")


def _is_many(text: str, begin: int, kind: str) -> bool:
    """Whether 各, 11个 and the like make a short form stand for many bodies."""
    many = reference.word_set("bodies", "many")
    return kind == "public" and (text[begin - 1 : begin] in many or text[begin - 1].isdigit())


def _left_end(words: Cut, places: set[int], start: int, kind: str) -> int | None:
    """Where the name with the ending at `start` begins; None where nothing names it.

    Goes left word by word until a word that stands in no name. The leftmost place or starter
    on the way is the beginning; a school or company may begin at the last word instead.
    """
    index = bisect_right(words.starts, start) - 1
    found: int | None = None
    begin, joined = start, False
    if words.starts[index] == start:
        index -= 1
    while index >= 0 and start - words.starts[index] <= _LONGEST:
        word, at = words.tokens[index], words.starts[index]
        word = word[: start - at]
        if _ends_name(word) or (found is not None and word in _JOINING):
            break
        joined = joined or word in _JOINING
        if not joined:
            begin = at
        if at in places or word in _starters() or word in _heads():
            found = at
        index -= 1
    if found is None and kind == "named" and _own_name(words, begin, start):
        return begin
    return found


def _own_name(words: Cut, begin: int, end: int) -> bool:
    """Whether a name of its own stands at `begin`: a proper noun, or what no dictionary knows."""
    index = bisect_left(words.starts, begin)
    word = words.tokens[index]
    if end - begin < 2:
        return False
    if len(word) == 1:
        return words.starts[index + 1] < end and len(words.tokens[index + 1]) == 1
    return part_of_speech(word) in _PROPER


_PROPER = ("nz", "nr", "nrt", "nrfg", "ns", "nt")
_JOINING = frozenset("和与及")


@remembered
def _ends_name(word: str) -> bool:
    """Whether a word stands in no body's name: particles, marks, and verbs but those of offices."""
    if word in _JOINING or word in _heads() or word in _starters():
        return False
    if word in reference.word_set("bodies", "breaks") or not _han(word):
        return True
    if word[0] in "各每某":
        return True
    return part_of_speech(word) in ("v", "a", "ad", "d") and word not in reference.word_set(
        "bodies", "tasks"
    )


@cache
def _heads() -> frozenset[str]:
    return frozenset(reference.load("bodies")["scopes"])


@cache
def _starters() -> frozenset[str]:
    return reference.word_set("bodies", "starters") | _abroad()


def _han(word: str) -> bool:
    return all("一" <= character <= "鿿" for character in word)


def _assemblies(reading: Reading) -> Iterator[_Span]:
    """The political consultative conferences under the name that their sessions bear."""
    if "委员会" not in reading.normal:
        return
    for match in _ASSEMBLY.finditer(reading.normal):
        yield _Span(*match.span(), "assembly")


def _programmes(reading: Reading) -> Iterator[_Span]:
    """Quoted names that a word like 活动, 平台 or 行动 goes with, quotes left out."""
    if "“" not in reading.text:
        return
    idioms = reference.word_set("bodies", "idioms")
    for match in _PROGRAMME.finditer(reading.text):
        start, end = match.span(1) if match.group(1) else match.span(2)
        name = reading.text[start:end]
        if _NAMED_AT_ALL.search(name) and name not in idioms:
            yield _Span(start, end, "programme")
