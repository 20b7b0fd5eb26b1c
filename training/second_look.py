"""Fit the second look at triggers: `python -m training.second_look RUN=COMMIT [RUN=COMMIT ...]`.

Each RUN is a network that was trained with the labels of COMMIT, each more than the one before. The triggers that the last of
them which has not seen a passage or a document of news finds there are judged by its labels; by these pairs of trigger and
type the trees of `onrecord.analysis.second_look` are fitted. To them come the sentences of PLV that are trained on, which have
types without triggers: the surest trigger of a labelled type is taken for right, every other type for wrong. What words tell
is counted over all training passages and news; for each text that is fitted on, without that text. What is kept apart is
neither counted nor fitted on: `training.measure_events` measures there. Writes `trigger_words.tsv.gz` and `second_look.json`
into the folder of the model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch

from onrecord.analysis.encoder import model_folder
from onrecord.analysis.network import Encoded, EventScores, encode_texts
from onrecord.analysis.pieces import Ints, Pieces, cut_pieces
from onrecord.analysis.plover import TYPES
from onrecord.analysis.second_look import FEATURES, Trees, pairs_of, placed
from onrecord.analysis.trigger_words import NO_USES, Uses, all_keys, keys_of, written
from onrecord.analysis.triggers import TriggerPieces, triggers_of
from onrecord.evaluation.events import is_kept_apart as is_sentence_kept_apart
from training import events, news_events
from training.corpora import SHARED, load_tokenizer, read_lines
from training.event_heads import load_events
from training.measure_events import Given
from training.train import load_network

PASSAGES, NEWS = 0, 1
# Less sure triggers are not fitted on.
_LEAST = 0.2
# A pair of real news counts so much: there are fewer of them, and it is what is read.
_NEWS_WEIGHT = 1.5
# The same for a pair of PLV that is taken for right, and for wrong: a sentence there may tell more than is labelled.
_TOLD_WEIGHT, _NOT_TOLD_WEIGHT = 1.0, 0.3
# Below that a trigger is not taken for the one that is meant.
_LEAST_TOLD = 0.3
TREES, DEPTH, RATE, BINS = 250, 3, 0.1, 32
# Leaves are drawn to 0 as by so many pairs of which nothing is known; each tree may ask for this share of the features.
_RIDGE, _OFFERED = 5.0, 0.5
# Of a word that never tells an event it is kept that it does not, if it stands there so often.
_OFTEN = 30


@dataclass(frozen=True)
class Labelled:
    """A training text: where it is from, its name, its events."""

    source: int
    id: str
    given: Given


def training_texts() -> Iterator[Labelled]:
    """All passages and documents of news that are trained on."""
    for passage in events.passages():
        if not events.is_kept_apart(passage.id):
            yield Labelled(PASSAGES, passage.id, Given(passage.text, passage.events))
    for item in news_events.labelled("train"):
        yield Labelled(NEWS, item.document.id, Given(item.document.text, item.events, item.unsure))


def uses_of(text: Labelled) -> dict[str, Uses]:
    """What the words of one text tell in it."""
    totals = Counter(all_keys(text.given.text))
    types: dict[str, np.ndarray] = {}
    for event in text.given.events:
        for key in keys_of(text.given.text, *event.trigger):
            types.setdefault(key, np.zeros(len(TYPES)))[TYPES.index(event.type)] += 1
    found = {}
    for key in {*totals, *types}:
        of_types = types.get(key, NO_USES.types)
        total, told = [0.0, 0.0], [0.0, 0.0]
        total[text.source], told[text.source] = float(totals[key]), float(of_types.sum())
        found[key] = Uses(of_types, (total[0], total[1]), (told[0], told[1]))
    return found


def count_words(texts: Sequence[Labelled]) -> dict[str, Uses]:
    """What words tell in all of them."""
    numbers: dict[str, np.ndarray] = {}
    for text in texts:
        for key, uses in uses_of(text).items():
            row = numbers.setdefault(key, np.zeros(len(TYPES) + 4))
            row += np.concatenate([uses.types, uses.totals, uses.events])
    n = len(TYPES)
    return {k: Uses(r[:n], (r[n], r[n + 1]), (r[n + 2], r[n + 3])) for k, r in numbers.items()}


def worth_keeping(words: dict[str, Uses]) -> dict[str, Uses]:
    """The keys that tell an event somewhere, and common words that never do."""
    return {k: u for k, u in words.items() if sum(u.events) or (sum(u.totals) >= _OFTEN and k[0] != "=")}


@dataclass(frozen=True)
class Told:
    """A sentence of PLV: its text, and the types of events that it is known to tell."""

    given: Given
    types: frozenset[str]


class RunNetwork:
    """The encoder and the event heads of a run, as `onrecord.analysis.network.Network` has them; the others' scores are 0."""

    def __init__(self, run: Path) -> None:
        self._network, self._heads = load_network(run).eval(), load_events(run)

    @torch.no_grad()
    def encode(self, ids: Ints, features: Ints) -> Encoded:
        given = torch.from_numpy(ids)[None]
        hidden = self._network.encoder(given, torch.from_numpy(features)[None], torch.ones_like(given))
        none = np.zeros((len(ids), 1), dtype=np.float32)
        return Encoded(hidden[0].numpy(), none, none, self._heads.trigger(hidden)[0].numpy(), none, none)

    @torch.no_grad()
    def events(self, hidden: np.ndarray, first: Ints, last: Ints) -> EventScores:
        states, ends = torch.from_numpy(hidden)[None], (torch.from_numpy(first), torch.from_numpy(last))
        scores = self._heads(states, torch.ones(states.shape[:2]), torch.zeros_like(ends[0]), *ends)
        names = ("roles", "types", "statuses", "modes", "contexts", "mutual")
        return EventScores(*(getattr(scores, name).numpy() for name in names))


