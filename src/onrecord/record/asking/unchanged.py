"""Answers that are kept while the record does not change, so that what takes long is asked once.

SQLite tells a connection whether others have written since (`PRAGMA data_version`), PostgreSQL which transactions a question sees
(`pg_current_snapshot`). Both are told inside the transaction that asks, so that an answer is never of another state than those beside
it. On SQLite that number is a connection's own: answers are kept with the connection, and go away with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection, text

from onrecord.record.asking.as_of import asked_as

_T = TypeVar("_T")
_KEPT: Final = "onrecord_kept_answers"
# Of so many questions the answers are kept, those that were asked last.
_MOST_KEPT: Final = 128
# SQLite does not count what a connection writes itself: where one may, its own changes are asked for beside.
_STATE: Final = {
    "sqlite": "SELECT (SELECT data_version FROM pragma_data_version), "
    "CASE (SELECT query_only FROM pragma_query_only) WHEN 0 THEN total_changes() ELSE 0 END",
    "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",
}


def while_unchanged(connection: Connection, question: Hashable, ask: Callable[[], _T]) -> _T:
    """The answer to a question, which is asked if the record has changed since it was asked last through this connection.

    Args:
        connection: one for questions, in a transaction or about to begin one.
        question: what is asked, in words or values that no other question has. The same question gives the same type.
        ask: asks it. Its answer is shared: nobody may change it.
    """
    state = _state_of(connection)
    kept = cast("_Kept | None", connection.info.get(_KEPT))
    if kept is None or kept.state != state:
        kept = connection.info[_KEPT] = _Kept(state)
    # One that sees the record of another day is asked otherwise.
    return cast("_T", kept.answer((asked_as(connection), question), ask))


class _Kept:
    """Answers of one state of the record."""

    def __init__(self, state: str) -> None:
        self.state = state
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def answer(self, question: Hashable, ask: Callable[[], Any]) -> Any:
        """The answer, asked if it is not there."""
        if question not in self._answers:
            self._answers[question] = ask()
        self._answers.move_to_end(question)
        while len(self._answers) > _MOST_KEPT:
            self._answers.popitem(last=False)
        return self._answers[question]


def _state_of(connection: Connection) -> str:
    """What tells the state of the record that a transaction sees from all others."""
    row = connection.execute(text(_STATE[connection.dialect.name])).one()
    return " ".join(map(str, row))
