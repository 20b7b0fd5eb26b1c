"""Tag scores -> well-formed spans: the most likely sequence among those that are allowed (Viterbi).

All scores are natural-log probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from onrecord.analysis.pieces import Ints

Floats = npt.NDArray[np.float32]
T = TypeVar("T")

# Tags of the cue head, in the order of its outputs.
CUE_OUTSIDE, CUE_BEGIN, CUE_INSIDE, NESTED_BEGIN, NESTED_INSIDE = range(5)
# Tags of the link head, in the order of its outputs.
ROLE_OUTSIDE, SOURCE_BEGIN, SOURCE_INSIDE, CONTENT_BEGIN, CONTENT_INSIDE = range(5)

# The score of what is not allowed.
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: pieces [first, last] of its text, `last` inclusive."""

    first: int
    last: int
    nested: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Roles:
    """What the link head gives one cue: pieces as (first, last), `last` inclusive, in text order."""

    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    source_probability: float
    content_probability: float


def log_softmax(scores: Floats) -> Floats:
    """Normalise over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def viterbi(scores: Floats, allowed: npt.NDArray[np.bool_], first_allowed: npt.NDArray[np.bool_]) -> Ints:
    """Best path for many sequences at once.

    Args:
        scores: (sequences, length, states).
        allowed: (states, states), `allowed[a, b]`: may b follow a?
        first_allowed: (states,): may a sequence begin so?

    Returns:
        (sequences, length) states.
    """
    path: Ints = scores.argmax(axis=-1)
    # Where the best states of all places may follow each other, they are the best path: most often they may.
    broken = np.zeros(path.shape, dtype=bool)
    broken[:, 1:] = ~allowed[path[:, :-1], path[:, 1:]]
    broken[:, 0] = ~first_allowed[path[:, 0]]
    open_ = np.flatnonzero(broken.any(axis=1))
    if len(open_):
        still = _mend(path, broken, open_, scores, allowed, first_allowed)
        path[still] = _search(scores[still], allowed, first_allowed)
    return path


def _mend(
    path: Ints,
    broken: npt.NDArray[np.bool_],
    rows: Ints,
    scores: Floats,
    allowed: npt.NDArray[np.bool_],
    first_allowed: npt.NDArray[np.bool_],
) -> Ints:
    """Search the best path of some rows anew where it is broken, and only there.

    A stretch goes from a state before the break that may follow any other to the next such state behind it. Where
    its best path may follow what stands before it, nothing better could be found in the whole row.

    Returns:
        The rows of which that is not true.
    """
    begins: npt.NDArray[np.bool_] = np.asarray(allowed.all(axis=0))
    if not begins.any():
        return rows
    stretches = [(row, a, b) for row in rows.tolist() for a, b in _stretches(begins[path[row]], broken[row])]
    # Beyond its end each stretch goes on with a state that may follow any other.
    parts = np.full((len(stretches), max(b - a for _, a, b in stretches), len(begins)), NEVER, np.float32)
    parts[:, :, begins.argmax()] = 0.0
    for part, (row, a, b) in zip(parts, stretches, strict=True):
        part[: b - a] = scores[row, a:b]
        if a == 0:
            part[0, ~first_allowed] = NEVER
    still = set()
    for states, (row, a, b) in zip(_search(parts, allowed, np.ones_like(begins)), stretches, strict=True):
        if a and not allowed[path[row, a - 1], states[0]]:
            still.add(row)
        path[row, a:b] = states[: b - a]
    return np.array(sorted(still), dtype=np.int64)


def _stretches(begins: npt.NDArray[np.bool_], broken: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Around each break of a row, from the last place but one before it where something may begin, to the next."""
    places = np.flatnonzero(begins)
    breaks = np.flatnonzero(broken)
    starts = np.searchsorted(places, breaks) - 2
    ends = np.searchsorted(places, breaks, side="right")
    found: list[tuple[int, int]] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        a = int(places[start]) if start >= 0 else 0
        b = int(places[end]) if end < len(places) else len(begins)
        if found and a <= found[-1][1]:
            a = found.pop()[0]
        found.append((a, b))
    return found


