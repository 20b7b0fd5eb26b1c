"""Questions to the record. Rows come back as types that print and turn into JSON as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from onrecord.contract import AmendedOut
from onrecord.record.actor_codes import coded, country_and_sector, has_code, is_coded, is_common, read_code
from onrecord.record.asking.amended import Amends, amended, amends_of
from onrecord.record.asking.arrived import Arrived, has_arrived, have_few_arrived, latest_first
from onrecord.record.asking.bounded import count_rows
from onrecord.record.asking.days import day_of, on_days
from onrecord.record.asking.newest_first import of_report, unindexed
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.sorting import NEWEST, Order, in_order
from onrecord.record.dialects import holds
from onrecord.record.full_text import (
    are_everywhere,
    check_match,
    phrase,
    sources_with,
    statement_with,
    statements_among,
    statements_with,
)
from onrecord.record.parts import in_parts
from onrecord.record.people import load_corrections
from onrecord.record.quoting import words_of_content
from onrecord.record.schema import actor_names, actors, appearances, articles, contents, statements, subjects
from onrecord.resolution.registry import LEAST_SCORE, candidates
from onrecord.resolution.spelling import fold

# Statements that are fetched at a time.
_MANY = 500


class Evidence(msgspec.Struct):
    """Where it is printed: code points [start, end) of the article's text."""

    article: str
    start: int
    end: int
    text: str


class Said(msgspec.Struct):
    """A statement with its evidence and its report.

    Attributes:
        by: the source as printed.
        actor, actor_id: who is meant by it, after corrections.
        country, sector: PLOVER's codes of the source, of its words themselves where they name nobody.
        date: the day on which it was said, where the text tells it.
        amended: who has put it right, and when; not there where nobody has.
    """

    id: str
    by: str | None
    actor: str | None
    actor_id: str | None
    country: str | None
    sector: str | None
    cue: str | None
    source: Evidence | None
    cue_place: Evidence | None
    kind: str
    attitude: str
    negated: bool
    quotation: str
    confidence: float
    within: str | None
    about: list[str]
    addressee: str | None
    date: str | None
    published: str | None
    outlet: str | None
    headline: str | None
    evidence: list[Evidence]
    amended: list[AmendedOut] | UnsetType = UNSET

    @property
    def code(self) -> str:
        """Country and sector of the source in one, as in KAZGOV; empty if neither is known."""
        return (self.country or "") + (self.sector or "")


class Question(msgspec.Struct, frozen=True):
    """What to look for; all that is given must hold.

    Attributes:
        by: PLOVER code of country and sector (RUS, RUSGOV, GOV) of the source, else name or id of an actor, or words
            of the source as printed.
        about: name or id of an actor that the content names, or words of the content.
        since, until: ISO dates, both included, of the statement or else of its report.
        match: words of the content; *a phrase in double quotation marks*, `word*`, AND, OR, NOT.
        outlet: who published the report.
        arrived: when the report came.
    """

    by: str | None = None
    about: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    match: str | None = None
    article: str | None = None
    outlet: str | None = None
    arrived: Arrived | None = None


def said(
    connection: Connection, question: Question, *, limit: int | None = None, offset: int = 0
) -> list[Said]:
    """Statements that fit a question, newest report first, in the order of the text.

    Args:
        limit: at most so many.
        offset: how many are left out at the beginning.

    Raises:
        UsageError: for empty words, for a first day after the last, and for words to match that are no question.
    """
    return list(find_said(connection, question, limit=limit, offset=offset))


def find_said(
    connection: Connection,
    question: Question,
    *,
    limit: int | None = None,
    offset: int = 0,
    order: Order = NEWEST,
    is_broad: bool = False,
) -> Iterator[Said]:
    """The same as `said`, some hundreds fetched at a time.

    Args:
        order: by one of `sorting.STATEMENT_ORDERS`.
        is_broad: very many fit, so that the first ones are soon found report by report.
    """
    # First which ones: rows are wide, and the whole answer is sorted.
    asked = newest_said(connection, question, limit=limit, order=order, is_broad=is_broad)
    query = asked.offset(offset or None)
    query = query.execution_options(yield_per=_MANY)
    for part in connection.execute(query).scalars().partitions():
        yield from _of_numbers(connection, part)


