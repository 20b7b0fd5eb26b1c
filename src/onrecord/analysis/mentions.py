"""Span scores -> mentions: names, descriptions and pronouns, one inside another where the text has it so.

What a mention is follows the training stories (`training/chains/GUIDE.md`): a name without title and *the*, a
description with all that belongs to it, a pronoun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.mention_labels import MentionForm
from onrecord.analysis.network import EncodedBatch
from onrecord.analysis.pieces import Pieces
from onrecord.article import Span

MentionClass = Literal["PER", "ORG", "GPE", "LOC", "NORP", "GROUP", "OTHER"]
MENTION_CLASSES: Final[tuple[MentionClass, ...]] = get_args(MentionClass)
# Pieces of the longest mention that is looked for.
MAX_MENTION_PIECES = 48


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention where it stands.

    Attributes:
        label: OTHER for what is no actor, place or people.
        chain: number of the first mention of the text that means the same one; its own if it is the first.
        probability: that it is a mention.
    """

    span: Span
    label: MentionClass
    form: MentionForm
    chain: int
    probability: float


@dataclass(frozen=True, slots=True)
class MentionPieces:
    """A mention as the network sees it.

    Attributes:
        first, last: its pieces in the text, `last` inclusive.
        score: of its span; above 0 it is more likely a mention than not.
        states: of its first and its last piece together, shape (2 widths,).
    """

    first: int
    last: int
    score: float
    states: Floats


def mentions_of(batch: EncodedBatch, texts: Sequence[Pieces]) -> list[tuple[int, MentionPieces]]:
    """The mentions that begin where a window of the batch is the one to answer: (number of the text, mention)."""
    found = []
    for item, scores, states in zip(batch.inputs, batch.span_scores, batch.mention_states, strict=True):
        w = item.window
        line = texts[item.text_index].line[w.start : w.end]
        first, extra = np.divmod(np.flatnonzero(scores[1:-1] > 0), scores.shape[1])
        last = first + extra
        fits = last < len(line)
        fits[fits] &= line[first[fits]] == line[last[fits]]
        own = fits & (first + w.start >= w.own_start) & (first + w.start < w.own_end)
        first, last = first[own], last[own]
        values = scores[first + 1, last - first]
        kept = uncrossed(first.tolist(), last.tolist(), values.tolist())
        ends = np.array([(a, b) for a, b, _ in kept], dtype=np.int64).reshape(-1, 2)
        both = states[ends + 1].reshape(len(kept), 2 * states.shape[1])
        for (a, b, score), own_states in zip(kept, both, strict=True):
            found.append((item.text_index, MentionPieces(a + w.start, b + w.start, score, own_states)))
    return found


def in_reading_order(mentions: Sequence[MentionPieces]) -> list[MentionPieces]:
    """Sorted by their beginning, the longer first; where two windows' mentions cross, the surer stays."""
    kept = uncrossed([m.first for m in mentions], [m.last for m in mentions], [m.score for m in mentions])
    spans = {(a, b) for a, b, _ in kept}
    return sorted((m for m in mentions if (m.first, m.last) in spans), key=lambda m: (m.first, -m.last))


def uncrossed(first: list[int], last: list[int], scores: list[float]) -> list[tuple[int, int, float]]:
    """The surest spans (first, last, score) of which none crosses another; one may lie in another."""
    kept: list[tuple[int, int, float]] = []
    # By where they begin, so that only neighbours are compared.
    near: dict[int, list[tuple[int, int]]] = {}
    for score, a, b in sorted(zip(scores, first, last, strict=True), reverse=True):
        block = a // MAX_MENTION_PIECES
        if not any(
            _crosses_one(a, b, near[n]) for n in range(block - 1, b // MAX_MENTION_PIECES + 1) if n in near
        ):
            near.setdefault(block, []).append((a, b))
            kept.append((a, b, score))
    return kept


def _crosses_one(a: int, b: int, others: list[tuple[int, int]]) -> bool:
    for c, d in others:  # noqa: SIM110 - a generator takes twice as long
        if c < a <= d < b or a < c <= b < d:
            return True
    return False
