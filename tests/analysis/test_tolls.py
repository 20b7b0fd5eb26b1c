"""What is known by now of the dead and injured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.tolls import tolls_in
from onrecord.article import Span


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("The number of dead in Monday's bombing of a mill in Orvik climbed to 27.", [("dead", 27)]),
        ("The number of people killed in the raid had risen from 12 to 19.", [("dead", 19)]),
        ("Clerks raised from nine to 12 the number of bakers killed.", [("dead", 12)]),
        ("It revised to at least 28 from 19 its count of those slain.", [("dead", 28)]),
        ("A baker died, bringing to six the number hurt by the bomb.", [("injured", 6)]),
        ("A baker died, taking the toll to three.", [("dead", 3)]),
        ("By nightfall the figure stood at eleven.", [("dead", 11)]),
        ("The bomb has claimed a sixth life.", [("dead", 6)]),
        ("She is the third baker to be murdered there.", [("dead", 3)]),
        ("A clerk brought to nine the number of bakeries.", []),
        ("The road toll is to be raised.", []),
        ("The third baker was late.", []),
    ],
)
def test_tolls(text: str, tolls: list[tuple[str, int]]) -> None:
    assert [(t.kind, t.count.low) for t in tolls_in(text, Span(0, len(text)))] == tolls


def test_a_toll_of_years_is_of_many_events() -> None:
    text = "Poachers shot three, bringing to 61 the number killed there in twelve years."
    (toll,) = tolls_in(text, Span(0, len(text)))

    assert toll.own


@given(st.text(alphabet="the number toll to 12,.killed rose\n", max_size=120))
def test_any_text_gives_tolls_within_it(text: str) -> None:
    for toll in tolls_in(text, Span(0, len(text))):
        assert 0 <= toll.count.span.start < toll.count.span.end <= len(text)
