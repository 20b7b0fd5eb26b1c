"""Who is heard: a source-diversity audit of an outlet, of some months, or of the whole record.

Heard is who is said to have said something (attitude `speech`), by name or by words that describe. What is told of somebody's
thoughts and plans, what they did not say, and what others say that they said, is left out and counted apart. Copies count once:
of the reports of one story, an actor is heard as often as in the one report that has most of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from onrecord.record.asking.bounded import count_rows
from onrecord.record.asking.concentration import Concentration, concentration_of
from onrecord.record.asking.days import published_day, published_on
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.role_types import role_type
from onrecord.record.asking.statements import is_about
from onrecord.record.people import load_corrections
from onrecord.record.quoting import words_of_mention
from onrecord.record.schema import (
    actors,
    appearances,
    articles,
    copies,
    mentions,
    roles,
    statements,
)

Gender = Literal["female", "male"]
# What is not told has no share of its own name.
UNTOLD: Final = "not told"

_HE: Final = frozenset("he him his himself".split())
_SHE: Final = frozenset("she her hers herself".split())
_TITLED: Final = (
    (re.compile(r"^\W*(?:Mr\.?|Sir|Lord|King|Prince)\s"), "male"),
    (re.compile(r"^\W*(?:Mrs\.?|Ms\.?|Miss|Lady|Dame|Queen|Princess|Madame?)\s"), "female"),
)
# Of all pronouns for somebody so many must be of one kind.
_AGREED: Final = 0.8
_PRONOUN: Final = re.compile(
    r"(?:i|we|you|he|she|it|they|him|her|them|us|me|who|which|that|this|these|those|one|the|their|his|its|some|many|all|both|others?|"
    r"everyone|anyone|someone|everybody|nobody|no one|another|each)",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[“\"«]([^”\"»]*)(?:[”\"»]|$)")
_WORD: Final = re.compile(r"\w+(?:[’'-]\w+)*")
_MOST_ROLES = 3
_LONGEST_ROLE = 50
_SHORT: Final = {
    "sen.": "senator", "rep.": "representative", "gov.": "governor", "gen.": "general", "prof.": "professor", "rev.": "reverend",
}  # fmt: skip
_OFFICE_WORDS: Final = frozenset(
    "former vice deputy prime foreign interior defense defence finance health energy justice attorney general state majority minority senate"
    " house leader speaker president minister secretary premier chancellor mayor governor senator representative judge justice king queen"
    " pope bishop archbishop sheriff colonel captain lieutenant sergeant professor ambassador commissioner spokesman spokeswoman".split()
)
# A title is no part in the news.
_NO_ROLES: Final = frozenset(("dr.", "dr", "times", "post", "white house", "both"))


class SourcesQuestion(msgspec.Struct, frozen=True):
    """Which statements count; all that is given must hold.

    Attributes:
        outlet: who published the report.
        since, until: ISO dates, both included, on which the report was published.
        about, kind: as in `statements.Question`.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    about: str | None = None
    kind: str | None = None


class Share(msgspec.Struct):
    """A group of sources: how many different ones, how often they are heard (copies once), and which part of all that is."""

    name: str
    sources: int
    heard: int
    share: float


class Heard(msgspec.Struct):
    """One source that is named.

    Attributes:
        roles: what they were when they were heard: offices of that day, as the registry knows them, else the words that
            introduce them; the commonest first.
        role_type: what part they have in the news by these words; None where no words tell.
        gender: only where the text tells it; `gender_from` says how.
        statements: in all reports; `heard`: copies of one story once.
        direct: how many of `statements` are given in quotation marks, whole or in part.
        quoted_words: words in quotation marks; `quoted_share`: of all that are.
        share: of `heard` of all named sources.
    """

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    roles: list[str]
    role_type: str | None
    gender: Gender | None
    gender_from: str | None
    statements: int
    heard: int
    direct: int
    reports: int
    stories: int
    origins: int
    quoted_words: int
    quoted_share: float
    share: float


