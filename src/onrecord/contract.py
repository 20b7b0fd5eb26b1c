"""The output contract (DESIGN.md section 5): what `analyse` prints, as types.

One definition serves the JSON, its schema (`json_schema`) and the documentation. Spans are
code-point offsets into `text`, end exclusive. Fields may be added; none is renamed or dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.analysis.labels import Attitude, Kind, Quotation
from onrecord.analysis.mention_labels import MentionForm, MentionType
from onrecord.analysis.plover import Status
from onrecord.analysis.time_meanings import Kind as TimeKind
from onrecord.analysis.time_meanings import Mod
from onrecord.article import Article, Span

if TYPE_CHECKING:
    # The record is asked with these words too, and need not load what analyses for it: that takes half a second.
    from onrecord.analysis.counts import Count
    from onrecord.analysis.statements import Statement
    from onrecord.resolution.actors import Attributed
    from onrecord.resolution.dates import ResolvedTime
    from onrecord.resolution.events import Party, ResolvedEvent
    from onrecord.resolution.identities import Identity
    from onrecord.resolution.places import Place
    from onrecord.resolution.registry import Linked
    from onrecord.resolution.report import ResolvedReport
    from onrecord.resolution.stories.suspicion import Suspicion
    from onrecord.resolution.worded import Codes


class SpanOut(msgspec.Struct):
    """Code points [start, end) of `text`."""

    start: int
    end: int


class SourceOut(msgspec.Struct):
    """A source and whom it means; `actor` is null where nobody is named for it.

    `country` and `sector` are PLOVER codes: the actor's, else those of the words (*two Kazakh officials* is KAZ GOV).
    """

    start: int
    end: int
    actor: str | None
    country: str | None = None
    sector: str | None = None


class DatelineOut(msgspec.Struct):
    """Place, date and agency as printed."""

    place: str | None
    date: str | None
    agency: str | None


class EntryOut(msgspec.Struct):
    """One entry of a live blog, or one letter of a page of letters: a span of `text`, its headline and its time.

    Attributes:
        byline: of a letter who signed it, empty where nobody is named; null for an entry of a live blog.
    """

    start: int
    end: int
    headline: str | None
    published: str | None
    byline: list[str] | None = None


class FrameOut(msgspec.Struct):
    """What the report says about itself."""

    headline: str | None
    bullets: list[str]
    dateline: DatelineOut
    byline: list[str]
    contributors: list[str]
    editors: list[str]
    captions: list[str]
    credits: list[str]
    corrections: list[str]
    section: str | None
    agency: str | None
    updated: str | None
    published_how: str | None
    entries: list[EntryOut]


class FurnitureOut(msgspec.Struct):
    """A line that is not of the report; `before` is the offset where it was cut out."""

    text: str
    why: str
    before: int


class DamageOut(msgspec.Struct):
    """Words of the report that a machine seems to have damaged, and how it shows."""

    start: int
    end: int
    text: str
    why: str


class SuspicionOut(msgspec.Struct):
    """That the report is a copy with words swapped by a machine, by what it shows alone."""

    reasons: list[DamageOut]


class TimeOut(msgspec.Struct):
    """A time expression; `from` and `to` are ISO days, both included, null where an end is open or unknown."""

    start: int
    end: int
    from_: str | None = msgspec.field(name="from")
    to: str | None
    text: str
    kind: TimeKind
    mod: Mod | None


class AmendedOut(msgspec.Struct):
    """That people have put something right in what was found: what they did (`wrong`, `fix`), when (ISO, UTC), and who, null where
    that is not known; `id` is that of the amendment."""

    id: str
    what: str
    time: str
    who: str | None


class StatementOut(msgspec.Struct):
    """Who said what, and when: `date` is a day, `time` the words that tell it. `amended` is there where people have put it right."""

    id: str
    source: SourceOut | None
    cue: SpanOut | None
    content: list[SpanOut]
    quotation: Quotation
    attitude: Attitude
    negated: bool
    kind: Kind
    about: list[str]
    addressee: str | None
    date: str | None
    confidence: float
    within: str | None
    time: TimeOut | None = None
    amended: list[AmendedOut] | msgspec.UnsetType = msgspec.UNSET


class RoleOut(msgspec.Struct):
    """An office held, with the dates known."""

    title: str
    of: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class ReasonOut(msgspec.Struct):
    """Why a candidate gained or lost, and how much."""

    why: str
    weight: float


class CandidateOut(msgspec.Struct):
    """An actor of the registry whom a name may mean; `score` is the sum of the weights."""

    id: str
    name: str
    type: str
    score: float
    reasons: list[ReasonOut]


class ActorOut(msgspec.Struct):
    """Someone whom the report names; `considered` are the candidates of the registry, the best first."""

    id: str
    name: str
    type: str | None
    country: str | None
    sector: str | None
    aliases: list[str]
    roles: list[RoleOut]
    same_as: dict[str, str | None]
    considered: list[CandidateOut] = []


class PlaceOut(msgspec.Struct):
    """A place that the report names; `mentions` are [start, end) of `text`.

    `geonames` is null for what has no entry of its own there (*the Middle East*), `country` (ISO
    alpha-3) and `region` for what lies in none or in several.
    """

    id: str
    name: str
    geonames: int | None
    lat: float
    lon: float
    country: str | None
    mentions: list[tuple[int, int]]
    region: str | None = None
    kind: str | None = None
    confidence: float | None = None


class MentionOut(msgspec.Struct):
    """A span that names an actor, a place or a people, or points at one."""

    start: int
    end: int
    type: MentionType | None
    form: MentionForm
    actor: str | None


class PartyOut(msgspec.Struct):
    """Who takes part in an event, and whom the words mean; `actor` is null where they name nobody.

    `country` and `sector` are PLOVER codes: the actor's, else those of the words (*Russian troops* is RUS MIL).
    """

    start: int
    end: int
    actor: str | None
    country: str | None = None
    sector: str | None = None


class CountOut(msgspec.Struct):
    """How many, and the words that tell it: at least `low`, at most `high`, null where the text sets no bound
    (*at least 12*, *dozens*); `about` where the text says that the number is not exact."""

    start: int
    end: int
    low: int
    high: int | None
    about: bool


class EventOut(msgspec.Struct):
    """Who did what to whom, where and when, and on whose word (PLOVER 2.0).

    `reported_by` is the statement in which it is told, null where the reporter tells it; `same_as` the earlier
    event of the report that this one tells again; `sentence` its evidence; `places` the words that name where; `amended` is there
    where people have put it right.
    """

    id: str
    type: str
    mode: str | None
    modes: list[str]
    contexts: list[str]
    cameo: str
    status: Status
    trigger: SpanOut
    actors: list[PartyOut]
    recipients: list[PartyOut]
    place: str | None
    places: list[SpanOut]
    date: TimeOut | None
    dead: CountOut | None
    injured: CountOut | None
    crowd: CountOut | None
    mutual: bool
    reported_by: str | None
    same_as: str | None
    sentence: SpanOut
    confidence: float
    amended: list[AmendedOut] | msgspec.UnsetType = msgspec.UNSET


class AnalysisOut(msgspec.Struct):
    """One report, analysed; `origin` is where it was read from."""

    id: str
    text: str
    title: str | None
    published: str | None
    language: str | None
    frame: FrameOut
    furniture: list[FurnitureOut]
    statements: list[StatementOut]
    events: list[EventOut]
    mentions: list[MentionOut]
    actors: list[ActorOut]
    places: list[PlaceOut]
    times: list[TimeOut]
    outlet: str | None = None
    url: str | None = None
    origin: str | None = None
    suspect_copy: SuspicionOut | None = None


def suspicion_out(text: str, suspicion: Suspicion | None) -> SuspicionOut | None:
    """A suspicion of a report in the words of the output."""
    if suspicion is None:
        return None
    return SuspicionOut(
        [DamageOut(r.span.start, r.span.end, r.span.of(text), r.why) for r in suspicion.reasons]
    )


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one output line."""
    return msgspec.json.schema(AnalysisOut)


