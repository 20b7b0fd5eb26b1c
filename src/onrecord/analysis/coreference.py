"""Mentions -> chains: which of them mean the same one.

Each mention, in the order of the text, joins the chain whose mentions together are its likeliest antecedents, or
begins one (mention ranking, Denis and Baldridge 2008, as neural resolvers do it since Wiseman et al. 2015). *He* and
*she* are then weighed once more, with all chains known (`pronouns.py`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.mention_features import FORMS, MentionWords, Said, pair_numbers, read_mentions
from onrecord.analysis.mentions import MENTION_CLASSES, FoundMention, MentionPieces, in_reading_order
from onrecord.analysis.network import Network
from onrecord.analysis.pieces import Ints, Pieces
from onrecord.analysis.pronouns import resolve_pronouns
from onrecord.analysis.sentences import sentences_of
from onrecord.analysis.statements import Statement
from onrecord.analysis.whole_words import whole_words
from onrecord.article import Span

ScoreAntecedents = Callable[[Floats, Ints, Ints, Ints], Floats]
# Statements whose content is in the speaker's words: *I* in it is the source.
QUOTED = ("direct", "mixed")
# Mentions before one that may be its antecedents.
MAX_BEFORE = 250
# A mention joins a chain that is likelier than having none.
_LEAST_ODDS = 1.0
_MAX_SCORE = 30.0
# Pairs that are scored together.
_MAX_PAIRS = 50_000


def resolve_mentions(
    text: str,
    pieces: Pieces,
    found: Sequence[MentionPieces],
    statements: Sequence[Statement],
    network: Network,
) -> list[FoundMention]:
    """Read mentions in pieces as spans of characters, with their classes and chains, in the order of the text."""
    said = [Said(s.content, s.source) for s in statements if s.quotation in QUOTED]
    m = find_mentions(text, pieces, found, said, network)
    if m is None:
        return []
    chains = resolve_pronouns(text, pieces, m.spans, m.words, m.classes, m.vectors, m.chains, m.scores)
    labels = m.classes.argmax(axis=-1).tolist()
    return [
        FoundMention(span, MENTION_CLASSES[label], FORMS[form], chain, round(1 / (1 + math.exp(-sure)), 3))
        for span, label, form, chain, sure in zip(
            m.spans, labels, m.words.form.tolist(), chains, m.sure, strict=True
        )
    ]


@dataclass(frozen=True, slots=True)
class ReadMentions:
    """The mentions of a text in its order, as the heads see them.

    Attributes:
        sure: the score of each, above 0 for what is more likely a mention than not.
        classes, vectors: as `Network.describe` gives them.
        chains: of each, by the coreference head alone.
        scores: of each, those of the mentions right before it as its antecedents.
    """

    spans: list[Span]
    sure: list[float]
    words: MentionWords
    classes: Floats
    vectors: Floats
    chains: list[int]
    scores: list[Floats]


def find_mentions(
    text: str, pieces: Pieces, found: Sequence[MentionPieces], said: Sequence[Said], network: Network
) -> ReadMentions | None:
    """Read mentions in pieces as spans of characters, and have the coreference head look at them; None without any."""
    placed = _in_characters(text, in_reading_order(found), pieces)
    if not placed:
        return None
    mentions, spans = [m for m, _ in placed], [s for _, s in placed]
    vectors, classes = network.describe(np.stack([m.states for m in mentions]))
    words = read_mentions(text, spans, said)
    persons = [MENTION_CLASSES[label] == "PER" for label in classes.argmax(axis=-1).tolist()]
    chains, scores = _chains_by_head(words, persons, vectors, network.antecedents)
    return ReadMentions(spans, [m.score for m in mentions], words, classes, vectors, chains, scores)


def _in_characters(
    text: str, mentions: Sequence[MentionPieces], pieces: Pieces
) -> list[tuple[MentionPieces, Span]]:
    """Mentions with their characters, in whole words; what runs over the end of a sentence is none.

    Pieces may share a character (a syllable in its parts): of mentions that are the same in characters, or cross, the
    first stays.
    """
    sentences = sentences_of(text)
    whole = (
        (m, whole_words(text, Span(int(pieces.start[m.first]), int(pieces.end[m.last])))) for m in mentions
    )
    spans = [(m, span) for m, span in whole if sentences.hold(span)]
    placed: list[tuple[MentionPieces, Span]] = []
    around: list[Span] = []
    for mention, span in sorted(spans, key=lambda p: (p[1].start, -p[1].end)):
        while around and around[-1].end <= span.start:
            around.pop()
        if span.start < span.end and (not around or (span != around[-1] and span.end <= around[-1].end)):
            around.append(span)
            placed.append((mention, span))
    return placed


def chains_of(
    words: MentionWords, persons: Sequence[bool], vectors: Floats, antecedents: ScoreAntecedents
) -> list[int]:
    """The chain of each mention by the coreference head alone: the number of the first mention in it.

    Args:
        persons: is the mention taken for one person?
        vectors: (mentions, size), as `Network.describe` gives them, in the order of the text.
        antecedents: as `Network.antecedents`.
    """
    return _chains_by_head(words, persons, vectors, antecedents)[0]


def _chains_by_head(
    words: MentionWords, persons: Sequence[bool], vectors: Floats, antecedents: ScoreAntecedents
) -> tuple[list[int], list[Floats]]:
    """Chains, and of each mention the scores of those right before it."""
    count = len(vectors)
    rows: list[Floats] = []
    chains = _Chains(words, persons)
    stride = max(1, _MAX_PAIRS // MAX_BEFORE)
    for start in range(0, count, stride):
        stop, low = min(count, start + stride), max(0, start - MAX_BEFORE)
        at, before = _pairs(start, stop)
        scores = odds = np.empty(0, dtype=np.float32)
        if len(at):  # the first of all has none before it
            numbers = pair_numbers(words, at, before).astype(np.int64)
            # No more vectors than are asked for: the network compares all that it is given.
            scores = antecedents(vectors[low:stop], at - low, before - low, numbers)
            odds = np.exp(np.minimum(scores, _MAX_SCORE))
        end = 0
        for mention in range(start, stop):
            begin, end = end, end + min(mention, MAX_BEFORE)
            chains.place(mention, odds[begin:end])
            rows.append(scores[begin:end])
    return chains.of.tolist(), rows


class _Chains:
    """Chains while they grow: nobody has two names, or is *he* and *she*."""

    def __init__(self, words: MentionWords, persons: Sequence[bool]) -> None:
        self.of = np.zeros(len(persons), dtype=np.int64)
        self._words, self._persons = words, persons
        self._genders: list[int] = words.gender.tolist()
        self._names: dict[int, list[int]] = defaultdict(list)
        self._gender: dict[int, int] = {}

    def place(self, mention: int, odds: Floats) -> None:
        """Put a mention into the likeliest chain that it can belong to, or let it begin one.

        Args:
            odds: of each of the mentions right before it, as antecedent, against having none. Those of a chain's
                mentions add up.
        """
        of_chain = np.bincount(self.of[mention - len(odds) : mention], odds)
        likely = np.flatnonzero(of_chain > _LEAST_ODDS)
        likely = likely[np.argsort(-of_chain[likely], kind="stable")] if len(likely) > 1 else likely
        chain = next((c for c in likely.tolist() if self._fits(mention, c)), mention)
        self.of[mention] = chain
        if self._words.names[mention]:
            self._names[chain].append(mention)
        if gender := self._genders[mention]:
            self._gender.setdefault(chain, gender)

    def _fits(self, mention: int, chain: int) -> bool:
        gender = self._genders[mention]
        if gender and self._gender.get(chain, gender) != gender:
            return False
        name = self._words.names[mention]
        known = self._names[chain]
        return not name or not known or any(self._are_one(mention, other) for other in known)

    def _are_one(self, mention: int, other: int) -> bool:
        """Can two names be one's? Persons: if one name has all words of the other (*Ana Li*, *Li*)."""
        w = self._words
        ours, theirs = w.names[mention], w.names[other]
        if w.acronym[mention] == w.whole[other] or w.acronym[other] == w.whole[mention]:
            return True
        if self._persons[mention] and self._persons[other]:
            return ours <= theirs or theirs <= ours
        return not ours.isdisjoint(theirs)


def _pairs(start: int, stop: int) -> tuple[Ints, Ints]:
    """Mentions from `start` to `stop` with those before them."""
    at = [np.full(min(m, MAX_BEFORE), m, dtype=np.int64) for m in range(start, stop)]
    before = [np.arange(max(0, m - MAX_BEFORE), m, dtype=np.int64) for m in range(start, stop)]
    return np.concatenate(at), np.concatenate(before)
