"""Cells coloured by count: type × province as a table, and the days of a calendar.

A cell is a bar with a base, and a step of the colour is a trace of its own, so that a click, the
legend and the picture work as they do for bars.
"""

from __future__ import annotations

import calendar as months
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import line_breaks, theme
from dashboard.charts import frame, plain, timeline
from dashboard.charts.activities import type_name
from dashboard.charts.ranking import coverage, ranking, silence
from dashboard.language import text

# Columns that a phone has room for; further types share the last one.
MOST_TYPES = 9
MOST_ROWS = 40
MOST_MONTHS = 24
OTHERS = "others"
LABEL_COLUMNS = 22
CELL = 0.92


@dataclass(frozen=True, slots=True)
class Cell:
    """A count in a row and a column, what a click hands on, and what hovering says."""

    row: int
    column: int
    count: int
    data: str
    hover: str


def activity_matrix(
    rows: pd.DataFrame,
    language: str,
    source: str,
    dark: bool = False,
    silent: Sequence[str] = (),
) -> plain.Figure:
    """Which province reports which types: a table with its numbers on shades of one colour.

    `rows` are those of `Tables.activity_counts(selection, "province")`; `silent` are the names
    of the provinces from which nothing is reported. Provinces with most activities stand on top,
    types with most on the left. `customdata` is province/type, the type empty for the last column
    where it holds several.
    """
    ranked = ranking(rows).head(MOST_ROWS)
    known = rows[rows["key"].isin(ranked["key"])]
    types = _types(known)
    names = [frame.shortened(str(one), LABEL_COLUMNS) for one in ranked["label"]]
    heads = [_head(one, language) for one in types]
    figure = plain.Figure(_traces(_cells(known, ranked, types, language), dark))
    _mould(figure, [frame.escaped(one) for one in names], heads, language)
    notes = [text(language, "charts.matrix_counts")]
    if ranked.empty:
        notes.append(text(language, "charts.nothing"))
    if without := int(rows.loc[rows["key"].isna(), "count"].sum()):
        notes.append(text(language, "charts.without.province", count=without))
    if silent and len(ranked):
        notes.append(coverage(len(ranked), silent, language))
    unheard = silence(ranked, silent, language)
    caption = frame.Caption(_matrix_title(known, language), notes, source, unheard)
    room, top = frame.labels_width(names), _head_height(heads, language)
    height = frame.plot_height(len(names))
    return frame.framed(figure, caption, height, dark, room, top=top, bottom=theme.GAP)


def _types(known: pd.DataFrame) -> list[str]:
    """The columns: types with most activities first, the rest as OTHERS."""
    totals = known.groupby("type")["count"].sum()
    ranked = [str(one) for one in totals.sort_values(ascending=False, kind="stable").index]
    return ranked if len(ranked) <= MOST_TYPES + 1 else [*ranked[:MOST_TYPES], OTHERS]


def _head(column: str, language: str) -> str:
    return text(language, "charts.other_types") if column == OTHERS else type_name(column, language)


def _cells(
    known: pd.DataFrame, ranked: pd.DataFrame, types: list[str], language: str
) -> list[Cell]:
    folded = known.assign(column=[one if one in types else OTHERS for one in known["type"]])
    counts = folded.groupby(["key", "column"]).agg(count=("count", "sum")).reset_index()
    labels = dict(zip(ranked["key"], ranked["label"], strict=True))
    places = {key: number for number, key in enumerate(labels)}
    return [
        Cell(
            row=places[one.key],
            column=types.index(one.column),
            count=int(one.count),
            data=f"{one.key}/{'' if one.column == OTHERS else one.column}",
            hover=f"<b>{frame.escaped(labels[one.key])}</b> "
            f"{frame.escaped(_head(one.column, language))} {one.count}",
        )
        for one in frame.records(counts)
    ]


def _matrix_title(known: pd.DataFrame, language: str) -> str:
    totals = known.groupby(["label", "type"])["count"].sum()
    most = totals[totals == totals.max()] if len(totals) else totals
    if len(most) != 1:
        return text(language, "charts.matrix_question")
    place, kind = most.index[0]
    return text(
        language,
        "charts.matrix_most",
        place=place,
        type=type_name(kind, language),
        count=int(most.iloc[0]),
    )


