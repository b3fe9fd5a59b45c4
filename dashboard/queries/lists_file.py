"""The rows of long lists in the order they are shown in, as Parquet files, for a large version.

In the tables' files the rows of a page may lie anywhere, and each part of a file that has one costs
as much as the thousands of rows in it; here they are neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from dashboard.beside import Beside
from dashboard.queries.keys import KEYS
from dashboard.queries.views import ROWS

FOLDER = Beside("lists", 1)
VIEWS = {"activities": "activity_list", "figures": "figure_list"}
# Rows that are read for one of them: fewer make a long description of the file.
_GROUP = 4096


def write(ask: Callable[[str], object], folder: Path) -> None:
    """Write the files into `folder`; `ask` runs a question over the tables and their keys."""
    for table, keys in KEYS.items():
        ask(
            f"""COPY (
                SELECT found.* EXCLUDE (file_row_number)
                FROM {keys} JOIN {ROWS[table]} AS found ON number = file_row_number
                ORDER BY {table}.position)
            TO {_quoted(folder / f"{table}.parquet")}
            (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"""
        )


def attach(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give the connection VIEWS of the files of `folder`; a row's number is its position."""
    for table, name in VIEWS.items():
        file = str(folder / f"{table}.parquet")
        connection.read_parquet(file, file_row_number=True).create_view(name)


def _quoted(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"
