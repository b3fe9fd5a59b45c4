"""Facts and articles as rows of a list, each with the way to its sentence. All text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from dashboard import fact_rows, theme
from dashboard.edition import colours
from dashboard.edition.site import Here, Page, Site
from dashboard.rows import is_known, issue_of, place_of, records, told_of
from dashboard.view import View

# Rows of a page of a list.
ROWS = 100
# Pages that a pager names at once, and on either side of its own where there are more.
AT_ONCE, AROUND = 20, 3

Row = Callable[[Site, Page, View, Any], str]


def article_path(article_id: str) -> str:
    """The path of an article's page."""
    return f"articles/{article_id}/"


def place_path(adcode: str) -> str:
    """The path of a place's page."""
    return f"place/{adcode}/"


def link(href: str, label: object, kind: str = "") -> str:
    """A link with a label that is text."""
    look = f' class="{kind}"' if kind else ""
    return f'<a href="{escape(href)}"{look}>{escape(str(label))}</a>'


def to_place(site: Site, here: Here, adcode: object, name: object) -> str:
    """A place's name, as a link where the edition has a page of it."""
    if is_known(adcode) and str(adcode) in site.places:
        return link(here.to(place_path(str(adcode))), name, "bm-to-place")
    return escape(str(name))


def place_of_row(site: Site, here: Here, row: Any) -> str:
    """The row's place as a link, or nothing where it has none."""
    place = place_of(row)
    return to_place(site, here, getattr(row, "adcode", None), place) if place else ""


def to_fact(here: Here, article_id: str, fact: str) -> str:
    """The address of a fact in its article, where it is marked."""
    return f"{here.to(article_path(article_id))}#{fact}"


def details(parts: Sequence[object], place: str = "") -> str:
    """The known parts in one grey line, before them a place that is HTML already."""
    known = [place] * bool(place) + [escape(str(one)) for one in parts if is_known(one)]
    return f'<div class="bm-details">{" · ".join(known)}</div>' if known else ""


def figure(site: Site, page: Page, view: View, row: Any) -> str:
    """A figure: how much, of what, where, its sentence around it, and the way to it."""
    here = page.here
    said = fact_rows.sentence_around(row.sentence, row.raw)
    counted = escape(row.counted) if is_known(row.counted) else ""
    place = place_of_row(site, here, row) or escape(view.t("place.none"))
    marks = "".join(f"<i>{escape(one)}</i>" for one in fact_rows.remarks(view, row))
    target = to_fact(here, row.article_id, row.figure_id)
    return _fact(
        f'<div class="bm-fact"><strong class="bm-fact-value">{link(target, row.raw)}</strong>'
        f'<div class="bm-fact-what"><b>{counted}</b> {place} {marks}</div>'
        f'<p class="bm-fact-said">{said}</p></div>',
        target,
        view,
        row.raw,
    )


def activity(site: Site, page: Page, view: View, row: Any) -> str:
    """An activity: when, which type, what, where and who held it, and the way to it."""
    date = theme.format_date(row.date, view.language) if is_known(row.date) else None
    when = escape(date or view.t("date.none"))
    group = theme.group_of(row.type)
    pair = (theme.group_colour(group, False), theme.group_colour(group, True))
    page.pairs.add(pair)
    told = [
        place_of_row(site, page.here, row),
        *map(escape, told_of(row)),
    ]
    target = to_fact(page.here, row.article_id, row.activity_id)
    return _fact(
        f'<div class="bm-fact bm-fact-activity"><span class="bm-fact-when">{when}</span>'
        f'<span class="bm-fact-type"><i class="b{colours.class_of(*pair)}"></i>'
        f"{escape(view.value_name('type', row.type))}</span>"
        f'<div class="bm-fact-what"><b>{escape(row.name)}</b></div>'
        f'<p class="bm-fact-said">{" · ".join(one for one in told if one)}</p></div>',
        target,
        view,
        row.name,
    )


def _fact(inner: str, target: str, view: View, name: str) -> str:
    label = escape(f"{view.t('rows.sentence')}: {name}")
    way = f'<a class="way" href="{escape(target)}" aria-label="{label}">'
    return f'<li class="fact">{inner}{way}{escape(view.t("rows.sentence"))}</a></li>'


def article(site: Site, page: Page, view: View, row: Any) -> str:
    """An article: its headline as the link, where and when it stood, what was found in it."""
    issue = issue_of(view, row.issue_date)
    at = view.t("reader.page", page=int(row.page)) if is_known(row.page) else None
    counts = view.t("articles.counts", figures=row.figures, activities=row.activities)
    kind = view.value_name("kind_of_article", row.kind)
    place = place_of_row(site, page.here, row)
    head = link(page.here.to(article_path(row.article_id)), headline(view, row), "head")
    return f"<li>{head}{details([row.publication, issue, at, kind, counts], place)}</li>"


def headline(view: View, row: Any) -> str:
    """An article's headline, or its first words where it has none."""
    if is_known(row.headline):
        return str(row.headline)
    return view.t("articles.untitled", opening=" ".join(str(row.opening or "").split()))


def listing(site: Site, page: Page, view: View, rows: Any, draw: Row, kind: str) -> str:
    """A list of some rows."""
    items = "".join(draw(site, page, view, one) for one in records(rows))
    return f'<ul class="{kind}">{items}</ul>' if items else ""


def pages_of(total: int) -> int:
    """How many pages a list of so many rows has; at least one."""
    return max(1, -(-total // ROWS))


def pager(here: Here, path: str, number: int, total: int) -> str:
    """The ways to the other pages of a list; `path` is that of the first one."""
    last = pages_of(total)
    if last == 1:
        return ""
    items: list[str] = []
    before = 0
    for one in shown_pages(number, last):
        if one - before > 1:
            items.append("<span>…</span>")
        before = one
        target = here.to(path if one == 1 else f"{path}p{one}/")
        now = ' aria-current="page"' if one == number else ""
        items.append(f'<a href="{target}#list"{now}>{one}</a>')
    return (
        f'<nav class="pager" aria-label="{escape(here.t("edition.pages"))}">{"".join(items)}</nav>'
    )


def shown_pages(number: int, last: int) -> list[int]:
    """The pages that a pager names: all of a few, else the ends and those around its own."""
    if last <= AT_ONCE:
        return list(range(1, last + 1))
    near = range(max(1, number - AROUND), min(last, number + AROUND) + 1)
    return sorted({1, *near, last})


def row_address(here: Here, path: str, number: int) -> str:
    """The address of a row of a list; rows are numbered from 0."""
    page = number // ROWS + 1
    return f"{here.to(path if page == 1 else f'{path}p{page}/')}#row-{number + 1}"


def nothing(view: View) -> str:
    """What a reader sees where the selection holds nothing."""
    return f'<p class="note">{escape(view.t("edition.nothing"))}</p>'
