"""What a page says while what it needs of a large version is being made."""

from __future__ import annotations

import streamlit as st

from dashboard import data
from dashboard.view import View

# So often, in seconds, a page that waits looks again.
AGAIN = 2.0


def waits(view: View, name: str) -> bool:
    """Whether the words, or the index for search, are still being made; the page says so then.

    `name` is one of `prepare.NAMES`. The page runs again when it is there.
    """
    if not data.is_being_made(view.tables, name):
        return False

    @st.fragment(run_every=AGAIN)
    def look() -> None:
        share = data.share_made(view.tables, name)
        st.progress(share, view.t(f"data.preparing_{name}"))
        if not data.is_being_made(view.tables, name):
            st.rerun()

    look()
    return True
