"""The days of an event: those of the words that the head took for its date, else of the one time that its clause tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.analysis.events import Event
from onrecord.article import Span
from onrecord.resolution.dates import ResolvedTime

# What tells days; a duration or *every Monday* tells none.
_DAYS: Final = ("date", "time", "range")
# Between two of these stands one clause: *he fled* | *after police* ..., *Rebels fired*, | *the army said*.
_BORDER: Final = re.compile(
    r"[;:,(){}“”\"—–\n]|\s-\s|\b(?:and|but|or|while|whereas|where|when|whose|who|whom|which|that|because|although|though|if|unless|after|before|as|so|than|until|till)\s"
)
_PREPOSITION: Final = re.compile(r"\b(?:on|in|during|at|around|about|early|late|back)\s+$", re.I)
# Words for days that stand without a preposition: *shot a farmer yesterday*, *arrested ten Monday*.
_ADVERB: Final = re.compile(
    r"(?:yesterday|today|tonight|tomorrow|(?:last|this|next|earlier|later|since|from|between)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|.*\b(?:ago|earlier|later|before)$)",
    re.I | re.S,
)
# *the 2017 law*, *a Friday prayer*, *3 and 5 May*: the time is part of a name, or of more time.
_PART_OF_MORE: Final = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|our|of|for|by|after|before|until|till|between|and|or|to|from|since|every|each|black|good)|['’]s|[-–/\d])\s*$",
    re.I,
)
# What may follow a time that says when: the end, a mark, or a word that begins another phrase.
_FREE_AFTER: Final = re.compile(
    r"\s*(?:$|[.,;:!?)(”\"—–\n]|(?:in|at|near|by|for|after|before|with|on|to|from|as|when|while|over|against|during|outside|inside|under|and|but|or|who|which|that|because|following|amid|despite|without|about|of|until|he|she|it|they|we|there)\b)",
    re.I,
)
_OWNER: Final = re.compile(r"['’]s?\b|-\w")


@dataclass(frozen=True, slots=True)
class EventDays:
    """Dates the events of one report.

    Attributes:
        text: the report's.
        events: all of it; what one tells of its days is no other's.
        times: in the order of the text.
        said: cues of statements, each with the time at which it was said, which is not that of what is told there.
    """

    text: str
    events: Sequence[Event]
    times: Sequence[ResolvedTime]
    said: Sequence[tuple[Span, Span]]

    def date(self, event: Event) -> ResolvedTime | None:
        """When the event was; None where the text does not tell, without days where they are not understood."""
        return self._of_words(event.dates) if event.dates else self._of_clause(event)

    def _of_words(self, spans: Sequence[Span]) -> ResolvedTime:
        """The time expression that shares most with the words, or the open or closed range of which it is an end."""
        shared = {
            n: min(s.end, t.span.end) - max(s.start, t.span.start)
            for n, t in enumerate(self.times)
            for s in spans
            if t.kind in ("date", "time") and s.meets(t.span)
        }
        shared |= {
            n: 0
            for n, t in enumerate(self.times)
            if t.kind == "range" and any(s.meets(t.span) for s in spans)
        }
        if not shared:
            return ResolvedTime(spans[0], "date", None, None, None)
        best = self.times[
            max(
                shared,
                key=lambda n: (
                    self.times[n].first is not None,
                    self.times[n].kind != "range",
                    shared[n],
                    -n,
                ),
            )
        ]
        around = [t for t in self.times if _is_range(t) and t.span.holds(best.span)]
        return around[0] if around else best

    def _of_clause(self, event: Event) -> ResolvedTime | None:
        """The only time of the clause that tells the event, if it says when and not which: *in 2017*, not *the 2017
        law*."""
        found = [
            t
            for t in self.times
            if t.kind in _DAYS and event.sentence.holds(t.span) and self._is_in_clause(t, event)
        ]
        outer = [t for t in found if not any(o.span != t.span and o.span.holds(t.span) for o in found)]
        if len(outer) != 1 or outer[0].first is None:
            return None
        (only,) = outer
        taken = any(only.span.meets(time) and not cue.meets(event.trigger) for cue, time in self.said)
        taken |= any(only.span.meets(s) for e in self.events if e.trigger != event.trigger for s in e.dates)
        return None if taken or not self._says_when(only, event) else only

    def _is_in_clause(self, time: ResolvedTime, event: Event) -> bool:
        """Does neither another event nor the border of a clause stand between a time and the words for the event?"""
        trigger = event.trigger
        if time.span.meets(trigger):
            return False
        if time.span.end <= trigger.start:
            between = Span(time.span.end, trigger.start)
            # *On Friday, police ...*: the comma behind what opens the sentence.
            if self._opens(time, event) and self.text[between.start : between.end].startswith(","):
                between = Span(between.start + 1, between.end)
        else:
            between = Span(trigger.end, time.span.start)
        if any(e.trigger != trigger and between.holds(e.trigger) for e in self.events):
            return False
        return not _BORDER.search(self.text[between.start : between.end])

    def _opens(self, time: ResolvedTime, event: Event) -> bool:
        lead = self.text[event.sentence.start : time.span.start].strip(" “\"'‘")
        return not lead or _PREPOSITION.fullmatch(lead + " ") is not None

    def _says_when(self, time: ResolvedTime, event: Event) -> bool:
        before = self.text[max(event.sentence.start, time.span.start - 30) : time.span.start]
        after = self.text[time.span.end : event.sentence.end]
        if _OWNER.match(after):
            return False
        opens = self._opens(time, event)
        if not opens and _PART_OF_MORE.search(before):
            return False
        if time.span.end > event.trigger.start and not _FREE_AFTER.match(after):
            return False
        words = time.span.of(self.text)
        return bool(
            time.kind == "range"
            or _PREPOSITION.search(before)
            or _ADVERB.match(words)
            or (opens and not before.strip())
        )


def _is_range(time: ResolvedTime) -> bool:
    return time.kind == "range" and time.first is not None
