"""Figures as plain data: what they hold, what they leave out, and what Streamlit sends."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data

from dashboard.charts import plain


def figure() -> plain.Figure:
    made = plain.Figure(plain.bar(x=pd.Series([1.5, None]), y=np.array([1, 2]), text=("a", "b")))
    made.add_trace(plain.scatter(x=range(2), y=[0, 1], marker={"color": "#000000", "size": None}))
    made.update_xaxes(range=(0, 1), title={"text": "x"})
    made.update_xaxes(title={"standoff": 4})
    made.add_annotation(text="source")
    return made


def test_columns_and_arrays_become_lists_and_what_is_missing_none() -> None:
    bars, points = figure().data
    assert (bars.x, bars.y, bars.text) == ([1.5, None], [1, 2], ["a", "b"])
    assert points.x == [0, 1]
    assert dict(points.marker) == {"color": "#000000"}


def test_parts_are_set_entry_by_entry_and_taken_out_by_none() -> None:
    made = figure()
    assert dict(made.layout.xaxis) == {"range": [0, 1], "title": {"text": "x", "standoff": 4}}
    made.update_layout(xaxis={"title": None}, annotations=None)
    assert dict(made.layout.xaxis) == {"range": [0, 1]}
    assert made.layout.annotations is None


def test_a_part_that_is_missing_is_empty_and_a_value_none() -> None:
    bars, _ = figure().data
    assert bars.marker.pattern.shape is None
    assert bars.name is None
    with pytest.raises(AttributeError):
        bars.__deepcopy__  # noqa: B018


def test_plotly_draws_the_same_from_its_own_classes() -> None:
    ours, theirs = figure().to_dict(), plain.whole(figure())
    assert isinstance(theirs, go.Figure)
    assert theirs.data[1].marker.color == "#000000"
    assert json.loads(json.dumps(theirs.to_dict()["layout"]))["xaxis"] == ours["layout"]["xaxis"]


def test_a_property_that_plotly_has_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        plain.whole(plain.Figure(plain.bar(colour="red")))


def test_streamlit_sends_the_figure_as_it_is() -> None:
    sent = return_figure_from_figure_or_data(plain.for_streamlit(figure()), validate_figure=True)
    expected = json.loads(json.dumps(figure().to_dict()))
    expected["layout"]["datarevision"] = 1
    assert json.loads(plotly.io.to_json(sent, validate=False)) == expected


def test_a_chart_whose_marks_are_clicked_says_so_before_streamlit_does() -> None:
    sent = plain.for_streamlit(figure(), clicks=True).to_dict()["layout"]
    assert (sent["clickmode"], sent["hovermode"], sent["dragmode"]) == (
        "event+select",
        "closest",
        "pan",
    )


def test_a_template_is_written_into_the_layout_below_what_the_figure_says() -> None:
    made = figure()
    made.update_layout(
        template={"layout": {"xaxis": {"range": [5, 6], "color": "red"}, "bargap": 0.1}},
        xaxis2={"side": "top"},
        bargap=0.2,
    )
    assert plain.without_template(made.layout) == {
        "xaxis": {"range": [0, 1], "color": "red", "title": {"text": "x", "standoff": 4}},
        "xaxis2": {"range": [5, 6], "color": "red", "side": "top"},
        "bargap": 0.2,
        "annotations": [{"text": "source"}],
    }
