"""The steps of adding: what is dropped, how far it is read, what was found."""

from __future__ import annotations

import html
import time
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import found_page, rows, turns, uploads, visit, visits
from dashboard.view import View
from etl.intake import Dropped, Refused, parts
from etl.intake.reading import Reading
from etl.sources import ARCHIVE, READERS, Defaults

LOOK_SECONDS = 0.4
_REFUSED = "add_refused"
# How many times the form was handed in: a new number empties it.
_FORM = "add_form"


def draw(view: View) -> None:
    """The step that this reader's visit is at."""
    own = visit.folder()
    reading = visit.readings().get(own) if own else None
    if own and reading and reading.is_running:
        _progress(view, own, reading)
        return
    if own and reading and reading.state.status == "failed":
        st.error(view.t("add.failed_help"), title=view.t("add.failed"), icon=":material/error:")
    for refused in st.session_state.pop(_REFUSED, []):
        st.warning(_why(view, refused), icon=":material/block:")
    found = visit.opened(own) if own else None
    if own and found:
        found_page.draw(view, own, found)
        with st.expander(view.t("add.more"), icon=":material/add:"):
            _form(view)
    else:
        _form(view)


def _why(view: View, refused: Refused) -> str:
    values = {name: rows.markdown(value) for name, value in refused.values.items()}
    return view.t(f"add.refused_{refused.why}", **values)


def _form(view: View) -> None:
    """Files or text, and what is to hold where they don't say it themselves."""
    t, limits = view.t, uploads.LIMITS
    number = st.session_state.setdefault(_FORM, 0)
    # Streamlit names its button in English, whatever the page is in.
    label = t("add.choose")
    st.html(f"<style>[data-testid=stFileUploaderDropzone] {{ --bm-choose: '{label}'; }}</style>")
    with st.form(f"add_{number}", border=False):
        files = st.file_uploader(
            t("add.files"),
            type=sorted({one.rsplit(".", 1)[-1] for one in (*READERS, ARCHIVE)}),
            accept_multiple_files=True,
            max_upload_size=limits.file_bytes // 1024**2,
            key=f"add_files_{number}",
        )
        pasted = st.text_area(t("add.paste"), height=160, key=f"add_text_{number}")
        st.markdown(t("add.unsaid"))
        first, second, third = st.columns([2, 1, 1])
        publication = first.text_input(t("add.publication"), key=f"add_publication_{number}")
        day = second.date_input(
            t("add.issue_date"),
            value=None,
            min_value=uploads.OLDEST_DAY,
            format="YYYY-MM-DD",
            key=f"add_day_{number}",
        )
        page = third.number_input(
            t("add.page"), min_value=1, max_value=999, value=None, key=f"add_page_{number}"
        )
        st.caption(t("add.undated_help"))
        handed_in = st.form_submit_button(
            t("add.read"), type="primary", icon=":material/menu_book:", width="stretch"
        )
    st.caption(_limits(view))
    if handed_in:
        said = Defaults(day.isoformat() if day else None, publication.strip() or None, page)
        _take(view, files, pasted, said)


def _limits(view: View) -> str:
    limits = uploads.LIMITS
    return view.t(
        "add.limits",
        files=limits.files,
        size=limits.file_bytes // 1024**2,
        total=limits.total_bytes // 1024**2,
        documents=f"{limits.documents:,}",
        minutes=int(limits.seconds // 60),
        hours=visits.HOURS,
    )


def _take(view: View, files: list[Any], pasted: str, said: Defaults) -> None:
    """Store what came and begin to read it; what was refused is told on the next run."""
    given = [(one.name, one.getvalue()) for one in files]
    if pasted.strip():
        given.append((f"{view.t('add.pasted')}.txt", pasted.encode("utf-8", "replace")))
    if not given:
        st.warning(view.t("add.nothing"), icon=":material/info:")
        return
    try:
        own = visit.begin()
    except visits.TooManyVisitsError:
        st.warning(view.t("add.crowd"), icon=":material/groups:")
        return
    dropped, refused = Dropped(own, uploads.LIMITS), []
    for name, data in given:
        try:
            dropped.take(name, data, said)
        except Refused as why:
            refused.append(why)
    st.session_state[_REFUSED] = refused
    st.session_state[_FORM] += 1
    if len(refused) < len(given):
        visit.read(own)
    st.rerun()


def _progress(view: View, own: Path, reading: Reading) -> None:
    """How far each file is, until all are read or the reader stops it."""
    st.subheader(view.t("add.reading"), anchor=False)
    bar, listing = st.empty(), st.empty()
    if st.button(view.t("add.stop"), icon=":material/stop:", key="add_stop"):
        reading.stop()
        visit.forget()
        st.rerun()
    given = Dropped(own, uploads.LIMITS).given
    turns.give_back()
    while reading.is_running and visit.folder():
        ended = [parts.is_ended(own, f"{one.number:04}") for one in given]
        bar.progress(sum(ended) / max(len(given), 1), _now(view, reading, sum(ended), len(given)))
        items = [
            _item(view, one.name, _state(reading, f"{one.number:04}", done), reading)
            for one, done in zip(given, ended, strict=True)
        ]
        listing.html(f"<ul class='bm-files'>{''.join(items)}</ul>")
        time.sleep(LOOK_SECONDS)
    st.rerun()


def _now(view: View, reading: Reading, done: int, of: int) -> str:
    seconds = int(time.monotonic() - reading.state.started)
    key = "add.waiting_turn" if reading.state.status == "waiting" else "add.so_far"
    return view.t(key, done=done, of=of, seconds=seconds)


def _state(reading: Reading, unit: str, done: bool) -> str:
    if done:
        return "done"
    return "now" if reading.state.unit.startswith(unit) else "waiting"


def _item(view: View, name: str, state: str, reading: Reading) -> str:
    said = view.t(f"add.file_{state}")
    if state == "now" and reading.state.documents:
        said = view.t("add.pages_so_far", count=reading.state.documents)
    if state == "now" and reading.state.name.startswith(f"{name}/"):
        said = f"{reading.state.name.removeprefix(f'{name}/')} · {said}"
    return f"<li class='bm-file-{state}'><b>{html.escape(name)}</b> {html.escape(said)}</li>"
