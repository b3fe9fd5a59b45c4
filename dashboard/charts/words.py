"""Words of a region: the cloud, ranked bars, what sets it apart, and its words over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import clouds, theme
from dashboard.charts import frame, plain
from dashboard.language import text

MOST_WORDS = 30
# Room at both ends of a diverging bar for its number.
ENDS = 1.25
TICKS = 4
DASHES = ("solid", "dot", "dash", "dashdot", "longdash")


def cloud(
    words: Sequence[clouds.Drawn], title: str, notes: list[str], source: str, dark: bool = False
) -> plain.Figure:
    """A cloud as a figure of a width of its own: letters have the size that their share gives."""
    figure = plain.Figure(
        plain.scatter(
            x=[one.x for one in words],
            y=[one.y for one in words],
            text=[frame.escaped(one.word) for one in words],
            mode="text",
            textposition="middle center",
            textfont={
                "size": [one.size for one in words],
                "color": [clouds.colour_of(one.word, dark) for one in words],
            },
            hoverinfo="skip",
        )
    )
    bare = {"visible": False, "showgrid": False}
    figure.update_xaxes(range=[0, clouds.WIDTH], **bare)
    figure.update_yaxes(range=[clouds.HEIGHT, 0], **bare)
    caption = frame.Caption(title, notes, source)
    framed = frame.framed(figure, caption, clouds.HEIGHT, dark, theme.GAP)
    framed.update_layout(width=clouds.WIDTH + 2 * theme.GAP)
    return framed


def word_bars(
    rows: pd.DataFrame,
    language: str,
    source: str,
    dark: bool = False,
    name: str | None = None,
    *,
    most: float | None = None,
    notes: Sequence[str] = (),
) -> plain.Figure:
    """The first thirty words, most frequent on top, by their share of all words.

    `rows` are those of `Tables.words(...)`: word, count, articles, share; `name` is the region's;
    `most` is the share at which the axis of all regions ends.
    """
    shown = rows.head(MOST_WORDS)
    words = [frame.escaped(frame.shortened(str(one), 22)) for one in shown["word"]]
    figure = plain.Figure(
        plain.bar(
            x=shown["share"],
            y=list(range(len(shown))),
            customdata=[frame.escaped(one) for one in shown["word"]],
            orientation="h",
            text=[share_text(one) for one in shown["share"]],
            textposition="outside",
            cliponaxis=False,
            marker={"color": theme.palette(dark).accent},
            hovertext=[frame.escaped(hint(row, language)) for row in frame.records(shown)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(**frame.row_axis(words))
    figure.update_xaxes(range=[0, most or max([0.1, *shown["share"]])])
    said = [text(language, "charts.per_words"), *notes]
    if shown.empty:
        said.append(text(language, "charts.nothing"))
    title = text(language, "charts.words_of", name=name) if name else text(language, "charts.words")
    caption, height = frame.Caption(title, said, source), frame.plot_height(len(shown))
    room, right = frame.labels_width(words), frame.values_width(map(share_text, shown["share"]))
    return frame.framed(figure, caption, height, dark, room, right=right)


def share_text(share: float) -> str:
    """A share per 10,000 words with the digits that say something."""
    return f"{share:.0f}" if share >= 100 else f"{share:.1f}" if share >= 1 else f"{share:.2g}"


def hint(row: Any, language: str) -> str:
    """How often a word is there, in words."""
    share = share_text(row.share)
    values = {"word": row.word, "count": row.count, "articles": row.articles, "share": share}
    return text(language, "charts.word_hover", **values)


def word_bars_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `word_bars` shows, in a sentence."""
    if rows.empty:
        return text(language, "charts.nothing")
    top = [f"{word} {count}" for word, count in zip(rows["word"], rows["count"], strict=True)]
    return text(language, "charts.words_alt", top=text(language, "list.comma").join(top[:8]))


