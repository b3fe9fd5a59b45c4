"""The first page: how much, when and where, what is newest, and what the data are."""

from __future__ import annotations

from html import escape
from typing import Any

from dashboard import activity_charts
from dashboard.edition import charts, lists, shell
from dashboard.edition.common import dated, page_of, to_places
from dashboard.edition.site import Here, Page, Site, provinces
from dashboard.headline import LEADS
from dashboard.view import View

NEWEST, PROVINCES = 6, 10
_WAYS = {
    "articles": "articles/",
    "activities": "activities/",
    "figures": "figures/",
    "provinces": "map/",
    "cities": "map/",
}


def overview(site: Site, language: str) -> Page:
    """How much, when and where, what is newest, and what the data are."""
    here, view = Here(language, ""), site.view(language)
    page = page_of(site, here, "overview", view)
    page.filters = shell.filter_box(here, view, provinces(site), "place/{}/", "", "")
    found = view.tables.overview(view.selection)
    per = activity_charts.usual_period(view)
    time = charts.found(f"activities_{per}", lambda: activity_charts.over_time(view, per))
    where = charts.found(
        "activities_province", lambda: activity_charts.by(view, "province", PROVINCES)
    )
    newest = lists.listing(
        site, page, view, view.tables.newest(view.selection, NEWEST), lists.activity, "facts"
    )
    to_list = dated(here, view, "activities/")
    page.body = (
        f"{_numbers(here, view, found)}"
        f'<div class="beside">{charts.block(site, page, view, time, to_list)}'
        f"{charts.block(site, page, view, where, to_places(site, here))}</div>"
        f"<h2>{escape(view.t('overview.newest'))}</h2>{newest}{_about(view, found)}"
    )
    return page


def _numbers(here: Here, view: View, found: Any) -> str:
    items = "".join(
        f'<a href="{here.to(_WAYS[name])}"><strong>{getattr(found, name):,}</strong> '
        f"{escape(view.t(f'overview.{name}'))}</a>"
        for name in LEADS
    )
    return f'<div class="numbers">{items}</div>'


def _about(view: View, found: Any) -> str:
    t = view.t
    dates = (
        t("about.dated", first=found.first_date, last=found.last_date)
        if found.first_date
        else t("about.no_dates")
    )
    publications = view.joined(found.publications) or t("about.unnamed")
    said = t("about.text", publications=publications, dates=dates, version=view.tables.version)
    paragraphs = "".join(f"<p>{_bold(one)}</p>" for one in said.strip().split("\n\n"))
    undated = t("about.undated", count=found.undated) if found.undated else ""
    more = f'<p class="note">{escape(undated)}</p>' if undated else ""
    return f"<h2>{escape(t('about.title'))}</h2><div class='about'>{paragraphs}{more}</div>"


def _bold(words: str) -> str:
    """The text's own ** and ` as HTML; all else is text."""
    parts = escape(words).replace("`", "").split("**")
    return "".join(f"<b>{one}</b>" if at % 2 else one for at, one in enumerate(parts))
