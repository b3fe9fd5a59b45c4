"""Carries the rows of one article from its clean text to the document.

After it `document_text[start:end] == raw` holds for every row. A row whose span has no source
in the document is dropped, and so is whatever rests on it: no span, no fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from etl.model import Reading
from etl.text import MappedText

Span = tuple[int, int]
Carry = Callable[[int, int], Span | None]


class _Located(Protocol):
    start: int
    end: int
    raw: str


class _Fact(_Located, Protocol):
    sentence_id: str


_Row = TypeVar("_Row", bound=_Located)
_FactRow = TypeVar("_FactRow", bound=_Fact)


def locate(reading: Reading, mapped: MappedText, document: str) -> None:
    """Carry every row of `reading` to `document`, the text that `mapped` was put together from."""
    carry = _carrier(reading, mapped)
    reading.sentences = _carried(reading.sentences, carry, document)
    known = {sentence.sentence_id for sentence in reading.sentences}

    def facts(rows: list[_FactRow]) -> list[_FactRow]:
        if not rows:
            return rows
        return _carried((row for row in rows if row.sentence_id in known), carry, document)

    reading.dates = facts(reading.dates)
    reading.places = facts(reading.places)
    reading.organisations = facts(reading.organisations)
    reading.people = facts(reading.people)
    reading.activities = facts(reading.activities)
    reading.figures = facts(reading.figures)
    _mend_references(reading)


def _carrier(reading: Reading, mapped: MappedText) -> Carry:
    """How a span of the clean text becomes one of the document."""
    if len(mapped.pieces) != 1:
        return lambda start, end: mapped.source_span(start, end, reading.seams)
    piece = mapped.pieces[0]
    shift, first, last = piece.source - piece.start, piece.start, piece.start + piece.length

    def shifted(start: int, end: int) -> Span | None:
        start = start if start > first else first
        end = end if end < last else last
        return (start + shift, end + shift) if start < end else None

    return shifted


def _carried(rows: Iterable[_Row], carry: Carry, document: str) -> list[_Row]:
    kept: list[_Row] = []
    for row in rows:
        span = carry(row.start, row.end) if row.start < row.end else None
        if span:
            row.start, row.end = span
            row.raw = document[row.start : row.end]
            kept.append(row)
    return kept


def _mend_references(reading: Reading) -> None:
    """Clear references to rows that were dropped."""
    activities = {activity.activity_id for activity in reading.activities}
    figures = {figure.figure_id for figure in reading.figures}
    for figure in reading.figures:
        if figure.activity_id not in activities:
            figure.activity_id = None
        if figure.repeats not in figures:
            figure.repeats = None
