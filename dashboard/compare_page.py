"""Places side by side: how much each reports, which measures they share, which only one has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import chart_block, links, rows, theme
from dashboard.charts import comparison as charts
from dashboard.queries import comparison
from dashboard.view import View

# Measures that a table shows before it says how many more there are.
SHARED, OWN = 40, 15
# As many columns as a page has room for, and as many as one starts with.
MOST, FIRST = 4, 2
COUNTS = ("articles", "activities", "figures")


def usual(view: View) -> list[str]:
    """The provinces that are compared where nobody has chosen: those with most activities."""
    counts = view.tables.activity_counts(view.selection, "province").dropna(subset="key")
    ranked = counts.groupby("key")["count"].sum().sort_values(ascending=False)
    return [str(one) for one in ranked.index[:FIRST]]


def draw(view: View, names: Mapping[str, str]) -> None:
    """The whole comparison of the places `names` (adcode → name)."""
    st.html(_totals(view, names))
    types(view, names)
    found = view.tables.compared(view.selection, names)
    shared = found[found["places"] > 1]
    st.subheader(view.t("compare.shared", count=shared["measure_id"].nunique()), anchor=False)
    if shared.empty:
        st.caption(view.t("compare.none_shared"))
    else:
        st.html(_shared(view, names, shared))
        chart_block.take_away(view, "compared", view.t("compare.title"), lambda: found)
    st.subheader(view.t("compare.own"), anchor=False)
    columns = st.columns(len(names), gap="large")
    for column, (place, name) in zip(columns, names.items(), strict=True):
        with column:
            st.html(_own(view, name, found[(found["places"] == 1) & (found["place"] == place)]))


def _totals(view: View, names: Mapping[str, str]) -> str:
    """Articles, activities and figures of each place; no article is said in words."""
    found = {
        place: view.tables.overview(comparison.within(view.selection, place)) for place in names
    }
    body = [
        (
            view.t(f"overview.{name}"),
            [
                f"<b>{getattr(one, name):,}</b>" if one.articles else _silent(view)
                for one in _of(found)
            ],
        )
        for name in COUNTS
    ]
    return _table(view, names, body)


def _of(found: Mapping[str, Any]) -> list[Any]:
    return list(found.values())


def _silent(view: View) -> str:
    return f"<span class='bm-none'>{rows.escaped(view.t('charts.not_reported'))}</span>"


def types(view: View, names: Mapping[str, str]) -> None:
    """The chart of the places `names` by types of activity; nothing where none has any."""
    counts = view.tables.compared_types(view.selection, names)
    if counts.empty:
        return
    counts = counts.assign(label=[names[one] for one in counts["place"]])
    source = view.source_of("activities")
    chart_block.chart(
        view,
        "compare_types",
        view.t("charts.compare_types", names=view.joined(names.values())),
        lambda dark: charts.compare_types(counts, names, view.language, source, dark),
        counts,
        charts.compare_types_alt_text(counts, names, view.language),
        source=source,
    )


def _shared(view: View, names: Mapping[str, str], shared: pd.DataFrame) -> str:
    """One row for each measure, one column for each place, each value a way to its sentence."""
    body = []
    for _, some in list(shared.groupby("measure_id", sort=False))[:SHARED]:
        first, *_ = measured = rows.records(some)
        by_place = {row.place: _value(view, row) for row in measured}
        body.append(
            (
                rows.escaped(first.counted),
                [by_place.get(place, _silent(view)) for place in names],
            )
        )
    return _table(view, names, body)


def _value(view: View, row: Any) -> str:
    """A value as a link to its sentence, with its issue."""
    said = theme.format_value(
        row.value, row.unit, view.language, bool(row.approximate), row.value_high
    )
    link = links.to_article(row.article_id, said, figure=row.figure_id)
    issue = theme.format_date(row.issue_date, view.language) if row.issue_date else ""
    mend = links.to_form(view, row.article_id, figure=row.figure_id)
    told = " · ".join(one for one in (rows.escaped(issue), mend) if one)
    return f"<b>{link}</b><br><small>{told}</small>"


def _table(view: View, names: Mapping[str, str], body: list[tuple[str, list[str]]]) -> str:
    """A table with a column for each place; the cells are HTML already."""
    places = "".join(f"<th scope='col'>{rows.place_link(one, names[one])}</th>" for one in names)
    lines = "".join(
        f"<tr><th scope='row'>{head}</th>{''.join(f'<td>{one}</td>' for one in cells)}</tr>"
        for head, cells in body
    )
    head = rows.escaped(view.t("compare.measure"))
    table = (
        f"<table class='bm-table bm-compare'><thead><tr><th scope='col'>{head}</th>{places}</tr>"
        f"</thead><tbody>{lines}</tbody></table>"
    )
    return rows.scrolling(table, " · ".join(names.values()))


def _own(view: View, name: str, own: pd.DataFrame) -> str:
    """What only this place reports: the first measures, and how many more."""
    items = "".join(
        f"<li>{rows.escaped(row.counted)} {_value(view, row).replace('<br>', ' ')}</li>"
        for row in rows.records(own.head(OWN))
    )
    more = len(own) - OWN
    rest = f"<li>{rows.escaped(view.t('compare.more', count=more))}</li>" if more > 0 else ""
    nothing = "" if len(own) else f"<li>{rows.escaped(view.t('compare.nothing_own'))}</li>"
    head = rows.escaped(view.t("compare.own_of", name=name, count=len(own)))
    return f"<h4 class='bm-own'>{head}</h4><ul class='bm-people'>{items}{rest}{nothing}</ul>"
