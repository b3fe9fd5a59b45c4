"""Record files with one record a row: .parquet."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from etl.sources.common import Defaults, Item, Rejected, Source
from etl.sources.records import Records

_ROWS = 1024


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document for each row; the file must have a column `text`. `line` counts rows from 1."""
    records = Records(source, defaults, "parquet")
    try:
        with pq.ParquetFile(source.path) as file:
            if "text" not in file.schema_arrow.names:
                columns = ", ".join(file.schema_arrow.names)
                raise Rejected(f"has no column `text`; its columns are {columns}")
            yield from _rows(file, records, source)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise Rejected(f"is no Parquet file that can be read: {error}") from None
    source.done = source.size


def _rows(file: pq.ParquetFile, records: Records, source: Source) -> Iterator[Item]:
    line = 0
    for batch in file.iter_batches(batch_size=_ROWS):
        for record in batch.to_pylist():
            line += 1
            said = {name: _plain(value) for name, value in record.items()}
            try:
                yield records.document(said, line, "utf-8")
            except Rejected as why:
                yield source.reject(why)
        source.done = min(source.size, source.size * line // max(file.metadata.num_rows, 1))


def _plain(value: object) -> object:
    """A value as JSON has it: days and moments as ISO text."""
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
