"""Within one report: who is meant by a source, whom a statement is about, to whom it was said.

Names are gathered into actors (*Ablyazov* is *Mukhtar Ablyazov*), pronouns go to the speaker or
person last named, descriptions to the one actor whose title or apposition has the same words.
What fits nobody, or two alike, stays open: None, never a guess by default.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.analysis.mentions import FoundMention
from onrecord.analysis.statements import Statement
from onrecord.article import Entry, Span
from onrecord.resolution.chains import ChainActors
from onrecord.resolution.descriptions import Descriptions, describe
from onrecord.resolution.gathering import Actor, Placed, gather
from onrecord.resolution.names import NameMention

__all__ = ["Actor", "Attributed", "Resolved", "resolve_actors"]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves", "each other", "one another"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
# In a letter these are who signed it; *we* may be anybody with them.
_SIGNER = frozenset({"i", "me", "my", "mine", "myself"})
# In a letter these are its readers.
_YOU = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
# How far back, in characters, a pronoun looks for a name: some five paragraphs of a wire report.
_MAX_PRONOUN_REACH = 1500
# *It* goes to the body that spoke just before, or to nobody.
_MAX_IT_REACH = 400
# Behind one of these a name stands in a phrase without being its head: *a spokesman for Orpel*.
_PREPOSITION = re.compile(
    r"\b(?:of|for|from|at|in|with|by|to|against|near|on|about|inside|within|outside|under|behind|like|including|than|as|over|among|between)\s+"
    r"(?:(?:the|a|an|his|her|its|their|both|then|former|president|prime|minister|mr\.?|mrs\.?|ms\.?)\s+)*$"
)
# Many who are of somebody, and never that one: *forces of General Orpel*, *supporters loyal to Orpel*.
_FOLLOWERS = re.compile(
    r"\s*(?:(?!(?:of|for|in|at|from|to|by|with)\b)[\w’'-]+\s+){0,4}?(?:forces?|troops|soldiers|army|armies|fighters|gunmen|militants|militias?|militiamen|rebels|insurgents|guerrillas|units?|brigades?|battalions?|guards?|bodyguards|mercenaries"
    r"|men|women|supporters|backers|followers|loyalists|fans|voters|allies|opponents|critics|rivals|relatives|aides|lawyers|associates|colleagues|friends)\s+"
    r"(?:(?:loyal|faithful|close|linked|opposed|friendly|allied|aligned|commanded|led|headed|directed|backed|trained|hired|sent)\s+)?"
    r"(?:of|to|for|under|behind|by|with|from|around|against|supporting|opposing|backing)\s",
)
_CLAUSE = re.compile(r"\b(?:who|that|which|whose|whom)\b|\w\s+\w+ing\s+$")
_LOCATIVE = re.compile(r"\b(?:in|at|near|across|outside|around|from|inside|through|into)\s+(?:the\s+)?$")
_TELLING = re.compile(
    r"\b(?:told|tells|telling|tell|asked|asks|asking|urged|urges|urging|informed|informs|warned|warns|warning"
    r"|reminded|reminds|assured|assures|assuring|called\s+on|calls\s+on|calling\s+on"
    r"|said\s+to|says\s+to|wrote\s+to|spoke\s+to|speaking\s+to|speaking\s+with|interview\s+with|interview\s+to|statement\s+to|emailed|replied\s+to)\s+"
)
_APPOSED = re.compile(r",\s+(?:the\s+)?$")
_JOINED = re.compile(r"\b(?:and|or)\b")
_JOINING = re.compile(r"[\s,]*(?:and|or|&)\s+(?:the\s+)?")
# What follows a name that tells whose something is: *Orpel's spokesman*, *Orpel-based*.
_OWNS = re.compile(r"['’]s?\s+\S|[/–-]\w")
# *Orpel spokesman*, but not *Orpel of the union*.
_GOES_ON = re.compile(r"[\s\u00a0]+[a-z“A-Z]")
_ENDS_NAME = re.compile(r"[\s\u00a0]+(?:(?:of|and|or|in|who|for|at|from|himself|herself|itself)\b|\()")
_PASSIVE = re.compile(r"\b(?:was|were|been|is|are|be|being)\s+$")
_CLAUSE_START = re.compile(
    r"[.!?:]['’\"”]?\s+|\n|[,;] |—|\b(?:when|while|as|that|but|because|after|before|if|where|since|although|though|and)\s"
)
_GENITIVE = re.compile(r"['’]s?\b")
_OPENING = re.compile(r"(?:The|His|Her|Its|the|his|her)\s(?:\S+\s){1,5}")
_NO_OPENING = re.compile(r"\b(?:of|for|from|at|in|with|by|to|against|about|on|was|is|has|had)\s")
_AND = re.compile(r"(?:['’]s)?,?\s+(?:and|&)\s+(?:the\s+)?")
_PHRASE_END = re.compile(r"[,.;:“”\"\n(–—]|\s-\s|\b(?:that|to|about|on|in|during|how|why|what|whether|if|not|at|after|before|when|while|as|is|was|he|she|they|it|there)\b")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who is meant in one statement, by actor id."""

    source: str | None
    about: tuple[str, ...]
    addressee: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actors of a report, who is meant in each statement (by statement id), by each mention, and by each other
    phrase that was asked for (by their spans)."""

    actors: tuple[Actor, ...]
    statements: dict[str, Attributed]
    mentions: dict[Span, str] = field(default_factory=dict)
    phrases: dict[Span, str] = field(default_factory=dict)


def resolve_actors(
    text: str,
    statements: Sequence[Statement],
    names: Sequence[NameMention],
    mentions: Sequence[FoundMention] = (),
    phrases: Iterable[Span] = (),
    letters: Sequence[Entry] = (),
) -> Resolved:
    """Find the actors of a report and who is meant in its statements.

    Args:
        names: the report's names, in its order.
        mentions: what the network takes for mentions, in the order of the text, with their chains.
        phrases: other words that mean somebody, as the parties of events do.
        letters: that the text consists of, in its order: *I* in each is who signed it, and *he* and *she* are of that letter.
    """
    gathered = gather(text, names, [s.source for s in statements if s.source])
    descriptions = describe(text, gathered.actors, gathered.places)
    reading = _Reading(
        text, statements, gathered.places, descriptions, _by_name(gathered.actors), mentions, letters
    )
    by_id = {s.id: s for s in statements}
    # Outer statements first, then in the order of their sources: a pronoun looks back.
    order = sorted(statements, key=lambda s: (_depth(s, by_id), (s.source or s.content[0]).start))
    for statement in order:
        reading.resolve(statement, by_id)
    attributed = {
        s.id: Attributed(
            source=source.id if (source := reading.sources[s.id]) else None,
            about=reading.about(s),
            addressee=reading.addressee(s),
        )
        for s in statements
    }
    pointing = {m.span: actor.id for m in mentions if (actor := reading.pointed_at(m))}
    meant = {span: actor.id for span in sorted(set(phrases)) if (actor := reading.meant_by(span))}
    return Resolved(tuple(gathered.actors), attributed, pointing, meant)


def _ends_description(actor: Actor, lead: str, rest: str) -> bool:
    """*The governor of the province, Tomas Adeyrin,*: is the name at the end of a description whom it
    describes? A name of unknown type must be a full one and come last."""
    if actor.type == "person":
        return True
    full = actor.type is None and not actor.is_place and len(actor.name.split()) > 1
    return (
        full and not rest.strip(" ,\u00a0") and re.match(r"(?:the|an?|his|her|its|their)\s", lead) is not None
    )


def _by_name(actors: Sequence[Actor]) -> dict[str, Actor]:
    """Actors by each of their names that no other bears, folded."""
    bearers: dict[str, list[Actor]] = {}
    for actor in actors:
        for name in {_bare(n) for n in (actor.name, *actor.aliases)}:
            bearers.setdefault(name, []).append(actor)
    return {name: found[0] for name, found in bearers.items() if len(found) == 1}


def _bare(phrase: str) -> str:
    return " ".join(phrase.split()).strip(" ,.:;“”\"'’‘").lower().removeprefix("the ")


def _depth(statement: Statement, by_id: dict[str, Statement]) -> int:
    depth, at = 0, statement
    while at.within is not None and depth <= len(by_id):  # a circle ends too
        at = by_id[at.within]
        depth += 1
    return depth


@dataclass(slots=True)
class _Reading:
    """One report while it is read; `places` has every name's span and actor in the text's order."""

    text: str
    statements: Sequence[Statement]
    places: Placed
    descriptions: Descriptions
    # Folded names that only one actor bears.
    names: dict[str, Actor]
    mentions: Sequence[FoundMention]
    letters: Sequence[Entry] = ()
    chains: ChainActors = field(init=False)
    # Who signed each letter; None if nobody, several, or nobody known.
    _signers: list[Actor | None] = field(default_factory=list)
    sources: dict[str, Actor | None] = field(default_factory=dict)
    _of_source: dict[Span, Actor] = field(default_factory=dict)
    # (end, actor) of sources and of persons that begin a sentence, in the order of their ends.
    _spoken: list[tuple[int, Actor]] = field(default_factory=list)
    _subjects: list[tuple[int, Actor]] = field(default_factory=list)
    # Those subjects of which the reporter tells: in *X said that Y fled. He ...* he is X.
    _told: list[tuple[int, Actor]] = field(default_factory=list)
    _person_mentions: list[tuple[int, Actor]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chains = ChainActors(self.mentions, self.places, self.head)
        self._signers = [self._signer_of(letter) for letter in self.letters]
        said = _merged([c for s in self.statements if s.source for c in s.content])
        for span, actor in self.places.entries:
            if actor.is_body or actor.is_place:
                continue
            if actor.type == "person":
                self._person_mentions.append((span.end, actor))
                if _is_subject(self.text, span):
                    self._subjects.append((span.end, actor))
                    if not _covers(said, span.start):
                        self._told.append((span.end, actor))

    def resolve(self, statement: Statement, by_id: dict[str, Statement]) -> None:
        """Say who is meant by the source of one statement; outer and earlier ones come first."""
        actor = self._source(statement, by_id) if statement.source else None
        self.sources[statement.id] = actor
        if statement.source and actor:
            self._of_source[statement.source] = actor
        # Who says *I* in a letter is no *he* of it.
        if (
            statement.source
            and actor
            and statement.within is None
            and not self._signs(statement.source, actor)
        ):
            self._spoken.append((statement.source.end, actor))

    def _source(self, statement: Statement, by_id: dict[str, Statement]) -> Actor | None:
        assert statement.source is not None
        source = statement.source
        outer = by_id[statement.within] if statement.within else None
        word = source.of(self.text).lower().strip(" ,.:;“”\"'’‘\u00a0")
        if word in _SPEAKER:
            if outer and outer.quotation != "indirect":
                return self.sources.get(outer.id)
            return self._first_person(source, word)
        if word in _HE or word in _SHE:
            gender = "m" if word in _HE else "f"
            pointed = self._pointed(source)
            if pointed and not _may_be(pointed, gender):
                pointed = None
            # Who speaks is told best by who spoke before (*Li said he had asked*); whom a speaker means in
            # their own words, by the chain.
            if outer and outer.quotation != "indirect":
                actor = pointed or self._nested(source, gender, outer)
            elif outer:
                actor = self._nested(source, gender, outer) or pointed
            else:
                actor = self._pronoun(source.start, gender) or pointed
            if actor:
                actor.gender = actor.gender or gender
                actor.type = actor.type or "person"
            return actor
        if word in _IT:
            actor = self._pointed(source)
            if actor and actor.type != "person":
                return actor
            return self._body_before(source.start) if outer is None else None
        if word in _RELATIVE:
            return self._antecedent(source.start, word) or self._pointed(source)
        return self._named_or_described(source)

    def _named_or_described(self, phrase: Span) -> Actor | None:
        named = self.places.within(phrase)
        if named and (actor := self.head(phrase, named)):
            return actor
        # A name that is found elsewhere in the report and was overlooked here.
        if not named and (actor := self.names.get(_bare(phrase.of(self.text)))):
            return actor
        # *the Indiana governor* names a place and describes a person.
        return self.descriptions.read(self.text, phrase) or self._unless_early(phrase, self.chains.at(phrase))

    def _unless_early(self, phrase: Span, actor: Actor | None) -> Actor | None:
        """The person whom the chain of a description means; nobody where it stands before the first name, as *the rebel
        spokesman* does before *Colonel Orpel*, and the report does not call that person so."""
        if actor is None or actor.type != "person" or phrase.end > actor.mentions[0].start:
            return actor
        return actor if self.descriptions.may_be(self.text, phrase, actor) else None

    def meant_by(self, phrase: Span) -> Actor | None:
        """Whom words mean that are no source, once all sources are read."""
        if phrase in self._of_source:
            return self._of_source[phrase]
        word = phrase.of(self.text).lower().strip(" ,.:;“”\"'’‘\u00a0")
        if word in _SPEAKER:
            quoting = self._quoting(phrase)
            return self.sources[quoting.id] if quoting else self._first_person(phrase, word)
        if word in _HE or word in _SHE:
            gender = "m" if word in _HE else "f"
            pointed = self._pointed(phrase)
            return pointed if pointed and _may_be(pointed, gender) else self._pronoun(phrase.start, gender)
        if word in _IT or word in _THEY:
            return self._pointed(phrase)
        return self._named_or_described(phrase)

    def _first_person(self, span: Span, word: str) -> Actor | None:
        """Who says *I* or *we* outside quotations: in a letter *I* is its signer, else whom the chain means."""
        if word in _SIGNER and (number := self._letter_at(span.start)) is not None:
            return self._signers[number]
        return self.chains.at(span)

    def _pointed(self, span: Span) -> Actor | None:
        """Whom the chain of a pronoun means."""
        actor = self.chains.at(span)
        return actor if actor and self._is_of_letter(span.start, actor) else None

    def _letter_at(self, at: int) -> int | None:
        """The number of the letter that an offset stands in."""
        number = bisect_right(self.letters, at, key=lambda letter: letter.span.start) - 1
        return number if number >= 0 and at < self.letters[number].span.end else None

    def _signer_of(self, letter: Entry) -> Actor | None:
        """The one person who signed a letter, if the name in its signature is one of the report's."""
        if letter.byline is None or len(letter.byline) != 1:
            return None
        (name,) = letter.byline
        at = self.text.rfind(name, letter.span.start, letter.span.end)
        if at < 0:
            return None
        signed = Span(at, at + len(name))
        line = Span(letter.span.start, letter.span.end)
        named = {a.id: a for s, a in self.places.within(line) if s.meets(signed)}
        if len(named) != 1:
            return None
        (actor,) = named.values()
        # Names in capitals are often taken for those of bodies.
        actor.type = "person"
        return None if actor.is_place else actor

    def _signs(self, span: Span, actor: Actor) -> bool:
        """Did somebody sign the letter that a source stands in?"""
        number = self._letter_at(span.start)
        return number is not None and self._signers[number] is actor

    def _is_of_letter(self, at: int, actor: Actor) -> bool:
        """May a pronoun in a letter mean somebody: named in it, and not its signer? Elsewhere it may mean anybody."""
        number = self._letter_at(at)
        if number is None:
            return True
        letter = self.letters[number].span
        return self._signers[number] is not actor and any(letter.holds(name) for name in actor.mentions)

    def _antecedent(self, at: int, word: str) -> Actor | None:
        """*Li, who* and *Orpel, which*: the name right before, or nobody."""
        before = self.places.last_before(at)
        if before is None or self.text[before[0].end : at].strip(" ,—–-\u00a0"):
            return None
        actor = before[1]
        if (word in ("who", "whom") and actor.is_body) or (word == "which" and actor.type == "person"):
            return None
        return actor

    def _pronoun(self, at: int, gender: str) -> Actor | None:
        """The person last named as a speaker or subject before a pronoun, gender permitting."""
        if (number := self._letter_at(at)) is not None:
            begin = self.letters[number].span.start
            return self._pronoun_of_letter(at, gender, begin)
        spoken = _latest(self._spoken, at, gender)
        subject = _latest(self._told, at, gender)
        found = [f for f in (spoken, subject) if f]
        if found:
            return max(found, key=lambda f: f[0])[1]
        subject = _latest(self._subjects, at, gender)
        if subject:
            return subject[1]
        # A speaker by one name that may be a surname, where no known person is in reach.
        unknown = [
            a
            for _, a in self._reach(self._spoken, at)
            if a.type is None and not a.is_place and a.gender in (None, gender)
        ]
        return unknown[-1] if unknown else None

    def _pronoun_of_letter(self, at: int, gender: str, begin: int) -> Actor | None:
        """The person last named as a speaker or subject before a pronoun of a letter that begins at an offset."""
        for found in ([*self._spoken, *self._told], self._subjects):
            near = [
                f
                for f in found
                if begin < f[0] <= at and _may_be(f[1], gender) and self._is_of_letter(at, f[1])
            ]
            if near:
                return max(near, key=lambda f: f[0])[1]
        return None

    def _nested(self, source: Span, gender: str, outer: Statement) -> Actor | None:
        """A pronoun in somebody's words: a person named in them; their speaker only where the
        words are reported, for in quotation marks a speaker is *I*."""
        start = min(c.start for c in outer.content)
        speaker = self.sources.get(outer.id)
        named = [
            f
            for f in self._reach(self._person_mentions, source.start)
            if f[0] > start and _may_be(f[1], gender) and f[1] is not speaker
        ]
        subjects = [f for f in self._reach(self._subjects, source.start) if f in named]
        if subjects:
            return subjects[-1][1]
        if outer.quotation == "direct":
            return named[-1][1] if named else None
        if speaker:
            return speaker if _may_be(speaker, gender) else None
        return named[-1][1] if named else self._pronoun(source.start, gender)

    def _reach(self, found: list[tuple[int, Actor]], at: int) -> list[tuple[int, Actor]]:
        return found[
            bisect_left(found, at - _MAX_PRONOUN_REACH, key=lambda f: f[0]) : bisect_right(
                found, at, key=lambda f: f[0]
            )
        ]

    def _body_before(self, at: int) -> Actor | None:
        spoken = self._reach(self._spoken, at)
        if (
            spoken
            and at - spoken[-1][0] <= _MAX_IT_REACH
            and (spoken[-1][1].is_body or spoken[-1][1].is_place)
        ):
            return spoken[-1][1]
        return None

    def head(self, phrase: Span, named: list[tuple[Span, Actor]]) -> Actor | None:
        """The actor that a phrase names, not one that merely stands in it: *Ana Reyes, head of
        Orpel*, *the Orpel spokesman Tom Li*; for *a spokesman for Orpel* there is none named."""
        aside: int | None = None  # where the last name ended that a preposition governs
        for number, (span, actor) in enumerate(named):
            lead = self.text[phrase.start : span.start].lower()
            if lead and _FOLLOWERS.match(lead):
                return None
            rest = self.text[span.end : phrase.end]
            apposed = "," in lead and _APPOSED.search(lead) is not None
            if apposed and (not _ends_description(actor, lead, rest) or _JOINED.search(lead)):
                return None
            joined = aside is not None and _JOINING.fullmatch(self.text, aside, span.start)
            if joined or (lead and not apposed and (_PREPOSITION.search(lead) or _CLAUSE.search(lead))):
                aside = span.end
                continue
            if rest and _OWNS.match(rest):
                continue
            if rest and _GOES_ON.match(rest) and not _ENDS_NAME.match(rest):
                # *Orpel spokesman*: the name tells whose; a later one may be the head.
                if number + 1 < len(named) and "," not in self.text[span.end : named[number + 1][0].start]:
                    continue
                return None
            return None if self._names_several(named[number:]) else actor
        return None

    def _names_several(self, named: list[tuple[Span, Actor]]) -> bool:
        """*France and Germany*, *Reyes, Li and Brandt*: who is meant is not the first alone."""
        for (before, first), (after, second) in pairwise(named):
            between = self.text[before.end : after.start]
            if first is not second and _AND.fullmatch(between):
                return True
            if between != ", ":
                return False
        return False

    def pointed_at(self, mention: FoundMention) -> Actor | None:
        """Whom a mention means, once all sources are read: a source as its statement has it, *I* and *we* in a quotation
        its speaker, and others as their chain tells."""
        if mention.span in self._of_source:
            return self._of_source[mention.span]
        if mention.form == "pronoun" and mention.span.of(self.text).lower() in _SPEAKER:
            quoting = self._quoting(mention.span)
            if quoting:
                return self.sources[quoting.id]
            if mention.span.of(self.text).lower() in _SIGNER:
                return self._first_person(mention.span, mention.span.of(self.text).lower())
        meant = self.chains.of(mention)
        if mention.form == "pronoun":
            word = mention.span.of(self.text).lower()
            if word in _YOU and self._letter_at(mention.span.start) is not None:
                return None
            if meant and word not in _SPEAKER and not self._is_of_letter(mention.span.start, meant):
                return None
            return meant if meant and _agrees(word, meant) else None
        return self._unless_early(mention.span, meant)

    def _quoting(self, span: Span) -> Statement | None:
        """The innermost quotation that holds a span."""
        quoting = [s for s in self.statements if self._quotes(s) and _holds(s, span)]
        return min(quoting, key=lambda s: _length(s.content), default=None)

    def _quotes(self, statement: Statement) -> bool:
        """Does a statement give words in marks of its own? One within a quotation has them only if it opens them."""
        first = self.text[statement.content[0].start]
        return statement.quotation != "indirect" and (statement.within is None or first in "‘'“\"")

    def about(self, statement: Statement) -> tuple[str, ...]:
        """Whom the content names, its source and mere whereabouts aside."""
        source = self.sources[statement.id]
        found: dict[str, None] = {}
        for content in statement.content:
            for span, actor in self.places.within(content):
                before = self.text[max(0, span.start - 12) : span.start]
                whereabouts = actor.type is None and _LOCATIVE.search(before)
                after_comma = actor.is_place and before.endswith(", ")
                if actor is not source and not whereabouts and not after_comma:
                    found[actor.id] = None
        return tuple(found)

    def addressee(self, statement: Statement) -> str | None:
        """*told Reuters*, *told Orpel News anchor Ana Reyes*: whom a verb of telling names."""
        cue = statement.cue
        if cue is None:
            return None
        verb = _TELLING.search(self.text, cue.start, min(len(self.text), cue.end + 1))
        if verb is None:
            return None
        if _PASSIVE.search(self.text[max(0, verb.start() - 8) : verb.start()]):
            return None
        end = min(len(self.text), verb.end() + 90)
        named = [(s, a) for s, a in self.places.within(Span(verb.end(), end)) if s.start - verb.end() < 60]
        if not named:
            return None
        # The phrase ends at a word that no name holds.
        for stop in _PHRASE_END.finditer(self.text, verb.end(), end):
            if not any(s.start <= stop.start() < s.end for s, _ in named):
                end = stop.start()
                break
        phrase = Span(verb.end(), end)
        named = [(s, a) for s, a in named if s.end <= end]
        actor = self.head(_trimmed(self.text, phrase), named) if named else None
        return actor.id if actor and actor is not self.sources[statement.id] else None


