"""Every chart goes through here: the picture, the table behind it, and both to take away."""

from __future__ import annotations

import functools

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import downloads
from dashboard.view import View

PICTURES: tuple[downloads.Picture, ...] = ("png", "svg")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chart(
    view: View, name: str, title: str, figure: go.Figure, rows: pd.DataFrame, alt: str
) -> None:
    """Draw `figure`; below it its picture's format, its rows as a table and as files.

    `name` tells this chart from others on its page, `title` names the files, `alt` says in words
    what the picture shows.
    """
    place = st.container()
    kind = _tools(view, name, title, rows)
    stem = downloads.file_name(title, view.selection, view.language)
    with place:
        st.plotly_chart(
            figure,
            theme=None,
            key=f"chart_{name}",
            config=downloads.camera_config(stem, kind),
            alt=alt,
        )
    with st.expander(view.t("chart.table"), icon=":material/table_rows:"):
        table(view, rows)


def table(view: View, rows: pd.DataFrame) -> None:
    """Rows with their columns named in the reader's language; ids stay out of sight."""
    shown = [one for one in rows.columns if not one.endswith("_id") and one != "key"]
    names = {one: view.value_name("column", one) for one in shown}
    st.dataframe(rows[shown].rename(columns=names), hide_index=True)


def _tools(view: View, name: str, title: str, rows: pd.DataFrame) -> downloads.Picture:
    """The row of tools below a chart; the picture format that is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        kind = st.segmented_control(
            view.t("chart.picture"),
            PICTURES,
            format_func=str.upper,
            default=PICTURES[0],
            required=True,
            key=f"picture_{name}",
            label_visibility="collapsed",
            help=view.t("chart.camera"),
        )
        files(view, name, title, rows)
    return kind or PICTURES[0]


def files(view: View, name: str, title: str, rows: pd.DataFrame) -> None:
    """Buttons that hand on `rows` as CSV and XLSX, named after the title and the filters."""
    stem = downloads.file_name(title, view.selection, view.language)
    named = rows.rename(columns={one: view.value_name("column", one) for one in rows.columns})
    csv = functools.partial(downloads.csv_bytes, named)
    note = view.summary()
    xlsx = functools.partial(downloads.xlsx_bytes, named, title, view.source, note=note)
    for label, data, mime in (("CSV", csv, "text/csv"), ("XLSX", xlsx, XLSX)):
        st.download_button(
            label,
            data,
            file_name=f"{stem}.{label.lower()}",
            mime=mime,
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
            key=f"{label}_{name}",
        )
