"""The pipeline: sources → documents → articles → facts → published tables."""

from __future__ import annotations

import contextlib
import datetime
import gc
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl import corrections, former, sources, stamp, tables
from etl.corrections import Correction
from etl.engines import Engine
from etl.extract import extract
from etl.extract.locate import locate
from etl.former import Former
from etl.made import COUNTS, Made
from etl.model import PageArticle, Reading
from etl.page import ranges, read_document
from etl.plan import Corrected, Planner, Work
from etl.progress import Progress
from etl.sources import Defaults, Item, Source
from etl.sources.common import Memory, PlacedDocument
from etl.store import Writer, to_arrow

# An issue reports what took place in the weeks before it, or will in the days behind it.
NEWS_BACK = datetime.timedelta(days=31)
NEWS_AHEAD = datetime.timedelta(days=14)
SECTIONS_OF_DIGEST = 2
LONGEST_DATELINE = 30

Rows = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `version` is None when nothing was published.

    `rejects` holds the first ones only; `counts` has how many there are. `doubtful` are the
    corrections that a person should look at again. `taken_over` counts the documents whose rows
    are those of the tables before; `read_anew` says why none could be (see `former.open_former`).
    """

    version: str | None
    counts: dict[str, int]
    rejects: list[tables.Reject]
    seconds: float
    doubtful: list[tables.Correction] = field(default_factory=list)
    taken_over: int = 0
    read_anew: str | None = None


def build(
    paths: Sequence[Path],
    out: Path,
    defaults: Defaults,
    engine: Engine,
    workers: int = 1,
    corrected: Mapping[corrections.Key, list[Correction]] | None = None,
    strict: bool = False,
    fresh: bool = False,
) -> Outcome:
    """Read `paths`, publish their tables in `out`, and say what was made and what rejected.

    Equal input gives equal files, whatever the engine and the number of workers, and whether or
    not rows were taken over from the tables before, which a `fresh` build does not do. `corrected`
    holds people's corrections by document, which are replayed. Nothing is published when no
    document could be read, or, where it is `strict`, when a correction is doubtful. Raises
    StoreError when `out` cannot be written and EngineError when the work cannot be finished; the
    former tables are then as they were.
    """
    began = time.monotonic()
    found = sources.find(paths)
    corrected = corrected or {}
    said = stamp.digest(repr(one).encode() for one in corrected.items()) if corrected else None
    with Writer(out, said) as writer, Progress(found) as progress:
        before = "fresh" if fresh else writer.before()
        planner = Planner(before if isinstance(before, Former) else None, corrected)
        made = Made(writer, planner)
        pieces = progress.handed_out(made.handed_out(items(found, defaults, planner)))
        for result in engine(read_piece, pieces, workers):
            made.write(result)
            progress.finished(writer.counts)
        made.finish()
        held_back = strict and made.doubtful
        version = writer.publish() if writer.counts["documents"] and not held_back else None
        return Outcome(
            version,
            writer.counts,
            made.rejects,
            time.monotonic() - began,
            made.doubtful,
            planner.taken_over,
            before if isinstance(before, str) else None,
        )


def items(
    found: Iterable[Source | tuple[Source, sources.Rejected]],
    defaults: Defaults,
    memory: Memory | None = None,
) -> Iterator[Item]:
    """Documents and rejects in the sources' order; the second of two equal ones is rejected."""
    seen: set[str] = set()
    for one in found:
        if isinstance(one, tuple):
            source, why = one
            yield source.reject(why)
            continue
        one.memory = memory
        for item in sources.read(one, defaults):
            if not isinstance(item, tables.Reject):
                if item.document_id in seen:
                    reason = "is the same document as one before it: same name, id and content"
                    yield tables.Reject(item.uri, item.record_id, None, reason)
                    continue
                seen.add(item.document_id)
            yield item


def read_piece(work: list[Work]) -> dict[str, pa.Table]:
    """The tables of some documents, and in COUNTS how many rows of each table each of them has.

    A reject among them is handed through in its place.
    """
    with _uncollected():
        return _read_piece(work)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage in cycles: rows make none, and there are many of them."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _read_piece(work: list[Work]) -> dict[str, pa.Table]:
    rows: Rows = {table: [] for table in tables.TABLES}
    counts = []
    for item in work:
        found = {"rejects": [item]} if isinstance(item, tables.Reject) else _read_or_reject(item)
        for table, some in found.items():
            rows[table] += some
        counts.append([len(found.get(table, ())) for table in former.OF_DOCUMENTS])
    result = {table: to_arrow(table, some) for table, some in rows.items()}
    columns = [pa.array(some, pa.int32()) for some in zip(*counts, strict=True)]
    result[COUNTS] = pa.table(columns, names=list(former.OF_DOCUMENTS))
    return result


