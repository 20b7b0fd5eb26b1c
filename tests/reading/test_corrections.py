"""Notes of a change are told from reports of one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.corrections import is_correction
from onrecord.reading.text import read_text


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this story misstated the number of crews.",
        "CORRECTION (March 13): The mayor of Varn is 41.",
        "Clarification, 13 March 2024: The mayor of Varn did not say who would pay.",
        "Editor’s note: This story was updated with a statement of the union.",
        "UPDATE: This story has been updated with the mayor's reply.",
        "*This article was updated at 10:30 GMT on March 13 to add the mayor's reply.*",
        "(This story has been refiled to correct the spelling in paragraph 2)",
        "(This version of the story corrects the name of the mayor)",
        "(Adds quotes, details)",
        "In an earlier version of this report, the mayor was misnamed.",
        "This story originally said that the harbour was open.",
    ],
)
def test_note_of_a_change_is_known(line: str):
    assert is_correction(line)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: why the market had to fall",
        "Corrections officers shot two: police",
        "Correction of the accounts took a year.",
        "Editor’s note: Ana Reyes is a columnist in Varn.",
        "Update: Mayor of Varn resigns",
        "The report was amended by parliament on Monday.",
        "This report updates the figures of last year.",
        "The story was corrected twice, she said.",
        "“This story was updated,” she said.",
        "An earlier version of the law was struck down.",
        "",
    ],
)
def test_reports_of_changes_stay(line: str):
    assert not is_correction(line)


def test_notes_go_from_the_text_into_the_frame():
    note = "Correction: An earlier version of this story misstated the number of crews."
    article = read_text(f"Harbour shut\n\n(Adds mayor's reply)\n\nIt was shut on Monday.\n\n{note}", "a")

    assert article.text == "Harbour shut\n\nIt was shut on Monday."
    assert article.frame.corrections == ("(Adds mayor's reply)", note)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("correction: this story was (),.12ab"), max_size=120))
def test_any_line_is_taken(line: str):
    is_correction(line)


@pytest.mark.parametrize("unit", ["correction ", "this story was ", "(adds ", "correction 1, ", "1 :"])
def test_long_lines_take_no_time(unit: str):
    begin = time.process_time()
    for size in (599, 600, 100_000):
        is_correction((unit * size)[:size])
        is_correction("Correction" + (unit * size)[:size])
    assert time.process_time() - begin < 2
