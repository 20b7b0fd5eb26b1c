"""Watches: questions that somebody keeps, to be told of what came into the record since they looked.

What is new is told by the numbers of reports, which rise as they come (`asking/arrived.py`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from onrecord.errors import UsageError
from onrecord.record.asking.arrived import last_arrived
from onrecord.record.parts import in_parts
from onrecord.record.schema import articles, watches

MOST_OF_ONE: Final = 200
MAX_NAME_CHARS: Final = 200
# Fields of a question as they stand in its address: words, or several of them.
Asked: TypeAlias = Mapping[str, str | Sequence[str]]
# What is by chance in an id, and in the address of a feed: nobody guesses 256 bits.
_ID_BYTES: Final = 9
_FEED_BYTES: Final = 32
_FIELDS: Final = msgspec.json.Decoder(dict[str, str | list[str]])


class Watch(msgspec.Struct, frozen=True):
    """A question that somebody keeps.

    Attributes:
        who: who keeps it.
        of: what is asked for: said, events, search.
        asked: the fields of the question.
        made: when, ISO, UTC.
        seen: when it was looked at last; None where it never was.
        newest: the number of the newest report that was on record then, or when it was made.
        feed: the secret part of the address of its feed.
    """

    id: str
    who: str
    name: str
    of: str
    asked: Asked
    made: str
    seen: str | None
    newest: int
    feed: str

    @property
    def since(self) -> str:
        """Since when what comes is new."""
        return self.seen or self.made


def watches_of(connection: Connection, who: str | None = None) -> list[Watch]:
    """The watches of somebody, or of all, those that were made last first."""
    query = select(watches).order_by(watches.c.made.desc(), watches.c.id)
    if who is not None:
        query = query.where(watches.c.who == who)
    return [_watch(row) for row in connection.execute(query)]


def find_watch(connection: Connection, id: str) -> Watch | None:
    """The watch of an id."""
    row = connection.execute(select(watches).where(watches.c.id == id)).one_or_none()
    return _watch(row) if row else None


def watch_of_feed(connection: Connection, secret: str) -> Watch | None:
    """The watch whose feed has a secret."""
    row = connection.execute(select(watches).where(watches.c.feed == secret)).one_or_none()
    return _watch(row) if row else None


def keep_watch(connection: Connection, who: str, name: str, of: str, asked: Asked) -> Watch:
    """Keep a question; what is on record now is not new in it.

    Args:
        asked: fields of a question that can be meant as it is put.

    Raises:
        UsageError: for no name or too long a one, and for too many watches.
    """
    number = connection.execute(select(func.count()).where(watches.c.who == who)).scalar_one()
    if number >= MOST_OF_ONE:
        raise UsageError(f"{number} questions are kept for {who} already. Delete one first.")
    made = Watch(
        id=secrets.token_urlsafe(_ID_BYTES),
        who=who,
        name=_checked(name),
        of=of,
        asked=asked,
        made=_now(),
        seen=None,
        newest=last_arrived(connection),
        feed=secrets.token_urlsafe(_FEED_BYTES),
    )
    row = msgspec.structs.asdict(made) | {"asked": msgspec.json.encode(asked).decode()}
    connection.execute(insert(watches), row)
    return made


def mark_seen(connection: Connection, id: str, newest: int) -> None:
    """Say that a watch was looked at.

    Args:
        newest: the number of the newest report that was on record when it was: what has come meanwhile stays new.
    """
    newest = min(newest, last_arrived(connection))
    changes = update(watches).where(watches.c.id == id, watches.c.newest <= newest)
    connection.execute(changes.values(newest=newest, seen=_now()))


def rename_watch(connection: Connection, id: str, name: str) -> None:
    """Call a watch otherwise.

    Raises:
        UsageError: for no name, or too long a one.
    """
    connection.execute(update(watches).where(watches.c.id == id).values(name=_checked(name)))


def renew_feed(connection: Connection, id: str) -> None:
    """Give the feed of a watch another address; the old one leads nowhere from now on."""
    secret = secrets.token_urlsafe(_FEED_BYTES)
    connection.execute(update(watches).where(watches.c.id == id).values(feed=secret))


def remove_watch(connection: Connection, id: str) -> None:
    """Keep a question no longer."""
    connection.execute(delete(watches).where(watches.c.id == id))


def recorded_at(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """When some reports were recorded, by their ids; what is not known is left out."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(set(ids))):
        query = select(articles.c.id, articles.c.recorded).where(articles.c.id.in_(part))
        found |= {row.id: row.recorded for row in connection.execute(query) if row.recorded}
    return found


def _watch(row: Row[Any]) -> Watch:
    return Watch(**(dict(row._mapping) | {"asked": _FIELDS.decode(row.asked)}))


def _checked(name: str) -> str:
    """A name in one line."""
    words = " ".join(name.split())
    if not words:
        raise UsageError("There is no name. Give one by which you know the question again.")
    if len(words) > MAX_NAME_CHARS:
        raise UsageError(f"A name of {len(words)} characters. Give one of {MAX_NAME_CHARS} at most.")
    return words


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
