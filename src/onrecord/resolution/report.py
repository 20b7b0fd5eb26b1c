"""One report, resolved: who is meant, what is mentioned, where it lies and when it was."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.statements import Statement
from onrecord.article import Article
from onrecord.resolution.acting_capitals import name_governments
from onrecord.resolution.actors import resolve_actors
from onrecord.resolution.captions import add_caption_places
from onrecord.resolution.dates import ResolvedTime, date_article, report_day
from onrecord.resolution.event_days import EventDays
from onrecord.resolution.events import ResolvedEvent, resolve_events
from onrecord.resolution.hidden_names import hide_names, misleading_places
from onrecord.resolution.identities import Identified, identify_actors
from onrecord.resolution.mentions import Mention, find_mentions
from onrecord.resolution.named import mentions_of, settle_labels
from onrecord.resolution.place_names import place_names
from onrecord.resolution.places import ResolvedPlaces, resolve_places
from onrecord.resolution.saying import time_statements
from onrecord.resolution.stories.suspicion import Suspicion, suspect_copy
from onrecord.resolution.worded import Codes, WordCoder, code_sources


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """What is known of a report after resolution.

    Attributes:
        said: when each statement was made, by its id, where the text says so.
        sources: codes of each statement's source, by its id, where it has a source.
        suspicion: what betrays that a machine swapped words of another report.
    """

    statements: tuple[Statement, ...]
    actors: Identified
    mentions: tuple[Mention, ...]
    places: ResolvedPlaces
    times: tuple[ResolvedTime, ...]
    said: dict[str, ResolvedTime]
    events: tuple[ResolvedEvent, ...] = ()
    sources: dict[str, Codes] = field(default_factory=dict)
    suspicion: Suspicion | None = None


def resolve_report(article: Article, analysis: Analysis | None) -> ResolvedReport:
    """Resolve what analysis found in a report; None, for a report in another language, gives nothing."""
    if analysis is None:
        return ResolvedReport((), Identified((), {}), (), ResolvedPlaces((), (), (), ()), (), {})
    text, statements = article.text, analysis.statements
    names = settle_labels(text, analysis.names)
    places = resolve_places(text, place_names(text, names), article.frame.dateline.place)
    parties = [span for event in analysis.events for span in (*event.actors, *event.recipients)]
    acting = [*(s.source for s in statements if s.source), *(a for e in analysis.events for a in e.actors)]
    mentioned = name_governments(mentions_of(text, names), places.governments, acting)
    letters = [e for e in article.frame.entries if e.byline is not None]
    resolved = resolve_actors(text, statements, mentioned, analysis.mentions, parties, letters)
    day = report_day(article)
    iso = day.isoformat() if day else None
    sources = {s.id: s.source for s in statements if s.source}
    descriptions = [*(m.span for m in analysis.mentions if m.form == "description"), *parties]
    actors = identify_actors(text, resolved, places, iso, sources, descriptions)
    times = date_article(article)
    unknown = [i.actor for i in actors.actors if i.type == "person" and i.registry is None]
    lying = misleading_places(text, places.places)
    coder = WordCoder(hide_names(text, [*lying, *(m for a in unknown for m in a.mentions)]), iso, lying)
    said = time_statements(text, statements, times, day)
    spoken = [(s.cue, said[s.id].span) for s in statements if s.cue and s.id in said]
    days = EventDays(text, analysis.events, times, spoken)
    return ResolvedReport(
        statements=statements,
        actors=actors,
        mentions=tuple(find_mentions(text, names, analysis.mentions, statements, actors, places)),
        places=add_caption_places(places, article.frame.captions),
        times=tuple(times),
        said=said,
        events=tuple(resolve_events(text, analysis.events, actors, places, days, coder)),
        sources=code_sources(statements, actors, coder),
        suspicion=suspect_copy(text),
    )
