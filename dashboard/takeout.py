"""The tables as one zip of CSV files with a Frictionless data package and a README."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from dashboard.downloads import guarded
from dashboard.queries import Tables
from dashboard.selection import Selection
from etl import package, tables

_THEN = (1980, 1, 1, 0, 0, 0)


def zipped(found: Tables, selection: Selection, readme: str) -> bytes:
    """Every table of a selection as CSV (UTF-8 with BOM, lists as JSON), datapackage.json, README.

    What is missing is an empty cell. Equal tables give equal bytes.
    """
    buffer = io.BytesIO()
    files: dict[str, package.CsvFile] = {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables.TABLES:
            data = _csv(found, table, selection)
            digest = hashlib.sha256(data).hexdigest()
            files[table] = package.CsvFile(f"{table}.csv", len(data), digest)
            _add(archive, f"{table}.csv", data)
        described = package.describe_csv(files, found.version)
        _add(archive, package.FILE, json.dumps(described, ensure_ascii=False, indent=2).encode())
        _add(archive, "README.txt", readme.encode("utf-8-sig"))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _THEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _csv(found: Tables, table: str, selection: Selection) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([one.name for one in tables.columns(table)])
    writer.writerows(_plain(found.table_rows(table, selection)))
    return buffer.getvalue().encode("utf-8-sig")


def _plain(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            json.dumps(one, ensure_ascii=False) if isinstance(one, list) else guarded(one)
            for one in row
        ]
