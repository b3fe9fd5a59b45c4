"""Word files (.docx): one article, its paragraphs and the rows of its tables a line each."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from etl.sources.archive import DAMAGED, unpacked_size
from etl.sources.common import TEXT_LIMIT, Defaults, Item, Rejected, Source, read_bytes
from etl.sources.running_head import read_head
from etl.sources.text import said_by, whole_file

_HEADINGS = ("Title", "Heading 1")


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document; a running head says date, publication and page before the defaults do."""
    data = read_bytes(source)
    lines, title = _content(_opened(data))
    text = "\n".join(lines)
    if not text.strip():
        raise Rejected("holds no text; a scan inside a Word file must be saved as a picture")
    row = whole_file(source, data, "docx", text)
    row.title = title
    yield said_by(row, read_head(text), defaults)


def _opened(data: bytes) -> WordDocument:
    """The file as a Word document; raises Rejected where it is none or unpacks to too much."""
    try:
        if unpacked_size(data) > TEXT_LIMIT * 4:
            raise Rejected("unpacks to more than a document can hold; save its text as .txt")
        return docx.Document(io.BytesIO(data))
    except (*DAMAGED, OpcError, KeyError, NotImplementedError, etree.LxmlError) as error:
        raise Rejected(f"is no Word file that can be read ({error}); save it again") from None


def _content(document: WordDocument) -> tuple[list[str], str | None]:
    """The lines in order, and the first heading, if the file has one."""
    lines: list[str] = []
    title = None
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            lines.append(part.text)
            style = part.style.name if part.style else None
            if title is None and style in _HEADINGS and part.text.strip():
                title = part.text.strip()
        elif isinstance(part, Table):
            lines += ["\t".join(_cells(row)) for row in part.rows]
    return lines, title


def _cells(row: object) -> list[str]:
    """The cells of a row, a merged one once, each in one line."""
    found: list[str] = []
    before = None
    for cell in row.cells:  # type: ignore[attr-defined]
        if cell._tc is not before:
            found.append(" ".join(cell.text.split()))
        before = cell._tc
    return found
