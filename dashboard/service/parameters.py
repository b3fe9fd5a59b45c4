"""Every parameter of the data interface, said once: what it means, what it may be, on which pages.

`openapi.py` describes it from here, and a test compares what charts read with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard import keyness, language, map_page, measured, word_compare
from dashboard.clouds import SHAPES
from dashboard.queries.periods import BUCKETS
from dashboard.queries.words import PERIODS
from etl.tables import ACTIVITY_TYPES

Schema = dict[str, Any]
_CODE: Schema = {"type": "string", "pattern": "^[0-9]{6}$"}
_DAY: Schema = {"type": "string", "format": "date"}
_TEXT: Schema = {"type": "string"}
_ACTIVITIES = ("activities", "place")


def _one_of(options: Any) -> Schema:
    return {"type": "string", "enum": list(options)}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, what it means, the schema of a value, whether it may come again.

    `pages` are those whose charts read it; all without any.
    """

    name: str
    meaning: str
    schema: Schema
    several: bool = False
    pages: tuple[str, ...] = ()

    def is_of(self, page: str) -> bool:
        """Whether charts of a page read it."""
        return not self.pages or page in self.pages


FILTERS = (
    Parameter("province", "Codes of provinces; all without it", _CODE, True),
    Parameter("city", "Codes of cities; all without it", _CODE, True),
    Parameter("type", "Types of activity; all without it", _one_of(sorted(ACTIVITY_TYPES)), True),
    Parameter("from", "First day", _DAY),
    Parameter("to", "Last day", _DAY),
    Parameter("lang", "Language of titles and columns", _one_of(language.LANGUAGES)),
)
OF_CHARTS = (
    Parameter("per", "Period of small multiples", _one_of(BUCKETS), pages=_ACTIVITIES),
    Parameter("measure", "Which measure; the first without it", _TEXT, pages=("figures", "map")),
    Parameter("by", "What the map counts", _one_of(map_page.BY), pages=("map",)),
    Parameter(
        "place", "The place, or two to four places to compare", _CODE, True, ("place", "compare")
    ),
    Parameter("region", "Regions whose words are counted; all without it", _CODE, True, ("words",)),
    Parameter("boilerplate", "1: with set phrases", _one_of(["1"]), pages=("words",)),
    Parameter("shape", "Shape of a cloud", _one_of(SHAPES), pages=("words",)),
    Parameter(
        "against",
        f"What a region is compared with: a code, or {word_compare.REST}",
        _TEXT,
        pages=("words",),
    ),
    Parameter(
        "keyness", "How distinctive words are measured", _one_of(keyness.MEASURES), pages=("words",)
    ),
    Parameter("words", "Words to draw over time", _TEXT, True, ("words",)),
    Parameter("every", "Period of words over time", _one_of(PERIODS), pages=("words",)),
    Parameter(
        "on", "Which texts accuracy was measured on", _one_of(measured.PARTS), pages=("quality",)
    ),
)
# Page → its charts; CODE stands for the code of one of the regions asked for, `all` without them.
_TIME = tuple(f"activities_{one}" for one in BUCKETS)
_OF_ACTIVITIES = tuple(
    f"activities_{one}" for one in ("panels", "calendar", "matrix", "type", "province", "city")
)
CHARTS = {
    "overview": (*_TIME, "activities_province"),
    "activities": (*_TIME, *_OF_ACTIVITIES),
    "figures": ("figures",),
    "map": ("map_tiles", "map_cities", "map_points", "map_outlines"),
    "compare": ("compare_types",),
    "words": ("cloud_CODE", "words_CODE", "keyness_CODE", "words_over_time"),
    "quality": ("peers", "confidence"),
    "place": (*_TIME, *_OF_ACTIVITIES),
}
ADDRESS = (
    Parameter("page", "The page that the chart is on", _one_of(sorted(CHARTS))),
    Parameter(
        "chart",
        "The chart's name. "
        + "; ".join(f"{page}: {', '.join(names)}" for page, names in CHARTS.items()),
        _TEXT,
    ),
)
OF = Parameter("of", "The path of the page: figures", _TEXT)
OF_CARD = (
    OF,
    Parameter("article", "The article that the link shows", _TEXT),
    Parameter("q", "The words that the link searches", _TEXT),
)


def described(parameter: Parameter, required: bool = False) -> dict[str, Any]:
    """A parameter as OpenAPI says it."""
    where = f" (on {', '.join(parameter.pages)})" if parameter.pages else ""
    schema = parameter.schema
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.meaning + where,
        "schema": {"type": "array", "items": schema} if parameter.several else schema,
        **({"required": True} if required else {}),
    }
