"""The command line: python -m etl COMMAND; see `_parser` and `etl.operation`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from etl import engines, events, operation, remote, sources
from etl.engines import ENGINES, EngineError
from etl.lean import start_lean
from etl.operation import add_tables
from etl.sources.common import Defaults, iso_date
from etl.store import StoreError
from etl.tables import Correction, Reject

if TYPE_CHECKING:
    from etl.build import Outcome
    from etl.corrections import Correction as Corrected
    from etl.corrections import Key

PUBLISHED, NOT_WRITTEN, WRONG_CALL, REJECTED = 0, 1, 2, 3
FORMATS = ("csv", "xlsx", "sqlite")
# By its name, also where this module is run as __main__.
_log = logging.getLogger("etl.command")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status.

    0 done, 1 the tables could not be written or read, 2 a wrong call, 3 something was rejected
    or a check failed.
    """
    options = _parser().parse_args(arguments)
    try:
        if getattr(options, "reads", False):
            options.tables = remote.fetched(options.tables)
        return int(options.run(options))
    except (StoreError, EngineError) as error:
        _log.error("command_failed", exc_info=error)
        print(error, file=sys.stderr)
        return NOT_WRITTEN
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough; the rest goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PUBLISHED
    except (OSError, ImportError, MemoryError) as error:
        _log.error("command_failed", exc_info=error)
        reason = f"{type(error).__name__}: {error}"
        print(f"Stopped, the former tables are as they were. {reason}", file=sys.stderr)
        return NOT_WRITTEN
    except KeyboardInterrupt:
        print("Stopped; the former tables are as they were.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl",
        description="From newspaper pages and articles to tables of facts, each with its place "
        "in the text.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_check(commands)
    _add_score(commands)
    _add_gold(commands)
    _add_export(commands)
    _add_publish(commands)
    operation.add(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add_build(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "build",
        help="read sources and publish their tables",
        description="Read SOURCE (files, folders, archives or patterns of files: "
        f"{sources.supported()}) and publish the tables in DIR, all at once. A page or a record "
        "has at most 20 MB; a record file has any length. Exit status: 0 published, "
        "1 DIR cannot be written, 2 wrong call, 3 something was rejected (the rest is published).",
    )
    command.add_argument(
        "sources", metavar="SOURCE", nargs="+", type=Path, help="file, folder or pattern"
    )
    command.add_argument(
        "--out",
        metavar="DIR",
        required=True,
        type=remote.place,
        help="folder of tables, or an address in a store that fsspec knows (s3://bucket/tables)",
    )
    command.add_argument(
        "--issue-date",
        metavar="YYYY-MM-DD",
        type=_issue_date,
        help="date of the issue, where the source does not say it",
    )
    command.add_argument(
        "--publication", metavar="NAME", help="newspaper, where the source does not say it"
    )
    command.add_argument(
        "--page", metavar="N", type=_positive, help="page, where the source does not say it"
    )
    command.add_argument(
        "--workers",
        metavar="N",
        type=_positive,
        default=os.cpu_count() or 1,
        help="processes to use at most (default: one for each core, here %(default)s)",
    )
    command.add_argument(
        "--engine",
        metavar="NAME",
        choices=ENGINES,
        default="local",
        help=f"where to do the work: {', '.join(ENGINES)} (default: %(default)s)",
    )
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="where the scheduler of --engine dask listens"
    )
    command.add_argument(
        "--corrections",
        metavar="FILE",
        type=Path,
        help="people's corrections, JSON Lines (default: the file that BANMIAN_CORRECTIONS names, "
        "where it is there)",
    )
    command.add_argument(
        "--strict",
        action="store_true",
        help="publish nothing where a correction matches nothing or is not needed any more",
    )
    command.add_argument(
        "--fresh",
        action="store_true",
        help="read everything again, and take nothing over from the tables that are in DIR",
    )
    command.add_argument(
        "--prepare",
        action="store_true",
        help="make what a dashboard needs of these tables before they are published: of more than "
        "200,000 articles some minutes, which its readers would wait otherwise",
    )
    command.set_defaults(run=_build)


def _add_check(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "check",
        help="validate published tables",
        description="Check every rule that the tables keep: columns, allowed values, unique ids, "
        "references, and that each span holds its words. Exit status: 0 all hold, 1 no tables, "
        "3 a rule is broken.",
    )
    add_tables(command)
    command.set_defaults(run=_check)


def _add_score(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "score",
        help="measure accuracy against a gold file",
        description="Compare the tables with what a careful reader found in the same documents.",
    )
    add_tables(command)
    command.add_argument("--gold", metavar="FILE", required=True, type=Path, help="gold file, JSON")
    command.set_defaults(run=_score)


def _add_gold(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "gold",
        help="write what people reviewed as a gold file",
        description="Write the rows that people accepted, changed, added or rejected as gold for "
        "`score`. Exit status: 0 written, 1 no tables, 3 nothing was reviewed.",
    )
    add_tables(command)
    command.add_argument("--out", metavar="FILE", required=True, type=Path, help="file to write")
    command.set_defaults(run=_gold)


def _add_export(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "export",
        help="hand the tables on as CSV, XLSX or SQLite",
        description="Write all tables to PATH: csv into a folder, or into one file if PATH ends "
        "in .zip; xlsx and sqlite into one file.",
    )
    add_tables(command)
    command.add_argument("--format", required=True, choices=FORMATS, help="format to write")
    command.add_argument("--out", metavar="PATH", required=True, type=Path, help="where to write")
    command.set_defaults(run=_export)


def _add_publish(commands: _Commands[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "publish",
        help="write the static edition: a site that any file host serves",
        description="Write the dashboard of the tables in DIR as a site of files to SITE: pages, "
        "charts, search, reader, downloads, in both languages, with relative links only. SITE is "
        "new, empty or a former edition, which it replaces at once. Exit status: 0 written, "
        "1 it cannot be written or there are no tables, 2 wrong call.",
    )
    add_tables(command)
    command.add_argument("--out", metavar="SITE", required=True, type=Path, help="folder to write")
    command.add_argument(
        "--base-url",
        metavar="URL",
        type=_address,
        help="address under which the site will be reached: for link previews and sitemap.xml",
    )
    command.add_argument(
        "--workers",
        metavar="N",
        type=_positive,
        default=os.cpu_count() or 1,
        help="processes to use at most (default: one for each core, here %(default)s)",
    )
    command.set_defaults(run=_publish)


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{value!r} is no address; write https://host/folder/")
    return value


def _issue_date(value: str) -> str:
    try:
        found = iso_date(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if found is None:
        raise argparse.ArgumentTypeError(f"{value!r} is no exact day; write YYYY-MM-DD")
    return found


def _positive(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number from 1")
    return int(value)


def _build(options: argparse.Namespace) -> int:
    start_lean()
    from etl import corrections
    from etl.build import build

    try:
        corrected = _corrections(options.corrections or corrections.usual())
    except corrections.CorrectionsError as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    if (options.engine == "dask") != bool(options.scheduler):
        print("--engine dask and --scheduler ADDRESS go together", file=sys.stderr)
        return WRONG_CALL
    if options.prepare and isinstance(options.out, remote.Remote):
        print(f"--prepare takes a folder, and {options.out} is an address", file=sys.stderr)
        return WRONG_CALL
    defaults = Defaults(options.issue_date, options.publication, options.page)
    engine = engines.dask(options.scheduler) if options.scheduler else engines.local
    events.tell(_log, "build_began")
    with remote.written(options.out) as out:
        outcome = build(
            options.sources,
            out,
            defaults,
            engine,
            options.workers,
            corrected,
            options.strict,
            options.fresh,
            # Of the dashboard, which is found only now, for imports point downwards.
            import_module("dashboard.prepare").prepare if options.prepare else None,
        )
    _tell(outcome)
    if why := _READ_ANEW.get(outcome.read_anew or ""):
        print(f"Everything was read again, for {why}.", file=sys.stderr)
    for correction in outcome.doubtful:
        print(_doubt(correction), file=sys.stderr)
    for reject in outcome.rejects:
        print(_said(reject), file=sys.stderr)
    more = outcome.counts["rejects"] - len(outcome.rejects)
    if more > 0:
        where = f" are in {out / 'rejects.parquet'}" if outcome.version else ""
        print(f"... and {more:,} more rejected{where}", file=sys.stderr)
    print(_summary(outcome, options.out))
    held_back = options.strict and outcome.doubtful
    return REJECTED if outcome.rejects or held_back else PUBLISHED


def _tell(outcome: Outcome) -> None:
    """Log what a build came to."""
    counts = outcome.counts
    events.tell(
        _log,
        "build_published" if outcome.version else "build_published_nothing",
        logging.INFO if outcome.version else logging.WARNING,
        version=outcome.version or "none",
        seconds=round(outcome.seconds, 2),
        documents=counts["documents"],
        taken_over=outcome.taken_over,
        articles=counts["articles"],
        figures=counts["figures"],
        rejects=counts["rejects"],
        doubtful=len(outcome.doubtful),
    )


def _corrections(path: Path | None) -> dict[Key, list[Corrected]]:
    """The corrections of a file by document; says where its last line is only half there."""
    from etl import corrections

    if path is None:
        return {}
    journal = corrections.read(path)
    if journal.half:
        print(
            f"{path}: the last line is half written, by a program that was ended; it is left out, "
            f"and put into {corrections.broken(path).name} with the next correction.",
            file=sys.stderr,
        )
    return corrections.by_document(journal)


_READ_ANEW = {
    "code": "the code has changed since the tables before",
    "reference": "the reference data have changed since the tables before",
    "damaged": "the files of the tables before are not as they were written",
}
_DOUBTS = {
    "surprised": "was applied, but the machine says something else by now; look at it again",
    "conflict": "was applied against an earlier one of somebody else; take one of them back",
    "not_needed": "is not needed any more; take it out of the file",
    "no_match": "matches nothing in its source; correct it or take it out",
    "no_document": "is about a source that was not read; give that too, or take it out",
}


def _doubt(correction: Correction) -> str:
    where = f"{correction.uri}, {correction.table} at {correction.start}"
    return f"correction {correction.correction_id} ({where}): {_DOUBTS[correction.outcome]}"


def _said(reject: Reject) -> str:
    line = f", line {reject.line}" if reject.line else ""
    record = f", record {reject.record_id}" if reject.record_id else ""
    return f"{reject.uri}{line}{record}: {reject.reason}"


def _summary(outcome: Outcome, out: Path | remote.Remote) -> str:
    counts = outcome.counts
    if outcome.version is None and counts["documents"]:
        return f"Nothing was published, for corrections are in doubt; {out} is as it was."
    if outcome.version is None:
        return f"Nothing could be read, so nothing was published; what is in {out} is as it was."
    as_before = f" ({outcome.taken_over:,} as before)" if outcome.taken_over else ""
    if not outcome.is_new:
        return (
            f"{counts['documents']:,} documents, all as before, in {outcome.seconds:.1f} s: "
            f"nothing was written. Tables in {out}, version {outcome.version}."
        )
    return (
        f"{counts['documents']:,} documents{as_before}, {counts['articles']:,} articles, "
        f"{counts['figures']:,} figures in {outcome.seconds:.1f} s; "
        f"{counts['rejects']:,} rejected. Tables in {out}, version {outcome.version}."
    )


def _check(options: argparse.Namespace) -> int:
    from etl import check

    return check.main(options.tables)


def _score(options: argparse.Namespace) -> int:
    from etl import score

    return score.main(options.tables, options.gold)


def _gold(options: argparse.Namespace) -> int:
    from etl import gold

    return gold.main(options.tables, options.out)


def _export(options: argparse.Namespace) -> int:
    from etl import export

    return export.main(options.tables, options.format, options.out)


def _publish(options: argparse.Namespace) -> int:
    # The one command that needs the pages: they are found only now, for imports point downwards.
    publish = import_module("dashboard.edition.publish").publish
    written = publish(options.tables, options.out, options.base_url, options.workers)
    print(
        f"{written.pages:,} pages, {written.files:,} files, {written.size / 1e6:.1f} MB, "
        f"data version {written.version}. The site is in {options.out}."
    )
    return PUBLISHED


if __name__ == "__main__":
    # A person reads what is printed; a service's log is switched on by its settings.
    events.begin("off")
    sys.exit(main())
