"""How many passages that a language model retold are found, at one false positive in a thousand.

Negatives come in sets that are counted apart, for many easy pairs would hide a few hard ones:

- reports of one topic: whole reports, each with each other of its topic;
- passages of one event: such reports cut into passages as long as the originals, each with each of another report;
- passages of one topic: the same of two events of a topic;
- other originals: an original with what was made of every seventh one after it;
- neighbours: an original with what was made of one of the next three, which often stand in the same report.

What is `found` scores higher than all but one in a thousand of each of the first four; `found past neighbours`, of the fifth as
well. That is the hardest, for a writer says in the end once more what was said in the beginning.

Some reports of one event have text in common, and so are copies, though not labelled so: pairs of which most of the shorter one
stands word for word in the other, quotations left out. They count as negatives in `found`, and do not in `found, common text left
out`. Pairs of originals that have text in common are no negatives at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from math import sqrt
from pathlib import Path
from typing import Final

import msgspec

from onrecord.article import Article
from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.same_event import (
    EventRow,
    Passage,
    common_text,
    cut_passages,
    pairs_of_topics,
    read_events,
    whole,
)
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.likeness import LEAST_SCORE, likeness

Figures = dict[str, dict[str, float]]

# One in so many negatives of each set may be taken for a copy.
_FALSE_POSITIVES: Final = 1_000
# With so much of the shorter one word for word, two passages of reports are copies: nobody writes that twice by himself.
_MOST_COMMON: Final = 0.5
# No label says that two originals are independent: a bound as low as that from which reports are known to be near each other.
_MOST_COMMON_OF_ORIGINALS: Final = 0.3
_NEXT: Final = range(1, 4)
_EVERY: Final = 7
_NEIGHBOURS: Final = "neighbours"


class RewriteRow(msgspec.Struct):
    """A passage and what a language model made of it, by instruction."""

    id: str
    original: str
    rewrites: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Printed:
    passage: Passage
    print: Fingerprint


_Pairs = Iterable[tuple[_Printed, _Printed]]


@dataclass(frozen=True, slots=True)
class _Negatives:
    """The scores of a set of pairs that are no copies.

    Attributes:
        scores: the highest first.
        apart: those of them that have no text in common, the highest first.
    """

    scores: Sequence[float]
    apart: Sequence[float]


def evaluate_rewrites(rewrites: Path, negatives: Path) -> Figures:
    """What is found of all, and by instruction; and what of each set of negatives is taken for copies as `compare` decides.

    Of each set is told how much would be found if it were the only one, and `found at least` and `found at most`: within these
    it would lie nineteen times in twenty if as many other pairs were drawn, for the bound hangs on the few highest ones.

    Raises:
        UsageError: if a file cannot be opened or a line does not fit.
    """
    needs = '"id", "original" and "rewrites"'
    rows = [row for _, row in numbered_rows(rewrites, RewriteRow, what="a passage", needs=needs)]
    return score_rewrites(rows, read_events(negatives))


def score_rewrites(rows: Sequence[RewriteRow], events: Sequence[EventRow]) -> Figures:
    """The figures of `evaluate_rewrites`."""
    originals = [_printed(whole(row.original)) for row in rows]
    retold = [{how: _printed(whole(text)) for how, text in row.rewrites.items()} for row in rows]
    found: dict[str, list[float]] = defaultdict(list)
    for original, made in zip(originals, retold, strict=True):
        for how, other in made.items():
            found[how].append(_score(original, other))
    lengths = [len(row.original.split()) for row in rows]
    every = range(_EVERY, len(rows), _EVERY)
    negatives = {
        "reports of one topic": _negatives(_report_pairs(events)),
        "passages of one event": _negatives(_passage_pairs(events, lengths, of_one_event=True)),
        "passages of one topic": _negatives(_passage_pairs(events, lengths, of_one_event=False)),
        "other originals": _negatives(_other_pairs(originals, retold, every)),
        _NEIGHBOURS: _negatives(_other_pairs(originals, retold, _NEXT)),
    }
    return _figures(found, negatives)


def _figures(found: dict[str, list[float]], negatives: dict[str, _Negatives]) -> Figures:
    least = max(_least(n.scores) for name, n in negatives.items() if name != _NEIGHBOURS)
    least_apart = max(_least(n.apart) for name, n in negatives.items() if name != _NEIGHBOURS)
    every = [score for scores in found.values() for score in scores]
    return {
        "rewrites": {
            "found": _above(every, least),
            "found, common text left out": _above(every, least_apart),
            "found past neighbours": _above(every, max(_least(n.scores) for n in negatives.values())),
            "of": len(every),
            "least score": round(least, 3),
        },
        "as decided": {"found": _from(every, LEAST_SCORE), "least score": LEAST_SCORE},
        **{name: _of_set(every, n) for name, n in negatives.items()},
        **{how: {"found": _above(scores, least)} for how, scores in found.items()},
    }


def _of_set(every: Sequence[float], negatives: _Negatives) -> dict[str, float]:
    most_above = len(negatives.scores) // _FALSE_POSITIVES
    spread = round(2 * sqrt(most_above))
    return {
        "pairs": len(negatives.scores),
        "least score": round(_least(negatives.scores), 3),
        "found": _above(every, _least(negatives.scores)),
        "found at least": _above(every, _at(negatives.scores, most_above - spread)),
        "found at most": _above(every, _at(negatives.scores, most_above + spread)),
        "as decided": _from(negatives.scores, LEAST_SCORE),
        "with common text": len(negatives.scores) - len(negatives.apart),
        "found, common text left out": _above(every, _least(negatives.apart)),
    }


def _report_pairs(events: Sequence[EventRow]) -> _Pairs:
    reports = {row.id: _printed(whole(row.text)) for row in events}
    return ((reports[a.id], reports[b.id]) for a, b in pairs_of_topics(events))


def _passage_pairs(events: Sequence[EventRow], lengths: Sequence[int], *, of_one_event: bool) -> _Pairs:
    in_turn = cycle(lengths)
    passages = {row.id: [_printed(p) for p in cut_passages(row.text, in_turn)] for row in events}
    for a, b in pairs_of_topics(events):
        if (a.event == b.event) == of_one_event:
            yield from ((p, q) for p in passages[a.id] for q in passages[b.id])


def _other_pairs(
    originals: Sequence[_Printed], retold: Sequence[dict[str, _Printed]], distances: range
) -> Iterator[tuple[_Printed, _Printed]]:
    """Each original with what was made of those that stand so far behind it."""
    for n, original in enumerate(originals):
        for m in (n + d for d in distances if n + d < len(originals)):
            if common_text(original.passage, originals[m].passage) < _MOST_COMMON_OF_ORIGINALS:
                yield from ((original, other) for other in retold[m].values())


def _printed(passage: Passage) -> _Printed:
    """Without a frame, and without an id that could tell which is older."""
    return _Printed(passage, fingerprint(Article("", passage.text)))


def _negatives(pairs: _Pairs) -> _Negatives:
    scored = [(_score(a, b), common_text(a.passage, b.passage) >= _MOST_COMMON) for a, b in pairs]
    return _Negatives(
        sorted((score for score, _ in scored), reverse=True),
        sorted((score for score, common in scored if not common), reverse=True),
    )


def _score(a: _Printed, b: _Printed) -> float:
    first, second = (a, b) if a.print.data <= b.print.data else (b, a)
    found = likeness(first.print, second.print)
    return found.chance if found else 0.0


def _least(scores: Sequence[float]) -> float:
    """No more than one score in a thousand is above it."""
    return _at(scores, len(scores) // _FALSE_POSITIVES)


def _at(scores: Sequence[float], rank: int) -> float:
    return scores[min(max(rank, 0), len(scores) - 1)] if scores else 0.0


def _above(scores: Sequence[float], least: float) -> float:
    return _percent(sum(s > least for s in scores), len(scores))


def _from(scores: Sequence[float], least: float) -> float:
    return _percent(sum(s >= least for s in scores), len(scores))


def _percent(part: int, of: int) -> float:
    return round(100 * part / max(1, of), 2)
