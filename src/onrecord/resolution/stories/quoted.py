"""What stands in quotation marks in a text, and which quotation of one report is which of another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.analysis.pieces import Quotation, quotation_states
from onrecord.article import Span
from onrecord.resolution.stories.variants import Variant, compare_quotations
from onrecord.resolution.stories.wording import words_of

# Shorter ones are names and scare quotes.
_LEAST_WORDS = 3
# *“We came,” the mayor of Orrel said on Monday, “and we saw.”* is one quotation in two pieces.
_MOST_BETWEEN = 120
_NEW_SENTENCE = re.compile(
    r"\n|[.!?:;](?=\s)(?<!\b[A-Z].)(?<!\b(?:Mr|Dr|Ms).)(?<!\b(?:Sen|Rep|Gov|Gen|Mrs).)"
)
# Of the words of the shorter one, weighed by their length, two printings of one quotation share this.
_SHARED = 0.5
# A part of a longer one shares this.
_PART = 0.8
# Looked up once: a text is gone through letter by letter.
_INSIDE = frozenset((Quotation.INSIDE, Quotation.INSIDE_SINGLE))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as a report prints it: its pieces, and its words joined by a blank."""

    pieces: tuple[Span, ...]
    words: str


@dataclass(frozen=True, slots=True)
class QuotedTwice:
    """A quotation that two reports print, and what became of it."""

    first: Quoted
    second: Quoted
    variant: Variant


def quotations_of(text: str) -> list[Quoted]:
    """The quotations of a text in their order; one that a cue cuts in two is one."""
    pieces: list[Span] = []
    at = 0
    for inside, signs in groupby(quotation_states(text), key=_INSIDE.__contains__):
        end = at + sum(1 for _ in signs)
        if inside:
            pieces.append(Span(at, end))
        at = end
    groups: list[list[Span]] = []
    for piece in pieces:
        if groups and _goes_on(text, groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    found = [Quoted(tuple(g), " ".join(p.of(text).strip() for p in g)) for g in groups]
    return [q for q in found if len(words_of(q.words)) >= _LEAST_WORDS]


def _goes_on(text: str, before: Span, piece: Span) -> bool:
    """Is a piece the rest of the sentence before it? The first ended in a comma, or nothing but marks stands between."""
    between = text[before.end : piece.start]
    if len(between) > _MOST_BETWEEN or _NEW_SENTENCE.search(between):
        return False
    return before.of(text).rstrip().endswith((",", "—", "–", "-")) or not any(c.isalnum() for c in between)


def pair_quotations(
    first: Sequence[Quoted], second: Sequence[Quoted]
) -> tuple[list[QuotedTwice], list[Quoted], list[Quoted]]:
    """Which quotation of one report is which of the other, one to one, the likest first.

    Returns:
        The pairs in the order of the first report, and what either report has alone; what a report prints twice is told once.
    """
    bags = [[_bag(q.words) for q in quotations] for quotations in (first, second)]
    likeness = sorted(
        (
            (-shared, abs(i - j), i, j)
            for i, a in enumerate(bags[0])
            for j, b in enumerate(bags[1])
            if (shared := _shared(a, b)) >= _SHARED
        ),
    )
    partners: dict[int, int] = {}
    for _, _, i, j in likeness:
        if i not in partners and j not in partners.values():
            partners[i] = j
    groups = {i: ([i], [j]) for i, j in partners.items()}
    by_second = {j: groups[i] for i, j in partners.items()}
    twice: tuple[set[int], set[int]] = (set(), set())
    # What stands in a piece of its own in one report may stand within a longer quotation of the other.
    for negative, _, i, j in likeness:
        if -negative >= _PART and (i in groups) != (j in by_second):
            known, bag, taken = (
                (bags[1], bags[1][j], groups[i][1]) if i in groups else (bags[0], bags[0][i], by_second[j][0])
            )
            if any(_shared(known[n], bag) >= _PART for n in taken):
                # It is printed twice, as in a headline.
                (twice[1] if i in groups else twice[0]).add(j if i in groups else i)
            elif i in groups:
                groups[i][1].append(j)
                by_second[j] = groups[i]
            else:
                by_second[j][0].append(i)
                groups[i] = by_second[j]
    pairs = []
    for i in sorted(partners):
        one, other = (_together(q, numbers) for q, numbers in zip((first, second), groups[i], strict=True))
        pairs.append(QuotedTwice(one, other, compare_quotations(one.words, other.words)))
    alone = [q for i, q in enumerate(first) if i not in groups and i not in twice[0]]
    return pairs, alone, [q for j, q in enumerate(second) if j not in by_second and j not in twice[1]]


def _together(quotations: Sequence[Quoted], numbers: Sequence[int]) -> Quoted:
    """Several quotations as one, in the order of the text."""
    chosen = [quotations[n] for n in sorted(numbers)]
    return Quoted(tuple(p for q in chosen for p in q.pieces), " ".join(q.words for q in chosen))


def is_same_saying(first: str, second: str) -> bool:
    """Are two printings likely to be of one saying, whatever was changed on the way?"""
    one, other = _bag(first), _bag(second)
    return _are_one(one.total(), other.total(), (one & other).total())


def _are_one(one: int, other: int, both: int) -> bool:
    """Are two printings of one saying, by what their words weigh, and those that both have?"""
    return 2 * both >= _SHARED * (one + other) or both >= _PART * min(one, other)


class Sayings:
    """Sayings that were seen, each by a number, among which another printing is looked up by the words that it shares with them.

    >>> seen = Sayings()
    >>> seen.add(1, "We will leave the town"), seen.add(2, "Bread costs too much")
    (None, None)
    >>> list(seen.like("We will not leave the town"))
    [1]
    """

    def __init__(self) -> None:
        self._weights: dict[int, int] = {}
        self._holding: dict[str, list[tuple[int, int]]] = {}

    def add(self, number: int, words: str) -> None:
        """Remember a saying by its first printing."""
        bag = _bag(words)
        self._weights[number] = bag.total()
        for word, weight in bag.items():
            self._holding.setdefault(word, []).append((number, weight))

    def like(self, words: str) -> Iterator[int]:
        """The sayings of which this is likely to be a printing, as `is_same_saying`, in the order of their numbers."""
        bag = _bag(words)
        shared: Counter[int] = Counter()
        for word, weight in bag.items():
            for number, its in self._holding.get(word, ()):
                shared[number] += min(weight, its)
        for number in sorted(shared):
            if _are_one(self._weights[number], bag.total(), shared[number]):
                yield number


def _bag(quotation: str) -> Counter[str]:
    """The words of a quotation by their weight: long ones tell more."""
    bag: Counter[str] = Counter()
    for word in words_of(quotation):
        bag[word.key] += 1 + len(word.key)
    return bag


def _shared(a: Counter[str], b: Counter[str]) -> float:
    return sum((a & b).values()) / max(1, min(sum(a.values()), sum(b.values())))
