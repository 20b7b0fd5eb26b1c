"""Heads that find events: which words tell one, what it is, and who, where, when and how many in it.

A trigger is tagged piece by piece; everything else is read off for one trigger, as the link head reads off a
statement for one cue (He et al. 2018, *Jointly predicting predicates and arguments*). Roles are tagged
independently of each other: a town that is shelled is recipient and place, *nine people* recipient and number.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.network import EVENT_BEFORE, EVENT_REACH
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.triggers import ROLES
from training.model import DISTANCE_BUCKETS, Layer, attention_bias, distance_bucket

TRIGGER_TAGS = 3  # O, B, I


@dataclass(frozen=True)
class EventShape:
    """Sizes of the heads; `given` is the width of the encoder."""

    given: int = 384
    width: int = 160
    layers: int = 1
    heads: int = 4
    mixed: int = 256
    dropout: float = 0.15


@dataclass
class EventScores:
    """Raw scores of triggers.

    Attributes:
        roles: (triggers, reach, ROLES, 3): O, B, I of each role.
        types, modes, contexts: (triggers, TYPES), (triggers, MODE_NAMES), (triggers, CONTEXTS); above 0 is likely.
        statuses: (triggers, STATUSES).
        mutual: (triggers,).
    """

    roles: Tensor
    types: Tensor
    statuses: Tensor
    modes: Tensor
    contexts: Tensor
    mutual: Tensor


class EventNetwork(nn.Module):
    """The heads; shapes are those of `EventScores`."""

    def __init__(self, shape: EventShape) -> None:
        super().__init__()
        self.shape = shape
        w = shape.width
        self.trigger = nn.Sequential(
            nn.Linear(shape.given, shape.given // 2),
            nn.GELU(),
            nn.Dropout(shape.dropout),
            nn.Linear(shape.given // 2, TRIGGER_TAGS),
        )
        self.piece = nn.Linear(shape.given, w)
        self.ends = nn.Linear(2 * shape.given, 2 * w)
        self.distance = nn.Embedding(DISTANCE_BUCKETS, w)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.inside = nn.Parameter(torch.zeros(w))
        self.norm = nn.LayerNorm(w)
        self.layers = nn.ModuleList(
            Layer(w, shape.heads, 2 * w, shape.dropout, eps=1e-6) for _ in range(shape.layers)
        )
        self.roles = nn.Sequential(
            nn.Linear(w, w), nn.GELU(), nn.Dropout(shape.dropout), nn.Linear(w, 3 * len(ROLES))
        )
        self.weigh = nn.Linear(w, 2)
        self.mix = nn.Sequential(
            nn.Linear(2 * shape.given + 2 * w, shape.mixed), nn.GELU(), nn.Dropout(shape.dropout)
        )
        self.sizes = [len(TYPES), len(STATUSES), len(MODE_NAMES), len(CONTEXTS), 1]
        self.out = nn.Linear(shape.mixed, sum(self.sizes))

    @staticmethod
    def reach(first: Tensor, pieces: int) -> tuple[Tensor, Tensor]:
        """See `onrecord.analysis.network.reach_start`: each trigger's first piece (triggers,), and 0, 1 ... (reach,)."""
        at = torch.arange(pieces, device=first.device)[:EVENT_REACH]
        return (first - EVENT_BEFORE).clamp(min=0).clamp(max=pieces - at.shape[0]), at

    def forward(self, hidden: Tensor, mask: Tensor, row: Tensor, first: Tensor, last: Tensor) -> EventScores:
        """Score the triggers of several windows.

        Args:
            hidden: (windows, pieces, given); mask: (windows, pieces).
            row, first, last: (triggers,): each trigger's window and its pieces, `last` inclusive.
        """
        start, at = self.reach(first, hidden.shape[1])
        near = row[:, None], start[:, None] + at[None, :]
        ends = torch.cat([hidden[row, first], hidden[row, last]], dim=-1)
        return self.score(
            self.piece(hidden)[near], ends, first - start, last - start, attention_bias(mask[near])
        )

    def score(self, pieces: Tensor, ends: Tensor, first: Tensor, last: Tensor, bias: Tensor) -> EventScores:
        """Score each trigger's own pieces.

        Args:
            pieces: (triggers, reach, width); ends: (triggers, 2 given), the states of its ends.
            bias: of the attention, as `Layer` takes it.
        """
        scale, shift = self.ends(ends).chunk(2, dim=-1)
        at = torch.arange(pieces.shape[1], device=pieces.device)[None, :]
        away = (at - first[:, None]).clamp(max=0) + (at - last[:, None]).clamp(min=0)
        x = pieces * (1 + scale[:, None, :]) + shift[:, None, :] + self.distance(distance_bucket(away))
        inside = ((at >= first[:, None]) & (at <= last[:, None])).to(x.dtype)
        x = self.norm(x + inside[:, :, None] * self.inside)
        for layer in self.layers:
            x = layer(x, bias)
        roles = self.roles(x).unflatten(-1, (len(ROLES), 3))
        weights = (self.weigh(x).transpose(1, 2) + bias.reshape(-1, 1, bias.shape[-1])).softmax(-1)
        pooled = (weights @ x).flatten(1)
        types, statuses, modes, contexts, mutual = self.out(self.mix(torch.cat([ends, pooled], -1))).split(
            self.sizes, dim=-1
        )
        return EventScores(roles, types, statuses, modes, contexts, mutual[:, 0])


def multi_loss(scores: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Binary cross-entropy a trigger, summed over the classes; `known` (triggers,) of 0/1 says which count."""
    lost = F.binary_cross_entropy_with_logits(scores, target, reduction="none").sum(-1)
    return (lost * known).sum() / known.sum().clamp(min=1.0)
