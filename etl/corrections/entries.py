"""One line of a corrections file: a correction, or the undoing of one.

    {"id": "c1", "table": "figures", "uri": "page.txt", "start": 120, "end": 123, "raw": "46件",
     "action": "change", "change": {"adcode": "140100"}, "expect": {"adcode": "140000"},
     "reason": "the sentence before names the city", "who": "wang", "when": "2026-11-26"}
    {"id": "u1", "action": "undo", "undoes": "c1", "reason": "misread", "who": "wang",
     "when": "2026-11-27"}

`action` is `change` (columns of a row), `reject` (take the row out), `add` (a row that was
missed, with the columns in `change`), `accept` (the row is right as it is) or `undo`. A row is
known by its document (`uri`, and `record_id` in a record file), its table and its span; `raw`
holds the document's words there, so that a correction never falls on another text. `expect` is
what the machine said when it was corrected.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from etl import tables
from etl.corrections import values
from etl.corrections.values import WrongValueError

Key = tuple[str, str | None]
RowKey = tuple[str, str | None, str, int, int]

# Table → the column that tells its rows apart, None where a row has no id of its own.
CORRECTABLE = {
    "figures": "figure_id",
    "activities": "activity_id",
    "dates": None,
    "places": None,
    "people": None,
}
ARTICLES = "articles"
# What can be done about where an article begins and ends, how it is read and where it is, with the
# fields of `change` (see `etl.corrections.structure`); anything else is done about rows.
STRUCTURE: dict[str, tuple[str, ...]] = {
    "split": (),
    "join": ("to",),
    "order": ("after",),
    "place": ("adcode",),
}
ACTIONS = tuple(one for one in tables.ACTIONS_OF_CORRECTION if one not in STRUCTURE)
UNDO = "undo"
_FIXED = frozenset(
    {
        "article_id",
        "sentence_id",
        "figure_id",
        "activity_id",
        "start",
        "end",
        "raw",
        "confidence",
        "reviewed",
    }
)
_LONGEST = 2_000
_ID = re.compile(r"[\w.:-]{1,100}")
# No text is so long that an offset lies behind this.
_LARGEST_OFFSET = 2**40


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

    @property
    def row(self) -> RowKey:
        """What the row is known by."""
        return self.uri, self.record_id, self.table, self.start, self.end

    @property
    def is_structure(self) -> bool:
        """Whether it is about where articles begin and end, not about what was found in them."""
        return self.table == ARTICLES


@dataclass(frozen=True, slots=True)
class Undo:
    """The undoing of an earlier entry, an undoing too, whose id is `undoes`."""

    id: str
    undoes: str
    reason: str
    who: str
    when: str


Entry = Correction | Undo


def parse(line: str) -> Entry:
    """One line as an entry; raises ValueError that says what is wrong with it."""
    try:
        content = json.loads(line, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(content, dict):
        raise ValueError("is no JSON object")
    if content.get("action") == UNDO:
        return _undo({name: value for name, value in content.items() if name != "action"})
    _check_fields(content, Correction)
    one = Correction(**content)
    _check(one)
    return one


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _undo(content: dict[str, Any]) -> Undo:
    _check_fields(content, Undo)
    one = Undo(**content)
    _check_texts(one, ("id", "undoes", "reason", "who", "when"))
    return one


def _check_fields(content: dict[str, Any], kind: type) -> None:
    """Raise ValueError where a field is unknown or missing."""
    known = {one.name: one for one in dataclasses.fields(kind)}
    if unknown := sorted(content.keys() - known):
        raise ValueError(f"has unknown fields: {', '.join(unknown)}")
    none = dataclasses.MISSING
    needed = [
        name for name, one in known.items() if one.default is none and one.default_factory is none
    ]
    if missing := [name for name in needed if name not in content]:
        raise ValueError(f"lacks {', '.join(missing)}")


def line(entry: Entry) -> str:
    """An entry as one line of the file, its fields without a value left out."""
    content = {name: value for name, value in dataclasses.asdict(entry).items() if value}
    if isinstance(entry, Undo):
        content = {"id": entry.id, "action": UNDO, **content}
    else:
        # 0 and an empty reason say something.
        content |= {"start": entry.start}
    content |= {"reason": entry.reason, "who": entry.who}
    return json.dumps(content, ensure_ascii=False)


def _check(one: Correction) -> None:
    _check_texts(one, ("id", "table", "uri", "raw", "action", "reason", "who", "when"))
    if one.record_id is not None:
        _check_texts(one, ("record_id",))
    if one.table not in (*CORRECTABLE, ARTICLES):
        raise ValueError(f"table is {one.table!r}; one of {', '.join((*CORRECTABLE, ARTICLES))}")
    actions = tuple(STRUCTURE) if one.table == ARTICLES else ACTIONS
    if one.action not in actions:
        raise ValueError(f"action is {one.action!r}; one of {', '.join((*actions, UNDO))}")
    _check_span(one)
    if one.table == ARTICLES:
        _check_structure(one)
    else:
        _check_change(one)


def _check_texts(one: Entry, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(one, name)
        if not isinstance(value, str):
            raise ValueError(f"{name} is {value!r}; a text is needed")
        if len(value) > _LONGEST:
            raise ValueError(f"{name} has {len(value)} characters; at most {_LONGEST}")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{name} holds a character that cannot be written") from None
    if not _ID.fullmatch(one.id):
        raise ValueError(f"id is {one.id!r}; up to 100 letters, digits, - _ . : are needed")
    try:
        datetime.datetime.fromisoformat(one.when)
    except ValueError:
        raise ValueError(f"when is {one.when!r}; write 2026-11-26 or 2026-11-26T08:30") from None


def _check_span(one: Correction) -> None:
    for name in ("start", "end"):
        value = getattr(one, name)
        if not _is_offset(value):
            raise ValueError(f"{name} is {value!r}; a whole number from 0 is needed")
    if one.end - one.start != len(one.raw) or not one.raw:
        raise ValueError(f"raw has {len(one.raw)} characters, the span {one.end - one.start}")


def _is_offset(value: Any) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and 0 <= value <= _LARGEST_OFFSET


def _check_change(one: Correction) -> None:
    for name in ("change", "expect"):
        if not isinstance(getattr(one, name), dict):
            raise ValueError(f"{name} is no object of columns and values")
    if one.action == "change" and not one.change:
        raise ValueError("changes nothing; name the columns in `change`")
    if one.action in ("reject", "accept") and one.change:
        raise ValueError(f"changes columns; the action {one.action} takes none")
    columns = values.columns_of(one.table)
    for name in one.change:
        if name in _FIXED or name not in columns:
            raise WrongValueError("column", name, table=one.table)
    for name in one.expect:
        if name not in columns:
            raise ValueError(f"expects a column {name!r}, which {one.table} has not")
    values.check(one.table, one.change)


def _check_structure(one: Correction) -> None:
    """Raise ValueError where `change` says not where to, or anything else."""
    expected = {"adcode"} if one.action == "place" else set()
    wrong_kind = not isinstance(one.change, dict) or not isinstance(one.expect, dict)
    if wrong_kind or set(one.expect) - expected:
        raise ValueError(
            "a correction of articles takes `change` as an object; only place expects, its adcode"
        )
    needed = STRUCTURE[one.action]
    known = (*needed, *(("role",) if one.action == "split" else ()))
    if wrong := [*(one.change.keys() - set(known)), *(set(needed) - one.change.keys())]:
        raise ValueError(f"{one.action} takes {', '.join(known)} in `change`; look at {wrong[0]!r}")
    if one.change.get("role", "headline") != "headline":
        raise ValueError(f"role is {one.change['role']!r}; only headline can be said")
    for name in needed:
        value = one.change[name]
        if value is None and name in ("after", "adcode"):
            continue
        if name == "adcode":
            values.check_adcode(value)
        elif not _is_offset(value):
            raise ValueError(f"{name} is {value!r}; an offset in the document is needed")
