"""Facts that two copies tell in the same place and in other words: names, titles, numbers, negations.

*Democratic Choice of Kazakhstan* and *Democratic Election of Kazakhstan* are one party, one name of it damaged. What differs
by house style (*per cent* and *%*, *Sen.* and *Senator*, *1,000* and *1000*) is no change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.article import Span
from onrecord.resolution.stories.copies import Passage
from onrecord.resolution.stories.word_alignment import Difference, differences
from onrecord.resolution.stories.wording import Word, words_of

FactKind = Literal["name", "title", "number", "negation"]


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """Words of two copies that tell one fact differently: code points of either text, empty where it has none."""

    kind: FactKind
    first: Span
    second: Span


# More words than this in the place of others are a sentence worded anew, not a fact that was changed.
_MOST_WORDS = 4
# Of passages less alike than this the words do not stand side by side.
_LEAST_LIKENESS = 0.5
# In passages less alike than this a negation that stands in another place was worded anew.
_WORDED_ANEW = 0.8
# What may stand inside a name (*Bank of England*) and does not begin or end one.
_LINKS = frozenset("of the and for in on de la al el van von der".split())
_DATELINE = re.compile(
    r"[A-Z][^\n]{2,70}?\([^)\n]{2,40}\)\s*(?:[–—-]|--)+\s*|[A-Z]{3}[A-Z .,]*(?:, [A-Z][a-z]+\.? \d{1,2})?(?:, \d{4})?\s*[–—]+\s*"
)
_TITLE = re.compile(
    r"president|minister|chancellor|secretary|governor|mayor|senator|spokes\w+|chief|director|head|chair\w*|leader|general"
    r"|commander|ambassador|king|queen|prince\w*|judge|justice|attorney|professor|bishop|pope|premier|deputy|envoy|officer"
    r"|representative|congress\w+|lawmaker|banker|banking|sheriff|marshal|colonel|captain|admiral|editor|manager|coach"
)


def compare_facts(first: str, second: str, passages: Sequence[Passage]) -> list[ChangedFact]:
    """The facts that two copies tell differently in passages that tell the same, in the order of the first text."""
    found: dict[tuple[Span, Span], ChangedFact] = {}
    for passage in passages:
        if passage.likeness < _LEAST_LIKENESS or passage.first.of(first) == passage.second.of(second):
            continue
        a = words_of(first, behind_dateline(first, passage.first), passage.first.end)
        b = words_of(second, behind_dateline(second, passage.second), passage.second.end)
        differing = differences(a, b)
        as_many = _negations(a) == _negations(b)
        for difference in differing:
            fact = _fact(first, second, a, b, difference)
            if fact is None:
                continue
            elsewhere = passage.likeness < _WORDED_ANEW or _is_moved(a, b, difference, differing)
            if fact.kind != "negation" or not (as_many and elsewhere):
                found.setdefault((fact.first, fact.second), fact)
    return sorted(found.values(), key=lambda f: (f.first, f.second))


def _negations(words: Sequence[Word]) -> int:
    return sum(w.role == "negation" for w in words)


def _is_moved(a: Sequence[Word], b: Sequence[Word], d: Difference, others: Sequence[Difference]) -> bool:
    """Do words that one side alone has stand elsewhere on the other, together as they are (*Nobody came* at the end)? A *not*
    that moves turns another word."""
    here, there = _keys(a, d.first_start, d.first_end), _keys(b, d.second_start, d.second_end)
    if len(here or there) < 2 or (here and there):
        return False
    return any(
        (_keys(a, o.first_start, o.first_end), _keys(b, o.second_start, o.second_end)) == (there, here)
        for o in others
    )


def _keys(words: Sequence[Word], start: int, end: int) -> list[str]:
    return [w.key for w in words[start:end]]


def behind_dateline(text: str, passage: Span) -> int:
    """Where a passage begins that is no dateline: every desk puts its own."""
    dateline = _DATELINE.match(text, passage.start, passage.end)
    return dateline.end() if dateline else passage.start


def _fact(first: str, second: str, a: Sequence[Word], b: Sequence[Word], d: Difference) -> ChangedFact | None:
    here, there = a[d.first_start : d.first_end], b[d.second_start : d.second_end]
    if len(here) > _MOST_WORDS or len(there) > _MOST_WORDS:
        return None
    if "".join(w.key for w in here) == "".join(w.key for w in there):
        return None
    if _negations(here) != _negations(there):
        return ChangedFact(
            "negation", _span(a, d.first_start, d.first_end), _span(b, d.second_start, d.second_end)
        )
    if not here or not there:
        return None
    numbers = [{w.key for w in words if w.role == "number"} for words in (here, there)]
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return ChangedFact(
            "number", _span(a, d.first_start, d.first_end), _span(b, d.second_start, d.second_end)
        )
    name = _name_around(first, a, d.first_start, d.first_end)
    other = _name_around(second, b, d.second_start, d.second_end)
    if name and other:
        (s, e), (t, f) = name, other
        alone = (e - s, f - t) == (len(here), len(there))
        if alone or _shares_a_name(a[s:e], b[t:f]):
            kind: FactKind = "title" if any(_is_title(w) for w in (*here, *there)) else "name"
            return ChangedFact(kind, _span(a, s, e), _span(b, t, f))
    titled = any(_is_title(w) for w in (*here, *there, *a[d.first_end : d.first_end + 1]))
    if titled and _before_a_name(a, d.first_end) and _before_a_name(b, d.second_end):
        return ChangedFact(
            "title", _span(a, d.first_start, d.first_end), _span(b, d.second_start, d.second_end)
        )
    return None


def _name_around(text: str, words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """The name that words stand in: the capitalised words around them, with *of* and *the* between; None if there is none."""
    if not any(w.role == "name" for w in words[start:end]):
        return None
    while start > 0 and _in_name(words[start - 1]) and _is_joined(text, words, start):
        start -= 1
    while end < len(words) and _in_name(words[end]) and _is_joined(text, words, end):
        end += 1
    while start < end and (words[start].key in _LINKS or _is_lower(text, words[start])):
        start += 1
    while start < end and (words[end - 1].key in (*_LINKS, "'s") or _is_lower(text, words[end - 1])):
        end -= 1
    return (start, end) if start < end else None


def _is_lower(text: str, word: Word) -> bool:
    """Is it a plain word that was changed together with a name beside it (*Orrel |came|*)?"""
    return text[word.span.start].islower()


def _in_name(word: Word) -> bool:
    return word.role == "name" or word.key in _LINKS


def _is_joined(text: str, words: Sequence[Word], at: int) -> bool:
    """Does no mark but a point or a hyphen stand before word `at`?"""
    return not text[words[at - 1].span.end : words[at].span.start].strip(" .-\u00a0\n")


def _shares_a_name(a: Sequence[Word], b: Sequence[Word]) -> bool:
    return bool({w.key for w in a if w.role == "name"} & {w.key for w in b if w.role == "name"})


def _is_title(word: Word) -> bool:
    return _TITLE.fullmatch(word.key) is not None


def _before_a_name(words: Sequence[Word], at: int) -> bool:
    """Does a name stand right behind, or behind one more word of a title (*energy |minister| Orrel*)?"""
    return any(w.role == "name" for w in words[at : at + 2])


def _span(words: Sequence[Word], start: int, end: int) -> Span:
    if start < end:
        return Span(words[start].span.start, words[end - 1].span.end)
    at = words[start].span.start if start < len(words) else words[-1].span.end
    return Span(at, at)
