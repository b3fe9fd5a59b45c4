"""Speed as ratios within one run: `make bench`.

Absolute times say more about the machine than about the code, so every figure stands beside the
same text segmented by bare `jieba.lcut` in the same process. The text is 700 records of the
broadcast news beside the project where they are, else the bundled articles.
"""

from __future__ import annotations

import gzip
import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard import search_index
from etl import build, extraction, page, store, tables
from etl.extract import (
    activities,
    dates,
    figures,
    organisations,
    people,
    places,
    sentences,
    words,
)

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared" / "corpora" / "broadcast_news.jsonl.gz"
RECORDS = 700
# One, two and more characters, frequent and rare.
SEARCHED = ("的", "会议", "山西", "乡村振兴", "量子")
STAGES: list[tuple[str, str | None, Callable[..., Any]]] = [
    ("sentences", "sentences", sentences.split_sentences),
    ("dates", "dates", dates.find_dates),
    ("places", "places", places.find_places),
    ("article's place", "place", places.settle_article),
    ("organisations", "organisations", organisations.find_organisations),
    ("people", "people", people.find_people),
    ("figures", "figures", figures.find_figures),
    ("activities", "activities", activities.find_activities),
    ("links", None, activities.link_figures),
    ("words", "words", words.count_words),
]


def news() -> Iterator[tables.Document]:
    """The first records of the broadcast news as documents."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, RECORDS)):
            record = json.loads(line)
            yield tables.Document(
                document_id=f"{number:016x}",
                uri=NEWS.name,
                record_id=record["id"],
                format="jsonl",
                issue_date=record["date"],
                title=record["title"],
                n_chars=len(record["text"]),
                text=record["text"],
            )


def bundled() -> Iterator[tables.Document]:
    """The bundled pages, read as often as it takes to be measurable."""
    for number, path in enumerate(sorted((ROOT / "data" / "corpus").glob("*.txt")) * 7):
        text = path.read_text(encoding="utf-8")
        yield tables.Document(
            document_id=f"{number:016x}",
            uri=path.name,
            record_id=None,
            n_chars=len(text),
            text=text,
        )


def clock(work: Callable[[], object]) -> float:
    """CPU seconds of `work`, the median of three runs."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        work()
        runs.append(time.process_time() - start)
    return statistics.median(runs)


def stage_times(documents: list[tables.Document]) -> dict[str, float]:
    """CPU seconds per stage of extraction; a stage goes through all documents, as in a build."""
    start = time.process_time()
    pages = [page.read_document(one) for one in documents]
    spent = {"page repair": time.process_time() - start}
    readings = [
        extraction.reading_of(article, document)
        for document, read in zip(documents, pages, strict=True)
        for article in read.articles
    ]
    for name, field, find in STAGES:
        start = time.process_time()
        for reading in readings:
            result = find(reading)
            if field:
                setattr(reading, field, result)
        spent[name] = time.process_time() - start
    return spent


def search_times(documents: list[tables.Document]) -> tuple[float, float, float]:
    """CPU seconds of making the search index, of a search in it, and of looking everywhere."""
    rows = [row for one in documents for row in extraction.read(one)["sentences"]]
    texts = [search_index.clean(row.raw).lower() for row in rows]
    with tempfile.TemporaryDirectory() as name:
        store.write_tables(Path(name), {"sentences": rows})
        folder = store.resolve(Path(name))
        began = time.process_time()
        index = search_index.open_index(folder, Path(name))
        made = time.process_time() - began
        search = clock(lambda: [index.masks([word]) for word in SEARCHED])
    everywhere = clock(lambda: [[word in text for text in texts] for word in SEARCHED])
    return made, search / len(SEARCHED), everywhere / len(SEARCHED)


def main() -> int:
    """Print characters per second and the ratio to bare jieba for each stage and the whole."""
    import jieba

    documents = list(news() if NEWS.exists() else bundled())
    n_chars = sum(document.n_chars for document in documents)
    jieba.initialize()
    extraction.read(documents[0])
    bare = clock(lambda: [jieba.lcut(document.text) for document in documents])
    whole = clock(lambda: build.read_piece([*documents]))
    print(f"{len(documents)} documents, {n_chars:,} characters; Python {platform.python_version()}")
    print(f"{'':18}{'characters/s':>14}{'x jieba.lcut':>14}")
    rows = {**stage_times(documents), "whole extraction": whole, "bare jieba.lcut": bare}
    for name, seconds in rows.items():
        print(f"{name:18}{n_chars / max(seconds, 1e-9):14,.0f}{seconds / bare:14.2f}")
    made, search, everywhere = search_times(documents)
    print(f"search index: made in {made / bare:.2f} x jieba.lcut of the same text;")
    print(f"a search takes {search / everywhere:.3f} of looking into every sentence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
