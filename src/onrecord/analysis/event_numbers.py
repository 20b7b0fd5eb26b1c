"""Which event the numbers of dead, injured and protesters belong to that the words give by their form.

What the event head finds of numbers comes first, unless the words tell another kind; this fills what it leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.analysis.casualties import Casualties, find_casualties, victims_of
from onrecord.analysis.crowds import number_put
from onrecord.analysis.event_counts import (
    filled,
    told_count,
    with_all_of_list,
    with_count,
    with_found,
    with_whole,
    without_confused,
    without_count,
    without_others,
    without_taken,
    wounded_of,
)
from onrecord.analysis.event_crowds import with_crowd
from onrecord.analysis.events import Event
from onrecord.analysis.number_owner import (
    can_harm,
    is_elsewhere,
    is_outcome,
    is_same_act,
    names_same_act,
    nearest,
)
from onrecord.analysis.other_cause import has_other_cause
from onrecord.analysis.plover import HAPPENED
from onrecord.analysis.sentences import sentences_of
from onrecord.article import Span


def with_numbers(text: str, events: Sequence[Event]) -> list[Event]:
    """Fill in the numbers that the words give by their form and the head has left open.

    A sentence that tells no harmful event, or only what befell somebody, gives its numbers to the one before, if that
    leaves them open and happened, and if nothing tells of another cause.
    """
    told = [with_crowd(text, without_others(text, event), events) for event in events]
    by_sentence: dict[Span, list[int]] = {}
    for number, event in enumerate(told):
        by_sentence.setdefault(event.sentence, []).append(number)
    sentences = sentences_of(text)
    by_words: list[Casualties] = []
    for sentence, numbers in by_sentence.items():
        by_words += _give_own(text, told, sentence, numbers)
        if after := sentences.after(sentence):
            _give_next(text, told, sentence, numbers, after, by_sentence.get(after, ()))
    return [_with_victims(text, event, by_words) for event in told]


def _give_own(text: str, told: list[Event], sentence: Span, numbers: Sequence[int]) -> list[Casualties]:
    """Give the numbers of dead and injured of a sentence to its events, and say which they are."""
    harmful = [n for n in numbers if can_harm(told[n])]
    parties = [party for n in numbers for party in told[n].recipients if sentence.holds(party)]
    casualties = find_casualties(text, sentence, parties)
    for n in harmful:
        told[n] = with_all_of_list(text, told[n], parties, casualties)
    for found in casualties:
        for n in numbers:
            told[n] = with_whole(without_confused(text, told[n], found), found)
        at = nearest(text, told, harmful, found)
        if at is None:
            continue
        for n in numbers:
            # Who is arrested beside them is not who was hurt.
            if n not in harmful or (n != at and is_elsewhere(text, told[n], told[at], found)):
                told[n] = without_count(told[n], found.count.span)
            elif n != at and (
                is_same_act(text, told[n], told[at], found)
                or (is_outcome(told[at], [found]) and names_same_act(text, told[n], told[at], found))
            ):
                told[n] = filled(told[n], found)
        # *Plotted to kill the mayor* has one victim in view and none dead.
        if found.count.high != 1 or told[at].status in HAPPENED:
            told[at] = with_found(text, told[at], found, casualties)
    for n in numbers:
        if told[n].modes == ("abduct",):
            told[n] = without_taken(told[n], casualties)
    return casualties


def _give_next(
    text: str, told: list[Event], sentence: Span, numbers: Sequence[int], after: Span, there: Sequence[int]
) -> None:
    """Give what the sentence behind that of some events tells of their numbers to them.

    Args:
        there: the events of that sentence.
    """
    protests = [n for n in numbers if told[n].type == "PROTEST" and told[n].crowd is None]
    if protests and not any(told[n].type == "PROTEST" for n in there):
        crowd = number_put(text, after)
        for n in protests:
            told[n] = replace(told[n], crowd=crowd)
    happened = [n for n in numbers if told[n].status in HAPPENED and can_harm(told[n])]
    harmful = [n for n in there if can_harm(told[n])]
    if not happened or any(told[n].actors for n in harmful):
        return
    casualties = find_casualties(text, after)
    if (
        not casualties
        or not all(is_outcome(told[n], casualties) for n in harmful)
        or has_other_cause(text, after, casualties[0].count.span, sentence)
    ):
        return
    for found in casualties:
        at = nearest(text, told, happened, found)
        if at is not None:
            told[at] = filled(told[at], found)


def _with_victims(text: str, event: Event, by_words: Sequence[Casualties]) -> Event:
    """The event with the number of its victims, where its own word tells what befell them."""
    if event.dead and event.injured is None and (wounded := wounded_of(text, event)):
        event = replace(event, injured=wounded)
    if event.type != "ASSAULT" or event.status not in HAPPENED:
        return event
    # *Stabbed a woman to death and wounded two men*: one is dead.
    spans = [found.count.span for found in by_words]
    own = [r for r in event.recipients if not any(r.meets(span) for span in spans)] or event.recipients
    victims = victims_of(text, event.trigger, own)
    if victims is None:
        return event
    kind, count = victims
    other = told_count(event, "injured" if kind == "dead" else "dead")
    # *Stabbed in the thigh*: not dead.
    if (
        other
        and other.span.meets(count.span)
        and (other.low, other.high) == (count.low, count.high)
        and not any(span.meets(other.span) for span in spans)
    ):
        event = replace(event, dead=None) if kind == "injured" else replace(event, injured=None)
    return event if told_count(event, kind) else with_count(event, kind, count)
