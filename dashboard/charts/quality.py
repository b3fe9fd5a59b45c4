"""How accurate the extraction is beside other tools, and what a confidence means."""

from __future__ import annotations

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain
from dashboard.language import text
from dashboard.measured import US

SIZE_OURS, SIZE_PEERS = 15, 10
# Signs that stay apart without colour.
SYMBOLS = ("diamond", "circle", "circle-open", "square", "square-open")
# Lowest F1 on the axis where every dot lies above it.
LOWEST = 0.5


def accuracy_dots(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> plain.Figure:
    """A row per question, a dot per tool at its F1; ours is the large one.

    `rows` are those of `measured.peers(part)`.
    """
    questions = list(dict.fromkeys(rows["question"]))
    at = {one: index for index, one in enumerate(questions)}
    figure = plain.Figure()
    tools = list(dict.fromkeys(rows["tool"]))
    for index, tool in reversed(list(enumerate(tools))):
        some = rows[rows["tool"] == tool]
        figure.add_trace(_dots(some, at, tool, index, language, dark))
    labels = [frame.escaped(text(language, f"question.{one}")) for one in questions]
    figure.update_layout(legend={"traceorder": "reversed"})
    figure.update_yaxes(**frame.row_axis(labels))
    lowest = LOWEST if rows["f1"].min() > LOWEST else 0
    figure.update_xaxes(range=[lowest, 1.03], tickformat=".1f", dtick=0.1 if lowest else 0.2)
    notes = [text(language, "quality.dots_unit"), text(language, "quality.dots_rule")]
    caption = frame.Caption(text(language, "quality.dots_title"), notes, source)
    height = frame.plot_height(len(questions)) * 3 // 2
    room = frame.labels_width(labels)
    return frame.framed(figure, caption, height, dark, room, right=frame.LAST_LABEL)


def _dots(
    rows: pd.DataFrame, at: dict[str, int], tool: str, index: int, language: str, dark: bool
) -> plain.Node:
    colours = theme.palette(dark)
    us = tool == US
    hover = [
        text(
            language, "quality.hover", tool=tool, f1=f"{row.f1:.3f}", right=row.right, gold=row.gold
        )
        for row in frame.records(rows)
    ]
    return plain.scatter(
        x=rows["f1"],
        y=[at[one] for one in rows["question"]],
        mode="markers",
        name=text(language, "app.name") if us else tool,
        marker={
            "size": SIZE_OURS if us else SIZE_PEERS,
            "symbol": SYMBOLS[0] if us else SYMBOLS[1 + (index - 1) % (len(SYMBOLS) - 1)],
            "color": colours.accent if us else colours.groups[index % len(colours.groups)],
        },
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def accuracy_dots_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `accuracy_dots` shows, in a sentence."""
    own = rows[rows["tool"] == US]
    parts = [
        f"{text(language, f'question.{row.question}')} {row.f1:.3f}" for row in frame.records(own)
    ]
    return text(language, "quality.dots_alt", values=text(language, "list.comma").join(parts))


def confidence_bars(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False
) -> plain.Figure:
    """A bar per stretch of confidence: the share of its figures that are right.

    `rows` are those of `measured.confidences()`.
    """
    labels = [_stretch(one, rows, language) for one in rows["from"]]
    written = [
        text(language, "quality.of", right=row.right, given=row.given)
        for row in frame.records(rows)
    ]
    figure = plain.Figure(
        plain.bar(
            x=rows["share"],
            y=list(range(len(rows))),
            orientation="h",
            text=written,
            textposition="inside",
            insidetextanchor="end",
            insidetextfont={"color": theme.palette(dark).background},
            marker={"color": theme.palette(dark).accent},
            hoverinfo="skip",
        )
    )
    figure.update_yaxes(**frame.row_axis(labels))
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    notes = [text(language, "quality.confidence_unit")]
    caption = frame.Caption(text(language, "quality.confidence_title"), notes, source)
    room, height = frame.labels_width(labels), frame.plot_height(len(rows))
    return frame.framed(figure, caption, height, dark, room, right=frame.LAST_LABEL)


def _stretch(low: float, rows: pd.DataFrame, language: str) -> str:
    """0.8–0.9, and "below 0.6" for the last."""
    higher = sorted(one for one in (*rows["from"], 1.0) if one > low)
    if low == 0:
        return text(language, "quality.below", high=f"{higher[0]:.1f}")
    return f"{low:.1f}–{higher[0]:.1f}"


def confidence_bars_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `confidence_bars` shows, in a sentence."""
    parts = [
        f"{_stretch(row[0], rows, language)} {row.share:.0%}"
        for row in rows.itertuples(index=False)
    ]
    return text(language, "quality.confidence_alt", values=text(language, "list.comma").join(parts))
