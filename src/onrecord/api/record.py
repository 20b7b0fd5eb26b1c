"""The record from Python: the questions of the command line, with the same words, as typed rows.

    from onrecord import Record

    with Record.open("news.db") as record:
        for statement in record.said(by="Teranu", kind="demand"):
            print(statement.actor, statement.evidence[0].text)
        record.events(type="PROTEST").to_pandas()

Each question sees what is on record when it is put.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, overload

from msgspec.structs import asdict
from sqlalchemy import Connection, select

from onrecord.api import watching
from onrecord.api.answers import Compared, Report, StoryTold
from onrecord.api.comparing import compare_copy, compare_reports
from onrecord.api.counting import Counting
from onrecord.api.lineage import Lineage
from onrecord.api.rows import Rows
from onrecord.api.watching import WatchedQuestion
from onrecord.errors import RecordError, UsageError
from onrecord.printing.stories import what_changed
from onrecord.printing.upgraded import upgraded_in_words
from onrecord.record import amend, watches
from onrecord.record.asking import (
    actors,
    amendments_made,
    contradictions,
    events,
    place,
    predictions,
    search,
    sources,
    statements,
    stories,
    timeline,
)
from onrecord.record.asking.appearing import appearances_of
from onrecord.record.asking.arrived import Arrived, last_arrived
from onrecord.record.asking.as_of import asked
from onrecord.record.asking.bearing import Bearer, bearers_beginning, bearers_of
from onrecord.record.asking.bounded import check_number
from onrecord.record.asking.counts import counts
from onrecord.record.asking.descent import Descent, descent_of
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.find_article import find_article
from onrecord.record.asking.given import (
    Day,
    check_outlet,
    no_codes,
    not_on_record,
    read_day,
    read_event_question,
    read_kind,
    read_place,
    read_search_question,
)
from onrecord.record.asking.heads import Head, heads_of
from onrecord.record.asking.made import Made, made_lately
from onrecord.record.asking.mentioned import MentionedIn, mentioned_in
from onrecord.record.asking.mentions import MentionThere, mentions_in
from onrecord.record.asking.profile import Profile, profile_of
from onrecord.record.asking.quotations import Quotations, quotations_of
from onrecord.record.asking.report import found_in
from onrecord.record.asking.sayings import StorySayings, sayings_of
from onrecord.record.asking.search import Hit
from onrecord.record.asking.sorting import (
    EVENT_ORDERS,
    NEWEST,
    STATEMENT_ORDERS,
    Order,
    read_order,
    too_many_to_sort,
)
from onrecord.record.asking.stories import CopyOf
from onrecord.record.asking.story_events import StoryEvents, story_events
from onrecord.record.asking.story_heads import StoryHeads, StoryHeadsQuestion, StoryOrder, story_heads
from onrecord.record.asking.suggesting import Name, actors_beginning, outlets_beginning, places_beginning
from onrecord.record.asking.summary import Summary, summary
from onrecord.record.asking.variants import SaidOnce, said_once
from onrecord.record.asking.week import WeekTold, week_told
from onrecord.record.dialects import begins_with
from onrecord.record.export.statements import article_of
from onrecord.record.fixing import Given, GivenEvent
from onrecord.record.opening import open_record
from onrecord.record.read_only import open_read_only
from onrecord.record.schema import articles
from onrecord.record.store import Record as _Store
from onrecord.record.story_rows import read_article
from onrecord.record.watches import Watch
from onrecord.resolution.stories.comparison import Comparison, compare_articles

# As many reports are named when a name is not enough.
_MOST_NAMED = 6


class Record(Counting):
    """A record that is open for questions. Use as a context manager, or call `close`.

    Names, codes and words are those of the command line (`onrecord said --help`): `by` takes a name, an id, a PLOVER code or
    words of the source. Days are ISO dates or `datetime.date`, both included. `limit` is how many rows at most, `offset` how
    many are left out before them. Questions raise `UsageError` where they can't be meant as they are put, with the line that
    the command line prints, and `RecordError` where the record can't be read.
    """

    def __init__(self, store: _Store, *, as_of: str | None = None, versions: bool = False) -> None:
        self._store: _Store | None = store
        self._as_of, self._versions = as_of, versions
        self._name = str(store.location)

    @classmethod
    def open(
        cls, where: str | Path, *, read_only: bool = False, as_of: Day | None = None, versions: bool = False
    ) -> Record:
        """Open a record: a path, or `postgresql://USER@HOST/DATABASE`. One of an older schema is brought to this one.

        Args:
            read_only: open it so that nothing can change it; one of an older schema is refused then.
            as_of: ask the record as it could have been asked at the end of this day.
            versions: older versions of reports answer too, not the newest alone.

        Raises:
            RecordError: if it cannot be opened.
            UsageError: if it is the address of nothing that can hold a record, or no day.
        """
        day = read_day(as_of, "as_of")
        store = open_read_only(where) if read_only else open_record(where, create=False)
        if told := upgraded_in_words(store):
            warnings.warn(told, stacklevel=2)
        return cls(store, as_of=day, versions=versions)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<onrecord.Record {self._name}{'' if self._store else ', closed'}>"

    def close(self) -> None:
        """Release the file or the server."""
        if self._store:
            self._store.close()
            self._store = None

    def seen(self, *, as_of: Day | None = None, versions: bool = False) -> Record:
        """The same record, which stays this one's to close, asked otherwise.

        Args:
            as_of, versions: as in `open`.

        Raises:
            UsageError: if it is no day.
        """
        store = self._store
        if store is None:
            raise self._is_closed()
        return Record(store, as_of=read_day(as_of, "--as-of"), versions=versions)

    def status(self) -> dict[str, int]:
        """How much is on record: reports, stories, origins, statements, events ..."""
        with self._reading() as connection:
            return counts(connection)

    def summary(self) -> Summary:
        """The same in short, with when the last report came and what was not analysed; counted anew when the record has changed."""
        with self._reading(versions=True) as connection:
            return summary(connection)

    def week_told(self, *kinds: str, few: int) -> WeekTold | None:
        """What was said in the last seven days that there are reports of; None if no report has a day.

        Args:
            kinds: statements of these are told.
            few: at most so many of each, and so many of those who are heard most.
        """
        asked_kinds = [read for kind in kinds if (read := read_kind(kind))]
        with self._reading() as connection:
            return week_told(connection, asked_kinds, few=few)

    @overload
    def said(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        match: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        sort: str | None = None,
        most: int | None = None,
        variants: Literal[False] = False,
    ) -> Rows[statements.Said]: ...

    @overload
    def said(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        match: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        sort: str | None = None,
        most: int | None = None,
        variants: Literal[True],
    ) -> Rows[SaidOnce]: ...

    def said(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        match: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        sort: str | None = None,
        most: int | None = None,
        variants: bool = False,
    ) -> Rows[statements.Said] | Rows[SaidOnce]:
        """Statements, newest report first.

        Args:
            match: words of the content; *"a phrase"*, `word*`, AND, OR, NOT.
            sort: *published* (of the report), *source*, *kind* or *outlet*; with a minus before it, the other way round.
            most: count no further than this; a longer answer stands newest first, whatever `sort` says, and a note tells so.
            variants: each statement once a story, with what differs in the copies; `limit` counts each printing.
        """
        _check_bounds(limit, offset)
        question = _said_question(by, about, kind, since, until, match, outlet)
        order = read_order(sort, STATEMENT_ORDERS)
        with self._reading() as connection:
            counted = statements.count_said(connection, question, most=most + 1) if most else None
            order, notes = _in_time(order, counted, most, "statements")
            is_broad = most is not None and counted is not None and counted > most
            found = list(
                statements.find_said(
                    connection, question, limit=limit, offset=offset, order=order, is_broad=is_broad
                )
            )
            is_all = limit is None and not offset
            if counted is None:
                counted = len(found) if is_all else statements.count_said(connection, question)
            total = min(counted, most or counted)
            told = stories.tellers(connection, {article_of(s) for s in found})
            notes += [] if total else not_on_record(connection, by, about, outlet=outlet)
            more = counted > total
            if not variants:
                return Rows(found, "said", total=total, tellers=told, notes=notes, more=more)
            once = said_once(connection, found)
            return Rows(once, "variants", total=total, tellers=told, notes=notes, more=more)

    def each_said(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        match: str | None = None,
        outlet: str | None = None,
        sort: str | None = None,
    ) -> Iterator[statements.Said]:
        """The same as `said`, one by one: for answers that are too long to be held."""
        question = _said_question(by, about, kind, since, until, match, outlet)
        with self._reading() as connection:
            yield from statements.find_said(connection, question, order=read_order(sort, STATEMENT_ORDERS))

    def events(
        self,
        *,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        mode: str | None = None,
        country: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        status: str | Sequence[str] = (),
        reported_by: str | None = None,
        asserted_only: bool = False,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        sort: str | None = None,
        most: int | None = None,
    ) -> Rows[Event]:
        """Events, each once, newest report first; the `status` of one says whether it has come about, its tellings on whose word.

        Args:
            actor, recipient, reported_by: a name, words as printed, or a code of country and sector (RUS, RUSGOV, GOV).
            type, mode: PLOVER's.
            country: a name or an alpha-3 code; of the place, or of who takes part where no place is told.
            status: occurred, ongoing, planned, hypothetical, denied: one, or several of which any may hold.
            asserted_only: only what reporters tell in their own voice.
            sort: *published* (of the report), *date* (of the event), *type*, *actor*, *recipient*, *place* or *status*, of the telling
                that stands for the event; with a minus before it, the other way round.
            most: as of `said`.
        """
        _check_bounds(limit, offset)
        question = _events_question(
            actor, recipient, type, mode, country, since, until, status, reported_by, asserted_only, outlet
        )
        order = read_order(sort, EVENT_ORDERS)
        with self._reading() as connection:
            counted = events.count_events(connection, question, most=most + 1) if most else None
            order, notes = _in_time(order, counted, most, "events")
            found = list(events.find_events(connection, question, limit=limit, offset=offset, order=order))
            is_all = limit is None and not offset
            if counted is None:
                counted = len(found) if is_all else events.count_events(connection, question)
            total = min(counted, most or counted)
            told = stories.tellers(connection, {t.article for e in found for t in e.tellings})
            notes += no_codes(question) + ([] if total else not_on_record(connection, outlet=outlet))
            return Rows(found, "events", total=total, tellers=told, notes=notes, more=counted > total)

    def each_event(
        self,
        *,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        mode: str | None = None,
        country: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        status: str | Sequence[str] = (),
        reported_by: str | None = None,
        asserted_only: bool = False,
        outlet: str | None = None,
        sort: str | None = None,
    ) -> Iterator[Event]:
        """The same as `events`, one by one: for answers that are too long to be held."""
        question = _events_question(
            actor, recipient, type, mode, country, since, until, status, reported_by, asserted_only, outlet
        )
        with self._reading() as connection:
            yield from events.find_events(connection, question, order=read_order(sort, EVENT_ORDERS))

    def search(
        self,
        match: str = "",
        *,
        headline: str | None = None,
        by: str | None = None,
        about: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows[search.Hit]:
        """Reports that hold words in headline or text, one of each story, the best first; `total` counts stories, `tellers` is
        of all reports that hold them.

        Args:
            match: *"a phrase"*, `word*`, AND, OR, NOT; also `outlet:`, `by:`, `about:`, `headline:`, `since:`, `until:`.
            headline: words that stand side by side in the headline.
        """
        _check_bounds(limit, offset)
        days = read_day(since, "--since"), read_day(until, "--until")
        question = read_search_question(search.SearchQuestion(match, headline, by, about, *days, outlet))
        with self._reading() as connection:
            found = search.search(connection, question, limit=limit, offset=offset)
            names = question.by, question.about
            notes = [] if found.total else not_on_record(connection, *names, outlet=question.outlet)
            return Rows(found.hits, "search", total=found.total, tellers=found.tellers, notes=notes)

    def timeline(
        self,
        *,
        actor: str | None = None,
        place: str | None = None,
        about: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        most: int | None = None,
    ) -> Rows[timeline.Entry]:
        """What happened and what was said, day by day; behind it, by the day of its report, what no text dates.

        Args:
            actor: who takes part in it, or says it.
            place: where it happened, or which place is spoken of: a name or an id. Of several that bear the name the one that
                reports name oftenest; `notes` says which.
            most: refuse a question that more events and statements fit than this.
        """
        _check_bounds(limit, offset)
        days = read_day(since, "--since"), read_day(until, "--until")
        with self._reading() as connection:
            at, notes = read_place(connection, place)
            question = timeline.TimelineQuestion(actor, about, at, *days, outlet)
            if most:
                number = timeline.count_entries(connection, question, most=most + 1)
                check_number(number, most, "events and statements", "timeline")
            line = timeline.timeline(connection, question, limit=limit, offset=offset)
            found = list(line.entries(connection))
            total = line.events + line.statements
            if not total:
                notes += not_on_record(connection, actor, about, outlet=outlet)
            told = stories.tellers(connection, {id for e in found for id in timeline.reports_of(e)})
            return Rows(found, "timeline", total=total, tellers=told, notes=notes)

    def predictions(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        due_since: Day | None = None,
        due_until: Day | None = None,
        since: Day | None = None,
        until: Day | None = None,
        match: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        most: int | None = None,
    ) -> Rows[predictions.Prediction]:
        """Who predicted what, those first that are due first, with what was reported since. Nothing says whether it came true.

        Args:
            most: refuse a question that more predictions fit than this, whenever they are due.
        """
        _check_bounds(limit, offset)
        days = read_day(since, "--since"), read_day(until, "--until")
        due = read_day(due_since, "--due-since"), read_day(due_until, "--due-until")
        said = statements.Question(by, about, "prediction", *days, match, outlet=outlet)
        question = predictions.PredictionQuestion(said, *due)
        with self._reading() as connection:
            if most:
                number = statements.count_said(connection, said, most=most + 1)
                check_number(number, most, "predictions", "predictions")
            asked = predictions.predictions(connection, question, limit=limit, offset=offset)
            found = list(asked.fetch(connection))
            told = stories.tellers(connection, {article_of(p.said) for p in found})
            notes = [] if asked.total else not_on_record(connection, by, about, outlet=outlet)
            return Rows(found, "predictions", total=asked.total, tellers=told, notes=notes)

    def contradictions(
        self,
        *,
        by: str | None = None,
        about: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        outlet: str | None = None,
        updates: bool = True,
        disputed: bool = False,
        limit: int | None = None,
        offset: int = 0,
        most: int | None = None,
    ) -> Rows[contradictions.Contradiction]:
        """What somebody said and then said otherwise, side by side; nothing says which is true.

        Args:
            updates: also numbers that were told anew on a later day (`--no-updates`).
            disputed: instead, what one denies and somebody else asserts.
            most: refuse a question for which more statements than this are laid beside each other.
        """
        _check_bounds(limit, offset)
        first, last = read_day(since, "--since"), read_day(until, "--until")
        question = contradictions.ContradictionsQuestion(by, about, first, last, outlet, updates, disputed)
        with self._reading() as connection:
            if most:
                number = contradictions.count_candidates(connection, question, most=most + 1)
                check_number(number, most, "statements", "contradictions")
            found = contradictions.contradictions(connection, question)
            check_outlet(connection, outlet)
            notes = [] if found else not_on_record(connection, by, about)
            shown = found[offset : None if limit is None else offset + limit]
            return Rows(shown, "contradictions", total=len(found), notes=notes)

    def sources(
        self,
        *,
        outlet: str | None = None,
        about: str | None = None,
        kind: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        most: int | None = None,
    ) -> sources.Sources:
        """Who is heard, how often, in which role, and how the voices are spread; `onrecord.api.heard_rows` makes rows of it.

        Args:
            most: refuse a question for which more statements than this count.
        """
        days = read_day(since, "--since"), read_day(until, "--until")
        question = sources.SourcesQuestion(outlet, *days, about, read_kind(kind))
        with self._reading() as connection:
            if most:
                number = sources.count_heard(connection, question, most=most + 1)
                check_number(number, most, "statements", "sources")
            found = sources.who_is_heard(connection, question)
            check_outlet(connection, outlet)
            return found

    def actor(self, name: str, *, why: bool = False) -> actors.Described:
        """Who somebody is, in which reports: an id, or a name that means one actor alone (`actors` gives all who fit).

        Args:
            why: say of each report why its actor is taken for this one: candidates, reasons, evidence.
        """
        with self._reading() as connection:
            return actors.describe(connection, actors.one_actor(connection, name), why=why)

    def actors(self, name: str) -> Rows[actors.Known]:
        """All whom an id or a name may mean, those in most reports first."""
        with self._reading() as connection:
            found = actors.find_actors(connection, name)
            if not found:
                raise actors.unknown(connection, name)
            return Rows((actors.know(connection, id) for id in found), "actors")

    def bearers(self, name: str, *, limit: int = 50) -> tuple[list[Bearer], int]:
        """Whom an id or a name may mean, those in most reports first, in a line each (`actors` tells all of them), and how many they
        are in all."""
        with self._reading() as connection:
            found, total = bearers_of(connection, name, limit=limit)
            if not found:
                raise actors.unknown(connection, name)
            return found, total

    def bearers_beginning(self, name: str, *, limit: int = 10) -> list[Bearer]:
        """Some of those of whose names one begins so, those in most reports first."""
        with self._reading() as connection:
            return bearers_beginning(connection, name, limit=limit)

    def profile(self, name: str) -> Profile:
        """Who somebody is, what they said and did and had said and done to them, in numbers: an id, or a name that means one alone."""
        with self._reading() as connection:
            return profile_of(connection, actors.one_actor(connection, name))

    def quotations(
        self, name: str, *, kind: str | None = None, limit: int = 50, offset: int = 0
    ) -> Quotations:
        """The direct quotations of somebody, the newest report first: an id, or a name that means one alone."""
        _check_bounds(limit, offset)
        with self._reading() as connection:
            id = actors.one_actor(connection, name)
            return quotations_of(connection, id, kind=read_kind(kind), limit=limit, offset=offset)

    def mentioned(self, name: str, *, limit: int = 20, offset: int = 0) -> tuple[list[MentionedIn], int]:
        """The reports that mention somebody, the newest first, with each mention in its sentence, and in how many reports they were
        looked for: an id, or a name that means one alone."""
        _check_bounds(limit, offset)
        with self._reading() as connection:
            them = appearances_of(connection, actors.one_actor(connection, name))
            return mentioned_in(connection, them, limit=limit, offset=offset), them.reports

    def corrections(self, *, limit: int | None = None, offset: int = 0) -> tuple[list[Made], int]:
        """What people have put right of who is who, the newest first, and how many corrections there are in all."""
        _check_bounds(limit, offset)
        with self._reading() as connection:
            return made_lately(connection, limit=limit, offset=offset)

    def amendments(
        self, report: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> tuple[list[amendments_made.Made], int]:
        """What people have put right of statements and events, the newest first, and how many amendments there are in all.

        Args:
            report: the id of a report, of which alone they are to be.
        """
        _check_bounds(limit, offset)
        with self._as_it_is() as connection:
            made = amendments_made.find_amendments(connection, report, limit=limit, offset=offset)
            return made, amendments_made.count_amendments(connection, report)

    def finding(self, id: str) -> amend.Finding:
        """A statement or an event by its id, with what was found and its amendments; one that is marked wrong too."""
        with self._as_it_is() as connection:
            return amend.read_finding(connection, id)

    def preview_fix(self, id: str, given: Given | GivenEvent) -> amend.Previewed:
        """What it would make of a statement or an event if something of it were otherwise; nothing is written."""
        with self._as_it_is() as connection:
            return amend.preview_fix(connection, id, given)

    def place(self, name: str, *, limit: int | None = None) -> place.PlaceKnown:
        """What the record knows of a place, by its id or its name.

        Args:
            limit: at most so many events, actors and reports.
        """
        _check_bounds(limit, 0)
        with self._reading() as connection:
            return place.know_place(connection, name, limit=limit)

    def show(self, name: str) -> Report:
        """One report with what was found in it: by its id, the beginning of it, or the path that it was read from."""
        with self._reading(versions=True) as connection:
            row = find_article(connection, name)
            if row is None:
                raise UsageError(
                    f"{name}: no report of this name is on record in {self._name}. Read it first: onrecord read {name}"
                )
            return Report(
                id=row.id,
                text=row.text,
                headline=row.headline or row.title,
                published=row.published,
                outlet=row.outlet,
                url=row.url,
                language=row.language,
                origin=row.origin,
                story=row.story,
                is_analysed=row.model is not None,
                statements=statements.said(connection, statements.Question(article=row.id)),
                events=list(events.find_events(connection, events.EventQuestion(article=row.id))),
                **asdict(found_in(connection, row.id)),
            )

    def heads(self, ids: Iterable[str]) -> dict[str, Head]:
        """What some reports are called, by their ids; what is not on record is left out."""
        with self._reading(versions=True) as connection:
            return heads_of(connection, ids)

    def mentions(self, report: str) -> list[MentionThere]:
        """Where a report mentions whom, given its id, in the order of the text."""
        with self._reading(versions=True) as connection:
            return mentions_in(connection, report)

    def descent(self, report: str) -> Descent | None:
        """Where a report stands in its story, given its id; None for another version of a report."""
        with self._reading(versions=True) as connection:
            return descent_of(connection, report)

    def in_stories(self, ids: Iterable[str]) -> dict[str, stories.InStory]:
        """Of some reports the story, by their ids: which it is, of how many reports and independent origins."""
        with self._reading(versions=True) as connection:
            return stories.stories_of_reports(connection, ids)

    def suggest(self, of: Literal["actor", "outlet", "place"], begin: str, *, limit: int) -> list[Name]:
        """Names on record that begin so, for whoever types one."""
        find = {"actor": actors_beginning, "outlet": outlets_beginning, "place": places_beginning}[of]
        with self._reading(versions=True) as connection:
            return find(connection, begin, limit=limit)

    def find_report(self, name: str) -> str:
        """The id of a report by its id, the path that it was read from, or the beginning of its id; no file is looked at."""
        table = articles.c
        with self._reading(versions=True) as connection:
            for condition in (table.id == name, table.origin == name, begins_with(table.id, name)):
                query = select(table.id).where(condition).order_by(table.id).limit(_MOST_NAMED + 1)
                found = list(connection.execute(query).scalars()) if name else []
                if len(found) == 1:
                    return str(found[0])
                if found:
                    more = " and more" if len(found) > _MOST_NAMED else ""
                    raise UsageError(
                        f"{name}: several reports fit. Give the id of one: {', '.join(found[:_MOST_NAMED])}{more}."
                    )
        raise UsageError(f"{name}: no report of this name is on record in {self._name}.")

    def find_story(self, name: str) -> str | None:
        """The id of a story, given it or its beginning; None if it is none, or not of one alone."""
        with self._reading(versions=True) as connection:
            return stories.find_story(connection, name) if name.startswith("s-") else None

    def stories(
        self, *, copied: bool = False, limit: int | None = None, offset: int = 0
    ) -> Rows[stories.StoryThere]:
        """The stories, those of most reports first; `tellers` counts the reports and origins of all that there are.

        Args:
            copied: only those that several reports tell.
        """
        _check_bounds(limit, offset)
        with self._reading(versions=True) as connection:
            found = stories.all_stories(connection, copied=copied, limit=limit, offset=offset)
            total, reports, origins = stories.count_stories(connection, copied=copied)
            return Rows(found, "stories", total=total, tellers=stories.Tellers(reports, total, origins))

    def story(self, name: str) -> StoryTold:
        """One story, by its id or by one of its reports: who descends from whom, and what each copy changed."""
        with self._reading(versions=True) as connection:
            id = stories.find_story(connection, name) if name.startswith("s-") else None
            if id is None:
                id = self._story_of(connection, name)
            there = stories.story_there(connection, id)
            members = stories.members_of(connection, id)
            changes = {
                m.id: what_changed(
                    compare_articles(read_article(connection, m.copy.of), read_article(connection, m.id))
                )
                for m in members
                if m.copy
            }
            return StoryTold(there.id, members, there.copies, there.origins, changes)

    def lineage(self, name: str) -> Lineage:
        """The same as `story` without what each copy changed, which takes long where there are hundreds."""
        with self._reading(versions=True) as connection:
            id = stories.find_story(connection, name) if name.startswith("s-") else None
            if id is None:
                id = self._story_of(connection, name)
            members = stories.members_of(connection, id)
            return Lineage(id, members, sum(m.copy is None for m in members))

    def story_heads(
        self,
        *,
        order: StoryOrder = "newest",
        several: bool = False,
        outlet: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> StoryHeads:
        """Stories as they are listed: what each is called, who tells it, of how many origins it is, and when.

        Args:
            order: *newest*, those first that were told last; *told*, those of most reports.
            several: only those that several reports tell.
            outlet, since, until: only those of which a report fits; of the others nothing is left out.
        """
        _check_bounds(limit, offset)
        days = read_day(since, "--since"), read_day(until, "--until")
        question = StoryHeadsQuestion(order, several, outlet, *days)
        with self._reading(versions=True) as connection:
            check_outlet(connection, outlet)
            return story_heads(connection, question, limit=limit, offset=offset)

    def copies_compared(self, copies: Iterable[CopyOf]) -> dict[str, Comparison]:
        """What some copies changed, by their ids: each beside the report that it was made from, or is likest to."""
        with self._reading(versions=True) as connection:
            return {copy.article: compare_copy(connection, copy) for copy in copies}

    def sayings(self, story: str, *, limit: int, offset: int = 0, altered: bool = False) -> StorySayings:
        """What is said in a story, each saying once, given the id of the story: in how many reports, of how many origins, and how copies
        word it.

        Args:
            altered: only quotations that were altered.
        """
        _check_bounds(limit, offset)
        with self._reading(versions=True) as connection:
            return sayings_of(connection, story, limit=limit, offset=offset, altered=altered)

    def story_events(self, story: str, *, limit: int, offset: int = 0) -> StoryEvents:
        """The events that the reports of a story tell, each once, given its id."""
        _check_bounds(limit, offset)
        with self._reading(versions=True) as connection:
            return story_events(connection, story, limit=limit, offset=offset)

    def watches(self, who: str | None = None) -> list[Watch]:
        """The questions that somebody keeps, or all, those that were made last first."""
        with self._reading(versions=True) as connection:
            return watches.watches_of(connection, who)

    def watch(self, id: str) -> Watch | None:
        """A question that is kept, by its id."""
        with self._reading(versions=True) as connection:
            return watches.find_watch(connection, id)

    def watch_of_feed(self, secret: str) -> Watch | None:
        """The question that is kept whose feed has a secret."""
        with self._reading(versions=True) as connection:
            return watches.watch_of_feed(connection, secret)

    def last_arrived(self) -> int:
        """The number of the report that came into the record last; 0 if there is none."""
        with self._reading(versions=True) as connection:
            return last_arrived(connection)

    def latest(
        self, question: WatchedQuestion, when: Arrived, *, limit: int, offset: int = 0
    ) -> Rows[statements.Said] | Rows[Event] | Rows[Hit]:
        """Rows of a question as their reports came into the record, the latest first.

        Args:
            question: as `api.watching.read_watched` reads it.
            when: between which reports they came.
        """
        _check_bounds(limit, offset)
        with self._reading() as connection:
            return watching.latest(connection, question, when, limit=limit, offset=offset)

    def count_latest(self, question: WatchedQuestion, *, after: int, most: int) -> int:
        """How many rows of a question came after a report of a number, counted no further than `most`; of a search, reports."""
        with self._reading() as connection:
            return watching.count_latest(connection, question, after, most)

    def recorded_at(self, ids: Iterable[str]) -> dict[str, str]:
        """When some reports were recorded, by their ids; what is not known is left out."""
        with self._reading(versions=True) as connection:
            return watches.recorded_at(connection, ids)

    def compare(self, one: str, other: str) -> Compared:
        """Two reports side by side, each of the record or a file: what is the same, cut, added, moved or reworded."""
        with self._reading(versions=True) as connection:
            return compare_reports(connection, one, other, self._name)

    @contextmanager
    def _reading(self, *, versions: bool = False) -> Iterator[Connection]:
        """A connection for a question; `versions`: one that is about reports themselves, whichever version."""
        if self._store is None:
            raise self._is_closed()
        with asked(self._store, self._as_of, versions=versions or self._versions) as connection:
            yield connection

    @contextmanager
    def _as_it_is(self) -> Iterator[Connection]:
        """A connection through which all rows are seen, what is wrong and what is superseded too."""
        if self._store is None:
            raise self._is_closed()
        with self._store.reading() as connection:
            yield connection

    def _is_closed(self) -> RecordError:
        return RecordError(f"{self._name}: the record is closed. Open it again: Record.open({self._name!r})")

    def _story_of(self, connection: Connection, name: str) -> str:
        """The story of a report; another version of a report has that of the report."""
        row = find_article(connection, name)
        if row is not None and row.version_of:
            row = find_article(connection, row.version_of)
        if row is None or row.story is None:
            raise UsageError(
                f"{name}: neither a report nor a story of this name is on record in {self._name}. List them with: onrecord stories"
            )
        return str(row.story)


def _said_question(
    by: str | None,
    about: str | None,
    kind: str | None,
    since: Day | None,
    until: Day | None,
    match: str | None,
    outlet: str | None,
) -> statements.Question:
    days = read_day(since, "--since"), read_day(until, "--until")
    return statements.Question(by, about, read_kind(kind), *days, match, outlet=outlet)


def _events_question(
    actor: str | None,
    recipient: str | None,
    type: str | None,
    mode: str | None,
    country: str | None,
    since: Day | None,
    until: Day | None,
    status: str | Sequence[str],
    reported_by: str | None,
    asserted_only: bool,
    outlet: str | None,
) -> events.EventQuestion:
    return read_event_question(
        events.EventQuestion(
            actor=actor,
            recipient=recipient,
            type=type,
            mode=mode,
            country=country,
            since=read_day(since, "--since"),
            until=read_day(until, "--until"),
            statuses=(status,) if isinstance(status, str) else tuple(status),
            reported_by=reported_by,
            asserted_only=asserted_only,
            outlet=outlet,
        )
    )


def _in_time(order: Order, counted: int | None, most: int | None, rows: str) -> tuple[Order, list[str]]:
    """The order in which an answer can be given in time, and what to tell if it is another one than was asked for."""
    if counted is None or most is None or counted <= most or order.is_of_reports:
        return order, []
    return NEWEST, [too_many_to_sort(order, most, rows)]


def _check_bounds(limit: int | None, offset: int) -> None:
    if limit is not None and limit < 1:
        raise UsageError(f"--limit {limit}: this is no number of rows. Give 1 or more, or leave --limit out.")
    if offset < 0:
        raise UsageError(f"--offset {offset}: this is no number of rows. Give 0 or more.")
