"""Names of people out of what pages and feeds write into their author fields and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.reading.moments import MONTH_NAME
from onrecord.reading.wires import is_wire

_MAX_NAME_CHARS = 60
# More words than the name of a person has.
_MAX_NAME_WORDS = 6
_NAME_JOINTS = re.compile(r"\s*(?:,\s*(?i:and)\s|,|;|\b(?i:and)\b|\bwith\b|&|\|| / | [•·] )\s*")
# What a line says before it names its authors.
_OPENING = (
    r"(?:analysis|article|column|commentary|compiled|created|interview|news|opinion|post|posted|presented|published|report|reported"
    r"|review|reviewed|story|submitted|text|words|written)"
)
_TITLE = re.compile(r"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? )+(?=[A-ZÀ-Þ])")
# What scrapers of names drag along.
_NAME_LEFTOVER = re.compile(
    rf"^(?:.{{0,60}}\bas told to|(?:{_OPENING} )?by|from|author|written by)(?:[: ]\s*|$)"
    r"|\s+(?:published|updated|link copied|posted|for|on|of the|is an?|is the|@"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d).*$"
    r"|\s*\([^()]*\)|\s+[-–—](?:\s.*)?$|\s*[|•·].*$|(?<=[a-z]{3})\.\s.*$",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_NO_NAME = re.compile(
    r"@|https?:|www\.|\d|\b(?:staff|editors?|editorial|team|newsroom|reporters?|correspondents?|redac\w+|redazione|admin|desk|officer|chief|head"
    r"|president|director|professor|producer|columnist|writer|contributors?|published|updated|analyst|fellow|founder|manager|researcher"
    r"|lecturer|intern|freelance\w*|photographer|videographer|specialist|strategist|senior|associate|assistant|deputy|author|posts?|follow"
    r"|read|share|view|more|comments?|subscribe|guest|user)\b",
    re.IGNORECASE,
)
# What names nobody: addresses, months, accounts of content systems, and words of a sentence.
_NOBODY = re.compile(
    rf"@|https?:|\d|^(?:{MONTH_NAME}|(?:super|web)?admin\w*|webmaster|user|root|guest|anonymous|unknown|none|null|n/?a|author|by|comments?)$"
    r"|\.(?:txt|html?|php)$|^(?-i:(?:The|An?|In|On|To)\s(?:.*\s)?[a-z])",
    re.IGNORECASE,
)
# An office with nobody's name in it.
_OFFICE = re.compile(
    r"(?:(?:our|an?|the|own|special|staff|senior|chief|foreign|political|city|local|news|web) ){0,3}"
    r"(?:correspondent|reporter|writer|editor)s?",
    re.IGNORECASE,
)
# Words of the names of newsrooms and other bodies.
_BODY_WORD = re.compile(
    r"\b(?:news|media|press|times|magazine|journal|agency|agencies|bureau|network|radio|tv|television|service|services|wires?|institute"
    r"|university|college|center|centre|foundation|association|department|ministry|council|committee|commission|group|inc|ltd|llc|corp)\b\.?",
    re.IGNORECASE,
)
# Small words that stand in names.
_PARTICLES = frozenset(
    "de del della der den di da das do dos du la le van von zu bin bint ibn al el ter ten y e i of".split()
)


@dataclass(frozen=True, slots=True)
class Authors:
    """What an author field names.

    Attributes:
        people: names of persons.
        others: newsrooms, agencies, pen names and what else it may hold.
    """

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def keys(self) -> frozenset[str]:
        """The persons, as they are compared."""
        return frozenset(map(letters_of, self.people))


def read_authors(names: Iterable[str], outlet: str | None) -> Authors:
    """Divide what author fields hold: addresses, offices and the outlet's own name go."""
    people: dict[str, str] = {}
    others: list[str] = []
    for name in names:
        for part in _NAME_JOINTS.split(name):
            bare = _NAME_LEFTOVER.sub("", _TITLE.sub("", part.strip())).strip(" ,:")
            one = _without_outlet(bare, outlet)
            if not any(c.isalpha() for c in one) or len(one) > _MAX_NAME_CHARS:
                continue
            if is_person(one):
                people.setdefault(letters_of(one), one)
            elif not (_NOBODY.search(one) or _OFFICE.fullmatch(one)):
                others.append(one)
    return Authors(tuple(people.values()), tuple(dict.fromkeys(others)))


def clean_authors(names: Iterable[str], outlet: str | None) -> tuple[str, ...]:
    """Names of people out of what author fields hold; of others, where there are no people.

    >>> clean_authors(["By Ann Lee and Bo Li", "annlee@echo.example", "The Echo"], "The Echo")
    ('Ann Lee', 'Bo Li')
    """
    found = read_authors(names, outlet)
    return found.people or found.others


def is_person(name: str) -> bool:
    """Does it look like the name of a person: some words, all capitalised but for particles?

    >>> [is_person(n) for n in ("Ann van der Lee", "Associated Press", "Staff Writer", "The ministry of war")]
    [True, False, False, False]
    """
    words = name.split()
    if not 2 <= len(words) <= _MAX_NAME_WORDS or words[0].lower() == "the":
        return False
    if _NO_NAME.search(name) or _BODY_WORD.search(name) or is_wire(name):
        return False
    # Scripts without capitals have no small letters either.
    return all(word in _PARTICLES or not word[0].islower() for word in words)


def letters_of(name: str) -> str:
    """A name as it is compared: letters and digits alone, without *the* before it and *com* behind."""
    return _NO_LETTERS.sub("", name.lower()).removeprefix("the").removesuffix("com")


def _without_outlet(name: str, outlet: str | None) -> str:
    """A name without outlet or agency behind it (*Ann Lee THE ECHO*); empty if it is the outlet's own."""
    if outlet and letters_of(name) == letters_of(outlet):
        return ""
    if outlet and name.lower().endswith(" " + outlet.lower()) and " " in name[: -len(outlet) - 1]:
        return name[: -len(outlet) - 1]
    words = name.split()
    for count in (3, 2, 1):
        if len(words) - count >= 2 and is_wire(" ".join(words[-count:])):
            return " ".join(words[:-count])
    # An upper-case name is all upper case; an abbreviation stands behind one that is not.
    while len(words) > 2 and words[-1].isupper() and len(words[-1]) > 2 and not words[0].isupper():
        words.pop()
    return " ".join(words)
