"""What speaks for a person as the one whom *he* or *she* means: input of the decision in `pronouns.py`.

Each pronoun is laid beside the persons that are named or described before it, and beside those that are named soon
behind it (*in his youth, Li ...*). What is asked of each pair has long been known to tell: grammatical role and
parallelism (Grosz et al. 1995; Lappin and Leass 1994), how recently and how often somebody is named, who else is
named since, whether both stand in one clause, whose quotation it is, what is known of the gender (Bergsma and Lin
2006), and what the coreference head makes of both.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.analysis.decoding import Floats
from onrecord.analysis.first_names import first_name_gender
from onrecord.analysis.mention_features import TITLES, MentionWords
from onrecord.analysis.mentions import MENTION_CLASSES
from onrecord.analysis.pieces import Casing, Ints, Pieces
from onrecord.article import Span

Bools = npt.NDArray[np.bool_]

# Classes of `PRONOUN_CLASSES` that are resolved here, with the gender that they tell (`MentionWords.gender`).
HE, SHE = 3, 4
GENDER_OF = {HE: 1, SHE: 2}
# Persons that are weighed for one pronoun, those named last; and those named behind it: how many mentions and
# sentences behind.
_MOST_PERSONS, _MENTIONS_BEHIND, _SENTENCES_BEHIND = 16, 25, 2
# A mention without a name is a person's if it is one with this probability at least.
_LEAST_PERSON = 0.02
_PERSON = MENTION_CLASSES.index("PER")
_SCORES = 8.0
_UNKNOWN = -2.0


class Kind(IntEnum):
    """What a piece of a word does in a clause."""

    WORD = 0
    STOP = 1
    COMMA = 2
    OPENING = 3
    MARK = 4
    SUBORDINATOR = 5
    RELATIVE = 6
    CONJUNCTION = 7
    PREPOSITION = 8
    OF = 9
    TO = 10
    VERB = 11
    AUXILIARY = 12
    POSSESSIVE = 13
    DETERMINER = 14
    ADVERB = 15
    TITLE = 16
    REST = 17  # of a word that began before
    CAPITAL = 18  # in a text alone: a word that begins with a capital and is none of the above


class Role(IntEnum):
    """What a mention is in its clause, as far as the words beside it tell."""

    OTHER = 0
    SUBJECT = 1
    POSSESSOR = 2
    OBJECT = 3
    OBLIQUE = 4
    APPOSITION = 5
    JOINED = 6


_KINDS, _ROLES = len(Kind), len(Role)


def _table(*kinds: Kind) -> Bools:
    """Whether each kind is one of some: looked up by number, it costs nothing."""
    return np.isin(np.arange(_KINDS), kinds)


_IS_PREPOSITION = _table(Kind.PREPOSITION, Kind.OF, Kind.TO)
# Where the words that say who somebody is end.
_IS_BARRIER = _table(
    Kind.STOP, Kind.COMMA, Kind.PREPOSITION, Kind.OF, Kind.TO, Kind.RELATIVE, Kind.SUBORDINATOR, Kind.CONJUNCTION,
)  # fmt: skip
_IS_MARK = _table(Kind.STOP, Kind.COMMA, Kind.OPENING, Kind.MARK, Kind.POSSESSIVE)
_BEFORE_OBJECT = _table(Kind.VERB, Kind.AUXILIARY, Kind.WORD, Kind.REST)
_MAY_BE_CAPITAL = _table(Kind.WORD, Kind.VERB, Kind.REST)
_ALWAYS_SUBJECT, _ALWAYS_OWNER, _ALWAYS_OBJECT = (
    ("he", "she"),
    ("his",),
    ("him", "himself", "herself", "hers"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of the pieces of the vocabulary, each an array of shape (vocabulary,).

    Attributes:
        kind: `Kind` of each.
        is_finite: may it be a finite verb?
        gender: 1 for a word for a man, 2 for a woman, else 0.
    """

    kind: npt.NDArray[np.int8]
    is_finite: Bools
    gender: npt.NDArray[np.int8]


