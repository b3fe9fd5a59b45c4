"""The addresses that are no pages."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.service import openapi
from dashboard.service.cards import Cards
from dashboard.service.feed import Feed
from dashboard.service.files import COSTS, ChartFiles, Ready, base
from dashboard.service.rate import Limiter


def routes() -> list[Route]:
    """Charts as files, the feed, the description of both, and whether the server is ready."""
    limiter, ready = Limiter(), Ready()
    files = [Route(f"/chart.{one}", ChartFiles(one, limiter, ready).answer) for one in COSTS]
    return [
        *files,
        Route("/feed.atom", Feed(limiter).answer),
        Route("/openapi.json", _described),
        Route("/ready", _ready),
        Route("/card.png", Cards(limiter, ready).answer),
    ]


async def _described(request: Request) -> Response:
    return JSONResponse(openapi.description(base(request)))


async def _ready(_: Request) -> Response:
    """For a load balancer: 200 where there are tables to show, else 503."""
    try:
        tables = await run_in_threadpool(data.published)
    except data.NoTablesError:
        return JSONResponse({"ready": False}, 503)
    return JSONResponse({"ready": True, "data_version": tables.version})
