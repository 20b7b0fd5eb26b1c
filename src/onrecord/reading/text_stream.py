"""A stream of bytes -> lines of characters, without holding the file: for tables as large as they come."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from onrecord.reading.encoding import decode_with_codec

_CHUNK_BYTES = 1 << 18


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


@contextmanager
def open_characters(stream: IO[bytes], codec: str) -> Iterator[io.TextIOWrapper]:
    """The characters of a stream, from its beginning; line ends and a byte order mark stay, and bytes that
    are no characters become U+FFFD. The stream is left open."""
    stream.seek(0)
    characters = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")
    try:
        yield characters
    finally:
        characters.detach()
