"""Reports, one by one -> the stories that they make.

A report is compared with its candidates alone. What pairs there are depends on two reports each, and stories on pairs: so both are
the same whatever the order in which reports came, and a story falls apart again when a bridge turns out false.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

from onrecord.article import Article
from onrecord.resolution.stories.bridges import divided
from onrecord.resolution.stories.candidates import Index, keys
from onrecord.resolution.stories.comparing import Comparing
from onrecord.resolution.stories.copies import COPY_KINDS, Pair, Story
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.links import ORIGINALS, Link, link_of
from onrecord.resolution.stories.trees import story_from

# Blocks of a report (`links.BITS`) are kept as two numbers of 64 bits.
_LOW: Final = (1 << 64) - 1


def stories_of(links: Iterable[Link], articles: Iterable[tuple[str, str | None]]) -> list[Story]:
    """The stories that reports make, in the order of their ids; `articles`: id and published time of each, those that are in no
    pair too."""
    published = dict(articles)
    links = list(links)
    groups = _Groups()
    number = {id: groups.add() for id in published}
    for link in links:
        groups.join(number[link.first], number[link.second])
    by_group: dict[int, list[str]] = {}
    for id, its in number.items():
        by_group.setdefault(groups.root(its), []).append(id)
    links_by_group: dict[int, list[Link]] = {}
    for link in links:
        links_by_group.setdefault(groups.root(number[link.first]), []).append(link)
    told: list[Story] = []
    for root, ids in by_group.items():
        told += _told(ids, links_by_group.get(root, []), published)
    return sorted(told, key=lambda s: s.id)


def _told(ids: Iterable[str], links: Iterable[Link], published: dict[str, str | None]) -> list[Story]:
    """The stories of reports of which each leads to each other by pairs."""
    return [story_from(part, its, published) for part, its in divided(ids, links)]


class Stories:
    """All reports placed so far, and their stories."""

    def __init__(self, comparing: Comparing | None = None) -> None:
        """`comparing`: who compares a report with its candidates; this process alone if there is none."""
        self._comparing = comparing or Comparing()
        self._index = Index()
        self._prints: list[Fingerprint] = []
        self._numbers: dict[str, int] = {}
        self._groups = _Groups()
        # For each group its reports and its links, by number; for each report its group's stories, as long as they hold.
        self._members: dict[int, array[int]] = {}
        self._links_of: dict[int, array[int]] = {}
        self._told: dict[int, list[Story]] = {}
        self._links = _Links()

    def __len__(self) -> int:
        return len(self._prints)

    def place(self, report: Article | Fingerprint) -> list[Pair]:
        """Adds a report; gives its pairs with those that were there, in the order of these. One that is there stays as it is."""
        mine = report if isinstance(report, Fingerprint) else fingerprint(report)
        known = self._numbers.get(mine.id)
        if known is not None and self._prints[known] != mine:
            raise ValueError(f"Another report with the id {mine.id} was placed before; give each its own id")
        its_keys = keys(mine)
        others = [n for n in self._index.candidates(its_keys) if n != known]
        pairs = self._comparing.pairs(mine, [self._prints[n] for n in others])
        found = [(n, pair) for n, pair in zip(others, pairs, strict=True) if pair is not None]
        if known is None:
            self._add(mine, found)
            self._index.add(len(self._prints) - 1, its_keys)
        return [pair for _, pair in found]

    def stories(self) -> list[Story]:
        """The stories of all reports, in the order of their ids."""
        return sorted((s for root in self._members for s in self._stories_of(root)), key=lambda s: s.id)

    def story_of(self, id: str) -> Story:
        """The story of one report; `KeyError` if it was never placed."""
        number = self._numbers[id]
        return next(s for s in self._stories_of(self._groups.root(number)) if id in s.articles)

    def _add(self, mine: Fingerprint, found: Iterable[tuple[int, Pair]]) -> None:
        number = self._groups.add()
        self._prints.append(mine)
        self._numbers[mine.id] = number
        self._members[number] = array("I", (number,))
        self._links_of[number] = array("I")
        for other, pair in found:
            root = self._joined(number, other)
            first, second = (number, other) if pair.first == mine.id else (other, number)
            self._links_of[root].append(self._links.add(first, second, link_of(pair)))

    def _joined(self, one: int, other: int) -> int:
        """The group of two reports, whose stories are to be told anew."""
        roots = self._groups.root(one), self._groups.root(other)
        root = self._groups.join(one, other)
        for gone in {*roots} - {root}:
            self._members[root] += self._members.pop(gone)
            self._links_of[root] += self._links_of.pop(gone)
            self._told.pop(gone, None)
        self._told.pop(root, None)
        return root

    def _stories_of(self, root: int) -> list[Story]:
        told = self._told.get(root)
        if told is None:
            prints = [self._prints[n] for n in self._members[root]]
            links = [self._links.get(n, self._prints) for n in self._links_of[root]]
            told = self._told[root] = _told(
                (p.id for p in prints), links, {p.id: p.published for p in prints}
            )
        return told


class _Groups:
    """Which reports lead to each other by pairs (union-find, by size)."""

    def __init__(self) -> None:
        self._above = array("I")
        self._size = array("I")

    def add(self) -> int:
        """A new report, a group of its own."""
        self._above.append(len(self._above))
        self._size.append(1)
        return len(self._above) - 1

    def root(self, number: int) -> int:
        """The report that stands for the group of this one."""
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def join(self, one: int, other: int) -> int:
        """Makes one group of two; gives its root."""
        large, small = self.root(one), self.root(other)
        if large != small:
            if self._size[large] < self._size[small]:
                large, small = small, large
            self._above[small] = large
            self._size[large] += self._size[small]
        return large


class _Links:
    """Links in columns: a million of them take sixty megabytes."""

    def __init__(self) -> None:
        self._ends = array("I")
        self._told = array("B")
        self._figures = array("d")
        self._covered = array("Q")

    def add(self, first: int, second: int, link: Link) -> int:
        """Gives the number of the link; reports are told by theirs."""
        self._ends.extend((first, second))
        self._told.extend((COPY_KINDS.index(link.kind), ORIGINALS.index(link.original)))
        self._figures.extend((link.score, link.shared))
        for blocks in (link.covers_first, link.covers_second):
            self._covered.extend((blocks & _LOW, blocks >> 64))
        return len(self._ends) // 2 - 1

    def get(self, number: int, reports: list[Fingerprint]) -> Link:
        """The link as it was added."""
        at = 2 * number
        return Link(
            reports[self._ends[at]].id,
            reports[self._ends[at + 1]].id,
            COPY_KINDS[self._told[at]],
            ORIGINALS[self._told[at + 1]],
            self._figures[at],
            self._figures[at + 1],
            self._covered[2 * at] | self._covered[2 * at + 1] << 64,
            self._covered[2 * at + 2] | self._covered[2 * at + 3] << 64,
        )
