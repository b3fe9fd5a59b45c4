"""More than 500 things that a stranger may send, and that none of them gets anywhere.

`tests/cases/hostile.yaml` lists them. Paths and headers go to the real server over a bare socket,
parameters to the data interface and the first paint, names to the intake, corrections to the
journal and the replay, texts through the extraction into tables that a real browser looks at.
"""

from __future__ import annotations

import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
import yaml
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard import rows
from dashboard.service import rate
from dashboard.service.first import FirstPaint
from dashboard.service.headers import SecurityHeaders
from dashboard.service.routes import routes
from etl import corrections, sources, tables
from etl.intake import Dropped, Limits, Refused
from etl.sources import Defaults
from tests.conftest import ROOT
from tests.dashboard.factory import Page
from tests.dashboard.test_service import called
from tests.fuzz.targets import corrected
from tests.fuzz.targets import page as read_page

CASES = yaml.safe_load((ROOT / "tests" / "cases" / "hostile.yaml").read_text("utf-8"))
# Of files that nobody may get, and of what a fault of ours would look like.
SECRETS = (b"root:x:0", b"requires-python", b"enableStaticServing", b"repositoryformatversion")
TRACE = (b"Traceback", b'File "/', b"site-packages")
EMPTY = "<html lang='en'><title>Streamlit</title><body><div id=\"root\"></div></body></html>"


def of(kind: str) -> list[Any]:
    """The tries of a kind."""
    return [one["try"] for one in CASES if one["kind"] == kind]


def test_there_are_five_hundred_of_them() -> None:
    assert len(CASES) >= 500
    assert len({json.dumps([one["kind"], one["try"]]) for one in CASES}) == len(CASES)


def sent(address: str, head: bytes) -> bytes:
    """What the server answers to these very bytes; nothing where it hangs up."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), 20) as line:
        line.settimeout(20)
        line.sendall(head)
        found = b""
        try:
            while data := line.recv(65536):
                found += data
        except (TimeoutError, ConnectionResetError):
            pass
    return found


def harmless(answer: bytes, tried: str) -> None:
    """No secret, no trace, no markup of the try's, and our own headers where it was answered."""
    assert not any(one in answer for one in (*SECRETS, *TRACE)), (tried, answer[:300])
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"set-cookie: a=b" not in head.lower(), tried
    if b"text/html" in head.lower():
        for mark in ("<script>alert", "onerror=alert", "onload=alert"):
            assert mark.encode() not in body, tried


