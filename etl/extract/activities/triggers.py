"""A sentence → the stretches that may report an event: a verb with what it holds, does or makes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from etl import reference
from etl.extract.segment import Cut, cut
from etl.model import Reading

_CLAUSE_END = re.compile(r"[,;:，；：]|[。!?！？]")
_NAMES = re.compile(r"《[^《》]*》?|[“‘][^“”‘’。，,;；:：!?]{1,28}[”’]")
_SPEECH = re.compile(r"“[^“”]{12,}(?:”|$)")
_PHRASE_END = re.compile(r"[^一-鿿]|[上中后时期并和与及暨等在间]|工作|活动|$")
_NOMINAL_BEFORE = re.compile(r"(?:的|性|式|级|类|种|各项|有关|相关|项)$")


class Hit(NamedTuple):
    """A word of the lists in the text: verbs with their sort, nouns with their type."""

    start: int
    end: int
    sort: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """What may be an event: verb at `verb`, text[start:end] from the clause's head to the object.

    `sort` is hold, run, attend, deed or soft; `name` the span of what was held or done.
    """

    type: str
    sort: str
    start: int
    end: int
    verb: tuple[int, int]
    name: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scan:
    """One article's verbs, nouns and names, each list in text order."""

    text: str
    verbs: list[Hit]
    nouns: list[Hit]
    names: list[tuple[int, int]]
    speeches: list[tuple[int, int]]
    words: Cut

    def word_behind(self, offset: int) -> str:
        """The rest of the dictionary word that holds `offset`: all of one that begins there."""
        index = bisect_right(self.words.starts, offset) - 1
        if index >= len(self.words.tokens):
            return ""
        return self.words.tokens[index][offset - self.words.starts[index] :]

    def clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        """The clauses of text[start:end]; a comma in a title or a short quotation ends none."""
        marks = _CLAUSE_END.finditer(self.text, start, end)
        stops = {mark.end() for mark in marks if not inside(self.names, mark.start())}
        return list(pairwise([start, *sorted(stops - {end}), end]))

    def verbs_in(self, start: int, end: int) -> list[Hit]:
        """Verbs that lie in text[start:end]."""
        return _between(self.verbs, start, end)

    def nouns_in(self, start: int, end: int) -> list[Hit]:
        """Nouns that lie in text[start:end]."""
        return _between(self.nouns, start, end)


def scan(reading: Reading) -> Scan:
    """Look for all words of the lists at once."""
    text = reading.normal
    names = [match.span() for match in _NAMES.finditer(text)]
    words = cut(reading.text)
    starts = set(words.starts)
    verbs = [
        one for one in _find(text, _verbs()) if one.start in starts and not inside(names, one.start)
    ]
    nouns = [one for one in _find(text, _nouns()) if one.end in starts]
    speeches = [match.span() for match in _SPEECH.finditer(text) if re.search("[,。;，]", match[0])]
    return Scan(text, verbs, nouns, names, speeches, words)


def inside(spans: list[tuple[int, int]], offset: int) -> bool:
    """Whether `offset` lies in one of the spans, which are in order and do not overlap."""
    index = bisect_left(spans, (offset + 1,)) - 1
    return index >= 0 and spans[index][0] <= offset < spans[index][1]


def _between(hits: list[Hit], start: int, end: int) -> list[Hit]:
    low = bisect_left(hits, start, key=lambda one: one.start)
    high = bisect_left(hits, end, key=lambda one: one.start)
    return [one for one in hits[low:high] if one.end <= end]


class _Deed(NamedTuple):
    type: str
    wanted: re.Pattern[str] | None
    sort: str


_Finder = tuple[AhoCorasick, list[str]]


def _find(text: str, finder: _Finder) -> list[Hit]:
    automaton, sorts = finder
    return [
        Hit(start, end, sorts[pattern])
        for pattern, start, end in automaton.find_matches_as_indexes(text)
    ]


def _finder(sorts: dict[str, str]) -> _Finder:
    return AhoCorasick(list(sorts), matchkind=MatchKind.LeftmostLongest), list(sorts.values())


@cache
def _verbs() -> _Finder:
    """Verbs; the sort of a deed is `deed` and the numbers of its rules."""
    words = reference.load("activity_words")
    sorts: dict[str, str] = {}
    for number, deed in enumerate(words["deeds"]):
        for verb in deed["verbs"].split():
            sorts[verb] = f"{sorts.get(verb, 'deed')} {number}"
    for sort in ("attend", "run", "open", "hold"):
        for verb in words[sort].split():
            sorts[verb] = f"{sort},{sorts[verb]}" if verb in sorts else sort
    return _finder(sorts)


@cache
def _nouns() -> _Finder:
    nouns: dict[str, str] = reference.load("activity_words")["nouns"]
    return _finder({noun: kind for kind, line in nouns.items() for noun in line.split()})


@cache
def _deeds() -> list[_Deed]:
    """The deeds in the file's order."""
    return [
        _Deed(
            deed["type"],
            None if deed.get("bare") else re.compile(deed["object"]),
            "soft" if deed.get("soft") else "deed",
        )
        for deed in reference.load("activity_words")["deeds"]
    ]


def find_triggers(scanned: Scan, start: int, end: int) -> list[Trigger]:
    """The triggers of one sentence in text order, at most one per clause and listed object."""
    found: list[Trigger] = []
    for clause in scanned.clauses(start, end):
        here = _in_clause(scanned, clause)
        if not here and found and found[-1].sort == "hold":
            here = _listed_on(scanned, clause, found[-1])
        found += here
    return found


