"""An article's text → its words and how often each one stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cache

from etl import reference, tables
from etl.extract.segment import part_of_speech, segmenter
from etl.model import Reading

# A word of a cloud: at least two characters, none of them a digit or a mark.
_WORD = re.compile(r"[一-鿿]{2,}|[A-Za-z][A-Za-z0-9+.\-]+")
_ROLES = frozenset({"byline", "jump", "credit"})
# Where a report comes from, in front of it: 本报讯(记者 某某), 某社某地12月1日电, 某台消息(某节目):
_DATELINE = re.compile(
    r"(?:本报|[^,。:;!?()“”《》\n]{0,14}?(?:社|报|台|网|刊))?[^,。:;!?()“”《》\n]{0,16}?"
    r"(?:讯(?=[ \n(:])|电(?=[ \n(:])|消息(?=[(:]))(?:\([^()]{0,60}\))?[ :]*(?:本[台报]消息:)?"
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

    Names of the article's people, bodies and programmes count as one word each. Dates, numbers,
    stop words and single characters are left out, and so are words of no class below.
    """
    whole = _whole_names(reading)
    counts = Counter(_words(reading, whole))
    rows = []
    for word, count in counts.most_common():
        pos = whole.get(word) or _class_of(word)
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


def _words(reading: Reading, whole: dict[str, str]) -> Iterator[str]:
    stops, phrases = _stop_words(), reference.boilerplate()
    for text in _stretches(reading, whole):
        if text in whole:
            yield text
            continue
        before = ""
        for token in segmenter().cut(text, True):
            if before + token in phrases and len(before) == 1:
                token = before + token
            before = token
            if len(token) > 1 and token not in stops and _WORD.fullmatch(token):
                yield token


def _stretches(reading: Reading, whole: dict[str, str]) -> Iterator[str]:
    """The text of headline and body in pieces: whole names, and what stands between them."""
    names = sorted(whole, key=len, reverse=True)
    split = re.compile("(" + "|".join(map(re.escape, names)) + ")") if names else None
    for start, end in _readable(reading):
        text = reading.text[start:end]
        yield from filter(None, split.split(text) if split else [text])


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
def _stop_words() -> frozenset[str]:
    return reference.word_set("stop_words", "words")


def _class_of(word: str) -> str | None:
    """One of the classes of the words table; None for words without content.

    Who is a person and what is a place here was settled before: jieba's tags for names hold
    for too much else (幸福感, 嘉宾).
    """
    if word in reference.word_set("foreign_places", "places"):
        return "ns"
    tag = part_of_speech(word)
    if tag.startswith(("v", "a")):
        return tag[0]
    return "n" if tag[0] in "nijls" or tag in ("eng", "x", "z") else None
