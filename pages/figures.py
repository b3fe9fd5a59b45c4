"""Figures city by city: one measure ranked, and every figure with its sentence."""

import streamlit as st

from dashboard import chart_block, fact_rows, figure_page, lists
from dashboard.view import current

view = current()
t = view.t
selection = view.selection
total = view.tables.overview(selection).figures
measure = figure_page.choose_measure(view, selection, t("figures.comparable"))
if measure is not None:
    figure_page.by_city(view, measure)

st.subheader(t("figures.list", count=total), anchor=False)
if total:
    chart_block.take_away(
        view,
        "all_figures",
        t("figures.title"),
        lambda: view.tables.figures(selection, total, 0),
        view.source_of("figures"),
    )
lists.paged(
    view,
    "figures",
    total,
    lambda limit, offset: view.tables.figures(selection, limit, offset),
    fact_rows.figure_row,
)
