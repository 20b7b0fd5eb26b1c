"""What people have put right as JSON lines, in which it is carried from one record to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from onrecord.errors import UsageError

T = TypeVar("T")


def write_lines(made: Iterable[msgspec.Struct]) -> bytes:
    """A line for each."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in made)


def read_lines_as(
    data: bytes,
    origin: str,
    read: Callable[[bytes], T],
    fault_of: Callable[[T], str | None],
    *,
    called: str,
    made_with: str,
) -> list[T]:
    """What the lines hold; empty ones are passed over.

    Args:
        origin: what the lines were read from, for errors.
        read: one from its line.
        fault_of: what one lacks, or has that none may have; None if it is well.
        called: what it is, with its article.
        made_with: the command that writes such a file.

    Raises:
        UsageError: names the first line that is none.
    """
    found = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            one = read(line)
            reason = fault_of(one)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            reason = str(error)
        if reason:
            raise UsageError(
                f"{origin}, line {number}: not {called} ({reason}). Nothing was imported; give a file made with: {made_with}"
            )
        found.append(one)
    return found
