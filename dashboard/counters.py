"""What the dashboard counts of itself, in Prometheus' terms; nothing of a reader is in it.

`dashboard/service/metrics.py` serves it, with what it can say only when asked.
"""

from __future__ import annotations

import logging

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from etl import events

REGISTRY = CollectorRegistry()
# In seconds: a chart as data takes some hundredths, a picture a second, a first build ten.
_BOUNDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("banmian_requests", "Answers over HTTP", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "banmian_request_seconds",
    "How long an answer took, in seconds",
    ["route"],
    buckets=_BOUNDS,
    registry=REGISTRY,
)
LIMITED = Counter(
    "banmian_rate_limited", "Requests that were refused as too many", registry=REGISTRY
)
DRAWN = Counter(
    "banmian_charts_drawn", "Charts made, on a page or as a file", ["by"], registry=REGISTRY
)
SESSIONS = Gauge("banmian_sessions", "Readers' open connections", registry=REGISTRY)
ERRORS = Counter("banmian_errors", "Errors in the log", ["event"], registry=REGISTRY)


class ErrorCount(logging.Handler):
    """Counts errors of the log by the name of their event."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        ERRORS.labels(str(record.msg) if events.is_ours(record.name) else "other").inc()
