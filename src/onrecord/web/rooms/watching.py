"""Watch: questions that are kept, what is new in them, and a feed of each."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.api import Record
from onrecord.api.watching import read_watched
from onrecord.errors import UsageError
from onrecord.record import watches
from onrecord.record.asking.arrived import Arrived
from onrecord.record.watches import MAX_NAME_CHARS, Watch
from onrecord.web.asked import OpenRecord, PageNumber, Pages, rows_of
from onrecord.web.changes import MAY_NOT, Change, Changing
from onrecord.web.feeds import MEDIA_TYPE, entries_of, etag_of, http_date, is_known, write_feed
from onrecord.web.pages import address, page
from onrecord.web.readers import reader_of
from onrecord.web.watched import in_words, read_address, rows_in_words

router: Final = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
# New rows are counted no further.
MOST_COUNTED: Final = 1_000
FEED_ROWS: Final = 50
# What is shown of what came before.
_BEFORE: Final = 10
_MAX_ASKED: Final = 20_000
_LARGEST: Final = 2**62
_GONE: Final = "This question is not kept any more. See which are: /watch"
_ASKED: Final = msgspec.json.Decoder(dict[str, str | list[str]])

Name = Annotated[str, Form(max_length=2 * MAX_NAME_CHARS)]
Mark = Annotated[int, Form(ge=0, le=_LARGEST)]


@router.get("/watch")
def watch_all(
    request: Request, record: OpenRecord, who: Annotated[str, Query(max_length=500)] = ""
) -> HTMLResponse:
    """The questions that are kept, with how much is new in each; `who=all`: everybody's."""
    reader = reader_of(request)
    is_all = who == "all" or not reader.may_change
    found = record.watches(None if is_all else reader.name)
    return page(
        request,
        "watch.html",
        "Watched questions",
        watches=[(watch, in_words(record, watch.of, watch.asked), _new(record, watch)) for watch in found],
        is_all=is_all,
    )


@router.get("/watch/new")
def watch_new(
    request: Request, record: OpenRecord, of: Annotated[str, Query(max_length=20)] = "said"
) -> HTMLResponse:
    """A form that keeps a question, whose fields stand in the address as they do in its own."""
    if not reader_of(request).may_change:
        raise HTTPException(403, MAY_NOT)
    asked, without = read_address(of, request.query_params.multi_items())
    words = in_words(record, of, asked)
    return page(
        request,
        "watch_new.html",
        "Keep a question",
        of=of,
        asked=asked,
        fields=msgspec.json.encode(asked).decode(),
        words=words,
        without=without,
        name=words[:MAX_NAME_CHARS],
        rows=record.latest(read_watched(of, asked), Arrived(), limit=3),
        most_name=MAX_NAME_CHARS,
    )


@router.post("/watch")
def keep(
    change: Changing,
    record: OpenRecord,
    of: Annotated[str, Form(max_length=20)],
    fields: Annotated[str, Form(max_length=_MAX_ASKED)],
    name: Name = "",
) -> Response:
    """Keep a question."""
    try:
        asked = _ASKED.decode(fields)
    except msgspec.MsgspecError as error:
        raise UsageError(f"The question cannot be read ({error}). Keep it from its own page.") from error
    # What cannot be meant, or not be matched, is told before it is kept.
    record.count_latest(read_watched(of, asked), after=record.last_arrived(), most=1)
    with change.writing() as connection:
        made = watches.keep_watch(connection, change.who, name, of, asked)
    return _to(made)


@router.get("/watch/feed/{secret}.xml")
def feed(request: Request, record: OpenRecord, secret: str) -> Response:
    """The feed of a question, for programs: what came last, whoever has seen it."""
    watch = record.watch_of_feed(secret)
    if watch is None:
        return Response("There is no feed here.", 404, media_type="text/plain")
    rows = record.latest(read_watched(watch.of, watch.asked), Arrived(), limit=FEED_ROWS)
    entries = entries_of(rows)
    recorded = record.recorded_at(entry.report for entry in entries)
    base = str(request.base_url)
    body, changed = write_feed(watch, entries, recorded, base=base, itself=f"{base}watch/feed/{secret}.xml")
    headers = {"etag": etag_of(body), "last-modified": http_date(changed)}
    if is_known(request.headers, headers["etag"], changed):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "content-type": MEDIA_TYPE})


