"""Every rule of the tables is noticed when it is broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl import check, package, store
from tests.etl.test_store import rows

Change = Callable[[dict[str, list[Any]]], None]


def _set(table: str, row: int, **values: Any) -> Change:
    def change(found: dict[str, list[Any]]) -> None:
        for name, value in values.items():
            setattr(found[table][row], name, value)

    return change


def _twice(table: str) -> Change:
    return lambda found: found[table].append(found[table][0])


def _swap(found: dict[str, list[Any]]) -> None:
    found["figures"][0].repeats, found["figures"][1].repeats = "f2", "f1"


BREAKS: dict[str, tuple[Change, str]] = {
    "a value that is not allowed": (_set("figures", 0, kind="guess"), "kind is one of"),
    "an id twice": (_twice("articles"), "article_id is unique"),
    "an article of no document": (_set("articles", 1, document_id="d9"), "document_id exists in"),
    "a figure of no sentence": (_set("figures", 0, sentence_id="s9"), "sentence_id exists in"),
    "a figure of no activity": (_set("figures", 1, activity_id="v9"), "activity_id exists in"),
    "a span that holds other words": (_set("figures", 0, raw="9棵"), "from start to end is raw"),
    "a span one off": (_set("activities", 0, start=1), "from start to end is raw"),
    "an empty span": (_set("activities", 0, end=0, raw=""), "from start to end is raw"),
    "a figure that repeats itself": (_set("figures", 1, repeats="f2"), "repeats names a first"),
    "figures that repeat one another": (_swap, "repeats names a first"),
    "a date that is none": (
        _set("activities", 0, date="2023-2", date_precision="month"),
        "date of precision month",
    ),
}


def test_sound_tables_keep_every_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.write_tables(tmp_path, rows())
    assert check.check(tmp_path) == []
    assert check.main(tmp_path) == 0
    assert "all rules hold" in capsys.readouterr().out


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_is_named(name: str, tmp_path: Path) -> None:
    change, rule = BREAKS[name]
    found = rows()
    change(found)
    store.write_tables(tmp_path, found)
    broken = check.check(tmp_path)
    assert any(rule in one.rule for one in broken), broken


def test_the_exit_status_of_broken_tables_is_3_and_an_example_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows()
    found["figures"][0].kind = "guess"
    store.write_tables(tmp_path, found)
    assert check.main(tmp_path) == 3
    assert "figures: kind is one of" in capsys.readouterr().err


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A folder of plain files that a test may spoil."""
    store.write_tables(tmp_path / "made", rows())
    shutil.copytree(store.resolve(tmp_path / "made"), tmp_path / "plain")
    return tmp_path / "plain"


def _rewrite(folder: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> None:
    path = folder / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)
    package.write(folder, "changed")


def test_a_missing_table_is_named(plain: Path) -> None:
    (plain / "words.parquet").unlink()
    assert [(one.table, one.rule) for one in check.check(plain)] == [("words", "the file is there")]


def test_a_file_that_the_package_does_not_describe_is_named(plain: Path) -> None:
    path = plain / "words.parquet"
    pq.write_table(pq.read_table(path), path, compression="gzip")
    assert [one.table for one in check.check(plain)] == ["words"]


def test_a_missing_column_is_named(plain: Path) -> None:
    _rewrite(plain, "figures", lambda table: table.drop_columns(["unit"]))
    assert [(one.table, one.example) for one in check.check(plain)] == [("figures", "unit")]


def test_a_column_of_another_type_is_named(plain: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        index = table.schema.get_field_index("value")
        return table.set_column(index, "value", table["value"].cast(pa.string()))

    _rewrite(plain, "figures", change)
    assert [(one.table, one.example) for one in check.check(plain)] == [("figures", "value")]


def test_no_tables_is_an_error_that_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(store.StoreError, match="python -m etl build"):
        check.check(tmp_path)