def newest_said(
    connection: Connection,
    question: Question,
    *,
    limit: int | None = None,
    order: Order = NEWEST,
    is_broad: bool = False,
) -> Select[Any]:
    """The numbers of the statements that fit a question, in the order of `find_said`, for other questions to go on with.

    Raises:
        UsageError: as `said` does.
    """
    finding = (question.by, question.about, question.match, question.article)
    reports_first = limit is not None and order.is_of_reports and (is_broad or not any(finding))
    one_by_one = reports_first and is_broad
    match_with = statements_with
    if one_by_one and question.match:
        match_with = statement_with if are_everywhere(connection, question.match) else statements_among
    asked = _asked(
        connection, question, reports_first=reports_first, one_by_one=one_by_one, match_with=match_with
    )
    return _sorted(asked, order).limit(limit)


def latest_said(connection: Connection, question: Question, *, limit: int, offset: int = 0) -> list[Said]:
    """Statements that fit a question as their reports came into the record, the latest first.

    Raises:
        UsageError: as `said` does.
    """
    one_by_one = _is_asked_one_by_one(connection, question)
    match_with = statement_with if one_by_one else statements_with
    asked = _asked(connection, question, one_by_one=one_by_one, match_with=match_with)
    asked = latest_first(asked, statements.c.article, statements.c.number)
    numbers = connection.execute(asked.limit(limit).offset(offset or None)).scalars().all()
    return _of_numbers(connection, numbers)


def _sorted(query: Select[Any], order: Order) -> Select[Any]:
    """Statements in an order; by source: the name of who is meant, else its words."""
    keys: dict[str, ColumnElement[Any]] = {"kind": statements.c.kind, "outlet": func.lower(articles.c.outlet)}
    if order.by == "source":
        query = query.outerjoin(appearances, appearances.c.id == statements.c.source_actor)
        query = query.outerjoin(actors, actors.c.id == appearances.c.actor)
        keys["source"] = func.lower(func.coalesce(actors.c.name, statements.c.source_text))
    return in_order(query, order, keys.get(order.by), statements.c.number)


def _of_numbers(connection: Connection, numbers: Sequence[int]) -> list[Said]:
    """Some hundreds of statements by their numbers, in that order."""
    number = type_coerce(statements.c.id, BigInteger).label("row_number")
    query = _rows().add_columns(number).where(number.element.in_(numbers))
    rows = {row.row_number: row for row in connection.execute(query)}
    return _with_evidence(connection, [rows[n] for n in numbers])


def said_of(connection: Connection, ids: Sequence[str]) -> list[Said]:
    """The statements of some ids, in that order."""
    found: dict[str, Said] = {}
    for part in in_parts(ids, _MANY):
        query = _rows().where(statements.c.id.in_(part))
        found |= {s.id: s for s in _with_evidence(connection, connection.execute(query).all())}
    return [found[id] for id in ids]


def count_said(connection: Connection, question: Question, *, most: int | None = None) -> int:
    """How many statements fit a question.

    Args:
        most: count no further than this.

    Raises:
        UsageError: as `said` does.
    """
    one_by_one = most is not None and _is_asked_one_by_one(connection, question)
    match_with = statement_with if one_by_one else statements_with
    asked = _asked(connection, question, one_by_one=one_by_one, match_with=match_with)
    ids = asked.with_only_columns(statements.c.id, maintain_column_froms=True)
    return count_rows(connection, ids, most)


def _is_asked_one_by_one(connection: Connection, question: Question) -> bool:
    """Are few statements left to look at, or do very many fit, so that it takes longer to tell which ones than whether each does?"""
    if have_few_arrived(connection, question.arrived):
        return True
    # Words, and whom it is about, leave few statements to look at.
    by = question.by if not question.match and not question.about else None
    code = read_code(by) if by else None
    return code is not None and is_common(connection, code)


