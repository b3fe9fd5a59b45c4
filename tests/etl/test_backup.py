"""A backup holds all that must last, and comes back as it was or not at all."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import store
from etl.__main__ import main
from etl.backup import MANIFEST, BackupError, backup
from etl.former import FILE
from etl.restore import is_safe, restore
from etl.store import StoreError, write_tables
from tests.etl.test_store import contents, rows

ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests/cases/backups.yaml").read_text("utf-8"))


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder that are no links, by their path."""
    found = (one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return {str(one.relative_to(folder)): one.read_bytes() for one in found}


def made(folder: Path, number: int = 1) -> Path:
    """A backup of small tables, a correction and two sources."""
    write_tables(folder / "tables", rows(number))
    (folder / "corrections.jsonl").write_bytes(b'{"a": 1}\n')
    (folder / "kept" / "年").mkdir(parents=True, exist_ok=True)
    (folder / "kept" / "年" / "a.txt").write_bytes(b"one\x00")
    (folder / "kept" / "b.txt").write_bytes(b"")
    target = folder / "backup.tar"
    backup(folder / "tables", target, folder / "corrections.jsonl", folder / "kept", replace=True)
    return target


def back(file: Path, folder: Path, replace: bool = False) -> None:
    restore(file, folder / "tables", folder / "corrections.jsonl", folder / "kept", replace)


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["path"]))
def test_which_paths_have_a_place_in_a_backup(case: dict[str, Any]) -> None:
    assert is_safe(case["path"]) is case["safe"]


@given(st.text(max_size=30) | st.from_regex(r"(sources|tables|\.\.|/|a|\.){1,8}", fullmatch=True))
def test_a_path_that_has_a_place_stays_in_its_folder(path: str) -> None:
    if is_safe(path):
        inside = os.path.normpath(f"/backup/{path}")
        assert inside == f"/backup/{path}"


