"""The frame around every page: its head with the ways to the other pages, and its foot."""

from __future__ import annotations

import html
import logging
from pathlib import Path

import duckdb
import streamlit as st
from streamlit.navigation.page import Page

from dashboard import data, handing_on, last_good, links, navigation, parts, share, spoken, visit
from dashboard.filters import language_switch
from dashboard.language import text
from dashboard.line_breaks import breakable
from dashboard.view import View, link_to

STYLE = Path(__file__).with_name("style.css")


# In a frame there is room for the chart only.
_ALONE = """
[data-testid=stSidebar], [data-testid=stExpandSidebarButton], [data-testid=stHeader] {display: none}
[data-testid=stMainBlockContainer] {padding: 0.5rem}
.st-key-unseen {display: none}
"""

_log = logging.getLogger(__name__)


def brand(language: str) -> None:
    """The name of the house and what it is for."""
    name, claim = text(language, "app.name"), breakable(text(language, "app.claim"))
    st.html(f"<div class='bm-brand'>{name}<small>{claim}</small></div>")


def _speak(language: str) -> None:
    """Tell the browser which language the page is in."""
    st.html(f"<script>{spoken.script(language)}</script>", unsafe_allow_javascript=True)


def tell_waiting() -> None:
    """Tell the reader that others are before them, beside the page, which stays as it is."""
    asked = st.query_params.get("lang", "")
    st.toast(text("en" if asked == "en" else "zh", "data.waiting"))


def head(view: View, page: str) -> None:
    """The ways to the pages with the filters kept, the language, the title, what is selected."""
    parts.begin(page)
    handing_on.name_tab(view, view.t(f"{page}.nav"))
    st.html(STYLE)
    _speak(view.language)
    visit.remember()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="masthead"):
        st.html(_ways(view, page))
        language_switch()
    visit.banner(view.language)
    st.title(view.t(f"{page}.title"), anchor=False)
    st.caption(view.t(f"{page}.lead"))
    showing, summary = view.t("filters.showing"), html.escape(view.summary())
    hint = f"<span class='bm-phone'>{view.t('filters.open')}</span>"
    st.html(f"<p class='bm-selection'>{showing} <b>{summary}</b> {hint}</p>")
    share.notice(view)
    if data.is_behind(view.tables):
        st.info(view.t("data.newer"), icon=":material/update:")


def _ways(view: View, page: str) -> str:
    """The ways to the pages as HTML, the filters kept; `page` is the one that is open."""
    query = link_to()
    items = (
        links.anchor_html(
            name,
            query,
            f"{links.icon(icon)}<span>{html.escape(view.t(f'{name}.nav'))}</span>",
            "bm-nav",
            " aria-current='page'" if name == page else "",
        )
        for name, icon in navigation.ways().items()
    )
    label = html.escape(view.t("frame.ways"))
    return f"<nav class='bm-ways' aria-label='{label}'>{''.join(items)}</nav>"


def _stands() -> None:
    """Tell the browser that the page is there: what the server showed until now can go."""
    st.html(f"<script>{spoken.STANDS}</script>", unsafe_allow_javascript=True)


def run(view: View, page: Page) -> None:
    """Run a page; whatever goes wrong there, the reader is told in words and the log in full."""
    try:
        page.run()
    except duckdb.Error as error:
        _log.error("page_failed", exc_info=error)
        if last_good.distrust(view.tables.folder):
            _tell_damaged(view.language)
        else:
            st.error(view.t("failed.help"), title=view.t("failed.title"), icon=":material/error:")
    except Exception as error:
        _log.error("page_failed", exc_info=error)
        st.error(view.t("failed.help"), title=view.t("failed.title"), icon=":material/error:")


def _tell_damaged(language: str) -> None:
    folder = html.escape(str(data.folder()))
    st.error(
        text(language, "data.damaged_help", folder=folder),
        title=text(language, "data.damaged_title"),
        icon=":material/database_off:",
    )


def alone(view: View, page: Page) -> None:
    """Run the page of one chart, with nothing around it that a frame in another page repeats."""
    st.html(STYLE)
    _speak(view.language)
    st.html(f"<style>{_ALONE}</style>")
    share.notice(view)
    run(view, page)
    _stands()


def foot(view: View) -> None:
    """The link of this view, and where its numbers come from."""
    st.divider()
    handing_on.at_foot(view)
    if view.tables.gaps:
        st.caption(view.t("data.older_shown"))
    _stands()


def without_tables(language: str, error: data.NoTablesError) -> None:
    """Tell the reader that there is nothing to show and what to do, and the log why."""
    _log.error("no_tables", exc_info=error)
    _stands()
    if error.reason == "damaged":
        _tell_damaged(language)
        return
    older = "older" if error.reason == "older" else "none"
    st.error(
        text(language, f"data.{older}_help", folder=html.escape(str(data.folder()))),
        title=text(language, f"data.{older}_title"),
        icon=":material/database_off:",
    )
