"""What all pages of an edition share: tables, style, scripts, letters, the lists of its pages."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import fonts, theme
from dashboard.edition import cards as picture
from dashboard.edition import colours, shell
from dashboard.edition.site import ASSETS, PREFIX, Here, Site
from dashboard.edition.tasks import Pairs
from dashboard.frame import STYLE
from dashboard.language import FALLBACK, LANGUAGES, text
from dashboard.navigation import ICON
from etl import export
from etl.tables import TABLES

OWN = Path(__file__).with_name("assets")
# Says that a folder is an edition, so that nothing else is ever replaced by one.
STAMP = "edition.json"
SCRIPTS = tuple(sorted(one.name for one in OWN.glob("*.js")))


def data(tables: Path, site: Site, out: Path) -> None:
    """The tables themselves, as they are and as CSV."""
    folder = out / "data"
    export.export(tables, "csv", folder)
    for one in [*(f"{name}.parquet" for name in TABLES), "datapackage.json"]:
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(site.tables.folder / one, folder / one)


def assets(out: Path, pairs: Pairs) -> None:
    """Style sheet, scripts, icon and letters, which all pages share."""
    folder = out / ASSETS
    style = [_variables(), STYLE.read_text("utf-8"), colours.style(pairs)]
    style.append((OWN / "edition.css").read_text("utf-8"))
    (folder / "edition.css").write_text("\n".join(style), encoding="utf-8")
    for one in SCRIPTS:
        shutil.copyfile(OWN / one, folder / one)
    shutil.copyfile(ICON, folder / "icon.svg")
    (folder / "font.woff2").write_bytes(fonts.subset_of(_letters(out)))


def _variables() -> str:
    """The theme's colours as variables: light, and dark where the reader's device is."""
    light, dark = (
        "".join(f"--{name}: {value}; " for name, value in colours.variables(one).items())
        for one in (theme.LIGHT, theme.DARK)
    )
    at_night = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}}} }}"
    return f":root {{ {light}}}\n{at_night}"


def _letters(out: Path) -> str:
    """Every character that a page or a hit may show."""
    found: set[str] = set()
    for kind in ("*.html", "*.json", "*.js"):
        for one in out.rglob(kind):
            found |= set(one.read_text("utf-8"))
    for language in LANGUAGES:
        found |= set("".join(text(language, one) for one in ("edition.lost", "edition.home")))
    return "".join(sorted(found - set("\n\r\t")))


def cards(site: Site, out: Path) -> None:
    """The picture of all pages that have none of their own."""
    for language in LANGUAGES:
        title, said = text(language, "app.title"), text(language, "overview.lead")
        source = site.view(language).source
        drawn = picture.card(text(language, "app.name"), title, said, source)
        (out / ASSETS / f"card-{language}.png").write_bytes(drawn)


def not_found(site: Site, out: Path) -> None:
    """The page for an address that is none; it may be shown at any depth of the site."""
    root = urlsplit(site.base).path if site.base else "/"
    parts = []
    for language in LANGUAGES:
        tongue = text(language, "language.html")
        home = f'<a href="{root}{PREFIX[language]}">{escape(text(language, "edition.home"))}</a>'
        parts.append(f'<p lang="{tongue}">{escape(text(language, "edition.lost"))} {home}</p>')
    here = Here(FALLBACK, "")
    page = (
        f'<!doctype html>\n<html lang="{here.t("language.html")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{shell.POLICY}">'
        f'<meta name="robots" content="noindex"><title>404 · {escape(here.t("app.name"))}</title>'
        f'<link rel="stylesheet" href="{root}{ASSETS}edition.css"></head>'
        f"<body><main><h1>404</h1>{''.join(parts)}</main></body></html>\n"
    )
    (out / "404.html").write_text(page, encoding="utf-8")


def lists(site: Site, out: Path, addresses: Sequence[str]) -> None:
    """The stamp, and where the address is known the list of pages for search engines."""
    stamp = {"edition": 1, "data_version": site.version, "pages": len(addresses)}
    (out / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    # Some hosts leave out files that a site generator of theirs would.
    (out / ".nojekyll").write_bytes(b"")
    if not site.base:
        return
    items = "".join(f"<url><loc>{escape(site.base + one)}</loc></url>\n" for one in addresses)
    (out / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{items}</urlset>\n',
        encoding="utf-8",
    )
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.base}sitemap.xml\n"
    (out / "robots.txt").write_text(robots, encoding="utf-8")
