"""Reports made for tests: short texts, with what analysis would have found in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from onrecord.article import Article
from onrecord.contract import (
    ActorOut,
    AnalysisOut,
    CandidateOut,
    DatelineOut,
    EventOut,
    FrameOut,
    MentionOut,
    PartyOut,
    PlaceOut,
    ReasonOut,
    RoleOut,
    SourceOut,
    SpanOut,
    StatementOut,
    TimeOut,
)
from onrecord.record import schema
from onrecord.record.store import Record

TALE = "{speaker} said in Orpelstadt on Monday that {subject} would go."
NAMES = ("Kaya Brandt", "Tomas Adeyrin", "Ilse Maran")
REGISTERED = "person:KAZ:orpel-ana"


def make_actor(
    id: str,
    name: str,
    *,
    aliases: Sequence[str] = (),
    type: str | None = "person",
    country: str | None = None,
    sector: str | None = None,
    registry: str | None = None,
) -> ActorOut:
    """An actor of a report; a registered one has an office and was considered."""
    roles = [RoleOut("mayor", "KAZ", "2019", None)] if registry else []
    candidate = CandidateOut(registry or "", name, "person", 0.85, [ReasonOut(f"name {name}", 0.85)])
    return ActorOut(
        id=id,
        name=name,
        type=type,
        country=country,
        sector=sector,
        aliases=list(aliases),
        roles=roles,
        same_as={"wikidata": None, "registry": registry},
        considered=[candidate] if registry else [],
    )


def make_event(
    id: str,
    trigger: tuple[int, int],
    *,
    actors: Sequence[PartyOut],
    recipients: Sequence[PartyOut],
    sentence: tuple[int, int],
    **more: Any,
) -> EventOut:
    """A resignation to come, unless `more` says something else."""
    fields: dict[str, Any] = {
        "type": "RETREAT",
        "mode": "resign",
        "modes": ["resign"],
        "contexts": ["executive", "economic"],
        "cameo": "0831",
        "status": "planned",
        "place": None,
        "places": [],
        "date": None,
        "dead": None,
        "injured": None,
        "crowd": None,
        "mutual": False,
        "reported_by": None,
        "same_as": None,
        "confidence": 0.8,
    }
    return EventOut(
        id=id,
        trigger=SpanOut(*trigger),
        actors=list(actors),
        recipients=list(recipients),
        sentence=SpanOut(*sentence),
        **(fields | more),
    )


def make_report(
    id: str, speaker: ActorOut, subject: ActorOut, *, published: str | None = "2022-01-07"
) -> tuple[Article, AnalysisOut]:
    """A report in which one actor speaks of another, with a place and a time, and an event that it tells twice."""
    text = TALE.format(speaker=speaker.name, subject=subject.name)

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    said = span(f"that {subject.name} would go")
    time = TimeOut(*span("Monday"), from_="2022-01-03", to="2022-01-03", text="Monday", kind="date", mod=None)
    at = {"speaker": span(speaker.name), "subject": (said[0] + 5, said[0] + 5 + len(subject.name))}
    article = Article(id=id, text=text, published=published, language="en", origin=f"{id}.txt")
    analysis = AnalysisOut(
        id=id,
        text=text,
        title=None,
        published=published,
        language="en",
        frame=FrameOut(
            None, [], DatelineOut(None, None, None), [], [], [], [], [], [], None, None, None, None, []
        ),
        furniture=[],
        statements=[
            StatementOut(
                id="s1",
                source=SourceOut(*at["speaker"], speaker.id),
                cue=SpanOut(*span("said")),
                content=[SpanOut(*said)],
                quotation="indirect",
                attitude="speech",
                negated=False,
                kind="prediction",
                about=[subject.id],
                addressee=subject.id,
                date="2022-01-03",
                confidence=0.9,
                within=None,
                time=time,
            )
        ],
        events=[
            make_event(
                "e1",
                span("would go"),
                actors=[PartyOut(*at["subject"], subject.id)],
                recipients=[PartyOut(*at["speaker"], speaker.id)],
                sentence=(0, len(text)),
                place="p1",
                places=[SpanOut(*span("Orpelstadt"))],
                date=time,
                reported_by="s1",
            ),
            make_event(
                "e2",
                span("go"),
                actors=[PartyOut(*at["subject"], subject.id)],
                recipients=[],
                sentence=(0, len(text)),
                same_as="e1",
            ),
        ],
        mentions=[
            MentionOut(*at["speaker"], "PER", "name", speaker.id),
            MentionOut(*span("Orpelstadt"), "GPE", "name", None),
            MentionOut(*at["subject"], "PER", "name", subject.id),
        ],
        actors=[speaker] if speaker is subject else [speaker, subject],
        places=[
            PlaceOut("p1", "Orpelstadt", 77, 1.5, 2.5, "KAZ", [span("Orpelstadt")], "East", "city", 0.8),
            # A caption alone names it.
            PlaceOut("p2", "Orpel Sea", None, 3.0, 4.0, None, [], None, "sea", 0.7),
        ],
        times=[time],
    )
    return article, analysis


def dump(record: Record, *, without: Sequence[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of an open record, but for some tables; not when reports were recorded, nor their numbers."""
    with record.reading() as connection:
        return {
            name: sorted(
                map(
                    tuple,
                    connection.execute(
                        select(*(c for c in table.columns if c.name not in ("recorded", "serial")))
                    ),
                ),
                key=repr,
            )
            for name, table in schema.metadata.tables.items()
            if name not in without
        }
