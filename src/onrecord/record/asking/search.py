"""Which reports hold some words: full text over headline and text, the best first, copies of one story once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from onrecord.record.asking.arrived import Arrived, has_arrived
from onrecord.record.asking.as_of import are_asked
from onrecord.record.asking.days import on_days, published_day
from onrecord.record.asking.heads import head_line
from onrecord.record.asking.outlets import of_outlet
from onrecord.record.asking.passages import Passage, choose_passages, count_term, find_terms
from onrecord.record.asking.questions import check_question
from onrecord.record.asking.search_words import Term, fold_word, terms_of
from onrecord.record.asking.statements import is_about, spoken_by
from onrecord.record.asking.stories import Tellers, roots_of, tellers_of
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.full_text import articles_with, check_match, phrase
from onrecord.record.parts import in_parts
from onrecord.record.people import load_corrections
from onrecord.record.schema import articles, statements, stories

# BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework), with the parameters that are usual.
_K1: Final = 1.2
_B: Final = 0.75
# A report of a usual length, in code points: a fixed one, so that a report weighs the same however many others there are.
_USUAL_LENGTH: Final = 4_000
# A word of the headline weighs as so many of the text.
_HEADLINE: Final = 3
# Of more reports than these only the newest are weighed, since each is read for it; the others follow as they were published.
_MOST_WEIGHED: Final = 3_000


class SearchQuestion(msgspec.Struct, frozen=True):
    """What to look for; all that is given must hold.

    Attributes:
        match: words of headline or text; *a phrase in double quotation marks*, `word*`, AND, OR, NOT.
        headline: words that stand side by side in the headline.
        by, about: as in `statements.Question`, of a statement of the report; of the same one if both are given.
        since, until: ISO dates, both included, of the report.
        outlet: who published it.
        arrived: when it came.
    """

    match: str | None = None
    headline: str | None = None
    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    arrived: Arrived | None = None


class Copy(msgspec.Struct):
    """Another report of the story that holds the words too."""

    id: str
    published: str | None
    outlet: str | None


class Hit(msgspec.Struct):
    """A report that holds the words, and stands for those of its story.

    Attributes:
        score: how well it fits, or the best of its copies, from 0; to be compared inside one answer only.
        in_headline: where the words stand in the headline, code points [start, end) of it.
        passages: where they stand in the text; none if the headline alone has them.
        story: the story that it belongs to.
        in_story: how many reports that story has.
        copies: its other reports that hold the words, oldest first.
        tellers: how many reports of the story hold the words, and of how many origins they are.
    """

    id: str
    score: float
    headline: str | None
    published: str | None
    outlet: str | None
    url: str | None
    in_headline: list[tuple[int, int]]
    passages: list[Passage]
    story: str | None
    in_story: int
    copies: list[Copy]
    tellers: Tellers


class Found(msgspec.Struct):
    """The answer to a search: so many stories and reports hold the words; `reports` are the ids of all, `tellers` counts them."""

    hits: list[Hit]
    total: int
    reports: list[str]
    tellers: Tellers


def search(
    connection: Connection,
    question: SearchQuestion,
    *,
    limit: int | None = None,
    offset: int = 0,
    latest: bool = False,
) -> Found:
    """Reports that fit a question, one of each story: the best first, then the newest, then by id.

    A story is as good as the best of its reports; the oldest that holds the words stands for it, which others may have cut.

    Args:
        latest: instead, those first that came into the record last.

    Raises:
        UsageError: for empty words, for a first day after the last, and for words to match that are no question.
    """
    _check(question)
    terms = terms_of(" ".join(w for w in (question.match, _quoted(question.headline)) if w))
    rows = _reports(connection, question)
    weights = _weights(connection, terms)
    weighed = sorted(rows, key=lambda r: -r.serial)[: offset + limit] if latest and limit else rows
    scores = _scores(connection, [row.id for row in weighed[:_MOST_WEIGHED]], weights)
    groups: dict[str, list[Row[Any]]] = {}
    for row in sorted(rows, key=lambda r: (r.published is None, r.published or "", r.id)):
        groups.setdefault(row.story or row.id, []).append(row)
    ordered = list(groups.values())
    best = {group[0].id: max(scores.get(row.id, 0.0) for row in group) for group in ordered}
    # Sorting keeps the order of equals: by id, then the newest, then the best.
    ordered.sort(key=lambda g: g[0].id)
    ordered.sort(key=lambda g: g[0].published or "", reverse=True)
    ordered.sort(key=lambda g: -best[g[0].id])
    if latest:
        ordered.sort(key=lambda g: -max(row.serial for row in g))
    shown = ordered[offset : None if limit is None else offset + limit]
    told = tellers_of(connection, {g[0].id: [r.id for r in g] for g in shown})
    sizes = _sizes(connection, [g[0].story for g in shown if g[0].story])
    texts = dict(_texts(connection, [g[0].id for g in shown]))
    hits = [_hit(g, best[g[0].id], weights, texts[g[0].id], told[g[0].id], sizes) for g in shown]
    whole = {row.version_of or row.id for row in rows}
    origins = len(set(roots_of(connection, whole).values()))
    tellers = Tellers(len(whole), len({row.story for row in rows if row.story}), origins)
    return Found(hits, len(ordered), [row.id for row in rows], tellers)


def count_reports(connection: Connection, question: SearchQuestion) -> int:
    """How many reports fit a question, copies counted one by one.

    Raises:
        UsageError: as `search` does.
    """
    _check(question)
    return len(_reports(connection, question))


def _check(question: SearchQuestion) -> None:
    words = msgspec.structs.asdict(question)
    since, until = words.pop("since"), words.pop("until")
    words.pop("arrived")
    check_question(words, since, until)
    if question.match:
        check_match(question.match)


def _quoted(words: str | None) -> str | None:
    return phrase(words) if words else None


def _reports(connection: Connection, question: SearchQuestion) -> Sequence[Row[Any]]:
    """Id, day, outlet, headline and story of the reports that fit, the newest first."""
    table = articles.c
    whole = articles.alias("whole")
    story = func.coalesce(table.story, whole.c.story).label("story")
    query: Select[Any] = (
        select(
            table.serial,
            table.id,
            table.published,
            table.outlet,
            table.url,
            table.version_of,
            head_line(),
            story,
        )
        .outerjoin(whole, whole.c.id == table.version_of)
        .order_by(table.published.desc().nulls_last(), table.id)
        .where(are_asked(connection), *_told(connection, question))
        .where(*has_arrived(table.serial, question.arrived))
    )
    if question.match:
        query = query.where(articles_with(question.match))
    query = query.where(*on_days(published_day(), question.since, question.until))
    if question.outlet:
        query = query.where(of_outlet(connection, question.outlet))
    if not question.headline:
        return connection.execute(query).all()
    # The index says which reports have the words at all; its words are then looked for in the headline alone.
    quoted = phrase(question.headline)
    (wanted,) = terms_of(quoted) or (None,)
    rows = connection.execute(query.where(articles_with(quoted)))
    return [row for row in rows if wanted and row.headline and find_terms(row.headline, [wanted])]


def _told(connection: Connection, question: SearchQuestion) -> Iterator[ColumnElement[bool]]:
    """Is there a statement in the report that fits?"""
    if question.by or question.about:
        made = load_corrections(connection)
        query = select(statements.c.article)
        if question.by:
            query = query.where(spoken_by(made.goes_by(question.by)))
        if question.about:
            query = query.where(is_about(made.goes_by(question.about)))
        yield articles.c.serial.in_(query.correlate(None))


def _weights(connection: Connection, terms: Sequence[Term]) -> dict[Term, float]:
    """How telling each term is: the fewer reports hold it, the more."""
    if not terms:
        return {}
    count = select(func.count()).select_from(articles).where(are_asked(connection))
    number = while_unchanged(connection, "reports", lambda: connection.execute(count).scalar_one())
    found: dict[Term, float] = {}
    for term in terms:
        having = connection.execute(count.where(articles_with(term.typed))).scalar_one()
        found[term] = math.log(1 + (number - having + 0.5) / (having + 0.5))
    return found


def _scores(connection: Connection, ids: Sequence[str], weights: Mapping[Term, float]) -> dict[str, float]:
    if not weights:
        return {}
    found: dict[str, float] = {}
    for id, (headline, text) in _texts(connection, ids):
        folded, title = fold_word(text), fold_word(headline or "")
        usual = _K1 * (1 - _B + _B * len(text) / _USUAL_LENGTH)
        score = 0.0
        for term, weight in weights.items():
            often = count_term(folded, term) + (_HEADLINE * count_term(title, term) if title else 0)
            score += weight * often * (_K1 + 1) / (often + usual)
        found[id] = round(score, 4)
    return found


def _texts(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, tuple[str | None, str]]]:
    """Headline and text of reports, some hundreds fetched at a time."""
    for part in in_parts(ids):
        query = select(articles.c.id, head_line(), articles.c.text)
        for row in connection.execute(query.where(articles.c.id.in_(part))):
            yield row[0], (row[1], row[2])


def _sizes(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """How many reports stories have."""
    found: dict[str, int] = {}
    for part in in_parts(ids):
        query = select(stories.c.id, stories.c.articles).where(stories.c.id.in_(part))
        found |= {row.id: row.articles for row in connection.execute(query)}
    return found


def _hit(
    group: Sequence[Row[Any]],
    score: float,
    weights: Mapping[Term, float],
    text: tuple[str | None, str],
    told: Tellers,
    sizes: Mapping[str, int],
) -> Hit:
    first, headline = group[0], text[0]
    terms = list(weights)
    return Hit(
        id=first.id,
        score=score,
        headline=headline,
        published=first.published,
        outlet=first.outlet,
        url=first.url,
        in_headline=[(s.start, s.end) for s, _ in find_terms(headline, terms)] if headline else [],
        passages=choose_passages(first.id, text[1], weights, headline=headline),
        story=first.story,
        in_story=sizes.get(first.story, 1),
        copies=[Copy(row.id, row.published, row.outlet) for row in group[1:]],
        tellers=told,
    )
