"""Who said one thing and then another: pairs of statements of one actor, side by side. Nothing says which of them is true.

Statements are laid beside each other only where they share telling words, found by an index of these for each actor; so the
work grows with the statements of an actor that speak of one thing, not with all pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, func, or_, select

from onrecord.article import Span
from onrecord.record.asking.bounded import count_rows
from onrecord.record.asking.clauses import (
    DENYING_CUE,
    IN_CUE,
    SPEAKER,
    Clause,
    Named,
    Saying,
    Told,
    clauses_of,
)
from onrecord.record.asking.days import on_days
from onrecord.record.asking.opposed import oppose_clauses
from onrecord.record.asking.opposites import base_of, has_opposite, weigh_base
from onrecord.record.asking.opposition import Opposition, OppositionKind
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.senses import Sense, has_opposites, root_of, senses_of
from onrecord.record.asking.statements import Evidence, Said, is_about, said_of, spoken_by
from onrecord.record.asking.stories import Tellers, tellers_of
from onrecord.record.parts import in_parts
from onrecord.record.people import load_corrections
from onrecord.record.schema import appearances, articles, contents, mentions, statements, times
from onrecord.record.statement_rows import CONTENT_JOIN
from onrecord.resolution.stories.wording import words_of

PairKind = Literal["opposite", "changed number", "disputed"]

# Statements of which it is less sure that somebody said them are left out.
_LEAST_CONFIDENCE = 0.5
# A word tells enough to look others up by it, in bits; a pair must share words that tell so much together.
_TELLING = 2.0
_LEAST_SHARED = 8.0
# Words that share a sense tell at most so much, and only where others are shared as they stand that tell so much.
_MOST_OF_SENSE = 3.5
_LEAST_LITERAL = 4.5
# Acts of the speaker alone are laid beside each other where there are no more than so many.
_COMMON_PERSONAL = 60
# A word that more statements of one actor hold finds nothing.
_COMMON = 400
# Pairs that are looked into at a time.
_MANY_PAIRS = 2000
# Kinds of mention whose actor stands for the words.
_KNOWN_BY_ID = ("PER", "ORG")


class ContradictionsQuestion(msgspec.Struct, frozen=True):
    """Which pairs to look for; what is given must hold of both statements.

    Attributes:
        by, about, since, until, outlet: as in `statements.Question`; with `disputed`, `by` holds of one of the two.
        updates: also numbers that were told anew on a later day: tolls, and measures such as a rate.
        disputed: what one denies and another one asserts, instead of what one actor said twice.
    """

    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    updates: bool = True
    disputed: bool = False


class Side(msgspec.Struct):
    """One statement of a pair.

    Attributes:
        clause: the part of the content that is set against the other's; where it goes over a gap, its pieces.
        marked: the words in it that differ; of what the cue denies or is against, the cue.
        tellers: how many reports have this statement in these words.
    """

    said: Said
    day: str | None
    clause: list[Evidence]
    marked: list[Evidence]
    tellers: Tellers


class Contradiction(msgspec.Struct):
    """Two statements that do not go together as they are worded, the earlier first.

    Attributes:
        kind: opposite, changed number, or disputed: the first denies what the second, of somebody else, asserts.
        update: the number is a toll or a measure that was told anew on a later day.
        days: days between both; None where a day is not known.
    """

    kind: PairKind
    update: bool
    days: int | None
    first: Side
    second: Side


class _Row(msgspec.Struct, frozen=True):
    """A statement as far as finding pairs needs it."""

    id: str
    article: str
    story: str
    actor: str
    cue: str
    kind: str
    attitude: str
    quotation: str
    negated: bool
    text: str
    day: str | None

    @property
    def denies(self) -> bool:
        """Does its cue deny what follows?"""
        return self.quotation != "direct" and DENYING_CUE.search(self.cue) is not None


class _Laid(msgspec.Struct, frozen=True):
    """A pair of rows and how they differ."""

    first: _Row
    second: _Row
    found: Opposition
    keys: tuple[str, str]


def contradictions(connection: Connection, question: ContradictionsQuestion) -> list[Contradiction]:
    """All pairs that fit a question: those of which the later statement is the newest first, ties by id.

    Two reports of one story are not compared: what one of them alters in a quotation is told by `variants.said_once`. What
    several reports print alike is one pair.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    words = {"by": question.by, "about": question.about, "outlet": question.outlet}
    check_question(words, question.since, question.until)
    rows = _rows(connection, question)
    if question.disputed:
        theirs = _ids_by(connection, question.by) if question.by else None
        pairs: Iterator[tuple[_Row, _Row]] = _disputed_candidates(rows, theirs)
    else:
        pairs = _candidates_by_actor(rows)
    laid = [
        pair
        for pair in _laid(connection, pairs, disputed=question.disputed)
        if question.updates or not pair.found.update
    ]
    return _with_statements(connection, laid, disputed=question.disputed)


