"""Questions about events. An event that the reports of a story tell several times is one, and fits if its tellings do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union,
)

from onrecord.record.actor_codes import coded, has_code, read_code
from onrecord.record.asking.arrived import Arrived, has_arrived, latest_first
from onrecord.record.asking.bounded import count_rows
from onrecord.record.asking.days import day_of, published_day
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.newest_first import of_report, unindexed
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.places import places_in
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.sorting import NEWEST, Order, in_order
from onrecord.record.asking.statements import named, spoken_by
from onrecord.record.build_events import build_events
from onrecord.record.dialects import holds
from onrecord.record.full_text import articles_with, phrase
from onrecord.record.parts import in_parts
from onrecord.record.quoting import words_of_sentence
from onrecord.record.schema import (
    actors,
    appearances,
    articles,
    event_modes,
    event_parties,
    events,
    places,
    statements,
)

# Events that are fetched at a time.
_MANY = 300
# What holds of so many tellings is common.
_COMMON: Final = 20_000
# The telling that stands for its event.
ROOT = events.alias("root")
# What holds of all tellings that count.
_Scope = Sequence[ColumnElement[bool]]


class EventQuestion(msgspec.Struct, frozen=True):
    """What to look for; all that is given must hold.

    Attributes:
        actor, recipient: PLOVER code of country and sector (RUS, RUSGOV, GOV), else name or id of an actor, or
            words as printed. Of what all parties do to each other, each is actor and recipient.
        country: alpha-3 code, of the place; of who takes part where no place is known.
        since, until: ISO dates, both included; the event's days, where the text tells none the report's.
        statuses: one of them; empty is any.
        reported_by: the same as `actor`, of the source on whose word it is told.
        asserted_only: told in the reporter's own voice. With `statuses` and `reported_by`, one telling must be
            all of it.
        article: id of a report: its events as it tells them, whatever other reports of the story say.
        outlet: one of the reports that tell it is of this outlet.
        party: the same as `actor`, of whoever takes part, as actor or recipient.
        about: the same as `actor`, of whoever takes part; or words of the sentence.
        place: id of a place; it happened there, or at a place of that country or region.
        arrived: when the report came that tells it first.
    """

    actor: str | None = None
    recipient: str | None = None
    type: str | None = None
    mode: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    statuses: tuple[str, ...] = ()
    reported_by: str | None = None
    asserted_only: bool = False
    article: str | None = None
    outlet: str | None = None
    party: str | None = None
    about: str | None = None
    place: str | None = None
    arrived: Arrived | None = None


def find_events(
    connection: Connection,
    question: EventQuestion,
    *,
    limit: int | None = None,
    offset: int = 0,
    order: Order = NEWEST,
) -> Iterator[Event]:
    """Events that fit a question, newest report first, in the order of the text; some hundreds are fetched at a time.

    An event of several reports of a story is one, and stands where the report stands that tells it first.

    Args:
        limit: at most so many.
        offset: how many are left out at the beginning.
        order: by one of `sorting.EVENT_ORDERS`, of the telling that stands for the event.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    query = newest_events(connection, question, limit=limit, order=order).offset(offset or None)
    told = _told(question, among_few=True)
    for part in connection.execute(query.execution_options(yield_per=_MANY)).scalars().partitions():
        fitting = _fitting(connection, part, told) if told else None
        yield from build_events(connection, part, fitting, article=question.article)


def newest_events(
    connection: Connection, question: EventQuestion, *, limit: int | None = None, order: Order = NEWEST
) -> Select[Any]:
    """The ids of the events that fit a question, in the order of `find_events`, for other questions to go on with.

    Raises:
        UsageError: as `find_events` does.
    """
    q = question
    finding = (q.actor, q.recipient, q.party, q.about, q.place, q.mode, q.country, q.reported_by, q.article)
    reports_first = limit is not None and order.is_of_reports and not any(finding)
    asked = _asked(connection, question, reports_first=reports_first)
    return in_order(asked, order, _key(order), ROOT.c.number).limit(limit)


def latest_events(
    connection: Connection, question: EventQuestion, *, limit: int, offset: int = 0
) -> list[Event]:
    """Events that fit a question as the reports that tell them first came into the record, the latest first.

    Raises:
        UsageError: as `find_events` does.
    """
    asked = latest_first(_asked(connection, question), ROOT.c.article, ROOT.c.number)
    ids = connection.execute(asked.limit(limit).offset(offset or None)).scalars().all()
    return events_of(connection, ids, question)


def _key(order: Order) -> ColumnElement[Any] | None:
    """What events are sorted by; None is their reports."""
    if order.by in ("actor", "recipient"):
        return _first_party(order.by)
    if order.by == "place":
        place = select(func.lower(places.c.name)).where(places.c.id == ROOT.c.place).correlate(ROOT)
        return place.scalar_subquery()
    keys: dict[str, ColumnElement[Any]] = {
        "date": func.coalesce(ROOT.c.from_date, ROOT.c.to_date, published_day()),
        "type": ROOT.c.type,
        "status": ROOT.c.status,
    }
    return keys.get(order.by)


