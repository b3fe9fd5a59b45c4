"""One article to read: where it stood, its marked text, and how sure each finding is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import (
    address,
    correct_panel,
    editors,
    handing_on,
    links,
    page_view,
    parts,
    reader,
    rows,
    source_view,
)
from dashboard.desk import FIELDS
from dashboard.queries import ArticleDetail
from dashboard.targets import row_name
from dashboard.view import View, link_to

ARTICLES = "pages/articles.py"
PANES = ("clean", "source")
# Table of facts → its columns as shown, in order.
FACTS = {
    "figures": (
        "raw",
        "counted",
        "value",
        "unit",
        "kind",
        "status",
        "city",
        "place_basis",
        "confidence",
    ),
    "activities": ("raw", "type", "name", "date", "city", "organiser", "confidence"),
    "dates": ("raw", "iso", "precision", "basis"),
    "places": ("raw", "name", "level", "context", "basis", "confidence"),
    "people": ("name", "title", "organisation", "role"),
    "repairs": ("kind", "action", "confidence"),
}
# Columns whose values are words of ours, with their group of texts.
# Words of a column that mean another thing in this table.
GROUPS = {("repairs", "kind"): "kind_of_repairs", ("figures", "status"): "figure_status"}
NAMED = ("kind", "type", "place_basis", "precision", "basis", "level", "context", "role", "status")


def draw(view: View, detail: ArticleDetail, chosen: str) -> None:
    """The article; the fact of id `chosen` is quoted on top and marked in place."""
    t = view.t
    headline = detail.article["headline"]
    handing_on.name_tab(view, headline if rows.is_known(headline) else t("articles.nav"))
    st.page_link(
        ARTICLES,
        label=t("articles.back"),
        icon=":material/arrow_back:",
        query_params=link_to(),
    )
    st.html(rows.details(source_parts(view, detail)))
    _quoted(view, detail, chosen)
    _notes(view, detail)
    correct_panel.note(view, detail)
    _text(view, detail, chosen)
    if made := reader.made_html(detail, view):
        st.subheader(t("reader.made"), anchor=False)
        st.html(made)
    st.subheader(t("reader.found"), anchor=False)
    st.caption(t("reader.found_help"))
    for table in FACTS:
        _facts(view, detail, table)
    correct_panel.draw(view, detail, chosen)


def source_parts(view: View, detail: ArticleDetail) -> list[Any]:
    """Publication, date, page, byline and place of the article, unknown ones said to be so."""
    article, document = detail.article, detail.document
    t = view.t
    page = document.get("page")
    byline = view.joined(article["byline"] or [])
    return [
        document.get("publication") or t("about.unnamed"),
        rows.issue_of(view, article["issue_date"]),
        t("reader.page", page=page) if rows.is_known(page) else "",
        view.value_name("kind_of_article", article["kind"]),
        byline,
        _place(view, article),
        document.get("uri"),
    ]


def _place(view: View, article: dict[str, Any]) -> str:
    """What the article is about, and what that rests on."""
    place = article["county"] or article["city"] or article["province"]
    if not place:
        return view.t("place.none")
    basis = article["place_basis"]
    if not basis:
        return str(place)
    return view.t("reader.about", place=place, basis=view.value_name("place_basis", basis))


def _text(view: View, detail: ArticleDetail, chosen: str) -> None:
    """The clean text beside the page as it stood; a phone shows one of them at a time."""
    st.html(reader.legend(view.t))
    clean = reader.article_html(detail, view, chosen)
    parts.note(parts.Markup(clean))
    if not source_view.has_source(detail) and not page_view.has_page(detail):
        st.html(clean)
        st.caption(view.t("reader.same"))
        return
    address.seed("pane", address.one_of(PANES, PANES[0]))
    with st.container(key="panes"):
        pane = st.segmented_control(
            view.t("reader.pane"),
            PANES,
            format_func=lambda one: view.t(f"reader.pane_{one}"),
            key=address.key_of("pane"),
            on_change=address.touched,
            required=True,
        )
    pane = pane or PANES[0]
    address.want("pane", [pane] if pane != PANES[0] else [])
    st.html(
        f"<div class='bm-panes bm-show-{pane}'><div class='bm-pane-clean'>{clean}</div>"
        f"<div class='bm-pane-source'>{_source(view, detail, chosen)}</div></div>"
    )


def _source(view: View, detail: ArticleDetail, chosen: str) -> str:
    """Where the article stands on its page, where that is known, and the page's own text."""
    t = view.t
    page = ""
    if page_view.has_page(detail):
        sheet = page_view.page_html(detail, view, chosen)
        page = (
            f"<h3>{t('reader.sheet')}</h3><p class='bm-details'>{t('reader.sheet_help')}</p>{sheet}"
        )
    source = source_view.source_html(detail, view)
    return (
        f"{page}<h3>{t('reader.source')}</h3>"
        f"<p class='bm-details'>{t('reader.source_help')}</p>{source}"
    )


