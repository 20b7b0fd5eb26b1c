"""Quotation marks of a content: which belong to it, and whether it is direct."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.pieces import quotation_states
from onrecord.analysis.quotation import (
    close_marks,
    finish_quotation,
    quotation_of,
    reopened_quotations,
)
from onrecord.article import Span


def marked(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its brackets, and the spans that they held."""
    plain, spans, start = "", [], 0
    for c in text:
        if c == "[":
            start = len(plain)
        elif c == "]":
            spans.append(Span(start, len(plain)))
        else:
            plain += c
    return plain, tuple(spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[“Mills close,”] he said.", "direct", id="curly"),
        pytest.param('["Mills close,"] he said.', "direct", id="straight"),
        pytest.param("[«Mills close», ]he said.", "direct", id="guillemets"),
        pytest.param("[‘Mills close,’] he said.", "direct", id="single"),
        pytest.param("“[Mills close],” he said.", "direct", id="without its marks"),
        pytest.param("[“Mills close] he said", "direct", id="unclosed"),
        pytest.param("[“Mills close.\n\n“Shops too,”] he said.", "direct", id="reopened"),
        pytest.param("[“Mills,”] he said, [“close.”]", "direct", id="two parts"),
        pytest.param("[“They ask me: ‘Why?’”] he said.", "direct", id="nested"),
        pytest.param("He said [mills close].", "indirect", id="no marks"),
        pytest.param("He said [it's Li's mill].", "indirect", id="apostrophes"),
        pytest.param("He praised [the ’90s and the ’80s].", "indirect", id="decades"),
        pytest.param("He said [mills would “close”].", "mixed", id="a word in marks"),
        pytest.param("[“Mills close,”] he said, [and shops too].", "mixed", id="direct then indirect"),
        pytest.param("[“”] he said.", "indirect", id="marks around nothing"),
    ],
)
def test_quotation_of_a_content(text: str, expected: str) -> None:
    plain, content = marked(text)

    assert quotation_of(plain, content, quotation_states(plain)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“[Mills close],” he said.", "“Mills close,”", id="both marks and the comma"),
        pytest.param('"[Mills close]," he said.', '"Mills close,"', id="straight"),
        pytest.param("«[Mills close]», he said.", "«Mills close»", id="guillemets"),
        pytest.param("‘[Mills close],’ he said.", "‘Mills close,’", id="single"),
        pytest.param("[“Mills close],” he said.", "“Mills close,”", id="closing mark alone"),
        pytest.param("“[Mills close,”] he said.", "“Mills close,”", id="opening mark alone"),
        pytest.param("“[Mills close…]” he said.", "“Mills close…”", id="dots"),
        pytest.param("“Mills. [Shops close],” he said.", "Shops close", id="opened before the content"),
        pytest.param("He said [mills “close].”", "mills “close.”", id="mixed"),
        pytest.param("“[Mills close]\n", "“Mills close", id="unclosed"),
        pytest.param("He said [ mills close ].", "mills close", id="blanks"),
        pytest.param("He said[, mills close,] and left", "mills close", id="commas"),
        pytest.param("He said [mills close.]", "mills close", id="the point of the sentence"),
        pytest.param("He said [they left the U.S.]", "they left the U.S.", id="the point of an abbreviation"),
        pytest.param("He named [Tom Li Jr.]", "Tom Li Jr.", id="the point of junior"),
        pytest.param("He asked [who pays?]", "who pays?", id="question mark"),
        pytest.param("He said[ ,. ]so", " ,. ", id="nothing but points stays"),
    ],
)
def test_close_marks_takes_in_what_belongs_to_the_content(text: str, expected: str) -> None:
    plain, (span, *_) = marked(text)

    assert close_marks(plain, span, quotation_states(plain)).of(plain) == expected


