"""The profile of a place: what it reports, who is named, and the places around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from dashboard import (
    activity_charts,
    fact_rows,
    handing_on,
    headline,
    links,
    lists,
    preparing,
    rows,
)
from dashboard.queries import areas, regions
from dashboard.queries.regions import Region
from dashboard.targets import row_name
from dashboard.view import View, link_to
from etl import divisions

# As many of each sort stand on the profile; the page of that sort has the rest.
FEW, SOME, MANY = 6, 8, 40
SHOWN = {"articles": "pages/articles.py", "activities": "pages/activities.py"}


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A division of today, and the code that was asked for where that is an older one."""

    adcode: str
    name: str
    level: str
    asked: str


def find(adcode: str) -> Place | None:
    """The division of today that a code of any year has become, or None for an unknown code."""
    today = regions.today_of(adcode)
    division = divisions.load().get(today)
    return Place(today, division.name, division.level, adcode) if division else None


def view_of(view: View, place: Place) -> View:
    """The view narrowed to a place; the other filters stay."""
    selection = dataclasses.replace(view.selection, within=(place.adcode,))
    names = {**view.names, place.adcode: place.name}
    return dataclasses.replace(view, selection=selection, names=names)


def choose(view: View) -> None:
    """Every province and city that reports, to choose one from."""
    for code, name in view.options.provinces:
        cities = [one for one in view.options.cities if one[2] == code and one[0] != code]
        links = [rows.place_link(city, label) for city, label, _ in cities]
        st.html(
            f"<p class='bm-places'><b>{rows.place_link(code, name)}</b> {view.joined(links)}</p>"
        )


def draw(view: View, place: Place) -> None:
    """The whole profile."""
    here = view_of(view, place)
    handing_on.name_tab(view, place.name)
    _where(view, place)
    found = here.tables.overview(here.selection)
    if not (found.articles or found.activities or found.figures):
        st.info(
            view.t("place.silent", name=place.name),
            title=view.t("place.silent_title"),
            icon=":material/search_off:",
        )
    else:
        st.html(headline.numbers_html(view, found, ("articles", "activities", "figures")))
        _activities(here, place, found.activities)
        _figures(here, found.figures)
        people, words = st.columns(2, gap="large")
        with people:
            _people(here)
        with words:
            _words(here)
        _articles(here, place, found.articles)
    _around(view, place)


def _where(view: View, place: Place) -> None:
    """The name, the way up to it, and what its code has been."""
    *above, _ = areas.path_to(place.adcode)
    links = [rows.place_link(one.adcode, one.name) for one in above]
    level = view.t("place.level", level=view.value_name("level", place.level), code=place.adcode)
    way = "".join(f"{one} › " for one in links)
    st.header(place.name, anchor=False)
    st.html(f"<p class='bm-way'>{way}{rows.escaped(place.name)} · {rows.escaped(level)}</p>")
    former = dict.fromkeys([*view.tables.former_codes(place.adcode), place.asked])
    old = [f"{code} {old_name(code)}" for code in former if code != place.adcode]
    if old:
        text = view.t("place.former", codes=view.joined(old), name=place.name)
        st.caption(rows.markdown(text))


def old_name(adcode: str) -> str:
    """The name that went with a code, and until when."""
    division = divisions.load().get(adcode)
    if division is None:
        return ""
    return f"{division.name} ({division.first_year}–{division.last_year or ''})"


def _activities(here: View, place: Place, total: int) -> None:
    t = here.t
    st.subheader(t("place.activities", count=total), anchor=False)
    if not total:
        st.caption(t("place.no_activities"))
        return
    newest, charts = st.columns(2, gap="large")
    with newest:
        with st.container(gap=None, key="newest_list"):
            newest_rows = rows.records(here.tables.activities(here.selection, FEW))
            lists.draw(here, (fact_rows.activity_row(here, one) for one in newest_rows))
        _rest(here, place, "activities", total, FEW)
    with charts:
        activity_charts.by(here, "type")


