"""A question and its page: the form, what is asked as chips that can be taken away, the rows; or the whole answer as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from fastapi import Query, Request
from starlette.responses import HTMLResponse, Response

from onrecord.api import Record, Rows
from onrecord.errors import UsageError
from onrecord.printing.lines import count
from onrecord.web.asked import Pages, rows_of
from onrecord.web.downloads import download
from onrecord.web.faults import Fault, fault_of, in_page
from onrecord.web.pages import address, page
from onrecord.web.questions import Question

Form = Annotated[
    Literal["page", "csv", "json", "count"],
    Query(
        alias="as", description="The page, the whole answer as a file, or how many rows it has, to be put in."
    ),
]
Told = Callable[[Record, Rows[Any]], dict[str, Any]]
# Fields that say how an answer is shown, and leave nothing out.
_NO_CHIPS: Final = ("sort",)


class Described(NamedTuple):
    """A field as people read of it: what it is called, and what can stand in it."""

    title: str
    help: str


class Chip(NamedTuple):
    """Something that is asked, and the address of the question without it."""

    title: str
    words: str
    without: str


def show(
    request: Request,
    record: Record,
    question: Question,
    *,
    form: str,
    number: int,
    template: str,
    title: str,
    tell: Told = lambda _, __: {},
    **told: Any,
) -> Response:
    """A question answered in the form that is asked for. On a page, what is wrong with the question stands at its field.

    Args:
        record: the one that is open.
        number: of the page, from 1.
        title: plain words.
        tell: of the rows that are shown, what the template tells beside them; of the record as it is asked.
        told: what the template tells in any case.

    Raises:
        UsageError: for a question that cannot be meant, where it is no page that is asked for.
    """
    if form in ("csv", "json"):
        return download(question, question.seen(record), form)
    if form == "count":
        rows = question.rows(question.seen(record), limit=1, exact=True)
        return HTMLResponse(count(rows.total, *question.rows_are, is_grouped=True))
    found: Rows[Any] | None = None
    fault: Fault | None = None
    beside: dict[str, Any] = {}
    try:
        seen = question.seen(record)
        found = question.rows(seen, **rows_of(number))
        beside = tell(seen, found)
    except UsageError as error:
        found, fault = None, fault_of(error, described(type(question)))
    return page(
        request,
        template,
        title,
        status=400 if fault and not fault.is_too_much else 200,
        found=found,
        fault=fault,
        question=question,
        path=f"/{question.name}",
        asked=question.asked,
        described=described(type(question)),
        chips=chips(question),
        pages=Pages(number, found.total if found else 0),
        in_page=in_page,
        **(told | beside),
    )


def described(question: type[Question]) -> dict[str, Described]:
    """The fields of a question by their names, as its description tells them."""
    found = {}
    for name, hint in get_type_hints(question, include_extras=True).items():
        if get_origin(hint) is Annotated:
            told = get_args(hint)[1]
            found[name] = Described(told.title or name, told.description or "")
    return found


def chips(question: Question) -> list[Chip]:
    """What is asked, each with the address of the question without it."""
    asked = question.asked
    titles = described(type(question))
    found = []
    for name, value in asked.items():
        if name in _NO_CHIPS:
            continue
        rest = {n: v for n, v in asked.items() if n != name}
        if isinstance(value, list):
            for one in value:
                others = rest | {name: [v for v in value if v != one]}
                found.append(Chip(titles[name].title, one, address(f"/{question.name}", **others)))
            continue
        words = "" if value is True else "no" if value == "false" else str(value)
        found.append(Chip(titles[name].title, words, address(f"/{question.name}", **rest)))
    return found