# --- candidates


def count_candidates(
    connection: Connection, question: ContradictionsQuestion, *, most: int | None = None
) -> int:
    """How many statements are laid beside each other.

    Args:
        most: count no further than this.
    """
    return count_rows(connection, _query(connection, question).order_by(None), most)


def _rows(connection: Connection, question: ContradictionsQuestion) -> Iterator[_Row]:
    """The statements that may be of a pair, those of an actor together."""
    query = _query(connection, question)
    for row in connection.execute(query.execution_options(yield_per=2000)):
        yield _Row(**row._mapping)


def _query(connection: Connection, question: ContradictionsQuestion) -> Select[Any]:
    made = load_corrections(connection)
    whole, outer = articles.alias("whole"), statements.alias("outer")
    speaking, telling = appearances.alias("speaking"), appearances.alias("telling")
    day = func.substr(func.coalesce(statements.c.date, articles.c.published), 1, 10)
    s = statements.c
    query: Select[Any] = (
        select(
            s.id,
            s.article,
            func.coalesce(articles.c.story, whole.c.story, articles.c.id).label("story"),
            speaking.c.actor,
            func.coalesce(s.cue_text, "").label("cue"),
            s.kind,
            s.attitude,
            s.quotation,
            s.negated,
            s.content_text.label("text"),
            day.label("day"),
        )
        .join(speaking, speaking.c.id == s.source_actor)
        .join(articles, articles.c.serial == s.article)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .outerjoin(outer, outer.c.id == s.within)
        .outerjoin(telling, telling.c.id == outer.c.source_actor)
        .where(
            s.confidence >= _LEAST_CONFIDENCE,
            s.kind != "question",
            # Words that somebody else puts into their mouth are not theirs.
            or_(s.within.is_(None), telling.c.actor == speaking.c.actor),
        )
        .order_by(speaking.c.actor, s.article, s.number)
    )
    if question.by and not question.disputed:
        query = query.where(spoken_by(made.goes_by(question.by)))
    if question.about:
        query = query.where(is_about(made.goes_by(question.about)))
    query = query.where(*on_days(day, question.since, question.until))
    if question.outlet:
        query = query.where(of_outlet(connection, question.outlet))
    return query


def _ids_by(connection: Connection, by: str) -> frozenset[str]:
    made = load_corrections(connection)
    query = select(statements.c.id).where(spoken_by(made.goes_by(by)))
    return frozenset(connection.execute(query).scalars())


class _Looked(NamedTuple):
    """A word as it is looked up: what finds it, how much it tells in bits, its senses, and whether it may turn a clause."""

    root: str
    weight: float
    senses: tuple[Sense, ...]
    turns: bool


@lru_cache(maxsize=200_000)
def _look(word: str) -> _Looked:
    key = "".join(w.key for w in words_of(word)) or word
    base = base_of(key)
    senses = senses_of(base)
    turns = has_opposite(base) or key in _TURNING or any(c.isdigit() for c in word) or base in _TURNING
    return _Looked(root_of(base), weigh_base(base), tuple(sorted(senses.own | senses.implied)), turns)


_TURNING = frozenset("not no never none nobody nothing neither nor cannot refuse decline fail unable against cannot cant wont".split())  # fmt: skip


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    from onrecord.analysis.counts import SMALL, TENS

    return frozenset((*SMALL, *TENS, "dozen", "hundred", "thousand", "million", "billion"))


class _Indexed(NamedTuple):
    """What finds a statement.

    Attributes:
        telling: its telling words by their roots.
        turns: may anything in it turn a clause? `reworded`: has it words of which others say the opposite?
        personal: which acts of the speaker alone it may tell of.
    """

    telling: dict[str, _Looked]
    turns: bool
    reworded: bool
    personal: frozenset[str]


