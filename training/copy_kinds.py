"""Fit how copies were changed: `python -m training.copy_kinds WORDNET`, for a folder with WordNet 3's data files.

Copies are made of PolNeAR train and the newswire in two ways, by `evaluation.copies` and by `training/retelling.py`, so that
what is learnt is no habit of one of them. Writes `resolution/data/copy_kinds.json`; a fifth of the reports is kept apart, and
the log says how well it does there.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.article import Article
from onrecord.evaluation.copies import families
from onrecord.resolution.stories.alignment import align, shared_stems, told
from onrecord.resolution.stories.changed import changed
from onrecord.resolution.stories.copies import COPY_KINDS, CopyKind
from onrecord.resolution.stories.fingerprint import fingerprint
from onrecord.resolution.stories.kinds import changes, is_verbatim
from training import names
from training.corpora import polnear, split_off
from training.retelling import Synonyms, edited, retold, spun
from training.set_phrases import put_for, synonyms

Vector = npt.NDArray[np.float64]
Example = tuple[CopyKind, Vector | None]

_OUT = Path("src/onrecord/resolution/data/copy_kinds.json")
_KINDS = [k for k in COPY_KINDS if k != "verbatim"]
_KEPT_APART, _SALT = 0.2, "copies"
_LARGEST_FAMILY = 8
_PENALTY, _ROUNDS = 2.0, 4000
_SEED = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wordnet", type=Path)
    known = synonyms(parser.parse_args().wordnet)
    rng = random.Random(_SEED)
    parts = [split_off(c, _KEPT_APART, _SALT) for c in (polnear("train"), names.worldwide("train"))]
    learnt, kept = (
        list(_examples([d.text for p in parts for d in p[held] if len(d.text) > 600], rng, known))
        for held in (0, 1)
    )
    weights = _fitted([(k, v) for k, v in learnt if v is not None and k != "verbatim"])
    rounded = {k: [round(float(x), 4) for x in weights[:, n]] for n, k in enumerate(_KINDS)}
    _OUT.write_bytes(msgspec.json.encode({"weights": rounded}) + b"\n")
    for name, part in (("learnt", learnt), ("kept apart", kept)):
        found = Counter(
            (k, "verbatim" if v is None else _KINDS[int(np.argmax(v @ weights))]) for k, v in part
        )
        print(name)
        for kind in COPY_KINDS:
            right = found[kind, kind]
            both = sum(found[kind, k] + found[k, kind] for k in COPY_KINDS)
            print(f"  {kind}: F1 {2 * right / max(1, both):.3f}", {k: found[kind, k] for k in COPY_KINDS})


def _examples(texts: Sequence[str], rng: random.Random, known: dict[str, set[str]]) -> Iterator[Example]:
    words = {w.lower() for t in texts for w in t.split() if w.isalpha()}
    tables: Synonyms = {w: found for w in sorted(words) if (found := sorted(put_for(w, known)))}
    filler = sorted(w for w in words if len(w) > 3)
    for text in texts:
        for kind, copy in (
            ("edited", edited(text, rng)),
            ("rewritten", retold(text, rng, rng.uniform(0.3, 1.1), tables, filler)),
            ("spun", spun(text, rng, rng.uniform(0.1, 0.7), tables)),
            ("spun", spun(edited(text, rng), rng, rng.uniform(0.1, 0.7), tables)),
        ):
            # What editing left alone is no edited copy.
            if copy != text:
                yield kind, _changed(Article("1", text), Article("2", copy))  # type: ignore[misc]
    articles = [Article(str(n), t) for n, t in enumerate(texts)]
    for family in families(articles, _SEED, most=_LARGEST_FAMILY):
        by_id = {m.article.id: m.article for m in family.members}
        for member in family.members:
            if member.parent is not None and member.kind is not None:
                yield member.kind, _changed(by_id[member.parent], member.article)


def _changed(first: Article, second: Article) -> Vector | None:
    """What was changed, and one; none where both are verbatim."""
    one, other = told(fingerprint(first)), told(fingerprint(second))
    alignment = align(one, other, shared_stems(one, other))
    if is_verbatim(one, other, alignment):
        return None
    return np.array((*changes(one, other, alignment, changed(one, other, alignment)), 1.0))


def _fitted(examples: Sequence[tuple[CopyKind, Vector]]) -> Vector:
    """Multinomial logistic regression with a ridge, each kind alike, by accelerated descent; a column a kind."""
    rows = np.array([v for _, v in examples])
    wanted = np.array([[k == kind for kind in _KINDS] for k, _ in examples], dtype=float)
    worth = (wanted / wanted.sum(axis=0)).sum(axis=1)[:, None] * len(rows) / len(_KINDS)
    step = 2.0 / (np.linalg.eigvalsh(rows.T @ (rows * worth))[-1] + _PENALTY)
    theta = before = np.zeros((rows.shape[1], len(_KINDS)))
    for round_number in range(_ROUNDS):
        ahead = theta + round_number / (round_number + 3) * (theta - before)
        scores = np.exp(rows @ ahead - (rows @ ahead).max(axis=1, keepdims=True))
        slope = rows.T @ (worth * (wanted - scores / scores.sum(axis=1, keepdims=True))) - _PENALTY * ahead
        before, theta = theta, ahead + step * slope
    return theta


if __name__ == "__main__":
    main()
