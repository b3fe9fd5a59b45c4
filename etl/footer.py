"""The footer of a Parquet file as bytes: taken apart, its offsets moved, and put together again.

Row groups of one file can then stand in another without being decoded: their bytes are copied, and
their descriptions get the offsets of the new place. Only that much of Thrift's compact protocol is
read here. Sources: parquet-format's `parquet.thrift`, Thrift's `thrift-compact-protocol.md`.
"""

from __future__ import annotations

from typing import NamedTuple

MAGIC = b"PAR1"
# Behind the footer: its length, and the magic bytes again.
_TAIL = 8
_BOOLEANS, _BYTE, _INTEGERS, _DOUBLE, _BINARY = (1, 2), 3, (4, 5, 6), 7, 8
_LISTS, _STRUCT = (9, 10), 12
_ROWS, _GROUPS = 3, 4

# What to do with a field of a struct, by its number: move the offset it holds, leave it out (only
# the last one of a struct), or look into it.
MOVE, DROP = "move", "drop"
Rules = dict[int, "str | Rules"]
_COLUMN: Rules = {9: MOVE, 10: MOVE, 11: MOVE, 14: MOVE}
_CHUNK: Rules = {2: MOVE, 3: _COLUMN, 4: MOVE, 6: MOVE}
# The group's place among the others, the field 7, is optional, and says nothing in another file.
_GROUP: Rules = {1: _CHUNK, 5: MOVE, 7: DROP}


class Footer(NamedTuple):
    """`head` and `tail` are what stands around the rows' number and the groups; one of `groups`
    describes one row group with offsets into the file.
    """

    head: bytes
    groups: list[bytes]
    tail: bytes


def split(data: bytes) -> tuple[bytes, Footer]:
    """The bytes of a Parquet file → what lies between its magic bytes and its footer, the footer.

    Raises ValueError for what is no Parquet file.
    """
    size = int.from_bytes(data[-_TAIL:-4], "little")
    start = len(data) - _TAIL - size
    if data[:4] != MAGIC or data[-4:] != MAGIC or start < 4:
        raise ValueError("is no Parquet file")
    return data[4:start], parse(data[start:-_TAIL])


def parse(data: bytes) -> Footer:
    """The parts of a footer."""
    reader = _Reader(data)
    groups: list[bytes] = []
    field = begin = behind = 0
    while data[reader.at]:
        at = reader.at
        field, kind = reader.header(field)
        if field == _ROWS:
            begin = at
        if field == _GROUPS:
            groups = [reader.span() for _ in range(reader.list_size())]
            behind = reader.at
        else:
            reader.skip(kind)
    return Footer(data[:begin], groups, data[behind:])


def opening(around: Footer, groups: int, rows: int) -> bytes:
    """What stands before the first of so many groups in a footer for so many rows."""
    # The headers of the two fields: each one number on from the field before, and its kind.
    many = groups << 4 | _STRUCT if groups < 15 else 0xF0 | _STRUCT
    size = bytes([many]) + (b"" if groups < 15 else _varint(groups))
    return b"".join([around.head, b"\x16", _varint(_zigzag(rows)), b"\x19", size])


def join(around: Footer, groups: list[bytes], rows: int) -> bytes:
    """A footer for `groups`, all that stands behind the last row group in a file."""
    whole = b"".join([opening(around, len(groups), rows), *groups, around.tail])
    return whole + len(whole).to_bytes(4, "little") + MAGIC


def moved(group: bytes, by: int) -> bytes:
    """The description of a row group that stands `by` bytes further behind in its file."""
    reader = _Reader(group)
    reader.rewrite(_GROUP, by)
    return b"".join([*reader.written, group[reader.copied :]])


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


def _zigzag(value: int) -> int:
    return value << 1


class _Reader:
    """Goes through a struct; `written` holds what was rewritten of the first `copied` bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = self.copied = 0
        self.written: list[bytes] = []

    def varint(self) -> int:
        data, at = self.data, self.at
        byte = data[at]
        value, shift = byte & 0x7F, 7
        while byte > 0x7F:
            at += 1
            byte = data[at]
            value |= (byte & 0x7F) << shift
            shift += 7
        self.at = at + 1
        return value

    def header(self, former: int) -> tuple[int, int]:
        """Number and kind of the field that begins here; `former` is the number before it."""
        byte = self.data[self.at]
        self.at += 1
        if byte >> 4:
            return former + (byte >> 4), byte & 0x0F
        number = self.varint()
        return (number >> 1) ^ -(number & 1), byte & 0x0F

    def list_size(self) -> int:
        byte = self.data[self.at]
        self.at += 1
        return byte >> 4 if byte >> 4 < 15 else self.varint()

    def span(self) -> bytes:
        """The bytes of the struct that begins here."""
        begin = self.at
        self.skip(_STRUCT)
        return self.data[begin : self.at]

    def skip(self, kind: int) -> None:
        """Go behind a value."""
        if kind in _INTEGERS:
            self.varint()
        elif kind == _BINARY:
            size = self.varint()
            self.at += size
        elif kind == _STRUCT:
            field = 0
            while self.data[self.at]:
                field, inner = self.header(field)
                self.skip(inner)
            self.at += 1
        elif kind in _LISTS:
            self._skip_list()
        elif kind in (_BYTE, _DOUBLE):
            self.at += 1 if kind == _BYTE else 8
        elif kind not in _BOOLEANS:
            raise ValueError(f"holds a value of the unknown kind {kind}")

    def _skip_list(self) -> None:
        kind = self.data[self.at] & 0x0F
        for _ in range(self.list_size()):
            if kind in _BOOLEANS:
                self.at += 1
            else:
                self.skip(kind)

    def rewrite(self, rules: Rules, by: int) -> None:
        """Go behind the struct that begins here, and do to its fields what `rules` say."""
        field = 0
        while self.data[self.at]:
            begin = self.at
            field, kind = self.header(field)
            rule = rules.get(field)
            if rule is None:
                self.skip(kind)
            elif rule == DROP:
                self.skip(kind)
                self._replace(begin, b"")
            elif rule == MOVE:
                self._move(by)
            elif isinstance(rule, dict):
                for _ in range(self.list_size() if kind in _LISTS else 1):
                    self.rewrite(rule, by)
        self.at += 1

    def _move(self, by: int) -> None:
        """Move the offset that stands here; 0 is none."""
        begin = self.at
        value = self.varint()
        if value:
            self._replace(begin, _varint(value + _zigzag(by) if by >= 0 else value - _zigzag(-by)))

    def _replace(self, begin: int, by: bytes) -> None:
        self.written += [self.data[self.copied : begin], by]
        self.copied = self.at
