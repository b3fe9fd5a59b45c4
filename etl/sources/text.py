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


def whole_file(
    source: Source,
    data: bytes,
    kind: str,
    text: str,
    encoding: str = "utf-8",
    number: int | None = None,
) -> tables.Document:
    """The row of a document that is its whole file, without what its text says of itself.

    `number` is that of a page in a file of several: each is a document of its own.
    """
    digest = hashlib.sha256(data).hexdigest()
    uri = f"{source.uri}#page={number}" if number else source.uri
    return tables.Document(
        document_id=document_id(uri, None, digest),
        uri=uri,
        sha256=digest,
        format=kind,
        encoding=encoding,
        page=number,
        n_chars=len(text),
        text=text,
    )


def said_by(row: tables.Document, head: RunningHead, defaults: Defaults) -> tables.Document:
    """`row` with publication, date of issue and page: what the text says, else the defaults.

    A page's number in its file stands where the text says none.
    """
    row.publication = head.publication or defaults.publication
    row.issue_date = head.issue_date or defaults.issue_date
    row.page = head.page if head.page is not None else row.page or defaults.page
    return row
