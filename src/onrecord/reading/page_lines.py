"""The extractor's paragraphs and the page's blocks brought together: each paragraph judged where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.reading.assembly import Line
from onrecord.reading.blocks import Block
from onrecord.reading.roles import Judged, tell_roles

# Blocks before the first paragraph and behind the last that are judged as well: what stands around a
# report says what its first and last lines are, and has its captions and bylines.
BLOCKS_BEFORE, BLOCKS_BEHIND = 14, 18
# More blocks than any news page has between its report's first line and its last; judging takes 5 kB each.
_MAX_JUDGED = 20_000
_WORD = re.compile(r"\w+")


def judge_lines(paragraphs: Sequence[str], blocks: Sequence[Block]) -> list[Line]:
    """The paragraphs, each with the judgement on the block that it is; none where it is no whole block.

    Args:
        paragraphs: what the extractor takes for the report, in order.
        blocks: all lines of the page, in order.
    """
    places = _places([_key(p) for p in paragraphs], [_key(b.text) for b in blocks])
    known = [at for at in places if at is not None]
    if not known:
        return [Line(p) for p in paragraphs]
    first = max(0, min(known) - BLOCKS_BEFORE)
    last = min(len(blocks), max(known) + 1 + BLOCKS_BEHIND, first + _MAX_JUDGED)
    judged = tell_roles(blocks[first:last])

    def judgement(at: int | None) -> Judged | None:
        return judged[at - first] if at is not None and at < last else None

    return [Line(p, judgement(at)) for p, at in zip(paragraphs, places, strict=True)]


def _places(paragraphs: Sequence[str], blocks: Sequence[str]) -> list[int | None]:
    """The block that each paragraph is: the next one of the same words, else the first one."""
    by_words: dict[str, list[int]] = {}
    for at, words in enumerate(blocks):
        if words:
            by_words.setdefault(words, []).append(at)
    places: list[int | None] = []
    behind = -1
    for words in paragraphs:
        found = by_words.get(words, [])
        later = bisect_right(found, behind)
        place = found[later if later < len(found) else 0] if found else None
        places.append(place)
        behind = place if place is not None else behind
    return places


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
