"""Statements as annotations on the pages that print them (W3C Web Annotation Data Model, in JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from onrecord.record.asking.statements import Evidence
from onrecord.record.export.iris import SOFTWARE, TERMS, Iris, web_address
from onrecord.record.export.statements import SaidThere, words_of
from onrecord.record.schema import articles

CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": TERMS}]
# Code points before and behind the words, so that they are found where they stand several times.
_AROUND: Final = 32


def annotation_page(
    connection: Connection, statements: Iterable[SaidThere], total: int, iris: Iris
) -> Iterator[bytes]:
    """One document, in pieces: a collection with one page, on which each annotation has a line of its own.

    Args:
        total: how many statements there are.
    """
    head: dict[str, Any] = {
        "@context": CONTEXT,
        "id": iris.of("annotations", "all"),
        "type": "AnnotationCollection",
        "label": "Who said what",
        "total": total,
    }
    page = {"id": iris.of("annotations", "1"), "type": "AnnotationPage", "startIndex": 0}
    encode = msgspec.json.encode
    yield encode(head)[:-1] + b',"first":' + encode(page)[:-1] + b',"items":[\n'
    texts = _Texts(connection)
    before = b""
    for said in statements:
        yield before + encode(to_annotation(said, texts.of(said.article), iris))
        before = b",\n"
    yield b"\n]}}\n"


def to_annotation(said: SaidThere, text: str, iris: Iris) -> dict[str, Any]:
    """One annotation: on the words of the content; its bodies say who said it, and what sort of statement it is.

    Args:
        text: of the report.
    """
    targets = [_target(said, e, text, iris) for e in said.evidence]
    found: dict[str, Any] = {
        "id": iris.of("statement", said.id),
        "type": "Annotation",
        "motivation": "describing",
        "created": said.recorded,
        "generator": _bare(
            {"id": SOFTWARE, "type": "Software", "name": "onrecord", "onrecord:model": said.model}
        ),
        "body": _bodies(said, iris),
        "target": targets[0] if len(targets) == 1 else targets,
    }
    return _bare(found)


def _bodies(said: SaidThere, iris: Iris) -> list[dict[str, Any]]:
    told = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": "en",
        "value": _in_words(said),
    }
    bodies = [told]
    bodies += [{"type": "TextualBody", "purpose": "tagging", "value": word} for word in _tags(said)]
    if said.actor_id:
        actor = {
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": iris.of("actor", said.actor_id),
        }
        bodies.append(actor)
    bodies.append(_statement(said, iris))
    return bodies


def _in_words(said: SaidThere) -> str:
    """*Ana Orpel (“the mayor”), said: we will pay*; of what was not said so much is told."""
    who = said.actor or said.by or "somebody unnamed"
    printed = f" (“{' '.join(said.by.split())}”)" if said.by and said.actor and said.by != said.actor else ""
    how = f"{said.kind}, {said.quotation}" + (", which the source did not make" if said.negated else "")
    return f"{who}{printed}, {how}: {' '.join(words_of(said).split())}"


def _tags(said: SaidThere) -> list[str]:
    return [said.kind, said.attitude, said.quotation, *(["negated"] if said.negated else [])]


def _statement(said: SaidThere, iris: Iris) -> dict[str, Any]:
    """The statement itself, in words of ours, as the model has none for them."""
    return _bare(
        {
            "type": "onrecord:Statement",
            "onrecord:article": said.article,
            "onrecord:by": said.by,
            "onrecord:actor": said.actor,
            "onrecord:country": said.country,
            "onrecord:sector": said.sector,
            "onrecord:cue": said.cue,
            "onrecord:sourcePlace": _position(said.source),
            "onrecord:cuePlace": _position(said.cue_place),
            "onrecord:kind": said.kind,
            "onrecord:attitude": said.attitude,
            "onrecord:negated": said.negated,
            "onrecord:quotation": said.quotation,
            "onrecord:about": said.about or None,
            "onrecord:addressee": said.addressee,
            "onrecord:date": said.date,
            "onrecord:within": iris.of("statement", said.within) if said.within else None,
            "onrecord:confidence": said.confidence,
            "onrecord:story": said.story.id if said.story else None,
            "onrecord:storyReports": said.story.reports if said.story else None,
            "onrecord:storyOrigins": said.story.origins if said.story else None,
        }
    )


def _target(said: SaidThere, evidence: Evidence, text: str, iris: Iris) -> dict[str, Any]:
    report = iris.of("report", said.article)
    page = web_address(said.url)
    quoted = {
        "type": "TextQuoteSelector",
        "exact": evidence.text,
        "prefix": text[max(0, evidence.start - _AROUND) : evidence.start],
        "suffix": text[evidence.end : evidence.end + _AROUND],
    }
    target: dict[str, Any] = {
        "type": "SpecificResource",
        "source": page or report,
        "selector": [_position(evidence), quoted],
    }
    if page:
        # Positions count in the text that the record keeps of the page.
        target["state"] = _bare({"type": "TimeState", "cached": report, "sourceDate": said.recorded})
    return target


def _position(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {k: v for k, v in fields.items() if v is not None}


class _Texts:
    """The texts of reports; the last one is kept, as the statements of a report follow each other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: tuple[str, str] | None = None

    def of(self, article: str) -> str:
        if self._last is None or self._last[0] != article:
            query = select(articles.c.text).where(articles.c.id == article)
            self._last = article, self._connection.execute(query).scalar_one()
        return self._last[1]
