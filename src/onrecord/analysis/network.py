"""What the trained network offers, and how texts are fed to it, window by window.

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
# The link head looks at so many pieces around a cue, so many of them before it: what lies further away has no
# role. On the held-out part of PolNeAR train this costs 0.2 points of attributed F1 and saves half the head's time.
LINK_REACH, LINK_BEFORE = 192, 80
# The same for the event head: who acts and whom it hits stand in the trigger's sentence or the one before.
EVENT_REACH, EVENT_BEFORE = 112, 64
# Padded pieces of the windows that are decoded together: enough to spread the cost of a step in Python.
BATCH_PIECES = 8192


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window through the encoder; arrays count its [CLS] and [SEP].

    Attributes:
        hidden: (pieces, width).
        cue_scores, name_scores, trigger_scores: (pieces, 5), (pieces, 13) and (pieces, 3).
        span_scores: (pieces, MAX_MENTION_PIECES), of the mention that begins at a piece and is so many pieces
            longer than one.
        mention_states: (pieces, width of the mention head).
    """

    hidden: Floats
    cue_scores: Floats
    name_scores: Floats
    trigger_scores: Floats
    span_scores: Floats
    mention_states: Floats


@dataclass(frozen=True, slots=True)
class EventScores:
    """Of the triggers of one window.

    Attributes:
        roles: (triggers, reach, ROLES, 3), O, B and I of each role for the pieces from `event_reach_start` on.
        types, statuses, modes, contexts: (triggers, classes); mutual: (triggers,). Above 0 is likely, of
            statuses the highest is meant.
    """

    roles: Floats
    types: Floats
    statuses: Floats
    modes: Floats
    contexts: Floats
    mutual: Floats


