"""A chart as data: /chart.csv and the like, with the parameters of the chart's own address."""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import math
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import duckdb
import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dashboard import bundle, citation, data, downloads, share
from dashboard.citation import Cited
from dashboard.parts import Chart
from dashboard.queries import Tables
from dashboard.service import charts
from dashboard.service.asked import Asked, WrongRequestError, view_of
from dashboard.service.rate import Limiter, reader_of
from dashboard.view import View

# BANMIAN_URL: the dashboard's public address, for links in what is handed out.
URL = "BANMIAN_URL"
JSON, METADATA = "json", "metadata.json"
# Ending → how many requests it counts as: what is drawn takes a second.
CARD_COST = 3
COSTS = {"csv": 1, JSON: 1, METADATA: 1, "xlsx": 2, "png": 5, "svg": 5, "pdf": 5, "zip": 15}
# So much is kept ready of what was made, in bytes; each piece has one version of the data.
READY = 64 * 1024 * 1024
# A browser asks again after so many seconds; with the ETag that costs nothing.
SECONDS = 60
# Drawing holds the processor: so many at a time, whoever asks.
_drawing = threading.Semaphore(2)

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


class Ready:
    """What was made last, as much as there is room for; safe between threads."""

    def __init__(self, most: int = READY) -> None:
        self.most, self.size = most, 0
        self._made: OrderedDict[tuple[str, ...], Made] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], Made | None]) -> Made | None:
        """What is kept under `key`, else what `make` gives, which is then kept."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        with _drawing:
            found = make()
        if found and len(found.body) <= self.most:
            with self._lock:
                old = self._made.pop(key, None)
                self.size += len(found.body) - (len(old.body) if old else 0)
                self._made[key] = found
                while self.size > self.most:
                    _, gone = self._made.popitem(last=False)
                    self.size -= len(gone.body)
        return found


class ChartFiles:
    """The endpoint of one ending."""

    def __init__(self, ending: str, limiter: Limiter, ready: Ready) -> None:
        self.ending, self.limiter, self.ready = ending, limiter, ready

    async def answer(self, request: Request) -> Response:
        """The file, or in words why there is none."""
        if wait := self.limiter.take(reader_of(request), COSTS[self.ending]):
            return busy(wait)
        try:
            return await run_in_threadpool(self._answer, request)
        except WrongRequestError as error:
            return refused(400, str(error), parameter=error.parameter, wanted=error.wanted)
        except (data.NoTablesError, duckdb.Error) as error:
            _log.error("no tables", exc_info=error)
            return refused(503, "there are no tables to read; ask again in a minute")
        except Exception as error:
            _log.error("a chart's file failed", exc_info=error)
            return refused(500, "this chart could not be made; the server's log says why")

    def _answer(self, request: Request) -> Response:
        asked = Asked.of(request.query_params.multi_items())
        tables = data.published()
        day = datetime.date.today().isoformat()
        key = (tables.version, day, base(request), self.ending, urlencode(_ordered(asked)))
        made = self.ready.get(key, lambda: self._make(request, asked, tables, day))
        if made is None:
            return refused(404, "there is no such chart", wanted=_WANTED)
        return _file(made, request.headers.get("if-none-match", ""))

    def _make(self, request: Request, asked: Asked, tables: Tables, day: str) -> Made | None:
        view = view_of(asked, tables)
        chart = charts.find(view, asked)
        if chart is None:
            return None
        link = _address(request, asked)
        cited = Cited(chart.title, view.summary(), tables.version, link, day)
        about = bundle.About(view.language, view.summary(), view.source, cited)
        stem = downloads.file_name(chart.title, view.selection, view.language)
        if self.ending in (JSON, METADATA):
            found = metadata(chart, view, about, request, asked)
            if self.ending == JSON:
                found["rows"] = records(chart.rows)
            body = json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
            return Made(body, "application/json", f"{stem}.{self.ending}")
        _, mime, make = bundle.files(chart, lambda: about)[self.ending]
        return Made(make(), mime, f"{stem}.{self.ending}")


_WANTED = (
    "page and chart as in the address that 嵌入与引用 (embed and cite) below a chart gives: "
    "page=figures&chart=figures"
)


def metadata(
    chart: Chart, view: View, about: bundle.About, request: Request, asked: Asked
) -> dict[str, Any]:
    """What a chart is, of what, and from where: all but its rows."""
    query = urlencode(_ordered(asked))
    return {
        "title": chart.title,
        "description": chart.alt,
        "filters": about.filters,
        "source": about.source,
        "data_version": view.tables.version,
        "citation": citation.chinese(about.cited, view.language),
        "link": about.cited.link,
        "columns": [
            {
                "name": str(name),
                "title": bundle.named(chart.rows[[name]], view.language).columns[0],
                "description": bundle.meaning(str(name), view.language),
            }
            for name in chart.rows.columns
        ],
        "row_count": len(chart.rows),
        "files": {one: f"{base(request)}/chart.{one}?{query}" for one in COSTS},
        "not_reported": "null means that nothing was reported; it is never 0",
    }


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON: what is not known is null."""
    return [
        {str(name): _plain(value) for name, value in row.items()} for row in rows.to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A cell as JSON knows it."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if pd.isna(value) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, str | int | float | bool) else str(value)


def base(request: Request) -> str:
    """The dashboard's public address, without a slash at its end."""
    named = os.environ.get(URL, "").strip()
    return (named or str(request.base_url)).rstrip("/")


def _ordered(asked: Asked) -> list[tuple[str, str]]:
    return [(name, one) for name in sorted(asked.values) for one in asked.all(name)]


def _address(request: Request, asked: Asked) -> str:
    """The address of the chart alone, as it is shown to people."""
    return share.link(f"{base(request)}/chart", asked.values)


def _file(made: Made, known: str) -> Response:
    headers = {
        "ETag": made.tag,
        "Cache-Control": f"public, max-age={SECONDS}",
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(made.name)}",
    }
    if made.tag in known:
        return Response(status_code=304, headers=headers)
    # A picture with scripts of its own must not run them in our name.
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return Response(made.body, media_type=made.mime, headers=headers)


def busy(seconds: float) -> Response:
    """That somebody asks for too much, and when there is more."""
    wait = math.ceil(seconds)
    answer = refused(429, f"too many requests; ask again in {wait} s")
    answer.headers["Retry-After"] = str(wait)
    return answer


def refused(status: int, reason: str, **more: str) -> Response:
    """An error as JSON."""
    return JSONResponse({"error": reason, **more}, status, {"Access-Control-Allow-Origin": "*"})
