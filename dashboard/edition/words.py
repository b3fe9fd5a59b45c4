"""The most frequent words, and what sets a province's apart."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from dashboard import word_compare, word_panel
from dashboard.edition import charts, lists
from dashboard.edition.common import page_of, selected
from dashboard.edition.site import Here, Page, Site
from dashboard.queries import regions
from dashboard.view import View


def words(site: Site, language: str, province: str) -> Page:
    """The most frequent words, and what sets a province's apart."""
    view = site.view(language)
    name = regions.name_of(province) if province else view.t("words.everywhere")
    here = Here(language, f"words/{province}/" if province else "words/")
    page = page_of(site, here, "words", selected(site, language, province), "words/{}/")
    page.lead = view.t("edition.words_lead")
    found = word_panel.ask(view, [(province or None, str(name))], False)
    code = province or "all"
    drawn = [
        charts.found(f"{kind}_{code}", lambda: word_panel.draw(view, found, False, "rectangle"))
        for kind in ("cloud", "words")
    ]
    if province:
        drawn.append(charts.found(f"keyness_{province}", lambda: _apart(view, province, str(name))))
    to_search = _to_search(here)
    blocks = "".join(charts.block(site, page, view, one, to_search) for one in drawn)
    page.body = f'<div class="cards">{blocks}</div>' if blocks else lists.nothing(view)
    return page


def _apart(view: View, province: str, name: str) -> None:
    counts = view.tables.regions(view.selection)
    articles = int(counts[counts["adcode"] == province]["articles"].sum())
    by, rest = "log_odds", view.t("words.by_rest")
    word_compare.distinctive(view, (province, name, articles), word_compare.REST, by, False, rest)


def _to_search(here: Here) -> Callable[[str], str | None]:
    return lambda word: f"{here.to('search/')}?q={quote(word)}"
