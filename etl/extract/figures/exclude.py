"""Numerals that are no number of anything: parts of dates, of words (四川, 十分), of slogans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from etl import reference, tables
from etl.extract.figures.scan import Quantity
from etl.extract.figures.units import unit_at
from etl.extract.segment import Cut, part_of_speech

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# 两问三要三明确, 四梁八柱, 一会一团: numeral and word by turns, in quotes.
_SLOGAN = re.compile(
    rf"(?<=[“‘「『])(?:[{_NUMERAL}多][^{_NUMERAL}多“”‘’」』,。;\d]{{1,4}}){{2,6}}(?=[”’」』])"
)
_CLOCK = re.compile(r"\d ?[时点:]$")
# Parts of speech of a word that is no phrase: it gets no row at all.
_WORDS = frozenset("d r c p a ad f ns nr nrt nrfg nt nz v vn vd y z s o".split())


def without_dates(text: str, found: list[Quantity], dates: list[tables.Date]) -> list[Quantity]:
    """Drop what belongs to a date or a clock time; a length of time stays."""
    spans = [(one.start, one.end) for one in dates]
    return [one for one in found if not _is_date(text, one, spans)]


def _is_date(text: str, one: Quantity, spans: list[tuple[int, int]]) -> bool:
    if one.sense == "date":
        return True
    if one.unit == "分" and _CLOCK.search(text[max(0, one.start - 2) : one.start]):
        return True
    year = one.kind == "duration" and one.unit in ("年", "季") and (one.value or 0) >= 1000
    if year or text.startswith(("年代", "世纪"), one.number[1]):
        return True
    start, end = one.number
    inside = any(left < end and start < right for left, right in spans)
    return inside and one.kind != "duration"


def slogans(text: str) -> list[Quantity]:
    """Quoted chains of numerals as one span each, without a value."""
    return [
        Quantity(one.start(), one.end(), one.span(), one[0], None, form="name")
        for one in _SLOGAN.finditer(text)
    ]


def merge(found: list[Quantity], names: Iterable[Quantity]) -> list[Quantity]:
    """`names` take the place of the quantities they cover."""
    names = list(names)
    kept = [
        one
        for one in found
        if not any(name.start <= one.start and one.end <= name.end for name in names)
    ]
    return sorted([*kept, *names], key=lambda one: one.start)


def lexical_word(cut: Cut, one: Quantity) -> tuple[int, int] | None:
    """The span of the dictionary word that the numeral is only a part of, or None.

    A word that is a number with its unit (百亿元, 万吨, 亿人) is none.
    """
    if one.form not in ("number", "ordinal") or not one.numeral or one.numeral[0].isdigit():
        return None
    index = bisect_right(cut.starts, one.number[0]) - 1
    word, start = cut.tokens[index], cut.starts[index]
    end = start + len(word)
    if word in _never():
        return start, end
    if len(word) < 2 or end <= one.end:
        return (start, end) if _begins_before(word, start, one) else None
    rest = word[one.number[1] - start :]
    unit = unit_at(rest, 0)
    if unit and unit.name == rest and part_of_speech(word) not in _WORDS - {"ns", "nz"}:
        return None
    return start, end


def _begins_before(word: str, start: int, one: Quantity) -> bool:
    """统一, 之一, 进一步: the word began before the numeral, and not with 近, 数 or 上."""
    head = word[: one.number[0] - start]
    return (
        bool(head)
        and head[-1] not in "近数上超逾约前后第几整仅另余多满共达有"
        and start < one.start
    )


def is_plain_word(cut: Cut, span: tuple[int, int]) -> bool:
    """Whether a word with a numeral in it is an everyday word (十分, 四川) and no set phrase."""
    index = bisect_right(cut.starts, span[0]) - 1
    word = cut.tokens[index]
    return word in _never() or part_of_speech(word) in _WORDS


def _never() -> frozenset[str]:
    return reference.word_set("figures", "words")
