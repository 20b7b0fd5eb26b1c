"""Reports of the same events by different outlets: alike in subject, and no copies of each other.

Not all of them are independent: two that print one agency's report stand among them. Reports that have much of their text in
common are known (`near`); of the others it can be asked whether one has most of its text, quotations left out, from the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec

from onrecord.evaluation.copy_edits import sentences_of
from onrecord.evaluation.lines import numbered_rows
from onrecord.resolution.stories.quoted import quotations_of

_WORD = re.compile(r"\w+")

Run = tuple[str, str, str]


class EventRow(msgspec.Struct):
    """A report with the event that it tells of, and the topic of that event.

    Attributes:
        near: reports of the topic with which it has text in common, and the share of the runs of three words of both, from 0.3 on.
    """

    id: str
    text: str
    topic: str | int
    event: str
    near: list[tuple[str, float]] = []


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is compared: a report, or sentences of one.

    Attributes:
        runs: all runs of three words.
        own: those of them that stand nowhere in a quotation of the report.
    """

    text: str
    runs: frozenset[Run]
    own: frozenset[Run]


def read_events(path: Path) -> list[EventRow]:
    """The reports of a file of JSON lines.

    Raises:
        UsageError: if it cannot be opened or a line does not fit.
    """
    needs = '"id", "text", "topic" and "event"'
    return [row for _, row in numbered_rows(path, EventRow, what="a report of an event", needs=needs)]


def are_near(a: EventRow, b: EventRow) -> bool:
    """Is it known that two reports have text in common?"""
    return any(id == b.id for id, _ in a.near) or any(id == a.id for id, _ in b.near)


def without_near(rows: Sequence[EventRow]) -> list[EventRow]:
    """Of reports that are known to have text in common the first alone."""
    kept: list[EventRow] = []
    for row in rows:
        if not any(are_near(row, other) for other in kept):
            kept.append(row)
    return kept


def pairs_of_topics(rows: Sequence[EventRow]) -> Iterator[tuple[EventRow, EventRow]]:
    """Each report with each other of its topic, but for those that are near each other."""
    by_topic: dict[str | int, list[EventRow]] = defaultdict(list)
    for row in rows:
        by_topic[row.topic].append(row)
    for of_topic in by_topic.values():
        yield from ((a, b) for a, b in combinations(of_topic, 2) if not are_near(a, b))


def whole(text: str) -> Passage:
    """A report as one passage."""
    runs = _runs(text)
    return Passage(text, runs, runs - _quoted_runs(text))


def cut_passages(text: str, lengths: Iterator[int]) -> list[Passage]:
    """A report cut into passages of whole sentences, in order.

    Args:
        lengths: in words, one for each passage: each goes on until it is as long. What is left over at the end is a passage if it
            is half as long as it should be.
    """
    cut, current = list[str](), list[str]()
    wanted = next(lengths)
    for sentence in (s for line in text.split("\n") for s in sentences_of(line)):
        current.append(sentence)
        if _words(current) >= wanted:
            cut.append(" ".join(current))
            current, wanted = [], next(lengths)
    if current and 2 * _words(current) >= wanted:
        cut.append(" ".join(current))
    quoted = _quoted_runs(text)
    return [Passage(passage, runs, runs - quoted) for passage in cut for runs in [_runs(passage)]]


def common_text(a: Passage, b: Passage) -> float:
    """The share of the runs of three words of the shorter passage that both have outside quotations, 0 to 1."""
    return len(a.own & b.own) / max(1, min(len(a.runs), len(b.runs)))


def _words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def _runs(text: str) -> frozenset[Run]:
    words = _WORD.findall(text.lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _quoted_runs(text: str) -> frozenset[Run]:
    """The runs of three words within quotations, which may go on over lines."""
    return frozenset(run for q in quotations_of(text.replace("\n", " ")) for run in _runs(q.words))
