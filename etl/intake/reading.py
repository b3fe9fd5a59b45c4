"""Following the process that reads, ending it at the limit, and going on behind what ended it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.intake import parts
from etl.intake.limits import Limits

ROOT = Path(__file__).resolve().parents[2]
LOG = "child.log"
# One page recognised takes a core for a minute: so many readings at a time, the others wait.
AT_A_TIME = 2
START_SECONDS = 60
_LOOK = 0.2
_turn = threading.Semaphore(AT_A_TIME)
# One thread each: more would only reserve memory that counts against the limit.
_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONIOENCODING": "utf-8",
}
_INHERITED = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


@dataclass(slots=True)
class State:
    """How far a reading is. `unit` and `name` are of what is being read, `documents` its pages
    so far, `saved` those of them that are read to the end and on disk.

    `status` is waiting, running, ready, stopped or failed; `files` counts the files and members
    that are done with; `peak` is the most memory that a child had, in bytes.
    """

    status: str = "waiting"
    unit: str = ""
    name: str = ""
    documents: int = 0
    saved: int = 0
    files: int = 0
    started: float = 0.0
    peak: int = 0


class Reading:
    """The reading of one folder in the background; ask `state`, and `stop` it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.state = State(started=time.monotonic())
        self._stopped = threading.Event()
        self._published = False
        self.pid: int | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the process and wait until it is gone; what was read stays on disk."""
        self._stopped.set()
        self._thread.join()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the reading came to its end within so many seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def is_running(self) -> bool:
        """Whether there is more to come."""
        return self._thread.is_alive()

    def _work(self) -> None:
        while not _turn.acquire(timeout=_LOOK):
            if self._stopped.is_set():
                self.state.status = "stopped"
                return
        try:
            self.state.status = "running"
            self.state.status = self._children()
        except OSError:
            self.state.status = "failed"
        finally:
            _turn.release()

    def _children(self) -> str:
        """Child after child, until one has read everything; the status that this ends with."""
        end = time.monotonic() + self.limits.seconds
        while not self._stopped.is_set():
            self.state.unit = ""
            why = self._one_child(end)
            if self._stopped.is_set():
                break
            if why is None:
                return "ready"
            if not self.state.unit:
                # It did not even begin with a file, or could not put the tables together.
                return "failed"
            parts.end(self.folder, self.state.unit, self.state.name, why, self.state.saved)
            self.state.files += 1
            if time.monotonic() > end:
                self._give_up()
                end = time.monotonic() + self.limits.page_seconds
        return "stopped"

    def _give_up(self) -> None:
        """Mark the files that are left as not read, so that the next child only publishes."""
        from etl.intake.dropped import load

        for given in load(self.folder):
            unit = f"{given.number:04}"
            if not parts.is_ended(self.folder, unit):
                reason = "was not read, for the time for one reading is over; add it by itself"
                parts.end(self.folder, unit, given.name, reason)

    def _one_child(self, end: float) -> str | None:
        """Follow one child to its end: None when it was ready, else why its unit broke off."""
        with (self.folder / LOG).open("ab") as log:
            child = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "etl.intake.child",
                    str(self.folder),
                    json.dumps(asdict(self.limits)),
                ],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self.pid = child.pid
        try:
            return self._follow(child, end)
        finally:
            _end(child)

    def _environment(self) -> dict[str, str]:
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        known = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return known | _ENVIRONMENT | {"TMPDIR": str(temporary), "HOME": str(temporary)}

    def _follow(self, child: subprocess.Popen[bytes], end: float) -> str | None:
        assert child.stdout is not None
        handle, rest = child.stdout.fileno(), b""
        # Starting is not reading: it takes some seconds on a busy machine.
        heard = time.monotonic() + START_SECONDS
        while not self._stopped.is_set():
            now = time.monotonic()
            if now - heard > self.limits.page_seconds:
                return self._too_slow(self.limits.page_seconds)
            if now > end:
                return self._too_slow(self.limits.seconds)
            if not select.select([handle], [], [], _LOOK)[0]:
                continue
            data = os.read(handle, 65536)
            if not data:
                return None if self._published else self._broke_off(child)
            heard = now
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._hear(json.loads(line))
        return None

    def _too_slow(self, seconds: float) -> str:
        saved = self.state.saved
        if saved:
            return (
                f"took longer than {seconds:,.0f} seconds; {saved} pages or records before it "
                "were read"
            )
        return f"took longer than {seconds:,.0f} seconds"

    def _broke_off(self, child: subprocess.Popen[bytes]) -> str:
        child.wait()
        memory = child.returncode in (-signal.SIGKILL, -signal.SIGABRT)
        return (
            "needs more memory than is allowed; split it, or save it smaller"
            if memory
            else "broke the program that reads it; save it again in another way"
        )

    def _hear(self, said: dict[str, object]) -> None:
        state = self.state
        match said["event"]:
            case "begin":
                state.unit, state.name = str(said["unit"]), str(said["name"])
                state.documents = state.saved = 0
            case "page":
                state.documents = int(str(said["documents"]))
            case "saved":
                state.saved = int(str(said["documents"]))
            case "end":
                state.peak = max(state.peak, int(str(said["peak"])))
                state.files += 1
                state.unit = ""
            case "ready":
                self._published = True


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a child and everything that it may have started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()
