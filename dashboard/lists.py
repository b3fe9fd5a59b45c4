"""Lists that are read page by page: as one piece of HTML, or row by row for who may correct them.

One element of twenty rows costs a browser and the server a small part of twenty elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from dashboard import correct_row, editors, parts
from dashboard.rows import nothing, records
from dashboard.view import View

PAGE = 20


class Fact(NamedTuple):
    """What a row is of: its list, its table, and the id of its row there."""

    listing: str
    table: str
    id: str


class Row(NamedTuple):
    """A row of a list as HTML; `fact` says what can be corrected where it stands."""

    html: str
    fact: Fact | None = None


def paged(
    view: View,
    name: str,
    total: int,
    ask: Callable[[int, int], pd.DataFrame],
    row: Callable[[View, Any], Row],
    size: int = PAGE,
) -> None:
    """One page of a list with buttons to the others below it; `ask` takes limit and offset."""
    if not total:
        nothing(view)
        return
    parts.note(parts.Listing(name, total, ask))
    pages = -(-total // size)
    place = st.container(gap=None, key=f"{name}_list")
    key = f"pager_{name}_{view.selection}_{view.tables.version}"
    shown = st.pagination(pages, key=key) if pages > 1 else 1
    with place:
        draw(view, (row(view, one) for one in records(ask(size, (shown - 1) * size))))


def draw(view: View, found: Iterable[Row]) -> None:
    """All rows; with a button each for who may correct them."""
    if not editors.allowed():
        st.html("".join(one.html for one in found))
        return
    for one in found:
        _with_button(view, one) if one.fact else st.html(one.html)


def _with_button(view: View, row: Row) -> None:
    assert row.fact
    listing, table, id = row.fact
    with st.container(gap=None, key=f"fact_{listing}_{id}"):
        st.html(row.html)
        correct_row.button(view, listing, id)
    correct_row.form(view, listing, table, id)
