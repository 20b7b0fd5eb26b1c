"""How many a phrase of people is: *a judge* (one), *some 250 mothers*, *the mayor, his driver and two guards* (four)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.counts import Count, read_count
from onrecord.analysis.number_phrases import AGED, ages_in, number_at, numbers_in
from onrecord.article import Span

_GROUPS = (
    r"(?:groups?|crowd|number|family|convoy|couple|pair|dozen|party|team|band|gang|patrol|people|police|children|men|women"
    r"|troops?|army|injured|wounded|dead|rest|public|crew|staff|media|bus|car|building)"
)
# The noun at the head is no plural and names no group.
_ONE_PERSON = re.compile(
    r"(?:he|him|she|her|his"
    rf"|(?:(?i:an?|another|his|her|my|its|their|the)|[A-ZÀ-Þ][\w’'.-]*['’]s?) (?!(?:[\w’'-]+ ){{0,3}}?{_GROUPS}\b)"
    rf"(?:[\w’'-]+ )*?[\w’'-]*[^\Ws](?<!men)(?<!people)(?<!children)(?:,? {AGED}|, \d\d?,?| (?:of|in|from|at|on|with|who|driving|named)\b.*)?"
    r"|(?:[A-ZÀ-Þ][\w’'.-]* )+(?:(?:al|el|bin|ibn|von|van|der|de|da|dos|del|di)[ -])*[A-ZÀ-Þ][\w’'-]*(?: of\b.*)?)"
)
# A number in what one person is told with: *a mother of two*.
_PARENT = re.compile(r"\b(?:mother|father|parent|grandmother|grandfather|widow(?:er)?) of ")
# *Husband and wife*: two without an article of their own.
_PAIR = re.compile(
    r"(?i:(?:an?|the|his|her|their) (?:[\w’'-]+ )?(?:husband and wife|mother and (?:child|son|daughter|baby)|father and (?:son|daughter)"
    r"|brother and sister|bride and groom|man and wife|man and woman|boy and girl))\b"
)
_COUPLE = re.compile(
    r"(?:an?|the)\s+(?:(?!of\b)[\w’'-]+\s+){0,2}couple(?:\s+(?:from|in|on)\b.*)?", re.IGNORECASE
)
_AND = re.compile(r",? and ")
_BETWEEN = re.compile(r",? and |, ")
_NAMED = re.compile(r"[A-ZÀ-Þ]")
_ARTICLE = re.compile(r"(?:an?|the) ")
_ONES_OWN = re.compile(r"(?:an?|another|his|her|its|their|the) ", re.IGNORECASE)
# Beside people, animals and things count nothing.
_NOBODY = re.compile(
    r"(?:[\w’'-]+ ){1,3}?(?:dogs?|horses?|mules?|camels?|cattle|cows?|goats?|sheep|vehicles?|cars?|trucks?|jeeps?|vans?|houses?|buildings?)"
    r"(?! (?:driver|dealer|owner|handler|trader|herder|thief|bomber)s?\b)\b"
)
# *40 dead ewes*: how many animals.
_ANIMALS = re.compile(
    r"\s+(?:(?!(?:and|or|men|women|people|were|was|are|had|have|who|of)\b)[\w’'-]+\s+){0,2}?(?:dogs?|horses|mules|camels|cattle|cows|goats|sheep|ewes|lambs"
    r"|rams|calves|pigs|chickens|hens|birds|fish|elephants|rhinos?|whales?|dolphins?|bulls|oxen|donkeys|yaks|reindeer|wolves|geese)\b"
)
# *36 dead and 95 wounded* are two numbers.
_HARM = re.compile(r"\b(?:dead|killed|wounded|injured|hurt|missing)$")
_ALL = re.compile(
    r"(?:all(?: of)?|the|all the|its|their|his|her|these|those|another|a further)\s+", re.IGNORECASE
)
# *Inspector Abad, his brother and a cook*.
_GOES_ON = re.compile(r"[A-ZÀ-Þ][^,]+, (?:his|her) [^,]+ and [^,]+")
_SIDE_BY_SIDE = re.compile(r",? and |, ")
_ANIMAL_CHARS = 36


def people_in(text: str, phrase: Span) -> Count | None:
    """How many people a phrase is, if its words tell; parts side by side are added up.

    >>> text = "the mayor, his driver and two guards"
    >>> people_in(text, Span(0, len(text))).low
    4
    """
    phrase = Span(phrase.start, phrase.start + len(phrase.of(text).rstrip(" ,")))
    if " and " in phrase.of(text):
        if _PAIR.match(text, phrase.start, phrase.end):
            return Count(phrase, 2, 2)
        parts = _parts(text, phrase)
        if len(parts) > 1:
            counts = [_one_part(text, part) for part in parts]
            told = [c for c in counts if c]
            if len(told) < len(counts) or any(_HARM.search(text, part.start, part.end) for part in parts):
                return None
            first, *rest = told
            # *Fourteen fighters, nine Afghans and five Syrians*.
            return (
                Count(phrase, first.low, first.high)
                if first.low == sum(c.low for c in rest) and len(rest) > 1
                else add_up(told, phrase)
            )
    return _one_part(text, phrase)


def is_one(text: str, phrase: Span) -> bool:
    """Is a phrase without a number one person: *a judge*, *her driver*, *the caretaker*, *Ana Ruiz*, *him*?"""
    if not _ONE_PERSON.fullmatch(text, phrase.start, phrase.end):
        return False
    numbers = numbers_in(text, phrase.start, phrase.end)
    if (
        not numbers
        or text[numbers[0].start - 2 : numbers[0].start] == ", "
        or _PARENT.search(text, phrase.start, phrase.end)
    ):
        return True
    ages = ages_in(text, phrase.start, phrase.end)
    return all(any(age.holds(number) for age in ages) for number in numbers)


def counted_together(text: str, parties: Sequence[Span]) -> list[Count]:
    """How many those parties are that are one person or stand side by side; none where one of them is not counted."""
    groups: list[list[Span]] = []
    for party in sorted(set(parties), key=lambda p: (p.start, -p.end)):
        if groups and _SIDE_BY_SIDE.fullmatch(text, groups[-1][-1].end, party.start):
            groups[-1].append(party)
        elif not groups or party.start >= groups[-1][-1].end:
            groups.append([party])
    counted = []
    for group in groups:
        # *Boycotted the vote, two guards were shot* is no list.
        is_list = len(group) > 1 and (
            text[group[-2].end : group[-1].start] == " and "
            or _GOES_ON.fullmatch(text, group[0].start, group[-1].end) is not None
        )
        for members in (group,) if is_list else ([party] for party in group):
            whole = Span(members[0].start, members[-1].end)
            if " and " in whole.of(text):
                count = people_in(text, whole)
                # A number at the head is read by itself.
                if count and (len(members) > 1 or not _begins_with_number(text, whole, count)):
                    counted.append(replace(count, span=whole))
            elif is_one(text, Span(whole.start, whole.start + len(whole.of(text).rstrip(" ,")))):
                counted.append(Count(whole, 1, 1))
    return counted


def add_up(counts: Sequence[Count], span: Span) -> Count:
    """The counts of several, told by a span, as one."""
    highs = [c.high for c in counts if c.high is not None]
    high = sum(highs) if len(highs) == len(counts) else None
    return Count(span, sum(c.low for c in counts), high, any(c.about for c in counts))


def counts_nobody(text: str, phrase: Span) -> bool:
    """Is the head of a phrase an animal or a thing: *two horses*?"""
    return _NOBODY.match(text, phrase.start, phrase.end) is not None


def counts_animals(text: str, number: Span) -> bool:
    """Is what a number counts animals: *40* of *40 dead ewes*?"""
    return _ANIMALS.match(text, number.end, number.end + _ANIMAL_CHARS) is not None


def _begins_with_number(text: str, phrase: Span, count: Count) -> bool:
    """Is a phrase told by the number at its head alone, which is read by itself?"""
    number = number_at(text, phrase.start, phrase.end)
    own = read_count(text, number) if number else None
    return own is not None and (own.low, own.high) == (count.low, count.high)


def _parts(text: str, phrase: Span) -> list[Span]:
    """The parts of a list; one that has no number, name or article of its own goes on with the one before (*the
    minister of health and trade*), one that says who a named person is as well (*Ana Ruiz, a judge, and her son*)."""
    # *Between 8,000 and 10,000 people*, *boys aged nine, ten and 12*.
    whole = (*numbers_in(text, phrase.start, phrase.end), *ages_in(text, phrase.start, phrase.end))
    marks = [
        mark
        for mark in _BETWEEN.finditer(text, phrase.start, phrase.end)
        if not any(span.start <= mark.start() < span.end for span in whole)
    ]
    starts = [phrase.start, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), phrase.end]
    parts: list[Span] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        number_here = number_at(text, start, end)
        own = (
            _ONES_OWN.match(text, start, end)
            # *Two workers, 20 and 22*: their ages.
            or (number_here and (number_here.end < end or not parts))
            or _NAMED.match(text, start)
        )
        says_who = (
            number
            and marks[number - 1].group() == ", "
            and _NAMED.match(text, parts[-1].start)
            and not text[parts[-1].start : start].startswith(("A ", "An ", "The "))
            and _ARTICLE.match(text, start)
        )
        if parts and (not own or says_who):
            parts[-1] = Span(parts[-1].start, end)
        else:
            parts.append(Span(start, end))
    return parts


def _one_part(text: str, part: Span) -> Count | None:
    if counts_nobody(text, part):
        return Count(part, 0, 0)
    if _COUPLE.fullmatch(text, part.start, part.end):
        return Count(part, 2, 2)
    head = Span(part.start, text.find(", ", part.start, part.end))
    if is_one(text, part) or (head.end > 0 and _NAMED.match(text, part.start) and is_one(text, head)):
        return Count(part, 1, 1)
    before = _ALL.match(text, part.start, part.end)
    number = number_at(text, before.end() if before else part.start, part.end)
    return read_count(text, number) if number else None
