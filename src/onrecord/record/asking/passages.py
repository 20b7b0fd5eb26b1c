"""Where the words of a search stand in a text, and which passages of it to show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from onrecord.analysis.sentences import sentences_of
from onrecord.article import Span
from onrecord.record.asking.search_words import WORD, Term, fold_word
from onrecord.record.asking.statements import Evidence

# As many passages of one report are shown, and so many code points of one.
_MOST_PASSAGES: Final = 3
_LONGEST: Final = 320
# Of a longer sentence so many code points are shown before the first word that was found.
_BEFORE: Final = 120


class Passage(msgspec.Struct):
    """A passage of a report: code points [start, end) of its text, and the words that were searched, with theirs."""

    article: str
    start: int
    end: int
    text: str
    words: list[Evidence]
    # Is something of its sentence left out before it, or behind?
    is_cut_before: bool = False
    is_cut_behind: bool = False


def find_terms(text: str, terms: Sequence[Term]) -> list[tuple[Span, Term]]:
    """Where terms stand in a text, in its order."""
    folded = fold_word(text)
    if not any(_pattern(term).search(folded) for term in terms):
        return []
    words = [(m.start(), m.end(), m[0]) for m in WORD.finditer(text)]
    # Most words are folded already, or differ by a capital.
    keys = [word.lower() if word.isascii() else fold_word(word) for _, _, word in words]
    at: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        at.setdefault(key, []).append(number)
    found: list[tuple[Span, Term]] = []
    for term in terms:
        first, last = term.words[0], len(term.words) - 1
        begins = at.get(first, [])
        if last == 0 and term.is_beginning:
            begins = [n for n, key in enumerate(keys) if key.startswith(first)]
        for number in begins:
            if _fits(keys[number : number + last + 1], term):
                found.append((Span(words[number][0], words[number + last][1]), term))
    return sorted(found, key=lambda f: (f[0].start, -f[0].end))


def _fits(words: Sequence[str], term: Term) -> bool:
    if len(words) != len(term.words) or tuple(words[:-1]) != term.words[:-1]:
        return False
    return words[-1].startswith(term.words[-1]) if term.is_beginning else words[-1] == term.words[-1]


def count_term(folded: str, term: Term) -> int:
    """How often a term stands in a text that is folded already."""
    return sum(
        1 for m in _pattern(term).finditer(folded) if m.start() == 0 or not folded[m.start() - 1].isalnum()
    )


@lru_cache(256)
def _pattern(term: Term) -> re.Pattern[str]:
    joined = r"[\W_]+".join(re.escape(word) for word in term.words)
    return re.compile(joined + ("" if term.is_beginning else r"(?![^\W_])"))


def choose_passages(
    article: str, text: str, weights: Mapping[Term, float], *, headline: str | None
) -> list[Passage]:
    """The sentences that hold the weightiest terms, until each term has been seen once; in the order of the text.

    Args:
        weights: the terms, with how telling each is.
        headline: a sentence that is the headline is passed over where others hold any of the terms.
    """
    sentences = sentences_of(text)
    of_sentence: dict[Span, list[tuple[Span, Term]]] = {}
    for span, term in find_terms(text, list(weights)):
        of_sentence.setdefault(sentences.around(span), []).append((span, term))
    title = WORD.findall(headline or "")
    bodies = [s for s in of_sentence if WORD.findall(text[s.start : s.end]) != title]
    seen: set[Term] = set()
    chosen: list[Passage] = []
    choice = bodies or list(of_sentence)
    while len(chosen) < _MOST_PASSAGES:
        new = {s: {t for _, t in of_sentence[s]} - seen for s in choice}
        best = max(choice, key=lambda s: (sum(weights[t] for t in new[s]), -s.start), default=None)
        if best is None or not new[best]:
            break
        seen |= new[best]
        chosen.append(_passage(article, text, best, of_sentence[best]))
    return sorted(chosen, key=lambda p: p.start)


def _passage(article: str, text: str, sentence: Span, found: Sequence[tuple[Span, Term]]) -> Passage:
    start, end = sentence.start, sentence.end
    if end - start > _LONGEST:
        first = found[0][0]
        start = max(start, min(_word_start(text, first.start - _BEFORE, first.start), end - _LONGEST))
        start = _word_start(text, start, first.start) if start > sentence.start else start
        end = max(min(end, _word_end(text, start + _LONGEST, first.end)), first.end)
    words: list[Evidence] = []
    for s, _ in found:
        # A phrase says more than the words in it.
        if start <= s.start and s.end <= end and not (words and s.start < words[-1].end):
            words.append(Evidence(article, s.start, s.end, text[s.start : s.end]))
    return Passage(
        article,
        start,
        end,
        text[start:end],
        words,
        is_cut_before=start > sentence.start,
        is_cut_behind=end < sentence.end,
    )


def _word_start(text: str, at: int, last: int) -> int:
    """The first beginning of a word at or behind a place; `last` if there is none before it."""
    at = max(at, 0)
    while 0 < at < last and not text[at - 1].isspace():
        at += 1
    return min(at, last)


def _word_end(text: str, at: int, first: int) -> int:
    """The last end of a word at or before a place; `first` if there is none behind it."""
    at = min(at, len(text))
    while first < at < len(text) and not text[at].isspace():
        at -= 1
    return max(at, first)
