"""Small multiples: the same time axis and the same scale, one row for each province."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain, timeline
from dashboard.charts.ranking import ranking
from dashboard.language import text

MOST_PANELS = 34
PANEL_HEIGHT = 38
# A row's height that its highest bar may take.
TALLEST = 0.82
# Below the middle of a row, where its bars stand.
FLOOR = 0.4
LABEL_COLUMNS = 16


def activity_panels(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> plain.Figure:
    """Activities over time in each province, those with most on top.

    `rows` are those of `Tables.activity_panels(selection, bucket)`: key, label, bucket, count.
    All rows share one scale, so that they can be compared; what lies far away is gathered as in
    `activities_over_time`. `customdata` is province/first/last bucket.
    """
    dated = rows[rows["key"].notna() & rows["bucket"].notna()]
    ranked = ranking(dated).head(MOST_PANELS)
    figure = plain.Figure()
    notes = [text(language, "charts.panels_counts")]
    if dated.empty:
        caption = frame.Caption(
            text(language, "charts.panels_question"),
            [*notes, text(language, "charts.nothing")],
            source,
        )
        return frame.framed(figure, caption, frame.plot_height(1), dark)
    shown = timeline.window(dated["bucket"], dated["count"])
    kept = _kept(dated, ranked, shown)
    figure.add_trace(_floors(len(ranked), kept, dark))
    figure.add_trace(_bars(kept, language, dark))
    end = int(kept["place"].max()) + 0.6
    figure.add_trace(_totals(ranked, end, dark))
    before = bool((kept["place"] < shown.first).any())
    behind = bool((kept["place"] > shown.last).any())
    axis = timeline.axis(shown, before, behind, language)
    low, high = axis["range"]
    figure.update_xaxes(**axis | {"range": [low, high + (high - low) * 0.12], "side": "top"})
    names = [
        frame.escaped(frame.shortened(str(one), LABEL_COLUMNS)) for one in ranked["label"].tolist()
    ]
    figure.update_yaxes(**frame.row_axis(names))
    figure.update_layout(barmode="overlay", bargap=0.1)
    drawn, total = int(kept["count"].sum()), int(rows["count"].sum())
    if drawn < total:
        notes.append(text(language, "charts.panels_drawn", total=total, drawn=drawn))
    caption = frame.Caption(_title(ranked, language), notes, source)
    room, height = frame.labels_width(names), PANEL_HEIGHT * len(ranked)
    return frame.framed(figure, caption, height, dark, room, top=2 * 19, bottom=theme.GAP)


def _kept(dated: pd.DataFrame, ranked: pd.DataFrame, shown: timeline.Window) -> pd.DataFrame:
    """row, place, key, label, first, last, count: one per bar."""
    order = {key: number for number, key in enumerate(ranked["key"])}
    placed = dated[dated["key"].isin(order)]
    placed = placed.assign(
        row=placed["key"].map(order),
        place=[shown.place(timeline.index_of(one)) for one in placed["bucket"]],
    )
    grouped = placed.groupby(["row", "place"], as_index=False)
    return grouped.agg(
        key=("key", "first"),
        label=("label", "first"),
        first=("bucket", "min"),
        last=("bucket", "max"),
        count=("count", "sum"),
    )


def _floors(rows: int, kept: pd.DataFrame, dark: bool) -> plain.Node:
    """The line that the bars of a row stand on."""
    low, high = int(kept["place"].min()) - 0.5, int(kept["place"].max()) + 0.5
    x: list[float | None] = []
    y: list[float | None] = []
    for row in range(rows):
        x += [low, high, None]
        y += [row + FLOOR, row + FLOOR, None]
    line = {"width": 1, "color": theme.palette(dark).grid}
    return plain.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _bars(kept: pd.DataFrame, language: str, dark: bool) -> plain.Node:
    """Bars that stand on the lower edge of their row."""
    most = int(kept["count"].max())
    hover = [
        f"<b>{frame.escaped(row.label)}</b> {_when(row, language)} {row.count}"
        for row in frame.records(kept)
    ]
    return plain.bar(
        x=kept["place"],
        y=-TALLEST * kept["count"] / most,
        base=kept["row"] + FLOOR,
        width=0.86,
        marker={"color": theme.palette(dark).accent, "cornerradius": 0},
        customdata=[f"{row.key}/{row.first}/{row.last}" for row in frame.records(kept)],
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _when(row: Any, language: str) -> str:
    """The bucket of a bar, or the first and the last of those gathered in it."""
    iso = row.first if row.first == row.last else f"{row.first}/{row.last}"
    return frame.escaped(theme.format_date(iso, language))


def _totals(ranked: pd.DataFrame, end: float, dark: bool) -> plain.Node:
    """How many there are in a row, at its end."""
    return plain.scatter(
        x=[end] * len(ranked),
        y=list(range(len(ranked))),
        mode="text",
        text=[f"\u2002{count}" for count in ranked["count"]],
        textposition="middle right",
        textfont={"size": theme.SIZE_NOTE, "color": theme.palette(dark).text},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _title(ranked: pd.DataFrame, language: str) -> str:
    first = ranked[ranked["rank"] == 1]
    if len(first) != 1:
        return text(language, "charts.panels_question")
    return text(
        language,
        "charts.panels_most",
        name=first["label"].iloc[0],
        count=int(first["count"].iloc[0]),
        places=len(ranked),
    )


def activity_panels_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `activity_panels` shows, in a sentence."""
    dated = rows[rows["key"].notna() & rows["bucket"].notna()]
    if dated.empty:
        return text(language, "charts.nothing")
    top = [f"{row.label} {row.count}" for row in frame.records(ranking(dated).head(5))]
    return text(language, "charts.panels_alt", top=text(language, "list.comma").join(top))
