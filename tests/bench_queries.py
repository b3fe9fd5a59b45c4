"""How long the pages' questions take: `python -m tests.bench_queries TABLES`.

Each question of each page for some selections, asked for the first time of a version: nothing of
an answer that is kept ready. Processor time of all threads and wall time, in milliseconds, the
median of the selections; `python -m tests.resample` makes larger archives out of smaller ones.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dashboard.queries import Search, Tables, open_tables
from dashboard.queries.regions import provinces
from dashboard.search_index import open_index
from dashboard.selection import Selection
from etl import store

SELECTIONS = (
    Selection(),
    Selection(provinces=("140000",)),
    Selection(provinces=("440000",), types=("meeting",)),
    Selection(start="2023-01-01", end="2023-12-31"),
    Selection(cities=("110100",)),
)
ROWS = 20
WORD = "提案"
Question = Callable[[Selection], object]


def questions(tables: Tables) -> dict[str, Question]:
    """What the pages ask, by a name for the report."""
    measure = str(tables.measures(Selection(), 1)["measure_id"][0])
    areas = list(provinces())
    search = Search(tables, open_index(tables.folder, tables.folder), [WORD])
    return {
        "overview: totals": tables.overview,
        "overview: newest": lambda one: tables.newest(one, 6),
        "activities: by month": lambda one: tables.activity_counts(one, "month"),
        "activities: by province": lambda one: tables.activity_counts(one, "province"),
        "activities: panels": lambda one: tables.activity_panels(one, "quarter"),
        "activities: list": lambda one: tables.activities(one, ROWS),
        "figures: menu": lambda one: tables.measures(one, 500),
        "figures: by city": lambda one: tables.city_figures(one, measure),
        "figures: list": lambda one: tables.figures(one, ROWS),
        "map: counts": lambda one: tables.area_counts(one, areas, "province"),
        "map: coverage": lambda one: tables.coverage(one, measure),
        "compare: measures": lambda one: tables.compared(one, ["140100", "140200"]),
        "words: cloud": lambda one: tables.words(one, None, False, 100),
        "words: keyness": lambda one: tables.keyness(one, "140000", None, False),
        "words: over time": lambda one: tables.words_over_time(one, None, [WORD], "year"),
        "words: in context": lambda one: tables.concordance(one, None, WORD, 10),
        "place: people": lambda one: tables.people(one, ROWS),
        "articles: list": lambda one: tables.articles(one, ROWS),
        "activities: span": tables.time_span,
        "quality: bases": tables.bases,
        "search: found": lambda one: search.found(one),
        "search: articles": lambda one: search.articles(one, ROWS),
        "search: activities": lambda one: search.activities(one, ROWS),
        "search: figures": lambda one: search.figures(one, ROWS),
    }


def timed(ask: Question, selection: Selection) -> tuple[float, float]:
    """Milliseconds of the processor, and on the wall."""
    began = time.process_time(), time.perf_counter()
    ask(selection)
    return (time.process_time() - began[0]) * 1000, (time.perf_counter() - began[1]) * 1000


def memory() -> int:
    """The most memory this process had, in MB."""
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def report(folder: Path) -> None:
    """Print the times of every question."""
    began = time.process_time(), time.perf_counter()
    tables = open_tables(store.resolve(folder))
    opened = time.process_time() - began[0], time.perf_counter() - began[1]
    count = tables.overview(Selection()).articles
    print(f"{count:,} articles; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(f"opened in {opened[1]:.1f} s ({opened[0]:.1f} s of processor), {memory()} MB")
    every = []
    for name, ask in questions(tables).items():
        tables.forget()
        found = [timed(ask, one) for one in SELECTIONS]
        every += found
        processor, wall = (statistics.median(one) for one in zip(*found, strict=True))
        print(f"{name:24} {processor:8.0f} ms processor {wall:8.0f} ms wall")
    processor, wall = (statistics.median(one) for one in zip(*every, strict=True))
    print(f"{'median of all':24} {processor:8.0f} ms processor {wall:8.0f} ms wall")
    print(f"memory at most {memory()} MB")


if __name__ == "__main__":
    report(Path(sys.argv[1]))
