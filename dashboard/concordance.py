"""A word in its sentences: chosen by a click or from a list, the word in the middle of each."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard import address, fact_rows, links, lists, rows
from dashboard.chart_block import Point
from dashboard.search_index import clean
from dashboard.view import View

# Characters on either side of the word.
CONTEXT = 26
# Articles of a page, each with all its sentences that have the word.
ARTICLES = 10


def choose(word: str) -> None:
    """Open the concordance of a word at the next run."""
    st.session_state[address.key_of("word")] = word
    address.touched()


def choose_point(point: Point) -> None:
    """Open the concordance of the word whose mark was clicked."""
    word = point.get("customdata")
    if word:
        # What a chart carries is escaped.
        choose(html.unescape(str(word[0] if isinstance(word, list) else word)))


def choice(view: View, words: Iterable[str]) -> str | None:
    """The list to choose a word from, for the keyboard too; any other word can be written."""
    key = address.key_of("word")
    address.seed("word", lambda values: values[0] if values else None)
    options = list(dict.fromkeys([*filter(None, [st.session_state[key]]), *words]))
    word = st.selectbox(
        view.t("words.choose"),
        options,
        index=None,
        key=key,
        on_change=address.touched,
        placeholder=view.t("words.choose_hint"),
        accept_new_options=True,
        help=view.t("words.choose_help"),
    )
    address.want("word", [word] if word else [])
    return word


def draw(view: View, word: str, region: str | None, name: str) -> None:
    """Every sentence with the word, of a region (None: everywhere), and the way to each."""
    uses = view.tables.uses(view.selection, region, word)
    title = view.t(
        "words.concordance",
        word=rows.markdown(word),
        name=name,
        articles=f"{uses.articles:,}",
        count=f"{uses.occurrences:,}",
    )
    st.subheader(title, anchor=False)
    if not uses.articles:
        st.info(view.t("words.no_sentence"), icon=":material/search_off:")
        return

    def ask(limit: int, offset: int) -> Any:
        return view.tables.concordance(view.selection, region, word, limit, offset)

    def line(_: View, row: Any) -> lists.Row:
        return _line(view, row, word)

    lists.paged(view, "concordance", uses.articles, ask, line, ARTICLES)


def _line(view: View, row: Any, word: str) -> lists.Row:
    issue = rows.issue_of(view, row.issue_date)
    mend = links.to_form(view, row.article_id, sentence=row.sentence_id)
    below = rows.details([issue, rows.place_of(row), row.headline], mend=mend)
    way = links.to_sentence(view, row.article_id, sentence=row.sentence_id)
    said = f"<div>{keyword_html(str(row.sentence), word)}{below}</div>"
    return lists.Row(fact_rows.beside(said, way))


def keyword_html(sentence: str, word: str) -> str:
    """The word with what stands before and after it, each cut to CONTEXT characters."""
    text = " ".join(clean(sentence).split())
    at = text.find(word)
    if at < 0:
        return f"<div class='bm-kwic'><span></span><b></b><span>{rows.escaped(text)}</span></div>"
    before, after = text[:at], text[at + len(word) :]
    left = ("…" if len(before) > CONTEXT else "") + before[-CONTEXT:]
    right = after[:CONTEXT] + ("…" if len(after) > CONTEXT else "")
    return (
        f"<div class='bm-kwic'><span>{rows.escaped(left)}</span>"
        f"<b>{rows.escaped(word)}</b><span>{rows.escaped(right)}</span></div>"
    )
