"""A report as long as a day's live blog, invented: a hundred thousand characters, two thousand statements, every fourth within another."""

from __future__ import annotations

from typing import Any

from onrecord.analysis.labels import KINDS
from onrecord.article import Article
from onrecord.contract import (
    AnalysisOut,
    DatelineOut,
    EventOut,
    FrameOut,
    MentionOut,
    PartyOut,
    SourceOut,
    SpanOut,
    StatementOut,
)
from tests.record.made import make_actor, make_event

_NAMES = ("Kaya Brandt", "Tomas Adeyrin", "Ilse Maran", "Ana Orpel", "Miro Lund")
_PARAGRAPH = (
    "{a} said that {b} had asked the council to shut the old dam of Karst. "
    "“{b} told me: ‘The miners will march on the bridge,’” {a} added."
)


def make_long(id: str = "long", paragraphs: int = 500) -> tuple[Article, AnalysisOut]:
    """Paragraphs of one pattern, by turns of five people: four statements, one event and eight mentions in each."""
    actors = [make_actor(f"a{n}", name, country="KAZ") for n, name in enumerate(_NAMES, 1)]
    statements: list[StatementOut] = []
    events: list[EventOut] = []
    mentions: list[MentionOut] = []
    written: list[str] = []
    begin = 0
    for number in range(paragraphs):
        a, b = (actors[(number + step) % len(actors)] for step in (0, 2))
        words = _PARAGRAPH.format(a=a.name, b=b.name)

        def span(found: str, nth: int = 0, *, words: str = words, begin: int = begin) -> tuple[int, int]:
            start = -1
            for _ in range(nth + 1):
                start = words.index(found, start + 1)
            return begin + start, begin + start + len(found)

        mentions += [MentionOut(*span(x.name, n), "PER", "name", x.id) for x in (a, b) for n in (0, 1)]
        outer = span(f"that {b.name} had asked the council to shut the old dam of Karst")
        quoted = span(f"“{b.name} told me: ‘The miners will march on the bridge,’”")
        first = len(statements) + 1
        told: tuple[tuple[Any, ...], ...] = (
            (span(a.name), a.id, span("said"), outer, None),
            (span(b.name), b.id, span("asked"), span("to shut the old dam of Karst"), first),
            (span(a.name, 1), a.id, span("added"), quoted, None),
            (span(b.name, 1), b.id, span("told"), span("‘The miners will march on the bridge,’"), first + 2),
        )
        for source, actor, cue, content, within in told:
            statements.append(
                StatementOut(
                    id=f"s{len(statements) + 1}",
                    source=SourceOut(*source, actor),
                    cue=SpanOut(*cue),
                    content=[SpanOut(*content)],
                    quotation="indirect",
                    attitude="speech",
                    negated=False,
                    kind=KINDS[len(statements) % len(KINDS)],
                    about=[],
                    addressee=None,
                    date=None,
                    confidence=0.9,
                    within=f"s{within}" if within else None,
                )
            )
        events.append(
            make_event(
                f"e{number + 1}",
                span("march"),
                actors=[PartyOut(*span("The miners"), None, "KAZ", "LAB")],
                recipients=[PartyOut(*span("the bridge"), None, None, None)],
                sentence=(quoted[0], begin + len(words)),
                type="PROTEST",
                mode="demo",
                modes=["demo"],
                reported_by=f"s{first + 3}",
            )
        )
        written.append(words)
        begin += len(words) + 2
    text = "\n\n".join(written)
    frame = FrameOut(
        None, [], DatelineOut(None, None, None), [], [], [], [], [], [], None, None, None, None, []
    )
    analysis = AnalysisOut(
        id=id, text=text, title=None, published="2024-05-03", language="en", frame=frame, furniture=[],
        statements=statements, events=events, mentions=mentions, actors=actors, places=[], times=[],
    )  # fmt: skip
    return Article(id=id, text=text, published="2024-05-03", language="en", origin=f"{id}.txt"), analysis
