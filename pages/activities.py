"""How many activities, when, of which type and where, and the list behind the counts."""

import streamlit as st

from dashboard import activity_charts, address, chart_block, rows
from dashboard.view import current

PERIODS = ("day", "week", "month", "quarter")
USUAL = "month"

view = current()
t = view.t
total = view.tables.overview(view.selection).activities

address.seed("per", address.one_of(PERIODS, USUAL))
chosen = st.segmented_control(
    t("per.label"),
    PERIODS,
    format_func=lambda one: t(f"per.{one}"),
    key=address.key_of("per"),
    on_change=address.touched,
    required=True,
)
per = chosen or USUAL
address.want("per", [per] if per != USUAL else [])

if total:
    activity_charts.over_time(view, per)
    by_type, by_place = st.columns(2, gap="large")
    with by_type:
        activity_charts.by(view, "type")
    with by_place:
        activity_charts.by(view, "province")
    activity_charts.by(view, "city")
    st.subheader(t("activities.list", count=total), anchor=False)
    chart_block.take_away(
        view,
        "all_activities",
        t("activities.title"),
        lambda: view.tables.activities(view.selection, total, 0),
    )
rows.paged(
    view,
    "activities",
    total,
    lambda limit, offset: view.tables.activities(view.selection, limit, offset),
    rows.activity_row,
)
