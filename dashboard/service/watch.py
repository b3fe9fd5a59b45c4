"""Every answer gets a number, is counted, timed and logged; and who may not know is kept out.

The route that is logged and counted is one of a few names, never the path or the query that came.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import logger as streamlits

from dashboard import counters
from dashboard.service import metrics
from dashboard.service.files import COSTS
from dashboard.service.first import PATHS
from dashboard.service.rate import PROXY
from etl import events

ID = "x-request-id"
_FILES = frozenset(
    {
        *(f"chart.{one}" for one in COSTS),
        "feed.atom",
        "card.png",
        "openapi.json",
        "ready",
        "metrics",
    }
)
# What a machine asks every few seconds is logged at level `debug` only.
_OFTEN = frozenset({"/ready", "/metrics", "/_stcore", "/static"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_log = logging.getLogger(__name__)


class Watch:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Watch an answer over HTTP, count a reader's connection, pass on anything else."""
        if scope["type"] == "websocket":
            with counters.SESSIONS.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._watched(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        number = _number(request)
        sent = {"status": 500, "bytes": 0}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                message["headers"] = [*message["headers"], (ID.encode(), number.encode())]
            sent["bytes"] += len(message.get("body", b""))
            await send(message)

        closed = scope["path"].endswith(metrics.STREAMLITS) and not metrics.may_see(request)
        app = PlainTextResponse("Not Found", 404) if closed else self.app
        with _timed(scope, number, sent):
            await app(scope, receive, noting)


@contextmanager
def _timed(scope: Scope, number: str, sent: dict[str, int]) -> Iterator[None]:
    """Count and log an answer when it is sent, or has failed."""
    route, began = route_of(scope["path"]), time.perf_counter()
    token = events.request_id.set(number)
    try:
        yield
    finally:
        seconds = time.perf_counter() - began
        counters.REQUESTS.labels(route, str(sent["status"])).inc()
        counters.SECONDS.labels(route).observe(seconds)
        events.tell(
            _log,
            "request",
            logging.DEBUG if route in _OFTEN and sent["status"] < 400 else logging.INFO,
            route=route,
            method=scope["method"] if scope["method"] in _METHODS else "other",
            status=sent["status"],
            seconds=round(seconds, 4),
            bytes=sent["bytes"],
        )
        events.request_id.reset(token)


def route_of(path: str) -> str:
    """The name of the address that a path leads to; `other` for what we know nothing of."""
    parts = [one for one in path.split("/") if one]
    last = parts[-1] if parts else ""
    if "_stcore" in parts:
        return "/_stcore"
    if {"static", "component"} & set(parts[:-1]):
        return "/static"
    return f"/{last}" if last in _FILES or last in PATHS else "other"


def _number(request: Request) -> str:
    """A number of our own, or that of the proxy where we trust it."""
    given = request.headers.get(ID, "")
    if os.environ.get(PROXY) == "1" and _GIVEN.fullmatch(given):
        return given
    return secrets.token_hex(8)


def begin() -> None:
    """Let the server log as the settings say, and what Streamlit logs, too; count errors."""
    events.begin("json")
    counting = counters.ErrorCount(logging.ERROR)
    logging.root.addHandler(counting)
    # Streamlit gives each of its loggers a handler of its own, with whole messages and traces.
    streamlits.setup_formatter = _hand_over
    for one in (*streamlits._loggers.values(),):
        _hand_over(one)


def _hand_over(logger: logging.Logger) -> None:
    logger.handlers.clear()
    # Uvicorn would log addresses and queries as soon as anything listened.
    logger.propagate = logger.name != "uvicorn.access"
