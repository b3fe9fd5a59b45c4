"""A file that a build before has read whole, without a reject, is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Memory, Reader, Same, Source, key, said_key

_LAST = b"last"


def read(source: Source, defaults: Defaults, reader: Reader) -> Iterator[Item]:
    """The documents of `source`: those that its bytes gave before, else what `reader` gives."""
    memory = source.memory
    if memory is None:
        yield from reader(source, defaults)
        return
    with source.path.open("rb") as file:
        whole = key(said_key(source, defaults), hashlib.file_digest(file, "sha256").digest())
    known = _known(memory, whole)
    if known:
        source.done = source.size
        yield from known
    else:
        yield from _noted(memory, whole, reader(source, defaults))


def _known(memory: Memory, whole: bytes) -> list[Same]:
    """The documents of the file with this key, none where one of them is unknown."""
    found: list[Same] = []
    while same := memory.find(_key(whole, len(found))):
        found.append(same)
    last = memory.find(_key(whole, len(found), _LAST))
    return [*found, last] if last else []


def _noted(memory: Memory, whole: bytes, items: Iterator[Item]) -> Iterator[Item]:
    """`items`; which document is the last is noted only where nothing was rejected."""
    before: tables.Document | None = None
    count, rejected = 0, False
    for item in items:
        if before:
            memory.note(before.document_id, _key(whole, count))
            count += 1
            yield before
        before = item if isinstance(item, tables.Document) else None
        if before is None:
            rejected = True
            yield item
    if before:
        memory.note(before.document_id, _key(whole, count, b"" if rejected else _LAST))
        yield before


def _key(whole: bytes, number: int, *more: bytes) -> bytes:
    return key(whole, str(number).encode(), *more)
