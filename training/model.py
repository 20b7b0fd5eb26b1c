"""The network: one encoder, many heads (DESIGN.md section 4).

The encoder is the BERT architecture of all-MiniLM-L6-v2 with four more input embeddings: casing,
quotation, position in the line, and the window's title segment is unused. Its heads:

- `cue`: which pieces are cues, of an outer statement or of one nested in another's content;
- `link`: given one cue, which pieces are its source and its content;
- `label`: given one statement, its kind, its attitude and whether it is negated;
- `names`: which pieces are names, and of what (`onrecord.analysis.names`).

The link head conditions every piece on the cue and lets the pieces see each other in a small
transformer layer, as predicate-conditioned taggers for semantic roles do (He et al. 2018, *Jointly
predicting predicates and arguments*): source and content are found for a cue, wherever they stand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.analysis.network import LINK_BEFORE, LINK_REACH

CUE_TAGS = 5  # O, B, I, nested B, nested I
ROLE_TAGS = 5  # O, B-source, I-source, B-content, I-content
KINDS = 9
ATTITUDES = 4
NAME_TAGS = 13  # O, then B and I of PER, ORG, LOC, FAC, NORP, MISC
DISTANCE_BUCKETS = 40


@dataclass(frozen=True)
class Shape:
    """Sizes of the network, and which input features it is given."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    link_width: int = 128
    link_layers: int = 1
    dropout: float = 0.1
    features: tuple[str, ...] = ("casing", "quotation", "position")


class PooledDropout(nn.Module):
    """Dropout that takes its noise from a random place of one fixed pool.

    PyTorch draws Bernoulli numbers on one core, a tenth of a training step.
    """

    POOL = 1 << 24
    pools: ClassVar[dict[float, Tensor]] = {}

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0:
            return x
        if self.share not in self.pools:
            kept = (torch.rand(self.POOL) >= self.share) / (1 - self.share)
            self.pools[self.share] = kept.to(torch.bfloat16)
        size = x.numel()
        if size > self.POOL:
            return F.dropout(x, self.share, True)
        at = int(torch.randint(0, self.POOL - size + 1, ()).item())
        return x * self.pools[self.share][at : at + size].view(x.shape).to(x.dtype)


