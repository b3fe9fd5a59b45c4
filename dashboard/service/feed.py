"""The newest activities as an Atom feed: /feed.atom?province=140000."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data, rows, theme
from dashboard.service.asked import Asked, WrongRequestError, view_of
from dashboard.service.files import SECONDS, base, busy, refused
from dashboard.service.rate import Limiter, reader_of
from dashboard.view import View

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
# Newspapers come out in the morning in Beijing.
MORNING = "T08:00:00+08:00"


class Feed:
    """The endpoint."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter

    async def answer(self, request: Request) -> Response:
        """The feed of the filters in the address, or in words why there is none."""
        if wait := self.limiter.take(reader_of(request)):
            return busy(wait)
        try:
            body = await run_in_threadpool(self._feed, request)
        except WrongRequestError as error:
            return refused(400, str(error), parameter=error.parameter, wanted=error.wanted)
        except (data.NoTablesError, duckdb.Error):
            return refused(503, "there are no tables to read; ask again in a minute")
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": f"public, max-age={SECONDS}"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/atom+xml", headers=headers)

    def _feed(self, request: Request) -> bytes:
        asked = Asked.of(request.query_params.multi_items())
        view = view_of(asked, data.published())
        query = urlencode([(name, one) for name in sorted(asked.values) for one in asked.all(name)])
        return feed(view, base(request), query)


def feed(view: View, address: str, query: str) -> bytes:
    """The newest activities of a view, the one reported last first, each with its sentence.

    Those of articles without an issue date are left out: nobody knows when they were news.
    """
    ElementTree.register_namespace("", ATOM)
    found = view.tables.reported(view.selection, ENTRIES)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": view.t("language.html")})
    title = view.t("feed.title", filters=view.summary())
    _add(root, "title", title)
    _add(root, "id", f"{address}/feed.atom?{query}")
    _link(root, "self", f"{address}/feed.atom?{query}")
    _link(root, "alternate", f"{address}/activities?{query}")
    newest = found["issue_date"].max() if len(found) else "1970-01-01"
    _add(root, "updated", f"{newest}{MORNING}")
    _add(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", view.t("app.name"))
    _add(root, "rights", view.source)
    for row in rows.records(found):
        _entry(root, view, address, row)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _entry(root: ElementTree.Element, view: View, address: str, row: Any) -> None:
    entry = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    asked = {"article": row.article_id, "activity": row.activity_id}
    if view.language != "zh":
        asked["lang"] = view.language
    link = f"{address}/articles?{urlencode(asked)}"
    place = rows.place_of(row)
    _add(entry, "title", f"{place}：{row.name}" if place else str(row.name))
    _add(entry, "id", link)
    _link(entry, "alternate", link)
    _add(entry, "updated", f"{datetime.date.fromisoformat(row.issue_date)}{MORNING}")
    when = theme.format_date(row.date, view.language) if row.date else view.t("date.none")
    said = " ".join(str(row.sentence).split())
    _add(entry, "summary", f"{when} · {view.value_name('type', row.type)} · {said}")
    ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": str(row.type)})


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _printable(text)


def _link(parent: ElementTree.Element, rel: str, href: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href})


def _printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(one for one in text if one in "\t\n" or " " <= one <= "\ud7ff" or one > "\ue000")
