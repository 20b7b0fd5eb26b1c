"""Trigger and role scores -> events in pieces: the words that tell one, what it may be, and who and what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from onrecord.analysis.decoding import Floats, log_softmax
from onrecord.analysis.network import EncodedBatch, Network, WindowInput, event_reach_start
from onrecord.analysis.pieces import Ints, Pieces

Role = Literal["actor", "recipient", "place", "date", "dead", "injured", "crowd"]
# In the order of the network's outputs.
ROLES: Final[tuple[Role, ...]] = get_args(Role)
# Tags of the trigger head and of each role, in the order of their outputs.
OUTSIDE, BEGIN, INSIDE = range(3)


@dataclass(frozen=True, slots=True)
class TriggerPieces:
    """A trigger as the network sees it; spans are (first, last) pieces of the text, `last` inclusive.

    Attributes:
        probability: that it tells an event.
        roles: the spans of each role, in the order of ROLES.
        types, modes, contexts: the chance of each, in the order of the heads.
        statuses: a distribution.
        mutual: the chance that all parties do the same to each other.
    """

    first: int
    last: int
    probability: float
    roles: tuple[tuple[tuple[int, int], ...], ...]
    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    mutual: float


def triggers_of(
    batch: EncodedBatch, texts: Sequence[Pieces], network: Network, *, least: float | Sequence[Floats]
) -> list[tuple[int, TriggerPieces]]:
    """The triggers that begin where a window of the batch is the one to answer: (number of the text, trigger).

    Args:
        least: a piece begins a trigger if it is in one with at least this chance; for all pieces, or (pieces,) of each text.
    """
    found = []
    for item, hidden, scores, line in zip(
        batch.inputs, batch.hidden, batch.trigger_scores, batch.line, strict=True
    ):
        w = item.window
        places = [
            place
            for place in find_triggers(np.exp(log_softmax(scores)), line, _least_in(item, least))
            if w.own_start <= place[0] + w.start - 1 < w.own_end
        ]
        if not places:
            continue
        first = np.array([a for a, _, _ in places], dtype=np.int64)
        last = np.array([b for _, b, _ in places], dtype=np.int64)
        told = network.events(hidden, first, last)
        starts = event_reach_start(first, len(hidden))
        shift = w.start - 1
        tags = told.roles.argmax(axis=-1)
        types, modes, contexts = _sigmoid(told.types), _sigmoid(told.modes), _sigmoid(told.contexts)
        statuses, mutual = np.exp(log_softmax(told.statuses)), _sigmoid(told.mutual)
        for n, (a, b, probability) in enumerate(places):
            roles = _spans(tags[n], int(starts[n]), line, int(line[a]))
            found.append(
                (
                    item.text_index,
                    TriggerPieces(
                        first=a + shift,
                        last=b + shift,
                        probability=probability,
                        roles=tuple(tuple((c + shift, d + shift) for c, d in spans) for spans in roles),
                        types=types[n],
                        statuses=statuses[n],
                        modes=modes[n],
                        contexts=contexts[n],
                        mutual=float(mutual[n]),
                    ),
                )
            )
    return found


def _least_in(item: WindowInput, least: float | Sequence[Floats]) -> float | Floats:
    """The least chances of the pieces of a window; its special tokens begin nothing."""
    if isinstance(least, float):
        return least
    return np.pad(least[item.text_index][item.window.start : item.window.end], 1, constant_values=2.0)


def find_triggers(probs: Floats, line: Ints, least: float | Floats) -> list[tuple[int, int, float]]:
    """Triggers of one window as (first, last, chance); none crosses a line.

    Args:
        probs: (pieces, 3); line: (pieces or more,), -1 where there is no piece.
        least: for all pieces, or (pieces,).
    """
    inside = probs[:, INSIDE] > np.maximum(probs[:, BEGIN], probs[:, OUTSIDE])
    begins = (1.0 - probs[:, OUTSIDE] >= least) & ~inside
    begins &= line[: len(probs)] >= 0
    found = []
    for first in np.flatnonzero(begins).tolist():
        last = first
        while last + 1 < len(probs) and inside[last + 1] and line[last + 1] == line[first]:
            last += 1
        found.append((first, last, float(1.0 - probs[first : last + 1, OUTSIDE].min())))
    return found


def _spans(tags: Ints, start: int, line: Ints, own: int) -> list[list[tuple[int, int]]]:
    """Tags (reach, ROLES) of the pieces from `start` on -> spans of each role in the trigger's own line."""
    found: list[list[tuple[int, int]]] = [[] for _ in range(tags.shape[1])]
    here = np.flatnonzero(line[start : start + len(tags)] == own)
    roles, places = np.nonzero(tags[here].T != OUTSIDE)
    for role, place in zip(roles.tolist(), (here[places] + start).tolist(), strict=True):
        spans = found[role]
        # A role that goes on where none has begun begins there; between two parties stands a word or a mark.
        if spans and spans[-1][1] == place - 1:
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return found


def _sigmoid(scores: Floats) -> Floats:
    result: Floats = np.float32(1.0) / (np.float32(1.0) + np.exp(-scores))
    return result
