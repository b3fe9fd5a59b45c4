"""A backup back to where it came from: checked as a whole first, then put in place.

Nothing is written before every file of the backup was read and is what its list says. Then
sources are added, corrections put in place, and last the tables published, each of them whole;
where that is broken off, calling it again finishes it.
"""

from __future__ import annotations

import contextlib
import filecmp
import json
import os
import re
import shutil
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from etl import former, store
from etl.backup import (
    CORRECTIONS,
    FORMAT,
    MANIFEST,
    SOURCES,
    TABLES,
    BackupError,
    Hashed,
    Manifest,
    Member,
    bar,
)

# The list of a million files has about so many bytes.
LONGEST_MANIFEST = 256 * 1024 * 1024
_PIECE = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def restore(
    path: Path,
    out: Path,
    corrections: Path | None = None,
    sources: Path | None = None,
    replace: bool = False,
) -> Manifest:
    """Put a backup's tables into `out`, and its corrections and sources where they are named.

    What is there already is replaced only where `replace` says so; tables stay among the versions
    of `out`, corrections beside their file. Raises BackupError or StoreError, with nothing
    changed, where the backup is no whole one or something is in the way.
    """
    with _opened(path) as archive:
        found = manifest(archive, path)
        _verify(archive, found, path)
        aims = _aims(found, corrections, sources)
        _refuse(found, out, replace)
        for member, target in aims:
            _refuse_file(archive, member, target, replace)
        try:
            for member, target in aims:
                _put(archive, member, target)
        except OSError as error:
            raise BackupError(
                f"{error.filename}: {error.strerror}; nothing more was changed"
            ) from error
        store.install(out, lambda folder: _fill(archive, found, folder))
    return found


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, "r:") as archive:
            yield archive
    except (OSError, tarfile.TarError, EOFError, ValueError, OverflowError) as error:
        raise BackupError(f"{path}: is no backup that can be read: {error}") from error


def manifest(archive: tarfile.TarFile, path: Path) -> Manifest:
    """The list of a backup's files. Raises BackupError where it and the archive differ.

    A name that could lead out of a folder, a link, a device, or a file of another kind is refused.
    """
    members = archive.getmembers()
    listed = [one for one in members if one.name == MANIFEST and one.type == tarfile.REGTYPE]
    if len(listed) != 1 or listed[0].size > LONGEST_MANIFEST:
        raise BackupError(f"{path}: is no backup of ours: it has no {MANIFEST}")
    try:
        read = archive.extractfile(listed[0])
        found = _manifest(json.loads(read.read() if read else b""))
    except (ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{path}: its {MANIFEST} is damaged: {error}") from error
    if found.format > FORMAT:
        raise BackupError(f"{path}: was made by a newer version; restore it with that one")
    there = Counter((one.name, one.size) for one in members if one.name != MANIFEST)
    if there != Counter((one.path, one.size) for one in found.files) or len(members) != 1 + len(
        {one.path for one in found.files}
    ):
        raise BackupError(f"{path}: does not hold the files that its {MANIFEST} lists")
    for one in members:
        if one.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or (
            one.name != MANIFEST and not is_safe(one.name)
        ):
            raise BackupError(f"{path}: {one.name[:200]!r} has no place in a backup")
    return found


def _manifest(said: Any) -> Manifest:
    files = [
        Member(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in said["files"]
    ]
    wrong = [one.path for one in files if not _SHA256.fullmatch(one.sha256) or one.size < 0]
    if wrong:
        raise ValueError(f"{wrong[0][:200]!r} has no SHA-256 or no size")
    return Manifest(int(said["format"]), str(said["made"]), str(said["version"]), files)


def is_safe(path: str) -> bool:
    """Whether a path of a backup is one that `etl.backup` writes, and stays in its folder."""
    parts = path.split("/")
    if path == CORRECTIONS:
        return True
    if parts[0] == TABLES:
        return len(parts) == 2 and parts[1] in (*store.names(), former.FILE)
    plain = all(one and not one.startswith(".") for one in parts)
    odd = "\\" in path or any(ord(one) < 32 for one in path)
    return parts[0] == SOURCES and len(parts) > 1 and plain and not odd


def _verify(archive: tarfile.TarFile, found: Manifest, path: Path) -> None:
    """Read every file of a backup. Raises BackupError at the first that is not as it was."""
    with bar(found.size, "checking") as shown:
        for one in found.files:
            read = Hashed(_stream(archive, one), shown)
            while read.read(_PIECE):
                pass
            if read.sha256 != one.sha256:
                raise BackupError(f"{path}: {one.path} is damaged; nothing was changed")


def _stream(archive: tarfile.TarFile, one: Member) -> Any:
    return archive.extractfile(one.path)


def _refuse(found: Manifest, out: Path, replace: bool) -> None:
    if not found.in_folder(TABLES):
        raise BackupError("this backup holds no tables")
    if (out / store.CURRENT).is_symlink() and not replace:
        there = store.version(out)
        if there != found.version:
            raise BackupError(
                f"{out}: tables of version {there} are there; give --replace to show those of the "
                "backup instead (the former ones stay among the versions)"
            )


def _aims(
    found: Manifest, corrections: Path | None, sources: Path | None
) -> list[tuple[Member, Path]]:
    """Where each file beside the tables goes; those that nobody named a place for stay out."""
    aims = []
    for one in found.files:
        if one.path == CORRECTIONS and corrections:
            aims.append((one, corrections))
        elif one.path.startswith(f"{SOURCES}/") and sources:
            target = sources.joinpath(*PurePosixPath(one.path).parts[1:])
            if not target.parent.resolve().is_relative_to(sources.resolve()):
                raise BackupError(f"{target}: lies behind a link that leads out of {sources}")
            aims.append((one, target))
    return aims


def _refuse_file(archive: tarfile.TarFile, one: Member, target: Path, replace: bool) -> None:
    if target.is_dir():
        raise BackupError(f"{target}: is a folder, and the backup has a file of that name")
    if os.path.lexists(target) and not replace and not _is_as(target, one):
        raise BackupError(
            f"{target}: is there and differs; give --replace to put the backup's in its place"
        )


def _is_as(target: Path, one: Member) -> bool:
    if target.is_symlink() or not target.is_file() or target.stat().st_size != one.size:
        return False
    with target.open("rb") as file:
        read = Hashed(file)
        while read.read(_PIECE):
            pass
    return read.sha256 == one.sha256


def _put(archive: tarfile.TarFile, one: Member, target: Path) -> None:
    """Put a file in its place in one step; what it replaces stays beside it."""
    if _is_as(target, one):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    try:
        _copy(archive, one, fresh)
        if target.is_file() and not target.is_symlink():
            _keep(target)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    store.sync(target.parent)


def _keep(target: Path) -> None:
    """Give a file that makes way a second name, hidden as none of a collection's files is."""
    number = 1
    while True:
        kept = target.with_name(f".{target.name}.before-{number}")
        if kept.exists() and filecmp.cmp(kept, target, shallow=False):
            return
        with contextlib.suppress(FileExistsError):
            os.link(target, kept)
            return
        number += 1


def _fill(archive: tarfile.TarFile, found: Manifest, folder: Path) -> None:
    for one in found.in_folder(TABLES):
        _copy(archive, one, folder / one.path.removeprefix(f"{TABLES}/"))


def _copy(archive: tarfile.TarFile, one: Member, target: Path) -> None:
    with target.open("wb") as file:
        shutil.copyfileobj(_stream(archive, one), file, _PIECE)
        file.flush()
        os.fsync(file.fileno())
