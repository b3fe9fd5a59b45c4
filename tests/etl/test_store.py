"""Tables in and out: all at once, deterministic, and whole whatever happens to a build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pyarrow.parquet as pq
import pytest

from etl import package, store, table_file, tables
from etl.store import StoreError, Writer, write_tables


def rows(number: int = 1) -> dict[str, list[object]]:
    """A small, sound set of tables; another number gives another text."""
    text = f"今年种树{number}棵。\n今年种树{number}棵。"
    sentence = text.split("\n")[0]
    spot = {"article_id": "a1", "sentence_id": "s1"}
    figure = dict(spot, start=4, end=4 + len(f"{number}棵"), raw=f"{number}棵", unit="棵")
    return {
        "documents": [
            tables.Document("d1", "一.txt", None, n_chars=len(text), text=text, page=1),
            tables.Document("d2", "二.txt", None, n_chars=1, text="空", publication="河湾日报"),
        ],
        "articles": [
            tables.Article("a1", "d1", 1, "news", byline=["王河", "李湾"], ranges=[[0, len(text)]]),
            tables.Article("a2", "d2", 1, "brief", continued_from=2, ranges=[[0, 1]], text=""),
        ],
        "sentences": [tables.Sentence("s1", "a1", 1, 0, len(sentence), sentence)],
        "figures": [
            tables.Figure("f1", **figure, value=float(number)),
            tables.Figure("f2", **figure, value=None, repeats="f1", activity_id="v1"),
        ],
        "activities": [
            tables.Activity("v1", **spot, start=0, end=2, raw="今年", type="work", name="种树")
        ],
        "rejects": [tables.Reject("三.txt", line=3, reason="is empty")],
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in store.names()}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    version = write_tables(tmp_path, rows(7))
    assert store.version(tmp_path) == version == store.resolve(tmp_path).name
    for table in tables.TABLES:
        found = pq.read_table(tmp_path / f"{table}.parquet")
        assert found.schema.equals(tables.schema(table))
    figure = pq.read_table(tmp_path / "figures.parquet").to_pylist()[0]
    assert (figure["value"], figure["repeats"], figure["unit"]) == (7.0, None, "棵")
    assert pq.read_table(tmp_path / "words.parquet").num_rows == 0


def test_equal_rows_give_equal_files_and_one_version(tmp_path: Path) -> None:
    first = write_tables(tmp_path / "one", rows())
    second = write_tables(tmp_path / "two", rows())
    assert first == second
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert write_tables(tmp_path / "one", rows()) == first
    assert write_tables(tmp_path / "one", rows(2)) != first


def test_files_do_not_depend_on_how_rows_were_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "ROWS_OF_GROUP", 7)
    monkeypatch.setattr(table_file, "TEXT_OF_GROUP", 40)
    words = [tables.Word("a1", f"词{at}", "n", at) for at in range(50)]
    texts = [tables.Document(f"d{at}", "一.txt", None, text="树" * (at % 9)) for at in range(50)]
    for name, size in (("one", 50), ("two", 3), ("three", 11)):
        with Writer(tmp_path / name) as writer:
            for at in range(0, 50, size):
                writer.append("words", words[at : at + size])
                writer.append("documents", texts[at : at + size])
            writer.publish()
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")
    file = pq.ParquetFile(tmp_path / "two" / "words.parquet")
    assert [file.metadata.row_group(at).num_rows for at in range(3)] == [7, 7, 7]
    assert pq.read_table(tmp_path / "two" / "documents.parquet").num_rows == 50


def test_frictionless_finds_the_package_valid_and_notices_a_wrong_value(tmp_path: Path) -> None:
    write_tables(tmp_path, rows())
    assert frictionless.validate(str(tmp_path / package.FILE)).valid
    wrong = rows()
    wrong["figures"][1].repeats = "f9"  # type: ignore[attr-defined]
    wrong["figures"][0].kind = "guess"  # type: ignore[attr-defined]
    write_tables(tmp_path, wrong)
    report = frictionless.validate(str(tmp_path / package.FILE))
    found = {error.type for task in report.tasks for error in task.errors}
    assert found == {"foreign-key", "constraint-error"}


def test_the_package_declares_every_column_and_no_time(tmp_path: Path) -> None:
    write_tables(tmp_path, rows())
    described = json.loads((tmp_path / package.FILE).read_text("utf-8"))
    assert [one["name"] for one in described["resources"]] == list(tables.TABLES)
    for one in described["resources"]:
        names = [field["name"] for field in one["schema"]["fields"]]
        assert names == tables.schema(one["name"]).names
        data = (tmp_path / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert "created" not in described


def test_a_build_that_fails_leaves_the_former_tables_and_nothing_of_its_own(tmp_path: Path) -> None:
    former = write_tables(tmp_path, rows())
    with pytest.raises(ZeroDivisionError), Writer(tmp_path) as writer:
        writer.append("documents", rows(2)["documents"])
        raise ZeroDivisionError
    assert store.version(tmp_path) == former
    assert [path.name for path in (tmp_path / "versions").glob("[!.]*")] == [former]
    assert not list((tmp_path / "versions").glob(".building*"))


def test_what_is_prepared_is_there_before_the_tables_are(tmp_path: Path) -> None:
    seen: list[bool] = []

    def prepare(folder: Path) -> None:
        seen.append((tmp_path / store.CURRENT).exists())
        assert store.version(folder) == store.version_of(folder)
        (folder / "search").mkdir()

    for _ in range(2):
        with store.Writer(tmp_path) as writer:
            found = writer.publish(prepare=prepare)
        assert (tmp_path / store.VERSIONS / found / "search").is_dir()
        assert store.resolve(tmp_path).name == found
        (tmp_path / store.VERSIONS / found / "search").rmdir()
    assert seen == [False, True]


def test_the_last_three_versions_are_kept(tmp_path: Path) -> None:
    found = [write_tables(tmp_path, rows(number)) for number in range(1, 6)]
    kept = {path.name for path in (tmp_path / "versions").glob("[!.]*")}
    assert kept == set(found[-3:])
    assert store.version(tmp_path) == found[-1]


def test_a_reader_that_keeps_to_its_folder_is_not_disturbed_by_the_next_build(
    tmp_path: Path,
) -> None:
    write_tables(tmp_path, rows(1))
    folder = store.resolve(tmp_path)
    before = contents(folder)
    write_tables(tmp_path, rows(2))
    assert contents(folder) == before
    assert store.resolve(tmp_path) != folder


def test_a_folder_of_plain_copies_is_read_and_published_over(tmp_path: Path) -> None:
    former = write_tables(tmp_path / "made", rows(1))
    shutil.copytree(store.resolve(tmp_path / "made"), tmp_path / "copy")
    assert store.version(tmp_path / "copy") == former
    latest = write_tables(tmp_path / "copy", rows(2))
    assert store.version(tmp_path / "copy") == latest
    assert (tmp_path / "copy" / "figures.parquet").is_symlink()


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "mine").mkdir()
    for number in range(1, 6):
        write_tables(tmp_path, rows(number))
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "versions" / "mine").is_dir()


@pytest.mark.parametrize("name", ["figures.parquet", "current", "datapackage.json"])
def test_a_foreign_file_under_one_of_our_names_is_not_overwritten(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(StoreError, match="is not ours"):
        write_tables(tmp_path, rows())
    assert (tmp_path / name).read_text() == "mine"


def test_a_file_in_the_folder_s_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StoreError, match="takes a folder"):
        write_tables(tmp_path / "out", rows())
    with pytest.raises(StoreError, match="a file stands where a folder is needed"):
        write_tables(tmp_path / "out" / "deeper", rows())


def test_a_folder_without_tables_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no tables here"):
        store.resolve(tmp_path)


def test_two_builds_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    with Writer(tmp_path), pytest.raises(StoreError, match="another build"):
        write_tables(tmp_path, rows())
    write_tables(tmp_path, rows())


def test_a_damaged_version_is_replaced_by_a_sound_one(tmp_path: Path) -> None:
    version = write_tables(tmp_path, rows())
    sound = contents(tmp_path)
    (store.resolve(tmp_path) / "figures.parquet").write_bytes(b"PAR1")
    assert write_tables(tmp_path, rows()) == version
    assert contents(tmp_path) == sound


def test_a_full_disk_is_said_and_leaves_the_former_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = write_tables(tmp_path, rows(1))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(StoreError, match="the disk is full"):
        write_tables(tmp_path, rows(2))
    monkeypatch.undo()
    assert store.version(tmp_path) == former
    assert write_tables(tmp_path, rows(2)) != former


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("start", ["versioned", "plain"])
def test_a_crash_at_any_step_of_publishing_leaves_one_whole_set(tmp_path: Path, start: str) -> None:
    def fresh(name: str) -> Path:
        write_tables(tmp_path / name, rows(1))
        if start == "plain":
            shutil.copytree(store.resolve(tmp_path / name), tmp_path / f"{name}-plain")
            return tmp_path / f"{name}-plain"
        return tmp_path / name

    sets = [contents(fresh("former"))]
    write_tables(tmp_path / "latter", rows(2))
    sets.append(contents(tmp_path / "latter"))
    for step in range(1, 200, 4 if start == "plain" else 1):
        out = fresh(f"at{step}")
        crashed = _crash_at(step, out)
        assert contents(store.resolve(out)) in sets
        assert contents(out) in sets
        write_tables(out, rows(2))
        assert contents(out) == sets[1]
        if not crashed:
            break
    assert step > 4 and not crashed


def _crash_at(step: int, out: Path) -> bool:
    """Publish `rows(2)` but stop before the step-th change of the folder; whether it stopped."""
    done = 0

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                raise Crash
            return change(*arguments, **options)

        return changed

    with pytest.MonkeyPatch.context() as patch, Writer(out) as writer:
        for table, some in rows(2).items():
            writer.append(table, some)
        for name in ("rename", "replace", "symlink_to", "unlink", "mkdir"):
            patch.setattr(Path, name, counted(getattr(Path, name)))
        patch.setattr(os, "link", counted(os.link))
        try:
            writer.publish()
        except Crash:
            return True
    return False


PUBLISHER = """
import sys
from pathlib import Path
from etl.store import write_tables
from tests.etl.test_store import rows
number = 0
while True:
    number += 1
    write_tables(Path(sys.argv[1]), rows(number))
    print(number, flush=True)
"""


def test_killed_builds_leave_whole_tables_and_their_leftovers_are_swept(tmp_path: Path) -> None:
    write_tables(tmp_path, rows(1))
    for pause in (0.003, 0.007, 0.012, 0.02):
        command = [sys.executable, "-c", PUBLISHER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd()) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(pause)
            os.kill(process.pid, signal.SIGKILL)
        folder = store.resolve(tmp_path)
        assert package.is_sound(folder) and folder.name == store.version(tmp_path)
        assert contents(tmp_path) == contents(folder)
    write_tables(tmp_path, rows(2))
    left = [path.name for path in (tmp_path / "versions").iterdir()]
    assert not [name for name in left if name.startswith(".building")]
    assert len(left) <= store.KEPT_VERSIONS + 1


def test_what_a_dead_build_left_is_swept_by_the_next(tmp_path: Path) -> None:
    write_tables(tmp_path, rows(1))
    dead = tmp_path / "versions" / f"{store.BUILDING}dead"
    dead.mkdir()
    (dead / "figures.parquet").write_bytes(b"half")
    (tmp_path / ".current.new").symlink_to("versions/none")
    write_tables(tmp_path, rows(2))
    assert not dead.exists() and not (tmp_path / ".current.new").is_symlink()