class Network(Protocol):
    """One encoder, many heads; each call is for one window, its [CLS] and [SEP] with it.

    Scores are raw (before softmax). Windows go in one by one: in int8 the scale of the activations is
    taken over all that is in one run, so a window that went through together with others would depend
    on them, and the same report must give the same statements in whatever company it is read.
    """

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """(pieces,), (pieces, 3) -> what the encoder and the heads that look at every piece give."""
        ...

    def link(self, hidden: Floats, first: Ints, last: Ints) -> Floats:
        """Cues as first and last piece, inclusive, each of shape (cues,) -> scores (cues, reach, 5) of the
        roles of the pieces from `reach_start` on; `reach` is LINK_REACH, or the whole of a shorter window."""
        ...

    def label(
        self, hidden: Floats, first: Ints, last: Ints, content: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """`content` (cues, pieces) of 0/1 -> scores of kinds (cues, 9), attitudes (cues, 4) and
        negation (cues, 2)."""
        ...

    def events(self, hidden: Floats, first: Ints, last: Ints) -> EventScores:
        """Triggers as first and last piece, inclusive, each of shape (triggers,)."""
        ...

    def describe(self, states: Floats) -> tuple[Floats, Floats]:
        """States of the first and last pieces of mentions (mentions, 2 widths) -> vectors to compare them by
        (mentions, size) and scores of their classes (mentions, 7)."""
        ...

    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        """Pairs of mentions, each of shape (pairs,), with their `pair_numbers` (pairs, questions) -> the score
        (pairs,) of the earlier as antecedent of the later; 0 is the score of having none."""
        ...


def reach_start(first: Ints, pieces: int) -> Ints:
    """The first piece that the link head looks at, for cues that begin at `first` in a window of so many pieces."""
    return np.clip(first - LINK_BEFORE, 0, max(0, pieces - LINK_REACH))


def event_reach_start(first: Ints, pieces: int) -> Ints:
    """The first piece that the event head looks at, for triggers that begin at `first` in a window of so many pieces."""
    return np.clip(first - EVENT_BEFORE, 0, max(0, pieces - EVENT_REACH))


@dataclass(frozen=True, slots=True)
class WindowInput:
    """A window of one of several texts."""

    text_index: int
    window: Window

    @property
    def size(self) -> int:
        """Its pieces, [CLS] and [SEP] with them."""
        return self.window.end - self.window.start + 2


@dataclass(frozen=True, slots=True)
class EncodedBatch:
    """Windows that are decoded together; row i is `inputs[i]`, its [CLS] at piece 0.

    Attributes:
        hidden: (pieces, width) of each window.
        line: the line of each piece (windows, pieces), -1 for the special tokens and beyond the end.
        cue_scores, name_scores: (windows, pieces, tags), 0 beyond the end of a window.
        trigger_scores, span_scores, mention_states: of each window, as `Encoded` has them.
    """

    inputs: tuple[WindowInput, ...]
    hidden: tuple[Floats, ...]
    line: Ints
    cue_scores: Floats
    name_scores: Floats
    trigger_scores: tuple[Floats, ...]
    span_scores: tuple[Floats, ...]
    mention_states: tuple[Floats, ...]

    @property
    def length(self) -> int:
        """Pieces of a row."""
        return int(self.line.shape[1])


def encode_texts(texts: Sequence[Pieces], network: Network) -> Iterator[EncodedBatch]:
    """Cut texts into windows and run the encoder over them, batch by batch."""
    inputs = [WindowInput(i, w) for i, pieces in enumerate(texts) for w in cut_windows(pieces)]
    for windows in batch_windows(inputs):
        yield encode_batch(network, texts, windows)


def batch_windows(inputs: Sequence[WindowInput]) -> list[list[WindowInput]]:
    """Group windows of like length into batches of at most BATCH_PIECES padded pieces."""
    batches: list[list[WindowInput]] = []
    for item in sorted(inputs, key=lambda w: -w.size):
        if not batches or batches[-1][0].size * (len(batches[-1]) + 1) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(item)
    return batches


def encode_batch(network: Network, texts: Sequence[Pieces], inputs: Sequence[WindowInput]) -> EncodedBatch:
    """Run the encoder over the windows of one batch."""
    found = [network.encode(*window_arrays(texts[i.text_index], i.window)) for i in inputs]
    length = max(i.size for i in inputs)
    return EncodedBatch(
        inputs=tuple(inputs),
        hidden=tuple(f.hidden for f in found),
        line=spread(inputs, [texts[i.text_index].line for i in inputs], fill=-1),
        cue_scores=padded([f.cue_scores for f in found], length),
        name_scores=padded([f.name_scores for f in found], length),
        trigger_scores=tuple(f.trigger_scores for f in found),
        span_scores=tuple(f.span_scores for f in found),
        mention_states=tuple(f.mention_states for f in found),
    )


def spread(inputs: Sequence[WindowInput], values: Sequence[Ints], *, fill: int) -> Ints:
    """A value of each piece of a text, for each window's text -> (windows, pieces), `fill` where there is no piece."""
    whole = np.full((len(inputs), max(i.size for i in inputs)), fill, dtype=np.int64)
    for row, (item, of_text) in zip(whole, zip(inputs, values, strict=True), strict=True):
        row[1 : item.size - 1] = of_text[item.window.start : item.window.end]
    return whole


def padded(rows: Sequence[Floats], length: int) -> Floats:
    """Scores (pieces, tags) of several windows -> (windows, length, tags), 0 beyond their end."""
    whole = np.zeros((len(rows), length, rows[0].shape[1]), dtype=np.float32)
    for row, values in zip(whole, rows, strict=True):
        row[: len(values)] = values
    return whole


def window_arrays(pieces: Pieces, window: Window) -> tuple[Ints, Ints]:
    """Ids (pieces,) and features (pieces, 3) of a window between its special tokens."""
    part = slice(window.start, window.end)
    ids = np.concatenate([[CLS], pieces.ids[part], [SEP]])
    features = np.zeros((len(ids), 3), dtype=np.int64)
    features[1:-1] = np.stack([pieces.casing[part], pieces.quotation[part], pieces.position[part]], axis=1)
    return ids, features
