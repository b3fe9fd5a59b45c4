"""The folders of visits: one for each, known by a secret, gone when it is old. No streamlit.

A visit's secret is handed to its own browser only; its folder is named after the secret's hash, so
that not even the list of folders tells it. All lie in a folder that this process made for itself.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

from etl import store
from etl.intake.parts import TABLES

PREFIX = "banmian-visits-"
# A visit that nobody looked at for so long is over.
HOURS = 6
MOST = 40
# Where there are too many, one that was not looked at for so long makes way.
IDLE_MINUTES = 30
SWEEP_MINUTES, SWEPT = 10, ".swept"
SHOWN = "shown"


class TooManyVisitsError(Exception):
    """So many visitors are adding files just now; it works again later."""


@functools.cache
def root() -> Path:
    """The folder of this process's visits, removed when it ends."""
    _forget_dead()
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _forget_dead() -> None:
    """Remove what processes that were killed left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not folder.is_symlink() and folder.stat().st_uid == os.getuid() and _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_old(folder: Path) -> bool:
    newest = max((_used(one) for one in folder.iterdir()), default=_used(folder))
    return newest < time.time() - HOURS * 3600


def _used(folder: Path) -> float:
    """When a visit was looked at last, in seconds since 1970."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def begin() -> str:
    """Start a visit; its secret. Raises TooManyVisitsError where there is no room."""
    clean()
    token = secrets.token_urlsafe(32)
    _folder_of(token).mkdir(mode=0o700)
    return token


def find(token: object) -> Path | None:
    """The folder of a visit that is not over, or None; it counts as looked at."""
    if not isinstance(token, str):
        return None
    folder = _folder_of(token)
    if not folder.is_dir():
        return None
    os.utime(folder)
    return folder


def _folder_of(token: str) -> Path:
    return root() / hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:32]


def sweep() -> None:
    """Remove visits that are over, where nobody did so within the last minutes."""
    swept = root() / SWEPT
    if _used(swept) < time.time() - SWEEP_MINUTES * 60:
        swept.touch()
        for one in _visits():
            if _used(one) < time.time() - HOURS * 3600:
                shutil.rmtree(one, ignore_errors=True)


def _visits() -> list[Path]:
    return sorted((one for one in root().iterdir() if one.is_dir()), key=_used)


def clean() -> None:
    """Remove visits that are over; raises TooManyVisitsError where all others are looked at."""
    visits = _visits()
    now = time.time()
    over = [one for one in visits if _used(one) < now - HOURS * 3600]
    crowd = len(visits) - len(over) - MOST + 1
    if crowd > 0:
        left = visits[len(over) :][:crowd]
        over += [one for one in left if _used(one) < now - IDLE_MINUTES * 60]
        if len(visits) - len(over) >= MOST:
            raise TooManyVisitsError
    for one in over:
        shutil.rmtree(one, ignore_errors=True)


def tables_of(folder: Path) -> Path | None:
    """The tables that were made of a visit's files, or None where there are none yet."""
    try:
        return store.resolve(folder / TABLES)
    except store.StoreError:
        return None


def show(folder: Path, shown: bool) -> None:
    """Say whether the dashboard shows this visit's tables to its visitor."""
    if shown:
        (folder / SHOWN).touch()
    else:
        (folder / SHOWN).unlink(missing_ok=True)


def is_shown(folder: Path) -> bool:
    """Whether the dashboard shows this visit's tables to its visitor."""
    return (folder / SHOWN).exists()


def forget(folder: Path) -> None:
    """End a visit: its files and tables are gone."""
    shutil.rmtree(folder, ignore_errors=True)
