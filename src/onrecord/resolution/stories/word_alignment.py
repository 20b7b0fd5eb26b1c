"""Two lists of words -> where they differ, by the cheapest way to make one of the other (Wagner and Fischer 1974)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.resolution.stories.wording import Word

# A word in another's place costs less than one taken out and one put in; words that do the same least.
_OUT, _OTHER, _OTHER_OF_ROLE = 12, 20, 17
# More pairs of words than this are cut at what both have in common before they are compared one by one.
_MOST_PAIRS = 60_000
_LOST = "\ufffd"
# What is written out and what it is short for.
_SAME = frozenset({("'s", "is"), ("'s", "has"), ("'s", "us"), ("'d", "would"), ("'d", "had")})


@dataclass(frozen=True, slots=True)
class Difference:
    """Words [first_start, first_end) of the first list stand where [second_start, second_end) of the second do; one of
    them may be empty."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int


def same_word(a: Word, b: Word) -> bool:
    """Are two words one word but for house style, or can be read as one where letters were lost (U+FFFD)?"""
    if a.key == b.key or (a.key, b.key) in _SAME or (b.key, a.key) in _SAME:
        return True
    if _LOST not in a.key and _LOST not in b.key:
        return False
    return _read_as(a.key, b.key) or _read_as(b.key, a.key)


def _read_as(damaged: str, word: str) -> bool:
    """Is a word another one of which a few letters were lost?"""
    if damaged.count(_LOST) * 2 > len(damaged):
        return False
    return re.fullmatch(re.escape(damaged).replace(_LOST, ".{0,2}"), word) is not None


def differences(first: Sequence[Word], second: Sequence[Word]) -> list[Difference]:
    """All stretches in which two lists of words differ, in their order."""
    found: list[Difference] = []
    for a, b, c, d in _parts(first, second):
        found += _compared(first, second, a, b, c, d)
    joined: list[Difference] = []
    for f in found:
        last = joined[-1] if joined else None
        if last and last.first_end == f.first_start and last.second_end == f.second_start:
            joined[-1] = Difference(last.first_start, f.first_end, last.second_start, f.second_end)
        else:
            joined.append(f)
    return [_slid(first, second, f) for f in joined]


def _slid(first: Sequence[Word], second: Sequence[Word], d: Difference) -> Difference:
    """Words that one side alone has, moved to where a writer would have cut them: *I came. I saw.* without its first sentence
    lacks *I came*, not *came. I*."""
    if d.first_start == d.first_end:
        start, end, at = _best_place(second, d.second_start, d.second_end, first, d.first_start)
        return Difference(at, at, start, end)
    if d.second_start == d.second_end:
        start, end, at = _best_place(first, d.first_start, d.first_end, second, d.second_start)
        return Difference(start, end, at, at)
    return d


def _best_place(
    longer: Sequence[Word], start: int, end: int, shorter: Sequence[Word], at: int
) -> tuple[int, int, int]:
    """The words [start, end) of the longer side and where they lack in the shorter, at the best of the places that are as
    good by the words."""
    lowest = 0
    while (
        start - lowest > 0
        and at - lowest > 0
        and _fits(longer, start - lowest - 1, end - lowest - 1, shorter, at - lowest - 1)
    ):
        lowest += 1
    highest = 0
    while (
        end + highest < len(longer)
        and at + highest < len(shorter)
        and _fits(longer, end + highest, start + highest, shorter, at + highest)
    ):
        highest += 1

    def merit(by: int) -> tuple[bool, bool, bool, int]:
        place = at + by
        return (
            place in (0, len(shorter)),
            place < len(shorter) and shorter[place].after_gap,
            longer[start + by].begins,
            -abs(by),
        )

    by = max(range(-lowest, highest + 1), key=merit)
    return start + by, end + by, at + by


def _fits(longer: Sequence[Word], one: int, other: int, shorter: Sequence[Word], at: int) -> bool:
    """Can a word at one edge of what lacks change places with the one beyond the other edge?"""
    return same_word(longer[one], longer[other]) and same_word(longer[other], shorter[at])


def _parts(first: Sequence[Word], second: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """Stretches to compare word by word: all at once, or between the long runs that both have."""
    if len(first) * len(second) <= _MOST_PAIRS:
        return [(0, len(first), 0, len(second))]
    matcher = SequenceMatcher(None, [w.key for w in first], [w.key for w in second], autojunk=False)
    parts, a, c = [], 0, 0
    for block in matcher.get_matching_blocks():
        if block.size >= 4 or block.size == 0:
            parts.append((a, block.a, c, block.b))
            a, c = block.a + block.size, block.b + block.size
    return parts


def _compared(
    first: Sequence[Word], second: Sequence[Word], a: int, b: int, c: int, d: int
) -> list[Difference]:
    while a < b and c < d and same_word(first[a], second[c]):
        a, c = a + 1, c + 1
    while a < b and c < d and same_word(first[b - 1], second[d - 1]):
        b, d = b - 1, d - 1
    if a == b or c == d or (b - a) * (d - c) > _MOST_PAIRS:
        return [Difference(a, b, c, d)] if a < b or c < d else []
    # cost[i][j]: of the first i words here against the first j.
    cost = [[j * _OUT for j in range(d - c + 1)]]
    for i in range(1, b - a + 1):
        row = [i * _OUT]
        above, w = cost[-1], first[a + i - 1]
        for j in range(1, d - c + 1):
            v = second[c + j - 1]
            here = 0 if same_word(w, v) else _OTHER_OF_ROLE if w.role == v.role != "word" else _OTHER
            row.append(min(above[j - 1] + here, above[j] + _OUT, row[j - 1] + _OUT))
        cost.append(row)
    return _traced(cost, first, second, a, c)


def _traced(
    cost: list[list[int]], first: Sequence[Word], second: Sequence[Word], a: int, c: int
) -> list[Difference]:
    """The stretches along the cheapest way, from its end; equal words are kept apart from what differs."""
    i, j = len(cost) - 1, len(cost[0]) - 1
    found: list[Difference] = []
    while i or j:
        now = cost[i][j]
        w, v = (first[a + i - 1] if i else None), (second[c + j - 1] if j else None)
        if w and v and same_word(w, v) and now == cost[i - 1][j - 1]:
            i, j = i - 1, j - 1
            continue
        if w and v and now in (cost[i - 1][j - 1] + _OTHER, cost[i - 1][j - 1] + _OTHER_OF_ROLE):
            step = (1, 1)
        elif w and now == cost[i - 1][j] + _OUT:
            step = (1, 0)
        else:
            step = (0, 1)
        end_i, end_j = i, j
        i, j = i - step[0], j - step[1]
        found.append(Difference(a + i, a + end_i, c + j, c + end_j))
    return found[::-1]
