"""Record files with one JSON object a line: .jsonl, .jsonl.gz."""

from __future__ import annotations

import json
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Rejected, Same, Source, key, said_key
from etl.sources.lines import Broken, Lines
from etl.sources.records import Records


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document for each line; a line that cannot be taken is rejected and the rest is read."""
    records = Records(source, defaults, "jsonl")
    with Lines(source) as lines:
        said = said_key(source, defaults, lines.encoding)
        while True:
            try:
                line = next(lines)
                if line.strip():
                    yield _document(records, line, lines, said)
            except StopIteration:
                return
            except Rejected as why:
                yield source.reject(why)
                if isinstance(why, Broken):
                    return


def _document(records: Records, line: str, lines: Lines, said: bytes) -> tables.Document | Same:
    """The document in a line, or what a build before has read from the same line."""
    memory = records.source.memory
    if memory is None:
        return records.document(_parse(line, lines.line), lines.line, lines.encoding)
    found = key(said, line.encode("utf-8", "surrogatepass"))
    if same := memory.find(found):
        records.pass_over(same, lines.line)
        return same
    document = records.document(_parse(line, lines.line), lines.line, lines.encoding)
    memory.note(document.document_id, found)
    return document


def _parse(line: str, number: int) -> dict[str, object]:
    """The JSON object in `line`; raises Rejected with the line and the column that is wrong."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        reason = f"is no JSON at column {error.colno}: {error.msg}; mend or remove the line"
        raise Rejected(reason, line=number) from None
    except (ValueError, RecursionError) as error:
        raise Rejected(f"is no JSON that can be read: {error}", line=number) from None
    if not isinstance(record, dict):
        raise Rejected(
            "is no JSON object with `id`, `date`, `title`, `source`, `text`", line=number
        )
    return record
