"""A region's words: the cloud, the ranked bars beside it, and both to take away."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import chart_block, clouds, downloads, rows
from dashboard.charts import words as charts
from dashboard.view import View

IN_CLOUD = 120
IN_BARS = 20
SIZE = (800, 700)


def draw(
    view: View, region: str | None, name: str, boilerplate: bool, wide: bool
) -> Callable[[], None]:
    """The bars of one region, and what draws its cloud; `region` None is everywhere.

    Where there is room, `wide`, the bars stand beside the cloud, else below it. Laying out a cloud
    takes longest, so the caller draws the clouds last: nothing else waits for them.
    """
    words = view.tables.words(view.selection, region, boilerplate, IN_CLOUD)
    st.subheader(name, anchor=False)
    if words.empty:
        rows.nothing(view)
        return lambda: None
    cloud, bars = st.columns(2, gap="large") if wide else (st.container(), st.container())
    title = view.t("words.title_of", name=name)
    with cloud:
        place = st.container()
        _pictures(view, words, title, region or "all")
    with bars:
        top = words.head(IN_BARS)
        alt = charts.word_bars_alt_text(top, view.language)
        chart_block.chart(
            view,
            f"words_{region}",
            title,
            lambda dark: charts.word_bars(top, view.language, view.source, dark, region and name),
            words,
            alt,
        )
    alt = view.t("words.alt", name=name, top=view.joined(words["word"].head(8)))
    return lambda: _cloud(view, place, words, alt)


def _cloud(view: View, place: DeltaGenerator, words: pd.DataFrame, alt: str) -> None:
    with place.skeleton(height=300):
        place.image(_picture(words, view.dark), alt=alt, width="stretch")


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(words: pd.DataFrame, dark: bool) -> bytes:
    picture: bytes = clouds.cloud_png(words, SIZE, dark)
    return picture


def _pictures(view: View, words: pd.DataFrame, title: str, name: str) -> None:
    """Buttons that hand on the cloud, on white for print."""
    stem = downloads.file_name(title, view.selection, view.language)
    make = functools.partial(clouds.cloud_png, words, SIZE, title=title, source=view.source)
    outline = functools.partial(clouds.cloud_svg, words, SIZE, title=title, source=view.source)
    with st.container(horizontal=True, gap="small"):
        for ending, data, mime in (("png", make, "image/png"), ("svg", outline, "image/svg+xml")):
            label = view.t("words.cloud", format=ending.upper())
            file = f"{stem}_{view.t('words.cloud_file')}.{ending}"
            chart_block.button(label, data, file, mime, f"cloud_{ending}_{name}")
