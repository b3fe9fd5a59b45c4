"""Charts of activities, which more than one page shows."""

from __future__ import annotations

import streamlit as st

from dashboard import chart_block
from dashboard.charts import activities
from dashboard.view import View


def over_time(view: View, per: str) -> None:
    """How many activities of each type by day, week, month or quarter."""
    counts = view.tables.activity_counts(view.selection, per)
    if counts["key"].isna().all():
        st.info(view.t("activities.undated"), icon=":material/event_busy:")
        return
    chart_block.chart(
        view,
        f"activities_{per}",
        view.t("charts.over_time", per=view.t(f"per.{per}")),
        lambda dark: activities.activities_over_time(counts, view.language, view.source, dark),
        counts,
        activities.activities_over_time_alt_text(counts, view.language),
    )


def by(view: View, dimension: str) -> None:
    """How many activities of each type, province or city."""
    counts = view.tables.activity_counts(view.selection, dimension)
    if dimension == "type":
        counts["label"] = [view.value_name("type", one) for one in counts["label"]]
    chart_block.chart(
        view,
        f"activities_{dimension}",
        view.t("charts.by", dimension=view.t(f"dimension.{dimension}")),
        lambda dark: activities.activities_by(counts, dimension, view.language, view.source, dark),
        counts,
        activities.activities_by_alt_text(counts, dimension, view.language),
    )
