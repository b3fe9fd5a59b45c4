"""What is made once of a version of the tables, and lies beside them as long as they do.

    FOLDER/search/   the index of all sentences   (dashboard.search_index)
    FOLDER/keys/     what questions filter and count by   (dashboard.queries.keys_file)
    FOLDER/lists/    long lists in the order they are shown in   (dashboard.queries.lists_file)
    FOLDER/words/    which word stands how often in which article   (dashboard.queries.words_file)

Each folder has a file `done.json`, written last: without it, or with another layout or version, it
is none.
Where the folder of the tables cannot be written it lies in a spare one.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl import store

DONE = "done.json"


@dataclass(frozen=True, slots=True)
class Beside:
    """A folder that is made of tables: its name, and what tells its layout from others."""

    name: str
    layout: int | str

    def find(self, tables: Path, spare: Path) -> Path | None:
        """The folder beside the tables or in `spare`, or None where neither is whole."""
        version = store.version(tables)
        places = (tables / self.name, spare / self.name)
        return next((one for one in places if self._is_done(one, version)), None)

    def _is_done(self, folder: Path, version: str) -> bool:
        try:
            said = json.loads((folder / DONE).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        # Of which version they were made, indexes did not say in former times.
        return bool(said.get("layout") == self.layout and said.get("version", version) == version)

    def make(self, tables: Path, parent: Path, write: Callable[[Path], None]) -> Path:
        """The folder in `parent`; where it is none yet, `write` is given an empty one to fill.

        Whoever comes while it is being made waits for it. Raises OSError where it can't be written.
        """
        target, version = parent / self.name, store.version(tables)
        with _locked(parent / f".{self.name}.lock"):
            if not self._is_done(target, version):
                for left in parent.glob(f".{self.name}-*"):
                    shutil.rmtree(left, ignore_errors=True)
                fresh = Path(tempfile.mkdtemp(prefix=f".{self.name}-", dir=parent))
                write(fresh)
                said = json.dumps({"layout": self.layout, "version": version})
                (fresh / DONE).write_text(said, "utf-8")
                shutil.rmtree(target, ignore_errors=True)
                fresh.chmod(0o755)
                fresh.rename(target)
        return target

    def found_or_made(self, tables: Path, spare: Path, write: Callable[[Path], None]) -> Path:
        """The folder beside the tables or in `spare`; made where it is in neither."""
        if found := self.find(tables, spare):
            return found
        try:
            return self.make(tables, tables, write)
        except OSError:
            spare.mkdir(parents=True, exist_ok=True)
            return self.make(tables, spare, write)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
