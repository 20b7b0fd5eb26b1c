"""The questions that a reader puts, each described once: for its page, for its JSON under `/api/`, and for what is downloaded.

A question is what FastAPI takes as a dependency: its fields are read from the address, and stand in the OpenAPI description.
"""

# Annotations are not put off (`from __future__ import annotations`): FastAPI could not look up those of a class.

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Any, ClassVar, Final

import msgspec
from fastapi import Query

from onrecord.api import Record, Rows, heard_rows
from onrecord.api.rows import Table, table_lines
from onrecord.errors import UsageError
from onrecord.record.asking.sorting import EVENT_ORDERS, STATEMENT_ORDERS
from onrecord.record.asking.sources import Heard, Sources
from onrecord.web.asked import LONGEST

# A page counts no further, which is what most of its time would go into. Nothing longer than the second is sorted: on a record of 40,000
# reports that takes a tenth of a second.
MOST_COUNTED: Final = 2_000
MOST_SORTED: Final = 10_000
# What is looked through as a whole before the first row is known. So many take about a second, on the same record.
MOST_ENTRIES: Final = 3_000
MOST_PREDICTIONS: Final = 2_000
MOST_LAID_BESIDE: Final = 2_000
MOST_HEARD: Final = 10_000

_CODE: Final = "a code of country and sector (KAZGOV, KAZ, GOV)"


def _words(title: str, description: str) -> Any:
    return Query(max_length=LONGEST, title=title, description=description)


def _day(title: str, description: str) -> Any:
    return Query(max_length=10, title=title, description=description)


def _yes(title: str, description: str) -> Any:
    return Query(title=title, description=description)


By = Annotated[str, _words("Said by", f"Who said it: a name, words of the source, or {_CODE}.")]
About = Annotated[str, _words("About", "Whom or what it is about: a name, or words of the content.")]
Kind = Annotated[
    str,
    _words(
        "Kind",
        "What the speaker does: assertion, prediction, demand, accusation, denial, pledge, threat, praise, question.",
    ),
]
Match = Annotated[
    str, _words("With the words", 'Words of the content, all of them; "a phrase", word*, AND, OR, NOT.')
]
Outlet = Annotated[
    str, _words("Outlet", "Who published it, as reports print it; case, accents and The do not matter.")
]
Since = Annotated[str, _day("Since", "First day, YYYY-MM-DD, included.")]
Until = Annotated[str, _day("Until", "Last day, YYYY-MM-DD, included.")]
AsOf = Annotated[
    str, _day("As of", "The record as it could have been asked at the end of this day, YYYY-MM-DD.")
]
Versions = Annotated[
    bool, _yes("Older versions too", "Older versions of reports answer too, not the newest alone.")
]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to the record; what is left empty is not asked.

    Attributes:
        name: the last word of its address, and of its command.
        rows_are: what its rows are called, one and several.
    """

    name: ClassVar[str]
    rows_are: ClassVar[tuple[str, str]]

    as_of: AsOf = ""
    versions: Versions = False

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked, by the names of the fields, as it stands in an address."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if _is_given(value)}

    @property
    def filters(self) -> dict[str, Any]:
        """The same without what says of which record it is asked, and in which order."""
        return {n: v for n, v in self.asked.items() if n not in ("as_of", "versions", "sort", "variants")}

    @property
    def _given(self) -> dict[str, Any]:
        """What is asked of the record itself, as the methods of `Record` take it."""
        return {n: v for n, v in self.asked.items() if n not in ("as_of", "versions", "variants")}

    def seen(self, record: Record) -> Record:
        """The record as it is asked.

        Raises:
            UsageError: if `as_of` is no day.
        """
        if not self.as_of and not self.versions:
            return record
        return record.seen(as_of=self.as_of or None, versions=self.versions)

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Some rows of the answer.

        Args:
            record: as `seen` gives it.
            exact: count them all, however many there are.

        Raises:
            UsageError: for what cannot be meant as it is put, and where more fits than can be looked through in time.
        """
        raise NotImplementedError

    def each(self, record: Record) -> Iterator[Any]:
        """All rows of the answer, one by one.

        Raises:
            UsageError: as `rows` does, with the first of them.
        """
        yield from self.rows(record, limit=None)

    def as_csv(self, record: Record) -> Iterator[bytes]:
        """The whole answer as the table of `--csv`, line by line."""
        return table_lines(self.table, self.each(record))

    def as_json(self, record: Record) -> Iterator[bytes]:
        """The whole answer as a JSON array, a row a line."""
        yield b"["
        for number, row in enumerate(self.each(record)):
            yield (b",\n" if number else b"\n") + msgspec.json.encode(row)
        yield b"\n]\n"

    @property
    def table(self) -> Table:
        """Which table its rows make."""
        return self.name  # type: ignore[return-value]


