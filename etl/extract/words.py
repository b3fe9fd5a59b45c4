"""An article's text → its words and how often each one stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from etl import reference, tables
from etl.extract.memory import remembered
from etl.extract.segment import part_of_speech, segmenter
from etl.model import Reading

# A word of a cloud: at least two characters, none of them a digit or a mark.
_WORD = re.compile(r"[一-鿿]{2,}|[A-Za-z][A-Za-z0-9+.\-]+")
_ROLES = frozenset({"byline", "jump", "credit"})
# Where a report comes from, in front of it: 本报讯(记者 某某), 某社某地12月1日电, 某台消息(某节目):
_DATELINE = re.compile(
    r"(?:本报|[^,。:;!?()“”《》\n]{0,14}?(?:社|报|台|网|刊))?[^,。:;!?()“”《》\n]{0,16}?"
    r"(?:讯(?=[ \n(:])|电(?=[ \n(:])|消息(?=[(:]))(?:\([^()]{0,60}\))?[ :]*(?:本[台报]消息:)?"
    r"|本[台报网]消息[,:]"
)
_REPORTER = r"记者|通讯员|实习生|特约|作者|编辑|编导|摄像|责编|责任编辑|校对|主播|监制|制片"
# Who wrote, took or edited it, where it was taken from and where it goes on, in brackets.
_SOURCE = re.compile(
    rf"\((?:[^()]{{0,16}}(?:{_REPORTER})|据|来源|摘自|原载|更新时间|上接|下转|紧接|资料|完\))[^()]{{0,80}}\)?"
    r"|\([^()]{1,30}(?:摄|供图|绘|制图|整理|编译|发自[^()]{1,10})\)"
)
# The same on a line of its own.
_LINE = re.compile(
    rf"(?:本报|本台|总台|央视|见习|融媒体)?(?:{_REPORTER})[:丨|/ ][^,。\n]{{1,60}}"
    r"|来源:[^,。\n]{1,30}"
)


def count_words(reading: Reading) -> list[tables.Word]:
    """The words of headline and body, most frequent first.

    Names of the article's people, bodies and programmes count as one word each, and so do terms and
    set phrases. Dates, numbers, stop words and single characters are left out, and so are words of
    no class below.
    """
    names = _whole_names(reading)
    text = "\n".join(reading.text[start:end] for start, end in _readable(reading))
    counts, rest = _taken_out(text, [*names, *_phrases_in(text)])
    counts.update(segmenter().cut(rest, True))
    rows = []
    for word, count in counts.most_common():
        pos = names.get(word) or _class_of(word)
        if pos:
            rows.append(tables.Word(reading.article_id, word, pos, count))
    return rows


def _whole_names(reading: Reading) -> dict[str, str]:
    """What is never cut: people, places, bodies as written and programmes, with their class."""
    names = {one.name: "nr" for one in reading.people}
    names |= dict.fromkeys((one.raw for one in reading.places), "ns")
    for body in reading.bodies:
        names[body.raw] = "nt" if body.kind == "organisation" else "n"
    return names


def _taken_out(text: str, wholes: list[str]) -> tuple[Counter[str], str]:
    """How often each of `wholes` stands in `text`, longer ones first, and the text between them.

    Line breaks stand for what was taken out: no word reaches across one.
    """
    counts: Counter[str] = Counter()
    for whole in sorted(wholes, key=len, reverse=True):
        if count := text.count(whole):
            counts[whole] = count
            text = text.replace(whole, "\n")
    return counts, text


def _phrases_in(text: str) -> list[str]:
    """The phrases that stand in `text`, each once; one within a longer one of them counts too."""
    finder, phrases = _phrase_finder()
    found = finder.find_matches_as_indexes(text, overlapping=True)
    return [phrases[index] for index in sorted({index for index, _, _ in found})]


@cache
def _phrase_finder() -> tuple[AhoCorasick, tuple[str, ...]]:
    """The terms and set phrases that the segmenter would cut (大|数据, 新|时代)."""
    known = dict.fromkeys([*reference.words("terms", "terms"), *sorted(reference.boilerplate())])
    phrases = tuple(one for one in known if segmenter().cut(one, True) != [one])
    return AhoCorasick(phrases), phrases


def _readable(reading: Reading) -> Iterator[tuple[int, int]]:
    """Stretches without dates, numerals and what only says whose report it is, in order."""
    skipped = [(one.start, one.end) for one in reading.dates]
    skipped += [(one.start, one.end) for one in reading.figures]
    skipped = sorted(skipped + _imprints(reading))
    for block in reading.blocks:
        if block.role in _ROLES:
            continue
        at = block.start
        low = bisect_left(skipped, (block.start, block.start))
        for start, end in skipped[low:]:
            if start >= block.end:
                break
            if at <= start:
                yield at, start
            at = max(at, min(end, block.end))
        yield at, block.end


def _imprints(reading: Reading) -> list[tuple[int, int]]:
    """Datelines, bylines and sources within the text."""
    text = reading.normal
    found = [match.span() for match in _SOURCE.finditer(text)] if "(" in text else []
    for block in reading.blocks:
        for pattern in (_DATELINE, _LINE):
            match = pattern.match(text, block.start, block.end)
            if match:
                found.append(match.span())
    return found


@cache
def _terms() -> frozenset[str]:
    return reference.word_set("terms", "terms")


@remembered
def _class_of(word: str) -> str | None:
    """One of the classes of the words table; None for what is no word or has no content.

    Who is a person and what is a place here was settled before: jieba's tags for names hold
    for too much else (幸福感, 嘉宾).
    """
    if not _WORD.fullmatch(word) or word in reference.word_set("stop_words", "words"):
        return None
    if word in reference.word_set("foreign_places", "places"):
        return "ns"
    if word in _terms():
        return "n"
    tag = part_of_speech(word)
    if tag.startswith(("v", "a")):
        return tag[0]
    return "n" if tag[0] in "nijls" or tag in ("eng", "x", "z") else None
