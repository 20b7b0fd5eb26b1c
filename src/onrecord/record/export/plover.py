"""An event as a record of PLOVER's data exchange format (manual 2.0, chapter 6), and the fields that we add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.record.asking.event_days import days_of
from onrecord.record.asking.event_types import Event, Number, Party, Telling, Where, Word
from onrecord.record.scales import plover_score, quad_code

CODEBOOK = "plover-2.0 (draft of 4 February 2024)"
# Of kinds of places, how close they are: 1 country to 4 city.
_RESOLUTIONS = {"country": 1, "region": 2, "county": 3, "city": 4, "capital": 4}


def to_plover(event: Event) -> dict[str, Any]:
    """The fields of table 6.1 that are known, in its order, among and behind them some of ours.

    By PLOVER's rule all parties of a mutual event are actors.
    """
    days = days_of(event)
    told = event.first
    actors, recipients = (
        ([*event.actors, *event.recipients], []) if event.mutual else (event.actors, event.recipients)
    )
    fields: dict[str, Any] = {
        "id": event.id,
        "date": days.first,
        "enddate": days.last if days.last != days.first else None,
        "date_told": days.how,
        "actor": [_entity(p) for p in actors],
        "recipient": [_entity(p) for p in recipients],
        "event": [event.type],
        "event_loc": _location(event),
        "event_text": [t.trigger.text for t in event.tellings if t.status == event.status],
        "quad_code": quad_code(event.type),
        "event_scale": plover_score(event.type, event.mode),
        "mode": event.modes,
        "context": event.contexts,
        "size": _size(event),
        "cameo": event.cameo,
        "text": told.sentence.text,
        "text_info": {"start": told.sentence.start, "end": told.sentence.end},
        "cite_info": _bare(
            {
                "citation": event.article,
                "url": event.url,
                "title": event.headline,
                "language": event.language,
                "publication": event.outlet,
                "coder": f"onrecord, model {event.model}" if event.model else "onrecord",
                "codebook": CODEBOOK,
            }
        ),
        "status": event.status,
        "reported_by": _word(told.reported_by),
        "tellings": [_telling(t) for t in event.tellings],
        "tellers": {
            "reports": event.tellers.articles,
            "stories": event.tellers.stories,
            "origins": event.tellers.origins,
        },
        "confidence": event.confidence,
    }
    # Who asks whether the reporter tells it must find the answer, even if it is null.
    return _bare(fields) | {"reported_by": fields["reported_by"]}


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known; empty lists say that there is none."""
    return {k: v for k, v in fields.items() if v is not None}


def _entity(party: Party) -> dict[str, Any]:
    return _bare(
        {
            "code": party.country,
            "sector": party.sector,
            "entity_text": party.text,
            "identifier_id": party.actor_id,
            "identifier_text": party.actor,
        }
    )


def _word(word: Word | None) -> dict[str, Any] | None:
    if word is None:
        return None
    return _bare(
        {
            "code": word.country,
            "sector": word.sector,
            "entity_text": word.by,
            "identifier_id": word.actor_id,
            "identifier_text": word.actor,
            "cue": word.cue,
            "statement": word.statement,
        }
    )


def _telling(telling: Telling) -> dict[str, Any]:
    cited = {"citation": telling.article, "publication": telling.outlet, "published": telling.published}
    return {
        "id": telling.id,
        **_bare(cited),
        "status": telling.status,
        "reported_by": _word(telling.reported_by),
        "text": telling.sentence.text,
        "text_info": {"start": telling.sentence.start, "end": telling.sentence.end},
    }


def _location(event: Event) -> dict[str, Any] | None:
    words = [p.text for p in event.places]
    if event.place is None and not words:
        return None
    return _bare({"extracted_place": words[0] if words else None, **_resolved(event.place)})


def _resolved(place: Where | None) -> dict[str, Any]:
    if place is None:
        return {}
    resolution = _RESOLUTIONS.get(place.kind or "")
    return {
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if resolution == 4 else None,
        "district": place.name if resolution == 3 else None,
        "province": place.name if resolution == 2 else place.region,
        "country_code": place.country,
        "resolution": resolution,
    }


def _told_number(number: Number) -> dict[str, Any]:
    high = number.high if number.high != number.low else None
    place = number.evidence
    told = {"number": number.low, "max": high, "text": place.text, "citation": place.article}
    return _bare(told) | {"text_info": {"start": place.start, "end": place.end}}


def _size(event: Event) -> dict[str, Any] | None:
    """`dead`, `injured` and `participants`: at least so many; `..._max` where the text sets a bound above that; `..._told`
    where tellings differ: each number."""
    found: dict[str, Any] = {}
    differing = {d.what: d.numbers for d in event.differing}
    counts: Sequence[tuple[str, Number | None]] = (
        ("dead", event.dead),
        ("injured", event.injured),
        ("participants", event.crowd),
    )
    for name, count in counts:
        field = "crowd" if name == "participants" else name
        if count:
            found[name] = count.low
            if count.high is not None and count.high != count.low:
                found[f"{name}_max"] = count.high
            found[f"{name}_text"] = count.evidence.text
            if told := differing.get(field):
                found[f"{name}_told"] = [_told_number(n) for n in told]
    return found or None
