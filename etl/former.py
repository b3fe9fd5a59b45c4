"""The tables of the build before, and which of their rows belong to which document.

Beside each version's tables lies `.documents`, one row per row of `documents`: what the document
was read from, what it holds, and how many rows each table has of it. A build takes over the rows
of documents that it finds there, provided that the code and the reference data are the same and
the tables are as they were written.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl import package, tables
from etl.former_table import WHOLE, FormerTable, hashes_until
from etl.keys import Keys
from etl.sources.common import PlacedDocument, Run, Same, Stretch
from etl.sources.common import key as key_of
from etl.stamp import Stamp
from etl.table_file import Hash, Part, TableFile

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
    return key_of(repr(fields).encode("utf-8", "surrogatepass"))


def save(
    folder: Path,
    rows: Sequence[pa.Table],
    files: Mapping[str, TableFile],
    made: Stamp,
    stretches: Mapping[bytes, Stretch],
) -> None:
    """Write what a later build needs to know of the tables in `folder`."""
    said = {
        "made": made[:2],
        "stretches": _said_of(stretches),
        "parts": {table: files[table].parts for table in OF_DOCUMENTS},
        "described": {table: files[table].described for table in OF_DOCUMENTS},
    }
    whole = pa.concat_tables([SCHEMA.empty_table(), *rows])
    whole = whole.replace_schema_metadata({"former": json.dumps(said)})
    pq.write_table(whole, folder / FILE, compression="lz4")


def _said_of(stretches: Mapping[bytes, Stretch]) -> dict[str, list[Any]]:
    return {behind.hex(): _as_json(one) for behind, one in stretches.items()}


def _as_json(stretch: Stretch) -> list[Any]:
    return [one.hex() if isinstance(one, bytes) else one for one in stretch]


def _from_json(values: list[Any]) -> Stretch:
    key, size, lines, first, every, named = values
    return Stretch(
        bytes.fromhex(key), size, lines, bytes.fromhex(first), bytes.fromhex(every), named
    )


class Damaged(Exception):  # noqa: N818 - it is an outcome, not a fault of the program
    """The files of the tables before are not as they were written; nothing of them may be used."""


class Former:
    """The documents and rows of a published version.

    Whether its files are as they were written is found out meanwhile: whoever used anything of it
    asks for `hashes` in the end.
    """

    def __init__(self, folder: Path, rows: pa.Table, said: Mapping[str, Any]) -> None:
        self.folder, self._rows, self._said = folder, rows, said
        self._tables: dict[str, FormerTable] = {}
        # Held by who reads rows: a table's file is at one place at a time.
        self.reading = threading.Lock()
        self._block: tuple[int, list[Same]] | None = None
        # Done beside what the build does until it needs the first row.
        self._pool = ThreadPoolExecutor(os.cpu_count())
        parts = said["parts"]
        self._hashing = {
            table: self._pool.submit(_hashes, folder, table, parts.get(table, ()))
            for table in tables.TABLES
        }

    @cached_property
    def hashes(self) -> Mapping[str, Mapping[int, Hash]]:
        """Of each table the hashes of its file up to the end of each part, and of all of it.

        Raises Damaged where they are not those of the description.
        """
        try:
            found = {table: one.result() for table, one in self._hashing.items()}
        except OSError as error:
            raise Damaged from error
        if not package.is_sound(
            self.folder, {table: some[WHOLE].hexdigest() for table, some in found.items()}
        ):
            raise Damaged
        return found

    @cached_property
    def by_reading(self) -> Keys:
        """Place of each document by the key of what it was read from."""
        return Keys(self._rows["read"])

    @cached_property
    def by_content(self) -> Keys:
        """Place of each document by the key of its content."""
        return Keys(self._rows["content"])

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
        return self._read_documents(list(Same._fields[1:]))

    def corrected(self, place: int) -> bytes | None:
        """The key of what people corrected in a document."""
        found: bytes | None = (
            self._corrected[place].as_py() if self._corrected is not None else None
        )
        return found

    @cached_property
    def _corrected(self) -> pa.ChunkedArray | None:
        """The column of these keys, where there are any."""
        found = self._rows["corrected"]
        return None if found.null_count == len(found) else found

    def is_uncorrected(self, places: range) -> bool:
        """Whether people corrected nothing in these documents."""
        if self._corrected is None:
            return True
        return bool(self._corrected.slice(places.start, len(places)).null_count == len(places))

    def behind(self, key: bytes) -> tuple[Stretch, Run] | None:
        """The stretch of lines that began behind what `key` stands for, and its documents.

        None also where they do not stand together any more, all of them and nothing else.
        """
        said = self._said["stretches"].get(key.hex())
        if said is None:
            return None
        stretch = _from_json(said)
        start = self.by_reading.get(stretch.first)
        if start is None:
            return None
        read = self._rows["read"].slice(start, stretch.lines).to_pylist()
        if None in read or key_of(b"".join(read)) != stretch.all:
            return None
        places = range(start, start + stretch.lines)
        ids = self._rows["document_id"].slice(start, stretch.lines).to_pylist()
        record_ids = self._records["record_id"].slice(start, stretch.lines).to_pylist()
        uri = self._records["uri"][start].as_py()
        return stretch, Run(places, uri, ids, record_ids, read[-1])

    @cached_property
    def _records(self) -> pa.Table:
        return self._read_documents(["uri", "record_id"])

    def _read_documents(self, columns: list[str]) -> pa.Table:
        """Columns of `documents`, before it is known whether the file is sound."""
        try:
            with pq.ParquetFile(self.folder / "documents.parquet") as file:
                return file.read(columns=columns)
        except (OSError, pa.ArrowException) as error:
            raise Damaged from error

    def keys(self, place: int) -> tuple[bytes | None, bytes]:
        """What a document was read from, and what it holds."""
        return self._rows["read"][place].as_py(), self._rows["content"][place].as_py()

    def document(self, place: int) -> tables.Document:
        """The document itself, with its boxes where it has some."""
        with self.reading:
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
        """The rows of one table; raises Damaged where any file is not as it was written."""
        if table not in self._tables:
            counts = self._rows[table].to_numpy()
            ids = self._rows["document_id"]
            path = self.folder / f"{table}.parquet"
            parts = [Part(*one) for one in self._said["parts"][table]]
            described = self._said["described"][table]
            hashes = self.hashes[table]
            self._tables[table] = FormerTable(path, ids, counts, parts, described, hashes)
        return self._tables[table]

    def digest(self, table: str) -> str:
        """The SHA-256 of a table's file, as hexadecimal digits."""
        return str(self.hashes[table][WHOLE].hexdigest())

    def counts(self) -> dict[str, int]:
        """The number of rows in each table whose rows come from documents."""
        return {table: int(self._rows[table].to_numpy().sum()) for table in OF_DOCUMENTS}

    def is_all(self, documents: int, stretches: Mapping[bytes, Stretch]) -> bool:
        """Whether these are all documents, all rows are theirs, and the sources were cut so."""
        return (
            documents == self._rows.num_rows
            and not self.table("corrections").has_more
            and self._said["stretches"] == _said_of(stretches)
        )

    def close(self) -> None:
        """Close the files."""
        self._pool.shutdown(cancel_futures=True)
        for one in self._tables.values():
            one.close()


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
    return Former(folder, rows, said) if rows.schema.equals(SCHEMA) else "damaged"


def _hashes(folder: Path, table: str, parts: Sequence[Sequence[Any]]) -> dict[int, Hash]:
    return hashes_until(folder / f"{table}.parquet", [Part(*one).stop for one in parts])