def to_output(article: Article, report: ResolvedReport) -> AnalysisOut:
    """Put together what the rooms found about one report."""
    frame = article.frame
    return AnalysisOut(
        id=article.id,
        text=article.text,
        title=article.title,
        published=article.published,
        language=article.language,
        frame=FrameOut(
            headline=frame.headline,
            bullets=list(frame.bullets),
            dateline=DatelineOut(frame.dateline.place, frame.dateline.date, frame.dateline.agency),
            byline=list(frame.byline),
            contributors=list(frame.contributors),
            editors=list(frame.editors),
            captions=list(frame.captions),
            credits=list(frame.credits),
            corrections=list(frame.corrections),
            section=frame.section,
            agency=frame.agency,
            updated=frame.updated,
            published_how=frame.published_how,
            entries=[
                EntryOut(
                    e.span.start,
                    e.span.end,
                    e.headline,
                    e.published,
                    None if e.byline is None else list(e.byline),
                )
                for e in frame.entries
            ],
        ),
        furniture=[FurnitureOut(f.text, f.why, f.before) for f in article.furniture],
        statements=[
            _statement(
                s,
                report.actors.statements[s.id],
                report.sources.get(s.id),
                _time_said(article.text, report.said.get(s.id)),
            )
            for s in report.statements
        ],
        events=[_event(article.text, e) for e in report.events],
        mentions=[MentionOut(m.span.start, m.span.end, m.type, m.form, m.actor) for m in report.mentions],
        actors=[_actor(a) for a in report.actors.actors],
        places=[place_out(p) for p in report.places.places],
        times=[_time(article.text, t) for t in report.times],
        outlet=article.outlet,
        url=article.url,
        origin=article.origin,
        suspect_copy=suspicion_out(article.text, report.suspicion),
    )