class Weighed(NamedTuple):
    """Pairs of a pronoun and a person; arrays have a row a pair unless said.

    Attributes:
        pronouns: (pronouns,) numbers of their mentions.
        owner: which of the pronouns, in order.
        person: number of the person's chain.
        nearest: the mention of the person that is nearest.
        features: (pairs, PAIR_FEATURES).
        context: (pronouns, CONTEXT_FEATURES).
    """

    pronouns: Ints
    owner: Ints
    person: Ints
    nearest: Ints
    features: Floats
    context: Floats


@dataclass(slots=True)
class _Person:
    """A chain with a mention that names or describes a person, pronouns of the third person left out."""

    chain: int
    mentions: list[int]
    named: list[int]
    gender: tuple[int, int] = (0, 0)
    by_name: float = 0.0
    mean: float = 0.0
    most: float = 0.0
    is_named: bool = False
    pronouns: int = 0
    rank: int = 0
    first: int = 0


@dataclass(slots=True)
class _Grammar:
    """Of each mention: `Role`, the kinds of piece before and behind it, the gender its words tell, its pieces."""

    role: Ints
    before: Ints
    behind: Ints
    gender: Ints
    first: Ints
    after: Ints
    # Counts up to each piece: verbs, commas, subordinators, conjunctions.
    counts: Ints


def weigh(
    text: str,
    pieces: Pieces,
    spans: Sequence[Span],
    words: MentionWords,
    classes: Floats,
    chains: Sequence[int],
    scores: Sequence[Floats],
    lexicon: Lexicon,
) -> Weighed | None:
    """Lay each *he* or *she* of a text beside the persons it might mean; None if there is no such pronoun.

    Args:
        classes: (mentions, classes) scores, as `Network.describe` gives them.
        chains: the chain of each mention; those of pronouns of the third person are not looked at.
        scores: of each mention, those of the mentions right before it as its antecedents.
    """
    asked = np.flatnonzero((words.pronoun == HE) | (words.pronoun == SHE))
    if not len(asked):
        return None
    grammar = _read_grammar(text, pieces, spans, words, lexicon)
    persons = _find_persons(text, spans, words, classes, chains, grammar)
    return _Pairs(text, spans, words, grammar, persons, scores).laid_out(asked)


def _read_grammar(
    text: str, pieces: Pieces, spans: Sequence[Span], words: MentionWords, lexicon: Lexicon
) -> _Grammar:
    count = len(pieces)
    ids = pieces.ids
    kind = lexicon.kind[ids].astype(np.int64)
    lower = pieces.casing == Casing.LOWER
    capital = (pieces.casing == Casing.CAPITAL) | (pieces.casing == Casing.UPPER)
    # A word in several pieces is none of those that its first piece would be alone (*Or-pel*).
    marks = _IS_MARK[kind]
    continued = np.zeros(count, dtype=bool)
    continued[:-1] = (pieces.start[1:] == pieces.end[:-1]) & ~marks[1:] & ~marks[:-1]
    kind[continued] = Kind.WORD
    kind[capital & _MAY_BE_CAPITAL[kind]] = Kind.CAPITAL
    is_title = kind == Kind.TITLE
    single = (pieces.end - pieces.start == 1) & capital
    after_title = np.zeros(count, dtype=bool)
    after_title[1:] = is_title[:-1] | single[:-1]
    kind[(kind == Kind.STOP) & after_title] = Kind.MARK
    finite = lexicon.is_finite[ids] & (lower | (kind == Kind.AUXILIARY)) & ~continued
    # The rest of a word tells that all of it is a verb (*interrog-ated*).
    finite[:-1] |= continued[:-1] & lower[:-1] & (lexicon.kind[ids[1:]] == Kind.VERB)
    first = np.searchsorted(pieces.end, words.start, side="right")
    after = np.searchsorted(pieces.start, words.end, side="left")
    # A border beyond each end of the text, so that every mention has something before and behind it.
    kinds = np.concatenate([[Kind.STOP] * 6, kind, [Kind.STOP] * 6])
    lines = np.concatenate([[-1] * 6, pieces.line, [-1] * 6])
    at = first + 5
    for _ in range(4):
        title = (kinds[at] == Kind.TITLE) | ((kinds[at] == Kind.MARK) & (kinds[at - 1] == Kind.TITLE))
        at = np.maximum(at - title, 1)
    before = kinds[at]
    opens = (before == Kind.OPENING) & ((kinds[at - 1] == Kind.STOP) | (kinds[at - 1] == Kind.COMMA))
    before[opens | (lines[at] != lines[first + 6])] = Kind.STOP
    next_ = after + 6
    behind = kinds[next_]
    behind[lines[next_] != lines[next_ - 1]] = Kind.STOP
    finite = np.concatenate([[False] * 6, finite, [False] * 6])
    adverb = behind == Kind.ADVERB
    is_subject = finite[next_ + adverb]
    oblique = _IS_PREPOSITION[before]
    role = np.select(
        [
            behind == Kind.POSSESSIVE,
            is_subject & ~oblique & (before != Kind.POSSESSIVE),
            oblique,
            _BEFORE_OBJECT[before],
            (before == Kind.STOP) | (before == Kind.SUBORDINATOR),
            before == Kind.COMMA,
            before == Kind.CONJUNCTION,
        ],
        [
            Role.POSSESSOR, Role.SUBJECT, Role.OBLIQUE, Role.OBJECT, Role.SUBJECT, Role.APPOSITION, Role.JOINED,
        ],
        Role.OTHER,
    )  # fmt: skip
    for m in np.flatnonzero((words.pronoun == HE) | (words.pronoun == SHE)).tolist():
        word = text[spans[m].start : spans[m].end].lower()
        if word in _ALWAYS_SUBJECT:
            role[m] = Role.SUBJECT
        elif word in _ALWAYS_OWNER or (
            word == "her" and behind[m] in (Kind.WORD, Kind.CAPITAL, Kind.VERB, Kind.TITLE)
        ):
            role[m] = Role.POSSESSOR
        elif word == "her" or word in _ALWAYS_OBJECT:
            role[m] = Role.OBLIQUE if oblique[m] else Role.OBJECT
    clauses = np.stack(
        [
            (kind == Kind.VERB) | (kind == Kind.AUXILIARY),
            kind == Kind.COMMA,
            (kind == Kind.SUBORDINATOR) | (kind == Kind.RELATIVE),
            kind == Kind.CONJUNCTION,
        ]
    )
    counts = np.zeros((4, count + 1), dtype=np.int64)
    np.cumsum(clauses, axis=1, out=counts[:, 1:])
    gender = _genders(words, kind, lexicon.gender[ids], finite[6:-6], first, after)
    return _Grammar(role, before, behind, gender, first, after, counts)


