"""Fuzz the parsers: `python -m tests.fuzz [--minutes 60] [--jobs 2] [TARGET ...]`.

The minutes are those of all targets together; `--jobs` processes share them. Each target runs in
a process of its own with bounded memory. An input counts as a hang when it takes more than a
second of processor time for each kilobyte begun. What is found is shrunk and kept as
`tests/fuzz/corpus/TARGET/found-….bin`, which every test run reads again; exit status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from etl.intake import guard
from tests.conftest import ROOT

CORPUS = Path(__file__).with_name("corpus")
NOW = ROOT / ".cache" / "fuzz"
KEPT = ROOT / "data" / "quality" / "fuzz.json"
SECONDS_A_KILOBYTE = 1.0
MEMORY = 1536 * 1024 * 1024
AT_A_TIME = 250


class Hang(Exception):  # noqa: N818 - what it is, not that it went wrong
    """An input took more than a second a kilobyte."""


@contextlib.contextmanager
def bounded(size: int) -> Iterator[None]:
    """Raise Hang where what is done takes too much processor time for an input of so many bytes."""

    def ring(*_: object) -> None:
        raise Hang(f"more than {seconds:.0f} s for {size} bytes")

    seconds = SECONDS_A_KILOBYTE * (size // 1024 + 1)
    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def replay(name: str) -> Iterator[Path]:
    """The kept inputs of a target."""
    yield from sorted((CORPUS / name).glob("*.bin"))


def child(name: str, seconds: float, seed: int) -> dict[str, Any]:
    """Fuzz one target for so long in this process; what it came to."""
    import hypothesis
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    told: dict[str, Any] = {"inputs": 0, "bytes": 0, "slowest": 0.0, "found": []}
    _warm(target.check)
    # What is loaded now is the program's own; an input may take MEMORY beside it.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.RLIM_INFINITY))
    began, memory = time.monotonic(), _resident()
    NOW.mkdir(parents=True, exist_ok=True)
    now, last = NOW / f"{name}-{os.getpid()}.bin", [b""]

    def check(data: bytes) -> None:
        last[0] = data
        now.write_bytes(data)
        told["inputs"] += 1
        told["bytes"] += len(data)
        try:
            rate = _timed(target.check, data)
        except Exception as error:
            if _spot(error) in known:
                return
            raise
        told["slowest"] = max(told["slowest"], round(rate, 4))

    known: set[tuple[str, str]] = set()
    while time.monotonic() - began < seconds:
        seed += 1
        run = settings(
            max_examples=AT_A_TIME,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
        )(given(target.inputs())(check))
        try:
            hypothesis.seed(seed)(run)()
        except Exception as error:
            known.add(_spot(error))
            told["found"].append(_keep(name, last[0], error))
    now.unlink(missing_ok=True)
    told |= {
        "seconds": round(time.monotonic() - began, 1),
        "processor": round(time.process_time(), 1),
        "grown_mb": round((_resident() - memory) / 1024**2, 1),
        "peak_mb": round(guard.peak() / 1024**2, 1),
    }
    return told


def _timed(check: Any, data: bytes) -> float:
    """Processor seconds a kilobyte; raises what `check` raises, and Hang.

    The first time something is asked for it may be loaded: a hang is what happens twice.
    """
    with contextlib.suppress(Hang):
        return _once(check, data)
    return _once(check, data)


def _once(check: Any, data: bytes) -> float:
    used = time.process_time()
    with bounded(len(data)):
        check(data)
    return (time.process_time() - used) / (len(data) // 1024 + 1)


def _warm(check: Any) -> None:
    for data in (b"", "太原市5月18日收到提案3件。".encode()):
        with contextlib.suppress(Exception):
            check(data)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def _keep(name: str, data: bytes, error: BaseException) -> dict[str, str]:
    """Write a finding into the corpus; what is said of it."""
    where = CORPUS / name / f"found-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(data)
    kind, place = _spot(error)
    return {"file": where.name, "error": f"{kind}: {error}"[:300], "at": place}


def _spot(error: BaseException) -> tuple[str, str]:
    """What went wrong, and the innermost line of ours."""
    at = traceback.extract_tb(error.__traceback__)
    own = [one for one in at if "/etl/" in one.filename or "/dashboard/" in one.filename]
    # A check of ours that does not hold is told apart by its own line.
    spot = own[-1] if own and not isinstance(error, AssertionError) else at[-1]
    if isinstance(error, Hang):
        return "Hang", Path(own[0].filename).name if own else "?"
    return type(error).__name__, f"{Path(spot.filename).name}:{spot.lineno}"


def run(name: str, seconds: float, seed: int) -> dict[str, Any]:
    """One target in a process of its own; an end by a signal is a finding, too."""
    command = [sys.executable, "-m", "tests.fuzz", "--child", name]
    command += ["--minutes", str(seconds / 60), "--seed", str(seed)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, error = process.communicate(timeout=seconds + 300)
    except subprocess.TimeoutExpired:
        process.kill()
        out, error = process.communicate()
    with contextlib.suppress(ValueError, IndexError):
        return dict(json.loads(out.splitlines()[-1]))
    data = NOW / f"{name}-{process.pid}.bin"
    last = data.read_bytes() if data.exists() else b""
    why = RuntimeError(f"ended with {process.returncode}: {error.decode()[-300:]}")
    return {"inputs": 0, "bytes": 0, "found": [_keep(name, last, why)], "seconds": seconds}


def main() -> int:
    """Fuzz all targets, or those that are named."""
    from tests.fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=60, help="of all targets together")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10**6 * 1000)
    parser.add_argument("--write", action="store_true", help=f"keep the outcome in {KEPT.name}")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.child, given.minutes * 60, given.seed)))
        return 0
    names = given.targets or list(TARGETS)
    whole = sum(TARGETS[one].share for one in names)
    began = time.monotonic()

    def one(name: str) -> tuple[str, dict[str, Any]]:
        seconds = given.minutes * 60 * TARGETS[name].share / whole
        found = run(name, seconds, given.seed)
        print(_said(name, found), flush=True)
        return name, found

    with ThreadPoolExecutor(given.jobs) as pool:
        results = dict(pool.map(one, names))
    found = sum(len(one["found"]) for one in results.values())
    print(
        f"{sum(one['inputs'] for one in results.values()):,} inputs, "
        f"{sum(one['seconds'] for one in results.values()) / 60:.1f} minutes of fuzzing in "
        f"{(time.monotonic() - began) / 60:.1f} minutes, {found} findings, seed {given.seed}"
    )
    if given.write:
        day = datetime.date.today().isoformat()
        kept = {"measured": day, "seed": given.seed, "jobs": given.jobs, "targets": results}
        KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 1 if found else 0


def _said(name: str, found: dict[str, Any]) -> str:
    line = f"{name:12}{found['inputs']:10,} inputs{found['seconds']:8.0f} s"
    if "slowest" in found:
        line += f"{found['slowest']:8.3f} s a kilobyte at most"
        line += f"{found['peak_mb']:8.0f} MB at most{found['grown_mb']:8.1f} MB grown"
    return "\n".join(
        [line, *(f"  {one['file']} {one['at']} {one['error']}" for one in found["found"])]
    )


if __name__ == "__main__":
    sys.exit(main())
