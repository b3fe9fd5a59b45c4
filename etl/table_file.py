"""One Parquet file under way, written in parts: rows of whole documents as bytes of their own.

Where a part ends depends on the documents in it alone, by a draw that their ids decide: the same
documents give the same parts wherever they stand. So a build copies the parts of unchanged
documents, and after a document that is new or changed it soon meets the former ends again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl import footer, tables

# One row group holds at most so many rows, or about so much text: it is what a build keeps in
# memory of each table. Readers pick single rows by their ids, and skip the groups whose filter
# says that they lack them.
ROWS_OF_GROUP = 16_384
TEXT_OF_GROUP = 8 * 1024 * 1024
# Share of groups that a filter lets through in vain.
_IN_VAIN = 0.01
# Columns by which single rows are picked.
_LOOKED_UP = frozenset({"document_id", "article_id", "sentence_id", "figure_id", "activity_id"})
_DRAWS = 1 << 32


Hash = Any  # what hashlib makes; its class has no public name


class Part(NamedTuple):
    """Where a part lies in its file: its bytes, its row groups, its rows, its documents.

    `stop`, `groups_stop`, `rows_stop` and `documents_stop` are where the next part begins. One is
    `whole` where its documents ended it, and not only the end of the file.
    """

    start: int
    stop: int
    groups_start: int
    groups_stop: int
    rows_start: int
    rows_stop: int
    documents_start: int
    documents_stop: int
    whole: bool


# What lies before the first part.
NOTHING = Part(len(footer.MAGIC), len(footer.MAGIC), 0, 0, 0, 0, 0, 0, True)


class _Documents(NamedTuple):
    """Documents in a row: `rows` and `texts` say how many rows and bytes of text stand before each
    of them, and before what follows.
    """

    ids: Sequence[str]
    rows: list[int]
    texts: list[int]


def _sums(values: Any) -> Any:
    """0, and the sum of the values up to each of them."""
    return np.concatenate([[0], np.cumsum(values, dtype=np.int64)])


def _is_full(rows: int, text: int, document_id: str, own_rows: int, own_text: int) -> bool:
    """Whether a part of so many rows and bytes of text ends behind its last document.

    From half the greatest size on each document may end it, with a chance by its own size.
    """
    if rows >= ROWS_OF_GROUP * 7 // 8 or text >= TEXT_OF_GROUP:
        return True
    if rows < ROWS_OF_GROUP // 2 and text < TEXT_OF_GROUP // 2:
        return False
    chance = max(own_rows / (ROWS_OF_GROUP // 4), own_text / (TEXT_OF_GROUP // 4))
    return zlib.crc32(document_id.encode()) < chance * _DRAWS


def _writer(table: str, sink: object, metadata: dict[str, str]) -> pq.ParquetWriter:
    schema = tables.schema(table)
    return pq.ParquetWriter(
        sink,
        schema.with_metadata(metadata) if metadata else schema,
        compression="zstd",
        bloom_filter_options={
            name: {"ndv": ROWS_OF_GROUP, "fpp": _IN_VAIN}
            for name in schema.names
            if name in _LOOKED_UP
        },
    )


class TableFile:
    """Takes rows in order and writes a part whenever one is full; `close` writes the rest."""

    def __init__(self, folder: Path, table: str, metadata: dict[str, str]) -> None:
        self.parts: list[Part] = []
        # Once closed: where the description of each row group begins, and where the last one ends.
        self.described: list[int] = []
        self._table, self._metadata = table, metadata
        self._weighed = "text" in tables.schema(table).names
        self._file = (folder / f"{table}.parquet").open("wb")
        self._hash = hashlib.sha256()
        self._write(footer.MAGIC)
        self._at = len(footer.MAGIC)
        # Whether all so far is what a former file begins with.
        self._as_before = True
        self._groups: list[bytes] = []
        self._waiting: list[pa.Table] = []
        self._rows = self._text = 0
        self._written = self._documents = 0

    @property
    def is_between_parts(self) -> bool:
        """Whether no row and no document waits for the rest of its part."""
        return not self._rows and self._documents == self._behind.documents_stop

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written, as hexadecimal digits."""
        return self._hash.hexdigest()

    @property
    def _behind(self) -> Part:
        """The part written last."""
        return self.parts[-1] if self.parts else NOTHING

    def append(self, rows: pa.Table) -> None:
        """Add rows that belong to no document; a part of them is full by its size alone."""
        weights = self._weights(rows)
        begin = 0
        for at in range(rows.num_rows):
            self._rows += 1
            self._text += int(weights[at])
            if self._rows >= ROWS_OF_GROUP or self._text >= TEXT_OF_GROUP:
                self._waiting.append(rows.slice(begin, at + 1 - begin))
                begin = at + 1
                self._write_part(whole=False)
        self._waiting.append(rows.slice(begin))

    def append_documents(self, rows: pa.Table, ids: Sequence[str], counts: Any) -> None:
        """Add the rows of documents: `counts` says how many each of `ids` has."""
        behind = _sums(counts)
        texts = _sums(self._weights(rows))[behind] if self._weighed else np.zeros_like(behind)
        found = _Documents(ids, behind.tolist(), texts.tolist())
        begin = 0
        while begin < len(ids):
            end = self._end_of_part(found, begin)
            self._take(rows, found, begin, end or len(ids))
            begin = end or len(ids)
            if end:
                self._write_part(whole=True)

    def _take(self, rows: pa.Table, found: _Documents, begin: int, end: int) -> None:
        """Let documents wait for the rest of their part."""
        count = found.rows[end] - found.rows[begin]
        self._waiting.append(rows.slice(found.rows[begin], count))
        self._rows += count
        self._text += found.texts[end] - found.texts[begin]
        self._documents += end - begin

    def _end_of_part(self, found: _Documents, begin: int) -> int | None:
        """Where the part under way ends, when the documents from `begin` on are put into it."""
        rows_before = self._rows - found.rows[begin]
        text_before = self._text - found.texts[begin]
        by_rows = bisect_left(found.rows, ROWS_OF_GROUP // 2 - rows_before, begin + 1)
        by_text = bisect_left(found.texts, TEXT_OF_GROUP // 2 - text_before, begin + 1)
        for end in range(min(by_rows, by_text), len(found.rows)):
            count = found.rows[end] - found.rows[end - 1]
            text = found.texts[end] - found.texts[end - 1]
            rows_now, text_now = rows_before + found.rows[end], text_before + found.texts[end]
            if count and _is_full(rows_now, text_now, found.ids[end - 1], count, text):
                return end
        return None

    def _weights(self, rows: pa.Table) -> Any:
        """The bytes of text in each row, 0 where that counts not."""
        if not self._weighed:
            return np.zeros(rows.num_rows, np.int64)
        return np.asarray(pc.binary_length(rows["text"]))

    def _write_part(self, *, whole: bool) -> None:
        rows = pa.concat_tables(self._waiting).combine_chunks()
        sink = pa.BufferOutputStream()
        with _writer(self._table, sink, {}) as writer:
            writer.write_table(rows, row_group_size=ROWS_OF_GROUP)
        body, described = footer.split(sink.getvalue().to_pybytes())
        moved = [footer.moved(one, self._at - len(footer.MAGIC)) for one in described.groups]
        self._as_before = False
        self._place(body, moved, rows.num_rows, whole=whole)
        self._waiting.clear()
        self._rows = self._text = 0

    def copy(self, part: Part, body: bytes, groups: list[bytes], until: Hash | None) -> None:
        """Take over a part of a former file: its bytes and what describes its row groups.

        `until` is the hash of that file from its beginning to the end of the part, where it is
        known. Only between parts, and from one file alone.
        """
        by = self._at - part.start
        self._as_before = self._as_before and by == 0
        moved = [footer.moved(one, by) for one in groups] if by else groups
        self._documents += part.documents_stop - part.documents_start
        known = until if self._as_before else None
        self._place(body, moved, part.rows_stop - part.rows_start, whole=True, known=known)

    def _place(
        self,
        body: bytes,
        groups: list[bytes],
        rows: int,
        *,
        whole: bool,
        known: Hash | None = None,
    ) -> None:
        before = self._behind
        self._write(body, known)
        self._groups += groups
        self._written += rows
        start, self._at = self._at, self._at + len(body)
        self.parts.append(
            Part(
                start,
                self._at,
                before.groups_stop,
                len(self._groups),
                before.rows_stop,
                self._written,
                before.documents_stop,
                self._documents,
                whole,
            )
        )

    def _write(self, data: bytes, known: Hash | None = None) -> None:
        """Write, and count it in the hash, which is `known` of the file with this data."""
        self._file.write(data)
        if known:
            self._hash = known.copy()
        else:
            self._hash.update(data)

    def flush(self) -> None:
        """Have what was written so far on the disk."""
        if not self._file.closed:
            self._file.flush()
            os.fdatasync(self._file.fileno())

    def close(self) -> None:
        """Write what waits and the footer."""
        if self._file.closed:
            return
        try:
            if self._rows:
                self._write_part(whole=False)
            sink = pa.BufferOutputStream()
            _writer(self._table, sink, self._metadata).close()
            _, around = footer.split(sink.getvalue().to_pybytes())
            opening = footer.opening(around, len(self._groups), self._written)
            ends = accumulate(map(len, self._groups), initial=self._at + len(opening))
            self.described.extend(ends)
            self._write(footer.join(around, self._groups, self._written))
        finally:
            self._file.close()
