"""PDF files with text: a document for each page, its columns in reading order.

The document's text is put together from the page's characters and where they stand: lines, then
blocks of lines of one size, then the blocks column by column. Lines of a paragraph are joined, and
blocks are parted by an empty line, as on a page that was typed off by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
from PIL import Image

from etl.sources.boxes import PageSize, with_boxes
from etl.sources.common import Defaults, Item, Rejected, Source, read_bytes
from etl.sources.layout import Glyph, lines_of, text_of_lines
from etl.sources.picture import MOST_PIXELS, document_of
from etl.sources.running_head import read_head
from etl.sources.text import said_by, whole_file

MOST_PAGES = 2000
MOST_GLYPHS = 200_000
# A page with fewer characters than this on average is a picture with a stamp on it.
FEWEST_GLYPHS = 20
# Pixels per point when a scanned page is looked at: 150 dpi.
SCALE_OF_SCAN = 150 / 72

Edges = tuple[float, float, float, float]


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
            page = text_of_lines(lines_of(glyphs(file[index])))
            if len(page.text) < FEWEST_GLYPHS:
                picture = _looked_at(file[index])
                yield document_of(picture, source, defaults, data, "pdf", number, SCALE_OF_SCAN)
                continue
            size = PageSize(index + 1, *file[index].get_size())
        except (pdfium.PdfiumError, Rejected) as error:
            yield source.reject(Rejected(f"page {index + 1} cannot be read: {error}"))
            continue
        row = whole_file(source, data, "pdf", page.text, number=number)
        yield with_boxes(said_by(row, read_head(page.text), defaults), page.lines, size)


def _looked_at(page: pdfium.PdfPage) -> Image.Image:
    """A page as a picture; raises Rejected for one that would not fit into memory."""
    width, height = page.get_size()
    if width * height * SCALE_OF_SCAN**2 > MOST_PIXELS:
        raise Rejected(f"is {width:,.0f} by {height:,.0f} points large, more than any newspaper")
    picture: Image.Image = page.render(scale=SCALE_OF_SCAN).to_pil()
    return picture


def _upright(page: pdfium.PdfPage) -> Callable[[Edges], Edges]:
    """What makes of a box as PDF counts it (left, bottom, right, top from the lower left corner,
    unturned) one from the upper left corner of the page as it is shown: left, top, right, bottom.
    """
    west, south, east, north = page.get_bbox()
    turned: Callable[[Edges], Edges] = {
        0: lambda one: (one[0] - west, north - one[3], one[2] - west, north - one[1]),
        90: lambda one: (one[1] - south, one[0] - west, one[3] - south, one[2] - west),
        180: lambda one: (east - one[2], one[1] - south, east - one[0], one[3] - south),
        270: lambda one: (north - one[3], east - one[2], north - one[1], east - one[0]),
    }[page.get_rotation() % 360]
    return turned


def _glyph(text: str, edges: Edges, printed: Edges) -> Glyph:
    ink = max(printed[1], edges[1]), min(printed[3], edges[3])
    return Glyph(text, *edges, ink if ink[0] < ink[1] else None)


def glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """The characters of a page with their boxes, in points from its upper left corner as it is
    read: what lies outside its crop box does not count, and a page that is turned stands upright.
    """
    upright = _upright(page)
    content = page.get_textpage()
    try:
        count = content.count_chars()
        if count > MOST_GLYPHS:
            raise Rejected(
                f"has {count:,} characters on one page; at most {MOST_GLYPHS:,} are read"
            )
        text = content.get_text_range(0, count) if count else ""
        return [
            _glyph(
                text[index],
                upright(content.get_charbox(index, loose=True)),
                upright(content.get_charbox(index)),
            )
            for index in range(min(count, len(text)))
        ]
    finally:
        content.close()
