"""What holds for every answer of the reading room: to whom it is given, and what a browser may do with it.

What reports say is hostile until it is escaped. Should a word get by the escaping all the same, the browser is told to run no script, to
load nothing from elsewhere and to send nothing elsewhere (Content Security Policy Level 3). A page of somebody else's that gets its own
name to mean this machine (DNS rebinding) is answered nothing, since it asks for another host.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The names by which this machine knows itself.
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS: Final = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # A correction must be seen at once.
    "cache-control": "no-store",
}


class Guard:
    """Lets in who asks for this machine by one of its names, with a method that only reads; puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if _host(scope) not in LOOPBACK:
            told = (
                "The reading room answers on this machine alone: open it as http://127.0.0.1 with its port."
            )
            await PlainTextResponse(told, status_code=421)(scope, receive, send_guarded)
        elif scope["method"] not in ("GET", "HEAD"):
            told = "The reading room only reads."
            await PlainTextResponse(told, 405, {"allow": "GET, HEAD"})(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)


def _host(scope: Scope) -> str:
    """The host that is asked for, without its port."""
    host = Headers(scope=scope).get("host", "").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
