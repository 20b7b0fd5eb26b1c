"""The documentation, served inside: what the words mean, and what can be asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from onrecord.web.markdown import as_html
from onrecord.web.pages import page
from onrecord.web.shipped import shipped

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# Who comes to the reading room first needs these, in this order; the others follow by their names.
_FIRST: Final = (
    "reading-room",
    "glossary",
    "kinds",
    "statements",
    "events",
    "stories",
    "actors",
    "corrections",
    "asking",
)


@router.get("/docs")
def documents(request: Request) -> HTMLResponse:
    """All pages by their titles."""
    names = sorted(_pages(), key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), "/" in n, n))
    return page(request, "documents.html", "Help", pages=[(name, _read(name)[0]) for name in names])


@router.get("/docs/{name:path}")
def document(request: Request, name: str) -> HTMLResponse:
    """One page."""
    if name not in _pages():
        raise HTTPException(404)
    title, told = _read(name)
    return page(request, "document.html", title, told=told)


@lru_cache(1)
def _pages() -> frozenset[str]:
    """The pages that there are: nothing else is opened, whatever an address names."""
    folder = shipped("docs")
    return frozenset(
        str(PurePosixPath(path.relative_to(folder).with_suffix(""))) for path in folder.rglob("*.md")
    )


@lru_cache(64)
def _read(name: str) -> tuple[str, Markup]:
    return as_html(name, (shipped("docs") / f"{name}.md").read_text(encoding="utf-8"))
