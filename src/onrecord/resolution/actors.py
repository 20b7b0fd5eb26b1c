"""Within one report: who is meant by a source, whom a statement is about, to whom it was said.

Names are gathered into actors (*Ablyazov* is *Mukhtar Ablyazov*), pronouns go to the speaker or
person last named, descriptions to the actor whose apposition has the same words. What fits nobody
stays open: None, never a guess by default.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.analysis.statements import Statement
from onrecord.article import Span
from onrecord.resolution.names import (
    FEMALE_TITLES,
    MALE_TITLES,
    NameMention,
    find_names,
    is_organisation_name,
)

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
# Words of a description that do not tell people apart.
_EMPTY = frozenset("a an the of in for and or who is was has been be by at on to with from his her its their our my former one other new old as it that which this".split())  # fmt: skip
# How far back, in characters, a pronoun looks for a name: some five paragraphs of a wire report.
_MAX_PRONOUN_REACH = 1500


@dataclass(slots=True)
class Actor:
    """Someone whom the report names.

    Attributes:
        id: `a1`, `a2` ... in the order of first mention.
        name: the fullest name that the report prints.
        type: `person` or `organisation`, None where the report does not tell.
        mentions: where the names stand.
    """

    id: str
    name: str
    type: str | None
    aliases: list[str] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    gender: str | None = None
    description: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who is meant in one statement, by actor id."""

    source: str | None
    about: tuple[str, ...]
    addressee: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actors of a report, and who is meant in each statement (by statement id)."""

    actors: tuple[Actor, ...]
    statements: dict[str, Attributed]


def resolve_actors(text: str, statements: Sequence[Statement]) -> Resolved:
    """Find the actors of a report and who is meant in its statements."""
    actors = _gather(text, find_names(text))
    by_place = sorted((span, a) for a in actors for span in a.mentions) if actors else []
    places = [(span, a) for span, a in sorted(by_place, key=lambda p: p[0])]
    _describe(text, actors, places)
    _guess_persons(text, statements, places)
    by_id = {s.id: s for s in statements}
    sources: dict[str, Actor | None] = {}
    for statement in sorted(statements, key=lambda s: _depth(s, by_id)):
        sources[statement.id] = _source_actor(text, statement, statements, sources, actors, places)
    attributed = {
        s.id: Attributed(
            source=source.id if (source := sources[s.id]) else None,
            about=_about(s, sources[s.id], places),
            addressee=_addressee(text, s, places),
        )
        for s in statements
    }
    return Resolved(tuple(actors), attributed)


Places = list[tuple[Span, Actor]]


def _gather(text: str, mentions: list[NameMention]) -> list[Actor]:
    """Group names: a shorter one belongs to the longer one that ends or begins with its words."""
    full: list[list[str]] = []
    for mention in sorted(mentions, key=lambda m: (-len(m.name.split()), m.span)):
        words = mention.name.split()
        if not any(_is_short_for(words, other) for other in full):
            full.append(words)
    names = {" ".join(words): words for words in full}
    groups: dict[str, Actor] = {}
    for mention in mentions:
        words = mention.name.split()
        fits = [name for name, other in names.items() if words == other] or [
            name for name, other in names.items() if _is_short_for(words, other)
        ]
        name = fits[0]
        actor = groups.get(name)
        if actor is None:
            kind = "organisation" if is_organisation_name(name) else None
            actor = groups[name] = Actor(f"a{len(groups) + 1}", name, kind)
        actor.mentions.append(mention.span)
        if mention.name != actor.name and mention.name not in actor.aliases:
            actor.aliases.append(mention.name)
        if mention.title and actor.type is None:
            actor.type = "person"
        if set(mention.title) & FEMALE_TITLES:
            actor.gender = "f"
        elif set(mention.title) & MALE_TITLES:
            actor.gender = "m"
    return _join_acronyms(text, list(groups.values()))


def _is_short_for(short: list[str], full: list[str]) -> bool:
    """*Ablyazov* for *Mukhtar Ablyazov*, *New York Times* for *The New York Times*; never a first
    name alone, and never one word of a body's name."""
    if short == full:
        return True
    if len(short) >= len(full) or full[-len(short) :] != short:
        return False
    return len(short) > 1 or not is_organisation_name(" ".join(full))


def _join_acronyms(text: str, actors: list[Actor]) -> list[Actor]:
    """*Collective Security Treaty Organization (CSTO)*: the acronym names the same actor."""
    by_name = {a.name: a for a in actors}
    gone: set[str] = set()
    for actor in actors:
        for span in actor.mentions:
            follows = re.match(r"\s?\(([A-Z][A-Za-z&]{1,9})\)", text[span.end : span.end + 14])
            if (
                follows
                and (short := by_name.get(follows[1]))
                and short is not actor
                and short.name not in gone
            ):
                initials = "".join(w[0] for w in actor.name.split() if w[0].isupper())
                if initials.upper().startswith(follows[1][0].upper()):
                    actor.mentions = sorted(actor.mentions + short.mentions)
                    actor.aliases.append(short.name)
                    actor.type = actor.type or short.type
                    gone.add(short.name)
                    break
    kept = [a for a in actors if a.name not in gone]
    kept.sort(key=lambda a: a.mentions[0])
    for number, actor in enumerate(kept, 1):
        actor.id = f"a{number}"
    return kept


def _describe(text: str, actors: list[Actor], places: Places) -> None:
    """Keep the words of each actor's appositions: *X, a former banker who leads the opposition, ...*"""
    for span, actor in places:
        found = re.match(
            r",? (?:\(?\d+\)?, )?(?:an?|the|who|whose|his|her|its) ([^.;:\n“”\"]{3,140})",
            text[span.end : span.end + 160],
        )
        if found and text[span.end] == ",":
            actor.description |= _content_words(found[1])


