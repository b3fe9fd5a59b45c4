"""The most frequent words as lying bars: what a word cloud cannot say exactly."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts import frame
from dashboard.language import text

MOST_WORDS = 30


def word_bars(
    rows: pd.DataFrame, language: str, source: str, dark: bool = False, name: str | None = None
) -> go.Figure:
    """The first thirty words, most frequent on top.

    `rows` are those of `Tables.words(...)`: word, count, articles; `name` is the region's.
    """
    shown = rows.head(MOST_WORDS)
    words = [frame.escaped(frame.shortened(str(one), 22)) for one in shown["word"]]
    hover = [
        text(language, "charts.word_hover", word=word, count=count, articles=articles)
        for word, count, articles in zip(words, shown["count"], shown["articles"], strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            x=shown["count"],
            y=list(range(len(shown))),
            orientation="h",
            text=shown["count"].astype(str),
            textposition="outside",
            cliponaxis=False,
            marker={"color": theme.palette(dark).accent},
            hovertext=hover,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(**frame.row_axis(words))
    figure.update_xaxes(**frame.count_axis(shown["count"]))
    notes = [text(language, "charts.counts_words")]
    if shown.empty:
        notes.append(text(language, "charts.nothing"))
    title = text(language, "charts.words_of", name=name) if name else text(language, "charts.words")
    caption = frame.Caption(title, notes, source)
    room = frame.labels_width(words)
    return frame.framed(figure, caption, frame.plot_height(len(shown)), dark, room)


def word_bars_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `word_bars` shows, in a sentence."""
    if rows.empty:
        return text(language, "charts.nothing")
    top = [f"{word} {count}" for word, count in zip(rows["word"], rows["count"], strict=True)]
    return text(language, "charts.words_alt", top=text(language, "list.comma").join(top[:8]))
