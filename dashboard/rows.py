"""Lists in readable text: what is known, its sentence, and the way to it.

Everything that comes from an article is escaped here, once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import editors, parts, theme
from dashboard.view import View, link_to

ARTICLES = "pages/articles.py"
PLACE = "pages/place.py"
PAGE = 20
# Of a hit's sentence so much is shown, and so much of it before the hit, in characters.
LONG, BEFORE = 160, 50


def scrolling(table: str, label: str) -> str:
    """A table's HTML in a frame that scrolls by finger and by key, with a name for its reader."""
    return (
        f"<div class='bm-scroll' tabindex='0' role='group' aria-label='{escaped(label)}'>"
        f"{table}</div>"
    )


def escaped(value: object) -> str:
    """Text of an article, safe to stand in HTML."""
    return html.escape(str(value))


def markdown(value: object) -> str:
    """Text of an article, safe to stand in a label that reads Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]()<>#+-.!|~$:^&" else one for one in str(value))


def office(body: str | None, title: str | None) -> str:
    """A body and a title in it, what both say said once: 湖北省政协 and 省政协副主席 are one."""
    body, title = body if is_known(body) else "", title if is_known(title) else ""
    body, title = body or "", title or ""
    if title.startswith(body):
        return title
    shared = next((n for n in range(len(title), 1, -1) if body.endswith(title[:n])), 0)
    return body + title[shared:]


def is_known(value: Any) -> bool:
    """False for what the tables leave empty: None, NaN, NA, an empty text."""
    return not pd.isna(value) and value != ""


def place_of(row: Any) -> str:
    """The row's city and county, or its province, or nothing."""
    parts = [getattr(row, name, None) for name in ("city", "county")]
    known = [str(one) for one in parts if is_known(one)]
    if known:
        return "".join(dict.fromkeys(known))
    return str(row.province) if is_known(row.province) else ""


def told_of(row: Any) -> list[str]:
    """An activity's organiser, unless its place says the same, and its article's headline."""
    organiser = None if row.organiser == place_of(row) else row.organiser
    return [str(one) for one in (organiser, row.headline) if is_known(one)]


def place_query(adcode: str) -> list[tuple[str, str]]:
    """The address of a place's profile: it takes the place of the choice of places."""
    kept = [(name, one) for name, one in link_to() if name not in ("province", "city")]
    return [*kept, ("place", adcode)]


def place_link(adcode: object, name: object) -> str:
    """A place's name as a link to its profile; only the name where there is no code."""
    return anchor("place", place_query(str(adcode)), name) if is_known(adcode) else escaped(name)


def anchor(page: str, query: list[tuple[str, str]], label: object) -> str:
    """A link to another page within HTML: relative, so that it holds behind a prefix."""
    address = escaped(f"{page}?{urlencode(query)}")
    return f"<a class='bm-to-place' href='{address}' target='_self'>{escaped(label)}</a>"


def article_anchor(article_id: str, label: object, **marked: str) -> str:
    """A link to an article within HTML, one of its facts marked."""
    return anchor("articles", link_to(article=article_id, **marked), label)


def mend_anchor(view: View, article_id: str, **marked: str) -> str:
    """For who may correct the link to the article's form within HTML; nothing for others."""
    return article_anchor(article_id, view.t("correct.mend"), **marked) if editors.allowed() else ""


def quote(sentence: object, *marked: object) -> str:
    """A sentence as a quotation, with `marked` set off wherever it stands in it."""
    text = " ".join(str(sentence).split())
    return f"<blockquote class='bm-quote'>{highlighted(text, marked)}</blockquote>"


def highlighted(text: str, marked: Sequence[object]) -> str:
    """Text as HTML with all of `marked` set off, in whichever case of letters."""
    known = sorted({str(one) for one in marked if is_known(one)}, key=len, reverse=True)
    if not known:
        return escaped(text)
    pattern = re.compile(f"({'|'.join(map(re.escape, known))})", re.IGNORECASE)
    parts = pattern.split(text)
    return "".join(
        f"<mark>{escaped(part)}</mark>" if number % 2 else escaped(part)
        for number, part in enumerate(parts)
    )


def around(text: object, words: Sequence[str]) -> str:
    """A long text cut to what stands around the first of the words."""
    whole = str(text)
    found = [at for word in words if (at := whole.lower().find(word)) >= 0]
    start = max(min(found, default=0) - BEFORE, 0)
    end = start + LONG
    return ("…" if start else "") + whole[start:end] + ("…" if end < len(whole) else "")


def place_anchor(row: Any) -> str:
    """The row's place as a link to its profile, or nothing where it has none."""
    place = place_of(row)
    return place_link(getattr(row, "adcode", None), place) if place else ""


def issue_of(view: View, issue: object) -> str:
    """The date of an issue as it is read, or that it has none."""
    if not is_known(issue):
        return view.t("date.no_issue")
    return theme.format_date(str(issue), view.language)


def details(parts: Sequence[object], place: str = "", mend: str = "") -> str:
    """The known parts in one grey line; before them a place, behind them a link, both HTML."""
    told = [escaped(one) for one in parts if is_known(one)]
    known = [one for one in (place, *told, mend) if one]
    return f"<div class='bm-details'>{' · '.join(known)}</div>" if known else ""


def article_link(view: View, article_id: str, label: str, **marked: str) -> None:
    """A link to an article with the same filters, one of its facts marked."""
    st.page_link(
        ARTICLES,
        label=label,
        icon=":material/format_quote:" if marked else ":material/article:",
        query_params=link_to(article=article_id, **marked),
    )


def paged(
    view: View,
    name: str,
    total: int,
    ask: Callable[[int, int], pd.DataFrame],
    draw: Callable[[View, Any], None],
    size: int = PAGE,
    gap: Literal["medium"] | None = "medium",
) -> None:
    """One page of a list with buttons to the others below it; `ask` takes limit and offset.

    `gap` is between rows; those with rules between them, the facts, have None.
    """
    if not total:
        nothing(view)
        return
    parts.note(parts.Listing(name, total, ask))
    pages = -(-total // size)
    place = st.container(gap=gap, key=f"{name}_list")
    key = f"pager_{name}_{view.selection}_{view.tables.version}"
    shown = st.pagination(pages, key=key) if pages > 1 else 1
    with place:
        for row in records(ask(size, (shown - 1) * size)):
            draw(view, row)


def records(frame: pd.DataFrame) -> list[Any]:
    """The rows of a frame, their columns as attributes."""
    return list(frame.itertuples(index=False))


def nothing(view: View) -> None:
    """What a reader sees, and can do, where the selection holds nothing."""
    st.info(view.t("empty.help"), title=view.t("empty.title"), icon=":material/search_off:")


def article_row(view: View, row: Any) -> None:
    """An article: its headline as the link, where and when it stood, what was found in it."""
    opening = view.t("articles.untitled", opening=" ".join(str(row.opening or "").split()))
    headline = row.headline if is_known(row.headline) else opening
    issue = issue_of(view, row.issue_date)
    page = view.t("reader.page", page=int(row.page)) if is_known(row.page) else None
    counts = view.t("articles.counts", figures=row.figures, activities=row.activities)
    with st.container(gap=None):
        article_link(view, row.article_id, f"**{markdown(headline)}**")
        kind = view.value_name("kind_of_article", row.kind)
        mend = mend_anchor(view, row.article_id, mend="structure")
        told = [row.publication, issue, page, kind, counts]
        st.html(details(told, place_anchor(row), mend))
