"""Tables of every version that was handed out open, are told of, and can be brought up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard import language
from dashboard.navigation import PAGES
from dashboard.queries import open_tables
from dashboard.service import rate
from etl import check, older, package, store, tables
from etl.__main__ import main
from tests.dashboard.test_service import Ask, asker
from tests.etl.test_store import rows

ROOT = Path(__file__).resolve().parents[2]
OLDER = sorted(one for one in (ROOT / "tests" / "older").iterdir() if one.is_dir())
ids = pytest.mark.parametrize("folder", OLDER, ids=lambda one: one.name)


def changed(folder: Path, table: str, name: str | None, new: pa.Array | None = None) -> None:
    """Take a column out of a table, or put another in its place; without a name the whole table."""
    path = folder / f"{table}.parquet"
    if name is None:
        path.unlink()
        return
    rows = pq.read_table(path)
    at = rows.column_names.index(name)
    rows = rows.remove_column(at) if new is None else rows.set_column(at, name, new)
    pq.write_table(rows, path)


@pytest.fixture
def copy(tables_folder: Path, tmp_path: Path) -> Path:
    """A copy of today's small newspaper, as plain files."""
    return Path(shutil.copytree(store.resolve(tables_folder), tmp_path / "copy"))


@ids
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_says_so(
    app: Any, monkeypatch: pytest.MonkeyPatch, folder: Path, page: str
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    test = app(page)
    assert not test.exception
    assert not [one for one in test.error if one.value]
    said = language.text("zh", "data.older_shown")
    assert said in [one.value for one in test.caption]


@ids
def test_the_interface_answers_from_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(folder))
    monkeypatch.setenv(rate.RATE, "0")
    ask = asker()
    assert ask("/ready").json["ready"] is True
    assert ask("/chart.csv", page="overview", chart="activities_province").status == 200


@ids
def test_what_they_lack_is_filled_and_nothing_else_changed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "tables"
    shutil.copytree(folder, out)
    found, version = older.upgrade(out)
    assert found
    fresh = store.resolve(out)
    assert not older.gaps(fresh)
    assert fresh.name == version == store.version(out)
    for table in tables.TABLES:
        rows = pq.read_table(fresh / f"{table}.parquet")
        assert rows.schema.equals(tables.schema(table))
        if table not in found.tables:
            before = pq.read_table(folder / f"{table}.parquet")
            assert rows.select(before.column_names).equals(
                before.cast(rows.select(before.column_names).schema)
            )
    assert check.main(out) == 0
    # What is shown of them is what was shown without it.
    whole, old = open_tables(fresh), open_tables(folder)
    for one in (
        "SELECT count(*) FROM figures WHERE reportable",
        "SELECT sum(n_chars) FROM articles",
    ):
        assert whole.rows(one) == old.rows(one)
    assert older.upgrade(out) == (older.Gaps(), version)


def test_tables_of_today_lack_nothing(tables_folder: Path) -> None:
    assert not older.gaps(store.resolve(tables_folder))


@pytest.mark.parametrize(
    ("table", "name", "new"),
    [
        ("activities", "name", None),
        ("figures", "counted", None),
        ("articles", "adcode", None),
        ("documents", "issue_date", "number"),
    ],
)
def test_what_nothing_can_stand_for_asks_for_a_build(
    app: Any, copy: Path, monkeypatch: pytest.MonkeyPatch, table: str, name: str, new: str | None
) -> None:
    height = pq.read_table(copy / f"{table}.parquet").num_rows
    changed(copy, table, name, pa.array([1] * height) if new else None)
    with pytest.raises(older.OlderError, match=rf"{table}\.parquet: .*{name}.*python -m etl build"):
        older.gaps(copy)
    monkeypatch.setenv("BANMIAN_TABLES", str(copy))
    test = app()
    assert not test.exception
    assert "python -m etl build" in test.error[0].value
    assert test.error[0].value == language.text("zh", "data.older_help").format(folder=copy)
    found = asker()("/ready")
    assert (found.status, found.json) == (503, {"ready": False, "reason": "older"})


def broken(folder: Path, how: str) -> None:
    figures = folder / "figures.parquet"
    if how == "a table is missing":
        figures.unlink()
    elif how == "a table is empty":
        figures.write_bytes(b"")
    elif how == "a table is cut":
        figures.write_bytes(figures.read_bytes()[:-100])
    elif how == "a byte is another":
        content = bytearray(figures.read_bytes())
        content[len(content) // 3] ^= 255
        figures.write_bytes(content)
    elif how == "a value is another":
        # In a page of values, which nothing reads when the tables are opened.
        documents = folder / "documents.parquet"
        content = bytearray(documents.read_bytes())
        content[20] ^= 255
        documents.write_bytes(content)
    elif how == "the description is cut":
        (folder / package.FILE).write_text("{")
    elif how == "a table is a folder":
        figures.unlink()
        figures.mkdir()


@pytest.mark.parametrize(
    "how",
    [
        "a table is missing",
        "a table is empty",
        "a table is cut",
        "a byte is another",
        "a value is another",
        "the description is cut",
        "a table is a folder",
    ],
)
@pytest.mark.parametrize("opened", [False, True], ids=["unseen", "opened"])
def test_broken_tables_are_not_ready(
    copy: Path, monkeypatch: pytest.MonkeyPatch, how: str, opened: bool
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(copy))
    ask: Ask = asker()
    if opened:
        assert ask("/ready").status == 200
    broken(copy, how)
    found = ask("/ready")
    assert (found.status, found.json) == (503, {"ready": False, "reason": "damaged"})


def test_what_is_damaged_before_anybody_looked_makes_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, now = store.write_tables(tmp_path, rows(1)), store.write_tables(tmp_path, rows(2))
    broken(tmp_path / "versions" / now, "a value is another")
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    found = asker()("/ready")
    assert (found.status, found.json) == (200, {"ready": True, "data_version": before})
    broken(tmp_path / "versions" / before, "a value is another")
    found = asker()("/ready")
    assert (found.status, found.json) == (503, {"ready": False, "reason": "damaged"})


def test_the_commands_say_what_to_do_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "tables")
    shutil.copytree(OLDER[0], out)
    assert main(["check", "--tables", out]) == 3
    assert main(["export", "--format", "csv", "--tables", out, "--out", str(tmp_path / "csv")]) == 1
    assert "python -m etl upgrade" in capsys.readouterr().err
    assert main(["upgrade", "--tables", out]) == 0
    assert "figures.status" in capsys.readouterr().out
    assert main(["check", "--tables", out]) == 0
    assert main(["upgrade", "--tables", out]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_an_older_version_is_gone_back_to_and_kept_in_a_backup(tmp_path: Path) -> None:
    out, new = tmp_path / "tables", tmp_path / "new"
    shutil.copytree(OLDER[0], out)
    version = json.loads((out / package.FILE).read_text())["version"]
    assert main(["upgrade", "--tables", str(out)]) == 0
    (old,) = [one for one in store.kept(out) if one.name != store.version(out)]
    assert main(["versions", "--tables", str(out), "--use", old.name]) == 0
    assert store.version(out) == version
    assert main(["backup", "--tables", str(out), "--out", str(tmp_path / "b.tar")]) == 0
    assert main(["restore", str(tmp_path / "b.tar"), "--tables", str(new)]) == 0
    assert store.version(new) == version
    assert older.gaps(store.resolve(new)).tables == ("boxes", "corrections")