def _search(scores: Floats, allowed: npt.NDArray[np.bool_], first_allowed: npt.NDArray[np.bool_]) -> Ints:
    """`viterbi` step by step, over the whole length."""
    sequences, length, states = scores.shape
    step = np.where(allowed, 0.0, NEVER).astype(np.float32)
    best = scores[:, 0] + np.where(first_allowed, 0.0, NEVER).astype(np.float32)
    back = np.zeros((length, sequences, states), dtype=np.int8)
    for t in range(1, length):
        ways = best[:, :, None] + step  # (sequences, from, to)
        back[t] = ways.argmax(axis=1)
        best = ways.max(axis=1) + scores[:, t]
    path = np.zeros((sequences, length), dtype=np.int64)
    each = np.arange(sequences)
    state = best.argmax(axis=1)
    for t in range(length - 1, -1, -1):
        path[:, t] = state
        state = back[t, each, state]
    return path


def decode_cues(log_probs: Floats, line: Ints, *, begin_bonus: float) -> list[list[Cue]]:
    """Cues of several windows.

    Args:
        log_probs: (windows, pieces, 5).
        line: (windows, pieces) the line of each piece, -1 where there is none; a cue never crosses
            a line.
        begin_bonus: added to the beginnings; above 0 finds more cues.

    Returns:
        A list a window, in the order of the text; pieces are counted in the window.
    """
    scores = log_probs.copy()
    scores[:, :, [CUE_BEGIN, NESTED_BEGIN]] += begin_bonus
    line_start = np.diff(line, axis=1, prepend=-1) != 0
    scores[line_start[:, :, None] & _IS_INSIDE] = NEVER
    scores[(line < 0)[:, :, None] & _IS_CUE] = NEVER
    path = viterbi(scores, _CUE_ALLOWED, ~_IS_INSIDE)
    found = []
    for tags, probs in zip(as_bytes(path), log_probs, strict=True):
        cues = []
        for begin in (CUE_BEGIN, NESTED_BEGIN):
            for first, last in _runs(tags, begin, begin + 1):
                # The chance that a cue stands here at all: its surest piece, whichever the tag.
                chance = 1.0 - np.exp(probs[first : last + 1, CUE_OUTSIDE].min())
                cues.append(Cue(first, last, begin == NESTED_BEGIN, float(chance)))
        found.append(sorted(cues, key=lambda c: c.first))
    return found


_IS_INSIDE = np.array([False, False, True, False, True])
_IS_CUE = np.array([False, True, True, True, True])
_CUE_ALLOWED = np.array(
    [
        [True, True, False, True, False],
        [True, True, True, True, False],
        [True, True, True, True, False],
        [True, True, False, True, True],
        [True, True, False, True, True],
    ]
)


