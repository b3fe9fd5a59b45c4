"""Which version is shown: the one published last, or where that is damaged the last sound one.

What is looked at on every run is the files' sizes and times; a version is read whole only when
these changed since it was first seen. No streamlit.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from etl import package, store

Marks = tuple[tuple[str, int, int, int], ...]

_first: dict[Path, Marks] = {}
_verdicts: dict[Marks, bool] = {}
_lock = threading.Lock()
# So many verdicts are remembered.
_MOST = 100


def candidates(out: Path) -> Iterator[Path]:
    """The version published last, and the older ones that are still there, the newest first.

    Raises StoreError where there is no version at all.
    """
    try:
        current: Path | None = store.resolve(out)
    except store.StoreError:
        current = None
    found = [one.parent for one in (out / store.VERSIONS).glob(f"[0-9a-f]*/{package.FILE}")]
    found = [one for one in found if current is None or one.name != current.name]
    found.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    if current is None and not found:
        store.resolve(out)
    yield from ([current] if current else []) + found


def is_unharmed(version: Path) -> bool:
    """Whether the files are those that were first seen here, or are sound all the same."""
    now = _marks(version)
    with _lock:
        if _first.setdefault(version, now) == now and now:
            return _verdicts.get(now, True)
        if now not in _verdicts:
            while len(_verdicts) >= _MOST:
                _verdicts.pop(next(iter(_verdicts)))
            _verdicts[now] = package.is_sound(version)
        return _verdicts[now]


def distrust(version: Path) -> bool:
    """Read a version whole that answered with an error; whether it is damaged."""
    now = _marks(version)
    sound = package.is_sound(version)
    with _lock:
        _verdicts[now] = sound
    return not sound


def _marks(version: Path) -> Marks:
    """Name, size, time and number of each file that is there."""
    files = sorted([*version.glob("*.parquet"), version / package.FILE])
    stats = [(one.name, one.stat()) for one in files if one.exists()]
    return tuple((name, one.st_size, one.st_mtime_ns, one.st_ino) for name, one in stats)
