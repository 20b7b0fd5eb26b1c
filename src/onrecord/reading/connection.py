"""One connection to a web server: to an address that has been checked, and cut off when its time is over."""

from __future__ import annotations

import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Url

from onrecord.reading.addresses import why_not_public

CONNECT_TIMEOUT_S = 10.0
# Longest silence of a server while it answers.
READ_TIMEOUT_S = 20.0
# Addresses of one host that are tried.
_MAX_ADDRESSES = 3
_PORTS = {"http": 80, "https": 443}


class NoConnectionError(Exception):
    """No connection can or may be made; `mend` says what to do."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.mend = mend


class Deadline:
    """A moment by which something has to be done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left_s(self) -> float:
        """Seconds that are left; never less than a thousandth, since 0 means "no limit" to sockets."""
        return max(0.001, self._at - time.monotonic())

    def is_over(self) -> bool:
        """Has the moment passed?"""
        return time.monotonic() >= self._at


@contextmanager
def connect(url: Url, deadline: Deadline, *, allow_private: bool) -> Iterator[HTTPConnection]:
    """A connection to the host of an address, closed in the end.

    Args:
        url: http or https, with a host.
        deadline: when it passes the connection is shut, whatever goes on over it.
        allow_private: the host may be in a private network or this machine.

    Raises:
        NoConnectionError: if the host is not found, does not answer, may not be connected to, or (https) does
            not prove that it is the one.
    """
    host = (url.host or "").strip("[]")
    port = _PORTS[url.scheme or "http"] if url.port is None else url.port
    opened = _open(host, port, deadline, allow_private=allow_private)
    with _shut_at(opened, deadline):
        if url.scheme == "https":
            connection: HTTPConnection = _Tls(host, port, timeout=READ_TIMEOUT_S, ssl_context=_tls_context())
        else:
            connection = _Plain(host, port, timeout=READ_TIMEOUT_S)
        connection.opened = opened  # type: ignore[attr-defined]
        try:
            try:
                connection.connect()
            except (HTTPError, OSError, ValueError) as error:
                raise _no_tls(error, deadline) from error
            yield connection
        finally:
            connection.close()
            opened.close()


class _Plain(HTTPConnection):
    """Speaks over a socket that is already open: resolving the name once more could give another address."""

    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


class _Tls(HTTPSConnection):
    """The same with TLS, for the host's name, not its address."""

    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


def _open(host: str, port: int, deadline: Deadline, *, allow_private: bool) -> socket.socket:
    """A socket to the first address of a host that answers. None is tried if one of them is not public."""
    found = _resolve(host, port, min(CONNECT_TIMEOUT_S, deadline.left_s()))
    if not allow_private:
        for _, address in found:
            _check(host, address[0])
    reason = "it has no address"
    for family, address in found[:_MAX_ADDRESSES]:
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.settimeout(min(CONNECT_TIMEOUT_S, deadline.left_s()))
            opened.connect(address)
            if not allow_private:
                _check(host, opened.getpeername()[0])
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(READ_TIMEOUT_S)
            return opened
        except OSError as error:
            opened.close()
            reason = error.strerror or str(error)
        except BaseException:
            opened.close()
            raise
    raise NoConnectionError(
        f"{host} does not answer on port {port} ({reason})", "Check the address, or try again later."
    )


def _check(host: str, address: str) -> None:
    if kind := why_not_public(address):
        place = host if host == address else f"{host} ({address})"
        raise NoConnectionError(
            f"{place} is not on the public internet: {kind}", "Give --allow-private if you trust it."
        )


def _resolve(host: str, port: int, timeout_s: float) -> list[tuple[int, tuple[str, int]]]:
    """Family and address of each way to a host, without repeats.

    The system's resolver knows no limit of time, so it is asked in a thread that may be left behind.
    """
    answers: queue.SimpleQueue[list[tuple[int, tuple[str, int]]] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys((int(i[0]), i[4]) for i in infos)))  # type: ignore[misc]
        except (OSError, ValueError, OverflowError) as error:  # UnicodeError is a ValueError
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="onrecord-resolve").start()
    try:
        found = answers.get(timeout=timeout_s)
    except queue.Empty:
        found = TimeoutError("timed out")
    if isinstance(found, Exception):
        reason = getattr(found, "strerror", None) or str(found)
        raise NoConnectionError(
            f"the host {host} is not found ({reason})", "Check the address and your connection."
        ) from found
    return found


@contextmanager
def _shut_at(opened: socket.socket, deadline: Deadline) -> Iterator[None]:
    """Shut a socket when a moment passes: timeouts of sockets start anew with every byte that trickles in."""
    # TLS takes the socket over, this second handle on it stays.
    twin = opened.dup()

    def shut() -> None:
        with suppress(OSError):
            twin.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(deadline.left_s(), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        twin.close()


def _no_tls(error: Exception, deadline: Deadline) -> NoConnectionError:
    if deadline.is_over():
        return NoConnectionError("the connection took too long", "Try again later.")
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = next((a for a in cause.args if isinstance(a, BaseException)), cause.__cause__)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return NoConnectionError(
            f"the server does not prove that it is the one ({cause.verify_message})",
            "Check the address; save the page from your browser if you trust it.",
        )
    reason = getattr(cause, "reason", None) or type(error).__name__
    return NoConnectionError(
        f"no secure connection is made ({reason})", "Check the address, or try again later."
    )


@cache
def _tls_context() -> ssl.SSLContext:
    """Certificates are checked by what the system trusts; by Mozilla's list where the system has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None and not os.environ.get(paths.openssl_cafile_env):
        import certifi

        context.load_verify_locations(certifi.where())
    return context
