"""Pieces -> attributions: cues first, then the source and the content of each.

An attribution here is what the network sees: pieces, not characters, and no labels.
`statements.py` makes statements of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.analysis.decoding import (
    NEVER,
    ROLE_OUTSIDE,
    Cue,
    Floats,
    Roles,
    decode_cues,
    decode_roles,
    in_order,
    log_softmax,
)
from onrecord.analysis.network import EncodedBatch, Network, WindowInput, reach_start, spread
from onrecord.analysis.pieces import Ints, Pieces


@dataclass(frozen=True, slots=True)
class Given:
    """An attribution known before the network is asked; spans are (first, last) pieces."""

    cue: tuple[int, int]
    source: tuple[int, int]
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its roles; spans are (first, last) pieces of the text, `last` inclusive.

    `kind`, `attitude` and `negated` are probabilities over the labels, in the order of the heads.
    """

    cue: Cue
    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    source_probability: float
    content_probability: float
    kind: tuple[float, ...]
    attitude: tuple[float, ...]
    negated: float


def attributions_of(
    batch: EncodedBatch,
    texts: Sequence[Pieces],
    network: Network,
    *,
    given: Sequence[Sequence[Given]] | None = None,
    begin_bonus: float = 0.0,
) -> list[tuple[int, Attribution]]:
    """Find the attributions of which the windows of a batch are the ones to answer.

    Args:
        given: for each text, attributions that are already known. The network labels them, and a cue
            that it finds on top of a given one is left out.

    Returns:
        Pairs of the number of the text and an attribution in it.
    """
    known = [_given_here(i, given[i.text_index] if given else ()) for i in batch.inputs]
    cues = _find_cues(texts, batch, begin_bonus, known)
    return _link(texts, batch, cues, known, network)


def in_text_order(attributions: list[Attribution]) -> list[Attribution]:
    """Sort by cue; where two windows cut one cue differently, keep the surer reading."""
    return in_order(attributions, lambda a: (a.cue.first, a.cue.last, a.cue.probability))


Known = dict[int, Given]  # by the first piece of its cue, counted in the window


def _given_here(item: WindowInput, given: Sequence[Given]) -> Known:
    """The given attributions that a window answers for."""
    w = item.window
    return {g.cue[0] - w.start + 1: g for g in given if w.own_start <= g.cue[0] < w.own_end}


def _find_cues(
    texts: Sequence[Pieces], batch: EncodedBatch, begin_bonus: float, known: list[Known]
) -> list[list[Cue]]:
    """Cues of each window, of those alone that begin where the window is the one that answers."""
    decoded = decode_cues(log_softmax(batch.cue_scores), batch.line, begin_bonus=begin_bonus)
    found = []
    for item, cues, here in zip(batch.inputs, decoded, known, strict=True):
        w = item.window
        sure = [Cue(first, first + g.cue[1] - g.cue[0], False, 1.0) for first, g in here.items()]
        own = [
            c
            for c in cues
            if w.own_start <= c.first + w.start - 1 < w.own_end
            and not any(c.first <= k.last and k.first <= c.last for k in sure)
        ]
        found.append(sorted([*own, *sure], key=lambda c: c.first))
    return found


def _link(
    texts: Sequence[Pieces], batch: EncodedBatch, cues: list[list[Cue]], known: list[Known], network: Network
) -> list[tuple[int, Attribution]]:
    """Link and label the cues of a batch; gives (text index, attribution)."""
    items = [(row, item, cue) for row, item in enumerate(batch.inputs) for cue in cues[row]]
    if not items:
        return []
    row = np.array([r for r, _, _ in items], dtype=np.int64)
    first = np.array([c.first for _, _, c in items], dtype=np.int64)
    last = np.array([c.last for _, _, c in items], dtype=np.int64)
    size = np.array([i.size - 1 for _, i, _ in items], dtype=np.int64)
    of_row = [np.flatnonzero(row == r) for r in range(len(batch.inputs))]
    role_log_probs = _link_scores(batch, of_row, first, last, network)
    role_log_probs[~_within_line(texts, batch, row, first), 1:] = NEVER
    roles = [
        _roles_of(known[r][cue.first], item.window.start - 1) if cue.first in known[r] else decoded
        for (r, item, cue), decoded in zip(
            items, decode_roles(role_log_probs, first, last, size), strict=True
        )
    ]
    content = np.zeros((len(items), batch.length), dtype=np.float32)
    for mask, role in zip(content, roles, strict=True):
        for a, b in role.content:
            mask[max(a, 1) : max(b, 0) + 1] = 1
    labelled = [
        network.label(h, first[n], last[n], content[n, : len(h)])
        for h, n in zip(batch.hidden, of_row, strict=True)
        if len(n)
    ]
    kind, attitude, negated = (
        np.exp(log_softmax(np.concatenate(scores))) for scores in zip(*labelled, strict=True)
    )
    found = []
    for n, ((_, item, cue), role) in enumerate(zip(items, roles, strict=True)):
        if not role.content:
            continue
        shift = item.window.start - 1
        found.append(
            (
                item.text_index,
                Attribution(
                    cue=Cue(cue.first + shift, cue.last + shift, cue.nested, cue.probability),
                    source=_shifted(role.source, shift) if role.source else None,
                    content=tuple(_shifted(c, shift) for c in role.content),
                    source_probability=role.source_probability,
                    content_probability=role.content_probability,
                    kind=tuple(kind[n].tolist()),
                    attitude=tuple(attitude[n].tolist()),
                    negated=float(negated[n, 1]),
                ),
            )
        )
    return found


def _link_scores(
    batch: EncodedBatch, of_row: Sequence[Ints], first: Ints, last: Ints, network: Network
) -> Floats:
    """Log-probabilities of the roles (cues, pieces, 5); beyond the head's reach no piece has one.

    Args:
        of_row: the numbers of the cues of each window.
    """
    whole = np.full((len(first), batch.length, 5), NEVER, dtype=np.float32)
    whole[:, :, ROLE_OUTSIDE] = 0.0
    for hidden, numbers in zip(batch.hidden, of_row, strict=True):
        if not len(numbers):
            continue
        scores = log_softmax(network.link(hidden, first[numbers], last[numbers]))
        starts = reach_start(first[numbers], len(hidden)).tolist()
        for number, start, near in zip(numbers.tolist(), starts, scores, strict=True):
            whole[number, start : start + len(near)] = near
    return whole


def _within_line(
    texts: Sequence[Pieces], batch: EncodedBatch, row: Ints, first: Ints
) -> npt.NDArray[np.bool_]:
    """Which pieces may have a role for each cue: (cues, pieces).

    A headline or a bullet is a whole of its own: its cue takes nothing from other lines, and no cue
    of the body takes anything from it. [CLS] and the rest of the row play no role.
    """
    line = batch.line
    heading = spread(batch.inputs, [texts[i.text_index].heading for i in batch.inputs], fill=0)
    cue_line = line[row, first][:, None]
    in_heading = heading[row, first][:, None] == 1
    own_line = line[row] == cue_line
    body = (heading[row] == 0) & (line[row] >= 0)
    result: npt.NDArray[np.bool_] = np.where(in_heading, own_line, body)
    return result


def _roles_of(given: Given, shift: int) -> Roles:
    """A given attribution's roles, counted in a window; they may reach beyond it."""
    return Roles(_shifted(given.source, -shift), (_shifted(given.content, -shift),), 1.0, 1.0)


def _shifted(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by
