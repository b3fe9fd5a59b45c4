"""A document → its articles in reading order, and every decision that led to them."""

from __future__ import annotations

from etl import tables
from etl.model import PageReading
from etl.page.articles import ranges
from etl.page.otherwise import read_otherwise
from etl.page.records import read_record

__all__ = ["ranges", "read_document"]

# Formats that hold one article, in order.
ONE_ARTICLE = frozenset({"md", "html", "docx"})


def read_document(document: tables.Document) -> PageReading:
    """The articles of one document; equal documents give equal readings.

    A record, a web page, a Markdown or a Word file is one article whose text is in order.
    Anything else may be a newspaper page as character recognition leaves it: columns out of
    order, sentences cut, stretches printed twice. Every character of its text ends up in exactly
    one article, or in a stretch that a row of `repairs` says was left out.
    """
    if document.record_id is not None or document.format in ONE_ARTICLE:
        page = PageReading([read_record(document)], [])
    else:
        # Its patterns take a while to compile, and records don't need them.
        from etl.page.sheet import read_sheet

        page = read_sheet(document.document_id, document.text)
    found = [row for article in page.articles for row in read_otherwise(article, document)]
    if found:
        page.repairs += found
        page.repairs.sort(key=lambda one: (one.start, one.end, one.kind))
    return page
