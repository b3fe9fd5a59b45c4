"""The tables of `keys` in a DuckDB file beside the Parquet files, for a large version.

Made once (for a million articles in 15 s), it is opened at once, takes a tenth of the memory, for
what it holds is packed, and DuckDB reads of it what is asked for.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

from dashboard.beside import Beside
from dashboard.queries import keys, views

# Another DuckDB may write another format.
FOLDER = Beside("keys", f"5 {duckdb.__version__}")
_FILE = "keys.duckdb"
# Of what is read, and of what a question holds, in memory at the most: while it is made, and later.
_MAKING, _ASKING = "1GB", "512MB"


def write(tables: Path, folder: Path) -> None:
    """Write the file of the tables' keys into `folder`."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{_MAKING}'")
        connection.execute(f"SET temp_directory = {_quoted(folder / 'spilled')}")
        views.make(connection, tables)
        connection.execute(f"ATTACH {_quoted(folder / _FILE)} AS kept")
        connection.execute("SET search_path = 'kept.main,memory.main'")
        keys.make(connection)
        for table in keys.LATER:
            keys.make_later(connection, table)
        connection.execute("CHECKPOINT kept")


def attach(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give the connection the tables in the file of `folder`, by their names."""
    connection.execute(f"SET memory_limit = '{_ASKING}'")
    spilled = Path(tempfile.gettempdir(), f"banmian-spilled-{os.getpid()}")
    connection.execute(f"SET temp_directory = {_quoted(spilled)}")
    connection.execute(f"ATTACH {_quoted(folder / _FILE)} AS kept (READ_ONLY)")
    for table in keys.TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM kept.{table}")


def _quoted(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"
