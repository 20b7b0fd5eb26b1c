"""Watch: questions that are kept, what is new in them, and a feed of each."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
