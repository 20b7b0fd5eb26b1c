"""A web address -> its page, feed or text, read: fetched politely, within bounds, and never from inside a network.

The host's name is resolved here, and the socket is opened to the very address that has been checked, so that
a name which changes its address in between leads nowhere. Proxies in the environment are not used: behind
one, nobody could tell which address is reached.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from http.client import BadStatusLine, HTTPException, IncompleteRead
from io import BytesIO
from typing import IO
from urllib.parse import urljoin

from protego import Protego
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from onrecord import __version__
from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.connection import Deadline, NoConnectionError, connect
from onrecord.reading.encoding import decode_report
from onrecord.reading.http_content import ContentError, decode_content
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line

USER_AGENT = f"onrecord/{__version__}"
# As much as a single report or feed may have when it comes as a file; sent and unpacked.
MAX_FETCHED_BYTES = 50_000_000
MAX_REDIRECTS = 5
# For one address with its redirects and their robots.txt.
TOTAL_TIMEOUT_S = 90.0
# RFC 9309, 2.5: what stands behind need not be read.
_MAX_ROBOTS_BYTES = 512_000
_MAX_URL_CHARS = 4_000
_PART_BYTES = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_CHARSET = re.compile(r"\bcharset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# Whose own encoding is told by the server first. XML says itself how it is encoded.
_TEXT_TYPES = ("text/html", "text/plain", "application/xhtml+xml")
_SAVE_IT = "Save the page from your browser and read the file."
_MENDS = {401: _SAVE_IT, 402: _SAVE_IT, 403: _SAVE_IT, 404: "Check the address.", 410: "Check the address."} | {
    451: _SAVE_IT
}  # fmt: skip

Dispatcher = Callable[[IO[bytes], str, ReadOptions], Iterator[Read]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: where it was found in the end, behind all redirects, without fragment.
        content_type: media type in small letters, without parameters; None if the server names none.
        charset: the encoding that the server names; not checked.
        data: the content, unpacked.
    """

    url: str
    content_type: str | None
    charset: str | None
    data: bytes


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """Fetch one http or https address, if its host allows that to `USER_AGENT` in its robots.txt.

    At most `MAX_REDIRECTS` redirects, `MAX_FETCHED_BYTES` bytes and `TOTAL_TIMEOUT_S` seconds. The rules
    of a host are kept while the program runs.

    Args:
        url: may have a port, but no user name and password.
        allow_private: the address may be in a private network or on this machine.

    Raises:
        UnreadableReportError: if it cannot or may not be fetched; the message says why and what to do.
    """
    return _fetcher(allow_private).fetch(url)


def read_url(url: str, options: ReadOptions, read: Dispatcher) -> Iterator[Read]:
    """Fetch an address and read what comes: a page, a feed, a text, or any form that `read` knows.

    Args:
        url: http or https.
        options: `allow_private` is for `fetch`, the rest for `read`.
        read: tells the form of a stream and reads it; its second argument is the address in the end.

    Returns:
        What `read` gives. An article that is the whole of what was fetched, and that names no address of
        its own, has the one in the end.
    """
    try:
        fetched = fetch(url, allow_private=options.allow_private)
    except UnreadableReportError as error:
        yield error
        return
    for result in read(BytesIO(_as_declared(fetched)), fetched.url, options):
        if isinstance(result, Article) and result.url is None and result.origin == fetched.url:
            yield replace(result, url=fetched.url)
        else:
            yield result


def _as_declared(fetched: Fetched) -> bytes:
    """The content in UTF-8, if it is a text in the encoding that the server names."""
    if not fetched.charset or fetched.content_type not in _TEXT_TYPES:
        return fetched.data
    try:
        text = decode_report(fetched.data, fetched.url, as_is=True, declared=fetched.charset)
    except UnreadableReportError:
        return fetched.data  # whoever reads it says so, and better
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


@cache
def _fetcher(allow_private: bool) -> Fetcher:
    return Fetcher(allow_private=allow_private)


