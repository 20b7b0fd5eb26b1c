"""What of a pair of copies matters for stories: how sure it is, which way it goes, which part of either report it covers."""

from __future__ import annotations

from typing import Final, NamedTuple, get_args

from onrecord.article import Span
from onrecord.resolution.stories.copies import CopyKind, Original, Pair

ORIGINALS: Final[tuple[Original, ...]] = get_args(Original)

# What a pair covers of a report is told in blocks, a bit each: 64 short ones, then 64 long ones, code points each; the last one
# takes all that is left.
_SHORT: Final = 64
_LONG: Final = 256
_OF_EACH: Final = 64
# How much longer the long ones are.
_TIMES: Final = _LONG // _SHORT
BITS: Final = 2 * _OF_EACH


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


def size(blocks: int) -> int:
    """How long blocks are together, in short ones."""
    return (blocks & ((1 << _OF_EACH) - 1)).bit_count() + _TIMES * (blocks >> _OF_EACH).bit_count()


def _blocks(span: Span) -> int:
    """The blocks of which a span covers about half or more: spans beside each other have none in common. One at least."""
    start, end = _NEAREST[min(span.start, _ALL_LEFT)], _NEAREST[min(span.end, _ALL_LEFT)]
    start = min(start, BITS - 1)
    return ((1 << max(1, end - start)) - 1) << start


def _nearest(place: int) -> int:
    """The nearest bound between two blocks."""
    short = _SHORT * _OF_EACH
    if place < short:
        return (place + _SHORT // 2) // _SHORT
    return min(BITS, _OF_EACH + (place - short + _LONG // 2) // _LONG)


# From this place on all is the last block's end.
_ALL_LEFT: Final = (_SHORT + _LONG) * _OF_EACH
_NEAREST: Final = bytes(map(_nearest, range(_ALL_LEFT + 1)))
