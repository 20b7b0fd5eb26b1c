"""The sector that the words of a phrase give: *Kazakh riot police* COP, *leaders of the rebel group* REB.

`data/roles.tsv` has the words. A phrase speaks of the last role before its first preposition. Words that say
less than what stands with them (*leader*, *spokesman*, *members*) take the sector of that: of the word right
before (*union leader*), of the body that the phrase names, or of what follows *of* or *for*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from onrecord.resolution.entries import read_data
from onrecord.resolution.names import first_name_gender
from onrecord.resolution.phrases import FORMER
from onrecord.resolution.spelling import fold

Sectors = tuple[str, ...]

# The longest phrase of the table, in words, that is sought.
_MAX_WORDS: Final = 6
# How deep a complement is followed: *a spokesman for the leader of the rebels*.
_MAX_DEPTH: Final = 3
# A person's name behind a role has no more words.
_MAX_PERSON_WORDS: Final = 5
# Words of the table that stand in capitals, or small.
_ACRONYMS: Final = frozenset("ngo ngos mp mps mep meps idp idps ceo tv swat".split())
_PREPOSITIONS: Final = frozenset(
    "of in at from who that which whose to for near across outside by with against on over into inside around under after during since including among between than as loyal linked".split()
)
# After these stands whose a leader or member is; after others, where or with whom.
_OWNING: Final = frozenset("of for at from in with to loyal linked by".split())
# Of the table's words that take the sector of their owner, those that are nobody without one.
_THINGS: Final = frozenset(
    "building buildings camp camps checkpoint checkpoints compound compounds convoy convoys headquarters position positions post posts residence site sites target targets vehicle vehicles".split()
)
# *the government's plan*: whose something is, and what, up to its complement.
_OWNED: Final = re.compile(r"(?:[^\W\d_]['’]s|s['’]) ([a-z][\w’'-]*(?: [a-z][\w’'-]*)*)$")
# What follows one of these is what somebody or something has to do with, and not who it is.
_DOING: Final = frozenset(
    "carrying transporting bringing belonging containing holding hitting targeting involving including affecting describing detailing showing accusing criticising criticizing calling urging asking demanding killing wounding injuring ordering naming".split()
)
# Whom such words before it make of a force or a commander; a government's force is still a force.
_ARMED: Final = frozenset("REB PRM COP UAF CRM OPP SPY".split())
# An army's doctor or a police driver is of the army or the police.
_UNIFORMED: Final = frozenset(("MIL", "COP", "SPY"))
_TRADES: Final = frozenset("BUS LAB MED EDU REL AGR".split())
# What bodies that say little by themselves are of.
_BODIES: Final = frozenset("GOV SOC NGO EDU LAB".split())
_FIELDS: Final = frozenset("REL JRN MED EDU LAB AGR BUS JUD LEG COP MIL SPY REF".split())
# Sectors whose former holders are PLOVER's ELI.
_OFFICES: Final = frozenset("GOV LEG JUD SPY ELI".split())
_RANKS: Final = re.compile(
    r"\b(?:general|chief|commander|colonel|admiral|brigadier|marshal|head|minister|officer|lieutenant|major|captain)s?\b"
)
_SIMPLE: Final = re.compile(r"\b(?:rebel|soldier|student|police|policem[ae]n|troop)")
_CHIEFS: Final = re.compile(r"\b(?:police|army|military|navy) (?:chief|commander|general|minister|head)s?\b")
_OPPOSITION: Final = re.compile(r"\b(?:opposition|dissident|antigovernment|anti government)\b")
_ARTICLE: Final = re.compile(r"^\W*(?:[Tt]he|[Aa]n?)\s+")
# In names of persons: *Prince Faisal bin Orpel*.
_PARTICLES: Final = frozenset("bin ibn bint van von der".split())
_NAME_WORD: Final = re.compile(
    r"[^\W\d_a-zà-þ]|\d|(?:of|de|da|del|la|le|du|des|and|for|the|bin|al|van|von|y|e|&)$"
)


@dataclass(frozen=True, slots=True)
class Role:
    """What words say: the sectors, the words, and whether what stands with them would say more."""

    sectors: Sectors
    words: str
    weak: bool = False

    @property
    def first(self) -> str:
        """The foremost sector; empty if the words tell none."""
        return self.sectors[0] if self.sectors else ""


class _Hit(NamedTuple):
    start: int
    end: int
    kind: str
    sectors: Sectors
    words: str

    @property
    def first(self) -> str:
        return self.sectors[0] if self.sectors else ""


# kind (`role`, `of`, `kin`, `name`, `agents`, `trade`) -> folded phrase -> sectors
_Tables = dict[str, dict[str, Sectors]]


class _Phrases(NamedTuple):
    """The phrases of some kinds, for finding them in a text: each as it is printed -> its kind, its sectors and how the
    table has it; and the word that it begins with -> the number of words of the longest that does."""

    by_words: dict[str, tuple[str, Sectors, str]]
    longest: dict[str, int]


def _no_body() -> Sectors:
    return ()


def read_role(text: str, body: Callable[[], Sectors] = _no_body) -> Role | None:
    """The sector of the role that a phrase speaks of.

    Args:
        text: the phrase as printed, *a spokesman for the Orpel army*.
        body: gives the sectors of the organisation that the phrase names; asked only where it matters.

    >>> read_role("a spokesman for the army").sectors, read_role("rebel leaders").sectors
    (('MIL',), ('REB',))
    """
    return _read_alone(text) if body is _no_body else _read(text, body)


@lru_cache(maxsize=8192)
def _read_alone(text: str) -> Role | None:
    return _read(text, _no_body)


def _read(text: str, body: Callable[[], Sectors]) -> Role | None:
    for part in text.split(","):
        if _is_owned_thing(part):
            continue
        if found := _of_name(part) or _of_words(_without_person(part), body, 0):
            return _in_opposition(text, _formerly(text, found))
    return None


def _is_owned_thing(part: str) -> bool:
    """*The government's plan for the port* is no government; *the government's aides* are of it."""
    words = part.split()
    stop = next((i for i, w in enumerate(words) if i and w in _PREPOSITIONS), len(words))
    owned = _OWNED.search(" ".join(words[:stop]))
    return owned is not None and not _hits(_words(owned[1]))


@lru_cache(maxsize=8192)
def read_title(text: str) -> Role | None:
    """The role that words give to a name right behind them: *the police chief* to *Ana Orpel*; None for *the court
    convicted*."""
    words = _words(text)
    hits = _hits(words)
    if not hits or hits[-1].end != len(words):
        return None
    first = max(i for i, h in enumerate(hits) if i == 0 or hits[i - 1].end != h.start)
    return _of_hit(hits[first:], (), _no_body, 0)


def begins_role(text: str) -> bool:
    """Does a phrase begin with words for a role: *spokesman for the army*?"""
    hits = _hits(_words(text)[:_MAX_WORDS])
    return bool(hits) and hits[0].start == 0


def _words(text: str) -> list[str]:
    """The folded words of a phrase that may be for a role."""
    return [folded for word in text.split() for folded in _role_words(word)]


@lru_cache(maxsize=16384)
def _role_words(word: str) -> tuple[str, ...]:
    """A printed word, folded; *Ngo* is a name, *NGO* and *ngo* are not, and *Baker* is one, where *baker* is none."""
    folded = fold(word).split()
    if word[:1].isupper():
        trades, is_acronym = _tables()["trade"], word.rstrip(".s").isupper()
        folded = [f for f in folded if f not in trades and (is_acronym or f not in _ACRONYMS)]
    return tuple(folded)


def _without_person(part: str) -> list[str]:
    """The folded words of a phrase without the name of a person behind a role: *Attorney General Christian Porter*
    speaks of no porter."""
    words = _words(part)
    hits = _hits(words)
    if not hits:
        return words
    printed = part.split()
    ends = {h.end for h in hits}
    taken = {i for h in hits for i in range(h.start, h.end)}
    at = 0  # in folded words
    for number, word in enumerate(printed):
        name = printed[number:]
        if (
            number
            and at in ends
            and len(name) <= _MAX_PERSON_WORDS
            and all(_NAME_WORD.match(w) for w in name)
            and (
                (first_name_gender(word) is not None and (at not in taken or len(name) > 1))
                or not any(h.start >= at for h in hits)
                or not _PARTICLES.isdisjoint(w.lower() for w in name)
            )
        ):
            return words[:at]
        at += len(_words(word))
    return words


def _formerly(text: str, role: Role) -> Role:
    """*Former* makes PLOVER's ELI of who held an office; a former student or soldier has held none."""
    key = fold(text)
    if not FORMER.search(key) or (_SIMPLE.search(key) and not _CHIEFS.search(key)):
        return role
    held = role.sectors[:1] and (
        role.first in _OFFICES or (role.first in ("MIL", "COP", "PTY") and _RANKS.search(key))
    )
    return Role(("ELI",), f"former {role.words}") if held else role