def _genders(
    words: MentionWords, kind: Ints, gender: npt.NDArray[np.int8], finite: Bools, first: Ints, after: Ints
) -> Ints:
    """Of each mention, by the words of its head, those right before a name, and what is said of it behind it."""
    count = len(kind)
    male = np.concatenate([[0], np.cumsum(gender == 1)])
    female = np.concatenate([[0], np.cumsum(gender == 2)])
    places = np.arange(count + 1)
    barrier = _IS_BARRIER[kind]
    # The next barrier at or behind each piece, and the last barrier or possessive before it.
    ahead = np.minimum.accumulate(np.where(np.append(barrier, True), places, count)[::-1])[::-1]
    owned = np.maximum.accumulate(np.concatenate([[0], np.where(kind == Kind.POSSESSIVE, places[1:], 0)]))
    back = np.maximum.accumulate(np.concatenate([[0], np.where(barrier | finite, places[1:], 0)]))

    def told(start: Ints, end: Ints) -> Ints:
        end = np.maximum(start, np.minimum(end, count))
        start = np.minimum(start, count)
        men, women = male[end] > male[start], female[end] > female[start]
        return np.where(men & ~women, 1, np.where(women & ~men, 2, 0))

    end = np.minimum(after, ahead[np.minimum(first, count)])
    found = told(np.maximum(first, owned[np.maximum(end - 1, 0)]), end)
    kinds = np.concatenate([kind, [Kind.STOP] * 3])
    joined = kinds[np.minimum(end, count)] == Kind.CONJUNCTION
    found[joined & (end < after)] = 0
    is_name = words.form == 0
    before = told(np.maximum(first - 3, back[np.minimum(first, count)]), first)
    found = np.where((found == 0) & is_name, before, found)
    says = (kinds[after] == Kind.COMMA) | (kinds[after] == Kind.AUXILIARY)
    says &= kinds[np.minimum(after + 1, count)] == Kind.DETERMINER
    start = np.minimum(after + 2, count)
    behind = told(start, np.minimum(start + 7, ahead[start]))
    found = np.where((found == 0) & is_name & says, behind, found)
    return np.where(words.form == 2, words.gender, found)


