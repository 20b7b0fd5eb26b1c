"""A report made for tests, in which one says what another one said, with an event in it that is told twice."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from onrecord.article import Article
from onrecord.contract import AnalysisOut, PartyOut, SourceOut, SpanOut, StatementOut
from tests.record.made import NAMES, make_actor, make_event, make_report

KAYA, TOMAS, ILSE = NAMES
TEXT = "Kaya Brandt said that Tomas Adeyrin had said that Ilse Maran shelled Orpelstadt twice."


def at(words: str, *, of: str = TEXT) -> tuple[int, int]:
    start = of.index(words)
    return start, start + len(words)


def nested() -> tuple[Article, AnalysisOut]:
    """One says what another one said, with an event in it that is told twice."""
    actors = [make_actor(f"a{n}", name) for n, name in enumerate(NAMES, 1)]
    article, analysis = make_report("deep", actors[0], actors[1])
    outer = StatementOut(
        id="s1",
        source=SourceOut(*at(KAYA), "a1"),
        cue=SpanOut(*at("said")),
        content=[SpanOut(at("that Tomas")[0], len(TEXT) - 1)],
        quotation="indirect",
        attitude="speech",
        negated=False,
        kind="assertion",
        about=["a2", "a3"],
        addressee=None,
        date=None,
        confidence=0.9,
        within=None,
    )
    inner = msgspec.structs.replace(
        outer,
        id="s2",
        source=SourceOut(*at(TOMAS), "a2"),
        cue=SpanOut(*at("had said")),
        content=[SpanOut(at("that Ilse")[0], len(TEXT) - 1)],
        about=["a3"],
        within="s1",
    )
    shelled = make_event(
        "e1",
        at("shelled"),
        actors=[PartyOut(*at(ILSE), "a3")],
        recipients=[PartyOut(*at("Orpelstadt"), None)],
        sentence=(0, len(TEXT)),
        type="ASSAULT",
        mode="heavy-weapons",
        modes=["heavy-weapons"],
        cameo="194",
        status="occurred",
        reported_by="s2",
    )
    again = msgspec.structs.replace(shelled, id="e2", trigger=SpanOut(*at("twice")), same_as="e1")
    mentions = [
        msgspec.structs.replace(analysis.mentions[0], start=at(name)[0], end=at(name)[1], actor=f"a{n}")
        for n, name in enumerate(NAMES, 1)
    ]
    made = msgspec.structs.replace(
        analysis, text=TEXT, statements=[outer, inner], events=[shelled, again], mentions=mentions,
        actors=actors, places=[], times=[],
    )  # fmt: skip
    return replace(article, text=TEXT), made
