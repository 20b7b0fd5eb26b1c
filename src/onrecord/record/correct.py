"""Put right who is who: each correction is checked, appended to the list and carried out, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select

from onrecord.errors import UsageError
from onrecord.record.asking.actors import name_of, one_actor, reports_of
from onrecord.record.asking.find_article import find_article
from onrecord.record.corrections import Correction, Corrections, is_plain, make_merge, make_rename, make_split
from onrecord.record.people import apply_corrections, load_corrections, store_corrections
from onrecord.record.schema import appearances, corrections, mentions


class Imported(msgspec.Struct):
    """What came of corrections that were read from a file; `changed` counts the actors of reports that are somebody else now."""

    added: int
    known: int
    changed: int


def merge(
    connection: Connection, actor: str, other: str, *, time: str, command: str, who: str | None = None
) -> Correction:
    """Two actors are one: `other` goes by `actor` from now on.

    Args:
        actor, other: ids or names.
        time: now, ISO.
        command: the words that were typed.
        who: who says so.

    Raises:
        UsageError: if a name is nobody's or several actors', or both are one already.
    """
    stays = _seen_actor(connection, actor)
    goes = _seen_actor(connection, other, besides=stays)
    if stays == goes:
        raise UsageError(
            f"{actor} and {other} are one actor already: {name_of(connection, stays)} ({stays})."
        )
    return _make(connection, make_merge(stays, goes, time=time, command=command, who=who))


def split(
    connection: Connection,
    actor: str,
    reports: Sequence[str],
    *,
    time: str,
    command: str,
    who: str | None = None,
) -> Correction:
    """In some reports, or where some mentions stand, an actor is somebody else, one and the same in all of them.

    Args:
        reports: ids, beginnings of ids, or paths; with a colon and an offset, the mention that stands there.

    Raises:
        UsageError: if the actor does not appear in one of the reports, or is not mentioned there.
    """
    whom = _seen_actor(connection, actor)
    theirs = reports_of(connection, whom)
    parted: list[str] = []
    single: dict[str, set[int]] = {}
    for word in reports:
        report, offset = _read_place(connection, word)
        row = find_article(connection, report)
        if row is None:
            raise UsageError(
                f"{report}: no report of this name is on record. {_appears(connection, whom, theirs)}"
            )
        if row.id not in theirs:
            raise UsageError(
                f"{report}: {name_of(connection, whom)} does not appear in it. {_appears(connection, whom, theirs)}"
            )
        if offset is None:
            parted.append(row.id)
        else:
            single.setdefault(row.id, set()).add(_mention_at(connection, whom, row.id, offset))
    for report, starts in list(single.items()):
        # Whoever gives all mentions of a report means the report.
        if starts == set(_mentions_of(connection, whom, report)):
            parted.append(report)
        if report in parted:
            del single[report]
    places = [(report, start) for report, starts in single.items() for start in starts]
    return _make(connection, make_split(whom, parted, places, time=time, command=command, who=who))


def rename(
    connection: Connection, actor: str, name: str, *, time: str, command: str, who: str | None = None
) -> Correction:
    """An actor is called otherwise; its other names still find it.

    Raises:
        UsageError: if the name is empty, holds control characters, or is the actor's already.
    """
    whom = _seen_actor(connection, actor)
    given = " ".join(name.split())
    if not given:
        raise UsageError("The new name is empty. Give a name: onrecord actor rename ACTOR NAME")
    if not is_plain(given):
        raise UsageError(f"{given}: control characters are no part of a name. Give it without them.")
    if given == name_of(connection, whom):
        raise UsageError(f"{given} ({whom}) is called so already.")
    return _make(connection, make_rename(whom, given, time=time, command=command, who=who))


def undo(connection: Connection) -> Correction:
    """Take back the last correction.

    Raises:
        UsageError: if there is none.
    """
    before = load_corrections(connection)
    if not before.made:
        raise UsageError("There is no correction to undo.")
    last = select(func.max(corrections.c.number)).scalar_subquery()
    connection.execute(delete(corrections).where(corrections.c.number == last))
    apply_corrections(connection, before, Corrections(before.made[:-1]))
    return before.made[-1]


def import_corrections(connection: Connection, made: Sequence[Correction]) -> Imported:
    """Append corrections of another record in their order; those that are here already are left out."""
    before = load_corrections(connection)
    here = {c.id for c in before.made}
    new = [c for c in {c.id: c for c in made}.values() if c.id not in here]
    store_corrections(connection, new)
    changed = apply_corrections(connection, before, Corrections([*before.made, *new]))
    return Imported(added=len(new), known=len(made) - len(new), changed=changed)


def _make(connection: Connection, correction: Correction) -> Correction:
    before = load_corrections(connection)
    store_corrections(connection, [correction])
    apply_corrections(connection, before, Corrections([*before.made, correction]))
    return correction


def _read_place(connection: Connection, word: str) -> tuple[str, int | None]:
    """A report's name and an offset in it, None if the word names a report alone."""
    report, colon, place = word.rpartition(":")
    start = place.partition("-")[0]
    if not (colon and start.isascii() and start.isdigit()) or find_article(connection, word):
        return word, None
    return report, int(start)


def _mentions_of(connection: Connection, actor: str, report: str) -> dict[int, int]:
    """Start and end of the mentions of an actor in a report."""
    query = (
        select(mentions.c.start, mentions.c.end)
        .join(appearances, appearances.c.id == mentions.c.actor)
        .where(appearances.c.actor == actor, mentions.c.article == report)
        .order_by(mentions.c.start)
    )
    return {row.start: row.end for row in connection.execute(query)}


def _mention_at(connection: Connection, actor: str, report: str, offset: int) -> int:
    """The start of the mention of an actor that stands at an offset."""
    theirs = _mentions_of(connection, actor, report)
    for start, end in theirs.items():
        if start <= offset < end:
            return start
    places = ", ".join(f"{report}:{start}" for start in theirs)
    raise UsageError(
        f"{report}:{offset}: {name_of(connection, actor)} is not mentioned there. Mentions stand at: {places}."
    )


def _seen_actor(connection: Connection, words: str, *, besides: str | None = None) -> str:
    """The one actor whom an id or a name means, if it is known in which reports it appears."""
    actor = one_actor(connection, words, besides=besides)
    if not reports_of(connection, actor):
        raise UsageError(
            f"{words}: an older onrecord did not keep in which reports this name stands. Read the reports again first."
        )
    return actor


def _appears(connection: Connection, actor: str, reports: Sequence[str]) -> str:
    """Where an actor appears, for errors."""
    shown = ", ".join(reports[:6]) + (f" and {len(reports) - 6} more" if len(reports) > 6 else "")
    return f"{name_of(connection, actor)} appears in: {shown}."
