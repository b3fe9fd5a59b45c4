"""Readers for some minutes, then every fault: `python -m tests.soak --minutes 10 --readers 100`.

Exit status 1 where a bar is not met or a fault is not borne. `--write` keeps the outcome in
data/quality/soak.json.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, open_browser
from tests.soak.faults import FAULTS, TEXT, Stage, build
from tests.soak.reader import Ledger, crowd
from tests.soak.server import Server

KEPT = ROOT / "data" / "quality" / "soak.json"
EVERY = 10.0
P95 = 1.5
# Memory is flat where the last quarter holds so much more, in MB, than the second one at most.
FLAT = 60.0


async def steady(server: Server, ledger: Ledger, readers: int, minutes: float) -> dict[str, Any]:
    """So many readers for so long; what they met and what the server took."""
    memory: list[float] = []
    load = os.getloadavg()[0]
    async with crowd(server.port, ledger, readers, EVERY):
        # Everybody's first page, which is made once, is not what is measured.
        await asyncio.sleep(EVERY + 5)
        first = len(ledger.seconds)
        ledger.forget()
        began, used = time.monotonic(), server.processor()
        while time.monotonic() - began < minutes * 60:
            await asyncio.sleep(min(5, minutes * 6))
            memory.append(round(server.memory(), 1))
        span = time.monotonic() - began
        busy = (server.processor() - used) / span
        browser = await asyncio.to_thread(looked_at, server.port)
    quarter = max(1, len(memory) // 4)
    second, last = memory[quarter : 2 * quarter] or memory, memory[-quarter:]
    return {
        "readers": readers,
        "minutes": round(span / 60, 1),
        "first_pages": first,
        "interactions": len(ledger.seconds),
        "errors": [*ledger.errors, *ledger.told][:10],
        "broken": ledger.broken,
        "p50": round(ledger.share(0.5), 3),
        "p95": round(ledger.share(0.95), 3),
        "p99": round(ledger.share(0.99), 3),
        "memory": {"first": memory[0], "last": memory[-1], "most": max(memory)},
        "grown": round(sum(last) / len(last) - sum(second) / len(second), 1),
        "cores_busy": round(busy, 2),
        "load_before": round(load, 1),
        "browser": browser,
    }


def looked_at(port: int) -> list[float]:
    """Seconds until a real Chromium beside the others has a page and each of three more."""
    from tests.browser.test_app import DESK, Reader, window

    found = []
    try:
        with open_browser() as chromium:
            reader = Reader(window(chromium, DESK), f"http://localhost:{port}")
            for path in ("/", "/figures", "/map", "/words"):
                began = time.monotonic()
                reader.open(path)
                found.append(round(time.monotonic() - began, 2))
    except Exception as error:
        print(f"no browser beside them: {str(error)[:200]}")
    return found


def missed(measured: dict[str, Any]) -> list[str]:
    """The bars that the readers' minutes do not meet."""
    wrong = list(measured["errors"])
    if not measured["p95"] < P95:
        wrong.append(f"p95 is {measured['p95']} s, the bar {P95} s")
    if measured["grown"] > FLAT:
        wrong.append(f"memory grew by {measured['grown']} MB, the bar is {FLAT:.0f}")
    if measured["broken"]:
        wrong.append(f"{measured['broken']} connections broke")
    return wrong


async def faulty(stage: Stage, names: list[str], every: float) -> dict[str, Any]:
    """Each fault by itself while readers are there."""
    told: dict[str, Any] = {}
    async with crowd(stage.server.port, stage.ledger, stage.readers, every):
        await stage.wait(every + stage.settle)
        for name in names:
            stage.ledger.forget()
            stage.notes.clear()
            began = time.monotonic()
            wrong = await FAULTS[name](stage)
            seconds = round(time.monotonic() - began, 1)
            told[name] = {"wrong": wrong, "notes": [*stage.notes], "seconds": seconds}
            print(f"{name}: {'; '.join(wrong) or 'borne'} ({'; '.join(stage.notes)})", flush=True)
            await stage.wait(2)
    return told


def prepared(root: Path, versions: int = 3) -> Stage:
    """Sources and their tables, some versions of them, and a server that is not started yet."""
    sources, tables = root / "sources", root / "tables"
    sources.mkdir()
    for number in range(versions):
        (sources / f"{number}.txt").write_text(TEXT.format(number=number), "utf-8")
        build(sources, tables).communicate()
    server = Server(tables, root / "server.log")
    return Stage(server, Ledger(), tables, sources, readers=10, settle=6)


def main() -> int:
    """Measure on the bundled articles or `--tables`, then try the faults on a small folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--tables", type=Path, help="the bundled articles are built without it")
    parser.add_argument("--faults", nargs="*", default=list(FAULTS), help=", ".join(FAULTS))
    parser.add_argument("--write", action="store_true", help=f"keep the outcome in {KEPT.name}")
    given = parser.parse_args()
    kept: dict[str, Any] = {"measured": datetime.date.today().isoformat(), "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="banmian-soak-") as name:
        root = Path(name)
        if given.minutes:
            tables = given.tables or root / "bundled"
            if not given.tables:
                build(ROOT / "data" / "corpus", tables).communicate()
            server = Server(tables, root / "steady.log")
            server.start()
            try:
                kept["steady"] = asyncio.run(steady(server, Ledger(), given.readers, given.minutes))
            finally:
                server.stop()
            kept["steady"]["missed"] = missed(kept["steady"])
            print(json.dumps(kept["steady"], ensure_ascii=False, indent=1), flush=True)
        kept["faults"] = _faults(root, given.faults, min(given.readers, 20)) if given.faults else {}
    if given.write:
        # What was not tried this time stays as it was kept.
        before = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
        kept = before | kept | {"faults": before.get("faults", {}) | kept["faults"]}
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    wrong = [*kept.get("steady", {}).get("missed", [])]
    wrong += [f"{one}: {said}" for one, its in kept["faults"].items() for said in its["wrong"]]
    print("; ".join(wrong) or "every bar is met and every fault borne")
    return 1 if wrong else 0


def _faults(root: Path, names: list[str], readers: int) -> dict[str, Any]:
    """What each fault came to."""
    stage = prepared(root)
    stage.readers = readers
    stage.server.start()
    try:
        return asyncio.run(faulty(stage, names, 2.0))
    finally:
        stage.server.stop()


if __name__ == "__main__":
    sys.exit(main())