def read_chunk(found: Iterable[Item]) -> dict[str, pa.Table]:
    """The tables of some documents and rejects."""
    result = read_piece([one for one in found if not isinstance(one, sources.Same)])
    del result[COUNTS]
    return result


def _read_or_reject(item: tables.Document | Corrected) -> Rows:
    """The rows of a document; one that trips the extraction is rejected, so the rest goes on."""
    document = item.document if isinstance(item, Corrected) else item
    try:
        if not isinstance(item, Corrected):
            return read(document)
        rows = read(document, [one for one in item.corrections if one.is_structure])
        others = [one for one in item.corrections if not one.is_structure]
        corrections.apply(document, rows, others)
        return rows
    except (OSError, ImportError, MemoryError):
        # Not the document's doing: the installation or the machine lacks something.
        raise
    except Exception as error:
        place = _innermost(error)
        reason = (
            f"the extraction failed on it ({type(error).__name__}: {error}, {place}); report it"
        )
        return {"rejects": [tables.Reject(document.uri, document.record_id, None, reason)]}


def _innermost(error: BaseException) -> str:
    """File and line where `error` was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return "nowhere"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def read(document: tables.Document, corrected: Sequence[Correction] = ()) -> Rows:
    """All rows of one document, by table; equal documents give equal rows.

    `corrected` says where people saw articles begin, end or go on otherwise.
    """
    page = read_document(document)
    rows: Rows = {table: [] for table in tables.TABLES}
    if corrected:
        # Its patterns take a while to compile, and few documents need them.
        from etl.corrections.structure import restructure

        page, outcomes = restructure(page, document, corrected)
        rows["corrections"] += [corrections.noted(*one) for one in outcomes]
    rows["documents"].append(document)
    if isinstance(document, PlacedDocument):
        rows["boxes"] += document.boxes
    rows["repairs"] += page.repairs
    for article in page.articles:
        reading = extract(reading_of(article, document))
        locate(reading, article.mapped, document.text)
        rows["articles"].append(_row(article, reading, document))
        for table in ("sentences", "dates", "places", "people", "organisations"):
            rows[table] += getattr(reading, table)
        for table in ("figures", "activities", "words"):
            rows[table] += getattr(reading, table)
    return rows


def reading_of(article: PageArticle, document: tables.Document) -> Reading:
    """The article as the extractors take it, nothing found in it yet."""
    issued = document.issue_date
    return Reading(
        article_id=article.article_id,
        text=article.mapped.text,
        blocks=article.blocks,
        headline=article.headline,
        publication=document.publication,
        issue_date=datetime.date.fromisoformat(issued) if issued else None,
        seams=article.mapped.seams(document.text),
    )


def _row(article: PageArticle, reading: Reading, document: tables.Document) -> tables.Article:
    place = reading.place
    return tables.Article(
        article_id=article.article_id,
        document_id=document.document_id,
        order=article.order,
        kind=article.kind,
        kicker=article.kicker,
        headline=article.headline,
        subheadline=article.subheadline,
        byline=article.byline,
        continued_from=article.continued_from,
        issue_date=document.issue_date,
        event_date=_event_date(reading),
        adcode=place.adcode,
        province=place.province,
        city=place.city,
        county=place.county,
        place_basis=place.basis,
        ranges=ranges(article, document.text),
        n_chars=len(article.mapped.text),
        text=article.mapped.text,
        flags=article.flags,
    )


def _event_date(reading: Reading) -> str | None:
    """The day of the first event that took place near the issue's day.

    None for an article that only has vaguer or far-off dates, and for a digest, which reports no
    one event.
    """
    if _is_digest(reading):
        return None
    for one in sorted(reading.activities, key=lambda one: one.start):
        if one.status == "event" and one.date and one.date_precision == "day":
            day = datetime.date.fromisoformat(one.date)
            if reading.issue_date is None or _is_news(day, reading.issue_date):
                return one.date
    return None


def _is_digest(reading: Reading) -> bool:
    """Whether it is a row of short items with a heading each, and no lead before the first one."""
    sections = [block.start for block in reading.blocks if block.role == "section"]
    bodies = [block for block in reading.blocks if block.role == "body"]
    if len(sections) < SECTIONS_OF_DIGEST or not bodies:
        return False
    lead = sum(block.end - block.start for block in bodies if block.end <= sections[0])
    return lead <= LONGEST_DATELINE


def _is_news(day: datetime.date, issued: datetime.date) -> bool:
    return issued - NEWS_BACK <= day <= issued + NEWS_AHEAD
