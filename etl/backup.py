"""All that must last, in one file: the tables, people's corrections, and the owner's collection.

    tables/<table>.parquet, datapackage.json, .documents    one version
    corrections.jsonl                                       every whole line
    sources/…                                               the collection's files
    backup.json                                             what is in it, with sizes and SHA-256

It is a plain tar file: what takes room in it is compressed already. A version's files never
change and are all opened before the first is read, so a build may publish meanwhile; corrections
and sources are read after them and only ever grow, so nothing in the tables is missing from those.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from etl import former, package, store
from etl.progress import QUIET_SECONDS

FORMAT = 1
MANIFEST, TABLES, CORRECTIONS, SOURCES = "backup.json", "tables", "corrections.jsonl", "sources"


class BackupError(store.StoreError):
    """A backup could not be written or read; the message says where, why and what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its path there, its size in bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the format, when it was made (UTC), the tables' version, its files."""

    format: int
    made: str
    version: str
    files: list[Member]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)

    def in_folder(self, folder: str) -> list[Member]:
        """The files below a folder of the backup."""
        return [one for one in self.files if one.path.startswith(f"{folder}/")]


def backup(
    out: Path,
    target: Path,
    corrections: Path | None = None,
    sources: Path | None = None,
    replace: bool = False,
) -> Manifest:
    """Write the tables published in `out`, corrections and a collection to the file `target`.

    The file is there whole, or as it was before. Raises StoreError
    where there are no tables, `target` is there and `replace` is not given, or it cannot be
    written.
    """
    if target.exists() and not replace:
        raise BackupError(f"{target}: is there already; choose another name, or give --replace")
    try:
        with _fresh(target, replace) as file:
            found = _written(out, file, corrections, sources)
    except OSError as error:
        raise BackupError(f"{target}: cannot be written: {error.strerror or error}") from error
    return found


@contextlib.contextmanager
def _fresh(target: Path, replace: bool) -> Iterator[IO[bytes]]:
    """A file that takes the name `target` when it is whole; a dead one's rest is written over."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    with fresh.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(f"{target}: another backup is being written; wait for it") from None
        try:
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(file.fileno())
            if replace:
                fresh.replace(target)
            else:
                os.link(fresh, target)
        finally:
            fresh.unlink(missing_ok=True)
    store.sync(target.parent)


def _written(
    out: Path, file: IO[bytes], corrections: Path | None, sources: Path | None
) -> Manifest:
    with contextlib.ExitStack() as opened:
        folder = store.resolve(out)
        named = [(f"{TABLES}/{name}", folder / name) for name in _of_version(folder)]
        files = [(path, opened.enter_context(source.open("rb"))) for path, source in named]
        version = package.version(folder / package.FILE)
        members = []
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path, source in chain(files, _beside(corrections, sources)):
                members.append(_add(archive, path, source))
            found = Manifest(
                FORMAT, datetime.now(UTC).isoformat(timespec="seconds"), version, members
            )
            said = json.dumps(asdict(found), indent=1).encode()
            _add(archive, MANIFEST, io.BytesIO(said))
    return found


def _of_version(folder: Path) -> list[str]:
    return [name for name in (*store.names(), former.FILE) if (folder / name).is_file()]


def _beside(corrections: Path | None, sources: Path | None) -> Iterator[tuple[str, IO[bytes]]]:
    """Corrections up to the last whole line, and the collection's files in the order of names."""
    if corrections and corrections.is_file():
        whole, end, _ = corrections.read_bytes().rpartition(b"\n")
        yield CORRECTIONS, io.BytesIO(whole + end)
    for path in sorted(sources.rglob("*")) if sources else ():
        inside = path.relative_to(sources or path)
        hidden = any(part.startswith(".") for part in inside.parts)
        if not hidden and path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                yield f"{SOURCES}/{inside.as_posix()}", file


def _add(archive: tarfile.TarFile, path: str, file: IO[bytes]) -> Member:
    """Copy a file into an archive, and say what was copied."""
    header = tarfile.TarInfo(path)
    header.size, header.mode = file.seek(0, io.SEEK_END), 0o644
    file.seek(0)
    read = Hashed(file)
    # Raises OSError where the file is shorter by now than it was.
    archive.addfile(header, read)
    return Member(path, header.size, read.sha256)


class Hashed:
    """A file that is read once, hashed and shown on a bar meanwhile."""

    def __init__(self, file: IO[bytes], bar: tqdm[Any] | None = None) -> None:
        self._file, self._bar, self._hash = file, bar, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        some = self._file.read(size)
        self._hash.update(some)
        if self._bar is not None:
            self._bar.update(len(some))
        return some

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was read so far."""
        return self._hash.hexdigest()


def bar(total: int, what: str) -> tqdm[Any]:
    """A bar over bytes, shown where it takes long."""
    return tqdm(total=total, unit="B", unit_scale=True, delay=QUIET_SECONDS, desc=what)
