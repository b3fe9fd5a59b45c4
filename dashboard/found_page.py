"""What was found in a visitor's files, what is missing, and what becomes of it."""

from __future__ import annotations

import html
import logging
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import lists, reader, reasons, rows, uploads, visit, visits
from dashboard.queries import Tables
from dashboard.view import View, link_to
from etl.intake import Dropped, parts
from etl.intake.keep import keep
from etl.sources import Defaults

COUNTED = ("documents", "articles", "figures", "activities", "places")
DOCUMENTS_OF_PAGE = 10
HEADLINES = 12
SHOWN_REJECTS = 100
ASKED_DATES = 20
_KEPT = "add_kept"

_log = logging.getLogger(__name__)


def draw(view: View, own: Path, found: Tables) -> None:
    """Counts, missing dates, documents with their headlines, rejects; and the choice to keep."""
    totals = found.found_totals()
    st.subheader(view.t("found.title"), anchor=False)
    numbers = "".join(
        f"<li><b>{totals[one]:,}</b> {html.escape(view.t(f'found.{one}'))}</li>" for one in COUNTED
    )
    st.html(f"<ul class='bm-counts'>{numbers}</ul>")
    if totals["documents"]:
        _choices(view, own, found)
    if totals["undated"]:
        _dates(view, own, found, totals["undated"])
    if totals["documents"]:
        _documents(view, found, totals["documents"])
    if totals["rejects"]:
        _rejects(view, found, totals["rejects"])
    if st.button(view.t("found.forget"), icon=":material/delete:", key="found_forget"):
        visit.forget()
        st.rerun()


def _choices(view: View, own: Path, found: Tables) -> None:
    """Look at it for this visit; keep it in the collection where the owner has one."""
    with st.container(horizontal=True, gap="small", key="found_choices"):
        if st.button(
            view.t("found.show"), type="primary", icon=":material/visibility:", key="found_show"
        ):
            visits.show(own, True)
            # The filters were chosen for other content.
            kept = [(name, one) for name, one in link_to() if name == "lang"]
            st.switch_page("pages/overview.py", query_params=kept)
        collection = uploads.collection()
        if collection and st.button(
            view.t("found.keep"), icon=":material/inventory_2:", key="found_keep"
        ):
            _keep(view, own, found, collection)
    st.caption(view.t("found.show_help", hours=visits.HOURS))
    if kept := st.session_state.pop(_KEPT, None):
        st.success(kept, icon=":material/check:")


def _keep(view: View, own: Path, found: Tables, collection: Path) -> None:
    """Put the files that gave a document into the collection."""
    dropped = Dropped(own, uploads.LIMITS)
    gave = {source_of(uri) for uri in found.found_uris()}
    read = [one for one in dropped.given if one.name in gave]
    try:
        for given in read:
            keep(given, dropped.path_of(given), collection)
    except OSError as error:
        _log.error("collection_not_written", exc_info=error)
        st.error(view.t("found.keep_failed"), icon=":material/error:")
        return
    kept = view.t("found.kept", count=len(read), folder=rows.markdown(collection))
    st.session_state[_KEPT] = kept
    st.rerun()


def source_of(uri: str) -> str:
    """The file that a document was read in: issue.pdf of issue.pdf#page=2, a.zip of a.zip/b.txt."""
    return uri.split("/", 1)[0].split("#page=", 1)[0]


def _dates(view: View, own: Path, found: Tables, count: int) -> None:
    """Ask for the issue dates that no file says, and say what stays open without them."""
    undated = found.undated()
    open_dates = int(undated["open_dates"].sum())
    st.warning(
        view.t("found.undated_help", count=count, dates=open_dates),
        title=view.t("found.undated"),
        icon=":material/event_busy:",
    )
    names = list(dict.fromkeys(source_of(uri) for uri in undated["uri"]))
    dropped = Dropped(own, uploads.LIMITS)
    asked = [one for one in dropped.given if one.name in names][:ASKED_DATES]
    with st.form("found_dates"):
        days = [
            st.date_input(
                view.t("found.date_of", name=rows.markdown(one.name)),
                value=None,
                min_value=uploads.OLDEST_DAY,
                format="YYYY-MM-DD",
                key=f"found_day_{one.number}",
            )
            for one in asked
        ]
        again = st.form_submit_button(view.t("found.again"), icon=":material/refresh:")
    said = [(one, day) for one, day in zip(asked, days, strict=True) if day]
    if again and said:
        for one, day in said:
            dropped.say(one.number, Defaults(day.isoformat(), one.publication, one.page))
            parts.forget(own, f"{one.number:04}")
        visit.read(own)
        st.rerun()


def _documents(view: View, found: Tables, total: int) -> None:
    """Each document with what is known of it, its counts and its headlines."""
    st.subheader(view.t("found.by_document"), anchor=False)

    def ask(limit: int, offset: int) -> pd.DataFrame:
        documents = found.found(limit, offset)
        articles = found.found_articles(list(documents["document_id"]))
        titles = {
            document: [_headline(view, one) for one in rows.records(some)]
            for document, some in articles.groupby("document_id")
        }
        own = [titles.get(one, []) for one in documents["document_id"]]
        return documents.assign(titles=pd.Series(own, dtype=object))

    lists.paged(view, "found", total, ask, _document, DOCUMENTS_OF_PAGE)


def _headline(view: View, row: Any) -> str:
    if rows.is_known(row.headline):
        return str(row.headline)
    return view.t("articles.untitled", opening=" ".join(str(row.opening or "").split()))


def _document(view: View, row: Any) -> lists.Row:
    """One document: its name, what is known of it, counts, headlines."""
    known = [
        row.publication if rows.is_known(row.publication) else view.t("about.unnamed"),
        row.issue_date if rows.is_known(row.issue_date) else view.t("date.no_issue"),
        view.t("reader.page", page=int(row.page)) if rows.is_known(row.page) else None,
    ]
    counts = [f"{view.t(f'found.{one}')} {getattr(row, one):,}" for one in COUNTED[1:]]
    titles = "".join(f"<li>{html.escape(one)}</li>" for one in row.titles[:HEADLINES])
    more = len(row.titles) - HEADLINES
    titles += f"<li>{html.escape(view.t('found.more', count=more))}</li>" if more > 0 else ""
    name = row.uri if not rows.is_known(row.record_id) else f"{row.uri} · {row.record_id}"
    return lists.Row(
        f"<div class='bm-found'><b>{html.escape(str(name))}</b>{rows.details([*known, *counts])}"
        f"<ul>{titles}</ul></div>"
    )


def _rejects(view: View, found: Tables, total: int) -> None:
    """What was not taken, where, and what to do about it."""
    st.subheader(view.t("found.rejects_title", count=total), anchor=False)
    rejects = found.rejects(SHOWN_REJECTS)
    shown = pd.DataFrame(
        {
            "file": rejects["uri"],
            "where": [_place(view, one) for one in rows.records(rejects)],
            "reason": [reasons.said(view.language, str(one)) for one in rejects["reason"]],
        }
    )
    st.html(reader.table_html(shown, [view.t(f"found.{one}") for one in shown]))
    if total > SHOWN_REJECTS:
        st.caption(view.t("found.more", count=total - SHOWN_REJECTS))


def _place(view: View, row: Any) -> str:
    line = view.t("found.line", line=int(row.line)) if rows.is_known(row.line) else ""
    record = str(row.record_id) if rows.is_known(row.record_id) else ""
    return " · ".join(one for one in (line, record) if one)