def _find_persons(
    text: str,
    spans: Sequence[Span],
    words: MentionWords,
    classes: Floats,
    chains: Sequence[int],
    grammar: _Grammar,
) -> list[_Person]:
    """The chains that may be persons, in the order of their first mentions."""
    pronoun, form, plural = words.pronoun.tolist(), words.form.tolist(), words.plural.tolist()
    gender = grammar.gender.tolist()
    lifted = np.exp(classes - classes.max(axis=1, keepdims=True))
    chance = (lifted[:, _PERSON] / lifted.sum(axis=1)).tolist()
    by_chain: dict[int, list[int]] = {}
    for m, chain in enumerate(chains):
        if pronoun[m] not in GENDER_OF:
            by_chain.setdefault(chain, []).append(m)
    persons = []
    for chain, mentions in by_chain.items():
        named = [m for m in mentions if form[m] != 2]
        # Most chains of a text are things.
        if not named or all(form[m] and chance[m] < _LEAST_PERSON for m in named):
            continue
        person = _Person(chain, mentions, named)
        chances = [chance[m] for m in person.named]
        person.most, person.mean = max(chances), sum(chances) / len(chances)
        person.is_named = any(form[m] == 0 for m in person.named)
        if not person.is_named and (
            person.most < _LEAST_PERSON or any(plural[m] == 2 for m in person.mentions)
        ):
            continue
        told = [gender[m] for m in person.mentions]
        person.gender = told.count(1), told.count(2)
        names = [_by_first_name(text, spans[m]) for m in person.named if form[m] == 0]
        person.by_name = max(names, key=abs, default=0.0)
        person.pronouns = len(person.mentions) - len(person.named)
        persons.append(person)
    persons.sort(key=lambda p: p.mentions[0])
    for number, person in enumerate(persons):
        person.first = number
    for number, person in enumerate(sorted(persons, key=lambda p: -len(p.mentions))):
        person.rank = number
    return persons


def _by_first_name(text: str, span: Span) -> float:
    """How much more often a woman's than a man's the first word of a name is, less for a single word."""
    names = [
        w for w in span.of(text).split(maxsplit=4) if w[0].isupper() and w.lower().rstrip(".") not in TITLES
    ]
    if not names:
        return 0.0
    return first_name_gender(names[0]) * (1.0 if len(names) > 1 else 0.6)


