"""Numerals that are no number of anything: parts of dates, of words (四川, 十分), of slogans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache

from etl import reference, tables
from etl.extract.dates.patterns import REIGNS
from etl.extract.figures.quantity import Quantity
from etl.extract.figures.units import unit_at
from etl.extract.segment import Cut, part_of_speech
from etl.spans import START

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# 两问三要三明确, 四梁八柱, 一会一团: numeral and word by turns, in quotes.
_SLOGAN = re.compile(
    rf"[“‘「『](?P<slogan>(?:[{_NUMERAL}多][^{_NUMERAL}多“”‘’」』,。;\d]{{1,4}}){{2,6}})(?=[”’」』])"
)
_CLOCK = re.compile(r"\d ?[时点:]$")
_NUMERALS = re.compile(f"[{_NUMERAL}]")
# 一、 二是 3. and the like open an item of a list when they stand at its head.
_LIST_MARK = re.compile(r" ?(?:[、)]|\.(?!\d)|是|要|则|来)")
_OPENING = frozenset("\n。;:,!?( “”）)】 ·")
_POINTING = frozenset("这那每某另任哪同有")
# What a dictionary word may begin with and still be a number: 近百, 数百名, 上万.
_COUNTING = frozenset("近数上超逾约前后第几整仅余多满共达有")
# Parts of speech of a word that is no phrase: it gets no row at all.
_WORDS = frozenset(
    (
        "d",
        "r",
        "c",
        "p",
        "a",
        "ad",
        "f",
        "ns",
        "nr",
        "nrt",
        "nrfg",
        "nt",
        "nz",
        "v",
        "vn",
        "vd",
        "y",
        "z",
        "s",
        "o",
    )
)


def without_dates(text: str, found: list[Quantity], dates: list[tables.Date]) -> list[Quantity]:
    """Drop what belongs to a date or a clock time; lengths of time stay, years of reigns do not."""
    spans = sorted((one.start, one.end) for one in dates)
    reigns = {one.start + 2 for one in dates if one.raw[:2] in REIGNS}
    return [one for one in found if one.number[0] not in reigns and not _is_date(text, one, spans)]


def _is_date(text: str, one: Quantity, spans: list[tuple[int, int]]) -> bool:
    if one.sense == "date":
        return True
    if one.unit == "分" and text.startswith(("后", "内", "许"), one.end):
        return True
    if one.unit == "分" and _CLOCK.search(text[max(0, one.start - 2) : one.start]):
        return True
    year = one.kind == "duration" and one.unit in ("年", "季") and (one.value or 0) >= 1000
    if year or text.startswith(("年代", "世纪"), one.number[1]):
        return True
    if one.kind == "duration":
        return False
    start, end = one.number
    index = bisect_right(spans, (end - 1, len(text))) - 1
    return index >= 0 and start < spans[index][1]


def slogans(text: str) -> list[Quantity]:
    """Quoted chains of numerals as one span each, without a value."""
    return [_name(*one.span("slogan"), one["slogan"]) for one in _SLOGAN.finditer(text)]


def _name(start: int, end: int, raw: str) -> Quantity:
    return Quantity(start, end, (start, end), raw, None, form="name")


def without_words(text: str, cut: Cut, found: list[Quantity]) -> list[Quantity]:
    """Drop the numerals of everyday words and list marks; set phrases become one span each."""
    rows = slogans(text)
    taken = [(one.start, one.end) for one in rows]
    for one in found:
        if any(start <= one.number[0] < end for start, end in taken) or _is_word(text, one):
            continue
        span = _dictionary_word(cut, one)
        if span is None:
            rows.append(one)
        elif len(_NUMERALS.findall(text, *span)) > 1 and not _is_plain(text[slice(*span)]):
            rows.append(_name(*span, text[slice(*span)]))
            taken.append(span)
        elif one.unit and span[0] == one.number[0] and not _is_plain(text[slice(*span)]):
            rows.append(one._replace(form="name"))
    return sorted(rows, key=START)


def _is_word(text: str, one: Quantity) -> bool:
    """统一, 十分, and the 一、 or 二是 that opens an item of a list."""
    start, end = one.number
    if one.form not in ("number", "ordinal"):
        return False
    before = text[start - 1 : start]
    opens = one.unit is None and "." not in one.numeral and (not before or before in _OPENING)
    if opens and _LIST_MARK.match(text, end):
        return True
    if one.numeral[:1].isdigit():
        return False
    if one.numeral == "零":
        return True
    if one.numeral[0] == "一" and before and before in reference.load("figures")["ends_in_one"]:
        return True
    if one.unit is None and one.numeral == "一" and before in _POINTING:
        return True
    whole = end if one.unit is None else end + 1
    words = reference.word_set("figures", "words")
    lengths = _lengths().get(text[start : start + 1], ())
    return any(text[start : start + size] in words for size in lengths if start + size >= whole)


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → the lengths of the everyday words that begin with it."""
    index: dict[str, set[int]] = defaultdict(set)
    for word in reference.words("figures", "words"):
        index[word[0]].add(len(word))
    return {first: tuple(sizes) for first, sizes in index.items()}


def _dictionary_word(cut: Cut, one: Quantity) -> tuple[int, int] | None:
    """The span of the dictionary word that the numeral is only a part of, or None.

    A word that is a number with its unit (百亿元, 万吨, 亿人) is none.
    """
    if one.form not in ("number", "ordinal") or one.numeral[0].isdigit():
        return None
    if one.kind in ("money", "percent", "multiple"):
        return None
    index = bisect_right(cut.starts, one.number[0]) - 1
    word, start = cut.tokens[index], cut.starts[index]
    end = start + len(word)
    if start < one.start and word[: one.number[0] - start][-1:] not in _COUNTING:
        return start, end
    if len(word) < 2 or end <= one.end:
        return None
    rest = word[one.number[1] - start :]
    unit = unit_at(rest, 0)
    number = unit and unit.name == rest and part_of_speech(word) not in _WORDS - {"ns", "nz"}
    return None if number else (start, end)


def _is_plain(word: str) -> bool:
    """Whether a dictionary word is an everyday one (四川) and no set phrase (一心一意)."""
    return part_of_speech(word) in _WORDS
