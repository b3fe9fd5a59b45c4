"""What strangers hand in: limits, hostile files, a process that may do nothing but read."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etl import sources, store
from etl.intake import Dropped, Given, Limits, Refused, parts
from etl.intake.content import contradiction
from etl.intake.dropped import ending_of, safe_name
from etl.intake.keep import keep
from etl.intake.reading import ROOT, Reading
from etl.sources import Defaults
from tests.etl import hostile

PAGE = "河湾日报 2024年5月20日 第2版\n\n河湾市政协调研茶产业\n\n" + hostile.STORY
SAID = Defaults("2024-05-20", "河湾日报", 2)


def read(folder: Path, limits: Limits | None = None) -> Reading:
    """Read a folder to its end."""
    reading = Reading(folder, limits or Limits())
    reading.start()
    assert reading.wait(600)
    return reading


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(folder / f"tables/{table}.parquet").to_pylist()
    return found


@dataclass
class Aftermath:
    """What 300 hostile files did."""

    folder: Path
    reading: Reading
    calls: int
    outside: set[Path]
    names: list[str]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    around = tmp_path_factory.mktemp("hostile")
    folder = around / "visit"
    folder.mkdir()
    limits = Limits(files=500, page_seconds=60)
    dropped = Dropped(folder, limits)
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.settimeout(0)
        made = list(hostile.files(f"http://127.0.0.1:{trap.getsockname()[1]}/"))
        for name, data in made:
            dropped.take(name, data, SAID)
        before = set(Path.cwd().iterdir())
        reading = read(folder, limits)
        outside = set(around.iterdir()) - {folder} | set(Path.cwd().iterdir()) - before
        try:
            trap.accept()
            calls = 1
        except BlockingIOError:
            calls = 0
    return Aftermath(folder, reading, calls, outside, [one.name for one in dropped.given])


def test_each_hostile_file_is_read_or_refused_with_a_reason(aftermath: Aftermath) -> None:
    assert len(aftermath.names) >= 300
    assert aftermath.reading.state.status == "ready"
    rejects = rows(aftermath.folder, "rejects")
    told = {str(one["uri"]) for table in ("documents", "rejects") for one in rows(
        aftermath.folder, table
    )}  # fmt: skip
    silent = [
        name
        for name in aftermath.names
        if name not in told and not any(one.startswith((f"{name}/", f"{name}#")) for one in told)
    ]
    assert silent == []
    assert [one for one in rejects if not str(one["reason"]).strip()] == []


def test_no_hostile_file_breaks_the_program_or_needs_its_end(aftermath: Aftermath) -> None:
    reasons = {str(one["reason"]) for one in rows(aftermath.folder, "rejects")}
    assert not [one for one in reasons if "broke the program" in one or "took longer" in one]


def test_no_hostile_file_writes_outside_or_calls_anybody(aftermath: Aftermath) -> None:
    assert aftermath.calls == 0
    assert aftermath.outside == set()
    assert not Path("/tmp/out.txt").exists()


def test_hostile_files_take_less_than_a_gigabyte(aftermath: Aftermath) -> None:
    assert 0 < aftermath.reading.state.peak < 1024**3


def test_the_peak_is_of_the_process_itself_and_not_of_who_started_it() -> None:
    ballast = bytes(range(256)) * (2 * 1024 * 1024)
    command = [sys.executable, "-c", "from etl.intake import guard; print(guard.peak())"]
    peak = int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    assert 1024**2 < peak < len(ballast) / 2


def test_what_a_link_in_an_archive_points_to_is_not_read(aftermath: Aftermath) -> None:
    (link,) = [one for one in rows(aftermath.folder, "documents") if one["uri"] == "link.zip/a.txt"]
    assert link["text"] == "/etc/passwd"


FORBIDDEN = {
    "write": "open('/tmp/banmian-guard-test', 'w')",
    "append": "open('/tmp/banmian-guard-test', 'ab')",
    "make": "os.mkdir('/tmp/banmian-guard-test')",
    "rename": "os.rename('inside.txt', '/tmp/banmian-guard-test')",
    "climb": "open('../outside.txt', 'w')",
    "link": "os.symlink('/tmp', 'in'); open('in/banmian-guard-test', 'w')",
    "run": "__import__('subprocess').run(['true'])",
    "system": "os.system('true')",
    "fork": "os.fork()",
    "call": "__import__('socket').create_connection(('127.0.0.1', 9))",
    "look up": "__import__('socket').getaddrinfo('localhost', 80)",
    "fetch": "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
}


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_reading_process_may_not(attempt: str, tmp_path: Path) -> None:
    folder = tmp_path / "visit"
    folder.mkdir()
    (folder / "inside.txt").write_text("x")
    script = f"""
import os
from pathlib import Path
from etl.intake import guard
guard.close_in(Path.cwd(), 10**9, 10**6)
open('own.txt', 'w').close()
try:
    {FORBIDDEN[attempt]}
