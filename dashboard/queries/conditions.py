"""A selection as SQL: fixed text with named parameters, never a reader's text inside it.

The conditions are on the tables of `keys`, under the names `articles` (heads), `activities`
(activity_keys) and `figures` (figure_keys: those that are reportable and no repeat).

Places, types and dates are compared by their numbers.

A fact is selected by its own division; an article by its own, or by that of any activity or
reportable figure in it. Facts of no division (national, foreign, unknown) leave where a place is
chosen. An activity is dated by its own date (a coarse date counts where its days overlap the
chosen ones), articles and figures by the day of the issue; the undated leave where a date is
chosen. A type selects the activities of it, the figures that belong to such an activity, and the
articles that report one.
"""

from __future__ import annotations

from typing import Any

from dashboard.selection import Selection

FIRST_DAY, LAST_DAY = "0000-01-01", "9999-12-31"

PLACE = "region IN (SELECT unnest($regions::INTEGER[]))"
_TYPE = "IN (SELECT type_number FROM types WHERE type IN (SELECT unnest($types::VARCHAR[])))"
# Ranks go by the day of the issue, so that those of some days follow each other.
_ISSUE = """rank BETWEEN
    (SELECT min(rank) FROM heads WHERE issue_date BETWEEN $start AND $end)
    AND (SELECT max(rank) FROM heads WHERE issue_date BETWEEN $start AND $end)"""
_PERIOD = "period IN (SELECT period FROM periods WHERE last >= $start AND first <= $end)"


def activities(selection: Selection) -> str:
    """The condition on `activities`."""
    return _chosen(
        selection,
        place=f"activities.{PLACE}",
        type=f"activities.type_number {_TYPE}",
        date=f"activities.{_PERIOD}",
    )


def figures(selection: Selection) -> str:
    """The condition on `figures`."""
    return _chosen(
        selection,
        place=f"figures.{PLACE}",
        type=f"figures.activity_type {_TYPE}",
        date=f"figures.{_ISSUE}",
    )


def articles(selection: Selection) -> str:
    """The condition on `articles`."""
    return _chosen(
        selection,
        place=f"articles.rank IN (SELECT rank FROM placed WHERE {PLACE})",
        type=f"articles.rank IN (SELECT rank FROM activity_keys WHERE type_number {_TYPE})",
        date=f"articles.{_ISSUE}",
    )


def has_place(selection: Selection) -> bool:
    """True where a province, a city or another area is chosen."""
    return bool(selection.provinces or selection.cities or selection.within)


def _chosen(selection: Selection, *, place: str, type: str, date: str) -> str:
    parts = []
    if has_place(selection):
        parts.append(place)
    if selection.types:
        parts.append(type)
    if selection.start or selection.end:
        parts.append(date)
    return " AND ".join(parts) or "true"


def parameters(selection: Selection, regions: list[int]) -> dict[str, Any]:
    """The values of every parameter that a condition can name; `regions` are those in its place."""
    return {
        "regions": regions,
        "types": list(selection.types),
        "start": selection.start or FIRST_DAY,
        "end": selection.end or LAST_DAY,
    }
