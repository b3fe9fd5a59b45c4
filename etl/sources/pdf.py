"""PDF files with text: a document for each page, its columns in reading order.

The document's text is put together from the page's characters and where they stand: lines, then
blocks of lines of one size, then the blocks column by column. Lines of a paragraph are joined, and
blocks are parted by an empty line, as on a page that was typed off by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image

from etl.sources.common import Defaults, Item, Rejected, Source, read_bytes
from etl.sources.layout import Glyph, text_of
from etl.sources.picture import MOST_PIXELS, document_of
from etl.sources.running_head import read_head
from etl.sources.text import said_by, whole_file

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
        yield from _pages(file, source, defaults, data)
    finally:
        file.close()


def _pages(
    file: pdfium.PdfDocument, source: Source, defaults: Defaults, data: bytes
) -> Iterator[Item]:
    if len(file) > MOST_PAGES:
        raise Rejected(f"has {len(file):,} pages; at most {MOST_PAGES:,} are read: split it")
    several = len(file) > 1
    for index in range(len(file)):
        number = index + 1 if several else None
        try:
            text = text_of(glyphs(file[index]))
            if len(text) < FEWEST_GLYPHS:
                picture = _looked_at(file[index])
                yield document_of(picture, source, defaults, data, "pdf", number)
                continue
        except (pdfium.PdfiumError, Rejected) as error:
            yield source.reject(Rejected(f"page {index + 1} cannot be read: {error}"))
            continue
        row = whole_file(source, data, "pdf", text, number=number)
        yield said_by(row, read_head(text), defaults)


def _looked_at(page: pdfium.PdfPage) -> Image.Image:
    """A page as a picture; raises Rejected for one that would not fit into memory."""
    width, height = page.get_size()
    if width * height * SCALE_OF_SCAN**2 > MOST_PIXELS:
        raise Rejected(f"is {width:,.0f} by {height:,.0f} points large, more than any newspaper")
    picture: Image.Image = page.render(scale=SCALE_OF_SCAN).to_pil()
    return picture


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
