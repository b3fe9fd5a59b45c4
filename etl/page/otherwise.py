"""What of a document is read otherwise than it stands there → its rows of `repairs`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from etl import tables
from etl.model import PageArticle
from etl.page.slips import MARKS

_SPACES = "left out: white space inside a number, a word, or words set wide"
_MARK = "left out: a stray mark inside a number or a word"


def read_otherwise(article: PageArticle, document: tables.Document) -> list[tables.Repair]:
    """A row for each misread stretch of an article, and for each slip left out of a line."""
    found = [*_misread(article), *_slips(article, document.text)]
    return [tables.Repair(document.document_id, *one) for one in found]


def _misread(article: PageArticle) -> Iterator[tuple[str, int, int, str, float]]:
    for one in article.misread:
        span = article.mapped.source_span(one.start, one.start + len(one.meant))
        if span:
            yield "misread", *span, f"read as {one.meant}", one.confidence


def _slips(article: PageArticle, text: str) -> Iterator[tuple[str, int, int, str, float]]:
    for left, right in pairwise(article.mapped.pieces):
        if left.start + left.length < right.start:
            continue  # they are two paragraphs
        start, end = left.source + left.length, right.source
        between = text[start:end]
        if between.isspace() and len(f"{between}.".splitlines()) == 1:
            yield "split_word", start, end, _SPACES, 0.9
        elif between and between in MARKS:
            yield "noise", start, end, _MARK, 0.8
