"""The map of the provinces, that of the cities as tiles or points, and the list behind each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import address, boundaries, chart_block, links, rows, seats, theme
from dashboard.charts import frame, outlines, plain, points, tiles
from dashboard.queries import areas, regions
from dashboard.queries.regions import Region
from dashboard.view import View
from etl import divisions

PLACE = "pages/place.py"
COUNTED = ("activities", "articles", "figures")
BY = (*COUNTED, "measure")
FORMS = ("tiles", "points", "outlines")
NARROW, WIDE = 2, 3
# A map of all cities lists those with most; the table behind it has them all.
LISTED = 36


@dataclass(frozen=True, slots=True)
class Question:
    """What the map is coloured by: one of BY, and for a measure its row of `Tables.measures`."""

    by: str
    measure: Any = None

    @property
    def unit_key(self) -> str:
        """The key of the text that says what is counted."""
        return f"map.unit_{self.by}"


def anywhere(view: View) -> View:
    """The view without its choice of places: the map shows all of them."""
    everywhere = dataclasses.replace(view.selection, provinces=(), cities=())
    return dataclasses.replace(view, selection=everywhere)


def _source(view: View, question: Question) -> str:
    """Where the map's numbers come from, and how many of them were reviewed."""
    if question.by == "articles":
        return view.source
    if question.by == "measure":
        return view.source_of("figures", question.measure.measure_id)
    return view.source_of(question.by)


def of_provinces(view: View, question: Question, form: str) -> None:
    """The 34 provinces; a click chooses one in the filters."""
    t = view.t
    rows_ = province_rows(view, question)
    if not rows_["articles"].any():
        rows.nothing(view)
        return
    title = t(f"map.provinces_by.{question.by}", counted=counted(question))
    caption = frame.Caption(
        title, [t(question.unit_key), t(f"map.note_{form}")], _source(view, question)
    )
    chosen = view.selection.provinces
    draw = _drawing(view, rows_, caption, form, chosen)
    if draw is None:
        return
    chart, listed = st.columns((WIDE, NARROW), gap="large")
    with chart:
        _chart(view, f"map_{form}", caption, draw, rows_, chosen, _choose_province)
        if form == "outlines":
            st.info(t("map.disputed"), icon=":material/info:")
    with listed:
        _list(view, rows_, t("map.list_provinces"))


def _drawing(
    view: View, rows_: pd.DataFrame, caption: frame.Caption, form: str, chosen: Sequence[str]
) -> Callable[[bool], plain.Figure] | None:
    """What draws the map in a form, or None where the owner has given no usable outlines."""
    if form == "tiles":
        return lambda dark: tiles.tiles(rows_, caption, view.language, dark, chosen)
    file = boundaries.path()
    if file is None:
        st.info(view.t("map.no_outlines", variable=boundaries.VARIABLE), icon=":material/map:")
        return None
    try:
        found = boundaries.load(file)
    except boundaries.BoundariesError as error:
        st.error(view.t("map.bad_outlines", error=rows.markdown(error)), icon=":material/map:")
        return None
    return lambda dark: outlines.outlines(rows_, found, caption, view.language, dark, chosen)


def of_cities(view: View, question: Question, province: str) -> None:
    """The cities of one province, or the districts of a municipality; a click opens a profile."""
    found, level = areas.areas_below(province)
    name = regions.name_of(province) or province
    if not found or (level == "county" and question.by == "measure"):
        return
    t = view.t
    rows_ = city_rows(view, question, province)
    title = t(f"map.cities_by.{question.by}", name=name, counted=counted(question))
    caption = frame.Caption(
        title, [t(question.unit_key), t("map.note_order")], _source(view, question)
    )
    chosen = view.selection.cities
    chart, listed = st.columns((WIDE, NARROW), gap="large")
    with chart:
        picked = _chart(
            view,
            "map_cities",
            caption,
            lambda dark: tiles.tiles(rows_, caption, view.language, dark, chosen),
            rows_,
            chosen,
        )
    with listed:
        _list(view, rows_, t("map.list_cities", name=name))
    if picked:
        st.switch_page(PLACE, query_params=links.place_query(picked))


def of_points(view: View, question: Question) -> None:
    """Every city where it lies, of the chosen provinces or of all; a click opens a profile."""
    t = view.t
    chosen_provinces = view.selection.provinces
    wanted = chosen_provinces or [one.adcode for one in regions.provinces()]
    cities = [city for one in wanted for city in regions.cities_in(one)]
    rows_ = _area_rows(view, question, chosen_provinces, cities, "city")
    if rows_["value"].isna().all():
        rows.nothing(view)
        return
    title = t(f"map.points_by.{question.by}", counted=counted(question))
    unit = "map.unit_city_measure" if question.by == "measure" else question.unit_key
    notes = [t(unit), t("map.note_points")]
    caption = frame.Caption(title, notes, f"{_source(view, question)}{t('map.geonames')}")
    chosen, sized = view.selection.cities, question.by != "measure"
    chart, listed = st.columns((WIDE, NARROW), gap="large")
    with chart:
        picked = _chart(
            view,
            "map_points",
            caption,
            lambda dark: points.points(
                rows_, seats.load(), caption, view.language, dark, chosen, sized=sized
            ),
            rows_,
            chosen,
        )
    with listed:
        known = rows_[rows_["value"].notna()]
        top = known.sort_values("value", ascending=False, kind="stable").head(LISTED)
        _list(view, top, t("map.list_most"))
        silent = len(rows_) - len(known)
        st.caption(t("map.list_more", more=len(known) - len(top), silent=silent))
    if picked:
        st.switch_page(PLACE, query_params=links.place_query(picked))


