"""What a large version's questions need, made once by a process of its own and kept beside it.

    python -m etl build ... --prepare
    python -m dashboard.prepare TABLES

within a build or behind it spares the first readers the waiting; otherwise the dashboard starts it
when it opens the version. A million articles take three to four minutes, at low priority, and the
memory for it goes with the process. Small versions do without: theirs is made in the server when it
is asked for.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO

import pyarrow.parquet as pq
from tqdm import tqdm

from dashboard import search_index
from dashboard.beside import Beside
from dashboard.queries import keys_file, lists_file, open_tables, words_file
from etl import events, reference, store
from etl.progress import QUIET_SECONDS

ROOT = Path(__file__).resolve().parents[1]
# A version of more articles is large.
LARGE = 200_000
# Lower than what answers readers.
NICE = 10
# Seconds after which one looks how far it is.
_LOOK = 0.1
Tell = Callable[[float], None]


def _keys(tables: Path, spare: Path, tell: Tell) -> None:
    keys_file.FOLDER.found_or_made(tables, spare, lambda folder: keys_file.write(tables, folder))


def _words(tables: Path, spare: Path, tell: Tell) -> None:
    def write(folder: Path) -> None:
        opened = open_tables(tables, spare)
        words_file.write(opened.count_words(reference.boilerplate()), folder)

    words_file.FOLDER.found_or_made(tables, spare, write)


def _search(tables: Path, spare: Path, tell: Tell) -> None:
    search_index.made(tables, spare, tell)


def _lists(tables: Path, spare: Path, tell: Tell) -> None:
    def write(folder: Path) -> None:
        opened = open_tables(tables, spare)
        lists_file.write(lambda sql: opened.ask(sql, None, {}), folder)

    lists_file.FOLDER.found_or_made(tables, spare, write)


# In this order: nothing is shown without the keys, and words are numbered by them; what only makes
# an answer quicker comes last.
_MADE: dict[str, tuple[Beside, Callable[[Path, Path, Tell], None]]] = {
    "keys": (keys_file.FOLDER, _keys),
    "words": (words_file.FOLDER, _words),
    "search": (search_index.FOLDER, _search),
    "lists": (lists_file.FOLDER, _lists),
}
NAMES = tuple(_MADE)


@lru_cache(maxsize=16)
def is_large(tables: Path) -> bool:
    """Whether a version is prepared, and not made ready in the server."""
    return int(pq.read_metadata(tables / "articles.parquet").num_rows) > LARGE


def is_ready(name: str, tables: Path, spare: Path) -> bool:
    """Whether one of NAMES is there."""
    return _MADE[name][0].find(tables, spare) is not None


@dataclass(slots=True)
class Preparing:
    """The process that makes some of NAMES of a version: it goes on while readers look around."""

    tables: Path
    spare: Path
    _log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    _process: subprocess.Popen[bytes] | None = None

    def start(self, names: Sequence[str] = NAMES) -> Preparing:
        """Begin with those that are not there yet."""
        call = [sys.executable, "-m", "dashboard.prepare", str(self.tables)]
        call += ["--spare", str(self.spare), "--only", *names]
        here = os.environ | {"PYTHONPATH": str(ROOT), events.LOG: "off"}
        self._process = subprocess.Popen(
            call, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT, env=here
        )
        return self

    def wait(self) -> bool:
        """Wait until it ends; whether all went well."""
        return self._process is not None and self._process.wait() == 0

    @property
    def is_running(self) -> bool:
        """Whether it goes on still."""
        return self._process is not None and self._process.poll() is None

    def said(self) -> str:
        """The last line that it said, which is why it failed where it did."""
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").split("\n")
        return next((one for one in reversed(lines) if one.strip()), "it ended")

    def share(self, name: str) -> float:
        """How far it is with one of NAMES, from 0 to 1."""
        self._log.seek(0)
        said = re.findall(rf"^{name}: (\d+)%$".encode(), self._log.read(), re.MULTILINE)
        return int(said[-1]) / 100 if said else 0.0


def prepare(tables: Path) -> None:
    """Make what the tables in a folder need, before they are published, and say how far it is.

    Of small ones that is the search index alone. Where it fails, a dashboard makes it later.
    """
    names = NAMES if is_large(tables) else ("search",)
    preparing = Preparing(tables, tables).start(names)
    with tqdm(total=len(names) * 100, unit="%", desc="preparing", delay=QUIET_SECONDS) as bar:
        while preparing.is_running:
            time.sleep(_LOOK)
            bar.update(sum(int(preparing.share(one) * 100) for one in names) - bar.n)
    if not preparing.wait():
        why = f"The dashboard will have to prepare these tables itself: {preparing.said()}"
        print(why, file=sys.stderr)


def _told(name: str) -> Tell:
    """What says how far it is, a line for each hundredth."""
    last = -1

    def tell(share: float) -> None:
        nonlocal last
        if int(share * 100) > last:
            last = int(share * 100)
            print(f"{name}: {last}%", flush=True)

    return tell


def main() -> None:
    """Make what is not there yet, and say how far it is."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.prepare", description=__doc__)
    parser.add_argument("tables", type=Path, help="a folder of tables, or one version of them")
    parser.add_argument("--spare", type=Path, help="where it lies if not beside the tables")
    parser.add_argument("--only", nargs="*", choices=NAMES, default=NAMES, metavar="NAME")
    given = parser.parse_args()
    os.nice(NICE)
    tables = store.resolve(given.tables)
    for name in given.only:
        tell = _told(name)
        tell(0)
        _MADE[name][1](tables, given.spare or tables, tell)
        tell(1)


if __name__ == "__main__":
    main()
