"""Which of a sentence's events a number of dead or injured belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.analysis.casualties import Casualties
from onrecord.analysis.events import Event
from onrecord.analysis.plover import HAPPENED

# By which types people may have come to harm, and how much farther than violence each is, in characters.
_HARMFUL = {"ASSAULT": 0, "PROTEST": 30, "COERCE": 30}
# Those in which nobody does: who is arrested, banned or deported is not hurt by it, and a strike or boycott hurts nobody.
_HARMLESS_MODES = frozenset(
    "arrest censor curfew martial-law deport cyber misinformation withhold strike boycott".split()
)
# A new clause is as far as so many characters.
_CLAUSES = re.compile(r"[;:]\s|[,.]\s+(?:and|but|while|where|as)\s|[.!?][”\"’')]*\s")
_CLAUSE = 40
# *Stormed a hideout after a siege; five were killed*: what came before is not what the next clause goes on from.
_EARLIER = re.compile(r"\b(?:after|since|following|before|despite)\s+(?:[\w’'-]+\s+){0,4}$", re.IGNORECASE)
# Two words of one act stand no farther apart.
_SIDE_BY_SIDE_CHARS = 6
# *A riot at the jail in which nine died*, *a revolt that left 13 dead*.
_IN_WHICH = re.compile(
    r"(?:\s(?!and\b|but\b|or\b|when\b|after\b|before\b)[^\s,;:.]+){0,8}?,?\s(?:(?:in|during|at|by)\swhich|that|which)"
    r"(?:\s(?:also|has|had|have))?\s(?:[^\s,;:.]+\s){0,6}?"
)

_KILLED_IN = re.compile(
    r"(?:\s+(?:on\s+)?[A-Z]\w+day)?\s+(?:in|during)\s+(?:(?:an?|the|[\w’'-]+['’]s)\s+)?(?:(?!(?:the|an?|in|on|at|of)\b)[\w-]+\s+){0,3}"
)


def can_harm(event: Event) -> bool:
    """May somebody come to harm by an event?"""
    return event.type in _HARMFUL and not (event.modes and _HARMLESS_MODES.issuperset(event.modes))


def is_outcome(event: Event, casualties: Sequence[Casualties]) -> bool:
    """Does an event only say what befell somebody, not who did it (*seven were grazed*)?"""
    return not event.actors and any(c.words.holds(event.trigger) for c in casualties)


def clauses_to(text: str, event: Event, found: Casualties) -> int:
    """How many clauses lie between an event and a number."""
    trigger, number = event.trigger, found.count.span
    between = (number.end, trigger.start) if trigger.start >= number.end else (trigger.end, number.start)
    return len(_CLAUSES.findall(text, *between))


def new_clause(text: str, start: int, end: int) -> bool:
    """Does a clause begin between two places?"""
    return _CLAUSES.search(text, start, end) is not None


def is_elsewhere(text: str, event: Event, owner: Event, found: Casualties) -> bool:
    """Does a number belong to an event of its own clause, and this one stands in another?"""
    return clauses_to(text, owner, found) == 0 and clauses_to(text, event, found) > 0


def is_same_act(text: str, event: Event, owner: Event, found: Casualties) -> bool:
    """Do an event and the one a number belongs to tell one act, in words side by side (*rained shells*) or as act and
    outcome (*strafed a mill, killing six*)?"""
    if event.type != owner.type or event.status != owner.status:
        return False
    if found.follows and found.words.holds(owner.trigger) and event.trigger.end <= found.words.start:
        return not _CLAUSES.search(text, event.trigger.end, found.words.start)
    first, second = sorted((event.trigger, owner.trigger))
    return second.start - first.end <= _SIDE_BY_SIDE_CHARS and not _CLAUSES.search(
        text, first.end, second.start
    )


def names_same_act(text: str, event: Event, owner: Event, found: Casualties) -> bool:
    """Is an event's word the act in which those came to harm whom its owner counts (*a mutiny in which nine were shot*,
    *nine were killed in Monday's failed putsch*)?"""
    trigger, words = event.trigger, found.words
    if event.status != owner.status:
        return False
    if trigger.end <= words.start:
        return _IN_WHICH.fullmatch(text, trigger.end, words.start) is not None
    is_behind = found.told_behind and words.end <= trigger.start
    return is_behind and _KILLED_IN.fullmatch(text, words.end, trigger.start) is not None


def nearest(text: str, told: Sequence[Event], among: Sequence[int], found: Casualties) -> int | None:
    """Which of some events a number belongs to; None if to none."""
    if found.own:
        among = [n for n in among if told[n].trigger.end > found.words.start]
    if found.takes_up:
        among = [n for n in among if (told[n].dead if found.kind == "dead" else told[n].injured)]
    return min(among, key=lambda n: _distance(text, told[n], found), default=None)


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
        + _CLAUSE
        * bool(clauses and not behind and _EARLIER.search(text, event.sentence.start, trigger.start))
    )
