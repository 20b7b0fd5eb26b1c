"""Score coded events against sentences with a known actor, recipient and PLOVER type.

The corpus has for each sentence one event or a few, not all that it tells, so that precision can't be read off;
how many events a sentence is given stands in for it. The measures are those of Zero-Shot-PLOVER (Hu et al. 2024)
where the coder is not given the parties.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from onrecord.analysis.encoder import Model
from onrecord.contract import EventOut
from onrecord.errors import UsageError
from onrecord.evaluation.analysed import analysed
from onrecord.evaluation.lines import numbered_rows

_WORD = re.compile(r"\w+")
_SMALL_WORDS = frozenset("the a an of s and in to on for by".split())
Pair = tuple[int, int]


class LabelledEvent(msgspec.Struct):
    """A labelled event; `or_type` is a second type that counts as right. Spans are code points of the text."""

    type: str
    actors: list[Pair] = []
    recipients: list[Pair] = []
    or_type: str | None = None


class LabelledSentence(msgspec.Struct):
    """A sentence with labelled events."""

    id: str
    text: str
    events: list[LabelledEvent]


class _HasEnds(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def is_kept_apart(id: str) -> bool:
    """Is the sentence with this id of the fifth that is kept for measuring?"""
    return zlib.crc32(f"plv:{id}".encode()) % 5 == 0


def evaluate_events(path: Path, model: Model, *, kept_apart: bool) -> dict[str, dict[str, float]]:
    """Shares of the labelled events, in per cent, and F1 of each type.

    - `coded`: an event has the type, and an actor and a recipient that share a word with the labelled ones;
    - `pair`: the same, whatever the type; `typed`: the type is among those of the sentence;
    - `root`: macro F1 over the types, of the event with the parties, else of the surest;
    - `first`: sentences whose surest event has a labelled type; `per_text`: events a sentence.

    Args:
        kept_apart: of the corpus only the fifth that no weight was trained on.

    Raises:
        UsageError: if the corpus cannot be read.
    """
    rows = [
        row
        for _, row in numbered_rows(
            path, LabelledSentence, what="a sentence with events", needs='"id", "text" and "events"'
        )
        if not kept_apart or is_kept_apart(row.id)
    ]
    if not rows:
        raise UsageError(f"{path}: there are no sentences in it. Name a corpus of sentences with events.")
    scores = EventScores()
    for row, output in zip(rows, analysed(((r.id, r.text) for r in rows), model), strict=True):
        scores.add(row, output.events)
    return scores.figures()


class EventScores:
    """Counts over sentences."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._right: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def add(self, row: LabelledSentence, events: Sequence[EventOut]) -> None:
        """Count one sentence."""
        events = sorted(events, key=lambda e: -e.confidence)
        labelled = {t for gold in row.events for t in (gold.type, gold.or_type) if t}
        self._counts["texts"] += 1
        self._counts["events"] += len(events)
        self._counts["first"] += bool(events) and events[0].type in labelled
        for gold in row.events:
            self._add_event(row.text, gold, events)

    def _add_event(self, text: str, gold: LabelledEvent, events: Sequence[EventOut]) -> None:
        right = {gold.type, gold.or_type}
        paired = [
            e
            for e in events
            if _fits(text, gold.actors, e.actors) and _fits(text, gold.recipients, e.recipients)
        ]
        coded = any(e.type in right for e in paired)
        self._counts["labelled"] += 1
        self._counts["pair"] += bool(paired)
        self._counts["coded"] += coded
        self._counts["typed"] += any(e.type in right for e in events)
        guess = gold.type if coded else next((e.type for e in (*paired, *events)), "NONE")
        if guess in right:
            self._right[gold.type] += 1
        else:
            self._wrong[guess] += 1
            self._missed[gold.type] += 1

    def figures(self) -> dict[str, dict[str, float]]:
        """`events`, and `types` with F1 of each."""
        kinds = sorted({*self._right, *self._missed})
        f1 = {
            k: round(200 * self._right[k] / (2 * self._right[k] + self._wrong[k] + self._missed[k]), 1)
            for k in kinds
        }

        def share(name: str, of: str) -> float:
            return round(100 * self._counts[name] / max(1, self._counts[of]), 1)

        events = {name: share(name, "labelled") for name in ("coded", "pair", "typed")}
        events |= {
            "root": round(sum(f1.values()) / max(1, len(f1)), 1),
            "first": share("first", "texts"),
            "per_text": round(self._counts["events"] / max(1, self._counts["texts"]), 2),
            "texts": self._counts["texts"],
            "labelled": self._counts["labelled"],
        }
        return {"events": events, "types": f1}


def _fits(text: str, gold: Sequence[Pair], found: Iterable[_HasEnds]) -> bool:
    """Do parties share a word with the labelled ones? Where none is labelled, any do."""
    return not gold or bool(_words(text, gold) & _words(text, [(f.start, f.end) for f in found]))


def _words(text: str, spans: Sequence[Pair]) -> set[int]:
    """Where the words of spans begin, small ones aside."""
    return {
        word.start()
        for a, b in spans
        for word in _WORD.finditer(text)
        if word.start() < b and word.end() > a and word[0].lower() not in _SMALL_WORDS
    }
