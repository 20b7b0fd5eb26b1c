"""JSON that is not one value a line -> its values, one by one: an array's elements, or objects printed
over several lines. No more than one value is held at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_CHUNK_BYTES = 1 << 16
_OUTSIDE = re.compile(rb'["{}\[\],]')
_INSIDE_STRING = re.compile(rb'["\\]')


def split_values(stream: IO[bytes], max_bytes: int) -> Iterator[bytes | None]:
    """Split a file into the values that stand in it one behind the other; an array gives its elements.

    Values are told apart by brackets and quotation marks only, so that one that is no JSON does not
    hide the others. A file that breaks off gives what it has of the last value.

    Args:
        stream: UTF-8 without byte order mark.
        max_bytes: of a longer value None is given.
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

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        at = 0
        while at < len(chunk):
            if self.is_escaped:
                self._keep(chunk[at : at + 1])
                self.is_escaped = False
                at += 1
                continue
            found = (_INSIDE_STRING if self.in_string else _OUTSIDE).search(chunk, at)
            if not found:
                self._keep(chunk[at:])
                return
            self._keep(chunk[at : found.start()])
            at = found.end()
            yield from self._mark(found[0])

    def finish(self) -> Iterator[bytes | None]:
        """What is left at the end of the file. An array that is open there, but not inside of a value,
        gives an empty value besides, which is no JSON."""
        is_inside = self.depth > 0 or self.in_string
        yield from self._end_value()
        if self.in_array and not is_inside:
            yield b""

    def _mark(self, mark: bytes) -> Iterator[bytes | None]:
        if self.in_string:
            self._keep(mark)
            self.is_escaped = mark == b"\\"
            self.in_string = self.is_escaped
        elif mark == b'"':
            self._keep(mark)
            self.in_string = True
        elif mark == b"," and self.in_array and self.depth == 0:
            yield from self._end_value()
        elif mark == b"[" and not self.in_array and self.depth == 0 and not self.value.strip():
            self.in_array = True
            self.value.clear()
        elif mark == b"]" and self.in_array and self.depth == 0:
            yield from self._end_value()
            self.in_array = False
        else:
            self._keep(mark)
            if mark in b"{[":
                self.depth += 1
            elif mark in b"}]" and self.depth:
                self.depth -= 1
                if self.depth == 0 and not self.in_array:
                    yield from self._end_value()

    def _end_value(self) -> Iterator[bytes | None]:
        if self.is_too_long or self.value.strip():
            yield self._take()
        else:
            self.value.clear()

    def _take(self) -> bytes | None:
        value = None if self.is_too_long else bytes(self.value.strip())
        self.value.clear()
        self.is_too_long = False
        return value

    def _keep(self, piece: bytes) -> None:
        if self.is_too_long:
            return
        self.value += piece
        if len(self.value) > self.max_bytes:
            self.value.clear()
            self.is_too_long = True
