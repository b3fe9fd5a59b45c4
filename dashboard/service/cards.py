"""The picture that other sites show beside a link: /card.png with the parameters of the link."""

from __future__ import annotations

from urllib.parse import urlencode

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data
from dashboard.service import first
from dashboard.service.asked import Asked, WrongRequestError
from dashboard.service.files import CARD_COST, Made, Ready, busy, refused
from dashboard.service.rate import Limiter, reader_of

SECONDS = 3600


class Cards:
    """The endpoint."""

    def __init__(self, limiter: Limiter, ready: Ready) -> None:
        self.limiter, self.ready = limiter, ready

    async def answer(self, request: Request) -> Response:
        """The picture, or in words why there is none."""
        if wait := self.limiter.take(reader_of(request), CARD_COST):
            return busy(wait)
        try:
            made = await run_in_threadpool(self._made, request)
        except WrongRequestError as error:
            return refused(400, str(error), parameter=error.parameter, wanted=error.wanted)
        except (data.NoTablesError, duckdb.Error):
            return refused(503, "there are no tables to read; ask again in a minute")
        if made is None:
            return refused(404, "there is no such page", wanted="of=figures")
        headers = {"ETag": made.tag, "Cache-Control": f"public, max-age={SECONDS}"}
        return Response(made.body, media_type=made.mime, headers=headers)

    def _made(self, request: Request) -> Made | None:
        asked, tables = Asked.of(request.query_params.multi_items()), data.published()
        query = urlencode([(name, one) for name in sorted(asked.values) for one in asked.all(name)])

        def make() -> Made | None:
            found = first.card(asked, tables)
            return Made(found, "image/png", "card.png") if found else None

        return self.ready.get((tables.version, "card", query), make)
