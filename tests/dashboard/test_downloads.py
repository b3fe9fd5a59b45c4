"""What a reader takes away opens in a spreadsheet as what it is."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from dashboard import downloads
from dashboard.selection import Selection

ROWS = pd.DataFrame(
    {
        "城市": ["太原市", "大同市", "阳泉市"],
        "数值": [320.0, 0.0, None],
        "约数": [False, True, None],
        "原句": ["=1+1", "+86", "普通,\n一句“话”"],
    }
)
FORMULAS = ["=1+1", "+86", "-5件", "@SUM(A1)", "\t=1", "\r=1"]


def sheet(data: bytes, name: str = "data") -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def test_csv_opens_as_utf8_in_excel() -> None:
    data = downloads.csv_bytes(ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data))
    assert back["城市"].tolist() == ROWS["城市"].tolist()


def test_csv_keeps_nothing_apart_from_zero() -> None:
    lines = downloads.csv_bytes(ROWS).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("太原市,320.0")
    assert lines[2].startswith("大同市,0.0")
    assert lines[3].startswith("阳泉市,,")


@pytest.mark.parametrize("cell", FORMULAS)
def test_csv_has_no_formulas(cell: str) -> None:
    back = pd.read_csv(io.BytesIO(downloads.csv_bytes(pd.DataFrame({cell: [cell]}))), dtype=str)
    assert back.columns[0] == f"'{cell}"
    assert back.iloc[0, 0] == f"'{cell}"


def test_csv_leaves_negative_numbers_numbers() -> None:
    data = downloads.csv_bytes(pd.DataFrame({"变化": [-5, 3]}))
    assert data.decode("utf-8-sig").split() == ["变化", "-5", "3"]


def test_csv_takes_two_columns_of_one_name() -> None:
    rows = pd.DataFrame([["=a", "=b"]], columns=["名称", "名称"])
    assert downloads.csv_bytes(rows).decode("utf-8-sig").split() == ["名称,名称", "'=a,'=b"]


def test_xlsx_keeps_numbers_texts_and_truths() -> None:
    rows = sheet(downloads.xlsx_bytes(ROWS, "提案", "来源：测试"))
    assert rows[0] == ["城市", "数值", "约数", "原句"]
    assert rows[1] == ["太原市", 320, False, "=1+1"]
    assert rows[2][:3] == ["大同市", 0, True]
    assert rows[3][:3] == ["阳泉市", None, None]


def test_xlsx_has_no_formulas_and_no_links() -> None:
    rows = pd.DataFrame({"a": [*FORMULAS[:4], "https://example.org", "{=1}"]})
    book = openpyxl.load_workbook(io.BytesIO(downloads.xlsx_bytes(rows, "t", "s")))
    cells = [cell for (cell,) in book["data"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * 6
    assert [cell.hyperlink for cell in cells] == [None] * 6


def test_xlsx_says_where_it_comes_from() -> None:
    data = downloads.xlsx_bytes(ROWS, "各城市提案", "来源：测试 版本 1", note="山西省")
    said = [row[0] for row in sheet(data, "source")]
    assert said[:3] == ["各城市提案", "山西省", "来源：测试 版本 1"]


def test_xlsx_takes_any_sheet_name_and_no_rows() -> None:
    data = downloads.xlsx_bytes(ROWS[:0], "t", "s", sheet="数据[1]: a/b?*" + "长" * 40)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.sheetnames[0]) <= 31
    assert book.worksheets[0].max_row == 1


def test_a_chart_on_the_screen_offers_no_picture_of_its_own() -> None:
    """The camera's picture would have other letters, no filters and no citation."""
    assert downloads.SCREEN["displayModeBar"] is False


@pytest.mark.parametrize(
    ("title", "selection", "name"),
    [
        ("各城市：提案", Selection(), "各城市：提案"),
        (
            "提案",
            Selection(("140000",), ("140100",), ("meeting",), "2023-12-01", "2023-12-31"),
            "提案_山西省_太原市_会议_2023-12-01_2023-12-31",
        ),
        ('a/b\\c:d*e?"f<g>|h\ni', Selection(), "a-b-c-d-e-f-g-h-i"),
        ("../..", Selection(), "banmian"),
        ("", Selection(provinces=("../etc",)), "etc"),
        ("", Selection(types=("nosuch",)), "nosuch"),
        ("长" * 200, Selection(), "长" * 80),
    ],
)
def test_file_name_is_safe_and_says_what_it_holds(
    title: str, selection: Selection, name: str
) -> None:
    assert downloads.file_name(title, selection, "zh") == name
