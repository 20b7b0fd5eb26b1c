"""The shipped tokenizer, and networks that score at random or as a test says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest
from tokenizers import Tokenizer as HuggingFaceTokenizer

from onrecord.analysis.decoding import CUE_BEGIN, CUE_INSIDE, CUE_OUTSIDE, ROLE_OUTSIDE, Floats
from onrecord.analysis.encoder import model_folder
from onrecord.analysis.events import Event
from onrecord.analysis.mentions import MAX_MENTION_PIECES, MENTION_CLASSES
from onrecord.analysis.names import NAME_CLASSES, NAME_TAGS, NameClass
from onrecord.analysis.network import (
    EVENT_REACH,
    LINK_REACH,
    Encoded,
    EventScores,
    event_reach_start,
    reach_start,
)
from onrecord.analysis.pieces import Ints, Tokenizer
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.sentences import sentence_around
from onrecord.analysis.triggers import BEGIN, INSIDE, OUTSIDE, ROLES, Role
from onrecord.article import Span

WIDTH = 4


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """The tokenizer that ships with the package."""
    return cast(Tokenizer, HuggingFaceTokenizer.from_file(str(model_folder() / "tokenizer.json")))


def within_reach(scores: Floats, first: Ints) -> Floats:
    """Scores of a whole window -> those that the link head gives."""
    starts = reach_start(first, scores.shape[1])
    return np.stack([s[a : a + LINK_REACH] for s, a in zip(scores, starts.tolist(), strict=True)])


def within_event_reach(scores: Floats, first: Ints) -> Floats:
    """Scores of a whole window -> those that the event head gives."""
    starts = event_reach_start(first, scores.shape[1])
    return np.stack([s[a : a + EVENT_REACH] for s, a in zip(scores, starts.tolist(), strict=True)])


@dataclass(frozen=True)
class ScriptedEvent:
    """What a test writes down about one trigger; spans are (first, last) pieces of the window."""

    types: tuple[str, ...]
    status: str = "occurred"
    modes: tuple[tuple[str, str], ...] = ()
    contexts: tuple[str, ...] = ()
    mutual: bool = False
    roles: dict[Role, list[tuple[int, int]]] = field(default_factory=dict)


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
        self._trigger = rng.normal(size=(WIDTH, 3)).astype(np.float32) * 2
        self._event_role = rng.normal(size=(2 * WIDTH + 1, 3 * len(ROLES))).astype(np.float32) * 2
        self._event = [
            rng.normal(size=(2 * WIDTH, n)).astype(np.float32)
            for n in (len(TYPES), len(STATUSES), len(MODE_NAMES), len(CONTEXTS), 1)
        ]
        self._mention = rng.normal(size=(2 * WIDTH, len(MENTION_CLASSES))).astype(np.float32)
        self.shapes: list[tuple[int, ...]] = []

    def encode(self, ids: Ints, features: Ints) -> Encoded:
        """Look the pieces up."""
        self.shapes.append(ids.shape)
        at = np.arange(len(ids))
        hidden = self._table[(ids * 31 + features @ np.array([7, 11, 13]) + at * 17) % 997]
        spans = np.cos(np.outer(hidden[:, 0] * 9, np.arange(1, MAX_MENTION_PIECES + 1))) - 0.8
        return Encoded(
            hidden=hidden,
            cue_scores=hidden @ self._cue,
            name_scores=hidden @ self._names,
            trigger_scores=hidden @ self._trigger,
            span_scores=spans.astype(np.float32),
            mention_states=hidden,
        )

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

    def events(self, hidden: Floats, first: Ints, last: Ints) -> EventScores:
        """Mix each piece with the trigger and the distance to it."""
        own = np.broadcast_to(hidden, (len(first), *hidden.shape))
        trigger = np.broadcast_to(hidden[first][:, None], own.shape)
        far = np.cos(np.arange(len(hidden))[None, :] - first[:, None]).astype(np.float32)[:, :, None]
        roles = np.concatenate([own, trigger, far], axis=-1) @ self._event_role
        ends = np.concatenate([hidden[first], hidden[last]], axis=-1)
        types, statuses, modes, contexts, mutual = (ends @ table for table in self._event)
        roles = within_event_reach(roles.reshape(*roles.shape[:2], len(ROLES), 3), first)
        return EventScores(roles, types, statuses, modes, contexts, mutual[:, 0])

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
        events: dict[tuple[int, int], ScriptedEvent] | None = None,
    ) -> None:
        self._events = events or {}
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
        triggers = np.zeros((len(ids), 3), dtype=np.float32)
        triggers[:, OUTSIDE] = 8
        for first, last in self._events:
            triggers[first : last + 1, OUTSIDE] = 0
            triggers[first, BEGIN] = triggers[first + 1 : last + 1, INSIDE] = 8
        return Encoded(
            hidden=np.zeros((len(ids), WIDTH), dtype=np.float32),
            cue_scores=scores,
            name_scores=names,
            trigger_scores=triggers,
            span_scores=spans,
            mention_states=states,
        )

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

    def events(self, hidden: Floats, first: Ints, last: Ints) -> EventScores:
        """Score what was written down for each trigger."""
        told = [self._events[pair] for pair in zip(first.tolist(), last.tolist(), strict=True)]
        roles = np.zeros((len(first), len(hidden), len(ROLES), 3), dtype=np.float32)
        roles[..., OUTSIDE] = 8
        for n, event in enumerate(told):
            for role, spans in event.roles.items():
                for a, b in spans:
                    at = ROLES.index(role)
                    roles[n, a : b + 1, at, OUTSIDE] = 0
                    roles[n, a, at, BEGIN] = roles[n, a + 1 : b + 1, at, INSIDE] = 8

        def likely(classes: Sequence[object], of: Callable[[ScriptedEvent], Collection[object]]) -> Floats:
            rows = [[6.0 if c in of(event) else -6.0 for c in classes] for event in told]
            return np.array(rows, dtype=np.float32).reshape(len(told), len(classes))

        return EventScores(
            roles=within_event_reach(roles, first),
            types=likely(TYPES, lambda e: e.types),
            statuses=likely(STATUSES, lambda e: (e.status,)),
            modes=likely(MODE_NAMES, lambda e: e.modes),
            contexts=likely(CONTEXTS, lambda e: e.contexts),
            mutual=np.array([6.0 if e.mutual else -6.0 for e in told], dtype=np.float32),
        )

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


def at(text: str, words: str) -> Span:
    """Where words stand first in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def told_event(text: str, trigger: str, **parts: Any) -> Event:
    """A violent act that occurred, told by a word of a text, with nothing else but the parts given."""
    span = at(text, trigger)
    given: dict[str, Any] = {
        "id": "e1",
        "type": "ASSAULT",
        "modes": (),
        "contexts": (),
        "cameo": "190",
        "status": "occurred",
        "trigger": span,
        "sentence": sentence_around(text, span),
        "actors": (),
        "recipients": (),
        "places": (),
        "dates": (),
        "dead": None,
        "injured": None,
        "crowd": None,
        "mutual": False,
        "reported_by": None,
        "confidence": 0.9,
    }
    return Event(**given | parts)
