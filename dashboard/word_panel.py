"""Words of one or several regions: the clouds on one scale, and the ranked bars below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import chart_block, chart_card, cloud_view, clouds, concordance, rows
from dashboard.charts import words as charts
from dashboard.charts.frame import Card
from dashboard.view import View

# Regions that are shown beside each other.
MOST = 4
# Words of each cloud: many where it stands alone, fewer where several share one layout.
ALONE, TOGETHER = 120, 70
IN_BARS = 20
COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A region to show: its adcode (None: everywhere), its name, its words."""

    adcode: str | None
    name: str
    words: pd.DataFrame


def ask(view: View, chosen: Sequence[tuple[str | None, str]], boilerplate: bool) -> list[Region]:
    """The words of the chosen regions, given as (adcode, name)."""
    most = ALONE if len(chosen) == 1 else TOGETHER
    return [Region(code, name, _words(view, code, boilerplate, most)) for code, name in chosen]


def _words(view: View, code: str | None, boilerplate: bool, most: int) -> pd.DataFrame:
    return view.tables.words(view.selection, code, boilerplate, most)


def draw(view: View, regions: Sequence[Region], boilerplate: bool, shape: str) -> None:
    """The clouds and bars of all regions, side by side; equal sizes are equal shares."""
    found = _layout([one.words for one in regions], shape)
    most = max((one.words["share"].max() for one in regions if len(one.words)), default=0.0)
    spoken = [one for one in regions if len(one.words)]
    for one in regions:
        if one.words.empty:
            st.subheader(one.name, anchor=False)
            rows.nothing(view)
    drawn = [partial(_cloud, view, one, found, boilerplate, len(regions) > 1) for one in spoken]
    bars = [partial(_bars, view, one, float(most), boilerplate) for one in spoken]
    if len(spoken) == 1:
        _side_by_side([*drawn, *bars])
        return
    # All clouds, then all bars: what is compared stands together, on a phone too.
    _side_by_side(drawn)
    _side_by_side(bars)


def _side_by_side(drawn: Sequence[Callable[[], None]]) -> None:
    """Draw in rows of COLUMNS."""
    for first in range(0, len(drawn), COLUMNS):
        some = drawn[first : first + COLUMNS]
        for column, draw_one in zip(st.columns(COLUMNS, gap="large"), some, strict=False):
            with column:
                draw_one()


@st.cache_data(max_entries=64, show_spinner=False)
def _layout(found: list[pd.DataFrame], shape: str) -> clouds.Layout:
    """The words' places, once per set of words: of a version, a selection, regions, a switch."""
    return clouds.layout(found, shape)


def switch_note(view: View, boilerplate: bool) -> str:
    """Whether set phrases are in it, as a picture says it."""
    return view.t("words.with_phrases" if boilerplate else "words.without_phrases")


def _cloud(
    view: View, one: Region, found: clouds.Layout, boilerplate: bool, together: bool
) -> None:
    words = clouds.drawn(found, one.words)
    title = view.t("words.cloud_of", name=one.name)
    notes = [view.t("charts.per_words"), view.t("words.cloud_note")]
    notes += [view.t("words.together")] if together else []
    notes.append(switch_note(view, boilerplate))
    alt = view.t("words.alt", name=one.name, top=view.joined(one.words["word"].head(8)))
    chart_block.chart(
        view,
        f"cloud_{one.adcode or 'all'}",
        title,
        lambda dark: charts.cloud(words, title, notes, view.source, dark),
        one.words,
        alt,
        show=_shown(view, one, words, title, notes, alt),
    )


def _shown(
    view: View,
    one: Region,
    words: Sequence[clouds.Drawn],
    title: str,
    notes: Sequence[str],
    alt: str,
) -> Callable[[], None]:
    """What draws the cloud on the screen, with its notes and its source."""
    hints = {str(row.word): charts.hint(row, view.language) for row in rows.records(one.words)}

    def show() -> None:
        drawn = clouds.svg(words, view.dark, hints, alt)
        card = Card(title, list(notes), view.source, "", [])
        st.html(chart_card.head_html(card))
        cloud_view.show(f"cloud_{one.adcode or 'all'}", drawn, concordance.choose)
        st.html(chart_card.foot_html(card))

    return show


def _bars(view: View, one: Region, most: float, boilerplate: bool) -> None:
    top = one.words.head(IN_BARS)
    chart_block.chart(
        view,
        f"words_{one.adcode or 'all'}",
        view.t("words.title_of", name=one.name),
        lambda dark: charts.word_bars(
            top,
            view.language,
            view.source,
            dark,
            one.adcode and one.name,
            most=most,
            notes=[switch_note(view, boilerplate)],
        ),
        one.words,
        charts.word_bars_alt_text(top, view.language),
        clicked=concordance.choose_point,
    )