def ids_of(connection: Connection, question: Question) -> Select[tuple[str]]:
    """The ids of the statements that fit a question, for other questions to go on with.

    Raises:
        UsageError: as `said` does.
    """
    return _asked(connection, question).with_only_columns(statements.c.id, maintain_column_froms=True)


def _asked(
    connection: Connection,
    question: Question,
    *,
    reports_first: bool = False,
    one_by_one: bool = False,
    match_with: Callable[[str], ColumnElement[bool]] = statements_with,
) -> Select[Any]:
    """The numbers of the statements that fit a question, after it is seen that it can be meant as it is put.

    Args:
        reports_first: see `newest_first.of_report`.
        one_by_one: of one statement after the other it is asked whether it is of whoever is named, and not which ones are.
        match_with: how it is asked whether it holds the words to match.
    """
    words = {
        "by": question.by,
        "about": question.about,
        "match": question.match,
        "outlet": question.outlet,
    }
    check_question(words, question.since, question.until)
    if question.match:
        check_match(question.match)
    made = load_corrections(connection)
    day = day_of(func.coalesce(statements.c.date, articles.c.published))
    query = select(type_coerce(statements.c.id, BigInteger)).join(
        articles, of_report(statements.c.article, reports_first=reports_first)
    )
    if question.article:
        query = query.where(statements.c.article == question.article)
    if question.by:
        query = query.where(spoken_by(made.goes_by(question.by), one_by_one=one_by_one))
    if question.about:
        query = query.where(is_about(made.goes_by(question.about)))
    if question.kind:
        # What came lately, or of one outlet, is not looked for among all of a kind.
        is_left = question.arrived or question.outlet
        kind = unindexed(statements.c.kind) if is_left else statements.c.kind
        query = query.where(kind == question.kind)
    query = query.where(*on_days(day, question.since, question.until))
    if question.match:
        query = query.where(match_with(question.match))
    if question.outlet:
        query = query.where(of_outlet(connection, question.outlet))
    return query.where(*has_arrived(statements.c.article, question.arrived))


def _rows() -> Select[Any]:
    """Statements with what of their reports, sources and addressees a `Said` has."""
    source, addressee = actors.alias("source"), actors.alias("addressee")
    speaking, listening = appearances.alias("speaking"), appearances.alias("listening")
    country, sector = country_and_sector(speaking, source)
    return (
        select(
            statements,
            articles.c.published,
            articles.c.outlet,
            articles.c.headline,
            source.c.id.label("actor_id"),
            source.c.name.label("actor_name"),
            # Of whoever has a name the statement keeps no codes.
            func.coalesce(country, statements.c.source_country).label("country"),
            func.coalesce(sector, statements.c.source_sector).label("sector"),
            addressee.c.name.label("addressee_name"),
        )
        .join(articles, articles.c.serial == statements.c.article)
        .outerjoin(speaking, speaking.c.id == statements.c.source_actor)
        .outerjoin(source, source.c.id == speaking.c.actor)
        .outerjoin(listening, listening.c.id == statements.c.addressee)
        .outerjoin(addressee, addressee.c.id == listening.c.actor)
    )


def named(name: str) -> Any:
    """Ids of the appearances of the actors that have an id or bear a name, whole or as one of its words; if nobody in
    the record does, of those whom the registry knows by it (*Russia*, where reports print *Moscow* alone)."""
    folded = fold(name)
    # Ranges, which an index finds: an exclamation mark is what comes next after a blank.
    bears = or_(
        actor_names.c.folded == folded,
        *(
            and_(column >= words + " ", column < words + "!")
            for column, words in (
                (actor_names.c.folded, folded),
                (actor_names.c.backwards, folded[::-1]),
            )
        ),
    )
    named = select(actor_names.c.actor).where(bears) if folded else select(literal_column("NULL"))
    meant = or_(appearances.c.actor == name, appearances.c.actor.in_(named))
    if spelt := [c.actor.id for c in candidates(name) if c.score >= LEAST_SCORE]:
        meant = or_(meant, and_(~named.exists(), appearances.c.actor.in_(spelt)))
    return select(appearances.c.id).where(meant)


