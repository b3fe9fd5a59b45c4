"""datapackage.json: the tables described as a Frictionless Data Package.

Everything in it comes from `etl.tables` and from the files' own sizes and hashes; it carries no
time of writing, so equal tables have equal descriptions.
Specification: https://specs.frictionlessdata.io/data-package/
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import tables

FILE = "datapackage.json"
NAME = "banmian-tables"
TITLE = "Banmian: facts read from newspaper pages, each with its place in the text"

_TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    # Frictionless reads Parquet by way of pandas, which hands lists over as its own arrays; a
    # field of type "array" refuses those. What the list holds is said in "listOf".
    list[str]: "any",
    list[list[int]]: "any",
}
_ITEMS: dict[Any, str] = {list[str]: "string", list[list[int]]: "[start, end]"}
_KEYS = {
    "documents": "document_id",
    "articles": "article_id",
    "sentences": "sentence_id",
    "figures": "figure_id",
    "activities": "activity_id",
}


def digests(folder: Path, named: Sequence[str] = tuple(tables.TABLES)) -> dict[str, str]:
    """The SHA-256 of each table's file in `folder`, several at a time."""
    with ThreadPoolExecutor() as pool:
        found = pool.map(_digest, (folder / f"{table}.parquet" for table in named))
        return dict(zip(named, found, strict=True))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sound(folder: Path, hashes: Mapping[str, str] | None = None) -> bool:
    """Whether the files in `folder` are those that its description names; `hashes`: `digests`.

    An older version may have had fewer tables.
    """
    try:
        said = {one["name"]: one["hash"] for one in _read(folder / FILE)["resources"]}
        if not said or not said.keys() <= tables.TABLES.keys():
            return False
        found = hashes or digests(folder, [*said])
        return said == {name: f"sha256:{one}" for name, one in found.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write(folder: Path, version: str, hashes: Mapping[str, str] | None = None) -> None:
    """Write the description of the Parquet files in `folder`; `hashes` are their `digests`."""
    found = describe(folder, version, hashes or digests(folder))
    text = json.dumps(found, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def version(file: Path) -> str:
    """The version that a datapackage.json names."""
    return str(_read(file).get("version", ""))


def is_ours(file: Path) -> bool:
    """Whether `file` is a datapackage.json written by this module."""
    try:
        return _read(file).get("name") == NAME
    except (OSError, ValueError):
        return False


def primary_key(table: str) -> str | None:
    """The column that identifies a row of `table`, or None where no single one does."""
    return _KEYS.get(table)


def describe(folder: Path, version: str, hashes: Mapping[str, str]) -> dict[str, Any]:
    """The package descriptor of the tables in `folder`, whose files have these `digests`."""
    return {
        "profile": "data-package",
        "name": NAME,
        "title": TITLE,
        "version": version,
        "resources": [_resource(folder, table, hashes[table]) for table in tables.TABLES],
    }


def _resource(folder: Path, table: str, digest: str) -> dict[str, Any]:
    path = folder / f"{table}.parquet"
    return {
        "name": table,
        "type": "table",
        "path": path.name,
        "description": tables.describe(table),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        # Not as "bytes": frictionless does not count those of Parquet and so finds them wrong.
        "size": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table),
    }


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A table written as CSV: its name in the package, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


def describe_csv(files: Mapping[str, CsvFile], version: str) -> dict[str, Any]:
    """The package descriptor of tables written as CSV: table → its file."""
    resources = [
        {
            "name": table,
            "type": "table",
            "path": one.path,
            "description": tables.describe(table),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig",
            "bytes": one.size,
            "hash": f"sha256:{one.sha256}",
            "schema": _csv_schema(table),
        }
        for table, one in files.items()
    ]
    head = {"profile": "data-package", "name": NAME, "title": TITLE, "version": version}
    return {**head, "resources": resources}


def _csv_schema(table: str) -> dict[str, Any]:
    """The schema of a table in CSV, where an empty text and a missing one are the same cell."""
    schema = _schema(table) | {"missingValues": [""]}
    for field in schema["fields"]:
        if field["type"] == "string" and "constraints" in field:
            field["constraints"].pop("required", None)
    return schema


def _schema(table: str) -> dict[str, Any]:
    columns = tables.columns(table)
    # An empty string is a string; what is missing is null in the file.
    schema: dict[str, Any] = {"fields": [_field(one) for one in columns], "missingValues": []}
    if key := primary_key(table):
        schema["primaryKey"] = [key]
    if keys := [_foreign_key(table, one) for one in columns if one.refers]:
        schema["foreignKeys"] = keys
    return schema


def _field(one: tables.Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": one.name,
        "type": _TYPES[one.type],
        "description": one.description,
    }
    if one.unit:
        found["unit"] = one.unit
    if one.type in _ITEMS:
        found["listOf"] = _ITEMS[one.type]
    if one.null:
        found["nullMeans"] = one.null
    if one.nullable and one.type in (int, float):
        # By way of pandas a missing number comes as nan.
        found["missingValues"] = ["", "nan"]
    constraints: dict[str, Any] = {}
    if not one.nullable:
        constraints["required"] = True
    if one.values:
        constraints["enum"] = list(one.values)
    if constraints:
        found["constraints"] = constraints
    return found


def _foreign_key(table: str, one: tables.Column) -> dict[str, Any]:
    resource, column = (one.refers or "").split(".")
    # The specification names a table's reference to itself with an empty string.
    target = "" if resource == table else resource
    return {"fields": [one.name], "reference": {"resource": target, "fields": [column]}}


def _read(file: Path) -> dict[str, Any]:
    found = json.loads(file.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}
