"""Which tables are shown, and making them where nobody has.

BANMIAN_TABLES names the folder; without it the bundled articles are shown, built on first use,
so that a hosted copy works with nothing but requirements.txt.
"""

from __future__ import annotations

import functools
import logging
import os
import threading
from contextlib import suppress
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import streamlit as st

from dashboard import bundled, last_good, prepare, turns, visit
from dashboard.language import text
from dashboard.queries import Tables, open_tables
from dashboard.search_index import SearchIndex, open_index
from etl import events, older, remote, store

SPARE = bundled.ROOT / ".cache" / "search"
KEPT_OPEN = 3
_building = threading.Lock()
_starting = threading.Lock()
# The thread that opens tables which nobody's page waits for.
_OPENING = "opening"
# The versions that were opened here.
_opened: set[str] = set()

_log = logging.getLogger(__name__)


class NoTablesError(Exception):
    """There is nothing to show; the message says where and why.

    `reason`: none, damaged, older where only a new build makes something that can be shown, or
    opening where a large version is being made ready.
    """

    def __init__(self, folder: Path, error: Exception) -> None:
        super().__init__(f"{folder}: {error}")
        self.reason = _reason(folder, error)


class _OpeningError(store.StoreError):
    """The tables are being made ready."""


def _reason(folder: Path, error: Exception) -> str:
    if isinstance(error, _OpeningError):
        return "opening"
    if isinstance(error, older.OlderError):
        return "older"
    return "damaged" if _is_there(folder) else "none"


def _is_there(folder: Path) -> bool:
    try:
        store.resolve(folder)
    except store.StoreError:
        return False
    return True


def named() -> str:
    """The folder that BANMIAN_TABLES names, or the address of tables that lie elsewhere."""
    return os.environ.get("BANMIAN_TABLES") or str(bundled.DEFAULT)


def folder() -> Path:
    """The folder that the tables are read from: for an address that of their copy here."""
    found = remote.place(named())
    return found if isinstance(found, Path) else found.read


@functools.cache
def _watched(address: str) -> remote.Watched:
    return remote.Watched(remote.Remote(address))


def tables(language: str) -> Tables:
    """The tables published last, opened once per version and shared by all readers.

    A reader who looks at content of their own gets the tables of that.

    Builds the bundled articles where they are what is shown and have no tables yet.
    Raises NoTablesError where the folder holds none, or files that cannot be read.
    """
    own = visit.shown_tables()
    if own:
        return own
    found = folder()
    try:
        if found == bundled.DEFAULT and bundled.is_stale():
            turns.give_back()
            with st.spinner(text(language, "data.building")):
                bundled.build()
        if not _takes_long(found):
            return _sound(found)
        if former := _former(found):
            return former
        with st.spinner(text(language, "data.opening")):
            return _sound(found)
    except (store.StoreError, duckdb.Error, OSError) as error:
        raise NoTablesError(found, error) from error


def _takes_long(out: Path) -> bool:
    """Whether opening the version published last takes long."""
    try:
        return _is_slow(store.resolve(out))
    except (store.StoreError, OSError, pa.ArrowException):
        return False


def _is_slow(version: Path) -> bool:
    """Whether a version is large, not open yet, and nobody made its keys."""
    return (
        prepare.is_large(version)
        and str(version) not in _opened
        and not prepare.is_ready("keys", version, _spare(version))
    )


def _former(out: Path) -> Tables | None:
    """The version before the one published last, which is made ready meanwhile; None without one.

    So readers stay where they are until the new version is as quick.
    """
    _open_meanwhile(out)
    for version in islice(last_good.candidates(out), 1, None):
        with suppress(store.StoreError, duckdb.Error, OSError, pa.ArrowException):
            if last_good.is_unharmed(version) and not _is_slow(version):
                return _open(str(version))
    return None


def is_behind(shown: Tables) -> bool:
    """Whether a newer version than these tables is being made ready."""
    found = folder()
    return not visit.is_shown() and _takes_long(found) and shown.folder != store.resolve(found)


