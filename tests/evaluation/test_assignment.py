from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.evaluation.assignment import best_pairs


@st.composite
def tables(draw: st.DrawFn, most: int = 7) -> NDArray[np.float64]:
    rows, columns = draw(st.integers(0, most)), draw(st.integers(0, most))
    # Few different numbers, so that there are ties.
    numbers = st.one_of(st.integers(-2, 2).map(float), st.floats(-1e3, 1e3))
    cells = draw(st.lists(numbers, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells, dtype=np.float64).reshape(rows, columns)


def total(scores: NDArray[np.float64]) -> float:
    return float(sum(scores[pair] for pair in best_pairs(scores)))


def try_all(scores: NDArray[np.float64]) -> float:
    """The greatest sum by trying every pairing."""
    rows, columns = scores.shape
    if rows > columns:
        return try_all(scores.T)
    if not rows:
        return 0.0
    return max(scores[0, c] + try_all(np.delete(scores[1:], c, 1)) for c in range(columns))


def test_a_row_gives_way_where_that_gains_more():
    assert best_pairs(np.array([[9.0, 8.0, 0.0], [8.0, 1.0, 0.0]])) == [(0, 1), (1, 0)]


def test_longer_side_keeps_some_without_a_pair():
    assert best_pairs(np.array([[1.0], [3.0], [2.0]])) == [(1, 0)]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_is_paired_with_nothing(shape: tuple[int, int]):
    assert best_pairs(np.zeros(shape)) == []


@given(tables())
def test_each_stands_in_one_pair(scores: NDArray[np.float64]):
    pairs = best_pairs(scores)
    assert len(pairs) == min(scores.shape)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)


@given(tables(most=5))
def test_sum_is_the_greatest_of_all_pairings(scores: NDArray[np.float64]):
    assert total(scores) == pytest.approx(try_all(scores), abs=1e-6)


def test_large_tables_agree_with_scipy():
    optimize = pytest.importorskip("scipy.optimize", reason="scipy comes with the tools of training only")
    generator = np.random.default_rng(1)
    for shape in ((80, 80), (40, 130), (130, 40)):
        # Most chains of two sides share nothing.
        scores = generator.random(shape) * (generator.random(shape) < 0.1)
        best = scores[optimize.linear_sum_assignment(scores, maximize=True)].sum()
        assert total(scores) == pytest.approx(best)
