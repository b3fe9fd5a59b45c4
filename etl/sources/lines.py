"""Lines of a record file, one at a time, from a plain or a gzipped file.

A line ends with LF and nothing else, so that no character of a record's text can end it.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, cast

from etl.sources.common import TEXT_LIMIT, Rejected, Source
from etl.sources.decoding import guess, split_mark, undecodable

_BLOCK = 256 * 1024


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
        self.encoding = self._sniff()

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._raw.close()

    def _sniff(self) -> str:
        """The encoding, told from the first block that is not all ASCII."""
        block = self._file.read(_BLOCK)
        mark, encoding = split_mark(block)
        while block and not encoding:
            start = next((at for at, byte in enumerate(block) if byte >= 0x80), None)
            if start is not None:
                encoding = guess(block[start:] + self._file.read(_BLOCK))
            elif b"\0" in block:
                encoding = guess(block)
            block = self._file.read(_BLOCK)
        self._file.seek(mark)
        encoding = encoding or "utf-8"
        if encoding.startswith(("utf-16", "utf-32")):
            # Their line end is more than one byte, so the lines are cut behind the decoder.
            self._text: IO[str] | None = io.TextIOWrapper(self._file, encoding, newline="\n")
        else:
            self._text = None
        return encoding

    def __next__(self) -> str:
        try:
            line = self._text.readline(TEXT_LIMIT) if self._text else self._decoded()
        except UnicodeDecodeError as error:
            # Behind a broken UTF-16 character the decoder cannot tell where the next line starts.
            raise Broken(undecodable(error), line=self.line + 1) from None
        except (OSError, EOFError, zlib.error) as error:
            raise Broken(f"breaks off: {error}; the lines before it were read") from error
        if not line:
            raise StopIteration
        self.line += 1
        self.source.done = self._raw.tell()
        if len(line) >= TEXT_LIMIT:
            self._skip(line)
        return line

    def _decoded(self) -> str:
        data = self._file.readline(TEXT_LIMIT)
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError as error:
            self.line += 1
            if len(data) >= TEXT_LIMIT:
                self._skip("")
            raise Rejected(undecodable(error), line=self.line) from None

    def _skip(self, line: str) -> None:
        """Read on to the end of an overlong line and raise Rejected for it."""
        file = self._text or self._file
        while not line.endswith("\n"):
            part = file.readline(TEXT_LIMIT)
            line = part if isinstance(part, str) else part.decode("latin-1")
            if not line:
                break
        raise Rejected(
            f"is longer than {TEXT_LIMIT:,} bytes; a record has at most that many. Split it",
            line=self.line,
        )


class Broken(Rejected):
    """The rest of a source cannot be read."""
