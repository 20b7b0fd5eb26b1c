"""Questions about actors: who is meant by a name, what is known of somebody, and why a report's actor is taken for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from onrecord.contract import CandidateOut
from onrecord.errors import UsageError
from onrecord.record.actor_codes import read_code
from onrecord.record.asking.statements import Evidence, Question, said
from onrecord.record.asking.stories import tellers
from onrecord.record.bearers import explain_bearer, namesakes_of
from onrecord.record.corrections import Correction
from onrecord.record.people import is_registered, load_corrections, who_is
from onrecord.record.quoting import words_of_mention
from onrecord.record.schema import (
    actor_names,
    actors,
    appearance_names,
    appearances,
    articles,
    mentions,
    roles,
    statements,
    subjects,
)
from onrecord.resolution.registry import LEAST_LEAD, LEAST_SCORE, candidates
from onrecord.resolution.spelling import fold

# As many actors are named when a name is not enough.
_MOST_NAMED = 6


class Role(msgspec.Struct):
    """An office of somebody whom the registry knows; a null day is unknown."""

    title: str
    of: str | None
    from_: str | None = msgspec.field(name="from")
    to: str | None


class Part(msgspec.Struct):
    """How often somebody is a statement's source, its subject, its addressee, and how often a mention means them."""

    source: int = 0
    subject: int = 0
    addressee: int = 0
    mentions: int = 0


class Why(msgspec.Struct):
    """Why an actor of a report is taken for somebody.

    Attributes:
        name, names: what the report calls them.
        found: whom analysis took them for.
        verdict: why, in words.
        considered: whom of the registry the name may mean, the best first; None if that was not kept.
        corrections: what people have put right since.
        evidence: where they are mentioned.
    """

    name: str
    names: list[str]
    found: str
    verdict: str
    considered: list[CandidateOut] | None
    corrections: list[Correction]
    evidence: list[Evidence]


class InReport(msgspec.Struct):
    """Somebody's part in one report; `why` only where it was asked for, one for each actor of the report."""

    article: str
    published: str | None
    outlet: str | None
    headline: str | None
    part: Part
    why: list[Why] | None = None


class Known(msgspec.Struct):
    """What the record knows of somebody; `reports` counts those in which they appear, `stories` and `origins` of how many
    stories and origins these are: copies count once."""

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    names: list[str]
    part: Part
    reports: int
    stories: int
    origins: int


class Described(Known):
    """Somebody with offices, all reports (the latest first) and the corrections that speak of them."""

    roles: list[Role]
    in_reports: list[InReport]
    corrections: list[Correction]


def find_actors(connection: Connection, words: str) -> list[str]:
    """Ids of the actors whom an id or a name means: all that bear the whole name, else all of whose name it is a word,
    else those whom the registry knows by another spelling of it.

    Who appears in most reports comes first. An id that was merged into another means the other.
    """
    by_id = load_corrections(connection).goes_by(words)
    if connection.execute(select(actors.c.id).where(actors.c.id == by_id)).first():
        return [by_id]
    folded = fold(words)
    if not folded:
        return []
    column = actor_names.c.folded
    return (
        _bearing(connection, column == folded)
        or _bearing(
            connection,
            or_(
                column.endswith(" " + folded, autoescape=True),
                column.startswith(folded + " ", autoescape=True),
                column.contains(f" {folded} ", autoescape=True),
            ),
        )
        or _spelt_otherwise(connection, words)
    )


def one_actor(connection: Connection, words: str, *, besides: str | None = None) -> str:
    """The id of the one actor whom an id or a name means.

    Args:
        besides: somebody who is not meant, though the name may fit.

    Raises:
        UsageError: if nobody fits or several do; names those that come near.
    """
    found = [id for id in find_actors(connection, words) if id != besides] or (
        [besides] if besides and besides in find_actors(connection, words) else []
    )
    if not found:
        raise unknown(connection, words)
    if len(found) > 1:
        raise UsageError(
            f"{words}: {len(found)} actors bear this name. Give the id of one: {_listed(connection, found)}."
        )
    return found[0]


def unknown(connection: Connection, words: str) -> UsageError:
    """The error for a name that nobody has, with names that come near."""
    near = _near(connection, words)
    hint = f"Near it: {_listed(connection, near)}." if near else "Names are those that reports print."
    return UsageError(f"{words}: nobody of this name is on record. {hint}")


def is_nobody(connection: Connection, words: str) -> bool:
    """Does a name mean nobody, and do the words stand neither in a source nor in a content? A code is no name."""
    if read_code(words) or find_actors(connection, words):
        return False
    return not (
        said(connection, Question(by=words), limit=1) or said(connection, Question(about=words), limit=1)
    )


