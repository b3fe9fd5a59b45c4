"""Scanned pages and photos (.png, .jpg, .tif): what character recognition reads on them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from etl import tables
from etl.sources.boxes import PageSize, with_boxes
from etl.sources.common import Defaults, Item, Rejected, Source, read_bytes
from etl.sources.layout import text_of_lines
from etl.sources.running_head import read_head
from etl.sources.text import said_by, whole_file

# A broadsheet at 600 dpi has 85 million pixels.
MOST_PIXELS = 120_000_000
MOST_PAGES = 200
FORMATS = ("PNG", "JPEG", "TIFF")


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """A document per picture; a TIFF may hold several, each a page of its own."""
    data = read_bytes(source)
    with warnings.catch_warnings():
        # A picture that is too large is refused below, in words of ours.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                yield from _pages(picture, source, defaults, data)
        except UnidentifiedImageError:
            # Its own words name an address in memory, another one each time.
            why = "is no picture that can be read (neither PNG nor JPEG nor TIFF); save it again"
            raise Rejected(why) from None
        except (OSError, SyntaxError, ValueError) as error:
            raise Rejected(f"is no picture that can be read ({error}); save it again") from None
        except Image.DecompressionBombError:
            raise Rejected(_too_large()) from None


def _pages(picture: Image.Image, source: Source, defaults: Defaults, data: bytes) -> Iterator[Item]:
    count = getattr(picture, "n_frames", 1)
    if count > MOST_PAGES:
        raise Rejected(f"holds {count:,} pictures; at most {MOST_PAGES} are read: split it")
    for number in range(count):
        picture.seek(number)
        if picture.width * picture.height > MOST_PIXELS:
            raise Rejected(_too_large())
        upright = ImageOps.exif_transpose(picture)
        page = number + 1 if count > 1 else None
        yield document_of(upright, source, defaults, data, "picture", page)


def _too_large() -> str:
    return f"has more than {MOST_PIXELS:,} pixels; scan it at 300 dpi, or save it smaller"


def document_of(
    picture: Image.Image,
    source: Source,
    defaults: Defaults,
    data: bytes,
    kind: str,
    number: int | None = None,
    pixels_per_unit: float = 1.0,
) -> Item:
    """What is read on a picture as a document, or the row that says that nothing is.

    Its boxes are in pixels, or in the page's unit where that is so many of them.
    """
    # Only where a picture is read: the recogniser's libraries take a second to load.
    from etl.sources.recognition import lines_of

    page = text_of_lines(lines_of(picture))
    row = whole_file(source, data, kind, page.text, "recognised", number)
    if not page.text.strip():
        why = "no text was recognised on it; scan it again, sharper"
        return tables.Reject(row.uri, None, None, why)
    size = PageSize(number or 1, picture.width, picture.height, pixels_per_unit)
    return with_boxes(said_by(row, read_head(page.text), defaults), page.lines, size)