def keyness_bars(
    rows: pd.DataFrame, measure: str, caption: frame.Caption, language: str, dark: bool = False
) -> plain.Figure:
    """Words that set a region apart to the right, those that set the other apart to the left.

    `rows` are those of `dashboard.keyness.distinctive`, in their order.
    """
    colours = theme.palette(dark)
    words = [frame.escaped(frame.shortened(str(one), 22)) for one in rows["word"]]
    figure = plain.Figure(
        plain.bar(
            x=rows[measure],
            y=list(range(len(rows))),
            customdata=[frame.escaped(one) for one in rows["word"]],
            orientation="h",
            text=[f"{one:+.1f}" for one in rows[measure]],
            textposition="outside",
            textfont={"size": theme.SIZE_NOTE},
            cliponaxis=False,
            marker={"color": [colours.groups[0 if one > 0 else 1] for one in rows[measure]]},
            hovertext=[_keyness_hint(row, language) for row in frame.records(rows)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_yaxes(**frame.row_axis(words))
    high, low = max([0.0, *rows[measure]]), min([0.0, *rows[measure]])
    room = (ENDS - 1) * max(high, -low, 1)
    ends = [low - (room if low < 0 else 0), high + room]
    figure.update_xaxes(range=ends, zeroline=True, nticks=6)
    left = frame.labels_width(words)
    height = frame.plot_height(len(rows))
    return frame.framed(figure, caption, height, dark, left, right=frame.LAST_LABEL)


def _keyness_hint(row: Any, language: str) -> str:
    said = text(
        language,
        "charts.keyness_hover",
        word=row.word,
        count=row.count,
        share=share_text(row.share),
        count_other=row.count_other,
        share_other=share_text(row.share_other),
    )
    return "<br>".join(map(frame.escaped, said.splitlines()))


def keyness_alt_text(rows: pd.DataFrame, measure: str, names: tuple[str, str], chosen: str) -> str:
    """What `keyness_bars` shows, in a sentence; `names` are the region's and the other's."""
    comma = text(chosen, "list.comma")
    first = comma.join(rows.loc[rows[measure] > 0, "word"].head(6)) or "–"
    other = comma.join(rows.loc[rows[measure] < 0, "word"].iloc[::-1].head(6)) or "–"
    values = {"name": names[0], "words": first, "other": names[1], "words_other": other}
    return text(chosen, "charts.keyness_alt", **values)


def word_lines(
    rows: pd.DataFrame, caption: frame.Caption, language: str, dark: bool = False
) -> plain.Figure:
    """The share of each word by month, quarter or year; a time without articles is a gap.

    `rows` are those of `Tables.words_over_time`.
    """
    figure = plain.Figure()
    at = [_place(key) for key in rows["key"]]
    first, last = (min(at), max(at)) if at else (0, 0)
    for number, word in enumerate(dict.fromkeys(rows["word"])):
        own = rows[rows["word"] == word]
        found = dict(zip(map(_place, own["key"]), frame.records(own), strict=True))
        figure.add_trace(_line(str(word), found, range(first, last + 1), number, language, dark))
    most = max([0.1, *rows["share"]])
    figure.update_yaxes(range=[0, most * frame.ROOM])
    keys = dict(zip(at, rows["key"], strict=True))
    step = max(1, -(-(last - first) // (TICKS - 1)))
    ticks = [one for one in range(first, last + 1, step) if one in keys] or sorted(keys)[:1]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[_tick(keys[one], language) for one in ticks],
        range=[first - 0.6, last + 0.6],
        showgrid=False,
    )
    return frame.framed(figure, caption, 300, dark, right=frame.LAST_LABEL)


def _line(
    word: str, found: dict[int, Any], places: range, number: int, language: str, dark: bool
) -> plain.Node:
    colours = theme.palette(dark).groups
    colour = colours[number % len(colours)]
    hints = [
        f"{theme.format_date(row.key, language)}: {hint(row, language)}" if row else ""
        for row in map(found.get, places)
    ]
    return plain.scatter(
        name=frame.escaped(word),
        x=list(places),
        y=[found[one].share if one in found else None for one in places],
        mode="lines+markers",
        line={"color": colour, "width": 2, "dash": DASHES[number % len(DASHES)]},
        marker={"size": 7, "color": colour},
        customdata=[frame.escaped(word)] * len(places),
        hovertext=[frame.escaped(one) for one in hints],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _place(key: str) -> int:
    """Where a month, quarter or year stands on an axis on which each next one is 1 further."""
    year, rest = int(key[:4]), key[5:]
    if rest.startswith("Q"):
        return year * 4 + int(rest[1:]) - 1
    return year * 12 + int(rest) - 1 if rest else year


def _tick(key: str, language: str) -> str:
    """The label of a month, a quarter or a year, the year below the rest."""
    label = theme.format_date(key, language)
    if language == "zh":
        year, rest = label.split("年", 1)
        return f"{rest}<br>{year}年" if rest else label
    rest, _, year = label.rpartition(" ")
    return f"{rest}<br>{year}" if rest else label


def word_lines_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `word_lines` shows, in a sentence."""
    if rows.empty:
        return text(language, "charts.nothing")
    highest = rows.loc[rows.groupby("word", sort=False)["share"].idxmax()]
    parts = [
        f"{row.word} {share_text(row.share)} ({theme.format_date(row.key, language)})"
        for row in frame.records(highest)
    ]
    return text(language, "charts.lines_alt", top=text(language, "list.comma").join(parts))
