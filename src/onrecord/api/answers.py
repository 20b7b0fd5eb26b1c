"""Answers that are one thing and no list: a report, a story, two reports compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from onrecord.printing.comparison import verdict
from onrecord.printing.comparison_json import comparison_as_json
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.report import Found
from onrecord.record.asking.statements import Said
from onrecord.record.asking.stories import CopyOf, Member
from onrecord.resolution.stories.comparison import Comparison


class Report(Found, kw_only=True):
    """A report with what was found in it: what `onrecord show --json` prints, and who published it.

    Attributes:
        text: the clean text, to which all offsets refer: code points, the end exclusive.
        headline: the headline, else the title.
        published: ISO 8601, as exact as it is known.
        origin: where it was read from.
        story: the story that it belongs to; None for another version of a report.
        is_analysed: False for a report in another language, in which nothing was looked for.
        actors, places, times, frame, furniture, suspect_copy, row: as in `record.asking.report.Found`.
    """

    id: str
    text: str
    headline: str | None
    published: str | None
    outlet: str | None
    url: str | None
    language: str | None
    origin: str | None
    story: str | None
    is_analysed: bool
    statements: list[Said]
    events: list[Event]


class StoryTold(msgspec.Struct):
    """A story: what `onrecord story --json` prints.

    Attributes:
        articles: its reports, the one that it begins with first.
        copies: who descends from whom.
        origins: how many of its reports descend from no other.
        changes: by the id of each copy, what it changed, a line each, for people.
    """

    id: str
    articles: list[Member]
    copies: list[CopyOf]
    origins: int
    changes: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports side by side.

    Attributes:
        found: what is the same, cut, added, moved or reworded.
        story: the one to which both belong, if they do.
    """

    found: Comparison
    story: str | None

    @property
    def verdict(self) -> str:
        """What the two are to each other, in a line for people."""
        return verdict(self.found, self.story)

    def to_dict(self) -> dict[str, Any]:
        """What `onrecord compare --json` prints; spans are code points [start, end) of either text."""
        told = msgspec.json.encode(comparison_as_json(self.found, self.story))
        plain: dict[str, Any] = msgspec.json.decode(told)
        return plain
