"""Corrections as a list: what was said, by whom and when, what came of it, and taking it back."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import correct_form, desk, editors, rows, theme
from dashboard.desk import Desk
from dashboard.view import View
from etl.corrections import Correction, CorrectionsError

ICONS = {"change": "edit", "reject": "delete", "add": "add", "accept": "check"}

_log = logging.getLogger(__name__)


def entry(view: View, at: Desk, one: Correction, listing: str) -> None:
    """One correction as a row, with the button that takes it back."""
    state = at.state(one)
    when = theme.format_date(one.when[:10], view.language)
    about = [one.who or view.t("correct.nobody"), when, one.uri, one.record_id]
    with st.container(gap=None, key=f"mend_{listing}_{one.id}"):
        st.html(
            f"<div class='bm-mend'><b>{rows.escaped(view.t(f'correct.action.{one.action}'))}</b> "
            f"{rows.escaped(view.t(f'correct.table.{one.table}'))} "
            f"<q lang='zh'>{rows.escaped(one.raw)}</q> {said(view, one)} "
            f"<span class='bm-state bm-state-{state}'>"
            f"{rows.escaped(view.t(f'correct.state.{state}'))}</span>"
            f"{rows.details([*about, one.reason])}</div>"
        )
        if state not in (desk.UNDONE, desk.LEAVING):
            _take_back(view, at, one, listing)


def said(view: View, one: Correction) -> str:
    """What a correction changes, as HTML: the column, what was there, what shall be."""
    parts = []
    for column, value in one.change.items():
        label = view.value_name("correct.field", column)
        new = correct_form.word(view, one.table, column, value)
        old = ""
        if one.action == "change" and column in one.expect:
            was = correct_form.word(view, one.table, column, one.expect[column])
            old = f"<s>{rows.escaped(was)}</s> → "
        parts.append(f"{rows.escaped(label)} {old}<b>{rows.escaped(new)}</b>")
    return " · ".join(parts)


def _take_back(view: View, at: Desk, one: Correction, listing: str) -> None:
    if st.button(
        view.t("correct.undo"),
        icon=":material/undo:",
        type="tertiary",
        key=f"undo_{listing}_{one.id}",
    ):
        undo(view, at, one)


def undo(view: View, at: Desk, one: Correction) -> None:
    """Take a correction back and run the page again, or say why it cannot be."""
    if not editors.allowed():
        st.error(view.t("correct.forbidden"), icon=":material/lock:")
        return
    try:
        desk.undo(at.path, one, editors.name())
    except CorrectionsError as error:
        _log.error("a correction could not be taken back", exc_info=error)
        st.error(view.t("correct.failed", error=rows.markdown(error)), icon=":material/error:")
        return
    correct_form.tell(view.t("correct.undone"))
    st.rerun()
