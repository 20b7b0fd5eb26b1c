"""Days of the record as conditions: ISO strings, which stand in the order of their days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, func

from onrecord.record.schema import articles


def day_of(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day of a moment, which may be no more than a day."""
    return func.substr(moment, 1, 10)


def published_day() -> ColumnElement[Any]:
    """The day on which a report, a row of `articles`, was published."""
    return day_of(articles.c.published)


def on_days(day: ColumnElement[Any], since: str | None, until: str | None) -> list[ColumnElement[bool]]:
    """Is a day one of those from `since` to `until`, both included, as far as they are given?"""
    return [*([day >= since] if since else ()), *([day <= until] if until else ())]


def published_on(
    since: str | None, until: str | None, of: FromClause = articles
) -> list[ColumnElement[bool]]:
    """Was a report published on one of the days from `since` to `until`, as `on_days`? Said so that the index of reports by day finds it.

    Args:
        of: `articles`, or another name of it.
    """
    found = [of.c.published >= since] if since else []
    if until and until < date.max.isoformat():
        # A moment stands behind its day, and before the next.
        found.append(of.c.published < (date.fromisoformat(until) + timedelta(days=1)).isoformat())
    return found
