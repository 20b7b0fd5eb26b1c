"""Pieces: offsets, features and quotation state."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.pieces import (
    MAX_CHUNK_CHARS,
    Casing,
    Position,
    Quotation,
    Tokenizer,
    cut_pieces,
    heading_lines,
    quotation_by_char,
)

MARKS = "“”„«»\"‘’'`—–.,!? \n\r\t\u00a0aZé9"
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=MARKS, max_size=200),
    st.text(alphabet="İßﬁ\u0301\u200b\ufeff\u2028👩‍🚒中文عربZ ", max_size=80),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_pieces_ascend_and_stand_inside_the_text(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut_pieces(text, tokenizer)

    assert (pieces.start >= 0).all()
    assert (pieces.end <= len(text)).all()
    assert (pieces.start < pieces.end).all()
    assert (np.diff(pieces.start) >= 0).all()
    assert (np.diff(pieces.line) >= 0).all()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_pieces_hold_no_line_break_and_begin_and_end_with_no_blank(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut_pieces(text, tokenizer)

    for start, end in zip(pieces.start, pieces.end, strict=True):
        printed = text[start:end]
        assert "\n" not in printed
        assert not printed[0].isspace()
        assert not printed[-1].isspace()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_all_features_have_the_length_of_the_pieces(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut_pieces(text, tokenizer)

    for feature in (
        pieces.start,
        pieces.end,
        pieces.line,
        pieces.casing,
        pieces.quotation,
        pieces.position,
        pieces.heading,
    ):
        assert feature.shape == (len(pieces),)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcXYZ .,", max_size=200))
def test_pieces_cover_every_plain_character(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut_pieces(text, tokenizer)

    covered = np.zeros(len(text), dtype=bool)
    for start, end in zip(pieces.start, pieces.end, strict=True):
        covered[start:end] = True
    assert all(covered[i] for i, c in enumerate(text) if c != " ")


def test_pieces_point_at_the_words_they_stand_for(tokenizer: Tokenizer) -> None:
    text = "Mills closed.\n\n“Why?” asked Éva."

    pieces = cut_pieces(text, tokenizer)

    printed = [text[a:b] for a, b in zip(pieces.start, pieces.end, strict=True)]
    assert printed == ["Mills", "closed", ".", "“", "Why", "?", "”", "asked", "Éva", "."]


def test_lines_are_counted_without_the_empty_ones(tokenizer: Tokenizer) -> None:
    pieces = cut_pieces("one\n\n\ntwo\nthree", tokenizer)

    assert pieces.line.tolist() == [0, 1, 2]


def test_no_text_gives_no_pieces(tokenizer: Tokenizer) -> None:
    assert len(cut_pieces("", tokenizer)) == 0


def test_blank_lines_give_no_pieces(tokenizer: Tokenizer) -> None:
    assert len(cut_pieces(" \n\n \t\n", tokenizer)) == 0


@pytest.mark.parametrize(
    ("word", "casing"),
    [
        ("mill", Casing.LOWER),
        ("Mill", Casing.CAPITAL),
        ("A", Casing.CAPITAL),
        ("OSTO", Casing.UPPER),
        ("2021", Casing.DIGIT),
        ("iMill", Casing.MIXED),
        ("!", Casing.PUNCTUATION),
    ],
)
def test_casing_is_that_of_the_word(tokenizer: Tokenizer, word: str, casing: Casing) -> None:
    assert cut_pieces(word, tokenizer).casing[0] == casing


def test_positions_mark_the_ends_of_lines(tokenizer: Tokenizer) -> None:
    pieces = cut_pieces("one two three\nfour five six", tokenizer)

    assert pieces.position.tolist() == [
        Position.TEXT_START,
        Position.WITHIN,
        Position.LINE_END,
        Position.LINE_START,
        Position.WITHIN,
        Position.LINE_END,
    ]


BODY = "The mill closed on Tuesday after a hundred years of work."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(BODY, 0, id="body alone"),
        pytest.param(f"Mill closes\n\n{BODY}", 1, id="headline"),
        pytest.param(f"Mill closes\n\n- Shops follow\n- Town mourns\n\n{BODY}", 3, id="headline and bullets"),
        pytest.param("Mill closes\n\nShops follow", 0, id="nothing but headings"),
        pytest.param(f"{BODY}\n\nMill closes\n\n{BODY}", 0, id="a heading further down"),
        pytest.param("and so on " * 20 + f"\n\n{BODY}", 0, id="a long line without an end"),
        pytest.param("", 0, id="no text"),
    ],
)  # fmt: skip
def test_heading_lines_are_those_above_the_body(text: str, expected: int) -> None:
    assert heading_lines(text) == expected


def test_pieces_of_the_headline_are_marked(tokenizer: Tokenizer) -> None:
    pieces = cut_pieces("Mill closes\n\nShops followed.", tokenizer)

    assert pieces.heading.tolist() == [1, 1, 0, 0, 0]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_heading_lines_leave_at_least_one_line_of_body(text: str) -> None:
    assert 0 <= heading_lines(text) <= sum(1 for line in text.split("\n") if line)


@pytest.mark.parametrize("unit", ["mill ", "mill"], ids=["with blanks", "without a blank"])
def test_a_long_line_is_cut_without_losing_its_place(tokenizer: Tokenizer, unit: str) -> None:
    text = unit * (2 * MAX_CHUNK_CHARS // len(unit)) + " end"

    pieces = cut_pieces(text, tokenizer)

    assert text[pieces.start[-1] : pieces.end[-1]] == "end"
    assert set(pieces.line.tolist()) == {0}


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_quotation_state_has_the_length_of_the_text(text: str) -> None:
    state = quotation_by_char(text)

    assert state.shape == (len(text),)
    assert set(state.tolist()) <= set(Quotation)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=MARKS, max_size=100), st.text(alphabet=MARKS, max_size=100))
def test_quotation_state_of_a_line_does_not_depend_on_the_others(one: str, other: str) -> None:
    one, other = one.replace("\n", " "), other.replace("\n", " ")

    state = quotation_by_char(f"{one}\n{other}")

    assert state[: len(one)].tolist() == quotation_by_char(one).tolist()


def shown(text: str) -> str:
    """The quotation state as a picture: `.` outside, `-` inside, `<` `>` marks, `~` in single marks."""
    return "".join(".-<>~"[s] for s in quotation_by_char(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a “bc” d", "..<-->..", id="curly"),
        pytest.param('a "bc" d', "..<-->..", id="straight"),
        pytest.param("a «bc» d", "..<-->..", id="guillemets"),
        pytest.param("a „bc“ d", "..<-->..", id="german"),
        pytest.param("a ``bc'' d", "..<<-->>..", id="typewriter"),
        pytest.param("a ‘bc’ d", "..<~~>..", id="curly single"),
        pytest.param("a 'bc' d", "..<~~>..", id="straight single"),
        pytest.param("it's Li's 'un", ".............", id="apostrophes"),
        pytest.param("the ’90s and ’80s", ".................", id="decades, curly"),
        pytest.param("‘Li’s mill’ a", "<~~~~~~~~~>..", id="apostrophe in single marks"),
        pytest.param("“a ‘b’ c” d", "<------->..", id="single in double"),
        pytest.param("‘a “b” c’ d", "...<->.....", id="double in single"),
        pytest.param("“abc d", "<-----", id="unclosed"),
        pytest.param("abc” d", "...>..", id="closing alone"),
        pytest.param("“ab.\n“cd.” e", "<---.<--->..", id="reopened in the next paragraph"),
        pytest.param("“ab.\ncd.” e", "<---....>..", id="closed in the next paragraph without reopening"),
        pytest.param('"ab," x, "cd."', "<--->....<--->", id="straight, interrupted"),
        pytest.param("“a” “b”", "<->.<->", id="two in a row"),
        pytest.param("", "", id="no text"),
    ],
)
def test_quotation_state_follows_the_marks(text: str, expected: str) -> None:
    assert shown(text) == expected
