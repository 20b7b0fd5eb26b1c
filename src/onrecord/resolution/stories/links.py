"""What of a pair of copies matters for stories: how sure it is, which way it goes, which part of either report it covers."""

from __future__ import annotations

from typing import Final, NamedTuple, get_args

from onrecord.article import Span
from onrecord.resolution.stories.copies import CopyKind, Original, Pair

ORIGINALS: Final[tuple[Original, ...]] = get_args(Original)

# What a pair covers of a report is told in blocks of so many code points, a bit each. Of longer reports than 64 blocks the later
# ones fall together with the first.
_BLOCK: Final = 160
_BLOCKS: Final = 64


class Link(NamedTuple):
    """A pair without its passages.

    Attributes:
        shared: how many code points of both they share, each counted by the likeness of its passage.
        covers_first, covers_second: the blocks of either report that the passages touch; 0 if there are none.
    """

    first: str
    second: str
    kind: CopyKind
    original: Original
    score: float
    shared: float
    covers_first: int
    covers_second: int

    def other(self, id: str) -> str:
        """The other end."""
        return self.second if id == self.first else self.first

    def covers(self, id: str) -> int:
        """The blocks of one end."""
        return self.covers_first if id == self.first else self.covers_second

    def is_original(self, id: str) -> bool | None:
        """Is one end the original? None where nothing tells."""
        if self.original == "unknown":
            return None
        return (self.original == "first") == (id == self.first)


def link_of(pair: Pair) -> Link:
    """A pair as a link."""
    first = second = 0
    shared = 0.0
    for passage in pair.passages:
        first |= _blocks(passage.first)
        second |= _blocks(passage.second)
        length = passage.first.end - passage.first.start + passage.second.end - passage.second.start
        shared += passage.likeness * length
    return Link(pair.first, pair.second, pair.kind, pair.original, pair.score, shared, first, second)


def _blocks(span: Span) -> int:
    """The blocks that a span touches with more than a few characters at its ends."""
    start, end = span.start // _BLOCK, max(span.start // _BLOCK + 1, (span.end + _BLOCK // 2) // _BLOCK)
    if end - start >= _BLOCKS:
        return (1 << _BLOCKS) - 1
    mask = ((1 << (end - start)) - 1) << (start % _BLOCKS)
    return (mask | mask >> _BLOCKS) & ((1 << _BLOCKS) - 1)
