"""How far the numbers can be trusted, and the tables to take away."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboard import measured, quality_page, reader
from dashboard.edition import charts
from dashboard.edition.common import page_of
from dashboard.edition.site import Here, Page, Site
from dashboard.view import View
from etl.tables import TABLES


def quality(site: Site, language: str) -> Page:
    """Our scores on every part of the gold, other tools', what confidence means, what fails."""
    view, here = site.view(language), Here(language, "quality/")
    page = page_of(site, here, "quality", view)
    parts = "".join(_part(page, view, one) for one in measured.PARTS)
    peers = charts.found("peers", lambda: quality_page.peers(view, measured.PARTS[0]))
    sure = charts.found("confidence", lambda: quality_page.confidence(view))
    drawn = charts.block(site, page, view, peers) + charts.block(site, page, view, sure)
    items = "".join(
        f"<li><b>{escape(view.t(f'quality.fact_{kind}'))}</b> {escape(said)}</li>"
        for kind, said in measured.limits(view.language).items()
    )
    when = escape(view.t("quality.measured", day=measured.day("accuracy")))
    page.body = (
        f"<h2>{escape(view.t('quality.ours'))}</h2>{parts}"
        f'<p class="bm-details">{when}</p>'
        f'<div class="cards">{drawn}</div>{_bases(view)}'
        f"<h2>{escape(view.t('quality.limits'))}</h2><ul class='bm-limits'>{items}</ul>"
    )
    return page


def _part(page: Page, view: View, part: str) -> str:
    """The scores on one part of the gold, as a table that opens; the first is open."""
    shown, titles = quality_page.ours_shown(view, part)
    table = reader.table_html(shown, titles)
    state = " open" if part == measured.PARTS[0] else ""
    count = measured.documents(part)
    return (
        f"<details{state}><summary>{escape(view.t(f'quality.part_{part}'))}</summary>"
        f'<p class="bm-details">{escape(view.t(f"quality.about_{part}", count=count))}</p>{table}'
        "</details>"
    )


def _bases(view: View) -> str:
    """Of the data shown, how much was stated and how much inferred."""
    shown, titles = quality_page.bases_shown(view)
    if shown.empty:
        return ""
    return (
        f"<h2>{escape(view.t('quality.here'))}</h2>"
        f'<p class="bm-details">{escape(view.t("quality.here_help"))}</p>'
        f"{reader.table_html(shown, titles)}"
    )


def data(site: Site, language: str, sizes: Mapping[str, int]) -> Page:
    """The tables as files; `sizes` are those of the files in `data/`, in bytes."""
    view, here = site.view(language), Here(language, "data/")
    t = view.t
    page = Page(here, "data", t("edition.data"), t("edition.data_lead"))
    rows = "".join(_row(site, here, one, sizes) for one in TABLES if f"{one}.parquet" in sizes)
    heads = "".join(
        f"<th scope='col'>{escape(t(f'edition.{one}'))}</th>" for one in ("table", "rows", "files")
    )
    package = f'<a href="{here.root}data/datapackage.json">datapackage.json</a>'
    page.body = (
        f'<div class="bm-scroll" tabindex="0" role="group" aria-label="{escape(page.title)}">'
        f'<table class="bm-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div>"
        f"<p>{package}: {escape(t('edition.package'))}</p><p>{escape(t('report.tables_help'))}</p>"
    )
    return page


def _row(site: Site, here: Here, table: str, sizes: Mapping[str, int]) -> str:
    ((count,),) = site.tables.rows(f"SELECT count(*) FROM {table}")
    files = " ".join(
        f'<a href="{here.root}data/{table}.{kind}" download>{kind}</a> '
        f"({_size(sizes[f'{table}.{kind}'])})"
        for kind in ("parquet", "csv")
        if f"{table}.{kind}" in sizes
    )
    return f"<tr><th scope='row'>{table}</th><td>{count:,}</td><td>{files}</td></tr>"


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} KB"
