"""How well copies are told: stories of generated families among reports of the same events, kinds, directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from onrecord.article import Article
from onrecord.evaluation.copies import Family, families
from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.same_event import read_events, without_near
from onrecord.resolution.stories.copies import COPY_KINDS
from onrecord.resolution.stories.fingerprint import fingerprint
from onrecord.resolution.stories.likeness import compare
from onrecord.resolution.stories.placing import Stories

Figures = dict[str, dict[str, float]]

_NO_KIND = "none"


class ArticleRow(msgspec.Struct):
    """One line of articles."""

    id: str
    text: str


def evaluate_stories(corpus: Path, negatives: Path | None, seed: int) -> Figures:
    """Stories, kinds and directions of families made of a corpus, among reports of the same events by others.

    Of negatives that may be copies of each other (`near`) the first alone is mixed in.

    Raises:
        UsageError: if a file cannot be opened or a line does not fit.
    """
    rows = numbered_rows(corpus, ArticleRow, what="an article", needs='"id" and "text"')
    made = list(families([Article(row.id, row.text) for _, row in rows], seed))
    events = without_near(read_events(negatives)) if negatives else []
    others = [Article(f"negative-{row.id}", row.text) for row in events]
    return score_families(made, others)


def score_families(made: Sequence[Family], others: Sequence[Article]) -> Figures:
    """The figures of `evaluate_stories`; `others` are stories of their own each."""
    placed = Stories()
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