def unseen(texts: Sequence[Labelled], commit: str) -> list[Labelled]:
    """The texts whose labels came after a commit."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout

    folder = "training/events"
    before = {Path(name).name for name in git("ls-tree", "--name-only", commit, f"{folder}/").split()}
    seen = {json.loads(row)["id"] for row in git("show", f"{commit}:{folder}/news.jsonl").splitlines()}
    for path in events.FOLDER.glob("*.txt"):
        if path.name in before:
            seen |= {events.parse(block).id for _, block in events.blocks(path)}
    return [t for t in texts if t.id not in seen and f"polnear:{t.id}" not in seen]


def unseen_by(
    texts: Sequence[Labelled], networks: Sequence[tuple[str, str]]
) -> Iterator[tuple[RunNetwork, list[Labelled]]]:
    """Each network, as its run and commit, with the texts that it has not seen and no later one has left to it."""
    left = list(texts)
    for run, commit in reversed(networks):
        new = unseen(left, commit)
        ids = {t.id for t in new}
        left = [t for t in left if t.id not in ids]
        yield RunNetwork(Path(run)), new


def triggers_in(
    texts: Sequence[Labelled], network: RunNetwork
) -> Iterator[tuple[Pieces, list[TriggerPieces]]]:
    """Pieces and triggers of each text, in the order of the text."""
    tokenizer = load_tokenizer()
    for text in texts:
        pieces = cut_pieces(text.given.text, tokenizer)
        batches = encode_texts([pieces], network)
        found = [t for b in batches for _, t in triggers_of(b, [pieces], network, least=_LEAST)]
        yield pieces, sorted(found, key=lambda t: (t.first, t.last))


def pairs(
    text: Labelled, pieces: Pieces, triggers: list[TriggerPieces], words: dict[str, Uses], prior: np.ndarray
) -> tuple[np.ndarray, list[float]]:
    """Features of each pair of trigger and type in a text, but for what is unsure, and whether it is right."""
    own = uses_of(text)
    found = placed(text.given.text, pieces, triggers)

    def look(key: str) -> Uses:
        uses = words.get(key, NO_USES)
        return uses.without(own[key]) if key in own and uses is not NO_USES else uses

    at, types, rows = pairs_of(text.given.text, pieces, found, look, prior)
    right, known = [], []
    for number, type_ in zip(at, types, strict=True):
        span = found[number].span
        meeting = [e.type for e in text.given.events if span.start < e.trigger[1] and e.trigger[0] < span.end]
        right.append(float(TYPES[type_] in meeting))
        known.append(not any(span.start < b and a < span.end for a, b in text.given.unsure))
    kept = np.array(known, dtype=bool)
    return rows[kept], [r for r, k in zip(right, known, strict=True) if k]


def told_texts() -> list[Told]:
    """The sentences of PLV that are trained on."""
    return [
        Told(Given(row["text"], ()), _types_of(row["events"]))
        for row in read_lines(SHARED / "events" / "plv-train.jsonl")
        if not is_sentence_kept_apart(row["id"])
    ]


def _types_of(told: list[dict]) -> frozenset[str]:
    types = {t for event in told for t in (event["type"], event.get("or_type")) if t}
    # CAMEO's YIELD became two types.
    return frozenset(types | {"RETREAT"} if "CONCEDE" in types else types)


def told_pairs(
    text: Told, pieces: Pieces, triggers: list[TriggerPieces], words: dict[str, Uses], prior: np.ndarray
) -> tuple[np.ndarray, list[float]]:
    """Features of the pairs of a sentence of which something is known, and whether each is right."""
    found = placed(text.given.text, pieces, triggers)
    at, types, rows = pairs_of(text.given.text, pieces, found, lambda key: words.get(key, NO_USES), prior)
    sure = [
        float(triggers[n].probability * triggers[n].types[type_]) for n, type_ in zip(at, types, strict=True)
    ]
    meant = set()
    for type_ in text.types:
        likely = [i for i, t in enumerate(types) if TYPES[t] == type_ and sure[i] > _LEAST_TOLD]
        meant |= {max(likely, key=sure.__getitem__)} if likely else set()
    kept = [i for i, t in enumerate(types) if i in meant or TYPES[t] not in text.types]
    return rows[kept], [float(i in meant) for i in kept]


def fit(rows: np.ndarray, right: np.ndarray, weights: np.ndarray, prior: np.ndarray, seed: int = 7) -> Trees:
    """Boost trees of three questions by Newton steps of the logistic loss (Friedman 2001)."""
    rng = np.random.default_rng(seed)
    edges = [np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1])) for column in rows.T]
    binned = [
        np.searchsorted(edge, column, side="left").astype(np.int64)
        for edge, column in zip(edges, rows.T, strict=True)
    ]
    start = float(np.log(np.average(right, weights=weights) / (1 - np.average(right, weights=weights))))
    score = np.full(len(right), start)
    asked, bounds, values = [], [], []
    for _ in range(TREES):
        chance = 1 / (1 + np.exp(-score))
        gradient, curvature = weights * (right - chance), weights * chance * (1 - chance)
        offered = rng.choice(len(edges), size=round(_OFFERED * len(edges)), replace=False)
        leaf = np.zeros(len(right), dtype=np.int64)
        questions = []
        for level in range(DEPTH):
            best = max(
                (_best_bound(binned[f], leaf, 1 << level, gradient, curvature), int(f)) for f in offered
            )
            (_, cut), feature = best
            questions.append((feature, float(edges[feature][cut]) if len(edges[feature]) else np.inf))
            leaf = leaf + (rows[:, feature] > questions[-1][1]) * (1 << level)
        pull = np.bincount(leaf, gradient, 1 << DEPTH)
        value = RATE * pull / (np.bincount(leaf, curvature, 1 << DEPTH) + _RIDGE)
        score = score + value[leaf]
        asked.append([f for f, _ in questions])
        bounds.append([b for _, b in questions])
        values.append(value.tolist())
    return Trees(FEATURES, prior.tolist(), start, asked, bounds, values)


def _best_bound(
    bins: np.ndarray, leaf: np.ndarray, leaves: int, gradient: np.ndarray, curvature: np.ndarray
) -> tuple[float, int]:
    """What the best bound of one feature gains in all leaves together, and its number."""
    place = leaf * BINS + bins
    pull = np.bincount(place, gradient, leaves * BINS).reshape(leaves, BINS).cumsum(axis=1)
    mass = np.bincount(place, curvature, leaves * BINS).reshape(leaves, BINS).cumsum(axis=1)
    rest, rest_mass = pull[:, -1:] - pull, mass[:, -1:] - mass
    gains = (pull**2 / (mass + _RIDGE) + rest**2 / (rest_mass + _RIDGE)).sum(axis=0)
    cut = int(gains[:-1].argmax())
    return float(gains[cut]), cut


def shortened(trees: Trees) -> Trees:
    """The trees with so many digits as make a difference."""

    def short(rows: list[list[float]]) -> list[list[float]]:
        return [[float(f"{v:.4g}") for v in row] for row in rows]

    return Trees(
        trees.features,
        short([trees.prior])[0],
        round(trees.start, 4),
        trees.asked,
        short(trees.bounds),
        short(trees.values),
    )


def main() -> None:
    """Count, fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "networks", nargs="+", metavar="RUN=COMMIT", help="a run, and whose labels it has seen"
    )
    parser.add_argument("--out", type=Path, default=model_folder())
    args = parser.parse_args()
    torch.set_num_threads(1)
    texts = list(training_texts())
    words = count_words(texts)
    prior = sum((u.types for k, u in words.items() if k[0] == "="), np.zeros(len(TYPES)))
    prior = prior / prior.sum()
    rows, right, weights = [], [], []
    fitted_on = 0
    for network, new in unseen_by(texts, [n.rpartition("=")[::2] for n in args.networks]):
        fitted_on += len(new)
        for text, (pieces, found) in zip(new, triggers_in(new, network), strict=True):
            some, are_right = pairs(text, pieces, found, words, prior)
            rows.append(some)
            right += are_right
            weights += [_NEWS_WEIGHT if text.source == NEWS else 1.0] * len(are_right)
    told, kept = told_texts(), worth_keeping(words)
    last = RunNetwork(Path(args.networks[-1].rpartition("=")[0]))
    for sentence, (pieces, found) in zip(told, triggers_in(told, last), strict=True):
        some, are_right = told_pairs(sentence, pieces, found, kept, prior)
        rows.append(some)
        right += are_right
        weights += [_TOLD_WEIGHT if r else _NOT_TOLD_WEIGHT for r in are_right]
    trees = shortened(fit(np.concatenate(rows), np.array(right), np.array(weights), prior))
    (args.out / "second_look.json").write_bytes(msgspec.json.encode(trees) + b"\n")
    lines = [written(key, uses) for key, uses in sorted(kept.items())]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (args.out / "trigger_words.tsv.gz").write_bytes(packed)
    print(
        f"{fitted_on} texts, {len(right)} pairs, {sum(right):.0f} of them right; {len(lines)} keys, {len(packed)} bytes"
    )


if __name__ == "__main__":
    main()
