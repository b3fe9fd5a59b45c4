"""The way in and out for people who correct, by Streamlit's own login.

Nothing where the owner has set up none; what is said depends on `editors.standing`.
"""

from __future__ import annotations

import streamlit as st

from dashboard import editors, rows
from dashboard.view import View


def draw(view: View) -> None:
    """The button that logs in; or who is logged in, why that is not enough, and the way out."""
    if editors.standing() == "out":
        st.button(
            view.t("correct.log_in"), icon=":material/login:", on_click=st.login, key="log_in"
        )
    if not editors.is_logged_in():
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="logged_in"):
        _tell(view)
        st.button(
            view.t("correct.log_out"),
            icon=":material/logout:",
            type="tertiary",
            on_click=st.logout,
            key="log_out",
        )


def _tell(view: View) -> None:
    """In whose name it is written down, or why this login may not correct."""
    standing = editors.standing()
    if standing == "unconfirmed":
        st.warning(view.t("correct.unconfirmed"), icon=":material/mark_email_unread:")
    elif standing == "stranger":
        address = rows.markdown(editors.address() or "")
        st.warning(view.t("correct.stranger", address=address), icon=":material/person_off:")
    elif standing == "editor":
        st.caption(view.t("correct.as", name=rows.markdown(editors.name())))
