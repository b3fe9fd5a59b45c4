"""Places side by side: what each reports in a small file, and a page whose script reads some."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from dashboard import theme
from dashboard.edition.common import page_of
from dashboard.edition.site import PREFIX, Here, Page, Site
from dashboard.queries.regions import name_of
from dashboard.rows import records
from dashboard.selection import Selection

# As many places as a page has room for.
MOST = 4


def compare(site: Site, language: str) -> Page:
    """The page: a choice of places, and where the script puts them beside each other."""
    view, here = site.view(language), Here(language, "compare/")
    page = page_of(site, here, "compare", view)
    page.script = "compare.js"
    t = view.t
    said = {
        "unreported": t("charts.not_reported"),
        "shared": t("compare.shared", count="{count}"),
        "none": t("compare.none_shared"),
        "own": t("compare.own"),
        "nothing": t("compare.nothing_own"),
        "more": t("compare.more", count="{count}"),
        "measure": t("compare.measure"),
        "articles": t("overview.articles"),
        "activities": t("overview.activities"),
        "figures": t("overview.figures"),
        "broken": t("edition.broken"),
    }
    words = "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())
    options = '<option value=""></option>' + "".join(
        f'<option value="{code}">{escape(name_of(code) or code)}</option>'
        for code in sorted(site.places)
    )
    # The script copies the options of the first one into the others.
    label = escape(t("compare.places"))
    choices = "".join(
        f'<select name="place" aria-label="{label} {number}">{options if number == 1 else ""}'
        "</select>"
        for number in range(1, MOST + 1)
    )
    page.body = (
        f'<form id="compare" class="choices" action="./" method="get"{words}>{choices}</form>'
        f"<noscript><p class='note'>{escape(t('edition.needs_script'))}</p></noscript>"
        f'<p id="told" role="status" class="bm-details">{escape(t("compare.two"))}</p>'
        '<div id="beside"></div>'
    )
    return page


def write(site: Site, out: Path, language: str) -> None:
    """What each place reports: its name, counts, and the latest result of each measure.

    A measure is id, words, value in words, issue in words or nothing, article and figure.
    """
    folder = out / PREFIX[language] / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    for place in sorted(site.places):
        content = json.dumps(
            _place(site, language, place), ensure_ascii=False, separators=(",", ":")
        )
        (folder / f"{place}.json").write_text(content, encoding="utf-8")


def _place(site: Site, language: str, place: str) -> dict[str, Any]:
    counts = site.tables.overview(Selection(within=(place,)))
    measures = [
        [
            row.measure_id,
            row.counted,
            theme.format_value(
                row.value, row.unit, language, bool(row.approximate), row.value_high
            ),
            theme.format_date(row.issue_date, language) if row.issue_date else "",
            row.article_id,
            row.figure_id,
        ]
        for row in records(site.tables.compared(Selection(), [place]))
    ]
    return {
        "name": name_of(place) or place,
        "counts": [counts.articles, counts.activities, counts.figures],
        "measures": measures,
    }
