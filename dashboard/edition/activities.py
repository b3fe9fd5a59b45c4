"""Every chart of activities, and the list behind them."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import activity_charts
from dashboard.edition import charts, lists
from dashboard.edition.common import dated, numbered_list, page_of, selected, to_places
from dashboard.edition.site import Here, Page, Site
from dashboard.view import View


def activities(site: Site, language: str, province: str) -> Iterator[Page]:
    """Every chart of activities, and the list behind them."""
    view = selected(site, language, province)
    path = f"activities/{province}/" if province else "activities/"
    total = view.tables.overview(view.selection).activities
    for number in range(1, lists.pages_of(total) + 1):
        here = Here(language, path if number == 1 else f"{path}p{number}/")
        page = page_of(site, here, "activities", view, "activities/{}/")
        drawn = _activity_charts(site, page, view, province) if number == 1 else ""
        rows = view.tables.activities(view.selection, lists.ROWS, (number - 1) * lists.ROWS)
        page.body = drawn + numbered_list(
            site, page, view, rows, lists.activity, (path, number, total, "activities.list")
        )
        yield page


def _activity_charts(site: Site, page: Page, view: View, province: str) -> str:
    per = activity_charts.usual_period(view)
    path = f"activities/{province}/" if province else "activities/"
    names = {
        "time": f"activities_{per}",
        "calendar": "activities_calendar",
        "type": "activities_type",
        "city": "activities_city",
        **(
            {}
            if province
            else {
                "province": "activities_province",
                "provinces": "activities_panels",
                "matrix": "activities_matrix",
            }
        ),
    }
    to_list = dated(page.here, view, path)
    to_place = to_places(site, page.here)
    links = {"time": to_list, "calendar": to_list}
    drawn = []
    for name, chart in names.items():
        one = charts.found(chart, lambda name=name: activity_charts.draw(view, name, per))  # type: ignore[misc]
        drawn.append(charts.block(site, page, view, one, links.get(name, to_place)))
    return f'<div class="cards">{"".join(drawn)}</div>'
