"""Corrections as a list: what was said, by whom and when, what came of it, and taking it back."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import correct_form, desk, editors, rows, theme
from dashboard.desk import Desk
from dashboard.view import View
from etl import corrections
from etl.corrections import Correction, CorrectionsError, Entry, Undo

OF_PAGE = 20
MOST_MEGABYTES = 20

_log = logging.getLogger(__name__)


def draw(view: View, at: Desk) -> None:
    """Every correction, those that contradict each other first; taking them away and in."""
    _handing(view, at)
    standing = at.journal.standing
    if pairs := corrections.conflicts(standing):
        st.warning(
            view.t("review.conflicts_help"),
            title=view.t("review.conflicts", count=len(pairs)),
            icon=":material/call_split:",
        )
        for number, pair in enumerate(pairs):
            for one in pair:
                entry(view, at, one, f"conflict{number}")
    every = [one for one in at.journal.entries if isinstance(one, Correction)][::-1]
    if not every:
        st.info(view.t("review.no_entries"), icon=":material/info:")
        return
    st.subheader(view.t("review.entries", count=len(every)), anchor=False)
    pages = -(-len(every) // OF_PAGE)
    place = st.container(gap=None, key="mends_list")
    shown = st.pagination(pages, key="review_pages") if pages > 1 else 1
    with place:
        for one in every[(shown - 1) * OF_PAGE : shown * OF_PAGE]:
            entry(view, at, one, "all")


def _handing(view: View, at: Desk) -> None:
    """The file to take away, and another one's entries to take in."""
    with st.container(horizontal=True, gap="small"):
        if at.path.exists():
            st.download_button(
                view.t("review.take_away"),
                at.path.read_bytes,
                file_name="corrections.jsonl",
                mime="application/jsonl",
                on_click="ignore",
                icon=":material/download:",
                key="review_export",
            )
        with st.popover(view.t("review.take_in"), icon=":material/upload:"):
            _take_in(view, at)


def _take_in(view: View, at: Desk) -> None:
    """Add what another corrections file has more."""
    label = view.t("add.choose")
    st.html(f"<style>[data-testid=stFileUploaderDropzone] {{ --bm-choose: '{label}'; }}</style>")
    st.caption(view.t("review.take_in_help"))
    file = st.file_uploader(
        view.t("review.file"),
        type=["jsonl"],
        max_upload_size=MOST_MEGABYTES,
        key=f"review_import_{len(at.journal.entries)}",
    )
    if file is None or not st.button(view.t("review.take_in_now"), key="review_take_in"):
        return
    if not editors.allowed() or file.size > MOST_MEGABYTES * 1024**2:
        st.error(view.t("correct.forbidden"), icon=":material/lock:")
        return
    try:
        count = desk.take_in(at.path, file.getvalue(), file.name)
    except CorrectionsError as error:
        st.error(view.t("correct.failed", error=rows.markdown(error)), icon=":material/error:")
        return
    correct_form.tell(view.t("review.taken_in", count=count))
    st.rerun()


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
        if state in (desk.UNDONE, desk.LEAVING):
            _bring_back(view, at, one, listing)
        else:
            _take_back(view, at, one, listing)


def said(view: View, one: Correction) -> str:
    """What a correction changes, as HTML: the column, what was there, what shall be."""
    if one.is_structure and one.action != "place":
        # Offsets tell nobody anything.
        return ""
    parts = []
    for column, value in one.change.items():
        label = view.value_name("correct.field", column)
        new = correct_form.word(view, "places" if one.is_structure else one.table, column, value)
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


def _bring_back(view: View, at: Desk, one: Correction, listing: str) -> None:
    """The button that undoes the undoing."""
    undone = at.journal.undone_by(one)
    if undone and st.button(
        view.t("correct.redo"),
        icon=":material/redo:",
        type="tertiary",
        key=f"redo_{listing}_{one.id}",
    ):
        undo(view, at, undone)


def undo(view: View, at: Desk, one: Entry) -> None:
    """Take an entry back and run the page again; what stands against it is told then."""
    take_back(view, at, one)
    st.rerun()


def take_back(view: View, at: Desk, one: Entry) -> bool:
    """Take an entry back; whether that was done, which is told on the next run."""
    if not editors.allowed():
        correct_form.fail(view.t("correct.forbidden"))
        return False
    try:
        desk.undo(at.path, one, editors.name())
    except CorrectionsError as error:
        _log.error("correction_not_taken_back", exc_info=error)
        correct_form.fail(view.t("correct.failed", error=rows.markdown(error)))
        return False
    correct_form.tell(view.t("correct.redone" if isinstance(one, Undo) else "correct.undone"))
    return True
