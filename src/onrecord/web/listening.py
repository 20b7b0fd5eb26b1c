"""The socket on which the reading room listens, and how long it waits for who asks slowly."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.errors import UsageError

# From the first byte, or the opening, to the end of a request's headers. uvicorn itself waits without end for who sends a byte now and then.
HEAD_TIMEOUT_S: Final = 15.0
# Longest standstill of somebody who does not take what they asked for.
STANDSTILL_S: Final = 60.0


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; it is closed behind it.

    Args:
        host: an address of this machine, or a name that has one.
        port: 0 is any that is free.

    Raises:
        UsageError: if the port cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"--host {host}: no address of this machine. Name one, or 127.0.0.1.") from error
    with socket.socket(family, kind, protocol) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(address)
        except OSError as error:
            raise UsageError(
                f"--port {port}: this port cannot be had on {host} ({error.strerror}). Name another, or 0 for any."
            ) from error
        made.listen()
        yield made


def end_quietly() -> None:
    """Let uvicorn say nothing of its own end where it is interrupted in the moment in which it begins."""
    logging.getLogger("uvicorn.error").addFilter(_is_no_end)


def _is_no_end(said: logging.LogRecord) -> bool:
    return not said.getMessage().rstrip().endswith("asyncio.exceptions.CancelledError")


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with who sends or takes too slowly hung up on."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._head: asyncio.TimerHandle | None = None
        self._standstill: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has opened a connection."""
        super().connection_made(transport)
        self._time_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        super().connection_lost(exc)
        for timer in (self._head, self._standstill):
            if timer:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Something comes."""
        super().data_received(data)
        self._time_head()

    def on_response_complete(self) -> None:
        """A request has been answered; another may follow."""
        super().on_response_complete()
        self._time_head()

    def pause_writing(self) -> None:
        """Nobody takes what we send."""
        super().pause_writing()
        self._standstill = self.loop.call_later(STANDSTILL_S, self.transport.abort)

    def resume_writing(self) -> None:
        """It is taken again."""
        super().resume_writing()
        if self._standstill:
            self._standstill.cancel()

    def _time_head(self) -> None:
        """Time the headers, unless a request whose headers are there is being answered."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering and self._head:
            self._head.cancel()
            self._head = None
        elif not is_answering and not self._head:
            self._head = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.abort)
