"""What a user may say about the files to be read, and what reading gives for each report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.article import Article
from onrecord.errors import UnreadableReportError

# One report read, or why it could not be.
Read = Article | UnreadableReportError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of `read` and `analyse` that concern the input.

    Attributes:
        as_is: take each text untouched, so that all offsets refer to the given string.
        jsonl: the input is JSON lines, whatever it looks like.
        columns: our field -> the column or key that holds it (`--map text=body,published=date`).
        allow_private: URLs may lead to private and loopback addresses.
    """

    as_is: bool = False
    jsonl: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
