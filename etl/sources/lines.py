"""Lines of a record file, one at a time, from a plain or a gzipped file.

A line ends with LF and nothing else, so that no character of a record's text can end it.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, cast

from etl.sources.common import TEXT_LIMIT, Rejected, Source
from etl.sources.decoding import guess, split_mark, undecodable

_BLOCK, _PART = 256 * 1024, 8 * 1024
_BREAKS = (OSError, EOFError, zlib.error)
# How often the progress is told.
_LINES_TOLD = 16
_ENDS = ("\n", b"\n")


class Lines(Iterator[str]):
    """The lines of `source` with their line ends.

    A line that is too long or not decodable raises Rejected; the next call goes on behind it.
    `line` is the number of the line returned last, from 1. Use it as a context manager.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.line = 0
        self._raw = source.path.open("rb")
        packed = source.path.suffix == ".gz"
        self._file: IO[bytes] = self._raw
        if packed:
            self._file = cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw))
        self._text: IO[str] | None = None
        self._put_back = io.BytesIO()
        try:
            self.encoding = self._sniff()
        except BaseException:
            self._raw.close()
            raise

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._raw.close()

    def _sniff(self) -> str:
        """The encoding, told from the first block that is not all ASCII."""
        block = self._ahead()
        if not block.strip():
            raise Rejected("is empty; fetch or scan it again")
        mark, encoding = split_mark(block)
        while block and not encoding:
            start = next((at for at, byte in enumerate(block) if byte >= 0x80), None)
            if start is not None:
                encoding = _told_by_lines(block[start:] + self._ahead())
            elif b"\0" in block:
                encoding = guess(block)
            block = self._ahead()
        self._file.seek(mark)
        encoding = encoding or "utf-8"
        if encoding.startswith(("utf-16", "utf-32")):
            # Their line end is more than one byte, so the lines are cut behind the decoder.
            self._text = io.TextIOWrapper(self._file, encoding, newline="\n")
        return encoding

    def _ahead(self) -> bytes:
        """The next block, or what there is of it before a gzipped file breaks off."""
        block = b""
        try:
            while len(block) < _BLOCK and (part := self._file.read(_PART)):
                block += part
        except _BREAKS as error:
            if not block:
                raise Rejected(f"cannot be read: {error}") from error
        return block

    def __next__(self) -> str:
        return self.text(self.take())

    def take(self) -> bytes | str:
        """The next line, its bytes where they can be had; see `text`."""
        file = self._text or self._file
        try:
            line = self._read_on(file)
        except UnicodeDecodeError as error:
            # Behind a broken UTF-16 character the decoder cannot tell where the next line starts.
            raise Broken(undecodable(error), line=self.line + 1) from None
        except _BREAKS as error:
            reason = f"breaks off: {error}; the lines before it were read"
            raise Broken(reason, line=self.line + 1) from error
        if not line:
            self.source.done = self._raw.tell()
            raise StopIteration
        self.line += 1
        if self.line % _LINES_TOLD == 0:
            self.source.done = self._raw.tell()
        if len(line) >= TEXT_LIMIT and line[-1:] not in _ENDS:
            self._skip()
        return line

    @property
    def are_bytes(self) -> bool:
        """Whether `take` gives bytes, and `ahead` can be called."""
        return self._text is None

    def ahead(self, size: int) -> bytes:
        """The next bytes of the file, without moving `line`; fewer where it ends or breaks off."""
        found = self._put_back.read(size)
        parts, left = [found], size - len(found)
        with contextlib.suppress(*_BREAKS):
            while left and (part := self._file.read1(left)):  # type: ignore[attr-defined]
                parts.append(part)
                left -= len(part)
        return b"".join(parts)

    def put_back(self, data: bytes) -> None:
        """Let `take` and `ahead` give `data`, which `ahead` gave last, once more."""
        self._put_back = io.BytesIO(data + self._put_back.read())

    def passed(self, lines: int) -> None:
        """Say that what `ahead` gave last were so many lines."""
        self.line += lines
        self.source.done = self._raw.tell()

    def text(self, line: bytes | str) -> str:
        """A line taken just now as text; raises Rejected where it is not decodable."""
        if isinstance(line, str):
            return line
        try:
            return line.decode(self.encoding)
        except UnicodeDecodeError as error:
            raise Rejected(undecodable(error), line=self.line) from None

    def _read_on(self, file: IO[bytes] | IO[str]) -> bytes | str:
        """A line, or as much of it as may be read; first of what was put back."""
        begun = self._put_back.readline(TEXT_LIMIT)
        if not begun:
            return file.readline(TEXT_LIMIT)
        if begun[-1:] == b"\n" or len(begun) >= TEXT_LIMIT:
            return begun
        return begun + self._file.readline(TEXT_LIMIT - len(begun))

    def _skip(self) -> None:
        """Read on to the end of an overlong line and raise Rejected for it."""
        file = self._text or self._file
        while (part := file.readline(TEXT_LIMIT)) and part[-1:] not in _ENDS:
            continue
        raise Rejected(
            f"is longer than {TEXT_LIMIT:,} bytes; a record has at most that many. Split it",
            line=self.line,
        )


def _told_by_lines(block: bytes) -> str:
    """The encoding of `block`, or, where a line of it is broken, of most of its lines."""
    try:
        return guess(block)
    except Rejected:
        found: Counter[str] = Counter()
        for line in block.split(b"\n"):
            if not line.isascii():
                with contextlib.suppress(Rejected):
                    found[guess(line)] += 1
        if not found:
            raise
        return found.most_common(1)[0][0]


class Broken(Rejected):
    """The rest of a source cannot be read."""
