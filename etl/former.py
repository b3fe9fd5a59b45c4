"""The tables of the build before, and which of their rows belong to which document.

Beside each version's tables lies `.documents`, one row per row of `documents`: what the document
was read from, what it holds, and how many rows each table has of it. A build takes over the rows
of documents that it finds there, provided that the code and the reference data are the same and
the tables are as they were written.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, count, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl import package, tables
from etl.sources.common import PlacedDocument, Same, key
from etl.stamp import Stamp
from etl.table_file import NOTHING, Part, TableFile

FILE = ".documents"
# Tables whose rows come from documents, each document's together and in the documents' order.
OF_DOCUMENTS = tuple(table for table in tables.TABLES if table != "rejects")

_KEY = pa.binary(16)
# So many documents' names are in memory at once.
_BLOCK = 4096
# `read`: what the document was read from; null where that says less than its content.
SCHEMA = pa.schema(
    [("document_id", pa.string()), ("read", _KEY), ("content", _KEY), ("corrected", _KEY)]
    + [(table, pa.int32()) for table in OF_DOCUMENTS]
)


def content_key(document: tables.Document) -> bytes:
    """Equal for documents that are equal in everything that extraction sees of them."""
    fields = [getattr(document, one.name) for one in tables.columns("documents")]
    return key(repr(fields).encode("utf-8", "surrogatepass"))


def save(
    folder: Path, rows: Sequence[pa.Table], files: Mapping[str, TableFile], made: Stamp
) -> None:
    """Write what a later build needs to know of the tables in `folder`."""
    said = {
        "made": made[:2],
        "parts": {table: files[table].parts for table in OF_DOCUMENTS},
        "described": {table: files[table].described for table in OF_DOCUMENTS},
    }
    whole = pa.concat_tables([SCHEMA.empty_table(), *rows])
    whole = whole.replace_schema_metadata({"former": json.dumps(said)})
    pq.write_table(whole, folder / FILE, compression="lz4")


class Former:
    """The documents and rows of a published version."""

    def __init__(self, folder: Path, rows: pa.Table, said: Mapping[str, Any]) -> None:
        self._folder, self._rows, self._said = folder, rows, said
        self._tables: dict[str, FormerTable] = {}
        self._block: tuple[int, list[Same]] | None = None

    @cached_property
    def by_reading(self) -> dict[bytes | None, int]:
        """Place of each document by the key of what it was read from."""
        return {one: at for at, one in enumerate(self._rows["read"].to_pylist()) if one}

    @cached_property
    def by_content(self) -> dict[bytes, int]:
        """Place of each document by the key of its content."""
        return {one: at for at, one in enumerate(self._rows["content"].to_pylist())}

    def same(self, place: int) -> Same:
        """What a document is known by."""
        block = place // _BLOCK
        if self._block is None or self._block[0] != block:
            some = self._identities.slice(block * _BLOCK, _BLOCK)
            columns = [some[name].to_pylist() for name in Same._fields[1:]]
            self._block = block, list(map(Same, count(block * _BLOCK), *columns))
        return self._block[1][place % _BLOCK]

    @cached_property
    def _identities(self) -> pa.Table:
        with pq.ParquetFile(self._folder / "documents.parquet") as file:
            return file.read(columns=list(Same._fields[1:]))

    @cached_property
    def corrected(self) -> list[bytes | None]:
        """The key of what people corrected in each document."""
        found: list[bytes | None] = self._rows["corrected"].to_pylist()
        return found

    def keys(self, place: int) -> tuple[bytes | None, bytes]:
        """What a document was read from, and what it holds."""
        return self._rows["read"][place].as_py(), self._rows["content"][place].as_py()

    def document(self, place: int) -> tables.Document:
        """The document itself, with its boxes where it has some."""
        (row,) = self.table("documents").rows(place, place + 1).to_pylist()
        boxes = self.table("boxes").rows(place, place + 1).to_pylist()
        document = tables.Document(**row)
        return (
            PlacedDocument.of(document, [tables.Box(**one) for one in boxes]) if boxes else document
        )

    def slice(self, places: range, reread: Mapping[int, bytes]) -> pa.Table:
        """Documents as rows of `.documents`, some of them read from other bytes by now."""
        found = self._rows.slice(places.start, len(places))
        if not reread:
            return found
        old = found["read"].to_pylist()
        new = [reread.get(place, one) for place, one in zip(places, old, strict=True)]
        return found.set_column(1, SCHEMA.field("read"), pa.array(new, _KEY))

    def table(self, table: str) -> FormerTable:
        """The rows of one table."""
        if table not in self._tables:
            counts = self._rows[table].to_numpy()
            ids = self._rows["document_id"]
            path = self._folder / f"{table}.parquet"
            parts = [Part(*one) for one in self._said["parts"][table]]
            described = self._said["described"][table]
            self._tables[table] = FormerTable(path, ids, counts, parts, described)
        return self._tables[table]

    def close(self) -> None:
        """Close the files."""
        for one in self._tables.values():
            one.close()


class FormerTable:
    """One table of a published version, read by documents."""

    def __init__(
        self,
        path: Path,
        ids: pa.ChunkedArray,
        counts: Any,
        parts: list[Part],
        described: list[int],
    ) -> None:
        self._path, self._ids, self._counts, self._parts = path, ids, counts, parts
        self._described = described
        self._starts = [part.documents_start for part in parts]
        self._held: tuple[int, pa.Table] | None = None
        self._offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])

    @cached_property
    def _file(self) -> Any:
        return self._path.open("rb")

    @cached_property
    def _parquet(self) -> pq.ParquetFile:
        return pq.ParquetFile(self._path)

    @cached_property
    def _group_starts(self) -> list[int]:
        """The first row of each row group, and the number of rows."""
        said = self._parquet.metadata
        sizes = [said.row_group(at).num_rows for at in range(said.num_row_groups)]
        return [0, *accumulate(sizes)]

    @cached_property
    def _groups(self) -> list[bytes]:
        """What describes each row group."""
        start = self._described[0]
        self._file.seek(start)
        data = self._file.read(self._described[-1] - start)
        return [data[one - start : end - start] for one, end in pairwise(self._described)]

    def hand_over(self, file: TableFile, start: int, stop: int) -> None:
        """Append the rows of documents `start` to `stop`, whole parts as they stand."""
        while start < stop:
            part = self._part(start)
            behind = min(part.documents_stop, stop)
            entire = part.whole and (start, behind) == (part.documents_start, part.documents_stop)
            if entire and file.is_between_parts:
                self._copy(file, part)
            else:
                self._append(file, start, behind)
            start = behind

    def _part(self, document: int) -> Part:
        """The part that a document is in, also one without rows behind the last part."""
        index = bisect_right(self._starts, document) - 1
        if index >= 0 and document < self._parts[index].documents_stop:
            return self._parts[index]
        return NOTHING._replace(documents_stop=len(self._counts), whole=False)

    def _copy(self, file: TableFile, part: Part) -> None:
        groups = self._groups[part.groups_start : part.groups_stop]
        self._file.seek(part.start)
        file.copy(part, self._file.read(part.stop - part.start), groups)

    def _append(self, file: TableFile, start: int, stop: int) -> None:
        ids = self._ids.slice(start, stop - start).to_pylist()
        file.append_documents(self.rows(start, stop), ids, self._counts[start:stop].tolist())

    def rows(self, start: int, stop: int) -> pa.Table:
        """The rows of documents `start` to `stop`."""
        first, behind = int(self._offsets[start]), int(self._offsets[stop])
        found = [tables.schema(self._path.stem).empty_table()]
        group = bisect_right(self._group_starts, first) - 1
        while first < behind:
            at, end = self._group_starts[group], self._group_starts[group + 1]
            found.append(self._group(group).slice(first - at, min(behind, end) - first))
            first = end
            group += 1
        return pa.concat_tables(found)

    def _group(self, number: int) -> pa.Table:
        """A row group; the last one stays in memory for the documents behind."""
        if self._held is None or self._held[0] != number:
            group = self._parquet.read_row_group(number)
            self._held = number, group.replace_schema_metadata(None)
        return self._held[1]

    def close(self) -> None:
        """Close the file."""
        for name in ("_file", "_parquet"):
            if name in self.__dict__:
                self.__dict__[name].close()


def open_former(folder: Path, made: Stamp) -> Former | str:
    """The tables in `folder`, or why nothing can be taken over from them."""
    try:
        with pq.ParquetFile(folder / FILE) as file:
            rows = file.read()
        said = json.loads(rows.schema.metadata[b"former"])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return "no_former"
    if said["made"][0] != made.code:
        return "code"
    if said["made"][1] != made.reference:
        return "reference"
    if not rows.schema.equals(SCHEMA) or not package.is_sound(folder):
        return "damaged"
    return Former(folder, rows, said)