def province_rows(view: View, question: Question) -> pd.DataFrame:
    """adcode, name, short, value and what the tile shows of each province."""
    everywhere = anywhere(view).selection
    if question.by == "measure":
        found = view.tables.coverage(everywhere, question.measure.measure_id)
        shown = [
            f"{value:.0f}/{cities}" if not pd.isna(value) else None
            for value, cities in zip(found["reporting"], found["cities"], strict=True)
        ]
        return _with_short(
            found.assign(value=found["reporting"], shown=pd.Series(shown, dtype="object"))
        )
    counts = view.tables.area_counts(everywhere, regions.provinces(), "province")
    return _with_short(_counted(counts, question.by))


def city_rows(view: View, question: Question, province: str) -> pd.DataFrame:
    """The same of each city of a province, or district of a municipality."""
    found, level = areas.areas_below(province)
    return _area_rows(view, question, (province,), found, level)


def _area_rows(
    view: View, question: Question, provinces: Sequence[str], found: list[Region], level: str
) -> pd.DataFrame:
    """The same of the areas `found`, all of one level, within some provinces or all."""
    inside = dataclasses.replace(view.selection, provinces=tuple(provinces), cities=())
    if question.by != "measure":
        return _with_short(_counted(view.tables.area_counts(inside, found, level), question.by))
    highest = view.tables.city_figures(inside, question.measure.measure_id)
    highest = highest.drop_duplicates("adcode").sort_values("adcode").reset_index(drop=True)
    shown = [
        theme.format_value(
            one.value, one.unit, view.language, bool(one.approximate), one.value_high
        )
        if one.reported
        else None
        for one in rows.records(highest)
    ]
    named = highest.rename(columns={"city": "name"})[["adcode", "name", "value"]]
    return _with_short(named.assign(shown=pd.Series(shown, dtype="object")))


def _counted(counts: pd.DataFrame, by: str) -> pd.DataFrame:
    """Counts with the one that is asked for as their value; no article is no value, not 0."""
    values = counts[by].astype("Float64").where(counts["articles"] > 0)
    return counts.assign(value=values)


def _with_short(found: pd.DataFrame) -> pd.DataFrame:
    """Rows with the short names of their areas: 内蒙古 for 内蒙古自治区."""
    known = divisions.load()
    short = [division.short if (division := known.get(one)) else one for one in found["adcode"]]
    return found.assign(short=short)


def counted(question: Question) -> str:
    """What a measure counts, or nothing."""
    return str(question.measure.counted) if question.measure is not None else ""


def _chart(
    view: View,
    name: str,
    caption: frame.Caption,
    draw: Callable[[bool], plain.Figure],
    found: pd.DataFrame,
    chosen: Sequence[str],
    choose: Callable[[str], None] | None = None,
) -> str | None:
    """The chart with what there is to take away; the adcode that was clicked in this run."""
    handed = found[[one for one in found.columns if one not in ("short", "shown", "value")]]
    if "value" in found and "activities" not in found and "reporting" not in found:
        handed = found[["adcode", "name", "value"]]
    point = chart_block.chart(
        view,
        name,
        caption.title,
        draw,
        handed,
        tiles.tiles_alt_text(found, caption.title, view.language),
        clicked=(lambda point: choose(_code(point) or "")) if choose else None,
        watched=choose is None,
        # A choice from elsewhere makes the chart a new one, which forgets what was clicked.
        state="_".join(chosen),
        source=caption.source,
    )
    return _code(point)


def _code(point: chart_block.Point | None) -> str | None:
    """The adcode of the tile that was clicked, or None."""
    code = (point or {}).get("customdata")
    found = code[0] if isinstance(code, list) and code else code
    return str(found) if found else None


def _choose_province(adcode: str) -> None:
    """Choose one province in the filters; that which is chosen already, no longer."""
    if not adcode:
        return
    key = address.key_of("province")
    st.session_state[key] = [] if st.session_state.get(key) == [adcode] else [adcode]
    st.session_state[address.key_of("city")] = []
    address.touched()


def _list(view: View, found: pd.DataFrame, title: str) -> None:
    """Every area with its number, the most first, each a link to its profile."""
    ranked = found.sort_values("value", ascending=False, kind="stable")
    st.subheader(title, anchor=False)
    known, missing = ranked[ranked["value"].notna()], found[found["value"].isna()]
    items = "".join(_item(view, one) for one in rows.records(known))
    st.html(f"<ul class='bm-areas'>{items}</ul>{_missing(view, missing)}")


def _item(view: View, row: Any) -> str:
    number = rows.escaped(tiles.shown(row, view.language))
    return f"<li>{rows.place_link(row.adcode, row.name)} <b>{number}</b></li>"


def _missing(view: View, found: pd.DataFrame) -> str:
    """The areas that report nothing, in words; nothing is not zero."""
    if found.empty:
        return ""
    names = view.joined(rows.place_link(one.adcode, one.name) for one in rows.records(found))
    return f"<p class='bm-none'>{view.t('map.list_unreported', count=len(found))} {names}</p>"