def _in_opposition(text: str, role: Role) -> Role:
    if role.sectors[:1] and role.first in ("PTY", "GOV", "CVL", "LEG") and _OPPOSITION.search(fold(text)):
        kept = tuple(s for s in role.sectors if s not in ("OPP", "GOV"))
        return Role(("OPP", *kept), f"{role.words} of the opposition", role.weak)
    return role


def _of_name(part: str) -> Role | None:
    """*the Orpel Herald* is a newspaper, *Ana Herald* is not."""
    words = _ARTICLE.sub("", part.strip(" .“”\"'’")).split()
    if len(words) < 2 or not all(_NAME_WORD.match(w) for w in words) or first_name_gender(words[0]):
        return None
    table = _tables()["name"]
    folded = _head(fold(" ".join(words)).split())
    if not folded:
        return None
    for size in range(min(4, len(folded) - 1), 0, -1):
        last = " ".join(folded[-size:])
        if last not in table:
            continue
        near = _scan(folded[:-size], _phrases("role"))
        if near and table[last][0] in _BODIES and near[-1].first in _FIELDS:
            # *Orpel Press Council*, *Muslim Association of Orpel*: of the press, of a faith.
            own = (near[-1].first, table[last][0])
            return Role(own if table[last][0] != "LAB" else own[::-1], f"{near[-1].words} {last}")
        return Role(table[last], last)
    return None