def _figures(here: View, total: int) -> None:
    st.subheader(here.t("place.figures", count=total), anchor=False)
    if not total:
        st.caption(here.t("place.no_figures"))
        return
    lists.paged(
        here,
        "place_figures",
        total,
        lambda limit, offset: here.tables.figures(here.selection, limit, offset),
        fact_rows.figure_row,
        SOME,
    )


def _people(here: View) -> None:
    """Who is named, with office, body and the latest article."""
    found = rows.records(here.tables.people(here.selection, MANY))
    st.subheader(here.t("place.people"), anchor=False)
    if not found:
        st.caption(here.t("place.no_people"))
    items = []
    for one in found:
        office = rows.escaped(rows.office(one.organisation, one.title))
        name = links.to_article(one.article_id, one.name)
        count = here.t("place.in_articles", count=one.articles)
        row = row_name("people", int(one.start), int(one.end))
        mend = links.to_form(here, one.article_id, row=row)
        told = " · ".join(one for one in (rows.escaped(count), mend) if one)
        items.append(f"<li>{name} <span>{office}</span> <small>{told}</small></li>")
    st.html(f"<ul class='bm-people'>{''.join(items)}</ul>")


def _words(here: View) -> None:
    st.subheader(here.t("place.words"), anchor=False)
    if preparing.waits(here, "words"):
        return
    found = rows.records(here.tables.words(here.selection, None, False, MANY))
    if not found:
        st.caption(here.t("place.no_words"))
    items = (f"<li>{rows.escaped(one.word)} <small>{one.count}</small></li>" for one in found)
    st.html(f"<ul class='bm-chips'>{''.join(items)}</ul>")


def _articles(here: View, place: Place, total: int) -> None:
    st.subheader(here.t("place.articles", count=total), anchor=False)
    found = rows.records(here.tables.articles(here.selection, SOME))
    lists.draw(here, (fact_rows.article_row(here, one) for one in found))
    _rest(here, place, "articles", total, SOME)


def _rest(here: View, place: Place, name: str, total: int, shown: int) -> None:
    """The way to all of a sort, where the filters can name the place: a county they cannot."""
    parameter = _parameter(place)
    if total <= shown or parameter is None:
        return
    kept = [pair for pair in link_to() if pair[0] not in ("province", "city")]
    st.page_link(
        SHOWN[name],
        label=here.t(f"place.all_{name}", count=total),
        icon=":material/arrow_forward:",
        query_params=[*kept, (parameter, place.adcode)],
    )


def _parameter(place: Place) -> str | None:
    if regions.province_of(place.adcode) == place.adcode:
        return "province"
    return "city" if regions.city_of(place.adcode) == place.adcode else None


def _around(view: View, place: Place) -> None:
    """The places below and beside this one: who reports how much, and who reports nothing."""
    below, level = areas.areas_below(place.adcode)
    if below:
        st.subheader(view.t("place.below", name=place.name), anchor=False)
        _reporting(view, below, level)
    beside, level = areas.neighbours(place.adcode)
    if beside and place.level != "province":
        *_, parent, _ = areas.path_to(place.adcode)
        st.subheader(view.t("place.beside", name=parent.name), anchor=False)
        _reporting(view, beside, level)


def _reporting(view: View, some: Sequence[Region], level: str) -> None:
    anywhere = dataclasses.replace(view.selection, provinces=(), cities=())
    counts = rows.records(view.tables.area_counts(anywhere, some, level))
    known = sorted((one for one in counts if one.articles), key=lambda one: -one.articles)
    items = "".join(
        f"<li>{rows.place_link(one.adcode, one.name)} "
        f"<b>{rows.escaped(view.t('place.in_articles', count=one.articles))}</b></li>"
        for one in known
    )
    silent = [rows.place_link(one.adcode, one.name) for one in counts if not one.articles]
    missing = (
        f"<p class='bm-none'>{view.t('map.list_unreported', count=len(silent))} "
        f"{view.joined(silent)}</p>"
        if silent
        else ""
    )
    st.html(f"<ul class='bm-areas bm-wide'>{items}</ul>{missing}")
