"""What a process that only makes tables can do without."""

from __future__ import annotations

import sys

import pyarrow as pa


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