def _head(words: list[str]) -> list[str]:
    """The words of a name before *of* or *for*, if they say what it is: *Bank of Orpel Steel* is no mill, *Ministry of
    Health* is left to the words of its own."""
    stop = next((i for i, w in enumerate(words) if i and w in ("of", "for")), len(words))
    if stop == len(words):
        return words
    table = _tables()
    if words[stop - 1] in table["name"]:
        return words[:stop]
    return [] if words[stop - 1] in table["role"] or words[stop - 1] in table["of"] else words


def _of_words(words: Sequence[str], body: Callable[[], Sectors], depth: int) -> Role | None:
    hits = _hits(words)
    inside = {i for h in hits for i in range(h.start, h.end)}
    stop = next((i for i, w in enumerate(words) if i and w in _PREPOSITIONS and i not in inside), len(words))
    # *a vehicle carrying officials* is no official, *two visiting officials* are.
    doing = next((i for i, w in enumerate(words) if w in _DOING and i not in inside), len(words))
    before = [h for h in hits if h.start < min(stop, doing)]
    if doing < stop and not before:
        return None
    owner = words[stop + 1 :] if stop < len(words) and words[stop] in _OWNING else ()
    if not before:
        rest = words[stop + 1 :]
        return _of_words(rest, body, depth + 1) if rest and depth < _MAX_DEPTH else None
    return _of_hit(before, owner, body, depth)


