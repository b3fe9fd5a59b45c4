"""Every chart goes through here: the picture, the table behind it, and all of it to take away."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from dashboard import address, bundle, chart_card, citation, counters, downloads, parts, share
from dashboard.charts import plain
from dashboard.charts.frame import for_screen
from dashboard.citation import Cited
from dashboard.parts import Chart, Draw
from dashboard.view import View

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_popover_container import PopoverContainer

# A mark that was clicked: x, y, customdata and the like.
Point = dict[str, Any]


def chart(
    view: View,
    name: str,
    title: str,
    draw: Draw,
    rows: pd.DataFrame,
    alt: str,
    *,
    show: Callable[[], None] | None = None,
    clicked: Callable[[Point], None] | None = None,
    watched: bool = False,
    state: str = "",
    source: str = "",
    whole: Callable[[], pd.DataFrame] | None = None,
) -> Point | None:
    """Show a chart; below it ways to take it away and to embed it, and its rows as a table.

    `name` tells this chart from others on its page, `title` names the files, `draw` makes the
    figure (dark or not; what is taken away is on white), `alt` says in words what it shows.
    `show` draws it on the screen in another way. `clicked` is told the mark that was clicked, with
    its `customdata`, before the page is run again; where it is `watched` the mark is returned.
    A new `state` makes the chart forget what was clicked. `source` and `whole` as in `Chart`.
    """
    one = Chart(name, title, draw, rows, alt, show, source, whole)
    if not parts.note(one):
        return None
    with st.container(key=f"card_{name}", gap="xsmall"):
        point = screen(view, one, clicked, watched=watched, state=state)
        _handing_on(view, one)
    behind = st.expander(
        view.t("chart.table"), icon=":material/table_rows:", key=f"table_{name}", on_change="rerun"
    )
    # A table that nobody looks at costs every redraw: it is sent when it is opened.
    if behind.open:
        with behind:
            table(view, one.data)
    return point


def screen(
    view: View,
    one: Chart,
    clicked: Callable[[Point], None] | None = None,
    *,
    watched: bool = False,
    state: str = "",
) -> Point | None:
    """The chart itself, in the reader's mode; the mark that was clicked, where it is watched."""
    counters.DRAWN.labels("page").inc()
    if one.show:
        one.show()
        return None
    key = f"chart_{one.name}_{state}" if state else f"chart_{one.name}"

    def tell() -> None:
        point = _point(key)
        if point and clicked:
            clicked(point)

    figure = one.draw(view.dark)
    card = for_screen(figure)
    st.html(chart_card.head_html(card))
    st.plotly_chart(
        plain.for_streamlit(figure, clicks=bool(clicked or watched)),
        theme=None,
        key=key,
        config=downloads.SCREEN,
        alt=one.alt,
        on_select=tell if clicked else "rerun" if watched else "ignore",
        selection_mode="points",
    )
    st.html(chart_card.foot_html(card))
    return _point(key) if watched else None


def _point(key: str) -> Point | None:
    """The mark of a chart that was clicked, or None."""
    points = (st.session_state.get(key) or {}).get("selection", {}).get("points", [])
    return dict(points[0]) if points else None


def data_of(point: Point) -> str:
    """What a mark hands on when it is clicked; empty for a mark without."""
    data = point.get("customdata") or ""
    return str(data[0] if isinstance(data, list | tuple) else data)


def about(view: View, title: str, source: str = "") -> Callable[[], bundle.About]:
    """What the files of a chart say of themselves; asked when one is made. `source` as in `Chart`.

    By then the page has said all its parameters, so that the citation has the whole link.
    """
    page, wanted = share.here(), address.live()

    def made() -> bundle.About:
        link = share.link(page, {**wanted, share.VERSION: (share.short(view.tables.version),)})
        day = datetime.date.today().isoformat()
        cited = Cited(title, view.summary(), view.tables.version, link, day)
        return bundle.About(view.language, view.summary(), source or view.source, cited)

    return made


@st.fragment
def take_away(
    view: View, name: str, title: str, rows: Callable[[], pd.DataFrame], source: str = ""
) -> None:
    """A menu that hands on rows as files; `source` as in `Chart`."""
    menu(view, name, title, bundle.table_files(title, rows, about(view, title, source)))


@st.fragment
def _handing_on(view: View, one: Chart) -> None:
    """The two menus below a chart; opening one draws these again, not the page."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        menu(view, one.name, one.title, bundle.files(one, about(view, one.title, one.source)))
        embed(view, one)


def menu(view: View, name: str, title: str, files: dict[str, tuple[str, str, bundle.Make]]) -> None:
    """One button that opens the list of files; a file is made when it is asked for."""
    opened = popover(view.t("chart.download"), ":material/download:", f"menu_{name}")
    if opened.open:
        stem = downloads.file_name(title, view.selection, view.language)
        with opened:
            for kind, (ending, mime, make) in files.items():
                button(view.t(f"download.{kind}"), make, f"{stem}.{ending}", mime, f"{kind}_{name}")


def popover(
    label: str, icon: str, key: str, kind: Literal["secondary", "tertiary"] = "tertiary"
) -> PopoverContainer:
    """A button for a box that is filled when it is opened: unseen, it would cost every redraw."""
    return st.popover(label, icon=icon, type=kind, key=key, on_change="rerun")


def embed(view: View, one: Chart) -> None:
    """One button that opens the link and the code of this chart alone, and how to cite it."""
    opened = popover(view.t("chart.embed"), ":material/code:", f"embed_{one.name}")
    if opened.open:
        with opened:
            share.caution(view)
            share.code(_codes(view, one))


def _codes(view: View, one: Chart) -> list[tuple[str, str]]:
    """What stands in the box of links and citations, each with its label."""
    url = share.of_chart(view, one.name)
    height = int(one.draw(False).layout.height or 0)
    cited = about(view, one.title)().cited
    return [
        (view.t("chart.alone"), url),
        (view.t("chart.frame"), share.frame_code(url, one.title, height)),
        (view.t("cite.chinese"), citation.chinese(cited, view.language)),
        (view.t("cite.bibtex"), citation.bibtex(cited, view.language)),
    ]


def table(view: View, rows: pd.DataFrame) -> None:
    """Rows in the reader's words, codes and names of columns alike; ids stay out of sight."""
    st.dataframe(bundle.named(readable(view, rows), view.language), hide_index=True)


def readable(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows without ids, with words for the codes of the tables."""
    shown = rows[[one for one in rows.columns if not one.endswith("_id") and one != "key"]]
    for name in {"type", "kind"} & set(shown):
        words = {one: view.value_name(name, one) for one in shown[name].dropna().unique()}
        shown = shown.assign(**{name: shown[name].map(words)})
    return shown


def button(
    label: str, data: Callable[[], bytes | str], file_name: str, mime: str, key: str
) -> None:
    """A button that makes a file when it is clicked, and hands it on."""
    st.download_button(
        label,
        data,
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
        key=key,
    )
