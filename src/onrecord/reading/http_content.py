"""The body of an HTTP response as it was sent -> its content: chunks joined, packing undone."""

from __future__ import annotations

import re
import zlib

_CHUNK_SIZE = re.compile(rb"(?:\r?\n)?[ \t]{0,9}([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,1000})?\r?\n")
# More layers of packing than any server applies.
_MAX_CODINGS = 4


class ContentError(ValueError):
    """The content of a response cannot be had; the message says why."""


def decode_content(body: bytes, *, transfer: str, content: str, max_bytes: int) -> tuple[bytes, bool]:
    r"""Undo what a server or an archive did to a page on its way.

    Headers lie: a body that is not chunked or packed as they say is taken as it stands.

    Args:
        body: what came behind the header lines.
        transfer: the `Transfer-Encoding` header, empty if there is none.
        content: the `Content-Encoding` header, the same.
        max_bytes: most that may come out.

    Returns:
        The content, and whether it ends before it should.

    Raises:
        ContentError: if it is packed in a way that is not known here, damaged, or too large.

    >>> decode_content(b"5\r\nThe b\r\n5\r\nridge\r\n0\r\n\r\n", transfer="chunked", content="", max_bytes=99)
    (b'The bridge', False)
    """
    is_cut = False
    codings = [name.strip().lower() for name in f"{content},{transfer}".split(",") if name.strip()]
    if len(codings) > _MAX_CODINGS:
        raise ContentError(f"its headers name {len(codings)} layers of packing")
    if "chunked" in codings:
        body, is_cut = _join_chunks(body)
    for coding in reversed(codings):
        if coding in ("gzip", "x-gzip", "deflate"):
            body, is_short = _inflate(body, coding, max_bytes)
            is_cut = is_cut or is_short
        elif coding not in ("identity", "chunked") and not _is_utf8(body):
            raise ContentError(f"its content is packed as {coding[:40]!a}, which is not read here")
    if len(body) > max_bytes:
        raise ContentError(f"its content has more than {max_bytes:,} bytes")
    return body, is_cut


def _is_utf8(body: bytes) -> bool:
    """Are these characters? Packed bytes are not, whereas some archives unpack a page and leave the header."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _join_chunks(body: bytes) -> tuple[bytes, bool]:
    """The chunks joined, and whether the last one is missing; the body itself if it has none."""
    found = _CHUNK_SIZE.match(body)
    if not found:
        return body, False
    chunks: list[bytes] = []
    while found:
        size = int(found[1], 16)
        if not size:
            return b"".join(chunks), False
        chunks.append(body[found.end() : found.end() + size])
        found = _CHUNK_SIZE.match(body, found.end() + size)
    return b"".join(chunks), True


def _inflate(body: bytes, coding: str, max_bytes: int) -> tuple[bytes, bool]:
    """The unpacked body, and whether it ends too early; the body itself if it is not packed so."""
    if coding != "deflate":
        if not body.startswith(b"\x1f\x8b"):
            return body, False
        return _unpack(body, 16 + zlib.MAX_WBITS, max_bytes)
    # Servers mean one of two formats by "deflate".
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _unpack(body, window, max_bytes)
        except ContentError as error:
            if "damaged" not in str(error):
                raise
    return body, False


def _unpack(body: bytes, window: int, max_bytes: int) -> tuple[bytes, bool]:
    member = zlib.decompressobj(window)
    try:
        unpacked = member.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise ContentError(f"its packed content is damaged ({error})") from error
    if len(unpacked) > max_bytes:
        raise ContentError(f"its content unpacks to more than {max_bytes:,} bytes")
    return unpacked, not member.eof
