"""Texts -> events: who did what to whom, where, when and on whose word (PLOVER 2.0), as exact spans.

This is the reading of `triggers.py`'s pieces as characters. Then come what the words tell of its status
(`told_status.py`) and whether it is untrue (`untrue.py`), its numbers (`event_numbers.py`) and on whose word it is told (`reported_by.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from onrecord.analysis.cameo import cameo_code
from onrecord.analysis.counts import Count, read_count, says_nobody
from onrecord.analysis.decoding import in_order
from onrecord.analysis.doubted import acts_left_out
from onrecord.analysis.event_numbers import with_numbers
from onrecord.analysis.events import Event
from onrecord.analysis.mentions import FoundMention
from onrecord.analysis.number_phrases import is_number, whole_number
from onrecord.analysis.pieces import Pieces
from onrecord.analysis.plover import CONTEXTS, MODE_NAMES, STATUSES, TYPES
from onrecord.analysis.reported_by import with_tellers
from onrecord.analysis.second_look import Placed, look_again, placed
from onrecord.analysis.sentences import sentences_of
from onrecord.analysis.statements import Statement
from onrecord.analysis.told_status import with_told_statuses
from onrecord.analysis.triggers import ROLES, TriggerPieces
from onrecord.analysis.untrue import with_untrue
from onrecord.analysis.whole_words import INITIALS, whole_words
from onrecord.article import Span

# A second type, a mode, a context is told if it is more likely than not.
_LIKELY = 0.5
# The share of a mention, in characters, that makes a party of it: chosen on the passages that are kept apart, where
# 0.2 to 0.5 find as much.
_GOOD_PART = 0.35
_MARKS = ' \t\n\u00a0,.;:"“”()[]–—'
_TITLES = "Mr Mrs Ms Dr Sen Rep Gov Gen Lt Col Rev Hon".split()
# Words that are no party, place or day by themselves.
_EMPTY = frozenset(
    ("the a an of and or in on at to for by with from st".split()) + [title.lower() for title in _TITLES]
)
# A title alone is the party that bears it.
_TITLED = re.compile(rf"(?P<title>(?:{'|'.join(_TITLES)})\b)\.?[ \u00a0]+[A-ZÀ-Þ][\w’'-]+")
# *The market for*: what the phrase was cut off from.
_OPEN_END = re.compile(
    r"[\s,]+(?:of|in|on|at|to|for|by|with|from|into|near|against|over|between|among|and|or|the|an?)$"
)
# *No one* and *not one nurse* of which *one* and *one nurse* were found.
_NO = re.compile(r"\b(?:[Nn]o(?=[ \u00a0][a-z])|[Nn]ot(?=[ \u00a0](?:one|any|a single)\b))[ \u00a0]")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")

# Between two parts of one noun phrase: a hyphen, or one word that may be a noun or an adjective.
_GAP = re.compile(
    r"-| (?!(?:of|in|on|at|to|by|for|from|with|against|over|under|into|through|across|behind|around|near|between|after|before|since"
    r"|until|during|about|as|than|and|or|but|that|which|who|whom|whose|where|when|while|if|because|not|never|is|are|was|were|be|been"
    r"|has|have|had|do|does|did|will|would|can|could|may|might|must|should|said|says|say|told|put|gave|took|made|left|let|also)\b)"
    r"(?![a-z]+ed\b)[a-z][a-z-]* "
)
# A part that may end a noun phrase, and begins none.
_NOUN = re.compile(
    r"(?!(?:it|he|she|they|them|him|her|us|you|we|me|the|an?|its|his|their|our|this|that|these|those|all|one|two)\b)[a-z]"
)


def to_events(
    text: str,
    pieces: Pieces,
    triggers: Sequence[TriggerPieces],
    statements: Sequence[Statement],
    mentions: Sequence[FoundMention],
    min_confidence: float,
    *,
    second_look: bool = False,
    min_sure: float = 0.0,
) -> list[Event]:
    """Read the triggers of one text as events, in the order of the text.

    Args:
        mentions: each within one sentence, as `resolve_mentions` gives them.
        second_look: are types and confidence those of `second_look.py`, not the network's own?
        min_sure: triggers with a lesser chance are doubted (`doubted.py`).
    """
    sentences = sentences_of(text)
    phrases: dict[Span, list[Span]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        if mention.form != "pronoun":
            phrases[sentences.around(mention.span)].append(mention.span)
    ordered = placed(text, pieces, in_order(triggers, lambda t: (t.first, t.last, t.probability)))
    sure = [each for each in ordered if each.pieces.probability >= min_sure]

    def read(judged: Iterable[tuple[Placed, dict[int, float]]]) -> list[Event]:
        return [
            event
            for each, chances in judged
            if (likely := {n: c for n, c in chances.items() if c >= min_confidence})
            for event in _events_of(text, pieces, each, likely, phrases.get(each.sentence, []))
        ]

    judged = look_again(text, pieces, sure) if second_look else [_types(t.pieces) for t in sure]
    found = read(zip(sure, judged, strict=True))
    if second_look and len(sure) < len(ordered):
        every = zip(ordered, look_again(text, pieces, ordered), strict=True)
        doubted = [pair for pair in every if pair[0].pieces.probability < min_sure]
        more = read(acts_left_out(doubted, found, min_confidence))
        found = sorted([*found, *more], key=lambda e: (e.trigger.start, e.trigger.end))
    found = [replace(event, id=f"e{number}") for number, event in enumerate(found, 1)]
    told = with_numbers(text, with_untrue(text, with_told_statuses(text, found)))
    # A crowd is read from its words: *500 marched* has no actor, and 500 marchers.
    return with_tellers(text, [_with_somebody(text, event) for event in told], statements)


def _events_of(
    text: str, pieces: Pieces, each: Placed, chances: dict[int, float], near: Sequence[Span]
) -> Iterator[Event]:
    """The events that a trigger may tell, one of each type; they have no name yet.

    Args:
        chances: of its types, by their numbers.
        near: the mentions of its sentence that are no pronouns, the longest first.
    """
    trigger = each.pieces
    by_role = {
        role: _party_spans(text, [_span(pieces, pair) for pair in pairs], each.sentence)
        for role, pairs in zip(ROLES, trigger.roles, strict=True)
    }
    actors, recipients = (_whole_phrases(by_role[role], near, each.span) for role in ("actor", "recipient"))
    for number, confidence in chances.items():
        type_ = TYPES[number]
        modes = tuple(m for n, (t, m) in enumerate(MODE_NAMES) if t == type_ and trigger.modes[n] > _LIKELY)
        contexts = tuple(c for n, c in enumerate(CONTEXTS) if trigger.contexts[n] > _LIKELY)
        yield Event(
            id="",
            type=type_,
            modes=modes,
            contexts=contexts,
            cameo=cameo_code(type_, modes, contexts),
            status=STATUSES[int(np.argmax(trigger.statuses))],
            trigger=each.span,
            sentence=each.sentence,
            actors=actors,
            recipients=recipients,
            places=by_role["place"],
            dates=by_role["date"],
            dead=_count(text, by_role["dead"]),
            injured=_count(text, by_role["injured"]),
            crowd=_crowd(text, by_role["crowd"]),
            mutual=trigger.mutual > _LIKELY,
            reported_by=None,
            confidence=confidence,
        )


def _types(trigger: TriggerPieces) -> dict[int, float]:
    """The likely types (*jailed* is a conviction and an arrest), the best alone if none is, with the chance of each."""
    likely = np.flatnonzero(trigger.types > _LIKELY).tolist() or [int(trigger.types.argmax())]
    return {n: round(float(trigger.probability * trigger.types[n]), 3) for n in likely}


def _span(pieces: Pieces, pair: tuple[int, int]) -> Span:
    return Span(int(pieces.start[pair[0]]), int(pieces.end[pair[1]]))


def _party_spans(text: str, spans: Sequence[Span], sentence: Span) -> tuple[Span, ...]:
    """Whole words of the trigger's sentence, without marks at the ends and without a final *'s*; each once."""
    found: dict[Span, None] = {}
    for whole in _without_gaps(text, spans):
        inside = Span(max(whole.start, sentence.start), min(whole.end, sentence.end))
        if inside.start >= inside.end:
            continue
        span = whole_words(text, inside)
        words = span.of(text)
        start = span.start + len(words) - len(words.lstrip(_MARKS))
        end = span.end - (len(words) - len(words.rstrip(_MARKS)))
        if INITIALS.fullmatch(text, start, end + 1):
            end += 1
        elif (titled := _TITLED.match(text, start, sentence.end)) and end <= titled.end("title") + 1:
            end = titled.end()
        if possessive := _POSSESSIVE.search(text[start:end]):
            end = start + possessive.start()
        while open_end := _OPEN_END.search(text[start:end]):
            end = start + open_end.start()
        no = _NO.search(text, max(sentence.start, start - len("not ")), end)
        start = no.start() if no and no.end() == start else start
        if not _EMPTY.issuperset(text[start:end].lower().split()):
            found[Span(start, end)] = None
    return tuple(found)


def _without_gaps(text: str, spans: Sequence[Span]) -> list[Span]:
    """Parts of one noun phrase, of which a word was left out, as one: *unpopular land [ownership] reforms*."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and _GAP.fullmatch(text, found[-1].end, span.start) and _NOUN.match(text, span.start):
            span = Span(found.pop().start, span.end)
        found.append(span)
    return found