def _in_clause(scanned: Scan, clause: tuple[int, int]) -> list[Trigger]:
    """The first verb of the clause that has what it needs; a held event goes before a deed."""
    verbs = scanned.verbs_in(*clause)
    for sorts in (("hold", "open"), ("run",), ("attend",)):
        for verb in verbs:
            if any(sort in verb.sort for sort in sorts):
                found = _held(scanned, clause, verb, sorts[0])
                if found:
                    return found
    for verb in verbs:
        deed = _deed(scanned, clause, verb)
        if deed:
            return [deed]
    return []


def _held(scanned: Scan, clause: tuple[int, int], verb: Hit, sort: str) -> list[Trigger]:
    """What the verb holds: behind it (召开…会议), else, for hold and open, before it."""
    begin, end = clause
    behind = _phrase_nouns(scanned, verb.end, end)
    if behind:
        return _objects(scanned, begin, verb, behind, sort)
    if sort != "hold":
        return []
    before = scanned.nouns_in(begin, verb.start)
    if before and verb.start - before[-1].end <= 30:
        noun = before[-1]
        name = (begin, noun.end)
        return [Trigger(_type(scanned, name, noun), sort, begin, verb.end, verb[:2], name)]
    return []


def _phrase_nouns(scanned: Scan, start: int, end: int) -> list[Hit]:
    """The event nouns of the phrase from `start` on: up to the next verb that holds something."""
    for verb in scanned.verbs_in(start, end):
        if "hold" in verb.sort or scanned.text[verb.start - 1] in "并后时":
            end = verb.start
            break
    return [one for one in scanned.nouns_in(start, end) if _ends_phrase(scanned.text, one.end)]


def _ends_phrase(text: str, at: int) -> bool:
    """Whether a noun phrase can end at `at`: 开展协商 does, 开展协商式 and 出席会议的 do not."""
    return _PHRASE_END.match(text, at) is not None


def _objects(scanned: Scan, begin: int, verb: Hit, nouns: list[Hit], sort: str) -> list[Trigger]:
    """One trigger for each object of a list (A大会、B大会), the last noun of each."""
    found = []
    start = verb.end
    for index, noun in enumerate(nouns):
        last = index == len(nouns) - 1
        if not last and scanned.text[noun.end] != "、":
            continue
        if inside(scanned.names, noun.start) and not last:
            continue
        name = (start, noun.end)
        head = begin if start == verb.end else start
        found.append(Trigger(_type(scanned, name, noun), sort, head, noun.end, verb[:2], name))
        start = noun.end + 1
    return found


def _type(scanned: Scan, name: tuple[int, int], noun: Hit) -> str:
    """The noun's type; 活动 takes that of another noun in its name (义诊活动, “…培训”活动)."""
    if noun.sort not in ("work", "meeting"):
        return noun.sort
    others = [one.sort for one in scanned.nouns_in(*name) if one.sort not in ("work", "meeting")]
    return others[-1] if others and noun.sort == "work" else noun.sort


def _listed_on(scanned: Scan, clause: tuple[int, int], before: Trigger) -> list[Trigger]:
    """A clause that goes on with the list of the held (召开A会,B会): nothing but its name."""
    start, end = clause
    nouns = scanned.nouns_in(start, end)
    bare = scanned.text[start:end].rstrip(",;。，；")
    if not nouns or scanned.verbs_in(start, end) or start + len(bare) != nouns[-1].end:
        return []
    name = (start, nouns[-1].end)
    kind = _type(scanned, name, nouns[-1])
    return [Trigger(kind, "hold", start, nouns[-1].end, before.verb, name)]


def _deed(scanned: Scan, clause: tuple[int, int], verb: Hit) -> Trigger | None:
    """The deed of the first rule of the verb whose object is there; a bare one is no noun."""
    text, (begin, end) = scanned.text, clause
    for number in re.findall(r"\d+", verb.sort):
        kind, wanted, sort = _deeds()[int(number)]
        if kind == "publication" and text.startswith(("的", "消息"), verb.end):
            continue
        if wanted is None:
            if _is_noun(scanned, begin, verb):
                continue
            stop = _object_end(text, verb.end, end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        behind = wanted.search(text, verb.end, end)
        if behind and behind.start() - verb.end <= 40:
            stop = _object_end(text, behind.end(), end)
            return Trigger(kind, sort, begin, stop, verb[:2], (verb.start, stop))
        before = list(wanted.finditer(text, begin, verb.start))
        if before and end - verb.end <= 3:
            return Trigger(kind, sort, begin, verb.end, verb[:2], (begin, verb.end))
    return None


def _is_noun(scanned: Scan, begin: int, verb: Hit) -> bool:
    """Whether a verb stands as a noun or as part of one: 有关调研, 视察团."""
    behind = scanned.word_behind(verb.end)
    if behind in reference.word_set("activity_words", "noun_behind"):
        return True
    return _NOMINAL_BEFORE.search(scanned.text, begin, verb.start) is not None


def _object_end(text: str, at: int, end: int) -> int:
    """Where the clause's text ends, its closing mark left out."""
    while end > at and text[end - 1] in ",;:。!?，；：！？ \n”":
        end -= 1
    return end