def _index(row: _Row) -> _Indexed:
    telling: dict[str, _Looked] = {}
    turns = row.denies or row.negated
    personal = set()
    for word in f"{row.cue} {row.text}".split():
        bare = word.strip("“”\"'‘’.,;:!?()[]…—–-").lower()
        if not bare:
            continue
        looked = _look(bare)
        turns = turns or looked.turns or bare.endswith(("n't", "n’t")) or bare in _number_words()
        if looked.weight >= _TELLING and len(looked.root) > 2:
            telling[looked.root] = looked
        if bare in _PERSONAL_WORDS:
            personal.add(_PERSONAL_WORDS[bare])
    reworded = any(has_opposites(sense) for looked in telling.values() for sense, _ in looked.senses)
    return _Indexed(telling, turns, reworded, frozenset(personal))


# Words in what tells of an act of the speaker alone (*step down*, *stand for a second term*).
_PERSONAL_WORDS = {
    word: line.split()[0]
    for line in (
        "resign resigning resignation quit step stepping",
        "candidacy candidate run running stand standing re-election reelection",
    )
    for word in line.split()
}


def _candidates_by_actor(rows: Iterable[_Row]) -> Iterator[tuple[_Row, _Row]]:
    for _, of_actor in groupby(rows, key=attrgetter("actor")):
        group = list(of_actor)
        if len(group) > 1:
            yield from _candidates(group, range(len(group)), lambda one, other: True)


def _disputed_candidates(rows: Iterable[_Row], theirs: frozenset[str] | None) -> Iterator[tuple[_Row, _Row]]:
    """Pairs of a denial and of what somebody else asserts or blames for."""

    def fits(one: _Row, other: _Row) -> bool:
        return one.actor != other.actor and (theirs is None or one.id in theirs or other.id in theirs)

    kinds = ("denial", "assertion", "accusation")
    group = [r for r in rows if r.kind in kinds or r.denies]
    yield from _candidates(group, [n for n, r in enumerate(group) if _may_deny(r)], fits)


def _may_deny(row: _Row) -> bool:
    return row.kind == "denial" or row.denies


_Fits = Callable[[_Row, _Row], bool]


def _candidates(group: Sequence[_Row], asked: Iterable[int], fits: _Fits) -> Iterator[tuple[_Row, _Row]]:
    """Pairs of some statements that share telling words, one of which may turn the other.

    Args:
        asked: for which of them others are looked up.
    """
    indexed = [_index(row) for row in group]
    holding: dict[str, list[int]] = defaultdict(list)
    meaning: dict[str, list[tuple[int, int, _Looked]]] = defaultdict(list)
    personal: dict[str, list[int]] = defaultdict(list)
    for n, found in enumerate(indexed):
        for root, looked in found.telling.items():
            holding[root].append(n)
            for sense, sign in looked.senses:
                meaning[sense].append((n, sign, looked))
        for act in found.personal:
            personal[act].append(n)
    asked = {n for n in asked if indexed[n].turns or indexed[n].reworded}
    for n in sorted(asked):
        # In bits: words as they stand, and all words.
        literal: dict[int, float] = defaultdict(float)
        words: Counter[int] = Counter()
        for root, looked in indexed[n].telling.items():
            if len(holding[root]) <= _COMMON:
                for other in holding[root]:
                    literal[other] += looked.weight
                    words[other] += 1
        shared = literal.copy()
        turned: set[int] = set()
        for root, looked in indexed[n].telling.items():
            for sense, sign in looked.senses:
                if len(meaning[sense]) <= _COMMON:
                    for other, other_sign, theirs in meaning[sense]:
                        if theirs.root != root and literal.get(other, 0.0) >= _LEAST_LITERAL:
                            shared[other] += min(looked.weight, theirs.weight, _MOST_OF_SENSE)
                            words[other] += 1
                            if sign != other_sign:
                                turned.add(other)
        alone = {
            m
            for act in indexed[n].personal
            if len(personal[act]) <= _COMMON_PERSONAL
            for m in personal[act]
            if group[m].actor == group[n].actor
        }
        for other in sorted(alone | shared.keys()):
            # Each pair once.
            if other == n or (other in asked and other < n):
                continue
            if other not in alone and (words[other] < 2 or shared[other] < _LEAST_SHARED):
                continue
            if not (indexed[n].turns or indexed[other].turns or other in turned):
                continue
            one, two = group[n], group[other]
            if not fits(one, two):
                continue
            # Copies of one story print one statement in two ways.
            if one.story == two.story and one.article != two.article:
                continue
            yield one, two


