"""Every question that a page asks of the tables. No streamlit in here.

A question takes a `Selection` (see `dashboard.queries.conditions` for what it selects) and gives
a data frame with the columns that its docstring names, or a dataclass.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.queries.activities import ActivityQueries
from dashboard.queries.areas import AreaQueries
from dashboard.queries.articles import ArticleDetail, ArticleQueries, Passage
from dashboard.queries.comparison import ComparisonQueries
from dashboard.queries.concordance import ConcordanceQueries
from dashboard.queries.found import FoundQueries
from dashboard.queries.overview import Options, Overview, OverviewQueries
from dashboard.queries.quality import QualityQueries
from dashboard.queries.review import ReviewQueries
from dashboard.queries.search import Found, Search
from dashboard.queries.takeout import TakeoutQueries

__all__ = [
    "ArticleDetail",
    "Found",
    "Options",
    "Overview",
    "Passage",
    "Search",
    "Tables",
    "open_tables",
]


class Tables(
    OverviewQueries,
    ActivityQueries,
    AreaQueries,
    ComparisonQueries,
    ConcordanceQueries,
    ArticleQueries,
    FoundQueries,
    QualityQueries,
    ReviewQueries,
    TakeoutQueries,
):
    """The tables of one version, ready for questions; safe to share between threads."""


def open_tables(folder: Path, spare: Path | None = None) -> Tables:
    """Open the tables of a version, the folder that `etl.store.resolve` gives.

    What was made of a large version lies beside the tables, or in `spare`.

    Tables of an older version are shown as far as something stands for what they lack. Raises
    StoreError where that is not so, or a table's file is missing or damaged.
    """
    return Tables(folder, spare)
