"""Decoding: from scores to spans that are well-formed whatever the scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.decoding import (
    CONTENT_BEGIN,
    CONTENT_INSIDE,
    CUE_BEGIN,
    CUE_INSIDE,
    NESTED_BEGIN,
    NESTED_INSIDE,
    ROLE_OUTSIDE,
    SOURCE_BEGIN,
    SOURCE_INSIDE,
    Floats,
    decode_cues,
    decode_roles,
    log_softmax,
    viterbi,
)

SEEDS = st.integers(0, 2**32 - 1)


def random_scores(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).normal(scale=3, size=shape).astype(np.float32)


def scored(length: int, tags: dict[int, int], *, outside: int = 0) -> Floats:
    """Log-probabilities of one row where a test names the tags."""
    scores = np.zeros((1, length, 5), dtype=np.float32)
    for at in range(length):
        scores[0, at, tags.get(at, outside)] = 9
    return log_softmax(scores)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


# Probabilities


def test_log_softmax_makes_probabilities() -> None:
    probabilities = np.exp(log_softmax(random_scores(1, 3, 4, 5)))

    assert probabilities.sum(axis=-1) == pytest.approx(np.ones((3, 4)), abs=1e-5)


def test_log_softmax_bears_large_scores() -> None:
    assert log_softmax(np.array([1e4, 0.0], dtype=np.float32)).tolist() == [0.0, -1e4]


# Viterbi


@settings(max_examples=120, deadline=None)
@given(SEEDS, st.integers(1, 4), st.integers(1, 8), st.integers(2, 5))
def test_viterbi_never_yields_a_forbidden_transition(
    seed: int, sequences: int, length: int, states: int
) -> None:
    rng = np.random.default_rng(seed)
    allowed = rng.random((states, states)) < 0.5
    allowed[:, 0] = True  # there is always a way on
    first = rng.random(states) < 0.5
    first[0] = True

    path = viterbi(random_scores(seed, sequences, length, states), allowed, first)

    assert first[path[:, 0]].all()
    assert allowed[path[:, :-1], path[:, 1:]].all()


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 5))
def test_viterbi_finds_the_best_path(seed: int, length: int) -> None:
    states = 3
    scores = random_scores(seed, 1, length, states)
    allowed = np.random.default_rng(seed).random((states, states)) < 0.6
    allowed[:, 0] = True
    first = np.array([True, False, True])

    def worth(path: tuple[int, ...]) -> float:
        return float(sum(scores[0, t, s] for t, s in enumerate(path)))

    ways = [
        p
        for p in itertools.product(range(states), repeat=length)
        if first[p[0]] and all(allowed[a, b] for a, b in itertools.pairwise(p))
    ]
    path = tuple(viterbi(scores, allowed, first)[0].tolist())

    assert worth(path) == pytest.approx(max(map(worth, ways)), abs=1e-4)


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 3), st.integers(1, 40), st.floats(0.5, 4))
def test_viterbi_of_tags_is_as_good_as_a_search_of_the_whole(
    seed: int, classes: int, length: int, outside: float
) -> None:
    """Tags as the heads have them: outside, beginning and inside of each class."""
    states = 1 + 2 * classes
    allowed = np.ones((states, states), dtype=bool)
    for inside in range(2, states, 2):
        allowed[:, inside] = False
        allowed[[inside - 1, inside], inside] = True
    scores = random_scores(seed, 3, length, states)
    scores[:, :, 0] += outside

    path = viterbi(scores, allowed, allowed[0])

    assert allowed[0, path[:, 0]].all()
    assert allowed[path[:, :-1], path[:, 1:]].all()
    best = scores[:, 0] + np.where(allowed[0], 0.0, -np.inf)
    for t in range(1, length):
        best = np.where(allowed, best[:, :, None], -np.inf).max(axis=1) + scores[:, t]
    worth = np.take_along_axis(scores, path[:, :, None], axis=2).sum(axis=(1, 2))
    assert worth == pytest.approx(best.max(axis=1), abs=1e-3)


# Cues


@settings(max_examples=120, deadline=None)
@given(SEEDS, st.lists(st.integers(-1, 3), min_size=1, max_size=30), st.floats(-2, 4))
def test_cues_are_disjoint_and_stay_in_their_line(seed: int, line: list[int], bonus: float) -> None:
    lines = np.array([sorted(line)], dtype=np.int64)

    (cues,) = decode_cues(log_softmax(random_scores(seed, 1, len(line), 5)), lines, begin_bonus=bonus)

    end = -1
    for cue in cues:
        assert end < cue.first <= cue.last < len(line)
        assert len(set(lines[0, cue.first : cue.last + 1].tolist())) == 1
        assert lines[0, cue.first] >= 0
        assert 0 <= cue.probability <= 1
        end = cue.last


def test_cue_spans_the_pieces_of_its_tags() -> None:
    (cues,) = decode_cues(scored(5, {1: CUE_BEGIN, 2: CUE_INSIDE}), ints(0, 0, 0, 0, 0)[None], begin_bonus=0)

    assert [(c.first, c.last, c.nested) for c in cues] == [(1, 2, False)]


def test_nested_cues_are_told_apart_and_sorted_in() -> None:
    tags = {0: NESTED_BEGIN, 1: NESTED_INSIDE, 3: CUE_BEGIN}

    (cues,) = decode_cues(scored(4, tags), ints(0, 0, 0, 0)[None], begin_bonus=0)

    assert [(c.first, c.last, c.nested) for c in cues] == [(0, 1, True), (3, 3, False)]


def test_neighbouring_cues_stay_two() -> None:
    (cues,) = decode_cues(scored(3, {0: CUE_BEGIN, 1: CUE_BEGIN}), ints(0, 0, 0)[None], begin_bonus=0)

    assert [(c.first, c.last) for c in cues] == [(0, 0), (1, 1)]


def test_cue_is_cut_at_the_end_of_its_line() -> None:
    (cues,) = decode_cues(scored(3, {0: CUE_BEGIN, 1: CUE_INSIDE}), ints(0, 1, 1)[None], begin_bonus=0)

    assert (cues[0].first, cues[0].last) == (0, 0)


def test_a_greater_bonus_finds_more_cues() -> None:
    scores = log_softmax(np.array([[[1.0, 0.0, -9, -9, -9]]], dtype=np.float32))

    none, one = (decode_cues(scores, ints(0)[None], begin_bonus=b)[0] for b in (0.0, 2.0))

    assert (len(none), len(one)) == (0, 1)


def test_the_bonus_does_not_change_the_probability() -> None:
    scores = scored(2, {0: CUE_BEGIN})

    plain, raised = (decode_cues(scores, ints(0, 0)[None], begin_bonus=b)[0] for b in (0.0, 3.0))

    assert plain == raised


# Roles


@settings(max_examples=150, deadline=None)
@given(SEEDS, st.integers(1, 4), st.integers(1, 25), st.data())
def test_roles_are_well_formed_whatever_the_scores(
    seed: int, rows: int, length: int, data: st.DataObject
) -> None:
    first, last, size = [], [], []
    for _ in range(rows):
        size.append(data.draw(st.integers(1, length)))
        a, b = sorted(data.draw(st.tuples(*[st.integers(0, size[-1] - 1)] * 2)))
        first.append(a)
        last.append(b)

    found = decode_roles(
        log_softmax(random_scores(seed, rows, length, 5)), ints(*first), ints(*last), ints(*size)
    )

    for roles, a, b, n in zip(found, first, last, size, strict=True):
        spans = sorted([*roles.content, *([roles.source] if roles.source else [])])
        assert list(roles.content) == sorted(roles.content)
        end = -1
        for start, stop in spans:
            assert end < start <= stop < n
            assert stop < a or start > b
            end = stop
        assert 0 <= roles.source_probability <= 1 + 1e-6
        assert -1e-6 <= roles.content_probability <= 1 + 1e-6


def test_roles_span_the_pieces_of_their_tags() -> None:
    tags = {
        0: SOURCE_BEGIN,
        1: SOURCE_INSIDE,
        3: CONTENT_BEGIN,
        4: CONTENT_INSIDE,
        6: CONTENT_BEGIN,
    }

    (roles,) = decode_roles(scored(7, tags, outside=ROLE_OUTSIDE), ints(2), ints(2), ints(7))

    assert (roles.source, roles.content) == ((0, 1), ((3, 4), (6, 6)))


def test_of_two_sources_the_surer_one_is_kept() -> None:
    scores = np.zeros((1, 5, 5), dtype=np.float32)
    scores[0, [1, 2, 3], ROLE_OUTSIDE] = 9
    scores[0, 0, [ROLE_OUTSIDE, SOURCE_BEGIN]] = 1, 3
    scores[0, 4, [ROLE_OUTSIDE, SOURCE_BEGIN]] = 1, 6

    (roles,) = decode_roles(log_softmax(scores), ints(2), ints(2), ints(5))

    assert roles.source == (4, 4)


def test_the_cue_divides_a_content_around_it() -> None:
    tags = dict.fromkeys(range(5), CONTENT_INSIDE) | {0: CONTENT_BEGIN, 3: CONTENT_BEGIN}

    (roles,) = decode_roles(scored(5, tags), ints(2), ints(2), ints(5))

    assert roles.content == ((0, 1), (3, 4))


def test_pieces_after_the_row_play_no_role() -> None:
    (roles,) = decode_roles(scored(4, dict.fromkeys(range(4), CONTENT_BEGIN)), ints(0), ints(0), ints(2))

    assert roles.content == ((1, 1),)


def test_no_cues_give_no_roles() -> None:
    assert decode_roles(np.zeros((0, 4, 5), dtype=np.float32), ints(), ints(), ints()) == []
