"""What a reader takes away: tables as CSV and XLSX, and the names of files."""

from __future__ import annotations

import datetime
import io
import math
import re
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard import theme
from dashboard.language import has, text
from dashboard.selection import Selection
from etl import divisions

# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What no file name on Windows, macOS or Linux may hold, and white space.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\s]+')
_LONGEST_NAME = 80
_WIDEST_COLUMN = 60
_SHEET_LIMIT = 31

# A chart on the screen: no bar of buttons, whose picture would have the reader's own letters and
# say nothing of filters and citation. The menu below the chart has the pictures.
SCREEN: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "responsive": True,
}


def file_name(title: str, selection: Selection, language: str) -> str:
    """A file's name without ending: the title, then the places, types and dates selected.

    Chinese stays; what a file system forbids becomes a hyphen.
    """
    parts = [title, *_described(selection, language)]
    name = _UNSAFE.sub("-", "_".join(parts)).strip("-_. ")
    return name[:_LONGEST_NAME].rstrip("-_. ") or "banmian"


def _described(selection: Selection, language: str) -> list[str]:
    """The parts of a selection in words, in the order of the filters."""
    known = divisions.load()
    codes = (*selection.provinces, *selection.cities, *selection.within)
    places = [(known.get(one), one) for one in codes]
    dates = [one for one in (selection.start, selection.end) if one]
    return [
        *(found.name if found else code for found, code in places),
        *(_type(one, language) for one in selection.types),
        *dates,
    ]


def _type(name: str, language: str) -> str:
    key = f"type.{name}"
    return text(language, key) if has(language, key) else name


def csv_bytes(rows: pd.DataFrame) -> bytes:
    """`rows` as CSV for a spreadsheet: UTF-8 with a byte order mark, formulas made harmless."""
    # With both characters as line ending, a cell that holds either one is quoted.
    return _rows_guarded(rows).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _rows_guarded(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with an apostrophe before texts, and names of columns, that would be formulas."""
    safe = rows.rename(columns=guarded)
    for position, name in enumerate(safe.columns):
        if not pd.api.types.is_numeric_dtype(safe.dtypes.iloc[position]):
            safe = safe.assign(**{name: safe[name].map(guarded)})
    return safe


def guarded(cell: Any) -> Any:
    """A cell with an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def xlsx_bytes(
    rows: pd.DataFrame,
    title: str,
    source: str,
    sheet: str = "data",
    note: str = "",
    *,
    dated: bool = True,
) -> bytes:
    """`rows` as a workbook: numbers as numbers, text as text, and a second sheet on the source.

    The second sheet says what the first one holds, `note` (the filters), `source` with the
    version of the data, and the day of the download. Nothing reported is an empty cell. Where the
    file is not `dated`, equal rows give equal bytes on any day.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "comments": source, "created": _midnight(dated)})
        _write_rows(book, book.add_worksheet(_sheet_name(sheet)), rows)
        today = datetime.date.today().isoformat() if dated else ""
        _write_about(book, [title, note, source, today])
    return buffer.getvalue()


def _midnight(dated: bool) -> datetime.datetime:
    """The day without its time: equal rows give equal files for a day, or for ever."""
    day = datetime.date.today() if dated else datetime.date(1980, 1, 1)
    return datetime.datetime.combine(day, datetime.time())


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:_SHEET_LIMIT] or "data"


def _write_rows(book: Any, sheet: Any, rows: pd.DataFrame) -> None:
    font = {"font_name": theme.FONT}
    head, body = book.add_format({**font, "bold": True, "bottom": 1}), book.add_format(font)
    for column, name in enumerate(rows.columns):
        sheet.write_string(0, column, str(name), head)
        cells = rows.iloc[:, column].tolist()
        for row, cell in enumerate(cells, 1):
            _write_cell(sheet, row, column, cell, body)
        widest = max([_width(name), *map(_width, cells[:200])])
        sheet.set_column(column, column, min(widest + 2, _WIDEST_COLUMN))
    sheet.freeze_panes(1, 0)
    if len(rows.columns):
        sheet.autofilter(0, 0, len(rows), len(rows.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    """One cell by its type; what is missing stays empty."""
    if cell is None or cell is pd.NA or (isinstance(cell, float) and not math.isfinite(cell)):
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, str(cell), style)


def _width(cell: Any) -> int:
    return sum(2 if ord(one) > 0x2E80 else 1 for one in str(cell))


def _write_about(book: Any, lines: list[str]) -> None:
    sheet = book.add_worksheet("source")
    sheet.set_column(0, 0, 100)
    style = book.add_format({"font_name": theme.FONT, "text_wrap": True})
    for row, line in enumerate(line for line in lines if line):
        sheet.write_string(row, 0, line, style)
