"""Reports with events made by hand, for questions and exports: invented people and places, and two real states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.article import Article
from onrecord.contract import (
    ActorOut,
    AnalysisOut,
    CountOut,
    DatelineOut,
    EventOut,
    FrameOut,
    MentionOut,
    PartyOut,
    PlaceOut,
    SourceOut,
    SpanOut,
    StatementOut,
    TimeOut,
)
from tests.record.made import make_actor, make_event

Report = tuple[Article, AnalysisOut]
KAZ, RUS = "gov:KAZ", "gov:RUS"
MAYOR = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV")
ALMATY = PlaceOut("p1", "Almaty", 1526384, 43.25, 76.95, "KAZ", [], "Almaty", "city", 0.9)


class Maker:
    """Puts a report together by its words: whatever is named must stand in the text."""

    def __init__(self, id: str, text: str, *, published: str | None, outlet: str = "The Orpel Post") -> None:
        self.id, self.text, self.published, self.outlet = id, text, published, outlet
        self.actors: list[ActorOut] = []
        self.places: list[PlaceOut] = []
        self.statements: list[StatementOut] = []
        self.events: list[EventOut] = []
        self.mentions: list[MentionOut] = []

    def at(self, words: str, *, after: str = "") -> tuple[int, int]:
        """Where words stand, the first time behind some others."""
        start = self.text.index(words, self.text.index(after))
        return start, start + len(words)

    def state(self, source: str, cue: str, content: str, actor: str | None = None, *, code: str = "") -> str:
        """Somebody says something, with the code of the source; gives the statement's id."""
        id = f"s{len(self.statements) + 1}"
        self.statements.append(
            StatementOut(
                id=id,
                source=SourceOut(*self.at(source), actor, code[:3].strip() or None, code[3:] or None),
                cue=SpanOut(*self.at(cue, after=source)),
                content=[SpanOut(*self.at(content))],
                quotation="indirect",
                attitude="speech",
                negated=False,
                kind="assertion",
                about=[],
                addressee=None,
                date=None,
                confidence=0.9,
                within=None,
            )
        )
        return id

    def happen(
        self,
        trigger: str,
        sentence: str,
        *,
        actors: Sequence[tuple[str, str | None] | tuple[str, None, str]] = (),
        recipients: Sequence[tuple[str, str | None] | tuple[str, None, str]] = (),
        date: tuple[str, str | None, str | None] | None = None,
        places: Sequence[str] = (),
        modes: Sequence[str] = (),
        dead: tuple[str, int, int | None] | None = None,
        **more: Any,
    ) -> str:
        """An event is told in a sentence, with parties given by their words, actor and code; gives the event's id."""

        def party(words: str, actor: str | None, code: str = "") -> PartyOut:
            return PartyOut(
                *self.at(words, after=sentence), actor, code[:3].strip() or None, code[3:] or None
            )

        id = f"e{len(self.events) + 1}"
        time = None
        if date:
            words, first, last = date
            span = self.at(words, after=sentence)
            time = TimeOut(*span, from_=first, to=last, text=words, kind="date", mod=None)
        count = CountOut(*self.at(dead[0], after=sentence), dead[1], dead[2], False) if dead else None
        event = make_event(
            id,
            self.at(trigger, after=sentence),
            actors=[party(*a) for a in actors],
            recipients=[party(*r) for r in recipients],
            sentence=self.at(sentence),
            **{
                "mode": modes[0] if modes else None,
                "modes": list(modes),
                "contexts": [],
                "status": "occurred",
                "date": time,
                "dead": count,
                "places": [SpanOut(*self.at(p, after=sentence)) for p in places],
                **more,
            },
        )
        self.events.append(event)
        return id

    def made(self) -> Report:
        """The report with what was put in."""
        article = Article(
            id=self.id,
            text=self.text,
            published=self.published,
            language="en",
            origin=f"{self.id}.txt",
            outlet=self.outlet,
            url=f"https://post.example/{self.id}",
        )
        frame = FrameOut(
            None, [], DatelineOut(None, None, None), [], [], [], [], [], [], None, None, None, None, []
        )
        return article, AnalysisOut(
            id=self.id,
            text=self.text,
            title=None,
            published=self.published,
            language="en",
            frame=frame,
            furniture=[],
            statements=self.statements,
            events=self.events,
            mentions=self.mentions,
            actors=self.actors,
            places=self.places,
            times=[],
        )


def make_shooting() -> Report:
    """Told by the reporter and again by officials; the mayor denies it. Police and protesters name nobody."""
    lead = "Riot police shot dead at least 12 protesters in Almaty on Wednesday."
    again = "Two officials said police opened fire on the crowd."
    denial = "Mayor Ana Orpel said police had shot nobody."
    m = Maker("shooting", f"{lead}\n\n{again} {denial}", published="2022-01-07")
    m.actors, m.places = [MAYOR], [ALMATY]
    officials = m.state("Two officials", "said", "police opened fire on the crowd", code="KAZGOV")
    mayor = m.state("Mayor Ana Orpel", "said", "police had shot nobody", "a1", code="KAZGOV")
    firearms: dict[str, Any] = {"type": "ASSAULT", "modes": ["firearms"], "cameo": "193"}
    e1 = m.happen(
        "shot dead",
        lead,
        actors=[("Riot police", None, "KAZCOP")],
        recipients=[("at least 12 protesters", None, "KAZCVL")],
        date=("Wednesday", "2022-01-05", "2022-01-05"),
        places=["Almaty"],
        place="p1",
        dead=("at least 12", 12, None),
        contexts=["repression"],
        confidence=0.9,
        **firearms,
    )
    m.happen("opened fire", again, actors=[("police", None)], reported_by=officials, same_as=e1, **firearms)
    m.happen("shot", denial, actors=[("police", None)], reported_by=mayor, status="denied", **firearms)
    return m.made()


def make_visit() -> Report:
    """Planned, in the reporter's voice; and talks of two states, mutual, without a place."""
    plan = "Mayor Ana Orpel will visit Moscow in February."
    talks = "Kazakhstan and Russia have held talks since Monday."
    threat = "They said that Russia could cut gas supplies."
    m = Maker("visit", f"{plan}\n\n{talks} {threat}", published="2022-01-08")
    m.actors = [
        MAYOR,
        make_actor("a2", "Russia", type="government", country="RUS", registry=RUS),
        make_actor("a3", "Kazakhstan", type="government", country="KAZ", registry=KAZ),
    ]
    they = m.state("They", "said", "that Russia could cut gas supplies")
    m.mentions = [MentionOut(*m.at("They"), "GROUP", "pronoun", None)]
    m.happen(
        "visit",
        plan,
        actors=[("Mayor Ana Orpel", "a1")],
        recipients=[("Moscow", "a2")],
        date=("February", "2022-02-01", "2022-02-28"),
        type="AGREE",
        cameo="036",
        status="planned",
    )
    m.happen(
        "talks",
        talks,
        actors=[("Kazakhstan", "a3"), ("Russia", "a2")],
        date=("since Monday", "2022-01-03", None),
        type="CONSULT",
        cameo="046",
        status="ongoing",
        mutual=True,
    )
    m.happen(
        "cut",
        threat,
        actors=[("Russia", "a2")],
        type="SANCTION",
        modes=["discontinue"],
        cameo="163",
        status="hypothetical",
        reported_by=they,
    )
    return m.made()


def make_all() -> list[Report]:
    """Both reports."""
    return [make_shooting(), make_visit()]
