"""A chart on a page of an edition: drawn for desk and phone, with its files and its rows.

The charts are those of the dashboard's own pages, found there by their names: what one edition
shows, the other shows too.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from dashboard import bundle, chart_block, chart_card, citation, downloads, parts, theme
from dashboard.charts.frame import Card, Key, for_screen
from dashboard.edition import colours, drawing, sheet
from dashboard.edition.canvas import Link, Plot
from dashboard.edition.site import Page, Site
from dashboard.parts import Chart
from dashboard.view import View

WIDE, NARROW = 600, theme.PHONE_WIDTH
# Rows behind a chart that its page shows; the files have all of them.
BEHIND = 40


def found(name: str, draw: Callable[[], object]) -> Chart | None:
    """The chart `name` of what `draw` would draw in the dashboard; None where it draws none."""
    return parts.find(name, draw)


def block(
    site: Site,
    page: Page,
    view: View,
    chart: Chart | None,
    link: Link = lambda _: None,
    wide: int = WIDE,
) -> str:
    """A chart with all that belongs to it; its files and colours join the page's."""
    if chart is None:
        return ""
    widths = (wide, NARROW)
    light, card, plot = _drawn(chart, False, widths, link)
    dark, other, _ = _drawn(chart, True, widths, link)
    drawings = [colours.merged(one, two, page.pairs) for one, two in zip(light, dark, strict=True)]
    shown = "".join(
        f'<div class="plot-{size}">{one}</div>'
        for size, one in zip(_SIZES[len(drawings)], drawings, strict=True)
    )
    _files(
        site, page, view, chart, sheet.sheet(card, plot, notes_of(site, page, view, chart.title))
    )
    bare = Card(card.title, card.notes, card.source, card.silent, [])
    return (
        f'<figure class="card" id="chart-{chart.name}">{chart_card.head_html(bare)}'
        f"{_keys(card.keys, other.keys, page.pairs)}{shown}{chart_card.foot_html(bare)}"
        f"{_take_away(page, chart)}{_behind(page, view, chart)}</figure>"
    )


_SIZES = {1: ("any",), 2: ("wide", "narrow")}


def _drawn(
    chart: Chart, dark: bool, widths: tuple[int, int], link: Link
) -> tuple[list[str], Card, Plot]:
    """The drawings in a mode, one where the figure has a width of its own; what stands around
    them; and the plot for a file."""
    figure = chart.draw(dark)
    card = for_screen(figure)
    fixed = figure.layout.width
    drawn = [
        drawing.svg(figure, f"{chart.name}-{width}", width, chart.alt, dark, link)
        for width in (widths[:1] if fixed else widths)
    ]
    return drawn, card, drawing.plot_of(figure, chart.name, sheet.WIDTH, dark, lambda _: None)


def _keys(light: list[Key], dark: list[Key], pairs: set[tuple[str, str]]) -> str:
    """The legend, its colours as classes."""
    items = []
    for one, other in zip(light, dark, strict=True):
        pairs.add((one.colour, other.colour))
        name = colours.class_of(one.colour, other.colour)
        items.append(
            f'<span><i class="bm-key bm-key-{escape(one.mark)} c{name}"></i>'
            f"{escape(one.name)}</span>"
        )
    return f'<div class="bm-keys">{"".join(items)}</div>' if items else ""


def _files(site: Site, page: Page, view: View, chart: Chart, picture: bytes) -> None:
    """The files of a chart: CSV, XLSX and SVG; the browser makes the PNG from the SVG."""
    named = bundle.named(chart.data, view.language)
    notes = notes_of(site, page, view, chart.title)
    page.files |= {
        f"{chart.name}.csv": downloads.csv_bytes(named),
        f"{chart.name}.xlsx": downloads.xlsx_bytes(
            named, chart.title, chart.source or view.source, note="\n".join(notes), dated=False
        ),
        f"{chart.name}.svg": picture,
    }


def notes_of(site: Site, page: Page, view: View, title: str) -> list[str]:
    """What a file says of itself: the filters and how it is cited."""
    link = f"{site.base}{page.here.address}" if site.base else ""
    cited = citation.Cited(title, view.summary(), site.version, link, "")
    return [
        view.t("cite.filters", filters=view.summary()),
        view.t("cite.line", citation=citation.chinese(cited, view.language)),
    ]


def _take_away(page: Page, chart: Chart) -> str:
    """The files as links; a button for the PNG, which a page without scripts does not show."""
    t = page.here.t
    links = "".join(
        f'<a href="{chart.name}.{kind}" download>{escape(t(f"edition.{kind}"))}</a>'
        for kind in ("csv", "xlsx", "svg")
    )
    png = f'<button type="button" hidden data-png="{chart.name}.svg">PNG</button>'
    return f'<p class="take"><span>{escape(t("chart.download"))}</span>{links}{png}</p>'


def _behind(page: Page, view: View, chart: Chart) -> str:
    """The first rows behind a chart as a table that opens."""
    data = chart.data
    rows = bundle.named(chart_block.readable(view, data.head(BEHIND)), view.language)
    if rows.empty:
        return ""
    t = page.here.t
    more = t("report.more", shown=len(rows), count=len(data))
    note = f'<p class="bm-details">{escape(more)}</p>' if len(data) > len(rows) else ""
    return (
        f"<details><summary>{escape(t('chart.table'))}</summary>"
        f"{table(rows, chart.title)}{note}</details>"
    )


def table(rows: pd.DataFrame, name: str) -> str:
    """Rows as a table that scrolls by finger and by key; what is not known is a dash."""
    head = "".join(f"<th scope='col'>{escape(str(one))}</th>" for one in rows.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell(one)}</td>" for one in row) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return (
        f'<div class="bm-scroll" tabindex="0" role="group" aria-label="{escape(name)}">'
        f'<table class="bm-table"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
        "</div>"
    )


def cell(value: Any) -> str:
    """A value as it is read; what is not reported is a dash and not 0."""
    if isinstance(value, list | tuple):
        return escape(", ".join(map(str, value)))
    if value is None or pd.isna(value):
        return "–"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return escape(" ".join(str(value).split()))
