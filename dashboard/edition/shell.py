"""The frame around a page of an edition: head, ways, filter, foot. No script and no style in it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboard.edition.lists import link
from dashboard.edition.site import Here, Page, Site
from dashboard.language import LANGUAGES, text
from dashboard.line_breaks import breakable
from dashboard.view import View

# Pages that a way leads to, with their paths.
WAYS = {
    "overview": "",
    "activities": "activities/",
    "figures": "figures/",
    "map": "map/",
    "place": "place/",
    "compare": "compare/",
    "words": "words/",
    "articles": "articles/",
    "search": "search/",
    "quality": "quality/",
}
# Pages that a script can narrow by filters (the first part of their path).
NARROWED = ("", "activities", "figures", "map", "articles", "search")
# Nothing but this site's own files; pictures that a script has drawn are blobs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
CARD = (1200, 630)


def html(site: Site, page: Page) -> bytes:
    """The whole page, UTF-8."""
    here = page.here
    title = page.title if page.of == "overview" else f"{page.title} · {here.t('app.name')}"
    return (
        f'<!doctype html>\n<html lang="{here.t("language.html")}" data-root="{here.root or "./"}"'
        f' data-path="{here.path}" data-language="{here.language}"{_narrows(page)}>\n<head>\n'
        f"{_head(site, page, title)}</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(here.t("language.skip"))}</a>\n'
        f'{_masthead(page)}<main id="main" class="stHtml">\n{_title(page)}'
        f'<p class="lead">{escape(page.lead)}</p>\n'
        f"{page.filters}{_notices(here)}"
        f'<div id="content">{page.body}\n</div><div id="narrowed"></div></main>\n'
        f"{_foot(site, here)}</body>\n</html>\n"
    ).encode()


def _narrows(page: Page) -> str:
    """Where the script leads that narrows the page; an article's own page can't be narrowed."""
    first = page.here.path.split("/")[0]
    if first not in NARROWED or not (page.filters or first == "figures"):
        return ""
    return f' data-narrows="{first}/"' if first else ' data-narrows=""'


def _title(page: Page) -> str:
    """The title; where the page's own text begins with it, for those only who hear the page."""
    look = ' class="unseen"' if page.says_title else ""
    return f"<h1{look}>{escape(page.title)}</h1>\n"


def _head(site: Site, page: Page, title: str) -> str:
    here = page.here
    said = _short(page.lead)
    scripts = "".join(
        f'<script src="{here.asset(one)}" defer></script>\n'
        for one in ("edition.js", page.script)
        if one
    )
    return (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n"
        f'<meta name="description" content="{escape(said)}">\n'
        f'<meta name="generator" content="Banmian, data {site.version}">\n'
        f"{_preview(site, page, title, said)}"
        f'<link rel="icon" href="{here.asset("icon.svg")}" type="image/svg+xml">\n'
        f'<link rel="preload" href="{here.asset("font.woff2")}" as="font" type="font/woff2"'
        " crossorigin>\n"
        f'<link rel="stylesheet" href="{here.asset("edition.css")}">\n{scripts}'
    )


def _short(words: str) -> str:
    return words if len(words) <= 200 else f"{words[:199]}…"


def _preview(site: Site, page: Page, title: str, said: str) -> str:
    """What other sites show of a link; addresses are whole where the site's is known."""
    here, base = page.here, site.base
    card = (
        f"{here.address}card.png"
        if "card.png" in page.files
        else f"assets/card-{here.language}.png"
    )
    own = f"{base}{card}" if base else f"{here.root}{card}"
    tags = {
        "og:type": page.kind,
        "og:site_name": here.t("app.name"),
        "og:locale": {"zh": "zh_CN", "en": "en_US"}[here.language],
        "og:title": title,
        "og:description": said,
        "og:image": own,
        "og:image:width": str(CARD[0]),
        "og:image:height": str(CARD[1]),
    }
    if base:
        tags["og:url"] = f"{base}{here.address}"
    found = "".join(
        f'<meta property="{name}" content="{escape(value)}">\n' for name, value in tags.items()
    )
    found += '<meta name="twitter:card" content="summary_large_image">\n'
    if base:
        found += f'<link rel="canonical" href="{base}{here.address}">\n'
        for one in LANGUAGES:
            other = Here(one, here.path)
            tongue = text(one, "language.html")
            found += f'<link rel="alternate" hreflang="{tongue}" href="{base}{other.address}">\n'
    return found


def _masthead(page: Page) -> str:
    """The name of the house, the ways to the pages, and the way to the other language."""
    here = page.here
    ways = "".join(
        f'<a href="{here.to(path)}"{_keeps(path)}{_now(page.of == name)}>'
        f"{escape(here.t(f'{name}.nav'))}</a>"
        for name, path in WAYS.items()
    )
    other = next(one for one in LANGUAGES if one != here.language)
    tongue = text(other, "language.html")
    switch = (
        f'<a class="language" href="{here.to(here.path, other)}" lang="{tongue}"'
        f' hreflang="{tongue}">{escape(text(other, "language.name"))}</a>'
    )
    claim = breakable(here.t("app.claim"))
    return (
        '<header class="masthead"><p class="brand">'
        f'<a href="{here.to()}">{escape(here.t("app.name"))}</a>'
        f"<small>{claim}</small></p>"
        f'<nav aria-label="{escape(here.t("edition.ways"))}">{ways}{switch}</nav></header>\n'
    )


def _keeps(path: str) -> str:
    """Says that a way keeps the filters."""
    return f' data-narrows="{path}"' if path.removesuffix("/") in NARROWED else ""


def _now(is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _notices(here: Here) -> str:
    """What the script shows where an address asks for what an edition cannot do."""
    return "".join(
        f'<p class="note" id="notice-{name}" hidden>{escape(here.t(f"edition.{name}"))}</p>'
        for name in ("unfiltered", "unreported", "changed", "unread")
    )


def _foot(site: Site, here: Here) -> str:
    source = site.view(here.language).source
    data = link(here.to("data/"), here.t("edition.data"))
    about = escape(here.t("edition.about"))
    return (
        f'<footer><p data-version="{site.version}">{escape(source)}</p>'
        f"<p>{data} · {about}</p><p>{escape(here.t('report.caution'))}</p></footer>\n"
    )


def filter_box(
    here: Here,
    view: View,
    options: Mapping[str, str],
    path: str,
    now: str,
    whole: str | None = None,
) -> str:
    """The choice of a province as a list of links that opens; `path` holds `{}` for the code.

    `now` is the chosen code or nothing; `whole` the page of everything, where it is not the path
    without a code.
    """
    everything = path.replace("{}/", "") if whole is None else whole
    items = [_option(here, here.t("filters.everything"), everything, "", now)]
    narrowed = here.path.split("/")[0] in NARROWED
    chosen = "edition.narrow" if narrowed else "edition.choose"
    items += [
        _option(here, name, path.replace("{}", code), code, now) for code, name in options.items()
    ]
    return (
        f'<details class="filter"{" data-narrows" if narrowed else ""}>'
        f"<summary>{escape(here.t('filters.showing'))} "
        f"<b>{escape(view.summary())}</b> <span>{escape(here.t(chosen))}</span></summary>"
        f"<ul>{''.join(items)}</ul></details>\n"
    )


def _option(here: Here, name: str, path: str, code: str, now: str) -> str:
    current = ' aria-current="true"' if code == now else ""
    return f'<li><a href="{here.to(path)}" data-province="{code}"{current}>{escape(name)}</a></li>'