def published() -> Tables:
    """The tables published last, for requests that no reader's session stands behind.

    Raises NoTablesError where there are none yet, or files that cannot be read, and while a first
    large version is being made ready: a request can't say how far that is, so it does not wait.
    """
    found = folder()
    try:
        if _takes_long(found):
            if former := _former(found):
                return former
            raise _OpeningError("they are being made ready; ask again in a minute")
        return _sound(found)
    except (store.StoreError, duckdb.Error, OSError) as error:
        raise NoTablesError(found, error) from error


def _open_meanwhile(out: Path) -> None:
    """Open the version published last beside what goes on; once, however often it is asked for."""
    version = str(store.resolve(out))

    def run() -> None:
        # What goes wrong meets the next one who asks.
        with suppress(store.StoreError, duckdb.Error, OSError):
            _sound(out)
        _opened.add(version)

    with _starting:
        if not any(one.name == _OPENING for one in threading.enumerate()):
            threading.Thread(target=run, name=_OPENING, daemon=True).start()


def _sound(out: Path) -> Tables:
    """The version published last; where that is damaged the newest one that is not.

    Raises what opening the version published last raises where there is none.
    """
    if remote.is_address(named()):
        _watched(named()).folder()
    first: Exception | None = None
    for version in last_good.candidates(out):
        try:
            if not last_good.is_unharmed(version):
                raise store.StoreError(f"{version}: its files are not what was published")
            return _open(str(version))
        except (store.StoreError, duckdb.Error, OSError) as error:
            if isinstance(error, older.OlderError):
                raise
            if first is None:
                events.tell(_log, "damaged_tables", logging.ERROR, version=version.name)
            first = first or error
    raise first or store.StoreError(f"{out}: no tables here")


@st.cache_resource(max_entries=KEPT_OPEN, show_spinner=False)
def _open(version: str) -> Tables:
    folder, spare = Path(version), _spare(Path(version))
    if prepare.is_large(folder):
        _prepare(folder, spare)
    opened = open_tables(folder, spare)
    _opened.add(version)
    if opened.gaps:
        events.tell(_log, "older_tables", logging.WARNING, version=opened.version)
    return opened


def _spare(version: Path) -> Path:
    """Where lies what is made of a version, if its own folder cannot be written."""
    return SPARE / store.version(version)


def _prepare(folder: Path, spare: Path) -> None:
    """Make a large version's keys, and begin with the rest; what fails the server makes itself."""
    if not prepare.is_ready("keys", folder, spare):
        turns.give_back()
        if not prepare.Preparing(folder, spare).start(["keys"]).wait():
            events.tell(_log, "prepare_failed", logging.ERROR, version=folder.name)
            return
    rest = [one for one in prepare.NAMES if not prepare.is_ready(one, folder, spare)]
    if rest:
        _preparing()[store.version(folder)] = prepare.Preparing(folder, spare).start(rest)


@st.cache_resource(show_spinner=False)
def _preparing() -> dict[str, prepare.Preparing]:
    """What is being made, by the version that it is made of."""
    return {}


def is_being_made(opened: Tables, name: str) -> bool:
    """Whether one of `prepare.NAMES` is still being made of some tables."""
    going = _preparing().get(opened.version)
    return (
        going is not None
        and going.is_running
        and not prepare.is_ready(name, going.tables, going.spare)
    )


def share_made(opened: Tables, name: str) -> float:
    """How far it is with that, from 0 to 1."""
    return _preparing()[opened.version].share(name)


def search_index(opened: Tables, language: str) -> SearchIndex:
    """The search index of some tables; the first search makes it, and says how far it is."""
    # What is a reader's own stays with the session and is forgotten with it.
    indexes = visit.indexes() if visit.is_shown() else _indexes()
    if opened.version not in indexes:
        turns.give_back()
        with _building:
            if opened.version not in indexes:
                indexes[opened.version] = _build_index(opened, language)
    return indexes[opened.version]


def _build_index(opened: Tables, language: str) -> SearchIndex:
    place = st.empty()
    label = text(language, "search.building")

    def tell(share: float) -> None:
        place.progress(share, label)

    found = open_index(opened.folder, _spare(opened.folder), tell)
    place.empty()
    return found


@st.cache_resource(show_spinner=False)
def _indexes() -> dict[str, SearchIndex]:
    return {}