except PermissionError as error:
    print('refused', error)
"""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("refused")
    assert not Path("/tmp/banmian-guard-test").exists()


def test_a_page_that_takes_too_long_costs_nothing_else(tmp_path: Path) -> None:
    # On a fast machine it would need more memory than usual before the time is up.
    limits = Limits(page_seconds=5, memory=Limits().memory_of_pictures)
    dropped = Dropped(tmp_path, limits)
    chance = random.Random(1)
    endless = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(6_000_000))
    dropped.take("before.txt", PAGE.encode(), SAID)
    dropped.take("endless.txt", endless.encode(), SAID)
    dropped.take("after.txt", (PAGE + "又讯。\n").encode(), SAID)
    assert read(tmp_path, limits).state.status == "ready"
    assert [one["uri"] for one in rows(tmp_path, "documents")] == ["before.txt", "after.txt"]
    (reject,) = rows(tmp_path, "rejects")
    assert (reject["uri"], reject["reason"]) == ("endless.txt", "took longer than 5 seconds")


def test_what_needs_too_much_memory_costs_nothing_else(tmp_path: Path) -> None:
    dropped = Dropped(tmp_path, Limits())
    dropped.take("wide.docx", dict(hostile._offices())["wide.docx"], SAID)
    dropped.take("after.txt", PAGE.encode(), SAID)
    assert read(tmp_path).state.status == "ready"
    assert [one["uri"] for one in rows(tmp_path, "documents")] == ["after.txt"]
    assert "more memory" in str(rows(tmp_path, "rejects")[0]["reason"])


def test_a_reading_that_was_ended_anywhere_goes_on_to_the_same_tables(tmp_path: Path) -> None:
    versions = set()
    chance = random.Random(7)
    for attempt in range(4):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        dropped = Dropped(folder, Limits())
        for number in range(5):
            dropped.take(f"{number}.txt", f"{PAGE}第{number}次。\n".encode(), SAID)
        if attempt:
            broken = Reading(folder, Limits())
            broken.start()
            broken.wait(chance.uniform(0.3, 4))
            broken.stop()
        assert read(folder).state.status == "ready"
        versions.add(store.version(folder / "tables"))
    assert len(versions) == 1


def test_a_reader_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    Dropped(tmp_path, Limits()).take("page.txt", PAGE.encode(), SAID)
    script = f"""
from pathlib import Path
from etl.intake import Limits
from etl.intake.reading import Reading
reading = Reading(Path({str(tmp_path)!r}), Limits())
reading.start()
while reading.pid is None:
    pass
print(reading.pid, flush=True)
reading.wait()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout
        reader = int(program.stdout.readline())
        program.kill()
    for _ in range(100):
        if not _is_alive(reader):
            break
        time.sleep(0.1)
    assert not _is_alive(reader)
    assert not list(tmp_path.glob("ended/*"))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_what_was_half_read_is_not_there_twice(tmp_path: Path) -> None:
    dropped = Dropped(tmp_path, Limits())
    dropped.take("page.txt", PAGE.encode(), SAID)
    read(tmp_path)
    version = store.version(tmp_path / "tables")
    # As if the process had been ended between the last part and the word that this was the last.
    (tmp_path / "ended/0001.json").unlink()
    read(tmp_path)
    assert len(rows(tmp_path, "documents")) == 1
    assert store.version(tmp_path / "tables") == version


def test_tables_are_those_that_a_build_makes(tmp_path: Path) -> None:
    from etl import build, engines

    dropped = Dropped(tmp_path, Limits())
    given = dropped.take("page.txt", PAGE.encode(), SAID)
    read(tmp_path)
    (tmp_path / "page.txt").write_bytes(dropped.path_of(given).read_bytes())
    made = build.build([tmp_path / "page.txt"], tmp_path / "built", SAID, engines.local)
    assert made.version == store.version(tmp_path / "tables")


def test_more_records_than_allowed_are_read_up_to_the_limit(tmp_path: Path) -> None:
    limits = Limits(documents=10)
    records = "".join(json.dumps({"text": f"第{n}条。"}) + "\n" for n in range(20))
    Dropped(tmp_path, limits).take("many.jsonl", records.encode(), SAID)
    read(tmp_path, limits)
    assert len(rows(tmp_path, "documents")) == 10
    assert "more than 10 pages or records" in str(rows(tmp_path, "rejects")[0]["reason"])


def test_a_file_is_read_again_with_what_is_said_now(tmp_path: Path) -> None:
    dropped = Dropped(tmp_path, Limits())
    one = dropped.take("one.txt", hostile.STORY.encode(), Defaults())
    dropped.take("two.txt", (hostile.STORY * 2).encode(), Defaults())
    read(tmp_path)
    assert {row["issue_date"] for row in rows(tmp_path, "documents")} == {None}
    dropped.say(one.number, SAID)
    parts.forget(tmp_path, f"{one.number:04}")
    read(tmp_path)
    found = {row["uri"]: row["issue_date"] for row in rows(tmp_path, "documents")}
    assert found == {"one.txt": "2024-05-20", "two.txt": None}


