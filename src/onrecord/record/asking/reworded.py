"""Two clauses that say the opposite, or another number, in other words. Pure.

The words are compared by their senses (`senses.py`), turns of phrase (*is on the table*, *lost their lives*) as one word each. What is
denied must be said more broadly than what is asserted: that no civilian was harmed is denied by villagers who died, while that
nobody died is not denied by those who were hurt. What both have in common by sense alone counts little; they must share words as
they stand, and neither may be of somebody or something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from onrecord.article import Span
from onrecord.record.asking.amounts import exclude_each_other, numbers_of
from onrecord.record.asking.clauses import IN_CUE, REFUSING_CUE, SPEAKER, Clause, Force, Saying, Token
from onrecord.record.asking.opposites import base_of, has_opposite, is_timed, opposites_of
from onrecord.record.asking.opposition import Opposition, agree_in_time, is_part_alone, is_update, same_force
from onrecord.record.asking.phrases import POSSIBLE, RULED_OUT, phrases_in
from onrecord.record.asking.senses import (
    EMPTY,
    ENDING,
    EXCLUDING,
    NO_SENSES,
    PERSONAL,
    RECIPROCAL,
    Sense,
    Senses,
    is_act,
    is_passing,
    root_of,
    senses_of,
)
from onrecord.resolution.stories.wording import words_of

# What both share must tell so much; of it words as they stand so much; a pair by sense alone at most so much.
_LEAST_SHARED: Final = 9.0
_LEAST_LITERAL: Final = 4.5
_MOST_OF_SENSE: Final = 3.5
# What else one of them may say, in bits.
_LIGHT: Final = 1.3
_MOST_BESIDE: Final = 18.0
_MOST_BESIDE_DENIED: Final = 2.6
_MOST_BESIDE_OPPOSITE: Final = 8.0
_MOST_BESIDE_NUMBER: Final = 5.6
_PHRASE_WEIGHT: Final = 4.0

# Those who speak for the speaker, behind *my*, *our* or a pronoun that means them.
_OWN: Final = frozenset(
    "government party ministry administration men fighters troops soldiers force forces company firm team bank army office campaign group department council cabinet police"
    " coalition movement union club agency".split()
)
_OWNS = re.compile(r"\b(?:my|our)\s+(?:own\s+|\w+\s+)?$", re.I)
_OWN_PRONOUNS: Final = frozenset("his her their its".split())
# Who warns or blames speaks of what others do.
_WARNING_CUE = re.compile(r"\b(?:warn|accus|blam|fear|predict|criti|complain|alleg)", re.I)
# Of what is told so it is not plain that it is, or that the speaker says it.
_OTHERS = re.compile(r"\b(?:call(?:s|ed|ing)? for|calls|according to|demand\w*|propos\w+|report(?:s|edly)|rumou?r\w*|so-called|alleged|expect\w*|threat(?:en\w*)?|risked|attempt\w*|near(?:ly)?|almost|urg\w+|help\w* to|would have|could have|should have|might have|like(?:s|d)? to)\b", re.I)  # fmt: skip
_ALL = re.compile(r"\b(?:all|every|each|everybody|everyone|no|none|nobody|both)\b", re.I)
# Who did it; not by how much, when, or how.
_BY = re.compile(r"\bby (?!\d|about|some|nearly|up to|half|a (?:tenth|third|quarter|half|fifth)|\w+ing\b|mistake|accident|force|now|then|next|the end|\w+day|(?:my|our) )", re.I)  # fmt: skip
_BEHIND_BY: Final = 9
_BY_US = re.compile(r"\bby (?:us|me|my|our)\b", re.I)
# Who concedes speaks of their own doing.
_CONCEDING_CUE = re.compile(r"\b(?:admit|conced|acknowledg|confess|own(?:s|ed)? up)", re.I)
_NOBODY: Final = frozenset(("nobody", "none", "nothing", "no one"))
# A limit that only tells when, of what is asserted.
_OF_TIME: Final = frozenset(("before", "after"))
_STAYING: Final = frozenset(base_of(w) for w in "remain stay incumbent".split())
_AS = re.compile(r"\W*as (?:the |a |an )?(\w+)")
_OFFICES: Final = frozenset(
    "president presidency governor governorship mayor senator senate congressman congresswoman congress parliament chancellor leader leadership chairman"
    " chairwoman chair premier minister council councillor sheriff assembly house judge board director".split()
)
_SEAT_OF: Final = {
    "presidency": "president",
    "senate": "senator",
    "governorship": "governor",
    "leadership": "leader",
}
_PEOPLE: Final[Sense] = ("people", 1)


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a clause, or a turn of phrase, by what it says; `own` where it speaks for the speaker (*my government*)."""

    span: Span
    base: str
    weight: float
    role: Literal["word", "name", "number", "time"]
    head: bool
    senses: Senses
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """A clause by what its words say.

    Attributes:
        negations: what is left of them beside the turns of phrase.
        absolute: is it never to be, or ruled out?
    """

    parts: tuple[_Part, ...]
    force: Force
    negations: tuple[Span, ...]
    absolute: bool


