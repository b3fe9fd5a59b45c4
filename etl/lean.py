"""What a process that only makes tables can do without."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import pyarrow as pa


def start_lean() -> None:
    """Prepare a process that makes tables; before the modules that extract are loaded."""
    with_classes_kept()
    without_pandas()


def without_pandas() -> None:
    """Let pyarrow make arrays without importing pandas first, which takes 0.3 s of a process.

    It looks for pandas with its first arrays, to know a data frame when it is given one; a build
    has none. Here it looks while there is none to be found, and goes without. Whoever asks for a
    data frame later (`to_pandas`) gets it all the same.
    """
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(_NoPandas)


class _NoPandas:
    """Finds no pandas, and leaves other modules to those that look behind it."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Raise ModuleNotFoundError for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError("pandas is left out", name=name)


def with_classes_kept() -> None:
    """Let `re` work out a class of characters once for all patterns that have it.

    For a class of all Chinese characters that takes 0.7 ms wherever it stands, and a build's
    patterns hold hundreds. The patterns stay what they are. A Python whose `re` is made otherwise
    is left alone.
    """
    compiler: Any = importlib.import_module("re._compiler")
    work_out = getattr(compiler, "_optimize_charset", None)
    if work_out and not isinstance(work_out, _KeptClasses):
        compiler._optimize_charset = _KeptClasses(work_out)


class _KeptClasses:
    """Asks `work_out` only for classes that are not `known`, and for all that ignore case."""

    def __init__(self, work_out: Any) -> None:
        self.work_out = work_out
        self.known: dict[Any, Any] = {}

    def __call__(
        self, members: list[Any], iscased: Any = None, fixup: Any = None, *more: Any
    ) -> Any:
        if fixup is not None:
            return self.work_out(members, iscased, fixup, *more)
        found = self.known.get(key := tuple(members))
        if found is None:
            found = self.known[key] = self.work_out(members)
        return found
