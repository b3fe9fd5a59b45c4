"""The description of the data interface, after OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from dashboard import language
from dashboard.bundle import XLSX
from dashboard.queries.periods import BUCKETS
from dashboard.service.charts import PAGES
from dashboard.service.files import COSTS, JSON, METADATA
from etl.tables import ACTIVITY_TYPES

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
_CODE = {"type": "string", "pattern": "^[0-9]{6}$"}
_DAY = {"type": "string", "format": "date"}
_SELECTED: dict[str, tuple[str, dict[str, Any], bool]] = {
    "province": ("Codes of provinces; all without it", _CODE, True),
    "city": ("Codes of cities; all without it", _CODE, True),
    "type": ("Types of activity", {"type": "string", "enum": sorted(ACTIVITY_TYPES)}, True),
    "from": ("First day", _DAY, False),
    "to": ("Last day", _DAY, False),
    "lang": ("Language", {"type": "string", "enum": list(language.LANGUAGES)}, False),
}
_OF_CHART: dict[str, tuple[str, dict[str, Any], bool]] = {
    "measure": ("On figures and map: which measure", {"type": "string"}, False),
    "per": ("In small multiples: the period", {"type": "string", "enum": list(BUCKETS)}, False),
    "place": ("In comparisons: the places", _CODE, True),
    "region": ("Of words: the regions", _CODE, True),
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
            "/feed.atom": _get("Activities reported last", "application/atom+xml", _SELECTED),
            "/card.png": _get(
                "The picture that other sites show of a link", "image/png", _SELECTED
            ),
            "/ready": _get("Whether there are tables to show", "application/json", {}),
        },
    }


def _chart(ending: str) -> dict[str, Any]:
    page = {"type": "string", "enum": sorted(PAGES)}
    own: dict[str, tuple[str, dict[str, Any], bool]] = {
        "page": ("The page that the chart is on", page, False),
        "chart": ("The chart's name, as in its own address", {"type": "string"}, False),
    }
    found = _get(f"A chart as {ending}", MIME[ending], own | _SELECTED | _OF_CHART)
    for one in found["get"]["parameters"][:2]:
        one["required"] = True
    return found


def _get(
    summary: str, mime: str, parameters: dict[str, tuple[str, dict[str, Any], bool]]
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
            "parameters": [
                {
                    "name": name,
                    "in": "query",
                    "description": said,
                    "schema": {"type": "array", "items": schema} if several else schema,
                }
                for name, (said, schema, several) in parameters.items()
            ],
            "responses": answers,
        }
    }
