"""What a chart is taken away as opens, and holds what the screen showed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from dashboard import bundle, language, pictures
from dashboard.charts import frame, plain
from dashboard.citation import Cited
from dashboard.parts import Chart

ROWS = pd.DataFrame(
    {
        "city": ["太原市", "大同市", "阳泉市"],
        "value": [320.0, 0.0, None],
        "approximate": [False, True, None],
        "sentence": ["=1+1", "+86", "一句“话”,\n两行"],
    }
)
LINK = "http://example.org/figures?province=140000&v=0123abcd"
CITED = Cited("各城市的提案", "山西省", "0123abcd4567ef89", LINK, "2026-11-26")


def draw(dark: bool) -> plain.Figure:
    figure = plain.Figure(plain.bar(x=[320, 0], y=[0, 1], orientation="h"))
    figure.update_yaxes(**frame.row_axis(["太原市", "大同市"]))
    caption = frame.Caption("各城市：提案", ["单位：件"], "来源：某报 · 数据版本 0123abcd4567ef89")
    return frame.framed(figure, caption, 200, dark, 80)


CHART = Chart("figures", "各城市的提案", draw, ROWS, "条形图：两个城市。")


def about(chosen: str = "zh") -> bundle.About:
    return bundle.About(chosen, "山西省", "来源：某报", CITED)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {kind: make() for kind, (_, _, make) in bundle.files(CHART, about).items()}


@pytest.fixture(scope="module")
def unzipped(made: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_kind_opens_as_what_it_says(made: dict[str, bytes]) -> None:
    for kind, scale in (("png", 2), ("print", 4)):
        with Image.open(io.BytesIO(made[kind])) as image:
            assert image.width == pictures.WIDTH * scale
    assert made["svg"].startswith(b"<?xml")
    assert made["pdf"].startswith(b"%PDF")
    assert openpyxl.load_workbook(io.BytesIO(made["xlsx"])).sheetnames == ["data", "source"]


def test_csv_and_xlsx_hold_the_rows_of_the_chart(made: dict[str, bytes]) -> None:
    head, *rows = rows_of(made["csv"])
    assert head == ["城市", "数值（基本单位）", "约数", "原句"]
    assert [row[:2] for row in rows] == [["太原市", "320.0"], ["大同市", "0.0"], ["阳泉市", ""]]
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    cells = [[cell.value for cell in row] for row in book["data"].iter_rows(min_row=2)]
    assert [row[:2] for row in cells] == [["太原市", 320], ["大同市", 0], ["阳泉市", None]]


def test_the_zip_holds_picture_data_dictionary_citation_and_readme(
    unzipped: dict[str, bytes], made: dict[str, bytes]
) -> None:
    names = ["README.txt", "chart.png", "chart.svg", "chart.pdf", "data.csv", "data.xlsx"]
    assert list(unzipped) == [*names, "columns.csv", "citation.txt", "citation.bib"]
    for name, kind in (("chart.png", "png"), ("chart.svg", "svg"), ("data.csv", "csv")):
        assert unzipped[name] == made[kind]
    readme = unzipped["README.txt"].decode("utf-8-sig")
    for said in ("各城市的提案", "山西省", LINK, "2026-11-26", "条形图：两个城市。", "来源：某报"):
        assert said in readme
    assert all(name in readme for name in list(unzipped)[1:])


@pytest.mark.parametrize("chosen", language.LANGUAGES)
def test_the_data_dictionary_says_what_each_column_is(chosen: str) -> None:
    _, *rows = rows_of(bundle.columns_csv(ROWS, chosen))
    assert [row[1] for row in rows] == list(ROWS.columns)
    assert all(len(row[3]) > 1 for row in rows)
    kinds = [language.text(chosen, f"bundle.{one}") for one in ("text", "number", "text", "text")]
    assert [row[2] for row in rows] == kinds


def test_equal_charts_give_equal_zips(made: dict[str, bytes]) -> None:
    assert bundle.zipped(CHART, about()) == made["zip"]


def foot(image: Image.Image, bottom: int, height: int) -> bytes:
    return image.convert("L").crop((0, bottom - height, image.width, bottom)).tobytes()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda one: bundle.About("zh", "河南省", one.source, CITED), "filters"),
        (
            lambda one: bundle.About(
                "zh", one.filters, one.source, Cited("别的", "山西省", "ff", LINK, "2026-11-26")
            ),
            "citation",
        ),
    ],
    ids=["filters", "citation"],
)
def test_filters_and_citation_stand_in_the_picture(
    made: dict[str, bytes], change: Callable[[bundle.About], bundle.About], name: str
) -> None:
    other = bundle.draw(CHART, change(about()), "png")
    assert other != made["png"]
    plain = pictures.picture(draw(False), "png")
    with Image.open(io.BytesIO(plain)) as bare, Image.open(io.BytesIO(made["png"])) as noted:
        # Above the notes the two are the same picture: title, unit, marks and source.
        assert noted.height > bare.height + 60
        assert foot(noted, bare.height, bare.height) == foot(bare, bare.height, bare.height)
        below = noted.convert("L").crop((0, bare.height, noted.width, noted.height))
        assert below.getextrema()[0] < 150


def test_the_words_of_a_pdf_can_be_searched(made: dict[str, bytes]) -> None:
    """Each letter of the title, the source and the citation is named in a table of the file."""
    maps = b"".join(
        zlib.decompress(one)
        for one in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made["pdf"], re.S)
        if one[:1] == b"x"
    )
    lists = b" ".join(re.findall(rb"\[(<[0-9a-f<> ]+>)\]", maps))
    named = {int(code, 16) for code in re.findall(rb"<([0-9a-f]{4})>", lists)}
    assert {ord(one) for one in "各城市提案来源数据版本引用筛选山西省"} <= named
