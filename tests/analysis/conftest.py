"""The shipped tokenizer, and networks that score at random or as a test says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import cast

import numpy as np
import pytest
from tokenizers import Tokenizer as HuggingFaceTokenizer

from onrecord.analysis.decoding import CUE_BEGIN, CUE_INSIDE, CUE_OUTSIDE, ROLE_OUTSIDE, Floats
from onrecord.analysis.encoder import model_folder
from onrecord.analysis.mentions import MAX_MENTION_PIECES, MENTION_CLASSES
from onrecord.analysis.names import NAME_CLASSES, NAME_TAGS, NameClass
from onrecord.analysis.network import LINK_REACH, Encoded, reach_start
from onrecord.analysis.pieces import Ints, Tokenizer

WIDTH = 4


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The tokenizer that ships with the package."""
    return cast(Tokenizer, HuggingFaceTokenizer.from_file(str(model_folder() / "tokenizer.json")))


def within_reach(scores: Floats, first: Ints) -> Floats:
    """Scores of a whole window -> those that the link head gives."""
    starts = reach_start(first, scores.shape[1])
    return np.stack([s[a : a + LINK_REACH] for s, a in zip(scores, starts.tolist(), strict=True)])


class RandomNetwork:
    """Scores that look random and depend on the pieces and their places alone.

    The hidden state of a piece is a row of a fixed table, so that neither the batch nor the row of
    a window matters: what differs between two runs is then the fault of the batching.
    """

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self._table = rng.normal(size=(997, WIDTH)).astype(np.float32)
        self._cue = rng.normal(size=(WIDTH, 5)).astype(np.float32) * 2
        self._names = rng.normal(size=(WIDTH, NAME_TAGS)).astype(np.float32) * 2
        self._role = rng.normal(size=(2 * WIDTH + 1, 5)).astype(np.float32) * 2
        self._label = rng.normal(size=(2 * WIDTH, 9 + 4 + 2)).astype(np.float32)
        self._mention = rng.normal(size=(2 * WIDTH, len(MENTION_CLASSES))).astype(np.float32)
        self.shapes: list[tuple[int, ...]] = []

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """Look the pieces up."""
        self.shapes.append(ids.shape)
        at = np.arange(len(ids))
        hidden = self._table[(ids * 31 + features @ np.array([7, 11, 13]) + at * 17) % 997]
        spans = np.cos(np.outer(hidden[:, 0] * 9, np.arange(1, MAX_MENTION_PIECES + 1))) - 0.8
        return Encoded(hidden, hidden @ self._cue, hidden @ self._names, spans.astype(np.float32), hidden)

    def link(self, hidden: Floats, first: Ints, last: Ints) -> Floats:
        """Mix each piece with the cue and the distance to it."""
        own = np.broadcast_to(hidden, (len(first), *hidden.shape))
        cue = np.broadcast_to(hidden[first][:, None], own.shape)
        far = np.cos(np.arange(len(hidden))[None, :] - first[:, None]).astype(np.float32)[:, :, None]
        return within_reach(np.concatenate([own, cue, far], axis=-1) @ self._role, first)

    def label(
        self, hidden: Floats, first: Ints, last: Ints, content: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Mix the cue's end with the number of its content's pieces."""
        mixed = np.concatenate([hidden[first], np.sin(content.sum(axis=1))[:, None] * hidden[last]], axis=-1)
        scores = mixed @ self._label
        return scores[:, :9], scores[:, 9:13], scores[:, 13:]

    def describe(self, states: Floats) -> tuple[Floats, Floats]:
        """The states are the vectors."""
        return states, states @ self._mention

    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        """Mix the two vectors with the answers."""
        scores: Floats = np.sin((vectors[at] * vectors[before]).sum(axis=1) * 5 + numbers.sum(axis=1)) - 0.5
        return scores


class ScriptedNetwork:
    """A network that answers with what a test wrote down, by piece of the window ([CLS] is 0).

    `cues`, `names` and `mentions` are (first, last); `roles` gives each cue (by its first piece) the role of pieces.
    """

    def __init__(
        self,
        cues: dict[tuple[int, int], float],
        roles: dict[int, dict[int, int]],
        *,
        kind: int = 0,
        attitude: int = 0,
        negated: bool = False,
        names: dict[tuple[int, int], NameClass] | None = None,
        mentions: Sequence[tuple[int, int]] = (),
        same: Collection[tuple[int, int]] = (),
    ) -> None:
        self._cues = cues
        self._roles = roles
        self._names = names or {}
        self._mentions = mentions
        self._same = same
        self._labels = kind, attitude, int(negated)

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """Score the pieces of the cues, of the names and of the mentions."""
        scores = np.zeros((len(ids), 5), dtype=np.float32)
        scores[:, CUE_OUTSIDE] = 8
        for (first, last), score in self._cues.items():
            for piece in range(first, min(last + 1, len(ids))):
                scores[piece] = 0
                scores[piece, CUE_BEGIN if piece == first else CUE_INSIDE] = score
        names = np.zeros((len(ids), NAME_TAGS), dtype=np.float32)
        names[:, 0] = 8
        for (first, last), label in self._names.items():
            tag = 1 + 2 * NAME_CLASSES.index(label)
            names[first : last + 1, 0] = 0
            names[first, tag] = 8
            names[first + 1 : last + 1, tag + 1] = 8
        spans = np.full((len(ids), MAX_MENTION_PIECES), -8.0, dtype=np.float32)
        states = np.zeros((len(ids), WIDTH), dtype=np.float32)
        for number, (first, last) in enumerate(self._mentions):
            spans[first, last - first] = 8
            states[first, 0] = states[last, 0] = number
        return Encoded(np.zeros((len(ids), WIDTH), dtype=np.float32), scores, names, spans, states)

    def link(self, hidden: Floats, first: Ints, last: Ints) -> Floats:
        """Score the roles that were written down for each cue."""
        scores = np.zeros((len(first), len(hidden), 5), dtype=np.float32)
        for n, cue in enumerate(first.tolist()):
            scores[n, :, ROLE_OUTSIDE] = 8
            for piece, role in self._roles.get(cue, {}).items():
                scores[n, piece] = 0
                scores[n, piece, role] = 8
        return within_reach(scores, first)

    def label(
        self, hidden: Floats, first: Ints, last: Ints, content: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Score the one kind, attitude and negation."""
        scores = []
        for size, label in zip((9, 4, 2), self._labels, strict=True):
            score = np.zeros((len(first), size), dtype=np.float32)
            score[:, label] = 5
            scores.append(score)
        return scores[0], scores[1], scores[2]

    def describe(self, states: Floats) -> tuple[Floats, Floats]:
        """All are persons."""
        classes = np.zeros((len(states), len(MENTION_CLASSES)), dtype=np.float32)
        classes[:, 0] = 8
        return states, classes

    def antecedents(self, vectors: Floats, at: Ints, before: Ints, numbers: Ints) -> Floats:
        """Score the pairs of mentions (later, earlier) that were written down, by their numbers in `mentions`."""
        pairs = zip(vectors[at, 0].astype(int).tolist(), vectors[before, 0].astype(int).tolist(), strict=True)
        return np.array([5.0 if pair in self._same else -5.0 for pair in pairs], dtype=np.float32)


@pytest.fixture(scope="session")
def random_network() -> Callable[[int], RandomNetwork]:
    """Make a network of random scores from a seed."""
    return RandomNetwork


@pytest.fixture(scope="session")
def scripted_network() -> type[ScriptedNetwork]:
    """Make a network that answers as a test says."""
    return ScriptedNetwork
