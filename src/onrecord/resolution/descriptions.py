"""Descriptions of actors: titles and appositions, and who is meant by *the former banker*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.resolution.callings import what_context_calls
from onrecord.resolution.gathering import Actor, Placed
from onrecord.resolution.words import ORGANISATION_WORDS, PERSON_TITLES, TITLE_SHORT, TITLE_WORDS

# Words of a description that do not tell people apart.
_EMPTY = frozenset("a an the of in for and or who is was has been be by at on to with from his her its their our my former one other new old as it that which this s also then".split())  # fmt: skip
# Words that make another office of the one they stand with.
_CONTRARY = frozenset({"vice", "vice-presidential", "deputy", "assistant", "associate", "acting", "interim"})
# *who leads the opposition* makes an *opposition leader*.
_DOERS = {
    "leads": "leader", "led": "leader", "leading": "leader", "heads": "head", "headed": "head", "runs": "head",
    "founded": "founder", "founds": "founder", "chairs": "chairman", "owns": "owner", "wrote": "author",
    "writes": "author", "represents": "representative", "directs": "director", "directed": "director",
    "edits": "editor", "teaches": "teacher", "governs": "governor", "coaches": "coach", "created": "creator",
    "manages": "manager", "owned": "owner",
}  # fmt: skip
# Heads that many unnamed people share: they never point back on their own.
_LOOSE = frozenset("source sources official officials man woman person people spokesman spokeswoman spokesperson lawyer reporter expert critic supporter voter resident witness member one poll report study statement campaign ad film article aide student worker".split())  # fmt: skip
# Heads that tell no role.
_ANY_ROLE = frozenset("man woman boy girl person teenager youth suspect victim defendant accused one".split())
_APPOSITION = re.compile(
    r",\s(?:\(?\d+\)?,\s)?(?P<words>(?:(?:an?|the|who|whose|his|her|its|former|one)\s|[a-z]+(?:\s[a-z]+)?\s(?:of|for|at)\s)[^,.;:\n“”\"()]{3,90})"
)
_PREPOSITION = re.compile(
    r"\s(?:of|for|in|at|from|who|that|which|with|on|to|by|and|whose|under|during|since)\s"
)
_WORD = re.compile(r"[^\W\d_][\w-]*(?:\.[a-z])*")
# The words that end where a name begins, for a text read backwards: so one match finds them, without a search.
_WORDS_BACKWARDS = re.compile(r"(?:[ \u00a0]\.?[\w’'-]+){1,6}")
_TITLE_CHARS = 70
# Words around a first name in which the report may say who that is.
_CONTEXT_CHARS = 100
# Titles that come with anybody's name.
_ANYBODYS = frozenset("mr mrs ms miss dr doctor sir".split())


@dataclass(frozen=True, slots=True)
class Description:
    """What a report calls an actor: the nouns it goes by, and all words that tell it apart."""

    actor: Actor
    heads: frozenset[str]
    words: frozenset[str]


class Descriptions:
    """The descriptions that a report gives of its actors, by the noun that a phrase would use."""

    def __init__(self, found: Sequence[Description], actors: Sequence[Actor]) -> None:
        self._by_head: dict[str, list[Description]] = defaultdict(list)
        for description in dict.fromkeys(found):
            for head in description.heads:
                self._by_head[head].append(description)
        self._called: dict[str, frozenset[str]] = defaultdict(frozenset)
        for description in found:
            self._called[description.actor.id] |= description.heads | description.words
        self._bodies: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors:
            if actor.is_body and len(actor.mentions) > 1:
                for word in _name_words(actor) & ORGANISATION_WORDS:
                    self._bodies[word].append(actor)

    def read(self, text: str, source: Span) -> Actor | None:
        """The one actor that a phrase without a name describes; None if it fits none, or several."""
        phrase = source.of(text).strip(" ,.:;\u00a0")
        start = re.match(r"(?:the|this|that)\s", phrase, re.IGNORECASE)
        if not start and (
            re.match(r"(?:an?|another|one|some|his|her|its|their|my|our)\b", phrase, re.IGNORECASE)
            or not _stands_in_headline(text, source.start)
        ):
            return None
        head = _head_noun(phrase)
        if head is None or head in _LOOSE or (head.endswith("s") and not head.endswith("ss")):
            return None
        words = _content_words(phrase)
        fits = {
            id(d.actor): d.actor
            for d in self._by_head.get(head, [])
            if not (words ^ d.words) & _CONTRARY and words <= d.words | d.heads | _name_words(d.actor)
        }
        if not fits:
            fits = {id(a): a for a in self._bodies.get(head, []) if words <= _name_words(a)}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def may_be(self, text: str, phrase: Span, actor: Actor) -> bool:
        """Does a phrase agree in role with what the report calls a person?

        *The man* is of any role. A headline is too short to be strict with: there only another role speaks against it.
        """
        words = phrase.of(text).strip(" ,.:;“”\"'’‘\u00a0")
        head = _head_noun(words)
        first = actor.mentions[0]
        if not text[phrase.end : first.start].strip(" ,–—-\u00a0"):
            return True
        around = text[max(0, first.start - _CONTEXT_CHARS) : first.end + _CONTEXT_CHARS]
        called = self._called.get(actor.id, frozenset())
        called |= _content_words(what_context_calls(first.of(text), around))
        if head is None or head in _ANY_ROLE or head in called | _name_words(actor):
            return True
        return not called and _stands_in_headline(text, phrase.start)


def describe(text: str, actors: Sequence[Actor], places: Placed) -> Descriptions:
    """The descriptions that a report's titles and appositions give."""
    found: list[Description] = []
    for span, actor in places.entries:
        before = _title_before(text, span.start)
        if before:
            found.append(Description(actor, frozenset({before[-1]}), frozenset(before)))
        if text[span.end : span.end + 1] == ",":
            apposition = _APPOSITION.match(text, span.end, min(len(text), span.end + 130))
            if apposition:
                found.append(_read_apposition(actor, apposition["words"]))
    return Descriptions(found, actors)


