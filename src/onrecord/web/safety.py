"""What holds for every answer of the reading room: to whom it is given, and what a browser may do with it.

What reports say is hostile until it is escaped. Should a word get by the escaping all the same, the browser is told to run no script but
ours, to load nothing from elsewhere and to send nothing elsewhere (Content Security Policy Level 3). A page of somebody else's that gets its
own name to mean this machine (DNS rebinding) is answered nothing, since it asks for another host; a form of theirs is refused by what
browsers tell of where it comes from (Fetch Metadata, RFC 6454).
"""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import UsageError
from onrecord.web.admission import Admission, MustWaitError
from onrecord.web.bounds import bounded, is_adding, is_announced_too_long, is_head_too_long, too_long
from onrecord.web.cookies import is_secure, session_of, visit_cookie, visit_of
from onrecord.web.limits import Limit, neighbourhood
from onrecord.web.readers import Reader

_LOG: Final = logging.getLogger("onrecord.web")
# The names by which this machine knows itself.
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS: Final = {
    "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    # For browsers that do not know `frame-ancestors`.
    "x-frame-options": "DENY",
    # Others are told nothing. With `no-referrer` browsers send our own forms as from nowhere (`Origin: null`; Fetch, 3.2).
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()",
    # A correction must be seen at once, and nothing be found in the browser by who comes after.
    "cache-control": "no-store",
}
# RFC 6797: whoever came by TLS once does not come without for a year.
_STRICT_TRANSPORT: Final = "max-age=31536000"
_READS: Final = frozenset({"GET", "HEAD"})
SIGN_IN: Final = "/sign-in"
# What is shown to who has not signed in: the page on which it is done, with its style.
_OPEN: Final = frozenset({SIGN_IN, "/static/style.css", "/static/icon.svg"})
# Programs that read feeds cannot sign in. What they ask for has 128 random bits at least in its address, which is all that lets them in.
_FEED: Final = re.compile(r"/watch/feed/[A-Za-z0-9_-]{22,128}(?:\.xml)?")
_FEED_READER: Final = Reader("feed", may_change=False)
# The file's name and what is wrong with it are for who runs the room.
CANNOT_TELL: Final = (
    "Who may sign in cannot be told just now. Ask whoever runs the reading room to look at its messages."
)
_NOBODY: Final = Reader("", may_change=False)
# Reports that one reader adds in a minute, a form each.
MOST_ADDED: Final = 30
_ADDED_COUNT_S: Final = 60.0


