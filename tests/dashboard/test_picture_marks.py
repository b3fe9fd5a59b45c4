"""No picture leaves out what the screen shows: every trace of every chart, and where it stands."""

from __future__ import annotations

import io

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from plotly.subplots import make_subplots

from dashboard import clouds, keyness, pictures
from dashboard.charts import frame, plain
from dashboard.charts import words as word_charts
from tests.dashboard import test_charts

CAPTION = frame.Caption("图", ["单位：项"], "来源：某报")
SIDES = pd.DataFrame({"word": ["甲", "乙"], "count": [90, 10], "count_other": [10, 99]})
APART = keyness.keyness(SIDES.assign(articles=2, articles_other=2), 1000, 1000)
LINES = pd.DataFrame(
    {
        "key": ["2023-11", "2023-12", "2023-11", "2023-12"],
        "word": ["提案", "提案", "协商", "协商"],
        "count": [3, 4, 0, 9],
        "total": 1000,
        "share": [30.0, 40.0, 0.0, 90.0],
        "articles": [1, 2, 0, 3],
    }
)
CLOUD = pd.DataFrame({"word": ["提案", "协商"], "share": [30.0, 10.0]})


def strange() -> go.Figure:
    """Every kind of trace that pictures know, whether or not a chart uses it today."""
    figure = make_subplots(rows=2, cols=2)
    figure.add_trace(go.Bar(x=["甲", "乙"], y=[3, -2], text=["3", "-2"], name="柱"), 1, 1)
    cells = go.Heatmap(
        z=[[1, None], [3, 4]], text=[["一", ""], ["三", "四"]], texttemplate="%{text}"
    )
    figure.add_trace(cells.update(colorscale=[[0, "#c8dff0"], [1, "#00507f"]]), 1, 2)
    spans = {"array": [0.5, 0.2]}
    figure.add_trace(go.Scatter(x=[1, 2], y=[2, 4], mode="lines+markers", error_y=spans), 2, 1)
    ring = {"x": [0, 4, 4, None, 1, 2, 2], "y": [0, 0, 4, None, 1, 1, 2]}
    figure.add_trace(go.Scatter(**ring, fill="toself", mode="none", fillcolor="#c65200"), 2, 2)
    return frame.framed(figure, CAPTION, 400, False)


DRAWN = {
    **{name: draw("zh", False) for name, draw in test_charts.ALL.items()},
    "keyness": word_charts.keyness_bars(APART, "g2", CAPTION, "zh"),
    "lines": word_charts.word_lines(LINES, CAPTION, "zh"),
    "cloud": word_charts.cloud(clouds.drawn(clouds.layout([CLOUD]), CLOUD), "云", [], "来源"),
    "strange": strange(),
}
FIGURES = {name: plain.whole(figure) for name, figure in DRAWN.items()}


def image(figure: go.Figure) -> Image.Image:
    return Image.open(io.BytesIO(pictures.picture(figure, "png", scale=1))).convert("RGB")


@pytest.mark.parametrize("name", FIGURES)
def test_every_trace_that_has_a_mark_is_in_the_picture(name: str) -> None:
    figure = FIGURES[name]
    assert pictures.unknown(figure) == []
    whole = image(figure)
    for number, trace in enumerate(figure.data):
        if not _has_marks(trace):
            continue
        bare = go.Figure(figure)
        # Its axes stay where they are; only what the trace draws goes.
        bare.data[number].update(x=[None], y=[None], overwrite=True)
        if trace.type == "heatmap":
            bare.data[number].update(z=[[None]], text=None, overwrite=True)
        _keep_ranges(bare, figure)
        assert image(bare).tobytes() != whole.tobytes(), (name, number, trace.name)


def _has_marks(trace: go.Bar) -> bool:
    values = trace.z if trace.type == "heatmap" else trace.x
    known = [one for one in (values if values is not None else ()) if one is not None]
    is_blank = trace.type == "scatter" and getattr(trace.marker, "opacity", None) == 0
    return bool(len(known)) and not is_blank


def _keep_ranges(bare: go.Figure, figure: go.Figure) -> None:
    sheet = pictures._sheet(figure, pictures.WIDTH, ())
    pictures.axes.draw(sheet)
    for (across, up), plot in sheet.plots.items():
        bare.layout[f"xaxis{across[1:]}"].range = plot.get_xlim()
        bare.layout[f"yaxis{up[1:]}"].range = plot.get_ylim()


def test_bars_stand_where_their_values_are() -> None:
    figure = FIGURES["words"]
    sheet = pictures._sheet(figure, pictures.WIDTH, ())
    pictures.axes.draw(sheet)
    plot, drawn = sheet.plots["x", "y"], image(figure)
    accent = tuple(bytes.fromhex(figure.data[0].marker.color[1:]))
    for value, row in zip(figure.data[0].x, figure.data[0].y, strict=True):
        for share, inside in ((0.02, True), (0.98, True), (1.02, False)):
            x, y = plot.transData.transform((value * share, row))
            pixel = drawn.getpixel((int(x), int(sheet.height - y)))
            assert (pixel == accent) is inside, (value, share)


def test_an_unknown_trace_is_told_and_the_others_are_drawn(
    caplog: pytest.LogCaptureFixture,
) -> None:
    figure = go.Figure(FIGURES["words"])
    figure.add_trace(go.Pie(values=[1, 2]))
    assert pictures.unknown(figure) == ["pie"]
    assert image(figure).tobytes() == image(FIGURES["words"]).tobytes()
    assert [one.fields["kind"] for one in caplog.records] == ["pie"]  # type: ignore[attr-defined]


def test_a_picture_for_a_phone_is_narrow() -> None:
    with Image.open(io.BytesIO(pictures.picture(FIGURES["by"], "png", width=390))) as narrow:
        assert narrow.width == 780
