"""Figures for statements, as the corpus's scorer defines them.

Spans are compared as sets of words, so quotation marks, blanks and points do not count. A predicted
statement is paired with the gold statement whose content it shares most (Jaccard), one to one, best
pairs first:

- content: a pair that shares at least half of its words; exact: all of them;
- attributed: a content pair whose source shares a word with the gold source and at least half of
  the shorter one (where gold has none: one with none). The headline figure;
- cue: a content pair whose cue shares a word with the gold cue, or both have none;
- direct: attributed, recall over gold statements that stand wholly in quotation marks;
- words: F1 over the words of each role, statements apart.

Nested predictions are left out, since PolNeAR labels none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Spans = Sequence[tuple[int, int]]
ROLES = ("content", "source", "cue")

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_MARKS = '“”"«»„'


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement as spans alone, gold or predicted."""

    content: Spans
    source: Spans = ()
    cue: Spans = ()


@dataclass
class StatementFigures:
    """Counts over a corpus; `add` an article at a time, then `figures`."""

    gold: int = 0
    predicted: int = 0
    hits: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("content", "exact", "attributed", "cue", "direct"), 0)
    )
    direct_gold: int = 0
    words: dict[str, list[int]] = field(default_factory=lambda: {r: [0, 0, 0] for r in ROLES})

    def add(self, text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> None:
        """Count one article."""
        starts = [m.span() for m in _WORD.finditer(text)]
        gold_words = [{r: _words_of(getattr(g, r), starts) for r in ROLES} for g in gold]
        predicted_words = [{r: _words_of(getattr(p, r), starts) for r in ROLES} for p in predicted]
        direct = [_is_direct(text, g.content) for g in gold]
        self.gold += len(gold)
        self.predicted += len(predicted)
        self.direct_gold += sum(direct)
        for role in ROLES:
            ours = frozenset().union(*(p[role] for p in predicted_words))
            theirs = frozenset().union(*(g[role] for g in gold_words))
            for i, n in enumerate((len(ours & theirs), len(ours), len(theirs))):
                self.words[role][i] += n
        for overlap, i, j in _pairs(gold_words, predicted_words):
            g, p = gold_words[i], predicted_words[j]
            right = _same_source(g["source"], p["source"])
            self.hits["content"] += 1
            self.hits["exact"] += overlap == 1.0
            self.hits["attributed"] += right
            self.hits["direct"] += right and direct[i]
            self.hits["cue"] += bool(g["cue"] & p["cue"]) or not (g["cue"] or p["cue"])

    def figures(self) -> dict[str, dict[str, float]]:
        """All figures in per cent, and the counts."""
        result: dict[str, dict[str, float]] = {
            name: f1(self.hits[name], self.predicted, self.gold)
            for name in ("attributed", "content", "exact", "cue")
        }
        result["direct"] = {"recall": round(100 * self.hits["direct"] / max(1, self.direct_gold), 1)}
        result["words"] = {role: f1(*counts)["f1"] for role, counts in self.words.items()}
        result["counts"] = {"gold": self.gold, "predicted": self.predicted}
        return result


def f1(hits: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent, to one decimal; 0 where undefined."""
    p = hits / predicted if predicted else 0.0
    r = hits / gold if gold else 0.0
    both = 200 * p * r / (p + r) if p + r else 0.0
    return {"precision": round(100 * p, 1), "recall": round(100 * r, 1), "f1": round(both, 1)}


Words = frozenset[int]


def _pairs(
    gold: list[dict[str, Words]], predicted: list[dict[str, Words]]
) -> Iterable[tuple[float, int, int]]:
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            shared = len(g["content"] & p["content"])
            if shared and (overlap := shared / len(g["content"] | p["content"])) >= 0.5:
                candidates.append((overlap, i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    for overlap, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            yield overlap, i, j


def _same_source(gold: Words, predicted: Words) -> bool:
    if not gold and not predicted:
        return True
    shared = len(gold & predicted)
    return shared > 0 and shared >= 0.5 * min(len(gold), len(predicted))


def _words_of(spans: Spans, starts: list[tuple[int, int]]) -> Words:
    return frozenset(i for a, b in spans for i, (s, e) in enumerate(starts) if s < b and e > a)


def _is_direct(text: str, content: Spans) -> bool:
    whole = [text[a:b].strip() for a, b in content]
    return bool(whole) and all(w[:1] in _MARKS and w.rstrip(".,")[-1:] in _MARKS for w in whole if w)
