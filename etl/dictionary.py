"""docs/data-dictionary.md from `etl.tables`: python -m etl.dictionary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from etl import package, tables

FILE = Path(__file__).parent.parent / "docs" / "data-dictionary.md"

_TYPE_NAMES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true/false",
    list[str]: "list of texts",
    list[list[int]]: "list of [start, end]",
}
_HEAD = """# Data dictionary

Written from `etl/tables.py` by `python -m etl.dictionary`; change it there.

`start` and `end` count code points of the document's text from 0, `end` exclusive, and
`documents.text[start:end] == raw` for every row that has them. Dates are ISO 8601 at the
precision that the text has. `adcode` is the 6-digit GB/T 2260 code in force at the issue date.
Null means what the column says it means and never 0. Figures of different `unit` or `kind` are
never added up.
"""


def dictionary() -> str:
    """The whole document."""
    contents = "\n".join(
        f"- [`{table}`](#{table}): {tables.describe(table)}" for table in tables.TABLES
    )
    return "\n\n".join([_HEAD.rstrip(), contents, *map(_section, tables.TABLES)]) + "\n"


def _section(table: str) -> str:
    key = package.primary_key(table)
    lines = [f"## {table}", "", _sentence(tables.describe(table))]
    if key:
        lines[-1] += f" Its key is `{key}`."
    lines += ["", "| column | type | what it holds | null means |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_line(one) for one in tables.columns(table))])


def _line(one: tables.Column) -> str:
    said = one.description
    if one.unit:
        said += f", in {one.unit}"
    if one.refers:
        said += f" (→ `{one.refers}`)"
    if one.values:
        said += ": " + ", ".join(f"`{value}`" for value in one.values)
    cells = (f"`{one.name}`", _TYPE_NAMES[one.type], said, one.null or "never null")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


if __name__ == "__main__":
    FILE.write_text(dictionary(), encoding="utf-8")
    sys.stdout.write(f"{FILE.name} written\n")