def spoken_by(words: str, *, one_by_one: bool = False) -> ColumnElement[bool]:
    """Is the source of a statement of a code, or is it whom a name means, or does it hold the words?

    Args:
        one_by_one: as of a code that very many have.
    """
    table = statements.c
    if code := read_code(words):
        described = has_code(table.source_country, table.source_sector, code)
        meant_by = is_coded(table.source_actor, code) if one_by_one else table.source_actor.in_(coded(code))
        return or_(meant_by, described)
    meant = select(table.id).where(table.source_actor.in_(named(words))).correlate(None)
    return table.id.in_(meant.union(_with_words(table.source_text, sources_with, words)))


def is_about(words: str) -> ColumnElement[bool]:
    """Does the content of a statement name whom a name means, or hold the words?"""
    meant = select(subjects.c.statement).where(subjects.c.actor.in_(named(words))).correlate(None)
    told = _with_words(statements.c.content_text, statements_with, words)
    return statements.c.id.in_(meant.union(told))


def _with_words(
    column: ColumnElement[Any], indexed: Callable[[str], ColumnElement[bool]], words: str
) -> Select[tuple[str]]:
    """Ids of the statements of which a column holds words as whole words; the index of its words tells which to look at."""
    query = select(statements.c.id).where(holds(column, words)).correlate(None)
    return query.where(indexed(phrase(words))) if phrase(words) else query


def _with_evidence(connection: Connection, rows: Sequence[Row[Any]]) -> list[Said]:
    """Fetch contents and subjects of the rows, some hundreds at a time."""
    found: list[Said] = []
    for part in in_parts(rows, _MANY):
        ids = [r.id for r in part]
        evidence: dict[str, list[Evidence]] = {i: [] for i in ids}
        articles_of = {r.id: r.article for r in part}
        places = (
            select(contents, words_of_content())
            .where(contents.c.statement.in_(ids))
            .order_by(contents.c.statement, contents.c.number)
        )
        for c in connection.execute(places):
            evidence[c.statement].append(Evidence(articles_of[c.statement], c.start, c.end, c.text))
        about: dict[str, list[str]] = {i: [] for i in ids}
        named = (
            select(subjects.c.statement, actors.c.id, actors.c.name)
            .join(appearances, appearances.c.id == subjects.c.actor)
            .join(actors, actors.c.id == appearances.c.actor)
            .where(subjects.c.statement.in_(ids))
            .distinct()
            .order_by(actors.c.name, actors.c.id)
        )
        speakers = {r.id: r.actor_id for r in part}
        for s in connection.execute(named):
            # Who has turned out to be the speaker is no subject: *he* who speaks of himself.
            if s.id != speakers[s.statement]:
                about[s.statement].append(s.name)
        made = amends_of(connection, "statement", ids)
        found.extend(_said(r, about[r.id], evidence[r.id], made) for r in part)
    return found


def _said(row: Row[Any], about: list[str], evidence: list[Evidence], made: Amends) -> Said:
    return Said(
        id=row.id,
        by=row.source_text,
        actor=row.actor_name,
        actor_id=row.actor_id,
        country=row.country,
        sector=row.sector,
        cue=row.cue_text,
        source=_evidence(row.article, row.source_start, row.source_end, row.source_text),
        cue_place=_evidence(row.article, row.cue_start, row.cue_end, row.cue_text),
        kind=row.kind,
        attitude=row.attitude,
        negated=bool(row.negated),
        quotation=row.quotation,
        confidence=row.confidence,
        within=row.within,
        about=about,
        addressee=row.addressee_name,
        date=row.date,
        published=row.published,
        outlet=row.outlet,
        headline=row.headline,
        evidence=evidence,
        amended=amended(made, row.id),
    )


def _evidence(article: str, start: int | None, end: int | None, words: str | None) -> Evidence | None:
    if start is None or end is None or words is None:
        return None
    return Evidence(article, start, end, words)
