"""Building again what is shown, with the corrections made since: a process of its own.

BANMIAN_SOURCES names what the tables are built from, a path a line; BANMIAN_ISSUE_DATE and
BANMIAN_PUBLICATION what the build was told of it. `make run` sets them. No streamlit.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dashboard import bundled, data, editors, uploads
from etl import events

SOURCES = "BANMIAN_SOURCES"
_SAID = {"BANMIAN_ISSUE_DATE": "--issue-date", "BANMIAN_PUBLICATION": "--publication"}
# Built, perhaps with some sources left out.
BUILT = (0, 3)
SHOWN = 20


def sources() -> list[Path]:
    """What the tables are built from, the collection with it; nothing where that is not known."""
    named = [Path(one) for one in os.environ.get(SOURCES, "").splitlines() if one.strip()]
    if not named:
        return bundled.sources() if data.folder() == bundled.DEFAULT else []
    kept = uploads.collection()
    some = kept is not None and kept.is_dir() and any(kept.iterdir())
    return [*named, kept] if kept and some else named


def command() -> list[str]:
    """The call that builds them into the folder that is shown."""
    call = [sys.executable, "-m", "etl", "build", *map(str, sources())]
    call += ["--out", data.named()]
    path = editors.file()
    if path and path.is_file():
        call += ["--corrections", str(path)]
    for variable, option in _SAID.items():
        if value := os.environ.get(variable, "").strip():
            call += [option, value]
    return call


@dataclass(slots=True)
class Rebuild:
    """A build under way or ended: it goes on while the reader looks around."""

    began: float = field(default_factory=time.monotonic)
    _log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> Rebuild:
        """Begin; what it says goes into a file that nobody else sees."""
        # The module `etl` is found from the project, whatever else is on the path; what it says
        # is for the person who waits.
        here = os.environ | {"PYTHONPATH": str(bundled.ROOT), events.LOG: "off"}
        self._process = subprocess.Popen(
            command(), stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, env=here
        )
        return self

    @property
    def is_running(self) -> bool:
        """Whether it goes on still."""
        return self._process is not None and self._process.poll() is None

    @property
    def is_built(self) -> bool:
        """Whether it ended, and published tables."""
        return self._process is not None and self._process.poll() in BUILT

    @property
    def seconds(self) -> int:
        """How long ago it began."""
        return int(time.monotonic() - self.began)

    def words(self) -> str:
        """The last lines that it said, without its progress bar."""
        self._log.seek(0)
        text = self._log.read().decode("utf-8", "replace")
        lines = [one.rsplit("\r", 1)[-1] for one in text.splitlines()]
        told = [one for one in lines if one.strip() and not one.startswith("reading:")]
        return "\n".join(told[-SHOWN:])
