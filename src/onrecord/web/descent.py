"""The reports of a story as a tree: which was made from which, a page of it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.record.asking.stories import Member


class Branch(NamedTuple):
    """A report in the tree, as a list within lists is written: so many lists end before it, and it begins one or not.

    Attributes:
        depth: how many reports of the page stand above it.
        opens: does a list begin before it?
        closes: how many lists end before it.
    """

    member: Member
    depth: int
    opens: bool
    closes: int


class Tree(NamedTuple):
    """Some branches, and how many lists are open behind the last one."""

    branches: list[Branch]
    open_lists: int


def tree_of(members: Sequence[Member], *, limit: int, offset: int = 0) -> Tree:
    """The reports of a story, each behind the one that it was made from.

    Args:
        members: the report that the story begins with first.
        limit: at most so many reports.
        offset: how many are left out at the beginning.
    """
    below: dict[str | None, list[Member]] = {}
    for member in members:
        below.setdefault(member.copy.of if member.copy else None, []).append(member)
    ordered: list[tuple[Member, int]] = []
    waiting = [(member, 0) for member in reversed(below.get(None, []))]
    while waiting:
        member, depth = waiting.pop()
        ordered.append((member, depth))
        waiting += [(m, depth + 1) for m in reversed(below.get(member.id, []))]
    branches: list[Branch] = []
    # Of a page that begins amid the tree the lists above are not there.
    above: list[int] = []
    for member, depth in ordered[offset : offset + limit]:
        before = len(above)
        while above and above[-1] >= depth:
            above.pop()
        closes = before - len(above) - 1
        opens = closes < 0
        above.append(depth)
        branches.append(Branch(member, len(above) - 1, opens, max(0, closes)))
    return Tree(branches, len(above))
