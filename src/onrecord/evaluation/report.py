"""Run analysis over a labelled corpus and report the figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from onrecord.analysis.encoder import Model
from onrecord.contract import SourceOut, SpanOut
from onrecord.evaluation.analysed import analysed
from onrecord.evaluation.corpora import LabelledArticle, read_corpus
from onrecord.evaluation.measures import Attribution, StatementFigures

Figures = dict[str, dict[str, float]]


def evaluate_statements(path: Path, model: Model) -> Figures:
    """Analyse a corpus as it is and score the statements.

    Besides the scorer's figures there is `calibration`: the expected calibration error of
    `confidence` (ten bins of equal width) against being attributed right, in per cent.

    Raises:
        UsageError: if the corpus cannot be read.
    """
    figures = StatementFigures()
    bins = CalibrationBins()
    labelled: list[LabelledArticle] = []

    def texts() -> Iterator[tuple[str, str]]:
        for row in read_corpus(path):
            labelled.append(row)
            yield row.id, row.text

    for number, output in enumerate(analysed(texts(), model)):
        gold = [s.to_attribution() for s in labelled[number].statements]
        outer = [s for s in output.statements if s.within is None]
        predicted = [
            Attribution([_pair(c) for c in s.content], _pairs(s.source), _pairs(s.cue)) for s in outer
        ]
        figures.add(output.text, gold, predicted)
        for statement, attribution in zip(outer, predicted, strict=True):
            alone = StatementFigures()
            alone.add(output.text, gold, [attribution])
            bins.add(statement.confidence, alone.hits["attributed"] == 1)
    return figures.figures() | {"calibration": bins.figures()}


class CalibrationBins:
    """Expected calibration error (Guo et al. 2017), ten bins of equal width."""

    def __init__(self) -> None:
        self._bins: list[list[float]] = [[0, 0.0, 0.0] for _ in range(10)]  # count, confidence, right

    def add(self, confidence: float, right: bool) -> None:
        """Count one statement."""
        row = self._bins[min(9, int(confidence * 10))]
        row[0] += 1
        row[1] += confidence
        row[2] += right

    def figures(self) -> dict[str, float]:
        """The error in per cent."""
        total = sum(row[0] for row in self._bins)
        error = sum(abs(row[1] - row[2]) for row in self._bins) / total if total else 0.0
        return {"ece": round(100 * error, 1)}


def _pair(span: SpanOut) -> tuple[int, int]:
    return span.start, span.end


def _pairs(span: SpanOut | SourceOut | None) -> list[tuple[int, int]]:
    return [] if span is None else [(span.start, span.end)]
