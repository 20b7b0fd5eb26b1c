"""WARC and WARC.gz files -> their records, one by one, and what is broken between them.

The header lines are read by warcio. Its iterator over files is not used: it ends at the first broken
record, takes a record that is cut off for a whole one, and writes its complaints to standard error.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.reading.inflate import BrokenPackingError, inflate, tell_packing, unpack_head

# A record's header lines. Heritrix and Common Crawl write under 2,000 bytes; a URL may have 8,000.
MAX_HEAD_BYTES = 65_536
# How many times its size a file may unpack to. Pages pack to a fifth, lists of links to a fiftieth; zeros,
# as in a bomb, to a thousandth.
MAX_RATIO = 200
# What a file may unpack to whatever the ratio: no burden for any machine.
MIN_UNPACKED_BYTES = 100_000_000
# Unpacked bytes of records packed together, which are laid on disk; beyond PART_IN_MEMORY_BYTES only. A
# record should be packed alone, so that this is the longest film in an archive, or a file packed whole.
MAX_PART_BYTES = 4_000_000_000
PART_IN_MEMORY_BYTES = 20_000_000
# Broken records after which a file is given up: nobody reads more messages, and each costs a search.
MAX_FAULTS = 10_000
# How far behind the place where packed data was seen to be damaged the next record is looked for. Damage
# shows within a few hundred bytes.
_LOOK_BACK_BYTES = 262_144
# Bytes that look as the beginning of a packed record does, tried after damage. One in 200 billion random
# bytes does by chance.
_MAX_CANDIDATES = 100_000
_SEARCH_BYTES = 1_000_000
# Packed bytes that surely hold a member's header and the first bytes of its record.
_SAMPLE_BYTES = 2_048

_VERSION_LINE = re.compile(rb"\n(WARC/\d\.\d{1,2}[ \t]{0,8}\r?\n)")
_HEAD_END = re.compile(rb"\n\r?\n")
# What stands behind a record: two line ends, or the next record or the end of the file even without.
_RECORD_END = re.compile(rb"(?:\r?\n){2}|[\r\n]{0,8}(?:WARC/|\Z)")
_GZIP_HEADER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00\x02\x04][\x00-\x0d\xff]", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a WARC file, to be read before the next one is asked for.

    Attributes:
        number: its place among the records of the file, from 1; broken ones count.
        headers: its header lines, names in small letters; of several of one name the first.
        length: bytes of its block, which is what it holds.
    """

    number: int
    headers: Mapping[str, str]
    length: int
    _file: IO[bytes]
    _start: int

    def read(self, size: int) -> bytes:
        """The first bytes of the block, at most `size`."""
        self._file.seek(self._start)
        return self._file.read(min(size, self.length))


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that cannot be read, and why, in words that go behind its name and a colon."""

    number: int
    what: str


def is_warc(head: bytes) -> bool:
    """Are these the first bytes (some hundred, better thousands) of a WARC file, packed with gzip or not?"""
    if tell_packing(head) == "gzip":
        head = unpack_head(head, "gzip", 5)
    return head.startswith(b"WARC/")


def read_records(stream: IO[bytes]) -> Iterator[Record | Fault]:
    """Read the records of a file in their order; behind a broken one, go on with the next.

    A file that is cut off gives its whole records and then a fault. With gzip, each record should be
    packed by itself, as the standard wants; if not, damage costs all records packed together with it.
    """
    stream.seek(0)
    head = stream.read(3)
    parts = _unpack_parts(stream) if tell_packing(head) == "gzip" else iter([(stream, None)])
    number = faults = 0
    for file, broken in parts:
        for found in _read_part(file, number, broken):
            number = found.number
            yield found
            faults += isinstance(found, Fault)
            if faults == MAX_FAULTS:
                yield Fault(number + 1, f"the file is given up, with {MAX_FAULTS:,} broken records before")
                return


def _read_part(file: IO[bytes], number: int, broken: str | None) -> Iterator[Record | Fault]:
    """The records of a file that is not packed.

    Args:
        number: of the last record before it.
        broken: why the file ends earlier than it should; None if it does not.
    """
    size = file.seek(0, os.SEEK_END)
    at = _skip_blank_lines(file, 0)
    while at < size:
        number += 1
        head = _read_head(file, at)
        start = at + len(head)
        headers = _parse_head(head)
        length = _length_of(headers)
        if length is not None and start + length <= size and _is_record_end(file, start + length):
            yield Record(number, headers, length, file, start)
            at = _skip_blank_lines(file, start + length)
            continue
        following = _find_record(file, max(start, at + 1))
        if following is None and broken:
            break  # the break is told below
        yield Fault(number, _why_broken(headers, length, start, size, following))
        if following is None:
            return
        at = following
    else:
        number += 1
    if broken:
        yield Fault(number, broken)


def _why_broken(
    headers: Mapping[str, str], length: int | None, start: int, size: int, following: int | None
) -> str:
    if not headers:
        return "no WARC record begins here, though one should. Get the file again."
    if length is None:
        return "the record does not say how long it is. Get the file again."
    if following is None and start + length > size:
        return f"the record is cut off after {size - start:,} of the {length:,} bytes that it names. Get the file again."
    return f"the record does not end after the {length:,} bytes that it names. Get the file again."


def _skip_blank_lines(file: IO[bytes], at: int) -> int:
    file.seek(at)
    while block := file.read(64):
        rest = block.lstrip(b"\r\n")
        at += len(block) - len(rest)
        if rest:
            break
    return at


def _read_head(file: IO[bytes], at: int) -> bytes:
    """The header lines at a place and the blank line behind them; empty if there are none."""
    file.seek(at)
    head = b""
    while len(head) < MAX_HEAD_BYTES and (block := file.read(4_096)):
        head += block
        if not head.startswith(b"WARC/"):
            break
        end = _HEAD_END.search(head)
        another = _VERSION_LINE.search(head)
        if end and not (another and another.start() < end.start()):
            return head[: end.end()]
        if another:
            break
    return b""


def _parse_head(head: bytes) -> dict[str, str]:
    """Header lines by their names in small letters; empty if this is no head of a WARC record."""
    # Importing it takes 0.2 s, which a reader of other files need not wait.
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    try:
        parsed = StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES).parse(io.BytesIO(head))
    except (EOFError, StatusAndHeadersParserException):
        return {}
    return {name.lower(): value.strip() for name, value in reversed(parsed.headers)}


def _length_of(headers: Mapping[str, str]) -> int | None:
    length = headers.get("content-length", "")
    return int(length) if _LENGTH.fullmatch(length) else None


def _is_record_end(file: IO[bytes], at: int) -> bool:
    file.seek(at)
    return _RECORD_END.match(file.read(16)) is not None


def _find_record(file: IO[bytes], at: int) -> int | None:
    """Where the next record from a place on begins."""
    at -= 1  # the line end before it
    file.seek(at)
    kept = b""
    while block := file.read(_SEARCH_BYTES):
        block = kept + block
        if found := _VERSION_LINE.search(block):
            return at + found.start(1)
        kept = block[-32:]
        at += len(block) - len(kept)
    return None


def _unpack_parts(stream: IO[bytes]) -> Iterator[tuple[IO[bytes], str | None]]:
    """Unpack a file of gzip members up to each that begins with a record.

    Yields:
        The records packed together, one as a rule, and why they end too early if they do. The file is
        closed when the next one is asked for.
    """
    size = stream.seek(0, os.SEEK_END)
    left = max(MIN_UNPACKED_BYTES, MAX_RATIO * size)
    candidates = iter(range(_MAX_CANDIDATES))
    at: int | None = 0
    while at is not None:
        stream.seek(at)
        resume: int | None = None
        part = _new_part()
        try:
            for begins, piece in inflate(stream, "gzip"):
                if begins and piece.startswith(b"WARC/") and part.tell():
                    yield part, None
                    part.close()
                    part = _new_part()
                left -= len(piece)
                if left < 0:
                    yield (
                        part,
                        f"the file unpacks to more than {MAX_RATIO} times its size, as a bomb does. Look at where it comes from.",
                    )
                    return
                if part.tell() + len(piece) > MAX_PART_BYTES:
                    resume = stream.tell()
                    yield (
                        part,
                        f"more than {MAX_PART_BYTES:,} bytes are packed together. Pack each record by itself (warcio recompress).",
                    )
                    break
                part.write(piece)
            else:
                yield part, None
        except BrokenPackingError as error:
            resume = max(error.member_at + 1, error.noticed_at - _LOOK_BACK_BYTES)
            yield part, f"{error.reason}. Get the file again."
        finally:
            part.close()
        at = _find_packed_record(stream, resume, candidates) if resume is not None else None


def _new_part() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=PART_IN_MEMORY_BYTES)


def _find_packed_record(stream: IO[bytes], at: int, candidates: Iterator[int]) -> int | None:
    """Where the next gzip member that begins with a record begins, from a place in the packed file on.

    Args:
        candidates: counts those that may still be tried in this file.
    """
    stream.seek(at)
    kept = b""
    while block := stream.read(_SEARCH_BYTES):
        block = kept + block
        for found in _GZIP_HEADER.finditer(block):
            if next(candidates, None) is None:
                return None
            if unpack_head(block[found.start() : found.start() + _SAMPLE_BYTES], "gzip", 5) == b"WARC/":
                return at + found.start()
        kept = block[-_SAMPLE_BYTES:]
        at += len(block) - len(kept)
    return None
