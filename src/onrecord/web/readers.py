"""Readers: who asks, and whether they may change anything."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request


class Reader(NamedTuple):
    """Who asks.

    Attributes:
        name: as it is kept beside what they change.
        may_change: correct, watch and add; otherwise they only read.
        signed_in: by a password or a token; False on this machine alone, where nobody is asked for one.
    """

    name: str
    may_change: bool
    signed_in: bool = False


def reader_of(request: Request) -> Reader:
    """Who asks, as `safety.Guard` has found."""
    reader: Reader = request.state.reader
    return reader