@router.get("/watch/{id}")
def watch_one(request: Request, record: OpenRecord, id: str, page_: PageNumber = 1) -> HTMLResponse:
    """What is new in a question, and what came before it."""
    watch = _found(record, id)
    # First, so that what comes meanwhile is not taken for seen.
    newest = record.last_arrived()
    question = read_watched(watch.of, watch.asked)
    when = Arrived(after=watch.newest, until=newest)
    number = _count_new(record, watch)
    rows = record.latest(question, when, **rows_of(page_))
    is_mine = _is_mine(request, watch)
    before = record.latest(question, Arrived(until=watch.newest), limit=_BEFORE) if page_ == 1 else None
    return page(
        request,
        "watch_one.html",
        watch.name,
        watch=watch,
        words=in_words(record, watch.of, watch.asked),
        rows=rows,
        before=before,
        number=number,
        new=rows_in_words(watch.of, number, MOST_COUNTED),
        newest=newest,
        pages=Pages(page_, rows.total if watch.of == "search" else number),
        is_mine=is_mine,
        feed=f"{request.base_url}watch/feed/{watch.feed}.xml" if is_mine else None,
        most_name=MAX_NAME_CHARS,
    )


@router.post("/watch/{id}/seen")
def seen(request: Request, change: Changing, record: OpenRecord, id: str, newest: Mark) -> Response:
    """What a question had when its page was shown is not new any more."""
    return _changed(request, change, record, id, lambda connection: watches.mark_seen(connection, id, newest))


@router.post("/watch/{id}/rename")
def rename(request: Request, change: Changing, record: OpenRecord, id: str, name: Name = "") -> Response:
    """Call a question otherwise."""
    return _changed(
        request, change, record, id, lambda connection: watches.rename_watch(connection, id, name)
    )


@router.post("/watch/{id}/feed")
def renew(request: Request, change: Changing, record: OpenRecord, id: str) -> Response:
    """Give its feed another address."""
    return _changed(request, change, record, id, lambda connection: watches.renew_feed(connection, id))


@router.post("/watch/{id}/delete")
def delete(request: Request, change: Changing, record: OpenRecord, id: str) -> Response:
    """Keep a question no longer."""
    _changed(request, change, record, id, lambda connection: watches.remove_watch(connection, id))
    return RedirectResponse("/watch", 303)


def _changed(request: Request, change: Change, record: Record, id: str, make: Any) -> Response:
    """Make a change to a question of one's own."""
    watch = _found(record, id)
    if not _is_mine(request, watch):
        raise HTTPException(403, f"{watch.who} keeps this question. Keep one of your own.")
    with change.writing() as connection:
        make(connection)
    return _to(watch)


def _found(record: Record, id: str) -> Watch:
    watch = record.watch(id)
    if watch is None:
        raise HTTPException(404, _GONE)
    return watch


def _is_mine(request: Request, watch: Watch) -> bool:
    reader = reader_of(request)
    return reader.may_change and reader.name == watch.who


def _to(watch: Watch) -> Response:
    return RedirectResponse(address(f"/watch/{watch.id}"), 303)


def _new(record: Record, watch: Watch) -> str | None:
    """How many rows are new, in words; None if there are none."""
    number = _count_new(record, watch)
    return rows_in_words(watch.of, number, MOST_COUNTED) if number else None


def _count_new(record: Record, watch: Watch) -> int:
    return record.count_latest(read_watched(watch.of, watch.asked), after=watch.newest, most=MOST_COUNTED + 1)
