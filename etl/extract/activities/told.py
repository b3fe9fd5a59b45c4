"""What a sentence tells without a word of the lists: dated statements and dated main clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from etl import reference, tables
from etl.extract.activities.scan import Scan, Trigger, inside
from etl.extract.segment import part_of_speech
from etl.model import Reading

_DAY = re.compile(r"[日号天晚]$|^(?:日前|近日|今[天晚日]|昨[天晚日]|当[天晚日])|同日")
# 截至5日 says until when is counted, 5日起 from when something holds, 5日的 whose it is.
_UNTIL = re.compile(r"(?:截至|截止|截至目前|自从?|从|到|至|直到|据)$")
_SINCE = re.compile(r"(?:\([^)]*\))?(?:\d+[时点](?:\d+分)?)?(?:的|起|以来|开始|至|到|之前|以前|前)")
_BRACKET = re.compile(r"\([^()]{1,12}\)")
_GAP = r"(?:\([^)]*\))?,?[^,。;:“”《》]{0,40}?"
_QUOTING = re.compile(r"(?:据|援引|根据|按照)[^,。;]*$")
_PUBLISHED = re.compile("(?:发布|公布|披露)(?:消息|数据|公告|公报)?$")
_GROUND = ("随着", "由于", "鉴于", "面对", "根据", "按照", "针对", "经过")
_ADVERBIAL = ("下", "上", "中", "后", "时", "里", "内", "间", "前", "际")
# So much of what is said tells what it is about.
_ENOUGH = 8
_LONGEST_SEARCH = 100


@cache
def _saying() -> re.Pattern[str]:
    """A saying verb behind a date: one that a mark follows, or one that takes what is said."""
    words = sorted(reference.words("activity_words", "stating"), key=len, reverse=True)
    said = "|".join(map(re.escape, words))
    return re.compile(
        rf"{_GAP}(?:({said}|发布|公布|披露|介绍)(?=[,:“])|"
        rf"({said})(?=[^,:“。;的者书人会过等及和、成为号]))"
    )


def find_statement(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """A statement with its day (某某4日表示,…); none where a source is only cited."""
    for date in days_in(reading, scanned, sentence):
        said = _saying().match(reading.normal, date.end, sentence.end)
        if not said or _attributes(reading.normal, date):
            continue
        begin = _clause_start(scanned, sentence, date.start)
        if _QUOTING.search(reading.normal, begin, said.end()):
            continue
        verb = (max(said.end() - 2, date.end), said.end())
        kind = "publication" if _PUBLISHED.search(said[0]) else "statement"
        name = (_verb_start(said), _content_end(scanned, said.end(), sentence.end))
        return Trigger(kind, "said", begin, said.end(), verb, name)
    return None


def find_plain(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> Trigger | None:
    """The main clause behind a day, by its first verb that tells of a deed; None for states."""
    for date in days_in(reading, scanned, sentence):
        if _attributes(reading.normal, date) or _UNTIL.search(
            reading.normal, max(sentence.start, date.start - 4), date.start
        ):
            continue
        verb = _main_verb(scanned, date.end, min(sentence.end, date.end + _LONGEST_SEARCH))
        if verb is None:
            continue
        begin, end = _clause_start(scanned, sentence, verb[0]), _clause_end(scanned, sentence, verb)
        return Trigger("work", "plain", begin, end, verb, (verb[0], end))
    return None


def _verb_start(said: re.Match[str]) -> int:
    return said.start(said.lastindex or 0)


def _content_end(scanned: Scan, start: int, end: int) -> int:
    """Where the first clause of what is said ends; its mark is left out."""
    first = scanned.text[start : start + 1]
    begin = start + 1 if first in ",:“" else start
    stops = (stop for _, stop in scanned.clauses(begin, end) if stop - begin >= _ENOUGH)
    stop = next(stops, end)
    while stop > start and scanned.text[stop - 1] in ",;:。!? \n":
        stop -= 1
    return stop


def days_in(reading: Reading, scanned: Scan, sentence: tables.Sentence) -> list[tables.Date]:
    """The sentence's dates that name a day or a recent one, those in titles left out."""
    low = bisect_left(reading.dates, sentence.start, key=lambda one: one.start)
    high = bisect_left(reading.dates, sentence.end, key=lambda one: one.start)
    return [
        one
        for one in reading.dates[low:high]
        if (one.precision == "day" or _DAY.search(one.raw))
        and not inside(scanned.names, one.start)
        and reading.normal[one.start - 1 : one.start] != "("
    ]


def _attributes(text: str, date: tables.Date) -> bool:
    return _SINCE.match(text, date.end) is not None


def _main_verb(scanned: Scan, start: int, end: int) -> tuple[int, int] | None:
    """The first verb of text[start:end] that tells of a deed; None behind one of a state.

    A clause that only says where or when (在某某支持下,) is passed over.
    """
    states = reference.word_set("activity_words", "states")
    bracket = _BRACKET.match(scanned.text, start)
    for begin, stop in scanned.clauses(bracket.end() if bracket else start, end):
        if scanned.text[max(stop - 2, begin) : stop].startswith(_ADVERBIAL):
            continue
        if scanned.text.startswith(_GROUND, begin):
            continue
        words = scanned.words
        for at in range(bisect_left(words.starts, begin), bisect_left(words.starts, stop)):
            if words.tokens[at] in states or inside(scanned.speeches, words.starts[at]):
                return None
            if _is_deed(scanned, at):
                return words.starts[at], words.starts[at + 1]
    return None


def _is_deed(scanned: Scan, at: int) -> bool:
    """Whether the word is a verb of two characters or more that qualifies no noun."""
    token, behind = scanned.words.tokens[at], scanned.words.tokens[at + 1 : at + 2]
    if len(token) < 2 or token in reference.word_set("activity_words", "helpers"):
        return False
    if inside(scanned.names, scanned.words.starts[at]) or behind == ["的"]:
        return False
    return part_of_speech(token) == "v"


def _clause_start(scanned: Scan, sentence: tables.Sentence, offset: int) -> int:
    """Where the clause of `offset` begins, a date that stands alone before it taken in."""
    clauses = scanned.clauses(sentence.start, sentence.end)
    return next((start for start, end in clauses if start <= offset < end), sentence.start)


def _clause_end(scanned: Scan, sentence: tables.Sentence, verb: tuple[int, int]) -> int:
    clauses = scanned.clauses(sentence.start, sentence.end)
    end = next((end for start, end in clauses if start <= verb[0] < end), sentence.end)
    while end > verb[1] and scanned.text[end - 1] in ",;:。!? \n":
        end -= 1
    return end
