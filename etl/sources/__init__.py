"""Files → documents. One module for each format, one line for each in `READERS`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.sources import csv_table, jsonl, markdown, text
from etl.sources.common import Defaults, Item, Reader, Rejected, Source

__all__ = ["READERS", "Defaults", "Item", "Rejected", "Source", "find", "read", "supported"]

# The longest ending that fits decides.
READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".jsonl": jsonl.read,
    ".jsonl.gz": jsonl.read,
    ".csv": csv_table.read,
    ".csv.gz": csv_table.read,
}
# Files about a folder, not in it.
_NO_ARTICLES = {"readme.md", "license.md", "licence.md", "changelog.md"}


def supported() -> str:
    """The endings of the files that can be read, for people."""
    return ", ".join(READERS)


def find(paths: Sequence[Path]) -> list[Source | tuple[Source, Rejected]]:
    """The files behind `paths` in order; a folder gives all its supported files, sorted.

    Hidden files, readmes and files of other kinds in a folder are passed over. A path that
    leads to nothing comes with the reason why.
    """
    found: list[Source | tuple[Source, Rejected]] = []
    for path in paths:
        if path.is_dir():
            inside = _inside(path)
            nothing = Rejected(f"holds no file that can be read; those are {supported()}")
            found += inside or [(Source(path, _name(path.name or str(path))), nothing)]
        else:
            found.append(_file(path))
    return found


def _inside(folder: Path) -> list[Source]:
    paths = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(root, name) for name in files if _wanted(name)]
    relative = sorted((path.relative_to(folder).as_posix(), path) for path in paths)
    return [Source(path, _name(name), path.stat().st_size) for name, path in relative]


def _wanted(name: str) -> bool:
    hidden = name.startswith(".") or name.lower() in _NO_ARTICLES
    return not hidden and _reader(name) is not None


def _file(path: Path) -> Source | tuple[Source, Rejected]:
    source = Source(path, _name(path.name))
    if not path.exists():
        return source, Rejected("there is no such file; check the path")
    if _reader(path.name) is None:
        return source, Rejected(f"is of a kind that cannot be read; those are {supported()}")
    source.size = path.stat().st_size
    return source


def _name(name: str) -> str:
    """A file name as text; bytes in it that are no UTF-8 are shown as question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _reader(name: str) -> Reader | None:
    endings = [ending for ending in READERS if name.lower().endswith(ending)]
    return READERS[max(endings, key=len)] if endings else None


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """The documents of `source` in order, and a row for each record that cannot be taken."""
    reader = _reader(source.path.name)
    if reader is None:
        raise ValueError(f"no reader for {source.path.name}")
    try:
        yield from reader(source, defaults)
    except Rejected as why:
        yield source.reject(why)
    except OSError as error:
        yield source.reject(Rejected(f"cannot be read: {error.strerror or error}"))