SMALL = Limits(files=2, file_bytes=100, total_bytes=150)


@pytest.mark.parametrize(
    ("why", "files"),
    [
        ("kind", [("a.exe", b"x")]),
        ("kind", [("noending", b"x")]),
        ("size", [("a.txt", b"x" * 101)]),
        ("total", [("a.txt", b"x" * 90), ("b.txt", b"y" * 90)]),
        ("files", [("a.txt", b"x"), ("b.txt", b"y"), ("c.txt", b"z")]),
        ("same", [("a.txt", b"x"), ("b.txt", b"x")]),
    ],
)
def test_what_breaks_a_limit_is_refused(
    tmp_path: Path, why: str, files: list[tuple[str, bytes]]
) -> None:
    dropped = Dropped(tmp_path, SMALL)
    for name, data in files[:-1]:
        dropped.take(name, data, SAID)
    with pytest.raises(Refused) as refused:
        dropped.take(*files[-1], SAID)
    assert refused.value.why == why
    assert len(Dropped(tmp_path, SMALL).given) == len(files) - 1


def test_two_files_of_one_name_keep_apart(tmp_path: Path) -> None:
    dropped = Dropped(tmp_path, Limits())
    names = [dropped.take("page.txt", bytes([n]), SAID).name for n in b"abc"]
    assert names == ["page.txt", "page-2.txt", "page-3.txt"]


@example(name="0.00000000000000:0")
@example(name="0.\u0130")
@given(name=st.text(max_size=300))
def test_a_safe_name_leads_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\\0:*?"<>|\n')
    assert not safe.startswith((".", "-"))
    assert len(safe) <= 100
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\报纸\\第 2 版.pdf", "第_2_版.pdf"),
        (".hidden.txt", "hidden.txt"),
        ("con.txt", "file_con.txt"),
        ("会" * 200 + ".csv.gz", "会" * 80 + ".csv.gz"),
        ("", "file"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert ending_of(safe) == ending_of(name)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"%PDF-1.4", "is a pdf file by its content, but ends in .txt; rename it to .pdf"),
        ("a.md", b" <!DOCTYPE html><html>", "rename it to .html"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "rename it to .png"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as one of the kinds"),
        ("a.txt", b"MZ\x90", "is a program"),
        ("a.pdf", b"hello", "is no .pdf file"),
        ("a.html", b"<p>no doctype", None),
        ("a.jpeg", b"\xff\xd8\xff\xe0", None),
        ("a.txt", "报纸".encode(), None),
    ],
)
def test_content_belies_an_ending(tmp_path: Path, name: str, data: bytes, said: str | None) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    found = contradiction(path, name)
    assert (said in found if found and said else found is said) is True


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[Given, Path]]:
    source = tmp_path / "0001.txt"
    source.write_bytes(hostile.STORY.encode())
    yield Given(1, "第2版.txt", source.name, "ab" * 32, 9, "河湾日报", "2024-05-20", 2), source


def test_a_build_takes_what_was_kept_with_what_was_said(
    tmp_path: Path, kept: tuple[Given, Path]
) -> None:
    path = keep(*kept, tmp_path / "collection")
    assert path.name == "2024-05-20-abababababab-第2版.txt"
    (source,) = sources.find([tmp_path / "collection"])
    assert isinstance(source, sources.Source)
    (document,) = sources.read(source, Defaults("1999-01-01", "别的报", 9))
    assert not hasattr(document, "reason")
    said = (document.publication, document.issue_date, document.page)  # type: ignore[union-attr]
    assert said == ("河湾日报", "2024-05-20", 2)


def test_the_same_file_is_kept_once_with_what_was_said_last(
    tmp_path: Path, kept: tuple[Given, Path]
) -> None:
    given, source = kept
    keep(given, source, tmp_path / "collection")
    path = keep(replace(given, page=3), source, tmp_path / "collection")
    assert len(list((tmp_path / "collection").iterdir())) == 2
    assert json.loads(path.with_name(f"{path.name}.about.json").read_text())["page"] == 3


def test_a_file_is_never_seen_half_written(
    tmp_path: Path, kept: tuple[Given, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="full"):
        keep(*kept, tmp_path / "collection")
    assert list((tmp_path / "collection").iterdir()) == []


@pytest.mark.parametrize("said", ["[1]", "{", '{"issue_date": "2024-02-30"}'])
def test_a_file_beside_that_says_nonsense_rejects_its_file(tmp_path: Path, said: str) -> None:
    (tmp_path / "a.txt").write_text(hostile.STORY)
    (tmp_path / "a.txt.about.json").write_text(said)
    (source,) = sources.find([tmp_path / "a.txt"])
    assert isinstance(source, sources.Source)
    (reject,) = sources.read(source, Defaults())
    assert "a.txt.about.json" in getattr(reject, "reason", "")