def _whole_phrases(parties: tuple[Span, ...], phrases: Sequence[Span], trigger: Span) -> tuple[Span, ...]:
    """Parties of which a good part of a mention was found become that mention, whole; one that is longer stays so.

    Args:
        phrases: the mentions that are no pronouns, the longest first.
    """
    rest, found = list(parties), []
    for phrase in phrases:
        if not rest:
            break
        if phrase.meets(trigger):
            continue
        parts = [s for s in rest if s.meets(phrase)]
        inside = sum(min(s.end, phrase.end) - max(s.start, phrase.start) for s in parts)
        if parts and inside >= _GOOD_PART * (phrase.end - phrase.start):
            ends = (phrase, *parts)
            found.append(Span(min(s.start for s in ends), max(s.end for s in ends)))
            rest = [s for s in rest if s not in parts]
    return tuple(sorted((*found, *rest)))


def _with_somebody(text: str, event: Event) -> Event:
    """The event without parties that are a number and nothing else (*12*, *at least 20*, *one*), and, if it is not
    denied, without *nobody*."""

    def kept(parties: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            s
            for s in parties
            if not is_number(text, s) and (event.status == "denied" or not says_nobody(text, s))
        )

    return replace(event, actors=kept(event.actors), recipients=kept(event.recipients))


def _count(text: str, spans: tuple[Span, ...]) -> Count | None:
    """The first number that is told; a victim without a number counts one, several are none that can be told."""
    for span in spans:
        if count := read_count(text, whole_number(text, span)):
            return count
    return None


def _crowd(text: str, spans: tuple[Span, ...]) -> Count | None:
    """The number of a crowd; one is none."""
    count = _count(text, spans)
    return None if count is None or count.high == 1 else count
