"""What can be wrong with a record, in words, and how it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

# As many examples of a fault are named.
_MOST_NAMED = 3
# Of quoted words so many characters are shown.
_SHOWN = 60

_RENEW = "Find it anew in the text of the report: onrecord refresh --article ID"
_MEND = "Make it anew from the other rows: onrecord check --mend"
_RESTORE = "Restore the record from a copy, or read its reports into a new record."


class _Kind(msgspec.Struct, frozen=True):
    """A kind of fault: what is wrong, and the mend."""

    words: str
    mend: str


KINDS: Final = {
    "file": _Kind("the file of the database is damaged", _RESTORE),
    "tables": _Kind("tables or columns are missing", _RESTORE),
    "made": _Kind("indexes, triggers, views or full text are missing, or not those of this schema", _MEND),
    "pointers": _Kind("rows point at rows that are not there", _RESTORE),
    "text": _Kind("the id is not the one that the text gives", _RESTORE),
    "unreadable": _Kind("could not be looked at, since rows on which it rests are damaged", _RESTORE),
    "versions": _Kind("versions of a report are not linked as they must be", _RESTORE),
    "evidence": _Kind("the quoted words do not stand at the place that is named for them", _RENEW),
    "spans": _Kind("places lie outside the text of the report, or are named by half", _RENEW),
    "ids": _Kind("ids are not those that the content gives", _RENEW),
    "numbers": _Kind("rows are not numbered from 1 on without a gap", _RENEW),
    "reports": _Kind("rows of one report point into another", _RENEW),
    "whole": _Kind("what is told in two places is not the same", _RENEW),
    "words": _Kind("a column holds a word that it cannot hold", _RENEW),
    "bounds": _Kind("numbers or days are out of bounds", _RENEW),
    "json": _Kind("JSON cannot be read", _RENEW),
    "pairs": _Kind("copied passages do not sum up to what is told of the two reports", _RENEW),
    "keys": _Kind("what the keys of a report count together is not what stands beside them", _RENEW),
    "corrections": _Kind("corrections are not those that were made", _RESTORE),
    "amendments": _Kind("amendments are not those that were made", _RESTORE),
    "amended": _Kind("statements and events are not what was found and amended", _MEND),
    "full text": _Kind("full text is out of step with what it is of", _MEND),
    "actors": _Kind("what is said of actors is not what appearances and corrections sum up to", _MEND),
    "stories": _Kind("stories are not those that the copied passages give", _MEND),
    "events": _Kind("tellings do not point at the event that they tell", _MEND),
}


class Fault(msgspec.Struct):
    """All faults of one kind in one table.

    Attributes:
        kind: one of `KINDS`.
        table: where they are; a column behind a point.
        words: what is wrong.
        count: how many rows.
        examples: the first of them, with what is wrong there.
        mend: what to do about it.
    """

    kind: str
    table: str
    words: str
    count: int
    examples: list[str]
    mend: str


class Faults:
    """Collects faults; the first of each kind are named."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Fault] = {}

    def add(self, kind: str, table: str, example: str, *, count: int = 1) -> None:
        """Note a fault.

        Args:
            kind: one of `KINDS`.
            table: the table, or the table, a point and the column.
            example: which row, and what is wrong with it.
            count: how many rows it stands for.
        """
        # SQLAlchemy's names of tables are strings of its own.
        told, table = KINDS[kind], str(table)
        fault = self._found.setdefault((kind, table), Fault(kind, table, told.words, 0, [], told.mend))
        fault.count += count
        if len(fault.examples) < _MOST_NAMED and example:
            fault.examples.append(example)

    def all(self) -> list[Fault]:
        """All that were noted, in the order of `KINDS`, then of tables."""
        order = list(KINDS)
        return sorted(self._found.values(), key=lambda f: (order.index(f.kind), f.table))


# What is being done, how much of it is done, and how much there is.
Watch = Callable[[str, int, int], None]


def shown(words: object) -> str:
    """Words as an example shows them: quoted, and cut where they are long."""
    told = str(words)
    return f"“{told[:_SHOWN]}…”" if len(told) > _SHOWN else f"“{told}”"
