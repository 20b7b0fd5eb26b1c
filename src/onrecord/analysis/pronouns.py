"""*He* and *she* -> the person that each means: a small network weighs the persons of the text for each of them.

The coreference head alone was taught by little, and grammar tells much that it has not learned
(`pronoun_features.py`). The persons are chains of names and descriptions, whole before the first pronoun is looked at,
so that a name may stand behind its pronoun, and so that it counts whom the text is about.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from onrecord.analysis.decoding import Floats
from onrecord.analysis.mention_features import MentionWords
from onrecord.analysis.pieces import Pieces
from onrecord.analysis.pronoun_features import Lexicon, Weighed, weigh
from onrecord.article import Span

_FILE = "pronouns.json"
# So much more speaks for the person whom the coreference head has chosen: most of what the weights were fitted to are lives
# told by an encyclopaedia, where who is written about is meant oftener than in reports.
_TRUST = 0.95
# A pronoun without a person goes with the one before it that has none either, so many sentences back at most.
_SENTENCES_BACK = 3
# Rows that are multiplied at once: more of them, and the library starts threads, which costs more than it saves.
_ROWS = 64
# Pieces of the vocabulary.
_VOCABULARY = 30522


@dataclass(frozen=True, slots=True)
class PronounModel:
    """One hidden layer over what speaks for a person, a product of what the mention head knows of both, and what speaks
    for nobody.

    Attributes:
        straight: (PAIR_FEATURES,) weights without the hidden layer.
        inner, inner_context, inner_bias: to the hidden layer from a pair and its context; outer: from it.
        nobody, nobody_bias: from the context, the score of no person of the text.
        query, query_bias, key, key_bias: the two sides of the product; alone: what the head tells of the person alone.
    """

    straight: Floats
    inner: Floats
    inner_context: Floats
    inner_bias: Floats
    outer: Floats
    nobody: Floats
    nobody_bias: Floats
    query: Floats
    query_bias: Floats
    key: Floats
    key_bias: Floats
    alone: Floats

    def scores(self, weighed: Weighed, vectors: Floats) -> tuple[Floats, Floats]:
        """Scores of pairs (pairs,), and of nobody (pronouns,).

        Args:
            vectors: (mentions, size), as `Network.describe` gives them; those of another network than the weights were
                fitted to, by their size, are left out.
        """
        inner = np.concatenate(
            [weighed.features[n : n + _ROWS] @ self.inner for n in range(0, len(weighed.features), _ROWS)]
            or [np.empty((0, len(self.outer)), dtype=np.float32)]
        )
        inner += (weighed.context @ self.inner_context + self.inner_bias)[weighed.owner]
        score: Floats = weighed.features @ self.straight + np.maximum(inner, 0) @ self.outer
        if vectors.shape[1] == len(self.query):
            query = vectors[weighed.pronouns] @ self.query + self.query_bias
            mentions, near = np.unique(weighed.nearest, return_inverse=True)
            key = vectors[mentions] @ self.key + self.key_bias
            score += np.einsum("pd,pd->p", query[weighed.owner], key[near])
            score += (vectors[mentions] @ self.alone)[near]
        nobody: Floats = weighed.context @ self.nobody + self.nobody_bias
        return score, nobody


def resolve_pronouns(
    text: str,
    pieces: Pieces,
    spans: Sequence[Span],
    words: MentionWords,
    classes: Floats,
    vectors: Floats,
    chains: Sequence[int],
    scores: Sequence[Floats],
) -> list[int]:
    """The chain of each mention, with every *he* and *she* in that of the person it means.

    Args:
        spans: the mentions, in the order of the text.
        classes, vectors: of each mention, as `Network.describe` gives them.
        chains: of each mention, as the coreference head has them.
        scores: of each mention, those of the mentions right before it as its antecedents.

    Returns:
        The number of the first mention of each chain.
    """
    weighed = weigh(text, pieces, spans, words, classes, chains, scores, lexicon())
    if weighed is None:
        return list(chains)
    pairs, nobody = model().scores(weighed, vectors)
    heads = np.array(chains)[weighed.pronouns]
    chosen = choose(weighed, pairs + _TRUST * (weighed.person == heads[weighed.owner]), nobody)
    # Chains get numbers of their own first: one that began with a pronoun may lose it.
    own = list(chains)
    alone: dict[int, int] = {}
    count = len(chains)
    sentence, pronoun = words.sentence.tolist(), words.pronoun.tolist()
    for mention, chain in zip(weighed.pronouns.tolist(), chosen, strict=True):
        if chain >= 0:
            own[mention] = chain
            continue
        last = alone.get(pronoun[mention])
        joins = last is not None and sentence[mention] - sentence[last] <= _SENTENCES_BACK
        own[mention] = own[last] if joins and last is not None else count + mention
        alone[pronoun[mention]] = mention
    first: dict[int, int] = {}
    return [first.setdefault(chain, mention) for mention, chain in enumerate(own)]


def choose(weighed: Weighed, scores: Floats, nobody: Floats) -> list[int]:
    """The likeliest chain for each pronoun; -1 where nobody is likelier."""
    chosen = [-1] * len(nobody)
    best = nobody.tolist()
    rows = zip(weighed.owner.tolist(), weighed.person.tolist(), scores.tolist(), strict=True)
    for owner, person, score in rows:
        if score > best[owner]:
            best[owner], chosen[owner] = score, person
    return chosen


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """What is known of the pieces of the vocabulary that ships."""
    return to_lexicon(_read()["words"])


@lru_cache(maxsize=1)
def model() -> PronounModel:
    """The weights that ship; `python -m training.pronoun_choice` makes them."""
    return to_model(_read()["weights"])


def to_lexicon(words: dict[str, list[list[int]]]) -> Lexicon:
    """`kind` and `gender` list the ids of each number, from 1; `finite` has one list of ids."""
    kind, gender = np.zeros(_VOCABULARY, dtype=np.int8), np.zeros(_VOCABULARY, dtype=np.int8)
    finite = np.zeros(_VOCABULARY, dtype=bool)
    for table, name in ((kind, "kind"), (gender, "gender")):
        for number, ids in enumerate(words[name], 1):
            table[ids] = number
    finite[words["finite"][0]] = True
    return Lexicon(kind, finite, gender)


def to_model(weights: dict[str, list[float] | list[list[float]]]) -> PronounModel:
    """Lists of numbers -> the model."""
    return PronounModel(**{name: np.array(value, dtype=np.float32) for name, value in weights.items()})


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    packed = (resources.files("onrecord.analysis") / "data" / _FILE).read_bytes()
    found: dict[str, Any] = json.loads(packed)
    return found
