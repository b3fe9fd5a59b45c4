"""Files → documents. One module for each format, one line for each ending in `READERS`."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from etl import tables
from etl.sources import archive, beside, memory
from etl.sources.common import Defaults, Item, Reader, Rejected, Run, Same, Source

__all__ = [
    "READERS",
    "Defaults",
    "Item",
    "Rejected",
    "Run",
    "Same",
    "Source",
    "find",
    "is_supported",
    "members",
    "module_of",
    "read",
    "supported",
]

# Ending → the module that reads it; the longest ending that fits decides. A module is loaded when
# a file of its kind comes: those for PDF, web pages and pictures take a second.
READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".jsonl": "jsonl",
    ".jsonl.gz": "jsonl",
    ".csv": "csv_table",
    ".csv.gz": "csv_table",
    ".parquet": "parquet",
    ".html": "web",
    ".htm": "web",
    ".docx": "word",
    ".pdf": "pdf",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
}
# An archive of these; an archive in an archive is not opened.
ARCHIVE = ".zip"
# The module that remembers each line by itself.
_BY_LINE = "jsonl"
# Files about a folder, not in it.
_NO_ARTICLES = {"readme.md", "license.md", "licence.md", "changelog.md"}
# What people corrected in the file or folder of that name lies beside it.
_CORRECTIONS = ".corrections.jsonl"


def supported() -> str:
    """The endings of the files that can be read, for people."""
    return ", ".join([*READERS, ARCHIVE])


def find(paths: Sequence[Path]) -> list[Source | tuple[Source, Rejected]]:
    """The files behind `paths` in order; a folder gives all its supported files, sorted.

    A path that leads to nothing and holds *, ? or [ is a pattern (`2023/**/*.txt`).
    Hidden files, readmes, corrections and files of other kinds in a folder are passed over. A
    path that leads to nothing comes with the reason why.
    """
    found: list[Source | tuple[Source, Rejected]] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            nothing = Rejected(f"holds no file that can be read; those are {supported()}")
            found += inside or [(Source(path, _name(path.name or str(path))), nothing)]
        elif not path.exists() and glob.has_magic(str(path)):
            found += _matching(path)
        else:
            found.append(_file(path))
    return found


def _matching(pattern: Path) -> list[Source | tuple[Source, Rejected]]:
    """The supported files that a pattern fits, sorted, named from where it begins to vary."""
    parts = pattern.parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    root = Path(*parts[:fixed])
    paths = [path for path in root.glob(str(Path(*parts[fixed:]))) if path.is_file()]
    files = sorted(path.relative_to(root).as_posix() for path in paths if _wanted(path.name))
    if not files:
        nothing = Rejected("no file that can be read fits this pattern; check it")
        return [(Source(pattern, _name(str(pattern))), nothing)]
    return [Source(root / name, _name(name), (root / name).stat().st_size) for name in files]


def _inside(folder: Path) -> list[Source]:
    paths = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(root, name) for name in files if _wanted(name)]
    relative = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    return [Source(path, _name(name), path.stat().st_size) for name, path in relative]


def _wanted(name: str) -> bool:
    about = name.lower() in _NO_ARTICLES or name.endswith(_CORRECTIONS)
    hidden = name.startswith(".") or about
    return not hidden and is_supported(name)


def _is_archive(name: str) -> bool:
    return name.lower().endswith(ARCHIVE)


def _file(path: Path) -> Source | tuple[Source, Rejected]:
    source = Source(path, _name(path.name))
    if not path.exists():
        return source, Rejected("there is no such file; check the path")
    if not is_supported(path.name):
        return source, Rejected(f"is of a kind that cannot be read; those are {supported()}")
    source.size = path.stat().st_size
    return source


def _name(name: str) -> str:
    """A file name as text; bytes in it that are no UTF-8 are shown as question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def is_supported(name: str) -> bool:
    """Whether a file of this name can be read."""
    return _is_archive(name) or module_of(name) is not None


def module_of(name: str) -> str | None:
    """The module that reads a file of this name; None for archives and unknown ones."""
    _, *endings = name.lower().rsplit(".", 2)
    if not endings:
        return None
    return READERS.get("." + ".".join(endings)) or READERS.get("." + endings[-1])


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """The documents of `source` in order, and a row for each record that cannot be taken.

    What the file beside it says of it (see `etl.sources.beside`) comes before `defaults`.
    """
    try:
        defaults = beside.said_of(source.path, defaults)
        if source.memory and module_of(source.path.name) != _BY_LINE:
            yield from memory.read(source, defaults, _read_anew)
        else:
            yield from _read_anew(source, defaults)
    except Rejected as why:
        yield source.reject(why)
    except OSError as error:
        yield source.reject(Rejected(f"cannot be read: {error.strerror or error}"))


def _read_anew(source: Source, defaults: Defaults) -> Iterator[Item]:
    if _is_archive(source.path.name):
        yield from archive.read(source, defaults, _is_member, read)
    else:
        yield from _chosen(source)(source, defaults)


def members(
    source: Source, folder: Path, prefix: str, most_files: int, most_bytes: int
) -> Iterator[Source | tables.Reject]:
    """The members of an archive that can be read, unpacked into `folder` (see `archive.unpack`).

    Raises Rejected for an archive that is none, or holds more than it may.
    """
    return archive.unpack(source, _is_member, folder, prefix, most_files, most_bytes)


def _is_member(name: str) -> bool:
    """Whether a file of an archive is read: as in a folder, but no archive in it."""
    return _wanted(name) and not _is_archive(name)


def _chosen(source: Source) -> Reader:
    module = module_of(source.path.name)
    if module is None:
        raise ValueError(f"no reader for {source.path.name}")
    reader: Reader = import_module(f"{__name__}.{module}").read
    return reader