def _first_party(role: str) -> ColumnElement[Any]:
    """The name of the first one who has a role, else the words."""
    party = event_parties
    name = func.lower(func.coalesce(actors.c.name, party.c.text))
    first = (
        select(name)
        .select_from(party)
        .outerjoin(appearances, appearances.c.id == party.c.actor)
        .outerjoin(actors, actors.c.id == appearances.c.actor)
        .where(party.c.event == ROOT.c.id, party.c.role == role)
    )
    return first.order_by(party.c.number).limit(1).correlate(ROOT).scalar_subquery()


def events_of(connection: Connection, ids: Sequence[str], question: EventQuestion) -> list[Event]:
    """The events of some ids, in that order, with the status that a question asks for."""
    told, found = _told(question, among_few=True), list[Event]()
    for part in in_parts(ids, _MANY):
        asked = _fitting(connection, part, told) if told else None
        found += build_events(connection, part, asked, article=question.article)
    return found


def count_events(connection: Connection, question: EventQuestion, *, most: int | None = None) -> int:
    """How many events fit a question.

    Args:
        most: count no further than this.

    Raises:
        UsageError: as `find_events` does.
    """
    return count_rows(connection, _asked(connection, question), most)


def _asked(connection: Connection, question: EventQuestion, *, reports_first: bool = False) -> Select[Any]:
    """The ids of the events of a question, after it is seen that it can be meant as it is put.

    Args:
        reports_first: see `newest_first.of_report`.
    """
    check_events_question(question)
    return (
        select(ROOT.c.event)
        .join(articles, of_report(ROOT.c.article, reports_first=reports_first))
        .where(_is_first(ROOT, question), *_conditions(connection, ROOT, question))
        .where(*has_arrived(ROOT.c.article, question.arrived))
    )


def _is_first(root: Any, question: EventQuestion) -> ColumnElement[bool]:
    """Is it the telling that stands for its event: the first one, or the first of the report that is asked about?"""
    if question.article is None:
        return root.c.id == root.c.event  # type: ignore[no-any-return]
    earlier = events.alias("earlier")
    told_before = exists().where(
        earlier.c.article == question.article,
        earlier.c.event == root.c.event,
        earlier.c.number < root.c.number,
    )
    return and_(root.c.article == question.article, ~told_before)


def _scope(question: EventQuestion) -> list[ColumnElement[bool]]:
    """Which tellings count: all, or those of the report that is asked about."""
    return [events.c.article == question.article] if question.article is not None else []


def check_events_question(question: EventQuestion) -> None:
    """See that a question can be meant as it is put.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    words = {
        "actor": question.actor,
        "recipient": question.recipient,
        "type": question.type,
        "mode": question.mode,
        "country": question.country,
        "reported-by": question.reported_by,
        "outlet": question.outlet,
        "about": question.about,
    }
    check_question(words, question.since, question.until)


def _conditions(connection: Connection, root: Any, question: EventQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    scope = _scope(question)
    for role, words in (("actor", question.actor), ("recipient", question.recipient)):
        if words:
            found.append(_in_a_telling(root, scope, events.c.id.in_(_parties(connection, role, words))))
    if question.party:
        found.append(_in_a_telling(root, scope, events.c.id.in_(_parties(connection, None, question.party))))
    if question.about:
        found.append(_in_a_telling(root, scope, _is_about(connection, question.about)))
    if question.place:
        found.append(_in_a_telling(root, scope, events.c.place.in_(places_in(connection, question.place))))
    if question.outlet:
        theirs = select(articles.c.serial).where(of_outlet(connection, question.outlet)).correlate(None)
        found.append(_in_a_telling(root, scope, events.c.article.in_(theirs)))
    if question.type:
        found.append(_in_a_telling_that(connection, root, scope, events.c.type, (question.type,)))
    if question.mode:
        with_mode = select(event_modes.c.event).where(event_modes.c.mode == question.mode)
        found.append(_in_a_telling(root, scope, events.c.id.in_(with_mode)))
    if question.statuses and not (question.asserted_only or question.reported_by):
        found.append(_in_a_telling_that(connection, root, scope, events.c.status, question.statuses))
    elif told := _told(question):
        found.append(_in_a_telling(root, scope, and_(*told)))
    if question.country:
        found.append(_lies_in(root, scope, question.country))
    if question.since or question.until:
        found.append(_falls_in(root, scope, question.since, question.until))
    return found


def _in_a_telling(root: Any, scope: _Scope, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Does one telling of the event fit? Asked the way round that lets an index of the condition serve."""
    return root.c.event.in_(select(events.c.event).where(condition, *scope))  # type: ignore[no-any-return]


