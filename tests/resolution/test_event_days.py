"""The days of events: of their words, of a range around these, of their clause."""

from __future__ import annotations

import pytest

from onrecord.analysis.analyse import Analysis
from onrecord.article import Article, Frame
from onrecord.resolution.report import resolve_report
from tests.resolution.test_resolved_events import only, resolve, spoken, told


def days(text: str, trigger: str, date: str = "") -> tuple[str | None, str | None]:
    """First and last day of an event of a report of Friday, 7 January 2022."""
    event = told(text, trigger, date=date) if date else told(text, trigger)
    found = only(resolve(text, {}, event)).date
    if found is None:
        return None, None
    return (
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
    )


@pytest.mark.parametrize("date", ["December", "since December"])
def test_an_open_range_is_preferred_to_the_month_that_begins_it(date: str) -> None:
    assert days("The army has shelled Orvik since December.", "shelled", date) == ("2021-12-01", None)


def test_a_closed_range_is_preferred_to_an_end_of_it() -> None:
    text = "Dockers blocked the port between 3 May and 5 May 2021."
    assert days(text, "blocked", "5 May 2021") == ("2021-05-03", "2021-05-05")


@pytest.mark.parametrize(
    ("text", "trigger", "first", "last"),
    [
        ("Yesterday soldiers shot a farmer.", "shot", "2022-01-06", "2022-01-06"),
        ("Last month it had arrested 500.", "arrested", "2021-12-01", "2021-12-31"),
        ("On Monday, soldiers shot a farmer.", "shot", "2022-01-03", "2022-01-03"),
        ("Soldiers shot a farmer near Orvik on Monday.", "shot", "2022-01-03", "2022-01-03"),
        ("Soldiers shot a farmer Monday in Orvik.", "shot", "2022-01-03", "2022-01-03"),
        ("She was sentenced by a court in 2017, and Vessara took her in.", "sentenced", "2017-01-01", "2017-12-31"),
        ("Since December the army has shelled Orvik.", "shelled", "2021-12-01", None),
        ("Between 3 and 5 May 2021 dockers marched.", "marched", "2021-05-03", "2021-05-05"),
    ],
)  # fmt: skip
def test_the_only_time_of_the_clause_dates_the_event(
    text: str, trigger: str, first: str, last: str | None
) -> None:
    assert days(text, trigger) == (first, last)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Soldiers shot a farmer, and on Monday it rained.", "shot"),
        ("Soldiers shot a farmer, the mayor wrote on Monday.", "shot"),
        ("Dockers protested against the 2017 law.", "protested"),
        ("Dockers protested against Friday's vote.", "protested"),
        ("Dockers protested in January elections halls.", "protested"),
        ("On Monday dockers marched in 2017 style.", "marched in"),
        ("He must leave by Monday.", "leave"),
        ("Dockers march every Monday.", "march"),
        ("Dockers marched for two days.", "marched"),
    ],
)
def test_a_time_of_something_else_dates_nothing(text: str, trigger: str) -> None:
    assert days(text, trigger) == (None, None)


def test_a_time_behind_another_event_is_that_one_s() -> None:
    text = "Soldiers shot a farmer to avenge the killing of a guard on Monday."
    shot = told(text, "shot")
    killing = told(text, "killing", id="e2")

    found = resolve(text, {}, shot, killing).events

    assert [e.date is not None for e in found] == [False, True]


def test_when_something_was_said_is_not_when_it_happened() -> None:
    text = "Police said on Tuesday they shot a farmer."
    statement = spoken(text, "Police", "said", "they shot a farmer")
    article = Article(id="r", text=text, language="en", published="2022-01-07", frame=Frame())

    events = (told(text, "shot"), told(text, "said", id="e2"))
    found = resolve_report(article, Analysis((statement,), (), (), events)).events

    assert [e.date is not None for e in found] == [False, True]
