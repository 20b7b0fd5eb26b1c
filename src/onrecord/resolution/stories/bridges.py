"""Reports that lead to each other by pairs -> the stories among them: false bridges fall.

Two sorts of bridge are false. A report made of two stories is a copy of either in another part of its text: it stays with the one
it took more from. And a chance likeness joins a report of one group with a report of another, and leaves all others of both
without any; or a standing paragraph joins all of one with all of another, each by a small part of what it has in common with its
own group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from onrecord.resolution.stories.links import Link, size

Part: TypeAlias = tuple[list[str], list[Link]]


class _Edge(NamedTuple):
    """A link, and how much it counts: 0 to 1."""

    first: str
    second: str
    weight: float


# Two groups are one story if this share of one of them is linked with the other, each member counted by its best link.
_LEAST_LINKED: Final = 0.45
# A link counts less if it covers less than this share of what any links cover, of either report.
_LEAST_COVERED: Final = 0.4
# Parts of one report are the same part if so much of the smaller lies in the other; a link that covers so much of each of several
# parts belongs to none.
_SAME_PART: Final = 0.34
_WHOLE: Final = 0.7
# Other copies of a merged report may stand on one side and be linked with the other; so many of all pairs may be.
_MOST_ACROSS: Final = 0.34
# An untold direction is none against it, but it takes so many reports with the other part to believe in two.
_LEAST_SIDE: Final = 2


def divided(ids: Iterable[str], links: Iterable[Link]) -> Iterator[Part]:
    """The reports of each story, and the links within it, both in rising order."""
    members, kept = sorted(ids), sorted(links)
    if len(members) > 2:
        false = _of_merged_reports(members, kept)
        kept = [link for link in kept if link not in false]
    group = _agglomerated(members, _weighed(kept))
    parts: dict[str, Part] = {}
    for id in members:
        parts.setdefault(group[id], ([], []))[0].append(id)
    for link in kept:
        if group[link.first] == group[link.second]:
            parts[group[link.first]][1].append(link)
    yield from parts.values()


def _of_merged_reports(members: Sequence[str], links: Sequence[Link]) -> set[Link]:
    """The links of reports that were made of two stories with the story that they took less from."""
    of: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        of[link.first].append(link)
        of[link.second].append(link)
    linked = {(link.first, link.second) for link in links}
    false: set[Link] = set()
    for id in members:
        sides = _sides(id, of[id])
        if len(sides) < 2:
            continue
        sides.sort(key=lambda side: (-size(_covered(id, side)), -sum(x.shared for x in side), side))
        mine = {x.other(id) for x in sides[0]}
        for side in sides[1:]:
            theirs = {x.other(id) for x in side}
            # Of one original with two parts, both sides are copies. Single directions may be told wrongly.
            taken = max(_taken(id, sides[0]), _taken(id, side))
            enough = len(theirs) >= _LEAST_SIDE and len(mine) >= _LEAST_SIDE
            believed = taken > 0 or (taken == 0 and enough)
            across = sum((min(a, b), max(a, b)) in linked for a in mine for b in theirs)
            apart = across <= _MOST_ACROSS * len(mine) * len(theirs)
            if believed and apart:
                false.update(side)
    return false


def _taken(id: str, side: Iterable[Link]) -> int:
    """How many links say that a report is the copy, less those that say that it is the original."""
    return sum({True: -1, False: 1, None: 0}[link.is_original(id)] for link in side)


def _sides(id: str, links: Sequence[Link]) -> list[list[Link]]:
    """The links of a report by the part of it that they cover; those that cover several parts whole are left out, as a copy of
    all of it would."""
    sides: list[tuple[int, list[Link]]] = []
    for link in sorted(links, key=lambda x: (size(x.covers(id)), x)):
        covers = link.covers(id)
        if not covers:
            return []
        same = [side for side in sides if _overlap(side[0], covers)]
        if len(same) > 1 and all(size(part & covers) >= _WHOLE * size(part) for part, _ in same):
            continue
        sides = [side for side in sides if side not in same]
        for part, _ in same:
            covers |= part
        sides.append((covers, [link, *(x for _, more in same for x in more)]))
    return [sorted(side) for _, side in sides]


def _overlap(one: int, other: int) -> bool:
    return size(one & other) > _SAME_PART * min(size(one), size(other))


def _covered(id: str, links: Iterable[Link]) -> int:
    blocks = 0
    for link in links:
        blocks |= link.covers(id)
    return blocks


def _weighed(links: Sequence[Link]) -> list[_Edge]:
    """Links by their scores, less for those that cover but a small part of both reports."""
    whole: dict[str, int] = defaultdict(int)
    for link in links:
        whole[link.first] |= link.covers_first
        whole[link.second] |= link.covers_second
    found = []
    for link in links:
        covered = 1.0
        if link.covers_first and link.covers_second:
            covered = max(size(link.covers(id)) / size(whole[id]) for id in (link.first, link.second))
        weight = link.score * min(1.0, covered / _LEAST_COVERED)
        found.append(_Edge(link.first, link.second, weight))
    return found


def _agglomerated(members: Sequence[str], links: Sequence[_Edge]) -> dict[str, str]:
    """For each report the first one of its group: groups with the highest average of links are joined first (average linkage,
    Sokal and Michener 1958), as long as enough of either is linked with the other."""
    group = {id: id for id in members}
    within: dict[str, list[str]] = {id: [id] for id in members}
    # By the first ids of two groups the links between them.
    between: dict[str, dict[str, list[_Edge]]] = {id: {} for id in members}
    for link in links:
        between[link.first][link.second] = between[link.second][link.first] = [link]
    if any(len(near) == len(members) - 1 and _all_sure(near.values()) for near in between.values()):
        return dict.fromkeys(members, members[0])
    heap = [(-link.weight, link.first, link.second, 1, 1) for link in links]
    heapify(heap)
    while heap:
        _, one, other, size, other_size = heappop(heap)
        if one not in within or other not in within:
            continue
        if (len(within[one]), len(within[other])) != (size, other_size):
            continue
        if not _belong_together(between[one][other], group, one, other, size, other_size):
            continue
        # The first id of both stands for both: `one`, since pairs of groups are kept in order.
        for id in within.pop(other):
            group[id] = one
            within[one].append(id)
        del between[one][other]
        for third, more in between.pop(other).items():
            if third != one:
                joined = between[one].get(third, []) + more
                between[one][third] = between[third][one] = joined
                del between[third][other]
        for third, joined in between[one].items():
            a, b = min(one, third), max(one, third)
            sizes = len(within[a]), len(within[b])
            average = sum(sorted(x.weight for x in joined)) / (sizes[0] * sizes[1])
            heappush(heap, (-average, a, b, *sizes))
    return group


def _all_sure(near: Iterable[Sequence[_Edge]]) -> bool:
    return all(link.weight >= _LEAST_LINKED for links in near for link in links)


def _belong_together(
    links: Iterable[_Edge], group: dict[str, str], one: str, other: str, size: int, other_size: int
) -> bool:
    best: dict[str, float] = {}
    for link in links:
        for id in (link.first, link.second):
            best[id] = max(best.get(id, 0.0), link.weight)
    here = sum(sorted(weight for id, weight in best.items() if group[id] == one))
    there = sum(sorted(weight for id, weight in best.items() if group[id] == other))
    return max(here / size, there / other_size) >= _LEAST_LINKED
