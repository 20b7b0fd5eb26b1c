"""What two mentions have to do with each other, as far as words and places tell: input of the coreference head.

Each pair of mentions gets a few numbers, one a question (same words? how far? whose quotation?). They are what
resolvers for little data have always asked (Soon et al. 2001; Recasens and Hovy 2009); the head weighs them
together with what the encoder knows of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from onrecord.analysis.mention_labels import MentionForm
from onrecord.analysis.pieces import Ints
from onrecord.article import Span

Numbers = npt.NDArray[np.int16]
Column = npt.NDArray[np.int32]

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|&")
_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your")
)
# Where the head of a noun phrase is behind us.
_AFTER_HEAD = frozenset(
    "of in who which that from for with at on by to whose whom as against about over under near after before between into"
    " including seen known called accused charged".split()
)
PRONOUN_CLASSES = (
    ("i", "me", "my", "mine", "myself"),
    ("you", "your", "yours", "yourself", "yourselves"),
    ("he", "him", "his", "himself"),
    ("she", "her", "hers", "herself"),
    ("it", "its", "itself"),
    ("we", "us", "our", "ours", "ourselves"),
    ("they", "them", "their", "theirs", "themselves"),
    ("who", "whom", "whose"),
    ("which", "that", "where", "when"),
    ("this", "these", "those"),
    ("one", "some", "many", "both", "all", "others", "each", "another", "neither", "either", "none", "most", "several", "few"),
    ("here", "there"),
)  # fmt: skip
_SINGULAR_PRONOUNS, _PLURAL_PRONOUNS = (1, 3, 4, 5), (6, 7)
FORMS: tuple[MentionForm, ...] = get_args(MentionForm)
_PRONOUN = {word: number for number, words in enumerate(PRONOUN_CLASSES, 1) for word in words}
_MALE = frozenset(
    "mr sir lord king prince sheikh father son brother husband man boy uncle grandfather chairman spokesman congressman"
    " businessman policeman nephew he his him himself gentleman widower pope priest imam monk bishop men boys".split()
)
_FEMALE = frozenset(
    "mrs ms miss lady queen princess mother daughter sister wife woman girl aunt grandmother chairwoman spokeswoman"
    " congresswoman businesswoman policewoman niece she her hers herself widow actress nun women girls".split()
)
# Words before a person's name that are not of it.
TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady king queen prince princess sheikh president vice prime minister premier chancellor"
    " secretary senator sen congressman congresswoman rep representative governor gov mayor general gen colonel col lt sgt"
    " captain capt admiral judge justice professor prof pope bishop archbishop cardinal rev father ambassador chairman"
    " chairwoman former foreign defence defense finance interior the".split()
)
# Words of a mention that are compared, and characters by which one may begin before a source that it is.
_MOST_WORDS, _LED_BY = 12, 40
# So many characters of a long mention tell its gender: behind them stand other people.
_GENDER_CHARS = 60
_ABBREVIATIONS = frozenset("mr mrs ms dr gen sen rep gov lt col sgt st jr sr no vs u.s u.k u.n".split())
# So many characters tell whether a word is an abbreviation.
_MOST_ABBREVIATED = 16
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n+")
# For a text read backwards.
_WORD_BACKWARDS = re.compile(r"[\w.]*")
_LINE_END = re.compile(r"\n+")

# Answers of each question, in the order of `pair_numbers`.
_RELATIONS, _PRONOUNS, _GENDERS, _PLURAL = 6, len(PRONOUN_CLASSES) + 1, 3, 3
_FORMS, _DISTANCES, _FAR, _SPEAKERS = len(FORMS), 10, 8, 6
SIZES = (
    _RELATIONS * _FORMS * _FORMS,
    _PRONOUNS * _PRONOUNS,
    _DISTANCES * _FORMS,
    _FAR * _FORMS,
    _GENDERS * _GENDERS * _PLURAL * _PLURAL,
    4 * _FORMS * _FORMS,
    _SPEAKERS * _PRONOUNS,
    _FAR * _FORMS * _RELATIONS,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks where: a content and its source."""

    content: tuple[Span, ...]
    source: Span | None


