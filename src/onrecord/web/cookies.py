"""The two cookies of the reading room: the visit, by which its forms are known again, and the session of who has signed in.

Neither can be read by a script or is sent along by pages of others, and both go with the browser. Under TLS their names begin with `__Host-`,
so that no neighbour in the domain can set them (RFC 6265bis, 4.1.3.2). Cookies know no ports: the port stands in the names, so that two
rooms on one machine do not sign each other's readers out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

_VISIT: Final = "onrecord-visit"
_SESSION: Final = "onrecord-session"
# Ids are 32 and 43 characters; whatever is far from it is none of ours.
_ID_CHARS: Final = range(20, 101)


def visit_of(scope: Mapping[str, Any]) -> str | None:
    """The visit that a request names."""
    return _value(scope, _VISIT)


def session_of(scope: Mapping[str, Any]) -> str | None:
    """The id of a session that a request names."""
    return _value(scope, _SESSION)


def visit_cookie(scope: Mapping[str, Any], id: str) -> str:
    """The header that gives a browser a visit."""
    return _header(scope, _VISIT, id)


def session_cookie(scope: Mapping[str, Any], id: str) -> str:
    """The header that gives a browser a session."""
    return _header(scope, _SESSION, id)


def no_session_cookie(scope: Mapping[str, Any]) -> str:
    """The header that takes it away."""
    return f"{_header(scope, _SESSION, '')}; Max-Age=0"


def is_secure(scope: Mapping[str, Any]) -> bool:
    """Did a request come by TLS, here or as a proxy says whom we believe?"""
    return bool(scope["scheme"] == "https")


def _value(scope: Mapping[str, Any], name: str) -> str | None:
    sent = "; ".join(Headers(raw=scope["headers"]).getlist("cookie"))
    value = cookie_parser(sent).get(_full_name(scope, name), "")
    return value if len(value) in _ID_CHARS and value.isascii() else None


def _header(scope: Mapping[str, Any], name: str, value: str) -> str:
    secure = "; Secure" if is_secure(scope) else ""
    return f"{_full_name(scope, name)}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"


def _full_name(scope: Mapping[str, Any], name: str) -> str:
    host = Headers(raw=scope["headers"]).get("host", "")
    port = host.rpartition(":")[2]
    own = f"{name}-{port}" if port.isascii() and port.isdecimal() and ":" in host else name
    return f"__Host-{own}" if is_secure(scope) else own
