"""The bundled articles: where they and their tables lie, and building these where nobody has.

So a hosted copy works with nothing but requirements.txt.
"""

from __future__ import annotations

import fcntl
import functools
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard import uploads
from etl import corrections, store

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "data" / "corpus"
DEFAULT = ROOT / "tables"
LOCK = ROOT / ".cache" / "dashboard.lock"

_log = logging.getLogger(__name__)


def is_stale() -> bool:
    """Whether the bundled articles have no tables yet, or are newer than theirs."""
    try:
        return store.resolve(DEFAULT).stat().st_mtime < _newest()
    except store.StoreError:
        return True


def _newest() -> float:
    """When a bundled or kept article was last changed, in seconds since 1970."""
    files = (one for folder in sources() for one in folder.rglob("*") if one.is_file())
    return max([_corrected(), *(one.stat().st_mtime for one in files)])


@functools.cache
def _corrected() -> float:
    """When the corrections were last changed before this process began to look.

    Later ones wait for the next build that somebody asks for: nobody who corrects wants to wait
    for one with every entry.
    """
    usual = corrections.usual()
    return usual.stat().st_mtime if usual else 0.0


def sources() -> list[Path]:
    """The bundled articles, and the owner's collection where there is one."""
    kept = uploads.collection()
    return [CORPUS, kept] if kept and kept.is_dir() and any(kept.iterdir()) else [CORPUS]


def build() -> None:
    """Build the bundled articles; the first reader builds, the others wait for it.

    Where that fails and there are older tables, those stay and the log says why.
    """
    # Only here: a dashboard that shows finished tables need not load the whole extraction.
    from etl import build as etl_build
    from etl import engines
    from etl.sources import Defaults

    with _locked():
        if not is_stale():
            return
        newest = _newest()
        try:
            usual = corrections.usual()
            corrected = corrections.load(usual) if usual else {}
            etl_build.build(sources(), DEFAULT, Defaults(), engines.local, 1, corrected)
        except (store.StoreError, engines.EngineError, corrections.CorrectionsError) as error:
            _log.error("build_failed", exc_info=error)
        else:
            # A file dated in the future must not have every reader build again.
            later = max(newest, time.time())
            os.utime(store.resolve(DEFAULT), (later, later))


@contextmanager
def _locked() -> Iterator[None]:
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