class _Pairs:
    """Collects the pairs of a text."""

    def __init__(
        self,
        text: str,
        spans: Sequence[Span],
        words: MentionWords,
        grammar: _Grammar,
        persons: Sequence[_Person],
        scores: Sequence[Floats],
    ) -> None:
        self._text, self._spans, self._words, self._grammar = text, spans, words, grammar
        self._persons, self._scores = persons, scores
        self._person_of = {m: n for n, p in enumerate(persons) for m in p.named}
        self._numbers = np.full(len(spans), len(persons), dtype=np.int64)
        for number, person in enumerate(persons):
            self._numbers[person.named] = number

    def laid_out(self, asked: Ints) -> Weighed:
        """All pairs of the pronouns asked for."""
        words, grammar = self._words, self._grammar
        sentence, role = words.sentence.tolist(), grammar.role.tolist()
        start = words.start.tolist()
        # Of the persons named so far, the last named at the end: (last mention, how many).
        recent: OrderedDict[int, tuple[int, int]] = OrderedDict()
        subject: dict[int, int] = {}
        opener: dict[int, int] = {}
        last_opened = -1
        # Looking a member of an enumeration up takes longer than all else in the loop.
        subject_role = int(Role.SUBJECT)
        rows: list[tuple[float, ...]] = []
        named = sorted(self._person_of)
        at = 0
        for number, pronoun in enumerate(asked.tolist()):
            while at < len(named) and start[named[at]] < start[pronoun]:
                mention = named[at]
                person = self._person_of[mention]
                _, so_far = recent.pop(person, (0, 0))
                recent[person] = (mention, so_far + 1)
                if role[mention] == subject_role:
                    subject[person] = sentence[mention]
                if sentence[mention] != last_opened:
                    last_opened = sentence[mention]
                    opener[person] = last_opened
                at += 1
            here = sentence[pronoun]
            by_head = self._by_head(pronoun)
            for since, person in enumerate(reversed(recent)):
                if since >= _MOST_PERSONS:
                    break
                mention, so_far = recent[person]
                rows.append(
                    (
                        number, person, mention, 0, since, so_far,
                        by_head[person],
                        self._score(pronoun, mention),
                        here - subject.get(person, -9), here - opener.get(person, -9),
                    )
                )  # fmt: skip
            seen: set[int] = set()
            for mention in named[at : at + _MENTIONS_BEHIND]:
                if mention - pronoun > _MENTIONS_BEHIND or sentence[mention] - here > _SENTENCES_BEHIND:
                    break
                person = self._person_of[mention]
                if start[mention] > start[pronoun] and person not in recent and person not in seen:
                    rows.append(
                        (
                            number,
                            person,
                            mention,
                            1,
                            len(seen),
                            0,
                            _UNKNOWN,
                            self._score(mention, pronoun),
                            9,
                            9,
                        )
                    )
                    seen.add(person)
        table = np.array(rows, dtype=np.float32).reshape(len(rows), 10)
        return self._with_features(asked, table)

    def _by_head(self, pronoun: int) -> list[float]:
        """The logarithm of the odds that the coreference head gives the mentions of each person, added up."""
        scores = self._scores[pronoun]
        # What is nobody's counts as of one person more.
        persons = self._numbers[pronoun - len(scores) : pronoun]
        odds = np.bincount(persons, np.exp(np.clip(scores, -20.0, 20.0)), minlength=len(self._persons) + 1)
        logs: list[float] = np.clip(np.log(np.maximum(odds, 1e-9)), -_SCORES, _SCORES).tolist()
        return logs

    def _score(self, later: int, earlier: int) -> float:
        scores = self._scores[later]
        at = earlier - later + len(scores)
        return float(scores[at]) if 0 <= at < len(scores) else -_SCORES

    def _with_features(self, asked: Ints, table: Floats) -> Weighed:
        words, g = self._words, self._grammar
        owner, person, nearest = (table[:, n].astype(np.int64) for n in range(3))
        is_behind = table[:, 3] > 0
        pronoun = asked[owner]
        she = words.pronoun[asked] == SHE
        of_pronoun = she[owner]
        known = np.array(
            [
                (
                    *p.gender,
                    p.by_name,
                    p.mean,
                    p.most,
                    p.is_named,
                    len(p.mentions),
                    p.rank,
                    p.first,
                    p.pronouns,
                )
                for p in self._persons
            ],
            dtype=np.float32,
        ).reshape(len(self._persons), 10)[person]
        men, women = known[:, 0], known[:, 1]
        right, wrong = np.where(of_pronoun, women, men), np.where(of_pronoun, men, women)
        kept = (wrong < 2) | (right > 0)
        by_name = np.where(of_pronoun, known[:, 2], -known[:, 2])
        role, mine = g.role[nearest], g.role[pronoun]
        sentences = np.abs(words.sentence[pronoun] - words.sentence[nearest])
        same, before = sentences == 0, sentences == 1
        start = np.where(is_behind, g.after[pronoun], g.after[nearest])
        end = np.where(is_behind, g.first[nearest], g.first[pronoun])
        inside = ~is_behind & (words.end[nearest] > words.start[pronoun])
        start = np.minimum(np.where(inside, g.first[nearest], start), end)
        between = g.counts[:, end] - g.counts[:, start]
        verbs, subordinators = between[0], between[2]
        near = same & (subordinators == 0) & (verbs <= 1)
        subject = role == Role.SUBJECT
        mine_subject, mine_owner = mine == Role.SUBJECT, mine == Role.POSSESSOR
        mine_object, mine_oblique = mine == Role.OBJECT, mine == Role.OBLIQUE
        role_columns = _one_hot(role, _ROLES)
        speaker, other_speaker = words.speaker[pronoun], words.speaker[nearest]
        pair = np.concatenate(
            [
                _one_hot(np.minimum(sentences, 4), 5),
                np.log1p(between.T) / 2,
                role_columns,
                role_columns & same[:, None],
                role_columns & before[:, None],
                _one_hot(g.before[nearest], _KINDS),
                _one_hot(g.behind[nearest], _KINDS),
                np.stack(
                    [
                        words.line[pronoun] != words.line[nearest],
                        np.log1p(np.maximum(0, end - start)) / 4,
                        role == mine,
                        same & subject & mine_object & (subordinators == 0) & (verbs <= 2),
                        same & subject & mine_owner,
                        same & (role == Role.OBJECT) & mine_oblique,
                        same & mine_subject & subject & (subordinators > 0),
                        same & mine_subject & subject & (subordinators == 0),
                        near,
                        near & mine_object,
                        near & mine_owner,
                        near & mine_oblique,
                        near & mine_subject,
                        inside,
                        words.form[nearest] == 0,
                        other_speaker >= 0,
                        speaker == other_speaker,
                    ],
                    axis=1,
                ),
            ],
            axis=1,
        ).astype(np.float32)
        subject_since, opened_since = table[:, 8], table[:, 9]
        since = table[:, 4].astype(np.int64)
        said_here = subject_since == 0, subject_since == 1, opened_since == 0, opened_since == 1
        total, rank, first = known[:, 6], known[:, 7], known[:, 8]
        reflexive = self._reflexive(asked)[owner]
        own_words = self._is_source(pronoun, person)
        common = np.stack(
            [
                is_behind, right > 0, right > 1, (right > 0) & (wrong > 0), wrong > 0,
                by_name / 3, np.maximum(0, by_name) / 3, by_name == 0, by_name < -1.2, by_name > 1.2,
                known[:, 3], known[:, 4], known[:, 5], known[:, 4] < 0.02, known[:, 4] < 0.2, known[:, 4] > 0.9,
                table[:, 6] / 4, table[:, 6] <= -_SCORES, np.clip(table[:, 7], -_SCORES, _SCORES) / 4 * ~is_behind,
                np.clip(table[:, 7], -_SCORES, _SCORES) / 4 * is_behind,
                np.log1p(total), total == 1, np.log1p(table[:, 5]), rank == 0, rank == 1, rank > 3,
                first == 0, first == 1, np.log1p(known[:, 9]),
                *said_here,
                *(s & m for s in said_here for m in (mine_subject, mine_owner, mine_object | mine_oblique)),
                reflexive, reflexive & said_here[0],
                own_words, speaker >= 0,
            ],
            axis=1,
        ).astype(np.float32)  # fmt: skip
        behind = is_behind[:, None]
        features = np.concatenate(
            [
                common,
                _one_hot(np.minimum(since, 5), 6) & ~behind,
                _one_hot(np.minimum(since, 3), 4) & behind,
                pair * ~behind,
                pair * behind,
            ],
            axis=1,
        ).astype(np.float32)
        mine = g.role[asked]
        kind = g.before[asked]
        context = np.concatenate(
            [
                _one_hot(mine, _ROLES),
                np.stack(
                    [
                        she,
                        words.sentence[asked] == 0,
                        np.log1p(asked) / 4,
                        np.minimum(20, np.bincount(owner, minlength=len(asked))) / 5,
                        kind == Kind.STOP,
                        kind == Kind.COMMA,
                        kind == Kind.SUBORDINATOR,
                        _IS_PREPOSITION[kind],
                    ],
                    axis=1,
                ),
            ],
            axis=1,
        ).astype(np.float32)
        chain = np.array([p.chain for p in self._persons], dtype=np.int64)[person]
        return Weighed(asked, owner[kept], chain[kept], nearest[kept], features[kept], context)

    def _reflexive(self, asked: Ints) -> Bools:
        return np.array([self._spans[p].end - self._spans[p].start > 6 for p in asked.tolist()], dtype=bool)

    def _is_source(self, pronoun: Ints, person: Ints) -> Bools:
        """Is the person the source of the quotation that the pronoun stands in? Who speaks says *I*."""
        words = self._words
        mention, quotation = np.divmod(words.sources, words.quotations)
        speaks = {
            (self._person_of[m], q)
            for m, q in zip(mention.tolist(), quotation.tolist(), strict=True)
            if m in self._person_of
        }
        asked = zip(person.tolist(), words.speaker[pronoun].tolist(), strict=True)
        return np.array([pair in speaks for pair in asked], dtype=bool)


def _one_hot(values: Ints, size: int) -> Bools:
    columns: Bools = values[:, None] == np.arange(size)
    return columns
