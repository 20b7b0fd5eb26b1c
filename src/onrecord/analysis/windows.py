"""Pieces -> overlapping windows that fit the encoder, and which window answers for which piece."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from onrecord.analysis.pieces import Ints, Pieces

# Pieces in a window without its two special tokens, and the least that neighbours share. Half the
# overlap is the context that the worst placed cue keeps on its poorer side. Longer windows hold long
# quotations whole, shorter ones are faster: on the held-out part of PolNeAR train, 382 with 96 and
# 318 with 48 find as much as each other, 254 loses quotations.
MAX_WINDOW_PIECES = 318
OVERLAP_PIECES = 48
# A window prefers to begin at a line start if one lies at most so many pieces before its place.
SNAP_PIECES = 32


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of a text; it answers for the pieces [own_start, own_end)."""

    start: int
    end: int
    own_start: int
    own_end: int


def cut_windows(
    pieces: Pieces, *, max_pieces: int = MAX_WINDOW_PIECES, overlap: int = OVERLAP_PIECES
) -> list[Window]:
    """Cover a text with windows of about equal length that begin at line starts where they can.

    Every piece is owned by exactly one window: neighbours share their overlap in halves, so that
    each piece is judged where it has the most context.
    """
    total = len(pieces)
    if total == 0:
        return []
    bounds = _bounds(total, _line_starts(pieces), max_pieces, overlap)
    windows = []
    for i, (start, end) in enumerate(bounds):
        own_start = 0 if i == 0 else (start + bounds[i - 1][1]) // 2
        own_end = total if i == len(bounds) - 1 else (bounds[i + 1][0] + end) // 2
        windows.append(Window(start, end, own_start, own_end))
    return windows


def _line_starts(pieces: Pieces) -> Ints:
    return np.flatnonzero(np.diff(pieces.line, prepend=-1) != 0)


def _bounds(total: int, lines: Ints, max_pieces: int, overlap: int) -> list[tuple[int, int]]:
    bounds = []
    start = 0
    while True:
        rest = total - start
        count = 1 if rest <= max_pieces else math.ceil((rest - overlap) / (max_pieces - overlap))
        size = rest if count == 1 else math.ceil((rest + (count - 1) * overlap) / count)
        end = start + size
        bounds.append((start, end))
        if end >= total:
            return bounds
        goal = end - overlap
        near = lines[(lines > max(start, goal - SNAP_PIECES)) & (lines <= goal)]
        start = int(near[-1]) if len(near) else goal
