"""Chains of mentions -> the actors of a report: whom a pronoun or a description points back at.

Coreference says which mentions mean the same one; a chain is of the actor that most of its named mentions name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from onrecord.analysis.mentions import FoundMention
from onrecord.article import Span
from onrecord.resolution.gathering import Actor, Placed

# The share of a chain's named mentions that its actor must have.
_LEAST_SHARE = 0.5
Head = Callable[[Span, list[tuple[Span, Actor]]], Actor | None]


class ChainActors:
    """The actor of each mention, as its chain tells."""

    def __init__(self, mentions: Sequence[FoundMention], places: Placed, head: Head) -> None:
        """`head` gives the actor that a phrase names, of the names that stand in it."""
        named: dict[int, Counter[str]] = defaultdict(Counter)
        by_id: dict[str, Actor] = {}
        for mention in mentions:
            within = places.within(mention.span) if mention.form != "pronoun" else []
            actor = head(mention.span, within) if within else None
            if actor:
                by_id[actor.id] = actor
                named[mention.chain][actor.id] += 1
        self._mentions = mentions
        self._places = places
        self._starts = [m.span.start for m in mentions]
        self._by_chain: dict[int, Actor] = {}
        for chain, counts in named.items():
            (id, most), *_ = counts.most_common(1)
            if most > _LEAST_SHARE * counts.total() or len(counts) == 1:
                self._by_chain[chain] = by_id[id]

    def of(self, mention: FoundMention) -> Actor | None:
        """Whom a mention means; None if its chain names nobody, or several, or somebody of another kind."""
        actor = self._by_chain.get(mention.chain)
        return actor if actor and _fits(mention, actor) and not self._names_others(mention, actor) else None

    def _names_others(self, mention: FoundMention, actor: Actor) -> bool:
        """*Reyes's absence* is not Brandt, nor *both Reyes and Brandt* one of them."""
        named = {a.id for _, a in self._places.within(mention.span) if a.type == "person"}
        return actor.type == "person" and bool(named) and named != {actor.id}

    def at(self, span: Span) -> Actor | None:
        """Whom the mention with these characters means, blanks and marks at its ends aside.

        None if there is no such mention, or it is not known whom it means.
        """
        mention = self._mention_at(span)
        return self.of(mention) if mention else None

    def _mention_at(self, span: Span) -> FoundMention | None:
        """The mention that shares most with a span, and at least three quarters of what both have."""
        best, share = None, 0.75
        first = bisect_left(self._starts, span.start - 3)
        for mention in self._mentions[first : bisect_left(self._starts, span.end)]:
            both = min(mention.span.end, span.end) - max(mention.span.start, span.start)
            either = max(mention.span.end, span.end) - min(mention.span.start, span.start)
            if both >= share * either:
                best, share = mention, both / either
        return best


def _fits(mention: FoundMention, actor: Actor) -> bool:
    """Can the mention, by its class, mean the actor? A group (*residents*, *they*) is not the one that is named."""
    if mention.label == "PER":
        return not actor.is_body and not actor.is_place
    if mention.label in ("ORG", "GPE", "LOC"):
        return actor.type != "person"
    return False
