"""What a whole view is handed on by: its tab's title, its link, its report, its tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import bundle, chart_block, citation, downloads, parts, report, rows, share, takeout
from dashboard.selection import Selection
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


@st.fragment
def at_foot(view: View) -> None:
    """The link of this view, the files of this page, and where its numbers come from.

    Call it when the page has said all its parameters. Opening one draws these again, not the page.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        _share_box(view)
        _download_box(view)
        st.caption(rows.markdown(view.source))


def _share_box(view: View) -> None:
    """A button that opens the link of this view and how to cite it."""
    opened = chart_block.popover(view.t("share.label"), ":material/link:", "share", "secondary")
    if not opened.open:
        return
    with opened:
        share.caution(view)
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


def _download_box(view: View) -> None:
    """A button that opens what the whole page is taken away as; each is made when asked for."""
    label = view.t("report.download")
    opened = chart_block.popover(label, ":material/download:", "download_page", "secondary")
    if not opened.open:
        return
    page = parts.page()
    title = view.t(f"{page.name}.title")
    stem = downloads.file_name(title, view.selection, view.language)
    about = chart_block.about(view, title)
    everything = Selection()
    with opened:
        chart_block.button(
            view.t("report.html"),
            lambda: report.html(_report(view, page, about())),
            f"{stem}.html",
            "text/html",
            "report_html",
        )
        st.caption(view.t("report.html_help"))
        for key, chosen, name in (
            ("selected", view.selection, stem),
            ("all", everything, downloads.file_name(view.t("app.name"), everything, view.language)),
        ):
            chart_block.button(
                view.t(f"report.tables_{key}"),
                partial(_tables, view, chosen, about),
                f"{name}_{view.t('report.tables')}.zip",
                "application/zip",
                f"tables_{key}",
            )
        st.caption(view.t("report.tables_help"))


def _report(view: View, page: parts.Page, about: bundle.About) -> report.Report:
    found = view.tables.overview(view.selection)
    names = ("articles", "activities", "figures", "provinces", "cities")
    return report.Report(
        language=view.language,
        title=view.t(f"{page.name}.title"),
        lead=view.t(f"{page.name}.lead"),
        summary=view.summary(),
        source=view.source,
        citation=citation.chinese(about.cited, view.language),
        link=about.cited.link,
        counts=[(view.t(f"overview.{one}"), int(getattr(found, one))) for one in names],
        parts=page.parts,
        readable=lambda rows: bundle.named(chart_block.readable(view, rows), view.language),
    )


def _tables(view: View, chosen: Selection, made: Callable[[], bundle.About]) -> bytes:
    about = made()
    everything = chosen.is_everything
    filters = view.t("filters.everything") if everything else about.filters
    readme = view.t(
        "report.readme",
        filters=filters,
        source=about.source,
        link=about.cited.link,
        day=about.cited.day,
        citation=citation.chinese(about.cited, view.language),
    )
    return takeout.zipped(view.tables, chosen, readme)
