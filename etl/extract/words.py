"""An article's text → its words and how often each one stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from etl import reference, tables
from etl.extract.segment import part_of_speech, segmenter
from etl.model import Reading

# A word of a cloud: at least two characters, none of them a digit or a mark.
_WORD = re.compile(r"[一-鿿]{2,}|[A-Za-z][A-Za-z0-9+.\-]+")
_ROLES = frozenset({"byline", "jump", "credit"})


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
    stops = _stop_words()
    for text in _stretches(reading, whole):
        if text in whole:
            yield text
            continue
        for token in segmenter().cut(text, True):
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
    """Stretches without dates and numerals, in order."""
    skipped = [(one.start, one.end) for one in reading.dates]
    skipped = sorted(skipped + [(one.start, one.end) for one in reading.figures])
    for block in reading.blocks:
        if block.role in _ROLES:
            continue
        at = block.start
        for start, end in skipped:
            if at <= start and end <= block.end:
                yield at, start
                at = end
        yield at, block.end


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
    if tag in ("v", "a", "nt"):
        return tag
    if tag.startswith(("v", "a")):
        return tag[0]
    return "n" if tag[0] in "nijls" or tag in ("eng", "x", "z") else None
