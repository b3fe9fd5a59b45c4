"""The addresses that are no pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import data, last_good
from dashboard.queries import Tables
from dashboard.service import answers, feed, files, first, metrics, openapi
from dashboard.service.answers import Endpoint, base
from dashboard.service.rate import Limiter
from etl import package, store

# A card shows no day and changes with the data only.
CARD_COST, CARD_SECONDS = 3, 3600


def routes() -> list[Route]:
    """Charts as files, feed, pictures of links, what describes these, readiness and metrics."""
    limiter, kept = Limiter(), answers.ready()
    feed_ = Endpoint("feed.atom", feed.made, limiter, kept)
    wanted = "of=figures"
    card = Endpoint("card.png", first.card, limiter, kept, CARD_COST, wanted, CARD_SECONDS)
    files_ = [files.endpoint(one, limiter, kept) for one in files.COSTS]
    return [
        *(Route(f"/{one.name}", one.answer) for one in (*files_, feed_, card)),
        Route("/openapi.json", _described),
        Route("/ready", _ready),
        Route("/metrics", metrics.answer),
    ]


async def _described(request: Request) -> Response:
    return JSONResponse(openapi.description(base(request)))


async def _ready(_: Request) -> Response:
    """For a load balancer: 200 where there are tables to show, else 503 and why."""
    try:
        tables = await run_in_threadpool(_checked)
    except data.NoTablesError as error:
        return JSONResponse({"ready": False, "reason": error.reason}, 503)
    return JSONResponse({"ready": True, "data_version": tables.version})


def _checked() -> Tables:
    """The tables that are shown, read whole once: those that are damaged make way for others.

    Raises NoTablesError where no sound ones are left.
    """
    shown = data.published()
    for _ in range(store.KEPT_VERSIONS):
        if not _damaged(shown.folder, _written(shown.folder)):
            break
        shown = data.published()
    return shown


def _written(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of each file of a version: whether anybody changed one."""
    try:
        paths = sorted((*folder.glob("*.parquet"), folder / package.FILE))
        found = [(one.name, one.stat()) for one in paths]
    except OSError:
        return ()
    return tuple((name, one.st_size, one.st_mtime_ns) for name, one in found)


@lru_cache(maxsize=4)
def _damaged(folder: Path, _: tuple[tuple[str, int, int], ...]) -> bool:
    """Whether the files are not as they were written; read again only where one was changed."""
    return last_good.distrust(folder)
