"""JSON that is not one value a line -> its values, one by one: an array's elements, or objects printed
over several lines, each with its place. No more than one value is held at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

_CHUNK_BYTES = 1 << 16
_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE_STRING = re.compile(rb'["\\]')


class Value(NamedTuple):
    """A value of a file, blanks around it aside.

    Attributes:
        data: None if it is too long.
        start: its first byte, counted from where the stream stood.
        line: in which that stands, from 1.
    """

    data: bytes | None
    start: int
    line: int


def split_values(stream: IO[bytes], max_bytes: int) -> Iterator[Value]:
    """Split a file into the values that stand in it one behind the other; an array gives its elements.

    Values are told apart by brackets and quotation marks only, so that one that is no JSON does not
    hide the others. A file that breaks off gives what it has of the last value.

    Args:
        stream: UTF-8 without byte order mark.
        max_bytes: of a longer value the place alone is given.
    """
    splitter = _Splitter(max_bytes)
    while chunk := stream.read(_CHUNK_BYTES):
        yield from splitter.feed(chunk)
    yield from splitter.finish()


class _Splitter:
    """What is known between two chunks."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.value = bytearray()
        self.is_too_long = False
        self.depth = 0
        self.in_array = False
        self.in_string = False
        self.is_escaped = False
        self.chunk = b""
        # The first byte of the chunk; how far its lines are counted, and the line there.
        self.chunk_start = 0
        self.counted = 0
        self.line = 1
        # Where the value began.
        self.begun = (0, 1)

    def feed(self, chunk: bytes) -> Iterator[Value]:
        self.chunk_start += len(self.chunk)
        self.chunk, self.counted = chunk, 0
        yield from self._read(chunk)
        self._count_lines(len(chunk))

    def _read(self, chunk: bytes) -> Iterator[Value]:
        at = 0
        while at < len(chunk):
            if self.is_escaped:
                self._keep(at, at + 1)
                self.is_escaped = False
                at += 1
                continue
            found = (_INSIDE_STRING if self.in_string else _OUTSIDE).search(chunk, at)
            if not found:
                self._keep(at, len(chunk))
                return
            self._keep(at, found.start())
            at = found.end()
            yield from self._mark(found[0], found.start())

    def finish(self) -> Iterator[Value]:
        """What is left at the end of the file. An array that is open there, but not inside of a value,
        gives an empty value besides, which is no JSON."""
        is_inside = self.depth > 0 or self.in_string
        yield from self._end_value()
        if self.in_array and not is_inside:
            yield Value(b"", self.chunk_start + len(self.chunk), self.line)

    def _mark(self, mark: bytes, at: int) -> Iterator[Value]:
        if self.in_string:
            self._keep(at, at + 1)
            self.is_escaped = mark == b"\\"
            self.in_string = self.is_escaped
        elif mark == b'"':
            self._keep(at, at + 1)
            self.in_string = True
        elif mark == b"," and self.in_array and self.depth == 0:
            yield from self._end_value()
        elif mark == b"[" and not self.in_array and self.depth == 0 and not self.value:
            self.in_array = True
        elif mark == b"]" and self.in_array and self.depth == 0:
            yield from self._end_value()
            self.in_array = False
        else:
            self._keep(at, at + 1)
            if mark in b"{[":
                self.depth += 1
            elif mark in b"}]" and self.depth:
                self.depth -= 1
                if self.depth == 0 and not self.in_array:
                    yield from self._end_value()

    def _end_value(self) -> Iterator[Value]:
        if self.is_too_long or self.value:
            data = None if self.is_too_long else bytes(self.value.rstrip())
            self.value.clear()
            self.is_too_long = False
            yield Value(data, *self.begun)

    def _count_lines(self, until: int) -> None:
        self.line += self.chunk.count(b"\n", self.counted, until)
        self.counted = until

    def _keep(self, begin: int, end: int) -> None:
        """Take bytes of the chunk into the value; it begins with the first that is not blank."""
        if self.is_too_long:
            return
        piece = self.chunk[begin:end]
        if not self.value:
            piece = piece.lstrip()
            if not piece:
                return
            self._count_lines(end - len(piece))
            self.begun = (self.chunk_start + end - len(piece), self.line)
        self.value += piece
        if len(self.value) > self.max_bytes:
            self.value.clear()
            self.is_too_long = True
