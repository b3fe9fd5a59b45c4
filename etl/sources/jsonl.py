"""Record files with one JSON object a line: .jsonl, .jsonl.gz."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from etl import tables
from etl.sources.common import Defaults, Item, Rejected, Run, Same, Source, said_key
from etl.sources.lines import Broken, Lines
from etl.sources.records import Records
from etl.sources.stretches import Stretches


def read(source: Source, defaults: Defaults) -> Iterator[Item]:
    """One document for each line; a line that cannot be taken is rejected and the rest is read."""
    records = Records(source, defaults, "jsonl")
    with Lines(source) as lines:
        reader = _Reader(records, lines, said_key(source, defaults, lines.encoding))
        while True:
            try:
                if item := reader.next():
                    yield item
            except StopIteration:
                reader.end()
                return
            except Rejected as why:
                yield source.reject(why)
                if isinstance(why, Broken):
                    return


class _Reader:
    """Reads lines, and passes over those that a build before has read.

    `said` is what else decides on their documents.
    """

    def __init__(self, records: Records, lines: Lines, said: bytes) -> None:
        self._records, self._lines = records, lines
        self._memory = records.source.memory
        self._said = hashlib.blake2b(said, digest_size=16)
        self._stretches: Stretches | None = None
        if self._memory and lines.are_bytes:
            self._stretches = Stretches(self._memory, self._said.digest())

    def next(self) -> tables.Document | Same | Run | None:
        """The document in the next line, or those of many lines; None for an empty line."""
        if self._stretches and (run := self._stretches.pass_over(self._lines, self._records)):
            return run
        line = key = None
        try:
            line = self._lines.take()
            key = self._key(line) if self._memory else None
            item = self._document(line, key) if line.strip() else None
        except Rejected:
            self._note(line, key, None)
            raise
        self._note(line, key, item)
        return item

    def end(self) -> None:
        """Remember what the file ends with."""
        if self._stretches:
            self._stretches.end()

    def _note(
        self, line: bytes | str | None, key: bytes | None, item: tables.Document | Same | None
    ) -> None:
        """Remember what a line gave, for the build after this one."""
        if not self._stretches:
            return
        if item and key and isinstance(line, bytes):
            self._stretches.took(line, key, named=item.record_id != item.sha256[:16])
        else:
            self._stretches.broke(key)

    def _key(self, line: bytes | str) -> bytes:
        found = self._said.copy()
        found.update(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass"))
        return found.digest()

    def _document(self, line: bytes | str, key: bytes | None) -> tables.Document | Same:
        """The document in a line, or what a build before has read from the same line."""
        records, number = self._records, self._lines.line
        if self._memory and key and (same := self._memory.find(key)):
            records.pass_over(same, number)
            return same
        record = _parse(self._lines.text(line), number)
        document = records.document(record, number, self._lines.encoding)
        if self._memory and key:
            self._memory.note(document.document_id, key)
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
