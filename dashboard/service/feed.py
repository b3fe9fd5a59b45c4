"""The newest activities as an Atom feed: /feed.atom?province=140000."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from dashboard import rows, theme
from dashboard.queries import Tables
from dashboard.service.answers import Made
from dashboard.service.asked import Asked, view_of
from dashboard.view import View

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
# Newspapers come out in the morning in Beijing.
MORNING = "T08:00:00+08:00"


def made(address: str, asked: Asked, tables: Tables) -> Made:
    """The feed of the filters in an address. Raises WrongRequestError."""
    body = feed(view_of(asked, tables), address, asked.query())
    return Made(body, "application/atom+xml", "feed.atom")


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