def _is_given(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


@dataclass(frozen=True, kw_only=True)
class SaidQuestion(Question):
    """Who said what."""

    name: ClassVar[str] = "said"
    rows_are: ClassVar[tuple[str, str]] = ("statement", "statements")

    by: By = ""
    about: About = ""
    kind: Kind = ""
    match: Match = ""
    since: Since = ""
    until: Until = ""
    outlet: Outlet = ""
    sort: Annotated[
        str,
        _words(
            "Order",
            f"One of {', '.join(STATEMENT_ORDERS)}; with a minus before it the other way round. The newest report first if it is left empty.",
        ),
    ] = ""
    variants: Annotated[
        bool, _yes("Copies together", "Each statement once a story, with what differs in the copies.")
    ] = False

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Statements; with `variants`, of those that are asked for each once a story."""
        most = None if exact else MOST_SORTED if self.sort else MOST_COUNTED
        asked = self._given
        if self.variants:
            return record.said(**asked, limit=limit, offset=offset, most=most, variants=True)
        return record.said(**asked, limit=limit, offset=offset, most=most)

    def each(self, record: Record) -> Iterator[Any]:
        """All statements. Those of a story are put together only where all can be held."""
        if not self.variants:
            yield from record.each_said(**self._given)
            return
        if record.said(**self._given, limit=1, most=MOST_SORTED).more:
            raise UsageError(
                f"--variants: more than {MOST_SORTED:,} statements fit, too many to put together. Narrow the question."
            )
        yield from self.rows(record, limit=None)

    @property
    def table(self) -> Table:
        """Which table its rows make."""
        return "variants" if self.variants else "said"


@dataclass(frozen=True, kw_only=True)
class EventsQuestion(Question):
    """Who did what to whom."""

    name: ClassVar[str] = "events"
    rows_are: ClassVar[tuple[str, str]] = ("event", "events")

    actor: Annotated[str, _words("Who", f"Who did it: a name, words as printed, or {_CODE}.")] = ""
    type: Annotated[str, _words("did", "PLOVER's type: ASSAULT, PROTEST, CONSULT ...")] = ""
    mode: Annotated[str, _words("in which way", "PLOVER's mode, of the type: arrest, demo, drone ...")] = ""
    recipient: Annotated[
        str, _words("to whom", f"To whom it was done: a name, words as printed, or {_CODE}.")
    ] = ""
    country: Annotated[
        str,
        _words(
            "in the country",
            "Where: a country's name or its code (KAZ); of the place, or of who takes part where no place is told.",
        ),
    ] = ""
    since: Annotated[
        str, _day("Since", "First day, YYYY-MM-DD; of the report where the text tells no day of the event.")
    ] = ""
    until: Annotated[str, _day("Until", "Last day, YYYY-MM-DD, the same way.")] = ""
    status: Annotated[
        tuple[str, ...],
        Query(
            title="Status", description="occurred, ongoing, planned, hypothetical, denied; any of several."
        ),
    ] = ()
    reported_by: Annotated[
        str, _words("On the word of", f"On whose word it is told: a name, words of the source, or {_CODE}.")
    ] = ""
    asserted_only: Annotated[
        bool, _yes("In the reporter’s own voice", "Only what reporters tell in their own voice.")
    ] = False
    outlet: Outlet = ""
    sort: Annotated[
        str,
        _words(
            "Order",
            f"One of {', '.join(EVENT_ORDERS)}; with a minus before it the other way round. The newest report first if it is left empty.",
        ),
    ] = ""

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked; a status that was left empty is none."""
        told = super().asked
        if statuses := [s for s in told.pop("status", ()) if s.strip()]:
            told["status"] = statuses
        return told

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Events, each once."""
        most = None if exact else MOST_SORTED if self.sort else MOST_COUNTED
        return record.events(**self._given, limit=limit, offset=offset, most=most)

    def each(self, record: Record) -> Iterator[Any]:
        """All events."""
        yield from record.each_event(**self._given)


@dataclass(frozen=True, kw_only=True)
class TimelineQuestion(Question):
    """What happened and what was said, day by day."""

    name: ClassVar[str] = "timeline"
    rows_are: ClassVar[tuple[str, str]] = ("entry", "entries")

    actor: Annotated[
        str, _words("Who", f"Who takes part in it, or says it: a name, words as printed, or {_CODE}.")
    ] = ""
    place: Annotated[
        str, _words("Where", "Where it happened, or which place is spoken of: a name or an id.")
    ] = ""
    about: Annotated[str, _words("About", "Whom or what it is about: a name, or words.")] = ""
    since: Annotated[
        str, _day("Since", "First day, YYYY-MM-DD; of the report where the text tells no day.")
    ] = ""
    until: Annotated[str, _day("Until", "Last day, YYYY-MM-DD, the same way.")] = ""
    outlet: Outlet = ""

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Entries: all are dated before the first is known."""
        return record.timeline(**self._given, limit=limit, offset=offset, most=MOST_ENTRIES)


@dataclass(frozen=True, kw_only=True)
class PredictionsQuestion(Question):
    """Who predicted what, due when, with what was reported since."""

    name: ClassVar[str] = "predictions"
    rows_are: ClassVar[tuple[str, str]] = ("prediction", "predictions")

    by: By = ""
    about: About = ""
    match: Match = ""
    due_since: Annotated[str, _day("Due since", "Due on this day or later, YYYY-MM-DD.")] = ""
    due_until: Annotated[str, _day("Due until", "Due on this day or before, YYYY-MM-DD.")] = ""
    since: Annotated[str, _day("Said since", "Predicted on this day or later, YYYY-MM-DD.")] = ""
    until: Annotated[str, _day("Said until", "Predicted on this day or before, YYYY-MM-DD.")] = ""
    outlet: Outlet = ""

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Predictions: all are looked through for when they are due."""
        return record.predictions(**self._given, limit=limit, offset=offset, most=MOST_PREDICTIONS)


@dataclass(frozen=True, kw_only=True)
class ContradictionsQuestion(Question):
    """What somebody said and then said otherwise, side by side."""

    name: ClassVar[str] = "contradictions"
    rows_are: ClassVar[tuple[str, str]] = ("pair", "pairs")

    by: Annotated[str, _words("Said by", f"Who said both: a name, words of the source, or {_CODE}.")] = ""
    about: Annotated[
        str, _words("About", "Whom or what both are about: a name, or words of the content.")
    ] = ""
    since: Since = ""
    until: Until = ""
    outlet: Outlet = ""
    updates: Annotated[
        bool, _yes("With updates", "Also tolls and rates that were told anew on a later day.")
    ] = True
    disputed: Annotated[bool, _yes("Disputed", "Instead: what one denies and somebody else asserts.")] = False

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked; that updates are left out is told, as it is not the rule."""
        told = super().asked
        told.pop("updates", None)
        return told | ({} if self.updates else {"updates": "false"})

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Rows[Any]:
        """Pairs: all statements are laid beside each other before the first is known."""
        asked = self._given | {"updates": self.updates}
        return record.contradictions(**asked, limit=limit, offset=offset, most=MOST_LAID_BESIDE)


class Audited(Rows[Heard]):
    """The named sources of an audit.

    Attributes:
        audits: the audit, and another one that is shown beside it.
    """

    def __init__(self, audits: list[Sources], *, limit: int | None, offset: int) -> None:
        heard = audits[0].actors
        shown = heard[offset : None if limit is None else offset + limit]
        super().__init__(shown, "sources", total=len(heard), outlet=audits[0].outlet)
        self.audits = audits


@dataclass(frozen=True, kw_only=True)
class SourcesQuestion(Question):
    """Who is heard, how often, in which role, and how the voices are spread."""

    name: ClassVar[str] = "sources"
    rows_are: ClassVar[tuple[str, str]] = ("named source", "named sources")

    outlet: Outlet = ""
    about: Annotated[str, _words("About", "Only statements about this: a name, or words of the content.")] = (
        ""
    )
    kind: Kind = ""
    since: Since = ""
    until: Until = ""

    def audit(self, record: Record) -> Sources:
        """The audit itself.

        Raises:
            UsageError: as `rows` does.
        """
        return record.sources(**self._given, most=MOST_HEARD)

    def rows(self, record: Record, *, limit: int | None, offset: int = 0, exact: bool = False) -> Audited:
        """The named sources, those heard most first, with the audits."""
        return Audited(self.audits(record), limit=limit, offset=offset)

    def audits(self, record: Record) -> list[Sources]:
        """All audits that are asked for.

        Raises:
            UsageError: as `rows` does.
        """
        return [self.audit(record)]

    def as_csv(self, record: Record) -> Iterator[bytes]:
        """The named sources as the table of `--csv`."""
        for number, audit in enumerate(self.audits(record)):
            header, _, rows = heard_rows(audit).to_csv().partition(b"\r\n")
            yield rows if number else header + b"\r\n" + rows

    def as_json(self, record: Record) -> Iterator[bytes]:
        """The audits, an object a line, as `--json` prints them."""
        for audit in self.audits(record):
            yield msgspec.json.encode(audit) + b"\n"


@dataclass(frozen=True, kw_only=True)
class SourcesBesideQuestion(SourcesQuestion):
    """The same, or two outlets side by side."""

    beside: Annotated[str, _words("Beside", "Another outlet, shown beside it.")] = ""

    @property
    def _given(self) -> dict[str, Any]:
        return {name: value for name, value in super()._given.items() if name != "beside"}

    def audits(self, record: Record) -> list[Sources]:
        """The audit, and that of the other outlet if there is one."""
        found = [self.audit(record)]
        if self.beside.strip():
            asked = {field.name: getattr(self, field.name) for field in fields(SourcesQuestion)}
            try:
                found.append(SourcesQuestion(**(asked | {"outlet": self.beside})).audit(record))
            except UsageError as error:
                raise UsageError(str(error).replace("--outlet", "--beside")) from error
        return found