@dataclass(frozen=True, slots=True)
class MentionWords:
    """The mentions of a text, each as a row of numbers; arrays of shape (mentions,) unless said.

    Attributes:
        names: the words of a name without titles before them, lower case; empty for what is no name.
        words: (mentions, _MOST_WORDS) ids of its words, the last of them in a long one; -2 where there is none.
        speaker: number of the innermost quotation that a mention stands in, -1 for none.
        sources: sorted, `mention * quotations + quotation` where the mention is the quotation's source, or its name.
    """

    start: Ints
    end: Ints
    form: Ints
    names: tuple[frozenset[str], ...]
    pronoun: Ints
    whole: Ints
    head: Ints
    acronym: Ints
    words: npt.NDArray[np.int32]
    gender: Ints
    plural: Ints
    sentence: Ints
    line: Ints
    speaker: Ints
    sources: Ints
    quotations: int


class _Row(NamedTuple):
    """One mention: number of its form, class of pronoun, ids of its whole, its words and its head, number."""

    form: int
    pronoun: int
    whole: int
    words: list[int]
    head: int
    plural: int


def read_mentions(text: str, spans: Sequence[Span], said: Sequence[Said]) -> MentionWords:
    """Read the words and places of mentions, which are in the order of the text."""
    ids: dict[str, int] = {}
    printed = [_WORD.findall(span.of(text)) for span in spans]
    rows = [_read(text, span, words, ids) for span, words in zip(spans, printed, strict=True)]
    acronyms = [_acronym_id(words, ids) for words in printed]
    words = np.full((len(spans), _MOST_WORDS), -2, dtype=np.int32)
    for known, row in zip(words, rows, strict=True):
        own = row.words[-_MOST_WORDS:]
        known[: len(own)] = own
    start = np.array([s.start for s in spans], dtype=np.int64)
    end = np.array([s.end for s in spans], dtype=np.int64)
    breaks = np.array(
        [m.end() for m in _SENTENCE_END.finditer(text) if not _is_abbreviation(text, m.start())],
        dtype=np.int64,
    )
    lines = np.array([m.start() for m in _LINE_END.finditer(text)], dtype=np.int64)
    speaker, sources = _speakers(start, end, said)
    return MentionWords(
        start=start,
        end=end,
        names=tuple(
            _name_words(_before_comma(text, span, words)) if row.form == 0 else frozenset()
            for span, words, row in zip(spans, printed, rows, strict=True)
        ),
        form=np.array([r.form for r in rows], dtype=np.int64),
        pronoun=np.array([r.pronoun for r in rows], dtype=np.int64),
        whole=np.array([r.whole for r in rows], dtype=np.int64),
        head=np.array([r.head for r in rows], dtype=np.int64),
        acronym=np.array(acronyms, dtype=np.int64),
        words=words,
        gender=np.array([_gender(text, s, w) for s, w in zip(spans, printed, strict=True)], dtype=np.int64),
        plural=np.array([r.plural for r in rows], dtype=np.int64),
        sentence=np.searchsorted(breaks, start, side="right"),
        line=np.searchsorted(lines, start, side="right"),
        speaker=speaker,
        sources=sources,
        quotations=max(1, len(said)),
    )


def _read(text: str, span: Span, printed: list[str], ids: dict[str, int]) -> _Row:
    """The row of one mention with the words `printed`; words get an id when they come first."""
    lower = [_bare(word) for word in printed]
    if len(lower) == 1 and lower[0] in _PRONOUN:
        pronoun = _PRONOUN[lower[0]]
        plural = 2 if pronoun in _PLURAL_PRONOUNS else 1 if pronoun in _SINGULAR_PRONOUNS else 0
        return _Row(2, pronoun, _id(lower[0], ids), [], -1, plural)
    led = 0
    while led < len(lower) - 1 and lower[led] in _DETERMINERS:
        led += 1
    lower = lower[led:]
    if not lower:
        return _Row(1, 0, -1, [], -1, 0)
    stop = len(_before_comma(text, span, printed)) - led
    head = 0
    while head + 1 < min(stop, len(lower)) and lower[head + 1] not in _AFTER_HEAD:
        head += 1
    is_name = printed[led + head][0].isupper()
    word = lower[head]
    if is_name:
        plural = 0
    elif " and " in span.of(text) or (word.endswith("s") and not word.endswith(("ss", "us", "is"))):
        plural = 2
    else:
        plural = 1
    return _Row(
        0 if is_name else 1,
        0,
        _id(" ".join(lower), ids),
        [_id(w, ids) for w in lower],
        _id(word, ids),
        plural,
    )


