"""What a whole view is handed on by: its tab's title, its link, its citation."""

from __future__ import annotations

import streamlit as st

from dashboard import chart_block, citation, parts, share
from dashboard.view import View

# A browser shows about so many characters of a title.
LONGEST_TAB = 60


def name_tab(view: View, title: str) -> None:
    """Name the browser's tab after what is seen: page, then filters, then the house.

    A page that shows one thing (an article, a place) names it after that.
    """
    named = [title] if view.selection.is_everything else [title, view.summary()]
    tab = " · ".join([*named, view.t("app.name")])
    st.set_page_config(page_title=tab if len(tab) <= LONGEST_TAB else tab[: LONGEST_TAB - 1] + "…")


def share_box(view: View) -> None:
    """A button that opens the link of this view and how to cite it; call it when the page has
    said all its parameters."""
    with st.popover(view.t("share.label"), icon=":material/link:", key="share"):
        st.caption(view.t("share.help"))
        title = view.t(f"{parts.page().name}.title")
        cited = chart_block.about(view, title)().cited
        st.code(share.of_view(view), language=None, wrap_lines=True)
        share.code(
            [
                (view.t("cite.chinese"), citation.chinese(cited, view.language)),
                (view.t("cite.bibtex"), citation.bibtex(cited, view.language)),
            ]
        )
        st.caption(view.t("share.version", version=view.tables.version))