@dataclass(frozen=True, slots=True)
class _Match:
    one: _Part
    other: _Part
    sign: int
    literal: bool
    sense: str | None

    @property
    def weight(self) -> float:
        least = min(self.one.weight, self.other.weight)
        return least if self.literal else min(least, _MOST_OF_SENSE)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Two readings beside each other: what both have, and what either has that counts."""

    matches: tuple[_Match, ...]
    first: tuple[_Part, ...]
    second: tuple[_Part, ...]

    @property
    def weight(self) -> float:
        return sum(m.weight for m in self.matches)


def oppose_reworded(first: Saying, a: Clause, second: Saying, b: Clause) -> Opposition | None:
    """How two clauses differ that need not have the same words; None if they do not, or it is not plain."""
    if any(c.limits and (c.negations or c.limits[0] not in _OF_TIME) for c in (a, b)):
        return _other_time(first, a, second, b)
    if not _may_share(a, b):
        return None
    if any(_OTHERS.search(s.text, c.span.start, c.span.end) for s, c in ((first, a), (second, b))):
        return None
    one_speaker = first.speaker == second.speaker
    ours, theirs = _read(first, a, own=one_speaker), _read(second, b, own=one_speaker)
    return _opposed(first, a, ours, second, b, theirs) or _other_number(first, a, ours, second, b, theirs)


def _may_share(a: Clause, b: Clause) -> bool:
    """Do they share words that tell enough, as they stand?"""
    roots = {root_of(t.base) for t in b.tokens if t.base != SPEAKER}
    return sum(t.weight for t in a.tokens if root_of(t.base) in roots) >= _LEAST_LITERAL or (
        a.force == b.force == "will" and all(t.base == SPEAKER for c in (a, b) for t in c.tokens[:1])
    )


# --- reading


def _read(saying: Saying, clause: Clause, *, own: bool) -> _Reading:
    """The words of a clause by what they say.

    Args:
        own: does the speaker's government count as the speaker? Not beside what somebody else says.
    """
    text, span = saying.text, clause.span
    force, absolute = clause.force, clause.never
    negations = clause.negations
    phrases: list[_Part] = []
    taken: list[Span] = []
    verb = min((t.span.start for t in clause.tokens if not t.head), default=span.end)
    for place, says in phrases_in(text, span):
        taken.append(place)
        negations = tuple(n for n in negations if n == IN_CUE or not place.start <= n.start < place.end)
        if says == POSSIBLE:
            force = "may"
        elif says == RULED_OUT:
            negations, force, absolute = (*negations, place), "will", True
        elif says:
            base = base_of(says)
            is_head = place.start < verb
            phrases.append(_Part(place, base, _PHRASE_WEIGHT, "word", is_head, senses_of(base)))
    parts = []
    for token in clause.tokens:
        if any(t.start <= token.span.start < t.end for t in taken if t != IN_CUE) and token.role != "name":
            continue
        parts.append(_part(saying, token, own=own))
    if IN_CUE in negations and REFUSING_CUE.search(saying.cue):
        absolute = True
    merged = sorted((*parts, *phrases), key=lambda p: p.span.start)
    return _Reading(tuple(merged), force, negations, absolute)


def _part(saying: Saying, token: Token, *, own: bool) -> _Part:
    own = own and token.role == "word" and _is_own(saying, token)
    senses = senses_of(token.base) if token.role == "word" else NO_SENSES
    return _Part(token.span, token.base, token.weight, token.role, token.head, senses, own)


def _is_own(saying: Saying, token: Token) -> bool:
    """Is it the speaker's government, party, company?"""
    if token.span.of(saying.text).lower() not in _OWN:
        return False
    before = saying.text[max(0, token.span.start - 24) : token.span.start]
    if _OWNS.search(before):
        return True
    return any(
        n.id == saying.speaker
        and n.span.of(saying.text).lower() in _OWN_PRONOUNS
        and saying.text[n.span.end : token.span.start].isspace()
        for n in saying.named
    )


