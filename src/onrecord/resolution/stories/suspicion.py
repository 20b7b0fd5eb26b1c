"""Does a report betray by itself that a machine swapped words of another one?

A spinner puts synonyms into set phrases and names (*main minister*, *Democratic Election of ...*), breaks appositions (*a former
minister who is now a former minister*) and sentences, doubles words. One such slip is a slip; several of different kinds are
none. Clean text must never be suspected, so much is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from onrecord.article import Span
from onrecord.resolution.entries import load_actors, read_data
from onrecord.resolution.spelling import fold


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of a report that a machine seems to have damaged, and how it shows."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That a report is a spun copy, with all that tells it, in the order of the text."""

    reasons: tuple[Reason, ...]


# What each kind of slip counts; a report is suspected from ENOUGH on, of two kinds at least or with set phrases throughout.
_ENOUGH = 2.0
_APPOSITION, _BROKEN, _POINTS, _NAME = 1.5, 0.75, 1.0, 1.0
_DOUBLED, _MOST_DOUBLED = 0.5, 1.0
_PHRASES_SOME, _PHRASES_MANY = 0.75, 2.0
# So many damaged phrases, and so many of a hundred pairs of words.
_SOME, _SOME_RATE = 3, 0.7
_MANY, _MANY_RATE = 5, 1.3

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_CLAUSE = re.compile(r"[^.!?;:,“”\"()\n–—]+")
# *A former minister who is now a former minister*.
_TWICE = re.compile(
    r"\b(?:[Aa]n?|[Tt]he) (?P<what>(?:[a-z]+ ){1,3}?[a-z]{4,}),? (?:who|which|that) (?:is|was|are|were)(?: now| also| still| then)? (?:an?|the) (?P=what)\b"
)
# *... told the agency. leader of the party*: no sentence begins so.
_BROKEN_SENTENCE = re.compile(
    r"(?<![\w.@/-])(?!(?:approx|assoc|dept|intl|govt|univ|bros|messrs|calif|minn|conn|penn|tenn|corp|prof|capt|lieut|sept)\.)"
    r"[A-Za-z][a-z]{4,}\. (?P<word>[a-z]{2,})(?= [a-z])(?!\w*[./])",
    re.IGNORECASE,
)
_LOOSE_POINTS = re.compile(
    r"(?<=\w)\. \.(?![ .]*\.)(?=\s|$)|”\. ?“\.|\"\. \"\.|[.,][”\"] ?,(?= [A-Z]\w* said)"
)
_DOUBLE = re.compile(
    r"\b(?P<word>the|an?|of|to|and|for|with|from|by|at|was|were|has|have|this|their|its|his|which|said) (?P=word)\b"
)
_NAME_PHRASE = re.compile(r"\b[A-Z][a-z]+(?: (?:(?:of the|of|for|and) )?[A-Z][a-z]+){1,6}")


def suspect_copy(text: str) -> Suspicion | None:
    """What betrays that a report is a spun copy; None where nothing or too little does."""
    weight, kinds, reasons = 0.0, 0, list[Reason]()

    def count(found: list[Reason], each: float, most: float) -> None:
        nonlocal weight, kinds
        if found:
            weight += min(most, each * len(found))
            kinds += 1
            reasons.extend(found)

    count(_matches(_TWICE, text, "told to be what it is"), _APPOSITION, _APPOSITION)
    broken = [
        Reason(Span(m.start("word"), m.end("word")), "begins a sentence in the middle")
        for m in _BROKEN_SENTENCE.finditer(text)
        if m["word"].islower()
    ]
    count(broken, _BROKEN, _BROKEN)
    count(_matches(_LOOSE_POINTS, text, "marks that end nothing"), _POINTS, _POINTS)
    count(_matches(_DOUBLE, text, "a word twice"), _DOUBLED, _MOST_DOUBLED)
    count(damaged_names(text), _NAME, _NAME)
    phrases, pairs = damaged_phrases(text)
    rate = 100 * len(phrases) / max(1, pairs)
    if len(phrases) >= _MANY and rate >= _MANY_RATE:
        count(phrases, _PHRASES_MANY, _PHRASES_MANY)
        kinds += 1
    elif len(phrases) >= _SOME and rate >= _SOME_RATE:
        count(phrases, _PHRASES_SOME, _PHRASES_SOME)
    if weight < _ENOUGH or kinds < 2:
        return None
    return Suspicion(tuple(sorted(reasons, key=lambda r: (r.span, r.why))))


