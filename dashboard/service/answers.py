"""How every address that is no page answers: limited, kept ready, and with its errors in words."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard import counters, data
from dashboard.kept import Kept
from dashboard.queries import Tables
from dashboard.service.asked import Asked, WrongRequestError
from dashboard.service.rate import Limiter, reader_of

# BANMIAN_URL: the dashboard's public address, for links in what is handed out.
URL = "BANMIAN_URL"
# So much is kept ready of what was made, in bytes; each piece has one version of the data.
READY = 64 * 1024 * 1024
# A browser asks again after so many seconds; with the ETag that costs nothing.
SECONDS = 60
# Drawing holds the processor: so many at a time, whoever asks.
_drawing = threading.Semaphore(2)
# Data of everybody; and a picture with scripts of its own must not run them in our name.
_OPEN = {"Access-Control-Allow-Origin": "*"}
_ALONE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the bytes, their MIME type, and the name of the file."""

    body: bytes
    mime: str
    name: str

    @property
    def tag(self) -> str:
        """The strong ETag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


Ready = Kept[Made | None]


def ready(most: int = READY) -> Ready:
    """Room for what was made last."""
    return Kept(most, lambda made: len(made.body) if made else 0)


# The address, what it asks for, the tables → what there is, None where there is no such thing.
Make = Callable[[str, Asked, Tables], Made | None]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: what it makes, how many requests that counts as, and what could be asked.

    What it makes is kept under the address's parameters and whatever `also` adds to them.
    """

    name: str
    make: Make
    limiter: Limiter
    ready: Ready
    cost: float = 1
    wanted: str = ""
    seconds: int = SECONDS
    also: Callable[[], str] = field(default=str)

    async def answer(self, request: Request) -> Response:
        """What was asked for, or in words why there is none."""
        if wait := self.limiter.take(reader_of(request), self.cost):
            counters.LIMITED.inc()
            return busy(wait)
        try:
            return await run_in_threadpool(self._answer, request)
        except WrongRequestError as error:
            return refused(400, str(error), parameter=error.parameter, wanted=error.wanted)
        except (data.NoTablesError, duckdb.Error) as error:
            _log.error("no_tables", exc_info=error)
            return refused(503, "there are no tables to read; ask again in a minute")
        except Exception as error:
            _log.error(
                "answer_failed", exc_info=error, extra={"fields": {"route": f"/{self.name}"}}
            )
            return refused(500, "this could not be made; the server's log says why")

    def _answer(self, request: Request) -> Response:
        asked = Asked.of(request.query_params.multi_items())
        tables, address = data.published(), base(request)
        key = (self.name, tables.version, address, asked.query(), self.also())
        made = self.ready.get(key, lambda: self._drawn(address, asked, tables))
        if made is None:
            return refused(404, "there is nothing of that name", wanted=self.wanted)
        headers = {"ETag": made.tag, "Cache-Control": f"public, max-age={self.seconds}", **_OPEN}
        if made.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        named = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(made.name)}"}
        return Response(made.body, media_type=made.mime, headers={**headers, **named, **_ALONE})

    def _drawn(self, address: str, asked: Asked, tables: Tables) -> Made | None:
        with _drawing:
            made = self.make(address, asked, tables)
        if made and self.name.startswith("chart."):
            counters.DRAWN.labels("file").inc()
        return made


def base(request: Request) -> str:
    """The dashboard's public address, without a slash at its end."""
    named = os.environ.get(URL, "").strip()
    return (named or str(request.base_url)).rstrip("/")


def busy(seconds: float) -> Response:
    """That somebody asks for too much, and when there is more."""
    wait = math.ceil(seconds)
    return refused(429, f"too many requests; ask again in {wait} s", {"Retry-After": str(wait)})


def refused(
    status: int, reason: str, headers: Mapping[str, str] | None = None, **more: str
) -> Response:
    """An error as JSON."""
    return JSONResponse({"error": reason, **more}, status, {**_OPEN, **(headers or {})})
