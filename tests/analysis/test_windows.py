"""Windows: they cover the text, and each piece is owned once."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.pieces import Ints, Pieces
from onrecord.analysis.windows import MAX_WINDOW_PIECES, OVERLAP_PIECES, Window, cut_windows


def pieces_of(lines: list[int]) -> Pieces:
    """Pieces of lines that have so many each."""
    line = np.repeat(np.arange(len(lines)), lines).astype(np.int64)
    at: Ints = np.arange(len(line), dtype=np.int64)
    zeros = np.zeros_like(at)
    return Pieces(
        ids=at, start=at, end=at + 1, line=line, casing=zeros, quotation=zeros, position=zeros, heading=zeros
    )


LINES = st.lists(st.one_of(st.integers(1, 60), st.integers(1, 900)), max_size=40)


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_each_piece_is_owned_exactly_once(lines: list[int]) -> None:
    pieces = pieces_of(lines)

    owned = [i for w in cut_windows(pieces) for i in range(w.own_start, w.own_end)]

    assert owned == list(range(len(pieces)))


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_windows_hold_what_they_own(lines: list[int]) -> None:
    for w in cut_windows(pieces_of(lines)):
        assert w.start <= w.own_start < w.own_end <= w.end


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_windows_fit_the_encoder(lines: list[int]) -> None:
    assert all(0 < w.end - w.start <= MAX_WINDOW_PIECES for w in cut_windows(pieces_of(lines)))


@settings(max_examples=120, deadline=None)
@given(LINES)
def test_neighbours_share_at_least_the_overlap(lines: list[int]) -> None:
    windows = cut_windows(pieces_of(lines))

    for left, right in itertools.pairwise(windows):
        assert left.start < right.start
        assert left.end - right.start >= OVERLAP_PIECES


@settings(max_examples=60, deadline=None)
@given(LINES, st.integers(20, 200), st.data())
def test_other_sizes_hold_too(lines: list[int], max_pieces: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, max_pieces // 2 - 1))

    windows = cut_windows(pieces_of(lines), max_pieces=max_pieces, overlap=overlap)

    assert sum(w.own_end - w.own_start for w in windows) == sum(lines)
    assert all(w.end - w.start <= max_pieces for w in windows)


def test_no_pieces_give_no_windows() -> None:
    assert cut_windows(pieces_of([])) == []


@pytest.mark.parametrize("size", [1, MAX_WINDOW_PIECES])
def test_a_short_text_is_one_window(size: int) -> None:
    assert cut_windows(pieces_of([size])) == [Window(0, size, 0, size)]


def test_one_piece_more_makes_two_windows() -> None:
    assert len(cut_windows(pieces_of([MAX_WINDOW_PIECES + 1]))) == 2


def test_a_window_begins_at_the_line_start_before_its_place() -> None:
    # Two windows of 57 pieces would meet at 41; the line that begins at 38 is near.
    windows = cut_windows(pieces_of([38, 60]), max_pieces=64, overlap=16)

    assert [w.start for w in windows] == [0, 38]


def test_a_line_start_too_far_off_is_not_taken() -> None:
    windows = cut_windows(pieces_of([9, 89]), max_pieces=64, overlap=16)

    assert [w.start for w in windows] == [0, 41]