def _role_transitions() -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Transitions over (state, begins here?) pairs; a begun span is its own state."""
    # Expanded states: out0, con0-begin, con0-inside, src-begin, src-inside, out1, con1-begin, con1-inside
    allowed = np.zeros((8, 8), dtype=bool)
    before, source, after = [0, 1, 2], [3, 4], [5, 6, 7]
    for a in before:
        allowed[a, [0, 1, 3]] = True
    for a in source:
        allowed[a, [4, 5, 6]] = True
    for a in after:
        allowed[a, [5, 6]] = True
    allowed[[1, 2], 2] = True
    allowed[[6, 7], 7] = True
    first = np.zeros(8, dtype=bool)
    first[[0, 1, 3]] = True
    return allowed, first


_ROLE_ALLOWED, _ROLE_FIRST = _role_transitions()
_ROLE_OF_STATE = np.array(
    [
        ROLE_OUTSIDE,
        CONTENT_BEGIN,
        CONTENT_INSIDE,
        SOURCE_BEGIN,
        SOURCE_INSIDE,
        ROLE_OUTSIDE,
        CONTENT_BEGIN,
        CONTENT_INSIDE,
    ]
)


# Which role may stand behind which, however many sources there are.
_ROLES_FOLLOW = np.ones((5, 5), dtype=bool)
_ROLES_FOLLOW[:, [SOURCE_INSIDE, CONTENT_INSIDE]] = False
_ROLES_FOLLOW[[SOURCE_BEGIN, SOURCE_INSIDE], SOURCE_INSIDE] = True
_ROLES_FOLLOW[[CONTENT_BEGIN, CONTENT_INSIDE], CONTENT_INSIDE] = True


def decode_roles(log_probs: Floats, first: Ints, last: Ints, length: Ints) -> list[Roles]:
    """Source and content of each cue: at most one source, none of them inside the cue.

    Args:
        log_probs: (cues, pieces, 5).
        first, last: (cues,) the pieces of each cue, `last` inclusive.
        length: (cues,) how many pieces of each row are real.
    """
    if not len(log_probs):
        return []
    scores = log_probs.copy()
    at = np.arange(log_probs.shape[1])[None, :]
    closed = ((at >= first[:, None]) & (at <= last[:, None])) | (at >= length[:, None])
    scores[closed] = NEVER
    scores[closed, ROLE_OUTSIDE] = 0.0
    path = _best_roles(scores)
    found = []
    for tags, probs in zip(as_bytes(path), log_probs, strict=True):
        source = _runs(tags, SOURCE_BEGIN, SOURCE_INSIDE)
        content = _runs(tags, CONTENT_BEGIN, CONTENT_INSIDE)
        found.append(
            Roles(
                source=source[0] if source else None,
                content=tuple(content),
                source_probability=_sureness(probs, source, SOURCE_BEGIN, SOURCE_INSIDE),
                content_probability=_sureness(probs, content, CONTENT_BEGIN, CONTENT_INSIDE),
            )
        )
    return found


def _best_roles(scores: Floats) -> Ints:
    """(cues, pieces, 5) -> the best roles (cues, pieces); only a row with several sources needs all states."""
    path = viterbi(scores, _ROLES_FOLLOW, _ROLES_FOLLOW[ROLE_OUTSIDE])
    several = (path == SOURCE_BEGIN).sum(axis=1) > 1
    if several.any():
        # Where no row may have a role, each is outside at no cost: that part is not searched.
        rows = np.flatnonzero(several)
        near = np.flatnonzero((scores[rows, :, 1:] > NEVER).any(axis=(0, 2)))
        part = slice(int(near[0]), int(near[-1]) + 1)
        states = scores[rows, part][:, :, _ROLE_OF_STATE]
        path[rows, part] = _ROLE_OF_STATE[_search(states, _ROLE_ALLOWED, _ROLE_FIRST)]
    return path


def in_order(items: Iterable[T], place: Callable[[T], tuple[int, int, float]]) -> list[T]:
    """What several windows found, in the order of the text; of two that overlap the surer one stays.

    Args:
        place: first and last piece of an item, `last` inclusive, and its probability.
    """
    kept: list[T] = []
    for item in sorted(items, key=lambda i: place(i)[0]):
        first, _, probability = place(item)
        if kept and first <= place(kept[-1])[1]:
            if probability > place(kept[-1])[2]:
                kept[-1] = item
        else:
            kept.append(item)
    return kept


def as_bytes(path: Ints) -> list[bytes]:
    """Rows of tags, each as bytes: for looking at one tag after another they are many times as fast."""
    return [row.tobytes() for row in path.astype(np.uint8)]


def _runs(tags: bytes, begin: int, inside: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    first = tags.find(begin)
    while first >= 0:
        last = first
        while last + 1 < len(tags) and tags[last + 1] == inside:
            last += 1
        spans.append((first, last))
        first = tags.find(begin, last + 1)
    return spans


def _sureness(log_probs: Floats, spans: list[tuple[int, int]], begin: int, inside: int) -> float:
    """Mean chance of the role over its pieces; without a span, the chance that no piece has it."""
    if not spans:
        return float(1.0 - (np.exp(log_probs[:, begin]) + np.exp(log_probs[:, inside])).max())
    whole = log_probs[spans[0][0] : spans[-1][1] + 1]
    chance = np.exp(whole[:, begin]) + np.exp(whole[:, inside])
    if len(spans) > 1:
        start = spans[0][0]
        chance = np.concatenate([chance[a - start : b + 1 - start] for a, b in spans])
    return float(chance.sum() / len(chance))
