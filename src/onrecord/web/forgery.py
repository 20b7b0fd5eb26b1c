"""Forms that somebody else's page sends in a reader's name (cross-site request forgery) are told from ours by a token.

The token is made from the visit, which a cookie names, or the session, with a secret that only this process knows (OWASP, *Cross-Site
Request Forgery Prevention*, signed double submit). Beside it `safety.Guard` refuses whatever a browser says comes from another site.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request

NOT_OURS: Final = "This form is too old, or not ours. Open its page again and send it from there."


def token_of(request: Request) -> str:
    """The token that a form on a page for this visit must bring back."""
    secret: bytes = request.app.state.secret
    visit: str = request.state.visit
    return hmac.new(secret, visit.encode(), sha256).hexdigest()


def is_ours(request: Request, token: str) -> bool:
    """Was a form sent from a page of this visit?"""
    return hmac.compare_digest(token_of(request).encode(), token.encode("utf-8", "replace"))


def _refuse_others(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> None:
    if not is_ours(request, csrf):
        raise HTTPException(403, NOT_OURS)


# For a room that takes a form and changes nothing on record; one that does takes `changes.Changing`.
OurForm = Annotated[None, Depends(_refuse_others)]
