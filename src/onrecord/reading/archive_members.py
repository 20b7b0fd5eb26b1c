"""Tar and zip archives -> their members, in the order of the archive, also of one that is cut off."""

from __future__ import annotations

import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

# Bytes of content given at once.
PIECE_BYTES = 262_144
# The list of members that ends a zip, which is read as a whole. With names of 50 letters it holds 150,000;
# made by hand 350,000, which take 250 MB of memory.
MAX_ZIP_LIST_BYTES = 16_000_000
# What stands before a tar member to name it: a path has 4,096 bytes at most.
_MAX_TAR_NOTE_BYTES = 1_000_000
_TAR_BLOCK = 512
_ZIP_LOCAL = b"PK\x03\x04"
_ZIP_SEARCH_BYTES = 1_000_000
# Files that are zip archives inside but one document to their readers.
_DOCUMENT_MEMBERS = frozenset(("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"))

Charge = Callable[[Iterable[bytes]], Iterator[bytes]]


class BrokenArchiveError(Exception):
    """An archive or member is damaged; the message says how, in words that go behind a name and a colon."""


class ArchiveEndError(BrokenArchiveError):
    """An archive ends too early, so that nothing more can be had from it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive, to be read before the next one is asked for.

    Attributes:
        name: its path in the archive, as it stands there.
        is_file: False for folders, links, devices and the like.
        refused: why it cannot be opened; None if it can.
        pieces: its content, once. Raises BrokenArchiveError or BrokenPackingError where it is damaged.
    """

    name: str
    is_file: bool
    refused: str | None
    pieces: Iterator[bytes]


def is_tar(head: bytes) -> bool:
    """Are these the first bytes (512 or more) of a tar archive?"""
    return _parse_tar_header(head[:_TAR_BLOCK]) is not None


def is_zip(head: bytes) -> bool:
    """Are these the first bytes of a zip archive?"""
    return head.startswith((_ZIP_LOCAL, b"PK\x05\x06"))


def read_tar(pieces: Iterable[bytes]) -> Iterator[Member | BrokenArchiveError]:
    """Read the members of a tar archive from its bytes, front to back.

    Raises:
        ArchiveEndError: where it is cut off, also from the pieces of a member.
        BrokenPackingError: as `pieces` do.
    """
    source = _Source(iter(pieces))
    note = _TarNote()
    while block := source.read(_TAR_BLOCK):
        if not any(block):
            return
        header = _parse_tar_header(block)
        if header is None:
            yield BrokenArchiveError("a member's header is damaged; the next one is looked for")
            header = _find_tar_header(source)
            if header is None:
                return
            note = _TarNote()
        if header.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
            note.take(header, source)
            continue
        if header.type in (tarfile.GNUTYPE_LONGLINK, tarfile.XGLTYPE):
            source.skip(_to_blocks(header.size))
            continue
        size = header.size if note.size is None else note.size
        # Folders, links and devices name a size at times, but nothing follows them.
        has_content = header.isreg() or header.type not in tarfile.SUPPORTED_TYPES
        end = source.position + (_to_blocks(size) if has_content else 0)
        is_sparse = header.type == tarfile.GNUTYPE_SPARSE or note.is_sparse
        refused = "it is a sparse file. Unpack the archive with tar" if is_sparse else None
        name = note.name or header.name
        yield Member(name, header.isreg() and not name.endswith("/"), refused, source.take(size))
        note = _TarNote()
        source.skip(end - source.position)


