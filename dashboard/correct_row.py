"""Correcting a row of a list where it stands: the button at it, and the article's form below it."""

from __future__ import annotations

import streamlit as st

from dashboard import correct_form, correct_list, correct_panel, desk, editors
from dashboard.desk import Desk
from dashboard.targets import Target, of_row
from dashboard.view import View
from etl.corrections import CorrectionsError

# Which row is open: its list and its id.
_OPEN = "mend_open"
# The rows that wait for a build, beside what they were asked for.
_WAITING = "mend_waiting"


def button(view: View, listing: str, id: str) -> None:
    """The button that opens a row's form, and closes it; nothing for who may not correct."""
    if not editors.allowed():
        return
    row = (listing, id)

    def turn() -> None:
        st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == row else row

    is_open = st.session_state.get(_OPEN) == row
    waits = "correct.waits" if id in _waiting(view) else "correct.mend"
    st.button(
        view.t("correct.close" if is_open else waits),
        key=f"correct_at_{listing}_{id}",
        icon=":material/close:" if is_open else ":material/edit:",
        type="tertiary",
        on_click=turn,
    )


def _waiting(view: View) -> set[str]:
    """The ids of the rows that the next build will change; asked again where one was added."""
    path = editors.file()
    try:
        journal = desk.read(path) if path else None
    except (CorrectionsError, OSError):
        # The form says so.
        return set()
    if path is None or journal is None:
        return set()
    known = st.session_state.get(_WAITING)
    # One journal object a state of the file: a list asks at each of its rows.
    if known is None or known[0] is not journal or known[1] != view.tables.version:
        at = Desk(path, journal, view.tables.outcomes)
        ids = view.tables.rows_at([one.row for one in at.waiting])
        every = {one for some in ids.values() for one in some}
        known = st.session_state[_WAITING] = journal, view.tables.version, every
    found: set[str] = known[2]
    return found


def form(view: View, listing: str, table: str, id: str) -> None:
    """The form of the row that is open, and what was said of it, which can be undone."""
    if st.session_state.get(_OPEN) != (listing, id) or not editors.allowed():
        return
    with st.container(border=True, gap="small", key=f"mending_{listing}_{id}"):
        correct_form.told()
        at = correct_panel.open_desk(view)
        row = view.tables.row_to_review(table, id)
        if at is None or row is None:
            return
        target = of_row(table, row, at)
        correct_panel.ask_name(view)
        if correct_form.mending(view, at, target, f"row_{id}_{len(at.journal.entries)}"):
            st.rerun()
        _known(view, at, target)


def _known(view: View, at: Desk, target: Target) -> None:
    """What was said of this row and stands, or is in the tables still."""
    for one in at.of_document(target.uri, target.record_id):
        if one.row == target.key and at.state(one) != desk.UNDONE:
            correct_list.entry(view, at, one, "row")
