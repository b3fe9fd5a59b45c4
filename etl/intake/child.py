"""The process that reads: `python -m etl.intake.child FOLDER LIMITS`. It ends with its work.

Each line on standard output is a JSON object that tells how far it is: `begin` (a unit and its
name), `page` (documents of the unit so far), `saved` (so many of them are on disk), `end`,
`publish` (a step of putting the tables together), and `ready` when the tables are published. What
it finds is on disk after every piece, so that whoever ends it loses one piece at most.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from etl.intake import guard, parts
from etl.intake.content import contradiction
from etl.intake.dropped import FILES, Given, load
from etl.intake.limits import Limits
from etl.sources import Item

UNPACKED = "unpacked"
# So many characters are read before they are put on disk; a picture is so by itself.
CHARACTERS_OF_PART, RECORDS_OF_PART = 50_000, 1000
_PICTURES = ("picture", "pdf")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is read as one: a file, or a member of an archive."""

    key: str
    path: Path
    given: Given


def main(folder: Path, limits: Limits) -> None:
    """Read what is not read yet and publish all of it."""
    # Standard output is for what this module says; what a library prints goes to the log.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _warm_up()
    guard.close_in(folder, limits.memory, limits.total_bytes * 4)
    child = Child(folder, limits, out)
    for given in load(folder):
        child.file(Unit(f"{given.number:04}", folder / FILES / given.file, given))
    guard.allow_memory(limits.memory_of_pictures)
    child.say("ready", version=parts.publish(folder, lambda: child.say("publish")))


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: its end of our input closes."""
    while os.read(0, 1):
        continue
    os._exit(1)


def _warm_up() -> None:
    """Load what every text needs, so that the time of the first file is its own."""
    from etl.lean import start_lean

    start_lean()
    from etl import extraction
    from etl.tables import Document

    extraction.read(Document("0", "warm-up", issue_date="2024-05-20", text="太原市收到提案3件。"))


class Child:
    """Reads units one by one and says so."""

    def __init__(self, folder: Path, limits: Limits, out: IO[str]) -> None:
        self.folder, self.limits, self.out = folder, limits, out
        self.left = limits.documents - parts.documents(folder)

    def say(self, event: str, **more: object) -> None:
        """One line for whoever started us."""
        try:
            print(json.dumps({"event": event, **more}), file=self.out, flush=True)
        except BrokenPipeError:
            # Nobody listens: that is no fault of the file that is being read.
            os._exit(1)

    def file(self, unit: Unit) -> None:
        """Read a file, or the members of an archive, each for itself."""
        if parts.is_ended(self.folder, unit.key):
            return
        self.say("begin", unit=unit.key, name=unit.given.name)
        if unit.path.suffix != ".zip" or contradiction(unit.path, unit.given.name):
            self._unit(unit)
            return
        try:
            members = self._unpack(unit)
        except Exception as error:
            self._end(unit, _reason(error), 0)
            return
        for member in members:
            if not parts.is_ended(self.folder, member.key):
                self.say("begin", unit=member.key, name=member.given.name)
                self._unit(member)
        self._end(unit, None, 0)

    def _unpack(self, unit: Unit) -> list[Unit]:
        """The members of an archive on disk; what cannot be unpacked is a reject of its own."""
        from etl.sources import Source, members

        where = self.folder / UNPACKED
        where.mkdir(exist_ok=True)
        source = Source(unit.path, unit.given.name, unit.given.size)
        found = []
        bounds = (self.limits.members, self.limits.total_bytes)
        for number, one in enumerate(members(source, where, unit.key, *bounds), 1):
            key = f"{unit.key}-{number:04}"
            if isinstance(one, Source):
                given = replace(unit.given, name=one.uri, size=one.size)
                found.append(Unit(key, one.path, given))
            elif not parts.is_ended(self.folder, key):
                self._end(Unit(key, unit.path, replace(unit.given, name=one.uri)), one.reason, 0)
        return found

    def _unit(self, unit: Unit) -> None:
        """Read one unit; whatever goes wrong with it is its own reject."""
        done = _Count()
        parts.begin(self.folder, unit.key)
        try:
            reason = contradiction(unit.path, unit.given.name)
            if reason is None:
                reason = self._read(unit, done)
        except Exception as error:
            # It was written by a stranger: no fault of it may cost the others anything.
            reason = _reason(error)
        self._end(unit, reason, done.documents)

    def _read(self, unit: Unit, done: _Count) -> str | None:
        """Put a unit's tables on disk piece by piece; the reason where it breaks off."""
        from etl import build, sources

        module = sources.module_of(unit.path.name)
        picture = module in _PICTURES
        guard.allow_memory(self.limits.memory_of_pictures if picture else self.limits.memory)
        source = sources.Source(unit.path, unit.given.name, unit.path.stat().st_size)
        for chunk in self._chunks(build.items([source], unit.given.said), unit, done, picture):
            parts.add(self.folder, unit.key, build.read_chunk(list(chunk)))
            self.say("saved", unit=unit.key, documents=done.documents)
        most = self.limits.documents
        return f"gives more than {most:,} pages or records; split it" if done.full else None

    def _chunks(
        self, items: Iterator[Item], unit: Unit, done: _Count, single: bool
    ) -> Iterator[list[Item]]:
        from etl.tables import Document

        chunk: list[Item] = []
        size = 0
        for item in items:
            if done.items >= self.left:
                done.full = True
                break
            done.items += 1
            if isinstance(item, Document):
                done.documents += 1
                size += item.n_chars
                self.say("page", unit=unit.key, documents=done.documents)
            chunk.append(item)
            if single or size >= CHARACTERS_OF_PART or len(chunk) >= RECORDS_OF_PART:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _end(self, unit: Unit, reason: str | None, documents: int) -> None:
        parts.end(self.folder, unit.key, unit.given.name, reason, documents)
        self.left -= documents
        self.say("end", unit=unit.key, peak=guard.peak())


@dataclass(slots=True)
class _Count:
    """Of one unit: what its source gave, the documents among it, and whether that was too much."""

    items: int = 0
    documents: int = 0
    full: bool = False


def _reason(error: Exception) -> str:
    """Why a unit broke off, for people; our own sentences as they are."""
    from etl.sources import Rejected

    if isinstance(error, Rejected):
        return error.reason
    if isinstance(error, MemoryError):
        return "needs more memory than is allowed; split it, or save it smaller"
    return f"cannot be read ({type(error).__name__}); save it again in another way"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Limits(**json.loads(sys.argv[2])))
