"""What may happen to a server while readers are there, and what must hold all the same.

Each fault takes a `Stage` and says in words what was wrong; nothing said is a fault that was borne.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl import check, corrections, store
from etl.corrections import Correction
from tests.conftest import ROOT
from tests.soak.reader import Ledger, http
from tests.soak.server import Server

CLOCK = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
TEXT = "太原市5月18日召开座谈会，收到提案{number}件，大同市收到提案20件。\n"
# So long, in seconds, readers may take to be back after the server was killed.
BACK = 30


@dataclass
class Stage:
    """A server with readers, the folder that it shows, and what happened so far."""

    server: Server
    ledger: Ledger
    tables: Path
    sources: Path
    readers: int
    settle: float
    notes: list[str] = field(default_factory=list)

    async def wait(self, seconds: float) -> None:
        """Let the readers go on."""
        await asyncio.sleep(seconds)

    def build(self, **more: object) -> subprocess.Popen[bytes]:
        """Start a build of the sources into the folder that is shown."""
        return build(self.sources, self.tables, **more)

    def quiet(self) -> list[str]:
        """Errors, and red boxes, since the ledger was emptied."""
        return [*self.ledger.errors[:3], *self.ledger.told[:3]]


def build(sources: Path, out: Path, **more: object) -> subprocess.Popen[bytes]:
    """A build as a process of its own; its last words are on its standard error."""
    command = [sys.executable, "-m", "etl", "build", str(sources), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--workers", "1", "--issue-date", "2024-05-20"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **more,  # type: ignore[call-overload]
    )


async def _ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, words = await asyncio.to_thread(process.communicate)
    return process.returncode, words.decode("utf-8", "replace")


def _page(stage: Stage) -> None:
    """Another page among the sources, so that the next version differs."""
    name = f"{time.monotonic_ns()}.txt"
    (stage.sources / name).write_text(TEXT.format(number=random.randrange(10**6)), "utf-8")


async def killed(stage: Stage) -> list[str]:
    """kill -9 of the server, and a new one two seconds later: readers come back by themselves."""
    version = store.version(stage.tables)
    saved = stage.tables.parent / "corrections.jsonl"
    start = TEXT.format(number=1).index("20件")
    entry = Correction(
        "c1", "figures", "0.txt", start, start + 3, "20件", "accept", "看过", "王", "2026-11-26"
    )
    if not saved.exists():
        corrections.append(saved, [entry])
    stage.server.kill()
    await stage.wait(2)
    began = time.monotonic()
    await asyncio.to_thread(stage.server.start)
    while len(stage.ledger.recovered) < stage.ledger.broken and time.monotonic() - began < BACK:
        await stage.wait(0.5)
    await stage.wait(stage.settle)
    wrong = stage.quiet()
    if stage.ledger.recovered:
        longest = max(stage.ledger.recovered)
        stage.notes.append(
            f"{stage.ledger.broken} readers were cut off, {len(stage.ledger.recovered)} came back, "
            f"the last after {longest:.1f} s"
        )
    if len(stage.ledger.recovered) < stage.ledger.broken or not stage.ledger.broken:
        wrong.append(f"{len(stage.ledger.recovered)} of {stage.ledger.broken} came back")
    if store.version(stage.tables) != version or check.check(stage.tables):
        wrong.append("the tables are not as they were")
    if len(corrections.read(saved).entries) != 1:
        wrong.append("a correction is lost")
    return wrong


async def build_killed(stage: Stage) -> list[str]:
    """kill -9 of builds into the folder that is shown: readers see whole versions only."""
    wrong = []
    for turn in range(4):
        _page(stage)
        process = stage.build()
        await stage.wait(0.7 + turn * 0.8)
        if process.poll() is None:
            process.kill()
        await _ended(process)
        if check.check(stage.tables):
            wrong.append(f"torn tables after kill {turn}")
    before = store.version(stage.tables)
    _page(stage)
    status, words = await _ended(stage.build())
    if status not in (0, 3):
        wrong.append(f"the next build ended with {status}: {words[-200:]}")
    if store.version(stage.tables) == before:
        wrong.append("the next build published nothing")
    await stage.wait(stage.settle)
    if _shown(stage) != store.version(stage.tables):
        wrong.append("the server does not show the new version")
    return wrong + stage.quiet()


def _shown(stage: Stage) -> str:
    import json
    import urllib.request

    with urllib.request.urlopen(f"http://localhost:{stage.server.port}/ready", timeout=10) as one:
        return str(json.loads(one.read())["data_version"])


@contextlib.contextmanager
def small_disk(root: Path, size: str = "size=1m") -> Iterator[Path | None]:
    """A file system of its own where this process may mount one, else None."""
    place = Path(tempfile.mkdtemp(prefix="disk-", dir=root))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)], capture_output=True, check=False
    )
    try:
        yield place if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(place)], check=False)


async def disk_full(stage: Stage) -> list[str]:
    """A build on a full disk says so, and the former tables are as they were."""
    with small_disk(stage.tables.parent, "size=2m") as disk:
        out = disk / "tables" if disk else stage.tables
        if disk:
            await _ended(build(stage.sources, out))
            stage.notes.append("a tmpfs of 2 MB")
            (disk / "filler").write_bytes(b"")
            with contextlib.suppress(OSError), (disk / "filler").open("wb") as file:
                while True:
                    file.write(bytes(4096))
                    file.flush()
        else:
            stage.notes.append("a limit on the size of files stands for the full disk")
        before = store.version(out)
        _page(stage)
        limit = None if disk else _limited
        status, words = await _ended(build(stage.sources, out, preexec_fn=limit))
        wrong = []
        if status in (0, 3):
            wrong.append("the build claims that it published")
        if "Traceback" in words or not ("full" in words or "large" in words):
            wrong.append(f"the build said: {words[-200:]}")
        if store.version(out) != before or check.check(out):
            wrong.append("the former tables are not as they were")
    await stage.wait(stage.settle)
    return wrong + stage.quiet()


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


async def read_only(stage: Stage) -> list[str]:
    """A folder that cannot be written: readers read and search, a build says so."""
    with small_disk(stage.tables.parent, "size=40m") as disk:
        if disk is None and os.geteuid() == 0:
            stage.notes.append("not tried: nothing can be mounted, and root writes everywhere")
            return []
        out = (disk or stage.tables.parent) / "locked"
        shutil.copytree(stage.tables, out, symlinks=True, ignore=shutil.ignore_patterns("search"))
        if disk:
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            stage.notes.append("a tmpfs that was mounted again for reading only")
        else:
            for one in [out, *out.rglob("*")]:
                if not one.is_symlink():
                    one.chmod(one.stat().st_mode & ~0o222)
        wrong = []
        status, words = await _ended(build(stage.sources, out))
        if status in (0, 3) or "Traceback" in words or str(out) not in words:
            wrong.append(f"a build ended with {status}: {words[-200:]}")
        wrong += await _other_server(stage, out)
    return wrong + stage.quiet()


async def _other_server(stage: Stage, tables: Path, **settings: str) -> list[str]:
    """A few readers of a second server, on other tables or with other settings."""
    from tests.soak.reader import crowd

    ledger = Ledger()
    server = Server(tables, stage.server.log, **settings)
    await asyncio.to_thread(server.start)
    try:
        async with crowd(server.port, ledger, 4, 1.0):
            await asyncio.sleep(max(stage.settle, 4))
    finally:
        await asyncio.to_thread(server.stop)
    wrong = [*ledger.errors[:3], *ledger.told[:3]]
    return wrong if ledger.seconds else [*wrong, "no reader got a page"]


async def damaged(stage: Stage) -> list[str]:
    """Files of the version that is shown, broken under its readers: the former one is shown."""
    _page(stage)
    await _ended(stage.build())
    await stage.wait(stage.settle)
    current = store.resolve(stage.tables)
    wrong = stage.quiet()
    for name in ("figures", "articles", "activities"):
        path = current / f"{name}.parquet"
        data = bytearray(path.read_bytes())
        data[4:] = b"\xaa" * (len(data) - 4)
        path.write_bytes(bytes(data))
    await stage.wait(stage.settle + 2)
    # Who asked in that very moment was told so in a sentence.
    wrong += [one for one in stage.ledger.told if "python -m etl build" not in one][:3]
    stage.notes.append(f"{len(stage.ledger.told)} readers were told that the tables are damaged")
    stage.ledger.told.clear()
    await stage.wait(stage.settle + 2)
    wrong += stage.quiet()
    status, body = await http(
        stage.server.port, "/chart.json?page=activities&chart=activities_type"
    )
    if status != 200 or b"Traceback" in body:
        wrong.append(f"the data interface answers {status}")
    status, words = await _ended(stage.build())
    if status not in (0, 3) or check.check(stage.tables):
        wrong.append(f"a build does not mend it: {status} {words[-200:]}")
    await stage.wait(stage.settle)
    return wrong + stage.quiet()


async def index_damaged(stage: Stage) -> list[str]:
    """The search index, broken under its readers: what is asked of it is told in words."""
    from tests.soak.reader import Reader

    asking = Reader(stage.server.port, stage.ledger, 0)
    asking.page, asking.query = "search", "q=%E6%8F%90%E6%A1%88"
    await asking.open()
    index = store.resolve(stage.tables) / "search"
    if not index.is_dir():
        return ["no index was made beside the tables"]
    for one in index.glob("*.npy"):
        one.unlink()
    await stage.wait(stage.settle)
    # It is mapped: who has it open keeps it; a new server makes it anew.
    wrong = await _other_server(stage, stage.tables)
    return wrong + stage.quiet()


async def clock(stage: Stage) -> list[str]:
    """The server's clock jumps ten years ahead, and back: readers and new versions are served."""
    if not Path(CLOCK).exists():
        stage.notes.append("not tried: libfaketime is not installed (apt install libfaketime)")
        return []
    when = stage.tables.parent / "clock"
    when.write_text("+0")
    from tests.soak.reader import crowd

    ledger = Ledger()
    settings = {
        "LD_PRELOAD": CLOCK,
        "FAKETIME_TIMESTAMP_FILE": str(when),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    server = Server(stage.tables, stage.server.log, **settings)
    await asyncio.to_thread(server.start)
    wrong = []
    try:
        async with crowd(server.port, ledger, 4, 1.0):
            for jump in ("+3650d", "-3650d", "+0"):
                when.write_text(jump)
                before = len(ledger.seconds)
                _page(stage)
                await _ended(stage.build())
                await asyncio.sleep(max(stage.settle, 4))
                if len(ledger.seconds) == before:
                    wrong.append(f"nobody was served after {jump}")
    finally:
        await asyncio.to_thread(server.stop)
    stage.notes.append("libfaketime, ten years ahead and back")
    return [*wrong, *ledger.errors[:3], *ledger.told[:3], *stage.quiet()]


@contextlib.asynccontextmanager
async def _slow(port: int, many: int) -> AsyncIterator[None]:
    """Clients that send a letter a second, and some that never read what they asked for."""
    over = asyncio.Event()

    async def one(number: int) -> None:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("localhost", port)
            if number % 2:
                writer.write(b"GET /app/static/fonts/NotoSansSC-subset.woff2 HTTP/1.1\r\n")
                writer.write(b"Host: localhost\r\n\r\n")
            while not over.is_set():
                if not number % 2:
                    writer.write(b"G")
                await asyncio.sleep(1)
            writer.close()
            del reader

    tasks = [asyncio.create_task(one(number)) for number in range(many)]
    try:
        yield
    finally:
        over.set()
        await asyncio.gather(*tasks, return_exceptions=True)


async def slow_clients(stage: Stage) -> list[str]:
    """Clients that take for ever: the others do not wait for them."""
    before = stage.server.memory()
    async with _slow(stage.server.port, 60):
        stage.ledger.forget()
        await stage.wait(stage.settle * 2)
        p95, grown = stage.ledger.share(0.95), stage.server.memory() - before
    stage.notes.append(f"60 of them; p95 {p95:.2f} s, {grown:+.0f} MB")
    wrong = stage.quiet()
    if not stage.ledger.seconds:
        wrong.append("nobody was served")
    if grown > 150:
        wrong.append(f"{grown:.0f} MB more")
    return wrong


Fault = Callable[[Stage], Awaitable[list[str]]]
FAULTS: dict[str, Fault] = {
    "slow clients": slow_clients,
    "kill -9 of the server": killed,
    "kill -9 of a build": build_killed,
    "full disk": disk_full,
    "read-only folder": read_only,
    "damaged tables": damaged,
    "damaged search index": index_damaged,
    "clock jumps": clock,
}
