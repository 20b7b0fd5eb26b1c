"""Labelled corpora: JSON lines with `id`, `text` and `statements` as spans (PolNeAR's form)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from onrecord.errors import UsageError
from onrecord.evaluation.lines import numbered_lines
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
    decoder = msgspec.json.Decoder(LabelledArticle)
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(
                f'{path}, line {number}: not a labelled article ({error}). Each line needs "id", "text" and "statements".'
            ) from error
