"""Saved web pages: an article of an e-paper or a news site, its surroundings taken off.

The document's text is the article's text as trafilatura takes it out of the page, a line for each
paragraph: the page's code is no text that a reader could be led back to. Nothing in the page is
run and nothing that it names is fetched.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from lxml import etree, html

from etl.sources.common import Defaults, Item, Rejected, Source, iso_date, read_bytes
from etl.sources.decoding import decode
from etl.sources.running_head import RunningHead, read_head
from etl.sources.text import whole_file

# Only what a page says of itself: looking for any day in its text would be a guess.
_DATES: dict[str, Any] = {"extensive_search": False, "original_date": True}
_SOURCES = ("source", "mediaid", "author_source")
_SAID = re.compile(r"(?:来源|稿源|出处)\s*[:：]\s*([^\s:：|丨/()（）<>]{2,20})")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.IGNORECASE)
_HEAD = 4096
# Elements that a page's running head stands in; looked at are so many of them, and no longer text.
_BLOCKS = ("div", "p", "span", "td", "li", "h1", "h2", "h3", "h4", "strong", "b", "a")
_ELEMENTS, _LONGEST = 3_000, 200


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document, the page's article; what the page says of itself comes before the defaults."""
    data = read_bytes(source)
    page, encoding = _decoded(data)
    tree = _tree(page)
    found: Any = trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    text = (found.text or "").strip() if found else ""
    if not text:
        raise Rejected(
            "no article was found in this page; save the article's own page, or its text as .txt"
        )
    row = whole_file(source, data, "html", text, encoding)
    head = _running_head(tree)
    row.publication = _source(tree) or head.publication or found.sitename or defaults.publication
    row.issue_date = _date(found.date) or head.issue_date or defaults.issue_date
    row.page, row.title = head.page or defaults.page, found.title or None
    yield row


def _decoded(data: bytes) -> tuple[str, str]:
    """The page as text: by the encoding that it declares where that fits, else by its bytes."""
    declared = _DECLARED.search(data[:_HEAD])
    if declared:
        name = declared[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _tree(page: str) -> html.HtmlElement | None:
    try:
        return html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None


def _source(tree: html.HtmlElement | None) -> str | None:
    """The newspaper: what the page's head names as its source, else what stands behind 来源."""
    if tree is None:
        return None
    for name in _SOURCES:
        for value in tree.xpath("//meta[@name=$name]/@content", name=name):
            said = str(value).strip()
            if said:
                return _SAID.sub(r"\1", said)
    said_in_text = _SAID.search(" ".join(tree.itertext()))
    return said_in_text[1] if said_in_text else None


def _running_head(tree: html.HtmlElement | None) -> RunningHead:
    """The head of an e-paper's page, where one element of it is nothing but that: a date with the
    newspaper's name or the page. A date alone may be any day; two days name other issues, too.
    """
    elements = tree.iter("title", *_BLOCKS) if tree is not None else ()
    heads = [read_head(_short_text(one)) for one in itertools.islice(elements, _ELEMENTS)]
    whole = [one for one in heads if one.issue_date and (one.publication or one.page)]
    if len({one.issue_date for one in whole}) != 1:
        return RunningHead()
    return max(whole, key=lambda one: (one.publication is not None) + (one.page is not None))


def _short_text(element: html.HtmlElement) -> str:
    """An element's text in one line; nothing where it is longer than any running head."""
    length, parts = 0, []
    for one in element.itertext():
        length += len(one)
        if length > _LONGEST:
            return ""
        parts.append(one)
    return " ".join(" ".join(parts).split())


def _date(value: str | None) -> str | None:
    try:
        return iso_date(value or "")
    except ValueError:
        return None
