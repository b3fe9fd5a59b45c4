"""Plain text files: a newspaper page as OCR leaves it, or one article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Source, document_id, read_bytes
from etl.sources.decoding import decode
from etl.sources.running_head import read_head


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document; its running head says date, publication and page before the defaults do."""
    data = read_bytes(source)
    text, encoding = decode(data)
    head = read_head(text)
    digest = hashlib.sha256(data).hexdigest()
    yield tables.Document(
        document_id=document_id(source.uri, None, digest),
        uri=source.uri,
        sha256=digest,
        format="txt",
        encoding=encoding,
        publication=head.publication or defaults.publication,
        issue_date=head.issue_date or defaults.issue_date,
        page=head.page if head.page is not None else defaults.page,
        n_chars=len(text),
        text=text,
    )
