"""How much a request may bring, and how long it may take to come."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

# Address and headers. The server's own bound holds only for what has not come whole yet.
MOST_HEAD_BYTES: Final = 32_768
# A form of ours, with a text in it.
MOST_FORM_BYTES: Final = 2_000_000
# Files for Add, all of one form together: as much as Add takes (`uploads.MAX_BYTES`), with the form around them.
MOST_UPLOAD_BYTES: Final = 210_000_000
_UPLOADS: Final = "/add"
FORM_TIMEOUT_S: Final = 60.0
UPLOAD_TIMEOUT_S: Final = 900.0


def most_bytes(path: str) -> int:
    """How many bytes may come to an address.

    >>> most_bytes("/add"), most_bytes("/addition")
    (210000000, 2000000)
    """
    return MOST_UPLOAD_BYTES if is_adding(path) else MOST_FORM_BYTES


def is_adding(path: str) -> bool:
    """Is this one of the addresses at which reports are added?"""
    return path == _UPLOADS or path.startswith(f"{_UPLOADS}/")


def is_head_too_long(scope: Scope) -> bool:
    """Are the address and the headers of a request longer than they may be?"""
    fields = sum(len(name) + len(value) for name, value in scope["headers"])
    return fields + len(scope["query_string"]) + len(scope["path"]) > MOST_HEAD_BYTES


def is_announced_too_long(scope: Scope) -> bool:
    """Does a request say that more comes than may? What it does not say is counted as it comes (`bounded`)."""
    told = Headers(scope=scope).get("content-length", "")
    return told.isdecimal() and (len(told) > 12 or int(told) > most_bytes(scope["path"]))


def bounded(scope: Scope, receive: Receive) -> Receive:
    """What a request brings, broken off where it is too much (413) or comes too slowly (408)."""
    most = most_bytes(scope["path"])
    timeout_s = UPLOAD_TIMEOUT_S if is_adding(scope["path"]) else FORM_TIMEOUT_S
    ends = time.monotonic() + timeout_s
    come = 0
    is_complete = False

    async def receive_bounded() -> Message:
        nonlocal come, is_complete
        if is_complete:
            # From now on only that the other side has gone is waited for.
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, ends - time.monotonic()))
        except TimeoutError:
            raise HTTPException(
                408, f"This form took longer than {timeout_s:.0f} s. Send it again."
            ) from None
        come += len(message.get("body", b""))
        is_complete = not message.get("more_body", False)
        if come > most:
            raise HTTPException(413, too_long(scope["path"]))
        return message

    return receive_bounded


def too_long(path: str) -> str:
    """That more comes than may."""
    return f"More than {most_bytes(path) // 1_000_000} MB came, which is too much for one form. Send less at a time."