def name_of(connection: Connection, id: str) -> str:
    """The name of an actor, the id if it has none."""
    return connection.execute(select(actors.c.name).where(actors.c.id == id)).scalar() or id


def found_names(connection: Connection, made: Iterable[Correction]) -> dict[str, str]:
    """Names, by id, of the actors of whom corrections speak: what reports call them, before any correction."""
    ids = {i for c in made for i in (c.actor, c.other) if i}
    often = func.count()
    query = (
        select(appearances.c.linked, appearances.c.name)
        .where(appearances.c.linked.in_(sorted(ids)), appearances.c.base.is_(None))
        .group_by(appearances.c.linked, appearances.c.name)
        .order_by(often, appearances.c.name)
    )
    return _names(connection, ids) | {row.linked: row.name for row in connection.execute(query)}


def reports_of(connection: Connection, id: str) -> list[str]:
    """Ids of the reports in which an actor appears."""
    query = select(appearances.c.article).where(appearances.c.actor == id).distinct()
    return sorted(connection.execute(query).scalars())


def know(connection: Connection, id: str) -> Known:
    """What the record knows of an actor who is in it."""
    parts = _parts(connection, id)
    return Known(**facts_of(connection, id), part=_total(parts.values()), **_tellers(connection, id))


def describe(connection: Connection, id: str, *, why: bool) -> Described:
    """All that is known of an actor who is in the record.

    Args:
        why: say of each report why its actor is taken for this one.
    """
    parts = _parts(connection, id)
    query = (
        select(articles.c.id, articles.c.published, articles.c.outlet, articles.c.headline)
        .where(articles.c.serial.in_(select(appearances.c.article).where(appearances.c.actor == id)))
        .order_by(articles.c.published.desc().nulls_last(), articles.c.id)
    )
    made = load_corrections(connection)
    in_reports = [
        InReport(
            article=row.id,
            published=row.published,
            outlet=row.outlet,
            headline=row.headline,
            part=parts.get(row.id, Part()),
        )
        for row in connection.execute(query)
    ]
    if why:
        for report in in_reports:
            report.why = _why(connection, id, report.article)
    return Described(
        **facts_of(connection, id),
        part=_total(parts.values()),
        **_tellers(connection, id),
        roles=_roles(connection, id),
        in_reports=in_reports,
        corrections=[c for c in made.made if id in (made.goes_by(c.actor), c.other)],
    )


def _tellers(connection: Connection, id: str) -> dict[str, Any]:
    """In how many reports an actor appears, of how many stories and origins."""
    ids = reports_of(connection, id)
    told = tellers(connection, ids)
    return {"reports": len(ids), "stories": told.stories, "origins": told.origins}


def _bearing(connection: Connection, condition: ColumnElement[bool]) -> list[str]:
    often = (
        select(func.count(appearances.c.article.distinct()))
        .where(appearances.c.actor == actor_names.c.actor)
        .correlate(actor_names)
        .scalar_subquery()
    )
    query = select(actor_names.c.actor, often).where(condition).distinct()
    return [id for id, _ in sorted(connection.execute(query), key=lambda row: (-row[1], row[0]))]


def _spelt_otherwise(connection: Connection, words: str) -> list[str]:
    spelt = [c.actor.id for c in candidates(words) if c.score >= LEAST_SCORE]
    return _bearing(connection, actor_names.c.actor.in_(spelt))


def _near(connection: Connection, words: str) -> list[str]:
    """Actors of whose name a word begins as a word of the given ones does."""
    begins = {w[:4] for w in fold(words).split() if len(w) > 2}
    column = actor_names.c.folded
    starts = [
        c
        for b in sorted(begins)
        for c in (column.startswith(b, autoescape=True), column.contains(" " + b, autoescape=True))
    ]
    return _bearing(connection, or_(*starts)) if starts else []


def _listed(connection: Connection, ids: list[str]) -> str:
    names = _names(connection, ids[:_MOST_NAMED])
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return ", ".join(f"{names[id]} ({id})" for id in ids[:_MOST_NAMED]) + more


def _names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    rows = connection.execute(select(actors.c.id, actors.c.name).where(actors.c.id.in_(sorted(set(ids)))))
    return {row.id: row.name for row in rows}


def facts_of(connection: Connection, id: str) -> dict[str, Any]:
    """What an actor who is on record is called and what they are: the first fields of a `Known`."""
    row = connection.execute(select(actors).where(actors.c.id == id)).one()
    named = select(actor_names.c.name).where(actor_names.c.actor == id, actor_names.c.name != row.name)
    names = sorted(connection.execute(named).scalars())
    return {
        "id": id,
        "name": row.name,
        "type": row.type,
        "country": row.country,
        "sector": row.sector,
        "names": names,
    }


