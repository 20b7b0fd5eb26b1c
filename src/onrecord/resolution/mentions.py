"""Mentions: the spans of a report that name an actor, a place or a people, or point at one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass

from onrecord.analysis.mention_labels import MentionForm, MentionType
from onrecord.analysis.mentions import FoundMention
from onrecord.analysis.names import Name
from onrecord.analysis.statements import Statement
from onrecord.article import Span
from onrecord.resolution.gathering import Actor
from onrecord.resolution.identities import Identified
from onrecord.resolution.places import ResolvedPlaces

_PRONOUN = re.compile(
    r"(?:i|me|myself|we|us|ourselves|you|he|him|himself|she|her|herself|it|itself|they|them|themselves"
    r"|who|whom|which|that|this|these|those|others|some|many|one)",
    re.IGNORECASE,
)
_THE, _THES = "the ", ("the ", "The ", "THE ")
_MARKS = " ,.:;“”\"'’‘\u00a0"


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an actor, a place or a people stands.

    Attributes:
        type: None for a pronoun or description of which it is not known what it points at.
        actor: id of the actor meant, None where it is not known, or is none.
    """

    span: Span
    type: MentionType | None
    form: MentionForm
    actor: str | None


def find_mentions(
    text: str,
    names: Sequence[Name],
    found: Sequence[FoundMention],
    statements: Sequence[Statement],
    identified: Identified,
    places: ResolvedPlaces,
) -> list[Mention]:
    """Every name, description and pronoun of an actor, a place or a people, in the order of the text.

    Args:
        names, found: what the heads for names and for mentions found.
    """
    political = {span for p in places.places if p.entry.is_gpe for span in p.mentions}
    political |= {g.span for g in places.governments}
    mentions = _names(names, identified, political)
    by_id = {identity.actor.id: identity.actor for identity in identified.actors}
    named = {m.span for m in mentions}
    spans = sorted(named)
    starts = [span.start for span in spans]
    for mention in found:
        if mention.label == "OTHER":
            continue
        form = _form_of(text, mention, spans, starts)
        # Names are better told by the head that learned them on more text.
        if form == "name":
            continue
        at, end = mention.span.start, mention.span.end
        if text.startswith(_THES, at) and Span(at + len(_THE), end) in named:
            continue
        actor = identified.mentions.get(mention.span)
        type = _type_of_actor(by_id[actor], political) if actor else None
        mentions.append(Mention(mention.span, type or mention.label, form, actor))
    taken = {m.span for m in mentions}
    for statement in statements:
        source = statement.source
        if source is None or source in taken or _holds_any(source, spans, starts):
            continue
        word = source.of(text).strip(_MARKS)
        form = "pronoun" if _PRONOUN.fullmatch(word) else "description"
        meant = identified.statements[statement.id].source
        mentions.append(
            Mention(source, _type_of_actor(by_id[meant], political) if meant else None, form, meant)
        )
    return sorted(dict.fromkeys(mentions), key=lambda m: (m.span.start, -m.span.end, m.form))


def _names(names: Sequence[Name], identified: Identified, political: Set[Span]) -> list[Mention]:
    """The names that were found, and those by which actors are known to go besides."""
    actors = [identity.actor for identity in identified.actors]
    by_place = {span: actor for actor in actors for span in actor.mentions}
    mentions = [
        Mention(n.span, _type_of_actor(actor, political) or _type_of(n, political), "name", actor.id)
        if (actor := by_place.get(n.span))
        else Mention(n.span, _type_of(n, political), "name", None)
        for n in names
        if n.label != "MISC"
    ]
    named = {n.span for n in names}
    mentions += [
        Mention(span, _type_of_actor(actor, political), "name", actor.id)
        for span, actor in by_place.items()
        if span not in named
    ]
    return mentions


def _form_of(text: str, mention: FoundMention, names: list[Span], starts: list[int]) -> MentionForm:
    """A name with a title or an apposition is a description with the name in it."""
    if mention.form != "name":
        return mention.form
    at = bisect_left(starts, mention.span.start)
    inner = names[at] if at < len(names) and names[at].end <= mention.span.end else mention.span
    longer = inner != mention.span
    return "description" if longer or not mention.span.of(text)[:1].isupper() else "name"


def _holds_any(span: Span, others: list[Span], starts: list[int]) -> bool:
    """Does a span hold one of others, which are in order and do not overlap?"""
    at = bisect_left(starts, span.start)
    return at < len(others) and others[at].end <= span.end


def _type_of(name: Name, political: Set[Span]) -> MentionType:
    if name.label == "LOC":
        return "GPE" if name.span in political else "LOC"
    if name.label in ("PER", "ORG", "NORP"):
        return name.label
    return "LOC"


def _type_of_actor(actor: Actor, political: Set[Span]) -> MentionType | None:
    if actor.is_place:
        return "GPE" if not political.isdisjoint(actor.mentions) else "LOC"
    if actor.type == "person":
        return "PER"
    return "ORG" if actor.type == "organisation" else None
