"""How well copies are told: stories of generated families among reports of other events, kinds, directions; and passages that a
language model retold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import msgspec

from onrecord.article import Article
from onrecord.evaluation.copies import Family, families
from onrecord.evaluation.lines import numbered_rows
from onrecord.resolution.stories.copies import COPY_KINDS
from onrecord.resolution.stories.fingerprint import Fingerprint, fingerprint
from onrecord.resolution.stories.likeness import LEAST_SCORE, compare, likeness
from onrecord.resolution.stories.placing import Stories

Figures = dict[str, dict[str, float]]

# One in so many negatives may be taken for a copy.
_FALSE_POSITIVES = 1_000
_NO_KIND = "none"


class ArticleRow(msgspec.Struct):
    """One line of articles."""

    id: str
    text: str


class EventRow(msgspec.Struct):
    """A report with the event that it tells of; `near`: reports of the topic with which it may have text in common."""

    id: str
    text: str
    topic: str | int
    event: str
    near: list[tuple[str, float]] = []


class RewriteRow(msgspec.Struct):
    """A passage and what a language model made of it, by instruction."""

    id: str
    original: str
    rewrites: dict[str, str]


def evaluate_stories(corpus: Path, negatives: Path | None, seed: int) -> Figures:
    """Stories, kinds and directions of families made of a corpus, among reports of other events.

    Raises:
        UsageError: if a file cannot be opened or a line does not fit.
    """
    rows = numbered_rows(corpus, ArticleRow, what="an article", needs='"id" and "text"')
    made = list(families([Article(row.id, row.text) for _, row in rows], seed))
    others = [Article(f"negative-{row.id}", row.text) for row in _events(negatives)] if negatives else []
    return score_families(made, others)


def score_families(made: Sequence[Family], others: Sequence[Article]) -> Figures:
    """The figures of `evaluate_stories`; `others` are stories of their own each."""
    placed = Stories(compare)
    truth: dict[str, str] = {article.id: article.id for article in others}
    for family in made:
        truth |= {m.article.id: family.members[0].article.id for m in family.members}
    for article in [*(m.article for family in made for m in family.members), *others]:
        placed.place(article)
    told = {id: story.id for story in placed.stories() for id in story.articles}
    kinds, direction, of_direction = _pairs(made)
    return {
        "stories": {
            "adjusted rand index": _percent(adjusted_rand(truth, told)),
            "reports": len(truth),
            "families": len(made),
        },
        "kinds": {"macro f1": _percent(_macro_f1(kinds))}
        | {k: _percent(f) for k, f in _f1_of_each(kinds).items()},
        "direction": {"right": _percent(direction / max(1, of_direction)), "of": of_direction},
    }


def _pairs(made: Sequence[Family]) -> tuple[list[tuple[str, str]], int, int]:
    """Of each report and its parent: the kind that it has and the one that is told. How often the direction is told rightly where
    more than time tells it, times left out, and of how many."""
    kinds: list[tuple[str, str]] = []
    right = of = 0
    for family in made:
        by_id = {m.article.id: m.article for m in family.members}
        for member in family.members:
            if member.parent is None or member.kind is None or "merged with another" in member.steps:
                continue
            timeless = [
                fingerprint(replace(a, published=None)) for a in (by_id[member.parent], member.article)
            ]
            pair = compare(*timeless)
            kinds.append((member.kind, pair.kind if pair else _NO_KIND))
            if member.is_told:
                of += 1
                original = {"first": pair.first, "second": pair.second}.get(pair.original) if pair else None
                right += original == member.parent
    return kinds, right, of


def evaluate_rewrites(rewrites: Path, negatives: Path) -> Figures:
    """The share of retold passages that are found at one false positive in a thousand.

    Negatives are all pairs of reports of one topic, and so of one event, but for those that may have text in common (`near`). Told
    besides: what is found and what is falsely found as `compare` decides, and the same of a passage with what was made of one of
    the next three, which often are of the same report.

    Raises:
        UsageError: if a file cannot be opened or a line does not fit.
    """
    rows = [
        row
        for _, row in numbered_rows(rewrites, RewriteRow, what="a passage", needs='"original" and "rewrites"')
    ]
    originals = [_print(row.original, n) for n, row in enumerate(rows)]
    retold = {
        how: [(n, _print(row.rewrites[how], n)) for n, row in enumerate(rows) if how in row.rewrites]
        for how in rows[0].rewrites
    }
    scores = {how: [_score(originals[n], p) for n, p in prints] for how, prints in retold.items()}
    wrong = sorted(_event_scores(negatives), reverse=True)
    others = [
        _score(originals[n], other)
        for prints in retold.values()
        for n in range(len(originals))
        for _, other in prints[n + 1 : n + 4]
    ]
    least = wrong[len(wrong) // _FALSE_POSITIVES]
    every = [s for found in scores.values() for s in found]
    figures: Figures = {
        "rewrites": {"found": _above(every, least), "of": len(every), "least score": round(least, 3)},
        "as decided": {
            "found": _above(every, LEAST_SCORE),
            "same event": _above(wrong, LEAST_SCORE),
            "other passages": _above(others, LEAST_SCORE),
        },
        "negatives": {"same event": len(wrong), "other passages": len(others)},
    }
    return figures | {how: {"found": _above(found, least)} for how, found in scores.items()}


def _above(scores: Sequence[float], least: float) -> float:
    return round(100 * sum(s > least for s in scores) / max(1, len(scores)), 2)


def _print(text: str, number: int) -> Fingerprint:
    return fingerprint(Article(f"{number}#{len(text)}", text))


def _score(a: Fingerprint, b: Fingerprint) -> float:
    first, second = (a, b) if (a.id, a.data) <= (b.id, b.data) else (b, a)
    found = likeness(first, second)
    return found.chance if found else 0.0


def _event_scores(path: Path) -> Iterator[float]:
    by_topic: dict[str | int, list[EventRow]] = defaultdict(list)
    for row in _events(path):
        by_topic[row.topic].append(row)
    for rows in by_topic.values():
        prints = {row.id: fingerprint(Article(row.id, row.text)) for row in rows}
        for a, b in combinations(rows, 2):
            if not any(id == b.id for id, _ in a.near) and not any(id == a.id for id, _ in b.near):
                yield _score(prints[a.id], prints[b.id])


def _events(path: Path) -> list[EventRow]:
    rows = numbered_rows(
        path, EventRow, what="a report of an event", needs='"id", "text", "topic" and "event"'
    )
    return [row for _, row in rows]


def adjusted_rand(truth: dict[str, str], told: dict[str, str]) -> float:
    """How alike two ways to divide the same things are, 1 for the same, 0 for chance (Hubert and Arabie 1985)."""
    both = Counter((truth[id], told[id]) for id in truth)
    pairs = sum(_two(n) for n in both.values())
    first = sum(_two(n) for n in Counter(truth.values()).values())
    second = sum(_two(n) for n in Counter(told[id] for id in truth).values())
    expected = first * second / max(1, _two(len(truth)))
    most = (first + second) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def _two(n: int) -> float:
    return n * (n - 1) / 2


def _f1_of_each(kinds: Iterable[tuple[str, str]]) -> dict[str, float]:
    both = Counter(kinds)
    found = {}
    for kind in COPY_KINDS:
        right = both[kind, kind]
        is_it = sum(n for (true, _), n in both.items() if true == kind)
        told = sum(n for (_, guess), n in both.items() if guess == kind)
        found[str(kind)] = 2 * right / max(1, is_it + told)
    return found


def _macro_f1(kinds: Iterable[tuple[str, str]]) -> float:
    return sum(_f1_of_each(list(kinds)).values()) / len(COPY_KINDS)


def _percent(share: float) -> float:
    return round(100 * share, 1)
