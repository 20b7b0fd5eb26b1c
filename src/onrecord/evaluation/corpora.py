"""Labelled corpora: JSON lines with `id`, `text` and `statements` as spans (PolNeAR's form)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.measures import Attribution


class LabelledStatement(msgspec.Struct):
    """Spans of one gold statement."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]] = []
    cue: list[tuple[int, int]] = []

    def to_attribution(self) -> Attribution:
        """The same as the measures take it."""
        return Attribution(self.content, self.source, self.cue)


class LabelledArticle(msgspec.Struct):
    """One line of a corpus."""

    id: str
    text: str
    statements: list[LabelledStatement]


def read_corpus(path: Path) -> Iterator[LabelledArticle]:
    """Read a corpus, gzipped or not.

    Raises:
        UsageError: if it cannot be opened or a line does not fit.
    """
    rows = numbered_rows(
        path, LabelledArticle, what="a labelled article", needs='"id", "text" and "statements"'
    )
    return (article for _, article in rows)
