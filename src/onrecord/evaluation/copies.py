"""Families of copies with known descent, made from given articles: there is no open set of labelled news copies.

A family has an original and up to forty reports that descend from it, in a tree: papers take over the agency's report or that of
another paper, cut it, retitle it, retell it or have it spun. Some reports are made of two. The same seed makes the same families
on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from onrecord.article import Article, Dateline, Frame
from onrecord.evaluation.copy_edits import EDITS, Paragraphs
from onrecord.evaluation.copy_retelling import retell, spin
from onrecord.resolution.stories.copies import CopyKind


@dataclass(frozen=True, slots=True)
class Member:
    """A report of a family.

    Attributes:
        parent: the id of the report that it was made from; None for the original.
        kind: how much was changed on the way from the parent.
        steps: what was done, in words.
        is_told: does more than time tell that the parent came first: a credit, a cut?
    """

    article: Article
    parent: str | None
    kind: CopyKind | None
    steps: tuple[str, ...]
    is_told: bool


@dataclass(frozen=True, slots=True)
class Family:
    """An original, which stands first, and all that descend from it."""

    members: tuple[Member, ...]


_SIZES: Final = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20, 40)
_KINDS: Final[tuple[CopyKind, ...]] = (
    "verbatim",
    "verbatim",
    "edited",
    "edited",
    "edited",
    "rewritten",
    "spun",
)
_AGENCIES: Final = ("Karst Press", "Nordmark Wire", "Teral News Agency")
_OUTLETS: Final = tuple(
    f"{place} {paper}"
    for place in ("Vessara", "Kessand", "Orrel", "Marwick", "Taslan", "Lake Valley")
    for paper in ("Echo", "Post", "Courier", "Herald", "Tribune", "Daily", "Gazette", "Star")
)
_HEADLINE_WORDS: Final = 9
_BEGINNING: Final = datetime(2024, 5, 3, 6, 0, tzinfo=UTC)
# How much of a family was made from the original itself; of the rest any earlier report may be the parent.
_FROM_ORIGINAL: Final = 0.7
_TIME_HIDDEN: Final = 0.4
_CREDIT_KEPT: Final = 0.6
_MERGED: Final = 0.06


def families(articles: Sequence[Article], seed: int, *, most: int = 40) -> Iterator[Family]:
    """A family of each article with at least three paragraphs, in their order.

    Args:
        most: no family has more members.
    """
    before: Paragraphs = []
    for number, article in enumerate(articles):
        paragraphs = [p for p in article.text.split("\n\n") if len(p) > 60]
        if len(paragraphs) < 3:
            continue
        rng = random.Random(f"{seed}|{article.id}")  # nosec B311  # a seed that gives the same each time is what is wanted
        made = _family(article, number, paragraphs, rng, min(most, rng.choice(_SIZES)))
        if before and 2 < len(made) < most and rng.random() < _MERGED * len(made):
            made.append(_merged(made[0], paragraphs, before, rng, len(made)))
        yield Family(tuple(made))
        before = paragraphs


def _family(
    article: Article, number: int, paragraphs: Paragraphs, rng: random.Random, size: int
) -> list[Member]:
    agency = rng.choice(_AGENCIES) if rng.random() < 0.6 else None
    outlet = agency or rng.choice(_OUTLETS)
    when = _BEGINNING + timedelta(hours=7 * number)
    place = rng.choice(("Vessara", "Kessand", "Orrel"))
    original = _printed(
        f"f{number}-0", paragraphs, _headline(paragraphs[0], rng), when, outlet, agency, place
    )
    members = [Member(original, None, None, (), False)]
    texts = {original.id: paragraphs}
    for n in range(1, size):
        from_original = rng.random() < _FROM_ORIGINAL
        parent = members[0] if from_original else rng.choice(members)
        members.append(_copy(parent, texts, f"f{number}-{n}", agency, place, when, rng))
    return members


def _copy(
    parent: Member,
    texts: dict[str, Paragraphs],
    id: str,
    agency: str | None,
    place: str,
    began: datetime,
    rng: random.Random,
) -> Member:
    kind = rng.choice(_KINDS)
    paragraphs, steps = _changed(texts[parent.article.id], kind, rng)
    texts[id] = paragraphs
    outlet = rng.choice([o for o in _OUTLETS if o != parent.article.outlet])
    credit = agency if rng.random() < _CREDIT_KEPT else None
    headline = parent.article.frame.headline or ""
    if kind != "verbatim" or rng.random() < 0.5:
        headline = _headline(paragraphs[0], rng)
        steps = (*steps, "retitled")
    parent_time = parent.article.published
    hidden = rng.random() < _TIME_HIDDEN
    when = (datetime.fromisoformat(parent_time) if parent_time else began) + timedelta(
        minutes=rng.randint(5, 900)
    )
    article = _printed(id, paragraphs, headline, when, outlet, credit, place)
    told = credit is not None and parent.article.outlet == credit
    if hidden:
        article = replace(article, published=None)
    told = told or (kind == "edited" and "end cut" in steps and "paragraph added" not in steps)
    return Member(article, parent.article.id, kind, steps, told)


def _changed(
    paragraphs: Paragraphs, kind: CopyKind, rng: random.Random
) -> tuple[Paragraphs, tuple[str, ...]]:
    if kind == "verbatim":
        return list(paragraphs), ()
    if kind == "spun":
        return spin(paragraphs, rng), ("spun",)
    changed, steps = list(paragraphs), list[str]()
    if kind == "rewritten":
        changed, steps = retell(paragraphs, rng), ["retold"]
        if rng.random() < 0.3:
            changed = EDITS["end cut"](changed, rng) or changed
        return changed, tuple(steps)
    for how in rng.sample(sorted(EDITS), rng.randint(1, 4)):
        edited = EDITS[how](changed, rng)
        if edited:
            changed, steps = edited, [*steps, how]
    if not steps:
        changed, steps = changed[:-1] or changed, ["end cut"]
    return changed, tuple(steps)


def _merged(
    original: Member, paragraphs: Paragraphs, others: Paragraphs, rng: random.Random, number: int
) -> Member:
    """A report made of the larger part of this one and the smaller part of another."""
    mine = paragraphs[: max(2, round(0.7 * len(paragraphs)))]
    theirs = others[: max(1, round(0.35 * len(others)))]
    id = f"{original.article.id.partition('-')[0]}-{number}"
    when = datetime.fromisoformat(original.article.published or _BEGINNING.isoformat()) + timedelta(hours=20)
    article = _printed(id, [*mine, *theirs], _headline(mine[0], rng), when, rng.choice(_OUTLETS), None, None)
    return Member(article, original.article.id, "edited", ("merged with another",), False)


def _headline(paragraph: str, rng: random.Random) -> str:
    """Words of the first paragraph as a headline."""
    words = paragraph.split()
    at = rng.randint(0, max(0, min(6, len(words) - _HEADLINE_WORDS)))
    return " ".join(words[at : at + _HEADLINE_WORDS]).strip(' ,.;:“”"').capitalize()


def _printed(
    id: str,
    paragraphs: Paragraphs,
    headline: str,
    when: datetime,
    outlet: str,
    agency: str | None,
    place: str | None,
) -> Article:
    dated = f"{place.upper()} ({agency}) – " if place and agency else ""
    text = "\n\n".join((headline, dated + paragraphs[0], *paragraphs[1:]))
    return Article(
        id,
        text,
        Frame(headline=headline, dateline=Dateline(place if agency else None, None, agency), agency=agency),
        title=headline,
        published=when.isoformat(),
        outlet=outlet,
        language="en",
    )
