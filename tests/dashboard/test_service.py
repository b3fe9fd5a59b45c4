"""The data interface: charts as files, the feed, who may ask for how much, and the headers."""

from __future__ import annotations

import asyncio
import base64
import csv
import hashlib
import io
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard import activity_charts, language, map_page
from dashboard.parts import Chart
from dashboard.queries import open_tables
from dashboard.service import charts, headers, openapi, rate
from dashboard.service.asked import LONGEST, MOST_VALUES, Asked, WrongRequestError, view_of
from dashboard.service.files import COSTS
from dashboard.service.routes import routes
from dashboard.spoken import script
from tests import newsroom

FIGURES = {"page": "figures", "chart": "figures", "province": newsroom.SHANXI}
# Views of every page that has charts; together they show each kind of chart.
VIEWS: list[tuple[str, dict[str, Any]]] = [
    ("overview", {}),
    ("overview", {"province": newsroom.HENAN, "lang": "en"}),
    *(("activities", {"view": one}) for one in activity_charts.VIEWS),
    ("activities", {"per": "quarter", "type": "visit"}),
    ("figures", {}),
    ("figures", {"province": newsroom.SHANXI}),
    *(("map", {"by": one}) for one in map_page.BY),
    ("map", {"province": newsroom.SHANXI}),
    ("map", {"form": "points", "by": "articles"}),
    ("compare", {}),
    ("compare", {"place": [newsroom.TAIYUAN, newsroom.ZHENGZHOU]}),
    ("words", {}),
    ("words", {"region": [newsroom.SHANXI, newsroom.HENAN], "boilerplate": "1"}),
    ("words", {"region": newsroom.SHANXI, "show": "apart", "keyness": "g2"}),
    ("words", {"show": "time", "every": "month"}),
    ("place", {"place": newsroom.TAIYUAN}),
    ("quality", {}),
    ("quality", {"on": "closed"}),
]


class Answer(NamedTuple):
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Ask = Callable[..., Answer]


@pytest.fixture
def ask(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Asks the app for a path: `ask("/chart.csv", page="figures")`."""
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "0")
    yield asker()


def asker() -> Ask:
    app = Starlette(routes=routes(), middleware=[Middleware(headers.SecurityHeaders)])

    def asked(path: str, known: str = "", **query: Any) -> Answer:
        return called(app, path, urlencode(query, doseq=True), {"if-none-match": known})

    return asked


def called(app: Starlette, path: str, query: str, heads: dict[str, str]) -> Answer:
    """What a call comes to, in a thread of its own: browser tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _called(app, path, query, heads)).result()


async def _called(app: Starlette, path: str, query: str, heads: dict[str, str]) -> Answer:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (b"host", b"banmian.example"),
            *((name.encode(), value.encode()) for name, value in heads.items()),
        ],
        "client": ("192.0.2.7", 1),
        "server": ("banmian.example", 80),
        "scheme": "http",
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        # The reader stays until everything is there.
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))


@pytest.mark.parametrize(("page", "query"), VIEWS, ids=str)
def test_a_chart_as_data_is_the_chart_on_its_page(
    app: Any,
    tables_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    query: dict[str, Any],
) -> None:
    # Fewer than the small newspaper has, so that a chart which shows all of them is told apart.
    monkeypatch.setattr(activity_charts, "BESIDE", 1)
    test = app(page, **query)
    shown = [one for one in test.session_state["parts"].parts if isinstance(one, Chart)]
    assert shown
    # What the link below the chart says.
    wanted = {**test.session_state["address_wanted"], "page": (page,)}
    for chart in shown:
        asked = Asked({**wanted, "chart": (chart.name,)})
        found = charts.find(view_of(asked, open_tables(tables_folder)), asked)
        assert found, chart.name
        assert (found.chart.title, found.chart.alt) == (chart.title, chart.alt)
        pd.testing.assert_frame_equal(found.chart.rows, chart.rows)
        assert found.chart.draw(False).to_dict() == chart.draw(False).to_dict()


def test_every_page_with_charts_hands_them_on() -> None:
    assert {page for page, _ in VIEWS} == set(charts.PAGES)


def test_a_chart_of_a_place_says_whose_it_is(ask: Ask) -> None:
    place = {"page": "place", "place": newsroom.TAIYUAN, "chart": "activities_type"}
    assert ask("/chart.json", **place).json["filters"] == "太原市"
    assert ask("/chart.json", **(place | {"place": "99"})).status == 400


