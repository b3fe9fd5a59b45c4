"""How much one reader may ask for in a minute, so that none keeps the server from the others."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

# BANMIAN_RATE: how many requests a minute, 0 for no limit; a picture counts as several.
# BANMIAN_PROXY=1: a proxy of ours says in X-Forwarded-For who asks.
RATE, PROXY = "BANMIAN_RATE", "BANMIAN_PROXY"
USUAL = 60
# So many readers are remembered, in memory only; the longest unseen is forgotten first.
MOST_READERS = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limiter:
    """A bucket of requests for each reader, which fills again as time goes by."""

    def __init__(
        self, per_minute: int | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_minute = _configured() if per_minute is None else per_minute
        self._now = now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, reader: str, cost: float = 1) -> float:
        """Take a request out of a reader's bucket: 0, or the seconds until there is one."""
        if not self.per_minute:
            return 0
        with self._lock:
            now = self._now()
            bucket = self._buckets.pop(reader, None) or _Bucket(self.per_minute, now)
            filled = bucket.left + (now - bucket.at) * self.per_minute / 60
            bucket.left, bucket.at = min(filled, self.per_minute), now
            self._buckets[reader] = bucket
            while len(self._buckets) > MOST_READERS:
                self._buckets.popitem(last=False)
            cost = min(cost, self.per_minute)
            if bucket.left < cost:
                return (cost - bucket.left) * 60 / self.per_minute
            bucket.left -= cost
            return 0


def _configured() -> int:
    named = os.environ.get(RATE, "").strip()
    return int(named) if named.isdecimal() else USUAL


def reader_of(request: Request) -> str:
    """Who asks: the address that the connection, or our own proxy, says. It is never kept."""
    if os.environ.get(PROXY) == "1":
        said = request.headers.get("x-forwarded-for", "").split(",")[-1].strip()
        if said:
            return said
    return request.client.host if request.client else ""
