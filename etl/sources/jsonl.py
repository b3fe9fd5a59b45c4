"""Record files with one JSON object a line: .jsonl, .jsonl.gz."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Rejected, Same, Source, said_key
from etl.sources.lines import Broken, Lines
from etl.sources.records import Records


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document for each line; a line that cannot be taken is rejected and the rest is read."""
    records = Records(source, defaults, "jsonl")
    with Lines(source) as lines:
        said = hashlib.blake2b(said_key(source, defaults, lines.encoding), digest_size=16)
        while True:
            try:
                line = lines.take()
                if line.strip():
                    yield _document(records, line, lines, said.copy())
            except StopIteration:
                return
            except Rejected as why:
                yield source.reject(why)
                if isinstance(why, Broken):
                    return


def _document(
    records: Records, line: bytes | str, lines: Lines, said: hashlib.blake2b
) -> tables.Document | Same:
    """The document in a line, or what a build before has read from the same line.

    `said` is the hash of what else decides on the document, to go on with.
    """
    memory = records.source.memory
    if memory:
        said.update(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass"))
        if same := memory.find(said.digest()):
            records.pass_over(same, lines.line)
            return same
    record = _parse(lines.text(line), lines.line)
    document = records.document(record, lines.line, lines.encoding)
    if memory:
        memory.note(document.document_id, said.digest())
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