def _before_comma(text: str, span: Span, words: list[str]) -> list[str]:
    """The words of a mention before its first comma."""
    comma = text.find(", ", span.start, span.end)
    return words if comma < 0 else _WORD.findall(text, span.start, comma)


def _name_words(words: Sequence[str]) -> frozenset[str]:
    """*ana*, *li* of *President Ana Li* and *Mayor Li*."""
    capitals = {_bare(w) for w in words if w[0].isupper()}
    return frozenset(capitals - TITLES or capitals)


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    word = word.lower().replace("’", "'")
    for mark in ("'s", "'", "."):
        word = word.removesuffix(mark)
    return word or "'"


def _id(word: str, ids: dict[str, int]) -> int:
    return ids.setdefault(word, len(ids))


def _acronym_id(words: Sequence[str], ids: dict[str, int]) -> int:
    """Id of the word that the capitals of a name of several words spell, if a mention has it; else -1."""
    capitals = [w[0] for w in words if w[0].isupper()]
    return ids.get("".join(capitals).lower(), -1) if len(capitals) > 1 else -1


def _gender(text: str, span: Span, printed: Sequence[str]) -> int:
    if span.end - span.start > _GENDER_CHARS:
        printed = _WORD.findall(text, span.start, span.start + _GENDER_CHARS)
    words = {_bare(w) for w in printed}
    return 1 if words & _MALE and not words & _FEMALE else 2 if words & _FEMALE and not words & _MALE else 0


def _is_abbreviation(text: str, end: int) -> bool:
    """Does the mark at an offset end an abbreviation or an initial, and no sentence or line?"""
    if text[end] == "\n":
        return False
    found = _WORD_BACKWARDS.match(text[max(0, end - _MOST_ABBREVIATED) : end][::-1])
    word = found[0][::-1] if found else ""
    return word.lower().rstrip(".") in _ABBREVIATIONS or (len(word) == 1 and word.isupper())


def _speakers(start: Ints, end: Ints, said: Sequence[Said]) -> tuple[Ints, Ints]:
    """The innermost quotation around each mention, and `MentionWords.sources`; `start` is sorted."""
    speaker = np.full(len(start), -1, dtype=np.int64)
    size = np.full(len(start), np.iinfo(np.int64).max)
    sources: list[int] = []
    for number, quotation in enumerate(said):
        for content in quotation.content:
            low, high = np.searchsorted(start, [content.start, content.end])
            at = np.arange(low, high)
            inside = at[(end[at] <= content.end) & (content.end - content.start < size[at])]
            speaker[inside] = number
            size[inside] = content.end - content.start
        if quotation.source:
            first, last = quotation.source.start, quotation.source.end
            # Mentions that begin before it are longer than it by a determiner or a title.
            low, high = np.searchsorted(start, [first - _LED_BY, last])
            near = np.arange(low, high)
            length = end[near] - start[near]
            shared = np.minimum(end[near], last) - np.maximum(start[near], first)
            alike = 2 * shared > np.maximum(length, last - first)
            # Its own name stands at its beginning or its end: *Li, the mayor*, *the mayor, Li*.
            whole = (shared == length) & ((start[near] == first) | (end[near] == last))
            sources.extend((near[alike | whole] * max(1, len(said)) + number).tolist())
    return speaker, np.array(sorted(sources), dtype=np.int64)


def _source_table(m: MentionWords, low: int, high: int) -> npt.NDArray[np.bool_]:
    """(mention from `low` to `high`, quotation): is the mention its source? The last column, for no quotation, is False."""
    table = np.zeros((high - low, m.quotations + 1), dtype=bool)
    mention, quotation = np.divmod(m.sources, m.quotations)
    inside = (mention >= low) & (mention < high)
    table[mention[inside] - low, quotation[inside]] = True
    return table


