"""A report and its candidates -> its pairs, on several processors where there are many candidates.

A pair depends on two reports alone, so who compares them changes nothing.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Final, TypeAlias

import msgspec

from onrecord.resolution.stories.copies import Pair
from onrecord.resolution.stories.fingerprint import Fingerprint
from onrecord.resolution.stories.likeness import compare

Compare: TypeAlias = Callable[[Fingerprint, Fingerprint], Pair | None]
Pairs: TypeAlias = list[Pair | None]

# Handing fewer comparisons than this to each process takes longer than making them.
_WORTH_HANDING: Final = 2
# What goes through the pipes: pickling the passages of pairs would take a third as long as finding them.
_SENT: Final = msgspec.msgpack.Encoder()
_PRINTS: Final = msgspec.msgpack.Decoder(list[Fingerprint])
_FOUND: Final = msgspec.msgpack.Decoder(Pairs)


class Comparing:
    """Compares reports with their candidates; a context manager, as it may hold processes.

    These are asked by pipes, not through an executor: its threads would wait for the interpreter lock while this process
    compares its own share, longer than a comparison takes.
    """

    def __init__(self, processes: int = 1, compare: Compare = compare) -> None:
        """Starts the other processes.

        Args:
            processes: how many compare at once, this one among them.
            compare: a pair of two reports if they are copies; symmetrical, and a function of a module where there are
                several processes.
        """
        self._compare = compare
        self._helpers: list[Connection] = []
        context = multiprocessing.get_context("spawn")
        for _ in range(processes - 1):
            ours, theirs = context.Pipe()
            context.Process(target=_help, args=(theirs, compare), daemon=True).start()
            theirs.close()
            self._helpers.append(ours)

    def __enter__(self) -> Comparing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the other processes; what is compared from now on this process compares alone."""
        while self._helpers:
            self._helpers.pop().close()

    def pairs(self, report: Fingerprint, candidates: Sequence[Fingerprint]) -> Pairs:
        """For each candidate the pair that it makes with the report, None where they are no copies.

        Raises:
            EOFError: if one of the processes is gone.
        """
        hands = max(1, min(1 + len(self._helpers), len(candidates) // _WORTH_HANDING))
        found: Pairs = [None] * len(candidates)
        asked = self._helpers[: hands - 1]
        for n, helper in enumerate(asked, 1):
            helper.send_bytes(_SENT.encode([report, *candidates[n::hands]]))
        found[::hands] = _pairs(self._compare, report, candidates[::hands])
        for n, helper in enumerate(asked, 1):
            found[n::hands] = _FOUND.decode(helper.recv_bytes())
        return found


def _pairs(compare: Compare, report: Fingerprint, candidates: Sequence[Fingerprint]) -> Pairs:
    return [compare(report, candidate) for candidate in candidates]


def _help(asked: Connection, compare: Compare) -> None:
    """Compares what it is sent until nobody is there to send any more."""
    while True:
        try:
            report, *candidates = _PRINTS.decode(asked.recv_bytes())
            asked.send_bytes(_SENT.encode(_pairs(compare, report, candidates)))
        except (EOFError, OSError, KeyboardInterrupt):
            return
