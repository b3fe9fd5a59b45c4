"""Links in HTML, followed within the app by a script (`dashboard.spoken`).

A link of Streamlit's is an element of its own that the browser builds again at every change; a
list of twenty rows was some sixty of them and half of what a change of filters cost.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import urlencode

from dashboard import editors, navigation
from dashboard.spoken import WITHIN
from dashboard.view import View, link_to

Query = Sequence[tuple[str, str]]


def anchor(page: str, query: Query, label: object, kind: str = "bm-to-place") -> str:
    """A link to another page, by its name; `label` is text of an article or of ours."""
    return anchor_html(page, query, html.escape(str(label)), kind)


def anchor_html(page: str, query: Query, label: str, kind: str, more: str = "") -> str:
    """A link to another page around `label`, which is HTML; `more` are attributes.

    It is relative, so that it holds behind a prefix.
    """
    address = navigation.path(page) or "./"
    address = html.escape(f"{address}?{urlencode(query)}" if query else address)
    return f"<a class='{WITHIN} {kind}' href='{address}' target='_self'{more}>{label}</a>"


def icon(name: str) -> str:
    """A sign of Streamlit's own font, `:material/home:`; screen readers pass over it."""
    letter = name.removeprefix(":material/").removesuffix(":")
    return f"<span class='bm-icon' aria-hidden='true' translate='no'>{letter}</span>"


def to_article(article_id: str, label: object, **marked: str) -> str:
    """A link to an article, one of its facts marked."""
    return anchor("articles", link_to(article=article_id, **marked), label)


def to_form(view: View, article_id: str, **marked: str) -> str:
    """For who may correct the link to the article's form; nothing for others."""
    return to_article(article_id, view.t("correct.mend"), **marked) if editors.allowed() else ""


def to_sentence(view: View, article_id: str, **marked: str) -> str:
    """The link of a row to its sentence on the page."""
    label = icon(":material/format_quote:") + html.escape(view.t("rows.sentence"))
    return anchor_html("articles", link_to(article=article_id, **marked), label, "bm-open")


def to_headline(article_id: str, headline: object) -> str:
    """The headline of an article as the link to it."""
    label = f"{icon(':material/article:')}<strong>{html.escape(str(headline))}</strong>"
    return anchor_html("articles", link_to(article=article_id), label, "bm-headline")


def place_query(adcode: str) -> list[tuple[str, str]]:
    """The address of a place's profile: it takes the place of the choice of places."""
    kept = [(name, one) for name, one in link_to() if name not in ("province", "city")]
    return [*kept, ("place", adcode)]


def to_place(adcode: str, name: object) -> str:
    """A place's name as a link to its profile."""
    return anchor("place", place_query(adcode), name)
