"""One measure, city by city: who reported how much, and who reported nothing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts import frame
from dashboard.language import text

MOST_REPORTED, MOST_MISSING = 40, 30
LABEL_COLUMNS = 22
# Room at the bars' ends for the longest value, as a share of the longest bar.
ROOM = 1.4
# Of the chart's width, at the most, for the values written beyond the bars.
MOST_OF_IT = 0.7
BAR_WIDTH = 0.72
_HATCH = {"fillmode": "overlay", "solidity": 0.25, "fgopacity": 1}


def city_bars(rows: pd.DataFrame, language: str, source: str, dark: bool = False) -> go.Figure:
    """Ranked lying bars, one per city (or county, where the figure is a county's).

    `rows` are those of `Tables.city_figures(selection, measure_id)`. The bar is the figure of the
    latest issue; other figures of the same place are hollow circles. An approximate figure is
    hatched, a range has a paler end, the value before a change is a line. A city that reported
    nothing has a hollow mark and the words for it, and never a bar.
    """
    reported, others, missing = _split(rows)
    shown, absent = reported.head(MOST_REPORTED), missing.head(MOST_MISSING)
    others = others[others["place"].isin(shown["place"])]
    places = {place: index for index, place in enumerate([*shown["place"], *absent["place"]])}
    figure = go.Figure()
    _add_bars(figure, shown, places, language, dark)
    _add_marks(figure, shown, others, places, language, dark)
    _add_missing(figure, absent, places, language, dark)
    figure.update_layout(barmode="overlay")
    labels = [frame.escaped(one) for one in (*shown["label"], *absent["label"])]
    figure.update_yaxes(**frame.row_axis(labels))
    names = frame.labels_width(labels)
    figure.update_xaxes(**_value_axis(pd.concat([shown, others]), language, names))
    caption = _caption(reported, missing, language, source)
    return frame.framed(figure, caption, frame.plot_height(len(places)), dark, names)


def _split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The latest figure of each place, highest first; the other figures; cities without one.

    Adds `place` (what a row of the chart is) and `label`.
    """
    county = rows["county"].fillna("").astype(str)
    named = rows.assign(
        place=rows["adcode"].astype(str) + county,
        label=[_label(city, one) for city, one in zip(rows["city"], county, strict=True)],
        issued=rows["issue_date"].fillna("").astype(str),
    )
    found = named[named["reported"].astype(bool)].sort_values(
        ["issued", "value", "figure_id"], ascending=[False, False, True]
    )
    latest = found.drop_duplicates("place").sort_values(["value", "place"], ascending=[False, True])
    return latest, found[~found.index.isin(latest.index)], named[~named["reported"].astype(bool)]


def _label(city: str | None, county: str) -> str:
    """A place's name; a county's with its city, unless they are one."""
    name = city or ""
    return frame.shortened(name if county in ("", name) else f"{name} {county}", LABEL_COLUMNS)


def _add_bars(
    figure: go.Figure, shown: pd.DataFrame, places: dict[str, int], language: str, dark: bool
) -> None:
    """Bars of exact and of approximate figures, and the paler part of a range."""
    approximate = shown["approximate"].fillna(False).astype(bool)
    for name, part, hatch in (
        ("exact", shown[~approximate], ""),
        ("approximate", shown[approximate], "/"),
    ):
        if len(part):
            figure.add_trace(_bars(part, name, hatch, places, language, dark))
    ranges = shown[shown["value_high"].notna()]
    if len(ranges):
        figure.add_trace(
            go.Bar(
                name=text(language, "charts.mark.range"),
                x=ranges["value_high"] - ranges["value"],
                base=ranges["value"],
                y=[places[one] for one in ranges["place"]],
                orientation="h",
                hoverinfo="skip",
                width=BAR_WIDTH,
                marker={"color": theme.palette(dark).sequence[1]},
            )
        )


def _bars(
    part: pd.DataFrame, name: str, hatch: str, places: dict[str, int], language: str, dark: bool
) -> go.Bar:
    colours = theme.palette(dark)
    return go.Bar(
        name=text(language, f"charts.mark.{name}"),
        x=part["value"],
        y=[places[one] for one in part["place"]],
        orientation="h",
        width=BAR_WIDTH,
        marker={
            "color": colours.accent,
            "pattern": {"shape": hatch, "size": 6, **_HATCH, "fgcolor": colours.background},
        },
        **_hover(part, language),
    )


def _hover(part: pd.DataFrame, language: str) -> dict[str, Any]:
    """The hover text of figures: whose, how much, and the sentence that says so."""
    found = [
        f"<b>{frame.escaped(row.label)}</b> {frame.escaped(_value(row, language))}<br>"
        + _quoted(row)
        for row in frame.records(part)
    ]
    return {"hovertext": found, "hovertemplate": "%{hovertext}<extra></extra>"}


def _quoted(row: Any) -> str:
    said = frame.shortened(str(row.sentence or row.raw or ""), 3 * frame.NOTE_COLUMNS)
    return "<br>".join(map(frame.escaped, frame.lines(said, frame.NOTE_COLUMNS)))


def _value(row: Any, language: str) -> str:
    return theme.format_value(row.value, row.unit, language, bool(row.approximate), row.value_high)


def _add_marks(
    figure: go.Figure,
    shown: pd.DataFrame,
    others: pd.DataFrame,
    places: dict[str, int],
    language: str,
    dark: bool,
) -> None:
    """The values beside the bars, the values before a change, and other figures of a place."""
    colours = theme.palette(dark)
    ends = _ends(shown, others)
    labels = [frame.escaped(_value(row, language)) for row in frame.records(shown)]
    figure.add_trace(_words(ends, shown, labels, places, colours.text))
    former = shown[shown["previous"].notna()]
    if len(former):
        mark = {"symbol": "diamond", "size": 11, **_outlined(colours)}
        points = _points(former["previous"], former, places, "previous", mark, language)
        figure.add_trace(points.update(_former_hover(former, language)))
    if len(others):
        mark = {"symbol": "circle", "size": 9, **_outlined(colours)}
        points = _points(others["value"], others, places, "other", mark, language)
        figure.add_trace(points.update(_hover(others, language)))


def _ends(shown: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Where a row's last mark stands, which its value must not be written upon."""
    own = shown[["value", "value_high", "previous"]].max(axis="columns")
    furthest = shown["place"].map(others.groupby("place")["value"].max())
    return pd.concat([own, furthest.astype(float)], axis="columns").max(axis="columns")


def _former_hover(former: pd.DataFrame, language: str) -> dict[str, Any]:
    found = [
        frame.escaped(theme.format_value(row.previous, row.unit, language))
        for row in frame.records(former)
    ]
    return {"hovertext": found, "hovertemplate": "%{hovertext}<extra></extra>"}


def _add_missing(
    figure: go.Figure, absent: pd.DataFrame, places: dict[str, int], language: str, dark: bool
) -> None:
    """A hollow mark and the words for it where a city reported nothing."""
    if absent.empty:
        return
    colours = theme.palette(dark)
    mark = {"symbol": "circle-open", "size": 9, "color": colours.not_reported}
    edge = pd.Series(0.0, index=absent.index)
    points = _points(edge, absent, places, "missing", mark, language)
    figure.add_trace(points.update(hoverinfo="skip"))
    said = [text(language, "charts.not_reported")] * len(absent)
    figure.add_trace(_words(edge, absent, said, places, colours.muted))


def _outlined(colours: theme.Palette) -> dict[str, Any]:
    """A mark that stands out on a bar and beside it."""
    return {"color": colours.background, "line": {"width": 2, "color": colours.text}}


def _points(
    x: pd.Series,
    part: pd.DataFrame,
    places: dict[str, int],
    name: str,
    marker: dict[str, Any],
    language: str,
) -> go.Scatter:
    return go.Scatter(
        name=text(language, f"charts.mark.{name}"),
        x=x,
        y=[places[one] for one in part["place"]],
        mode="markers",
        marker=marker,
        cliponaxis=False,
    )


def _words(
    x: pd.Series, part: pd.DataFrame, labels: list[str], places: dict[str, int], colour: str
) -> go.Scatter:
    """Text to the right of a point, with nothing to hover or to switch off."""
    return go.Scatter(
        x=x,
        y=[places[one] for one in part["place"]],
        mode="text",
        text=[f"\u2003{label}" for label in labels],
        textposition="middle right",
        textfont={"size": theme.SIZE_NOTE, "color": colour},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _value_axis(part: pd.DataFrame, language: str, names: int) -> dict[str, Any]:
    """From 0 to beyond the highest value, with labels in the language's own scale.

    The longest value is written in full beyond its bar, on a phone too, where the places' names
    take `names` pixels from the chart.
    """
    values = part[["value", "value_high", "previous"]]
    high = max(float(values.max().max()), 0.0) if values.notna().any().any() else 0.0
    low = min(float(values.min().min()), 0.0) if high or values.notna().any().any() else 0.0
    ticks = _ticks(low, high)
    widest = max((frame.columns(_value(row, language)) for row in frame.records(part)), default=0)
    share = (widest / 2 + 2) * theme.SIZE_NOTE / max(theme.PHONE_WIDTH - names, 1)
    room = max(ROOM, 1 / (1 - min(share, MOST_OF_IT)))
    return {
        "range": [low * room, high * room or 1],
        "tickvals": ticks,
        "ticktext": [theme.format_number(one, language) for one in ticks],
        "zeroline": True,
    }


def _ticks(low: float, high: float) -> list[float]:
    """Three to five round numbers from `low` to `high`; none where there is nothing to measure."""
    span = high - low
    if span <= 0:
        return []
    power = 10.0 ** int(f"{span / 4:e}".split("e")[1])
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= span / 4)
    return [step * one for one in range(int(low // step), int(high // step) + 1)]


def _caption(
    reported: pd.DataFrame, missing: pd.DataFrame, language: str, source: str
) -> frame.Caption:
    if reported.empty:
        title = text(language, "charts.cities_none")
        return frame.Caption(title, [text(language, "charts.nothing")], source)
    first = reported.iloc[0]
    unit = theme.unit_name(first["unit"], language) or text(language, "charts.no_unit")
    cities = reported["adcode"].nunique()
    notes = [
        text(language, "charts.unit", unit=unit),
        text(language, "charts.coverage", cities=cities, missing=len(missing)),
    ]
    if len(reported) > MOST_REPORTED:
        notes.append(text(language, "charts.first", shown=MOST_REPORTED, count=len(reported)))
    if len(missing) > MOST_MISSING:
        count = len(missing) - MOST_MISSING
        notes.append(text(language, "charts.more_missing", count=count))
    return frame.Caption(text(language, "charts.cities", counted=first["counted"]), notes, source)


def city_bars_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `city_bars` shows, in a sentence or two."""
    reported, _, missing = _split(rows)
    if reported.empty:
        return text(language, "charts.nothing")
    top = [f"{row.label} {_value(row, language)}" for row in frame.records(reported[:5])]
    return text(
        language,
        "charts.cities_alt",
        counted=reported.iloc[0]["counted"],
        cities=reported["adcode"].nunique(),
        top=text(language, "list.comma").join(top),
        missing=len(missing),
    )
