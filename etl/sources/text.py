"""Plain text files: a newspaper page as OCR leaves it, or one article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Source, document_id, read_bytes
from etl.sources.decoding import decode
from etl.sources.running_head import RunningHead, read_head


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document; its running head says date, publication and page before the defaults do."""
    data = read_bytes(source)
    text, encoding = decode(data)
    row = whole_file(source, data, "txt", text, encoding)
    yield said_by(row, read_head(text), defaults)


def whole_file(source: Source, data: bytes, kind: str, text: str, encoding: str) -> tables.Document:
    """The row of a document that is its whole file, without what its text says of itself."""
    digest = hashlib.sha256(data).hexdigest()
    return tables.Document(
        document_id=document_id(source.uri, None, digest),
        uri=source.uri,
        sha256=digest,
        format=kind,
        encoding=encoding,
        n_chars=len(text),
        text=text,
    )


def said_by(row: tables.Document, head: RunningHead, defaults: Defaults) -> tables.Document:
    """`row` with publication, date of issue and page: what the text says, else the defaults."""
    row.publication = head.publication or defaults.publication
    row.issue_date = head.issue_date or defaults.issue_date
    row.page = head.page if head.page is not None else defaults.page
    return row
