"""Pictures of an answer: over time, who on whom, a network, a map, a timeline; each with its rows as text."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
