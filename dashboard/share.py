"""The link of exactly this view, and of one chart alone, to copy; and what a link is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard import address, navigation, parts, visit
from dashboard.view import View

# Parameter that says which version of the data a link was made from, and how much of it.
VERSION = "v"
SHORT = 8
# A chart in a frame of this size needs no scrolling on a desk; it grows with the chart's rows.
FRAME_ROOM = 60
_HASH = re.compile(r"[0-9a-f]{4,16}")

Parameters = Mapping[str, tuple[str, ...]]


def link(page: str, parameters: Parameters) -> str:
    """The full link of a view: the page's own address with its parameters."""
    scheme, host, path, _, _ = urlsplit(page)
    pairs = [(name, one) for name, values in parameters.items() for one in values]
    return urlunsplit((scheme, host, path, urlencode(pairs, quote_via=quote), ""))


def here() -> str:
    """The address of this page without parameters."""
    return st.context.url or ""


def of_view(view: View, parameters: Parameters | None = None) -> str:
    """The link of this view, with the version of the data that it shows.

    Without `parameters` those that the page has said up to now.
    """
    wanted = address.parameters() if parameters is None else parameters
    return link(here(), {**wanted, VERSION: (short(view.tables.version),)})


def of_chart(view: View, name: str) -> str:
    """The link of one chart alone, for a frame in another page."""
    own = {"page": (parts.page().name,), "chart": (name,)}
    wanted = {**own, **address.parameters(), VERSION: (short(view.tables.version),)}
    return link(sibling(here(), _path_of(parts.page().name), navigation.ALONE), wanted)


def of_page(view: View, name: str) -> str:
    """From a chart alone: the link of the page that it is on."""
    own = ("page", "chart", VERSION)
    wanted = {key: values for key, values in address.parameters().items() if key not in own}
    version = {VERSION: (short(view.tables.version),)}
    return link(sibling(here(), navigation.ALONE, _path_of(name)), {**wanted, **version})


def sibling(url: str, name: str, other: str) -> str:
    """The address of the path `other` from that of the path `name`; the start page has none."""
    scheme, host, path, _, _ = urlsplit(url)
    root = path.rstrip("/").removesuffix(f"/{name}" if name else "")
    return urlunsplit((scheme, host, f"{root}/{other}".rstrip("/"), "", ""))


def _path_of(name: str) -> str:
    return navigation.PAGES[name][0]


def frame_code(url: str, title: str, height: int) -> str:
    """HTML that shows a chart in another page."""
    escaped = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    source = url.replace("&", "&amp;")
    return (
        f'<iframe src="{source}" title="{escaped}" loading="lazy"\n'
        f'  style="width:100%;height:{height + FRAME_ROOM}px;border:0"></iframe>'
    )


def short(version: str) -> str:
    """As much of a version as a link carries."""
    return version[:SHORT]


def notice(view: View) -> None:
    """Say so where the link that was opened was made from other data than are shown.

    A link to somebody's own content opens the dashboard's usual content for everybody else.
    """
    if visit.is_shown():
        # So that a link copied from the address bar says it too.
        address.want(visit.OWN, ["1"])
        return
    if visit.OWN in st.query_params:
        address.want(visit.OWN, ["1"])
        st.info(view.t("visit.elsewhere"), icon=":material/person_off:")
        return
    asked, now = st.query_params.get(VERSION, ""), short(view.tables.version)
    if _HASH.fullmatch(asked) and asked != now:
        address.want(VERSION, [asked])
        st.info(view.t("share.changed", then=asked, now=now), icon=":material/update:")


def caution(view: View) -> None:
    """Where the reader looks at content of their own: whom its links will show it to."""
    if visit.is_shown():
        st.warning(view.t("visit.links"), icon=":material/link_off:")


def code(pieces: Iterable[tuple[str, str]]) -> None:
    """Texts to copy, each under its label."""
    for label, text in pieces:
        st.caption(label)
        st.code(text, language=None, wrap_lines=True)
