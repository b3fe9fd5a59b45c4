"""A page as one file, and the tables as one zip: they open, and hold what the page had."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from dashboard import report, takeout
from dashboard.parts import Chart, Listing, Markup
from dashboard.queries import Tables, open_tables
from dashboard.selection import Selection
from etl import store, tables
from tests import newsroom
from tests.dashboard.test_bundle import ROWS, draw

LONG = pd.DataFrame({"sentence": [f"第{n}句<b>" for n in range(500)]})


@pytest.fixture(scope="module")
def found(tables_folder: Path) -> Tables:
    return open_tables(store.resolve(tables_folder))


@pytest.fixture(scope="module")
def page() -> str:
    parts = [
        Chart("figures", "各城市的提案", draw, ROWS, "条形图<两城>"),
        Listing("list", 500, lambda limit, offset: LONG[offset : offset + limit]),
        Markup("<article>原文<mark>提案</mark></article>"),
    ]
    made = report.Report(
        "zh",
        "各地数字",
        "看各城市",
        "山西省<x>",
        "来源：某报",
        "引用格式",
        "http://example.org/?a=1",
        [("文章", 1234)],
        parts,
        lambda rows: rows,
    )
    return report.html(made).decode()


def test_a_report_fetches_nothing_and_runs_nothing(page: str) -> None:
    assert "<script" not in page
    assert "<link" not in page
    assert re.findall(r"url\((.{21})", page) == ["data:font/woff2;base6"]
    sources = re.findall(r'(?:src|srcset|href)="([^"]{0,40})', page)
    assert sources
    assert all(one.startswith("data:image/svg+xml;base64,") for one in sources)


def test_a_report_has_what_the_page_had(page: str) -> None:
    for said in (
        "各地数字",
        "来源：某报",
        "引用格式",
        "http://example.org/?a=1",
        "1,234",
        "太原市",
    ):
        assert said in page
    assert "<article>原文<mark>提案</mark></article>" in page
    assert "山西省&lt;x&gt;" in page
    assert "第0句&lt;b&gt;" in page
    assert "第199句" in page
    assert "第200句" not in page
    assert "前 200 项，共 500 项" in page


def test_nothing_reported_is_a_dash_and_zero_a_zero(page: str) -> None:
    cells = re.findall(r"<td>(.*?)</td>", page)
    assert cells[1 : 1 + 9 : 4] == ["320", "0", "–"]


def test_a_report_is_sound_html_for_phones_too(page: str) -> None:
    stack: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in ("meta", "img", "source"):
                stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert stack.pop() == tag

    Reader().feed(page)
    assert stack == []
    assert 'lang="zh-CN"' in page
    assert "width=device-width" in page
    assert 'media="(max-width: 640px)"' in page
    assert "@media print" in page


def unzip(found: Tables, selection: Selection) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(takeout.zipped(found, selection, "说明"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def column(files: dict[str, bytes], table: str, name: str) -> list[str]:
    text = files[f"{table}.csv"].decode("utf-8-sig")
    return [row[name] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_all_tables_hold_every_row(found: Tables) -> None:
    files = unzip(found, Selection())
    assert list(files) == [
        *(f"{one}.csv" for one in tables.TABLES),
        "datapackage.json",
        "README.txt",
    ]
    for table in tables.TABLES:
        ((count,),) = found.rows(f"SELECT count(*) FROM {table}")
        head = files[f"{table}.csv"].decode("utf-8-sig").splitlines()[0].split(",")
        assert head == [one.name for one in tables.columns(table)]
        assert len(column(files, table, head[0])) == count


def test_the_tables_of_a_selection_are_those_of_its_articles(found: Tables) -> None:
    files = unzip(found, Selection(provinces=(newsroom.SHANXI,)))
    kept = set(column(files, "articles", "article_id"))
    assert kept == {"p1-1", "p1-2"}
    assert column(files, "documents", "document_id") == ["p1"]
    for table in ("figures", "activities", "sentences", "words", "dates", "places"):
        assert set(column(files, table, "article_id")) <= kept
        assert column(files, table, "article_id")


def test_the_data_package_is_valid(found: Tables, tmp_path: Path) -> None:
    for name, data in unzip(found, Selection()).items():
        (tmp_path / name).write_bytes(data)
    described = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert described["version"] == found.version
    outcome = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert outcome.valid, outcome.flatten(["title", "fieldName", "note"])[:5]
