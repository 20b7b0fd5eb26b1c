"""Answers that many readers ask for and that take long: kept for a while, and shown with the moment at which they were asked.

What is cheap is asked anew each time; what is dear, as seldom as its price says. So a record that is written to all the time spends a
fiftieth of the processor on each such answer and no more, and a small one shows at once what was added to it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final, Generic, NamedTuple, TypeVar

from onrecord.errors import OnrecordError

T = TypeVar("T")
# An answer that took a second is kept for fifty.
_KEPT_TIMES: Final = 50.0
# What took less of the processor is not kept at all.
_CHEAP_S: Final = 0.05
_LONGEST_S: Final = 60.0
# For so many times as long it may still be told, once more, to whoever asks first after that.
_STILL_TOLD: Final = 2.0


class Told(NamedTuple, Generic[T]):
    """An answer, and the moment at which it was asked: ISO 8601, UTC, to the second."""

    answer: T
    moment: str


class _Kept(NamedTuple):
    told: Told[Any]
    at: float
    for_s: float


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
        """The answer to a question. Of one that was asked lately the last answer is told while it is asked anew, by a thread of its own.

        Args:
            question: what is asked, in words that no other question has. There are few: none is forgotten.
        """
        with self._lock:
            asking = self._asking.setdefault(question, threading.Lock())
        kept = self._kept.get(question)
        age = self._clock() - kept.at if kept else 0.0
        if kept and age < kept.for_s:
            return kept.told
        if kept and age < kept.for_s * _STILL_TOLD:
            if asking.acquire(blocking=False):
                threading.Thread(target=self._ask_anew, args=(question, ask, asking), daemon=True).start()
            return kept.told
        with asking:
            # Who had to wait while another asked has the answer now.
            kept = self._kept.get(question)
            if kept and self._clock() - kept.at < kept.for_s:
                return kept.told
            return self._ask(question, ask)

    def _ask_anew(self, question: str, ask: Callable[[], Any], asking: threading.Lock) -> None:
        try:
            # What goes wrong is told to whoever asks when the last answer is too old.
            with suppress(OnrecordError):
                self._ask(question, ask)
        finally:
            asking.release()

    def _ask(self, question: str, ask: Callable[[], T]) -> Told[T]:
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        began = self._cost()
        told = Told(ask(), moment)
        took = self._cost() - began
        for_s = min(took * _KEPT_TIMES, _LONGEST_S) if took >= _CHEAP_S else 0.0
        self._kept[question] = _Kept(told, self._clock(), for_s)
        return told
