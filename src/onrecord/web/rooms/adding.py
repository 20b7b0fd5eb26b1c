"""Add: reports that are pasted, fetched or given as files are read into the record, in a process of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, FastAPI, File, Form, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.record.asking.given import read_day
from onrecord.record.store import Record as Store
from onrecord.web.changes import MAY_NOT, Changing
from onrecord.web.pages import page
from onrecord.web.readers import reader_of
from onrecord.web.reading_jobs import Job, Jobs
from onrecord.web.reading_process import Given, GivenAddress, GivenText
from onrecord.web.uploads import MAX_BYTES, MAX_FILE_BYTES, MAX_FILES, keep_uploads

MAX_ADDRESSES: Final = 20
# As much as a field of a form holds; what is longer comes as a file.
_MAX_TEXT: Final = 1_000_000
_MAX_WORDS: Final = 500
_MAX_ADDRESS: Final = 4_000
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_FIELDS: Final = dict.fromkeys(("text", "title", "outlet", "published", "url", "addresses"), "")
_MAKING: Final = threading.Lock()
_GONE: Final = "This reading is not remembered any more. What it recorded is on record."

Short = Annotated[str, Form(max_length=_MAX_WORDS)]
Address = Annotated[str, Form(max_length=_MAX_ADDRESS)]
Text = Annotated[str, Form(max_length=_MAX_TEXT)]
Addresses = Annotated[str, Form(max_length=MAX_ADDRESSES * _MAX_ADDRESS)]


@asynccontextmanager
async def _until_the_room_ends(app: FastAPI) -> AsyncIterator[None]:
    yield
    if jobs := getattr(app.state, "reading_jobs", None):
        await run_in_threadpool(jobs.close)


router: Final = APIRouter(
    include_in_schema=False, default_response_class=HTMLResponse, lifespan=_until_the_room_ends
)


@router.get("/add")
def add(request: Request) -> HTMLResponse:
    """Forms for a text, for addresses and for files, and what was added before."""
    return _forms(request, _FIELDS)


@router.post("/add/text")
def add_text(
    request: Request,
    change: Changing,
    text: Text = "",
    title: Short = "",
    outlet: Short = "",
    published: Short = "",
    url: Address = "",
) -> Response:
    """Read a text that was pasted."""
    told = {"title": title, "outlet": outlet, "published": published, "url": url}

    def given(_: Path) -> Sequence[Given]:
        if not text.strip():
            raise UsageError("There is no text. Paste that of a report.")
        read_day(published.strip() or None, "Published")
        if url.strip() and not _ADDRESS.match(url.strip()):
            raise UsageError(f"{url.strip()}: not a web address. Give one like https://example.org/news/1.")
        return [GivenText(text, **{name: words.strip() or None for name, words in told.items()})]

    return _added(request, change.who, given, {"text": text} | told, "text")


@router.post("/add/address")
def add_addresses(request: Request, change: Changing, addresses: Addresses = "") -> Response:
    """Fetch web addresses, a line each, and read what they give."""

    def given(_: Path) -> Sequence[Given]:
        lines = list(dict.fromkeys(addresses.split()))
        if not lines:
            raise UsageError("There is no address. Give one like https://example.org/news/1.")
        if len(lines) > MAX_ADDRESSES:
            raise UsageError(f"More than {MAX_ADDRESSES} addresses. Add them in several goes.")
        for line in lines:
            if not _ADDRESS.match(line):
                raise UsageError(f"{line}: not a web address. Give one like https://example.org/news/1.")
        return [GivenAddress(line) for line in lines]

    return _added(request, change.who, given, {"addresses": addresses}, "address")


@router.post("/add/files")
def add_files(
    request: Request,
    change: Changing,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006  # FastAPI copies it
) -> Response:
    """Read files, whatever their form."""

    def given(folder: Path) -> Sequence[Given]:
        sent = [(file.filename, file.file) for file in files if file.filename or file.size]
        if not sent:
            raise UsageError("There is no file. Choose some.")
        return list(keep_uploads(sent, folder))

    return _added(request, change.who, given, {}, "files")


@router.get("/add/{id}")
def job(request: Request, id: str) -> HTMLResponse:
    """How far a reading is, and what became of each report."""
    found = _job(request, id)
    return _gone(request) if found is None else _told(request, found, "add_job.html")


@router.get("/add/{id}/progress")
def progress(request: Request, id: str) -> HTMLResponse:
    """The part of that page that changes while it is read."""
    found = _job(request, id)
    return _gone(request) if found is None else _told(request, found, "add_progress.html")


@router.post("/add/{id}/stop")
def stop(request: Request, change: Changing, id: str) -> Response:
    """Read no more of it."""
    found = _job(request, id)
    if found is None:
        return _gone(request)
    _jobs(request, change.store).stop(found)
    return RedirectResponse(f"/add/{found.id}", 303)


def _added(
    request: Request,
    who: str,
    given: Callable[[Path], Sequence[Given]],
    fields: Mapping[str, str],
    form: str,
) -> Response:
    """To the page of a new reading; to the form again, with its words, if it cannot be meant."""
    try:
        job = _jobs(request, request.app.state.store).add(who, given)
    except UsageError as error:
        return _forms(request, _FIELDS | dict(fields), fault=(form, str(error)))
    return RedirectResponse(f"/add/{job.id}", 303)


def _forms(request: Request, fields: Mapping[str, str], fault: tuple[str, str] | None = None) -> HTMLResponse:
    store, reader = request.app.state.store, reader_of(request)
    may_add = store is not None and reader.may_change
    jobs = _jobs(request, store).of(reader.name) if may_add else []
    return page(
        request,
        "add.html",
        "Add reports",
        status=400 if fault else 200,
        fields=fields,
        fault=fault,
        jobs=jobs,
        may_add=may_add,
        may_not=MAY_NOT,
        most={"addresses": MAX_ADDRESSES, "files": MAX_FILES, "MB": MAX_BYTES // 1_000_000, "each": MAX_FILE_BYTES // 1_000_000},
    )  # fmt: skip


def _told(request: Request, job: Job, template: str) -> HTMLResponse:
    jobs = _jobs(request, request.app.state.store)
    return page(request, template, _title(job), job=job, ahead=jobs.ahead_of(job))


def _title(job: Job) -> str:
    return {"done": "Read", "stopped": "Stopped", "failed": "Broken off"}.get(job.state, "Reading")


def _gone(request: Request) -> HTMLResponse:
    return page(request, "error.html", "This cannot be shown", status=404, words=_GONE)


def _job(request: Request, id: str) -> Job | None:
    store = request.app.state.store
    return None if store is None else _jobs(request, store).find(id, reader_of(request).name)


def _jobs(request: Request, store: Store) -> Jobs:
    """The jobs of the room, made when somebody asks for them first."""
    state = request.app.state
    with _MAKING:
        if not hasattr(state, "reading_jobs"):
            place = store.location
            where = (
                str(place.path.resolve()) if place.path else place.url.render_as_string(hide_password=False)
            )
            state.reading_jobs = Jobs(where)
        jobs: Jobs = state.reading_jobs
        return jobs
