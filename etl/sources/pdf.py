"""PDF files with text: a document for each page, its columns in reading order.

The document's text is put together from the page's characters and where they stand: lines, then
blocks of lines of one size, then the blocks column by column. Lines of a paragraph are joined, and
blocks are parted by an empty line, as on a page that was typed off by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pypdfium2 as pdfium

from etl import tables
from etl.sources.common import (
    TEXT_LIMIT,
    Defaults,
    Item,
    Rejected,
    Source,
    document_id,
    read_bytes,
)
from etl.sources.layout import Glyph, text_of
from etl.sources.picture import document_of
from etl.sources.running_head import read_head

MOST_PAGES = 2000
MOST_GLYPHS = 200_000
# A page with fewer characters than this on average is a picture with a stamp on it.
FEWEST_GLYPHS = 20
# Pixels per point when a scanned page is looked at: 150 dpi.
SCALE_OF_SCAN = 150 / 72


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """A document per page; one that holds only a picture is recognised as a scan is.

    Raises Rejected for files that are locked or broken.
    """
    data = read_bytes(source)
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Rejected(f"is no PDF that can be read ({error}); save it again") from None
    try:
        yield from _pages(file, source, defaults, hashlib.sha256(data).hexdigest())
    finally:
        file.close()


def _pages(
    file: pdfium.PdfDocument, source: Source, defaults: Defaults, digest: str
) -> Iterator[Item]:
    if len(file) > MOST_PAGES:
        raise Rejected(f"has {len(file):,} pages; at most {MOST_PAGES:,} are read: split it")
    several = len(file) > 1
    for index in range(len(file)):
        number = index + 1 if several else None
        try:
            text = text_of(glyphs(file[index]))
            if len(text) < FEWEST_GLYPHS:
                picture = file[index].render(scale=SCALE_OF_SCAN).to_pil()
                yield document_of(picture, source, defaults, digest, number, "pdf")
                continue
        except pdfium.PdfiumError as error:
            yield source.reject(Rejected(f"page {index + 1} cannot be read: {error}"))
            continue
        yield _document(source, defaults, digest, number, text)


def _document(
    source: Source, defaults: Defaults, digest: str, number: int | None, text: str
) -> tables.Document:
    uri = f"{source.uri}#page={number}" if number else source.uri
    head = read_head(text)
    page = head.page if head.page is not None else number or defaults.page
    return tables.Document(
        document_id=document_id(uri, None, digest),
        uri=uri,
        record_id=None,
        sha256=digest,
        format="pdf",
        publication=head.publication or defaults.publication,
        issue_date=head.issue_date or defaults.issue_date,
        page=page,
        n_chars=len(text),
        text=text[:TEXT_LIMIT],
    )


def glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The characters of a page with their boxes, in points from its upper left corner."""
    height = page.get_height()
    content = page.get_textpage()
    try:
        count = content.count_chars()
        if count > MOST_GLYPHS:
            raise Rejected(
                f"has {count:,} characters on one page; at most {MOST_GLYPHS:,} are read"
            )
        text = content.get_text_range(0, count) if count else ""
        found = []
        for index in range(min(count, len(text))):
            left, bottom, right, top = content.get_charbox(index, loose=True)
            found.append(Glyph(text[index], left, height - top, right, height - bottom))
        return found
    finally:
        content.close()
