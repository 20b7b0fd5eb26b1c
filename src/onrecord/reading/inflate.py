"""Packed bytes -> unpacked bytes, piece by piece: gzip, bzip2 and xz, one after another in a file too."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Literal, Protocol

Packing = Literal["gzip", "bzip2", "xz"]

_SIGNATURES: dict[Packing, bytes] = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}
# Packed bytes taken at once. What a break makes unreadable is at most what one of these unpacks to.
_CHUNK_BYTES = 32_768
# Unpacked bytes given at once, so that a bomb is noticed before it fills the memory.
PIECE_BYTES = 1_000_000
# Bytes that a first piece has at least, if there are as many: enough to tell what was packed.
HEAD_BYTES = 1_024
# Empty members in a row; each costs as much time as one with a page in it.
_MAX_EMPTY_MEMBERS = 10_000
# `xz -9` asks for 65 MB to unpack; a header that asks for gigabytes is made by hand.
_MAX_XZ_BYTES = 150_000_000


class BrokenPackingError(Exception):
    """Packed bytes end too early or are damaged.

    Attributes:
        reason: what is wrong, in words that go behind a name and a colon.
        member_at: offset in the packed file at which the member that broke begins.
        noticed_at: offset behind the bytes that had been read by then.
    """

    def __init__(self, reason: str, member_at: int, noticed_at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.member_at = member_at
        self.noticed_at = noticed_at


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the manners of those for bzip2 and xz."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = PIECE_BYTES) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


_MAKERS: dict[Packing, Callable[[], _Decompressor]] = {
    "gzip": _Gzip,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MAX_XZ_BYTES),
}


def tell_packing(head: bytes) -> Packing | None:
    """How the bytes that begin so are packed; None if not in one of the ways that are known here."""
    return next((packing for packing, sign in _SIGNATURES.items() if head.startswith(sign)), None)


def unpack_head(head: bytes, packing: Packing, size: int) -> bytes:
    """The first unpacked bytes, at most `size`, as far as `head` holds them and they are sound."""
    try:
        return _MAKERS[packing]().decompress(head, size)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
        return b""


def inflate(stream: IO[bytes], packing: Packing) -> Iterator[tuple[bool, bytes]]:
    """Unpack from where the stream stands to its end.

    Zero bytes behind the last member are padding.

    Yields:
        Pieces of about PIECE_BYTES at most, each with whether a member (a packed file, of which several
        may follow one another) begins with it. A first piece holds HEAD_BYTES if the member does.

    Raises:
        BrokenPackingError: behind all that could be unpacked before the break.
    """
    source = _Source(stream)
    empty_members = 0
    while source.fill():
        member_at = source.offset
        if not source.buffer.startswith(_SIGNATURES[packing]):
            if source.holds_only_zeros():
                return
            reason = f"what stands behind byte {member_at:,} is not {packing} data"
            raise BrokenPackingError(reason, member_at, member_at)
        begins = True
        for piece in _with_whole_head(_inflate_member(source, packing)):
            yield begins, piece
            begins = False
        empty_members = empty_members + 1 if begins else 0
        if empty_members > _MAX_EMPTY_MEMBERS:
            raise BrokenPackingError(f"it holds thousands of empty {packing} files", member_at, source.offset)


class _Source:
    """Packed bytes that are read but not yet unpacked, and what follows them in the file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._read_to = stream.tell()
        self.buffer = b""

    @property
    def offset(self) -> int:
        """Where in the file the buffer begins."""
        return self._read_to - len(self.buffer)

    def fill(self) -> bool:
        """Have enough in the buffer to know a signature by; False at the end of the file."""
        if len(self.buffer) < 6:
            self.buffer += self._read()
        return bool(self.buffer)

    def take(self) -> bytes:
        """Bytes to unpack; empty at the end of the file."""
        taken, self.buffer = self.buffer or self._read(), b""
        return taken

    def holds_only_zeros(self) -> bool:
        """Is there nothing but zero bytes from here to the end? Reads on to where there is."""
        while self.fill():
            if self.buffer.strip(b"\x00"):
                return False
            self.buffer = b""
        return True

    def _read(self) -> bytes:
        data = self._stream.read(_CHUNK_BYTES)
        self._read_to += len(data)
        return data


def _inflate_member(source: _Source, packing: Packing) -> Iterator[bytes]:
    member_at = source.offset
    member = _MAKERS[packing]()
    while not member.eof:
        wanting = member.needs_input
        data = source.take() if wanting else b""
        try:
            piece = member.decompress(data, PIECE_BYTES)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            reason = f"the {packing} data is damaged ({error})"
            raise BrokenPackingError(reason, member_at, source.offset) from error
        if piece:
            yield piece
        elif wanting and not data and not member.eof:
            reason = f"the {packing} data ends too early: the file is cut off"
            raise BrokenPackingError(reason, member_at, source.offset)
    source.buffer = member.unused_data + source.buffer


def _with_whole_head(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first ones joined to HEAD_BYTES; what there was before a break is given first."""
    head = b""
    gathering = True
    broken: BrokenPackingError | None = None
    try:
        for piece in pieces:
            if not gathering:
                yield piece
            elif len(head) + len(piece) >= HEAD_BYTES:
                gathering = False
                yield head + piece
            else:
                head += piece
    except BrokenPackingError as error:
        broken = error
    if gathering and head:
        yield head
    if broken:
        raise broken
