"""Activities: when, where and of which type, one chart at a time, and the list behind it."""

import streamlit as st

from dashboard import activity_charts, address, chart_block, fact_rows, lists
from dashboard.queries.periods import BUCKETS
from dashboard.view import current

AUTO = "auto"
# Charts over time, for which a period can be chosen.
TIMED = ("time", "provinces")

view = current()
t = view.t
total = view.tables.overview(view.selection).activities

if total:
    usual = activity_charts.usual_period(view)
    first = activity_charts.VIEWS[0]
    address.seed("view", address.one_of(activity_charts.VIEWS, first))
    chart = st.segmented_control(
        t("view.label"),
        activity_charts.VIEWS,
        format_func=lambda one: t(f"view.{one}"),
        key=address.key_of("view"),
        on_change=address.touched,
        required=True,
        label_visibility="collapsed",
        help=t("view.help"),
    )
    chart = chart or first
    address.want("view", [chart] if chart != first else [])

    address.seed("per", address.one_of(BUCKETS, AUTO))
    per = st.session_state[address.key_of("per")]
    if chart in TIMED:
        per = st.segmented_control(
            t("per.label"),
            (AUTO, *BUCKETS),
            format_func=lambda one: t(f"per.{one}", per=t(f"per.{usual}")),
            key=address.key_of("per"),
            on_change=address.touched,
            required=True,
            label_visibility="collapsed",
        )
        address.want("per", [per] if per in BUCKETS else [])
    activity_charts.draw(view, chart, per if per in BUCKETS else usual)

    st.subheader(t("activities.list", count=total), anchor=False)
    chart_block.take_away(
        view,
        "all_activities",
        t("activities.title"),
        lambda: view.tables.activities(view.selection, total, 0),
        view.source_of("activities"),
    )
lists.paged(
    view,
    "activities",
    total,
    lambda limit, offset: view.tables.activities(view.selection, limit, offset),
    fact_rows.activity_row,
)