# --- laying beside each other


def _lay(a: _Reading, b: _Reading) -> _Beside:
    """Pair the words; what only says again what a pair says, or hardly anything, is left out."""
    denied = bool(a.negations), bool(b.negations)
    rest = list(b.parts)
    matches: list[_Match] = []
    left: list[_Part] = []
    for part in a.parts:
        at = next((n for n, p in enumerate(rest) if p.base == part.base), None)
        if at is not None:
            matches.append(_Match(part, rest.pop(at), 1, True, None))
        else:
            left.append(part)
    for part in tuple(left):
        found = [m for p in rest if (m := _match(part, p, denied)) is not None]
        if found:
            best = max(found, key=lambda m: (m.literal, m.sign > 0, m.weight))
            matches.append(best)
            left.remove(part)
            rest.remove(best.other)
    for part in [p for p in left if p.own or p.base == SPEAKER]:
        same = next((p for p in rest if p.own or p.base == SPEAKER), None)
        if same is not None:
            one, other = (replace(p, base=SPEAKER, weight=0.0, role="name") for p in (part, same))
            matches.append(_Match(one, other, 1, True, None))
            left.remove(part)
            rest.remove(same)
    said = {s for m in matches for p in (m.one, m.other) for s in p.senses.own | p.senses.implied}

    def counts(part: _Part) -> bool:
        if part.own or part.base == SPEAKER:
            return True
        return part.base not in EMPTY and part.weight > _LIGHT and not part.senses.own & said

    beside = (
        tuple(replace(p, base=SPEAKER, weight=0.0, role="name") if p.own else p for p in side if counts(p))
        for side in (left, rest)
    )
    return _Beside(tuple(matches), *beside)


def _match(one: _Part, other: _Part, denied: tuple[bool, bool]) -> _Match | None:
    if one.role != "word" or other.role != "word":
        return None
    if root_of(one.base) == root_of(other.base):
        return _Match(one, other, 1, True, None)
    both = _shared_sense(one.senses, other.senses, denied)
    if both is not None:
        return _Match(one, other, both[1], False, both[0])
    if one.base in opposites_of(other.base) or other.base in opposites_of(one.base):
        return _Match(one, other, -1, False, None)
    return None


def _shared_sense(one: Senses, other: Senses, denied: tuple[bool, bool]) -> Sense | None:
    """A sense of both, and -1 where one has its opposite. What is denied is not what follows from it."""
    positive: Sense | None = None
    negative: Sense | None = None
    for xs, ys, follows in (
        (one.own, other.own, False),
        (one.implied if not denied[0] else (), other.own, True),
        (one.own, other.implied if not denied[1] else (), True),
    ):
        for sense, sign in xs:
            if (sense, sign) in ys and not (follows and denied == (False, False)):
                positive = positive or (sense, 1)
            elif (sense, -sign) in ys:
                negative = negative or (sense, -1)
    return positive or negative


# --- opposites


def _opposed(
    first: Saying, a: Clause, ours: _Reading, second: Saying, b: Clause, theirs: _Reading
) -> Opposition | None:
    negations = len(ours.negations) + len(theirs.negations)
    both = _lay(ours, theirs)
    turned = [m for m in both.matches if m.sign < 0]
    possible = "may" in (ours.force, theirs.force)
    if negations + len(turned) != 1 or not (a.finite and b.finite):
        return None
    turned_round = _is_by_us(first, a) != _is_by_us(second, b)
    offices = _offices_in(first, a), _offices_in(second, b)
    if not _is_one_subject(both, turned_round=turned_round, offices=offices):
        return None
    if not agree_in_time(a, b, _times(both.first), _times(both.second)):
        return None
    if possible:
        if not _excludes(ours, theirs, turned):
            return None
    elif not _as_firm(first, a, ours, second, b, theirs):
        return None
    if turned:
        if not _may_be_opposite(first, a, second, b, both, turned, possible=possible):
            return None
    elif not _may_be_denied(first, a, ours, second, b, theirs, both):
        return None
    marks = [
        tuple(r.negations) + tuple((m.one if n == 0 else m.other).span for m in turned)
        for n, r in enumerate((ours, theirs))
    ]
    for n in (0, 1):
        if not marks[n]:
            marks[n] = _turning_words(both, n)
    return Opposition("opposite", marks[0], marks[1], False, both.weight, (a.span, b.span))


def _times(beside: Iterable[_Part]) -> list[Token]:
    return [Token(p.span, p.base, p.weight, "time", p.head) for p in beside if p.role == "time"]


def _turning_words(both: _Beside, side: int) -> tuple[Span, ...]:
    """What the other denies: the word that it says otherwise, else the first behind the head."""
    parts = [(m.one, m.other)[side] for m in both.matches if m.one.role == "word"]
    reworded = [(m.one, m.other)[side] for m in both.matches if not m.literal or m.one.base != m.other.base]
    found = reworded or [p for p in parts if not p.head] or parts
    return tuple(p.span for p in found[:1])


def _is_one_subject(
    both: _Beside,
    *,
    turned_round: bool = False,
    offices: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> bool:
    """Do both share what they are of, in one order?

    Args:
        turned_round: *we did it*, and *it was done by us*.
        offices: as what each does it, where it is told.
    """
    telling = [m for m in both.matches if m.one.base != SPEAKER]
    if _is_personal(both):
        return not offices[0] or not offices[1] or bool(offices[0] & offices[1])
    literal = sum(m.weight for m in telling if m.literal)
    if len(telling) < 2 or literal < _LEAST_LITERAL or both.weight < _LEAST_SHARED:
        return False
    placed = [m for m in both.matches if not (turned_round and m.one.base == SPEAKER)]
    names = sorted((m for m in placed if m.one.role == "name"), key=lambda m: m.one.span.start)
    behind = [m.other.span.start for m in names]
    if behind != sorted(behind):
        return False
    # Who did it and to whom it was done have changed places.
    things = [m for m in both.matches if m.sign > 0 and (m.one.role == "name" or not _is_act(m))]
    forth = any(m.one.head and not m.other.head for m in things)
    back = any(m.other.head and not m.one.head for m in things)
    return turned_round or not (forth and back)


def _offices_in(saying: Saying, clause: Clause) -> frozenset[str]:
    """The offices that a clause tells, and what follows it with *as* (*stand for a second term as mayor*)."""
    found = _AS.match(saying.text, clause.span.end)
    inside = {w.removesuffix("s") for w in clause.span.of(saying.text).lower().split()} & _OFFICES
    return frozenset(_SEAT_OF.get(w, w) for w in (*inside, *([found[1].lower()] if found else ())))


def _is_personal(both: _Beside) -> bool:
    """Is it what anybody does but once, and for themselves: *I will not resign*, *I will step down*?"""
    of_speaker = any(m.one.base == SPEAKER and m.one.head and m.other.head for m in both.matches)
    senses = {s for m in both.matches for s, _ in m.one.senses.own & m.other.senses.own}
    beside = [p for p in (*both.first, *both.second) if p.role in ("word", "name")]
    return of_speaker and bool(senses & PERSONAL) and sum(p.weight for p in beside) <= _MOST_BESIDE_DENIED


def _is_act(match: _Match) -> bool:
    """Is it of what is done or is so, rather than of whom or what?"""
    if match.literal and match.one.base == match.other.base:
        return has_opposite(match.one.base) or any(is_act(s) for s, _ in match.one.senses.own)
    return True


def _as_firm(first: Saying, a: Clause, ours: _Reading, second: Saying, b: Clause, theirs: _Reading) -> bool:
    if (ours.force, theirs.force) != (a.force, b.force):
        return ours.force == theirs.force
    return same_force(first, a, second, b)


def _excludes(ours: _Reading, theirs: _Reading, turned: Sequence[_Match]) -> bool:
    """Does one exclude what the other says to be possible: what is never to be, or what is not safe if it can be?"""
    for one, other in ((ours, theirs), (theirs, ours)):
        if one.force == "may" and not one.negations:
            if other.force == "will" and other.absolute and other.negations:
                return True
            if other.force == "none" and any(m.sense in EXCLUDING for m in turned):
                return True
    return False


def _may_be_opposite(
    first: Saying,
    a: Clause,
    second: Saying,
    b: Clause,
    both: _Beside,
    turned: Sequence[_Match],
    *,
    possible: bool,
) -> bool:
    """Both assert what excludes the other: of one thing, the whole of it, and at one time?"""
    if both.first and both.second:
        return False
    for beside, saying in ((both.first, first), (both.second, second)):
        if any(_tells_who(p) for p in beside) or sum(p.weight for p in beside) > _MOST_BESIDE_OPPOSITE:
            return False
        if _shifts(saying, beside, both):
            return False
    for clause, other, theirs in ((a, second, b), (b, first, a)):
        if clause.some and not _ALL.search(other.text, theirs.span.start, theirs.span.end):
            return False
    if possible or a.force == b.force == "will":
        return True
    if not any(_is_passing(m) or m.sense in ENDING for m in turned):
        return True
    if any(m.one.role == "time" for m in both.matches) or (first.day and first.day == second.day):
        return True
    # *Have left*, and later *remain*.
    before, after = (0, 1) if (first.day or "") <= (second.day or "") else (1, 0)
    clauses = (a, b)
    if all(m.sense in ENDING and (m.sense, -1) in (m.one, m.other)[before].senses.own for m in turned):
        return True
    ends = [(m.one, m.other) for m in turned]
    return "perfect" in clauses[before].tenses and any(
        pair[after].base in _STAYING and pair[before].base not in _STAYING for pair in ends
    )


def _is_passing(match: _Match) -> bool:
    return (match.sense is not None and is_passing(match.sense)) or (
        is_timed(match.one.base) and is_timed(match.other.base)
    )


def _may_be_denied(
    first: Saying,
    a: Clause,
    ours: _Reading,
    second: Saying,
    b: Clause,
    theirs: _Reading,
    both: _Beside,
) -> bool:
    """Does what one denies hold all of what the other asserts?"""
    if ours.negations:
        denier, denying, beside_denied = first, a, both.first
        asserter, asserting, beside_asserted = second, b, both.second
    else:
        denier, denying, beside_denied = second, b, both.second
        asserter, asserting, beside_asserted = first, a, both.first
    if not _is_focus_shared(denying, both):
        return False
    if denying.some and not _ALL.search(denier.text, denying.span.start, denying.span.end):
        return False
    speaks = any(p.base == SPEAKER for p in beside_denied)
    others = [p for p in beside_denied if p.base != SPEAKER]
    if sum(p.weight for p in others) > _MOST_BESIDE_DENIED or any(p.role != "word" for p in others):
        return False
    if speaks and not _is_speaker_meant(asserter, asserting, beside_asserted, both):
        return False
    heads = [p for p in beside_asserted if _tells_who(p) and p.base != SPEAKER]
    if len(heads) == 1 and _denies_all(denier, denying):
        # *Nobody was arrested*: whoever was.
        beside_asserted = tuple(p for p in beside_asserted if p not in heads)
        heads = []
    if heads or sum(p.weight for p in beside_asserted) > _MOST_BESIDE:
        return False
    if any(p.base == SPEAKER for p in beside_asserted) and any(p.head for p in others):
        return False
    if is_part_alone(denier, denying, asserter, asserting):
        return False
    if _shifts(asserter, beside_asserted, both) or _is_by_others(asserter, beside_asserted):
        return False
    # Where only *is* or *has* is denied, what else the other tells is told of something else.
    acts = [m for m in both.matches if m.one.base != SPEAKER and _is_act(m)]
    if not acts and beside_asserted:
        return False
    # *Have not begun*, and later *began*.
    told = [m for m in acts if not (m.one.head and m.other.head)]
    is_passed = any(is_passing(s) for m in told for p in (m.one, m.other) for s, _ in p.senses.own)
    denied_first = (denier.day or "") < (asserter.day or "")
    is_over = denying.never or denying.tenses == {"past"} or denying.force != "none"
    return not (is_passed and denied_first and not is_over)


def _is_by_others(saying: Saying, beside: Sequence[_Part]) -> bool:
    """Is it told who did it, of whom the other says nothing?"""
    at = [
        found.end()
        for p in beside
        if p.base != SPEAKER
        for found in _BY.finditer(saying.text)
        if 0 <= p.span.start - found.end() < _BEHIND_BY
    ]
    return bool(at)


def _denies_all(saying: Saying, clause: Clause) -> bool:
    words = {n.of(saying.text).lower() for n in clause.negations if n != IN_CUE}
    return bool(words & _NOBODY) or (
        words == {"no"} and re.match(r"no one\b", clause.span.of(saying.text), re.I) is not None
    )


def _is_focus_shared(denying: Clause, both: _Beside) -> bool:
    """Does the word that is denied stand, by its sense, in the other clause?"""
    bases = {p.base for m in both.matches for p in (m.one, m.other)}
    for focus in denying.focus:
        if focus is None or focus in bases or focus in EMPTY:
            continue
        token = next((t for t in denying.tokens if t.base == focus), None)
        # It is of a turn of phrase, or says again what another word says.
        if token is None and focus:
            return False
        if token is not None and not any(
            p.span.start <= token.span.start < p.span.end or p.senses.own & senses_of(focus).own
            for m in both.matches
            for p in (m.one, m.other)
        ):
            return False
        if not focus:
            return False
    return True


def _is_speaker_meant(asserter: Saying, asserting: Clause, beside: Sequence[_Part], both: _Beside) -> bool:
    """Does the other clause name nobody who does it, and is it the speaker's to do?"""
    if _WARNING_CUE.search(asserter.cue) or any(p.head for p in beside):
        return False
    if _BY.search(asserter.text, asserting.span.start, asserting.span.end):
        return False
    if _CONCEDING_CUE.search(asserter.cue) or _is_by_us(asserter, asserting):
        return True
    reciprocal = any(s in RECIPROCAL for m in both.matches for s, _ in m.one.senses.own | m.other.senses.own)
    return asserting.force in ("will", "may") or reciprocal or _is_on_the_table(asserter, asserting)


def _is_by_us(saying: Saying, clause: Clause) -> bool:
    return _BY_US.search(saying.text, clause.span.start, clause.span.end) is not None


def _is_on_the_table(saying: Saying, clause: Clause) -> bool:
    return any(says == POSSIBLE for _, says in phrases_in(saying.text, clause.span))


def _tells_who(part: _Part) -> bool:
    """Does a word that one clause has alone make it of somebody or something else?"""
    return part.head and part.role in ("word", "name")


def _shifts(saying: Saying, beside: Sequence[_Part], both: _Beside) -> bool:
    """Is it of something of what the other is of: *the auditors of Halden*, *Halden's auditors*, *the Halden auditors*?"""
    text = saying.text
    paired = [p for m in both.matches for p in (m.one, m.other) if m.one.base != SPEAKER]
    for part in beside:
        if part.role != "word" and not part.base.endswith("th"):
            continue
        if re.match(r"\s+of\b", text[part.span.end : part.span.end + 6]):
            return True
        before = text[max(0, part.span.start - 3) : part.span.start]
        if before.endswith(("’s ", "'s ", "s’ ", "s' ")):
            return True
        touching = any(p.span.end == part.span.start - 1 and p.span != IN_CUE for p in paired)
        if touching and text[part.span.start - 1] in " -" and not part.span.of(text).endswith("ly"):
            return True
    return False


# --- times

_MONTHS: Final = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}


