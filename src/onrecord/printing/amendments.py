"""Amendments in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.printing.lines import count

if TYPE_CHECKING:
    from onrecord.record.amend import Imported


def imported_in_words(done: Imported) -> str:
    """*2 amendments added, 1 here already, 1 of what is not found here*."""
    told = f"{count(done.added, 'amendment')} added, {done.known} here already"
    return f"{told}, {done.idle} of what is not found here" if done.idle else told
