"""A report and its candidates -> its pairs, on several processors where there are many candidates.

A pair depends on two reports alone, so who compares them changes nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, TypeAlias

from onrecord.resolution.stories.copies import Pair
from onrecord.resolution.stories.fingerprint import Fingerprint
from onrecord.resolution.stories.likeness import compare

Compare: TypeAlias = Callable[[Fingerprint, Fingerprint], Pair | None]

# Handing fewer comparisons than this to each process takes longer than making them.
_WORTH_HANDING: Final = 2


class Comparing:
    """Compares reports with their candidates; a context manager, as it may hold processes."""

    def __init__(self, processes: int = 1, compare: Compare = compare) -> None:
        """Args:
        processes: how many compare at once, this one among them.
        compare: a pair of two reports if they are copies; symmetrical, and a function of a module where there are
            several processes.
        """
        self._compare = compare
        self._processes = processes
        self._pool = (
            ProcessPoolExecutor(processes - 1, multiprocessing.get_context("spawn"))
            if processes > 1
            else None
        )

    def __enter__(self) -> Comparing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the other processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def pairs(self, report: Fingerprint, candidates: Sequence[Fingerprint]) -> list[Pair | None]:
        """For each candidate the pair that it makes with the report, None where they are no copies."""
        hands = min(self._processes, len(candidates) // _WORTH_HANDING)
        if self._pool is None or hands < 2:
            return _pairs(self._compare, report, candidates)
        shares = [candidates[n::hands] for n in range(hands)]
        others = [self._pool.submit(_pairs, self._compare, report, share) for share in shares[1:]]
        found: list[Pair | None] = [None] * len(candidates)
        found[::hands] = _pairs(self._compare, report, shares[0])
        for n, other in enumerate(others, 1):
            found[n::hands] = other.result()
        return found


def _pairs(compare: Compare, report: Fingerprint, candidates: Sequence[Fingerprint]) -> list[Pair | None]:
    return [compare(report, candidate) for candidate in candidates]
