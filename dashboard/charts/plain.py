"""A Plotly figure as plain data: what Plotly's own classes would check at every redraw is not.

Plotly's figures look up and check every property when it is set: three quarters of what the
overview cost the server. These keep the same names and the same way of saying things; that Plotly
accepts what they hold is checked by the tests, and by `whole` wherever a picture is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure

# Parts that may be asked for without being there.
_PARTS = {"font", "layout", "legend", "line", "margin", "marker", "pattern", "template", "textfont"}
_PARTS |= {"title", "xaxis", "yaxis"}

# What Streamlit sets where marks may be clicked.
CLICKS = {"clickmode": "event+select", "hovermode": "closest", "dragmode": "pan"}


class Node(dict[str, Any]):
    """A part of a figure, its entries as attributes: a missing part is empty, a value None."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.get(name, Node() if name in _PARTS else None)

    def set(self, **values: Any) -> None:
        """Set entries, those of a part one by one; None takes an entry out."""
        for name, value in values.items():
            old = self.get(name)
            if value is None:
                self.pop(name, None)
            elif isinstance(old, Node) and isinstance(value, Mapping):
                old.set(**value)
            else:
                self[name] = _plain(value)


class Figure:
    """Traces in the order of drawing, and the layout around them, as Plotly names them."""

    def __init__(self, traces: Node | Sequence[Node] = ()) -> None:
        self.data: list[Node] = [traces] if isinstance(traces, Node) else list(traces)
        self.layout = Node()

    def add_trace(self, trace: Node) -> None:
        """Draw one more trace, above the others."""
        self.data.append(trace)

    def update_layout(self, **values: Any) -> None:
        """Set what stands around the traces."""
        self.layout.set(**values)

    def update_xaxes(self, **values: Any) -> None:
        """Set the axis that lies."""
        self.layout.set(xaxis=values)

    def update_yaxes(self, **values: Any) -> None:
        """Set the axis that stands."""
        self.layout.set(yaxis=values)

    def add_annotation(self, **values: Any) -> None:
        """Write one more text."""
        self.layout.setdefault("annotations", []).append(_plain(values))

    def to_dict(self) -> dict[str, Any]:
        """The figure as Plotly writes it: `data` and `layout`."""
        return {"data": self.data, "layout": self.layout}


class _AsItIs(BaseFigure):  # type: ignore[misc]
    """A figure that Streamlit sends without checking it again."""

    def __init__(self, sent: dict[str, Any]) -> None:
        object.__setattr__(self, "_sent", sent)

    def to_dict(self) -> dict[str, Any]:
        """What is sent."""
        sent: dict[str, Any] = self._sent
        return sent


def for_streamlit(figure: Figure, *, clicks: bool = False) -> BaseFigure:
    """The figure for `st.plotly_chart`, which would turn a dictionary into Plotly's classes.

    Streamlit hands every chart to Plotly twice, the second time copied and with ways of clicking
    of its own. Plotly then draws what differs: nothing, where the ways are set from the start
    (`clicks`: marks may be clicked), the data are said to be the same ones and no template, which
    is compared as an object, stands beside the layout.
    """
    layout = {**without_template(figure.layout), "datarevision": 1, **(CLICKS if clicks else {})}
    return _AsItIs({"data": figure.data, "layout": layout})


def without_template(layout: Node) -> dict[str, Any]:
    """A layout with what its template sets written into it."""
    base = layout.template.layout
    own = {name: one for name, one in layout.items() if name != "template"}
    axes = {"xaxis", "yaxis"} | {name for name in own if name[:5] in ("xaxis", "yaxis")}
    return _laid_over({**base, **{name: base[name[:5]] for name in axes if name[:5] in base}}, own)


def _laid_over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        name: _laid_over(base[name], one)
        for name, one in own.items()
        if isinstance(one, Mapping) and isinstance(base.get(name), Mapping)
    }
    return {**base, **own, **both}


def whole(figure: Figure | go.Figure) -> go.Figure:
    """The figure in Plotly's classes; raises ValueError where a property is none of Plotly's."""
    return go.Figure(figure.to_dict()) if isinstance(figure, Figure) else figure


def bar(**values: Any) -> Node:
    """A trace of bars, with the properties of Plotly's `Bar`."""
    return _trace("bar", values)


def scatter(**values: Any) -> Node:
    """A trace of points, lines or words, with the properties of Plotly's `Scatter`."""
    return _trace("scatter", values)


def _trace(kind: str, values: Mapping[str, Any]) -> Node:
    trace = Node(type=kind)
    trace.set(**values)
    return trace


def _plain(value: Any) -> Any:
    """A value as JSON has it: columns and arrays as lists, NaN as None."""
    if isinstance(value, Mapping):
        return Node({name: _plain(one) for name, one in value.items() if one is not None})
    if isinstance(value, pd.Series | np.ndarray):
        return [None if one != one else one for one in value.tolist()]
    if isinstance(value, list | tuple | range) and any(isinstance(one, Mapping) for one in value):
        return [_plain(one) for one in value]
    return list(value) if isinstance(value, tuple | range) else value
