"""One quotation as two reports print it: the same, cut, tidied, worded anew, or altered, and in which words.

Likeness never decides: a sentence and its negation differ by one word. A negation, a modal, a number or a name that differs
is an alteration whatever else is the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from onrecord.article import Span
from onrecord.resolution.stories.word_alignment import Difference, differences
from onrecord.resolution.stories.wording import Word, words_of

# identical: the same words and marks; punctuation: marks, case, spelling and house style alone; trimmed: words left out where
# the text owns to it or at an end, or an editor's brackets; translated: worded anew throughout; altered: other words.
VariantKind = Literal["identical", "punctuation", "trimmed", "translated", "altered"]
VARIANT_KINDS: Final[tuple[VariantKind, ...]] = get_args(VariantKind)
Reason = Literal["negation", "number", "name", "modal", "qualifier", "word", "left out", "editor's words"]


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Words of two printings that differ: code points of either, empty where it has none."""

    first: Span
    second: Span
    reason: Reason


@dataclass(frozen=True, slots=True)
class Variant:
    """How one printing of a quotation differs from another."""

    kind: VariantKind
    changed: tuple[ChangedWords, ...] = ()


# Without these a sentence says something else.
_QUALIFIERS: Final = frozenset(
    "if unless only except but though although provided until till almost nearly some most few several perhaps maybe possibly"
    " probably allegedly reportedly sometimes rarely seldom before after because".split()
)
_FILLERS: Final = frozenset("uh um er erm ah oh well hmm mm".split())
_PRONOUNS: Final = frozenset(
    "he she it they him her them his its their we us our i me my this that these those here there".split()
)
_NEGATING: Final = ("un", "in", "im", "ir", "il", "dis", "non", "a")
_MOJIBAKE = re.compile(r"(?:Ã.?|â€.?|Â|\|)+")
_MODAL_SENSES: Final = {
    "may": "may", "might": "may", "could": "may", "can": "may", "must": "must", "should": "must", "ought": "must",
    "shall": "will", "will": "will", "would": "will",
}  # fmt: skip
_CLARIFIED_WORDS = 4
# Who can only be the subject of a clause that begins behind *and*; all others want a verb of these soon after.
_SUBJECTS: Final = frozenset("i we they he she there".split())
_VERBS: Final = frozenset(
    "is are was were am 's has have had do does did may might can could must shall should will would".split()
)
_MOST_BEFORE_VERB = 4
_CLAUSE_MARK = re.compile(r"[,;—–]|\s-+\s")
# Of content words two translations of one saying share less than this.
_WORDED_ANEW = 0.5
_LEAST_TRANSLATED = 4


def compare_quotations(first: str, second: str) -> Variant:
    """What became of a quotation from one printing to the other; the same with both exchanged.

    >>> compare_quotations("“We will not leave,” she said.", "“We will leave,” she said.").kind
    'altered'
    >>> compare_quotations("We can't pay 14 per cent.", "We cannot pay fourteen percent").kind
    'punctuation'
    """
    if first == second:
        return Variant("identical")
    a, b = words_of(first), words_of(second)
    changed = [c for d in differences(a, b) if (c := _changed(first, second, a, b, d)) is not None]
    if not changed:
        return Variant("punctuation")
    if all(c.reason in ("left out", "editor's words") for c in changed):
        return Variant("trimmed", tuple(changed))
    if _is_worded_anew(a, b):
        return Variant("translated", tuple(changed))
    return Variant("altered", tuple(changed))


def _changed(
    first: str, second: str, a: Sequence[Word], b: Sequence[Word], d: Difference
) -> ChangedWords | None:
    """What one difference is; None where it is one of style."""
    here, there = a[d.first_start : d.first_end], b[d.second_start : d.second_end]
    spans = _span_of(a, d.first_start, d.first_end, first), _span_of(b, d.second_start, d.second_end, second)
    if here and there:
        if _joined(here) == _joined(there) or _is_noise(spans[0].of(first), spans[1].of(second)):
            return None
        if _is_clarified(here, there) or _is_clarified(there, here):
            return ChangedWords(*spans, "editor's words")
        return ChangedWords(*spans, _reason(here, there))
    if here:
        return ChangedWords(*spans, _omission(first, a, d.first_start, d.first_end, b, d.second_start))
    return ChangedWords(*spans, _omission(second, b, d.second_start, d.second_end, a, d.first_start))


