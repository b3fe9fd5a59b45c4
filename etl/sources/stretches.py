"""Lines of a file that a build before has read are passed over many at a time.

A stretch is some hundred lines in a row, each of them a document. It is known by the line before
it, so a build that comes by that line looks whether the bytes behind it are those of the stretch.
Where they aren't, lines are read one by one until one comes that a stretch began behind.
"""

from __future__ import annotations

import hashlib

from etl.sources.common import Memory, Run, Stretch, key
from etl.sources.lines import Lines
from etl.sources.records import Records

# A stretch ends behind so many lines or bytes, and at the end of its file.
LINES, BYTES = 256, 1024 * 1024
_KEY = 16


class Stretches:
    """The lines of one source in stretches; `said` is what else decides on their documents."""

    def __init__(self, memory: Memory, said: bytes) -> None:
        self._memory, self._said = memory, said
        # The key of what stands before the next line, or None where that is no line with a key.
        self._behind: bytes | None = said
        self._start()

    def _start(self) -> None:
        """Begin a stretch here."""
        self._begin = self._behind
        self._hash = hashlib.sha256(self._said)
        self._size = 0
        self._keys: list[bytes] = []
        self._named: bool | None = None

    def pass_over(self, lines: Lines, records: Records) -> Run | None:
        """Go behind the stretch that begins here, and give its documents; None where none does."""
        found = self._memory.behind(self._behind) if self._behind else None
        if found is None:
            return None
        stretch, run = found
        data = lines.ahead(stretch.size)
        known = hashlib.sha256(self._said)
        known.update(data)
        same = known.digest()[:_KEY] == stretch.key
        if not same or not records.pass_over_run(run, lines.line + 1, named=stretch.named):
            lines.put_back(data)
            return None
        lines.passed(stretch.lines)
        self.end()
        assert self._behind is not None
        self._memory.note_stretch(self._behind, stretch)
        self._behind = run.last
        self._start()
        return run

    def took(self, line: bytes, key: bytes, *, named: bool) -> None:
        """Say that the next line, which has this key, is a document."""
        if line[-1:] != b"\n":
            # The last line of the file: with more behind it, it would be another one.
            self.broke(key)
            return
        if self._named not in (None, named):
            self.end()
        self._named = named
        self._hash.update(line)
        self._size += len(line)
        self._keys.append(key)
        self._behind = key
        if len(self._keys) >= LINES or self._size >= BYTES:
            self.end()

    def broke(self, key: bytes | None) -> None:
        """Say that the next line is no document."""
        self.end()
        self._behind = key
        self._start()

    def end(self) -> None:
        """Note the stretch that ends here, where it holds a line, and begin another one."""
        if self._begin and self._keys:
            digest = self._hash.digest()[:_KEY]
            first, every = self._keys[0], key(b"".join(self._keys))
            stretch = Stretch(digest, self._size, len(self._keys), first, every, bool(self._named))
            self._memory.note_stretch(self._begin, stretch)
        self._start()
