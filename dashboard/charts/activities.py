"""How many activities: over time, and by type, province or city."""

from __future__ import annotations

import datetime
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts import frame
from dashboard.language import has, text

PLOT_HEIGHT = 300
TICKS = 4
# A lone bar as wide as the plot would look like a total.
LEAST_BUCKETS = 8
# At most this share at either end is left out, and only where it makes the axis this much longer.
BEYOND, FAR = 0.02, 2
# All provinces fit, and the cities of the largest one nearly twice.
MOST_BARS = 40


def activities_over_time(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> go.Figure:
    """Activities by day, week, month or quarter, stacked by group of types.

    `rows` are those of `Tables.activity_counts(selection, by)` for a bucket of time. The time
    axis is true to scale; activities whose date is too coarse for it are told in a note, and so
    are the few of long ago or far ahead that would press all others together.
    """
    known = rows[rows["key"].notna()]
    bucket = _bucket(known)
    dated = _within(known)
    figure = go.Figure()
    groups = dated.assign(group=dated["type"].map(theme.group_of))
    for group in theme.GROUPS:
        found = groups[groups["group"] == group]
        if not found.empty:
            figure.add_trace(_group_bars(found, group, language, dark))
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_yaxes(**frame.count_axis(dated.groupby("key")["count"].sum()))
    if not dated.empty:
        figure.update_xaxes(**_time_axis([_index(key) for key in dated["key"]], bucket, language))
    beyond = int(known["count"].sum() - dated["count"].sum())
    caption = _time_caption(rows, bucket, beyond, language, source)
    return frame.framed(figure, caption, PLOT_HEIGHT, dark)


def _within(dated: pd.DataFrame) -> pd.DataFrame:
    """The rows of the buckets that nearly all activities are in, where the others are far away."""
    totals = dated.groupby(dated["key"].map(_index))["count"].sum().sort_index()
    if totals.empty:
        return dated
    share = totals.cumsum() / totals.sum()
    first = int(share.index[share.to_numpy() > BEYOND][0])
    last = int(share.index[share.to_numpy() >= 1 - BEYOND][0])
    room = max(last - first + 1, LEAST_BUCKETS)
    if totals.index[-1] - totals.index[0] < FAR * room:
        return dated
    return dated[dated["key"].map(_index).between(first, last)]


def _group_bars(found: pd.DataFrame, group: str, language: str, dark: bool) -> go.Bar:
    """The bars of one group: one per bucket, its types in the hover text."""
    keys = list(dict.fromkeys(found["key"]))
    parts = dict(list(found.groupby("key", sort=False)))
    return go.Bar(
        name=text(language, f"charts.group.{group}"),
        x=[_index(key) for key in keys],
        y=[int(parts[key]["count"].sum()) for key in keys],
        hovertext=[_hover(key, parts[key], language) for key in keys],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": theme.group_colour(group, dark)},
    )


def _hover(key: str, part: pd.DataFrame, language: str) -> str:
    types = [
        frame.escaped(f"{type_name(one, language)} {count}")
        for one, count in zip(part["type"], part["count"], strict=True)
    ]
    return frame.escaped(theme.format_date(key, language)) + "<br>" + "<br>".join(types)


def type_name(activity_type: str, language: str) -> str:
    """The reader's word for an activity type."""
    key = f"type.{activity_type}"
    return text(language, key) if has(language, key) else activity_type


def _time_caption(
    rows: pd.DataFrame, bucket: str, beyond: int, language: str, source: str
) -> frame.Caption:
    undated = int(rows.loc[rows["key"].isna(), "count"].sum())
    notes = [text(language, "charts.counts_activities")]
    if rows["key"].notna().sum() == 0:
        notes.append(text(language, "charts.nothing"))
    if undated:
        notes.append(text(language, f"charts.undated.{bucket}", count=undated))
    if beyond:
        notes.append(text(language, "charts.beyond", count=beyond))
    per = text(language, f"per.{bucket}")
    return frame.Caption(text(language, "charts.over_time", per=per), notes, source)


def _bucket(dated: pd.DataFrame) -> str:
    """Which bucket the keys are of: 2023-12-28, 2023-W52, 2023-12 or 2023-Q4."""
    key = str(dated["key"].iloc[0]) if len(dated) else "0000-00"
    if "W" in key or "Q" in key:
        return "week" if "W" in key else "quarter"
    return "day" if len(key) == 10 else "month"


def _index(key: str) -> int:
    """Where a bucket stands on an axis on which each next one is 1 further."""
    year, rest = int(key[:4]), key[5:]
    if rest.startswith("W"):
        return datetime.date.fromisocalendar(year, int(rest[1:]), 1).toordinal() // 7
    if rest.startswith("Q"):
        return year * 4 + int(rest[1:]) - 1
    if len(rest) == 2:
        return year * 12 + int(rest) - 1
    return datetime.date.fromisoformat(key).toordinal()


def _key(index: int, bucket: str) -> str:
    """The bucket that stands there: the reverse of `_index`."""
    if bucket == "quarter":
        return f"{index // 4}-Q{index % 4 + 1}"
    if bucket == "month":
        return f"{index // 12}-{index % 12 + 1:02}"
    if bucket == "day":
        return datetime.date.fromordinal(index).isoformat()
    year, week, _ = datetime.date.fromordinal(index * 7 + 1).isocalendar()
    return f"{year}-W{week:02}"


def _time_axis(indices: list[int], bucket: str, language: str) -> dict[str, Any]:
    """The range of the axis and a few labels, the year below the rest."""
    first, last = min(indices), max(indices)
    step = max(1, -(-(last - first) // (TICKS - 1)))
    ticks = list(range(first, last + 1, step))
    spare = max(0, LEAST_BUCKETS - (last - first + 1)) / 2
    return {
        "tickvals": ticks,
        "ticktext": [_tick(_key(one, bucket), language) for one in ticks],
        "range": [first - 0.6 - spare, last + 0.6 + spare],
        "showgrid": False,
    }


def _tick(key: str, language: str) -> str:
    label = theme.format_date(key, language)
    if language == "zh":
        year, rest = label.split("年", 1)
        return f"{rest}<br>{year}年"
    rest, year = label.replace(",", "").rsplit(" ", 1)
    return f"{rest}<br>{year}"


def activities_over_time_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `activities_over_time` shows, in a sentence or two."""
    dated = rows[rows["key"].notna()]
    if dated.empty:
        return text(language, "charts.nothing")
    totals = dated.groupby("key")["count"].sum()
    most = str(totals.idxmax())
    return text(
        language,
        "charts.over_time_alt",
        per=text(language, f"per.{_bucket(dated)}"),
        first=theme.format_date(str(min(totals.index)), language),
        last=theme.format_date(str(max(totals.index)), language),
        total=int(totals.sum()),
        most=theme.format_date(most, language),
        count=int(totals[most]),
        undated=int(rows["count"].sum() - totals.sum()),
    )


def activities_by(
    rows: pd.DataFrame, dimension: str, language: str, source: str, dark: bool = False
) -> go.Figure:
    """Activities by `dimension` (type, province, city), most first, as lying bars.

    `rows` are those of `Tables.activity_counts(selection, dimension)`. What belongs to no
    province or city is told in a note, and so are the bars beyond the first forty.
    """
    ranked = _ranked(rows)
    shown = ranked.head(MOST_BARS)
    names = [frame.escaped(_name(row, dimension, language)) for row in frame.records(shown)]
    bars = go.Bar(
        x=shown["count"],
        y=list(range(len(shown))),
        orientation="h",
        text=shown["count"].astype(str),
        textposition="outside",
        cliponaxis=False,
        marker={"color": [_colour(key, dimension, dark) for key in shown["key"]]},
        hovertext=names,
        hovertemplate="%{hovertext}<br>%{x}<extra></extra>",
    )
    figure = go.Figure(bars)
    figure.update_yaxes(**frame.row_axis(names))
    figure.update_xaxes(**frame.count_axis(shown["count"]))
    caption = _by_caption(rows, ranked, dimension, language, source)
    room = frame.labels_width(names)
    return frame.framed(figure, caption, frame.plot_height(len(shown)), dark, room)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """key, label, count: one row per known key, most first."""
    known = rows[rows["key"].notna()]
    totals = known.groupby("key", sort=False).agg(label=("label", "first"), count=("count", "sum"))
    return totals.reset_index().sort_values(["count", "key"], ascending=[False, True])


def _name(row: Any, dimension: str, language: str) -> str:
    if dimension == "type":
        return type_name(row.key, language)
    return frame.shortened(str(row.label or row.key), 22)


def _colour(key: str, dimension: str, dark: bool) -> str:
    if dimension == "type":
        return theme.group_colour(theme.group_of(key), dark)
    return theme.palette(dark).accent


def _by_caption(
    rows: pd.DataFrame, ranked: pd.DataFrame, dimension: str, language: str, source: str
) -> frame.Caption:
    without = int(rows.loc[rows["key"].isna(), "count"].sum())
    notes = [text(language, "charts.counts_activities")]
    if ranked.empty:
        notes.append(text(language, "charts.nothing"))
    if without:
        notes.append(text(language, f"charts.without.{dimension}", count=without))
    if len(ranked) > MOST_BARS:
        notes.append(text(language, "charts.first", shown=MOST_BARS, count=len(ranked)))
    title = text(language, "charts.by", dimension=text(language, f"dimension.{dimension}"))
    return frame.Caption(title, notes, source)


def activities_by_alt_text(rows: pd.DataFrame, dimension: str, language: str) -> str:
    """What `activities_by` shows, in a sentence or two."""
    ranked = _ranked(rows)
    if ranked.empty:
        return text(language, "charts.nothing")
    top = [f"{_name(row, dimension, language)} {row.count}" for row in frame.records(ranked[:5])]
    return text(
        language,
        "charts.by_alt",
        dimension=text(language, f"dimension.{dimension}"),
        total=int(rows["count"].sum()),
        top=text(language, "list.comma").join(top),
    )
