"""Arrays in files, mapped: only what is asked of them is read.

What was read counts as this process's memory until it is given back, with all that the system has
of the file beside it: a search in ten million sentences would add a third of a gigabyte. It stays
in the system's own memory, so the next one has it as fast.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


def load(path: Path) -> Numbers:
    """The array in a file that `numpy.save` wrote."""
    # An empty file cannot be mapped.
    found: Numbers = np.load(path, mmap_mode="r") if path.stat().st_size > 128 else np.load(path)
    return found


def give_back(*arrays: Numbers) -> None:
    """Give back what was read of mapped arrays; others are left alone."""
    for one in arrays:
        if isinstance(one.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            one.base.madvise(mmap.MADV_DONTNEED)
