"""Builds as ratios within one run: `python -m tests.bench_builds [ARTICLES]`, part of `make bench`.

Times are processor seconds of all processes of a build; `jieba` is what one process of bare
`jieba.lcut` takes to segment the same texts. The articles are those of `scale_73k` beside the
project, spread evenly over the years; without it nothing is measured.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SCALE = ROOT.parent / "shared" / "corpora" / "scale_73k.jsonl.gz"
ARTICLES, ADDED = 2000, 10


class Run(NamedTuple):
    """What a build took: wall and processor seconds, and the largest process in MB."""

    wall: float
    processor: float
    memory: float


def lines(articles: int) -> list[str]:
    """So many lines of the corpus in their order; all of them where there are not so many."""
    with gzip.open(SCALE, "rt", encoding="utf-8") as file:
        found = file.readlines()
    step = max(1, len(found) // articles)
    return found[::step][:articles]


def build(source: Path, out: Path, *options: str) -> Run:
    """Run one build as its own process."""
    command = [sys.executable, "-m", "etl", "build", str(source), "--out", str(out), *options]
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"the build ended with status {process.returncode}")
    wall = time.monotonic() - began
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def segmented(records: Sequence[str]) -> float:
    """Processor seconds of bare jieba over the records' texts, its dictionary loaded before."""
    import jieba

    jieba.initialize()
    texts = [json.loads(line)["text"] for line in records]
    began = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return time.process_time() - began


def report(articles: int, folder: Path) -> None:
    """Measure and print, one line each."""
    found = lines(articles + ADDED)
    new, found = found[-ADDED:], found[:-ADDED]
    source, half = folder / "news.jsonl", folder / "half.jsonl"
    source.write_text("".join(found), "utf-8")
    half.write_text("".join(found[::2]), "utf-8")
    characters = sum(len(json.loads(line)["text"]) for line in found)
    bare = segmented(found)
    print(f"{len(found):,} articles, {characters:,} characters; load {os.getloadavg()[0]:.1f}")
    _say("bare jieba.lcut", Run(bare, bare, 0.0), bare)
    one = build(source, folder / "one", "--workers", "1")
    _say("whole build, 1 worker", one, bare)
    two = build(source, folder / "two", "--workers", "2")
    _say("whole build, 2 workers", two, bare)
    _say("half the articles, 1 worker", build(half, folder / "half", "--workers", "1"), bare)
    _say("again, nothing changed", build(source, folder / "one", "--workers", "1"), bare)
    for name, text in (("behind", found + new), ("in front", new + found)):
        source.write_text("".join(text), "utf-8")
        _say(f"{ADDED} new articles {name}", build(source, folder / "one"), bare)
    print(f"2 workers are {one.wall / two.wall:.2f} times 1")


def _say(what: str, run: Run, bare: float) -> None:
    print(
        f"{what:30}{run.wall:9.1f} s wall{run.processor:9.1f} s processor"
        f"{run.processor / bare:8.2f} x jieba{run.memory:8,.0f} MB",
        flush=True,
    )


def main() -> int:
    """Measure builds of so many articles as the first argument says."""
    if not SCALE.exists():
        print(f"{SCALE.name} is not beside the project; nothing to measure")
        return 0
    with tempfile.TemporaryDirectory() as name:
        report(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
