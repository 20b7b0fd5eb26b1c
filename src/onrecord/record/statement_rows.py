"""A statement of a report -> the columns of its row that need nothing but the statement and the text of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from onrecord.contract import StatementOut

CONTENT_JOIN: Final = " … "


def statement_values(statement: StatementOut, text: str, appearances: Mapping[str, Any]) -> dict[str, Any]:
    """What a row of `statements` says of a statement, but for its time, and for what it lies within.

    Args:
        appearances: by the report's ids of actors (`a1`, ...), as the columns that point at them take them.
    """
    source, cue = statement.source, statement.cue
    pieces = [text[c.start : c.end] for c in statement.content]
    return {
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "source_text": text[source.start : source.end] if source else None,
        "source_actor": appearances[source.actor] if source and source.actor else None,
        # Of whoever has a name the codes are those of who it is, which a correction may change.
        "source_country": source.country if source and not source.actor else None,
        "source_sector": source.sector if source and not source.actor else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "cue_text": text[cue.start : cue.end] if cue else None,
        "content_text": CONTENT_JOIN.join(pieces),
        "quotation": statement.quotation,
        "attitude": statement.attitude,
        "negated": statement.negated,
        "kind": statement.kind,
        "addressee": appearances[statement.addressee] if statement.addressee else None,
    }
