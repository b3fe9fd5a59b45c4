"""The chart that an address names, without drawing its page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboard import (
    activity_charts,
    boundaries,
    compare_page,
    figure_page,
    keyness,
    map_page,
    measured,
    parts,
    place_page,
    quality_page,
    rows,
    word_compare,
    word_panel,
)
from dashboard.clouds import SHAPES
from dashboard.parts import Chart
from dashboard.queries import regions
from dashboard.queries.periods import BUCKETS
from dashboard.queries.words import PERIODS
from dashboard.selection import Selection
from dashboard.service.asked import Asked, WrongRequestError
from dashboard.view import View

# What stands in front of a chart's name on these pages.
ACTIVITIES, APART, WORDS = "activities_", "keyness_", ("cloud_", "words_")

# Some functions that pages share speak to Streamlit, which then says that nobody listens.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel("ERROR")


@dataclass(frozen=True, slots=True)
class Found:
    """A chart and the view that it is of: on the page of a place, narrowed to the place."""

    chart: Chart
    view: View


def find(view: View, asked: Asked) -> Found | None:
    """The chart of the parameters `page` and `chart`, or None where there is no such chart.

    Raises WrongRequestError where a parameter of the chart means nothing.
    """
    name = next(iter(asked.all("chart")), "")
    page = next(iter(asked.all("page")), "")
    if page not in PAGES:
        return None
    if page == "place":
        view = _narrowed(view, asked)
    chart = parts.find(name, partial(PAGES[page], view, name, asked))
    return Found(chart, view) if chart else None


def _narrowed(view: View, asked: Asked) -> View:
    code = next(iter(asked.all("place")), "")
    place = place_page.find(code)
    if place is None:
        raise WrongRequestError("place", code, "the code of a place: 140100")
    return place_page.view_of(view, place)


def _overview(view: View, name: str, asked: Asked) -> None:
    if name == f"{ACTIVITIES}province":
        activity_charts.by(view, "province", activity_charts.BESIDE)
    else:
        _activities(view, name, asked)


def _activities(view: View, name: str, asked: Asked) -> None:
    kind = name.removeprefix(ACTIVITIES)
    if kind in BUCKETS:
        activity_charts.over_time(view, kind)
    elif kind == "panels":
        usual = activity_charts.usual_period(view)
        activity_charts.by_panels(view, asked.one("per", BUCKETS, usual))
    elif kind == "calendar":
        activity_charts.by_day(view)
    elif kind == "matrix":
        activity_charts.by_type_and_province(view)
    elif kind in ("type", "province", "city"):
        activity_charts.by(view, kind)


def _figures(view: View, name: str, asked: Asked) -> None:
    measures = _measures(view, view.selection, asked)
    if name == "figures" and measures:
        chosen = asked.one("measure", measures, next(iter(measures)))
        figure_page.by_city(view, measures[chosen])


def _measures(view: View, selection: Selection, asked: Asked) -> dict[str, Any]:
    """The measures among which the address may choose, the usual one first."""
    found = view.tables.measures(selection, figure_page.MOST, asked.all("measure"))
    return {one.measure_id: one for one in rows.records(found)}


def _map(view: View, name: str, asked: Asked) -> None:
    by = asked.one("by", map_page.BY, map_page.BY[0])
    measure = None
    if by == "measure":
        measures = _measures(view, map_page.anywhere(view).selection, asked)
        if not measures:
            return
        measure = measures[asked.one("measure", measures, next(iter(measures)))]
    question = map_page.Question(by, measure)
    form = name.removeprefix("map_")
    if form == "points":
        map_page.of_points(view, question)
    elif form == "cities":
        for province in view.selection.provinces[:1]:
            map_page.of_cities(view, question, province)
    elif form == "tiles" or (form == "outlines" and boundaries.path()):
        map_page.of_provinces(view, question, form)


def _compare(view: View, name: str, asked: Asked) -> None:
    places = asked.all("place") or compare_page.usual(view)
    names = {one: regions.name_of(one) or "" for one in places}
    for one in places:
        if not names[one]:
            raise WrongRequestError("place", one, "the code of a place: 140100")
    if not 1 < len(names) <= compare_page.MOST:
        wanted = f"two to {compare_page.MOST} places to compare"
        raise WrongRequestError("place", ", ".join(places), wanted)
    if name == "compare_types":
        compare_page.types(view, names)


def _quality(view: View, name: str, asked: Asked) -> None:
    if name == "peers":
        quality_page.peers(view, asked.one("on", measured.PARTS, measured.PARTS[0]))
    elif name == "confidence":
        quality_page.confidence(view)


def _words(view: View, name: str, asked: Asked) -> None:
    known = view.tables.regions(view.selection)
    names = dict(zip(known["adcode"], known["name"], strict=True))
    chosen = asked.several("region", names, "a region that the articles are about")[
        : word_panel.MOST
    ]
    boilerplate = "1" in asked.all("boilerplate")
    if name == "words_over_time":
        if not asked.all("words"):
            raise WrongRequestError("words", "", "words to draw: words=提案&words=协商")
        single = chosen[0] if len(chosen) == 1 else None
        per = asked.one("every", PERIODS, PERIODS[0])
        where = names[single] if single else view.t("words.everywhere")
        word_compare.lines(view, single, where, asked.all("words"), per)
    elif name.startswith(APART):
        code = name.removeprefix(APART)
        if code not in names:
            return
        counts = dict(zip(known["adcode"], known["articles"], strict=True))
        other = asked.one("against", [word_compare.REST, *names], word_compare.REST)
        by = asked.one("keyness", keyness.MEASURES, keyness.MEASURES[0])
        title = names[other] if other in names else view.t("words.by_rest")
        region = (code, names[code], int(counts[code]))
        word_compare.distinctive(view, region, other, by, boilerplate, title)
    elif name.startswith(WORDS):
        shape = asked.one("shape", SHAPES, SHAPES[0])
        places: list[tuple[str | None, str]] = [(one, names[one]) for one in chosen]
        found = word_panel.ask(view, places or [(None, view.t("words.everywhere"))], boilerplate)
        word_panel.draw(view, found, boilerplate, shape)


# Page → what finds its charts.
PAGES: dict[str, Callable[[View, str, Asked], None]] = {
    "overview": _overview,
    "activities": _activities,
    "figures": _figures,
    "map": _map,
    "compare": _compare,
    "words": _words,
    "quality": _quality,
    "place": _activities,
}
