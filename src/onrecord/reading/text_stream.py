"""A stream of bytes -> lines of characters, each with its bytes, without holding the file: for tables as large as
they come."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from onrecord.reading.encoding import decode_with_codec
from onrecord.reading.source_map import STATEFUL, byte_codec

_CHUNK_BYTES = 1 << 18
# Bytes that went through as they are.
_ESCAPED = re.compile("[\udc80-\udcff]")
# Codecs that take a byte order mark off; the others leave it.
_MARKS = {
    "utf-8-sig": (codecs.BOM_UTF8,),
    "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE),
    "utf-32": (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE),
}


def tell_encoding(stream: IO[bytes], origin: str) -> str:
    """The codec of a stream that stands at its beginning; reads all of it if it is UTF-8.

    An older encoding is told by the stretch around the first byte that is no UTF-8, since a table can go
    on for megabytes before the first curly quotation mark.

    Raises:
        UnreadableReportError: if the stream is empty, binary, or in no encoding that can be told.
    """
    chunk = stream.read(_CHUNK_BYTES)
    codec = decode_with_codec(chunk, origin, as_is=True)[1]
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    while chunk and codec == "utf-8":
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return decode_with_codec(before + chunk + stream.read(_CHUNK_BYTES), origin, as_is=True)[1]
        before = chunk
        chunk = stream.read(_CHUNK_BYTES)
    return codec


class Characters:
    """The characters of a stream, from its beginning; line ends and a byte order mark stay, and bytes that are no
    characters become U+FFFD.

    Attributes:
        codec: that of any part of the stream, byte order and all.
        at: the byte at which the next line begins; None from where that cannot be told: behind broken characters
            of an encoding that has several bytes for one, and in encodings in which a byte depends on those far before.
        sent: the bytes of the last line; None where `at` is.
    """

    def __init__(self, stream: IO[bytes], codec: str) -> None:
        stream.seek(0)
        head = stream.read(4)
        stream.seek(0)
        self.codec = byte_codec(codec, head)
        name = codecs.lookup(codec).name
        mark = next((m for m in _MARKS.get(name, ()) if head.startswith(m)), b"")
        self.at = None if self.codec.startswith(STATEFUL) else len(mark)
        self.sent: bytes | None = b""
        # Broken bytes go through as they are, where that can be: so their line has its length still.
        self._escapes = "surrogateescape" if self._has_short_characters() else "replace"
        self.text = io.TextIOWrapper(stream, encoding=codec, errors=self._escapes, newline="")

    def _has_short_characters(self) -> bool:
        """Is it UTF-8, or has each character one byte? There no broken sequence has a byte of ASCII."""
        return self.codec == "utf_8" or len(bytes(range(256)).decode(self.codec, "replace")) == 256

    def readline(self, limit: int) -> str:
        """The next line, or so many characters of it; empty at the end."""
        line = self.text.readline(limit)
        if self.at is None:
            return line
        sent = line.encode(self.codec, self._escapes)
        if self._escapes == "replace" and "\ufffd" in line:
            self.at = self.sent = None
            return line
        if not line.isascii() and _ESCAPED.search(line):
            line = sent.decode(self.codec, "replace")
        self.sent = sent
        self.at += len(sent)
        return line


@contextmanager
def open_characters(stream: IO[bytes], codec: str) -> Iterator[Characters]:
    """The characters of a stream; it is left open."""
    characters = Characters(stream, codec)
    try:
        yield characters
    finally:
        characters.text.detach()
