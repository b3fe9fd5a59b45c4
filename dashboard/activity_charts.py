"""Charts of activities, which more than one page shows, and what a click on them selects."""

from __future__ import annotations

import streamlit as st

from dashboard import address, chart_block
from dashboard.charts import activities, cells, panels, ranking
from dashboard.queries.periods import BUCKETS, days_of
from dashboard.view import View

# A period is fine enough where its buckets fit beside each other, and exact enough where it
# places nearly as many activities as the coarsest one but the year does.
MOST_BUCKETS = 60
NEARLY_ALL = 0.9
DAYS = {"day": 1, "week": 7, "month": 30.4, "quarter": 91.3, "year": 365.25}
# As many provinces as stand beside a chart of time.
BESIDE = 10
VIEWS = ("time", "provinces", "calendar", "matrix", "type", "province", "city")


def draw(view: View, name: str, per: str) -> None:
    """The chart of that name among VIEWS; `per` is the period of those over time."""
    charts = {
        "time": lambda: over_time(view, per),
        "provinces": lambda: by_panels(view, per),
        "calendar": lambda: by_day(view),
        "matrix": lambda: by_type_and_province(view),
    }
    charts.get(name, lambda: by(view, name))()


def usual_period(view: View) -> str:
    """The period that suits the selection: the finest that can be read and places nearly all."""
    span = view.tables.time_span(view.selection)
    if span is None:
        return "month"
    enough = NEARLY_ALL * span.dated["quarter"]
    fitting = (
        one
        for one in BUCKETS
        if span.days / DAYS[one] <= MOST_BUCKETS and span.dated[one] >= enough
    )
    return next(fitting, "year")


def over_time(view: View, per: str) -> None:
    """How many activities of each type by day, week, month, quarter or year."""
    counts = view.tables.activity_counts(view.selection, per)
    if counts["key"].isna().all():
        st.info(view.t("activities.undated"), icon=":material/event_busy:")
        return
    source = view.source_of("activities")
    chart_block.chart(
        view,
        f"activities_{per}",
        view.t("charts.over_time", per=view.t(f"per.{per}")),
        lambda dark: activities.activities_over_time(counts, view.language, source, dark),
        counts,
        activities.activities_over_time_alt_text(counts, view.language),
        source=source,
        clicked=lambda point: pick(*period(chart_block.data_of(point))),
        state=str(view.selection),
    )


def by_panels(view: View, per: str) -> None:
    """How many activities over time in each province."""
    counts = view.tables.activity_panels(view.selection, per)
    source = view.source_of("activities")
    chart_block.chart(
        view,
        "activities_panels",
        view.t("charts.panels"),
        lambda dark: panels.activity_panels(counts, view.language, source, dark),
        counts,
        panels.activity_panels_alt_text(counts, view.language),
        source=source,
        clicked=pick_panel,
        state=str(view.selection),
    )


def by_day(view: View) -> None:
    """The calendar."""
    counts = view.tables.activity_counts(view.selection, "day")
    source = view.source_of("activities")
    chart_block.chart(
        view,
        "activities_calendar",
        view.t("charts.calendar"),
        lambda dark: cells.activity_calendar(counts, view.language, source, dark),
        counts,
        cells.activity_calendar_alt_text(counts, view.language),
        source=source,
        clicked=lambda point: pick(*period(chart_block.data_of(point))),
        state=str(view.selection),
    )


def by_type_and_province(view: View) -> None:
    """Which province reports which types."""
    counts = view.tables.activity_counts(view.selection, "province")
    silent = view.tables.silent(view.selection, "province")
    source = view.source_of("activities")
    chart_block.chart(
        view,
        "activities_matrix",
        view.t("charts.matrix"),
        lambda dark: cells.activity_matrix(counts, view.language, source, dark, silent),
        counts,
        cells.activity_matrix_alt_text(counts, view.language),
        source=source,
        clicked=pick_cell,
        state=str(view.selection),
    )


def by(view: View, dimension: str, most: int = ranking.MOST_BARS) -> None:
    """How many activities of each type, province or city: the `most` with most."""
    counts = view.tables.activity_counts(view.selection, dimension)
    silent = [] if dimension == "type" else view.tables.silent(view.selection, dimension)
    if dimension == "type":
        counts["label"] = [view.value_name("type", one) for one in counts["label"]]
    source = view.source_of("activities")
    chart_block.chart(
        view,
        f"activities_{dimension}",
        view.t("charts.by", dimension=view.t(f"dimension.{dimension}")),
        lambda dark: ranking.activities_by(
            counts, dimension, view.language, source, dark, silent, most
        ),
        counts,
        ranking.activities_by_alt_text(counts, dimension, view.language),
        source=source,
        clicked=lambda point: pick((dimension, chart_block.data_of(point))),
        state=str(view.selection),
    )


def pick_panel(point: chart_block.Point) -> None:
    """140000/2023-11/2023-12: the province and the period."""
    if data := chart_block.data_of(point):
        province, when = data.split("/", 1)
        pick(("province", province), *period(when))


def pick_cell(point: chart_block.Point) -> None:
    """140000/meeting: the province and the type."""
    if data := chart_block.data_of(point):
        province, kind = data.split("/")
        pick(("province", province), ("type", kind))


def period(data: str) -> list[tuple[str, object]]:
    """2023-11/2023-12, a bar's first and last bucket, as the filters `from` and `to`."""
    found = days_of(data)
    return list(zip(("from", "to"), found, strict=True)) if found else []


def pick(*choices: tuple[str, object]) -> None:
    """Set filters to what a reader clicked; an empty one stays as it is."""
    address.touched()
    for name, value in choices:
        if value:
            several = name in ("province", "city", "type")
            st.session_state[address.key_of(name)] = [value] if several else value
