"""Tables that an older version wrote: what they lack, what stands for it, and how to bring them up.

A table or column that came later is filled where something can stand for it without saying what
nobody read; of anything else the owner is told to build again from the sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from etl import package, store, tables

# Tables that came later; one that is missing is empty.
LATER = ("corrections", "boxes")
# Columns that came later, and what stands for them: nobody could review, say of how many took
# part, or tell a target from a result, which were all shown as results.
FILLED: dict[tuple[str, str], Any] = {
    **{
        (table, "reviewed"): False
        for table in ("dates", "places", "people", "figures", "activities")
    },
    ("activities", "participants"): None,
    ("figures", "status"): "result",
}
_ROWS = 50_000


class OlderError(store.StoreError):
    """The tables are of an older version, and something in them has nothing to stand for it."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What tables lack: whole tables, and columns by their table."""

    tables: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.tables or self.columns)

    def filled(self, table: str) -> dict[str, Any]:
        """The columns that a table lacks, with the one value that stands in each."""
        return {name: FILLED[table, name] for name in self.columns.get(table, ())}


def gaps(folder: Path) -> Gaps:
    """What the tables in `folder` lack. Raises OlderError where nothing can stand for it.

    Columns that we don't know are passed over: a newer version may have written them.
    """
    absent = tuple(one for one in tables.TABLES if not (folder / f"{one}.parquet").is_file())
    lost = [one for one in absent if one not in LATER]
    if lost:
        raise store.StoreError(f"{folder}: {lost[0]}.parquet is missing; build the tables again")
    columns = {one: _lacking(folder, one) for one in tables.TABLES if one not in absent}
    return Gaps(absent, {table: some for table, some in columns.items() if some})


def _lacking(folder: Path, table: str) -> tuple[str, ...]:
    path = folder / f"{table}.parquet"
    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise store.StoreError(f"{path}: is damaged; build the tables again") from error
    wanted = tables.schema(table)
    missing = tuple(one for one in wanted.names if one not in found.names)
    unknown = [one for one in missing if (table, one) not in FILLED]
    other = [one for one in wanted.names if one not in missing and not _alike(found, wanted, one)]
    for name, what in ((unknown, "has no column"), (other, "has another kind of column")):
        if name:
            raise OlderError(
                f"{path}: {what} {name[0]}, for an older version made it; build the tables again "
                "from their sources with `python -m etl build`"
            )
    return missing


def _alike(found: pa.Schema, wanted: pa.Schema, name: str) -> bool:
    """Whether a column has today's type; how wide a number is does not matter."""
    kinds = [one.field(name).type for one in (found, wanted)]
    return bool(kinds[0] == kinds[1] or all(map(pa.types.is_integer, kinds)))


def upgrade(out: Path) -> tuple[Gaps, str]:
    """Publish the tables in `out` as today's version has them; what they lacked, their version.

    Nothing is read anew: they stay what that version found. Raises OlderError where only a build
    can help, StoreError where `out` cannot be written or a build is writing.
    """
    folder = store.resolve(out)
    found = gaps(folder)
    if not found:
        return found, store.version(out)
    if not package.is_sound(folder):
        raise store.StoreError(f"{folder}: its files are not as they were written; build again")
    return found, store.install(out, lambda fresh: _write(folder, fresh, found))


def _write(folder: Path, fresh: Path, found: Gaps) -> None:
    for table in tables.TABLES:
        schema = tables.schema(table)
        source = None if table in found.tables else pq.ParquetFile(folder / f"{table}.parquet")
        said = (source.schema_arrow.metadata or {}) if source else {}
        with pq.ParquetWriter(
            fresh / f"{table}.parquet", schema.with_metadata(said), compression="zstd"
        ) as writer:
            for batch in source.iter_batches(_ROWS) if source else ():
                writer.write_table(_filled(pa.table(batch), schema, found.filled(table)))
    package.write(fresh, store.version_of(fresh))


def _filled(rows: pa.Table, schema: pa.Schema, values: dict[str, Any]) -> pa.Table:
    """Rows with today's columns in today's order."""
    columns = [
        pa.array([values[one.name]] * rows.num_rows, one.type)
        if one.name in values
        else rows[one.name].cast(one.type)
        for one in schema
    ]
    return pa.table(columns, schema=schema)
