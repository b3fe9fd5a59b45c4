"""dask with two workers against one: `python -m tests.bench_cluster [ARTICLES]`.

Scheduler and workers are processes of their own, as docs/scale.md starts them. One and two workers
take turns, the machine being shared; all tables are compared byte for byte. Exit status 1 where
they differ or two workers are less than BAR times as fast.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from etl import store
from tests.bench_builds import ROOT, SCALE, Run, build, lines
from tests.conftest import free_port

ARTICLES, TURNS, BAR = 6000, 3, 1.4


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A scheduler with so many workers of one thread each, up to the end of the block."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
    begun = [_dask(*scheduler), *(_dask(*worker) for _ in range(workers))]
    try:
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address
    finally:
        for one in reversed(begun):
            one.terminate()
            one.wait()


def _dask(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("dask")), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "."},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def turn(source: Path, out: Path, workers: int) -> tuple[Run, list[float]]:
    """One build on a cluster of its own, and the processor seconds that each worker took for it."""
    from distributed import Client

    with cluster(workers) as address, Client(address, timeout=60) as client:
        before = client.run(time.process_time)
        run = build(source, out, "--engine", "dask", "--scheduler", address)
        return run, [used - before[one] for one, used in client.run(time.process_time).items()]


def equal(one: Path, other: Path) -> bool:
    """Whether the files of two builds are the same, byte for byte."""
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in store.names())


def report(articles: int) -> int:
    """Print the times of all turns and their ratio."""
    if not SCALE.exists():
        print(f"{SCALE} is not there: nothing is measured")
        return 0
    walls: dict[int, list[float]] = {1: [], 2: []}
    busiest: dict[int, list[float]] = {1: [], 2: []}
    same = True
    with tempfile.TemporaryDirectory(prefix="banmian-cluster-") as name:
        source = Path(name) / "articles.jsonl"
        source.write_text("".join(lines(articles)), "utf-8")
        for number in range(TURNS):
            outs = {workers: Path(name) / f"{number}-{workers}" for workers in walls}
            for workers, out in outs.items():
                load = os.getloadavg()[0]
                run, used = turn(source, out, workers)
                walls[workers].append(run.wall)
                busiest[workers].append(max(used))
                print(
                    f"{workers} workers: {run.wall:.1f} s wall; processor: main process "
                    f"{run.processor:.1f} s, workers {', '.join(f'{one:.1f}' for one in used)} s; "
                    f"load {load:.1f}",
                    flush=True,
                )
            same &= equal(outs[1], outs[2])
    ratio, cut = (statistics.median(one[1]) / statistics.median(one[2]) for one in (walls, busiest))
    print(f"2 workers are {ratio:.2f} times 1 (bar {BAR}); tables {'equal' if same else 'DIFFER'}")
    print(f"the busier of two takes the processor {cut:.2f} times less than one alone")
    return 0 if same and ratio >= BAR else 1


if __name__ == "__main__":
    sys.exit(report(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES))
