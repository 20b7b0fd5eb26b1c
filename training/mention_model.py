"""Heads that find mentions, say what they are, and which of them mean the same one.

A mention is a pair of pieces, its first and its last (Dozat and Manning's biaffine scorer, as Yu et al. 2020 use
it for nested names); an antecedent is scored without a representation of the words between (Kirstain et al. 2021,
*Coreference resolution without span representations*), together with what words and places tell
(`onrecord.analysis.mention_features`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.decoding import Floats
from onrecord.analysis.mention_features import SIZES
from onrecord.analysis.mentions import MAX_MENTION_PIECES, MENTION_CLASSES
from onrecord.analysis.pieces import Ints
from training.model import Layer

CHAINS, GUM = 0, 1


@dataclass(frozen=True)
class MentionShape:
    """Sizes of the heads; `given` is the width of the encoder's two layers together."""

    given: int = 768
    width: int = 256
    layers: int = 1
    heads: int = 4
    span: int = 96
    vector: int = 96
    features: int = 32
    dropout: float = 0.25


class MentionNetwork(nn.Module):
    """A small transformer over the encoder's states, and what scores spans, classes and pairs on top of it."""

    def __init__(self, shape: MentionShape) -> None:
        super().__init__()
        self.shape = shape
        w = shape.width
        self.enter = nn.Linear(shape.given, w)
        self.scheme = nn.Embedding(2, w)
        self.norm = nn.LayerNorm(w)
        self.layers = nn.ModuleList(
            Layer(w, shape.heads, 2 * w, shape.dropout, eps=1e-6) for _ in range(shape.layers)
        )
        self.drop = nn.Dropout(shape.dropout)
        self.begin, self.end = (_mix(w, shape.span, shape.span + 1, shape.dropout) for _ in range(2))
        self.length = nn.Parameter(torch.full((MAX_MENTION_PIECES,), -2.0))
        # Of a mention, from the states of its first and its last piece.
        self.vector = nn.Sequential(*_mix(2 * w, 2 * shape.vector, shape.vector, shape.dropout), nn.GELU())
        self.classify = nn.Linear(shape.vector, len(MENTION_CLASSES))
        self.query = nn.Linear(shape.vector, shape.vector)
        self.key = nn.Linear(shape.vector, shape.vector)
        self.query_features = nn.Linear(shape.vector, shape.features)
        self.key_features = nn.Linear(shape.vector, shape.features)
        self.tables = nn.ModuleList(nn.Embedding(size, shape.features) for size in SIZES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.out = nn.Sequential(
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(shape.features, shape.features),
            nn.GELU(),
            nn.Linear(shape.features, 1),
        )

    def read(self, states: Tensor, scheme: int | Tensor) -> Tensor:
        """(windows, pieces, given) -> (windows, pieces, width)."""
        x = self.norm(self.enter(self.drop(states)) + self.scheme.weight[scheme])
        for layer in self.layers:
            x = layer(x, torch.zeros(1))
        return x

    def spans(self, x: Tensor) -> Tensor:
        """(pieces, MAX_MENTION_PIECES): score of the span that begins at a piece and is so many pieces longer than one."""
        begin = self.begin(x)
        end = F.pad(self.end(x), (0, 0, 0, MAX_MENTION_PIECES))
        table = begin[:, 1:] @ end[:, 1:].T / 8.0 + begin[:, :1] + end[:, 0]
        at = torch.arange(x.shape[0], device=x.device)[:, None] + torch.arange(
            MAX_MENTION_PIECES, device=x.device
        )
        return table.gather(1, at) + self.length

    @staticmethod
    def in_line(line: Tensor) -> Tensor:
        """(pieces, MAX_MENTION_PIECES): does the span end in the line that it begins in?"""
        ends = F.pad(line, (0, MAX_MENTION_PIECES), value=-1).unfold(0, MAX_MENTION_PIECES, 1)[: len(line)]
        return ends == line[:, None]

    def pairs(self, vectors: Tensor, at: Tensor, before: Tensor, numbers: Tensor) -> Tensor:
        """(pairs,): score of the earlier mention as antecedent of the later."""
        product = (self.query(vectors) @ self.key(vectors).T) / vectors.shape[1] ** 0.5
        mixed = self.query_features(vectors)[at] + self.key_features(vectors)[before]
        for number, table in enumerate(self.tables):
            mixed = mixed + table(numbers[:, number])
        return product[at, before] + self.out(mixed)[:, 0]

    @torch.no_grad()
    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        """See `onrecord.analysis.network.Network.antecedents`."""
        return self.pairs(*map(torch.from_numpy, (vectors, at, before, numbers))).numpy()


def _mix(given: int, inner: int, width: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(given, inner), nn.GELU(), nn.Dropout(dropout), nn.Linear(inner, width))


def load_mentions(run: Path) -> MentionNetwork:
    """The trained heads of a run, ready for prediction; how many layers they have is read off their weights."""
    weights = torch.load(run / "coreference.pt")
    network = MentionNetwork(MentionShape(layers=sum(name.endswith("norm1.weight") for name in weights)))
    network.load_state_dict(weights)
    return network.eval()