@pytest.mark.browser
def test_no_path_and_no_header_gets_anywhere(server: str) -> None:
    host = urlsplit(server).netloc

    def path(tried: str) -> bytes:
        line = quote(tried, safe="/%:\\<>\"'=(){}$`|;&*?") or "/"
        head = (
            f"GET {line.replace(' ', '%20')} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        return sent(server, head.encode())

    def header(tried: list[str]) -> bytes:
        name, value = tried
        more = {"Host": host, "Connection": "close", name: value}
        head = "".join(f"{one}: {said}\r\n" for one, said in more.items())
        return sent(server, f"GET /figures HTTP/1.1\r\n{head}\r\n".encode())

    with ThreadPoolExecutor(8) as pool:
        paths, heads = of("path"), of("header")
        for tried, answer in zip(paths, pool.map(path, paths), strict=True):
            harmless(answer, tried)
            assert answer, tried
        silent = 0
        for tried, answer in zip(heads, pool.map(header, heads), strict=True):
            harmless(answer, str(tried)[:200])
            silent += not answer
    assert silent <= 10


@pytest.fixture
def site(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """Our own part of the server around an empty page."""
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "0")

    async def empty(_: Any) -> HTMLResponse:
        return HTMLResponse(EMPTY)

    own = [*routes(), Route("/{path:path}", empty)]
    return Starlette(routes=own, middleware=[Middleware(SecurityHeaders), Middleware(FirstPaint)])


def test_no_parameter_gets_anywhere(site: Starlette) -> None:
    for number, (name, value) in enumerate(of("query")):
        own = [(name, value.encode("utf-8", "surrogatepass"))]
        figures = [one for one in (("page", "figures"), ("chart", "figures")) if one[0] != name]
        # What a page shows first is asked for each time, the two others by turns.
        data = ("/chart.metadata.json", figures) if number % 2 else ("/feed.atom", [])
        for path, more in (data, ("/search", [])):
            answer = called(site, path, urlencode([*more, *own]), {})
            assert answer.status in (200, 400, 404), (path, name, value, answer.status)
            body = answer.body
            assert not any(one in body for one in (*SECRETS, *TRACE)), (path, name, value)
            if answer.headers["content-type"].startswith("text/html"):
                known = re.sub(rb"<style>.*?</style>", b"", body, flags=re.DOTALL)
                for mark in (b"<script", b"<img", b"<svg/", b"<iframe", b"onerror=alert(1)>"):
                    assert mark not in known, (path, name, value)


def test_no_name_leads_out_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "visit"
    folder.mkdir()
    dropped, taken = Dropped(folder, Limits(files=1000)), 0
    for number, name in enumerate(of("name")):
        try:
            given = dropped.take(name, f"太原市收到提案{number}件。".encode(), Defaults())
        except Refused as why:
            assert why.why in ("kind", "same"), name
            continue
        taken += 1
        assert re.fullmatch(r"\d{4}\.[\w.]+", given.file), name
        assert not set(given.name) & set("/\\\0\r\n<>\"'&|;`$"), name
        assert not given.name.startswith((".", "-", "=")), name
        path = dropped.path_of(given)
        assert path.resolve().parent == (folder / "files").resolve()
        read = list(sources.read(sources.Source(path, given.name, given.size), Defaults()))
        assert all(isinstance(one, tables.Document | tables.Reject) for one in read)
    assert taken > 30
    assert {one.name for one in tmp_path.iterdir()} == {"visit"}


def test_no_correction_breaks_the_journal_or_its_replay() -> None:
    refused = 0
    for line in of("correction"):
        data = line.encode("utf-8", "surrogatepass")
        try:
            corrections.parsed(data + b"\n", "hostile.jsonl")
        except corrections.CorrectionsError as error:
            said = str(error)
            refused += 1
            assert said.startswith("hostile.jsonl, line 1: "), line[:200]
            assert said.endswith("; mend it")
        # What is taken is replayed on a page, and every table can still be written.
        corrected(data)
    assert refused > 50


def test_no_text_breaks_the_extraction_or_comes_out_as_markup() -> None:
    for text in of("text"):
        read_page(f"太原市5月18日召开{text}座谈会，收到提案20件。\n{text}\n".encode())
        for made in (rows.escaped(text), rows.quote(text, text[:5])):
            inside = re.sub(r"</?(?:mark|blockquote|div|span|q|p|b)\b[^<>]*>", "", made)
            assert not set(inside) & set("<>"), text


@pytest.fixture(scope="module")
def hostile_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every text as headline, sentence, activity and what is counted, a few dozen an article."""
    made = Page()
    made.document("p1", "<script>window.ran=1</script>", "2023-12-29", 3)
    for text in of("text"):
        line = text.replace("\0", "").replace("\n", " ").replace("\r", " ")[:200]
        line = line.encode("utf-8", "replace").decode()
        said = f"太原市召开{line}座谈会，收到提案20件。"
        one = made.article("p1", line, said, adcode="140100")
        made.activity(one, said[3:-1], "meeting", "140100", date="2023-12-28", date_precision="day")
        made.figure(one, "20件", 20, "140100", unit="件", counted=line, kind="count")
        made.word(one, line[:40], 3)
    folder = tmp_path_factory.mktemp("hostile")
    made.write(folder)
    return folder


@pytest.mark.browser
def test_no_text_runs_in_a_browser(browser: Any, hostile_tables: Path) -> None:
    from tests.browser.test_app import DESK, Reader, window
    from tests.conftest import serve

    strange = "img[src=x], a[href^='javascript:'], [onerror], [onload], iframe, object, embed, base"
    ids = range(1, len(of("text")) + 1)
    articles = [f"/articles?article=p1-{one}" for one in list(ids)[::40]]
    with serve(hostile_tables) as address:
        context = window(browser, DESK)
        reader = Reader(context, address)
        reader.page.on("dialog", lambda one: pytest.fail(f"a script ran: {one.message}"))
        for path in ("/figures", "/words", "/search?q=太原市", *articles):
            reader.open(path)
            words = reader.page.locator("body").inner_text()
            assert "script>window.ran=1" in words, path
            assert "Traceback" not in words
            assert reader.page.evaluate("() => window.ran") is None, path
            main = reader.page.locator("[data-testid=stMain]")
            assert main.locator(strange).count() == 0, (path, main.locator(strange).all()[:3])
        own = urlsplit(address).netloc
        assert [one for one in reader.requests if urlsplit(one).netloc not in (own, "")] == []
        # The same eyes see a script that does run.
        reader.page.evaluate("() => { window.ran = 1 }")
        assert reader.page.evaluate("() => window.ran") == 1
        context.close()