def _in_a_telling_that(
    connection: Connection, root: Any, scope: _Scope, column: ColumnElement[str], values: Sequence[str]
) -> ColumnElement[bool]:
    """The same, of a column that may say one thing of very many tellings: of each event it is asked then whether it fits, and not of all
    tellings which ones do."""
    fits = column.in_(values)
    some = select(events.c.id).where(fits).limit(_COMMON).subquery()
    if scope or connection.execute(select(func.count()).select_from(some)).scalar_one() < _COMMON:
        return _in_a_telling(root, scope, fits)
    return exists().where(events.c.event == root.c.event, unindexed(column).in_(values))


def _no_telling(root: Any, scope: _Scope, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~exists().where(events.c.event == root.c.event, condition, *scope)


def _told(question: EventQuestion, *, among_few: bool = False) -> list[ColumnElement[bool]]:
    """What must hold of one and the same telling.

    Args:
        among_few: it is asked of a few tellings alone, which are not to be looked for among all that have a status.
    """
    found: list[ColumnElement[bool]] = []
    if question.statuses:
        status = unindexed(events.c.status) if among_few else events.c.status
        found.append(status.in_(question.statuses))
    if question.asserted_only:
        found.append(events.c.reported_by.is_(None))
    if question.reported_by:
        theirs = select(statements.c.id).where(spoken_by(question.reported_by))
        found.append(events.c.reported_by.in_(theirs))
    return found


def _fitting(
    connection: Connection, roots: Sequence[str], told: Sequence[ColumnElement[bool]]
) -> frozenset[str]:
    """Ids of the tellings of some events that fit."""
    query = select(events.c.id).where(events.c.event.in_(roots), *told)
    return frozenset(connection.execute(query).scalars())


def _parties(connection: Connection, role: str | None, words: str) -> Select[Any] | CompoundSelect[Any]:
    """Ids of the events in which somebody has a role; None is any role."""
    party = event_parties
    has_role: list[ColumnElement[bool]] = []
    if role is not None:
        whole = events.alias()
        mutual = exists().where(whole.c.id == party.c.event, whole.c.mutual)
        has_role.append(or_(party.c.role == role, mutual))
    found = select(party.c.event).where(*has_role)
    if code := read_code(words):
        return found.where(
            or_(party.c.actor.in_(coded(code)), has_code(party.c.country, party.c.sector, code))
        )
    if connection.execute(select(actors.c.id).where(actors.c.id == words)).first():
        # An id is no words that anybody would print.
        return found.where(party.c.actor.in_(select(appearances.c.id).where(appearances.c.actor == words)))
    told = found.where(holds(party.c.text, words))
    if phrase(words):
        told = told.where(
            party.c.event.in_(select(events.c.id).where(_in_reports_with(words)).correlate(None))
        )
    return union(found.where(party.c.actor.in_(named(words))), told)


def _in_reports_with(words: str) -> ColumnElement[bool]:
    """Is it told in a report that has the words anywhere? An index of words tells these."""
    return events.c.article.in_(select(articles.c.serial).where(articles_with(phrase(words))).correlate(None))


def _is_about(connection: Connection, words: str) -> ColumnElement[bool]:
    """Does a telling name somebody as one who takes part, or hold the words in its sentence?"""
    told = holds(words_of_sentence().element, words)
    if phrase(words):
        told = and_(_in_reports_with(words), told)
    return or_(events.c.id.in_(_parties(connection, None, words)), told)


def _lies_in(root: Any, scope: _Scope, country: str) -> ColumnElement[bool]:
    there = select(places.c.id).where(places.c.country == country)
    placed = select(places.c.id).where(places.c.country.is_not(None))
    code = read_code(country)
    theirs: ColumnElement[bool] = event_parties.c.country == country
    if code:
        theirs = or_(theirs, event_parties.c.actor.in_(coded(code)))
    parties = select(event_parties.c.event).where(theirs)
    return or_(
        _in_a_telling(root, scope, events.c.place.in_(there)),
        and_(
            _in_a_telling(root, scope, events.c.id.in_(parties)),
            _no_telling(root, scope, events.c.place.in_(placed)),
        ),
    )


def _falls_in(root: Any, scope: _Scope, since: str | None, until: str | None) -> ColumnElement[bool]:
    published = published_day()
    report = articles.alias()
    told_on = select(day_of(report.c.published)).where(report.c.serial == events.c.article)
    begins = func.coalesce(events.c.from_date, events.c.to_date)
    last = func.coalesce(events.c.to_date, events.c.from_date)
    # What is under way lasts until the report at least, also where the days that are told end before it.
    reported = told_on.scalar_subquery()
    lasts = case((reported > last, reported), else_=last)
    ends = case((events.c.status == "ongoing", lasts), else_=last)
    dated = begins.is_not(None)
    fits = [dated, *([ends >= since] if since else []), *([begins <= until] if until else [])]
    undated = [*([published >= since] if since else []), *([published <= until] if until else [])]
    return or_(_in_a_telling(root, scope, and_(*fits)), and_(*undated, _no_telling(root, scope, dated)))