class _Source:
    """Bytes that come in pieces, to be read in other portions."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._buffer = b""
        self.position = 0

    def read(self, size: int) -> bytes:
        """The next `size` bytes; empty at the end.

        Raises:
            ArchiveEndError: if the end comes in between.
        """
        found = b"".join(self.take(size, at_end=b""))
        if found and len(found) < size:
            raise ArchiveEndError("the archive is cut off")
        return found

    def take(self, size: int, *, at_end: bytes | None = None) -> Iterator[bytes]:
        """The next `size` bytes in pieces; ArchiveEndError if there are fewer and `at_end` is None."""
        while size > 0:
            if not self._buffer:
                self._buffer = next(self._pieces, b"")
                if not self._buffer:
                    if at_end is None:
                        raise ArchiveEndError("the archive is cut off")
                    return
            piece, self._buffer = self._buffer[:size], self._buffer[size:]
            self.position += len(piece)
            size -= len(piece)
            yield piece

    def skip(self, size: int) -> None:
        """Pass over `size` bytes; ArchiveEndError if there are fewer."""
        for _ in self.take(size):
            pass


@dataclass
class _TarNote:
    """What stands before a member because its header has no room for it."""

    name: str | None = None
    size: int | None = None
    is_sparse: bool = False

    def take(self, header: tarfile.TarInfo, source: _Source) -> None:
        if header.size > _MAX_TAR_NOTE_BYTES:
            source.skip(_to_blocks(header.size))
            return
        content = source.read(_to_blocks(header.size))[: header.size]
        if header.type == tarfile.GNUTYPE_LONGNAME:
            self.name = content.rstrip(b"\x00").decode("utf-8", "replace")
            return
        for key, value in _pax_fields(content):
            if key == b"path":
                self.name = value.decode("utf-8", "replace")
            elif key == b"size" and value.isdigit() and len(value) <= 18:
                self.size = int(value)
            elif key.startswith(b"GNU.sparse"):
                self.is_sparse = True


def _pax_fields(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Fields of a pax header: `27 path=a/long/path.html` and a line end, the number counting all of it."""
    while content:
        number = content[:20].partition(b" ")[0]
        if not number.isdigit() or not 5 <= int(number) <= len(content):
            return
        field, content = content[: int(number)], content[int(number) :]
        key, _, value = field[len(number) + 1 : -1].partition(b"=")
        yield key, value


def _parse_tar_header(block: bytes) -> tarfile.TarInfo | None:
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError, OverflowError):
        return None
    return header if header.size >= 0 else None


def _find_tar_header(source: _Source) -> tarfile.TarInfo | None:
    while block := source.read(_TAR_BLOCK):
        if block[257:262] == b"ustar" and (header := _parse_tar_header(block)):
            return header
    return None


def _to_blocks(size: int) -> int:
    """The size with what fills its last block."""
    return -(-size // _TAR_BLOCK) * _TAR_BLOCK


def read_zip(stream: IO[bytes], charge: Charge) -> Iterator[Member] | None:
    """Read the members of a zip archive; None if it is a document, which is one file to its readers.

    Args:
        charge: is given the content of each member in pieces and passes it on.

    Raises:
        BrokenArchiveError: if the list of members is too long.
        ArchiveEndError: while reading, behind the last whole member of an archive that is cut off.
    """
    try:
        archive = zipfile.ZipFile(_ZipSource(stream))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, EOFError):
        return _salvage_zip(stream, charge)
    if any(info.filename in _DOCUMENT_MEMBERS for info in infos):
        return None
    return (_zip_member(archive, info, charge) for info in infos)


