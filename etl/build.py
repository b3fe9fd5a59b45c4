"""The pipeline: sources → documents → articles → facts → published tables."""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from etl import corrections, former, sources, stamp, tables
from etl.corrections import Correction
from etl.engines import Engine
from etl.former import Former
from etl.made import COUNTS, Made
from etl.plan import Corrected, Planner, Work
from etl.progress import Progress
from etl.sources import Defaults, Item, Source
from etl.sources.common import Memory
from etl.store import Prepare, Writer, to_arrow

if TYPE_CHECKING:
    from etl.extraction import Asked, Rows

# So many characters go through the extraction together: enough that what a step needs stays in the
# processor's cache, and little enough that the texts do, too.
CHARACTERS_OF_BATCH = 30_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to; `version` is None when nothing was published.

    `rejects` holds the first ones only; `counts` has how many there are. `doubtful` are the
    corrections that a person should look at again. `taken_over` counts the documents whose rows
    are those of the tables before; `read_anew` says why none could be (see `former.open_former`).
    Where nothing `is_new` the version is the former one, and no table was written.
    """

    version: str | None
    counts: dict[str, int]
    rejects: list[tables.Reject]
    seconds: float
    doubtful: list[tables.Correction] = field(default_factory=list)
    taken_over: int = 0
    read_anew: str | None = None
    is_new: bool = True


def build(
    paths: Sequence[Path],
    out: Path,
    defaults: Defaults,
    engine: Engine,
    workers: int = 1,
    corrected: Mapping[corrections.Key, list[Correction]] | None = None,
    strict: bool = False,
    fresh: bool = False,
    prepare: Prepare | None = None,
) -> Outcome:
    """Read `paths`, publish their tables in `out`, and say what was made and what rejected.

    Equal input gives equal files, whatever the engine and the number of workers, and whether or
    not rows were taken over from the tables before, which a `fresh` build does not do. `corrected`
    holds people's corrections by document, which are replayed. Nothing is published when no
    document could be read, or, where it is `strict`, when a correction is doubtful. `prepare` is
    given the folder of the tables before they are published. Raises
    StoreError when `out` cannot be written and EngineError when the work cannot be finished; the
    former tables are then as they were.
    """
    given = (paths, out, defaults, engine, workers, corrected or {}, strict, prepare)
    try:
        return _build(*given, "fresh" if fresh else None)
    except former.Damaged:
        pass
    return _build(*given, "damaged")


def _build(
    paths: Sequence[Path],
    out: Path,
    defaults: Defaults,
    engine: Engine,
    workers: int,
    corrected: Mapping[corrections.Key, list[Correction]],
    strict: bool,
    prepare: Prepare | None,
    read_anew: str | None,
) -> Outcome:
    """See `build`; nothing is taken over where `read_anew` says why.

    Raises `former.Damaged`, and publishes nothing, where the tables before turn out to be damaged.
    """
    began = time.monotonic()
    found = sources.find(paths)
    said = stamp.digest(repr(one).encode() for one in corrected.items()) if corrected else None
    with Writer(out, said) as writer, Progress(found) as progress:
        before = read_anew or writer.before()
        planner = Planner(before if isinstance(before, Former) else None, corrected)
        with Made(writer, planner) as made:
            pieces = progress.handed_out(made.handed_out(items(found, defaults, planner)))
            for result in engine(read_piece, pieces, workers):
                made.write(result)
                progress.finished(writer.counts)
            made.finish()
        held_back = strict and made.doubtful
        version = None
        if writer.counts["documents"] and not held_back:
            version = (
                writer.publish(planner.stretches, prepare) if made.is_new else writer.keep(prepare)
            )
        return Outcome(
            version,
            writer.counts,
            made.rejects,
            time.monotonic() - began,
            made.doubtful,
            planner.taken_over,
            before if isinstance(before, str) else None,
            made.is_new,
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
            if isinstance(item, sources.Run):
                yield from _unseen_run(item, seen)
            elif isinstance(item, tables.Reject) or item.document_id not in seen:
                if not isinstance(item, tables.Reject):
                    seen.add(item.document_id)
                yield item
            else:
                yield _again(item.uri, item.record_id)


def _unseen_run(run: sources.Run, seen: set[str]) -> Iterator[Item]:
    """The documents of `run`, of those that were `seen` before that they were."""
    if seen.isdisjoint(run.document_ids):
        seen.update(run.document_ids)
        yield run
        return
    for at, (document_id, record_id) in enumerate(
        zip(run.document_ids, run.record_ids, strict=True)
    ):
        yield _again(run.uri, record_id) if document_id in seen else run.part(at, at + 1)
        seen.add(document_id)


def _again(uri: str, record_id: str | None) -> tables.Reject:
    reason = "is the same document as one before it: same name, id and content"
    return tables.Reject(uri, record_id, None, reason)


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
    for found in (one for batch in _batches(work) for one in _read_or_reject(batch)):
        for table, some in found.items():
            if some:
                rows[table] += some
        counts.append([len(found.get(table, ())) for table in former.OF_DOCUMENTS])
    result = {table: to_arrow(table, some) for table, some in rows.items()}
    columns = [pa.array(some, pa.int32()) for some in zip(*counts, strict=True)]
    result[COUNTS] = pa.table(columns, names=list(former.OF_DOCUMENTS))
    return result


def _batches(work: Iterable[Work]) -> Iterator[list[Work]]:
    """The work in order, in parts that are extracted together."""
    batch: list[Work] = []
    size = 0
    for item in work:
        batch.append(item)
        size += 0 if isinstance(item, tables.Reject) else len(_document(item).text)
        if size >= CHARACTERS_OF_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _document(item: tables.Document | Corrected) -> tables.Document:
    return item.document if isinstance(item, Corrected) else item


def read_chunk(found: Iterable[Item]) -> dict[str, pa.Table]:
    """The tables of some documents and rejects."""
    result = read_piece([one for one in found if isinstance(one, tables.Document | tables.Reject)])
    del result[COUNTS]
    return result


def _read_or_reject(batch: list[Work]) -> list[Rows]:
    """The rows of each; a document that trips the extraction is rejected, so the rest goes on."""
    try:
        return _read(batch)
    except (OSError, ImportError, MemoryError):
        # Not the document's doing: the installation or the machine lacks something.
        raise
    except Exception as error:
        if len(batch) > 1:
            return [rows for one in batch for rows in _read_or_reject([one])]
        return [{"rejects": [_rejected(batch[0], error)]}]


def _read(batch: list[Work]) -> list[Rows]:
    """The rows of each, corrected; a reject among them is handed through in its place."""
    documents = [one for one in batch if not isinstance(one, tables.Reject)]
    made = iter(read_together([(_document(one), _corrections(one)[0]) for one in documents]))
    found: list[Rows] = []
    for one in batch:
        if isinstance(one, tables.Reject):
            found.append({"rejects": [one]})
            continue
        rows = next(made)
        if isinstance(one, Corrected):
            corrections.apply(one.document, rows, _corrections(one)[1])
        found.append(rows)
    return found


def read_together(documents: Sequence[Asked]) -> list[Rows]:
    """All rows of each document; loaded late, for a build may find nothing to read."""
    from etl import extraction

    return extraction.read_together(documents)


def _corrections(item: tables.Document | Corrected) -> tuple[list[Correction], list[Correction]]:
    """People's corrections of how the document's articles run, and those of single rows."""
    own = item.corrections if isinstance(item, Corrected) else []
    structure = [one for one in own if one.is_structure]
    return structure, [one for one in own if not one.is_structure]


def _rejected(item: Work, error: Exception) -> tables.Reject:
    if isinstance(item, tables.Reject):
        return item
    document = _document(item)
    kind, place = type(error).__name__, _innermost(error)
    reason = f"the extraction failed on it ({kind}: {error}, {place}); report it"
    return tables.Reject(document.uri, document.record_id, None, reason)


def _innermost(error: BaseException) -> str:
    """File and line where `error` was raised."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return "nowhere"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
