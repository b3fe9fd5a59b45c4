"""The address bar: what a reader chose is in the link, so a link is a view.

Streamlit's own binding writes a widget's label into the address (`province=山西省`). Links here
carry codes, which hold in both languages and after a place was renamed, so this module keeps the
two in step itself. The address wins when it is opened, followed or stepped back to; a widget wins
in the run that it started.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

Values = tuple[str, ...]

_SEEN = "address_seen"
_TOUCHED = "address_touched"
_WANTED = "address_wanted"


def key_of(name: str) -> str:
    """Session-state key of the widget that sets parameter `name`."""
    return f"choice_{name}"


def touched() -> None:
    """`on_change` of every widget whose value is part of the address."""
    st.session_state[_TOUCHED] = True


def begin() -> None:
    """Call once at the start of a run, before any widget."""
    st.session_state[_WANTED] = {}
    address = {name: tuple(st.query_params.get_all(name)) for name in st.query_params}
    was_touched = st.session_state.pop(_TOUCHED, False)
    if address == st.session_state.get(_SEEN) or was_touched:
        return
    for key in [one for one in st.session_state if str(one).startswith(key_of(""))]:
        del st.session_state[key]


def seed(name: str, read: Callable[[Values], object]) -> None:
    """Give the widget of `name` its value from the address, unless it has one.

    `read` turns the address's values into the widget's value and drops what is not valid.
    """
    key = key_of(name)
    if key not in st.session_state:
        st.session_state[key] = read(tuple(st.query_params.get_all(name)))


def want(name: str, values: Iterable[str]) -> Values:
    """Say what the address shall hold for `name`; nothing leaves it out. The values again."""
    wanted = tuple(values)
    if wanted:
        st.session_state[_WANTED][name] = wanted
    return wanted


def parameters() -> dict[str, Values]:
    """What the address holds once this run is over."""
    return dict(st.session_state[_WANTED])


def live() -> dict[str, Values]:
    """The same, still growing while the run goes on: for what is made after it."""
    wanted: dict[str, Values] = st.session_state[_WANTED]
    return wanted


def finish() -> None:
    """Call once at the end of a run: write the address where it differs.

    Also where it is new to this session: the browser keeps the former one where a link leads to
    the page that it stands on, and takes no step where it has the new one already.
    """
    wanted = parameters()
    address = {name: tuple(st.query_params.get_all(name)) for name in st.query_params}
    if address != wanted or wanted != st.session_state.get(_SEEN):
        st.query_params.from_dict({name: list(values) for name, values in wanted.items()})
    st.session_state[_SEEN] = wanted


def known(options: Iterable[str]) -> Callable[[Values], list[str]]:
    """A reader for `seed` that keeps the options among the values, each once."""
    allowed = set(options)
    return lambda values: [one for one in dict.fromkeys(values) if one in allowed]


def one_of(options: Iterable[str], default: str | None) -> Callable[[Values], str | None]:
    """A reader for `seed` that keeps the first value among the options, else the default."""
    allowed = set(options)
    return lambda values: next((one for one in values if one in allowed), default)
