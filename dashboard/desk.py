"""The corrections beside the tables that are shown: which are in them, which wait, what a row is
with them. No streamlit.
"""

from __future__ import annotations

import datetime
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from etl import corrections
from etl.corrections import Correction, Entry, Journal, Undo
from etl.corrections.entries import RowKey

# Table → the columns that a person corrects, in the order of the form; what follows from them
# (names of a division, precision of a date) is worked out by the build.
FIELDS = {
    "figures": (
        "value",
        "value_high",
        "unit",
        "counted",
        "adcode",
        "kind",
        "previous",
        "direction",
        "status",
        "approximate",
        "reportable",
    ),
    "activities": ("name", "type", "date", "adcode", "organiser", "status"),
    "dates": ("iso",),
    "places": ("adcode",),
    "people": ("name", "title", "organisation", "role"),
}
# States of a correction beside the outcomes of a build.
PENDING, UNDONE, LEAVING = "pending", "undone", "leaving"

Row = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """A corrections file, and what came of its entries in the tables that are shown."""

    path: Path
    journal: Journal
    outcomes: Mapping[str, str]

    @cached_property
    def waiting(self) -> list[Correction]:
        """Standing corrections that the tables do not have yet."""
        return [one for one in self.journal.standing if one.id not in self.outcomes]

    @property
    def leaving(self) -> list[Correction]:
        """Corrections that were undone, and are in the tables still."""
        standing = self._standing_ids
        every = [one for one in self.journal.entries if isinstance(one, Correction)]
        return [one for one in every if one.id in self.outcomes and one.id not in standing]

    def state(self, one: Correction) -> str:
        """pending, undone or leaving, else the outcome in the tables that are shown."""
        if one.id not in self._standing_ids:
            return LEAVING if one.id in self.outcomes else UNDONE
        return self.outcomes.get(one.id, PENDING)

    def of_document(self, uri: str, record_id: str | None) -> list[Correction]:
        """Every correction of a document that stands or is in the tables, in the file's order."""
        known = [*self.journal.standing, *self.leaving]
        return [one for one in known if one.document == (uri, record_id)]

    def with_waiting(self, key: RowKey, row: Row) -> Row | None:
        """The row as the next build will have it, or None where it was rejected."""
        found: Row | None = row
        for one in self._waiting_by_row.get(key, ()):
            found = None if one.action == "reject" or found is None else found | one.change
        return found

    @cached_property
    def _waiting_by_row(self) -> dict[RowKey, list[Correction]]:
        rows: dict[RowKey, list[Correction]] = defaultdict(list)
        for one in self.waiting:
            rows[one.row].append(one)
        return rows

    @cached_property
    def _standing_ids(self) -> set[str]:
        return {one.id for one in self.journal.standing}


def open_desk(path: Path, outcomes: Mapping[str, str]) -> Desk:
    """The desk of a file that need not be there yet; raises CorrectionsError."""
    return Desk(path, read(path), outcomes)


def read(path: Path) -> Journal:
    """What the file holds now, read again only where it changed; raises CorrectionsError."""
    if not path.exists():
        return Journal()
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=8)
def _read(path: Path, *_: int) -> Journal:
    return corrections.read(path)


def new_id() -> str:
    """An id that no other entry has: 2026-11-26-3f9a1b2c."""
    return f"{datetime.datetime.now(datetime.UTC).date()}-{secrets.token_hex(4)}"


def now() -> str:
    """This moment, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def save(path: Path, draft: Correction) -> Correction:
    """Write a correction down, with its id and this moment; raises CorrectionsError, ValueError."""
    made = replace(draft, id=new_id(), when=now())
    corrections.parse(corrections.line(made))
    corrections.append(path, [made])
    return made


def undo(path: Path, one: Entry, who: str, reason: str = "") -> None:
    """Take an entry back; raises CorrectionsError."""
    corrections.append(path, [Undo(new_id(), one.id, reason, who, now())])


def take_in(path: Path, data: bytes, name: str) -> int:
    """Add the entries of another corrections file that this one lacks; how many they are.

    Raises CorrectionsError where that file has a wrong line or half a line, or one of its ids is
    another entry here.
    """
    other = corrections.parsed(data, name)
    if other.half:
        raise corrections.CorrectionsError(f"{name}: its last line is not whole; mend it")
    fresh = corrections.new_in(other, read(path))
    if fresh:
        corrections.append(path, fresh)
    return len(fresh)
