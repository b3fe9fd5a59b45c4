"""Lists to choose from: the articles, the places, and the page of the search."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from dashboard.edition import lists, shell
from dashboard.edition.common import page_of, selected, silent
from dashboard.edition.lists import link
from dashboard.edition.site import Here, Page, Site
from dashboard.queries import regions


def articles(site: Site, language: str, province: str) -> Iterator[Page]:
    """The articles, page by page."""
    view = selected(site, language, province)
    path = f"articles/{province}/" if province else "articles/"
    total = view.tables.overview(view.selection).articles
    for number in range(1, lists.pages_of(total) + 1):
        here = Here(language, path if number == 1 else f"{path}p{number}/")
        page = page_of(site, here, "articles", view, "articles/{}/")
        rows = view.tables.articles(view.selection, lists.ROWS, (number - 1) * lists.ROWS)
        shown_ = lists.listing(site, page, view, rows, lists.article, "articles")
        ways = lists.pager(here, path, number, total)
        title = escape(view.t("place.articles", count=total))
        body = shown_ or lists.nothing(view)
        page.body = f'<h2 id="list">{title}</h2>{ways}{body}{ways}'
        yield page


def places(site: Site, language: str) -> Page:
    """Every province and city that reports, to choose one from."""
    view, here = site.view(language), Here(language, "place/")
    page = page_of(site, here, "place", view, "place/{}/")
    rows = []
    for code, name in view.options.provinces:
        cities = [one for one in view.options.cities if one[2] == code and one[0] != code]
        links = [lists.to_place(site, here, city, label) for city, label, _ in cities]
        rows.append(
            f'<p class="bm-places"><b>{lists.to_place(site, here, code, name)}</b> '
            f"{view.joined(links)}</p>"
        )
    counts = view.tables.area_counts(view.selection, regions.provinces(), "province")
    missing = silent(site, here, view, counts[counts["articles"] == 0])
    page.body = f"<h2>{escape(view.t('place.choose'))}</h2>{''.join(rows)}{missing}"
    return page


def chart(site: Site, language: str) -> Page:
    """Where the dashboard's links to a chart alone arrive; the script leads on to its page."""
    view, here = site.view(language), Here(language, "chart/")
    page = page_of(site, here, "chart", view)
    way = link(here.to(), view.t("edition.home"))
    page.body = f'<p class="note">{escape(view.t("chart.gone"))} {way}</p>'
    return page


def search(site: Site, language: str) -> Page:
    """The page that the search's script fills."""
    view, here = site.view(language), Here(language, "search/")
    page = page_of(site, here, "search", view)
    page.script, page.lead = "search.js", view.t("edition.search_lead")
    offered = view.tables.words(view.selection, None, False, 16)["word"]
    tries = view.joined(link(f"?q={quote(str(one))}", one) for one in offered)
    said = {
        name: view.t(f"edition.{name}")
        for name in ("hits", "more", "least", "no_hits", "in_province", "loading", "broken")
    }
    words_ = "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())
    page.filters = shell.filter_box(here, view, {}, "search/", "")
    page.body = (
        f'<form role="search" id="search" action="./" method="get"'
        f' data-index="{here.root}search/index/"{words_}>'
        f'<label for="q">{escape(view.t("search.label"))}</label>'
        f'<input id="q" name="q" type="search" autocomplete="off" maxlength="60"'
        f' placeholder="{escape(view.t("search.placeholder"))}">'
        f'<button type="submit">{escape(view.t("search.nav"))}</button></form>'
        f'<p class="bm-details">{escape(view.t("search.help"))}</p>'
        f'<p class="bm-places">{escape(view.t("search.try"))} {tries}</p>'
        f"<noscript><p class='note'>{escape(view.t('edition.needs_script'))}</p></noscript>"
        '<p id="told" role="status"></p><ol id="hits" class="articles"></ol>'
        f'<button type="button" id="more" hidden>{escape(view.t("edition.more"))}</button>'
    )
    return page
