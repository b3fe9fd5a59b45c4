"""Who may correct, and where it is written down. Reading needs no account.

BANMIAN_CORRECTIONS names the file; without it nothing can be corrected. BANMIAN_EDITORS says who
may: `*` everybody who reaches the dashboard (`make run` sets that where only this machine does),
or e-mail addresses, with commas between them, of people who log in (Streamlit's own login, which
the owner sets up in .streamlit/secrets.toml).
"""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from dashboard import visit
from etl.corrections.journal import FILE

EDITORS, EVERYBODY = "BANMIAN_EDITORS", "*"
_NAME = "editor_name"
LONGEST_NAME = 60

# closed: nobody can correct, or not this; out: could after logging in; unconfirmed: logged in
# with an address that the provider has not confirmed; stranger: with one that the owner did not
# name; editor: may correct.
Standing = Literal["closed", "out", "unconfirmed", "stranger", "editor"]


def file() -> Path | None:
    """The corrections file, which need not be there yet, or None where the owner has none."""
    named = os.environ.get(FILE, "").strip()
    return Path(named).expanduser() if named else None


def _editors() -> set[str]:
    named = os.environ.get(EDITORS, "").split(",")
    return {one.strip().lower() for one in named if one.strip()}


def standing() -> Standing:
    """What this reader is to the corrections; see `Standing`."""
    named = _editors()
    if file() is None or visit.is_shown():
        return "closed"
    if EVERYBODY in named:
        return "editor"
    if not named or _user() is None:
        return "closed"
    if not is_logged_in():
        return "out"
    known = address()
    if known is None:
        return "unconfirmed"
    return "editor" if known.lower() in named else "stranger"


def allowed() -> bool:
    """Whether this reader may correct what is shown."""
    return standing() == "editor"


def is_logged_in() -> bool:
    """Whether this reader has logged in, whoever they are."""
    user = _user()
    return bool(user and user.is_logged_in)


def _user() -> Any | None:
    """Streamlit's user, or None where the owner has set up no login."""
    try:
        known: bool = st.user.is_logged_in
    except AttributeError:
        return None
    return st.user if known in (True, False) else None


def address() -> str | None:
    """The confirmed e-mail address of a reader who is logged in."""
    user = _user()
    if not user or not user.is_logged_in or user.get("email_verified") is False:
        return None
    found = user.get("email")
    return str(found) if found else None


def name() -> str:
    """What this editor is called in the file: their login's name, else what they said."""
    user = _user()
    if address() and user:
        return str(user.get("name") or str(address()).split("@", 1)[0])[:LONGEST_NAME]
    return str(st.session_state.get(_NAME) or _owner())[:LONGEST_NAME]


def is_known() -> bool:
    """Whether the name comes from a login, so that nobody need be asked."""
    return address() is not None


def call(said: str) -> None:
    """Remember for this session what the editor is called."""
    st.session_state[_NAME] = said.strip()[:LONGEST_NAME]


def _owner() -> str:
    """What the machine calls its owner; a machine's own account is nobody's name."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return ""
    return "" if name == "root" else name
