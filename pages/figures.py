"""Figures city by city: one measure ranked, and every figure with its sentence."""

import streamlit as st

from dashboard import address, figure_page, rows
from dashboard.view import current

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
    measure = st.selectbox(
        t("figures.choose"),
        list(measures),
        format_func=lambda one: figure_page.name_of(view, measures[one]),
        key=address.key_of("measure"),
        on_change=address.touched,
        help=t("figures.comparable"),
    )
    address.want("measure", [measure] if measure != first else [])
    figure_page.by_city(view, measures[measure])

st.subheader(t("figures.list", count=total), anchor=False)
rows.paged(
    view,
    "figures",
    total,
    lambda limit, offset: view.tables.figures(selection, limit, offset),
    rows.figure_row,
)
