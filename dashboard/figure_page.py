"""One measure city by city: a dot for each, and the sentences that they rest on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import address, chart_block, fact_rows, lists, rows
from dashboard.charts import cities as charts
from dashboard.selection import Selection
from dashboard.view import View

# A list of more measures is too long to send and to read; a link may name any other.
MOST = 500
# Sentences of a measure that are shown without asking.
SHOWN = 5


def choose_measure(view: View, selection: Selection, help: str | None = None) -> Any:
    """The measure that the address names, or the one that most cities report; None without any."""
    key = address.key_of("measure")
    asked = [*st.query_params.get_all("measure"), st.session_state.get(key) or ""]
    found = view.tables.measures(selection, MOST, asked)
    measures = {one.measure_id: one for one in rows.records(found)}
    if not measures:
        return None
    first = next(iter(measures))
    address.seed("measure", address.one_of(measures, first))
    if st.session_state[key] not in measures:
        st.session_state[key] = first
    chosen = st.selectbox(
        view.t("figures.choose"),
        list(measures),
        format_func=lambda one: name_of(view, measures[one]),
        key=key,
        on_change=address.touched,
        help=help,
    )
    address.want("measure", [chosen] if chosen != first else [])
    return measures[chosen]


def name_of(view: View, measure: Any) -> str:
    """投资（元，金额）· 3 城: a row of `Tables.measures` as a choice."""
    return view.t(
        "figures.measure",
        counted=measure.counted,
        unit=measure.unit if rows.is_known(measure.unit) else view.t("figures.no_unit"),
        kind=view.value_name("kind", measure.kind),
        cities=measure.cities,
    )


def by_city(view: View, measure: Any) -> None:
    """The chart of a measure; below it the sentence of the dot that was clicked, and all others."""
    cities = view.tables.city_figures(view.selection, measure.measure_id)
    source = view.source_of("figures", measure.measure_id)
    point = chart_block.chart(
        view,
        "figures",
        view.t("figures.by_city", counted=measure.counted),
        lambda dark: charts.city_dots(cities, view.language, source, dark),
        cities,
        charts.city_dots_alt_text(cities, view.language),
        source=source,
        watched=True,
        whole=lambda: view.tables.with_sentences(cities),
        state=f"{measure.measure_id}{view.selection}",
    )
    _evidence(view, cities[cities["reported"]], chart_block.data_of(point or {}))


def _evidence(view: View, reported: pd.DataFrame, clicked: str) -> None:
    """The sentences of a measure: that of the clicked dot alone, or the first ones."""
    found = reported[reported["figure_id"] == clicked]
    if len(found):
        st.caption(view.t("figures.clicked"))
        _sentences(view, found)
        return
    st.caption(view.t("figures.evidence", count=len(reported)))
    with st.container(gap=None, key="evidence_list"):
        _sentences(view, reported.head(SHOWN))
    if len(reported) <= SHOWN:
        return
    rest = st.expander(
        view.t("figures.more_below", count=len(reported) - SHOWN),
        key="more_evidence",
        on_change="rerun",
    )
    if rest.open:
        with rest:
            _rest(view, reported.iloc[SHOWN:])


def _rest(view: View, found: pd.DataFrame) -> None:
    """The other sentences of a measure, page by page: an archive may have thousands."""
    lists.paged(
        view,
        "rest",
        len(found),
        lambda limit, offset: view.tables.with_sentences(found.iloc[offset : offset + limit]),
        lambda view, row: fact_rows.figure_row(view, row, "evidence"),
    )


def _sentences(view: View, found: pd.DataFrame) -> None:
    """Figures with their sentences, which are read for those that are shown alone."""
    told = rows.records(view.tables.with_sentences(found))
    lists.draw(view, (fact_rows.figure_row(view, one, "evidence") for one in told))
