"""Which corrections were made of who is who, and of whom they speak."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from onrecord.record.asking.actors import found_names
from onrecord.record.corrections import Correction
from onrecord.record.people import load_corrections


class Made(msgspec.Struct):
    """A correction.

    Attributes:
        names: what reports call those of whom it speaks, by their ids; who is in no report is not among them.
        is_last: it can be taken back now.
    """

    correction: Correction
    names: dict[str, str]
    is_last: bool


def made_lately(
    connection: Connection, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Made], int]:
    """Corrections, the newest first, and how many there are in all.

    Args:
        limit: so many at most.
        offset: how many are left out at the beginning.
    """
    every = load_corrections(connection).made[::-1]
    shown = every[offset : None if limit is None else offset + limit]
    names = found_names(connection, shown)
    made = [
        Made(c, {id: names[id] for id in (c.actor, c.other) if id in names}, is_last=c is every[0])
        for c in shown
    ]
    return made, len(every)
