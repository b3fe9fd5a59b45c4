"""What the server logs and counts of its answers, and who may see the counts."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request

from dashboard import counters
from dashboard.service import metrics, rate, watch
from dashboard.service.routes import routes
from etl import events
from tests.dashboard.test_service import Answer, called

WORD = "a-word-that-is-long-enough"


@pytest.fixture
def server(tables_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "0")
    monkeypatch.setenv(metrics.METRICS, WORD)
    return Starlette(routes=routes(), middleware=[Middleware(watch.Watch)])


def counted(server: Starlette) -> dict[tuple[str, ...], float]:
    """Every sample of /metrics: its name and labels → value."""
    found = called(server, "/metrics", "", {"authorization": f"Bearer {WORD}"})
    assert found.status == 200
    families = text_string_to_metric_families(found.body.decode())
    return {
        (one.name, *(f"{name}={value}" for name, value in sorted(one.labels.items()))): one.value
        for family in families
        for one in family.samples
    }


def asked(server: Starlette, path: str, query: str = "", **heads: str) -> Answer:
    return called(server, path, query, heads)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/chart.csv", "page=figures&chart=figures", 200),
        ("/chart.csv", "page=figures&chart=figures&province=99", 400),
        ("/chart.json", "page=figures&chart=none", 404),
        ("/openapi.json", "", 200),
    ],
)
def test_an_answer_is_counted_and_timed(
    server: Starlette, path: str, query: str, status: int
) -> None:
    before = counted(server)
    assert asked(server, path, query).status == status
    after = counted(server)
    one = ("banmian_requests_total", f"route={path}", f"status={status}")
    assert after[one] == before.get(one, 0) + 1
    timed = ("banmian_request_seconds_count", f"route={path}")
    assert after[timed] == before.get(timed, 0) + 1


def test_the_tables_are_told_of(server: Starlette, tables_folder: Path) -> None:
    found = counted(server)
    assert found[("banmian_ready",)] == 1
    built = (tables_folder / "current").stat().st_mtime
    assert found[("banmian_tables_built_timestamp_seconds",)] == pytest.approx(built)
    assert found[("banmian_tables_rows", "table=articles")] > 0
    assert found[("banmian_newest_issue_timestamp_seconds",)] > 1.5e9
    assert found[("process_resident_memory_bytes",)] > 1e7
    (info,) = [one for one in found if one[0] == "banmian_tables_info"]
    assert {one.split("=")[0] for one in info[1:]} == {
        "version",
        "code",
        "reference",
        "corrections",
    }


def test_without_tables_that_is_what_is_told(
    server: Starlette, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tmp_path))
    found = counted(server)
    assert found[("banmian_ready",)] == 0
    assert not [one for one in found if one[0].startswith("banmian_tables")]


def test_a_request_too_many_and_a_drawn_chart_are_counted(
    tables_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BANMIAN_TABLES", str(tables_folder))
    monkeypatch.setenv(rate.RATE, "1")
    server = Starlette(routes=routes(), middleware=[Middleware(watch.Watch)])
    limited, drawn = counters.LIMITED._value.get(), counters.DRAWN.labels("file")._value.get()
    query = "page=figures&chart=figures"
    assert [asked(server, "/chart.csv", query).status for _ in range(3)] == [200, 429, 429]
    assert counters.LIMITED._value.get() == limited + 2
    assert counters.DRAWN.labels("file")._value.get() == drawn + 1


def test_a_chart_on_a_page_is_counted(app: Any) -> None:
    before = counters.DRAWN.labels("page")._value.get()
    app("figures")
    assert counters.DRAWN.labels("page")._value.get() > before


def test_errors_are_counted_by_their_event() -> None:
    before = counters.ERRORS.labels("no_tables")._value.get()
    record = logging.LogRecord("dashboard.x", logging.ERROR, "", 1, "no_tables", None, None)
    counters.ErrorCount(logging.ERROR).handle(record)
    assert counters.ERRORS.labels("no_tables")._value.get() == before + 1


HERE: dict[str, Any] = {"client": "127.0.0.1", "host": "localhost:8501"}


@pytest.mark.parametrize(
    ("setting", "call", "may"),
    [
        ("", HERE, True),
        ("", HERE | {"client": "::1", "host": "[::1]:8501"}, True),
        ("", HERE | {"client": "192.0.2.7"}, False),
        ("", HERE | {"host": "banmian.example"}, False),
        ("", HERE | {"x-forwarded-for": "127.0.0.1"}, False),
        ("", HERE | {"x-real-ip": "127.0.0.1"}, False),
        ("", HERE | {"forwarded": "for=127.0.0.1"}, False),
        ("off", HERE, False),
        ("off", HERE | {"authorization": "Bearer off"}, False),
        ("short", HERE | {"authorization": "Bearer short"}, False),
        (WORD, HERE, False),
        (WORD, HERE | {"authorization": f"Bearer {WORD}"}, True),
        (WORD, {"client": "192.0.2.7", "authorization": f"Bearer {WORD}"}, True),
        (WORD, HERE | {"authorization": f"Bearer {WORD}x"}, False),
        (WORD, HERE | {"authorization": WORD}, False),
    ],
)
def test_who_may_see_the_counts(
    monkeypatch: pytest.MonkeyPatch, setting: str, call: dict[str, str], may: bool
) -> None:
    monkeypatch.setenv(metrics.METRICS, setting)
    heads = {"host": "x"} | {name: one for name, one in call.items() if name != "client"}
    scope = {
        "type": "http",
        "path": "/metrics",
        "query_string": b"",
        "scheme": "http",
        "client": (call["client"], 1),
        "headers": [(name.encode(), one.encode()) for name, one in heads.items()],
    }
    assert metrics.may_see(Request(scope)) is may


@pytest.mark.parametrize("path", ["/metrics", metrics.STREAMLITS])
def test_nobody_else_learns_that_there_are_counts(server: Starlette, path: str) -> None:
    found = asked(server, path)
    assert (found.status, found.body) == (404, b"Not Found")


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/figures", "/figures"),
        ("/base/figures", "/figures"),
        ("/chart.csv", "/chart.csv"),
        ("/chart", "/chart"),
        ("/_stcore/host-config", "/_stcore"),
        ("/static/js/index.js", "/static"),
        ("/app/static/fonts/a.woff2", "/static"),
        ("/figures/static", "other"),
        ("/张三", "other"),
    ],
)
def test_routes_are_a_few_names(path: str, route: str) -> None:
    assert watch.route_of(path) == route


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(secret=st.text(alphabet="张王李赵abcxyz", min_size=6, max_size=20))
def test_nothing_of_a_reader_is_logged(
    server: Starlette, caplog: pytest.LogCaptureFixture, secret: str
) -> None:
    caplog.set_level(logging.DEBUG, "dashboard")
    caplog.clear()
    query = f"page=figures&chart=figures&{quote(secret)}={quote(secret)}&province={quote(secret)}"
    heads = {"user-agent": quote(secret), "referer": quote(secret), "x-request-id": quote(secret)}
    found = called(server, f"/{quote(secret)}", query, heads)
    refused = called(server, "/chart.csv", query, heads)
    assert refused.status == 400
    lines = [events.JsonLines().format(one) for one in caplog.records]
    assert len(lines) == 2
    for one in (secret, quote(secret), "192.0.2.7"):
        assert one not in "".join(lines)
        assert one not in found.headers["x-request-id"]


def test_lines_of_a_request_have_its_number(
    server: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[dict[str, Any]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(events.JsonLines().format(record)))

    def fails(*_: object) -> None:
        raise RuntimeError("secret")

    handler, logger = Kept(), logging.getLogger("dashboard")
    logger.addHandler(handler)
    monkeypatch.setattr(logger, "level", logging.INFO)
    monkeypatch.setattr("dashboard.service.files.charts.find", fails)
    try:
        found = asked(server, "/chart.csv", "page=figures&chart=figures")
    finally:
        logger.removeHandler(handler)
    assert found.status == 500
    assert [one["event"] for one in lines] == ["answer_failed", "request"]
    assert {one["request"] for one in lines} == {found.headers["x-request-id"]}


@pytest.mark.parametrize(
    ("proxy", "given", "taken"),
    [("1", "0123-abcd", True), ("", "0123-abcd", False), ("1", "a b<script>", False)],
)
def test_a_proxys_number_is_taken_where_it_is_trusted(
    server: Starlette, monkeypatch: pytest.MonkeyPatch, proxy: str, given: str, taken: bool
) -> None:
    monkeypatch.setenv(rate.PROXY, proxy)
    found = called(server, "/openapi.json", "", {"x-request-id": given})
    assert (found.headers["x-request-id"] == given) is taken


def test_streamlits_loggers_hand_over_and_addresses_are_never_logged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, heard in (("streamlit.test_of_ours", True), ("uvicorn.access", False)):
        logger = logging.Logger(name)
        logger.addHandler(logging.StreamHandler())
        watch._hand_over(logger)
        assert (logger.handlers, logger.propagate) == ([], heard)
