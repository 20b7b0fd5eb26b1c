"""An event as the record tells it: its tellings in all reports of a story put together, ready for print and JSON."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from onrecord.contract import AmendedOut
from onrecord.record.asking.statements import Evidence
from onrecord.record.asking.stories import Tellers


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
    """One place where a report tells the event; `reported_by` is None where the reporter tells it, and `amended` is there where somebody
    has put it right."""

    id: str
    article: str
    published: str | None
    outlet: str | None
    status: str
    reported_by: Word | None
    trigger: Evidence
    sentence: Evidence
    confidence: float
    amended: list[AmendedOut] | UnsetType = UNSET


class Where(msgspec.Struct):
    """A place on the map; `country` is an alpha-3 code, and `geonames` is None for what GeoNames does not have."""

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


def number_in_words(number: Number) -> str:
    """*about 12*, *at least 12*, *up to 12*, *10 to 12*."""
    if number.high == number.low:
        words = str(number.low)
    elif number.high is None:
        words = f"at least {number.low}"
    elif number.low == 0:
        words = f"up to {number.high}"
    else:
        words = f"{number.low} to {number.high}"
    return f"about {words}" if number.about else words


class Differing(msgspec.Struct):
    """A number on which tellings of one event differ: `what` is dead, injured or crowd; each number once, where it is first told."""

    what: str
    numbers: list[Number]


class Event(msgspec.Struct):
    """An event, as one story tells it.

    Attributes:
        id: that of its first telling, in the report that the story begins with or the oldest that has it.
        article: the report of that telling.
        status: that of its first telling, or of the first one that was asked for.
        actors, recipients: those of the telling that names them best, with those whom others name besides. Of what
            has come about, these and all that follows rest on tellings of what has come about alone.
        places: the words that tell where; `place` is None where they are not on the map.
        published, outlet, headline, url, language, model: of the report `article`; `model` found the event.
        tellings: the first one first, with those of the same report, then those of the other reports; there is always one.
        tellers: how many reports tell it, of how many stories and origins; copies count once.
        differing: the dead, injured and crowds of which tellings tell different numbers; `dead` and so on is the first.
        amended: who has put one of its tellings right, and when; not there where nobody has.
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
    tellers: Tellers
    differing: list[Differing]
    amended: list[AmendedOut] | UnsetType = UNSET

    @property
    def first(self) -> Telling:
        """The first telling that has the event's status."""
        return next((t for t in self.tellings if t.status == self.status), self.tellings[0])