def _quoted(view: View, detail: ArticleDetail, chosen: str) -> None:
    if not chosen:
        return
    found = reader.sentence_of(detail, chosen)
    if found is None:
        st.warning(view.t("reader.no_such_fact"))
        return
    sentence, raw = found
    to = "<a class='bm-to' href='#mend' target='_self'>{}</a>"
    mend = " " + to.format(view.t("correct.jump")) if editors.allowed() else ""
    with st.container(border=True, key="quoted", gap="small"):
        st.html(
            f"<b>{view.t('reader.quoted')}</b>{rows.quote(sentence, raw)}"
            f"<a class='bm-to' href='#chosen' target='_self'>{view.t('reader.jump')}</a>{mend}"
        )


def notes_of(view: View, detail: ArticleDetail) -> list[str]:
    """What a reader should know before quoting: flags, and a jump from another page."""
    article = detail.article
    notes = [view.value_name("flag", one) for one in article["flags"] or []]
    if rows.is_known(article["continued_from"]):
        notes.append(view.t("reader.continued", page=article["continued_from"]))
    if len(detail.passages) > 1:
        notes.append(view.t("reader.joined", count=len(detail.passages)))
    return notes


def _notes(view: View, detail: ArticleDetail) -> None:
    if notes := notes_of(view, detail):
        text = "\n".join(f"- {rows.markdown(one)}" for one in notes)
        st.info(text, title=view.t("reader.notes"), icon=":material/build:")


def facts_of(view: View, detail: ArticleDetail, table: str) -> tuple[pd.DataFrame, list[str]]:
    """The facts of one of FACTS in the reader's words, and what their columns are called."""
    frame: pd.DataFrame = getattr(detail, table)
    if frame.empty:
        return frame, []
    shown = frame[list(FACTS[table])].copy()
    for name in set(NAMED) & set(shown):
        group = GROUPS.get((table, name), name)
        shown[name] = [
            view.value_name(group, str(one)) if rows.is_known(one) else None for one in shown[name]
        ]
    if "confidence" in shown:
        shown["confidence"] = [f"{one:.0%}" for one in shown["confidence"]]
    return shown, [view.value_name("column", str(one)) for one in shown]


def _facts(view: View, detail: ArticleDetail, table: str) -> None:
    shown, titles = facts_of(view, detail, table)
    if shown.empty:
        return
    with st.expander(view.t(f"reader.table_{table}", count=len(shown))):
        st.html(reader.table_html(shown, titles, _mends(view, detail, table)))


def _mends(view: View, detail: ArticleDetail, table: str) -> list[str]:
    """For who may correct a link at each row that opens the form below with it."""
    if table not in FIELDS or not editors.allowed():
        return []
    return [
        links.to_article(
            detail.article["article_id"],
            view.t("correct.mend"),
            row=row_name(table, int(one.start), int(one.end)),
        )
        for one in rows.records(getattr(detail, table))
    ]