def _roles(connection: Connection, id: str) -> list[Role]:
    """The offices of whom analysis took it for, where nobody has said that it is somebody else."""
    found = select(appearances.c.found).where(appearances.c.actor == id, ~appearances.c.parted)
    query = select(roles.c.title, roles.c.of, roles.c.from_date, roles.c.to_date).where(
        roles.c.found.in_(found)
    )
    held = [Role(*row) for row in connection.execute(query.distinct())]
    return sorted(held, key=lambda r: (r.from_ or r.to or "", r.to or "9999", r.title, r.of or ""))


def _parts(connection: Connection, id: str) -> dict[str, Part]:
    """An actor's part in each report."""
    ours = select(appearances.c.id).where(appearances.c.actor == id)
    parts: dict[str, Part] = {}

    def count(field: str, article: Any, counted: Any, *conditions: Any) -> None:
        query = select(article, func.count(counted)).where(*conditions).group_by(article)
        for report, number in connection.execute(query):
            setattr(parts.setdefault(report, Part()), field, number)

    said_by_them = statements.c.source_actor.in_(ours)
    count("source", statements.c.article, statements.c.id, said_by_them)
    count("addressee", statements.c.article, statements.c.id, statements.c.addressee.in_(ours))
    count("mentions", mentions.c.article, mentions.c.number, mentions.c.actor.in_(ours))
    spoken_of = select(subjects.c.statement).where(subjects.c.actor.in_(ours))
    by_others = or_(statements.c.source_actor.is_(None), ~said_by_them)
    count("subject", statements.c.article, statements.c.id, statements.c.id.in_(spoken_of), by_others)
    return parts


def _total(parts: Iterable[Part]) -> Part:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(msgspec.structs.asdict(part))
    return Part(**total)


def _why(connection: Connection, id: str, article: str) -> list[Why]:
    made = load_corrections(connection)
    query = (
        select(appearances)
        .where(appearances.c.actor == id, appearances.c.article == article)
        .order_by(appearances.c.number, appearances.c.id)
    )
    return [_explain(connection, row, list(who_is(row, made).through)) for row in connection.execute(query)]


def _explain(connection: Connection, row: Row[Any], through: list[Correction]) -> Why:
    considered = (
        None if row.considered is None else msgspec.json.decode(row.considered, type=list[CandidateOut])
    )
    names = select(appearance_names.c.name).where(
        appearance_names.c.appearance == row.id, appearance_names.c.name != row.name
    )
    places = (
        select(mentions.c.article, mentions.c.start, mentions.c.end, words_of_mention())
        .where(mentions.c.actor == row.id)
        .order_by(mentions.c.number)
    )
    return Why(
        name=row.name,
        names=sorted(connection.execute(names).scalars()),
        found=row.linked,
        verdict=judge(row.found, row.type, considered)
        + explain_bearer(row.found, row.linked, namesakes_of(connection, row.linked)),
        considered=considered,
        corrections=through,
        evidence=[Evidence(*place) for place in connection.execute(places)],
    )


def judge(found: str, type: str | None, considered: list[CandidateOut] | None) -> str:
    """Why the best candidate was taken, or was not, in words.

    Args:
        found: the id that the actor of the report was given.
        type: what the report's actor is.
        considered: the candidates, the best first; None if they were not kept.
    """
    if considered is None:
        return "not kept by the older onrecord that read the report; read it again"
    by_name = "known by the name alone"
    if not considered:
        return (
            "named by the registry"
            if is_registered(found)
            else f"the registry has nobody of this name; {by_name}"
        )
    first = considered[0]
    lead = first.score - considered[1].score if len(considered) > 1 else None
    if is_registered(found):
        ahead = f" and leads by {lead:.2f}" if lead is not None else ""
        return f"{first.name}: {first.score:.2f} is enough ({LEAST_SCORE:.2f} is needed){ahead}"
    if first.score < LEAST_SCORE:
        return f"nobody of the registry: {first.score:.2f} is too little ({LEAST_SCORE:.2f} is needed); {by_name}"
    if lead is not None and lead < LEAST_LEAD:
        return f"nobody of the registry: {considered[1].name} is as likely as {first.name}; {by_name}"
    return f"nobody of the registry: {first.name} is {_a(first.type)}, this is {_a(type or 'something else')}; {by_name}"


def _a(noun: str) -> str:
    return noun if noun.startswith("some") else f"an {noun}" if re.match("[aeiou]", noun) else f"a {noun}"
