"""Tables in and out, published all at once.

    DIR/versions/<version>/<table>.parquet, datapackage.json   one whole set of tables
    DIR/current          -> versions/<version>                 replaced in one step
    DIR/<table>.parquet  -> current/<table>.parquet            the paths that others read

A build writes into a folder of its own, gives it the name of its contents' hash and then
replaces `current`: a reader sees the former tables or the new ones, never some of both, and a
build that dies at any moment leaves the former ones. A reader that opens more than one table
calls `resolve` once and stays in that folder; the last three versions are kept for it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc

from etl import former, package, stamp, tables
from etl.former import Former
from etl.sources.common import Stretch
from etl.table_file import TableFile

# What makes something of the tables in a folder, beside them.
Prepare = Callable[[Path], object]
KEPT_VERSIONS = 3
CURRENT, VERSIONS, BUILDING = "current", "versions", ".building-"
_VERSION = re.compile(r"[0-9a-f]{16}")


class StoreError(Exception):
    """The tables could not be written or read; the message says where, why and what to do."""


def names() -> list[str]:
    """The file names of a published folder."""
    return [*(f"{table}.parquet" for table in tables.TABLES), package.FILE]


def resolve(out: Path) -> Path:
    """The folder that holds the tables published last; open it once and keep to it.

    A folder of plain files (a copy, an unpacked download) is its own version.
    Raises StoreError where there are no tables.
    """
    current = out / CURRENT
    found = out / current.readlink() if current.is_symlink() else out
    if not (found / package.FILE).is_file():
        raise StoreError(f"{out}: no tables here; make them with `python -m etl build`")
    return found


def version(out: Path) -> str:
    """The version of the tables published last: a hash of their contents."""
    file = resolve(out) / package.FILE
    try:
        return package.version(file)
    except ValueError as error:
        raise StoreError(f"{file}: is damaged; build the tables again") from error


def version_of(folder: Path) -> str:
    """The version that tables with the files in `folder` have."""
    return _version(package.digests(folder))


def to_arrow(table: str, rows: Sequence[Any]) -> pa.Table:
    """Row dataclasses of `table` as an Arrow table with the schema of `etl.tables`."""
    schema = tables.schema(table)
    arrays = [
        pa.array(map(attrgetter(field.name), rows), type=field.type, size=len(rows))
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def write_tables(out: Path, rows: Mapping[str, Sequence[Any]]) -> str:
    """Publish `rows` (table → row dataclasses); tables that are not named are written empty."""
    with Writer(out) as writer:
        for table, some in rows.items():
            writer.append(table, some)
        return writer.publish()


class Writer:
    """Writes one version of the tables into `out`, row group by row group.

    Use it as a context manager; what was not published when it closes is thrown away.
    Raises StoreError when the folder cannot be written or another build is writing to it.
    """

    def __init__(self, out: Path, corrections: str | None = None) -> None:
        self.out = out
        self.counts = dict.fromkeys(tables.TABLES, 0)
        self.made = stamp.stamp(corrections)
        self._files: dict[str, TableFile] = {}
        self._documents: list[pa.Table] = []
        self._former: Former | None = None
        self._held = contextlib.ExitStack()

    def __enter__(self) -> Writer:
        with _explained(self.out):
            self._held.enter_context(_held(self.out))
            self._folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=self.out / VERSIONS))
            self._folder.chmod(0o755)
            said = self.made.as_metadata()
            self._files = {table: TableFile(self._folder, table, said) for table in tables.TABLES}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            with contextlib.suppress(OSError):
                file.close()
        if self._former:
            self._former.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._held.close()

    def before(self) -> Former | str:
        """The tables published last, to take rows over from, or why that can't be done."""
        try:
            found = former.open_former(resolve(self.out), self.made)
        except StoreError:
            return "no_former"
        self._former = found if isinstance(found, Former) else None
        return found

    def append(self, table: str, rows: Sequence[Any] | pa.Table) -> None:
        """Add rows to `table`: row dataclasses, or an Arrow table made by `to_arrow`."""
        found = rows if isinstance(rows, pa.Table) else to_arrow(table, rows)
        self.counts[table] += found.num_rows
        with _explained(self.out):
            self._files[table].append(found)

    def append_documents(self, made: pa.Table, found: Mapping[str, pa.Table]) -> None:
        """Add all rows of the documents that are the rows of `made`, see `etl.former.SCHEMA`."""
        ids = made["document_id"].to_pylist()
        self._documents.append(made)
        with _explained(self.out):
            for table in former.OF_DOCUMENTS:
                self.counts[table] += found[table].num_rows
                self._files[table].append_documents(found[table], ids, made[table].to_numpy())

    def take_over(self, before: Former, places: range, reread: Mapping[int, bytes]) -> None:
        """Add all rows of documents of the tables before; `reread` as in `Former.slice`."""
        made = before.slice(places, reread)
        self._documents.append(made)
        with _explained(self.out), before.reading:
            for table in former.OF_DOCUMENTS:
                self.counts[table] += pc.sum(made[table]).as_py()
                before.table(table).hand_over(self._files[table], places.start, places.stop)

    def flush(self) -> None:
        """Have what was written so far on the disk."""
        with _explained(self.out):
            for file in self._files.values():
                file.flush()

    def is_as_before(self, table: str) -> bool:
        """Close a table's file; whether it is that of the tables before, made with the same."""
        assert self._former
        with _explained(self.out):
            self._files[table].close()
        before = self._former.digest(table)
        return self._files[table].digest == before and self._is_version(self._former.folder)

    def _is_version(self, folder: Path) -> bool:
        return folder == self.out / VERSIONS / folder.name and is_version(folder.name)

    def keep(self, prepare: Prepare | None = None) -> str:
        """Leave the tables before the current ones, for there are no others; their version."""
        assert self._former
        found = self._former.folder.name
        with _explained(self.out):
            if prepare:
                prepare(self._former.folder)
            os.utime(self._former.folder)
            _point(self.out, found)
            _forget_old(self.out, found)
        return found

    def publish(
        self, stretches: Mapping[bytes, Stretch] | None = None, prepare: Prepare | None = None
    ) -> str:
        """Close the files, describe them and make them the current tables; their version.

        `stretches` is what `etl.former.save` keeps of the sources. `prepare` is given the folder
        before anybody else knows of it, to put folders of its own beside the tables.
        """
        with _explained(self.out):
            for file in self._files.values():
                file.close()
            hashes = {table: file.digest for table, file in self._files.items()}
            found = _version(hashes)
            package.write(self._folder, found, hashes)
            former.save(self._folder, self._documents, self._files, self.made, stretches or {})
            if prepare:
                prepare(self._folder)
            before = self._former.folder if self._former and self._former.hashes else None
            _make_current(self.out, self._folder, found, sound=before)
        return found


