"""What the trained network offers, and how texts are fed to it in batches of windows.

`Network` is a small interface: the shipped ONNX files (`encoder.py`) implement it, so does the
PyTorch model while it is trained, and a test can pass a fake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Ints, Pieces
from onrecord.analysis.windows import Window

# WordPiece ids of the two special tokens of the uncased BERT vocabulary.
CLS, SEP = 101, 102
# Padded pieces in one batch: what fits the cache of one core. With int8 weights on one thread, batches of
# 4,096 pieces went at 7,000 a second, 1,024 at 9,000 and 256 to 512 at 11,000.
BATCH_PIECES = 512


class Network(Protocol):
    """One encoder, many heads. Scores are raw (before softmax); windows count their [CLS]."""

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats]:
        """(windows, pieces), (windows, pieces, 3), (windows, pieces) -> hidden states
        (windows, pieces, width) and cue scores (windows, pieces, 5)."""
        ...

    def link(self, hidden: Floats, mask: Ints, row: Ints, first: Ints, last: Ints) -> Floats:
        """Cues as (window, first piece, last piece inclusive), each of shape (cues,) -> role scores
        (cues, pieces, 5)."""
        ...

    def label(
        self, hidden: Floats, row: Ints, first: Ints, last: Ints, content: Ints
    ) -> tuple[Floats, Floats, Floats]:
        """`content` (cues, pieces) of 0/1 -> scores of kinds (cues, 9), attitudes (cues, 4) and
        negation (cues, 2)."""
        ...


@dataclass(frozen=True, slots=True)
class WindowInput:
    """A window of one of several texts."""

    text_index: int
    window: Window


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """Windows that went through the encoder together; row i is `inputs[i]`, its [CLS] at piece 0."""

    inputs: tuple[WindowInput, ...]
    hidden: Floats
    mask: Ints
    cue_scores: Floats


def batch_windows(inputs: Sequence[WindowInput]) -> list[list[WindowInput]]:
    """Group windows of like length into batches of at most BATCH_PIECES padded pieces."""
    batches: list[list[WindowInput]] = []
    for item in sorted(inputs, key=lambda w: w.window.start - w.window.end):
        longest = batches[-1][0].window if batches else None
        if longest is None or (longest.end - longest.start + 2) * (len(batches[-1]) + 1) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(item)
    return batches


def encode_batch(network: Network, texts: Sequence[Pieces], inputs: Sequence[WindowInput]) -> EncodedBatch:
    """Run the encoder over one batch of windows."""
    length = max(i.window.end - i.window.start for i in inputs) + 2
    ids = np.zeros((len(inputs), length), dtype=np.int64)
    mask = np.zeros_like(ids)
    features = np.zeros((*ids.shape, 3), dtype=np.int64)
    for row, item in enumerate(inputs):
        start, end = item.window.start, item.window.end
        size = end - start
        pieces = texts[item.text_index]
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = pieces.ids[start:end]
        mask[row, : size + 2] = 1
        for i, feature in enumerate((pieces.casing, pieces.quotation, pieces.position)):
            features[row, 1 : size + 1, i] = feature[start:end]
    hidden, cue_scores = network.encode(ids, features, mask)
    return EncodedBatch(tuple(inputs), hidden, mask, cue_scores)
