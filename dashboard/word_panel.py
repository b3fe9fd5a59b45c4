"""A region's words: the cloud, the ranked bars beside it, and both to take away."""

from __future__ import annotations

import functools

import pandas as pd
import streamlit as st

from dashboard import chart_block, clouds, downloads, rows
from dashboard.charts import words as charts
from dashboard.view import View

IN_CLOUD = 120
IN_BARS = 20
SIZE = (900, 560)


def draw(view: View, region: str | None, name: str, boilerplate: bool) -> None:
    """The cloud and the bars of one region; `region` None is everywhere."""
    words = view.tables.words(view.selection, region, boilerplate, IN_CLOUD)
    st.subheader(name, anchor=False)
    if words.empty:
        rows.nothing(view)
        return
    title = view.t("words.title_of", name=name)
    top = view.joined(words["word"].head(8))
    picture = _picture(words, view.dark)
    st.image(picture, alt=view.t("words.alt", name=name, top=top), width="stretch")
    _pictures(view, words, title, region or "all")
    bars = words.head(IN_BARS)
    figure = charts.word_bars(bars, view.language, view.source, view.dark)
    alt = charts.word_bars_alt_text(bars, view.language)
    chart_block.chart(view, f"words_{region}", title, figure, words, alt)


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(words: pd.DataFrame, dark: bool) -> bytes:
    picture: bytes = clouds.cloud_png(words, SIZE, dark)
    return picture


def _pictures(view: View, words: pd.DataFrame, title: str, name: str) -> None:
    """Buttons that hand on the cloud, on white for print."""
    stem = downloads.file_name(title, view.selection, view.language)
    png = functools.partial(clouds.cloud_png, words, SIZE, False)
    svg = functools.partial(clouds.cloud_svg, words, SIZE, False)
    with st.container(horizontal=True):
        for label, data, mime in (("PNG", png, "image/png"), ("SVG", svg, "image/svg+xml")):
            st.download_button(
                view.t("words.cloud", format=label),
                data,
                file_name=f"{stem}.{label.lower()}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
                key=f"cloud_{label}_{name}",
            )
