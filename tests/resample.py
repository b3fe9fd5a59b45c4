"""A larger archive out of a smaller one: `python -m tests.resample TABLES OUT COPIES`.

Every table's rows COPIES times, with ids of their own, in files that are written as a build writes
them. What is counted grows with the copies; what is distinct (measures, words, places) does not.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from tqdm import tqdm

from etl import package, store, tables
from etl.table_file import TableFile


def resample(source: Path, out: Path, copies: int) -> Path:
    """Write the tables of `source` `copies` times as a version of `out`; the version's folder."""
    version = out / store.VERSIONS / f"{copies}x"
    version.mkdir(parents=True)
    for table in tqdm(tables.TABLES, unit=" tables"):
        file = TableFile(version, table, {})
        for copy in range(copies):
            parquet = pq.ParquetFile(source / f"{table}.parquet")
            for number in range(parquet.num_row_groups):
                file.append(_renamed(table, parquet.read_row_group(number), copy))
        file.close()
    package.write(version, version.name, package.digests(version))
    (out / store.CURRENT).symlink_to(version.relative_to(out))
    return version


def _renamed(table: str, rows: pa.Table, copy: int) -> pa.Table:
    schema = tables.schema(table)
    for place, name in enumerate(schema.names):
        if name.endswith("_id") and name not in ("record_id", "correction_id"):
            ids = pc.binary_join_element_wise(rows[name], str(copy), "-")
            rows = rows.set_column(place, schema.field(name), ids.cast(schema.field(name).type))
    return rows.cast(schema)


if __name__ == "__main__":
    resample(store.resolve(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]))
