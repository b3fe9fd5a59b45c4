"""The marks of one measure: dots, ranges, arrows of change, and the values beside them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.charts import frame, plain
from dashboard.language import text

DOT, SMALL, LINE = 12, 7, 3
# How far above its dot a value stands, in rows.
ABOVE = 0.45


def value(row: Any, language: str) -> str:
    """A figure as it is read: 约210件, 60–80件."""
    return theme.format_value(row.value, row.unit, language, bool(row.approximate), row.value_high)


def traces(
    shown: pd.DataFrame,
    others: pd.DataFrame,
    places: dict[str, int],
    language: str,
    dark: bool,
) -> list[plain.Node]:
    """Every mark, those below first: lines, other figures, dots, and words."""
    colours = theme.palette(dark)
    ranges, changes = shown[shown["value_high"].notna()], shown[shown["previous"].notna()]
    approximate = shown["approximate"].fillna(False).astype(bool)
    planned = shown["status"] != "result"
    parts = [
        *_lines(ranges, "value_high", "range", places, language, colours.sequence[1]),
        *_lines(changes, "previous", "change", places, language, colours.muted),
        *_dots(others, "other", places, language, _small(colours)),
        *_dots(shown[~approximate & ~planned], "exact", places, language, _full(colours)),
        *_dots(shown[approximate & ~planned], "approximate", places, language, _hollow(colours)),
        *_dots(shown[planned], "planned", places, language, _diamond(colours)),
        *_ends(ranges, "value_high", places, _full(colours)),
        *_ends(changes, "previous", places, _small(colours)),
    ]
    if len(shown):
        parts.append(_words(shown, others, places, language, colours.accent))
    return parts


def _full(colours: theme.Palette) -> dict[str, Any]:
    return {"symbol": "circle", "size": DOT, "color": colours.accent}


def _hollow(colours: theme.Palette) -> dict[str, Any]:
    line = {"width": LINE - 1, "color": colours.accent}
    return {"symbol": "circle", "size": DOT, "color": colours.background, "line": line}


def _diamond(colours: theme.Palette) -> dict[str, Any]:
    line = {"width": LINE - 1, "color": colours.muted}
    return {"symbol": "diamond", "size": DOT - 2, "color": colours.background, "line": line}


def _small(colours: theme.Palette) -> dict[str, Any]:
    return {"symbol": "circle", "size": SMALL, "color": colours.not_reported}


def _lines(
    part: pd.DataFrame,
    other: str,
    name: str,
    places: dict[str, int],
    language: str,
    colour: str,
) -> list[plain.Node]:
    """A line from the value to its other end, one for each row."""
    if part.empty:
        return []
    x: list[float | None] = []
    y: list[int | None] = []
    for row in frame.records(part):
        place = places[row.place]
        x += [getattr(row, other), row.value, None]
        y += [place, place, None]
    line = {"width": 2 * LINE if name == "range" else LINE - 1, "color": colour}
    return [
        plain.scatter(
            name=text(language, f"charts.mark.{name}"),
            x=x,
            y=y,
            mode="lines",
            line=line,
            hoverinfo="skip",
        )
    ]


def _dots(
    part: pd.DataFrame, name: str, places: dict[str, int], language: str, marker: dict[str, Any]
) -> list[plain.Node]:
    if part.empty:
        return []
    return [
        plain.scatter(
            name=text(language, f"charts.mark.{name}"),
            x=part["value"],
            y=[places[one] for one in part["place"]],
            mode="markers",
            marker=marker,
            cliponaxis=False,
            customdata=list(part["figure_id"]),
            hovertext=[_hover(row, language) for row in frame.records(part)],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    ]


def _hover(row: Any, language: str) -> str:
    """Whose, how much, in which issue and article, and that a click shows the sentence."""
    said = [
        theme.format_date(row.issue_date, language) if row.issue_date else "",
        frame.shortened(row.headline or "", frame.NOTE_COLUMNS),
        text(language, "charts.cities_click"),
    ]
    below = "<br>".join(frame.escaped(one) for one in said if one)
    return f"<b>{frame.escaped(row.label)}</b> {frame.escaped(value(row, language))}<br>{below}"


def _ends(
    part: pd.DataFrame, other: str, places: dict[str, int], marker: dict[str, Any]
) -> list[plain.Node]:
    """The other end of a range, or the value before a change with an arrow's head at the new."""
    if part.empty:
        return []
    y = [places[one] for one in part["place"]]
    end = plain.scatter(
        x=part[other],
        y=y,
        mode="markers",
        marker=marker,
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    if other != "previous":
        return [end]
    return [end, *_heads(part, places, marker["color"])]


def _heads(part: pd.DataFrame, places: dict[str, int], colour: str) -> list[plain.Node]:
    """The heads of arrows, halfway, where the dot of the new value does not hide them."""
    heads = []
    for symbol, found in (
        ("triangle-right", part[part["value"] >= part["previous"]]),
        ("triangle-left", part[part["value"] < part["previous"]]),
    ):
        if len(found):
            heads.append(
                plain.scatter(
                    x=(found["value"] + found["previous"]) / 2,
                    y=[places[one] for one in found["place"]],
                    mode="markers",
                    marker={"symbol": symbol, "size": DOT - 2, "color": colour},
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
    return heads


def _words(
    shown: pd.DataFrame, others: pd.DataFrame, places: dict[str, int], language: str, colour: str
) -> plain.Node:
    """The values in the reader's words, to the right of a row's last mark.

    Where that is the mark of another report, the value stands above its own dot instead: beside the
    other it would be taken for that one's.
    """
    own = shown[["value", "value_high", "previous"]].max(axis="columns")
    beyond = shown["place"].map(others.groupby("place")["value"].max()).astype(float) > own
    said = [frame.escaped(_said(row, language)) for row in frame.records(shown)]
    return plain.scatter(
        x=shown["value"].where(beyond, own),
        y=[places[one] - above * ABOVE for one, above in zip(shown["place"], beyond, strict=True)],
        mode="text",
        text=[one if above else f"\u2003{one}" for one, above in zip(said, beyond, strict=True)],
        textposition=["middle center" if above else "middle right" for above in beyond],
        textfont={"size": theme.SIZE_NOTE, "color": colour},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _said(row: Any, language: str) -> str:
    """89个, with where it came from: 20 → 89个."""
    if pd.isna(row.previous):
        return value(row, language)
    former = theme.format_number(row.previous, language)
    return f"{former} → {value(row, language)}"
