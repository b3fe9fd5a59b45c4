"""A small newspaper with hostile words, and what its edition's files hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard import page_view
from etl import tables
from etl.__main__ import main
from tests.dashboard.factory import Page

SHANXI, TAIYUAN, DATONG = "140000", "140100", "140200"
# Letters of a line of the page, and lines of a column.
LETTERS, LINES = 20, 14
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def newspaper() -> Page:
    """Two cities with one measure, a city without, an article with markup, one without a day."""
    page = Page()
    page.document("p1", "示例《<b>日报</b>》", "2023-12-29", 3)
    page.document("p2", None, None, None)
    first = page.article(
        "p1",
        f"太原的提案{HOSTILE}",
        f"12月5日，太原市收到提案320件，牌子上写着{HOSTILE}。",
        "大同市收到提案约210件。",
        adcode=TAIYUAN,
    )
    proposals = {"unit": "件", "kind": "count", "counted": "提案"}
    page.figure(first, "320件", 320, TAIYUAN, **proposals)
    page.figure(first, "约210件", 210, DATONG, approximate=True, **proposals)
    page.activity(
        first,
        f"写着{HOSTILE}",
        "meeting",
        TAIYUAN,
        date="2023-12-05",
        date_precision="day",
        organiser=HOSTILE,
    )
    page.word(first, "提案", 4)
    page.word(first, HOSTILE, 2)
    second = page.article("p2", "没有日期的简讯", "大同办了一期培训。", adcode=DATONG)
    page.activity(second, "培训", "training", DATONG)
    page.word(second, "培训", 1)
    span = page._span(first, "太原市")
    page.add("people", tables.Person(name=HOSTILE, role="member", adcode=TAIYUAN, **span))
    lay_out(page, "p1")
    return page


def lay_out(page: Page, document_id: str) -> None:
    """Give a document's lines a place on a page, in columns of lines of LETTERS letters."""
    text = next(one.text for one in page.rows["documents"] if one.document_id == document_id)
    spans = [
        (start, min(start + LETTERS, at + len(line)))
        for at, line in _lines(text)
        for start in range(at, at + len(line), LETTERS)
    ]
    for number, (start, end) in enumerate(spans):
        left, top = 20.0 + 220 * (number // LINES), 20.0 + 15 * (number % LINES)
        right = left + 10 * page_view.ems(text[start:end])
        page.add(
            "boxes", tables.Box(document_id, 1, start, end, left, top, right, top + 10, 480, 240)
        )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold something, each with where it begins."""
    at = 0
    for line in text.split("\n"):
        if line:
            yield at, line
        at += len(line) + 1


def small_edition(temporary: pytest.TempPathFactory) -> Path:
    """The newspaper's edition without an address of its own; made once for all tests of a run."""
    folder = temporary.getbasetemp() / "small-edition"
    if not folder.exists():
        newspaper().write(folder / "tables")
        arguments = ["--tables", str(folder / "tables"), "--out", str(folder / "site")]
        assert main(["publish", *arguments, "--workers", "1"]) == 0
    return folder / "site"


@dataclass
class Seen(HTMLParser):
    """What one page holds: tags with their attributes, ids, and text."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def links(self) -> list[str]:
        """Every address that the page names."""
        found = [given.get(name) for _, given in self.tags for name in ("href", "src", "data-png")]
        return [one for one in found if one is not None]


def seen(path: Path) -> Seen:
    """A page, parsed."""
    found = Seen()
    found.feed(path.read_text("utf-8"))
    found.close()
    return found


def target_of(site: Path, page: Path, link: str) -> tuple[Path, str]:
    """The file that a relative link of a page leads to on a plain file server, and its fragment."""
    address, _, fragment = link.partition("#")
    path = (page.parent / address.partition("?")[0]) if address else page
    resolved = path.resolve()
    assert resolved.is_relative_to(site.resolve()), f"{page}: {link} leaves the site"
    return (resolved / "index.html" if resolved.is_dir() else resolved), fragment
