"""Memory that is free again goes back to the system.

Every run of a page is a thread of its own, and glibc keeps what a thread freed for later threads,
in several places that fill unevenly: after some minutes of thirty readers a quarter of a gigabyte.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any


def trim() -> None:
    """Give back what can be given, where the system's library knows how (glibc)."""
    found = _trim()
    if found:
        found(0)


@cache
def _trim() -> Callable[[int], Any] | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
