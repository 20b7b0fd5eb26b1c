"""Analysed reports without the model, as many as one likes: what a record of a newsroom would be filled with.

A report is told by its number alone, so any of them can be made at any time, the same on every machine. Measured on 246 news
reports that were analysed by the model (84 of them dev articles of PolNeAR, the others examples): a report has 25 statements, 10
events, 137 mentions, 16 actors, 12 mentions of places and 10 times; so have these. Actors, outlets, places and words are drawn as
often as names are in life (Zipf), days lie in ten years, and one report of eight is a copy of one that came shortly before:
verbatim, cut, or with a sentence or two of its own. No words are taken from anywhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, get_args

from benchmarks.record.world import (
    OFFICES,
    MadeActor,
    MadePlace,
    actors,
    adjective,
    draw,
    governments,
    noun,
    outlets,
    people,
    places,
    verb,
)
from onrecord.analysis.labels import Kind
from onrecord.article import Article, Dateline, Frame, Furniture, Original, Row, content_id
from onrecord.contract import (
    ActorOut,
    AnalysisOut,
    CandidateOut,
    CountOut,
    DatelineOut,
    EventOut,
    FrameOut,
    FurnitureOut,
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

Report = tuple[Article, AnalysisOut]

_SENTENCES: Final = 26
_COPIES: Final = 0.12
# A copy is made of one of so many reports that came before it.
_COPIED_WITHIN: Final = 300
_FIRST_DAY: Final = datetime(2015, 1, 1, tzinfo=UTC)
# So many reports come in a day; 40,000 of them take ten years.
_REPORTS_A_DAY: Final = 11
_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_CUES: Final = (
    "said|told reporters|warned|insisted|announced|believes|wrote|argued|denied|promised|demanded".split("|")
)
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SINCE: Final = "after before despite amid during since without beyond near behind".split()
_ACTS: Final = (
    ("shelled", "ASSAULT", "heavy-weapons", "194"),
    ("arrested", "COERCE", "arrest", "173"),
    ("met", "CONSULT", None, "040"),
    ("called for", "REQUEST", None, "100"),
    ("rejected", "REJECT", None, "120"),
    ("accused", "ACCUSE", "disapprove", "111"),
    ("marched against", "PROTEST", "demo", "141"),
    ("signed with", "AGREE", None, "057"),
    ("aided", "AID", "economic", "071"),
)


@dataclass
class _Cast:
    """Who and what a report is about; the first ones come most often."""

    actors: list[MadeActor]
    places: list[MadePlace]
    offices: list[str]


@dataclass
class _Maker:
    """Writes a report piece by piece and keeps where everything stands."""

    cast: _Cast
    published: datetime
    text: list[str] = field(default_factory=list)
    at: int = 0
    named: dict[int, str] = field(default_factory=dict)
    spoken: set[int] = field(default_factory=set)
    mentions: list[MentionOut] = field(default_factory=list)
    statements: list[StatementOut] = field(default_factory=list)
    events: list[EventOut] = field(default_factory=list)
    times: list[TimeOut] = field(default_factory=list)
    place_spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def put(self, words: str) -> tuple[int, int]:
        """Words behind what is there; gives their span."""
        self.text.append(words)
        start = self.at
        self.at += len(words)
        return start, self.at

    def actor(self, rng: random.Random) -> tuple[tuple[int, int], str]:
        """Somebody of the cast, by the whole name first, by a short one or a pronoun later."""
        number = draw(rng, len(self.cast.actors))
        made = self.cast.actors[number]
        id = self.named.get(number)
        form, words = "name", made.name
        if id is None:
            id = self.named[number] = f"a{len(self.named) + 1}"
            office = self.cast.offices[number]
            if made.type == "person" and rng.random() < 0.4:
                start = self.put(f"{office} ")[0]
                self.spoken.add(number)
                span = self.put(words)
                self.mentions.append(MentionOut(start, span[1], "PER", "description", id))
                self.mentions.append(MentionOut(*span, "PER", "name", id))
                return (start, span[1]), id
        elif rng.random() < 0.4:
            words, form = {"person": "he"}.get(made.type, "it"), "pronoun"
        else:
            words = made.short
        span = self.put(words)
        type: Any = {"person": "PER", "organisation": "ORG"}.get(made.type, "GPE")
        self.mentions.append(MentionOut(*span, type, form, id))  # type: ignore[arg-type]
        return span, id

    def group(self, rng: random.Random) -> tuple[int, int]:
        """Words that name nobody."""
        drawn = rng.random()
        if drawn < 0.15:
            words, type, form = "they", "GROUP", "pronoun"
        elif drawn < 0.22:
            words, type, form = people(rng), "NORP", "name"
        elif drawn < 0.6:
            words, type, form = f"the {adjective(rng)} {noun(rng)}", "GROUP", "description"
        else:
            words, type, form = f"the {noun(rng)}", rng.choice(("ORG", "LOC", "PER", "GPE")), "description"
        span = self.put(words)
        self.mentions.append(MentionOut(*span, type, form, None))  # type: ignore[arg-type]
        return span

    def place(self, rng: random.Random) -> tuple[int, int]:
        """A place of the report."""
        number = draw(rng, len(self.cast.places))
        span = self.put(self.cast.places[number].name)
        self.mentions.append(MentionOut(*span, "GPE", "name", None))
        self.place_spans.setdefault(number, []).append(span)
        return span

    def time(self, rng: random.Random) -> TimeOut:
        """A day of the week before the report."""
        day = self.published.date() - timedelta(days=rng.randrange(7))
        words = _DAYS[day.weekday()]
        span = self.put(words)
        iso = day.isoformat()
        self.times.append(TimeOut(*span, from_=iso, to=iso, text=words, kind="date", mod=None))
        return self.times[-1]

    def clause(self, rng: random.Random) -> list[str]:
        """Somebody does something to somebody somewhere; gives the actors that it names."""
        about: list[str] = []
        for link in (f" {rng.choice(('would', 'could', 'must', 'did not'))} {verb(rng)} ", " of ", " in "):
            if link == " of " and rng.random() < 0.3:
                continue
            if link == " in ":
                self.put(link)
                if rng.random() < 0.4:
                    self.place(rng)
                else:
                    self.group(rng)
                continue
            if about or link == " of ":
                self.put(link)
            if rng.random() < 0.42:
                about.append(self.actor(rng)[1])
            else:
                self.group(rng)
            if link != " of ":
                self.put(link)
                self.group(rng)
        self.put(" with " if rng.random() < 0.5 else " and ")
        if rng.random() < 0.55:
            self.actor(rng)
        else:
            self.group(rng)
        self.put(f" {_since(rng)} {adjective(rng)} {noun(rng)}")
        return about


def report(number: int, seed: str = "record") -> Report:
    """The report of a number, from 0."""
    rng = random.Random(f"{seed}/{number}")
    of, kept, own = number, _SENTENCES, 0
    # A copy of a copy leads back to a report that is none.
    while of and (step := random.Random(f"{seed}/copy/{of}")).random() < _COPIES:
        kind = step.choice(("verbatim", "cut", "edited"))
        kept = min(kept, step.randrange(8, 20) if kind == "cut" else _SENTENCES)
        own += step.randrange(1, 3) if kind == "edited" else 0
        of -= 1 + step.randrange(min(_COPIED_WITHIN, of))
    published = _FIRST_DAY + timedelta(days=number / _REPORTS_A_DAY, minutes=rng.randrange(60))
    cast = _cast(random.Random(f"{seed}/cast/{of}"))
    # Days are those of the first report, so that a copy tells the same.
    maker = _Maker(cast, _FIRST_DAY + timedelta(days=of / _REPORTS_A_DAY))
    sentences = [*[f"{seed}/{number}/{n}" for n in range(own)], *[f"{seed}/{of}/{n}" for n in range(kept)]]
    for n, told in enumerate(sentences):
        if n:
            maker.put("\n\n" if n % 2 == 0 else " ")
        _tell(random.Random(told), maker)
    return _made(rng, maker, number, published)


def reports(count: int, seed: str = "record") -> Iterator[Report]:
    """The first reports in their order."""
    return (report(number, seed) for number in range(count))


def _since(rng: random.Random) -> str:
    return f"{rng.choice(_SINCE)} {rng.choice(('the', 'a', 'this', 'its', 'every'))}"


def _cast(rng: random.Random) -> _Cast:
    everybody = actors()
    numbers = dict.fromkeys(draw(rng, len(everybody)) for _ in range(19))
    cast = [everybody[n] for n in numbers]
    for _ in range(rng.choice((1, 1, 2))):
        state = rng.choice(governments())
        if state not in cast:
            cast.insert(rng.randrange(len(cast)), state)
    there = dict.fromkeys(draw(rng, len(places())) for _ in range(5))
    return _Cast(cast, [places()[n] for n in there], [rng.choice(OFFICES) for _ in cast])


def _tell(rng: random.Random, m: _Maker) -> None:
    """One sentence: mostly that somebody says something, else that something happens."""
    start, piece = m.at, len(m.text)
    acts = rng.random() < 0.43
    if rng.random() < 0.82:
        _say(rng, m, acts=acts)
    elif acts:
        _act(rng, m, None, start)
    else:
        m.clause(rng)
    m.text[piece] = m.text[piece][0].upper() + m.text[piece][1:]
    m.put(".")
    # The sentence of an event is known when it has ended.
    for event in m.events:
        if event.sentence.end < 0:
            event.sentence = SpanOut(start, m.at)


def _say(rng: random.Random, m: _Maker, *, acts: bool, within: str | None = None) -> StatementOut:
    id = f"s{len(m.statements) + 1}"
    span, by = m.actor(rng) if rng.random() < 0.66 else (m.group(rng), None)
    m.put(" ")
    cue = m.put(rng.choice(_CUES))
    m.put(" ")
    time = None
    if rng.random() < 0.13:
        m.put("on ")
        time = m.time(rng)
        m.put(" ")
    start = m.put("that ")[0]
    coded = by is None and rng.random() < 0.3
    statement = StatementOut(
        id=id,
        source=SourceOut(*span, by, "KAZ" if coded else None, "GOV" if coded else None),
        cue=SpanOut(*cue),
        content=[],
        quotation=rng.choice(("indirect", "indirect", "direct", "mixed")),
        attitude=rng.choice(("speech", "speech", "speech", "belief", "intention")),
        negated=rng.random() < 0.02,
        kind=_KINDS[draw(rng, len(_KINDS))],
        about=[],
        addressee=None,
        date=time.from_ if time else None,
        confidence=round(rng.uniform(0.5, 1), 3),
        within=within,
        time=time,
    )
    m.statements.append(statement)
    about: list[str] = []
    if within is None and rng.random() < 0.22:
        about += _say(rng, m, acts=False, within=id).about
    else:
        about += _act(rng, m, id, start) if acts else m.clause(rng)
        if rng.random() < 0.2:
            m.put(" on ")
            m.time(rng)
    statement.content = [SpanOut(start, m.at)]
    if rng.random() < 0.1 and m.at - start > 60:
        middle = start + 40
        statement.content = [SpanOut(start, middle), SpanOut(middle + 5, m.at)]
    statement.about = [a for a in dict.fromkeys(about) if a != by]
    if by and rng.random() < 0.02 and statement.about:
        statement.addressee = statement.about[0]
    return statement


def _act(rng: random.Random, m: _Maker, teller: str | None, start: int) -> list[str]:
    """Somebody does one of the acts that the record keeps; gives the actors."""
    words, type, mode, cameo = rng.choice(_ACTS)
    parties: list[PartyOut] = []
    for role in range(2):
        if rng.random() < 0.6:
            span, actor = m.actor(rng)
            parties.append(PartyOut(*span, actor))
        else:
            parties.append(
                PartyOut(*m.group(rng), None, *rng.choice(((None, None), ("KAZ", "COP"), (None, "CVL"))))
            )
        if role == 0:
            m.put(" ")
            trigger = m.put(words)
            m.put(" ")
    dead = None
    if type == "ASSAULT" and rng.random() < 0.15:
        killed = rng.randrange(2, 60)
        m.put(", killing ")
        dead = CountOut(*m.put(str(killed)), killed, killed, False)
    time = place = None
    spans: list[SpanOut] = []
    if rng.random() < 0.4:
        m.put(" in ")
        spans = [SpanOut(*m.place(rng))]
        place = next(n for n, there in m.place_spans.items() if there[-1] == (spans[0].start, spans[0].end))
    if rng.random() < 0.4:
        m.put(" on ")
        time = m.time(rng)
    m.put(" over ")
    m.group(rng)
    m.put(f" of the {noun(rng)} {_since(rng)} {adjective(rng)} {noun(rng)}")
    m.events.append(
        EventOut(
            id=f"e{len(m.events) + 1}",
            type=type,
            mode=mode,
            modes=[mode] if mode else [],
            contexts=["economic"] if rng.random() < 0.1 else [],
            cameo=cameo,
            status=rng.choice(("occurred", "occurred", "occurred", "planned", "hypothetical")),
            trigger=SpanOut(*trigger),
            actors=parties[:1],
            recipients=parties[1:],
            place=f"p{place + 1}" if place is not None else None,
            places=spans,
            date=time,
            dead=dead,
            injured=None,
            crowd=None,
            mutual=False,
            reported_by=teller,
            same_as=m.events[0].id
            if m.events and m.events[0].type == type and rng.random() < 0.5 and not m.events[0].same_as
            else None,
            sentence=SpanOut(start, -1),
            confidence=round(rng.uniform(0.5, 1), 3),
        )
    )
    return [p.actor for p in parties if p.actor]


def _actor(m: _Maker, number: int, id: str) -> ActorOut:
    made = m.cast.actors[number]
    considered = []
    if made.registry:
        reasons = [
            ReasonOut(f"name {made.name}", 0.7),
            ReasonOut(f"the context speaks of {made.country}", 0.15),
        ]
        considered = [CandidateOut(made.registry, made.name, made.type, 0.85, reasons)]
    return ActorOut(
        id=id,
        name=made.name,
        type=made.type,
        country=made.country if made.registry else None,
        sector=made.sector if made.registry else None,
        aliases=[] if made.short == made.name else [made.short],
        roles=[RoleOut(m.cast.offices[number], made.country)] if number in m.spoken else [],
        same_as={"wikidata": None, "registry": made.registry},
        considered=considered,
    )


def _place(m: _Maker, number: int, spans: list[tuple[int, int]]) -> PlaceOut:
    made = m.cast.places[number]
    return PlaceOut(
        f"p{number + 1}", made.name, made.geonames, made.lat, made.lon, made.country, spans, None, "city", 0.9
    )


def _made(rng: random.Random, m: _Maker, number: int, published: datetime) -> Report:
    text = "".join(m.text)
    outlet = outlets()[draw(rng, len(outlets()))]
    headline = (
        f"{m.cast.actors[0].short} to {verb(rng)} {adjective(rng)} {noun(rng)} in {m.cast.places[0].name}"
    )
    id = content_id(text, outlet)
    when = published.strftime("%Y-%m-%dT%H:%M:00Z")
    url = f"https://{outlet.replace(' ', '').lower()}.example/{published:%Y/%m}/{headline.lower().replace(' ', '-')}-{number}"
    byline = [f"{rng.choice('ABCDEFGH')}. {rng.choice(actors()[:200]).short}"]
    day = date.isoformat(published.date())
    furniture = (
        [Furniture("Sign up for our morning letter.", "advertising", len(text))] if rng.random() < 0.4 else []
    )
    frame = Frame(headline=headline, dateline=Dateline(m.cast.places[0].name, day), byline=tuple(byline))
    data = text.encode()
    origin = f"reports-{published:%Y-%m}.jsonl, line {number + 1}"
    article = Article(
        id=id,
        text=text,
        frame=frame,
        furniture=tuple(furniture),
        published=when,
        outlet=outlet,
        url=url,
        language="en",
        origin=origin,
        original=Original(data, "utf-8", is_markup=False),
        row=Row(origin.partition(",")[0], number + 1, number + 1, "text", (73, 73 + len(data))),
    )
    analysis = AnalysisOut(
        id=id,
        text=text,
        title=None,
        published=when,
        language="en",
        frame=FrameOut(
            headline,
            [],
            DatelineOut(m.cast.places[0].name, day, None),
            byline,
            [],
            [],
            [],
            [],
            [],
            None,
            None,
            None,
            "given",
            [],
        ),
        furniture=[FurnitureOut(f.text, f.why, f.before) for f in furniture],
        statements=m.statements,
        events=m.events,
        mentions=m.mentions,
        actors=[_actor(m, number, id) for number, id in m.named.items()],
        places=[_place(m, n, spans) for n, spans in m.place_spans.items()],
        times=m.times,
        outlet=outlet,
        url=url,
        origin=origin,
    )
    return article, analysis
