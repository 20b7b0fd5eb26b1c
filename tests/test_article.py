"""What a report is: spans, ids, equality."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article, Span, content_id


def test_span_gives_its_characters():
    assert Span(4, 10).of("The bridge is open.") == "bridge"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(Span(5, 9), True, id="inside"),
        pytest.param(Span(4, 10), True, id="the same"),
        pytest.param(Span(3, 9), False, id="begins before"),
        pytest.param(Span(5, 11), False, id="ends behind"),
        pytest.param(Span(20, 22), False, id="elsewhere"),
    ],
)
def test_span_holds_what_lies_wholly_inside(other: Span, expected: bool):
    assert Span(4, 10).holds(other) is expected


def test_spans_sort_by_place():
    assert sorted([Span(4, 9), Span(0, 3), Span(4, 6)]) == [Span(0, 3), Span(4, 6), Span(4, 9)]


def test_article_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Article(id="a", text="b").text = "c"  # type: ignore[misc]


def test_articles_are_equal_wherever_they_were_read():
    assert Article(id="a", text="b", origin="one.txt") == Article(id="a", text="b", origin="two.txt")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_text_has_an_id_that_depends_on_it_alone(text: str):
    assert content_id(text) == content_id(text)
    assert len(content_id(text)) == 18


def test_different_texts_have_different_ids():
    assert content_id("The bridge is open.") != content_id("The bridge is open. ")