class _ZipSource:
    """A file whose list of members is not read if it is too long."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """As files do; BrokenArchiveError for more than a list of members may have."""
        if size > MAX_ZIP_LIST_BYTES:
            raise BrokenArchiveError(
                f"the list of its members is longer than {MAX_ZIP_LIST_BYTES:,} bytes. Unpack it and give the folder"
            )
        return self._stream.read(size)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, charge: Charge) -> Member:
    kind = stat.S_IFMT(info.external_attr >> 16)
    # Not `is_dir`: it fails for a name without letters.
    is_file = not info.filename.endswith("/") and kind in (0, stat.S_IFREG)
    refused = _why_refused(info.flag_bits, info.compress_type)
    return Member(info.filename, is_file, refused, charge(_zip_pieces(archive, info)))


def _why_refused(flags: int, method: int) -> str | None:
    if flags & 0x41:
        return "it is encrypted. Unpack it with its password and give what comes out"
    # Python opens two more, but cannot bound what a few packed bytes of those unpack to.
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"it is packed by zip's method {method}, which is not read here. Unpack it and give what comes out"
    return None


def _zip_pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as content:
            while piece := content.read(PIECE_BYTES):
                yield piece
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise BrokenArchiveError(f"it is damaged ({str(error) or 'it ends too early'})") from error


def _salvage_zip(stream: IO[bytes], charge: Charge) -> Iterator[Member]:
    """Members of a zip without the list at its end, each found behind the one before."""
    at: int | None = 0
    while at is not None:
        stream.seek(at)
        header = stream.read(30)
        if len(header) < 30 or not header.startswith(_ZIP_LOCAL):
            break
        flags, method, crc, packed, _, name_size, extra_size = struct.unpack("<6xHH4xIIIHH", header)
        name = stream.read(name_size).decode("utf-8" if flags & 0x800 else "cp437", "replace")
        start = at + 30 + name_size + extra_size
        refused = _why_refused(flags, method)
        # Written in one go, the sizes stand behind the content; those of large files in the extra field.
        knows_size = not flags & 0x08 and packed != 0xFFFFFFFF
        if method == zipfile.ZIP_STORED and not knows_size and refused is None:
            refused = "where it ends stands in the part that is cut off"
        content = _LocalContent(stream, start, method, packed if knows_size else None, crc)
        yield Member(name, not name.endswith("/"), refused, charge(content.pieces()))
        if knows_size:
            at = start + packed
        elif content.end is not None:
            at = _find_zip_member(stream, content.end)
        else:
            at = _find_zip_member(stream, start)
    raise ArchiveEndError("the archive is cut off or damaged: the list of its members is missing")


class _LocalContent:
    """Content of a zip member that is read without the list of members.

    Attributes:
        end: offset behind it, once that is known.
    """

    def __init__(self, stream: IO[bytes], start: int, method: int, packed: int | None, crc: int) -> None:
        self._stream = stream
        self._start = start
        self._is_deflated = method == zipfile.ZIP_DEFLATED
        self._packed = packed
        self._crc = crc
        self.end: int | None = None

    def pieces(self) -> Iterator[bytes]:
        crc = 0
        try:
            for piece in self._inflated() if self._is_deflated else self._packed_pieces():
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error as error:
            raise BrokenArchiveError(f"it is damaged ({error})") from error
        if self._packed is not None and crc != self._crc:
            raise BrokenArchiveError("it is damaged (its checksum is another)")

    def _packed_pieces(self) -> Iterator[bytes]:
        left = self._packed
        at = self._start
        while left is None or left > 0:
            self._stream.seek(at)
            piece = self._stream.read(PIECE_BYTES if left is None else min(left, PIECE_BYTES))
            if not piece:
                raise BrokenArchiveError("it is cut off")
            at += len(piece)
            left = left if left is None else left - len(piece)
            yield piece

    def _inflated(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        read = 0
        for packed in self._packed_pieces():
            read += len(packed)
            while packed and not inflater.eof:
                if piece := inflater.decompress(packed, PIECE_BYTES):
                    yield piece
                packed = inflater.unconsumed_tail
            if inflater.eof:
                self.end = self._start + read - len(inflater.unused_data)
                return
        while piece := inflater.decompress(b"", PIECE_BYTES):
            yield piece
        if not inflater.eof:
            raise BrokenArchiveError("it is cut off")


def _find_zip_member(stream: IO[bytes], at: int) -> int | None:
    kept = b""
    stream.seek(at)
    while block := stream.read(_ZIP_SEARCH_BYTES):
        block = kept + block
        found = block.find(_ZIP_LOCAL)
        if found >= 0:
            return at + found
        kept = block[-3:]
        at += len(block) - len(kept)
    return None
