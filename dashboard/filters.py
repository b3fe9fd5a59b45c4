"""The one filter bar: it stands on every page, and its state stands in the address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import streamlit as st

from dashboard import address, language
from dashboard.queries import Options, regions
from dashboard.selection import Selection
from etl.tables import ACTIVITY_TYPES

# Parameters of the address that hold on every page.
SHARED = ("province", "city", "type", "from", "to", "lang")


def day(values: address.Values) -> datetime.date | None:
    """The first value as a day, or None where it is none (2023-02-30, 昨天)."""
    for value in values[:1]:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    return None


def city_options(options: Options, provinces: Iterable[str]) -> dict[str, str]:
    """Adcode → name of the cities in the chosen provinces, of all cities where none is chosen."""
    chosen = set(provinces)
    return {
        code: name for code, name, province in options.cities if province in chosen or not chosen
    }


def _asked(name: str) -> list[str]:
    """The codes that the address names or that a page has chosen, whether or not they are valid."""
    return [*st.query_params.get_all(name), *(st.session_state.get(address.key_of(name)) or [])]


def asked_provinces() -> dict[str, str]:
    """Provinces that are asked for, whether or not the tables hold anything of them.

    A link to a province without reports shows that there are none, never everything instead.
    """
    return {
        code: name
        for code in _asked("province")
        if (name := regions.name_of(code)) and regions.province_of(code) == code
    }


def asked_cities(provinces: Iterable[str]) -> dict[str, str]:
    """Cities of today that are asked for, in the chosen provinces, reported or not."""
    chosen = set(provinces)
    return {
        code: name
        for code in _asked("city")
        if (name := regions.name_of(code))
        and regions.city_of(regions.today_of(code)) == code
        and (regions.province_of(code) in chosen or not chosen)
    }


def asked_types() -> list[str]:
    """Types of activity that are asked for, reported or not."""
    return [one for one in _asked("type") if one in ACTIVITY_TYPES]


def chosen_language() -> str:
    """The reader's language: from the address, from the switch, else Chinese."""
    address.seed("lang", address.one_of(language.LANGUAGES, language.FALLBACK))
    chosen: str = st.session_state[address.key_of("lang")] or language.FALLBACK
    address.want("lang", [chosen] if chosen != language.FALLBACK else [])
    return chosen


def language_switch() -> None:
    """中文 | English."""
    st.segmented_control(
        language.text("zh", "language.label"),
        language.LANGUAGES,
        format_func=lambda code: language.text(code, "language.name"),
        key=address.key_of("lang"),
        on_change=address.touched,
        label_visibility="collapsed",
        required=True,
    )


def bar(options: Options, chosen: str) -> Selection:
    """Draw the filters where the caller stands, in the chosen language; what is selected."""
    st.subheader(language.text(chosen, "filters.title"), anchor=False)
    provinces = _several("province", asked_provinces() | dict(options.provinces), chosen)
    known = asked_cities(provinces) | city_options(options, provinces)
    cities = _several("city", known, chosen)
    names = {one: _type_name(one, chosen) for one in [*asked_types(), *options.types]}
    types = _several("type", names, chosen)
    start, end = _day("from", options, chosen), _day("to", options, chosen)
    if start and end and start > end:
        st.warning(language.text(chosen, "filters.reversed"))
    selection = Selection(provinces, cities, types, start, end)
    st.button(
        language.text(chosen, "filters.clear"),
        icon=":material/filter_alt_off:",
        on_click=clear,
        disabled=selection.is_everything,
        width="stretch",
    )
    return selection


def _type_name(one: str, chosen: str) -> str:
    key = f"type.{one}"
    return language.text(chosen, key) if language.has(chosen, key) else one


def clear() -> None:
    """Take every filter away; the language stays."""
    address.touched()
    for name in ("province", "city", "type"):
        st.session_state[address.key_of(name)] = []
    for name in ("from", "to"):
        st.session_state[address.key_of(name)] = None


def _several(name: str, options: dict[str, str], chosen: str) -> tuple[str, ...]:
    """A choice of several codes, shown by their names; a code that is no option is dropped."""
    key = address.key_of(name)
    address.seed(name, address.known(options))
    kept = [code for code in st.session_state[key] if code in options]
    if kept != st.session_state[key]:
        st.session_state[key] = kept
    codes = st.multiselect(
        language.text(chosen, f"filters.{name}"),
        list(options),
        format_func=lambda code: options.get(code, code),
        key=key,
        on_change=address.touched,
        placeholder=language.text(chosen, "filters.all"),
        select_all=False,
    )
    return address.want(name, codes)


def _day(name: str, options: Options, chosen: str) -> str | None:
    """One end of the period; the calendar spans what the tables hold and what is chosen."""
    key = address.key_of(name)
    address.seed(name, day)
    found = [
        st.session_state[key],
        day((options.first_date or "",)),
        day((options.last_date or "",)),
    ]
    known = [one for one in found if one]
    picked = st.date_input(
        language.text(chosen, f"filters.{name}"),
        value=None,
        min_value=min(known, default=None),
        max_value=max(known, default=None),
        key=key,
        on_change=address.touched,
        format="YYYY-MM-DD",
    )
    wanted = address.want(name, [picked.isoformat()] if isinstance(picked, datetime.date) else [])
    return wanted[0] if wanted else None
