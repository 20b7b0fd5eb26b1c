"""The record from Python: the questions of the command line, with the same words, as typed rows.

    from onrecord import Record

    with Record.open("news.db") as record:
        for statement in record.said(by="Teranu", kind="demand"):
            print(statement.actor, statement.evidence[0].text)
        record.events(type="PROTEST").to_pandas()

All questions of one record that is open see what was on record when each was put.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import UsageError
from onrecord.printing.cells import Column
from onrecord.printing.columns import (
    ENTRY_COLUMNS,
    EVENT_COLUMNS,
    HIT_COLUMNS,
    PREDICTION_COLUMNS,
    SAID_COLUMNS,
    STORY_COLUMNS,
)
from onrecord.printing.contradictions import CONTRADICTION_COLUMNS
from onrecord.printing.sources import source_columns
from onrecord.record.asking import (
    actors,
    contradictions,
    events,
    outlets,
    place,
    predictions,
    search,
    sources,
    statements,
    stories,
    timeline,
)
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.find_article import find_article
from onrecord.record.opening import open_record
from onrecord.record.store import Record as _Store
from onrecord.record.story_rows import read_article
from onrecord.resolution.stories.comparison import Comparison, compare_articles

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

T = TypeVar("T")


class Rows(list[T]):
    """The rows of an answer, in its order.

    Attributes:
        total: how many there are in all; more than these if `limit` was given.
    """

    def __init__(self, rows: Iterable[T], columns: Sequence[Column[T]], total: int | None = None) -> None:
        super().__init__(rows)
        self.total = len(self) if total is None else total
        self._columns = columns

    def to_dicts(self) -> list[dict[str, Any]]:
        """Flat rows with the columns that `--csv` prints; a value may be None, and a list of words."""
        return [{c.name: _plain(c.value(row)) for c in self._columns} for row in self]

    def to_pandas(self) -> pd.DataFrame:
        """The same as a pandas frame; needs `pip install 'onrecord[pandas]'`."""
        import pandas as pd

        return pd.DataFrame(self.to_dicts(), columns=[c.name for c in self._columns])

    def to_polars(self) -> pl.DataFrame:
        """The same as a polars frame; needs `pip install 'onrecord[polars]'`."""
        import polars as pl

        rows = self.to_dicts()
        names = [c.name for c in self._columns]
        return pl.DataFrame({name: [row[name] for row in rows] for name in names}, strict=False)


class Record:
    """A record that is open for questions. Use as a context manager, or call `close`.

    Names, codes, days and words are those of the command line (`onrecord said --help`): days are ISO dates and both
    included, `by` takes a name, an id, a PLOVER code or words of the source. Each question raises `UsageError` where it
    can't be meant as it is put.
    """

    def __init__(self, store: _Store) -> None:
        self._store = store

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> Record:
        """Open a record: a path, or `postgresql://USER@HOST/DATABASE`.

        Args:
            create: make a new one if there is none.

        Raises:
            RecordError: if it cannot be opened.
        """
        return cls(open_record(where, create=create))

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file or the server."""
        self._store.close()

    def counts(self) -> dict[str, int]:
        """How much is on record: reports, stories, origins, statements, events ..."""
        with self._store.reading() as connection:
            return statements.counts(connection)

    def said(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        match: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[statements.Said]:
        """Statements, newest report first."""
        question = statements.Question(by, about, kind, since, until, match, None, outlet)
        with self._store.reading() as connection:
            found = statements.said(connection, question, limit=limit, offset=offset)
            total = None if limit is None and not offset else statements.count_said(connection, question)
        return Rows(found, SAID_COLUMNS, total)

    def events(
        self,
        *,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        mode: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        statuses: Sequence[str] = (),
        reported_by: str | None = None,
        asserted_only: bool = False,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[Event]:
        """Events, each once, newest report first; `status` says whether one has come about, `reported_by` on whose word."""
        question = events.EventQuestion(
            actor=actor,
            recipient=recipient,
            type=type,
            mode=mode,
            country=country,
            since=since,
            until=until,
            statuses=tuple(statuses),
            reported_by=reported_by,
            asserted_only=asserted_only,
            outlet=outlet,
        )
        with self._store.reading() as connection:
            found = events.find_events(connection, question, limit=limit, offset=offset)
            rows: Rows[Event] = Rows(found, EVENT_COLUMNS)
            if limit is not None or offset:
                rows.total = events.count_events(connection, question)
        return rows

    def search(
        self,
        match: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        by: str | None = None,
        about: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[search.Hit]:
        """Reports that hold words, one of each story, the best first."""
        question = search.SearchQuestion(
            match=match, by=by, about=about, since=since, until=until, outlet=outlet
        )
        with self._store.reading() as connection:
            found = search.search(connection, question, limit=limit, offset=offset)
        return Rows(found.hits, HIT_COLUMNS, found.total)

    def timeline(
        self,
        *,
        actor: str | None = None,
        about: str | None = None,
        place_id: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[timeline.Entry]:
        """What happened and what was said, day by day."""
        question = timeline.TimelineQuestion(actor, about, place_id, since, until, outlet)
        with self._store.reading() as connection:
            found = timeline.timeline(connection, question, limit=limit, offset=offset)
            return Rows(found.entries(connection), ENTRY_COLUMNS, found.events + found.statements)

    def predictions(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        match: str | None = None,
        outlet: str | None = None,
        due_since: str | None = None,
        due_until: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[predictions.Prediction]:
        """Who predicted what, those first that are due first."""
        said = statements.Question(by, about, None, since, until, match, None, outlet)
        question = predictions.PredictionQuestion(said, due_since, due_until)
        with self._store.reading() as connection:
            found = predictions.predictions(connection, question, limit=limit, offset=offset)
            return Rows(found.fetch(connection), PREDICTION_COLUMNS, found.total)

    def contradictions(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        updates: bool = True,
        disputed: bool = False,
    ) -> Rows[contradictions.Contradiction]:
        """What somebody said and then said otherwise; with `disputed`, what one denies and somebody else asserts."""
        question = contradictions.ContradictionsQuestion(by, about, since, until, outlet, updates, disputed)
        with self._store.reading() as connection:
            return Rows(contradictions.contradictions(connection, question), CONTRADICTION_COLUMNS)

    def sources(
        self,
        *,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        about: str | None = None,
        kind: str | None = None,
    ) -> sources.Sources:
        """Who is heard, how often, in which role, and how the voices are spread; `heard_rows` makes a table of it."""
        question = sources.SourcesQuestion(outlet, since, until, about, kind)
        with self._store.reading() as connection:
            if outlet and (error := outlets.unknown_outlet(connection, outlet)):
                raise error
            return sources.who_is_heard(connection, question)

    def actor(self, name: str) -> actors.Known:
        """Who somebody is: an id, or a name that means one actor alone."""
        with self._store.reading() as connection:
            return actors.know(connection, actors.one_actor(connection, name))

    def place(self, name: str, *, limit: int | None = None) -> place.PlaceKnown:
        """What the record knows of a place, by its id or its name."""
        with self._store.reading() as connection:
            return place.know_place(connection, name, limit=limit)

    def stories(self, *, copied: bool = False) -> Rows[stories.StoryThere]:
        """All stories, those of most reports first; `copied`: only those that several reports tell."""
        with self._store.reading() as connection:
            found = (s for s in stories.all_stories(connection) if not copied or len(s.articles) > 1)
            return Rows(found, STORY_COLUMNS)

    def compare(self, one: str, other: str) -> Comparison:
        """Two reports side by side, each by its id or path: what is the same, cut, added, moved or reworded."""
        with self._store.reading() as connection:
            found = []
            for name in (one, other):
                row = find_article(connection, name)
                if row is None:
                    raise UsageError(f"{name}: no report of this name is on record. Give its id or its path.")
                found.append(read_article(connection, row.id))
        return compare_articles(*found)


def heard_rows(audit: sources.Sources) -> Rows[Any]:
    """The sources of an audit as rows."""
    return Rows(audit.actors, source_columns(audit.outlet))


def _plain(value: Any) -> Any:
    """A value as frames take it."""
    return list(value) if isinstance(value, tuple | set | frozenset) else value
