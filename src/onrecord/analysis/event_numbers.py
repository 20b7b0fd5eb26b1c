"""Which event the numbers of dead, injured and protesters belong to that the words give by their form.

What the event head finds of numbers comes first, unless the words tell another kind; this fills what it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.casualties import (
    Casualties,
    Casualty,
    crowd_of,
    find_casualties,
    marchers,
    turnout,
    victims_of,
)
from onrecord.analysis.counts import Count
from onrecord.analysis.events import Event
from onrecord.analysis.other_cause import has_other_cause
from onrecord.analysis.plover import HAPPENED
from onrecord.analysis.sentences import sentences_of
from onrecord.article import Span

# By which types people may have come to harm, and how much farther than violence each is, in characters.
_HARMFUL = {"ASSAULT": 0, "PROTEST": 30, "COERCE": 30}
# A new clause is as far as so many characters.
_CLAUSES = re.compile(r"[;:]\s|[,.]\s+(?:and|but|while|where|as)\s|[.!?][”\"’')]*\s")
_CLAUSE = 40
# *A riot at the jail in which nine died*, *a revolt that left 13 dead*.
_IN_WHICH = re.compile(
    r"(?:\s(?!and\b|but\b|or\b|when\b|after\b|before\b)[^\s,;:.]+){0,8}?,?\s(?:(?:in|during|at|by)\swhich|that|which)"
    r"(?:\s(?:also|has|had|have))?\s(?:[^\s,;:.]+\s){0,3}?"
)


def with_numbers(text: str, events: Sequence[Event]) -> list[Event]:
    """Fill in the numbers that the words give by their form and the head has left open.

    A sentence that tells no event gives its numbers to the one before, if that leaves them open and happened, and if
    nothing tells of another cause.
    """
    told = list(events)
    by_sentence: dict[Span, list[int]] = {}
    for number, event in enumerate(told):
        if event.crowd is None:
            told[number] = replace(event, crowd=_crowd(text, event))
        by_sentence.setdefault(event.sentence, []).append(number)
    sentences = sentences_of(text)
    for sentence, numbers in by_sentence.items():
        harmful = [n for n in numbers if told[n].type in _HARMFUL]
        parties = [party for n in numbers for party in told[n].recipients if sentence.holds(party)]
        casualties = find_casualties(text, sentence, parties)
        for found in casualties:
            for n in numbers:
                told[n] = _without(told[n], found)
            if harmful:
                at = min(harmful, key=lambda n: _distance(text, told[n], found))
                # *Plotted to kill the mayor* has one victim in view and none dead.
                if found.count.high != 1 or told[at].status in HAPPENED:
                    told[at] = _with(told[at], found, casualties)
        after = sentences.after(sentence)
        happened = [n for n in harmful if told[n].status in HAPPENED]
        if happened and after and after not in by_sentence:
            casualties = find_casualties(text, after)
            if casualties and has_other_cause(text, after, casualties[0].count.span, sentence):
                continue
            for found in casualties:
                at = min(happened, key=lambda n: _distance(text, told[n], found))
                told[at] = _filled(told[at], found.kind, found.count)
    for n, event in enumerate(told):
        victims = victims_of(text, event.trigger, event.recipients) if event.status in HAPPENED else None
        if event.type == "ASSAULT" and victims:
            told[n] = _filled(event, *victims)
    return told


def _crowd(text: str, event: Event) -> Count | None:
    """How many took part in a protest, or in violence by a crowd; one is no crowd."""
    if event.type == "PROTEST":
        counts = [*(marchers(text, a) for a in event.actors), turnout(text, event.trigger, event.sentence)]
    else:
        counts = [crowd_of(text, a) for a in event.actors if event.type == "ASSAULT"]
    return next((c for c in counts if c and c.high != 1), None)


def _told(event: Event, kind: Casualty) -> Count | None:
    return event.dead if kind == "dead" else event.injured


def _numbered(event: Event, kind: Casualty, count: Count) -> Event:
    return replace(event, dead=count) if kind == "dead" else replace(event, injured=count)


def _with(event: Event, found: Casualties, casualties: Sequence[Casualties]) -> Event:
    """The event with a number, unless it has one of its kind that the words give as well; then with the longer of both."""
    now = _told(event, found.kind)
    told_as_well = now and any(c.kind == found.kind and c.count.span.meets(now.span) for c in casualties)
    if now and told_as_well and not found.count.span.holds(now.span):
        return event
    return _numbered(event, found.kind, found.count)


def _filled(event: Event, kind: Casualty, count: Count) -> Event:
    """The event with a number, unless it has one of its kind."""
    return event if _told(event, kind) else _numbered(event, kind, count)


def _without(event: Event, found: Casualties) -> Event:
    """The event without a number of the injured as that of its dead, or the other way round."""
    if found.kind == "injured" and event.dead and event.dead.span.meets(found.count.span):
        return replace(event, dead=None)
    if found.kind == "dead" and event.injured and event.injured.span.meets(found.count.span):
        return replace(event, injured=None)
    return event


def _distance(text: str, event: Event, found: Casualties) -> float:
    """What a number tells of has mostly been told before it (*threw a grenade, killing two, and fled*), in the same clause;
    in characters. The words that tell it may be the event's own (*shot two dead*)."""
    trigger, number = event.trigger, found.count.span
    if trigger.meets(found.words):
        return 0.0
    if _IN_WHICH.fullmatch(text, trigger.end, found.words.start):
        # The nearest of them.
        return (found.words.start - trigger.end) / len(text)
    behind = trigger.start >= number.end
    between = (number.end, trigger.start) if behind else (trigger.end, number.start)
    clauses = len(_CLAUSES.findall(text, *between)) + (found.told_behind and not behind)
    clauses += 2 * (found.follows and behind)
    return (
        (0.5 if behind == found.told_behind else 1.0) * max(0, between[1] - between[0])
        + _CLAUSE * clauses
        + _HARMFUL[event.type]
        + _CLAUSE * (event.status not in HAPPENED)
    )
