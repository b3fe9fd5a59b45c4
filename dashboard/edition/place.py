"""The page of a place: what it reports, who is named, and the places around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard import activity_charts, place_page
from dashboard.edition import charts, lists, shell
from dashboard.edition.common import silent
from dashboard.edition.lists import link
from dashboard.edition.site import Here, Page, Site, provinces
from dashboard.place_page import FEW, MANY, Place
from dashboard.queries import areas, regions
from dashboard.queries.regions import Region
from dashboard.rows import office, records
from dashboard.view import View

# A place's figures and articles that stand on its page; its province's lists have all.
FIGURES, ARTICLES = 60, 30


def place(site: Site, language: str, adcode: str) -> Page:
    """The whole profile of a place of today."""
    here, everywhere = Here(language, lists.place_path(adcode)), site.view(language)
    found = place_page.find(adcode)
    if found is None:
        raise ValueError(f"{adcode} is no division")
    view = place_page.view_of(everywhere, found)
    page = Page(here, "place", found.name, view.t("place.lead"))
    now = adcode if adcode in provinces(site) else ""
    page.filters = shell.filter_box(here, view, provinces(site), "place/{}/", now)
    page.body = _where(site, here, view, found) + _reported(site, page, view, found)
    page.body += _around(site, here, everywhere, found)
    counts = view.tables.overview(view.selection)
    page.lead = view.t(
        "edition.place_lead",
        name=found.name,
        articles=counts.articles,
        activities=counts.activities,
        figures=counts.figures,
    )
    return page


def _where(site: Site, here: Here, view: View, found: Place) -> str:
    """The way up to a place, and what its code has been."""
    *above, _ = areas.path_to(found.adcode)
    way = "".join(f"{lists.to_place(site, here, one.adcode, one.name)} › " for one in above)
    level = view.t("place.level", level=view.value_name("level", found.level), code=found.adcode)
    former = [f"{one} {place_page.old_name(one)}" for one in view.tables.former_codes(found.adcode)]
    told = ""
    if former:
        said = view.t("place.former", codes=view.joined(former), name=found.name)
        told = f'<p class="bm-details">{escape(said)}</p>'
    return f'<p class="bm-way">{way}{escape(found.name)} · {escape(level)}</p>{told}'


def _reported(site: Site, page: Page, view: View, found: Place) -> str:
    counts = view.tables.overview(view.selection)
    if not (counts.articles or counts.activities or counts.figures):
        return f'<p class="note">{escape(view.t("place.silent", name=found.name))}</p>'
    return "".join(
        [
            _activities(site, page, view, counts.activities),
            _figures(site, page, view, found, counts.figures),
            '<div class="beside">',
            _people(page.here, view),
            _words(page.here, view),
            "</div>",
            _articles(site, page, view, found, counts.articles),
        ]
    )


def _activities(site: Site, page: Page, view: View, total: int) -> str:
    head = f"<h2>{escape(view.t('place.activities', count=total))}</h2>"
    if not total:
        return f"{head}<p>{escape(view.t('place.no_activities'))}</p>"
    rows = view.tables.activities(view.selection, FEW)
    newest = lists.listing(site, page, view, rows, lists.activity, "facts")
    chart = charts.found("activities_type", lambda: activity_charts.by(view, "type"))
    drawn = charts.block(site, page, view, chart)
    return f'{head}<div class="beside"><div>{newest}</div>{drawn}</div>'


def _figures(site: Site, page: Page, view: View, found: Place, total: int) -> str:
    head = f"<h2>{escape(view.t('place.figures', count=total))}</h2>"
    if not total:
        return f"{head}<p>{escape(view.t('place.no_figures'))}</p>"
    rows = view.tables.figures(view.selection, FIGURES)
    shown = lists.listing(site, page, view, rows, lists.figure, "facts")
    return head + shown + _rest(site, page.here, view, found, "figures", total, FIGURES)


def _people(here: Here, view: View) -> str:
    """Who is named, with office, body and the latest article."""
    items = "".join(
        f"<li>{link(here.to(lists.article_path(one.article_id)), one.name)} "
        f"<span>{escape(office(one.organisation, one.title))}</span> "
        f"<small>{escape(view.t('place.in_articles', count=one.articles))}</small></li>"
        for one in records(view.tables.people(view.selection, MANY))
    )
    shown = f'<ul class="bm-people">{items}</ul>' if items else _none(view, "place.no_people")
    return f"<section><h2>{escape(view.t('place.people'))}</h2>{shown}</section>"


def _words(here: Here, view: View) -> str:
    rows = records(view.tables.words(view.selection, None, False, MANY))
    items = "".join(f"<li>{escape(str(one.word))} <small>{one.count}</small></li>" for one in rows)
    shown = f'<ul class="bm-chips">{items}</ul>' if items else _none(view, "place.no_words")
    return f"<section><h2>{escape(view.t('place.words'))}</h2>{shown}</section>"


def _none(view: View, key: str) -> str:
    return f"<p>{escape(view.t(key))}</p>"


def _articles(site: Site, page: Page, view: View, found: Place, total: int) -> str:
    rows = view.tables.articles(view.selection, ARTICLES)
    shown = lists.listing(site, page, view, rows, lists.article, "articles")
    head = f"<h2>{escape(view.t('place.articles', count=total))}</h2>"
    return head + shown + _rest(site, page.here, view, found, "articles", total, ARTICLES)


def _rest(site: Site, here: Here, view: View, found: Place, of: str, total: int, shown: int) -> str:
    """Where a place has more than its page shows: how many, and its province's list of them."""
    if total <= shown:
        return ""
    said = view.t("edition.first", shown=shown, count=total)
    province = regions.province_of(found.adcode)
    if province not in provinces(site):
        return f'<p class="bm-details">{escape(said)}</p>'
    way = link(here.to(f"{of}/{province}/"), view.t("edition.whole", name=view.names[province]))
    return f'<p class="bm-details">{escape(said)} {way}</p>'


def _around(site: Site, here: Here, view: View, found: Place) -> str:
    """The places below and beside: who reports how much, and who reports nothing."""
    parts = []
    below, level = areas.areas_below(found.adcode)
    if below:
        parts.append(f"<h2>{escape(view.t('place.below', name=found.name))}</h2>")
        parts.append(_counts(site, here, view, below, level))
    beside, level = areas.neighbours(found.adcode)
    if beside and found.level != "province":
        *_, parent, _ = areas.path_to(found.adcode)
        parts.append(f"<h2>{escape(view.t('place.beside', name=parent.name))}</h2>")
        parts.append(_counts(site, here, view, beside, level))
    return "".join(parts)


def _counts(site: Site, here: Here, view: View, some: Sequence[Region], level: str) -> str:
    anywhere = dataclasses.replace(view.selection, provinces=(), cities=())
    counts = view.tables.area_counts(anywhere, some, level)
    known: list[Any] = sorted(
        (one for one in records(counts) if one.articles), key=lambda one: -one.articles
    )
    items = "".join(
        f"<li>{lists.to_place(site, here, one.adcode, one.name)} "
        f"<b>{escape(view.t('place.in_articles', count=one.articles))}</b></li>"
        for one in known
    )
    missing = silent(site, here, view, counts[counts["articles"] == 0])
    return f'<ul class="bm-areas bm-wide">{items}</ul>{missing}'
