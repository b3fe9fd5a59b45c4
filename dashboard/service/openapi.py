"""The description of the data interface, after OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from dashboard.bundle import XLSX
from dashboard.service.files import COSTS, JSON, METADATA
from dashboard.service.parameters import (
    ADDRESS,
    FILTERS,
    OF,
    OF_CARD,
    OF_CHARTS,
    Parameter,
    described,
)

MIME = {
    "csv": "text/csv",
    JSON: "application/json",
    METADATA: "application/json",
    "xlsx": XLSX,
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def description(address: str) -> dict[str, Any]:
    """The whole interface of the dashboard at `address`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Banmian",
            "version": "1",
            "description": "Every chart of the dashboard as data. Nothing reported is null, not 0.",
        },
        "servers": [{"url": address}],
        "paths": {
            **{f"/chart.{ending}": _chart(ending) for ending in COSTS},
            "/feed.atom": _get("Activities reported last", "application/atom+xml", FILTERS),
            "/card.png": _get(
                "The picture that other sites show of a link",
                "image/png",
                (*OF_CARD, *FILTERS),
                (OF,),
            ),
            "/ready": _get("Whether there are tables to show", "application/json"),
        },
    }


def _chart(ending: str) -> dict[str, Any]:
    every = (*ADDRESS, *FILTERS, *OF_CHARTS)
    return _get(f"A chart as {ending}", MIME[ending], every, ADDRESS)


def _get(
    summary: str,
    mime: str,
    parameters: tuple[Parameter, ...] = (),
    required: tuple[Parameter, ...] = (),
) -> dict[str, Any]:
    answers = {
        "200": {"description": "Found", "content": {mime: {}}},
        "304": {"description": "As it was (If-None-Match)"},
        "400": {"description": "A parameter means nothing; which, and what it may be"},
        "404": {"description": "There is no such chart"},
        "429": {"description": "Too many requests; Retry-After says when there is more"},
        "503": {"description": "There are no tables yet"},
    }
    return {
        "get": {
            "summary": summary,
            "parameters": [described(one, one in required) for one in parameters],
            "responses": answers,
        }
    }
