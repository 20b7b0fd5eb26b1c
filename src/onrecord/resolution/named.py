"""Names that the network found, with what only a reading of the words tells: titles, and their headlines.

The network says what is a name and of what; `names.py` knows titles, and finds in headlines the names that
the rest of the text has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.names import Name
from onrecord.article import Span
from onrecord.resolution.gazetteer import FLAG_MAIN, Gazetteer, load_gazetteer
from onrecord.resolution.names import NameMention, find_names, is_people
from onrecord.resolution.surnames import settle_surnames
from onrecord.resolution.words import COMMON_SOURCES

# *(French leader Ana) *, before a surname.
_INSERTED = re.compile(r"[(\[](?P<words>[^()\[\]\n]+)[)\]] $")
_LONGEST_INSERTION = 80

# Names of these classes are somebody's or somewhere's; a people's or a law's name is no actor.
_ACTING = ("PER", "ORG", "LOC", "FAC")


def mentions_of(text: str, names: Sequence[Name]) -> list[NameMention]:
    """The names of actors and places in a text, in its order.

    A name that only the reading of words finds counts where the network found the same words elsewhere:
    so a headline's *Orpel Warns Striking Dockers* names Orpel.
    """
    read = find_names(text)
    acting = [n for n in names if n.label in _ACTING]
    titles = {m.span.end: m.title for m in read}
    inserted = _inserted_given_names(text, acting)
    within = set(inserted.values())
    found = []
    for n in acting:
        given = inserted.get(n.span)
        if n.span in within:
            continue
        name = " ".join(n.span.of(text).split())
        if given:
            whole = Span(given.start, n.span.end)
            found.append(NameMention(whole, f"{given.of(text)} {name}", titles.get(given.end, ()), n.label))
        else:
            found.append(NameMention(n.span, name, titles.get(n.span.end, ()), n.label))
    labels = {m.name.casefold(): m.label for m in found}
    for mention in list(found):
        if mention.label == "PER":
            labels.setdefault(mention.name.split()[-1].casefold(), "PER")
    taken = sorted(n.span for n in names)
    ends = [span.end for span in taken]
    for mention in read:
        label = labels.get(mention.name.casefold())
        if label is None:
            continue
        # Of names that do not overlap, the first that ends behind its beginning.
        at = bisect_right(ends, mention.span.start)
        if at == len(taken) or taken[at].start >= mention.span.end:
            found.append(replace(mention, label=label))
    return sorted(found, key=lambda m: m.span)


def _inserted_given_names(text: str, names: Sequence[Name]) -> dict[Span, Span]:
    """For a surname in whose quotation an editor has put the rest of the name, the given name: *(Premier Ana) Ruiz will go*."""
    people = {n.span.end: n.span for n in names if n.label == "PER"}
    found = {}
    for name in names:
        before = _INSERTED.search(text, max(0, name.span.start - _LONGEST_INSERTION), name.span.start)
        given = people.get(before.end("words")) if before else None
        if name.label == "PER" and before and given and before.end() == name.span.start:
            found[name.span] = given
    return found


def settle_labels(text: str, names: Sequence[Name]) -> list[Name]:
    """Names with the labels that need no guess.

    The bare surname of a person of the report is that person's (`surnames.py`). *Russian* and *Republicans* alone are a people's words and a party's followers, unless they are a person's
    name; *Lawmakers* at the head of a sentence is no name.
    """
    gazetteer = load_gazetteer()
    settled = []
    for name in names:
        words = name.span.of(text)
        if name.label in ("ORG", "LOC", "MISC") and (_is_adjective(words, gazetteer) or is_people(words)):
            settled.append(replace(name, label="NORP"))
        elif words.lower() not in COMMON_SOURCES:
            settled.append(name)
    return settle_surnames(text, settled)


def _is_adjective(name: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.demonym(name)) and FLAG_MAIN not in gazetteer.find(name)[1]
