"""Tables in an object store, or any other file system that fsspec knows, by their address.

    ADDRESS/versions/<version>/<table>.parquet, datapackage.json   one whole set of tables
    ADDRESS/current.json   {"version": ..., "kept": [...]}         which of them is current

An object store can't rename a folder or hold a link, but replaces one small object at once. So a
version is uploaded first, under a name that nobody reads, then `current.json` is replaced. Programs
here never read over the network: they read a copy on this machine, which `fetch` brings and checks
against its description. A copy is a folder as `etl.store` has them: readers keep what they opened.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from etl import package, store

POINTER = "current.json"
# How long a dashboard shows a version before it asks whether there is another, in seconds.
LOOK_AGAIN = 20.0
# After so long what a build left behind that was ended while it uploaded is removed.
_LEFT_BEHIND = datetime.timedelta(days=1)
_FILES = ("file", "local")


def is_address(text: str) -> bool:
    """Whether tables lie elsewhere: s3://bucket/tables, and not in a folder of this machine."""
    return "://" in text and text.partition("://")[0] not in _FILES


def place(text: str) -> Path | Remote:
    """What --out or --tables names: a folder, or tables in another file system."""
    if is_address(text):
        return Remote(text)
    return Path(text.partition("://")[2]) if "://" in text else Path(text)


def fetched(where: Path | Remote) -> Path:
    """The folder to read tables from: the one that is named, or a copy of what lies elsewhere."""
    return where if isinstance(where, Path) else where.fetch()


@contextlib.contextmanager
def written(where: Path | Remote) -> Iterator[Path]:
    """The folder to write tables to; what is current in it at the end is published elsewhere."""
    if isinstance(where, Path):
        yield where
        return
    yield where.begin()
    where.publish()


def copies() -> Path:
    """Where the copies of tables from elsewhere lie: BANMIAN_COPIES, or the user's cache."""
    named = os.environ.get("BANMIAN_COPIES")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named) if named else Path(cache) / "banmian"


