"""Are two reports copies?"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.resolution.stories.likeness import compare, likeness
from tests.resolution.stories.invented import OTHER, RETOLD, SAME_EVENT, SPUN, WIRE, paragraphs, printed


@pytest.mark.parametrize("copy", [WIRE, SPUN, "\n\n".join(paragraphs(WIRE)[:3])])
def test_copies_are_found_however_they_were_made(copy: str) -> None:
    pair = compare(printed("a", WIRE), printed("b", copy))
    assert pair is not None
    assert pair.passages


def test_a_report_told_anew_is_likelier_a_copy_than_not() -> None:
    found = likeness(printed("a", WIRE), printed("b", RETOLD))
    assert found is not None
    assert found.chance > 0.5


@pytest.mark.parametrize("other", [SAME_EVENT, OTHER])
def test_reports_written_independently_are_no_copies(other: str) -> None:
    for copy in (WIRE, RETOLD, SPUN):
        assert compare(printed("a", copy), printed("b", other)) is None


def test_a_single_paragraph_told_anew_is_found() -> None:
    found = likeness(printed("a", paragraphs(WIRE)[3]), printed("b", paragraphs(RETOLD)[3]))
    assert found is not None
    other = likeness(printed("a", paragraphs(WIRE)[3]), printed("b", paragraphs(SAME_EVENT)[3]))
    assert other is None or other.chance < found.chance / 2


def test_a_pair_is_one_thing_whichever_report_comes_first() -> None:
    a, b = printed("a", WIRE, published="2024-05-03"), printed("b", SPUN, published="2024-05-01")
    pair = compare(a, b)
    assert pair == compare(b, a)
    assert pair is not None
    assert (pair.first, pair.second, pair.original) == ("a", "b", "second")


@settings(deadline=None, max_examples=50)
@given(st.text(), st.text())
@example("", "")
@example(WIRE, "")
@example(WIRE, WIRE * 30)
@example("“Orrel” " * 40, "Orrel " * 40)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = printed("a", one), printed("b", other)
    pair = compare(a, b)
    assert pair == compare(b, a)
    assert pair is None or 0 <= pair.score <= 1
