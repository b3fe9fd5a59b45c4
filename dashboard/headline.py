"""The numbers that head a page; on the overview each is a way to what it counts."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard import links
from dashboard.queries import Overview
from dashboard.rows import escaped
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
    query = link_to()
    items = (
        links.anchor_html(page, query, _number(view, found, name), "bm-number")
        for name, page in LEADS.items()
    )
    st.html(f"<div class='bm-numbers bm-headline-numbers'>{''.join(items)}</div>")


def numbers_html(view: View, found: Overview, names: Iterable[str]) -> str:
    """Some of the numbers, where there is no page that shows just these."""
    items = "".join(f"<p>{_number(view, found, name)}</p>" for name in names)
    return f"<div class='bm-numbers'>{items}</div>"


def _number(view: View, found: Overview, name: str) -> str:
    return f"<strong>{getattr(found, name):,}</strong> {escaped(view.t(f'overview.{name}'))}"
