"""What several pages of an edition do alike."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from dashboard.edition import lists, shell
from dashboard.edition.site import Here, Page, Site, provinces
from dashboard.queries.periods import days_of
from dashboard.rows import is_known, records
from dashboard.selection import Selection
from dashboard.view import View


def page_of(site: Site, here: Here, of: str, view: View, path: str | None = None) -> Page:
    """An empty page; with `path` (`activities/{}/`) it has the choice of a province."""
    page = Page(here, of, view.t(f"{of}.title"), view.t(f"{of}.lead"))
    chosen = view.selection.provinces
    if chosen:
        page.title = f"{page.title} · {view.names.get(chosen[0], chosen[0])}"
    if path:
        now = chosen[0] if chosen else ""
        page.filters = shell.filter_box(here, view, provinces(site), path, now)
    return page


def selected(site: Site, language: str, province: str) -> View:
    """The view of everything, or of one province."""
    return site.view(language, Selection(provinces=(province,) if province else ()))


def dated(here: Here, view: View, path: str) -> Callable[[str], str | None]:
    """Where a bar of time leads: to the first activity of the list that has such a date.

    `path` is that of the list's first page.
    """
    total = view.tables.overview(view.selection).activities
    rows = view.tables.activities(view.selection, total)
    order = [str(one)[:10] if is_known(one) else "" for one in rows["date"]]

    def find(data: str) -> str | None:
        if not (days := days_of(data)):
            return None
        first, last = (one.isoformat() for one in days)
        found = (number for number, day in enumerate(order) if first <= day <= last)
        return (
            lists.row_address(here, path, number)
            if (number := next(found, None)) is not None
            else None
        )

    return find


def to_places(site: Site, here: Here) -> Callable[[str], str | None]:
    """Where a mark of a place leads: to the page of it."""

    def find(data: str) -> str | None:
        code = data.split("/")[0]
        return here.to(lists.place_path(code)) if code in site.places else None

    return find


def numbered_list(
    site: Site, page: Page, view: View, rows: Any, draw: lists.Row, of: tuple[str, int, int, str]
) -> str:
    """A page of a list with its ways; each row can be linked to by its number."""
    path, number, total, title = of
    first = (number - 1) * lists.ROWS + 1
    items = "".join(
        draw(site, page, view, one).replace("<li", f'<li id="row-{at}"', 1)
        for at, one in enumerate(records(rows), first)
    )
    shown_ = f'<ul class="facts">{items}</ul>' if items else lists.nothing(view)
    ways = lists.pager(page.here, path, number, total)
    return f'<h2 id="list">{escape(view.t(title, count=total))}</h2>{ways}{shown_}{ways}'


def silent(site: Site, here: Here, view: View, rows: Any) -> str:
    """The areas that report nothing, in words; nothing is not zero."""
    if rows.empty:
        return ""
    names = view.joined(lists.to_place(site, here, one.adcode, one.name) for one in records(rows))
    said = escape(view.t("map.list_unreported", count=len(rows)))
    return f'<p class="bm-none">{said} {names}</p>'