def test_what_comes_back_is_what_was_kept(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    back(file, tmp_path / "b")
    for name in ("corrections.jsonl", "kept/年/a.txt", "kept/b.txt"):
        assert (tmp_path / "b" / name).read_bytes() == (tmp_path / "a" / name).read_bytes()
    assert contents(tmp_path / "b/tables") == contents(tmp_path / "a/tables")
    assert store.version(tmp_path / "b/tables") == store.version(tmp_path / "a/tables")
    former = [store.resolve(tmp_path / one / "tables") / FILE for one in "ab"]
    assert former[0].read_bytes() == former[1].read_bytes()


@settings(max_examples=8)
@given(
    said=st.binary(max_size=200),
    files=st.dictionaries(
        st.text(
            st.characters(codec="utf-8", exclude_characters="/\\.\0", min_codepoint=32),
            min_size=1,
            max_size=20,
        ),
        st.binary(max_size=300),
        max_size=4,
    ),
)
def test_any_corrections_and_sources_come_back(said: bytes, files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        write_tables(folder / "tables", {})
        (folder / "said").write_bytes(said)
        (folder / "kept").mkdir()
        for name, content in files.items():
            (folder / "kept" / name).write_bytes(content)
        backup(folder / "tables", folder / "b.tar", folder / "said", folder / "kept")
        back(folder / "b.tar", folder / "new")
        whole = said[: said.rfind(b"\n") + 1]
        assert (folder / "new" / "corrections.jsonl").read_bytes() == whole
        if files:
            assert everything(folder / "new" / "kept") == everything(folder / "kept")


def test_hidden_files_and_links_of_a_collection_stay_out(tmp_path: Path) -> None:
    write_tables(tmp_path / "tables", rows())
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / ".half.new").write_text("half")
    (kept / "link").symlink_to("/etc/hostname")
    found = backup(tmp_path / "tables", tmp_path / "b.tar", None, kept)
    assert not found.in_folder("sources")


def test_nothing_is_overwritten_without_being_told(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    before = file.read_bytes()
    with pytest.raises(BackupError, match="--replace"):
        backup(tmp_path / "a/tables", file)
    assert file.read_bytes() == before
    made(tmp_path / "b", 2)
    for name in ("corrections.jsonl", "kept/b.txt"):
        (tmp_path / "b" / name).write_text("other\n")
    state = everything(tmp_path / "b")
    with pytest.raises(BackupError, match="--replace"):
        back(file, tmp_path / "b")
    assert everything(tmp_path / "b") == state
    assert main(["versions", "--tables", str(tmp_path / "b/tables")]) == 0
    with pytest.raises(BackupError, match=r"corrections\.jsonl: is there and differs"):
        restore(file, tmp_path / "c", tmp_path / "b/corrections.jsonl")
    assert not (tmp_path / "c").exists()


def test_what_is_replaced_stays_beside(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    made(tmp_path / "b", 2)
    former = store.version(tmp_path / "b/tables")
    (tmp_path / "b/corrections.jsonl").write_text("other\n")
    back(file, tmp_path / "b", replace=True)
    assert (tmp_path / "b/corrections.jsonl").read_bytes() == b'{"a": 1}\n'
    assert (tmp_path / "b/.corrections.jsonl.before-1").read_text() == "other\n"
    assert contents(tmp_path / "b/tables") == contents(tmp_path / "a/tables")
    store.use(tmp_path / "b/tables", former)
    assert store.version(tmp_path / "b/tables") == former


def test_restoring_again_changes_nothing(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    back(file, tmp_path / "b")
    state = everything(tmp_path / "b")
    back(file, tmp_path / "b")
    assert everything(tmp_path / "b") == state


def rewritten(file: Path, change: Callable[[tarfile.TarFile, list[Any]], None]) -> Path:
    """A backup with its members changed: `change` adds to the new archive what it makes of them."""
    target = file.with_name("evil.tar")
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        change(new, [(one, old.extractfile(one).read()) for one in old])  # type: ignore[union-attr]
    return target


def listed(members: list[Any], path: str, content: bytes) -> list[Any]:
    """The members with one more file, which the list of them names, too."""
    import hashlib

    found = json.loads(members[-1][1])
    sha256 = hashlib.sha256(content).hexdigest()
    found["files"].append({"path": path, "size": len(content), "sha256": sha256})
    said = json.dumps(found).encode()
    return [*members[:-1], (tarfile.TarInfo(path), content), (tarfile.TarInfo(MANIFEST), said)]


def add(new: tarfile.TarFile, members: list[Any]) -> None:
    for header, content in members:
        header.size = len(content)
        new.addfile(header, io.BytesIO(content))


def link(new: tarfile.TarFile, members: list[Any], kind: bytes) -> None:
    """A link out of the folder under a name that is allowed, listed as a file."""
    members = listed(members, "sources/out", b"")
    members[-2][0].type, members[-2][0].linkname = kind, "/etc/passwd"
    add(new, members)


EVIL: dict[str, Callable[[tarfile.TarFile, list[Any]], None]] = {
    "a file outside": lambda new, some: add(new, listed(some, "../../evil", b"x")),
    "a file at the root": lambda new, some: add(new, listed(some, "/tmp/evil", b"x")),
    "a file of no folder": lambda new, some: add(new, listed(some, "app.py", b"x")),
    "a symbolic link": lambda new, some: link(new, some, tarfile.SYMTYPE),
    "a hard link": lambda new, some: link(new, some, tarfile.LNKTYPE),
    "a pipe": lambda new, some: link(new, some, tarfile.FIFOTYPE),
    "a device": lambda new, some: link(new, some, tarfile.BLKTYPE),
    "a file that is not listed": lambda new, some: add(
        new, [*some[:-1], (tarfile.TarInfo("sources/more"), b"x"), some[-1]]
    ),
    "a file twice": lambda new, some: add(new, [some[0], *some]),
    "a file missing": lambda new, some: add(new, some[1:]),
    "no list": lambda new, some: add(new, some[:-1]),
    "two lists": lambda new, some: add(new, [*some, some[-1]]),
    "a list that is none": lambda new, some: add(new, [*some[:-1], (some[-1][0], b"[1]")]),
    "a list of another kind": lambda new, some: add(
        new, [*some[:-1], (some[-1][0], b'{"files": 3}')]
    ),
    "other bytes": lambda new, some: add(new, [(some[0][0], some[0][1][:-1] + b"\xff"), *some[1:]]),
    "a newer format": lambda new, some: add(
        new, [*some[:-1], (some[-1][0], some[-1][1].replace(b'"format": 1', b'"format": 2'))]
    ),
}


@pytest.mark.parametrize("trick", EVIL, ids=str)
def test_a_backup_that_was_tampered_with_changes_nothing(
    sound: bytes, tmp_path: Path, trick: str
) -> None:
    (tmp_path / "sound.tar").write_bytes(sound)
    evil = rewritten(tmp_path / "sound.tar", EVIL[trick])
    with pytest.raises(BackupError):
        back(evil, tmp_path / "b", replace=True)
    assert not (tmp_path / "b").exists()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("sound")).read_bytes()


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_backup_is_refused_or_as_good_as_whole(sound: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sound) - 1))
    kind = data.draw(st.sampled_from(("cut", "flip", "junk")))
    byte = bytes([sound[at] ^ data.draw(st.integers(1, 255))])
    damaged = {
        "cut": sound[:at],
        "flip": sound[:at] + byte + sound[at + 1 :],
        "junk": data.draw(st.binary(max_size=2000)),
    }[kind]
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        (folder / "b.tar").write_bytes(damaged)
        try:
            back(folder / "b.tar", folder / "new")
        except StoreError:
            assert not (folder / "new").exists()
        else:
            assert (folder / "new/kept/年/a.txt").read_bytes() == b"one\x00"
            assert (folder / "new/corrections.jsonl").read_bytes() == b'{"a": 1}\n'


def test_a_link_in_the_collection_leads_nothing_out(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    (tmp_path / "b/kept").mkdir(parents=True)
    (tmp_path / "away").mkdir()
    (tmp_path / "b/kept/年").symlink_to(tmp_path / "away")
    with pytest.raises(BackupError, match="leads out"):
        back(file, tmp_path / "b", replace=True)
    assert not list((tmp_path / "away").iterdir())


PROGRAM = """
import sys, time
from pathlib import Path
from etl import {module} as module
whole = module.{function}
def slow(*given):
    print("at work", flush=True)
    time.sleep(0.05)
    return whole(*given)
module.{function} = slow
from etl.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def killed(module: str, function: str, call: list[str], after: int) -> None:
    """Run a command and end it without warning when it has copied `after` files."""
    program = PROGRAM.format(module=module, function=function)
    command = [sys.executable, "-c", program, *call]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        for _ in range(after):
            process.stdout.readline()
        time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("after", [1, 16])
def test_a_backup_that_is_killed_leaves_the_one_before(tmp_path: Path, after: int) -> None:
    file = made(tmp_path / "a")
    before = file.read_bytes()
    tables = str(tmp_path / "a/tables")
    call = ["backup", "--tables", tables, "--sources", str(tmp_path / "a/kept")]
    killed("backup", "_add", [*call, "--out", str(file), "--replace"], after)
    assert file.read_bytes() == before
    assert main([*call, "--out", str(file), "--replace"]) == 0
    assert [one.name for one in (tmp_path / "a").glob(".*")] == []
    back(file, tmp_path / "b")


@pytest.mark.parametrize("after", [1, 4, 17])
def test_a_restore_that_is_killed_leaves_nothing_torn(tmp_path: Path, after: int) -> None:
    file = made(tmp_path / "a", 1)
    made(tmp_path / "b", 2)
    former = contents(tmp_path / "b/tables")
    (tmp_path / "b/corrections.jsonl").write_bytes(b'{"b": 2}\n')
    (tmp_path / "b/kept/b.txt").write_bytes(b"other")
    call = ["restore", str(file), "--tables", str(tmp_path / "b/tables")]
    call += ["--corrections", str(tmp_path / "b/corrections.jsonl")]
    call += ["--sources", str(tmp_path / "b/kept"), "--replace"]
    killed("restore", "_copy", call, after)
    assert contents(tmp_path / "b/tables") in (former, contents(tmp_path / "a/tables"))
    assert (tmp_path / "b/corrections.jsonl").read_bytes() in (b'{"a": 1}\n', b'{"b": 2}\n')
    assert (tmp_path / "b/kept/b.txt").read_bytes() in (b"", b"other")
    assert main(call) == 0
    assert contents(tmp_path / "b/tables") == contents(tmp_path / "a/tables")
    assert not list((tmp_path / "b/tables/versions").glob(".building*"))


def test_a_backup_under_builds_is_one_whole_version(tmp_path: Path) -> None:
    """Builds publish, and forget what is four versions old, while each file is being read."""
    write_tables(tmp_path / "tables", rows(1))
    expected = contents(tmp_path / "tables")
    number = 1
    import etl.backup as module

    whole = module._add

    def slow(*given: Any) -> Any:
        nonlocal number
        if number < 8:
            number += 1
            write_tables(tmp_path / "tables", rows(number))
        return whole(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_add", slow)
        backup(tmp_path / "tables", tmp_path / "b.tar")
    assert number == 8
    restore(tmp_path / "b.tar", tmp_path / "new")
    assert contents(tmp_path / "new") == expected


def test_a_restore_waits_for_no_build_and_says_so(tmp_path: Path) -> None:
    file = made(tmp_path / "a")
    with store.Writer(tmp_path / "b"), pytest.raises(StoreError, match="another build"):
        restore(file, tmp_path / "b")


def test_a_full_disk_leaves_the_backup_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = made(tmp_path / "a")
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("etl.backup._add", full)
    with pytest.raises(BackupError, match="No space left"):
        backup(tmp_path / "a/tables", file, replace=True)
    assert file.read_bytes() == before
    assert not list((tmp_path / "a").glob(".*"))


def test_versions_are_listed_and_one_is_gone_back_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_tables(tmp_path, rows(1))
    second = write_tables(tmp_path, rows(2))
    call = ["versions", "--tables", str(tmp_path)]
    assert main(call) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [one.split()[:2] for one in shown] == [["*", second], [first, "built"]]
    assert main([*call, "--use", first]) == 0
    assert store.version(tmp_path) == first
    for wrong in ("0" * 16, "../../etc", ""):
        assert main([*call, "--use", wrong]) == (1 if wrong else 0)
    (tmp_path / "versions" / second / "figures.parquet").write_bytes(b"PAR1")
    assert main([*call, "--use", second]) == 1
    assert "not as they were written" in capsys.readouterr().err
    assert store.version(tmp_path) == first
