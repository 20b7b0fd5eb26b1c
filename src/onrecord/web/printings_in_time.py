"""When each report of a story appeared, as a picture: a line an outlet, a mark a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from onrecord.record.asking.stories import Member

# Of more outlets than these the others share a line.
_MOST_LINES: Final = 30
# Marks stand between these per cents of the width, so that none is cut off.
_LEFT, _RIGHT = 1.5, 98.5
_LINE_HEIGHT: Final = 34
# Labels are a day where more than this lies between the first and the last.
_SHORT: Final = timedelta(days=2)


class Mark(NamedTuple):
    """A report: how far from the left, in per cent; `is_copy`: it descends from another."""

    x: float
    is_copy: bool


class Line(NamedTuple):
    """An outlet with its reports; `y` is where its marks stand, from above, and `label_y` where its name does."""

    outlet: str
    marks: list[Mark]
    y: int
    label_y: int


class Tick(NamedTuple):
    """A moment of the axis in words, how far from the left it is, and how the words stand to that."""

    x: float
    words: str
    anchor: str


class InTime(NamedTuple):
    """The picture.

    Attributes:
        undated: how many reports tell no day, and are not in it.
    """

    lines: list[Line]
    ticks: list[Tick]
    height: int
    undated: int


def in_time(members: Sequence[Member]) -> InTime | None:
    """When the reports of a story appeared; None where no two of them tell it."""
    dated = [(moment, m) for m in members if (moment := _moment(m.published)) is not None]
    if len(dated) < 2:
        return None
    dated.sort(key=lambda told: (told[0], told[1].id))
    first, last = dated[0][0], dated[-1][0]
    has_clock = any(len(m.published or "") > len("2024-03-05") for _, m in dated)
    lasts = last - first
    by_outlet: dict[str, list[Mark]] = {}
    for moment, member in dated:
        outlet = member.outlet or "outlet not told"
        if outlet not in by_outlet and len(by_outlet) >= _MOST_LINES:
            outlet = "other outlets"
        share = (moment - first) / lasts if lasts else 0.5
        x = round(_LEFT + share * (_RIGHT - _LEFT), 2)
        by_outlet.setdefault(outlet, []).append(Mark(x, member.copy is not None))
    lines = [
        Line(outlet, marks, number * _LINE_HEIGHT + 26, number * _LINE_HEIGHT + 14)
        for number, (outlet, marks) in enumerate(by_outlet.items())
    ]
    return InTime(
        lines,
        _ticks(first, last, by_clock=has_clock and last - first < _SHORT),
        len(lines) * _LINE_HEIGHT + 26,
        len(members) - len(dated),
    )


def _ticks(first: datetime, last: datetime, *, by_clock: bool) -> list[Tick]:
    pattern = "%Y-%m-%d %H:%M" if by_clock else "%Y-%m-%d"
    if first == last:
        return [Tick(50.0, first.strftime(pattern), "middle")]
    middle = first + (last - first) / 2
    told = [(_LEFT, first, "start"), (50.0, middle, "middle"), (_RIGHT, last, "end")]
    if not by_clock and len({moment.date() for _, moment, _ in told}) < len(told):
        # A day in the middle would be that of an end.
        told.pop(1)
    return [Tick(x, moment.strftime(pattern), anchor) for x, moment, anchor in told]


def _moment(published: str | None) -> datetime | None:
    """When a report was published, in UTC; one of which the day alone is known stands at its beginning.

    >>> _moment("2024-06-16T23:52:10+02:00"), _moment("2024-06")
    (datetime.datetime(2024, 6, 16, 21, 52, 10, tzinfo=datetime.timezone.utc), None)
    """
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
