"""Answers that many readers ask for and that take long: kept for a while, and shown with the moment at which they were asked.

What is cheap is asked anew each time; what is dear, as seldom as its price says. So a record that is written to all the time spends a
fiftieth of the processor on each such answer and no more, and a small one shows at once what was added to it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")
# An answer that took a second is kept for fifty.
_KEPT_TIMES: Final = 50.0
# What took less of the processor is not kept at all.
_CHEAP_S: Final = 0.05
_LONGEST_S: Final = 60.0


class Told(NamedTuple, Generic[T]):
    """An answer, and the moment at which it was asked: ISO 8601, UTC, to the second."""

    answer: T
    moment: str


class _Kept(NamedTuple):
    told: Told[Any]
    until: float


class Lately:
    """The answers of one record."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, cost: Callable[[], float] = time.thread_time
    ) -> None:
        self._clock, self._cost = clock, cost
        self._kept: dict[str, _Kept] = {}
        self._asking: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def told(self, question: str, ask: Callable[[], T]) -> Told[T]:
        """The answer to a question. While somebody asks it anew, the others are told the last one.

        Args:
            question: what is asked, in words that no other question has. There are few: none is forgotten.
        """
        with self._lock:
            asking = self._asking.setdefault(question, threading.Lock())
        kept = self._kept.get(question)
        if kept and self._clock() < kept.until:
            return kept.told
        if not asking.acquire(blocking=kept is None):
            assert kept is not None
            return kept.told
        try:
            kept = self._kept.get(question)
            # Who had to wait for the first answer has it now.
            if kept and self._clock() < kept.until:
                return kept.told
            began = self._cost()
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            told = Told(ask(), moment)
            took = self._cost() - began
            is_kept = took >= _CHEAP_S
            until = self._clock() + min(took * _KEPT_TIMES, _LONGEST_S) if is_kept else 0.0
            self._kept[question] = _Kept(told, until)
            return told
        finally:
            asking.release()