def _omission(
    text: str, longer: Sequence[Word], start: int, end: int, shorter: Sequence[Word], at: int
) -> Reason:
    """What it means that words [start, end) of the longer printing, `text`, do not stand at word `at` of the shorter."""
    words = longer[start:end]
    around = [longer[n] for n in (start - 1, end) if 0 <= n < len(longer)]
    if all(w.bracketed for w in words) and not any(w.bracketed for w in around):
        return "editor's words"
    if all(w.key in _FILLERS for w in words):
        return "left out"
    shown = at in (0, len(shorter)) or (
        shorter[at].after_gap and not (end < len(longer) and longer[end].after_gap)
    )
    # Whole sentences may go, and a further clause; what a kept sentence loses may not turn it.
    lost = _of_kept_sentences(longer, start, end)
    further = _is_further_clause(text, longer, start, start + len(lost))
    turning = next(
        (w for w in lost if (w.role in ("negation", "modal") and not further) or w.key in _QUALIFIERS),
        None,
    )
    if not shown or turning is not None:
        return _reason(words if not shown else [turning] if turning else words, ())
    return "left out"


def _of_kept_sentences(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The words of [start, end) that share a sentence with a word outside it."""
    lost = []
    for n in range(start, end):
        first = n
        while first > 0 and not words[first].begins:
            first -= 1
        last = n + 1
        while last < len(words) and not words[last].begins:
            last += 1
        if first < start or last > end:
            lost.append(words[n])
    return lost


def _is_further_clause(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Are words [start, end) all of a sentence from a clause on that stands for itself (*..., and they did not repair it*)? Its
    negation and its modal are its own."""
    if start == 0 or start == end or words[start].begins or (end < len(words) and not words[end].begins):
        return False
    mark = _CLAUSE_MARK.search(text, words[start - 1].span.end, words[start].span.start)
    if mark is None or (words[start].key != "and" and mark[0] != ";"):
        return False
    clause = words[start + (words[start].key == "and") : end]
    verb = next((n for n, w in enumerate(clause) if w.key in _VERBS), None)
    if clause and clause[0].key in _SUBJECTS:
        return verb is not None or len(clause) > 2
    return (
        verb is not None
        and 0 < verb <= _MOST_BEFORE_VERB
        and all(w.role != "negation" for w in clause[:verb])
    )


def _reason(here: Sequence[Word], there: Sequence[Word]) -> Reason:
    """The gravest of what differs."""
    kinds: tuple[tuple[Reason, str], ...] = (
        ("negation", "negation"),
        ("number", "number"),
        ("name", "name"),
        ("modal", "modal"),
    )
    for reason, role in kinds:
        if Counter(w.key for w in here if w.role == role) != Counter(w.key for w in there if w.role == role):
            return reason
    if any(_negates(w.key, v.key) or _negates(v.key, w.key) for w in here for v in there):
        return "negation"
    if {w.key for w in here} & _QUALIFIERS != {w.key for w in there} & _QUALIFIERS:
        return "qualifier"
    return "word"


def _negates(word: str, other: str) -> bool:
    """Is one the other with a negating prefix or ending (*able, unable*; *careful, careless*)?"""
    if len(word) < 4:
        return False
    if any(other == prefix + word for prefix in _NEGATING):
        return True
    return word.endswith("ful") and other == word[:-3] + "less"


def _is_clarified(edited: Sequence[Word], plain: Sequence[Word]) -> bool:
    """Did an editor put words in brackets for a pronoun or a few plain ones (*[the mayor]* for *he*)?"""
    if (
        not all(w.bracketed for w in edited)
        or any(w.bracketed for w in plain)
        or len(plain) > _CLARIFIED_WORDS
    ):
        return False
    return all(w.key in _PRONOUNS or w.role in ("word", "name") for w in plain) and not any(
        w.role in ("negation", "modal", "number") for w in edited
    )


def _joined(words: Sequence[Word]) -> str:
    return "".join(w.key for w in words)


def _is_noise(first: str, second: str) -> bool:
    """Can both be read as one word, one of them damaged by a wrong encoding?"""
    for damaged, word in ((first, second), (second, first)):
        if _MOJIBAKE.search(damaged):
            pattern = ".{1,3}".join(re.escape(part) for part in _MOJIBAKE.split(damaged))
            if re.fullmatch(pattern, word, re.IGNORECASE):
                return True
    return False


def _is_worded_anew(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Two translations of one saying: few words in common, and nothing that would make it another saying."""
    if min(len(a), len(b)) < _LEAST_TRANSLATED:
        return False
    for role in ("negation", "number", "name"):
        if Counter(w.key for w in a if w.role == role) != Counter(w.key for w in b if w.role == role):
            return False
    senses = [Counter(_MODAL_SENSES[w.key] for w in words if w.role == "modal") for words in (a, b)]
    if senses[0] != senses[1]:
        return False
    content = [Counter(w.key for w in words if w.role == "word" and len(w.key) > 3) for words in (a, b)]
    shared = sum((content[0] & content[1]).values())
    return shared < _WORDED_ANEW * min(sum(c.values()) for c in content)


def _span_of(words: Sequence[Word], start: int, end: int, text: str) -> Span:
    if start < end:
        return Span(words[start].span.start, words[end - 1].span.end)
    at = words[start].span.start if start < len(words) else words[-1].span.end if words else 0
    return Span(at, at)
