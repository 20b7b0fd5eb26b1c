"""Templates -> pages: every word is escaped, and nothing in it can turn the writing or move the cursor."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from onrecord.printing.lines import count, one_line
from onrecord.printing.printable import make_printable
from onrecord.printing.site.report_page import days_in_words
from onrecord.record.export.cells import legible
from onrecord.record.export.iris import web_address
from onrecord.record.export.statements import article_of, words_of
from onrecord.web.forgery import token_of
from onrecord.web.readers import reader_of

# The rooms that every page leads to; those in which something is changed only for who may.
_ROOMS: Final = (
    ("/said", "Statements"),
    ("/events", "Events"),
    ("/stories", "Stories"),
    ("/sources", "Who is heard"),
    ("/pictures", "Pictures"),
    ("/watch", "Watch"),
    ("/corrections", "Corrections"),
    ("/add", "Add"),
    ("/docs", "Help"),
)


def page(request: Request, template: str, title: str, *, status: int = 200, **told: Any) -> HTMLResponse:
    """A page of a template, which is told beside `told` who reads (`reader`), the token of its forms (`csrf`) and the address at which it
    stands (`here`).

    Args:
        title: plain words.
        told: what the template tells.
    """
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    told |= {"reader": reader_of(request), "csrf": token_of(request), "here": here}
    written = _environment().get_template(template).render(title=title, **told)
    return HTMLResponse(written, status_code=status)


def prepare_pages() -> None:
    """Read all templates, which takes a second that nobody then waits for."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def address(path: str, **asked: Any) -> str:
    """The address of a question; what is not asked is left out.

    >>> address("/said", by="Orpel & Co", kind=None)
    '/said?by=Orpel+%26+Co'
    """
    given = {name: value for name, value in asked.items() if value not in (None, "", False)}
    # Half a character can be in an id, but in no address.
    query = urlencode(given, doseq=True, errors="surrogatepass")
    return f"{path}?{query}" if query else path


@lru_cache(1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        # Templates do not change while they are served, and looking whether they did takes time with each page.
        auto_reload=False,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "rooms": _ROOMS,
        "address": address,
        "article_of": article_of,
        "count": count,
        "days": days_in_words,
        "words_of": words_of,
        "anchor": lambda id: id.rpartition("#")[2],
    }
    made.filters |= {"one_line": lambda told: one_line(str(told)), "web": web_address, "moment": _moment}
    return made


def _finalized(told: Any) -> Any:
    """Words as they may be written; what is unknown is not written."""
    if told is None:
        return ""
    return make_printable(legible(told)) if isinstance(told, str) and not isinstance(told, Markup) else told


def _moment(published: str | None) -> str:
    """When a report was published, for people: to the minute, as far as it is known.

    >>> _moment("2024-06-16T23:52:10+00:00"), _moment("2024-06-16"), _moment(None)
    ('2024-06-16 23:52', '2024-06-16', '')
    """
    return (published or "").replace("T", " ")[:16]