class _NotFetchedError(Exception):
    """Why an address is not fetched, and the mend."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.mend = mend


class _UnreachableError(_NotFetchedError):
    """No connection to the host can or may be made."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer whose body has been read."""

    url: Url
    status: int
    location: str | None
    content_type: str
    data: bytes


class Fetcher:
    """Fetches addresses and keeps the rules of their hosts (robots.txt) as long as it lives."""

    def __init__(self, *, allow_private: bool = False) -> None:
        self._allow_private = allow_private
        # Scheme, host and port -> the rules, or why they count as a refusal.
        self._rules: dict[str, Protego | str] = {}

    def fetch(self, url: str) -> Fetched:
        """As the function `fetch`."""
        deadline = Deadline(TOTAL_TIMEOUT_S)
        place = one_line(_CREDENTIALS.sub("…@", url))
        try:
            first = parse_address(url)
            answer = self._follow(first, deadline)
            if not 200 <= answer.status < 300:
                where = (
                    "" if answer.url == first else f" that it is redirected to ({one_line(answer.url.url)})"
                )
                raise _NotFetchedError(
                    f"the server{where} answers with status {answer.status}",
                    _MENDS.get(answer.status, "Try again later."),
                )
        except _NotFetchedError as error:
            raise UnreadableReportError(f"{place}: {error}. {error.mend}") from error
        charset = _CHARSET.search(answer.content_type[:1_000])
        return Fetched(
            url=answer.url.url,
            content_type=answer.content_type.partition(";")[0].strip().lower()[:200] or None,
            charset=charset[1] if charset else None,
            data=answer.data,
        )

    def _follow(self, url: Url, deadline: Deadline) -> _Answer:
        """The answer behind all redirects, each of which is checked as the first address is."""
        for _ in range(MAX_REDIRECTS + 1):
            self._heed_robots(url, deadline)
            answer = self._get(url, deadline, max_bytes=MAX_FETCHED_BYTES)
            if answer.location is None:
                return answer
            url = _redirected(url, answer.location)
        raise _NotFetchedError(
            f"it is redirected more than {MAX_REDIRECTS} times",
            "Open it in a browser and give the address that it ends at.",
        )

    def _heed_robots(self, url: Url, deadline: Deadline) -> None:
        """Raise if the host does not want the address to be fetched by programs (RFC 9309)."""
        host = url._replace(path="/robots.txt", query=None, fragment=None)
        if host.url not in self._rules:
            self._rules[host.url] = self._fetch_rules(host, deadline)
        rules = self._rules[host.url]
        if isinstance(rules, str):
            raise _NotFetchedError(
                f"{one_line(host.url)} cannot be had ({rules}), which counts as a refusal",
                f"Try again later. {_SAVE_IT}",
            )
        if not rules.can_fetch(url.url, USER_AGENT):
            raise _NotFetchedError(f"{one_line(host.url)} does not allow programs to read it", _SAVE_IT)

    def _fetch_rules(self, url: Url, deadline: Deadline) -> Protego | str:
        """The rules at an address; why they count as a refusal, if the server fails (2.3.1.4).

        Raises:
            _UnreachableError: if the page that they are for cannot be reached either.
        """
        host = url.netloc
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = self._get(url, deadline, max_bytes=_MAX_ROBOTS_BYTES, is_cut=True)
                if answer.location is None:
                    break
                url = _redirected(url, answer.location)
            else:
                return Protego.parse("")  # 2.3.1.2: as if there was none
        except _UnreachableError as error:
            if url.netloc == host:
                raise
            return str(error)
        except _NotFetchedError as error:
            return str(error)
        if answer.status >= 500:
            return f"status {answer.status}"
        is_there = 200 <= answer.status < 300
        return Protego.parse(answer.data.decode("utf-8", "replace").lstrip("\ufeff") if is_there else "")

    def _get(self, url: Url, deadline: Deadline, *, max_bytes: int, is_cut: bool = False) -> _Answer:
        """One request, without following.

        Args:
            is_cut: a body longer than `max_bytes` is cut off there, not refused.
        """
        try:
            with connect(url, deadline, allow_private=self._allow_private) as connection:
                connection.request("GET", url.request_uri, headers=_HEADERS, preload_content=False)
                response = connection.getresponse()
                location = response.headers.get("Location") if response.status in _REDIRECTS else None
                is_read = location is None and 200 <= response.status < 300
                body = _body(response, max_bytes, is_cut=is_cut) if is_read else b""
        except NoConnectionError as error:
            raise _UnreachableError(str(error), error.mend) from error
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            reason = "took too long" if deadline.is_over() else f"broke off ({_told(error)})"
            raise _NotFetchedError(f"the transfer {reason}", "Try again later.") from error
        if deadline.is_over():  # what was cut off can look whole
            raise _NotFetchedError("the transfer took too long", "Try again later.")
        return _Answer(url, response.status, location, response.headers.get("Content-Type", ""), body)


