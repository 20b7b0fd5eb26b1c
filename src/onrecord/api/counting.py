"""Questions that count an answer: along time, who on whom, on the map, day by day.

    from onrecord.api.counting import Question

    record.over_time(Question(by="Teranu"), once=True).bars

Each counts the newest 20,000 rows at most, and its `counted` says whether these are all.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from onrecord.record.asking import by_day as days
from onrecord.record.asking import over_time as along_time
from onrecord.record.asking import where as places
from onrecord.record.asking import who_on_whom as pairs
from onrecord.record.asking.events import EventQuestion
from onrecord.record.asking.statements import Question

__all__ = ["Counting", "EventQuestion", "Question"]


class Counting:
    """The questions of a record that count. All raise `UsageError` for a question that cannot be meant as it is put.

    `once` counts copies once: of the reports of a story the one alone that has most of the statements. Events are one ever.
    """

    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection for a question."""
        raise NotImplementedError

    def over_time(self, question: Question | EventQuestion, *, once: bool = False) -> along_time.OverTime:
        """How many statements of each kind, or events of each type, fall in each day, week, month, quarter or year: the shortest that
        a page has room for."""
        with self._reading() as connection:
            return along_time.over_time(connection, question, once=once)

    def who_on_whom(
        self, question: Question | EventQuestion, *, once: bool = False, side: pairs.Side = "actors"
    ) -> pairs.Matrix:
        """Who speaks of whom, or does something to whom: the twenty commonest of either side, and how often.

        Args:
            side: *actors*, or of events *countries*: then those count too whom words tell without a name (*Kazakh police*).
        """
        with self._reading() as connection:
            return pairs.who_on_whom(connection, question, once=once, side=side)

    def network(
        self, question: Question | EventQuestion, *, once: bool = False, side: pairs.Side = "actors"
    ) -> pairs.Network:
        """The same as a network: the forty who are named most, and the commonest pairs among them."""
        with self._reading() as connection:
            return pairs.network(connection, question, once=once, side=side)

    def where(self, question: EventQuestion) -> places.OnMap:
        """Where events happened: places, those of most events first."""
        with self._reading() as connection:
            return places.where_events(connection, question)

    def by_day(
        self,
        question: Question | EventQuestion,
        *,
        once: bool = False,
        first: days.Direction = "newest",
        limit: int = 50,
        offset: int = 0,
    ) -> days.ByDay:
        """Statements or events in the order of their days, the newest or the oldest first."""
        with self._reading() as connection:
            return days.by_day(connection, question, once=once, first=first, limit=limit, offset=offset)
