"""PLOVER's codes of actors in questions: country and sector of who takes part, and words that are such a code."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Connection, and_, case, exists, func, select, union

from onrecord.record.schema import actors, appearances
from onrecord.resolution.gazetteer import load_gazetteer
from onrecord.resolution.phrases import country_of
from onrecord.resolution.plover_codes import NO_STATES, SECTORS

# So many appearances have a common code.
_COMMON: Final = 20_000


class Code(NamedTuple):
    """Country and sector that are asked for; None is any."""

    country: str | None
    sector: str | None


def read_code(word: str) -> Code | None:
    """A code of country and sector; None for anything else, and for all that is not in capitals.

    >>> read_code("KAZOPP"), read_code("RUS"), read_code("GOV"), read_code("Rus"), read_code("CIA")
    (Code(country='KAZ', sector='OPP'), Code(country='RUS', sector=None), Code(country=None, sector='GOV'), None, None)
    """
    if not (word.isascii() and word.isupper()):
        return None
    if len(word) == 3:
        if is_country(word):
            return Code(word, None)
        return Code(None, word) if word in SECTORS else None
    if len(word) == 6 and is_country(word[:3]) and word[3:] in SECTORS:
        return Code(word[:3], word[3:])
    return None


def looks_like_code(word: str) -> bool:
    """Is it written as a code of country and sector, or of one of them, whether or not there is such a one?

    >>> looks_like_code("XYZGOV"), looks_like_code("KAZ"), looks_like_code("Orpel"), looks_like_code("OSCE")
    (True, True, False, False)
    """
    return len(word) in (3, 6) and word.isascii() and word.isalpha() and word.isupper()


def is_country(code: str) -> bool:
    """Is it an ISO alpha-3 code, or PLOVER's for what is of no state?"""
    return code in NO_STATES or (
        len(code) == 3 and code.isupper() and load_gazetteer().country_number(code) > 0
    )


def read_country(words: str) -> str | None:
    """The alpha-3 code that a code or a country's name means; None if it is neither.

    >>> read_country("kaz"), read_country("Kazakhstan"), read_country("Orpel")
    ('KAZ', 'KAZ', None)
    """
    return words.upper() if is_country(words.upper()) else country_of(words)


def country_and_sector(own: Any, actor: Any) -> tuple[Any, Any]:
    """SQL for the codes of an appearance.

    What the report itself tells counts, since an office is held for a time; but of whoever a correction has
    made somebody else, what is known of that one.

    Args:
        own, actor: `appearances` and `actors`, or aliases of them, joined.
    """
    as_found = and_(own.c.actor == own.c.linked, ~own.c.parted)
    country, sector = (
        case((as_found, func.coalesce(own.c[name], actor.c[name])), else_=actor.c[name])
        for name in ("country", "sector")
    )
    return country, sector


def has_code(country: Any, sector: Any, code: Code) -> ColumnElement[bool]:
    """SQL: are a country and a sector, two columns, of a code?"""
    return and_(
        *(column == value for column, value in ((country, code.country), (sector, code.sector)) if value)
    )


def is_coded(appearance: ColumnElement[Any], code: Code) -> ColumnElement[bool]:
    """Has an appearance, given its id, a code? Asked of one after the other: for codes that very many have, see `is_common`."""
    own, actor = appearances.alias(), actors.alias()
    exact = has_code(*country_and_sector(own, actor), code)
    return exists().where(own.c.id == appearance, actor.c.id == own.c.actor, exact)


def is_common(connection: Connection, code: Code) -> bool:
    """Have very many appearances a code?"""
    near, value = ("country", code.country) if code.country else ("sector", code.sector)
    some = select(appearances.c.id).where(appearances.c[near] == value)
    if code.country and code.sector:
        some = some.where(appearances.c.sector == code.sector)
    query = select(func.count()).select_from(some.limit(_COMMON).subquery())
    return connection.execute(query).scalar_one() >= _COMMON


def coded(code: Code) -> CompoundSelect[Any]:
    """Ids of the appearances that have a code."""
    own, actor = appearances.alias(), actors.alias()
    # Each half can use an index; either alone would miss some.
    near, value = ("country", code.country) if code.country else ("sector", code.sector)
    exact = has_code(*country_and_sector(own, actor), code)
    query = select(own.c.id).join(actor, actor.c.id == own.c.actor).where(exact)
    return union(query.where(own.c[near] == value), query.where(actor.c[near] == value))
