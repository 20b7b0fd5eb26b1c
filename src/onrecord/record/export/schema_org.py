"""Statements as schema.org's Claim and Quotation, with the reports that print them and the actors who made them (JSON-LD).

A Claim is what somebody claims to be so: assertions, accusations and predictions that were made. Words between
quotation marks are a Quotation. What is neither (an indirect demand, a pledge, a question) is a CreativeWork of its
kind. What a source did *not* say is left out, as there is no word for it, and any other would put it in their mouth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from onrecord.record.export.iris import TERMS, Iris, web_address
from onrecord.record.export.statements import SaidThere, words_of
from onrecord.record.parts import in_parts
from onrecord.record.schema import actors

CONTEXT: Final = "https://schema.org"
# Statements of which the actors are fetched at a time.
_MANY: Final = 500
_CLAIMED: Final = ("assertion", "accusation", "prediction")
_QUOTED: Final = ("direct", "mixed")
_TYPES: Final = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "alliance": "Organization",
    "group": "Organization",
}


def statement_graph(connection: Connection, statements: Iterable[SaidThere], iris: Iris) -> Iterator[bytes]:
    """One document, in pieces: a graph in which each report, actor and statement has a line of its own."""
    encode = msgspec.json.encode
    yield b'{"@context":' + encode(CONTEXT) + b',"@graph":[\n'
    before = b""
    for node in _nodes(connection, statements, iris):
        yield before + encode(node)
        before = b",\n"
    yield b"\n]}\n"


def _nodes(connection: Connection, statements: Iterable[SaidThere], iris: Iris) -> Iterator[dict[str, Any]]:
    """A report before its statements, an actor before the first of theirs."""
    known: set[str] = set()
    article: str | None = None
    for part in in_parts(statements, _MANY):
        named = {said.actor_id for said in part if said.actor_id} - known
        query = select(actors).where(actors.c.id.in_(sorted(named)))
        people = {row.id: row for row in connection.execute(query)}
        for said in part:
            if said.negated:
                continue
            # The statements of a report follow each other.
            if said.article != article:
                article = said.article
                yield to_article(said, iris)
            if said.actor_id and said.actor_id not in known:
                known.add(said.actor_id)
                row = people[said.actor_id]
                yield {
                    "@id": iris.of("actor", row.id),
                    "@type": _TYPES.get(row.type or "", "Thing"),
                    "name": row.name,
                    "identifier": row.id,
                }
            yield to_statement(said, iris)


def to_article(said: SaidThere, iris: Iris) -> dict[str, Any]:
    """The report of a statement."""
    copied = said.story.copy_of if said.story else None
    return _bare(
        {
            "@id": iris.of("report", said.article),
            "@type": "NewsArticle",
            "identifier": said.article,
            "headline": said.headline,
            "datePublished": said.published,
            "url": web_address(said.url),
            "inLanguage": said.language,
            "publisher": {"@type": "NewsMediaOrganization", "name": said.outlet} if said.outlet else None,
            "isBasedOn": {"@id": iris.of("report", copied)} if copied else None,
        }
    )


def to_statement(said: SaidThere, iris: Iris) -> dict[str, Any]:
    """One statement that was made."""
    report = iris.of("report", said.article)
    types = types_of(said)
    speaker: dict[str, Any] | None = None
    if said.actor_id:
        speaker = {"@id": iris.of("actor", said.actor_id)}
    elif said.by:
        # Whom the words mean, and whether it is one or many, nobody knows.
        speaker = {"@type": "Thing", "name": " ".join(said.by.split())}
    is_quotation, is_claim = "Quotation" in types, "Claim" in types
    return _bare(
        {
            "@id": iris.of("statement", said.id),
            "@type": types[0] if len(types) == 1 else types,
            "additionalType": TERMS + said.kind,
            "identifier": said.id,
            "text": words_of(said),
            "inLanguage": said.language,
            "spokenByCharacter": speaker if is_quotation else None,
            "creator": speaker,
            "isPartOf": {"@id": report},
            "appearance": {"@id": report} if is_claim else None,
            # RFC 5147: code points of the text that the record keeps.
            "url": [f"{report}#char={e.start},{e.end}" for e in said.evidence],
            "dateCreated": said.date,
            "keywords": [said.kind, said.attitude, said.quotation],
            "about": [{"@type": "Thing", "name": name} for name in said.about] or None,
        }
    )


def types_of(said: SaidThere) -> list[str]:
    """What of schema.org a statement is."""
    types = ["Quotation"] if said.quotation in _QUOTED else []
    if said.kind in _CLAIMED and said.attitude == "speech":
        types.append("Claim")
    return types or ["CreativeWork"]


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {k: v for k, v in fields.items() if v is not None}
