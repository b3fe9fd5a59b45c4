"""The numbers that head the overview, each a way to what it counts."""

from __future__ import annotations

import streamlit as st

from dashboard.queries import Overview
from dashboard.view import View, link_to

# Number of the overview → the page that shows what it counts.
LEADS = {
    "articles": "articles",
    "activities": "activities",
    "figures": "figures",
    "provinces": "map",
    "cities": "map",
}


def numbers(view: View, found: Overview) -> None:
    """Every number with its name, as a link that keeps the filters."""
    with st.container(horizontal=True, gap="small", key="headline"):
        for name, page in LEADS.items():
            count = f"{getattr(found, name):,}"
            st.page_link(
                f"pages/{page}.py",
                label=f"**{count}** {view.t(f'overview.{name}')}",
                query_params=link_to(),
            )
