"""Corrections → changed rows: replayed on one document's rows, with what came of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from etl import divisions, tables
from etl.corrections.conflicts import contradict
from etl.corrections.entries import CORRECTABLE, Correction
from etl.corrections.values import ADCODE, DATES, precision_of

Rows = dict[str, list[Any]]

# Outcomes that ask a person to look again.
DOUBTFUL = ("surprised", "conflict", "not_needed", "no_match", "no_document")
_NAMES = ("province", "city", "county")


def apply(document: tables.Document, rows: Rows, corrections: Iterable[Correction]) -> None:
    """Correct the rows of one document in place, and note in `rows` what came of each."""
    earlier: list[Correction] = []
    for one in corrections:
        same = [other for other in earlier if other.row == one.row]
        if document.text[one.start : one.end] != one.raw:
            outcome = "no_match"
        elif one.action == "add":
            outcome = _add(document, rows, one)
        else:
            outcome = _correct(rows, one, document, again=bool(same))
        if any(contradict(other, one) for other in same):
            outcome = "conflict"
        rows["corrections"].append(noted(one, outcome))
        earlier.append(one)


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


def _correct(rows: Rows, one: Correction, document: tables.Document, *, again: bool) -> str:
    """Change, reject or accept the row; `again` where a correction of it came before."""
    row = _row_at(rows[one.table], one)
    if row is None:
        return "not_needed" if one.action == "reject" else "no_match"
    surprised = not _is_expected(row, one)
    if one.action == "accept":
        return "surprised" if surprised else _accept(row)
    if one.action == "reject":
        rows[one.table].remove(row)
        _forget(rows, one.table, row)
        return "surprised" if surprised else "applied"
    if not _fits(rows, row, one):
        return "no_match"
    if all(getattr(row, name) == value for name, value in one.change.items()):
        # The machine says so itself by now, or somebody's correction did.
        _accept(row)
        return "applied" if again else "not_needed"
    _change(row, one, document)
    return "surprised" if surprised else "applied"


def _row_at(rows: list[Any], one: Correction) -> Any | None:
    """The row at the correction's span; of several the one that it expects."""
    found = [row for row in rows if (row.start, row.end) == (one.start, one.end)]
    return next((row for row in found if _is_expected(row, one)), found[0] if found else None)


def _is_expected(row: Any, one: Correction) -> bool:
    return all(getattr(row, name) == value for name, value in one.expect.items())


def _fits(rows: Rows, row: Any, one: Correction) -> bool:
    """Whether a figure that it repeats is there: another first statement in its article."""
    wanted = one.change.get("repeats")
    return wanted is None or any(
        other.figure_id == wanted
        and other is not row
        and other.article_id == row.article_id
        and other.repeats is None
        for other in rows["figures"]
    )


def _accept(row: Any) -> str:
    """A person answers for the row from now on."""
    row.reviewed = True
    if hasattr(row, "confidence"):
        row.confidence = 1.0
    return "applied"


def _change(row: Any, one: Correction, document: tables.Document) -> None:
    """Write the changed columns and what follows from them."""
    for name, value in one.change.items():
        setattr(row, name, value)
    year = int(document.issue_date[:4]) if document.issue_date else None
    follows = _following(one, year) if ADCODE in one.change else {}
    for (table, column), precision in DATES.items():
        if table == one.table and column in one.change and (one.change[column] or table != "dates"):
            date = one.change[column]
            follows[precision] = precision_of(date) if date else None
    for name, value in follows.items():
        if hasattr(row, name) and name not in one.change:
            setattr(row, name, value)
    _accept(row)


def _following(one: Correction, year: int | None) -> dict[str, Any]:
    """What a changed division changes with it: its names, in force in `year`, and its level."""
    adcode = one.change[ADCODE]
    found = divisions.load().get(adcode, year) if adcode else None
    names = divisions.load().path(adcode, year) if adcode else (None, None, None)
    follows: dict[str, Any] = dict(zip(_NAMES, names, strict=True))
    if one.table == "places":
        follows |= {"name": found.name if found else None, "level": found.level if found else None}
    if one.table == "places" and found:
        follows |= {"certain": True}
    return follows


def _forget(rows: Rows, table: str, row: Any) -> None:
    """Clear what pointed to a row that was rejected; its first repeat takes its place."""
    if table == "activities":
        for figure in rows["figures"]:
            if figure.activity_id == row.activity_id:
                figure.activity_id = None
    if table == "figures":
        order = {one.sentence_id: one.order for one in rows["sentences"]}
        repeats = [one for one in rows["figures"] if one.repeats == row.figure_id]
        repeats.sort(key=lambda one: (order[one.sentence_id], one.start))
        for figure in repeats:
            figure.repeats = None if figure is repeats[0] else repeats[0].figure_id


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