def attend(qkv: Tensor, heads: int, bias: Tensor) -> Tensor:
    """Scaled dot-product attention: (batch, pieces, 3 widths) -> (batch, pieces, width).

    Written out: in bfloat16 on a CPU this is 1.6 times as fast as scaled_dot_product_attention.
    """
    batch, length, width = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
    q, k, v = qkv.view(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4).unbind(0)
    scores = (q * (width // heads) ** -0.5) @ k.transpose(-1, -2) + bias.to(q.dtype)
    return (scores.softmax(dim=-1) @ v).transpose(1, 2).reshape(batch, length, width)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float = 1e-12) -> None:
        super().__init__()
        self.heads = heads
        self.attend = attend
        self.drop = PooledDropout(dropout)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: (batch, pieces, width); bias: (batch, 1, 1, pieces), 0 to attend, -inf-like not to."""
        x = self.norm1(x + self.drop(self.out(self.attend(self.qkv(x), self.heads, bias))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def attention_bias(mask: Tensor) -> Tensor:
    """(batch, pieces) of 0/1 -> additive bias (batch, 1, 1, pieces)."""
    return (1.0 - mask[:, None, None, :].float()) * -1e4


class Encoder(nn.Module):
    """Word pieces and their features -> hidden states (batch, pieces, width)."""

    SIZES: ClassVar = {"casing": 6, "quotation": 5, "position": 4}

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.place = nn.Embedding(shape.positions, shape.width)
        self.segment = nn.Parameter(torch.zeros(shape.width))
        self.feature = nn.ModuleDict(
            {name: nn.Embedding(self.SIZES[name], shape.width) for name in shape.features}
        )
        for table in self.feature.values():
            nn.init.normal_(table.weight, std=0.02)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(shape.width, shape.heads, shape.inner, shape.dropout) for _ in range(shape.layers)
        )
        self.drop = PooledDropout(shape.dropout)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: (batch, pieces); features: (batch, pieces, 3), casing, quotation, position."""
        return self.both(ids, features, mask)[1]

    def both(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The states of the middle and of the last layer."""
        length = ids.shape[1]
        x = self.word(ids) + self.place(torch.arange(length, device=ids.device)) + self.segment
        for i, name in enumerate(self.SIZES):
            if name in self.feature:
                x = x + self.feature[name](features[:, :, i])
        x = self.drop(self.norm(x))
        bias = attention_bias(mask)
        middle = x
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            if 2 * number == len(self.layers):
                middle = x
        return middle, x


def distance_bucket(offset: Tensor) -> Tensor:
    """Signed distance in pieces -> bucket: exact to 8, then by powers of 2 ** 0.5."""
    size = offset.abs().clamp(min=1).float()
    far = 8 + (2 * torch.log2(size / 8)).clamp(min=0, max=10).long()
    near = torch.where(offset.abs() < 8, offset.abs(), far)
    return torch.where(offset < 0, near, near + 20).clamp(0, DISTANCE_BUCKETS - 1)


class LinkHead(nn.Module):
    """Roles of all pieces of a window with regard to one cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.link_width
        self.piece = nn.Linear(shape.width, width)
        self.cue = nn.Linear(2 * shape.width, 2 * width)
        self.distance = nn.Embedding(DISTANCE_BUCKETS, width)
        self.inside = nn.Parameter(torch.zeros(width))
        nn.init.normal_(self.distance.weight, std=0.02)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            Layer(width, 2, 2 * width, shape.dropout, eps=1e-6) for _ in range(shape.link_layers)
        )
        self.out = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, ROLE_TAGS))

    def forward(self, hidden: Tensor, mask: Tensor, row: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Score the roles.

        Args:
            hidden: (batch, pieces, width); mask: (batch, pieces).
            row, first, last: (cues,): each cue's window and its pieces, `last` inclusive.

        Returns:
            (cues, reach, ROLE_TAGS) scores of the pieces from `reach` on.
        """
        start, at = self.reach(first, hidden.shape[1])
        near = row[:, None], start[:, None] + at[None, :]
        cue = torch.cat([hidden[row, first], hidden[row, last]], dim=-1)
        bias = attention_bias(mask[near])
        return self.score(self.piece(hidden)[near], cue, first - start, last - start, bias)

    @staticmethod
    def reach(first: Tensor, pieces: int) -> tuple[Tensor, Tensor]:
        """See `onrecord.analysis.network.reach_start`: each cue's first piece (cues,), and 0, 1 ... (reach,)."""
        at = torch.arange(pieces, device=first.device)[:LINK_REACH]
        return (first - LINK_BEFORE).clamp(min=0).clamp(max=pieces - at.shape[0]), at

    def score(self, pieces: Tensor, cue: Tensor, first: Tensor, last: Tensor, bias: Tensor) -> Tensor:
        """Score the roles of each cue's own pieces.

        Args:
            pieces: (cues, reach, link width); cue: (cues, 2 widths), the states of its ends.
            bias: of the attention, as `Layer` takes it.
        """
        scale, shift = self.cue(cue).chunk(2, dim=-1)
        at = torch.arange(pieces.shape[1], device=pieces.device)[None, :]
        before = (at - first[:, None]).clamp(max=0)
        after = (at - last[:, None]).clamp(min=0)
        x = (
            pieces * (1 + scale[:, None, :])
            + shift[:, None, :]
            + self.distance(distance_bucket(before + after))
        )
        is_cue = ((at >= first[:, None]) & (at <= last[:, None])).to(x.dtype)
        x = self.norm(x + is_cue[:, :, None] * self.inside)
        for layer in self.layers:
            x = layer(x, bias)
        return self.out(x)


class LabelHead(nn.Module):
    """Kind, attitude and negation of one statement, from its cue and its content."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.attend = nn.Linear(width, 2)
        self.mix = nn.Linear(4 * width, 256)
        self.dropout = nn.Dropout(0.2)
        self.kind = nn.Linear(256, KINDS)
        self.attitude = nn.Linear(256, ATTITUDES)
        self.negated = nn.Linear(256, 2)

    def forward(
        self, hidden: Tensor, row: Tensor, first: Tensor, last: Tensor, content: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """content: (cues, pieces) of 0/1; gives scores (cues, KINDS), (cues, ATTITUDES), (cues, 2)."""
        states = hidden[row]
        pooled = torch.einsum("cph,cpw->chw", self.weigh(states, content), states)
        return self.score(torch.cat([hidden[row, first], hidden[row, last]], dim=-1), pooled)

    def weigh(self, states: Tensor, content: Tensor) -> Tensor:
        """Two distributions over the content's pieces: states (cues or 1, pieces, width) -> (cues, pieces, 2)."""
        weights = self.attend(states) + (1.0 - content[:, :, None].to(states.dtype)) * -1e4
        return weights.softmax(dim=1)

    def score(self, cue: Tensor, pooled: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """cue: (cues, 2 widths), the states of its ends; pooled: (cues, 2, width) of its content."""
        x = self.dropout(F.gelu(self.mix(torch.cat([cue, pooled.flatten(1)], dim=-1))))
        return self.kind(x), self.attitude(x), self.negated(x)


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.cue = _tagger(shape, CUE_TAGS)
        self.link = LinkHead(shape)
        self.label = LabelHead(shape)
        self.names = _tagger(shape, NAME_TAGS)

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Start the encoder from the published all-MiniLM-L6-v2 weights (a BERT state dict)."""
        own = self.encoder
        with torch.no_grad():
            own.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
            own.place.weight.copy_(weights["embeddings.position_embeddings.weight"])
            own.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            _copy(own.norm, weights, "embeddings.LayerNorm")
            for i, layer in enumerate(own.layers):
                at = f"encoder.layer.{i}"
                for kind in ("weight", "bias"):
                    qkv = [weights[f"{at}.attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(qkv))
                _copy(layer.out, weights, f"{at}.attention.output.dense")
                _copy(layer.norm1, weights, f"{at}.attention.output.LayerNorm")
                _copy(layer.up, weights, f"{at}.intermediate.dense")
                _copy(layer.down, weights, f"{at}.output.dense")
                _copy(layer.norm2, weights, f"{at}.output.LayerNorm")


def _tagger(shape: Shape, tags: int) -> nn.Sequential:
    """A head that scores the tags of each piece."""
    return nn.Sequential(
        nn.Linear(shape.width, shape.width),
        nn.GELU(),
        nn.Dropout(shape.dropout),
        nn.Linear(shape.width, tags),
    )


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


def schedule(step: int, total: int, warmup: float = 0.1) -> float:
    """Share of the peak learning rate at a step: linear warm-up, then cosine to 2 %."""
    rise = max(1, int(total * warmup))
    if step < rise:
        return (step + 1) / rise
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - rise) / max(1, total - rise))))
