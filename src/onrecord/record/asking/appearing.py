"""In which reports somebody appears, and which of these a question looks at: so many that its answer comes at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, case, func, literal_column, select, type_coerce

from onrecord.record.asking.days import published_day
from onrecord.record.asking.newest_first import newest_first, of_report
from onrecord.record.dialects import is_among
from onrecord.record.row_ids import PLACE_BITS
from onrecord.record.schema import appearances, articles

# Who appears oftener is counted in the newest reports: to count in so many takes about 90 ms.
MOST_APPEARANCES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Appearances:
    """The appearances of somebody that are looked at.

    Attributes:
        actor: the id.
        numbers: of the appearances, those in the newest reports first.
        days: the days of these reports, in the same order; None where that is not known.
        found: whom analysis took each for; None where somebody has said that it is not who it was taken for.
        all_reports: in how many reports somebody appears; more than `reports` where only the newest are looked at.
    """

    actor: str
    numbers: Sequence[int]
    days: Sequence[str | None]
    found: Sequence[str | None]
    all_reports: int

    @property
    def reports(self) -> int:
        """In how many reports these are."""
        return len(set(self.serials))

    @property
    def serials(self) -> list[int]:
        """The numbers of their reports, in the same order."""
        return [number >> PLACE_BITS for number in self.numbers]

    @property
    def since(self) -> str | None:
        """The first day of the reports that are looked at; None if that is all of them, or none has a day."""
        if self.reports == self.all_reports:
            return None
        return min((day for day in self.days if day), default=None)

    def hold(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """Does a column, which points at appearances, point at one of these?"""
        return are(column, self.numbers)

    def newest(self, many: int) -> Appearances:
        """So many of the newest, and the others in the last one's report."""
        last = self.numbers[many - 1 : many]
        while many < len(self.numbers) and self.numbers[many] >> PLACE_BITS == last[0] >> PLACE_BITS:
            many += 1
        return replace(self, numbers=self.numbers[:many], days=self.days[:many], found=self.found[:many])


def are(column: ColumnElement[str], numbers: Iterable[int]) -> ColumnElement[bool]:
    """Is the row at which a column points one of those that have some numbers?"""
    return is_among(type_coerce(column, BigInteger), numbers)


def appearances_of(connection: Connection, actor: str, *, most: int = MOST_APPEARANCES) -> Appearances:
    """The appearances of an actor; if they are more than `most`, those in the newest reports.

    Args:
        actor: an id.
    """
    number = type_coerce(appearances.c.id, BigInteger)
    theirs = appearances.c.actor == actor
    counted = select(func.count(), func.count(report_of(appearances.c.id).distinct()))
    every, reports = connection.execute(counted.where(theirs)).one()
    report_of_it = of_report(appearances.c.article, reports_first=every > most)
    query = select(number, published_day(), case((appearances.c.parted, None), else_=appearances.c.found))
    chosen = newest_first(query.join(articles, report_of_it).where(theirs), appearances.c.number).limit(most)
    numbers, days, found = list(zip(*connection.execute(chosen), strict=True)) or ((), (), ())
    return Appearances(actor, numbers, days, found, reports)


def report_of(column: ColumnElement[str]) -> ColumnElement[int]:
    """The number of the report in which a row stands, which is in that of the row: to count reports, an index of rows is enough."""
    return type_coerce(column, BigInteger).op(">>")(literal_column(str(PLACE_BITS)))
