"""How many activities over time, stacked by group of types."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain, timeline
from dashboard.language import has, text

PLOT_HEIGHT = 300


def activities_over_time(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> plain.Figure:
    """Activities by day, week, month, quarter or year, stacked by group of types.

    `rows` are those of `Tables.activity_counts(selection, by)` for a bucket of time. The time
    axis is true to scale; the few of long ago or far ahead are gathered beside it, and activities
    whose date is too coarse are told in a note. `customdata` is the first and the last bucket of
    a bar (2023-12/2023-12).
    """
    known = rows[rows["key"].notna()]
    figure = plain.Figure()
    shown = None
    if not known.empty:
        shown = timeline.window(known["key"], known["count"])
        placed = _placed(known, shown)
        for group in theme.GROUPS:
            found = placed[placed["group"] == group]
            if not found.empty:
                figure.add_trace(_group_bars(found, group, shown, language, dark))
        before = bool((placed["place"] < shown.first).any())
        behind = bool((placed["place"] > shown.last).any())
        figure.update_yaxes(**frame.count_axis(placed.groupby("place")["count"].sum()))
        figure.update_xaxes(**timeline.axis(shown, before, behind, language))
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    caption = frame.Caption(_title(known, language), _notes(rows, shown, language), source)
    return frame.framed(figure, caption, PLOT_HEIGHT, dark, right=frame.LAST_LABEL)


def _placed(known: pd.DataFrame, shown: timeline.Window) -> pd.DataFrame:
    """The rows with `place` on the axis and `group` of types."""
    return known.assign(
        place=[shown.place(timeline.index_of(key)) for key in known["key"]],
        group=known["type"].map(theme.group_of),
    )


def _group_bars(
    found: pd.DataFrame, group: str, shown: timeline.Window, language: str, dark: bool
) -> plain.Node:
    """The bars of one group: one per place, its types in the hover text."""
    places = _by_place(found)
    return plain.bar(
        name=text(language, f"charts.group.{group}"),
        x=[one.place for one in places],
        y=[sum(one.types.values()) for one in places],
        customdata=[f"{one.first}/{one.last}" for one in places],
        hovertext=[_hover(one, language) for one in places],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": theme.group_colour(group, dark)},
    )


@dataclass(slots=True)
class _Place:
    """What stands at one place on the axis: the buckets gathered there, and how many per type."""

    place: float
    first: str
    last: str
    types: dict[str, int] = field(default_factory=dict)


def _by_place(found: pd.DataFrame) -> list[_Place]:
    """The places of `found` from left to right. Plain Python: a groupby per bar takes longer."""
    places: dict[float, _Place] = {}
    columns = (found[name] for name in ("place", "key", "type", "count"))
    for place, key, kind, count in zip(*columns, strict=True):
        one = places.setdefault(place, _Place(place, key, key))
        one.first, one.last = min(one.first, key), max(one.last, key)
        one.types[kind] = one.types.get(kind, 0) + int(count)
    return [places[place] for place in sorted(places)]


def _hover(one: _Place, language: str) -> str:
    """The bucket, or the first and the last of those gathered, and how many of each type."""
    span = one.first if one.first == one.last else f"{one.first}/{one.last}"
    when = theme.format_date(span, language)
    counted = [f"{type_name(kind, language)} {one.types[kind]}" for kind in sorted(one.types)]
    return "<br>".join([f"<b>{frame.escaped(when)}</b>", *map(frame.escaped, counted)])


def type_name(activity_type: str, language: str) -> str:
    """The reader's word for an activity type."""
    key = f"type.{activity_type}"
    return text(language, key) if has(language, key) else activity_type


def _title(known: pd.DataFrame, language: str) -> str:
    """The busiest bucket; where several are, or none, the question."""
    totals = known.groupby("key")["count"].sum()
    most = totals[totals == totals.max()] if len(totals) else totals
    if len(most) != 1:
        return text(language, "charts.time_question")
    when = theme.format_date(str(most.index[0]), language)
    return text(language, "charts.time_most", when=when, count=int(most.iloc[0]))


def _notes(rows: pd.DataFrame, shown: timeline.Window | None, language: str) -> list[str]:
    """What is counted, how many of the activities are drawn, and what is gathered aside."""
    known = rows[rows["key"].notna()]
    bucket = shown.bucket if shown else timeline.bucket_of([])
    per = text(language, f"per.{bucket}")
    notes = [text(language, "charts.time_counts", per=per)]
    if shown is None:
        return [*notes, text(language, "charts.nothing")]
    total, dated = int(rows["count"].sum()), int(known["count"].sum())
    if dated < total:
        notes.append(text(language, f"charts.dated.{bucket}", total=total, dated=dated))
    aside = [not shown.holds(timeline.index_of(key)) for key in known["key"]]
    if any(aside):
        count = int(known.loc[aside, "count"].sum())
        notes.append(text(language, "charts.aside", count=count))
    return notes


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
        per=text(language, f"per.{timeline.bucket_of(dated['key'])}"),
        first=theme.format_date(str(min(totals.index)), language),
        last=theme.format_date(str(max(totals.index)), language),
        total=int(totals.sum()),
        most=theme.format_date(most, language),
        count=int(totals[most]),
        undated=int(rows["count"].sum() - totals.sum()),
    )