def parse_address(url: str) -> Url:
    """The parts of an address that may be fetched, in their normal form and without fragment.

    Raises:
        _NotFetchedError: if it is not http or https, has credentials or is malformed.
    """
    if len(url) > _MAX_URL_CHARS:
        raise _NotFetchedError(
            f"an address of {len(url):,} characters (limit {_MAX_URL_CHARS:,})", "Give a shorter one."
        )
    mend = "Give one like https://example.org/news/1."
    try:
        parts = parse_url(url.strip())
    except LocationParseError:
        raise _NotFetchedError("this is no web address", mend) from None
    if parts.scheme not in ("http", "https"):
        raise _NotFetchedError("only http and https addresses are fetched", mend)
    if parts.auth is not None:
        raise _NotFetchedError(
            "an address with a user name or password is not fetched",
            "Leave them out, or save the page and read the file.",
        )
    if not parts.host or "%" in parts.host or any(ord(c) < 33 or ord(c) == 127 for c in parts.request_uri):
        raise _NotFetchedError("this is no web address", mend)
    return parts._replace(path=parts.path or "/", fragment=None)


def _redirected(url: Url, location: str) -> Url:
    # Headers are read as Latin-1, but servers send UTF-8.
    location = location.strip().encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return parse_address(urljoin(url.url, location))
    except ValueError:
        raise _NotFetchedError("it is redirected to what is no web address", _SAVE_IT) from None
    except _NotFetchedError as error:
        place = one_line(_CREDENTIALS.sub("…@", location))
        raise _NotFetchedError(f"it is redirected to {place}: {error}", _SAVE_IT) from error


def _body(response: BaseHTTPResponse, max_bytes: int, *, is_cut: bool) -> bytes:
    """The content of an answer, unpacked.

    Raises:
        _NotFetchedError: if it is too long, damaged, or packed in a way that was not asked for.
    """
    too_long = _NotFetchedError(
        f"more than {max_bytes // 1_000_000} MB are sent", "Save the report alone and read the file."
    )
    packed = bytearray()
    # Not `stream`, whose lines of chunk sizes have no bound.
    while part := response.read(_PART_BYTES, decode_content=False):
        packed += part
        if len(packed) > max_bytes:
            if not is_cut:
                raise too_long
            break
    packing = response.headers.get("Content-Encoding", "")
    try:
        data, is_short = decode_content(
            bytes(packed), transfer="", content=packing, max_bytes=MAX_FETCHED_BYTES
        )
    except ContentError as error:
        raise _NotFetchedError(str(error), _SAVE_IT) from error
    if is_short and not is_cut:
        raise _NotFetchedError("what is sent breaks off", "Try again later.")
    return data[:max_bytes]


def _told(error: BaseException) -> str:
    """What went wrong in a transfer. What a server sent instead of an answer is not repeated."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    if isinstance(error, BadStatusLine):  # also if nothing comes at all
        return "no HTTP answer comes"
    if isinstance(error, IncompleteRead):
        return "it ends too early"
    if isinstance(error, TimeoutError | Urllib3TimeoutError):
        return "it stands still"
    return one_line(str(error))[:150] or type(error).__name__