def _other_time(first: Saying, a: Clause, second: Saying, b: Clause) -> Opposition | None:
    """What is to be in one month is not to be before a later one."""
    early, late = (a, b) if b.negations else (b, a)
    if early.limits or early.negations or len(late.negations) != 1 or late.limits[0] != "before":
        return None
    if not early.force == late.force == "will":
        return None
    saying_early, saying_late = (first, second) if early is a else (second, first)
    one_speaker = first.speaker == second.speaker
    ours, theirs = _read(saying_early, early, own=one_speaker), _read(saying_late, late, own=one_speaker)
    both = _lay(ours, theirs)
    when = [p for p in both.first if p.role == "time"]
    limit = {months for key in late.limits if (months := _months_of(key)) is not None}
    if (
        len(when) != 1
        or len(limit) != 1
        or not _is_one_subject(both)
        or any(m.sign < 0 for m in both.matches)
    ):
        return None
    told = _months_of(when[0].span.of(saying_early.text).lower())
    if told is None or told[1] >= limit.pop()[0] or not _is_focus_shared(late, both):
        return None
    if any(p.role != "time" for p in both.first) or both.second:
        return None
    marks = ((when[0].span,), late.negations)
    return Opposition(
        "opposite",
        marks[0] if early is a else marks[1],
        marks[1] if early is a else marks[0],
        False,
        both.weight,
        (a.span, b.span),
    )


