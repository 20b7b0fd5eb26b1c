"""What the trained network offers, and how texts are fed to it in batches of windows.

`Network` is a small interface: the shipped ONNX files (`encoder.py`) implement it, so does the
PyTorch model while it is trained, and a test can pass a fake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.pieces import Ints, Pieces
from onrecord.analysis.windows import Window, cut_windows

# WordPiece ids of the two special tokens of the uncased BERT vocabulary.
CLS, SEP = 101, 102
# Padded pieces of the windows that are decoded and linked together: enough to spread the cost of a step
# in Python, little enough for the cache of one core.
BATCH_PIECES = 1024


class Network(Protocol):
    """One encoder, many heads. Scores are raw (before softmax); windows count their [CLS]."""

    def encode(self, ids: Ints, features: Ints, mask: Ints) -> tuple[Floats, Floats, Floats]:
        """(windows, pieces), (windows, pieces, 3), (windows, pieces) -> hidden states
        (windows, pieces, width), cue scores (windows, pieces, 5) and name scores (windows, pieces, 13)."""
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
    name_scores: Floats


def encode_texts(texts: Sequence[Pieces], network: Network) -> Iterator[EncodedBatch]:
    """Cut texts into windows and run the encoder over them, batch by batch."""
    inputs = [WindowInput(i, w) for i, pieces in enumerate(texts) for w in cut_windows(pieces)]
    for windows in batch_windows(inputs):
        yield encode_batch(network, texts, windows)


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
    """Run the encoder over the windows of one batch, one by one.

    In int8 the scale of the activations is taken over all that is in one run, so a window that went
    through together with others would depend on them: the same report must give the same statements
    in whatever company it is read.
    """
    length = max(i.window.end - i.window.start for i in inputs) + 2
    mask = np.zeros((len(inputs), length), dtype=np.int64)
    outputs: list[Floats] = []
    for row, item in enumerate(inputs):
        ids, features = _window_arrays(texts[item.text_index], item.window)
        size = ids.shape[1]
        found = network.encode(ids, features, np.ones_like(ids))
        if not outputs:
            outputs = [np.zeros((*mask.shape, f.shape[-1]), dtype=np.float32) for f in found]
        for whole, part in zip(outputs, found, strict=True):
            whole[row, :size] = part[0]
        mask[row, :size] = 1
    hidden, cue_scores, name_scores = outputs
    return EncodedBatch(tuple(inputs), hidden, mask, cue_scores, name_scores)


def _window_arrays(pieces: Pieces, window: Window) -> tuple[Ints, Ints]:
    """Ids (1, pieces) and features (1, pieces, 3) of a window between its special tokens."""
    part = slice(window.start, window.end)
    ids = np.concatenate([[CLS], pieces.ids[part], [SEP]])[None]
    features = np.zeros((1, ids.shape[1], 3), dtype=np.int64)
    features[0, 1:-1] = np.stack([pieces.casing[part], pieces.quotation[part], pieces.position[part]], axis=1)
    return ids, features
