"""What a text adds to the name of a place: *Paris, Texas*; *the Ukrainian city of Odesa*; *Bree in Belgium*."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from onrecord.article import Span
from onrecord.resolution.gazetteer import FLAG_CODE, KINDS, Gazetteer

_IS_AREA = np.array([kind in ("country", "region", "county") for kind in KINDS])
_COUNTRY, _COUNTY = KINDS.index("country"), KINDS.index("county")
_WORD = re.compile(r"[^ \u00a0]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_RUN = (
    r"[A-Z][\w’'.-]*(?:[ \u00a0](?:of[ \u00a0])?(?:and[ \u00a0](?=[A-Z]\w+[ \u00a0]?\b))?[A-Z][\w’'.-]*){0,3}"
)
_SIDE = r"(?:(?:north|south|east|west|central|northern|southern|eastern|western|rural|upstate|north(?:east|west)(?:ern)?|south(?:east|west)(?:ern)?|far|the|coastal|neighbou?ring)[ \u00a0-])*"
_AFTER = re.compile(rf"(?:,\s+|\s+\()(?:in\s+)?{_SIDE}(?P<area>{_RUN})")
_IN = re.compile(rf"(?:,|\s+)[^.;!?\n“”\"]{{0,50}}?\b(?:in|of)\s+{_SIDE}(?P<area>{_RUN})")
_NOUN = r"(?:(?:[a-z]+[- ])?(?:capital|city|cities|town|towns|village|villages|port|suburb|resort|province|region|state|district|island|municipality|hamlet|enclave|community|settlement|commune|borough|oblast|neighbou?rhood)(?: and \w+)?(?: city| town)?,?(?: (?:of|called|named))?\s+(?:the\s+)?)"
# Adjectives may stand between (*the Syrian rebel-held town of*), and no words that begin another phrase.
_ADJECTIVES = r"(?:(?!(?:on|in|to|from|the|an?|of|at|near|and|or|is|was|are|were|for|with|by|as|into|over|fell|said|that)\b)[a-z-]+[ \u00a0]){0,2}"
_BEFORE = re.compile(rf"(?P<area>{_RUN})(?:['’]s?)?[ \u00a0]{_ADJECTIVES}{_NOUN}$")
_OWNER = re.compile(rf"(?P<area>{_RUN})['’]s?\s+$")
_IN_PLACE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]f|[Ff]rom)\s+$")
# *Spain, France and Italy* is a list.
_LIST_AFTER = re.compile(r",? (?:and|or|&) (?:the )?[A-Z]|, (?:the )?[A-Z]")
# *the fair in Peru, Indiana, drew*: the area closes the phrase.
_CLOSED = re.compile(r"[,;:.)]|$")
_LIST_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*, (?:and |or )?(?:the )?|\b[A-Z]\w+,? (?:and|or) )$")


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Areas that a place is said to lie in, by number in the gazetteer's arrays.

    Attributes:
        weight: 0 to 1; 1 for a name after a comma or in brackets.
        code: it is an abbreviation, which stands nowhere else (*Ala.*).
        lists: it might be the next in a list.
        closed: it stands in commas of its own, behind a name that stands as a place.
        start: where the area's name stands; -1 if the text does not print it there.
    """

    countries: frozenset[int]
    regions: frozenset[int]
    weight: float
    code: bool = False
    lists: bool = False
    closed: bool = False
    start: int = -1


def find_qualifiers(text: str, span: Span, gazetteer: Gazetteer) -> list[Qualifier]:
    """All that the words around a name say of where it lies, the strongest first."""
    found = []
    before, after = text[max(0, span.start - 80) : span.start], text[span.end : span.end + 110]
    at = 0
    for _ in range(2):  # *Paris, Lamar County, Texas*
        match = _AFTER.match(after, at)
        if not match:
            break
        area, used = _areas(match["area"], gazetteer, codes=True)
        if not area:
            break
        end = match.start("area") + used
        lists = bool(_LIST_AFTER.match(after, end) or _LIST_BEFORE.search(before))
        closed = not lists and bool(_CLOSED.match(after, end) and _IN_PLACE.search(before))
        found.append(Qualifier(area[0], area[1], 1.0, area[2], lists, closed, span.end + match.start("area")))
        at = end
    # What stands before ends in a blank, an owner in a genitive as well.
    is_apart = before[-1:].isspace()
    is_owned = is_apart and ("'" in before or "’" in before)
    for pattern, source, weight in ((_BEFORE, before, 0.9), (_OWNER, before, 0.7), (_IN, after, 0.5)):
        if pattern is _IN:
            match = pattern.match(source)
        else:
            match = pattern.search(source) if (is_apart if pattern is _BEFORE else is_owned) else None
        if not match:
            continue
        area, _ = _areas(match["area"], gazetteer, codes=False, last=pattern is not _IN)
        country = gazetteer.demonym(match["area"].split()[-1])
        if pattern is _BEFORE and country:
            area = (frozenset((country,)), frozenset(), False)
        if area:
            found.append(Qualifier(area[0], area[1], weight))
    return found


Area = tuple[frozenset[int], frozenset[int], bool]


def _areas(run: str, gazetteer: Gazetteer, *, codes: bool, last: bool = False) -> tuple[Area | None, int]:
    """The countries and regions that the longest beginning (or end) of a run names, and its length."""
    spans = [m.span() for m in _WORD.finditer(run)]
    parts = [run[start:] for start, _ in spans] if last else [run[:end] for _, end in reversed(spans)]
    for part in parts:
        name = _POSSESSIVE.sub("", part)
        records, flags = gazetteer.find(name)
        if not len(records):
            continue
        kinds = gazetteer.kind[records]
        keep = _IS_AREA[kinds]
        code = flags == FLAG_CODE
        # *La.*, *LA*: an abbreviation has a point or capitals; *La* is a word.
        keep &= ~code | (codes and (part.endswith(".") or name.isupper()))
        # A second-level area counts only where its kind is said: there is a *Paris* among them.
        keep &= (kinds != _COUNTY) | (" " in name)
        if not keep.any():
            continue
        records, kinds, code = records[keep], kinds[keep], code[keep]
        country = kinds == _COUNTRY
        return (
            frozenset(gazetteer.country[records[country]].tolist()),
            frozenset(gazetteer.region[records[~country]].tolist()),
            bool(code.all()),
        ), len(part)
    return None, 0
