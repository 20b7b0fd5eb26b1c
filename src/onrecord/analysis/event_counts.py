"""An event with a number of dead or injured, or without one that is not its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.casualties import Casualties
from onrecord.analysis.counts import Count
from onrecord.analysis.event_crowds import crowd_told
from onrecord.analysis.events import Event
from onrecord.analysis.number_owner import clauses_to, new_clause
from onrecord.analysis.number_phrases import ages_in
from onrecord.analysis.people import counted_together, people_in
from onrecord.analysis.plover import HAPPENED
from onrecord.analysis.tolls import Casualty
from onrecord.article import Span

# A toll of one act is seldom more than so many times what was told first, or than that many times a few.
_MANY_TIMES = 10
_FEW = 5
_STABBED = re.compile(r"(?:stabb|knif|slash)(?:ed|ing)", re.IGNORECASE)
# Words that tell no number of people: *anyone*, *an unknown number*, *all of them*, *80 percent of the staff*.
_UNTOLD = re.compile(
    r"(?:any(?:one|body)\b|an?\s+(?:unknown|undisclosed|unspecified|untold|small|large|growing)\s+number\b|(?:all|most|some|half|many)\s+of\s+(?:them|whom)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:percent\b|per\s+cent\b|%)")
_NONE_OF = re.compile(
    r"\b(?:none|not one|neither) of (?:its|the|their|his|her|these|those)\s+(?:\w+\s+)?$|\b(?:killed|dead) or (?:wounded|injured|hurt)\s+$",
    re.IGNORECASE,
)


def told_count(event: Event, kind: Casualty) -> Count | None:
    """The number of a kind that an event has."""
    return event.dead if kind == "dead" else event.injured


def with_count(event: Event, kind: Casualty, count: Count) -> Event:
    """The event with a number of a kind, whatever it had."""
    return replace(event, dead=count) if kind == "dead" else replace(event, injured=count)


def filled(event: Event, found: Casualties) -> Event:
    """The event with a number of the sentence behind it, unless it has one of its kind that is no toll."""
    now = told_count(event, found.kind)
    # *Killed two, and the death toll of the war has passed 45,000* is no sum of this act's.
    sums_up = found.own or (now and now.low <= found.count.low <= _MANY_TIMES * max(now.low, _FEW))
    return event if now and not (found.is_toll and sums_up) else with_count(event, found.kind, found.count)


def with_found(text: str, event: Event, found: Casualties, casualties: Sequence[Casualties]) -> Event:
    """The event with a number, unless it has one of its kind that the words give as well; then with the longer of both.

    A toll takes the place of those that it sums up.
    """
    now = told_count(event, found.kind)
    if found.is_toll:
        return filled(event, found)
    told_as_well = now and any(c.kind == found.kind and c.count.span.meets(now.span) for c in casualties)
    # Of two who tell it the first: *picked off 18 soldiers; the army spoke of three killed*.
    if now and found.count.span.end <= now.span.start and clauses_to(text, event, found) == 0:
        told_as_well = told_as_well and not new_clause(text, found.count.span.end, now.span.start)
    if now and told_as_well and not found.count.span.holds(now.span):
        return event
    return with_count(event, found.kind, found.count)


def with_whole(event: Event, found: Casualties) -> Event:
    """The event with the whole of a number of which it has a part (*its driver* of *its driver and a passenger*)."""
    now = told_count(event, found.kind)
    is_part = now and found.count.span.holds(now.span) and now.span != found.count.span
    return with_count(event, found.kind, found.count) if is_part else event


def with_all_of_list(
    text: str, event: Event, parties: Sequence[Span], casualties: Sequence[Casualties]
) -> Event:
    """The event with the number of all who stand side by side, where its head has that of some (*five* of *five
    policemen and a prosecutor*), unless words tell what befell a part of them."""
    if not (event.dead or event.injured):
        return event
    for group in counted_together(text, parties):
        if any(group.span.meets(c.count.span) for c in casualties):
            continue
        kinds: tuple[Casualty, ...] = ("dead", "injured")
        for kind in kinds:
            now = told_count(event, kind)
            if now and group.span.holds(now.span) and group.low > now.low:
                event = with_count(event, kind, group)
    return event


def without_count(event: Event, span: Span) -> Event:
    """The event without the dead or injured that a span tells."""
    dead = None if event.dead and event.dead.span.meets(span) else event.dead
    injured = None if event.injured and event.injured.span.meets(span) else event.injured
    return (
        event
        if (dead, injured) == (event.dead, event.injured)
        else replace(event, dead=dead, injured=injured)
    )


def without_taken(event: Event, casualties: Sequence[Casualties]) -> Event:
    """An abduction without the number of those whom it took as that of its dead or injured."""
    taken = [
        count
        for count in (event.dead, event.injured)
        if count
        and any(count.span.meets(r) for r in event.recipients)
        and not any(count.span.meets(c.count.span) for c in casualties)
    ]
    for count in taken:
        event = without_count(event, count.span)
    return event


def without_confused(text: str, event: Event, found: Casualties) -> Event:
    """The event without a number of the injured as that of its dead, or the other way round, or of either as its crowd."""
    if event.crowd and found.count.span.meets(event.crowd.span):
        crowd = crowd_told(text, event)
        event = replace(event, crowd=None if crowd and crowd.span.meets(found.count.span) else crowd)
    if found.kind == "injured" and event.dead and event.dead.span.meets(found.count.span):
        return replace(event, dead=None)
    if found.kind == "dead" and event.injured and event.injured.span.meets(found.count.span):
        return replace(event, injured=None)
    return event


def without_others(text: str, event: Event) -> Event:
    """The event without numbers of its head that tell how old somebody is (*a girl of nine*) or to how many nothing
    happened (*none of its 24 crew*), or of dead and injured together."""
    if not (event.dead or event.injured or event.crowd):
        return event
    ages = ages_in(text, event.sentence.start, event.sentence.end)

    def own(count: Count | None) -> Count | None:
        if count is None or _NONE_OF.search(text, event.sentence.start, count.span.start):
            return None
        if _UNTOLD.match(text, count.span.start) or _PERCENT.search(
            text, count.span.start, count.span.end + 10
        ):
            return None
        if any(age.holds(count.span) for age in ages):
            return None
        return people_in(text, count.span) if any(age.meets(count.span) for age in ages) else count

    dead, injured, crowd = own(event.dead), own(event.injured), own(event.crowd)
    if (dead, injured, crowd) == (event.dead, event.injured, event.crowd):
        return event
    return replace(event, dead=dead, injured=injured, crowd=crowd)


def wounded_of(text: str, event: Event) -> Count | None:
    """The victims of a knife, of whom some died of it (*stabbed six people, two of them fatally*)."""
    if not event.dead or event.status not in HAPPENED or not _STABBED.fullmatch(event.trigger.of(text)):
        return None
    counts = [people_in(text, r) for r in event.recipients if r.start > event.trigger.end]
    count = counts[0] if counts else None
    return count if count and event.dead.span.start > count.span.end and count.low > event.dead.low else None
