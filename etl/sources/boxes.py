"""Where the lines of a page's text stand on it, as rows of the table `boxes`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl import tables
from etl.sources.common import PlacedDocument
from etl.sources.layout import PlacedLine

# Digits behind the point: a hundredth of a point or of a pixel is finer than any print.
DIGITS = 2


@dataclass(frozen=True, slots=True)
class PageSize:
    """Page of a file and its size, in what its lines are measured in; `per_unit` of that make one
    unit of the rows (a PDF's picture is looked at in pixels, and told in points).
    """

    page: int
    width: float
    height: float
    per_unit: float = 1.0

    def told(self, length: float) -> float:
        """A length in the unit of the rows."""
        return round(length / self.per_unit, DIGITS)


def with_boxes(row: tables.Document, lines: Iterable[PlacedLine], size: PageSize) -> PlacedDocument:
    """The document with a box for each of its lines, in the order of the text."""
    return PlacedDocument.of(row, [_box(row.document_id, one, size) for one in lines])


def _box(document_id: str, placed: PlacedLine, size: PageSize) -> tables.Box:
    line, told = placed.line, size.told
    top, bottom = line.ink or (line.top, line.bottom)
    return tables.Box(
        document_id=document_id,
        page=size.page,
        start=placed.start,
        end=placed.end,
        left=told(line.left),
        top=told(top),
        right=told(line.right),
        bottom=told(bottom),
        page_width=told(size.width),
        page_height=told(size.height),
    )
