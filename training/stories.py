"""Fit what tells copies from reports of one event: `python -m training.stories WORDNET`.

Copies are made by rule (`training/retelling.py`) of PolNeAR train and the newswire, whole reports and single paragraphs;
no copies are the likest other reports and paragraphs of the same corpora, those that share runs of words left out, since
they may be copies, and other paragraphs of the same report. Writes `resolution/data/copy_likeness.json`. A fifth of the reports is kept apart, on which the log says how well it does.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.article import Article, Frame
from onrecord.resolution.stories.alignment import align, shared_stems, told
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.likeness import FEATURES, expanded, features, length_of
from training import names
from training.corpora import polnear, split_off
from training.retelling import Synonyms, edited, retold, sentences_of, spun, told_by_two, told_independently
from training.set_phrases import put_for, synonyms

Vector = npt.NDArray[np.float64]

_DATA = Path("src/onrecord/resolution/data")
_KEPT_APART, _SALT = 0.2, "copies"
# Two reports that share more of their runs of three words may be copies of one, and are left out of the others.
_MOST_RUNS = 0.2
_LIKEST = 8
_BLOCK = 256
# Ridge: a weight must pay for itself.
_PENALTY = 3.0
_ROUNDS = 30
# More of anything that two reports share never speaks against copies, but for these.
_AGAINST = ("share of numbers missing",)
_EITHER = ("ratio of lengths, log", "words of the shorter, log", "bits of names and numbers of both, log")
_PASSAGE = (28, 90)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path)
    wordnet = parser.parse_args().wordnet
    rng = random.Random(6)
    known = synonyms(wordnet)
    corpora = [polnear("train"), names.worldwide("train")]
    parts = [[split_off(c, _KEPT_APART, _SALT)[held] for c in corpora] for held in (0, 1)]
    texts = [[d.text for c in part for d in c if len(d.text) > 600] for part in parts]
    filler = _filler(texts[0])
    tables: Synonyms = defaultdict(list)
    for word in {w.lower() for t in texts[0] + texts[1] for w in re.findall(r"[^\W\d_]{3,}", t)}:
        if found := sorted(put_for(word, known)):
            tables[word] = found
    sets = [_examples(t, rng, tables, filler) for t in texts]
    _fit_likeness(*sets)


def printed(text: str, number: int) -> Fingerprint:
    """The fingerprint of a text; its first line is its headline."""
    return fingerprint(Article(str(number), text, Frame(headline=None)))


def _filler(texts: Sequence[str]) -> list[str]:
    counts = Counter(w for t in texts for w in re.findall(r"\b[a-z]{4,}\b", t))
    return [w for w, n in counts.most_common(6000) for _ in range(1 + int(n**0.5) // 8)]


def _passages(text: str, rng: random.Random, count: int) -> list[str]:
    sentences = sentences_of(text)
    found = []
    for number in range(count):
        # First paragraphs of reports of one event are the likest.
        at = min(1, len(sentences) - 1) if number == 0 else rng.randrange(len(sentences))
        length, taken = rng.randint(*_PASSAGE), []
        while at < len(sentences) and sum(len(s.split()) for s in taken) < length:
            taken.append(sentences[at])
            at += 1
        if 18 <= sum(len(s.split()) for s in taken) <= 130:
            found.append(" ".join(taken))
    return found


def _short_report(text: str, rng: random.Random) -> str:
    sentences = sentences_of(text)
    length = rng.randint(6, 16)
    at = rng.randrange(max(1, len(sentences) - length))
    return "\n\n".join(sentences[at : at + length])


def _examples(
    texts: Sequence[str], rng: random.Random, tables: Synonyms, filler: list[str]
) -> list[tuple[Vector, int, bool]]:
    """Features, 1 for copies, and whether they are of paragraphs."""
    found: list[tuple[Vector, int, bool]] = []
    passages = [(n, p) for n, t in enumerate(texts) for p in _passages(t, rng, 2)]
    # Short reports, of which both corpora have few.
    short = [(n, p) for n, t in enumerate(texts) if (p := _short_report(t, rng))]
    for number, part in ((0, [*((n, t) for n, t in enumerate(texts)), *short]), (1, passages)):
        prints = [printed(t, n) for n, (_, t) in enumerate(part)]
        for n, (_, text) in enumerate(part):
            for _ in range(2):
                copy = _copy(text, rng, tables, filler, bool(number), texts)
                found.append((_of(prints[n], printed(copy, -1)), 1, bool(number)))
            # No copy: the same event in the sentences of another report of like length.
            for _ in range(3):
                other = part[rng.randrange(len(part))][1]
                told_anew = told_independently(text, other, rng)
                found.append((_of(prints[n], printed(told_anew, -1)), 0, bool(number)))
        # No copies: two reports of what one tells, by two who heard the same and wrote it down for themselves.
        whole = [t for _, t in part] if not number else [" ".join(sentences_of(t)[:6]) for t in texts]
        for text in whole:
            for one, other in told_by_two(text, rng, tables, filler):
                found.append((_of(printed(one, -1), printed(other, -2)), 0, bool(number)))
        owners = [owner for owner, _ in part]
        for a, b in _likest(prints, owners, rng):
            found.append((_of(prints[a], prints[b]), 0, bool(number)))
    return found


def _copy(
    text: str, rng: random.Random, tables: Synonyms, filler: list[str], is_passage: bool, texts: Sequence[str]
) -> str:
    how = rng.random()
    if is_passage or how < 0.4:
        return retold(text, rng, rng.uniform(0.3, 1.2), tables, filler)
    if how < 0.6:
        return spun(text, rng, rng.uniform(0.1, 0.7), tables)
    if how < 0.8:
        return edited(text, rng)
    sentences = sentences_of(text)
    at = rng.randrange(max(1, len(sentences) // 2))
    part = sentences[at : at + rng.randint(4, max(5, len(sentences) // 2))]
    joined = "\n\n".join(part)
    other = sentences_of(rng.choice(texts))
    return joined + "\n\n" + "\n\n".join(other[: rng.randint(1, max(1, len(part)))])


def _likest(
    prints: Sequence[Fingerprint], owners: Sequence[int], rng: random.Random
) -> Iterator[tuple[int, int]]:
    """For each print the likest others that are no copies of it, and two others of the same report."""
    ready = [told(p) for p in prints]
    stems = np.unique(np.concatenate([t.stems for t in ready]))
    matrix = np.zeros((len(prints), len(stems)), dtype=np.float32)
    for n, t in enumerate(ready):
        matrix[n, np.searchsorted(stems, t.stems)] = np.sqrt(t.stem_bits)
    totals = np.array([t.stem_bits.sum() for t in ready])
    by_owner = defaultdict(list)
    for n, owner in enumerate(owners):
        by_owner[owner].append(n)
    for n in range(len(prints)):
        if n % _BLOCK == 0:
            block = matrix[n : n + _BLOCK] @ matrix.T
        shared = block[n % _BLOCK] / np.minimum(totals, totals[n])
        shared[n] = 0
        likest = np.argsort(-shared)[: 3 * _LIKEST].tolist()
        others = [*rng.sample(likest, _LIKEST), *rng.sample(range(len(prints)), 2), *by_owner[owners[n]]]
        for other in set(others):
            if other == n or (owners[other] != owners[n] and other < n and rng.random() < 0.5):
                continue
            runs = np.isin(ready[n].runs, ready[other].runs).sum()
            if runs <= _MOST_RUNS * max(1, min(len(ready[n].runs), len(ready[other].runs))):
                yield n, other


def _of(a: Fingerprint, b: Fingerprint) -> Vector:
    one, other = told(a), told(b)
    shared = shared_stems(one, other)
    return features(one, other, shared, align(one, other, shared))


def _fit_likeness(learnt: list[tuple[Vector, int, bool]], kept: list[tuple[Vector, int, bool]]) -> None:
    values = np.array([v for v, _, _ in learnt])
    means, spreads = values.mean(axis=0), values.std(axis=0) + 1e-6
    rows = np.array([expanded((v - means) / spreads, length_of(v)) for v in values])
    wanted = np.array([y for _, y, _ in learnt], dtype=float)
    # What is no copy is far more common in the world than here; each kind of example counts alike.
    weights = np.ones(len(wanted))
    for is_passage in (False, True):
        for y in (0, 1):
            of = np.array([p == is_passage and label == y for _, label, p in learnt])
            weights[of] = len(wanted) / 4 / max(1, of.sum()) * (8.0 if y == 0 else 1.0)
    once = [-1.0 if f in _AGAINST else 0.0 if f in _EITHER else 1.0 for f in FEATURES]
    theta = _logistic(rows, wanted, weights, np.array([*once, *once, 0.0, 0.0]))
    model = {"means": means.tolist(), "spreads": spreads.tolist(), "weights": theta.tolist()}
    rounded = {k: [round(x, 5) for x in v] for k, v in model.items()}
    (_DATA / "copy_likeness.json").write_bytes(msgspec.json.encode(rounded) + b"\n")
    for name, part in (("learnt", learnt), ("kept apart", kept)):
        for is_passage in (False, True):
            chances = [
                (float(expanded((v - means) / spreads, length_of(v)) @ theta), y)
                for v, y, p in part
                if p == is_passage
            ]
            none = np.sort([c for c, y in chances if not y])[::-1]
            limit = none[len(none) // 1000]
            good = np.array([c for c, y in chances if y])
            print(
                name, "paragraphs" if is_passage else "reports", f"{len(good)} copies, {len(none)} others:",
                f"found at 1 in 1,000 {np.mean(good > limit):.3f} (limit {limit:.2f}),",
                f"at one half {np.mean(good > 0):.3f}, falsely {np.mean(none > 0):.5f}",
            )  # fmt: skip
    for name, weight, long in sorted(
        zip(FEATURES, theta, theta[len(FEATURES) :], strict=False), key=lambda x: -abs(x[1])
    ):
        print(f"  {weight:+.2f} {long:+.2f} {name}")


def _logistic(rows: Vector, wanted: Vector, weights: Vector, signs: Vector | None = None) -> Vector:
    """Logistic regression by Newton's method, with a ridge on all but the constant; where a sign is given, a weight has it
    or is none."""
    theta = np.zeros(rows.shape[1])
    signs = np.zeros_like(theta) if signs is None else signs
    ridge = np.full(rows.shape[1], _PENALTY)
    ridge[-1] = 1e-6
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ theta, -30, 30)))
        slope = rows.T @ (weights * (wanted - chances)) - ridge * theta
        curve = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        goal = slope + curve @ theta
        new = theta.copy()
        for _ in range(300):
            for n in range(len(new)):
                value = (goal[n] - curve[n] @ new + curve[n, n] * new[n]) / curve[n, n]
                new[n] = 0.0 if value * signs[n] < 0 else value
        step = new - theta
        theta = new
        if np.abs(step).max() < 1e-4:
            break
    return theta


if __name__ == "__main__":
    main()