class Sources(msgspec.Struct):
    """Who is heard.

    Attributes:
        reports, stories, origins: of all reports that fit, whether or not anybody is heard in them.
        statements: somebody is said to have said something; `heard`: copies of one story once. All below count as `heard`.
        named: whose source has a name; `described`: words alone (*two officials*); `unclear`: a pronoun of which it is not
            known whom it means; `nobody`: no source at all.
        anonymous: share of `described` of those that are named or described.
        direct: share of `statements` given in quotation marks, whole or in part.
        left_out: statements that do not count: thoughts and plans (`not_said`), what somebody is told not to have said
            (`negated`), what others say that they said (`second_hand`).
        actors: who is named, those heard most first.
        by_sector, by_country, by_role, by_gender: of named sources; by_gender of persons.
        described_as: the described ones by type.
    """

    outlet: str | None
    reports: int
    stories: int
    origins: int
    statements: int
    heard: int
    named: int
    described: int
    unclear: int
    nobody: int
    anonymous: float | None
    direct: float | None
    quoted_words: int
    left_out: dict[str, int]
    concentration: Concentration
    actors: list[Heard]
    by_sector: list[Share]
    by_country: list[Share]
    by_role: list[Share]
    by_gender: list[Share]
    described_as: list[Share]


class _Tally:
    """What is known of one named source."""

    __slots__ = (
        "direct",
        "heard",
        "origins",
        "quoted",
        "reports",
        "roles",
        "statements",
        "stories",
        "titled",
        "types",
    )

    def __init__(self) -> None:
        self.statements = self.heard = self.direct = self.reports = self.stories = self.origins = (
            self.quoted
        ) = 0
        self.roles: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.titled: Counter[str] = Counter()


def who_is_heard(connection: Connection, question: SourcesQuestion) -> Sources:
    """Who is heard, how often, and how the voices are spread.

    Raises:
        UsageError: for empty words, and for a first day after the last.
    """
    check_question({"outlet": question.outlet, "about": question.about}, question.since, question.until)
    counted = _Counting(_roots(connection), _offices(connection))
    for _, of_story in groupby(connection.execute(_query(connection, question)), key=attrgetter("story")):
        counted.add_story(list(of_story))
    reports, stories, origins = _reports(connection, question)
    people = {r.id: r for r in _actors(connection, counted.named)}
    genders = _genders(connection, question, counted.named)
    total = sum(t.heard for t in counted.named.values())
    quoted = counted.quoted
    heard = [
        _heard(people[id], tally, genders.get(id), total, quoted)
        for id, tally in counted.named.items()
        if id in people
    ]
    heard.sort(key=lambda h: (-h.heard, -h.statements, h.name, h.id))
    described = sum(counted.described.values())
    return Sources(
        outlet=question.outlet,
        reports=reports,
        stories=stories,
        origins=origins,
        statements=counted.statements,
        heard=total + described + counted.unclear + counted.nobody,
        named=total,
        described=described,
        unclear=counted.unclear,
        nobody=counted.nobody,
        anonymous=_share(described, total + described),
        direct=_share(counted.direct, counted.statements),
        quoted_words=quoted,
        left_out=_left_out(connection, question),
        concentration=concentration_of(h.heard for h in heard),
        actors=heard,
        by_sector=_shares((h.sector, h.heard) for h in heard),
        by_country=_shares((h.country, h.heard) for h in heard),
        by_role=_shares((h.role_type, h.heard) for h in heard),
        by_gender=_shares((h.gender, h.heard) for h in heard if h.type == "person"),
        described_as=_shares((role_type(words), n) for words, n in counted.described.items()),
    )


def count_heard(connection: Connection, question: SourcesQuestion, *, most: int | None = None) -> int:
    """How many statements an audit looks at.

    Args:
        most: count no further than this.
    """
    return count_rows(connection, _query(connection, question).order_by(None), most)


