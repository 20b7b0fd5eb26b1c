"""A story as one flat row: its reports, and from which each was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.record.asking.stories import CopyOf, StoryThere
from onrecord.record.export.flat import Column, of


def _steps(story: StoryThere) -> list[CopyOf | None]:
    """The descent of each report, in the order of the reports."""
    by = {copy.article: copy for copy in story.copies}
    return [by.get(article) for article in story.articles]


COLUMNS: Final[Sequence[Column[StoryThere]]] = (
    Column("id", "text", of("id")),
    Column("reports", "integer", lambda s: len(s.articles)),
    Column("origins", "integer", of("origins")),
    # Lists of one length; empty where a report descends from no other.
    Column("articles", "list", of("articles")),
    Column("copy_of", "list", lambda s: [c.of if c else "" for c in _steps(s)]),
    Column("copied", "list", lambda s: [c.kind if c else "" for c in _steps(s)]),
    Column("scores", "list", lambda s: [f"{c.score:.3f}" if c else "" for c in _steps(s)]),
    Column("directed", "list", lambda s: [str(c.directed).lower() if c else "" for c in _steps(s)]),
)
