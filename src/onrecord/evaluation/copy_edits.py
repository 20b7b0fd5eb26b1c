"""What desks do to a report that they take over: cut, reorder, touch up, split and join sentences, add a paragraph of their own.

Each edit takes the paragraphs of a report, a headline's line not among them, and gives them changed, or None where it has nothing
to change. The same random numbers give the same words on every machine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

from onrecord.evaluation.altered_quotations import CHANGES
from onrecord.resolution.stories.quoted import quotations_of

Paragraphs = list[str]
Edit = Callable[[Paragraphs, random.Random], Paragraphs | None]

_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|St|Jr|Sr|No|Lt))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen))[.!?][”\"’]?\s+(?=[A-Z“\"])"
)
_OWN: Final = (
    "The newsroom could not reach anybody in {place} for comment on {day}.",
    "Readers in {place} wrote to this newspaper about it on {day}.",
    "It was not clear on {day} what this would mean for people in {place}.",
    "Traffic in {place} was moving slowly on {day}, and shops were open.",
)
_PLACES: Final = "Orrel Vessara Kessand Marwick Lower-Vessara Taslan".split()
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph."""
    found, at = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        found.append(paragraph[at : end.end()].strip())
        at = end.end()
    return [*found, paragraph[at:].strip()] if paragraph[at:].strip() else found


def cut_end(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """The last paragraphs go."""
    if len(paragraphs) < 4:
        return None
    return paragraphs[: rng.randint(max(2, len(paragraphs) // 2), len(paragraphs) - 1)]


def cut_within(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """A paragraph or two from the middle go."""
    if len(paragraphs) < 5:
        return None
    at = rng.randint(1, len(paragraphs) - 3)
    return paragraphs[:at] + paragraphs[at + rng.randint(1, 2) :]


def reorder(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """A paragraph moves to another place."""
    if len(paragraphs) < 4:
        return None
    changed = list(paragraphs)
    at = rng.randrange(1, len(changed))
    moved = changed.pop(at)
    changed.insert(rng.choice([n for n in range(1, len(changed) + 1) if n != at]), moved)
    return changed if changed != paragraphs else None


def split_sentences(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """*..., and the mayor left* becomes a sentence."""
    places = [
        (n, m)
        for n, p in enumerate(paragraphs)
        for m in re.finditer(r", (?:and|but) (?=(?:the|he|she|they|it|a) )", p)
    ]
    if not places:
        return None
    n, m = rng.choice(places)
    paragraph = paragraphs[n]
    rest = paragraph[m.end() :]
    return [*paragraphs[:n], f"{paragraph[: m.start()]}. {rest[0].upper()}{rest[1:]}", *paragraphs[n + 1 :]]


def join_sentences(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """Two sentences become one."""
    places = [
        (n, m)
        for n, p in enumerate(paragraphs)
        for m in re.finditer(r"(?<=[a-z])\. (?=(?:The|He|She|They|It) )", p)
    ]
    if not places:
        return None
    n, m = rng.choice(places)
    paragraph = paragraphs[n]
    rest = paragraph[m.end() :]
    return [
        *paragraphs[:n],
        f"{paragraph[: m.start()]}, and {rest[0].lower()}{rest[1:]}",
        *paragraphs[n + 1 :],
    ]


def touch_up(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """House style: spelling, contractions, numbers, marks."""
    changed = list(paragraphs)
    for n in range(len(paragraphs)):
        for how in ("another spelling", "contracted", "written out", "figures", "other marks"):
            if rng.random() < 0.5:
                changed[n] = CHANGES[how][1](changed[n], rng) or changed[n]
    return changed if changed != paragraphs else None


def add_paragraph(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """A paragraph of the desk's own."""
    own = rng.choice(_OWN).format(place=rng.choice(_PLACES), day=rng.choice(_DAYS))
    at = rng.randint(1, len(paragraphs))
    return [*paragraphs[:at], own, *paragraphs[at:]]


def change_quotation(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """A quotation is trimmed or altered."""
    places = [(n, piece) for n, p in enumerate(paragraphs) for q in quotations_of(p) for piece in q.pieces]
    if not places:
        return None
    n, piece = rng.choice(places)
    paragraph = paragraphs[n]
    ways = [change for expected, change in CHANGES.values() if expected != "punctuation"]
    changed = rng.choice(ways)(piece.of(paragraph), rng)
    if changed is None:
        return None
    return [
        *paragraphs[:n],
        paragraph[: piece.start] + changed + paragraph[piece.end :],
        *paragraphs[n + 1 :],
    ]


def scan(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs | None:
    """A scanner misreads a letter here and there."""
    changed = [CHANGES["badly scanned"][1](p, rng) or p if rng.random() < 0.6 else p for p in paragraphs]
    return changed if changed != paragraphs else None


EDITS: Final[dict[str, Edit]] = {
    "end cut": cut_end,
    "middle cut": cut_within,
    "reordered": reorder,
    "sentences split": split_sentences,
    "sentences joined": join_sentences,
    "touched up": touch_up,
    "paragraph added": add_paragraph,
    "quotation changed": change_quotation,
    "badly scanned": scan,
}
