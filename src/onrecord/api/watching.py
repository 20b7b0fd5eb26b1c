"""A question that is watched: what came into the record lately that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

from msgspec.structs import replace
from sqlalchemy import Connection

from onrecord.api.rows import Rows
from onrecord.errors import UsageError
from onrecord.record.asking import events, search, statements, stories
from onrecord.record.asking.arrived import Arrived
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion
from onrecord.record.asking.given import read_day, read_event_question, read_kind, read_search_question
from onrecord.record.asking.search import Hit, SearchQuestion
from onrecord.record.asking.statements import Question, Said
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.export.statements import article_of
from onrecord.record.watches import Asked

Of = Literal["said", "events", "search"]
WatchedQuestion: TypeAlias = Question | EventQuestion | SearchQuestion
# The fields of each, as they stand in the address of a question.
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "said": ("by", "about", "kind", "match", "since", "until", "outlet"),
    "events": (
        "actor", "recipient", "type", "mode", "country", "status", "since", "until", "reported_by", "asserted_only", "outlet",
    ),
    "search": ("match", "headline", "by", "about", "since", "until", "outlet"),
}  # fmt: skip
_SEVERAL: Final = frozenset({"status"})
_YES: Final = frozenset({"true", "1", "on", "yes"})


def read_watched(of: str, asked: Asked) -> WatchedQuestion:
    """The question of some fields.

    Args:
        of: what is asked for: one of `Of`.
        asked: fields of `FIELDS`; several of one are any of them.

    Raises:
        UsageError: for what cannot be watched, for a field that the question has not, and where a field cannot be meant.
    """
    if of not in get_args(Of):
        raise UsageError(f"{of}: this cannot be watched. Watch one of: {', '.join(get_args(Of))}.")
    for name in asked:
        if name not in FIELDS[of]:
            raise UsageError(f"{name}: {of} has no such field. Give one of: {', '.join(FIELDS[of])}.")
    given = {name: _one(name, value) for name, value in asked.items() if name not in _SEVERAL and value}
    days: dict[str, Any] = {name: read_day(given.pop(name, None), f"--{name}") for name in ("since", "until")}
    if of == "said":
        return Question(**given | days | {"kind": read_kind(given.get("kind"))})
    if of == "search":
        return read_search_question(SearchQuestion(**given, **days))
    status = asked.get("status", ())
    statuses = tuple(s for s in ([status] if isinstance(status, str) else status) if s)
    asserted = (given.pop("asserted_only", "") or "").lower() in _YES
    return read_event_question(EventQuestion(**given, **days, statuses=statuses, asserted_only=asserted))


def count_latest(connection: Connection, question: WatchedQuestion, after: int, most: int) -> int:
    """How many rows of a question came after a report, counted no further than a number; of a search, reports.

    Args:
        after: number of a report.
    """
    asked = replace(question, arrived=Arrived(after))

    def count() -> int:
        if isinstance(asked, Question):
            return statements.count_said(connection, asked, most=most)
        if isinstance(asked, EventQuestion):
            return events.count_events(connection, asked, most=most)
        return min(most, search.count_reports(connection, asked))

    return while_unchanged(connection, ("count_latest", asked, most), count)


def latest(
    connection: Connection, question: WatchedQuestion, when: Arrived, *, limit: int, offset: int = 0
) -> Rows[Said] | Rows[Event] | Rows[Hit]:
    """Rows of a question as their reports came, the latest first; of a search, one report of each story. `total` is how many
    these are."""
    asked = replace(question, arrived=when)
    if isinstance(asked, Question):
        said = statements.latest_said(connection, asked, limit=limit, offset=offset)
        return Rows(said, "said", tellers=stories.tellers(connection, {article_of(s) for s in said}))
    if isinstance(asked, EventQuestion):
        found = events.latest_events(connection, asked, limit=limit, offset=offset)
        reports = {t.article for e in found for t in e.tellings}
        return Rows(found, "events", tellers=stories.tellers(connection, reports))
    hits = search.search(connection, asked, limit=limit, offset=offset, latest=True)
    return Rows(hits.hits, "search", total=hits.total)


def _one(name: str, value: str | Sequence[str]) -> Any:
    if not isinstance(value, str):
        raise UsageError(f"{name}: only one can be given. Leave the others out.")
    return value
