"""The tables in other formats: CSV (folder or zip), XLSX, SQLite.

Lists become JSON. Everything streams batch by batch; a file appears under its name only when it
is whole. What a format cannot hold is said, never cut silently.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow.parquet as pq
import xlsxwriter

from etl import older, package, store, tables
from etl.progress import counted

ROWS_OF_BATCH = 2_000
EXCEL_ROWS, EXCEL_CHARACTERS = 1_048_576, 32_767
# A spreadsheet program takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SQL_TYPES: dict[Any, str] = {int: "INTEGER", bool: "INTEGER", float: "REAL"}

Row = tuple[Any, ...]


def main(out: Path, format: str, target: Path) -> int:
    """Write the tables published in `out` to `target`; exit status 0."""
    for note in export(out, format, target):
        print(note, file=sys.stderr)
    print(f"Tables of {out}, version {store.version(out)}, written to {target}.")
    return 0


def export(out: Path, format: str, target: Path) -> list[str]:
    """Write the tables to `target` as csv, xlsx or sqlite; sentences on what it could not hold.

    Raises StoreError where there are no tables or `target` cannot be written.
    """
    folder = store.resolve(out)
    if older.gaps(folder):
        raise older.OlderError(
            f"{out}: an older version made these tables; build them again, or bring them up with "
            "`python -m etl upgrade`"
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if format == "csv" and target.suffix != ".zip":
            return _csv_folder(folder, target)
        write = _csv_zip if format == "csv" else WRITERS[format]
        return _whole(target, lambda path: write(folder, path))
    except OSError as error:
        raise store.StoreError(f"{target}: cannot be written: {error.strerror or error}") from error


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The rows of `table` with lists as JSON, a batch in memory at a time."""
    with (
        pq.ParquetFile(folder / f"{table}.parquet") as file,
        counted(file.metadata.num_rows, f"writing {table}") as bar,
    ):
        for batch in file.iter_batches(ROWS_OF_BATCH):
            columns = [_plain(column.to_pylist()) for column in batch.columns]
            yield from zip(*columns, strict=True)
            bar.update(batch.num_rows)


def _plain(values: list[Any]) -> list[Any]:
    if not any(isinstance(value, list) for value in values):
        return values
    return [json.dumps(one, ensure_ascii=False) if one is not None else None for one in values]


def _whole(target: Path, write: Callable[[Path], list[str]]) -> list[str]:
    """Let `write` make a file beside `target` and give it its name when it is finished."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as folder:
        fresh = Path(folder) / target.name
        notes = write(fresh)
        fresh.replace(target)
    return notes


def _csv_folder(folder: Path, target: Path) -> list[str]:
    target.mkdir(exist_ok=True)
    for table in tables.TABLES:

        def write(path: Path, table: str = table) -> list[str]:
            # Excel takes a CSV file for UTF-8 only by its byte order mark.
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                _csv(folder, table, file)
            return []

        _whole(target / f"{table}.csv", write)
    return []


def _csv_zip(folder: Path, path: Path) -> list[str]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables.TABLES:
            # A fixed time, so that equal tables give equal files.
            entry = zipfile.ZipInfo(f"{table}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (
                archive.open(entry, "w", force_zip64=True) as raw,
                io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
            ):
                _csv(folder, table, file)
    return []


def _csv(folder: Path, table: str, file: IO[str]) -> None:
    writer = csv.writer(file)
    writer.writerow([one.name for one in tables.columns(table)])
    for row in rows(folder, table):
        writer.writerow([_guarded(value) for value in row])


def _guarded(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, with an apostrophe in front."""
    risky = isinstance(value, str) and value.startswith(_FORMULA)
    return f"'{value}" if risky else value


def _xlsx(folder: Path, path: Path) -> list[str]:
    notes: list[str] = []
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        for table in tables.TABLES:
            notes += _sheet(book.add_worksheet(table), folder, table)
    return notes


def _sheet(sheet: Any, folder: Path, table: str) -> list[str]:
    """Fill one sheet; sentences on the rows and characters that did not fit."""
    names = [one.name for one in tables.columns(table)]
    sheet.write_row(0, 0, names)
    sheet.freeze_panes(1, 0)
    long, left_out = 0, 0
    for number, row in enumerate(rows(folder, table), 1):
        if number >= EXCEL_ROWS:
            left_out += 1
            continue
        for index, value in enumerate(row):
            long += _cell(sheet, number, index, value)
    notes = []
    if long:
        notes.append(
            f"{table}: {long:,} cells hold more than {EXCEL_CHARACTERS:,} characters, the most "
            "that Excel takes; they are cut and end in […]. CSV and SQLite hold them whole."
        )
    if left_out:
        notes.append(
            f"{table}: {left_out:,} rows lie beyond the {EXCEL_ROWS:,} that a sheet takes and are "
            "left out. CSV and SQLite hold them all."
        )
    return notes


def _cell(sheet: Any, row: int, column: int, value: Any) -> bool:
    """Write one cell as what it is, never as a formula; whether it had to be cut."""
    if value is None:
        return False
    if not isinstance(value, str):
        sheet.write(row, column, value)
        return False
    # Excel counts UTF-16 units.
    units = value.encode("utf-16-le")
    cut = len(units) > 2 * EXCEL_CHARACTERS
    if cut:
        value = units[: 2 * (EXCEL_CHARACTERS - 3)].decode("utf-16-le", "ignore") + "[…]"
    sheet.write_string(row, column, value)
    return cut


def _sqlite(folder: Path, path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        for table in tables.TABLES:
            columns = tables.columns(table)
            database.execute(f'create table "{table}" ({", ".join(map(_declared, columns))})')
            places = ", ".join("?" * len(columns))
            database.executemany(f'insert into "{table}" values ({places})', rows(folder, table))
            _index(database, table)
        database.commit()
    return []


def _declared(one: tables.Column) -> str:
    kind = _SQL_TYPES.get(one.type, "TEXT")
    return f'"{one.name}" {kind}' if one.nullable else f'"{one.name}" {kind} NOT NULL'


def _index(database: sqlite3.Connection, table: str) -> None:
    """Indexes on what tables are joined by."""
    for one in tables.columns(table):
        if one.refers or one.name == package.primary_key(table):
            database.execute(f'create index "{table}_{one.name}" on "{table}" ("{one.name}")')


WRITERS: dict[str, Callable[[Path, Path], list[str]]] = {"xlsx": _xlsx, "sqlite": _sqlite}
