"""Every chart goes through here: the picture, the table behind it, and both to take away."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import downloads, pictures
from dashboard.view import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Draw = Callable[[bool], go.Figure]


def chart(view: View, name: str, title: str, draw: Draw, rows: pd.DataFrame, alt: str) -> None:
    """Show a chart; below it its picture and its rows to take away, and the rows as a table.

    `name` tells this chart from others on its page, `title` names the files, `draw` makes the
    figure (dark or not; what is taken away is on white), `alt` says in words what it shows.
    """
    stem = downloads.file_name(title, view.selection, view.language)
    st.plotly_chart(
        draw(view.dark),
        theme=None,
        key=f"chart_{name}",
        config=downloads.camera_config(stem),
        alt=alt,
    )
    take_away(view, name, title, lambda: rows, draw)
    behind = st.expander(
        view.t("chart.table"), icon=":material/table_rows:", key=f"table_{name}", on_change="rerun"
    )
    # A table that nobody looks at costs every redraw: it is sent when it is opened.
    if behind.open:
        with behind:
            table(view, rows)


def take_away(
    view: View,
    name: str,
    title: str,
    rows: Callable[[], pd.DataFrame],
    draw: Draw | None = None,
) -> None:
    """Buttons that hand on a chart as a picture, if there is one, and rows as files."""
    stem = downloads.file_name(title, view.selection, view.language)
    note = view.summary()
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "csv": ("text/csv", lambda: downloads.csv_bytes(_named(view, rows()))),
        "xlsx": (
            XLSX,
            lambda: downloads.xlsx_bytes(_named(view, rows()), title, view.source, note=note),
        ),
    }
    if draw:
        files = {
            "png": ("image/png", lambda: pictures.picture(draw(False), "png")),
            "svg": ("image/svg+xml", lambda: pictures.picture(draw(False), "svg")),
        } | files
    with st.container(horizontal=True, gap="small"):
        for ending, (mime, data) in files.items():
            button(ending.upper(), data, f"{stem}.{ending}", mime, f"{ending}_{name}")


def table(view: View, rows: pd.DataFrame) -> None:
    """Rows in the reader's words, codes and names of columns alike; ids stay out of sight."""
    shown = rows[[one for one in rows.columns if not one.endswith("_id") and one != "key"]]
    for name in {"type", "kind"} & set(shown):
        words = {one: view.value_name(name, one) for one in shown[name].dropna().unique()}
        shown = shown.assign(**{name: shown[name].map(words)})
    st.dataframe(_named(view, shown), hide_index=True)


def _named(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with their columns named in the reader's language."""
    return rows.rename(columns={one: view.value_name("column", one) for one in rows.columns})


def button(
    label: str, data: Callable[[], bytes | str], file_name: str, mime: str, key: str
) -> None:
    """A button that makes a file when it is clicked, and hands it on."""
    st.download_button(
        label,
        data,
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=key,
    )
