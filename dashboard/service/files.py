"""A chart as data: /chart.csv and the like, with the parameters of the chart's own address."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

import pandas as pd

from dashboard import bundle, citation, downloads, share
from dashboard.citation import Cited
from dashboard.parts import Chart
from dashboard.queries import Tables
from dashboard.service import charts
from dashboard.service.answers import Endpoint, Made, Ready
from dashboard.service.asked import Asked, view_of
from dashboard.service.rate import Limiter
from dashboard.view import View

JSON, METADATA = "json", "metadata.json"
# Ending → how many requests it counts as: what is drawn takes a second.
COSTS = {"csv": 1, JSON: 1, METADATA: 1, "xlsx": 2, "png": 5, "svg": 5, "pdf": 5, "zip": 15}
WANTED = (
    "page and chart as in the address that 嵌入与引用 (embed and cite) below a chart gives: "
    "page=figures&chart=figures"
)


def endpoint(ending: str, limiter: Limiter, ready: Ready) -> Endpoint:
    """The address of one ending; a citation says the day, so a file is kept for a day."""

    def make(address: str, asked: Asked, tables: Tables) -> Made | None:
        return made(ending, address, asked, tables)

    name, cost = f"chart.{ending}", COSTS[ending]
    return Endpoint(name, make, limiter, ready, cost, WANTED, also=_today)


def _today() -> str:
    return datetime.date.today().isoformat()


def made(ending: str, address: str, asked: Asked, tables: Tables) -> Made | None:
    """A chart as a file, or None where there is no such chart. Raises WrongRequestError."""
    found = charts.find(view_of(asked, tables), asked)
    if found is None:
        return None
    chart, view = found.chart, found.view
    link = share.link(f"{address}/chart", asked.values)
    cited = Cited(chart.title, view.summary(), tables.version, link, _today())
    about = bundle.About(view.language, view.summary(), chart.source or view.source, cited)
    name = f"{downloads.file_name(chart.title, view.selection, view.language)}.{ending}"
    if ending in (JSON, METADATA):
        said = metadata(chart, view, about, f"{address}/chart", asked.query())
        if ending == JSON:
            said["rows"] = records(chart.data)
        body = json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
        return Made(body, "application/json", name)
    _, mime, make = bundle.files(chart, lambda: about)[ending]
    return Made(make(), mime, name)


def metadata(
    chart: Chart, view: View, about: bundle.About, address: str, query: str
) -> dict[str, Any]:
    """What a chart is, of what, and from where: all but its rows."""
    rows = chart.data
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
                "title": bundle.named(rows[[name]], view.language).columns[0],
                "description": bundle.meaning(str(name), view.language),
            }
            for name in rows.columns
        ],
        "row_count": len(rows),
        "files": {one: f"{address}.{one}?{query}" for one in COSTS},
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
