"""The division that most mentions of an article share, where they say what it is about."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import divisions, reference, tables
from etl.divisions import Division
from etl.extract.places.gazetteer import landmark_codes
from etl.model import Reading

# 一季度我国外贸增长: news of the nation, unless it is about one thing (我国首座…).
_NATION_HEADS = re.compile(
    r"(?:^|[\]】 ]|[年月季度末来])(?:我国|全国)(?!首|最|第|[^ ,，]{0,6}(?:首|最大|第一))"
)
# A lead about the nation; what places follow are examples unless they are all over the text.
_NATION_LEADS = re.compile(
    "我国|全国(?!政协|人大)|国务院(?!副?总理)|国新办|国家[^,。;]{1,10}[局委部]|[^,。;省市县]{2,8}部(?:发布|获悉|消息|预计|最新|通报)|总书记(?:指出|强调)"
)
_SHARE_OF_PARAGRAPHS = 0.5
_LEAD = 120
# Fewer mentions than this, none of them in the opening, are made in passing.
_FEWEST_MENTIONS = 3
# Places named now and then in a long text are examples, unless all lie in one province.
SHORT_TEXT = 250
_CHARACTERS_PER_MENTION = 350
# So many names of other countries for each place outweigh it.
_COUNTRIES_PER_MENTION = 3
# Share of the mentions that a province, and within it a city, must have to be the subject.
_SHARE_OF_PROVINCE, _SHARE_BELOW = 0.6, 0.5


def prevailing(reading: Reading, mentions: list[tables.Place]) -> str | None:
    """The province of most mentions and landmarks, and its city where that has most of them.

    News of other countries that names a place in passing is about none.
    """
    sites = _found(_landmarks(), reading.text)
    codes = [one.adcode for one in mentions if one.adcode]
    codes += [landmark_codes()[reading.text[start:end]] for start, end in sites]
    starts = [one.start for one in mentions] + [start for start, _ in sites]
    if not codes:
        return None
    sparse = len(codes) * _CHARACTERS_PER_MENTION < len(reading.text) - SHORT_TEXT
    if sparse and (len(codes) < 3 or len({code[:2] for code in codes}) > 1):
        return None
    if not _outweighs(mentions) or _in_passing(reading, starts):
        return None
    if _COUNTRIES_PER_MENTION * len(codes) <= len(_found(_abroad(), reading.text)):
        return None
    if _is_of_the_nation(reading, mentions):
        return None
    return _shared([line_of(code, reading.year) for code in codes])


def _shared(lines: list[list[str]]) -> str | None:
    """The most specific division that enough of the lines (province, city, county) go through."""
    chosen: str | None = None
    for level in range(3):
        counts = Counter(line[level] for line in lines if len(line) > level)
        if not counts:
            break
        best, count = counts.most_common(1)[0]
        if count <= len(lines) * (_SHARE_BELOW if level else _SHARE_OF_PROVINCE):
            break
        chosen = best
        lines = [line for line in lines if line[:1] and best in line]
    return chosen


def _is_of_the_nation(reading: Reading, mentions: list[tables.Place]) -> bool:
    """Whether headline or lead speak of the nation, and places come up here and there only."""
    if _NATION_HEADS.search(reading.headline or ""):
        return True
    body = [one for one in reading.sentences if one.role in ("body", "caption")]
    lead = body[0] if body else None
    if not lead or not _NATION_LEADS.search(reading.normal, lead.start, lead.end):
        return False
    if any(lead.start <= one.start < lead.end for one in mentions):
        return False
    told = {reading.sentence_at(one.start).paragraph for one in mentions if one.adcode}
    return len(told) < _SHARE_OF_PARAGRAPHS * len({one.paragraph for one in body})


def _in_passing(reading: Reading, starts: list[int]) -> bool:
    """Whether the text comes to its few places only after the opening, as to examples."""
    return len(starts) < _FEWEST_MENTIONS and min(starts) > opening(reading)[2]


def _outweighs(mentions: list[tables.Place]) -> bool:
    """Whether one province has more mentions than any other, a chain (湖北武汉) being one."""
    apart = [one for at, one in enumerate(mentions) if not at or mentions[at - 1].end != one.start]
    counts = Counter(one.adcode[:2] for one in apart if one.adcode).most_common(2)
    return len(counts) < 2 or counts[0][1] > counts[1][1]


def _found(finder: AhoCorasick, text: str) -> list[tuple[int, int]]:
    """Where the words stand in `text`, from the left, none overlapping another."""
    return [(start, end) for _, start, end in finder.find_matches_as_indexes(text)]


@cache
def _abroad() -> AhoCorasick:
    return AhoCorasick(reference.words("nations", "abroad"), matchkind=MatchKind.LeftmostLongest)


@cache
def _landmarks() -> AhoCorasick:
    return AhoCorasick(list(landmark_codes()), matchkind=MatchKind.LeftmostLongest)


def opening(reading: Reading) -> tuple[str, int, int]:
    """The folded text and where its lead begins and ends, as a pattern's `search` takes them."""
    body = next((block for block in reading.blocks if block.role in ("body", "caption")), None)
    start = body.start if body else 0
    return reading.normal, start, start + _LEAD


def line_of(adcode: str, year: int | None) -> list[str]:
    """The codes from the province down to `adcode`."""
    known = divisions.load()
    line: list[str] = []
    division: Division | None = known.get(adcode, year)
    while division:
        line.insert(0, division.adcode)
        division = known.get(division.parent, year) if division.parent else None
    return line
