"""Words that stand for somebody and name nobody -> their codes: *two officials* is KAZ GOV where the sentence is of
Kazakhstan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from onrecord.analysis.sentences import sentence_around
from onrecord.analysis.statements import Statement
from onrecord.article import Span
from onrecord.resolution.codes import code_actor, countries_named
from onrecord.resolution.identities import Identified, Identity
from onrecord.resolution.offices import read_description

_PRONOUN: Final = re.compile(
    r"(?:I|me|my|we|us|our|you|your|he|him|his|she|her|it|its|they|them|their|who|whom|which|that|this|these|those"
    r"|each other|one another|some|many|others)",
    re.IGNORECASE,
)


class Codes(NamedTuple):
    """PLOVER's country and sector; None where unknown."""

    country: str | None
    sector: str | None


UNKNOWN: Final = Codes(None, None)


class WordCoder:
    """Codes the phrases of one report, each once.

    Attributes:
        text: the report's.
        day: its own day, ISO, if known: an office is held for a time.
        lying: names of places that do not tell their country, with it: *Georgia*, where it is the American one.
    """

    def __init__(self, text: str, day: str | None, lying: Mapping[Span, str] | None = None) -> None:
        self.text, self.day, self.lying = text, day, lying or {}
        self._coded: dict[tuple[str, Span, tuple[str, ...]], Codes] = {}

    def code(self, span: Span, sentence: Span, others: Sequence[Span] = ()) -> Codes:
        """The codes of words, with the country of their sentence where they tell none.

        The country of `others`, as of those who act upon them or suffer by them, is not theirs. A pronoun has none, nor has a thing that is seized or rejected: it has no role, and its sentence's country is
        not its own.
        """
        words = span.of(self.text)
        apart = tuple(sorted({o.of(self.text) for o in others if not o.meets(span)}))
        key = (words, sentence, apart)
        if key not in self._coded:
            self._coded[key] = UNKNOWN if _PRONOUN.fullmatch(words) else self._code(words, sentence, apart)
        coded = self._coded[key]
        place = next((country for name, country in self.lying.items() if span.holds(name)), None)
        if place and coded.sector and not countries_named(words):
            return Codes(place, coded.sector)
        return coded

    def _code(self, words: str, sentence: Span, others: Sequence[str]) -> Codes:
        coded = code_actor(words, context=sentence.of(self.text), date=self.day, others=others)
        known = coded.sector not in (None, "UNK")
        return Codes(coded.country, coded.sector) if known else UNKNOWN


def codes_of(identity: Identity, span: Span, sentence: Span, coder: WordCoder) -> Codes:
    """The codes of an actor whom words mean. A country as such has no sector; words for its authorities tell theirs."""
    if identity.sector is None and read_description(span.of(coder.text), None):
        words = coder.code(span, sentence)
        if words.country == identity.country:
            return words
    return Codes(identity.country, identity.sector)


def code_sources(statements: Sequence[Statement], actors: Identified, coder: WordCoder) -> dict[str, Codes]:
    """Codes of the sources of statements, by the statement's id: those of the actor who is meant, else of the words.

    A statement without a source is not among them.
    """
    by_id = {identity.actor.id: identity for identity in actors.actors}
    found: dict[str, Codes] = {}
    for statement in statements:
        if statement.source is None:
            continue
        meant = actors.statements[statement.id].source
        sentence = sentence_around(coder.text, statement.source)
        found[statement.id] = (
            codes_of(by_id[meant], statement.source, sentence, coder)
            if meant
            else coder.code(statement.source, sentence)
        )
    return found
