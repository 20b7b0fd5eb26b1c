"""Words of a question as somebody gives them, made into those of the record: days, kinds, types, countries and outlets.

Whoever gives words of which the record knows nothing is told so. What is imported is imported when it is needed: commands
read days before they open anything.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from onrecord.record.asking.events import EventQuestion
    from onrecord.record.asking.search import SearchQuestion

Day: TypeAlias = str | date


def read_day(value: Day | None, option: str) -> str | None:
    """The ISO day that an option names.

    Raises:
        UsageError: if it is none.

    >>> read_day("2022-01-07", "--since"), read_day(date(2022, 1, 7), "--since")
    ('2022-01-07', '2022-01-07')
    """
    if value is None:
        return None
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{option} {value}: not a day. Write it as YYYY-MM-DD, for example 2022-01-07."
        ) from error


def read_kind(kind: str | None) -> str | None:
    """The kind of a statement that a word names, whatever its case.

    Raises:
        UsageError: if there is no such kind.
    """
    from onrecord.analysis.labels import KINDS

    found = kind.lower() if kind is not None else None
    if found is not None and found not in KINDS:
        raise UsageError(f"--kind {kind}: there is no such kind. Give one of: {', '.join(KINDS)}.")
    return found


def read_place(connection: Connection, name: str | None) -> tuple[str | None, list[str]]:
    """The id of the place that a name or an id means; of several that bear the name the one that reports name oftenest.

    Returns:
        It, and what to tell whoever might mean another.

    Raises:
        UsageError: if there is none; names those that come near.
    """
    from onrecord.record.asking.places import listed, one_place

    if name is None:
        return None, []
    place, others = one_place(connection, name)
    if not others:
        return place.id, []
    told = f"--place {name}: taken for {listed([place])}. Others have this name: {listed(others)}."
    return place.id, [told]


def read_event_question(asked: EventQuestion) -> EventQuestion:
    """A question about events as it was given, with days, type, mode, statuses and country as the record has them.

    Raises:
        UsageError: for a word that is none of those that there are, and for what cannot be meant.
    """
    from msgspec.structs import replace

    from onrecord.analysis.plover import MODES, STATUSES, TYPES
    from onrecord.record.actor_codes import read_country
    from onrecord.record.asking.events import check_events_question

    since, until = read_day(asked.since, "--since"), read_day(asked.until, "--until")
    asked = replace(
        asked,
        type=asked.type.upper() if asked.type else asked.type,
        mode=asked.mode.lower() if asked.mode else asked.mode,
        statuses=tuple(status.lower() for status in asked.statuses),
        since=since,
        until=until,
    )
    check_events_question(asked)
    type_ = asked.type
    if type_ and type_ not in TYPES:
        raise UsageError(f"--type {type_}: there is no such type. Give one of: {', '.join(TYPES)}.")
    modes = MODES[type_] if type_ else tuple(dict.fromkeys(m for known in MODES.values() for m in known))
    if asked.mode and asked.mode not in modes:
        of = f" of {type_}" if type_ else ""
        those = f"Give one of: {', '.join(modes)}." if modes else "This type has none: leave --mode out."
        raise UsageError(f"--mode {asked.mode}: there is no such mode{of}. {those}")
    for status in asked.statuses:
        if status not in STATUSES:
            raise UsageError(
                f"--status {status}: there is no such status. Give one of: {', '.join(STATUSES)}."
            )
    country = read_country(asked.country) if asked.country else None
    if asked.country and country is None:
        raise UsageError(
            f"--country {asked.country}: no country of this name. Give its code, for example KAZ."
        )
    return replace(asked, country=country)


def read_search_question(asked: SearchQuestion) -> SearchQuestion:
    """A search as it was given, with what stands among its words as in `outlet:post` where it belongs, and days as the record
    has them.

    Raises:
        UsageError: for a field that is given both ways and not alike, for what is no day, and where nothing is looked for.
    """
    from msgspec.structs import asdict, replace

    from onrecord.record.asking.search_words import part_fields

    words, typed = part_fields(asked.match or "")
    given = asdict(asked) | {"match": words or None}
    for name, value in typed.items():
        if given[name] not in (None, value):
            raise UsageError(f"--{name} {given[name]} and {name}:{value}: these are two. Give one of them.")
        given[name] = value
    given |= {name: read_day(given[name], f"--{name}") for name in ("since", "until")}
    if not any(given.values()):
        raise UsageError("there are no words to search for. Give some, or a field as in outlet:post.")
    return replace(asked, **given)


def not_on_record(connection: Connection, *names: str | None, outlet: str | None = None) -> list[str]:
    """What to tell whoever asks for somebody, or for an outlet, of whom the record knows nothing: with those that come near."""
    from onrecord.record.asking.actors import is_nobody, unknown
    from onrecord.record.asking.outlets import unknown_outlet

    told = [str(unknown(connection, name)) for name in names if name and is_nobody(connection, name)]
    if outlet and outlet.strip() and (error := unknown_outlet(connection, outlet)):
        told.append(str(error))
    return told


def check_outlet(connection: Connection, outlet: str | None, option: str = "--outlet") -> None:
    """See that an outlet is on record, where one is given.

    Raises:
        UsageError: if no report is of it, with those that there are.
    """
    from onrecord.record.asking.outlets import unknown_outlet

    if outlet and (error := unknown_outlet(connection, outlet)):
        raise UsageError(str(error).replace("--outlet", option, 1))


def no_codes(asked: EventQuestion) -> list[str]:
    """What to tell whoever mistypes a code; the word is looked for all the same, as it may be a name (*CIA*)."""
    from onrecord.record.actor_codes import looks_like_code, read_code

    given = {"actor": asked.actor, "recipient": asked.recipient, "reported-by": asked.reported_by}
    return [
        f"--{name} {words}: there is no such code of country and sector; it is looked for as a name."
        for name, words in given.items()
        if words and looks_like_code(words) and read_code(words) is None
    ]
