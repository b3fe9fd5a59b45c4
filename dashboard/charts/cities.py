"""One measure, city by city: who reported how much, and who reported nothing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import line_breaks, theme
from dashboard.charts import city_marks, frame, plain
from dashboard.language import text

MOST_REPORTED = 40
# Small dots of other figures: each has its hover text, and in an archive there are thousands.
MOST_OTHERS = 200
LABEL_COLUMNS = 22
# Room behind the highest dot for its value, at the least, as a share of the axis.
ROOM = 1.15
# Of the chart's width, at the most, for the values written beyond the dots.
MOST_OF_IT = 0.7
RESULT = "result"
# An axis of numbers takes one line, in pixels.
LINE = 32


def city_dots(rows: pd.DataFrame, language: str, source: str, dark: bool = False) -> plain.Figure:
    """Ranked dots, one row per city (or county, where the figure is a county's).

    `rows` are those of `Tables.city_figures(selection, measure_id)`. The dot is the figure of the
    latest issue, hollow where it is approximate; a range is a bar between two dots, a change an
    arrow from the former value, other figures of the same place are small grey dots. Targets and
    forecasts have rows of their own below the results. Of very many small dots those of the latest
    issues are there, which a note says. Cities without a figure are named in a
    note and have no mark. `customdata` is the figure's id.
    """
    results, others, plans, missing = split(rows)
    shown = pd.concat([results.head(MOST_REPORTED), plans.head(MOST_REPORTED)])
    others = others[others["place"].isin(shown["place"])]
    dots, others = len(others), others.head(MOST_OTHERS)
    places = {place: index for index, place in enumerate(shown["place"])}
    figure = plain.Figure()
    for trace in city_marks.traces(shown, others, places, language, dark):
        figure.add_trace(trace)
    labels = [frame.escaped(one) for one in _labels(shown, language)]
    figure.update_yaxes(**frame.row_axis(labels) | {"showgrid": True})
    names = frame.labels_width(labels)
    figure.update_xaxes(**_value_axis(pd.concat([shown, others]), language, names))
    caption = frame.Caption(
        _title(results, rows, language),
        [*_notes(results, plans, missing, language), *_left_out(len(others), dots, language)],
        source,
        "" if results.empty else _silence(missing, language),
    )
    return frame.framed(figure, caption, frame.plot_height(len(places)), dark, names, bottom=LINE)


def split(
    rows: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The latest result of each place, highest first; other results; plans; cities without any.

    Adds `place` (what a row of the chart is) and `label`. A plan is a target, a forecast or a
    threshold; a city that has nothing but plans has reported no result.
    """
    county = rows["county"].fillna("").astype(str)
    named = rows.assign(
        place=rows["adcode"].astype(str) + county,
        label=[_label(city, one) for city, one in zip(rows["city"], county, strict=True)],
        issued=rows["issue_date"].fillna("").astype(str),
    )
    reported = named["reported"].astype(bool)
    found = named[reported].sort_values(
        ["issued", "value", "figure_id"], ascending=[False, False, True]
    )
    is_result = found["status"] == RESULT
    results, plans = found[is_result], found[~is_result]
    latest = _ranked(results.drop_duplicates("place"))
    plans = _ranked(plans.assign(place=plans["place"] + "/" + plans["figure_id"].astype(str)))
    missing = named[~reported & ~named["adcode"].isin(found["adcode"])]
    return latest, results[~results.index.isin(latest.index)], plans, missing


def _ranked(figures: pd.DataFrame) -> pd.DataFrame:
    return figures.sort_values(["value", "place"], ascending=[False, True])


def _label(city: str | None, county: str) -> str:
    """A place's name; a county's with its city, unless they are one."""
    name = city or ""
    return frame.shortened(name if county in ("", name) else f"{name} {county}", LABEL_COLUMNS)


def _labels(shown: pd.DataFrame, language: str) -> list[str]:
    """The rows' names; a plan says that it is one."""
    return [
        row.label
        if row.status == RESULT
        else text(
            language, "charts.planned", name=row.label, status=text(language, _status(row.status))
        )
        for row in frame.records(shown)
    ]


def _status(status: str) -> str:
    return f"charts.status.{status}"


def _value_axis(part: pd.DataFrame, language: str, names: int) -> dict[str, Any]:
    """From 0 to beyond the highest value, with labels in the language's own scale.

    The longest value is written in full beyond its dot, on a phone too, where the places' names
    take `names` pixels from the chart.
    """
    values = part[["value", "value_high", "previous"]]
    high = max(float(values.max().max()), 0.0) if values.notna().any().any() else 0.0
    low = min(float(values.min().min()), 0.0) if high or values.notna().any().any() else 0.0
    ticks = _ticks(low, high)
    widest = max(
        (line_breaks.columns(city_marks.value(row, language)) for row in frame.records(part)),
        default=0,
    )
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


def _title(results: pd.DataFrame, rows: pd.DataFrame, language: str) -> str:
    """Whose figure is highest; with one city, or a tie, how much it is or the question."""
    counted = next((one for one in rows["counted"] if one), "")
    if results.empty:
        return text(language, "charts.cities_none")
    first = results.iloc[0]
    if (results["value"] == first["value"]).sum() > 1:
        return text(language, "charts.cities_question", counted=counted)
    key = "charts.cities_one" if results["adcode"].nunique() == 1 else "charts.cities_most"
    said = city_marks.value(next(iter(frame.records(results))), language)
    return text(language, key, name=first["label"], counted=counted, value=said)


def _notes(
    results: pd.DataFrame, plans: pd.DataFrame, missing: pd.DataFrame, language: str
) -> list[str]:
    known = pd.concat([results, plans])
    if known.empty:
        return [text(language, "charts.nothing")]
    first = known.iloc[0]
    unit = theme.unit_name(first["unit"], language) or text(language, "charts.no_unit")
    notes = [text(language, "charts.cities_counts", counted=first["counted"], unit=unit)]
    if len(results) > MOST_REPORTED:
        notes.append(text(language, "charts.first", shown=MOST_REPORTED, count=len(results)))
    if len(plans):
        notes.append(text(language, "charts.plans", count=len(plans)))
    notes.append(coverage(results, missing, language))
    return notes


def _left_out(shown: int, count: int, language: str) -> list[str]:
    """That not all of the other figures are drawn, where that is so."""
    return [text(language, "charts.others", shown=shown, count=count)] if shown < count else []


def coverage(results: pd.DataFrame, missing: pd.DataFrame, language: str) -> str:
    """3 of 11 cities report this."""
    cities = int(results["adcode"].nunique())
    if missing.empty:
        return text(language, "charts.covered", cities=cities)
    every = cities + missing["adcode"].nunique()
    return text(language, "charts.coverage", cities=cities, every=every)


def _silence(missing: pd.DataFrame, language: str) -> str:
    """The cities that report nothing, by name."""
    if missing.empty:
        return ""
    names = list(dict.fromkeys(missing["city"]))
    return text(language, "charts.silent", names=frame.named(names, language))


def city_dots_alt_text(rows: pd.DataFrame, language: str) -> str:
    """What `city_dots` shows, in a sentence or two."""
    results, _, _, missing = split(rows)
    if results.empty:
        return text(language, "charts.nothing")
    top = [f"{row.label} {city_marks.value(row, language)}" for row in frame.records(results[:5])]
    return text(
        language,
        "charts.cities_alt",
        counted=results.iloc[0]["counted"],
        cities=results["adcode"].nunique(),
        top=text(language, "list.comma").join(top),
        missing=len(missing),
    )
