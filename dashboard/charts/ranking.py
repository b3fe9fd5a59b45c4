"""How many activities of each type, or in each province or city, ranked, ties told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain
from dashboard.charts.activities import type_name
from dashboard.language import count, text

# All provinces fit, and the cities of the largest one nearly twice.
MOST_BARS = 40
# A title names this many of those that share the first place.
NAMED_TIES = 3
LABEL_COLUMNS = 22


def activities_by(
    rows: pd.DataFrame,
    dimension: str,
    language: str,
    source: str,
    dark: bool = False,
    silent: Sequence[str] = (),
    most: int = MOST_BARS,
) -> plain.Figure:
    """Activities by `dimension` (type, province, city), most first, as lying bars with ranks.

    `rows` are those of `Tables.activity_counts(selection, dimension)`; `silent` are the names of
    the places from which nothing is reported, told in a note. Equal counts share a rank. What
    belongs to no province or city is told too, and the bars beyond the first `most`.
    `customdata` is a bar's key.
    """
    ranked = ranking(rows)
    shown = ranked.head(most)
    names = [_name(row, dimension, language) for row in frame.records(shown)]
    labels = [
        frame.escaped(f"{name}  {rank}")
        for name, rank in zip(names, _ranks(shown, language), strict=True)
    ]
    figure = plain.Figure(_bars(shown, names, dimension, dark))
    figure.update_yaxes(**frame.row_axis(labels))
    figure.update_xaxes(range=[0, max([1, *shown["count"]])], **frame.NO_TICKS)
    caption = frame.Caption(
        _title(rows, ranked, dimension, language),
        _notes(rows, ranked, dimension, language, silent, most),
        source,
        silence(ranked, silent, language),
    )
    height, room = frame.plot_height(len(shown)), frame.labels_width(labels)
    right = frame.values_width(map(count, shown["count"]))
    return frame.framed(figure, caption, height, dark, room, bottom=theme.GAP, right=right)


def _bars(shown: pd.DataFrame, names: list[str], dimension: str, dark: bool) -> plain.Node:
    hover = [
        f"<b>{frame.escaped(name)}</b> {count(found)}"
        for name, found in zip(names, shown["count"], strict=True)
    ]
    return plain.bar(
        x=shown["count"],
        y=list(range(len(shown))),
        orientation="h",
        text=[count(one) for one in shown["count"]],
        textposition="outside",
        cliponaxis=False,
        marker={"color": [_colour(key, dimension, dark) for key in shown["key"]]},
        customdata=list(shown["key"]),
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def ranking(rows: pd.DataFrame) -> pd.DataFrame:
    """key, label, count, rank, shared: one row per known key, most first.

    The rank is 1 more than the number of those with more: two second ones are followed by the
    fourth. `shared` says that another one has the same rank.
    """
    known = rows[rows["key"].notna()]
    totals = known.groupby("key", sort=False).agg(label=("label", "first"), count=("count", "sum"))
    ranked = totals.reset_index().sort_values(["count", "key"], ascending=[False, True])
    rank = ranked["count"].rank(method="min", ascending=False).astype(int)
    return ranked.assign(rank=rank, shared=ranked["count"].duplicated(keep=False))


def _ranks(shown: pd.DataFrame, language: str) -> list[str]:
    """1, 2, =3, =3, 5 in the reader's words."""
    return [
        text(language, "charts.rank_shared" if row.shared else "charts.rank", rank=row.rank)
        for row in frame.records(shown)
    ]


def _name(row: Any, dimension: str, language: str) -> str:
    if dimension == "type":
        return type_name(row.key, language)
    return frame.shortened(str(row.label or row.key), LABEL_COLUMNS)


def _colour(key: str, dimension: str, dark: bool) -> str:
    if dimension == "type":
        return theme.group_colour(theme.group_of(key), dark)
    return theme.palette(dark).accent


def _title(rows: pd.DataFrame, ranked: pd.DataFrame, dimension: str, language: str) -> str:
    """Who is first; where too many share that place, the question."""
    first = ranked[ranked["rank"] == 1]
    if first.empty or len(first) > NAMED_TIES:
        return text(language, f"charts.by_question.{dimension}")
    names = [_name(row, dimension, language) for row in frame.records(first)]
    alone, tied = f"charts.by_most.{dimension}", f"charts.by_ties.{dimension}"
    return text(
        language,
        alone if len(first) == 1 else tied,
        names=text(language, "list.comma").join(names),
        count=int(first["count"].iloc[0]),
        total=int(rows["count"].sum()),
    )


def _notes(
    rows: pd.DataFrame,
    ranked: pd.DataFrame,
    dimension: str,
    language: str,
    silent: Sequence[str],
    most: int,
) -> list[str]:
    without = int(rows.loc[rows["key"].isna(), "count"].sum())
    notes = [text(language, "charts.counts_activities")]
    if ranked.empty:
        notes.append(text(language, "charts.nothing"))
    if without:
        notes.append(text(language, f"charts.without.{dimension}", count=without))
    if len(ranked) > most:
        notes.append(text(language, "charts.first", shown=most, count=len(ranked)))
    if silent and not ranked.empty:
        notes.append(coverage(len(ranked), silent, language))
    return notes


def coverage(reporting: int, silent: Sequence[str], language: str) -> str:
    """How many of the places report anything."""
    every = reporting + len(silent)
    return text(language, "charts.reporting", reporting=reporting, every=every)


def silence(ranked: pd.DataFrame, silent: Sequence[str], language: str) -> str:
    """Who reports nothing, by name; where nobody does, that is said elsewhere."""
    if ranked.empty or not silent:
        return ""
    return text(language, "charts.silent", names=frame.named(silent, language))


def activities_by_alt_text(rows: pd.DataFrame, dimension: str, language: str) -> str:
    """What `activities_by` shows, in a sentence or two."""
    ranked = ranking(rows)
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