class Guard:
    """Lets in who asks for this room by one of its names, has signed in where that is asked, and sends a form of ours if it changes
    anything; puts `HEADERS` on every answer, bounds what comes, and tells the rooms who asks.

    Args:
        app: the rooms.
        admission: who is let in.
        hosts: the names by which the room is asked for.
        any_address: it may also be asked for by whichever address of this machine a request came to.
    """

    def __init__(
        self,
        app: ASGIApp,
        admission: Admission,
        hosts: Collection[str] = LOOPBACK,
        *,
        any_address: bool = False,
    ) -> None:
        self._app = app
        self._admission = admission
        self._hosts = frozenset(host.lower() for host in hosts)
        self._any_address = any_address
        self._added = Limit(MOST_ADDED, _ADDED_COUNT_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given_visit = visit_of(scope)
        visit = given_visit or secrets.token_urlsafe(24)
        is_head = scope["method"] == "HEAD"

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    told[name] = value
                if "etag" in told:
                    # What tells whether it has changed may be kept, and is asked for each time.
                    told["cache-control"] = "no-cache"
                if is_secure(scope):
                    told["strict-transport-security"] = _STRICT_TRANSPORT
                if not given_visit:
                    told.append("set-cookie", visit_cookie(scope, visit))
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        refusal, reader, session = self._let_in(scope)
        # A form is bound to the session in which its page was shown, so that it is worth nothing in another.
        scope.setdefault("state", {}).update(reader=reader, visit=session or visit)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        # Rooms say what is at an address; that only its head is wanted does not concern them.
        await self._app(
            {**scope, "method": "GET"} if is_head else scope, bounded(scope, receive), send_guarded
        )

    def _let_in(self, scope: Scope) -> tuple[Response | None, Reader, str | None]:
        """Why a request is not answered, if it is not; who asks, and in which session."""
        refusal = self._refused_to_all(scope)
        if refusal is not None:
            return refusal, _NOBODY, None
        try:
            reader, session = self._who_asks(scope)
        except MustWaitError as error:
            return _refused(scope, 429, f"Too many wrong tokens. Try again in {error.wait_s} s.", {"retry-after": str(error.wait_s)}), _NOBODY, None  # fmt: skip
        except UsageError as error:
            _LOG.error("%s", error)
            return _refused(scope, 503, CANNOT_TELL), _NOBODY, None
        if reader is None:
            return (None if scope["path"] in _OPEN else _unknown(scope)), _NOBODY, None
        if scope["method"] == "POST" and is_adding(scope["path"]):
            key = (reader.name, neighbourhood(_address(scope)))
            if wait_s := self._added.wait_s(key):
                told = f"More than {MOST_ADDED} forms a minute were sent to Add. Try again in {wait_s} s, or give more files at a time."
                return _refused(scope, 429, told, {"retry-after": str(wait_s)}), reader, session
        return None, reader, session

    def _refused_to_all(self, scope: Scope) -> Response | None:
        """Why a request is not answered, whoever asks."""
        if is_head_too_long(scope):
            return _refused(scope, 431, "The address and its headers are too long. Ask less at a time.")
        headers = Headers(scope=scope)
        if not self._is_host(_host(headers), scope):
            names = ", ".join(sorted(self._hosts))
            return PlainTextResponse(
                f"The reading room is asked for by these names alone, with its port: {names}.", 421
            )
        if scope["method"] not in _READS and scope["method"] != "POST":
            return _refused(scope, 405, "The reading room knows GET, HEAD and POST.", {"allow": "GET, HEAD, POST"})  # fmt: skip
        if scope["method"] == "POST" and _comes_from_elsewhere(headers):
            return _refused(scope, 403, "This form comes from another site.")
        if is_announced_too_long(scope):
            # What comes all the same is not read.
            return _refused(scope, 413, too_long(scope["path"]), {"connection": "close"})
        return None

    def _who_asks(self, scope: Scope) -> tuple[Reader | None, str | None]:
        """Who asks, and in which session; None who has not signed in and must.

        Raises:
            MustWaitError: after too many wrong tokens.
            UsageError: if the users file cannot be read any more.
        """
        if everybody := self._admission.everybody():
            return everybody, None
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._admission.by_token(token.strip(), _address(scope)), None
        session = session_of(scope)
        reader = self._admission.in_session(session) if session else None
        if reader is None and scope["method"] in _READS and _FEED.fullmatch(scope["path"]):
            return _FEED_READER, None
        return reader, session if reader else None

    def _is_host(self, host: str, scope: Scope) -> bool:
        if host in self._hosts:
            return True
        if not self._any_address or not scope.get("server"):
            return False
        # Only pages of the very address send it: no name can be made to mean it.
        asked, there = _ip(host.strip("[]")), _ip(scope["server"][0])
        return asked is not None and asked == there


def _unknown(scope: Scope) -> Response:
    """What is told to who has not signed in."""
    told = "Sign in first."
    if scope["path"].startswith("/api/"):
        mend = "Send a token: Authorization: Bearer TOKEN."
        return _refused(scope, 401, f"{told} {mend}", {"www-authenticate": 'Bearer realm="onrecord"'})
    if "hx-request" in Headers(scope=scope):
        # htmx would put the page into the place of a part.
        return PlainTextResponse(told, 401, {"hx-redirect": SIGN_IN, "www-authenticate": "Bearer"})
    query = scope["query_string"].decode("latin-1")
    asked = quote(scope["path"]) + (f"?{query}" if query else "")
    then = f"?{urlencode({'next': asked})}" if scope["method"] in _READS and asked != "/" else ""
    return RedirectResponse(f"{SIGN_IN}{then}", status_code=303)


def _refused(scope: Scope, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    if scope["path"].startswith("/api/"):
        told = msgspec.json.encode({"error": words})
        return Response(told, status, headers, media_type="application/json")
    return PlainTextResponse(words, status, headers)


def _comes_from_elsewhere(headers: Headers) -> bool:
    """Does a browser say that a request was made by a page of another site? Who is no browser says nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc != headers.get("host", "")
    except ValueError:
        return True


def _host(headers: Headers) -> str:
    """The host that is asked for, without its port; none if several are."""
    if len(headers.getlist("host")) != 1:
        return ""
    host = headers["host"].lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host


def _address(scope: Scope) -> str:
    """Where a request comes from."""
    client: Any = scope.get("client")
    return str(client[0]) if client else ""


def _ip(told: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(told.partition("%")[0])
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip
