"""What somebody says of a finding, in words or places of its report -> a fix that says it in places alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

from msgspec import UNSET, UnsetType

from onrecord.analysis.labels import ATTITUDES, KINDS, Quotation
from onrecord.analysis.plover import MODES, STATUSES, TYPES
from onrecord.article import Span
from onrecord.contract import AnalysisOut, EventOut, PartyOut, SourceOut, SpanOut, StatementOut
from onrecord.errors import UsageError
from onrecord.record.amendments import EventFix, Meant, Place, StatementFix, fields_of

# What stands for nobody by name.
NOTHING: Final = "none"
_LABELS: Final[Mapping[str, Sequence[str]]] = {
    "kind": KINDS,
    "attitude": ATTITUDES,
    "type": TYPES,
    "status": STATUSES,
}
_OFFSETS: Final = re.compile(r"\s*(\d{1,9})\s*[-–:]\s*(\d{1,9})\s*")  # people write it so
# Signs that are typed for one another.
_ALIKE: Final = {
    "'": "['’‘]",
    "’": "['’‘]",
    "‘": "['’‘]",
    '"': '["“”]',
    "“": '["“”]',
    "”": '["“”]',
    "-": "[-–—]",
}
# Between the beginning of a phrase and a name in it: the name is not that of whom the phrase means.
_PREPOSITION: Final = re.compile(
    r"\b(?:of|for|from|at|in|with|by|to|against|near|on|about|between|among|than|as)\b|['’]s\b", re.IGNORECASE
)
_BLANKS: Final = " \t\r\n\u00a0"

Value = TypeVar("Value")


class Words(NamedTuple):
    """Words of the report, and whom they mean.

    Attributes:
        words: as printed, or offsets (`120-145`).
        means: an actor of the report: whom it was taken for (`appearances.found`), its id in the report (`a3`), or the name that the
            report has; `none` for nobody by name; None for whom the words tell.
    """

    words: str
    means: str | None = None


class Given(NamedTuple):
    """What somebody says of a statement; what is UNSET stays as it is, and None is nothing."""

    source: Words | UnsetType | None = UNSET
    cue: str | UnsetType | None = UNSET
    content: Sequence[str] | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    attitude: str | UnsetType = UNSET
    negated: bool | UnsetType = UNSET
    addressee: str | UnsetType | None = UNSET


class GivenEvent(NamedTuple):
    """What somebody says of an event; what is UNSET stays as it is."""

    trigger: str | UnsetType = UNSET
    type: str | UnsetType = UNSET
    modes: Sequence[str] | UnsetType = UNSET
    status: str | UnsetType = UNSET
    actors: Sequence[Words] | UnsetType = UNSET
    recipients: Sequence[Words] | UnsetType = UNSET


class Fixer:
    """Reads what is said of the findings of one report.

    Args:
        report: as it stands now.
        means: whom analysis took its actors for, by their ids in it.
    """

    def __init__(self, report: AnalysisOut, means: Mapping[str, str]) -> None:
        self._report, self._text, self._means = report, report.text, dict(means)

    def statement(self, now: StatementOut, given: Given) -> StatementFix:
        """What is otherwise in a statement.

        Raises:
            UsageError: for words that do not stand in the report, for a label that there is not, for an actor who is not in it, for parts that overlap, and if nothing
                is otherwise.
        """
        near = now.content[0].start
        said: dict[str, Any] = {}
        if given.source is not UNSET:
            was = [self._as_meant(now.source)] if now.source else []
            said["source"] = self._meant(given.source, near, "source", was) if given.source else None
            _drop_same(said, "source", was[0] if was else None)
        if given.cue is not UNSET:
            said["cue"] = self._place(given.cue, near, "cue") if given.cue else None
            _drop_same(said, "cue", now.cue and self._as_place(now.cue))
        if given.content is not UNSET:
            said["content"] = self._pieces(given.content, near)
            _drop_same(said, "content", tuple(self._as_place(c) for c in now.content))
        for name in ("kind", "attitude", "negated"):
            value = getattr(given, name)
            if value is not UNSET and value != getattr(now, name):
                said[name] = _known(name, value)
        if given.addressee is not UNSET:
            said["addressee"] = self._who(given.addressee, "addressee") if given.addressee else None
            _drop_same(said, "addressee", now.addressee and self._means[now.addressee])
        fix = StatementFix(**said)
        if not fields_of(fix):
            raise UsageError("It is so already: nothing would be otherwise.")
        self._check_apart(now, fix)
        if fix.content is not UNSET and (quotation := self._quotation(fix.content)) != now.quotation:
            fix = StatementFix(**said, quotation=quotation)
        return fix

    def event(self, now: EventOut, given: GivenEvent) -> EventFix:
        """What is otherwise in an event.

        Raises:
            UsageError: as `statement` does, for a mode that its type does not have, and for a word for the act that is not in its sentence.
        """
        near = now.trigger.start
        said: dict[str, Any] = {}
        if given.trigger is not UNSET:
            place = self._place(given.trigger, near, "trigger")
            if not now.sentence.start <= place.start < place.end <= now.sentence.end:
                raise UsageError(
                    f"--trigger {place.text}: these words are not in the sentence that tells the event. Give words of it."
                )
            said["trigger"] = place
            _drop_same(said, "trigger", self._as_place(now.trigger))
        for name in ("type", "status"):
            value = getattr(given, name)
            if value is not UNSET and value != getattr(now, name):
                said[name] = _known(name, value)
        kind = said.get("type", now.type)
        modes = (
            tuple(given.modes)
            if given.modes is not UNSET
            else tuple(m for m in now.modes if m in MODES[kind])
        )
        if odd := next((m for m in modes if m not in MODES[kind]), None):
            known = ", ".join(MODES[kind]) or "no modes"
            raise UsageError(f"--mode {odd}: {kind} has {known}. Give one of them, or leave --mode out.")
        if modes != tuple(now.modes):
            said["modes"] = modes
        for name in ("actors", "recipients"):
            parties = getattr(given, name)
            if parties is not UNSET:
                before = [self._as_meant(p) for p in getattr(now, name)]
                said[name] = tuple(self._meant(p, near, name[:-1], before) for p in parties)
                _drop_same(said, name, tuple(before))
        if not said:
            raise UsageError("It is so already: nothing would be otherwise.")
        if ("type" in said or "modes" in said) and (
            code := self._cameo(kind, modes, now.contexts)
        ) != now.cameo:
            said["cameo"] = code
        return EventFix(**said)

    def _cameo(self, kind: str, modes: Sequence[str], contexts: Sequence[str]) -> str:
        from onrecord.analysis.cameo import cameo_code

        return cameo_code(kind, modes, contexts)

    def _quotation(self, content: Sequence[Place]) -> Quotation:
        # What reads quotation marks takes a while to be loaded, and is needed for this alone.
        from onrecord.analysis.pieces import quotation_states
        from onrecord.analysis.quotation import quotation_of

        spans = tuple(Span(c.start, c.end) for c in content)
        return quotation_of(self._text, spans, quotation_states(self._text))

    def _check_apart(self, now: StatementOut, fix: StatementFix) -> None:
        """Source, cue and content of one statement do not overlap."""
        source, cue = (
            getattr(fix, name) if getattr(fix, name) is not UNSET else getattr(now, name)
            for name in ("source", "cue")
        )
        content = fix.content if fix.content is not UNSET else now.content
        parts: dict[str, Sequence[Any]] = {
            "source": [source] if source else [],
            "cue": [cue] if cue else [],
            "content": content,
        }
        for one, other in (("source", "cue"), ("source", "content"), ("cue", "content")):
            if getattr(fix, one) is UNSET and getattr(fix, other) is UNSET:
                continue
            if any(a.start < b.end and b.start < a.end for a in parts[one] for b in parts[other]):
                raise UsageError(
                    f"The {one} and the {other} share words. Give the other one too, so that each word is of one of them."
                )

    def _pieces(self, given: Sequence[str], near: int) -> tuple[Place, ...]:
        pieces = sorted((self._place(piece, near, "content") for piece in given), key=lambda p: p.start)
        if not pieces:
            raise UsageError("A statement has a content. Give its words, or mark the statement wrong.")
        for one, two in pairwise(pieces):
            if two.start < one.end:
                raise UsageError(
                    f"--content {two.text}: two pieces of the content share words. Give them as one."
                )
        return tuple(pieces)

    def _place(self, given: str, near: int, what: str) -> Place:
        """Words of the text: those at some offsets, else the ones nearest to a place."""
        if at := _OFFSETS.fullmatch(given):
            start, end = int(at[1]), int(at[2])
            if not start < end <= len(self._text):
                raise UsageError(
                    f"--{what} {given}: no words stand there; the text has {len(self._text)} characters. Give others."
                )
        else:
            start, end = self._find(given, near, what)
        while start < end and self._text[start] in _BLANKS:
            start += 1
        while start < end and self._text[end - 1] in _BLANKS:
            end -= 1
        if start == end:
            raise UsageError(f"--{what} {given}: these are blanks alone. Give words.")
        return Place(start, end, self._text[start:end])

    def _find(self, words: str, near: int, what: str) -> tuple[int, int]:
        """Where words stand that may be typed with other blanks and marks; of several places the nearest."""
        if not words.strip():
            raise UsageError(f"--{what}: there are no words in it. Give some of the report.")
        pattern = r"\s+".join(
            "".join(_ALIKE.get(sign) or re.escape(sign) for sign in word) for word in words.split()
        )
        # Whole words, where they begin and end with letters.
        ends = (
            r"(?<!\w)" if words.strip()[0].isalnum() else "",
            r"(?!\w)" if words.strip()[-1].isalnum() else "",
        )
        found = [m.span() for m in re.finditer(ends[0] + pattern + ends[1], self._text)]
        if not found:
            raise UsageError(
                f"--{what} {words}: these words do not stand in the report. Give them as it prints them, or offsets: 120-145."
            )
        return min(found, key=lambda at: (abs(at[0] - near), at[0]))

    def _meant(self, given: Words, near: int, what: str, before: Sequence[Meant]) -> Meant:
        """Words and whom they mean; where nobody says whom, the same words mean the same one as before."""
        place = self._place(given.words, near, what)
        same = next((m for m in before if (m.start, m.end) == (place.start, place.end)), None)
        if same and (given.means is None or (given.means == NOTHING and same.actor is None)):
            return same
        if given.means is None:
            actor = self._told_by(place)
        elif given.means == NOTHING:
            actor = None
        else:
            actor = self._who(given.means, what)
        if actor is not None:
            return Meant(place.start, place.end, place.text, actor)
        return Meant(place.start, place.end, place.text, None, *self._codes(place))

    def _codes(self, place: Place) -> tuple[str | None, str | None]:
        # As above: what codes words takes a while to be loaded.
        from onrecord.analysis.sentences import sentence_around
        from onrecord.resolution.worded import WordCoder

        span = Span(place.start, place.end)
        coder = WordCoder(self._text, (self._report.published or "")[:10] or None)
        country, sector = coder.code(span, sentence_around(self._text, span))
        return country, sector

    def _told_by(self, place: Place) -> str | None:
        """Whom words mean: who is mentioned with all of them, else who is named in them behind no preposition."""
        inside = [
            m for m in self._report.mentions if m.actor and place.start <= m.start and m.end <= place.end
        ]
        whole = next((m for m in inside if (m.start, m.end) == (place.start, place.end)), None)
        named = [m for m in inside if not _PREPOSITION.search(self._text, place.start, m.start)]
        named.sort(key=lambda m: (m.form != "name", m.start))
        meant = whole or next(iter(named), None)
        return self._means[meant.actor] if meant and meant.actor else None

    def _who(self, given: str, what: str) -> str:
        """An actor of the report: the id by which analysis took somebody for that one."""
        if given in self._means:
            return self._means[given]
        if given in self._means.values():
            return given
        wanted = given.casefold()
        named = [a.id for a in self._report.actors if wanted in (n.casefold() for n in (a.name, *a.aliases))]
        if len(named) == 1:
            return self._means[named[0]]
        names = ", ".join(f"{a.name} ({a.id})" for a in self._report.actors) or "nobody"
        raise UsageError(
            f"--{what} {given}: {'several actors' if named else 'no actor'} of this report {'have' if named else 'has'} the name. In it "
            f"appear: {names}. Give the id of one."
        )

    def _as_place(self, span: SpanOut) -> Place:
        return Place(span.start, span.end, self._text[span.start : span.end])

    def _as_meant(self, of: SourceOut | PartyOut) -> Meant:
        words = self._text[of.start : of.end]
        if of.actor:
            return Meant(of.start, of.end, words, self._means[of.actor])
        return Meant(of.start, of.end, words, None, of.country, of.sector)


def _known(name: str, value: Any) -> Any:
    """A label that there is.

    Raises:
        UsageError: for another one.
    """
    known = _LABELS.get(name, ())
    if known and value not in known:
        raise UsageError(f"--{name} {value}: there is no such {name}. Give one of: {', '.join(known)}.")
    return value


def _drop_same(said: dict[str, Any], name: str, was: Any) -> None:
    """What is as it was need not be said."""
    if said[name] == was:
        del said[name]
