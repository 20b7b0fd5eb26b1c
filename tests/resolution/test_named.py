"""Names with what only a reading of the words tells."""

import pytest

from onrecord.analysis.names import Name
from onrecord.article import Span
from onrecord.resolution.named import mentions_of


def person(text: str, words: str) -> Name:
    start = text.index(words)
    return Name(Span(start, start + len(words)), "PER", 0.9)


@pytest.mark.parametrize("marks", ["()", "[]"])
def test_a_given_name_that_an_editor_put_before_a_surname_is_of_that_name(marks: str) -> None:
    text = f"“They told {marks[0]}Premier Ilva{marks[1]} Marten to go,” he said."

    (found,) = mentions_of(text, [person(text, "Ilva"), person(text, "Marten")])

    assert found.name == "Ilva Marten"
    assert found.span.of(text) == f"Ilva{marks[1]} Marten"


@pytest.mark.parametrize(
    "text", ["A baker (Ilva), Marten said, left.", "A baker (Ilva and others) Marten knew left."]
)
def test_other_brackets_part_names(text: str) -> None:
    found = mentions_of(text, [person(text, "Ilva"), person(text, "Marten")])

    assert [m.name for m in found] == ["Ilva", "Marten"]