HEADS = {
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
    "metadata.json": b"{",
    "xlsx": b"PK",
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
    "zip": b"PK",
}


@pytest.mark.parametrize("ending", COSTS)
def test_a_chart_comes_in_every_form(ask: Ask, ending: str) -> None:
    found = ask(f"/chart.{ending}", **FIGURES)
    assert found.status == 200
    assert found.body.startswith(HEADS[ending])
    assert found.headers["content-type"].split(";")[0] == openapi.MIME[ending]
    assert found.headers["content-disposition"].endswith(f".{ending}")
    assert ask(f"/chart.{ending}", known=found.headers["etag"], **FIGURES).status == 304


def test_what_nobody_reports_is_null_and_the_value_is_the_pages(ask: Ask) -> None:
    rows = {row["city"]: row["value"] for row in ask("/chart.json", **FIGURES).json["rows"]}
    assert rows["太原市"] == 320
    assert rows["运城市"] is None
    text = ask("/chart.csv", **FIGURES).body.decode("utf-8-sig")
    read = {row["城市"]: row["数值（基本单位）"] for row in csv.DictReader(io.StringIO(text))}
    assert (float(read["太原市"]), read["运城市"]) == (320, "")


def test_the_language_is_the_readers(ask: Ask) -> None:
    assert (
        ask("/chart.json", **FIGURES).json["title"]
        != (ask("/chart.json", **FIGURES, lang="en").json["title"])
    )


def test_links_lead_to_the_public_address(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("/chart.json", **FIGURES).json["link"].startswith("http://banmian.example/chart?")
    monkeypatch.setenv("BANMIAN_URL", "https://data.example/banmian/")
    found = ask("/chart.json", **FIGURES).json
    assert found["link"].startswith("https://data.example/banmian/chart?page=figures")
    assert found["files"]["csv"].startswith("https://data.example/banmian/chart.csv?")


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("province", "999999"),
        ("province", "140100"),
        ("city", "140000"),
        ("type", "<script>"),
        ("from", "2023-02-30"),
        ("lang", "fr"),
        ("measure", "' OR 1=1"),
        ("province", "1" * (LONGEST + 1)),
    ],
)
def test_a_value_that_means_nothing_is_refused_and_named(
    ask: Ask, parameter: str, value: str
) -> None:
    found = ask("/chart.json", **(FIGURES | {parameter: value}))
    assert found.status == 400
    assert found.json["parameter"] == parameter
    assert found.json["wanted"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"page": "figures"},
        {"page": "figures", "chart": "../etc/passwd"},
        {"page": "nope", "chart": "figures"},
        {"page": "add", "chart": "figures"},
        {"page": "words", "chart": "keyness_650000"},
        {"page": "activities", "chart": "activities_"},
    ],
)
def test_what_is_no_chart_is_not_found(ask: Ask, query: dict[str, str]) -> None:
    found = ask("/chart.csv", **query)
    assert found.status == 404
    assert "page=figures" in found.json["wanted"]


def test_words_over_time_need_words(ask: Ask) -> None:
    found = ask("/chart.json", page="words", chart="words_over_time")
    assert (found.status, found.json["parameter"]) == (400, "words")


def test_two_places_are_needed_to_compare(ask: Ask) -> None:
    found = ask("/chart.json", page="compare", chart="compare_types", place=newsroom.SHANXI)
    assert (found.status, found.json["parameter"]) == (400, "place")


def test_more_values_than_anybody_needs_are_refused() -> None:
    with pytest.raises(WrongRequestError, match=f"at most {MOST_VALUES}"):
        Asked.of([("province", "140000")] * (MOST_VALUES + 1))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["chart", "page", "per", "by"]), st.text()), max_size=5))