TEXTS = st.text(alphabet="“”„«»\"‘’' .,;a Z\n", min_size=1, max_size=80)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_close_marks_gives_a_span_inside_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    closed = close_marks(text, span, quotation_states(text))

    assert 0 <= closed.start < closed.end <= len(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.data())
def test_close_marks_keeps_every_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    closed = close_marks(text, span, quotation_states(text))

    assert sum(c.isalnum() for c in closed.of(text)) == sum(c.isalnum() for c in span.of(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Li {said}, [“Mills close. Shops] stay.”", "“Mills close. Shops stay.”", id="broken off"
        ),
        pytest.param("Li {said}: [“Mills] close", "“Mills", id="never closed"),
        pytest.param("[“They] {say} we lost. We won,” Li said.", "“They", id="cue in the quotation"),
        pytest.param("Li {said} [mills] close, “shops too.”", "mills", id="no quotation begun"),
        pytest.param("[“Mills close,”] Li {said}, “shops too.”", "“Mills close,”", id="whole"),
        pytest.param(
            "“Mills close. [Shops stay],” Li {said}.", "“Mills close. Shops stay,”", id="begun late"
        ),
        pytest.param("“Mills [close]. Shops stay,” Li {said}.", "close", id="neither end"),
        pytest.param("“They {say} we lost. [We won],” Li said.", "We won", id="end, cue in the quotation"),
        pytest.param("Mills [close],” Li {said}.", "close", id="never opened"),
    ],
)
def test_finish_quotation_goes_on_to_both_marks(text: str, expected: str) -> None:
    cue = text.replace("[", "").replace("]", "").index("{")
    plain, (span,) = marked(text.replace("{", "").replace("}", ""))

    finished = finish_quotation(span, Span(cue, cue + 3), quotation_states(plain))

    assert finished.of(plain) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab “”\"'.,\n", max_size=60), st.data())
def test_finish_quotation_only_grows_and_stays_in_its_line(text: str, data: st.DataObject) -> None:
    at = st.integers(0, len(text))
    start, end = sorted((data.draw(at), data.draw(at)))
    cue = data.draw(at)

    grown = finish_quotation(Span(start, end), Span(cue, cue), quotation_states(text))

    assert 0 <= grown.start <= start
    assert end <= grown.end <= len(text)
    assert "\n" not in text[grown.start : start] + text[end : grown.end]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Talks.\n\n“I have worked.\n\n“None built a lock.\n\n“Nor will this,” Ilk said.\n\nMore.",
            [["“I have worked.", "“None built a lock.", "“Nor will this,”"]],
        ),
        ("“A,” she said. “B goes on.\n“C it ends.” He left.", [["“B goes on.", "“C it ends.”"]]),
        ('"A one.\n\n"B two," he said.', [['"A one.', '"B two,"']]),
        ("“A one.\n\nPlain.\n\n“B two.”", []),
        ("“A one.”\n\n“B two.”", []),
        ("“A one.\n\n“B two.", []),
    ],
)
def test_a_quotation_goes_on_where_its_marks_reopen(text: str, parts: list[list[str]]) -> None:
    found = reopened_quotations(text, quotation_states(text))

    assert [[p.of(text) for p in quotation] for quotation in found] == parts


@given(st.text(alphabet='ab “”"\n.', max_size=60))
def test_parts_of_quotations_stand_in_the_text_one_behind_another(text: str) -> None:
    for parts in reopened_quotations(text, quotation_states(text)):
        assert len(parts) > 1
        assert all(0 <= p.start < p.end <= len(text) for p in parts)
        assert all(a.end < b.start for a, b in pairwise(parts))


def test_a_later_part_takes_the_mark_that_closes_what_an_earlier_one_opens() -> None:
    text = "“The dam, said Orrel, is dry.” He left."
    state, part = quotation_states(text), Span(22, 28)

    assert close_marks(text, part, state).of(text) == "is dry"
    assert close_marks(text, part, state, opened=True).of(text) == "is dry.”"
