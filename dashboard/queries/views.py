"""The Parquet files of a version as views of a DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from etl import older
from etl.tables import TABLES, schema

# Views of tables with the number of each row in its file.
ROWS = {"activities": "activity_rows", "figures": "figure_rows", "sentences": "sentence_rows"}


def make(connection: duckdb.DuckDBPyConnection, folder: Path) -> older.Gaps:
    """Make a view of each table, and those of ROWS; what the tables of an older version lack.

    The views have it: an empty table, or the value that stands for a column.
    """
    # What a file says of its parts is read once: it never changes.
    connection.execute("SET GLOBAL parquet_metadata_cache = true")
    gaps = older.gaps(folder)
    for table in TABLES:
        _view(connection, folder, gaps, table, table)
    for table, name in ROWS.items():
        _view(connection, folder, gaps, table, name, numbered=True)
    return gaps


def _view(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    gaps: older.Gaps,
    table: str,
    name: str,
    *,
    numbered: bool = False,
) -> None:
    if table in gaps.tables:
        connection.register("nothing", schema(table).empty_table())
        number = ", 0::BIGINT AS file_row_number" if numbered else ""
        connection.execute(f"CREATE TABLE {name} AS SELECT *{number} FROM nothing")
        connection.unregister("nothing")
        return
    file = str(folder / f"{table}.parquet")
    view = connection.read_parquet(file, file_row_number=numbered)
    for column, value in gaps.filled(table).items():
        # A text, a truth value or null, none of a reader's.
        said = "NULL" if value is None else f"'{value}'"
        kind = {pa.string(): "VARCHAR", pa.bool_(): "BOOLEAN"}.get(
            schema(table).field(column).type, "BIGINT"
        )
        view = view.project(f"*, {said}::{kind} AS {column}")
    view.create_view(name)
