"""What a page consists of, noted while it is drawn: its charts, lists and marked texts.

The report of a page is made from these, and a chart alone in a frame is one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from dashboard.charts import plain

Draw = Callable[[bool], plain.Figure]
_RUN = "parts"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its name on its page, its title, its figure (dark or not), its rows, its words.

    `show` draws it on the screen where it is not Plotly that does. `source` says where its numbers
    come from and how many of them were reviewed, where the view's own line does not. `whole` gives
    the rows with what a picture does without and takes long to read.
    """

    name: str
    title: str
    draw: Draw
    rows: pd.DataFrame
    alt: str
    show: Callable[[], None] | None = None
    source: str = ""
    whole: Callable[[], pd.DataFrame] | None = None

    @property
    def data(self) -> pd.DataFrame:
        """The rows to hand on."""
        return self.whole() if self.whole else self.rows


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a page: how many rows there are, and what asks for them (limit, offset)."""

    name: str
    total: int
    ask: Callable[[int, int], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that the dashboard made and escaped itself: an article with its marks."""

    html: str


Part = Chart | Listing | Markup


@dataclass(slots=True)
class Page:
    """The page of this run, by its name in the navigation, and its parts in their order."""

    name: str
    parts: list[Part] = field(default_factory=list)


class FoundChart(BaseException):
    """The chart that was asked for alone; ends the run of its page, past every `except`."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart.name)
        self.chart = chart


_wanted: ContextVar[str | None] = ContextVar("chart_wanted_alone", default=None)


def begin(name: str) -> None:
    """Start the notes of a run."""
    st.session_state[_RUN] = Page(name)


def page() -> Page:
    """The page of this run."""
    found: Page = st.session_state.setdefault(_RUN, Page("overview"))
    return found


def note(part: Part) -> bool:
    """Note a part of the page; whether it shall be drawn.

    Raises FoundChart where this is the chart that is wanted alone; nothing else is drawn then.
    """
    wanted = _wanted.get()
    if wanted is None:
        page().parts.append(part)
        return True
    if isinstance(part, Chart) and part.name == wanted:
        raise FoundChart(part)
    return False


def find(name: str, run: Callable[[], object]) -> Chart | None:
    """The chart `name` of the page that `run` draws, or None where it has no such chart."""
    token = _wanted.set(name)
    try:
        run()
    except FoundChart as found:
        return found.chart
    finally:
        _wanted.reset(token)
    return None
