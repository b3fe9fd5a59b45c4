"""What a page needs to draw itself: the tables, the selection and the language of this run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard import address, language, navigation
from dashboard.filters import SHARED, asked_cities, asked_provinces
from dashboard.queries import Options, Tables, regions
from dashboard.selection import Selection

# A source line names this many newspapers and counts the rest.
NAMED_PAPERS = 3
_VIEW = "view"


@dataclass(frozen=True, slots=True)
class View:
    """One run's question and the means to answer it; `names` are those of the areas."""

    tables: Tables
    options: Options
    selection: Selection
    language: str
    dark: bool
    names: Mapping[str, str]

    def t(self, key: str, **values: object) -> str:
        """The interface's text of `key` in the reader's language."""
        return language.text(self.language, key, **values)

    def value_name(self, group: str, value: str | None) -> str:
        """The reader's word for a value of the tables (`type`, `meeting`)."""
        key = f"{group}.{value}"
        return self.t(key) if language.has(self.language, key) else value or self.t("unknown")

    def joined(self, parts: Iterable[str]) -> str:
        """Names in one line."""
        return self.t("list.comma").join(parts)

    @property
    def source(self) -> str:
        """Where a number of this view comes from, in one line."""
        return self.t("source.line", origin=self._origin(), version=self.tables.version)

    def source_of(self, table: str, measure_id: str | None = None) -> str:
        """The same for a chart of figures or activities: where some were reviewed, how many."""
        reviewed, every = self.tables.reviewed(self.selection, table, measure_id)
        if not reviewed:
            return self.source
        # Not all is never 100 %, and some is never 0 %.
        share = min(max(reviewed / every, 0.01), 1.0 if reviewed == every else 0.99)
        return self.t("source.reviewed", source=self.source, share=f"{share:.0%}")

    def _origin(self) -> str:
        """The newspapers and their issues: 《…》2023-12-29."""
        papers = self.options.publications
        first, last = self.options.first_issue, self.options.last_issue
        names = self.joined(self.t("source.paper", name=name) for name in papers[:NAMED_PAPERS])
        if len(papers) > NAMED_PAPERS:
            names = self.t("source.more", names=names, count=len(papers))
        issues = first if first == last else self.t("filters.between", start=first, end=last)
        return self.t("source.origin", names=names or self.t("source.unnamed"), issues=issues or "")

    def summary(self) -> str:
        """The selection in words: 山西省 · 会议 · 2023-12-01 – 2023-12-31."""
        chosen = self.selection
        codes = (*chosen.provinces, *chosen.cities, *chosen.within)
        places = [self.names.get(code, code) for code in codes]
        types = [self.value_name("type", one) for one in chosen.types]
        parts = [self.joined(places), self.joined(types), self.period()]
        return " · ".join(part for part in parts if part) or self.t("filters.everything")

    def period(self) -> str:
        """The chosen dates in words, or nothing."""
        start, end = self.selection.start, self.selection.end
        if start and end:
            return self.t("filters.between", start=start, end=end)
        if start:
            return self.t("filters.since", start=start)
        return self.t("filters.until", end=end) if end else ""


def names_of(options: Options, codes: Iterable[str] = ()) -> dict[str, str]:
    """adcode → name of the areas in the tables, and of those that are asked for beside them."""
    asked = {code: name for code in codes if (name := regions.name_of(code))}
    return asked | dict(options.provinces) | {code: name for code, name, _ in options.cities}


def use(tables: Tables, selection: Selection, chosen: str, options: Options) -> View:
    """Make this run's view and hand it to the page."""
    names = names_of(options, [*asked_provinces(), *asked_cities(())])
    dark = st.context.theme.type == "dark"
    st.session_state[_VIEW] = view = View(tables, options, selection, chosen, dark, names)
    return view


def current() -> View:
    """This run's view."""
    if _VIEW not in st.session_state:
        navigation.restart()
    view: View = st.session_state[_VIEW]
    return view


def link_to(**own: str) -> list[tuple[str, str]]:
    """Address of another page of this app: the shared filters and what that page takes."""
    wanted = address.parameters()
    shared = [(name, one) for name in SHARED for one in wanted.get(name, ())]
    return [*shared, *own.items()]