def _event(text: str, resolved: ResolvedEvent) -> EventOut:
    event = resolved.event
    return EventOut(
        id=event.id,
        type=event.type,
        mode=event.modes[0] if event.modes else None,
        modes=list(event.modes),
        contexts=list(event.contexts),
        cameo=event.cameo,
        status=event.status,
        trigger=SpanOut(event.trigger.start, event.trigger.end),
        actors=[_party(p) for p in resolved.actors],
        recipients=[_party(p) for p in resolved.recipients],
        place=resolved.place,
        places=[SpanOut(s.start, s.end) for s in event.places],
        date=_time(text, resolved.date) if resolved.date else None,
        dead=_count(event.dead),
        injured=_count(event.injured),
        crowd=_count(event.crowd),
        mutual=event.mutual,
        reported_by=event.reported_by,
        same_as=resolved.same_as,
        sentence=SpanOut(event.sentence.start, event.sentence.end),
        confidence=event.confidence,
    )


def _party(party: Party) -> PartyOut:
    return PartyOut(party.span.start, party.span.end, party.actor, party.country, party.sector)


def _count(count: Count | None) -> CountOut | None:
    return CountOut(count.span.start, count.span.end, count.low, count.high, count.about) if count else None


def place_out(place: Place) -> PlaceOut:
    """A place as the output has it."""
    entry = place.entry
    return PlaceOut(
        id=place.id,
        name=entry.name,
        geonames=entry.geonames,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        mentions=[(m.start, m.end) for m in place.mentions],
        region=entry.region,
        kind=entry.kind,
        confidence=place.confidence,
    )


def _statement(
    statement: Statement, meant: Attributed, codes: Codes | None, time: TimeOut | None
) -> StatementOut:
    source = statement.source
    return StatementOut(
        id=statement.id,
        source=SourceOut(source.start, source.end, meant.source, *(codes or ())) if source else None,
        cue=_span(statement.cue) if statement.cue else None,
        content=[_span(c) for c in statement.content],
        quotation=statement.quotation,
        attitude=statement.attitude,
        negated=statement.negated,
        kind=statement.kind,
        about=list(meant.about),
        addressee=meant.addressee,
        # A longer stretch is no day: *in a 2019 interview* is told by `time` alone.
        date=time.from_ if time and time.from_ == time.to else None,
        confidence=statement.confidence,
        within=statement.within,
        time=time,
    )


def _time_said(text: str, time: ResolvedTime | None) -> TimeOut | None:
    return _time(text, time) if time else None


def _time(text: str, time: ResolvedTime) -> TimeOut:
    return TimeOut(
        start=time.span.start,
        end=time.span.end,
        from_=time.first.isoformat() if time.first else None,
        to=time.last.isoformat() if time.last else None,
        text=time.span.of(text),
        kind=time.kind,
        mod=time.mod,
    )


def _span(span: Span) -> SpanOut:
    return SpanOut(span.start, span.end)


def _actor(identity: Identity) -> ActorOut:
    actor = identity.actor
    return ActorOut(
        id=actor.id,
        name=identity.name,
        type=identity.type,
        country=identity.country,
        sector=identity.sector,
        aliases=list(actor.aliases),
        roles=[RoleOut(r.title, r.of, r.from_, r.to) for r in identity.roles],
        same_as={"wikidata": None, "registry": identity.registry},
        considered=[_candidate(c) for c in identity.considered],
    )


def _candidate(linked: Linked) -> CandidateOut:
    entry = linked.actor
    reasons = [ReasonOut(r.why, round(r.weight, 3)) for r in linked.reasons]
    return CandidateOut(entry.id, entry.name, entry.type, round(linked.score, 3), reasons)
