"""What whoever opens a record of an older schema is told."""

from __future__ import annotations

from onrecord.record.store import Record
from onrecord.record.upgrade import LACKING


def upgraded_in_words(record: Record) -> str | None:
    """That the record was brought to this schema, and what it lacks; None if it was of this one already."""
    if record.upgraded_from is None:
        return None
    return (
        f"{record.location}: this record was made by an older onrecord and has been brought up to date. It has no "
        f"{LACKING[record.upgraded_from]} of its reports yet: read the reports again to fill it."
    )