def _content_words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[a-zà-þ][\w-]+", text.lower()) if w not in _EMPTY)


def _guess_persons(text: str, statements: Sequence[Statement], places: Places) -> None:
    """Who is followed by *he* or *she* in the same sentence, or has an age, is a person."""
    for span, actor in places:
        if actor.type is None and re.match(r", \d{2},| \(\d{2}\)|, who\b", text[span.end : span.end + 8]):
            actor.type = "person"
    for statement in statements:
        if statement.source is None:
            continue
        named = [(s, a) for s, a in places if statement.source.holds(s)]
        if named and named[0][1].type is None:
            span, actor = named[0]
            words = actor.name.split()
            alone = (
                span.start == statement.source.start
                or re.match(r"[A-Z]", statement.source.of(text)) is not None
            )
            if alone and 2 <= len(words) <= 4 and not is_organisation_name(actor.name) and actor.aliases:
                actor.type = "person"


def _depth(statement: Statement, by_id: dict[str, Statement]) -> tuple[int, int]:
    depth, at = 0, statement
    while at.within is not None:
        at = by_id[at.within]
        depth += 1
    return depth, statement.content[0].start


def _source_actor(
    text: str,
    statement: Statement,
    statements: Sequence[Statement],
    sources: dict[str, Actor | None],
    actors: list[Actor],
    places: Places,
) -> Actor | None:
    source = statement.source
    if source is None:
        return None
    word = source.of(text).lower().strip(" ,")
    if word in _SPEAKER:
        return sources.get(statement.within) if statement.within else None
    if word in _HE or word in _SHE:
        return _pronoun(text, "m" if word in _HE else "f", statement, statements, sources, places)
    if word in _RELATIVE:
        before = [(s, a) for s, a in places if s.end <= source.start and source.start - s.end <= 60]
        return before[-1][1] if before else None
    named = [(s, a) for s, a in places if source.holds(s)]
    if named:
        return _head(text, source, named)
    words = _content_words(word)
    fits = [a for a in actors if words and words <= a.description]
    return fits[0] if len(fits) == 1 else None


def _head(text: str, source: Span, named: Places) -> Actor | None:
    """The actor that a source phrase names, not one that merely stands in it: *Ana Reyes, head of
    Orpel*, *the Orpel spokesman Tom Li*; for *a spokesman for Orpel* there is none named."""
    first, actor = named[0]
    lead = text[source.start : first.start].lower()
    if re.search(r"\b(?:of|for|from|at|in|with|by|to|against|near)\s+(?:the\s+)?$", lead):
        return None
    after = text[first.end : first.end + 2]
    if after in ("'s", "’s") or re.match(r"['’]\s", after):
        return None
    rest = text[first.end : source.end]
    if re.match(r"\s+[a-z]", rest) and not re.match(r"\s+(?:of|and|or|in|who|for|at|from)\b", rest):
        later = [(s, a) for s, a in named[1:] if text[source.start : s.start].count(",") == 0]
        return later[-1][1] if later and later[-1][0].end >= source.end - 1 else None
    return actor


def _pronoun(
    text: str,
    gender: str,
    statement: Statement,
    statements: Sequence[Statement],
    sources: dict[str, Actor | None],
    places: Places,
) -> Actor | None:
    """The person last named as a speaker or subject before a pronoun, gender permitting."""
    assert statement.source is not None
    at = statement.source.start
    inside = _quoted_content(statements)
    candidates: list[tuple[int, Actor]] = []
    for other in statements:
        actor = sources.get(other.id)
        if other.source and actor and other.source.end <= at and other.within == statement.within:
            candidates.append((other.source.end, actor))
    for span, actor in places:
        if (
            span.end <= at
            and actor.type == "person"
            and _is_subject(text, span)
            and not any(c.holds(span) for c in inside)
        ):
            candidates.append((span.end, actor))
    fits = [
        (end, a)
        for end, a in candidates
        if a.type != "organisation" and a.gender in (None, gender) and at - end <= _MAX_PRONOUN_REACH
    ]
    if not fits:
        return None
    actor = max(fits, key=lambda f: f[0])[1]
    actor.gender = actor.gender or gender
    actor.type = actor.type or "person"
    return actor


def _quoted_content(statements: Sequence[Statement]) -> list[Span]:
    return [c for s in statements if s.quotation == "direct" for c in s.content]


def _is_subject(text: str, span: Span) -> bool:
    """Does the name begin its sentence or paragraph, titles aside?"""
    before = text[max(0, span.start - 40) : span.start]
    sentence = re.split(r"[.!?]['’\"”]?\s+|\n", before)[-1]
    return all(w[:1].isupper() or w in ("and", "the") for w in sentence.split())


def _about(statement: Statement, source: Actor | None, places: Places) -> tuple[str, ...]:
    found = [a.id for s, a in places if a is not source and any(c.holds(s) for c in statement.content)]
    return tuple(dict.fromkeys(found))


def _addressee(text: str, statement: Statement, places: Places) -> str | None:
    """*told Reuters*: the name that follows a verb of telling within the cue or right after it."""
    if statement.cue is None:
        return None
    reach = Span(statement.cue.start, statement.cue.end + 40)
    for span, actor in places:
        if reach.start < span.start < reach.end:
            between = text[reach.start : span.start]
            if re.fullmatch(
                r"(?:\w+ ){0,3}(?:told|asked|urged|informed|warned|reminded|assured)\s+(?:the\s+)?(?:[a-z]+ ){0,3}",
                between,
            ):
                return actor.id
    return None
