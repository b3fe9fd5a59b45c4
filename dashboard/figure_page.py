"""One measure city by city: ranked bars, each figure's sentence, and who reports nothing."""

from __future__ import annotations

from typing import Any

from dashboard import chart_block, rows
from dashboard.charts import cities as charts
from dashboard.view import View


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
    """The chart of a measure and, below it, what it rests on."""
    cities = view.tables.city_figures(view.selection, measure.measure_id)
    chart_block.chart(
        view,
        "figures",
        view.t("figures.by_city", counted=measure.counted),
        lambda dark: charts.city_dots(cities, view.language, view.source, dark),
        cities,
        charts.city_dots_alt_text(cities, view.language),
    )
    rows.city_rows(view, cities)
