"""The queue: one row at a time, its sentence, what was made of it, and a key for each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import correct_form, correct_list, links, rows
from dashboard.desk import Desk
from dashboard.queries.review import Ids
from dashboard.targets import Target, of_row
from dashboard.view import View
from etl.corrections import Correction

# Keys that Streamlit leaves free: R and C are its own.
KEYS = {"accept": "A", "fix": "F", "reject": "X", "skip": "S", "undo": "Z"}
ICONS = {
    "accept": ":material/check:",
    "fix": ":material/edit:",
    "reject": ":material/delete:",
    "skip": ":material/skip_next:",
    "undo": ":material/undo:",
}
SKIPPED, FIXING, LAST = "review_skipped", "review_fixing", "review_last"
# So many more rows are looked through for one that was not put off.
AHEAD = 20


def draw(view: View, at: Desk, done: Ids) -> None:
    """The row that matters most of those that nobody reviewed, and the answers to it."""
    skipped: list[str] = st.session_state.setdefault(SKIPPED, [])
    found = view.tables.to_review(view.selection, done, len(skipped) + AHEAD)
    left = [one for one in rows.records(found) if one.id not in skipped]
    if not left:
        _empty(view, skipped)
        _answers(view, at, None, "")
        return
    one = left[0]
    row = view.tables.row_to_review(one.kind_of_row, one.id)
    if row is None:
        return
    shown = of_row(one.kind_of_row, row, at)
    _card(view, one, row, shown)
    if st.session_state.get(FIXING) == one.id:
        if correct_form.changing(view, at, shown, f"review_{one.id}"):
            st.session_state.pop(FIXING)
            st.session_state[LAST] = correct_form.written_last()
            st.rerun()
        st.button(
            view.t("review.cancel"),
            key="review_cancel",
            shortcut="Esc",
            on_click=lambda: st.session_state.pop(FIXING, None),
        )
        return
    _answers(view, at, shown, one.id)


def _empty(view: View, skipped: list[str]) -> None:
    st.success(
        view.t("review.all_done"), title=view.t("review.all_done_title"), icon=":material/done_all:"
    )
    if skipped and st.button(view.t("review.skipped_again", count=len(skipped)), key="again"):
        st.session_state[SKIPPED] = []
        st.rerun()


def _card(view: View, one: Any, row: dict[str, Any], shown: Target) -> None:
    """The row: its sentence, what was made of it, why it comes now, the way to its article."""
    cells = "".join(
        f"<div><dt>{rows.escaped(view.t(f'correct.field.{column}'))}</dt>"
        f"<dd>{rows.escaped(_said(view, shown, column))}</dd></div>"
        for column in shown.row
    )
    kind = rows.escaped(view.t(f"correct.table.{shown.table}"))
    head = rows.details([row["headline"], rows.issue_of(view, row["issue_date"]), row["uri"]])
    with st.container(border=True, key="review_card", gap="small"):
        name = "figure" if shown.table == "figures" else "activity"
        way = links.to_sentence(view, str(row["article_id"]), **{name: one.id})
        st.html(
            f"<div class='bm-review'><span class='bm-type'>{kind}</span> "
            f"<b lang='zh'>{rows.escaped(shown.raw)}</b>"
            f"{rows.quote(shown.sentence, shown.raw)}<dl>{cells}</dl>"
            f"<p>{rows.escaped(why_now(view, one))}</p>{head}{way}</div>"
        )


def _said(view: View, shown: Target, column: str) -> str:
    value = shown.row[column]
    return correct_form.word(view, shown.table, column, value, shown.issue_year)


def why_now(view: View, one: Any) -> str:
    """Why a row comes before the others: how sure it is, and how much of which charts it is."""
    sure = f"{one.confidence:.0%}"
    if one.kind_of_row == "activities":
        return view.t("review.why_activity", sure=sure, share=f"{one.influence:.0%}")
    if rows.is_known(one.share):
        share = f"{one.share:.0%}" if one.share >= 0.01 else "<1%"
        if one.cities < 2:
            return view.t("review.why_alone", sure=sure, share=share)
        return view.t("review.why_figure", sure=sure, share=share, cities=int(one.cities))
    return view.t("review.why_listed", sure=sure)


def _answers(view: View, at: Desk, shown: Target | None, id: str) -> None:
    """The buttons, each with its key; those of a row are of this row alone."""
    last: Correction | None = st.session_state.get(LAST)

    def write(make: Callable[[Target], Correction]) -> None:
        row = shown
        if row is None:
            return
        if wrong := correct_form.attempt(view, at, lambda: make(row)):
            correct_form.fail(wrong)
        else:
            st.session_state[LAST] = correct_form.written_last()

    def take_back() -> None:
        if last and correct_list.take_back(view, at, last):
            st.session_state.pop(LAST)

    answers: dict[str, Callable[[], None]] = {
        "accept": lambda: write(correct_form.accepting),
        "fix": lambda: st.session_state.update({FIXING: id}),
        "reject": lambda: write(correct_form.rejecting),
        "skip": lambda: st.session_state[SKIPPED].append(id),
        "undo": take_back,
    }
    offered = [
        *(("accept", "fix", "reject", "skip") if shown else ()),
        *(("undo",) if last else ()),
    ]
    with st.container(horizontal=True, gap="small", key="review_answers"):
        for name in offered:
            _button(view, name, id, answers[name])


def _button(view: View, name: str, id: str, answer: Callable[[], None]) -> None:
    # With the row in its key a button answers for what was seen, however fast keys are pressed.
    st.button(
        view.t(f"review.{name}"),
        icon=ICONS[name],
        shortcut=KEYS[name],
        type="primary" if name == "accept" else "secondary",
        key=f"review_{name}_{id}",
        on_click=answer,
    )
