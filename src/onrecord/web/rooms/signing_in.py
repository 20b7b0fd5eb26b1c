"""Sign in and out."""

from __future__ import annotations

import logging
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.web.admission import Admission, MustWaitError
from onrecord.web.cookies import no_session_cookie, session_cookie, session_of
from onrecord.web.forgery import OurForm
from onrecord.web.pages import page
from onrecord.web.passwords import MOST_CHARS
from onrecord.web.readers import reader_of
from onrecord.web.safety import CANNOT_TELL, SIGN_IN

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_LOG: Final = logging.getLogger("onrecord.web")
_WRONG: Final = "That does not fit. Check it and try again."
_LONGEST_ADDRESS: Final = 8_000


@router.get(SIGN_IN)
def sign_in_page(request: Request, next: Annotated[str, Query(max_length=_LONGEST_ADDRESS)] = "") -> Response:
    """The page on which one signs in; who has, or need not, is led on."""
    if not _admission(request).asks or reader_of(request).signed_in:
        return RedirectResponse(address_here(next), status_code=303)
    return _page(request, next)


@router.post(SIGN_IN)
def sign_in(  # nosec B107  # a field that is left empty, no password
    request: Request,
    ours: OurForm,
    name: Annotated[str, Form(max_length=500)] = "",
    password: Annotated[str, Form(max_length=MOST_CHARS)] = "",
    next: Annotated[str, Form(max_length=_LONGEST_ADDRESS)] = "",
) -> Response:
    """Begin a session with a name and a password, or with the token."""
    admission = _admission(request)
    if not admission.asks:
        return RedirectResponse("/", status_code=303)
    address = request.client.host if request.client else ""
    try:
        session = admission.sign_in(name, password, address)
    except MustWaitError as error:
        told = f"Too many tries. Another one is taken in {error.wait_s} s."
        refusal = _page(request, next, name=name, wrong=told, status=429)
        refusal.headers["retry-after"] = str(error.wait_s)
        return refusal
    except UsageError as error:
        _LOG.error("%s", error)
        return _page(request, next, name=name, wrong=CANNOT_TELL, status=503)
    if session is None:
        # What was typed is not told: people type passwords where names belong.
        _LOG.warning("sign-in refused, from %s", address)
        return _page(request, next, name=name, wrong=_WRONG, status=403)
    if before := session_of(request.scope):
        admission.sign_out(before)
    answer = RedirectResponse(address_here(next), status_code=303)
    answer.headers.append("set-cookie", session_cookie(request.scope, session))
    return answer


@router.post("/sign-out")
def sign_out(request: Request, ours: OurForm) -> Response:
    """End the session."""
    if session := session_of(request.scope):
        _admission(request).sign_out(session)
    answer = RedirectResponse(SIGN_IN, status_code=303)
    answer.headers.append("set-cookie", no_session_cookie(request.scope))
    return answer


def address_here(asked: str) -> str:
    """An address of this room to go on to; the front page for whatever leads elsewhere.

    >>> address_here("/said?by=Orpel"), address_here("https://evil.example"), address_here("//evil.example")
    ('/said?by=Orpel', '/', '/')
    """
    # Browsers take \ for / and leave out control characters.
    is_plain = asked.isascii() and asked.isprintable() and "\\" not in asked and " " not in asked
    if not is_plain or not asked.startswith("/") or asked.startswith("//"):
        return "/"
    try:
        parts = urlsplit(asked)
    except ValueError:
        return "/"
    is_elsewhere = parts.scheme or parts.netloc or parts.path in (SIGN_IN, "/sign-out")
    return "/" if is_elsewhere else asked


def _page(request: Request, next: str, *, name: str = "", wrong: str = "", status: int = 200) -> HTMLResponse:
    admission = _admission(request)
    return page(
        request,
        "signing_in.html",
        "Sign in",
        status=status,
        next=address_here(next),
        name=name,
        wrong=wrong,
        by_name=admission.users is not None,
        by_token=admission.has_token,
    )


def _admission(request: Request) -> Admission:
    admission: Admission = request.app.state.admission
    return admission
