"""Figures city by city: one measure ranked, and every figure with its sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from dashboard import figure_page
from dashboard.edition import charts, lists
from dashboard.edition.common import numbered_list, page_of, selected
from dashboard.edition.site import Here, Page, Site
from dashboard.rows import records
from dashboard.view import View

# Charts of a province beside its list of figures: the measures that most of its cities report.
MEASURES = 3
# A chart that stands alone has the page's width.
ALONE = 900


def figures(site: Site, language: str, province: str) -> Iterator[Page]:
    """What can be compared, and every figure with its sentence."""
    view = selected(site, language, province)
    path = f"figures/{province}/" if province else "figures/"
    total = view.tables.overview(view.selection).figures
    for number in range(1, lists.pages_of(total) + 1):
        here = Here(language, path if number == 1 else f"{path}p{number}/")
        page = page_of(site, here, "figures", view, "figures/{}/")
        head = _measures(site, page, view, bool(province)) if number == 1 else ""
        rows = view.tables.figures(view.selection, lists.ROWS, (number - 1) * lists.ROWS)
        page.body = head + numbered_list(
            site, page, view, rows, lists.figure, (path, number, total, "figures.list")
        )
        yield page


def _measures(site: Site, page: Page, view: View, several: bool) -> str:
    """The charts of the first measures, and of everything the way to all others."""
    found = records(view.tables.measures(view.selection))
    drawn = "".join(
        _block(site, page, view, one, charts.WIDE if several else ALONE)
        for one in found[: MEASURES if several else 1]
    )
    if several:
        return f'<div class="cards">{drawn}</div>'
    return f"{_choice(site, page.here, view, found)}{drawn}"


def _block(site: Site, page: Page, view: View, measure: Any, wide: int) -> str:
    """The chart of a measure; its dots lead to their sentences."""
    chart = charts.found("figures", lambda: figure_page.by_city(view, measure))
    # Several may stand on a page.
    named = chart and dataclasses.replace(chart, name=f"figures_{measure.measure_id}")
    return charts.block(site, page, view, named, _to_sentence(view, page.here, measure), wide)


def _to_sentence(view: View, here: Here, measure: Any) -> Callable[[str], str | None]:
    """Where a dot leads: to its sentence in its article."""
    rows = view.tables.city_figures(view.selection, measure.measure_id)
    known = rows[rows["figure_id"].notna()]
    articles = dict(zip(known["figure_id"], known["article_id"], strict=True))

    def find(data: str) -> str | None:
        return lists.to_fact(here, articles[data], data) if data in articles else None

    return find


def _choice(site: Site, here: Here, view: View, found: list[Any], now: str = "") -> str:
    """Every measure that has a page, as a list of links that opens."""
    known = set(site.measures)
    items = "".join(
        f'<li><a href="{here.to(f"figures/{one.measure_id}/")}"'
        f"{' aria-current=true' if one.measure_id == now else ''}>"
        f"{escape(figure_page.name_of(view, one))}</a></li>"
        for one in found
        if one.measure_id in known
    )
    said = escape(view.t("figures.choose"))
    count = escape(view.t("edition.measures", count=len(known)))
    return (
        f'<details class="filter measures"><summary>{said} <span>{count}</span></summary>'
        f'<p class="bm-details">{escape(view.t("figures.comparable"))}</p>'
        f"<ul>{items}</ul></details>"
        if items
        else ""
    )


def measure(site: Site, language: str, measure_id: str) -> Page:
    """One measure, city by city, and the sentences it rests on."""
    view = site.view(language)
    found = records(view.tables.measures(view.selection))
    one = next(row for row in found if row.measure_id == measure_id)
    page = page_of(site, Here(language, f"figures/{measure_id}/"), "figures", view)
    page.title = view.t("figures.by_city", counted=one.counted)
    rows = view.tables.city_figures(view.selection, measure_id)
    reported = view.tables.with_sentences(rows[rows["reported"]])
    sentences = lists.listing(site, page, view, reported, lists.figure, "facts")
    page.body = (
        f"{_choice(site, page.here, view, found, measure_id)}"
        f"{_block(site, page, view, one, ALONE)}"
        f'<h2 id="list">{escape(view.t("edition.sentences", count=len(reported)))}</h2>{sentences}'
    )
    return page
