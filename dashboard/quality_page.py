"""The parts of the quality page: our scores, the peers', confidence, this data, what fails."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from dashboard import chart_block, measured, reader
from dashboard.charts import quality as charts
from dashboard.view import View

SHARES = ("precision", "recall", "f1")


def ours_shown(view: View, part: str) -> tuple[pd.DataFrame, list[str]]:
    """Precision, recall and F1 of each question in the reader's words, and the columns' names."""
    rows = measured.ours(part)
    shown = rows.assign(
        question=[view.t(f"question.{one}") for one in rows["question"]],
        **{name: [f"{one:.3f}" for one in rows[name]] for name in SHARES},
    )[["question", *SHARES, "right", "gold", "found"]]
    return shown, [view.t(f"quality.{one}") for one in shown]


def ours(view: View, part: str) -> None:
    """Precision, recall and F1 of each question as a table, the counts beside them."""
    shown, titles = ours_shown(view, part)
    st.subheader(view.t("quality.ours"), anchor=False)
    st.html(reader.table_html(shown, titles))
    st.caption(view.t("quality.measured", day=measured.day("accuracy")))


def peers(view: View, part: str) -> None:
    """The dots of all tools, and what each tool is."""
    rows = measured.peers(part)
    source = view.t("quality.source", day=measured.day("peers"))
    chart_block.chart(
        view,
        "peers",
        view.t("quality.dots_title"),
        lambda dark: charts.accuracy_dots(rows, view.language, source, dark),
        rows,
        charts.accuracy_dots_alt_text(rows, view.language),
    )
    tools = measured.tools()
    tools = tools.assign(
        tool=[view.t("app.name") if one == measured.US else one for one in tools["tool"]],
        characters_per_second=[f"{one:,}" for one in tools["characters_per_second"]],
    )
    st.html(reader.table_html(tools, [view.t(f"quality.{one}") for one in tools]))
    st.caption(view.t("quality.speed_note"))


def confidence(view: View) -> None:
    """What a confidence was measured to mean."""
    rows = measured.confidences()
    source = view.t("quality.source", day=measured.day("accuracy"))
    chart_block.chart(
        view,
        "confidence",
        view.t("quality.confidence_title"),
        lambda dark: charts.confidence_bars(rows, view.language, source, dark),
        rows,
        charts.confidence_bars_alt_text(rows, view.language),
    )


def bases_shown(view: View) -> tuple[pd.DataFrame, list[str]]:
    """Of the data shown, how much was stated and how much inferred, and the columns' names."""
    rows = view.tables.bases(view.selection)
    shown = pd.DataFrame(
        {
            "fact": [view.t(f"quality.fact_{one}") for one in rows["fact"]],
            "basis": [_basis(view, one) for one in rows.itertuples()],
            "count": [f"{one:,}" for one in rows["count"]],
            "share": [f"{one:.0%}" for one in rows["share"]],
        }
    )
    return shown, [view.t(f"quality.{one}") for one in shown]


def these_tables(view: View) -> None:
    """The table of `bases_shown`."""
    shown, titles = bases_shown(view)
    st.subheader(view.t("quality.here"), anchor=False)
    if shown.empty:
        st.caption(view.t("quality.here_none"))
        return
    st.caption(view.t("quality.here_help"))
    st.html(reader.table_html(shown, titles))


def _basis(view: View, row: tuple[object, ...]) -> str:
    _, fact, basis, *_ = row
    group = "basis" if fact in ("dates", "places") else "place_basis"
    return view.value_name(group, str(basis)) if basis else view.t("quality.no_basis")


def limits(view: View) -> None:
    """What still fails, by kind of fact."""
    st.subheader(view.t("quality.limits"), anchor=False)
    items = "".join(
        f"<li><b>{html.escape(view.t(f'quality.fact_{kind}'))}</b> {html.escape(said)}</li>"
        for kind, said in measured.limits(view.language).items()
    )
    st.html(f"<ul class='bm-limits'>{items}</ul>")
    st.caption(view.t("quality.limits_help"))
