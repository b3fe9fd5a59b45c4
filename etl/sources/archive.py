"""Archives (.zip) of files that can be read: each member is a source of its own."""

from __future__ import annotations

import io
import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from etl import tables
from etl.sources.common import Defaults, Item, Rejected, Source

# What one archive may hold: more is refused whole, so that no file can fill memory or disk.
MOST_FILES = 20_000
LARGEST_MEMBER = 512 * 1024 * 1024
LARGEST_WHOLE = 4 * 1024 * 1024 * 1024
# Text packs to a tenth; what packs to less than a thousandth was made to burst.
MOST_PACKED = 1000

# What unpacking a damaged, locked or made-up member raises.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
)

Readable = Callable[[str], bool]
ReadMember = Callable[[Source, Defaults], Iterator[Item]]


def unpacked_size(data: bytes) -> int:
    """What an archive says that it unpacks to, in bytes; raises BadZipFile for other files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(one.file_size for one in archive.infolist())


def read(
    source: Source, defaults: Defaults, wanted: Readable, read_member: ReadMember
) -> Iterator[Item]:
    """The documents of the members that are `wanted`, in the order of their names."""
    with tempfile.TemporaryDirectory() as name:
        found = unpack(source, wanted, Path(name), "member", MOST_FILES, LARGEST_WHOLE)
        for member in found:
            if isinstance(member, Source):
                yield from read_member(member, defaults)
                member.path.unlink()
            else:
                yield member


def unpack(
    source: Source, wanted: Readable, folder: Path, prefix: str, most_files: int, most_bytes: int
) -> Iterator[Source | tables.Reject]:
    """The members that are `wanted`, in the order of their names, each written when asked for.

    A member's name is that of the archive, a slash and its own; it is written to a file of our
    naming, so that no name in an archive can lead anywhere. One that cannot be unpacked is a row
    that says why. Raises Rejected for what is no archive, or holds more than it may.
    """
    try:
        archive = zipfile.ZipFile(source.path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Rejected(f"is no ZIP archive that can be read ({error}); pack it again") from None
    with archive:
        members = _members(archive, wanted, most_files, most_bytes)
        if not members:
            raise Rejected("holds no file that can be read")
        for number, member in enumerate(members):
            yield _unpacked(archive, member, folder / f"{prefix}-{number + 1:04}", source)
            source.done = source.size * (number + 1) // len(members)


def _members(
    archive: zipfile.ZipFile, wanted: Readable, most_files: int, most_bytes: int
) -> list[zipfile.ZipInfo]:
    """The members to read; raises Rejected for an archive that is too large or made to burst."""
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > most_files:
        raise Rejected(f"holds {len(members):,} files; at most {most_files:,} are read: split it")
    whole = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members)
    largest = max((one.file_size for one in members), default=0)
    if whole > most_bytes or largest > LARGEST_MEMBER or whole > MOST_PACKED * max(packed, 1024):
        raise Rejected(
            f"unpacks to {whole:,} bytes, more than is read; unpack it and give the folder"
        )
    chosen = [one for one in members if wanted(PurePosixPath(one.filename).name)]
    return sorted(chosen, key=lambda one: one.filename)


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, stem: Path, source: Source
) -> Source | tables.Reject:
    """One member as a file, or the row that says why it cannot be unpacked."""
    name = member.filename.encode("utf-8", "replace").decode("utf-8")
    # Only the ending is kept: it says how to read the file.
    path = stem.with_name(stem.name + "".join(PurePosixPath(name).suffixes[-2:]))
    inner = Source(path, f"{source.uri}/{name}", member.file_size)
    try:
        with archive.open(member) as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)
    except DAMAGED as error:
        return inner.reject(Rejected(f"cannot be unpacked: {error}"))
    return inner