def activity_calendar(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> plain.Figure:
    """Each day of each month, shaded by its activities.

    `rows` are those of `Tables.activity_counts(selection, "day")`. Shows the months around the
    middle of the activities, at most the last 24 of them. `customdata` is the day twice.
    """
    days = rows[rows["key"].notna()].groupby("key")["count"].sum()
    shown = _months(days)
    figure = plain.Figure(_empty_days(shown, dark))
    for trace in _traces(_day_cells(days, shown, language), dark, numbers=False):
        figure.add_trace(trace)
    labels = [theme.format_date(one, language) for one in shown]
    heads = ["1", *(str(one) if one % 5 == 0 else "" for one in range(2, 32))]
    _mould(figure, labels, heads, "")
    drawn = int(days[[str(key)[:7] in shown for key in days.index]].sum()) if len(days) else 0
    notes = [text(language, "charts.calendar_counts")]
    total = int(rows["count"].sum())
    if not shown:
        notes.append(text(language, "charts.nothing"))
    elif drawn < total:
        notes.append(text(language, "charts.calendar_drawn", total=total, drawn=drawn))
    caption = frame.Caption(_calendar_title(days, language), notes, source)
    room = frame.labels_width(labels)
    height = frame.plot_height(len(shown))
    return frame.framed(figure, caption, height, dark, room, top=24, bottom=theme.GAP)


def _months(days: pd.Series) -> list[str]:
    """The months (2023-12) that the calendar has rows for."""
    if days.empty:
        return []
    keys = pd.Series([str(one)[:7] for one in days.index])
    shown = timeline.window(keys, pd.Series(days.to_numpy()))
    first = max(shown.first, shown.last - MOST_MONTHS + 1)
    return [timeline.key_of(one, "month") for one in range(first, shown.last + 1)]


def _day_cells(days: pd.Series, shown: list[str], language: str) -> list[Cell]:
    places = {month: number for number, month in enumerate(shown)}
    return [
        Cell(
            row=places[key[:7]],
            column=int(key[8:]) - 1,
            count=int(count),
            data=f"{key}/{key}",
            hover=f"<b>{theme.format_date(key, language)}</b> {_weekday(key, language)} {count}",
        )
        for key, count in zip(map(str, days.index), days, strict=True)
        if key[:7] in places
    ]


def _weekday(day: str, language: str) -> str:
    return text(language, f"charts.weekday.{datetime.date.fromisoformat(day).isoweekday()}")


def _empty_days(shown: list[str], dark: bool) -> list[plain.Node]:
    """A pale cell for every day there is."""
    places = [
        (row, day)
        for row, month in enumerate(shown)
        for day in range(months.monthrange(int(month[:4]), int(month[5:]))[1])
    ]
    if not places:
        return []
    trace = _bar([row for row, _ in places], [day for _, day in places])
    trace.set(marker={"color": theme.palette(dark).paper}, hoverinfo="skip")
    return [trace]


def _calendar_title(days: pd.Series, language: str) -> str:
    most = days[days == days.max()] if len(days) else days
    if len(most) != 1:
        return text(language, "charts.calendar_question")
    day = str(most.index[0])
    return text(
        language,
        "charts.calendar_most",
        day=theme.format_date(day, language),
        weekday=_weekday(day, language),
        count=int(most.iloc[0]),
    )


def _traces(cells: list[Cell], dark: bool, numbers: bool = True) -> list[plain.Node]:
    """One trace per shade, named after its counts."""
    colours = theme.palette(dark).sequence
    traces = []
    steps = shades(max((one.count for one in cells), default=0), len(colours))
    for number, (low, high) in enumerate(steps):
        found = [one for one in cells if low <= one.count <= high]
        colour = colours[_shade(number, len(steps), len(colours))]
        trace = _bar([one.row for one in found], [one.column for one in found])
        trace.set(
            name=str(low) if low == high else f"{low}–{high}",
            marker={"color": colour},
            customdata=[one.data for one in found],
            hovertext=[one.hover for one in found],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        if numbers:
            trace.set(
                text=[str(one.count) for one in found],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": theme.ink_on(colour), "size": theme.SIZE_NOTE},
            )
        traces.append(trace)
    return traces


def _shade(number: int, steps: int, colours: int) -> int:
    """Which colour a step takes: fewer steps than colours are spread over them."""
    return colours - 1 if steps == 1 else round(number * (colours - 1) / (steps - 1))


def shades(most: int, steps: int) -> list[tuple[int, int]]:
    """Counts from 1 to `most` as at most `steps` ranges, each longer than the one before.

    1, 2, 3, 4–5; equal ratios, since counts are many ones and a few hundreds.
    """
    if most <= steps:
        return [(one, one) for one in range(1, most + 1)]
    ends = [max(number, round(most ** (number / steps))) for number in range(1, steps + 1)]
    return [(low + 1, high) for low, high in zip([0, *ends], ends, strict=False)]


def _bar(rows: list[int], columns: list[int]) -> plain.Node:
    return plain.bar(
        x=[CELL] * len(rows),
        base=[column - CELL / 2 for column in columns],
        y=rows,
        width=CELL,
        orientation="h",
    )


def _mould(figure: plain.Figure, labels: list[str], heads: list[str], language: str) -> None:
    """Rows downwards, columns with their heads on top, nothing but cells between them."""
    stacked = language == "zh"
    named = ["<br>".join(one) if stacked else frame.escaped(one) for one in heads]
    figure.update_yaxes(**frame.row_axis(labels))
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(heads))),
        ticktext=named,
        range=[-0.55, max(len(heads), 1) - 0.45],
        side="top",
        tickangle=-90 if language == "en" else 0,
        showgrid=False,
        zeroline=False,
        automargin=False,
    )
    figure.update_layout(barmode="overlay", barcornerradius=2, legend={"traceorder": "normal"})


def _head_height(heads: list[str], language: str) -> int:
    """The room of the column heads above the plot, in pixels."""
    if language == "zh":
        return max(map(len, heads), default=0) * 17 + theme.GAP
    return round(max(map(line_breaks.columns, heads), default=0) * frame.COLUMN) + theme.GAP


def activity_matrix_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `activity_matrix` shows, in a sentence."""
    known = rows[rows["key"].notna()]
    if known.empty:
        return text(language, "charts.nothing")
    top = known.sort_values("count", ascending=False, kind="stable").head(5)
    said = [
        f"{row.label} {type_name(row.type, language)} {row.count}" for row in frame.records(top)
    ]
    return text(language, "charts.matrix_alt", top=text(language, "list.comma").join(said))


def activity_calendar_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `activity_calendar` shows, in a sentence."""
    days = rows[rows["key"].notna()].groupby("key")["count"].sum()
    if days.empty:
        return text(language, "charts.nothing")
    top = days.sort_values(ascending=False, kind="stable").head(5)
    said = [f"{theme.format_date(str(day), language)} {count}" for day, count in top.items()]
    return text(language, "charts.calendar_alt", top=text(language, "list.comma").join(said))
