"""Score chains of mentions on a corpus with labelled chains, as the CoNLL-2012 scorer does (Pradhan et al. 2014).

Each line is an object with `id`, `genre`, `text` and `chains`: lists of spans, code points, end exclusive, that mean
the same one. The text is read bare. Mentions are the same if their spans are, character for character. Chains of one
mention are left out on both sides, as in OntoNotes. Each measure counts hits for precision and for recall; they are
summed over the documents before they are divided:

- muc: links. A chain of n mentions holds n - 1; those are hit that are left when the other side's chains cut it
  into parts (Vilain et al. 1995);
- b-cubed: mentions. The hit of each is the share of its chain that its chain on the other side holds too
  (Bagga and Baldwin 1998);
- ceaf-e: chains. Those of the two sides are paired one to one, so that their likeness, 2 |both| / (|one| + |other|),
  adds up to the most; that sum is hit (Luo 2005, φ4);
- conll: the mean of the three F1;
- mentions: those that stand in a chain of each side, whichever it is.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from onrecord.analysis.analyse import analyse_texts
from onrecord.analysis.encoder import Model
from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.assignment import best_pairs
from onrecord.evaluation.lines import numbered_rows

FindChains = Callable[[str], Sequence[Sequence[Span]]]

_MEASURES = ("muc", "b-cubed", "ceaf-e")
_KEPT_GENRES = ("news", "interview", "speech")


def find_chains_by(model: Model) -> FindChains:
    """Chains as analysis finds them with a model, from the bare text."""

    def find(text: str) -> list[list[Span]]:
        (analysis,) = analyse_texts([text], model.network, model.tokenizer, model.calibration, model.options)
        chains: dict[int, list[Span]] = defaultdict(list)
        for mention in analysis.mentions:
            chains[mention.chain].append(mention.span)
        return list(chains.values())

    return find


class LabelledChains(msgspec.Struct):
    """One line of a corpus of chains."""

    id: str
    genre: str
    text: str
    chains: list[list[tuple[int, int]]]


def is_kept_apart(id: str, genre: str) -> bool:
    """Does a document belong to the fifth of news, interviews and speeches on which no weight was trained?"""
    return genre in _KEPT_GENRES and zlib.crc32(f"coreference:{id}".encode()) % 5 == 0


def evaluate_coreference(path: Path, find: FindChains, *, kept_apart: bool) -> dict[str, dict[str, float]]:
    """Read the documents of a corpus and score the chains found in them.

    Args:
        path: the corpus.
        find: finds the chains of a text.
        kept_apart: of the corpus only what no weight was trained on (`is_kept_apart`).

    Returns:
        `conll` (F1), each measure and `mentions` (precision, recall, F1), all in per cent; where there are several
        genres, the F1 of each (`genre news` ...); and `documents`, their number.

    Raises:
        UsageError: if the corpus cannot be read, or nothing is labelled in it.
    """
    whole = ChainFigures()
    genres: dict[str, ChainFigures] = {}
    for document in read_chains(path):
        if kept_apart and not is_kept_apart(document.id, document.genre):
            continue
        gold = [[Span(*s) for s in chain] for chain in document.chains]
        predicted = find(document.text)
        for figures in (whole, genres.setdefault(document.genre, ChainFigures())):
            figures.add(gold, predicted)
    if not whole.chains:
        some = "news, interviews or speeches kept apart with chains" if kept_apart else "chains"
        raise UsageError(f"{path}: there are no {some} in it. Name a corpus of labelled chains.")
    found = whole.figures()
    if len(genres) > 1:
        found |= {f"genre {name}": part.summary() for name, part in sorted(genres.items())}
    return found | {"documents": {"count": whole.documents, "chains": whole.chains}}


@dataclass
class Hits:
    """What is hit of each side; a measure may give the same likeness other weights on the two sides."""

    of_gold: float = 0.0
    gold: int = 0
    of_predicted: float = 0.0
    predicted: int = 0

    def add(self, of_gold: float, gold: int, of_predicted: float, predicted: int) -> None:
        """Count one document."""
        self.of_gold += float(of_gold)
        self.gold += gold
        self.of_predicted += float(of_predicted)
        self.predicted += predicted

    @property
    def precision(self) -> float:
        """In per cent; 0 where nothing is predicted."""
        return 100 * self.of_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In per cent; 0 where nothing is labelled."""
        return 100 * self.of_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both, in per cent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self) -> dict[str, float]:
        """All three, to one decimal."""
        values = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: round(value, 1) for name, value in values.items()}


