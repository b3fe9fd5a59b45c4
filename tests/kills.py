"""Kill a process at random moments of correcting, building and adding, and see what is left.

`python -m tests.kills --times 200` says what that gave; a few kills are part of the test suite.
After each kill: every correction and file that was said to be saved is there, what is there is
whole, readers find one whole version of the tables, and the next correction, build or file works.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from etl import __main__ as cli
from etl import check, corrections, store
from etl.corrections import Correction, Undo
from etl.intake.dropped import Given
from etl.intake.keep import keep
from etl.sources.beside import name_for

# A child lives so long at most, in seconds: long enough for a few of what it does.
LONGEST = {"correct": 0.4, "build": 1.2, "add": 0.4}
TEXT = "太原市5月18日召开座谈会，收到提案{number}件，大同市收到提案20件。\n"

Tell = Callable[[str], None]


class Place:
    """The folder that is worked in: pages, a collection, corrections, tables."""

    def __init__(self, root: Path) -> None:
        self.pages, self.collection = root / "pages", root / "collection"
        self.file, self.tables = root / "corrections.jsonl", root / "tables"
        self.dropped = root / "dropped"
        for folder in (self.pages, self.collection, self.dropped):
            folder.mkdir()
        for number in range(3):
            (self.pages / f"{number}.txt").write_text(TEXT.format(number=number), "utf-8")
        self.saved: set[str] = set()
        self.kept: set[str] = set()

    def build(self, *more_sources: Path) -> int:
        """Build the pages, quietly; the exit status."""
        call = ["build", *map(str, (self.pages, *more_sources)), "--out", str(self.tables)]
        call += ["--workers", "1", "--issue-date", "2024-05-20"]
        more = ["--corrections", str(self.file)] if self.file.exists() else []
        quiet = io.StringIO()
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            return cli.main([*call, *more])


def correct(place: Place, name: str, tell: Tell) -> None:
    """Write corrections down and take some back, as fast as it goes."""
    raw = "20件"
    start = TEXT.format(number=0).index(raw)
    for number in itertools.count():
        made = Correction(
            f"{name}-{number}",
            "figures",
            "0.txt",
            start,
            start + len(raw),
            raw,
            "change",
            "看过原文" * 40,
            "王",
            "2026-11-26",
            change={"value": float(number)},
        )
        corrections.append(place.file, [made])
        tell(made.id)
        if number % 5 == 4:
            undo = Undo(f"{name}-u{number}", made.id, "", "王", "2026-11-26")
            corrections.append(place.file, [undo])
            tell(undo.id)


def build(place: Place, name: str, tell: Tell) -> None:
    """Build again and again, with other content each time."""
    for number in itertools.count():
        text = TEXT.format(number=f"{os.getpid()}{number}")
        (place.pages / "changing.txt").write_text(text, "utf-8")
        place.build()


def add(place: Place, name: str, tell: Tell) -> None:
    """Put files into the collection."""
    for number in itertools.count():
        data = TEXT.format(number=f"{name}{number}").encode() * 3
        source = place.dropped / f"{name}-{number}.txt"
        source.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        given = Given(number, source.name, source.name, digest, len(data))
        tell(keep(given, source, place.collection).name)


KINDS = {"correct": correct, "build": build, "add": add}


def kill_once(place: Place, kind: str, turn: int, seconds: float) -> None:
    """Start a child, kill it after `seconds`, remember what it said was saved."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            KINDS[kind](place, f"{kind}{turn}", lambda one: _tell(write, one))
        except BaseException as error:
            sys.stderr.write(f"{kind}: {error!r}\n")
        finally:
            os._exit(1)
    os.close(write)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as told:
        said = told.read().decode().splitlines()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{kind} ended by itself"
    (place.kept if kind == "add" else place.saved).update(said)


def _tell(pipe: int, words: str) -> None:
    os.write(pipe, f"{words}\n".encode())


def look(place: Place, turn: int) -> Counter[str]:
    """Raise AssertionError where something is lost or torn; what was found beside it."""
    found: Counter[str] = Counter()
    if place.file.exists():
        found["half lines set aside"] += bool(corrections.read(place.file).half)
        known = corrections.read(place.file).entries[:1]
        more = [Undo(f"after{turn}", one.id, "", "李", "2026-11-26") for one in known]
        entries = corrections.append(place.file, more).entries
        ids = {entry.id for entry in entries}
        assert place.saved <= ids, f"lost: {sorted(place.saved - ids)[:3]}"
        found["unsaid, yet whole"] = len(ids - place.saved - {f"after{n}" for n in range(turn + 1)})
    _look_at_files(place)
    assert check.check(place.tables) == []
    return found


def _look_at_files(place: Place) -> None:
    names = {one.name for one in place.collection.iterdir() if not one.name.startswith(".")}
    files = {one for one in names if not one.endswith(".about.json")}
    assert place.kept <= files, "a file that was kept is gone"
    for name in files:
        about = json.loads((place.collection / name_for(name)).read_text("utf-8"))
        data = (place.collection / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == about["sha256"], f"{name} is torn"


def main(times: int, seed: int) -> Counter[str]:
    """Kill so often; what was seen. Raises AssertionError at the first loss."""
    rng = random.Random(seed)
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as root:
        place = Place(Path(root))
        place.build()
        for turn in range(times):
            kind = list(KINDS)[turn % len(KINDS)]
            before = store.resolve(place.tables).name
            kill_once(place, kind, turn, rng.uniform(0, LONGEST[kind]))
            total[f"kills of {kind}"] += 1
            total["kills after a new version was published"] += (
                store.resolve(place.tables).name != before
            )
            seen = look(place, turn)
            total["half lines set aside"] += seen["half lines set aside"]
            total["entries whole, though nothing had said so yet"] = seen["unsaid, yet whole"]
            if kind == "build":
                _build_on(place)
        _build_on(place, *([place.collection] if place.kept else []))
        total["corrections that were saved"] = len(place.saved)
        total["files that were kept"] = len(place.kept)
    return total


def _build_on(place: Place, *more_sources: Path) -> None:
    """The next start is clean: it builds, and sweeps what the dead one left behind."""
    # The page that was being written may be empty, and is rejected then.
    assert place.build(*more_sources) in (cli.PUBLISHED, cli.REJECTED)
    assert check.check(place.tables) == []
    left = [one.name for one in (place.tables / store.VERSIONS).glob(f"{store.BUILDING}*")]
    assert not left, f"left behind: {left}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the moments")
    given = parser.parse_args()
    began = time.monotonic()
    for what, count in main(given.times, given.seed).items():
        print(f"{count:6,}  {what}")
    print(f"seed {given.seed}, {time.monotonic() - began:.0f} s: nothing lost, nothing torn")
    sys.exit(0)
