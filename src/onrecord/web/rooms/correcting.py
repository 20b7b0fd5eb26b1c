"""Correct: a statement or an event is marked wrong or put right, and that is taken back."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
