"""Search: one box, and what holds its words as articles, activities or figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import data, fact_rows, links, lists, preparing, rows
from dashboard.queries import Found, Search
from dashboard.view import View, link_to

KINDS = ("articles", "activities", "figures")
# So many frequent words are offered where nothing is asked yet.
OFFERED = 16


def start(view: View) -> None:
    """What can be asked, and words that would find something."""
    if preparing.waits(view, "words"):
        return
    offered = view.tables.words(view.selection, None, False, OFFERED)
    if offered.empty:
        rows.nothing(view)
        return
    st.markdown(view.t("search.how"))
    links = [_link(word) for word in offered["word"]]
    st.html(f"<p class='bm-places'>{view.t('search.try')} {view.joined(links)}</p>")


def _link(query: str) -> str:
    return links.anchor("search", link_to(q=query), query)


def search(view: View, words: Sequence[str]) -> Search:
    """The search for some words; the index is made before it where there is none yet."""
    return Search(view.tables, data.search_index(view.tables, view.language), words)


def nowhere(view: View, words: Sequence[str]) -> None:
    """That nothing holds the words, how often each stands alone, and what to do."""
    st.info(view.t("search.none_help"), title=view.t("search.none"), icon=":material/search_off:")
    if len(words) < 2:
        return
    items = []
    for word in words:
        count = search(view, [word]).found(view.selection).articles
        items.append(f"{_link(word)} {rows.escaped(view.t('place.in_articles', count=count))}")
    st.html(f"<p class='bm-places'>{view.t('search.alone')} {view.joined(items)}</p>")


def results(view: View, found: Search, counts: Found, kind: str, words: Sequence[str]) -> None:
    """The hits of one of KINDS, page by page."""
    total: int = getattr(counts, kind)
    if not total:
        st.info(view.t(f"search.no_{kind}"), icon=":material/search_off:")
        return
    ask: Callable[[Any, int, int], pd.DataFrame] = getattr(found, kind)
    row = {"articles": _article, "activities": fact_rows.activity_row, "figures": _figure}[kind]
    lists.paged(
        view,
        f"search_{kind}_{'_'.join(words)}",
        total,
        lambda limit, offset: ask(view.selection, limit, offset),
        lambda view, one: row(view, one, words),
    )


def _article(view: View, row: Any, words: Sequence[str]) -> lists.Row:
    """An article with the sentence that holds the words."""
    issue = rows.issue_of(view, row.issue_date)
    page = view.t("reader.page", page=int(row.page)) if rows.is_known(row.page) else None
    headline = row.headline if rows.is_known(row.headline) else view.t("search.untitled")
    mend = links.to_form(view, row.article_id, mend="structure")
    below = rows.quote(rows.around(row.sentence, words), *words)
    below += rows.details([row.publication, issue, page], rows.place_anchor(row), mend)
    return lists.Row(rows.entry(row.article_id, headline, below))


def _figure(view: View, row: Any, words: Sequence[str]) -> lists.Row:
    return fact_rows.figure_row(view, row, words=words)
