"""The application: pages and JSON of one record that is open, as ASGI 3."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import msgspec
from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.api import Record
from onrecord.errors import OnrecordError, UsageError
from onrecord.record.login import login_name
from onrecord.record.store import Record as Store
from onrecord.scale.cores import usable_cores
from onrecord.web import answers
from onrecord.web.admission import Admission
from onrecord.web.crew import Crew, Shared, answer_all, leave_interrupts_alone
from onrecord.web.lately import Lately
from onrecord.web.pages import page, prepare_pages
from onrecord.web.rooms import (
    actor,
    adding,
    contradictions,
    correcting,
    documents,
    events,
    front,
    pictures,
    place,
    predictions,
    report,
    said,
    search,
    signing_in,
    sources,
    story,
    suggesting,
    timeline,
    watching,
    who_is_who,
)
from onrecord.web.safety import LOOPBACK, Guard

_STATIC: Final = Path(__file__).with_name("static")
_ROOMS: Final = (
    front, search, said, events, timeline, predictions, contradictions, sources, place, suggesting, pictures, story, report, actor,
    who_is_who, watching, correcting, adding, documents, signing_in,
)  # fmt: skip

# The last part of addresses that name one thing which may not be there (any more).
_ONE_THING: Final = (
    "report",
    "actor",
    "story",
    "place",
    "actors",
    "compare",
    "changed",
    "quotations",
    "correct",
)
_WAITING_FOR_THE_DISK: Final = 1


def make_app(
    record: Record,
    store: Store | None = None,
    *,
    admission: Admission | None = None,
    hosts: Collection[str] = LOOPBACK,
    any_address: bool = False,
    crew: Crew | None = None,
    secret: bytes | None = None,
) -> FastAPI:
    """The reading room of a record, which stays open as long as it is used and is closed by who opened it.

    Args:
        store: the same record, open for writing; None for a room in which nothing can be changed.
        admission: who is let in; None is everybody, which is for a room that only this machine reaches.
        hosts, any_address: by which names it is asked for (`Guard`).
        crew: other processes that answer what only asks, with rooms of the same secret.
        secret: what the tokens of forms are made with; a new one if it is None.
    """
    app = make_rooms(record, secret or secrets.token_bytes(32), store)
    admission = admission or Admission(local=login_name(), may_change=store is not None)
    app.state.admission = admission
    if crew:
        app.add_middleware(Shared, crew=crew)
    app.add_middleware(Guard, admission=admission, hosts=hosts, any_address=any_address)
    return app


def make_rooms(record: Record, secret: bytes, store: Store | None = None) -> FastAPI:
    """The rooms alone, for whoever has been let in already: a request tells by its state who asks (`reader`) and in which `visit`.

    Args:
        secret: what the tokens of forms are made with. Forms of another run of the program are not ours any more.
        store: as in `make_app`.
    """
    app = FastAPI(
        lifespan=_few_at_a_time,
        title="onrecord",
        version=__version__,
        description="Who said what, who did what to whom, and where it is printed. Never what is true.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.record = record
    app.state.store = store
    app.state.lately = Lately()
    app.state.secret = secret
    for room in _ROOMS:
        app.include_router(room.router)
    app.include_router(answers.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(UsageError, _cannot_be_meant)
    app.add_exception_handler(OnrecordError, _cannot_be_read)
    app.add_exception_handler(RequestValidationError, _is_no_question)
    app.add_exception_handler(HTTPException, _is_not_there)
    return app


def answer_in_crew(connection: Connection, where: str, secret: bytes) -> None:
    """What a process of a crew runs: the rooms of a record, for reading alone, over a connection.

    Args:
        where: the record's path or address.
        secret: that of the process that listens.
    """
    leave_interrupts_alone()
    prepare_pages()
    with Record.open(where, read_only=True) as record:
        answer_all(connection, make_rooms(record, secret))


@asynccontextmanager
async def _few_at_a_time(app: FastAPI) -> AsyncIterator[None]:
    """Let few questions be answered at once, and the others wait for their turn: all at once would each take as long as all together,
    since one interpreter answers them."""
    current_default_thread_limiter().total_tokens = usable_cores() + _WAITING_FOR_THE_DISK
    yield


def _cannot_be_meant(request: Request, error: Exception) -> Response:
    # Who names what is not there has mostly followed a link that was kept.
    is_one_thing = request.url.path.rpartition("/")[2] in _ONE_THING
    return _told(request, 404 if is_one_thing else 400, " ".join(str(error).split()))


def _cannot_be_read(request: Request, error: Exception) -> Response:
    return _told(request, 503, " ".join(str(error).split()))


def _is_no_question(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors()]
    return _told(request, 400, f"{'; '.join(faults)}. Change the address.")


def _is_not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    is_unexplained = error.detail == HTTPStatus.NOT_FOUND.phrase
    words = "There is no page here. Begin with the front page." if is_unexplained else error.detail
    return _told(request, error.status_code, words)


def _told(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return Response(msgspec.json.encode({"error": words}), status, media_type="application/json")
    return page(request, "error.html", "This cannot be shown", status=status, words=words)
