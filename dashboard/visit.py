"""This reader's own content: whose visit this is, whether it is what is shown, and the way back.

The secret of a visit is in this session and in a cookie of this browser, for links within a page
open a new session. It is never in an address.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import uploads, visits
from dashboard.language import text
from dashboard.queries import Tables, open_tables
from dashboard.search_index import SearchIndex
from etl.intake.reading import Reading

# Parameter of the address that says that what was seen is somebody's own content.
OWN = "own"
# The page's policy runs no script whose text is not known beforehand, so the secret is data.
_KEEP = """
export default function ({ data }) {
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${data.cookie}; path=/; SameSite=Strict${secure}`
}
"""
_TOKEN, _OPENED, _INDEXES, _SHOWN = "visit_token", "visit_tables", "visit_indexes", "visit_shown"


def _cookie() -> str:
    """The cookie's name: dashboards on one machine differ by their port alone."""
    return f"banmian_visit_{st.get_option('server.port')}"


def folder() -> Path | None:
    """The folder of this reader's visit, or None where there is none, or adding is off."""
    if not uploads.allowed():
        return None
    visits.sweep()
    token = st.session_state.get(_TOKEN) or st.context.cookies.get(_cookie())
    found = visits.find(token)
    if found is None:
        st.session_state.pop(_TOKEN, None)
    else:
        st.session_state[_TOKEN] = token
    return found


def begin() -> Path:
    """The folder of this reader's visit, a new one where there is none.

    Raises TooManyVisitsError.
    """
    found = folder()
    if found is None:
        st.session_state[_TOKEN] = token = visits.begin()
        found = visits.find(token)
    assert found is not None
    return found


def remember() -> None:
    """Hand the secret to this browser; call it once a run, where something is drawn anyway."""
    token = st.session_state.get(_TOKEN)
    if token:
        mount = st.components.v2.component("banmian_visit", js=_KEEP)
        mount(key="visit_kept", data={"cookie": f"{_cookie()}={token}"}, height=1)


def shown_tables() -> Tables | None:
    """The reader's own tables where those are what is shown, opened once a session."""
    own = folder()
    found = opened(own) if own and visits.is_shown(own) else None
    st.session_state[_SHOWN] = found is not None
    return found


def is_shown() -> bool:
    """Whether this run shows the reader's own content."""
    return bool(st.session_state.get(_SHOWN))


def opened(own: Path) -> Tables | None:
    """The tables of a visit, or None where it has none yet."""
    version = visits.tables_of(own)
    if version is None:
        return None
    known: tuple[Path, Tables] | None = st.session_state.get(_OPENED)
    if known is None or known[0] != version:
        known = version, open_tables(version)
        st.session_state[_OPENED] = known
    return known[1]


def indexes() -> dict[str, SearchIndex]:
    """The search indexes of this session's own tables, by version."""
    known: dict[str, SearchIndex] = st.session_state.setdefault(_INDEXES, {})
    return known


def forget() -> None:
    """End this reader's visit and what still reads for it."""
    own = folder()
    st.query_params.pop(OWN, None)
    for name in (_OPENED, _INDEXES, _TOKEN):
        st.session_state.pop(name, None)
    if own:
        reading = readings().pop(own, None)
        if reading:
            reading.stop()
        visits.forget(own)


@st.cache_resource(show_spinner=False)
def readings() -> dict[Path, Reading]:
    """What is being read, by the folder of its visit; it goes on while the reader looks around."""
    return {}


def read(own: Path) -> None:
    """Begin to read what is not read yet of a visit's files."""
    known = readings()
    for gone in [folder for folder in known if not folder.exists()]:
        del known[gone]
    if own in known:
        # Begun in another tab: it doesn't know of the files that came since.
        known[own].stop()
    known[own] = Reading(own, uploads.LIMITS)
    known[own].start()


def banner(language: str) -> None:
    """Say that this is the reader's own content, and offer the way back."""
    if not is_shown():
        return
    with st.container(key="own", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/person: **{text(language, 'visit.banner')}**")
        st.button(
            text(language, "visit.back"),
            icon=":material/undo:",
            key="visit_back",
            on_click=leave,
        )


def leave() -> None:
    """Show the dashboard's usual content again; the visit's files stay until it is over."""
    own = folder()
    st.query_params.pop(OWN, None)
    if own:
        visits.show(own, False)
