"""One chart to take away, as single files and as one zip that explains itself. No streamlit.

Every picture says below its source what was selected and how to cite it; every zip has the
picture, the rows, what their columns mean, the citation, and a README that a person can read.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import citation, downloads, pictures
from dashboard.citation import Cited
from dashboard.language import has, text
from dashboard.parts import Chart
from etl import tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A fixed time, so that equal charts give equal files.
_THEN = (1980, 1, 1, 0, 0, 0)

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class About:
    """What every file of a chart says of itself: the language, the filters in words, the source
    line, and how it is cited."""

    language: str
    filters: str
    source: str
    cited: Cited

    def notes(self) -> list[str]:
        """The lines at the foot of a picture, below its source."""
        return [
            text(self.language, "cite.filters", filters=self.filters),
            text(self.language, "cite.line", citation=citation.chinese(self.cited, self.language)),
        ]


def files(chart: Chart, about: Callable[[], About]) -> dict[str, tuple[str, str, Make]]:
    """What a chart can be taken away as: kind → ending, MIME type, and what makes it on demand."""
    return {
        "png": ("png", "image/png", lambda: draw(chart, about(), "png")),
        "print": ("png", "image/png", lambda: draw(chart, about(), "png", pictures.PRINT_SCALE)),
        "svg": ("svg", "image/svg+xml", lambda: draw(chart, about(), "svg")),
        "pdf": ("pdf", "application/pdf", lambda: draw(chart, about(), "pdf")),
        **table_files(chart.title, lambda: chart.data, about),
        "zip": ("zip", "application/zip", lambda: zipped(chart, about())),
    }


def table_files(
    title: str, rows: Callable[[], pd.DataFrame], about: Callable[[], About]
) -> dict[str, tuple[str, str, Make]]:
    """Rows as files for a spreadsheet, in the form of `files`."""
    return {
        "csv": ("csv", "text/csv", lambda: downloads.csv_bytes(named(rows(), about().language))),
        "xlsx": ("xlsx", XLSX, lambda: _workbook(title, rows(), about())),
    }


def draw(chart: Chart, about: About, kind: pictures.Kind, scale: int = pictures.SCALE) -> bytes:
    """The chart on white, with its filters and citation at its foot."""
    return pictures.picture(chart.draw(False), kind, scale=scale, notes=about.notes())


def named(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Rows with their columns named in the reader's language."""
    return rows.rename(columns={one: _name(str(one), language) for one in rows.columns})


def _name(column: str, language: str) -> str:
    key = f"column.{column}"
    return text(language, key) if has(language, key) else column


def _workbook(title: str, rows: pd.DataFrame, about: About) -> bytes:
    note = "\n".join(about.notes())
    return downloads.xlsx_bytes(named(rows, about.language), title, about.source, note=note)


def zipped(chart: Chart, about: About) -> bytes:
    """Pictures, rows, the meaning of their columns, citation and README in one file."""
    language, rows = about.language, chart.data
    contents = {
        "chart.png": draw(chart, about, "png"),
        "chart.svg": draw(chart, about, "svg"),
        "chart.pdf": draw(chart, about, "pdf"),
        "data.csv": downloads.csv_bytes(named(rows, language)),
        "data.xlsx": _workbook(chart.title, rows, about),
        "columns.csv": columns_csv(rows, language),
        "citation.txt": (citation.chinese(about.cited, language) + "\n").encode(),
        "citation.bib": citation.bibtex(about.cited, language).encode(),
    }
    readme = text(
        language,
        "bundle.readme",
        title=chart.title,
        alt=chart.alt,
        filters=about.filters,
        source=about.source,
        version=about.cited.version,
        link=about.cited.link,
        day=about.cited.day,
        citation=citation.chinese(about.cited, language),
    )
    return archive({"README.txt": readme.encode("utf-8-sig"), **contents})


def archive(contents: Mapping[str, bytes]) -> bytes:
    """Files as one zip; equal contents give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as found:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            found.writestr(entry, data)
    return buffer.getvalue()


def columns_csv(rows: pd.DataFrame, language: str) -> bytes:
    """The data dictionary of `rows`: each column's name, key, type and what it holds."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    heads = ("column", "key", "type", "meaning")
    writer.writerow([text(language, f"bundle.{one}") for one in heads])
    for column in map(str, rows.columns):
        kind = text(language, f"bundle.{_kind(rows[column])}")
        writer.writerow([_name(column, language), column, kind, meaning(column, language)])
    return buffer.getvalue().encode("utf-8-sig")


def _kind(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "truth"
    return "number" if pd.api.types.is_numeric_dtype(values) else "text"


def meaning(column: str, language: str) -> str:
    """What a column holds: in the interface's words, else as the tables declare it."""
    key = f"meaning.{column}"
    if has(language, key):
        return text(language, key)
    declared = {one.name: one.description for name in tables.TABLES for one in tables.columns(name)}
    return declared.get(column, _name(column, language))
