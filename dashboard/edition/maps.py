"""The provinces as tiles, or the cities of one, and the list behind both."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from dashboard import map_page
from dashboard.charts.tiles import shown
from dashboard.edition import charts, lists
from dashboard.edition.common import page_of, selected, silent, to_places
from dashboard.edition.site import Here, Page, Site, provinces
from dashboard.rows import records
from dashboard.view import View


def map_of(site: Site, language: str, by: str, province: str) -> Page:
    """The provinces as tiles, or the cities of one."""
    view = selected(site, language, province)
    stem = "map/" if by == map_page.COUNTED[0] else f"map/{by}/"
    here = Here(language, f"{stem}{province}/" if province else stem)
    page = page_of(site, here, "map", view, f"{stem}{{}}/")
    question = map_page.Question(by)
    if province:
        chart = charts.found("map_cities", lambda: map_page.of_cities(view, question, province))
        rows = map_page.city_rows(view, question, province)
        name = view.t("map.list_cities", name=view.names.get(province, province))
        way = to_places(site, here)
    else:
        chart = charts.found(
            "map_tiles", lambda: map_page.of_provinces(view, question, map_page.FORMS[0])
        )
        rows = map_page.province_rows(view, question)
        name = view.t("map.list_provinces")
        way = _to_map(site, here, stem)
    page.body = (
        f'{_by(here, view, by, province)}<div class="beside">'
        f"{charts.block(site, page, view, chart, way)}"
        f"<section><h2>{escape(name)}</h2>{_ranked(site, here, view, rows)}</section></div>"
    )
    return page


def _to_map(site: Site, here: Here, stem: str) -> Callable[[str], str | None]:
    known = provinces(site)
    return lambda code: here.to(f"{stem}{code}/") if code in known else None


def _by(here: Here, view: View, by: str, province: str) -> str:
    """What the tiles are coloured by, as ways to the other maps."""
    items = []
    for one in map_page.COUNTED:
        stem = "map/" if one == map_page.COUNTED[0] else f"map/{one}/"
        target = here.to(f"{stem}{province}/" if province else stem)
        now = ' aria-current="true"' if one == by else ""
        items.append(f'<a href="{target}"{now}>{escape(view.t(f"map.by_{one}"))}</a>')
    label = escape(view.t("map.by"))
    return f'<nav class="switch" aria-label="{label}"><span>{label}</span>{"".join(items)}</nav>'


def _ranked(site: Site, here: Here, view: View, rows: Any) -> str:
    """Every area with its number, the most first; those that report nothing by name."""
    ranked = rows.sort_values("value", ascending=False, kind="stable")
    items = "".join(
        f"<li>{lists.to_place(site, here, one.adcode, one.name)} "
        f"<b>{escape(shown(one, view.language))}</b></li>"
        for one in records(ranked[ranked["value"].notna()])
    )
    return (
        f'<ul class="bm-areas">{items}</ul>{silent(site, here, view, rows[rows["value"].isna()])}'
    )
