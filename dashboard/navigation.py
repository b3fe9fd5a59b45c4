"""The pages, their addresses, and seeing to it that app.py is what frames them."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import Page

from dashboard import editors, uploads
from dashboard.language import FALLBACK, text

# Page file → its path in the address and its icon; the one without a path is the start page.
PAGES = {
    "overview": ("", ":material/home:"),
    "activities": ("activities", ":material/event:"),
    "figures": ("figures", ":material/bar_chart:"),
    "map": ("map", ":material/map:"),
    "compare": ("compare", ":material/compare_arrows:"),
    "words": ("words", ":material/cloud:"),
    "articles": ("articles", ":material/article:"),
    "search": ("search", ":material/search:"),
    "quality": ("quality", ":material/verified:"),
    "place": ("place", ":material/location_on:"),
    "review": ("review", ":material/rate_review:"),
    "add": ("add", ":material/upload_file:"),
}
# Pages that no way leads to: what other pages and other sites show of ours.
ALONE = "chart"
# Pages that links lead to, but no menu: without their own parameter they say little.
UNLISTED = frozenset({"place"})
# The page for adding files: a way leads there where the owner has switched it on.
ADD = "add"
# The page for reviewing: a way leads there for who may correct.
REVIEW = "review"
# A picture of our own: for an icon of Streamlit's the browser's tab asks another host.
ICON = Path(__file__).with_name("icon.svg")


def choose(language: str) -> tuple[Page, str]:
    """Set the browser's tab up; the page that the address asks for, and its name.

    Streamlit's own menu would drop the filters from the address, so the frame draws the ways.
    """
    pages = _pages(language)
    page = st.navigation(list(pages), position="hidden")
    tab = f"{page.title} · {text(language, 'app.title')}"
    st.set_page_config(tab, str(ICON), layout="wide")
    return page, pages[page]


def ways() -> dict[str, str]:
    """The pages that a way leads to, with their icons."""
    return {
        name: icon for name, (_, icon) in PAGES.items() if name not in UNLISTED and _is_open(name)
    }


def path(name: str) -> str:
    """A page's path in the address; empty for the start page."""
    return PAGES[name][0]


def _is_open(name: str) -> bool:
    """Whether the owner has switched a page on, for this reader."""
    if name == REVIEW:
        return editors.standing() != "closed"
    return name != ADD or uploads.allowed()


def restart() -> NoReturn:
    """Run the page that the address asks for again, this time in its frame.

    Until a server has once come by `st.navigation`, Streamlit takes the folder pages/ for pages
    that stand alone: the first reader of a deep link would get one without app.py.
    """
    st.navigation(list(_pages(FALLBACK)), position="hidden")
    st.rerun()


def _pages(language: str) -> dict[Page, str]:
    return {
        st.Page(
            f"pages/{name}.py",
            title=text(language, f"{name}.nav"),
            url_path=path or None,
            default=not path,
            help=text(language, f"{name}.lead"),
        ): name
        for name, (path, _) in (PAGES | {ALONE: (ALONE, "")}).items()
    }
