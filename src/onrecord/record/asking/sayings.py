"""What is said in a story, each saying once: in how many of its reports it stands, of how many origins these are, and how copies word it.

Statements of a story are mostly the same words again, so words are compared with words, and each wording once: the statements
themselves are fetched for what is shown alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, select

from onrecord.record.asking.newest_first import of_report
from onrecord.record.asking.search_words import WORD
from onrecord.record.asking.statements import Said, said_of
from onrecord.record.asking.stories import members_of
from onrecord.record.asking.unchanged import while_unchanged
from onrecord.record.schema import articles, statements
from onrecord.resolution.stories.quoted import Sayings
from onrecord.resolution.stories.variants import Reason, Variant, VariantKind, compare_quotations

# What stands between the pieces of a content (`statements.content_text`).
_BETWEEN = " … "


class Wording(msgspec.Struct, frozen=True):
    """Other words of a saying.

    Attributes:
        statement: the first statement that has them; `articles` are the reports, as they come in the story.
        words: the pieces of the content, joined by a blank.
        variant: trimmed, translated or altered.
        changed: what differs from the first words: code points [start, end) of these and of `words`, and the reason.
    """

    statement: str
    articles: list[str]
    words: str
    variant: VariantKind
    is_quoted: bool
    changed: list[tuple[tuple[int, int], tuple[int, int], Reason]]


class Saying(msgspec.Struct, frozen=True):
    """A saying of a story.

    Attributes:
        said: as the report prints it that the story begins with, or the oldest that has it.
        words: the pieces of its content, joined by a blank.
        reports, origins: in how many reports of the story it stands, and of how many origins these are.
        wordings: other words than these and their marks, in the order of their reports.
    """

    said: Said
    words: str
    reports: int
    origins: int
    wordings: list[Wording]

    @property
    def altered(self) -> list[Wording]:
        """The wordings in which a quotation was altered: words in quotation marks, here and there."""
        return [w for w in self.wordings if _is_altered(self.said.quotation != "indirect", w)]


class StorySayings(msgspec.Struct, frozen=True):
    """Some of the sayings of a story: `total` is how many there are, `altered` how many of all are quotations that were altered."""

    rows: list[Saying]
    total: int
    altered: int


class _Once(msgspec.Struct, frozen=True):
    """A saying before its statement is fetched."""

    statement: str
    words: str
    is_quoted: bool
    reports: int
    origins: int
    wordings: list[Wording]

    @property
    def is_altered(self) -> bool:
        return any(_is_altered(self.is_quoted, w) for w in self.wordings)


def sayings_of(
    connection: Connection, story: str, *, limit: int, offset: int = 0, altered: bool = False
) -> StorySayings:
    """What is said in a story, in the order of the report that it begins with; then what others add.

    Args:
        story: an id.
        limit: at most so many.
        offset: how many are left out at the beginning.
        altered: only quotations that were altered.
    """
    found = while_unchanged(connection, ("sayings", story), lambda: _find(connection, story))
    changed = [once for once in found if once.is_altered]
    shown = (changed if altered else found)[offset : offset + limit]
    said = said_of(connection, [once.statement for once in shown])
    rows = [Saying(s, o.words, o.reports, o.origins, o.wordings) for s, o in zip(said, shown, strict=True)]
    return StorySayings(rows, len(changed) if altered else len(found), len(changed))


def _is_altered(is_quoted: bool, wording: Wording) -> bool:
    return is_quoted and wording.is_quoted and wording.variant == "altered"


class _Group:
    """The printings of one saying: its first statement, and the reports of each wording."""

    def __init__(self, first: Row[Any]) -> None:
        self.first = first
        self.articles: set[str] = set()
        self.wordings: dict[str, list[Row[Any]]] = {}

    def add(self, row: Row[Any], key: str) -> None:
        self.articles.add(row.article)
        self.wordings.setdefault(key, []).append(row)


def _find(connection: Connection, story: str) -> list[_Once]:
    members = members_of(connection, story)
    place = {member.id: number for number, member in enumerate(members)}
    above = {member.id: member.copy.of for member in members if member.copy}
    query: Select[Any] = (
        select(statements.c.id, statements.c.article, statements.c.number, statements.c.content_text, statements.c.quotation)
        .join_from(articles, statements, of_report(statements.c.article, reports_first=True))
        .where(articles.c.story == story)
    )  # fmt: skip
    rows = connection.execute(query).all()
    groups = _grouped(sorted(rows, key=lambda row: (place[row.article], row.number)))
    return [_once(group, above) for group in groups]


def _grouped(rows: Sequence[Row[Any]]) -> list[_Group]:
    """Statements put together by what they say, the same words first; a report has one statement in a group, as in `variants.said_once`."""
    groups: list[_Group] = []
    seen = Sayings()
    with_words: dict[str, list[int]] = {}
    for row in rows:
        key = _key(row.content_text)
        its = with_words.setdefault(key, [])
        # Most are in the words of the first: what is like them is looked for where they are not.
        fitting = _free(row, its, groups)
        if fitting is None:
            words = _words(row.content_text)
            fitting = _free(row, seen.like(words), groups)
            if fitting is None:
                fitting = len(groups)
                groups.append(_Group(row))
                seen.add(fitting, words)
            its.append(fitting)
        groups[fitting].add(row, key)
    return groups


def _free(row: Row[Any], fitting: Iterable[int], groups: Sequence[_Group]) -> int | None:
    """The first group that has nothing of the report yet."""
    return next((n for n in fitting if row.article not in groups[n].articles), None)


def _once(group: _Group, above: Mapping[str, str]) -> _Once:
    words = _words(group.first.content_text)
    first = _key(group.first.content_text)
    compared = (
        (compare_quotations(words, _words(rows[0].content_text)), rows)
        for key, rows in group.wordings.items()
        if key != first
    )
    return _Once(
        statement=group.first.id,
        words=words,
        is_quoted=_is_quoted(group.first),
        reports=len(group.articles),
        origins=len({_root(id, above) for id in group.articles}),
        wordings=[
            _wording(variant, rows)
            for variant, rows in compared
            if variant.kind not in ("identical", "punctuation")
        ],
    )


def _wording(variant: Variant, rows: Sequence[Row[Any]]) -> Wording:
    changed = [
        ((c.first.start, c.first.end), (c.second.start, c.second.end), c.reason) for c in variant.changed
    ]
    words = _words(rows[0].content_text)
    reports = list(dict.fromkeys(row.article for row in rows))
    return Wording(rows[0].id, reports, words, variant.kind, _is_quoted(rows[0]), changed)


def _root(id: str, above: Mapping[str, str]) -> str:
    """The report from which another descends in the end."""
    while id in above:
        id = above[id]
    return id


def _is_quoted(row: Row[Any]) -> bool:
    return bool(row.quotation != "indirect")


def _words(content: str) -> str:
    return " ".join(content.replace(_BETWEEN, " ").split())


def _key(content: str) -> str:
    """Words that are the same but for their marks and case have the same key."""
    return " ".join(WORD.findall(content.casefold()))
