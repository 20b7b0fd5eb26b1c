"""Definite descriptions of a country and an office or its authorities -> who that is on the day of the report.

*The Kazakh president*, *Orpel's foreign minister*, *the Russian foreign ministry*: no name of the report has to
stand for them, for the registry knows who holds an office, and a government is its country's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.resolution.entries import Entry, load_actors
from onrecord.resolution.phrases import KINDS, TITLES, read_phrase
from onrecord.resolution.registry import Linked, Reason, link
from onrecord.resolution.spelling import fold

# Several or any of those whom such words describe.
_INDEFINITE: Final = re.compile(
    r"(?:an?|one|two|three|some|any|another|other|many|several|most|both|each|every|no|his|her|its|their|my|our|next|future|first|last|would-be)\b",
    re.IGNORECASE,
)
# Offices of which a country has one.
_SINGLE: Final = frozenset(KINDS) | {
    "defense minister", "interior minister", "finance minister", "home secretary", "treasury secretary",
}  # fmt: skip
# All words for offices: *the president's aide* ends in none, and is somebody else.
_OFFICES: Final = frozenset(fold(title) for title in TITLES)
# Heads of organisations.
_HEADS: Final = frozenset({"secretary-general"})
# What is the government as a whole. Officials and envoys are some of its people.
_AUTHORITIES: Final = re.compile(
    r"(?:central |federal |national )?(?:government|authorities|administration|leadership|cabinet|presidency|presidential administration|presidential office)"
    r"|(?:foreign|defen[cs]e|interior|finance|health|economy|justice|energy|education|trade|agriculture|transport|culture|labou?r|emergencies|environment|information|oil|industry) (?:ministry|affairs ministry)"
    r"|ministry of [a-z]+(?: affairs)?"
)


@dataclass(frozen=True, slots=True)
class Described:
    """Whom a definite description means.

    Attributes:
        country: alpha-3 code that the description says; None for the head of an organisation.
        titles: the offices that it says; empty for a government.
        found: None where the registry knows nobody, or several, of that day.
    """

    country: str | None
    titles: tuple[str, ...]
    found: Linked | None


@lru_cache(maxsize=8192)
def read_description(words: str, date: str | None) -> Described | None:
    """Whom words mean that say a country and one of its offices, or its authorities; None for other words.

    Args:
        words: as printed, without a name of a person.
        date: the day of the report, ISO, if known: without it an office is nobody's.

    >>> found = read_description("The Kazakh president", "2022-01-10")
    >>> found.found.actor.name if found and found.found else None
    'Kassym-Jomart Tokayev'
    """
    bare = " ".join(words.split()).strip(" ,.:;“”\"'’‘")
    if _INDEFINITE.match(bare):
        return None
    phrase = read_phrase(bare)
    if phrase.name or phrase.past or len(phrase.countries) > 1:
        return None
    if not phrase.countries:
        if phrase.rest.strip() not in _OFFICES or not _HEADS.issuperset(phrase.titles):
            return None
        return Described(None, phrase.titles, _person(bare, date))
    (country,) = phrase.countries
    if not phrase.titles:
        return Described(country, (), _government(country)) if _AUTHORITIES.fullmatch(phrase.rest) else None
    if not _SINGLE.issuperset(phrase.titles) or phrase.rest.strip() not in _OFFICES:
        return None
    return Described(country, phrase.titles, _person(bare, date))


def is_of(entry: Entry, country: str) -> bool:
    """Is an actor of a country, by itself or by an office?"""
    return entry.country == country or any(o.of == country for o in entry.roles)


def _person(words: str, date: str | None) -> Linked | None:
    found = link(words, date=date) if date else None
    return found if found and found.actor.type == "person" else None


def _government(country: str) -> Linked | None:
    entry = load_actors()[0].find(f"gov:{country}")
    return Linked(entry, 1.0, (Reason(f"the authorities of {entry.name}", 1.0),)) if entry else None