class _Counting:
    """Counts story by story."""

    def __init__(self, roots: Mapping[str, str], offices: _Offices) -> None:
        self._roots, self._offices = roots, offices
        self.named: dict[str, _Tally] = defaultdict(_Tally)
        self.described: Counter[str] = Counter()
        self.unclear = self.nobody = self.statements = self.direct = self.quoted = 0

    def add_story(self, rows: list[Row[Any]]) -> None:
        """Count the statements of the reports of one story."""
        by_source: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in rows:
            self.statements += 1
            is_direct = row.quotation != "indirect"
            self.direct += is_direct
            words = _words_quoted(row.content_text, row.quotation) if is_direct else 0
            self.quoted += words
            known = _kind(row)
            by_source[known, row.actor if known == "named" else _folded(row.source_text)][row.article] += 1
            if known == "named":
                self._add_named(row, is_direct, words)
        for (kind, who), reports in by_source.items():
            most = max(reports.values())
            if kind == "named":
                tally = self.named[who]
                tally.heard += most
                tally.reports += len({self._whole(a) for a in reports})
                tally.stories += 1
                tally.origins += len({self._root(a) for a in reports})
            elif kind == "described":
                self.described[who] += most
            elif kind == "unclear":
                self.unclear += most
            else:
                self.nobody += most

    def _add_named(self, row: Row[Any], is_direct: bool, words: int) -> None:
        tally = self.named[row.actor]
        tally.statements += 1
        tally.direct += is_direct
        tally.quoted += words
        held = self._offices.held(row.found, row.day)
        told = told_role(row.source_text) if row.type == "person" else None
        tally.roles.update(held or ([told] if told else []))
        # A body is what its name says.
        called = held[0] if held else told if row.type == "person" else row.name
        if kind := role_type(called or ""):
            tally.types[kind] += 1
        for pattern, gender in _TITLED:
            if pattern.match(row.source_text or ""):
                tally.titled[gender] += 1

    def _whole(self, article: str) -> str:
        return self._roots.get("=" + article, article)

    def _root(self, article: str) -> str:
        at = self._whole(article)
        while at in self._roots:
            at = self._roots[at]
        return at


def _kind(row: Row[Any]) -> Literal["named", "described", "unclear", "nobody"]:
    if row.actor is not None:
        return "named"
    if not row.source_text:
        return "nobody"
    return "unclear" if _PRONOUN.fullmatch(row.source_text.strip()) else "described"


def _folded(words: str | None) -> str:
    return " ".join((words or "").split()).casefold()


def told_role(source: str | None) -> str | None:
    """The words that introduce somebody, without the name; None where there are none.

    >>> told_role("the miner Ana Orpel"), told_role("Ana Orpel, a miner from Karst,"), told_role("Sen. Orpel"), told_role("Orpel")
    ('miner', 'miner from Karst', 'senator', None)
    """
    words = " ".join(re.sub(r"\([^)]*\)", "", source or "").split())
    name, comma, behind = words.partition(",")
    # *Ana Orpel, a miner from Karst*
    lead = behind.partition(",")[0] if comma else " ".join(_leading(name.split()))
    lead = re.sub(r"^(?:the|an?|its|their|his|her|our)\s+", "", lead.strip(), flags=re.IGNORECASE)
    lead = _SHORT.get(lead.lower(), lead)
    if " and " in lead or len(lead) > _LONGEST_ROLE or lead.lower() in _NO_ROLES or not role_type(lead):
        return None
    # *Mayor*, *Foreign Minister*: an office before a name has capitals that are not its own.
    return lead.lower() if not comma and all(w.lower() in _OFFICE_WORDS for w in lead.split()) else lead


def _leading(words: list[str]) -> list[str]:
    """The words before a name: as far as the last one that tells a role, and no further than what begins no name."""
    last = max((n for n in range(len(words) - 1) if role_type(words[n])), default=-1)
    return words[: last + 1]


