"""A statement's day is told by the clause of its cue, and by nothing that was said."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.analysis.statements import Statement
from onrecord.analysis.times import find_times
from onrecord.article import Span
from onrecord.resolution.dates import resolve_times
from onrecord.resolution.saying import time_statements

PUBLISHED = date(2022, 1, 12)


def day_of(marked: str, published: date | None = PUBLISHED) -> str | None:
    """`{cue}` and `<content>` mark the only statement."""
    text, marks = "", {}
    for c in marked:
        if c in "{}<>":
            marks[c] = len(text)
        else:
            text += c
    statement = Statement(
        "s1", None, Span(marks["{"], marks["}"]), (Span(marks["<"], marks[">"]),), "indirect", "speech", False, "assertion", 0.9
    )  # fmt: skip
    times = resolve_times(find_times(text), published)
    found = time_statements(text, [statement], times, published)
    if "s1" not in found:
        return None
    first, last = found["s1"].first, found["s1"].last
    return f"{first}" if first == last else f"{first}/{last}"


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        ("The minister {said} on Thursday <that the port was shut>.", "2022-01-06"),
        ("The minister {told} reporters in Vessara on Friday <that the port would open next week>.", "2022-01-07"),
        ("On Monday, the minister {said} <the port was shut>.", "2022-01-10"),
        ("<“The port is shut,”> he {said} Friday.", "2022-01-07"),
        ("<“The port is shut since May,”> he {said} in a 2019 interview.", "2019-01-01/2019-12-31"),
        ("<The port is shut>, a report {found} last week.", "2022-01-03/2022-01-09"),
        ("He {said} <the port was shut on Thursday>.", None),
        ("He {said} <the port was shut>. On Thursday it rained.", None),
        ("On Thursday it rained. He {said} <the port was shut>.", None),
        ("He {said} the man, who fled on Thursday, <was guilty>.", None),
        ("He {said} <the port was shut>, as ships left on Thursday.", None),
        ("He will {say} on Friday <that the port is shut>.", None),
        ("He {said}, on Jan. 21, 2023, <that the port is shut>.", None),
        ("He {said} last Friday, not on Thursday, <that the port is shut>.", "2022-01-07"),
    ],
)  # fmt: skip
def test_the_day_of_a_statement(marked: str, day: str | None) -> None:
    assert day_of(marked) == day


def test_without_a_day_to_count_from_there_is_none() -> None:
    assert day_of("He {said} on Thursday <that it rained>.", None) is None


def test_a_nested_statement_has_the_day_within_the_content() -> None:
    text = "Ana said her boss told her on Thursday that it rained."
    outer = Statement(
        "s1", Span(0, 3), Span(4, 8), (Span(9, 53),), "indirect", "speech", False, "assertion", 0.9
    )
    inner = Statement("s2", Span(9, 17), Span(18, 22), (Span(39, 53),), "indirect", "speech", False, "assertion", 0.9, "s1")  # fmt: skip
    times = resolve_times(find_times(text), PUBLISHED)
    found = time_statements(text, [outer, inner], times, PUBLISHED)
    assert {k: v.first for k, v in found.items()} == {"s2": date(2022, 1, 6)}