class Remote:
    """Tables at an address. What fails raises StoreError, which says where, why, what to do."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        own = copies() / hashlib.sha256(self.address.encode()).hexdigest()[:16]
        self.read, self.built = own / "read", own / "built"
        # What was current there when a build began.
        self._began: dict[str, Any] = {}

    def __str__(self) -> str:
        return self.address

    def fetch(self) -> Path:
        """The folder of this machine that holds a copy of the version that is current there."""
        found = self._pointer().get("version")
        if not found:
            raise store.StoreError(
                f"{self.address}: no tables here; make them with `python -m etl build`"
            )
        return self._copied(str(found), self.read)

    def begin(self) -> Path:
        """The folder to build in: it holds a copy of the former tables, where there are any."""
        self._began = self._pointer()
        if found := self._began.get("version"):
            return self._copied(str(found), self.built)
        self.built.mkdir(parents=True, exist_ok=True)
        # Tables that could not be uploaded once are nobody's; only what is built now goes there.
        (self.built / store.CURRENT).unlink(missing_ok=True)
        return self.built

    def publish(self) -> None:
        """Upload the version that was built where `begin` said, and make it current."""
        before, found = self._pointer(), _current(self.built)
        if found is None or before.get("version") == found:
            return
        if before.get("version") != self._began.get("version"):
            raise store.StoreError(
                f"{self.address}: another build has published meanwhile; its tables stay. Build "
                "again to add yours to them"
            )
        kept = [found, *(one for one in before.get("kept", []) if one != found)]
        with self._explained("upload the tables"):
            self._upload(self.built / store.VERSIONS / found)
        kept = kept[: store.KEPT_VERSIONS]
        self._point(found, kept)
        # What can't be removed now is with the next build.
        with contextlib.suppress(Exception):
            self._forget(before.get("kept", []), kept)

    def versions(self) -> tuple[str | None, list[str]]:
        """The version that is current there, and all that are kept, the one built last first."""
        found = self._pointer()
        return found.get("version"), found.get("kept", [])

    def use(self, found: str) -> None:
        """Make a version that is kept there the current one."""
        _, kept = self.versions()
        if found not in kept:
            raise store.StoreError(
                f"{self.address}: there is no version {found}; see `python -m etl versions`"
            )
        self._point(found, kept)

    def _point(self, found: str, kept: list[str]) -> None:
        said = json.dumps({"version": found, "kept": kept})
        with self._explained("make the tables current"):
            self._files.pipe_file(self._path(POINTER), said.encode())

    def _copied(self, found: str, folder: Path) -> Path:
        """A folder whose current version is `found`, downloaded where it is not there yet."""
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            if _current(folder) == found:
                return folder
            if package.is_sound(folder / store.VERSIONS / found):
                store.use(folder, found)
            elif store.install(folder, lambda fresh: self._download(found, fresh)) != found:
                raise store.StoreError(
                    f"{self.address}: version {found} is another one; build again"
                )
        return folder

    def _upload(self, folder: Path) -> None:
        for one in sorted(folder.iterdir()):
            path = self._path(store.VERSIONS, folder.name, one.name)
            self._files.put_file(str(one), path)
            size = self._files.info(path)["size"]
            if size != one.stat().st_size:
                raise OSError(f"{one.name} has {size} bytes there and {one.stat().st_size} here")

    def _download(self, found: str, folder: Path) -> None:
        with self._explained("download the tables"):
            for path in self._files.ls(self._path(store.VERSIONS, found), detail=False):
                self._files.get_file(path, str(folder / path.rpartition("/")[2]))

    def _pointer(self) -> dict[str, Any]:
        """What `current.json` says; nothing where there is none."""
        with self._explained("read which tables are current"):
            self._files.invalidate_cache()
            try:
                said = json.loads(self._files.cat_file(self._path(POINTER)))
            except FileNotFoundError:
                return {}
            except ValueError:
                said = None
        if not isinstance(said, dict) or not store.is_version(said.get("version")):
            raise store.StoreError(f"{self.address}/{POINTER}: is not ours; choose another address")
        return said

    def _forget(self, before: list[str], kept: list[str]) -> None:
        """Remove versions that are not kept any more, and what was never made current."""
        oldest = datetime.datetime.now(datetime.UTC) - _LEFT_BEHIND
        for path in self._files.ls(self._path(store.VERSIONS), detail=False):
            name = path.rstrip("/").rpartition("/")[2]
            if name in kept:
                continue
            if name in before or self._changed(path) < oldest:
                self._files.rm(path, recursive=True)

    def _changed(self, path: str) -> datetime.datetime:
        """When a folder's files were last changed."""
        found: list[datetime.datetime] = [
            self._files.modified(one) for one in self._files.find(path)
        ]
        return max(one if one.tzinfo else one.replace(tzinfo=datetime.UTC) for one in found)

    def _path(self, *parts: str) -> str:
        return "/".join([self._root, *parts])

    @property
    def _files(self) -> Any:
        return self._opened[0]

    @property
    def _root(self) -> str:
        return str(self._opened[1])

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The file system, and the address as it names it."""
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise store.StoreError(
                f"{self.address}: this needs the package fsspec and that of the store; install "
                "them with `.venv/bin/pip install fsspec s3fs`"
            ) from error
        files, root = url_to_fs(self.address)
        return files, root.rstrip("/")

    @contextlib.contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        """Turn whatever a store's own package raises into a sentence."""
        try:
            yield
        except store.StoreError:
            raise
        except ImportError as error:
            raise store.StoreError(
                f"{self.address}: {error}, with `.venv/bin/pip install`"
            ) from error
        # Each store has errors of its own, of no common kind.
        except Exception as error:
            said = " ".join(str(error).split()) or type(error).__name__
            raise store.StoreError(
                f"{self.address}: could not {what}: {said}. What was current there still is; look "
                "at the address, the credentials and the network, then do it again"
            ) from error


def _current(folder: Path) -> str | None:
    """The version that is current in a copy, or None where there is none yet."""
    try:
        return store.resolve(folder).name
    except store.StoreError:
        return None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other program of this machine brings a copy into the folder."""
    with (folder.parent / f".{folder.name}.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _beside(act: Callable[[], None]) -> None:
    threading.Thread(target=act, daemon=True).start()


class Watched:
    """A copy that a server reads: brought once, then looked after beside the readers."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._lock = threading.Lock()
        self._looked = -LOOK_AGAIN
        self._folder: Path | None = None

    def folder(self) -> Path:
        """The copy; the first call waits for it, later ones look for a new version by the way."""
        with self._lock:
            if self._folder is None:
                self._folder = self._first()
                self._looked = time.monotonic()
            elif time.monotonic() - self._looked > LOOK_AGAIN:
                self._looked = time.monotonic()
                _beside(self._look)
            return self._folder

    def _first(self) -> Path:
        """The copy; where none can be brought now, that of an earlier time."""
        try:
            return self._remote.fetch()
        except store.StoreError:
            if _current(self._remote.read) is None:
                raise
            return self._remote.read

    def _look(self) -> None:
        # Readers go on with what there is; the next look may do better.
        with contextlib.suppress(store.StoreError, OSError):
            self._remote.fetch()