def test_no_request_at_all_makes_it_fail(tables_folder: Path, pairs: list[tuple[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANMIAN_TABLES", str(tables_folder))
        patch.setenv(rate.RATE, "0")
        found = asker()("/chart.metadata.json", **dict(pairs))
    assert found.status in (200, 400, 404)


def test_without_tables_it_says_to_wait(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask("/ready").json["ready"] is True
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    caplog.set_level(logging.CRITICAL)
    assert ask("/chart.csv", **FIGURES).status == 503
    assert ask("/feed.atom").status == 503
    assert (ask("/ready").status, ask("/ready").json) == (503, {"ready": False, "reason": "none"})


def test_a_fault_of_ours_is_told_without_its_trace(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(charts, "find", broken)
    found = ask("/chart.csv", **FIGURES)
    assert found.status == 500
    assert b"secret" not in found.body
    assert "secret" in caplog.text


def test_the_feed_has_the_activities_with_their_sentences(ask: Ask) -> None:
    found = ask("/feed.atom", province=newsroom.SHANXI)
    assert found.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(found.body)
    name = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{name}entry")
    assert entries
    ids = [one.findtext(f"{name}id") or "" for one in entries]
    assert len(set(ids)) == len(ids)
    assert all("/articles?article=" in one and "&activity=" in one for one in ids)
    dates = [one.findtext(f"{name}updated") or "" for one in entries]
    assert dates == sorted(dates, reverse=True)
    assert root.findtext(f"{name}updated") == dates[0]
    assert ask("/feed.atom", known=found.headers["etag"], province=newsroom.SHANXI).status == 304
    assert ask("/feed.atom", province="1").status == 400
    empty = ElementTree.fromstring(ask("/feed.atom", province="460000").body)
    assert not empty.findall(f"{name}entry")


def test_a_bucket_empties_and_fills_again() -> None:
    now = 0.0
    limiter = rate.Limiter(60, lambda: now)
    assert [limiter.take("a") for _ in range(60)] == [0] * 60
    assert limiter.take("a") == pytest.approx(1)
    assert limiter.take("b", 15) == 0
    now = 2.0
    assert [limiter.take("a"), limiter.take("a")] == [0, 0]
    assert limiter.take("a", 5) > 0
    # What costs more than there can be is not refused for ever.
    now = 1000.0
    assert limiter.take("a", 1000) == 0
    assert rate.Limiter(0).take("a", 1000) == 0


def test_readers_who_are_gone_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST_READERS", 3)
    limiter = rate.Limiter(60, lambda: 0.0)
    for number in range(10):
        limiter.take(str(number))
    assert list(limiter._buckets) == ["7", "8", "9"]


def test_who_asks_for_too_much_is_told_when_to_come_back(
    tables_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "2")
    asked = asker()
    answers = [asked("/chart.metadata.json", **FIGURES) for _ in range(3)]
    assert [one.status for one in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 30


def test_every_answer_says_what_a_browser_may_do(ask: Ask) -> None:
    for path in ("/ready", "/nowhere", "/openapi.json"):
        found = ask(path).headers
        assert found["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in found["content-security-policy"]
        assert "'unsafe-eval'" not in found["content-security-policy"]
    # A picture is opened by itself too, and then runs nothing at all.
    assert "sandbox" in ask("/chart.svg", **FIGURES).headers["content-security-policy"]


def test_the_policy_knows_the_scripts_that_pages_hold() -> None:
    allowed = headers.policy().split("script-src ")[1].split(";")[0]
    assert "'unsafe-inline'" not in allowed
    for one in language.LANGUAGES:
        digest = base64.b64encode(hashlib.sha256(script(one).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed


def test_only_a_chart_alone_may_be_framed_and_where_the_owner_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def frames(path: str) -> str:
        found = headers.SecurityHeaders(Starlette())._headers(path)
        return dict(found)[b"content-security-policy"].decode().split("frame-ancestors ")[1]

    assert (frames("/"), frames("/chart"), frames("/banmian/chart")) == ("'self'", "*", "*")
    monkeypatch.setenv(headers.FRAMES, "https://news.example")
    assert frames("/chart") == "https://news.example"


def test_the_description_names_every_address(ask: Ask) -> None:
    found = ask("/openapi.json").json
    # What is nobody's but the owner's is not described to everybody.
    paths = {one.path for one in routes()} - {"/openapi.json", "/metrics"}
    assert set(found["paths"]) == paths
    assert found["servers"] == [{"url": "http://banmian.example"}]
    parameters_ = found["paths"]["/chart.csv"]["get"]["parameters"]
    assert [one["name"] for one in parameters_ if one.get("required")] == ["page", "chart"]
    pages = parameters_[0]["schema"]["enum"]
    assert set(pages) == set(charts.PAGES)