def _of_hit(hits: Sequence[_Hit], owner: Sequence[str], body: Callable[[], Sectors], depth: int) -> Role:
    last = hits[-1]
    near = hits[-2] if len(hits) > 1 and hits[-2].end == last.start else None
    if last.kind in ("role", "agents", "trade"):
        if near and near.sectors[:1] and near.first in _UNIFORMED and last.first in _TRADES:
            return Role((near.first, last.first), f"{near.words} {last.words}")
        return Role(last.sectors, last.words)
    if near and (found := _fit(last, _of_hit(hits[:-1], owner, body, depth))):
        return found
    if last.kind != "kin" and (own := _fit(last, Role(body(), "of a body"))):
        return own
    if owner and depth < _MAX_DEPTH:
        whose = _of_words(owner, body, depth + 1)
        if whose and (found := _fit(last, whose)):
            return found
    if last.kind == "kin":
        return Role(("CVL",), last.words)
    return Role(("UNK",) if last.words in _THINGS else last.sectors, last.words, weak=True)


def _fit(last: _Hit, whose: Role) -> Role | None:
    """What a word becomes by whom it belongs to; None where that says nothing."""
    if not whose.sectors or whose.first == "UNK":
        return None
    if last.kind == "kin":
        return Role(("ELI",), f"{last.words} of {whose.words}") if whose.first in ("GOV", "ELI") else None
    if last.sectors[:1] == ("MIL",) and whose.first not in _ARMED:
        return None
    if last.sectors[:1] == ("CVL",) and whose.first == "GOV":
        return None
    if last.sectors[:1] == ("REB",) and whose.first not in (*_ARMED, "MIL"):
        return None
    if last.sectors[:1] == ("UNK",):
        return None
    return Role(whose.sectors, f"{last.words} of {whose.words}")


def _hits(words: Sequence[str]) -> list[_Hit]:
    """The phrases of the table, the longest from left to right; words of Phoenix only where ours say nothing, and of
    WordNet where neither do."""
    own = _scan(words, _phrases("of", "kin", "role"))
    if own and (any(hit.sectors for hit in own) or not _PREPOSITIONS.isdisjoint(words)):
        return own
    # *two locksmiths*: ours has the number alone; *members of* somebody takes that one's sector.
    return _scan(words, _phrases("agents")) or _scan(words, _phrases("trade")) or own


def _scan(words: Sequence[str], phrases: _Phrases) -> list[_Hit]:
    by_words, longest = phrases
    hits: list[_Hit] = []
    free = 0  # the first word behind the last phrase
    for at, word in enumerate(words):
        if at < free or word not in longest:
            continue
        for end in range(min(len(words), at + longest[word]), at, -1):
            if found := by_words.get(" ".join(words[at:end]) if end > at + 1 else word):
                hits.append(_Hit(at, end, *found))
                free = end
                break
    return hits


@lru_cache(maxsize=8)
def _phrases(*kinds: str) -> _Phrases:
    """The phrases of some kinds; of several that one is of, the first counts."""
    by_words: dict[str, tuple[str, Sectors, str]] = {}
    longest: dict[str, int] = {}
    for kind in kinds:
        for phrase, sectors in _tables()[kind].items():
            by_words.setdefault(phrase, (kind, sectors, phrase))
    if kinds == ("agents",):
        # Phoenix has the singular alone.
        for phrase, found in tuple(by_words.items()):
            by_words.setdefault(f"{phrase}s", found)
    for phrase in by_words:
        first, size = phrase.partition(" ")[0], phrase.count(" ") + 1
        if size <= _MAX_WORDS:
            longest[first] = max(size, longest.get(first, 0))
    return _Phrases(by_words, longest)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    by_kind: _Tables = {k: {} for k in ("role", "of", "kin", "name", "agents", "trade")}
    known: dict[str, Sectors] = {}
    for line in read_data("roles.tsv").decode().splitlines():
        if line and not line.startswith("#"):
            phrase, sectors, kind = line.split("\t")
            by_kind[kind][phrase] = known.setdefault(sectors, tuple(sectors.split()))
    return by_kind
