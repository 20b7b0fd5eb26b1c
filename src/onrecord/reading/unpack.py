"""Packed files and archives -> the files in them: gzip, bzip2, xz, zip and tar, one inside another too.

Nothing is unpacked to a place on disk that anything else could see: what does not fit into memory lies
in an unnamed temporary file until the next one is asked for.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO

from onrecord.errors import UnreadableReportError
from onrecord.reading.archive_members import (
    ArchiveEndError,
    BrokenArchiveError,
    Member,
    is_tar,
    is_zip,
    read_tar,
    read_zip,
)
from onrecord.reading.inflate import BrokenPackingError, Packing, inflate, tell_packing
from onrecord.reading.place import one_line
from onrecord.reading.warc_records import is_warc

# How many times its size an archive may unpack to. Text packs to a third or a fifth, pages that are much
# alike (tar.xz) to a hundredth; a bomb of zeros to a thousandth, or less.
MAX_RATIO = 250
# What an archive may unpack to whatever the ratio: no burden for any machine.
MIN_UNPACKED_BYTES = 50_000_000
# What all members of an archive may unpack to: a year of a large agency's pages. At 100 MB a second it
# takes three minutes.
MAX_UNPACKED_BYTES = 20_000_000_000
# The largest single member, which lies on the temporary disk while it is read.
MAX_MEMBER_BYTES = 4_000_000_000
# Members looked at, folders and hidden files included. Who has more has a folder to give instead.
MAX_MEMBERS = 100_000
# Time for unpacking itself, without what is done with the members meanwhile. The largest archive allowed
# takes 200 s; what takes longer was made to.
MAX_SECONDS = 600.0
# An archive in an archive is opened, one in that is not. A tar.gz counts as one.
MAX_DEPTH = 2
# Members beyond this go to the temporary disk.
IN_MEMORY_BYTES = 10_000_000
_HEAD_BYTES = 4_096

_ABSOLUTE = re.compile(r"[\\/]|[A-Za-z]:[\\/]")

Unpacked = tuple[str, IO[bytes]] | UnreadableReportError


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """What opening one archive, with those inside it, may cost."""

    ratio: float = MAX_RATIO
    min_bytes: int = MIN_UNPACKED_BYTES
    max_bytes: int = MAX_UNPACKED_BYTES
    max_member_bytes: int = MAX_MEMBER_BYTES
    members: int = MAX_MEMBERS
    seconds: float = MAX_SECONDS


def open_unpacked(
    stream: IO[bytes], origin: str, *, limits: UnpackLimits | None = None
) -> Iterator[Unpacked]:
    """Open what is packed, down to files that are not.

    A file that is not packed comes back untouched, and so do documents that are zip archives inside
    (Office, EPUB). So does a WARC.gz, however long: each of its records is packed by itself, and
    `read_warc` reads it so.

    Links, devices and hidden files in an archive are passed over. Members that are encrypted, damaged,
    or whose path leads out of the archive are named. A packed file that is cut off gives what came
    before the break, an archive its whole members; then the break is named.

    Args:
        stream: seekable; the caller closes it.
        origin: its name; that of a member is `ORIGIN, PATH`, that of the one file in a gzip `ORIGIN`.
        limits: what unpacking may cost; beyond it, the archive is named and given up.

    Yields:
        The origin of each file with its bytes, from their beginning; seekable, and closed when the
        next one is asked for. An error for each file that is not opened.
    """
    budget = _Budget(limits or UnpackLimits(), stream.seek(0, os.SEEK_END))
    is_empty = True
    try:
        for unpacked in _open(stream, origin, budget, depth=0):
            is_empty = False
            yield unpacked
    except _OverBudgetError as error:
        yield UnreadableReportError(f"{origin}: {error} Unpack it by hand if you know where it comes from.")
    except OSError as error:
        yield UnreadableReportError(
            f"{origin}: cannot be unpacked ({error.strerror or error}). Is there room in the temporary folder?"
        )
    else:
        if is_empty:
            yield UnreadableReportError(f"{origin}: the archive holds no files. Give one with reports in it.")


class _OverBudgetError(Exception):
    """The archive costs more than it may; the message is a sentence."""


class _Budget:
    """Counts what unpacking costs and ends it in time."""

    def __init__(self, limits: UnpackLimits, packed_bytes: int) -> None:
        self.limits = limits
        self._most_bytes = min(limits.max_bytes, max(limits.min_bytes, int(limits.ratio * packed_bytes)))
        self._bytes = 0
        self._seconds = 0.0
        self._members = 0

    def charge(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the pieces on; _OverBudgetError where they become too many."""
        iterator = iter(pieces)
        while True:
            started = time.monotonic()
            piece = next(iterator, None)
            self._seconds += time.monotonic() - started
            if piece is None:
                return
            self._bytes += len(piece)
            if self._bytes > self._most_bytes:
                raise _OverBudgetError(f"unpacks to more than {self._most_bytes:,} bytes.")
            if self._seconds > self.limits.seconds:
                raise _OverBudgetError(f"takes more than {self.limits.seconds:g} seconds to unpack.")
            yield piece

    def count_member(self) -> None:
        self._members += 1
        if self._members > self.limits.members:
            raise _OverBudgetError(f"has more than {self.limits.members:,} members.")


