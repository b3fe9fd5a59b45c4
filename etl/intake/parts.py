"""What was read so far, on disk: parts of tables, ended files, and all of it put together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.feather as feather

from etl import tables
from etl.store import Writer

PARTS, ENDED, TABLES = "parts", "ended", "tables"


def begin(folder: Path, unit: str) -> None:
    """Begin a unit: what another process half read of it is forgotten."""
    shutil.rmtree(folder / PARTS / unit, ignore_errors=True)


def add(folder: Path, unit: str, rows: Mapping[str, pa.Table]) -> None:
    """Add the tables of some documents to those of a unit (0001, or 0003-0002 in an archive)."""
    own = folder / PARTS / unit
    number = len(list(own.glob("[0-9]*"))) if own.exists() else 0
    fresh = own / f".new-{number:05}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for table, some in rows.items():
        if some.num_rows:
            feather.write_feather(some, str(fresh / f"{table}.arrow"), compression="zstd")
    fresh.rename(own / f"{number:05}")


def end(folder: Path, unit: str, name: str, reason: str | None, documents: int = 0) -> None:
    """Say that a unit is done with; `reason` where it broke off before its end."""
    where = folder / ENDED
    where.mkdir(exist_ok=True)
    fresh = where / f".{unit}.new"
    fresh.write_text(json.dumps({"name": name, "reason": reason, "documents": documents}))
    fresh.replace(where / f"{unit}.json")


def is_ended(folder: Path, unit: str) -> bool:
    """Whether a unit is done with."""
    return (folder / ENDED / f"{unit}.json").exists()


def documents(folder: Path) -> int:
    """How many documents the ended units gave."""
    return sum(json.loads(one.read_text())["documents"] for one in _ended(folder))


def forget(folder: Path, unit: str) -> None:
    """Forget what was read of a file and of its members, so that it is read again."""
    for one in (folder / PARTS).glob(f"{unit}*"):
        shutil.rmtree(one)
    for one in (folder / ENDED).glob(f"{unit}*.json"):
        one.unlink()


def publish(folder: Path, tell: Callable[[], None] = lambda: None) -> str:
    """Publish the tables of all parts in their order, and a reject for each unit that broke off.

    `tell` is called at every step; the version is returned.
    """
    with Writer(folder / TABLES) as writer:
        for part in sorted((folder / PARTS).glob("*/[0-9]*")):
            tell()
            for table, some in _tables(part):
                writer.append(table, some)
        broken = [json.loads(one.read_text()) for one in _ended(folder)]
        writer.append(
            "rejects",
            [
                tables.Reject(one["name"], None, None, one["reason"])
                for one in broken
                if one["reason"]
            ],
        )
        return writer.publish()


def _ended(folder: Path) -> list[Path]:
    return sorted((folder / ENDED).glob("[0-9]*.json"))


def _tables(part: Path) -> Iterator[tuple[str, pa.Table]]:
    for file in sorted(part.glob("*.arrow")):
        if file.stem in tables.TABLES:
            yield file.stem, feather.read_table(str(file)).cast(tables.schema(file.stem))
