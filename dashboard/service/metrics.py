"""/metrics: what the dashboard counts, in the Prometheus text format, for whoever may know.

Without a setting that is a program on this machine which asks the server itself, past any proxy.
"""

from __future__ import annotations

import datetime
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import data
from dashboard.counters import REGISTRY
from dashboard.queries import Tables
from etl.tables import TABLES

# BANMIAN_METRICS: `off`, or a word that has to come as `Authorization: Bearer`.
METRICS = "BANMIAN_METRICS"
SHORTEST = 16
# Streamlit's own, which it would tell everybody.
STREAMLITS = "/_stcore/metrics"
_HERE = frozenset({"127.0.0.1", "::1"})
_NAMES = frozenset({"localhost", *_HERE})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def may_see(request: Request) -> bool:
    """Whether who asks may know: they have the word, or without one ask from this machine.

    A request that a proxy passed on, or that a page of another name made a browser send, is not
    from here.
    """
    word = os.environ.get(METRICS, "").strip()
    if word:
        given = request.headers.get("authorization", "").encode()
        return len(word) >= SHORTEST and hmac.compare_digest(given, f"Bearer {word}".encode())
    direct = not any(one in request.headers for one in _FORWARDED)
    return bool(
        direct
        and request.client
        and request.client.host in _HERE
        and request.url.hostname in _NAMES
    )


async def answer(request: Request) -> Response:
    """Everything counted, or 404: nobody else need know that there is something."""
    if not may_see(request):
        return PlainTextResponse("Not Found", 404)
    body = await run_in_threadpool(generate_latest, REGISTRY)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


class TablesNow(Collector):
    """What is shown, looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """Whether there are tables; which, since when, of how many rows."""
        try:
            shown = data.published()
        except data.NoTablesError:
            yield _gauge("banmian_ready", "Whether there are tables to show", 0)
            return
        yield _gauge("banmian_ready", "Whether there are tables to show", 1)
        yield from _of(shown)


def _of(shown: Tables) -> Iterator[Metric]:
    folder: Path = shown.folder
    there = [one for one in TABLES if one not in shown.gaps.tables]
    files = {table: pq.read_metadata(folder / f"{table}.parquet") for table in there}
    made = {
        name.decode().removeprefix("made_with_"): value.decode()
        for name, value in (files["documents"].metadata or {}).items()
        if name.startswith(b"made_with_")
    }
    yield InfoMetricFamily(
        "banmian_tables", "The tables that are shown", {"version": shown.version, **made}
    )
    built = folder.stat().st_mtime
    yield _gauge("banmian_tables_built_timestamp_seconds", "When they were last built", built)
    yield _gauge("banmian_tables_older", "Whether they are of an older version", bool(shown.gaps))
    counted = GaugeMetricFamily("banmian_tables_rows", "Rows of each table", labels=["table"])
    for table, one in files.items():
        counted.add_metric([table], one.num_rows)
    yield counted
    newest = _seconds(shown)
    if newest is not None:
        yield _gauge("banmian_newest_issue_timestamp_seconds", "Day of the newest issue", newest)


def _seconds(shown: Tables) -> float | None:
    """The day of the newest issue in seconds since 1970, UTC; None where no issue has a day."""
    ((latest,),) = shown.rows("SELECT max(issue_date) FROM articles")
    if latest is None:
        return None
    return datetime.datetime.fromisoformat(f"{latest}T00:00:00+00:00").timestamp()


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value)


REGISTRY.register(TablesNow())
ProcessCollector(registry=REGISTRY)
