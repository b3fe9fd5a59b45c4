"""Record files with one record a row: .csv, .csv.gz; separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from etl.sources.common import TEXT_LIMIT, Defaults, Item, Rejected, Source
from etl.sources.lines import Broken, Lines
from etl.sources.records import Records

_SEPARATORS = (",", ";", "\t")


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document for each row below the header, which must name a column `text`."""
    csv.field_size_limit(TEXT_LIMIT)
    records = Records(source, defaults, "csv")
    with Lines(source) as lines:
        names, separator = _header(lines)
        rows = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            first = lines.line + 1
            try:
                row = next(rows)
                if row:
                    record = _record(names, row, first)
                    yield records.document(record, first, lines.encoding)
            except StopIteration:
                return
            except csv.Error as error:
                why = Rejected(f"is no CSV: {error}; mend or remove the row", line=first)
                yield source.reject(why)
            except Rejected as why:
                yield source.reject(why)
                if isinstance(why, Broken):
                    return


def _header(lines: Lines) -> tuple[list[str], str]:
    """The columns' names and what separates them; raises Rejected where none is `text`."""
    line = next(lines, "")
    for separator in _SEPARATORS:
        names = [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
        if "text" in names:
            return names, separator
    names = next(csv.reader([line]), [])
    raise Rejected(
        f"has no column `text`; its columns are {', '.join(names) or '(none)'}. "
        "A record file has id, date, title, source, text",
        line=1,
    )


def _record(names: list[str], row: list[str], line: int) -> dict[str, str]:
    if len(row) != len(names):
        raise Rejected(
            f"has {len(row)} cells, the header {len(names)}; mend or remove the row", line=line
        )
    return dict(zip(names, row, strict=True))