# --- comparing


def _laid(connection: Connection, pairs: Iterator[tuple[_Row, _Row]], *, disputed: bool) -> Iterator[_Laid]:
    """The pairs that differ, after their words are read with who is meant by them; some thousands at a time."""
    while part := _take(pairs, _MANY_PAIRS):
        rows = {row.id: row for pair in part for row in pair}
        read = _Reader(connection, rows)
        for one, two in part:
            first, second = _in_time(one, two)
            if disputed:
                first, second = sorted((one, two), key=lambda r: (not _may_deny(r), r.day or "", r.id))
            laid = _lay(read, first, second, disputed=disputed)
            if laid is not None:
                yield laid


def _take(pairs: Iterator[tuple[_Row, _Row]], most: int) -> list[tuple[_Row, _Row]]:
    found = []
    for pair in pairs:
        found.append(pair)
        if len(found) == most:
            break
    return found


def _in_time(one: _Row, two: _Row) -> tuple[_Row, _Row]:
    first, second = sorted((one, two), key=lambda r: (r.day is None, r.day or "", r.id))
    return first, second


def _lay(read: _Reader, first: _Row, second: _Row, *, disputed: bool) -> _Laid | None:
    if first.article == second.article and read.overlap(first, second):
        return None
    ours, theirs = read.clauses(first), read.clauses(second)
    if disputed:
        ours = [_by_name(c, first.actor) for c in ours if c.force == "none"]
        theirs = [_by_name(c, second.actor) for c in theirs if c.force == "none"]
    found = oppose_clauses(read.saying(first), ours, read.saying(second), theirs)
    if found is None or (disputed and (found.kind != "opposite")):
        return None
    keys = tuple(
        next(_key(c) for c in read.clauses(row) if c.span == span)
        for row, span in zip((first, second), found.clauses, strict=True)
    )
    return _Laid(first, second, found, keys)  # type: ignore[arg-type]


def _key(clause: Clause) -> str:
    return " ".join([*(t.base for t in clause.tokens), *("not" for _ in clause.negations)])


def _by_name(clause: Clause, actor: str) -> Clause:
    """The clause with the speaker by their id, so that what others say of them is of the same."""
    from dataclasses import replace

    tokens = tuple(replace(t, base="@" + actor) if t.base == SPEAKER else t for t in clause.tokens)
    return replace(clause, tokens=tokens)


class _Reader:
    """Statements with who is meant by their words; clauses are read once."""

    def __init__(self, connection: Connection, rows: Mapping[str, _Row]) -> None:
        self._rows = rows
        self._pieces: dict[str, list[Span]] = defaultdict(list)
        for part in in_parts(sorted(rows)):
            query = (
                select(contents.c.statement, contents.c.start, contents.c.end)
                .where(contents.c.statement.in_(part))
                .order_by(contents.c.statement, contents.c.number)
            )
            for statement, start, end in connection.execute(query):
                self._pieces[statement].append(Span(start, end))
        self._named: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self._times: dict[str, list[tuple[int, int, str | None, str | None]]] = defaultdict(list)
        for part in in_parts(sorted({row.article for row in rows.values()})):
            m = mentions.c
            meant = (
                select(m.article, m.start, m.end, appearances.c.actor)
                .join(appearances, appearances.c.id == m.actor)
                .where(m.article.in_(part), m.type.in_(_KNOWN_BY_ID))
            )
            for article, start, end, actor in connection.execute(meant):
                self._named[article].append((start, end, actor))
            t = times.c
            told = select(t.article, t.start, t.end, t.from_date, t.to_date).where(t.article.in_(part))
            for article, start, end, first, last in connection.execute(told):
                self._times[article].append((start, end, first, last))
        self._sayings: dict[str, Saying] = {}
        self._clauses: dict[str, list[Clause]] = {}

    def overlap(self, one: _Row, two: _Row) -> bool:
        """Do the contents of two statements of one report share words?"""
        return any(
            a.start < b.end and b.start < a.end for a in self._pieces[one.id] for b in self._pieces[two.id]
        )

    def saying(self, row: _Row) -> Saying:
        """A statement to be laid beside others."""
        if row.id not in self._sayings:
            pieces = list(self.placed(row))
            self._sayings[row.id] = Saying(
                row.text,
                row.day,
                row.actor,
                row.cue,
                row.kind,
                row.attitude,
                bool(row.negated),
                row.quotation == "indirect",
                [
                    Named(Span(s, e), id)
                    for start, end, id in self._named[row.article]
                    for s, e in _moved(pieces, start, end)
                ],
                [
                    Told(Span(s, e), first, last)
                    for start, end, first, last in self._times[row.article]
                    for s, e in _moved(pieces, start, end)
                ],
            )
        return self._sayings[row.id]

    def clauses(self, row: _Row) -> list[Clause]:
        """The clauses of a statement."""
        if row.id not in self._clauses:
            self._clauses[row.id] = clauses_of(self.saying(row))
        return self._clauses[row.id]

    def placed(self, row: _Row) -> Iterator[tuple[int, Span]]:
        """For each piece of the content where it begins in the joined text, and where it stands in the report."""
        yield from _placed(self._pieces[row.id])