def install(out: Path, fill: Callable[[Path], None]) -> str:
    """Publish finished files, which `fill` puts into a folder: a version that was kept elsewhere.

    Its version. Raises StoreError where `out` cannot be written or another build writes to it, and
    where the files are not those that their description names; the former tables then stay.
    """
    with _explained(out), _held(out):
        folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=out / VERSIONS))
        folder.chmod(0o755)
        try:
            fill(folder)
            if not package.is_sound(folder):
                raise StoreError(f"{out}: these tables are damaged; nothing was changed")
            found = package.version(folder / package.FILE)
            if not _VERSION.fullmatch(found):
                raise StoreError(f"{out}: these tables say no version; nothing was changed")
            _make_current(out, folder, found)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return found


def use(out: Path, found: str) -> None:
    """Make a version that is kept in `out` the current one.

    Raises StoreError where it is not there, is damaged, or a build is writing.
    """
    folder = out / VERSIONS / found
    if not _VERSION.fullmatch(found) or not folder.is_dir():
        raise StoreError(f"{out}: there is no version {found}; see `python -m etl versions`")
    if not package.is_sound(folder):
        raise StoreError(f"{folder}: its files are not as they were written; it is not used")
    with _explained(out), _held(out):
        _point(out, found)


def is_version(name: object) -> bool:
    """Whether this is the name of a version."""
    return isinstance(name, str) and bool(_VERSION.fullmatch(name))


def kept(out: Path) -> list[Path]:
    """The folders of the versions that are kept in `out`, the one built last first."""
    if not (out / VERSIONS).is_dir():
        return []
    found = [one for one in (out / VERSIONS).iterdir() if _VERSION.fullmatch(one.name)]
    return sorted(found, key=lambda one: one.stat().st_mtime_ns, reverse=True)


@contextlib.contextmanager
def _held(out: Path) -> Iterator[None]:
    """The folder `out`, made where it is not, and its lock."""
    _refuse_foreign(out)
    (out / VERSIONS).mkdir(parents=True, exist_ok=True)
    with _lock(out):
        _sweep(out)
        yield


def _make_current(out: Path, folder: Path, found: str, sound: Path | None = None) -> None:
    """Give a finished folder its name and point to it; only the holder of the lock may.

    `sound` is a version whose files were checked just now.
    """
    for path in folder.iterdir():
        sync(path)
    target = out / VERSIONS / found
    _place(folder, target, sound=target == sound)
    _adopt_plain_files(out)
    _point(out, found)
    _forget_old(out, found)


