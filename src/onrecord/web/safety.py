"""What holds for every answer of the reading room: to whom it is given, and what a browser may do with it.

What reports say is hostile until it is escaped. Should a word get by the escaping all the same, the browser is told to run no script but
ours, to load nothing from elsewhere and to send nothing elsewhere (Content Security Policy Level 3). A page of somebody else's that gets its
own name to mean this machine (DNS rebinding) is answered nothing, since it asks for another host; a form of theirs is refused by what
browsers tell of where it comes from (Fetch Metadata, RFC 6454).
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.readers import Reader

# The names by which this machine knows itself.
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS: Final = {
    "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # A correction must be seen at once.
    "cache-control": "no-store",
}
_READS: Final = frozenset({"GET", "HEAD"})
_COOKIE: Final = "onrecord-visit"


class Guard:
    """Lets in who asks for this machine by one of its names, with a form of ours if it changes anything; puts `HEADERS` on every
    answer, and tells the rooms who asks."""

    def __init__(self, app: ASGIApp, local: Reader) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        visit = _visit(headers)
        new = visit or secrets.token_urlsafe(24)
        scope.setdefault("state", {}).update(reader=self._local, visit=new)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    told[name] = value
                if not visit:
                    told.append("set-cookie", f"{_COOKIE}={new}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        if _host(headers) not in LOOPBACK:
            told = (
                "The reading room answers on this machine alone: open it as http://127.0.0.1 with its port."
            )
            await PlainTextResponse(told, status_code=421)(scope, receive, send_guarded)
        elif scope["method"] not in _READS and scope["method"] != "POST":
            await PlainTextResponse(
                "The reading room knows GET, HEAD and POST.", 405, {"allow": "GET, HEAD, POST"}
            )(scope, receive, send_guarded)
        elif scope["method"] == "POST" and _comes_from_elsewhere(headers):
            await PlainTextResponse("This form comes from another site.", 403)(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


def _comes_from_elsewhere(headers: Headers) -> bool:
    """Does a browser say that a request was made by a page of another site? Who is no browser says nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _visit(headers: Headers) -> str | None:
    """The visit that a cookie names."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(_COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie and 20 <= len(cookie.value) <= 100 else None


def _host(headers: Headers) -> str:
    """The host that is asked for, without its port."""
    host = headers.get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
