"""Changes: who may make them, and where they are written.

A room that changes anything takes a `Change`, which is given only to a reader with the right who sent a form of ours:

    @router.post("/actor/merge")
    def merge(change: Changing, actor: Annotated[str, Form()], ...) -> Response:
        with change.writing() as connection:
            correct.merge(connection, actor, other, **change.stamp("actor", "merge", actor, other))
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import Depends, Form, Request
from sqlalchemy import Connection
from starlette.exceptions import HTTPException

from onrecord.record.store import Record as Store
from onrecord.web.forgery import NOT_OURS, is_ours
from onrecord.web.readers import Reader, reader_of

MAY_NOT: Final = "You may read here, but not change anything."


@dataclass(frozen=True)
class Change:
    """The right to change the record, for one request.

    Attributes:
        who: the reader who makes it.
        store: the record, open for writing.
    """

    who: str
    store: Store

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection for changes: all of them are made when it is left, none if an error comes."""
        with self.store.writing() as connection:
            yield connection

    def stamp(self, *words: str) -> dict[str, str]:
        """What a correction is stamped with: the moment, the command line that would have done the same, and who makes it."""
        return {
            "time": datetime.now(UTC).isoformat(),
            "command": shlex.join(["onrecord", *words]),
            "who": self.who,
        }


def _change(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> Change:
    reader: Reader = reader_of(request)
    store: Store | None = request.app.state.store
    if store is None or not reader.may_change:
        raise HTTPException(403, MAY_NOT)
    if not is_ours(request, csrf):
        raise HTTPException(403, NOT_OURS)
    return Change(reader.name, store)


Changing = Annotated[Change, Depends(_change)]
