"""The extractor's paragraphs and the page's blocks brought together: each paragraph judged where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.reading.assembly import Line
from onrecord.reading.blocks import Block
from onrecord.reading.roles import Judged, tell_roles

# Blocks before the first paragraph and behind the last that are judged as well: what stands around a
# report says what its first and last lines are, and has its captions and bylines.
BLOCKS_BEFORE, BLOCKS_BEHIND = 14, 18
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
    first, last = max(0, min(known) - BLOCKS_BEFORE), min(len(blocks), max(known) + 1 + BLOCKS_BEHIND)
    judged = tell_roles(blocks[first:last])

    def judgement(at: int | None) -> Judged | None:
        return None if at is None else judged[at - first]

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
        later = next((f for f in found if f > behind), None)
        place = later if later is not None else next(iter(found), None)
        places.append(place)
        behind = place if place is not None else behind
    return places


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
