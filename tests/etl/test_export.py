"""Tables in other formats: what is written is what was in the tables."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from etl import check, export, progress, store, tables
from tests.etl.test_store import rows


@pytest.fixture
def out(tmp_path: Path) -> Path:
    found = rows()
    found["sentences"] += [
        tables.Sentence("s2", "a1", 2, 0, 2, "=1+1"),
        tables.Sentence("s3", "a1", 3, 0, 2, "-5℃"),
    ]
    store.write_tables(tmp_path / "tables", found)
    return tmp_path / "tables"


def test_csv_opens_in_excel_and_runs_no_formula(out: Path, tmp_path: Path) -> None:
    assert export.export(out, "csv", tmp_path / "csv") == []
    data = (tmp_path / "csv" / "sentences.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["raw"] for row in found] == ["今年种树1棵。", "'=1+1", "'-5℃"]


@pytest.mark.parametrize(("long", "said"), [(0.0, True), (60.0, False)])
def test_an_export_and_a_check_that_take_long_say_how_far_they_are(
    out: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    long: float,
    said: bool,
) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", long)
    export.export(out, "csv", tmp_path / "csv")
    assert ("writing sentences" in capsys.readouterr().err) == said
    check.check(out)
    assert ("checking" in capsys.readouterr().err) == said


def test_csv_keeps_line_breaks_and_writes_lists_as_json(out: Path, tmp_path: Path) -> None:
    export.export(out, "csv", tmp_path / "csv")
    text = (tmp_path / "csv" / "documents.csv").read_text("utf-8-sig")
    assert "\n今年种树1棵。" in text
    with (tmp_path / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        article = next(csv.DictReader(file))
    assert json.loads(article["byline"]) == ["王河", "李湾"]
    assert json.loads(article["ranges"])[0][0] == 0


def test_csv_may_be_one_zip_and_equal_tables_give_equal_files(out: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        export.export(out, "csv", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == [f"{table}.csv" for table in tables.TABLES]
        assert archive.read("figures.csv").startswith(b"\xef\xbb\xbffigure_id,")


def test_xlsx_has_a_sheet_for_each_table_with_text_as_text(out: Path, tmp_path: Path) -> None:
    assert export.export(out, "xlsx", tmp_path / "tables.xlsx") == []
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == list(tables.TABLES)
    cells = [row[5] for row in book["sentences"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("今年种树1棵。", "s"),
        ("=1+1", "s"),
        ("-5℃", "s"),
    ]
    figures = list(book["figures"].iter_rows(values_only=True))
    value = figures[0].index("value")
    assert [row[value] for row in figures[1:]] == [1, None]


def test_xlsx_says_what_excel_cannot_hold(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "EXCEL_ROWS", 3)
    monkeypatch.setattr(export, "EXCEL_CHARACTERS", 6)
    notes = export.export(out, "xlsx", tmp_path / "tables.xlsx")
    assert any("sentences: 1 rows lie beyond" in note for note in notes)
    assert any("documents: " in note and "cells hold more than 6" in note for note in notes)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book["sentences"]["F2"].value == "今年种[…]"


def test_sqlite_holds_every_row_and_type(out: Path, tmp_path: Path) -> None:
    assert export.export(out, "sqlite", tmp_path / "tables.db") == []
    database = sqlite3.connect(tmp_path / "tables.db")
    for table in tables.TABLES:
        (count,) = database.execute(f'select count(*) from "{table}"').fetchone()
        assert count == pq.read_metadata(out / f"{table}.parquet").num_rows
    found = database.execute("select value, unit, reportable, repeats from figures").fetchall()
    assert found == [(1.0, "棵", 1, None), (None, "棵", 1, "f1")]


def test_an_export_that_fails_leaves_the_former_file(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables.db").write_text("former")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "rows", fail)
    with pytest.raises(store.StoreError, match="No space left"):
        export.export(out, "sqlite", tmp_path / "tables.db")
    assert (tmp_path / "tables.db").read_text() == "former"
    assert not list(tmp_path.glob(".export-*"))
