"""The corrections file: entries are only ever appended, one line each, and none is lost.

An entry counts as saved once `append` returns: its line is on the disk then. Where a program or
the machine dies while a line is being written, its half stands at the file's end without a line
break. Readers leave it out and say so; the next `append` moves it to `FILE.broken`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl.corrections.entries import Correction, Entry, Key, Undo, line, parse

FILE = "BANMIAN_CORRECTIONS"
_MODE = 0o644


class CorrectionsError(Exception):
    """The corrections file cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Journal:
    """The entries of a file in their order; `half` is what stands behind the last line break.

    `half` is empty unless something died while it wrote.
    """

    entries: tuple[Entry, ...] = ()
    half: bytes = b""

    @cached_property
    def standing(self) -> list[Correction]:
        """The corrections that were not undone, in the file's order."""
        return [one for one in self._counting() if isinstance(one, Correction)][::-1]

    def undone_by(self, entry: Entry) -> Undo | None:
        """The undoing of an entry that counts, if there is one."""
        undos = [one for one in self._counting() if isinstance(one, Undo)]
        return next((one for one in undos if one.undoes == entry.id), None)

    def _counting(self) -> list[Entry]:
        """The entries that no counting entry behind them undoes, the last one first."""
        void: set[str] = set()
        counting: list[Entry] = []
        for one in reversed(self.entries):
            if one.id not in void:
                counting.append(one)
                if isinstance(one, Undo):
                    void.add(one.undoes)
        return counting


def usual() -> Path | None:
    """The file that BANMIAN_CORRECTIONS names, where it is there already; else None."""
    path = named()
    return path if path and path.is_file() else None


def named() -> Path | None:
    """The file that BANMIAN_CORRECTIONS names, which need not be there; else None."""
    said = os.environ.get(FILE, "").strip()
    return Path(said).expanduser() if said else None


def load(path: Path) -> dict[Key, list[Correction]]:
    """The standing corrections of a file by document; raises CorrectionsError."""
    return by_document(read(path))


def by_document(journal: Journal) -> dict[Key, list[Correction]]:
    """The standing corrections by document, in the file's order."""
    found: dict[Key, list[Correction]] = defaultdict(list)
    for one in journal.standing:
        found[one.document].append(one)
    return dict(found)


def read(path: Path) -> Journal:
    """What a file holds; raises CorrectionsError for one that cannot be read, or a wrong line."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            data = file.read()
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be read: {error.strerror or error}") from None
    return _parsed_on(path, data)


# What a file held when it was looked at last: path → its bytes, and what they say. Entries are
# only ever appended, so that the next look finds them again and reads what is new.
_seen: dict[Path, tuple[bytes, Journal]] = {}
_SEEN_FILES = 4


def _parsed_on(path: Path, data: bytes) -> Journal:
    """What a file says that holds `data` now; what was there at the last look is not read again."""
    known, journal = _seen.get(path, (b"", Journal()))
    if not data.startswith(known):
        known, journal = b"", Journal()
    found = parsed(data[len(known) :], str(path), journal, known.count(b"\n"))
    if data.endswith(b"\n"):
        while len(_seen) >= _SEEN_FILES and path not in _seen:
            _seen.pop(next(iter(_seen)), None)
        _seen[path] = data, found
    return found


def parsed(data: bytes, name: str, before: Journal | None = None, lines_before: int = 0) -> Journal:
    """The content of a file called `name`; raises CorrectionsError for the first wrong line.

    `before` is what so many lines before `data` say.
    """
    *lines, half = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if half.strip() and _is_whole(half):
        # Somebody's editor left the last line break out.
        lines, half = [*lines, half], b""
    entries: list[Entry] = list(before.entries) if before else []
    seen = dict.fromkeys((one.id for one in entries), 0)
    for number, one in enumerate(lines, lines_before + 1):
        if not one.strip():
            continue
        try:
            entry = parse(one.decode("utf-8"))
            _check_known(entry, seen)
        except ValueError as error:
            raise CorrectionsError(f"{name}, line {number}: {error}; mend it") from None
        seen[entry.id] = number
        entries.append(entry)
    return Journal(tuple(entries), half if half.strip() else b"")


def _is_whole(half: bytes) -> bool:
    """Whether a last line without a line break is a whole entry all the same."""
    try:
        parse(half.decode("utf-8"))
    except ValueError:
        return False
    return True


def _check_known(entry: Entry, seen: dict[str, int]) -> None:
    if entry.id in seen:
        where = f"line {seen[entry.id]}" if seen[entry.id] else "an earlier line"
        raise ValueError(f"its id {entry.id!r} is that of {where} already")
    if isinstance(entry, Undo) and entry.undoes not in seen:
        raise ValueError(f"undoes {entry.undoes!r}, which no line before it has")


def append(path: Path, entries: Sequence[Entry]) -> Journal:
    """Add entries at the end, all or none; what the file holds then.

    They are on the disk when this returns. Raises CorrectionsError where the file cannot be
    written, holds a wrong line, or has one of the ids already.
    """
    try:
        with _locked(path) as handle:
            former = _whole_lines(handle, path)
            added = "".join(f"{line(one)}\n" for one in entries).encode("utf-8")
            # The same checks as for any reader, before anything is written.
            journal = parsed(added, str(path), *_before(path, former))
            _write(handle, added)
    except OSError as error:
        raise CorrectionsError(f"{path}: cannot be written: {error.strerror or error}") from None
    return journal


def _before(path: Path, former: bytes) -> tuple[Journal, int]:
    """What the lines before say, just read, and how many they are."""
    return _parsed_on(path, former), former.count(b"\n")


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, made where it is missing, open and nobody else's while this lasts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, _MODE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            # Somebody may have put another file in its place while we waited.
            if _is_the_file(handle, path):
                if not os.fstat(handle).st_size:
                    # The name of a new file is to last too.
                    _sync(path.parent)
                yield handle
                return
        finally:
            os.close(handle)


def _is_the_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _whole_lines(handle: int, path: Path) -> bytes:
    """The file's whole lines; half a line at its end is moved to FILE.broken first."""
    data = _everything(handle)
    end = data.rfind(b"\n") + 1
    half = data[end:]
    if not half:
        return data
    if half.strip() and _is_whole(half.removeprefix(b"\xef\xbb\xbf")):
        os.write(handle, b"\n")
        return data + b"\n"
    _set_aside(half, path)
    os.ftruncate(handle, end)
    os.fsync(handle)
    return data[:end]


def _everything(handle: int) -> bytes:
    parts = []
    os.lseek(handle, 0, os.SEEK_SET)
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _set_aside(half: bytes, path: Path) -> None:
    aside = broken(path)
    with aside.open("ab") as file:
        file.write(half + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _sync(aside.parent)


def broken(path: Path) -> Path:
    """Where half lines of the file `path` are put."""
    return path.with_name(f"{path.name}.broken")


def _write(handle: int, data: bytes) -> None:
    """Write all of it and see it on the disk, or leave the file as it was."""
    before = os.fstat(handle).st_size
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, before)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_in(other: Journal, known: Journal) -> list[Entry]:
    """The entries of `other` that `known` lacks; raises CorrectionsError where an id differs."""
    own = {one.id: one for one in known.entries}
    if wrong := _changed(other.entries, own):
        raise CorrectionsError(f"the entry {wrong.id!r} is another one here; give it a new id")
    return [one for one in other.entries if one.id not in own]


def _changed(entries: Iterable[Entry], own: dict[str, Entry]) -> Entry | None:
    return next((one for one in entries if one.id in own and own[one.id] != one), None)
