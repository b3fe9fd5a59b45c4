"""What people corrected, replayed by every build: a corrections file → changed rows.

A corrections file is JSON Lines, one correction a line, in the order in which they were made:

    {"id": "c1", "table": "figures", "uri": "page.txt", "start": 120, "end": 123, "raw": "46件",
     "action": "change", "change": {"adcode": "140100"}, "expect": {"adcode": "140000"},
     "reason": "the sentence before names the city", "who": "wang", "when": "2026-11-26"}

`action` is `change` (columns of a row), `reject` (take the row out) or `add` (a row that was
missed, with the columns in `change`). A row is known by its document (`uri`, and `record_id` in a
record file), its table and its span; `raw` holds the document's words there, so that a correction
never falls on another text. `expect` is what the machine said when it was corrected.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl import divisions, tables

Rows = dict[str, list[Any]]
Key = tuple[str, str | None]

# Table → the column that tells its rows apart, None where a row has no id of its own.
CORRECTABLE = {
    "figures": "figure_id",
    "activities": "activity_id",
    "dates": None,
    "places": None,
    "people": None,
}
ACTIONS = ("change", "reject", "add")
# Outcomes that ask a person to look again.
DOUBTFUL = ("surprised", "not_needed", "no_match", "no_document")
_FIXED = frozenset({"article_id", "sentence_id", "figure_id", "activity_id", "start", "end", "raw"})
_NAMES = ("province", "city", "county")


class CorrectionsError(Exception):
    """The corrections file cannot be used; the message says which line and why."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; see the module for what its fields mean."""

    id: str
    table: str
    uri: str
    start: int
    end: int
    raw: str
    action: str
    reason: str
    who: str
    when: str
    record_id: str | None = None
    change: dict[str, Any] = field(default_factory=dict)
    expect: dict[str, Any] = field(default_factory=dict)

    @property
    def document(self) -> Key:
        """What the document is known by."""
        return self.uri, self.record_id


def load(path: Path) -> dict[Key, list[Correction]]:
    """The corrections of a file by document, in the file's order.

    Raises CorrectionsError for a file that cannot be read and for the first wrong line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"{path}: cannot be read: {error}") from None
    found: dict[Key, list[Correction]] = defaultdict(list)
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = parse(line)
            if one.id in seen:
                raise ValueError(f"its id {one.id!r} is that of line {seen[one.id]} already")
        except ValueError as error:
            raise CorrectionsError(f"{path}, line {number}: {error}; mend it") from None
        seen[one.id] = number
        found[one.document].append(one)
    return dict(found)


def parse(line: str) -> Correction:
    """One line as a correction; raises ValueError that says what is wrong with it."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("is no JSON object")
    known = {one.name: one for one in dataclasses.fields(Correction)}
    if unknown := sorted(content.keys() - known):
        raise ValueError(f"has unknown fields: {', '.join(unknown)}")
    missing_value = dataclasses.MISSING
    needed = [
        name
        for name, one in known.items()
        if one.default is missing_value and one.default_factory is missing_value
    ]
    if missing := [name for name in needed if name not in content]:
        raise ValueError(f"lacks {', '.join(missing)}")
    one = Correction(**content)
    _check(one)
    return one


def _check(one: Correction) -> None:
    if one.table not in CORRECTABLE:
        raise ValueError(f"table is {one.table!r}; one of {', '.join(CORRECTABLE)}")
    if one.action not in ACTIONS:
        raise ValueError(f"action is {one.action!r}; one of {', '.join(ACTIONS)}")
    if one.action == "change" and not one.change:
        raise ValueError("changes nothing; name the columns in `change`")
    columns = {column.name: column for column in tables.columns(one.table)}
    for name, value in one.change.items():
        if name in _FIXED or name not in columns:
            raise ValueError(f"column {name!r} of {one.table} cannot be changed")
        allowed = columns[name].values
        if allowed and value is not None and value not in allowed:
            raise ValueError(f"{name} is {value!r}; one of {', '.join(allowed)}")


def apply(document: tables.Document, rows: Rows, corrections: Iterable[Correction]) -> None:
    """Correct the rows of one document in place, and note in `rows` what came of each."""
    for one in corrections:
        if document.text[one.start : one.end] != one.raw:
            outcome = "no_match"
        elif one.action == "add":
            outcome = _add(document, rows, one)
        else:
            outcome = _correct(rows, one, document)
        rows["corrections"].append(noted(one, outcome))


def noted(one: Correction, outcome: str) -> tables.Correction:
    """The row that says what came of a correction."""
    return tables.Correction(
        correction_id=one.id,
        uri=one.uri,
        record_id=one.record_id,
        table=one.table,
        action=one.action,
        start=one.start,
        end=one.end,
        raw=one.raw,
        change=json.dumps(one.change, ensure_ascii=False, sort_keys=True) if one.change else None,
        reason=one.reason,
        who=one.who,
        when=one.when,
        outcome=outcome,
    )


def _correct(rows: Rows, one: Correction, document: tables.Document) -> str:
    """Change or reject the row that the correction is about."""
    row = _row_at(rows[one.table], one)
    if row is None:
        return "not_needed" if one.action == "reject" else "no_match"
    surprised = any(getattr(row, name) != value for name, value in one.expect.items())
    if one.action == "reject":
        rows[one.table].remove(row)
        _forget(rows, one.table, row)
        return "surprised" if surprised else "applied"
    if all(getattr(row, name) == value for name, value in one.change.items()):
        return "not_needed"
    _change(row, one, document)
    return "surprised" if surprised else "applied"


def _row_at(rows: list[Any], one: Correction) -> Any | None:
    return next((row for row in rows if (row.start, row.end) == (one.start, one.end)), None)


def _change(row: Any, one: Correction, document: tables.Document) -> None:
    """Write the changed columns, the names of a changed division, and who is answerable now."""
    for name, value in one.change.items():
        setattr(row, name, value)
    if "adcode" in one.change and hasattr(row, "province"):
        year = int(document.issue_date[:4]) if document.issue_date else None
        adcode = one.change["adcode"]
        path = divisions.load().path(adcode, year) if adcode else (None, None, None)
        for name, said in zip(_NAMES, path, strict=True):
            if name not in one.change:
                setattr(row, name, said)
    if hasattr(row, "confidence"):
        row.confidence = 1.0


def _forget(rows: Rows, table: str, row: Any) -> None:
    """Clear what pointed to a row that was rejected."""
    if table == "activities":
        for figure in rows["figures"]:
            if figure.activity_id == row.activity_id:
                figure.activity_id = None
    if table == "figures":
        for figure in rows["figures"]:
            if figure.repeats == row.figure_id:
                figure.repeats = None


def _add(document: tables.Document, rows: Rows, one: Correction) -> str:
    """Add the row that was missed, where the machine has none at this span by now."""
    if _row_at(rows[one.table], one) is not None:
        return "not_needed"
    sentence = next((s for s in rows["sentences"] if s.start <= one.start < s.end), None)
    if sentence is None:
        return "no_match"
    own: dict[str, Any] = {
        "article_id": sentence.article_id,
        "sentence_id": sentence.sentence_id,
        "start": one.start,
        "end": one.end,
        "raw": one.raw,
    }
    if key := CORRECTABLE[one.table]:
        own[key] = f"{sentence.article_id}-{one.id}"
    try:
        row = tables.TABLES[one.table](**own, **one.change)
    except TypeError:
        # A column without a default is missing, so the row says too little to be one.
        return "no_match"
    _change(row, one, document)
    rows[one.table].append(row)
    return "applied"
