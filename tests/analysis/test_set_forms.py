"""Headlines, bullets and signed quotations: source, cue and content by their form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.set_forms import find_set_forms

BODY = "\n\nMiro Varga spoke at noon. The port had been shut for a week."


def parts(text: str) -> list[tuple[str, str, str]]:
    return [(f.source.of(text), f.cue.of(text), f.content.of(text)) for f in find_set_forms(text)]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        pytest.param("Port must reopen – says Varga", ("Varga", "says", "Port must reopen"), id="dash, verb"),
        pytest.param("Port must reopen, says Varga", ("Varga", "says", "Port must reopen"), id="comma, verb"),
        pytest.param(
            "Port must reopen, minister says", ("minister", "says", "Port must reopen"), id="comma, source"
        ),
        pytest.param(
            "Port must reopen: union leader says", ("union leader", "says", "Port must reopen"), id="colon"
        ),
        pytest.param(
            "Port must reopen soon – Varga", ("Varga", "–", "Port must reopen soon"), id="dash alone"
        ),
        pytest.param("Port shut – Live updates", None, id="a name that the report does not bear"),
        pytest.param("Port shut after storm – 2 dead", None, id="no name"),
        pytest.param("Varga: what he did and what he says about it all", None, id="verb in the middle"),
    ],
)
def test_headings(line: str, form: tuple[str, str, str] | None) -> None:
    assert parts(line + BODY) == ([form] if form else [])


def test_body_lines_are_left_to_the_network() -> None:
    assert parts("Port shut\n\nThe port must reopen. It is late, says Varga.\n\nMore.") == []


@pytest.mark.parametrize("dash", ["―", "—", "–", "--", "-"])
@pytest.mark.parametrize("between", ["\n", "\n\n", " "], ids=["next line", "next paragraph", "same line"])
@pytest.mark.parametrize("opening", ["“", "”", '"'])
def test_a_signed_quotation(opening: str, between: str, dash: str) -> None:
    quotation = opening + "We came early. Nobody else did.”"
    text = f"Readers wrote to us.\n\n{quotation}{between}{dash} Ana Brusko, Vessara\n\nThe end."
    assert parts(text) == [("Ana Brusko, Vessara", dash, quotation)]


@pytest.mark.parametrize(
    "text",
    [
        "“We came early,” she said.\n\n— and so did we",
        "“Early”\n\nAna Brusko",
        "We came early.\n\n— Ana Brusko",
        "“We came early.”\n\n– A long way –",
    ],
    ids=["no name", "no dash", "no quotation", "a line between dashes"],
)
def test_what_is_not_signed(text: str) -> None:
    assert parts(text + "\n\nThe end.") == []


@given(st.text(alphabet='aA “”"–—―-:,.\n says', max_size=120))
@settings(max_examples=150, deadline=None)
def test_spans_are_in_order_and_not_empty(text: str) -> None:
    for form in find_set_forms(text):
        for span in (form.source, form.cue, form.content):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip()
        assert not form.cue.holds(form.content)


def test_the_lines_of_a_conversation_belong_to_the_speakers_in_capitals() -> None:
    text = "The debate in full.\n\nVARGA: We will stay.\n\nÉVA KÓS: No.\n\nNote: this was cut."

    assert parts(text) == [("VARGA", ":", "We will stay."), ("ÉVA KÓS", ":", "No.")]


def test_one_label_in_capitals_is_no_conversation() -> None:
    assert parts("The strike went on.\n\nLONDON: The port was shut on Monday.\n\nMore soon.") == []
