"""Correcting in the article: a row that is wrong, a row that was missed, what waits for a build."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import (
    address,
    correct_form,
    correct_list,
    correct_structure,
    desk,
    editors,
    login,
    page_view,
    rows,
)
from dashboard.desk import FIELDS, Desk
from dashboard.queries import ArticleDetail
from dashboard.targets import Target, empty, plain, targets
from dashboard.view import View
from etl.corrections import Correction, CorrectionsError, WrongValueError

MODES = ("fix", "add", "structure")
LONGEST_LABEL = 60

_log = logging.getLogger(__name__)


def draw(view: View, detail: ArticleDetail, chosen: str) -> None:
    """What an editor needs; for everybody else nothing, or the way to log in."""
    if not editors.allowed():
        login.draw(view)
        return
    st.html("<span id='mend'></span>")
    st.subheader(view.t("correct.title"), anchor=False)
    st.caption(view.t("correct.lead"))
    correct_form.told()
    at = open_desk(view)
    if at is None:
        return
    ask_name(view)
    mode = _mode(view)
    if mode == "structure":
        correct_structure.draw(view, at, detail)
    elif mode == "add":
        _add(view, at, detail, chosen)
    else:
        _fix(view, at, detail, chosen)
    _known(view, at, detail)


def _mode(view: View) -> str:
    """Which of MODES an editor is at; the address says it where it is not the first."""
    address.seed("mend", address.one_of(MODES, MODES[0]))
    mode = st.segmented_control(
        view.t("correct.mode"),
        MODES,
        format_func=lambda one: view.t(f"correct.mode_{one}"),
        required=True,
        key=address.key_of("mend"),
        on_change=address.touched,
        label_visibility="collapsed",
    )
    mode = mode or MODES[0]
    address.want("mend", [mode] if mode != MODES[0] else [])
    return mode


def note(view: View, detail: ArticleDetail) -> None:
    """Tell an editor above the text what of it the next build will change."""
    path = editors.file()
    if path is None or not editors.allowed():
        return
    try:
        at = desk.open_desk(path, view.tables.outcomes)
    except (CorrectionsError, OSError):
        # The panel below says so.
        return
    waiting = [one for one in _own(at, detail) if at.state(one) in (desk.PENDING, desk.LEAVING)]
    if waiting:
        to = f"<a class='bm-to' href='#mend' target='_self'>{view.t('correct.see')}</a>"
        st.html(f"<p class='bm-waiting'>{view.t('correct.here', count=len(waiting))} {to}</p>")


def open_desk(view: View) -> Desk | None:
    """The corrections file beside these tables, or None where it cannot be used: says why."""
    path = editors.file()
    if path is None:
        return None
    try:
        return desk.open_desk(path, view.tables.outcomes)
    except (CorrectionsError, OSError) as error:
        _log.error("corrections_unreadable", exc_info=error)
        st.error(view.t("correct.unreadable", error=rows.markdown(error)), icon=":material/error:")
        return None


def ask_name(view: View) -> None:
    """Ask once who corrects, where no login says it."""
    if editors.is_known():
        login.draw(view)
        return

    def remember() -> None:
        editors.call(st.session_state["correct_who"])

    st.text_input(
        view.t("correct.who"),
        editors.name(),
        max_chars=editors.LONGEST_NAME,
        key="correct_who",
        on_change=remember,
    )


def _fix(view: View, at: Desk, detail: ArticleDetail, chosen: str) -> None:
    """Choose a row; change it, take it out, or say that it is right."""
    # Numerals that are no results come last.
    every = sorted(targets(detail, at), key=lambda one: one.row.get("reportable") is False)
    if not every:
        st.info(view.t("correct.none"), icon=":material/info:")
        return
    wanted = _wanted(detail, every, chosen)
    number = st.selectbox(
        view.t("correct.which"),
        range(len(every)),
        index=wanted,
        # Streamlit tells options apart by their words: two rows may have the same.
        format_func=lambda one: f"{one + 1}. {label(view, every[one])}",
        key=f"correct_which_{detail.article['article_id']}_{chosen}",
    )
    target = every[number]
    st.html(rows.quote(target.sentence, target.raw))
    if correct_form.mending(view, at, target, f"fix_{number}_{len(at.journal.entries)}"):
        st.rerun()


def _wanted(detail: ArticleDetail, every: Sequence[Target], chosen: str) -> int:
    """The number of the row that is `chosen`, or of the first in the sentence that is."""
    named = [n for n, one in enumerate(every) if chosen and chosen in (one.id, one.name)]
    sentence, _ = page_view.spans_of(detail, chosen)
    held = [n for n, one in enumerate(every) if sentence and _lies_in(one, sentence)]
    return next(iter([*named, *held]), 0)


def _lies_in(target: Target, span: page_view.Span) -> bool:
    return span[0] <= target.start < span[1]


def label(view: View, target: Target) -> str:
    """A row in one line: what it is, its words, what they were read as."""
    told = [
        correct_form.word(view, target.table, column, value)
        for column, value in target.row.items()
        if value is not None and not isinstance(value, bool)
    ]
    said = f"{target.raw} → {view.joined(told)}".replace("\n", " ")
    short = said if len(said) <= LONGEST_LABEL else f"{said[:LONGEST_LABEL]}…"
    return f"{view.t(f'correct.table.{target.table}')} · {short}"


def _add(view: View, at: Desk, detail: ArticleDetail, chosen: str) -> None:
    """Choose a sentence and its words; say what they are."""
    sentences = detail.sentences.to_dict("records")
    asked, _ = page_view.spans_of(detail, chosen)
    wanted = next((n for n, one in enumerate(sentences) if asked and one["start"] == asked[0]), 0)
    number = st.selectbox(
        view.t("correct.sentence"),
        range(len(sentences)),
        index=wanted,
        format_func=lambda one: f"{one + 1}. {_opening(sentences[one]['raw'])}",
        key=f"correct_sentence_{chosen}",
    )
    sentence = sentences[number]
    left, middle, right = st.columns([2, 3, 1])
    table = left.selectbox(
        view.t("correct.what"),
        tuple(FIELDS),
        format_func=lambda one: view.t(f"correct.table.{one}"),
        key="correct_table",
    )
    words = middle.text_input(
        view.t("correct.words"), key="correct_words", help=view.t("correct.words_help")
    )
    times = str(sentence["raw"]).count(words) if words else 0
    nth = 1
    if times > 1:
        nth = int(right.number_input(view.t("correct.nth"), 1, times, key="correct_nth"))
    st.html(rows.quote(sentence["raw"], words))
    if words:
        _row(view, at, detail, table, sentence, words, nth)


def _opening(sentence: object) -> str:
    return " ".join(str(sentence).split())[:LONGEST_LABEL]


def _row(
    view: View,
    at: Desk,
    detail: ArticleDetail,
    table: str,
    sentence: dict[Any, Any],
    words: str,
    nth: int,
) -> None:
    """The form of the row that was missed."""
    try:
        target = empty(table, detail, sentence, words, nth)
    except WrongValueError as error:
        st.error(correct_form.why(view, error), icon=":material/block:")
        return
    spans = {one.key for one in targets(detail, at)} | {one.row for one in at.waiting}
    if target.key in spans:
        st.warning(view.t("correct.is_there"), icon=":material/info:")
        return
    key = f"add_{table}_{target.start}_{target.end}_{len(at.journal.entries)}"
    if correct_form.adding(view, at, target, key):
        st.rerun()


def _known(view: View, at: Desk, detail: ArticleDetail) -> None:
    """The corrections of this article, those that wait for the next build first."""
    own = _own(at, detail)
    if not own:
        return
    st.markdown(f"**{view.t('correct.known', count=len(own))}**")
    for one in sorted(own, key=lambda one: at.state(one) != desk.PENDING):
        correct_list.entry(view, at, one, "article")


def _own(at: Desk, detail: ArticleDetail) -> list[Correction]:
    """The corrections that fall on this article."""
    ranges = [(int(first), int(last)) for first, last in detail.article["ranges"]]
    document = detail.document["uri"], plain(detail.document["record_id"])
    return [one for one in at.of_document(*document) if _is_within(one, ranges)]


def _is_within(one: Correction, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= one.start < last for first, last in ranges)
