"""The parts of /review: how far it is, the build, the queue, the corrections."""

from __future__ import annotations

import streamlit as st

from dashboard import (
    address,
    correct_form,
    correct_list,
    correct_panel,
    editors,
    login,
    rebuild,
    review_queue,
    rows,
)
from dashboard.desk import Desk
from dashboard.queries.review import Ids
from dashboard.view import View

PARTS = ("queue", "entries")


def draw(view: View) -> None:
    """The page for who may correct; for others what it is, and the way to log in."""
    if not editors.allowed():
        st.info(view.t("review.closed_help"), title=view.t("review.closed"), icon=":material/lock:")
        login.draw(view)
        return
    at = correct_panel.open_desk(view)
    if at is None:
        return
    correct_form.told()
    done = view.tables.rows_at([one.row for one in at.waiting])
    every = _progress(view, done)
    _build(view, at)
    part = _part(view, at)
    if part == "entries":
        correct_list.draw(view, at)
        return
    if not every:
        rows.nothing(view)
        return
    review_queue.draw(view, at, done)
    correct_panel.ask_name(view)


def _progress(view: View, done: Ids) -> int:
    """How many of the selected figures and activities a person has seen; of how many."""
    reviewed, every = view.tables.progress(view.selection, done)
    share = reviewed / every if every else 0.0
    told = view.t("review.progress", done=f"{reviewed:,}", of=f"{every:,}", share=f"{share:.1%}")
    st.progress(share, told)
    return every


def _part(view: View, at: Desk) -> str:
    address.seed("part", address.one_of(PARTS, PARTS[0]))
    part = st.segmented_control(
        view.t("review.part"),
        PARTS,
        format_func=lambda one: view.t(f"review.part_{one}", count=len(at.journal.standing)),
        key=address.key_of("part"),
        on_change=address.touched,
        required=True,
        label_visibility="collapsed",
    )
    part = part or PARTS[0]
    address.want("part", [part] if part != PARTS[0] else [])
    return part


@st.cache_resource(show_spinner=False)
def _builds() -> dict[str, rebuild.Rebuild]:
    """The build under way or the last one, of the server: there is one at a time."""
    return {}


def _build(view: View, at: Desk) -> None:
    """What waits for a build, and the button that starts it."""
    current = _builds().get("last")
    if current and current.is_running:
        _watch(view, current)
        return
    if current:
        _ended(view, current)
    waiting = len(at.waiting) + len(at.leaving)
    known = bool(rebuild.sources())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        key = "review.waiting" if waiting else "review.none_waiting"
        st.markdown(view.t(key, count=waiting))
        if known and st.button(
            view.t("review.build"),
            icon=":material/sync:",
            type="primary" if waiting else "secondary",
            key="review_build",
        ):
            _builds()["last"] = rebuild.Rebuild().start()
            st.rerun()
    if not known:
        st.caption(view.t("review.build_by_hand", file=rows.markdown(at.path)))


def _watch(view: View, current: rebuild.Rebuild) -> None:
    """Say that a build goes on until it ends."""

    @st.fragment(run_every=1.0)
    def look() -> None:
        st.info(view.t("review.building", seconds=current.seconds), icon=":material/sync:")
        if not current.is_running:
            st.rerun()

    look()


def _ended(view: View, current: rebuild.Rebuild) -> None:
    """Say once how a build ended."""
    _builds().pop("last", None)
    if current.is_built:
        st.success(view.t("review.built", seconds=current.seconds), icon=":material/check:")
    else:
        st.error(view.t("review.build_failed"), icon=":material/error:")
    if words := current.words():
        with st.expander(view.t("review.build_said")):
            st.code(words, language=None, wrap_lines=True)