def _stands_in_headline(text: str, at: int) -> bool:
    """Headlines and bullets leave *the* away (*Opposition leader says ...*); they end in no point."""
    end = text.find("\n", at)
    return end >= 0 and text[max(0, end - 4) : end].rstrip()[-1:] not in (".", "!", "?", "”", '"', ":")


def _title_before(text: str, start: int) -> list[str]:
    """The title words right before a name, with what qualifies them: *Indiana governor*."""
    before = _WORDS_BACKWARDS.match(text[max(0, start - _TITLE_CHARS) : start].rpartition("\n")[2][::-1])
    if not before:
        return []
    words = [w.lower() for w in before[0][::-1].split()]
    # What ends in a full stop is of the sentence before, unless it is a short form.
    ended = [n for n, w in enumerate(words) if w.endswith(".") and w[:-1] not in TITLE_SHORT and len(w) > 2]
    words = [w.rstrip(".") for w in words[ended[-1] + 1 if ended else 0 :]]
    if not words:
        return []
    words = [TITLE_SHORT.get(w, w) for w in words]
    if words[-1] not in PERSON_TITLES or words[-1] in _ANYBODYS:
        return []
    taken = [words[-1]]
    for word in reversed(words[:-1]):
        if word in _EMPTY or (word not in TITLE_WORDS and len(taken) > 2):
            break
        taken.insert(0, word)
    return taken


def _read_apposition(actor: Actor, words: str) -> Description:
    noun, _, clause = words.partition("who ")
    # *a banker and former minister* is both.
    heads = {h for part in noun.split(" and ") if (h := _head_noun(part))}
    verb = re.match(r"[a-z]+", clause)
    if verb and verb[0] in _DOERS:
        heads.add(_DOERS[verb[0]])
    office = re.match(r"(?:is|was|has been)\s+(?:now\s+)?(?:the|an?|its|their)\s+(.+)", clause)
    if office and (head := _head_noun(office[1])):
        heads.add(head)
    return Description(actor, frozenset(heads), _content_words(words))


def _head_noun(phrase: str) -> str | None:
    """*banker* in *the former banker who leads it*."""
    first = _PREPOSITION.split(" " + phrase, maxsplit=1)[0]
    found = _WORD.findall(first.lower())
    found = [w for w in found if w not in _EMPTY]
    return TITLE_SHORT.get(found[-1], found[-1]) if found else None


def _content_words(text: str) -> frozenset[str]:
    words = (re.sub(r"['’]s$", "", w) for w in re.findall(r"[^\W\d_][\w’'-]*", text.lower()))
    return frozenset(TITLE_SHORT.get(w, w) for w in words if w not in _EMPTY)


def _name_words(actor: Actor) -> frozenset[str]:
    return _content_words(actor.name)