def _months_of(word: str) -> tuple[int, int] | None:
    """First and last month of a word for one, or for a season of the north; None for any other word."""
    if word in _SEASONS:
        return _SEASONS[word]
    month = _MONTHS.get(word[:3]) if words_of(word) and words_of(word)[0].key in _MONTHS else None
    return (month, month) if month else None


# --- numbers


def _other_number(
    first: Saying, a: Clause, ours: _Reading, second: Saying, b: Clause, theirs: _Reading
) -> Opposition | None:
    if ours.negations or theirs.negations or ours.force != theirs.force or ours.force == "may":
        return None
    if ours.force != "will" and not (a.tenses & b.tenses):
        return None
    counts = numbers_of(first, a), numbers_of(second, b)
    if [len(c) for c in counts] != [1, 1]:
        return None
    one, other = counts[0][0], counts[1][0]
    if not _is_one_unit(one.unit, other.unit) or not exclude_each_other(one, other):
        return None
    laid = _lay(ours, theirs)
    beside = [
        [
            p
            for p in side
            if not n.marked.start <= p.span.start < n.marked.end and p.base not in (one.unit, other.unit)
        ]
        for side, n in ((laid.first, one), (laid.second, other))
    ]
    matches = [
        m
        for m in laid.matches
        if not one.marked.start <= m.one.span.start < one.marked.end
        and not other.marked.start <= m.other.span.start < other.marked.end
    ]
    both = _Beside(tuple(matches), tuple(beside[0]), tuple(beside[1]))
    if any(m.sign < 0 for m in both.matches) or not _is_one_subject(both):
        return None
    if (both.first and both.second) or any(p.role != "word" for side in beside for p in side):
        return None
    if any(sum(p.weight for p in side) > _MOST_BESIDE_NUMBER for side in beside):
        return None
    if any(_shifts(s, side, both) for s, side in ((first, beside[0]), (second, beside[1]))):
        return None
    if not (a.finite and b.finite) or not agree_in_time(a, b, _times(both.first), _times(both.second)):
        return None
    bases = {p.base for m in both.matches for p in (m.one, m.other)}
    # The noun alone is not what is told of it.
    if len([m for m in both.matches if m.one.base not in (one.unit, SPEAKER)]) < 2:
        return None
    update = is_update(first, second, one.unit, bases)
    if update is None:
        return None
    return Opposition("changed number", (one.marked,), (other.marked,), update, both.weight, (a.span, b.span))


def _is_one_unit(one: str, other: str) -> bool:
    if one == other:
        return True
    ours, theirs = senses_of(one), senses_of(other)
    if any(sign > 0 for _, sign in ours.own & theirs.own):
        return True
    return _PEOPLE in (ours.own & theirs.implied) | (ours.implied & theirs.own)
