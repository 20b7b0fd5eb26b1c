"""What two mentions have to do with each other, as far as words and places tell: input of the coreference head.

Each pair of mentions gets a few numbers, one a question (same words? how far? whose quotation?). They are what
resolvers for little data have always asked (Soon et al. 2001; Recasens and Hovy 2009); the head weighs them
together with what the encoder knows of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from onrecord.analysis.mentions import MentionForm
from onrecord.analysis.pieces import Ints
from onrecord.article import Span

Numbers = npt.NDArray[np.int16]

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
_ABBREVIATIONS = frozenset("mr mrs ms dr gen sen rep gov lt col sgt st jr sr no vs u.s u.k u.n".split())
_SENTENCE_END = re.compile(r"(?P<word>[\w.]*)[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n+")

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
    rows = [_read(text, span, ids) for span in spans]
    acronyms = [_acronym_id(text, span, ids) for span in spans]
    words = np.full((len(spans), _MOST_WORDS), -2, dtype=np.int32)
    for known, row in zip(words, rows, strict=True):
        own = row.words[-_MOST_WORDS:]
        known[: len(own)] = own
    start = np.array([s.start for s in spans], dtype=np.int64)
    end = np.array([s.end for s in spans], dtype=np.int64)
    breaks = np.array(
        [m.end() for m in _SENTENCE_END.finditer(text) if not _is_abbreviation(m["word"] or "")],
        dtype=np.int64,
    )
    lines = np.array([m.start() for m in re.finditer(r"\n+", text)], dtype=np.int64)
    speaker, sources = _speakers(start, end, said)
    return MentionWords(
        start=start,
        end=end,
        names=tuple(
            _name_words(text, s) if r.form == 0 else frozenset() for s, r in zip(spans, rows, strict=True)
        ),
        form=np.array([r.form for r in rows], dtype=np.int64),
        pronoun=np.array([r.pronoun for r in rows], dtype=np.int64),
        whole=np.array([r.whole for r in rows], dtype=np.int64),
        head=np.array([r.head for r in rows], dtype=np.int64),
        acronym=np.array(acronyms, dtype=np.int64),
        words=words,
        gender=np.array([_gender(text, s) for s in spans], dtype=np.int64),
        plural=np.array([r.plural for r in rows], dtype=np.int64),
        sentence=np.searchsorted(breaks, start, side="right"),
        line=np.searchsorted(lines, start, side="right"),
        speaker=speaker,
        sources=sources,
        quotations=max(1, len(said)),
    )


def _read(text: str, span: Span, ids: dict[str, int]) -> _Row:
    """The row of one mention; words get an id when they come first."""
    words = [(m.start() + span.start, m[0]) for m in _WORD.finditer(span.of(text))]
    lower = [_bare(w) for _, w in words]
    if len(lower) == 1 and lower[0] in _PRONOUN:
        pronoun = _PRONOUN[lower[0]]
        plural = 2 if pronoun in _PLURAL_PRONOUNS else 1 if pronoun in _SINGULAR_PRONOUNS else 0
        return _Row(2, pronoun, _id(lower[0], ids), [], -1, plural)
    led = 0
    while led < len(lower) - 1 and lower[led] in _DETERMINERS:
        led += 1
    words, lower = words[led:], lower[led:]
    if not lower:
        return _Row(1, 0, -1, [], -1, 0)
    comma = text.find(", ", span.start, span.end)
    head = 0
    for number, (place, _) in enumerate(words):
        if number and (lower[number] in _AFTER_HEAD or (comma >= 0 and place > comma)):
            break
        head = number
    is_name = words[head][1][0].isupper()
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


def _name_words(text: str, span: Span) -> frozenset[str]:
    """*ana*, *li* of *President Ana Li*, *Ana Li, 58,* and *Mayor Li*."""
    name = span.of(text).partition(", ")[0]
    capitals = {_bare(w) for w in _WORD.findall(name) if w[0].isupper()}
    return frozenset(capitals - TITLES or capitals)


def _bare(word: str) -> str:
    word = word.lower().replace("’", "'")
    for mark in ("'s", "'", "."):
        word = word.removesuffix(mark)
    return word or "'"


def _id(word: str, ids: dict[str, int]) -> int:
    return ids.setdefault(word, len(ids))


def _acronym_id(text: str, span: Span, ids: dict[str, int]) -> int:
    """Id of the word that the capitals of a name of several words spell, if a mention has it; else -1."""
    capitals = [w[0] for w in _WORD.findall(span.of(text)) if w[0].isupper()]
    return ids.get("".join(capitals).lower(), -1) if len(capitals) > 1 else -1


def _gender(text: str, span: Span) -> int:
    words = {_bare(w) for w in _WORD.findall(span.of(text)[:60])}
    return 1 if words & _MALE and not words & _FEMALE else 2 if words & _FEMALE and not words & _MALE else 0


def _is_abbreviation(word: str) -> bool:
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


def _are_sources(m: MentionWords, mention: Ints, quotation: Ints) -> npt.NDArray[np.bool_]:
    """Is each mention the source of the quotation? -1 for no quotation."""
    if not len(m.sources):
        return np.zeros(len(mention), dtype=bool)
    key = mention * m.quotations + quotation
    found = m.sources[np.minimum(np.searchsorted(m.sources, key), len(m.sources) - 1)]
    result: npt.NDArray[np.bool_] = (found == key) & (quotation >= 0)
    return result


def pair_numbers(m: MentionWords, at: Ints, before: Ints) -> Numbers:
    """The answers for pairs of mentions.

    Args:
        at, before: (pairs,) numbers of mentions; `before` comes first in the text.

    Returns:
        (pairs, questions), each below its entry in SIZES.
    """
    relation = np.zeros(len(at), dtype=np.int64)
    named = (m.pronoun[at] == 0) & (m.pronoun[before] == 0)
    head_at, head_before = m.head[at], m.head[before]
    relation[named & (m.words[before] == head_at[:, None]).any(axis=1)] = 3
    relation[named & (m.words[at] == head_before[:, None]).any(axis=1)] = 4
    relation[named & (head_at == head_before)] = 2
    spelled = (m.acronym[at] >= 0) & (m.acronym[at] == m.whole[before])
    spelled |= (m.acronym[before] >= 0) & (m.acronym[before] == m.whole[at])
    relation[named & spelled] = 5
    relation[named & (m.whole[at] == m.whole[before])] = 1
    forms = m.form[at] * _FORMS + m.form[before]
    nesting = np.zeros(len(at), dtype=np.int64)
    nesting[(m.start[before] <= m.start[at]) & (m.end[before] >= m.end[at])] = 1
    nesting[(m.start[before] == m.start[at]) | (m.end[before] == m.end[at])] = 2
    gap = m.start[at] - m.end[before]
    nesting[(gap >= 0) & (gap <= 2)] = 3
    inside_at, inside_before = m.speaker[at] >= 0, m.speaker[before] >= 0
    speakers = np.zeros(len(at), dtype=np.int64)
    speakers[inside_at & ~inside_before] = 1
    speakers[~inside_at & inside_before] = 2
    speakers[inside_at & inside_before] = 3
    speakers[inside_at & (m.speaker[at] == m.speaker[before])] = 4
    speakers[_are_sources(m, before, m.speaker[at]) | _are_sources(m, at, m.speaker[before])] = 5
    sentences = np.minimum(m.sentence[at] - m.sentence[before], 1000)
    lines = np.minimum(m.line[at] - m.line[before], 1000)
    return np.stack(
        [
            relation * _FORMS * _FORMS + forms,
            m.pronoun[at] * _PRONOUNS + m.pronoun[before],
            _bucket(at - before, _DISTANCES) * _FORMS + m.form[at],
            _bucket(sentences, _FAR) * _FORMS + m.form[at],
            ((m.gender[at] * _GENDERS + m.gender[before]) * _PLURAL + m.plural[at]) * _PLURAL
            + m.plural[before],
            nesting * _FORMS * _FORMS + forms,
            speakers * _PRONOUNS + m.pronoun[at],
            (_bucket(lines, _FAR) * _FORMS + m.form[at]) * _RELATIONS + relation,
        ],
        axis=1,
    ).astype(np.int16)


def _bucket(distance: Ints, buckets: int) -> Ints:
    """0, 1, 2, 3, 4, then by doubling; the last holds the rest."""
    far = 3 + np.floor(np.log2(np.maximum(distance, 4) / 2)).astype(np.int64)
    return np.minimum(np.where(distance < 5, distance, far), buckets - 1)
