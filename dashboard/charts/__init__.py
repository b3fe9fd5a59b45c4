"""Rows → Plotly figures, one module per family. No streamlit, and no reading of files.

Each chart takes the rows of one question of `dashboard.queries`, the language of its words, the
source line for its foot, and whether it stands on a dark page. `<chart>_alt_text` says in words
what the picture shows, for those who cannot see it.
"""

from __future__ import annotations

from dashboard.charts.activities import activities_over_time, activities_over_time_alt_text
from dashboard.charts.cells import (
    activity_calendar,
    activity_calendar_alt_text,
    activity_matrix,
    activity_matrix_alt_text,
)
from dashboard.charts.cities import city_dots, city_dots_alt_text
from dashboard.charts.comparison import compare_types, compare_types_alt_text
from dashboard.charts.panels import activity_panels, activity_panels_alt_text
from dashboard.charts.ranking import activities_by, activities_by_alt_text
from dashboard.charts.words import word_bars, word_bars_alt_text

__all__ = [
    "activities_by",
    "activities_by_alt_text",
    "activities_over_time",
    "activities_over_time_alt_text",
    "activity_calendar",
    "activity_calendar_alt_text",
    "activity_matrix",
    "activity_matrix_alt_text",
    "activity_panels",
    "activity_panels_alt_text",
    "city_dots",
    "city_dots_alt_text",
    "compare_types",
    "compare_types_alt_text",
    "word_bars",
    "word_bars_alt_text",
]