def _matches(pattern: re.Pattern[str], text: str, why: str) -> list[Reason]:
    return [Reason(Span(*m.span()), why) for m in pattern.finditer(text)]


def clauses_of(text: str) -> Iterator[list[tuple[Span, str]]]:
    """The words between two marks, in lower case, with their places."""
    for clause in _CLAUSE.finditer(text):
        words = [
            (Span(*m.span()), m[0].lower().replace("’", "'"))
            for m in _WORD.finditer(text, clause.start(), clause.end())
        ]
        if words:
            yield words


def damaged_phrases(text: str) -> tuple[list[Reason], int]:
    """Pairs of words that news never has, of which one is a synonym of what it always has there; and of how many pairs."""
    table = _phrases()
    put_by, usual = table.put_by, table.usual
    found: list[Reason] = []
    pairs = 0
    for clause in _CLAUSE.finditer(text):
        words = [w.lower().replace("’", "'") for w in _WORD.findall(text, clause.start(), clause.end())]
        pairs += max(0, len(words) - 1)
        # Few words are ever put for others, and of these few stand where a strong pair has another one.
        if not any(
            ((one := put_by.get(a)) and not one.isdisjoint(table.firsts.get(b, ())))
            or ((other := put_by.get(b)) and not other.isdisjoint(table.seconds.get(a, ())))
            for a, b in pairwise(words)
        ):
            continue
        placed = list(_WORD.finditer(text, clause.start(), clause.end()))
        for (first, a), (second, b) in pairwise(zip(placed, words, strict=True)):
            meant = None if (a, b) in usual else table.meant(a, b)
            if meant:
                found.append(Reason(Span(first.start(), second.end()), f"for {meant}"))
    return found, pairs


def damaged_names(text: str) -> list[Reason]:
    """Names that nobody bears, of which one word is a synonym of the word in the name of a body that is known."""
    table = _phrases()
    index = load_actors()[1].names
    found: dict[str, Reason] = {}
    for name in _NAME_PHRASE.finditer(text):
        words = name[0].split()
        if len(words) < 3 or name[0] in found or _is_known(index, words):
            continue
        for n, word in enumerate(words):
            for original in table.originals.get(word.lower(), ()):
                meant = [*words[:n], original.capitalize(), *words[n + 1 :]]
                if _is_known(index, meant):
                    found[name[0]] = Reason(Span(*name.span()), f"for {' '.join(meant)}")
    return list(found.values())


def _is_known(index: dict[str, list[int]], words: list[str]) -> bool:
    return fold(" ".join(words)) in index


def synonyms_of(word: str) -> tuple[str, ...]:
    """What a spinning machine may put for a word of news, in lower case; nothing for words that it leaves alone."""
    return tuple(sorted(_phrases().put_for.get(word, ())))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The table of `training/set_phrases.py`.

    Attributes:
        usual: pairs that news prints, strong ones and their like.
        firsts, seconds: of strong pairs, what stands before and behind a word.
        put_for: a word -> what a machine puts for it.
        originals: a word -> the words of names of which it is a synonym.
        put_by: the other way about as `put_for`.
    """

    usual: frozenset[tuple[str, str]]
    firsts: dict[str, list[str]]
    seconds: dict[str, list[str]]
    put_for: dict[str, frozenset[str]]
    originals: dict[str, tuple[str, ...]]
    put_by: dict[str, set[str]]

    def meant(self, a: str, b: str) -> str | None:
        """The strong pair that a pair of words seems to have been."""
        none: frozenset[str] = frozenset()
        for word in self.firsts.get(b, ()):
            if a in self.put_for.get(word, none):
                return f"{word} {b}"
        for word in self.seconds.get(a, ()):
            if b in self.put_for.get(word, none):
                return f"{a} {word}"
        return None


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    usual: set[tuple[str, str]] = set()
    table = _Phrases(frozenset(), {}, {}, {}, {}, {})
    for line in read_data("set_phrases.tsv.gz").decode().splitlines():
        kind, a, b = line.split("\t")
        if kind == "pair":
            usual.add((a, b))
            table.firsts.setdefault(b, []).append(a)
            table.seconds.setdefault(a, []).append(b)
        elif kind == "seen":
            usual.add((a, b))
        elif kind == "for":
            table.put_for[a] = frozenset(b.split())
            for other in table.put_for[a]:
                table.put_by.setdefault(other, set()).add(a)
        else:
            table.originals[a] = tuple(b.split())
    return replace(table, usual=frozenset(usual))