@contextlib.contextmanager
def _explained(out: Path) -> Iterator[None]:
    """Turn the system's refusal into a sentence."""
    try:
        yield
    except OSError as error:
        reasons = {
            errno.ENOSPC: "the disk is full; make room",
            errno.EDQUOT: "the disk quota is used up; make room",
            errno.EACCES: "no permission to write; choose another --out",
            errno.EPERM: "no permission to write; choose another --out",
            errno.EROFS: "the disk is read-only; choose another --out",
            errno.ENOTDIR: "a file stands where a folder is needed; choose another --out",
        }
        reason = reasons.get(error.errno or 0, str(error))
        raise StoreError(f"{out}: {reason}. The former tables are as they were.") from error


def _refuse_foreign(out: Path) -> None:
    """Raise StoreError where one of our names is taken by something that is not ours."""
    if out.exists() and not out.is_dir():
        raise StoreError(f"{out}: is a file; --out takes a folder")
    current = out / CURRENT
    if current.exists() and not current.is_symlink():
        raise StoreError(f"{current}: is not ours; move it or choose another --out")
    plain = [name for name in names() if (out / name).exists() and not (out / name).is_symlink()]
    if plain and not package.is_ours(out / package.FILE):
        raise StoreError(f"{out / plain[0]}: is not ours; move it or choose another --out")


def _lock(out: Path) -> IO[bytes]:
    """The lock of `out`, held until the file is closed or this process is gone."""
    file = (out / VERSIONS / ".lock").open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise StoreError(f"{out}: another build is writing here; wait for it to end") from None
    return file


def _sweep(out: Path) -> None:
    """Remove what a dead build left behind; only the holder of the lock may."""
    for folder in (out / VERSIONS).glob(f"{BUILDING}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in (CURRENT, *names()):
        (out / f".{name}.new").unlink(missing_ok=True)


def _version(hashes: Mapping[str, str]) -> str:
    """The version of tables whose files have these hashes."""
    total = hashlib.sha256()
    for table in tables.TABLES:
        total.update(bytes.fromhex(hashes[table]))
    return total.hexdigest()[:16]


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(folder: Path, target: Path, *, sound: bool) -> None:
    """Give the finished folder its name; equal tables that are there already stay.

    `sound` says that they were checked just now, else they are.
    """
    whole = all((target / name).is_file() for name in names())
    if whole and (sound or package.is_sound(target)):
        if (folder / former.FILE).exists():
            (folder / former.FILE).replace(target / former.FILE)
        for made in [one for one in folder.iterdir() if one.is_dir()]:
            if not (target / made.name).exists():
                made.rename(target / made.name)
        os.utime(target)
        return
    if target.exists():
        # Somebody changed the files of this version: they make way for sound ones.
        target.rename(target.with_name(f"{BUILDING}damaged-{target.name}"))
    folder.rename(target)
    sync(target.parent)


def _adopt_plain_files(out: Path) -> None:
    """Turn a folder of plain tables into a version of its own, so that they change as one."""
    plain = [name for name in names() if (out / name).is_file() and not (out / name).is_symlink()]
    if not plain:
        return
    former = (
        out
        / VERSIONS
        / hashlib.sha256(package.version(out / package.FILE).encode()).hexdigest()[:16]
    )
    former.mkdir(exist_ok=True)
    for name in plain:
        (former / name).unlink(missing_ok=True)
        os.link(out / name, former / name)
    _link(out / CURRENT, f"{VERSIONS}/{former.name}")
    for name in plain:
        _link(out / name, f"{CURRENT}/{name}")


def _point(out: Path, found: str) -> None:
    """Make `found` the current version: one rename, and the links to it where they miss."""
    for name in names():
        if not (out / name).is_symlink():
            _link(out / name, f"{CURRENT}/{name}")
    _link(out / CURRENT, f"{VERSIONS}/{found}")
    sync(out)


def _link(path: Path, target: str) -> None:
    """Point the symbolic link `path` to `target` in one step."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(path)


def _forget_old(out: Path, found: str) -> None:
    """Keep the newest versions, whatever happens the current one."""
    ours = [path for path in (out / VERSIONS).iterdir() if _VERSION.fullmatch(path.name)]
    ours.sort(key=lambda path: (path.name == found, path.stat().st_mtime_ns), reverse=True)
    for folder in ours[KEPT_VERSIONS:]:
        shutil.rmtree(folder, ignore_errors=True)
