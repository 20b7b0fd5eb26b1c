"""Which tellings of a story are of one event: in copies of one report, and where one report prints the same sentence twice.

Two tellings are of one event if they have one type, one status and one teller, stand in passages that tell the same or in
sentences of the same words, and their reports contradict each other neither in who, to whom, where and when, nor in how.
Numbers that differ part no tellings: copies of one sentence that put the dead at 12 and at 21 tell one event, and both are shown.
What comes out depends on the tellings and the passages alone, not on the order in which reports were read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from onrecord.reading.frame import find_dateline

# Shorter sentences (*He was arrested.*) may stand in one story twice and mean two.
_LEAST_WORDS = 6
# In passages less alike than this the word for the act or somebody who takes part must be the same too.
_ALIKE = 0.5

Codes = tuple[str | None, str | None]
# An open end of days.
_FIRST_DAY, _LAST_DAY = "", "~"


@dataclass(frozen=True, slots=True)
class Teller:
    """On whose word: the source of a statement.

    Attributes:
        actor: whom it means, after corrections; None if it names nobody.
        words: as printed.
        codes: country and sector of words that name nobody.
    """

    actor: str | None
    words: str
    codes: Codes


@dataclass(frozen=True, slots=True)
class Side:
    """Who acts, or to whom it is done: ids of those who are named, codes of those who are not, and the words."""

    actors: frozenset[str] = frozenset()
    codes: frozenset[Codes] = frozenset()
    words: frozenset[str] = frozenset()

    def joined(self, other: Side) -> Side:
        """Both together."""
        return Side(self.actors | other.actors, self.codes | other.codes, self.words | other.words)


@dataclass(frozen=True, slots=True)
class Facts:
    """What tellings say of an event; what none says is empty.

    Attributes:
        days: pairs of first and last day, an open end an empty string or "~".
    """

    modes: frozenset[str]
    places: frozenset[str]
    days: frozenset[tuple[str, str]]
    actors: Side
    recipients: Side
    mutual: bool

    def joined(self, other: Facts) -> Facts:
        """What both say."""
        return Facts(
            self.modes | other.modes,
            self.places | other.places,
            self.days | other.days,
            self.actors.joined(other.actors),
            self.recipients.joined(other.recipients),
            self.mutual or other.mutual,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A telling of an event, as far as it says which event that is.

    Attributes:
        first: id of the first telling of the same event in the same report; its own if it is that one.
        words: of the sentence behind its dateline, as `words_in` gives them.
        at: how many of them stand before the trigger.
        trigger: the words that name the act.
        teller: None where the reporter tells it.
    """

    id: str
    article: str
    first: str
    type: str
    status: str
    words: tuple[str, ...]
    at: int
    trigger: str
    teller: Teller | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two tellings whose triggers stand in passages that tell the same.

    Attributes:
        likeness: of the passages, 0 to 1.
        apart: how far apart the triggers are in them, as parts of the passages: 0 for the same place.
    """

    first: str
    second: str
    likeness: float
    apart: float


def words_in(sentence: str) -> tuple[str, ...]:
    """The words of a sentence without case and signs.

    >>> words_in("Police shot 12, an aide said.")
    ('police', 'shot', '12', 'an', 'aide', 'said')
    """
    return tuple(re.findall(r"\w+", sentence.casefold()))


def behind_dateline(sentence: str) -> int:
    """Where a sentence begins that is no dateline: every outlet puts its own.

    >>> behind_dateline("BRUNN, May 4 (Karst Press) – Police shot 12.")
    29
    """
    found = find_dateline(sentence)
    return found[1] if found else 0


def days(first: str | None, last: str | None) -> frozenset[tuple[str, str]]:
    """The days of a telling as `Facts` has them; empty if neither is known."""
    return frozenset({(first or _FIRST_DAY, last or _LAST_DAY)}) if first or last else frozenset()


def join_tellings(tellings: Sequence[Told], aligned: Iterable[Aligned]) -> dict[str, str]:
    """For each telling the id of the first telling of its event.

    Args:
        tellings: of the reports of one story, in the order in which these are told: whose comes first gives the id.
        aligned: of any two of them that are of different reports.
    """
    groups = _Groups(tellings)
    alike: dict[tuple[str, str, tuple[str, ...], int], list[Told]] = defaultdict(list)
    for telling in tellings:
        if len(telling.words) >= _LEAST_WORDS:
            alike[telling.type, telling.status, telling.words, telling.at].append(telling)
    # A report's own repetitions first: from then on none of its events is joined with another of them.
    for same in alike.values():
        by_report: dict[str, list[Told]] = defaultdict(list)
        for telling in same:
            by_report[telling.article].append(telling)
        for told in by_report.values():
            _join_alike(groups, told)
    _join_phrases(groups, tellings)
    groups.close()
    for same in alike.values():
        _join_alike(groups, same)
    for one, two in _by_likeness(tellings, aligned):
        if groups.of(one) is not groups.of(two) and _is_one_teller(one.teller, two.teller, alike=False):
            groups.join(one, two)
    return {telling.id: groups.of(telling).id for telling in tellings}


def _join_alike(groups: _Groups, same: Sequence[Told]) -> None:
    """Join tellings in the same words, each with the first group that it does not contradict."""
    seen: list[Told] = []
    for telling in same:
        for other in seen:
            if groups.of(other) is groups.of(telling):
                break
            if _is_one_teller(other.teller, telling.teller, alike=True) and groups.join(other, telling):
                break
        else:
            seen.append(telling)


def _join_phrases(groups: _Groups, tellings: Sequence[Told]) -> None:
    """Join tellings of one sentence whose triggers are one phrase (*requested* and *for* in *they requested for a vote*)."""
    for one, two in pairwise(tellings):
        beside = (
            one.at + len(words_in(one.trigger)) == two.at or two.at + len(words_in(two.trigger)) == one.at
        )
        if (
            beside
            and (one.article, one.type, one.status, one.words)
            == (two.article, two.type, two.status, two.words)
            and _is_one_teller(one.teller, two.teller, alike=True)
        ):
            groups.join(one, two)


def _by_likeness(tellings: Sequence[Told], aligned: Iterable[Aligned]) -> Iterator[tuple[Told, Told]]:
    """The pairs that can be of one event, the likest first."""
    place = {telling.id: n for n, telling in enumerate(tellings)}
    found: list[tuple[float, int, int]] = []
    for pair in aligned:
        a, b = sorted((place[pair.first], place[pair.second]))
        one, two = tellings[a], tellings[b]
        if one.type != two.type or one.status != two.status:
            continue
        same_word = _stem(one.trigger) == _stem(two.trigger)
        shared = _shared(one.facts.actors, two.facts.actors) + _shared(
            one.facts.recipients, two.facts.recipients
        )
        if same_word or shared or pair.likeness >= _ALIKE:
            found.append((2.0 * same_word + shared - pair.apart, a, b))
    for _, a, b in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        yield tellings[a], tellings[b]


def _stem(trigger: str) -> str:
    return trigger.casefold()[:5]


def _shared(one: Side, two: Side) -> float:
    """Who is named by both counts more than words that both have."""
    if one.actors & two.actors:
        return 1.0
    return 0.5 if one.words & two.words else 0.0


def _is_one_teller(one: Teller | None, two: Teller | None, *, alike: bool) -> bool:
    """Do two tellings rest on one word?

    Args:
        alike: they stand in sentences of the same words.
    """
    if one is None or two is None:
        return one is two
    if one.actor or two.actor:
        return not (one.actor and two.actor) or one.actor == two.actor
    if alike or not (one.words and two.words):
        return True
    return words_in(one.words) == words_in(two.words) or (one.codes == two.codes and any(one.codes))


@dataclass(slots=True)
class _Group:
    """Tellings of one event: its first telling, its reports, and what each of these says, each different thing once."""

    id: str
    order: int
    reports: set[str]
    facts: set[tuple[str, Facts]]
    members: list[str] = field(default_factory=list)


class _Groups:
    """Groups that grow together; the events of one report stay apart once they are closed."""

    def __init__(self, tellings: Sequence[Told]) -> None:
        facts: dict[str, Facts] = {}
        types: dict[str, str] = {}
        for t in tellings:
            facts[t.first] = facts[t.first].joined(t.facts) if t.first in facts else t.facts
            types.setdefault(t.first, t.type)
        self._of: dict[str, _Group] = {}
        for n, t in enumerate(tellings):
            if t.first not in self._of:
                own = {(types[t.first], facts[t.first])}
                self._of[t.first] = _Group(t.first, n, {t.article}, own, [t.first])
        self._closed = False

    def close(self) -> None:
        """From now on no two events of one report are joined."""
        self._closed = True

    def of(self, telling: Told) -> _Group:
        """The group of a telling."""
        return self._of[telling.first]

    def join(self, one: Told, two: Told) -> bool:
        """Make one group of those of two tellings, unless they contradict each other; gives whether it was done."""
        a, b = sorted((self.of(one), self.of(two)), key=lambda g: g.order)
        if self._closed and not a.reports.isdisjoint(b.reports):
            return False
        if any(x[0] != y[0] or _contradict(x[1], y[1]) for x, y in product(a.facts, b.facts)):
            return False
        if self._closed:
            a.facts |= b.facts
        else:
            # What one report says is said together.
            ((type, said),), ((_, more),) = a.facts, b.facts
            a.facts = {(type, said.joined(more))}
        a.reports |= b.reports
        a.members += b.members
        for member in b.members:
            self._of[member] = a
        return True


def _contradict(a: Facts, b: Facts) -> bool:
    """Do two reports say of an event what cannot both be so? What one of them does not say contradicts nothing."""
    if any(x and y and x.isdisjoint(y) for x, y in ((a.modes, b.modes), (a.places, b.places))):
        return True
    if a.days and b.days and not any(x[0] <= y[1] and y[0] <= x[1] for x in a.days for y in b.days):
        return True
    if a.mutual or b.mutual:
        return _are_others(a.actors.joined(a.recipients), b.actors.joined(b.recipients))
    return _are_others(a.actors, b.actors) or _are_others(a.recipients, b.recipients)


def _are_others(a: Side, b: Side) -> bool:
    """Does either name somebody whom the other does not, or do words of both that name nobody mean others?"""
    if a.actors or b.actors:
        return bool(a.actors and b.actors) and not (a.actors <= b.actors or b.actors <= a.actors)
    known = [codes for codes in a.codes if any(codes)], [codes for codes in b.codes if any(codes)]
    return bool(known[0] and known[1]) and not any(_fit(x, y) for x, y in product(*known))


def _fit(one: Codes, two: Codes) -> bool:
    return all(x is None or y is None or x == y for x, y in zip(one, two, strict=True))
