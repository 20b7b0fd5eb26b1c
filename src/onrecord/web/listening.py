"""The socket on which the reading room listens."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import UsageError


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; it is closed behind it.

    Args:
        port: 0 is any that is free.

    Raises:
        UsageError: if the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"--port {port}: this port cannot be had on {host} ({error.strerror}). Name another, or 0 for any."
            ) from error
        made.listen()
        yield made
