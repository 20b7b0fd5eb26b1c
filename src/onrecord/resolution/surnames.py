"""Persons who bear a place's name: which bare names are theirs, and no town's or state's.

In a report on Ruth Houston, *Houston said* is she, unless the report speaks of the town as well. *Houston* is the town
where it stands as one (*in Houston*, *Houston, Texas*), and all through a report that has it so anywhere: then only what
is said of a person alone (*Mr. Houston*, *Houston, 54,*) makes it hers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.names import Name
from onrecord.article import Span
from onrecord.resolution.codes import countries_named
from onrecord.resolution.gazetteer import FLAG_MAIN, GPE_KINDS, KINDS, Gazetteer, load_gazetteer
from onrecord.resolution.names import first_name_gender, is_organisation_name, is_people, is_place_name

# A full name that the network holds for a person's with less than this is a guess.
_LEAST_PERSON = 0.5
# A full name that it holds for a place's with less than this may be a person's.
_SURE_PLACE = 0.75
_IN_PLACE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]cross|[Tt]hroughout|[Oo]utside|[Ii]nside|[Aa]round|[Ii]nto|[Tt]owards?|[Dd]owntown|[Cc]entral|[Gg]reater|between"
    r"|(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)\w*"
    r"|(?:[Mm]ayor|[Cc]ity|[Tt]own|[Vv]illage|[Kk]ingdom|[Ss]tate|[Rr]epublic|[Pp]eople|[Rr]esidents|[Gg]overnment|[Pp]resident|[Kk]ing|[Qq]ueen|[Cc]apital"
    r"|[Gg]overnor|[Pp]arliament|[Cc]itizens|[Uu]niversity|[Bb]orders?|[Ss]treets|[Ss]uburb|[Ss]outh|[Nn]orth) of)\s+(?:the\s+)?$"
)
_OF_A_PLACE = re.compile(
    r"-(?:based|born|bound|backed|led|area)\b|['’]s (?:government|capital|president|prime minister|parliament|army|military|king|economy|border|streets|mayor"
    r"|police|ministry|foreign|population|airport|largest|biggest|main)\b|,? (?:city|town|county|state|police|airport)\b|, (?:the|a) (?:city|town|country|capital)\b"
)
_OF_A_PERSON = re.compile(r", \d{1,3}(?:, | years old)|, who\b| (?:himself|herself)\b")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Sgt|Capt|Col|Gen|Lt|Judge|Coach|Officer)\.? $")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\.?$| I{2,3}$")


def settle_surnames(text: str, names: Sequence[Name]) -> list[Name]:
    """The names of a report, with the bare surnames of its persons as persons'.

    >>> text = "Ruth Houston opened the bridge. Houston said it was safe."
    >>> found = [Name(Span(0, 12), "PER", 0.99), Name(Span(32, 39), "LOC", 0.9)]
    >>> [n.label for n in settle_surnames(text, found)]
    ['PER', 'PER']
    """
    gazetteer = load_gazetteer()
    names = [_full_name(text, name, gazetteer) for name in names]
    first = _first_bearers(text, names, gazetteer)
    if not first:
        return names
    headline = text.find("\n") if "\n" in text else 0
    spoken_of = _spoken_of(text, names, first, headline)
    return [
        replace(name, label="PER")
        if _is_the_persons(text, number, names, first, headline, spoken_of)
        else name
        for number, name in enumerate(names)
    ]


def _full_name(text: str, name: Name, gazetteer: Gazetteer) -> Name:
    """*Ana Chile*, taken for a place in doubt: a first name, and no place of the gazetteer."""
    words = name.span.of(text)
    is_doubtful = name.label == "LOC" and name.probability < _SURE_PLACE and len(words.split()) == 2
    if not is_doubtful or not first_name_gender(words) or is_place_name(words.split()[0]):
        return name
    return name if len(gazetteer.find(words)[0]) or "," in words else replace(name, label="PER")


def _first_bearers(text: str, names: Sequence[Name], gazetteer: Gazetteer) -> dict[str, int]:
    """Surnames of persons that are places' names as well, each with the offset where its first full name ends."""
    first: dict[str, int] = {}
    for name in names:
        if name.label != "PER" or name.probability < _LEAST_PERSON:
            continue
        words = _SUFFIX.sub("", name.span.of(text)).split()
        if len(words) < 2:
            continue
        if not is_organisation_name(" ".join(words)) and _is_place(words[-1], gazetteer):
            first.setdefault(words[-1], name.span.end)
    return first


def _is_place(word: str, gazetteer: Gazetteer) -> bool:
    records, flags = gazetteer.find(word)
    return is_place_name(word) or any(
        KINDS[gazetteer.kind[r]] in GPE_KINDS for r in records[flags == FLAG_MAIN]
    )


def _spoken_of(text: str, names: Sequence[Name], first: dict[str, int], headline: int) -> set[str]:
    """The surnames by which the report speaks of a place too, or of the people of a country."""
    found: set[str] = set()
    for number, name in enumerate(names):
        word = name.span.of(text)
        if word in first and _may_be_taken(name, word):
            is_before = headline <= name.span.start < first[word]
            if is_before or _stands_as_place(text, number, names):
                found.add(word)
    peoples = {
        code
        for name in names
        if (name.label == "NORP" or is_people(name.span.of(text))) and (code := _country(name.span.of(text)))
    }
    return found | {word for word in first if (code := _country(word)) and code in peoples}


def _may_be_taken(name: Name, word: str) -> bool:
    """Is a bare name held for a place's, or one that every reader knows for a place's held for a body's?"""
    return name.label == "LOC" or (name.label in ("ORG", "FAC") and is_place_name(word))


def _country(word: str) -> str | None:
    return next(iter(countries_named(word)), None)


def _is_the_persons(
    text: str, number: int, names: Sequence[Name], first: dict[str, int], headline: int, spoken_of: set[str]
) -> bool:
    name = names[number]
    word = name.span.of(text)
    if word not in first or not _may_be_taken(name, word) or headline <= name.span.start < first[word]:
        return False
    if _TITLED.search(text[max(0, name.span.start - 9) : name.span.start]):
        return True
    if _stands_as_place(text, number, names):
        return False
    return word not in spoken_of or bool(_OF_A_PERSON.match(text, name.span.end))


def _stands_as_place(text: str, number: int, names: Sequence[Name]) -> bool:
    span = names[number].span
    before = text[max(0, span.start - 40) : span.start]
    if _IN_PLACE.search(before) or _OF_A_PLACE.match(text, span.end):
        return True
    return any(
        other.label == "LOC" and _are_joined(text, first, last)
        for other, first, last in (
            *((n, span, n.span) for n in names[number + 1 : number + 2]),
            *((n, n.span, span) for n in names[max(0, number - 1) : number]),
        )
    )


def _are_joined(text: str, first: Span, last: Span) -> bool:
    """*Houston, Texas*."""
    return text[first.end : last.start] in (", ", " (")