def _placed(pieces: Iterable[Span]) -> Iterator[tuple[int, Span]]:
    at = 0
    for piece in pieces:
        yield at, piece
        at += piece.end - piece.start + len(CONTENT_JOIN)


def _moved(pieces: Iterable[tuple[int, Span]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span of the report in the joined text, if it is within a piece."""
    for at, piece in pieces:
        if piece.start <= start and end <= piece.end:
            yield start - piece.start + at, end - piece.start + at


# --- answering


def _with_statements(connection: Connection, laid: Sequence[_Laid], *, disputed: bool) -> list[Contradiction]:
    """The pairs with their statements, what is printed alike put together."""
    groups: dict[tuple[OppositionKind, str, str, str, str], list[_Laid]] = defaultdict(list)
    for pair in laid:
        actors = pair.first.actor, pair.second.actor
        groups[pair.found.kind, *actors, *pair.keys].append(pair)
    for group in groups.values():
        group.sort(key=lambda p: (p.first.day or "9", p.second.day or "9", p.first.id, p.second.id))
    chosen = sorted(
        groups.values(),
        key=lambda g: (
            -_ordinal(max(g[0].first.day or "", g[0].second.day or "")),
            g[0].second.id,
            g[0].first.id,
        ),
    )
    ids = sorted({row.id for g in chosen for row in (g[0].first, g[0].second)})
    found = {said.id: said for said in said_of(connection, ids)}
    printed = {
        f"{n}{side}": {getattr(pair, side).article for pair in group}
        for n, group in enumerate(chosen)
        for side in ("first", "second")
    }
    told = tellers_of(connection, printed)
    answer = []
    for n, group in enumerate(chosen):
        pair = group[0]
        first = _side(
            found[pair.first.id], pair.first, pair.found.clauses[0], pair.found.first, told[f"{n}first"]
        )
        second = _side(
            found[pair.second.id], pair.second, pair.found.clauses[1], pair.found.second, told[f"{n}second"]
        )
        days = None
        if first.day and second.day:
            days = abs((date.fromisoformat(second.day) - date.fromisoformat(first.day)).days)
        kind: PairKind = "disputed" if disputed else pair.found.kind
        answer.append(Contradiction(kind, pair.found.update, days, first, second))
    return answer


def _side(said: Said, row: _Row, clause: Span, marked: Sequence[Span], told: Tellers) -> Side:
    pieces = [Span(e.start, e.end) for e in said.evidence]

    def evidence(span: Span) -> list[Evidence]:
        """A span of the joined text in the report; over a gap it has several pieces."""
        found = []
        for at, piece in _placed(pieces):
            start, end = max(span.start, at), min(span.end, at + piece.end - piece.start)
            if start < end:
                words = row.text[start:end]
                found.append(Evidence(row.article, start - at + piece.start, end - at + piece.start, words))
        return found

    marks = [e for span in sorted(set(marked), key=attrgetter("start", "end")) for e in evidence(span)]
    if IN_CUE in marked and said.cue_place:
        marks.insert(0, said.cue_place)
    return Side(said, row.day, evidence(clause), marks, told)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else 0
