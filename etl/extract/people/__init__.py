"""An article's text → the people it names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import tables
from etl.extract.people.bylines import find_byline_names
from etl.extract.people.evidence import Scored, score_candidates
from etl.extract.people.rows import names_in_pairs, names_in_rows
from etl.extract.people.things import is_thing, is_town
from etl.extract.people.titles import Names, describe
from etl.extract.people.tokens import abroad
from etl.extract.segment import cut
from etl.model import Reading
from etl.spans import START

# Where precision and recall balance in single sentences on the held-out ones that the weights
# were tried on, and what each doubling of the text adds: in a whole article a person is named
# with a title, a verb of saying or again, while there are more chances to be wrong.
_SENTENCE, _THRESHOLD, _PER_DOUBLING = 60, -0.7, 0.2
# What one more mention in the article adds, up to three more.
_AGAIN = 0.2
# Whatever a byline names is a person.
_SURE = 20.0
_REGNAL = re.compile("[一二三四五六七八九十]{1,3}世(?![纪界代])")
_JOINT = re.compile("[·•‧・.．-]")
# A mention inside a place or a body needs this much to be a person all the same.
_DESPITE_PLACE = 3.0
# One that ends with a place abroad needs this much.
_DESPITE_COUNTRY = 1.0
# Storms, ships and classes of ships bear people's names.
_CALLED_SO = re.compile("“(?:(?<=台风“|飓风“|风暴“|气旋“)[^”]{2,8}(?=”)|[^”]{2,16}(?=”[号级]))")
# What stands before these is a place.
_PLACE_BEHIND = re.compile(
    "等地(?!位)|地区(?!长)|[镇州省市](?![长委])(?!镇[静定压]|市[场值面])|港(?![媒元币人府独区警股])"
    "|湖(?![南北州])|半岛|海峡|机场|山火|山脉|以[东西南北]"
)


def find_people(reading: Reading) -> list[tables.Person]:
    """One row per person and article, at the first mention, with the title written beside it.

    A name is told by its characters and by the words beside it (see `evidence`), all mentions
    in the article together. A transliterated name that is the end of a longer one in the article
    (泽连斯基 of 弗拉基米尔·泽连斯基) is the same person, who is called by the longer one.
    """
    people = _over_article(reading, _unblocked(reading))
    people = [one for one in people if not is_thing(reading.text, one.start, one.end)]
    scored = [*people, *_bylines(reading.text)]
    if not scored:
        return []
    mentions = _with_rows(reading.text, _without_overlaps(reading.text, scored))
    first: dict[str, Scored] = {}
    for mention in mentions:
        first.setdefault("".join(reading.text[mention.start : mention.end].split()), mention)
    for name in _short_forms(first):
        del first[name]
    starts = {one.end: one.start for one in mentions}
    names = Names(starts, {start: end for end, start in starts.items()})
    return [describe(reading, one.start, one.end, names) for one in first.values()]


def _with_rows(text: str, mentions: list[Scored]) -> list[Scored]:
    """The mentions, and the names among them in rows and pairs that nothing else vouches for."""
    known = [(one.start, one.end) for one in mentions]
    spans = names_in_pairs(text, known)
    if "、" in text:
        spans += names_in_rows(text, known)
    if not spans:
        return mentions
    rows = [Scored(start, end, _SURE) for start, end in spans]
    return _without_overlaps(text, [*mentions, *rows])


def _bylines(text: str) -> list[Scored]:
    return [Scored(start, end, _SURE) for start, end in find_byline_names(text)]


def _short_forms(names: Iterable[str]) -> list[str]:
    """Those names that are the end of a longer one with a dot (哈里森 of 托马斯·哈里森)."""
    ends = {name[joint.end() :] for name in names for joint in _JOINT.finditer(name)}
    return [name for name in names if name in ends]


def _unblocked(reading: Reading) -> list[Scored]:
    """Scored candidates, those inside places and bodies left out unless they are very strong."""
    text = reading.text
    scored = score_candidates(cut(text), text)
    if not scored:
        return []
    taken = [(one.start, one.end) for one in reading.places if one.certain]
    taken += [(one.start, one.end) for one in reading.bodies]
    offsets = {at for start, end in taken for at in range(start, end)}
    foreign = {at: span for span in _abroad_spans(text) for at in range(*span)}
    things = [(one.start() + 1, one.end()) for one in _CALLED_SO.finditer(text)]
    named = {text[slice(*span)] for span in things}
    named |= {
        text[one.start : one.end]
        for one in scored
        if _PLACE_BEHIND.match(text, one.end) or is_town(text, one.start, one.end)
    }
    return [
        one
        for one in scored
        if (one.score > _DESPITE_PLACE or offsets.isdisjoint(range(one.start, one.end)))
        and (
            not foreign
            or all(_covers(one, foreign[at]) for at in range(one.start, one.end) if at in foreign)
        )
        and text[one.start : one.end] not in named
        and not any(start <= one.start and one.end <= end for start, end in things)
        and "某" not in text[one.start : one.end]  # 王某 names nobody
    ]


def _covers(one: Scored, span: tuple[int, int]) -> bool:
    """Whether a name holds that of a place abroad and more: 科隆 in 科隆纳, 马里 in 朱马里."""
    if one.start == span[0]:
        return one.end > span[1]
    return one.start < span[0] and one.end >= span[1] and one.score > _DESPITE_COUNTRY


def _abroad_spans(text: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in _abroad_finder().find_matches_as_indexes(text)]


@cache
def _abroad_finder() -> AhoCorasick:
    return AhoCorasick(sorted(abroad()), matchkind=MatchKind.LeftmostLongest)


def _over_article(reading: Reading, scored: list[Scored]) -> list[Scored]:
    """Each mention with the score of its name in the whole article, those below the line out."""
    scores: dict[str, list[float]] = {}
    for one in scored:
        scores.setdefault(reading.text[one.start : one.end], []).append(one.score)
    whole = {name: max(each) + _AGAIN * min(len(each) - 1, 3) for name, each in scores.items()}
    line, found = _threshold(len(reading.text)), []
    for one in scored:
        score = whole[reading.text[one.start : one.end]]
        if score > line:
            found.append(Scored(one.start, one.end, score))
    return found


def _threshold(length: int) -> float:
    doublings = math.log2(max(1.0, length / _SENTENCE))
    return _THRESHOLD + _PER_DOUBLING * doublings


def _without_overlaps(text: str, scored: list[Scored]) -> list[Scored]:
    """The best of each overlapping group, one with a dot before its parts, in text order."""

    def rank(one: Scored) -> tuple[bool, float, int]:
        return "·" not in text[one.start : one.end], -one.score, one.start

    taken: set[int] = set()
    kept = []
    for one in sorted(scored, key=rank):
        span = range(one.start, one.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(one)
    return sorted((_with_number(text, one) for one in kept), key=START)


def _with_number(text: str, one: Scored) -> Scored:
    """A king's name with his number (费利佩六世)."""
    number = _REGNAL.match(text, one.end)
    return one._replace(end=number.end()) if number else one