def _trimmed(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


def _may_be(actor: Actor, gender: str) -> bool:
    if actor.is_body or actor.is_place or actor.gender not in (None, gender):
        return False
    return actor.type == "person" or len(actor.name.split()) > 1


def _agrees(pronoun: str, actor: Actor) -> bool:
    """Does nothing that is known of an actor speak against *he* or *she*? Other pronouns agree with anybody."""
    gender = "m" if pronoun in _HE else "f" if pronoun in _SHE else None
    return gender is None or not (actor.is_body or actor.is_place or actor.gender not in (None, gender))


def _latest(found: list[tuple[int, Actor]], at: int, gender: str) -> tuple[int, Actor] | None:
    """The last that ends before an offset, is not too far off and may be of the gender."""
    for end, actor in reversed(found[: bisect_right(found, at, key=lambda f: f[0])]):
        if at - end > _MAX_PRONOUN_REACH:
            return None
        if _may_be(actor, gender):
            return end, actor
    return None


def _holds(statement: Statement, span: Span) -> bool:
    return any(c.holds(span) for c in statement.content)


def _length(spans: Sequence[Span]) -> int:
    return sum(s.end - s.start for s in spans)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _covers(merged: list[Span], at: int) -> bool:
    i = bisect_right(merged, at, key=lambda s: s.start) - 1
    return i >= 0 and at < merged[i].end


def _is_subject(text: str, span: Span) -> bool:
    """Does the name begin its sentence or clause, titles aside?"""
    start = max(0, span.start - 60)
    before = text[start : span.start]
    *others, sentence = _CLAUSE_START.split(before)
    if start and not others:
        return False
    words = sentence.split()
    if all(w[:1].isupper() or w[:1] in '“"(' or w == "the" for w in words):
        return _GENITIVE.match(text[span.end : span.end + 2]) is None
    # *the longtime activist Kaya Brandt*: a description that opens the clause.
    return _OPENING.fullmatch(sentence) is not None and not _NO_OPENING.search(sentence)
