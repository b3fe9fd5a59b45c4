"""The addresses that are no pages."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import data
from dashboard.service import answers, feed, files, first, metrics, openapi
from dashboard.service.answers import Endpoint, base
from dashboard.service.rate import Limiter

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
    """For a load balancer: 200 where there are tables to show, else 503."""
    try:
        tables = await run_in_threadpool(data.published)
    except data.NoTablesError:
        return JSONResponse({"ready": False}, 503)
    return JSONResponse({"ready": True, "data_version": tables.version})
