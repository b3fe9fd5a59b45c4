"""A page as one HTML file that needs nothing else: for reading offline, on a phone, on paper.

Charts are pictures in two widths, lists and data are tables, every article text is escaped. There
is no script, no font and no link that is fetched. No streamlit.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard import fonts, pictures, theme
from dashboard.language import text
from dashboard.parts import Chart, Listing, Markup, Part

# Rows of a list, and of the data behind a chart, that the report has; more are told, not shown.
LISTED, BEHIND = 200, 60
PHONE = 390
_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1f2328; background: #fff;
  font: 1rem/1.7 "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
  sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.3; margin: 0.5rem 0; }
h2 { font-size: 1.2rem; line-height: 1.4; margin: 2rem 0 0.5rem; }
dl { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1rem 0; }
dt { font-size: 0.85rem; color: #59636e; } dd { margin: 0; font-size: 1.4rem; font-weight: 600; }
img { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.7rem 0.3rem 0;
  border-bottom: 1px solid #d8dde3; min-width: 3em; }
.note, footer { font-size: 0.85rem; color: #59636e; }
.bm-this, mark { background: #fbe39b; font-weight: 600; }
.bm-m { text-decoration: underline dotted; text-underline-offset: 0.25em; }
.bm-chosen { background: #fdf3d3; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; }
  section, tr, img { break-inside: avoid; } .scroll { overflow: visible; } }
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of its page, and its parts.

    `counts` are (name, number); `readable` turns rows into columns and words of the reader's.
    """

    language: str
    title: str
    lead: str
    summary: str
    source: str
    citation: str
    link: str
    counts: Sequence[tuple[str, int]]
    parts: Sequence[Part]
    readable: Callable[[pd.DataFrame], pd.DataFrame]


def html(report: Report) -> bytes:
    """The whole file, UTF-8."""
    said = report.language
    body = [
        f"<header><h1>{escape(report.title)}</h1><p>{escape(report.lead)}</p>",
        f"<p>{text(said, 'cite.filters', filters=f'<b>{escape(report.summary)}</b>')}</p>",
        _counts(report.counts) + "</header>",
        *(_part(report, one) for one in report.parts),
        f"<footer><p>{escape(report.source)}</p>",
        f"<p>{escape(text(said, 'cite.line', citation=report.citation))}</p>",
        f"<p>{escape(text(said, 'report.link', link=report.link))}</p>",
        f"<p>{escape(text(said, 'report.caution'))}</p></footer>",
    ]
    tongue = "zh-CN" if said == "zh" else said
    head = (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)} · {escape(report.summary)}</title>"
        f"<style>{_face(chr(10).join(body))}{_STYLE}</style></head><body>"
    )
    return (head + "\n".join(body) + "</body></html>\n").encode()


def _face(text: str) -> str:
    """The font within the file, with the characters that it needs: no machine's font takes part."""
    data = base64.b64encode(fonts.subset_of(text)).decode()
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face {{ font-family: '{theme.FONT}'; src: {source}; }}"


def _counts(counts: Sequence[tuple[str, int]]) -> str:
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{number:,}</dd></div>" for name, number in counts
    )
    return f"<dl>{items}</dl>"


def _part(report: Report, part: Part) -> str:
    if isinstance(part, Chart):
        return _chart(report, part)
    if isinstance(part, Listing):
        return _listing(report, part)
    return f"<section>{part.html}</section>" if isinstance(part, Markup) else ""


def _chart(report: Report, chart: Chart) -> str:
    """A chart in two widths, and the rows behind it."""
    figure = chart.draw(False)
    wide = _embedded(pictures.picture(figure, "svg"))
    narrow = ""
    if not figure.layout.width:
        phone = _embedded(pictures.picture(figure, "svg", width=PHONE))
        narrow = f'<source media="(max-width: 640px)" srcset="{phone}">'
    image = f'<picture>{narrow}<img src="{wide}" alt="{escape(chart.alt)}"></picture>'
    data = chart.data
    rows = _table(report, data, len(data), BEHIND)
    return f"<section><h2>{escape(chart.title)}</h2>{image}{rows}</section>"


def _embedded(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode()


def _listing(report: Report, listing: Listing) -> str:
    rows = listing.ask(min(listing.total, LISTED), 0)
    # An entry may have several rows.
    total = max(listing.total, len(rows))
    title = text(report.language, "report.list", count=listing.total)
    return f"<section><h2>{escape(title)}</h2>{_table(report, rows, total, LISTED)}</section>"


def _table(report: Report, rows: pd.DataFrame, total: int, most: int) -> str:
    shown = report.readable(rows.head(most))
    head = "".join(f"<th>{escape(str(one))}</th>" for one in shown.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{_cell(one)}</td>" for one in row) + "</tr>"
        for row in shown.itertuples(index=False)
    )
    more = text(report.language, "report.more", shown=len(shown), count=total)
    note = f'<p class="note">{escape(more)}</p>' if total > len(shown) else ""
    return f'<div class="scroll"><table><tr>{head}</tr>{lines}</table></div>{note}'


def _cell(value: Any) -> str:
    """A value as a reader writes it; what is not reported is a dash and not 0."""
    if isinstance(value, list | tuple):
        return escape(", ".join(map(str, value)))
    if pd.isna(value):
        return "–"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return escape(" ".join(str(value).split()))
