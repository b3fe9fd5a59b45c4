"""One record (id, date, title, source, text and whatever else) → a document.

The document's text is exactly the record's `text`; columns that no document has are kept as
JSON in `extra`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from etl import tables
from etl.sources.common import Defaults, Rejected, Run, Same, Source, document_id, iso_date

_KNOWN = ("id", "date", "title", "source", "text", "page")


class Records:
    """Makes documents of one source's records and refuses an id that it has seen."""

    def __init__(self, source: Source, defaults: Defaults, format: str) -> None:
        self.source, self.defaults, self.format = source, defaults, format
        self._lines: dict[int, int] = {}

    def document(self, record: Mapping[str, Any], line: int, encoding: str) -> tables.Document:
        """The document of `record`, which starts in `line`; raises Rejected with that line."""
        identifier = _word(record.get("id"))
        try:
            found = self._document(record, identifier, encoding)
        except Rejected as why:
            why.line, why.record_id = line, _encodable(identifier)
            raise
        self._claim(identifier, line)
        return found

    def pass_over(self, same: Same, line: int) -> None:
        """Claim the id of a record that was read before; raises Rejected where it is taken."""
        self._claim(None if same.record_id == same.sha256[:16] else same.record_id, line)

    def pass_over_run(self, run: Run, line: int, *, named: bool) -> bool:
        """Claim the ids of records that were read before, from `line` on, unless one is taken."""
        if named:
            ids = list(map(hash, run.record_ids))
            if not self._lines.keys().isdisjoint(ids):
                return False
            self._lines.update(zip(ids, count(line), strict=False))
        return True

    def _claim(self, identifier: str | None, line: int) -> None:
        if identifier is None:
            return
        first = self._lines.setdefault(hash(identifier), line)
        if first != line:
            raise Rejected(
                f"its id {identifier!r} is that of line {first} already; give it its own",
                line=line,
                record_id=identifier,
            )

    def _document(
        self, record: Mapping[str, Any], identifier: str | None, encoding: str
    ) -> tables.Document:
        text = _text(record)
        date = _word(record.get("date"))
        issue_date = _date(date) if date else self.defaults.issue_date
        digest = _digest(text)
        return tables.Document(
            document_id=document_id(self.source.uri, identifier, digest),
            uri=self.source.uri,
            # A record without an id is known by its text.
            record_id=identifier or digest[:16],
            sha256=digest,
            format=self.format,
            encoding=encoding,
            publication=_word(record.get("source")) or self.defaults.publication,
            issue_date=issue_date,
            page=_page(record.get("page"), self.defaults.page),
            title=_word(record.get("title")),
            extra=_extra(record, date, issue_date),
            n_chars=len(text),
            text=text,
        )


def _text(record: Mapping[str, Any]) -> str:
    text = record.get("text")
    if text is None:
        raise Rejected("has no `text`; a record needs one")
    if not isinstance(text, str):
        raise Rejected(f"its `text` is of type {type(text).__name__}; it must be a string")
    if not text.strip():
        raise Rejected("its `text` is empty; fill it in or leave the record out")
    return text


def _word(value: Any) -> str | None:
    """A short field as a string without white space around it, or None for an empty one."""
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).strip() or None


def _date(value: str) -> str | None:
    try:
        return iso_date(value)
    except ValueError as error:
        raise Rejected(f"its date {error}") from None


def _page(value: Any, default: int | None) -> int | None:
    word = _word(value) or ""
    return int(word) if word.isdecimal() and len(word) < 6 else default


def _extra(record: Mapping[str, Any], date: str | None, issue_date: str | None) -> str | None:
    """The other columns; a date that is not exact to the day is kept there as it stands."""
    others = {key: value for key, value in record.items() if key not in _KNOWN}
    if date and not issue_date:
        others["date"] = date
    found = json.dumps(others, ensure_ascii=False) if others else None
    for value in (found, *(_word(record.get(key)) for key in ("id", "title", "source"))):
        if value is not None:
            _digest(value)
    return found


def _digest(text: str) -> str:
    """SHA-256 of `text` as UTF-8; raises Rejected for half a surrogate pair, which is no text."""
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise Rejected(
            f"holds half a surrogate pair at character {error.start}; mend it where it was written"
        ) from None


def _encodable(word: str | None) -> str | None:
    return word.encode("utf-8", "replace").decode("utf-8") if word else word
