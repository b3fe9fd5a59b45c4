"""Markdown files: front matter (title, date or issue_date, publication or source, page) and text.

The document's text is the whole file, front matter included, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from etl.sources.common import Defaults, Item, Rejected, Source, iso_date, read_bytes
from etl.sources.decoding import decode
from etl.sources.running_head import RunningHead
from etl.sources.text import said_by, whole_file

_FRONT = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document; the front matter speaks before the defaults do."""
    data = read_bytes(source)
    text, encoding = decode(data)
    front = _front_matter(text)
    row = whole_file(source, data, "md", text, encoding)
    row.title = _said(front, "title")
    said = RunningHead(_said(front, "publication", "source"), _date(front), _page(front))
    yield said_by(row, said, defaults)


def _front_matter(text: str) -> dict[str, Any]:
    match = _FRONT.match(text)
    if not match:
        return {}
    try:
        found = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # Counted in the file, below the line with ---.
        line = mark.line + 2 if mark else None
        problem = getattr(error, "problem", None) or "cannot be parsed"
        raise Rejected(f"its front matter is no YAML: {problem}; mend it", line=line) from None
    except ValueError as error:
        raise Rejected(f"its front matter holds a wrong value: {error}; mend it") from None
    if found is not None and not isinstance(found, dict):
        raise Rejected("its front matter is no list of `name: value`; mend it", line=2)
    return found or {}


def _said(front: dict[str, Any], *names: str) -> str | None:
    values = (front.get(name) for name in names)
    # A list is no title; one that names itself over and over would not even fit into memory.
    values = (value for value in values if not isinstance(value, list | dict | set | tuple))
    return next((str(value).strip() for value in values if value not in (None, "")), None)


def _date(front: dict[str, Any]) -> str | None:
    try:
        return iso_date(_said(front, "issue_date", "date") or "")
    except ValueError as error:
        raise Rejected(f"its date {error}") from None


def _page(front: dict[str, Any]) -> int | None:
    said = _said(front, "page")
    if said is None:
        return None
    if not said.isdecimal():
        raise Rejected(f"its page {said!r} is no number; write page: 1")
    return int(said)
