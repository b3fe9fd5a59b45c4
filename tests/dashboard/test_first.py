"""What an address shows and says before its scripts run."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import streamlit
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard import data, spoken
from dashboard.service import first, headers, rate
from tests import newsroom
from tests.dashboard.test_service import Answer, asker, called

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"

Open = Callable[..., Answer]


@pytest.fixture
def open_page(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a path as a browser would: `open_page("/figures", province="140000")`."""
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))

    async def index(_: Request) -> Response:
        return FileResponse(INDEX)

    async def other(_: Request) -> Response:
        return JSONResponse({"a": 1})

    routes = [Route("/words", other), Route("/{rest:path}", index)]
    app = Starlette(routes=routes, middleware=[Middleware(first.FirstPaint)])

    def opened(path: str, encoding: str = "", **query: Any) -> Answer:
        heads = {"accept-encoding": encoding, "if-none-match": '"anything"'}
        return called(app, path, urlencode(query, doseq=True), heads)

    yield opened


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the texts in some of them."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.started: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.started.append(tag)
        known = dict(attrs)
        name = known.get("property") or known.get("name")
        if tag == "meta" and name:
            self.metas[name] = known.get("content") or ""


def title(page: bytes) -> str:
    found = re.search(r"<title>(.*?)</title>", page.decode())
    assert found
    return found[1]


def test_the_overview_shows_its_numbers_and_its_chart(open_page: Open) -> None:
    found = open_page("/")
    page = found.body.decode()
    assert found.status == 200
    assert int(found.headers["content-length"]) == len(found.body)
    assert "etag" not in found.headers
    shown = page[page.index(f"id='{spoken.FIRST}'") : page.index('<div id="root">')]
    assert "<strong>4</strong>" in shown
    assert shown.count("<svg") == 4
    assert '<html lang="zh-CN">' in page


@pytest.mark.parametrize("path", ["/activities", "/figures", "/map", "/banmian/figures"])
def test_pages_with_a_chart_show_it(open_page: Open, path: str) -> None:
    assert open_page(path).body.count(b"<svg") >= 2


@pytest.mark.parametrize("path", ["/articles", "/search", "/quality", "/add"])
def test_other_pages_show_nothing_early_but_have_a_title(open_page: Open, path: str) -> None:
    page = open_page(path).body
    assert spoken.FIRST.encode() not in page
    assert title(page) != "Streamlit"


def test_title_and_preview_are_those_of_the_view(open_page: Open) -> None:
    page = open_page("/figures", province=newsroom.SHANXI).body
    metas = Tags(page).metas
    assert metas["og:title"] == "各地数字 · 山西省"
    assert title(page).startswith(metas["og:title"])
    assert "太原市" in metas["og:description"]
    assert metas["og:url"] == "http://banmian.example/figures?province=140000"
    assert metas["og:image"].startswith("http://banmian.example/card.png?of=figures&province=")
    english = Tags(open_page("/figures", province=newsroom.SHANXI, lang="en").body).metas
    assert english["og:title"] != metas["og:title"]


def test_an_article_and_a_place_are_called_by_their_names(open_page: Open) -> None:
    with_markup = open_page("/articles", article="p1-1").body
    tables = data.published()
    headline = tables.headline("p1-1")
    assert headline
    assert Tags(with_markup).metas["og:title"] == headline
    assert Tags(open_page("/place", place=newsroom.TAIYUAN).body).metas["og:title"] == "太原市"


def test_what_strangers_write_stays_text(open_page: Open) -> None:
    usual = Tags(open_page("/search").body).started
    evil = open_page("/search", q="</title><script>alert(1)</script>\"'><img src=x>").body
    assert Tags(evil).started == usual
    assert b"<script>alert" not in evil


@pytest.mark.parametrize("query", [{"province": "99"}, {"from": "never"}, {"q": "x" * 5000}])
def test_an_address_that_means_nothing_still_opens(open_page: Open, query: dict[str, str]) -> None:
    found = open_page("/figures", **query)
    assert found.status == 200
    assert spoken.FIRST.encode() not in found.body
    assert b'<div id="root">' in found.body


def test_without_tables_it_still_opens(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    assert open_page("/").status == 200


def test_a_fault_of_ours_leaves_the_page_as_it_is(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(first, "first_of", broken)
    found = open_page("/figures")
    assert found.status == 200
    assert b"secret" not in found.body
    assert "secret" in caplog.text


def test_a_browser_that_can_unpack_gets_it_packed(open_page: Open) -> None:
    packed = open_page("/figures", encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == open_page("/figures").body
    assert len(packed.body) < 20_000


def test_what_is_no_page_goes_through_untouched(open_page: Open) -> None:
    assert open_page("/static/js/index.js").body == INDEX.read_bytes()
    assert open_page("/words").body == b'{"a":1}'


def test_the_card_is_a_picture_of_the_view(
    tables_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "0")
    ask = asker()
    found = ask("/card.png", of="figures", province=newsroom.SHANXI)
    assert Image.open(io.BytesIO(found.body)).size == (1200, 630)
    assert found.body != ask("/card.png", of="figures").body
    assert ask("/card.png", of="nope").status == 404
    assert ask("/card.png", of="figures", province="1").status == 400


def test_the_policy_knows_the_script_that_takes_it_away() -> None:
    assert headers._hash(spoken.STANDS.encode()) in headers.policy()
