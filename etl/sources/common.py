"""What every source format shares: a source, its defaults, its rejection, its identity."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from etl import tables

# A page or one record is held in memory whole, so its size is bounded.
TEXT_LIMIT = 20 * 1024 * 1024
OLDEST_YEAR, NEWEST_YEAR = 1800, 2100

_DATE = re.compile(
    r"(\d{4})([-/.年])(\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:[T ].*)?|(\d{4})年?|\d{8}"
)


class Rejected(Exception):  # noqa: N818 - it is an outcome, not a fault of the program
    """A source or record that cannot be taken; says why and what to do."""

    def __init__(
        self, reason: str, *, line: int | None = None, record_id: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason, self.line, self.record_id = reason, line, record_id


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a source itself does not say; `issue_date` is YYYY-MM-DD."""

    issue_date: str | None = None
    publication: str | None = None
    page: int | None = None


@dataclass(slots=True)
class PlacedDocument(tables.Document):
    """A document of a page that has a layout, and where its lines stand on it.

    The row in `documents` is that of any other document; `boxes` are rows of a table of their own.
    """

    boxes: list[tables.Box] = field(default_factory=list)

    @classmethod
    def of(cls, row: tables.Document, boxes: list[tables.Box]) -> PlacedDocument:
        """`row` with its boxes."""
        columns = {one.name: getattr(row, one.name) for one in tables.columns("documents")}
        return cls(**columns, boxes=boxes)


class Same(NamedTuple):
    """A document that a build before has read from the same bytes; `place` is its row there."""

    place: int
    document_id: str
    uri: str
    record_id: str | None
    sha256: str


class Stretch(NamedTuple):
    """Lines in a row, each of which is a document: `size` bytes with the hash `key`.

    `first` and `all` are the key of what its first document was read from, and the hash of those
    of all. `named`: whether the records have ids of their own, as all of them or none of them do.
    """

    key: bytes
    size: int
    lines: int
    first: bytes
    all: bytes
    named: bool


class Run(NamedTuple):
    """Documents in a row that a build before has read from the same bytes.

    `places` are their rows there, `last` is the key of what the last one was read from.
    """

    places: range
    uri: str
    document_ids: list[str]
    record_ids: list[str]
    last: bytes

    def part(self, start: int, stop: int) -> Run:
        """Some of its documents."""
        ids, record_ids = self.document_ids[start:stop], self.record_ids[start:stop]
        return self._replace(
            places=self.places[start:stop], document_ids=ids, record_ids=record_ids
        )


class Memory(Protocol):
    """What builds before have read; a key stands for the bytes, their name and the defaults."""

    def find(self, key: bytes) -> Same | None:
        """The document that was read from what `key` stands for."""

    def note(self, document_id: str, key: bytes) -> None:
        """Remember what a document was read from."""

    def behind(self, key: bytes) -> tuple[Stretch, Run] | None:
        """The stretch that began behind what `key` stands for, and its documents."""

    def note_stretch(self, behind: bytes, stretch: Stretch) -> None:
        """Remember a stretch and what it begins behind."""


@dataclass(slots=True)
class Source:
    """A file to read: `uri` is its name relative to the folder that was given.

    `done` is how many of its bytes were read so far, for the progress bar; by `memory` a reader
    passes over what was read before.
    """

    path: Path
    uri: str
    size: int = 0
    done: int = field(default=0, compare=False)
    memory: Memory | None = field(default=None, compare=False)

    def reject(self, why: Rejected) -> tables.Reject:
        """The row that says why this source, or one of its records, was not taken."""
        return tables.Reject(
            uri=self.uri, record_id=why.record_id, line=why.line, reason=why.reason
        )


Item = tables.Document | Same | Run | tables.Reject
Reader = Callable[[Source, Defaults], Iterator[Item]]


def document_id(uri: str, record_id: str | None, sha256: str) -> str:
    """16 hexadecimal digits, equal for equal name, record and content."""
    whole = "\0".join((uri, record_id or "", sha256))
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:16]


def key(*parts: bytes) -> bytes:
    """16 bytes, equal for equal parts."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.digest()


def said_key(source: Source, *more: object) -> bytes:
    """What else than its bytes decides on the documents of a source, as bytes."""
    return repr((source.uri, *more)).encode("utf-8", "surrogatepass")


def iso_date(value: str) -> str | None:
    """`value` as YYYY-MM-DD, or None for an empty one, a bare year or a year and month.

    Takes 2023-12-29, 2023/12/29, 2023.12.29, 20231229, 2023年12月29日, each with a time behind
    it or not. Raises ValueError for anything else and for days that no calendar has.
    """
    value = value.strip()
    if not value:
        return None
    match = _DATE.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no date; write YYYY-MM-DD")
    year, _, month, day, bare = match.groups()
    if not year and not bare:
        year, month, day = value[:4], value[4:6], value[6:]
    if not day:
        return None
    return _checked(value, int(year), int(month), int(day))


def _checked(value: str, year: int, month: int, day: int) -> str:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        raise ValueError(f"{value!r} is no day of the calendar; write YYYY-MM-DD") from None
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        raise ValueError(f"{value!r} lies outside {OLDEST_YEAR}-{NEWEST_YEAR}; write YYYY-MM-DD")
    return found.isoformat()


def read_bytes(source: Source) -> bytes:
    """The whole file of a page; raises Rejected where it is too large or cannot be read."""
    if source.size > TEXT_LIMIT:
        raise Rejected(
            f"is {source.size:,} bytes; a page has at most {TEXT_LIMIT:,}. "
            "Split it, or write its articles as records (.jsonl)"
        )
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise Rejected(f"cannot be read: {error.strerror or error}") from error
    source.done = source.size
    return data
