"""Score the names that analysis finds against a corpus of tagged names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from onrecord.analysis.encoder import Model
from onrecord.errors import UsageError
from onrecord.evaluation.analysed import analysed
from onrecord.evaluation.tagged import is_kept_apart, read_tagged

# Corpora of names do not tell states and towns (GPE) from other places, and have facilities apart.
_AS_TAGGED = {"GPE": "LOC"}
_SCORED = ("PER", "ORG", "LOC", "NORP")


def evaluate_mentions(path: Path, model: Model, *, kept_apart: bool) -> dict[str, dict[str, float]]:
    """Exact precision, recall and F1 of names, for each class and for PER, ORG and LOC (with GPE) together.

    A name is right if its span and its class are. Facilities (`FAC` in the corpus) count as LOC, as in
    DESIGN.md. Names whose class the corpus leaves open are passed over, found or not.

    Args:
        kept_apart: of the corpus only the fifth that no weight was trained on.

    Raises:
        UsageError: if the corpus cannot be read.
    """
    hits: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    documents = [d for d in read_tagged(path) if d.text and (not kept_apart or is_kept_apart(d.id))]
    if not documents:
        raise UsageError(f"{path}: there are no documents in it. Name a corpus of tagged names.")
    outputs = analysed(((d.id, d.text) for d in documents), model)
    for document, output in zip(documents, outputs, strict=True):
        right = {(n.start, n.end): "LOC" if n.label == "FAC" else n.label for n in document.names}
        for label in right.values():
            gold[label] += 1
        for mention in output.mentions:
            label = _AS_TAGGED.get(mention.type or "", mention.type or "")
            truth = right.get((mention.start, mention.end))
            if mention.form != "name" or truth == "?":
                continue
            predicted[label] += 1
            hits[label] += truth == label
    named = ("PER", "ORG", "LOC")
    figures = {"names": _figures(*(sum(c[n] for n in named) for c in (hits, predicted, gold)))}
    figures |= {n.lower(): _figures(hits[n], predicted[n], gold[n]) for n in _SCORED}
    return figures | {"documents": {"count": len(documents)}}


def _figures(hits: int, predicted: int, gold: int) -> dict[str, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {n: round(100 * v, 1) for n, v in (("precision", precision), ("recall", recall), ("f1", f1))}
