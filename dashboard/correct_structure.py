"""Correcting where an article begins and ends, in which order it is read, and its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import correct_form, editors, rows
from dashboard.desk import Desk
from dashboard.queries import ArticleDetail
from dashboard.targets import meant, plain, written, year_of
from dashboard.view import View
from etl.corrections import Correction, values
from etl.corrections.entries import ARTICLES, STRUCTURE
from etl.corrections.values import ADCODE

LONGEST_LABEL = 60
FIRST = -1

Row = dict[Any, Any]
# What a form says, made when it is saved.
Change = Callable[[], dict[str, Any]]


def draw(view: View, at: Desk, detail: ArticleDetail) -> None:
    """Choose what is wrong with the article as it was put together, and say what is right."""
    action = (
        st.segmented_control(
            view.t("structure.what"),
            tuple(STRUCTURE),
            default="split",
            format_func=lambda one: view.t(f"structure.{one}"),
            required=True,
            key="structure_action",
            label_visibility="collapsed",
        )
        or "split"
    )
    st.caption(view.t(f"structure.{action}_help"))
    sentences = detail.sentences.to_dict("records")
    chosen = _FORMS[action](view, detail, sentences)
    if chosen is None:
        st.info(view.t("structure.none"), icon=":material/info:")
        return
    sentence, said = chosen
    reason = st.text_input(
        view.t("correct.reason"), max_chars=500, key=f"structure_reason_{len(at.journal.entries)}"
    )
    if st.button(
        view.t("correct.save"), type="primary", icon=":material/save:", key="structure_save"
    ) and correct_form.save(view, at, lambda: _draft(detail, sentence, action, said, reason)):
        st.rerun()


def _draft(
    detail: ArticleDetail, sentence: Row, action: str, said: Change, reason: str
) -> Correction | None:
    """The correction, or None where it would change nothing; raises WrongValueError."""
    change = said()
    if action == "place" and change[ADCODE] == plain(detail.article[ADCODE]):
        return None
    return Correction(
        id="",
        table=ARTICLES,
        uri=detail.document["uri"],
        start=int(sentence["start"]),
        end=int(sentence["end"]),
        raw=str(sentence["raw"]),
        action=action,
        reason=reason.strip(),
        who=editors.name(),
        when="",
        record_id=plain(detail.document["record_id"]),
        change=change,
        expect={ADCODE: plain(detail.article[ADCODE])} if action == "place" else {},
    )


def _choose(label: str, options: list[str], key: str) -> int:
    """One of several lines of text, by its number: two may read alike."""
    number: int = st.selectbox(
        label,
        range(len(options)),
        format_func=lambda one: f"{one + 1}. {options[one]}",
        key=key,
    )
    return number


def _opening(sentence: Row) -> str:
    return " ".join(str(sentence["raw"]).split())[:LONGEST_LABEL]


def _split(view: View, detail: ArticleDetail, sentences: list[Row]) -> tuple[Row, Change] | None:
    """The sentence with which another article begins."""
    if len(sentences) < 2:
        return None
    options = sentences[1:]
    number = _choose(
        view.t("structure.begins"), [_opening(one) for one in options], "structure_begins"
    )
    is_title = st.checkbox(view.t("structure.is_headline"), key="structure_headline")
    return options[number], lambda: {"role": "headline"} if is_title else {}


def _join(view: View, detail: ArticleDetail, sentences: list[Row]) -> tuple[Row, Change] | None:
    """The article of the same page that this one goes on."""
    others = view.tables.beside(detail.article["article_id"])
    if others.empty or not sentences:
        return None
    found = rows.records(others)
    names = [
        str(one.headline)
        if rows.is_known(one.headline)
        else view.t("articles.untitled", opening=" ".join(str(one.opening or "").split()))
        for one in found
    ]
    number = _choose(view.t("structure.goes_on"), names, "structure_goes_on")
    return sentences[0], lambda: {"to": int(found[number].ranges[0][0])}


def _order(view: View, detail: ArticleDetail, sentences: list[Row]) -> tuple[Row, Change] | None:
    """A paragraph, and the one that it is to be read behind."""
    first: dict[int, Row] = {}
    for one in sentences:
        first.setdefault(int(one["paragraph"]), one)
    paragraphs = list(first.values())
    if len(paragraphs) < 2:
        return None
    names = [_opening(one) for one in paragraphs]
    number = _choose(view.t("structure.moved"), names, "structure_moved")
    places = [FIRST, *(n for n in range(len(paragraphs)) if n != number)]
    after = st.selectbox(
        view.t("structure.behind"),
        places,
        format_func=lambda n: view.t("structure.first") if n == FIRST else f"{n + 1}. {names[n]}",
        key=f"structure_behind_{number}",
    )
    offset = None if after == FIRST else int(paragraphs[after]["start"])
    return paragraphs[number], lambda: {"after": offset}


def _place(view: View, detail: ArticleDetail, sentences: list[Row]) -> tuple[Row, Change] | None:
    """The division that the article is about; none for a national one."""
    if not sentences:
        return None
    year = year_of(detail.article["issue_date"])
    name = st.text_input(
        view.t("structure.place_is"),
        written(ADCODE, plain(detail.article[ADCODE]), year),
        max_chars=values.LONGEST_TEXT,
        help=view.t("correct.help.adcode"),
        key="structure_place",
    )
    return sentences[0], lambda: {ADCODE: meant(ADCODE, name, year)}


_FORMS = {"split": _split, "join": _join, "order": _order, "place": _place}
