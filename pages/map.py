"""The provinces as tiles or in the owner's outlines, a chosen one's cities, all as points."""

import streamlit as st

from dashboard import address, figure_page, map_page
from dashboard.view import current

USUAL = ("activities", "tiles")

view = current()
t = view.t

with st.container(horizontal=True, vertical_alignment="bottom"):
    address.seed("by", address.one_of(map_page.BY, USUAL[0]))
    by = (
        st.segmented_control(
            t("map.by"),
            map_page.BY,
            format_func=lambda one: t(f"map.by_{one}"),
            key=address.key_of("by"),
            on_change=address.touched,
            required=True,
        )
        or USUAL[0]
    )
    address.seed("form", address.one_of(map_page.FORMS, USUAL[1]))
    form = (
        st.segmented_control(
            t("map.form"),
            map_page.FORMS,
            format_func=lambda one: t(f"map.form_{one}"),
            key=address.key_of("form"),
            on_change=address.touched,
            required=True,
        )
        or USUAL[1]
    )
address.want("by", [by] if by != USUAL[0] else [])
address.want("form", [form] if form != USUAL[1] else [])

everywhere = map_page.anywhere(view).selection
measure = figure_page.choose_measure(view, everywhere) if by == "measure" else None
question = map_page.Question(by if measure is not None or by != "measure" else USUAL[0], measure)
if form == "points":
    map_page.of_points(view, question)
else:
    map_page.of_provinces(view, question, form)
    if len(view.selection.provinces) == 1:
        map_page.of_cities(view, question, view.selection.provinces[0])
