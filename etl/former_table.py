"""One table of a published version, read by documents, or handed over as it stands."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl import tables
from etl.table_file import NOTHING, Hash, Part, TableFile

# Stands for the end of a file among the ends of its parts.
WHOLE = -1
_BLOCK = 1024 * 1024


class FormerTable:
    """One table of a published version, read by documents."""

    def __init__(
        self,
        path: Path,
        ids: pa.ChunkedArray,
        counts: Any,
        parts: list[Part],
        described: list[int],
        hashes: Mapping[int, Hash],
    ) -> None:
        self._path, self._ids, self._counts, self._parts = path, ids, counts, parts
        self._described, self._hashes = described, hashes
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
        body = self._file.read(part.stop - part.start)
        file.copy(part, body, groups, self._hashes.get(part.stop))

    def _append(self, file: TableFile, start: int, stop: int) -> None:
        ids = self._ids.slice(start, stop - start).to_pylist()
        file.append_documents(self.rows(start, stop), ids, self._counts[start:stop])

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

    @property
    def has_more(self) -> bool:
        """Whether there are rows that belong to no document."""
        return self._group_starts[-1] > int(self._offsets[-1])

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


def hashes_until(path: Path, ends: Sequence[int]) -> dict[int, Hash]:
    """The hashes of a file from its beginning to each of `ends`, in order, and to WHOLE."""
    found, total, at = {}, hashlib.sha256(), 0
    block = bytearray(_BLOCK)
    with path.open("rb", buffering=0) as file:
        for end in [*ends, path.stat().st_size]:
            while size := file.readinto(memoryview(block)[: max(0, end - at)]):
                total.update(memoryview(block)[:size])
                at += size
            found[end] = total.copy()
    return found | {WHOLE: total}