def _words_quoted(content: str, quotation: str) -> int:
    """How many words stand in quotation marks."""
    quoted = _QUOTED.findall(content)
    if quotation == "direct" and not quoted:
        return len(_WORD.findall(content))
    return sum(len(_WORD.findall(words)) for words in quoted)


# --- queries


def _query(connection: Connection, question: SourcesQuestion) -> Select[Any]:
    whole = articles.alias("whole")
    speaking = appearances.alias("speaking")
    story = func.coalesce(articles.c.story, whole.c.story, articles.c.id)
    s = statements.c
    return (
        select(
            s.article,
            story.label("story"),
            s.source_text,
            s.quotation,
            s.content_text,
            speaking.c.actor,
            speaking.c.found,
            speaking.c.type,
            speaking.c.name,
            published_day().label("day"),
        )
        .join(articles, articles.c.serial == s.article)
        .outerjoin(whole, whole.c.id == articles.c.version_of)
        .outerjoin(speaking, speaking.c.id == s.source_actor)
        .where(*_asked(connection, question), *_SAID)
        .order_by(story, s.article, s.number)
        .execution_options(yield_per=5000)
    )


_SAID: Final = (
    statements.c.attitude == "speech",
    ~statements.c.negated,
    statements.c.within.is_(None),
)


def _asked(connection: Connection, question: SourcesQuestion) -> list[ColumnElement[bool]]:
    found = _reports_asked(connection, question)
    if question.kind:
        found.append(statements.c.kind == question.kind)
    if question.about:
        found.append(is_about(load_corrections(connection).goes_by(question.about)))
    return found


def _reports_asked(connection: Connection, question: SourcesQuestion) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if question.outlet:
        found.append(of_outlet(connection, question.outlet))
    return found + published_on(question.since, question.until)


def _reports(connection: Connection, question: SourcesQuestion) -> tuple[int, int, int]:
    """How many reports fit, of how many stories, and of how many origins."""
    roots = _roots(connection)
    query = select(articles.c.id, articles.c.story, articles.c.version_of).where(
        *_reports_asked(connection, question)
    )
    reports, stories, origins = set(), set(), set()
    for row in connection.execute(query):
        whole = row.version_of or row.id
        reports.add(whole)
        if row.story is not None:
            stories.add(row.story)
        at = whole
        while at in roots:
            at = roots[at]
        origins.add(at)
    return len(reports), len(stories) or len(reports), len(origins)


def _roots(connection: Connection) -> dict[str, str]:
    """Of each copy what it was made from; under `=` and the id of another version, the report itself."""
    found = {row.article: row.of for row in connection.execute(select(copies.c.article, copies.c.of))}
    versions = select(articles.c.id, articles.c.version_of).where(articles.c.version_of.is_not(None))
    return found | {f"={row.id}": row.version_of for row in connection.execute(versions)}


class _Offices:
    """Offices of those whom the registry knows, by the day."""

    def __init__(self, rows: Iterable[Row[Any]]) -> None:
        self._by: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in rows:
            self._by[row.found].append(row)
        self._known: dict[tuple[str, str], list[str]] = {}

    def held(self, found: str | None, day: str | None) -> list[str]:
        """The offices that somebody held on a day."""
        if found is None or day is None:
            return []
        key = found, day
        if key not in self._known:
            self._known[key] = list(
                dict.fromkeys(
                    r.title for r in self._by.get(found, ()) if _is_held(r.from_date, r.to_date, day)
                )
            )
        return self._known[key]


def _is_held(first: str | None, last: str | None, day: str) -> bool:
    """Is a day within an office whose days are as exact as they are known? Of one whose beginning is not known it is not told."""
    return first is not None and first <= day[: len(first)] and (last is None or day[: len(last)] <= last)