@dataclass
class ChainFigures:
    """Counts over a corpus."""

    documents: int = 0
    chains: int = 0
    hits: dict[str, Hits] = field(default_factory=lambda: {name: Hits() for name in (*_MEASURES, "mentions")})

    def add(self, gold: Sequence[Sequence[Span]], predicted: Sequence[Sequence[Span]]) -> None:
        """Count one document."""
        ours, theirs = separate_chains(predicted), separate_chains(gold)
        self.documents += 1
        self.chains += len(theirs)
        # Everything is told by how many mentions each chain shares with each of the other side.
        shared = np.array([[len(g & p) for p in ours] for g in theirs], dtype=np.float64)
        shared = shared.reshape(len(theirs), len(ours))
        gold_sizes = np.array([len(g) for g in theirs], dtype=np.float64)
        sizes = np.array([len(p) for p in ours], dtype=np.float64)
        mentions = int(gold_sizes.sum()), int(sizes.sum())

        links = shared.sum() - np.count_nonzero(shared)
        self.hits["muc"].add(links, mentions[0] - len(theirs), links, mentions[1] - len(ours))
        squares = shared**2
        self.hits["b-cubed"].add(
            (squares.sum(1) / gold_sizes).sum(), mentions[0], (squares.sum(0) / sizes).sum(), mentions[1]
        )
        alike = 2 * shared / (gold_sizes[:, None] + sizes)
        total = sum(alike[pair] for pair in best_pairs(alike))
        self.hits["ceaf-e"].add(total, len(theirs), total, len(ours))
        self.hits["mentions"].add(shared.sum(), mentions[0], shared.sum(), mentions[1])

    @property
    def conll(self) -> float:
        """The mean F1 of the three measures, in per cent."""
        return sum(self.hits[name].f1 for name in _MEASURES) / len(_MEASURES)

    def figures(self) -> dict[str, dict[str, float]]:
        """All figures in per cent."""
        return {"conll": {"f1": round(self.conll, 1)}} | {n: h.figures() for n, h in self.hits.items()}

    def summary(self) -> dict[str, float]:
        """The F1 of each measure in per cent, and the number of documents."""
        values = {"conll": self.conll} | {name: hits.f1 for name, hits in self.hits.items()}
        return {name: round(value, 1) for name, value in values.items()} | {"documents": self.documents}


def separate_chains(chains: Iterable[Iterable[Span]]) -> list[frozenset[Span]]:
    """Chains that share no mention, each of two mentions at least.

    Corpora name a few spans twice. A span stays in the chain that begins first in the text.
    """
    taken: set[Span] = set()
    kept = []
    for chain in sorted(sorted(set(chain)) for chain in chains):
        own = frozenset(chain) - taken
        taken |= own
        if len(own) > 1:
            kept.append(own)
    return kept


def read_chains(path: Path) -> Iterator[LabelledChains]:
    """The documents of a corpus of chains.

    Raises:
        UsageError: if the corpus cannot be read, or a span lies outside its text.
    """
    rows = numbered_rows(
        path,
        LabelledChains,
        what="a document with labelled chains",
        needs='"id", "genre", "text" and "chains"',
    )
    for number, document in rows:
        for start, end in (span for chain in document.chains for span in chain):
            if not 0 <= start < end <= len(document.text):
                raise UsageError(
                    f"{path}, line {number}: the mention {start} to {end} lies outside the text. Spans are code points into the text, end exclusive."
                )
        yield document
