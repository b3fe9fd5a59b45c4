"""Figures city by city: one measure ranked, and every figure with its sentence."""

import streamlit as st

from dashboard import address, chart_block, fact_rows, figure_page, rows
from dashboard.view import current

# A list of more is too long to send and to read; a link may name any other.
MOST = 500

view = current()
t = view.t
selection = view.selection
total = view.tables.overview(selection).figures
measures = {row.measure_id: row for row in rows.records(view.tables.measures(selection))}

if measures:
    first = next(iter(measures))
    address.seed("measure", address.one_of(measures, first))
    if st.session_state[address.key_of("measure")] not in measures:
        st.session_state[address.key_of("measure")] = first
    options = list(measures)[:MOST]
    if (chosen := st.session_state[address.key_of("measure")]) not in options:
        options.append(chosen)
    measure = st.selectbox(
        t("figures.choose"),
        options,
        format_func=lambda one: figure_page.name_of(view, measures[one]),
        key=address.key_of("measure"),
        on_change=address.touched,
        help=t("figures.comparable"),
    )
    address.want("measure", [measure] if measure != first else [])
    figure_page.by_city(view, measures[measure])

st.subheader(t("figures.list", count=total), anchor=False)
if total:
    chart_block.take_away(
        view,
        "all_figures",
        t("figures.title"),
        lambda: view.tables.figures(selection, total, 0),
        view.source_of("figures"),
    )
rows.paged(
    view,
    "figures",
    total,
    lambda limit, offset: view.tables.figures(selection, limit, offset),
    fact_rows.figure_row,
)
