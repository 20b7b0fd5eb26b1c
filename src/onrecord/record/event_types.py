"""An event as the record tells it: first telling and later ones of one report put together, ready for print and JSON."""

from __future__ import annotations

import msgspec

from onrecord.record.ask import Evidence


class Party(msgspec.Struct):
    """Who takes part.

    Attributes:
        text: the words, as printed.
        actor, actor_id: whom they mean, after corrections; None where they name nobody.
        country, sector: PLOVER's codes, on the day of the report; of the words themselves where they name nobody.
    """

    text: str
    actor: str | None
    actor_id: str | None
    country: str | None
    sector: str | None
    evidence: Evidence

    @property
    def name(self) -> str:
        """What to call it: the actor's name, else the words."""
        return self.actor or self.text

    @property
    def code(self) -> str:
        """Country and sector in one, as in KAZCOP; empty if neither is known."""
        return (self.country or "") + (self.sector or "")


class Word(msgspec.Struct):
    """On whose word: the statement with its source.

    Attributes:
        by: the source as printed; None if it has none.
        actor, actor_id: whom it means, after corrections; None where it names nobody.
        country, sector: PLOVER's codes, of the words themselves where they name nobody.
    """

    statement: str
    by: str | None
    actor: str | None
    actor_id: str | None
    country: str | None
    sector: str | None
    cue: str | None

    @property
    def code(self) -> str:
        """Country and sector in one; empty if neither is known."""
        return (self.country or "") + (self.sector or "")


class Telling(msgspec.Struct):
    """One place where a report tells the event; `reported_by` is None where the reporter tells it."""

    id: str
    status: str
    reported_by: Word | None
    trigger: Evidence
    sentence: Evidence
    confidence: float


class Where(msgspec.Struct):
    """Where it was, on the map."""

    id: str
    name: str
    geonames: int | None
    lat: float
    lon: float
    country: str | None
    region: str | None
    kind: str | None


class When(msgspec.Struct):
    """First and last day, both included, null where an end is open or unknown; and the words."""

    from_: str | None = msgspec.field(name="from")
    to: str | None
    evidence: Evidence


class Number(msgspec.Struct):
    """How many: at least, at most (None: no bound), whether the text says *about*; and the words."""

    low: int
    high: int | None
    about: bool
    evidence: Evidence


class Event(msgspec.Struct):
    """An event of one report.

    Attributes:
        id: that of its first telling.
        status: that of its first telling, or of the first one that was asked for.
        actors, recipients: those of the telling that names them best, with those whom others name besides. Of what
            has come about, these and all that follows rest on tellings of what has come about alone.
        places: the words that tell where; `place` is None where they are not on the map.
        published, outlet, headline, url, language, model: the report's; `model` found the event.
        tellings: the first one first; there is always one.
    """

    id: str
    article: str
    type: str
    mode: str | None
    modes: list[str]
    contexts: list[str]
    cameo: str
    status: str
    actors: list[Party]
    recipients: list[Party]
    mutual: bool
    place: Where | None
    places: list[Evidence]
    date: When | None
    dead: Number | None
    injured: Number | None
    crowd: Number | None
    confidence: float
    published: str | None
    outlet: str | None
    headline: str | None
    url: str | None
    language: str | None
    model: str | None
    tellings: list[Telling]

    @property
    def first(self) -> Telling:
        """The first telling that has the event's status."""
        return next((t for t in self.tellings if t.status == self.status), self.tellings[0])