def _offices(connection: Connection) -> _Offices:
    query = select(roles.c.found, roles.c.title, roles.c.from_date, roles.c.to_date).where(
        roles.c.from_date.is_not(None)
    )
    return _Offices(
        connection.execute(query.order_by(roles.c.found, roles.c.from_date.nulls_first(), roles.c.id))
    )


def _actors(connection: Connection, ids: Iterable[str]) -> Iterator[Row[Any]]:
    wanted = set(ids)
    for row in connection.execute(select(actors)):
        if row.id in wanted:
            yield row


def _genders(
    connection: Connection, question: SourcesQuestion, tallies: Mapping[str, _Tally]
) -> dict[str, tuple[Gender, str]]:
    """Who is a *he* or a *she*, or has a title that tells it, and how that is known."""
    word = func.lower(words_of_mention().element)
    query = (
        select(appearances.c.actor, word.label("word"), func.count().label("times"))
        .join(appearances, appearances.c.id == mentions.c.actor)
        .join(articles, articles.c.serial == mentions.c.article)
        .where(
            *_reports_asked(connection, question),
            and_(mentions.c.form == "pronoun", word.in_(sorted(_HE | _SHE))),
        )
        .group_by(appearances.c.actor, word)
    )
    he: Counter[str] = Counter()
    she: Counter[str] = Counter()
    for row in connection.execute(query):
        (he if row.word in _HE else she)[row.actor] += row.times
    found: dict[str, tuple[Gender, str]] = {}
    for id, tally in tallies.items():
        total = he[id] + she[id]
        most = max(he[id], she[id])
        titles = sum(tally.titled.values())
        if len(tally.titled) == 1 and titles > total:
            (told,) = tally.titled
            found[id] = _gender(told), f"title, {titles} of {tally.statements}"
        elif total and most >= _AGREED * total:
            found[id] = "male" if he[id] > she[id] else "female", f"pronoun, {most} of {total}"
    return found


def _gender(told: str) -> Gender:
    return "female" if told == "female" else "male"


def _left_out(connection: Connection, question: SourcesQuestion) -> dict[str, int]:
    s = statements.c
    reasons = {
        "not_said": s.attitude != "speech",
        "negated": and_(s.attitude == "speech", s.negated),
        "second_hand": and_(s.attitude == "speech", ~s.negated, s.within.is_not(None)),
    }
    base = select(func.count()).select_from(statements).join(articles, articles.c.serial == s.article)
    asked = _asked(connection, question)
    return {
        name: connection.execute(base.where(*asked, reason)).scalar_one() for name, reason in reasons.items()
    }


# --- summing up


def _heard(row: Row[Any], tally: _Tally, gender: tuple[Gender, str] | None, total: int, quoted: int) -> Heard:
    known = gender if row.type == "person" else None
    return Heard(
        id=row.id,
        name=row.name,
        type=row.type,
        country=row.country,
        sector=row.sector,
        roles=[r for r, _ in sorted(tally.roles.items(), key=lambda i: (-i[1], i[0]))[:_MOST_ROLES]],
        role_type=max(tally.types, key=lambda t: (tally.types[t], t), default=None),
        gender=known[0] if known else None,
        gender_from=known[1] if known else None,
        statements=tally.statements,
        heard=tally.heard,
        direct=tally.direct,
        reports=tally.reports,
        stories=tally.stories,
        origins=tally.origins,
        quoted_words=tally.quoted,
        quoted_share=_share(tally.quoted, quoted) or 0.0,
        share=_share(tally.heard, total) or 0.0,
    )


def _shares(counted: Iterable[tuple[str | None, int]]) -> list[Share]:
    """Groups by how often they are heard; what is not told comes last."""
    sources: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for name, times in counted:
        sources[name or UNTOLD] += 1
        heard[name or UNTOLD] += times
    total = sum(heard.values())
    ordered = sorted(heard, key=lambda n: (n == UNTOLD, -heard[n], n))
    return [Share(n, sources[n], heard[n], _share(heard[n], total) or 0.0) for n in ordered]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