def _open(stream: IO[bytes], origin: str, budget: _Budget, *, depth: int) -> Iterator[Unpacked]:
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    packing = tell_packing(head)
    if is_warc(head) or not (packing or is_zip(head) or is_tar(head)):
        yield origin, stream
        return
    if depth == MAX_DEPTH:
        yield UnreadableReportError(
            f"{origin}: an archive inside {MAX_DEPTH} others is not opened. Unpack the outer one and give what comes out."
        )
        return
    if packing:
        yield from _open_packed(stream, origin, packing, budget, depth=depth)
    elif is_zip(head):
        yield from _open_zip(stream, origin, budget, depth=depth)
    else:
        members = read_tar(iter(lambda: stream.read(65_536), b""))
        yield from _open_members(members, origin, budget, depth=depth)


def _open_packed(
    stream: IO[bytes], origin: str, packing: Packing, budget: _Budget, *, depth: int
) -> Iterator[Unpacked]:
    pieces = budget.charge(piece for _, piece in inflate(stream, packing))
    broken: BrokenPackingError | None = None
    with _new_spool() as spool:
        try:
            first = next(pieces, b"")
            if is_tar(first):
                yield from _open_members(read_tar(chain([first], pieces)), origin, budget, depth=depth)
                return
            _fill(spool, chain([first], pieces), budget.limits)
        except BrokenPackingError as error:
            broken = error
        except _TooLargeError as error:
            yield UnreadableReportError(f"{origin}: {error}")
            return
        if spool.tell() or not broken:
            yield from _open(spool, origin, budget, depth=depth + 1)
    if broken:
        yield UnreadableReportError(f"{origin}: {broken.reason}; what came before is read. Get it again.")


def _open_zip(stream: IO[bytes], origin: str, budget: _Budget, *, depth: int) -> Iterator[Unpacked]:
    try:
        members = read_zip(stream, budget.charge)
    except BrokenArchiveError as error:
        yield UnreadableReportError(f"{origin}: {error}.")
        return
    if members is None:
        stream.seek(0)
        yield origin, stream
    else:
        yield from _open_members(members, origin, budget, depth=depth)


def _open_members(
    members: Iterator[Member | BrokenArchiveError] | Iterator[Member],
    origin: str,
    budget: _Budget,
    *,
    depth: int,
) -> Iterator[Unpacked]:
    try:
        for member in members:
            if isinstance(member, BrokenArchiveError):
                yield UnreadableReportError(f"{origin}: {member}. Get the archive again.")
                continue
            budget.count_member()
            if member.is_file and not _is_hidden(member.name):
                yield from _open_member(member, f"{origin}, {one_line(member.name)}", budget, depth=depth)
    except (ArchiveEndError, BrokenPackingError) as error:
        yield UnreadableReportError(f"{origin}: {error}; what came before is read. Get it again.")


def _open_member(member: Member, origin: str, budget: _Budget, *, depth: int) -> Iterator[Unpacked]:
    if _leads_out(member.name):
        yield UnreadableReportError(
            f"{origin}: its path leads out of the archive, so it is not opened. Unpack it by hand if you trust it."
        )
        return
    if member.refused:
        yield UnreadableReportError(f"{origin}: {member.refused}.")
        return
    with _new_spool() as spool:
        try:
            _fill(spool, member.pieces, budget.limits)
        except ArchiveEndError:
            raise
        except BrokenArchiveError as error:
            yield UnreadableReportError(f"{origin}: {error}. Get the archive again.")
            return
        except _TooLargeError as error:
            yield UnreadableReportError(f"{origin}: {error}")
            return
        yield from _open(spool, origin, budget, depth=depth + 1)


class _TooLargeError(Exception):
    """A member has more bytes than one may have; the message is a sentence."""


def _new_spool() -> SpooledTemporaryFile[bytes]:
    return SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)


def _fill(spool: IO[bytes], pieces: Iterable[bytes], limits: UnpackLimits) -> None:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limits.max_member_bytes:
            raise _TooLargeError(
                f"unpacked it has more than {limits.max_member_bytes:,} bytes. Unpack it and split it into single reports."
            )
        spool.write(piece)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\\/]", name) if part not in ("", ".")]


def _is_hidden(name: str) -> bool:
    """Files that systems and editors leave behind; `..` is no name but a way out."""
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in _parts(name))


def _leads_out(name: str) -> bool:
    return _ABSOLUTE.match(name) is not None or ".." in _parts(name)