def _head_table(m: MentionWords, low: int, high: int) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """For mentions from `low` to `high`: the number of the head of each, and (mention, number): is that head among its
    words?"""
    heads, number = np.unique(m.head[low:high], return_inverse=True)
    words = m.words[low:high]
    place = np.minimum(np.searchsorted(heads, words), len(heads) - 1)
    mention, word = np.nonzero(heads[place] == words)
    table = np.zeros((high - low, len(heads)), dtype=bool)
    table[mention, place[mention, word]] = True
    return number, table


def pair_numbers(m: MentionWords, at: Ints, before: Ints) -> Numbers:
    """The answers for pairs of mentions.

    Args:
        at, before: (pairs,) numbers of mentions; `before` comes first in the text.

    Returns:
        (pairs, questions), each below its entry in SIZES.
    """
    numbers = np.empty((len(at), len(SIZES)), dtype=np.int16)
    if not len(at):
        return numbers
    low, high = int(before.min()), int(at.max()) + 1
    head, among_words = _head_table(m, low, high)
    is_source = _source_table(m, low, high)
    columns = [
        *(c[low:high] for c in (m.start, m.end, m.form, m.pronoun, m.whole, m.acronym)),
        *(c[low:high] for c in (m.gender, m.plural, m.sentence, m.line, m.speaker)),
        head,
    ]
    of_mention = np.stack(columns, dtype=np.int32)
    at, before = at - low, before - low
    a, b = _Side(*of_mention.take(at, axis=1)), _Side(*of_mention.take(before, axis=1))
    relation = np.zeros(len(at), dtype=np.int32)
    relation[among_words[before, a.head]] = 3
    relation[among_words[at, b.head]] = 4
    relation[a.head == b.head] = 2
    relation[((a.acronym >= 0) & (a.acronym == b.whole)) | ((b.acronym >= 0) & (b.acronym == a.whole))] = 5
    relation[a.whole == b.whole] = 1
    # A pronoun's words tell nothing.
    relation[(a.pronoun > 0) | (b.pronoun > 0)] = 0
    nesting = np.zeros(len(at), dtype=np.int32)
    nesting[(b.start <= a.start) & (b.end >= a.end)] = 1
    nesting[(b.start == a.start) | (b.end == a.end)] = 2
    gap = a.start - b.end
    nesting[(gap >= 0) & (gap <= 2)] = 3
    # 0 where neither stands in a quotation, 1 where the later does, 2 the earlier, 3 both.
    speakers = (a.speaker >= 0) + 2 * (b.speaker >= 0)
    speakers[(a.speaker >= 0) & (a.speaker == b.speaker)] = 4
    speakers[is_source[before, a.speaker] | is_source[at, b.speaker]] = 5
    forms = a.form * _FORMS + b.form
    numbers[:, 0] = relation * _FORMS * _FORMS + forms
    numbers[:, 1] = a.pronoun * _PRONOUNS + b.pronoun
    numbers[:, 2] = _bucket(at - before, _DISTANCES) * _FORMS + a.form
    numbers[:, 3] = _bucket(a.sentence - b.sentence, _FAR) * _FORMS + a.form
    numbers[:, 4] = ((a.gender * _GENDERS + b.gender) * _PLURAL + a.plural) * _PLURAL + b.plural
    numbers[:, 5] = nesting * _FORMS * _FORMS + forms
    numbers[:, 6] = speakers * _PRONOUNS + a.pronoun
    numbers[:, 7] = (_bucket(a.line - b.line, _FAR) * _FORMS + a.form) * _RELATIONS + relation
    return numbers


class _Side(NamedTuple):
    """The earlier or the later mentions of some pairs, each array of shape (pairs,)."""

    start: Column
    end: Column
    form: Column
    pronoun: Column
    whole: Column
    acronym: Column
    gender: Column
    plural: Column
    sentence: Column
    line: Column
    speaker: Column
    head: Column


def _bucket(distance: npt.NDArray[np.integer], buckets: int) -> Ints:
    """0, 1, 2, 3, 4, then by doubling; the last holds the rest."""
    result: Ints = np.minimum(_BUCKETS.take(np.minimum(distance, len(_BUCKETS) - 1)), buckets - 1)
    return result


# Of each distance up to the least of the last bucket that is asked for.
_BUCKETS = np.array([0, 1, 2, 3, *(d.bit_length() + 1 for d in range(4, 2 ** (_DISTANCES - 3) + 1))])
