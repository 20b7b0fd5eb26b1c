"""Persons and bodies whom the registry does not know, across reports: which names are one, and which namesakes are two.

`name_key` gives one key to the spellings of a name. `Told` has what a report tells of its bearer, as far as it tells
anybody apart: country, kind of work, year of birth, middle name, generation, decade. `part_namesakes` parts the
bearers of one name by that. It looks at the set of all that is told, so the order in which reports came is nothing to
it, and it parts nobody for what is untold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from onrecord.resolution.phrases import FORMER
from onrecord.resolution.roles import read_role
from onrecord.resolution.spelling import fold, person_key
from onrecord.resolution.words import FAMILY_FIRST

_GENERATION: Final = re.compile(r"[\s,]+(?:(jr|junior)|(sr|senior)|(ii|iii|iv))\.?$", re.I)
# Who holds an office, commands or sits in a parliament; a general may become a minister.
_STATE: Final = frozenset("GOV LEG ELI PTY OPP MIL COP SPY".split())
_FAITH: Final = frozenset(("REL",))
# Kinds of work that PLOVER has no sector of their own for.
_SPORT: Final = re.compile(
    r"\b(?:footballer|midfielder|goalkeeper|defender|striker|winger|quarterback|pitcher|batsman|bowler|cricketer|golfer|boxer|wrestler|swimmer|runner|sprinter|athlete"
    r"|gymnast|skier|skater|cyclist|rower|jockey|sailor and olympian|(?:tennis|football|basketball|soccer|rugby|hockey|baseball|volleyball|handball|chess|cricket) (?:player|star|coach)|head coach|olympian)s?\b"
)
_ARTS: Final = re.compile(
    r"\b(?:singer|songwriter|pop star|rapper|musician|pianist|violinist|composer|conductor of|actor|actress|film star|film director|painter|sculptor|dancer|ballerina|comedian|novelist|poet)s?\b"
)
# Whoever is one of these to somebody has not that one's work.
_OTHERS: Final = re.compile(
    r"^(?:[\w' ]+ )?(?:wife|husband|widow|widower|son|daughter|brother|sister|mother|father|cousin|uncle|nephew|niece|friend|aide|lawyer|spokes\w+|advis[eo]r|critic|supporter|opponent|rival)\b"
)
_CARE: Final = re.compile(r"\b(?:nurse|midwife|paramedic|surgeon|dentist)s?\b")
# Ages are a year off, and reports are.
_SAME_BIRTH: Final = 2
# Of one working life.
_LIFE_DECADES: Final = 5


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """What one report tells of somebody; an empty field is untold.

    Attributes:
        generation: `jr`, `sr`, `ii`.
        middle: initial or name between the first and the family name, as a key.
        born: the year, from an age.
        countries: alpha-3 codes by which the report's own words call them.
        work: kinds of work that exclude each other unless a report tells both.
        decade: of the report, its year by ten.
    """

    generation: str = ""
    middle: str = ""
    born: int | None = None
    countries: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    decade: int | None = None


def name_key(name: str, *, person: bool) -> str:
    """The key under which the spellings of a name meet: accents, transliterations, middle names, family name first.

    >>> name_key("Kassym-Zhomart Orpelev", person=True) == name_key("Kasym-Jomart Orpelyev", person=True)
    True
    >>> name_key("Orpel Nguyen", person=True) == name_key("Nguyen Orpel", person=True)
    True
    """
    if not person:
        return fold(name)
    words = person_key(_GENERATION.sub("", name)).split() or [fold(name)]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    if any(w in FAMILY_FIRST for w in fold(name).split()):
        ends.sort()
    return "person " + " ".join(ends)


def told_of(
    name: str, *, roles: Iterable[tuple[str, str | None]], born: int | None, decade: int | None
) -> Told:
    """What a report tells of a person.

    Args:
        name: the full name, *Ana J. Orpel Jr.*.
        roles: titles and their countries.
    """
    roles = list(roles)
    generation = _GENERATION.search(name)
    words = person_key(_GENERATION.sub("", name)).split()
    return Told(
        generation=next(t for t in generation.groups() if t).lower()[:2] if generation else "",
        middle=" ".join(words[1:-1]),
        born=born,
        countries=tuple(sorted({of for _, of in roles if of and len(of) == 3})),
        work=_work_of([title for title, _ in roles]),
        decade=decade,
    )


def _work_of(titles: Sequence[str]) -> tuple[str, ...]:
    """Kinds of work; a former one counts only where it stands beside one of today, as a bridge."""
    now = {w for t in titles if not FORMER.search(fold(t)) and (w := _kind(t))}
    once = {w for t in titles if FORMER.search(fold(t)) and (w := _kind(t))}
    return tuple(sorted(now | once)) if now else ()


def _kind(title: str) -> str:
    key = fold(title)
    if _OTHERS.match(key):
        return ""
    for pattern, kind in ((_SPORT, "sport"), (_ARTS, "arts"), (_CARE, "care")):
        if pattern.search(key):
            return kind
    role = read_role(title)
    if role is None or role.weak:
        return ""
    return "state" if role.first in _STATE else "faith" if role.first in _FAITH else ""


def write_told(told: Told) -> str:
    """What is told as the end of an id, empty if nothing is told."""
    parts = []
    for field in fields(told):
        value = getattr(told, field.name)
        if value:
            words = "+".join(value) if isinstance(value, tuple) else re.sub(r"\W+", "_", str(value))
            parts.append(f".{field.name[0]}={words}")
    return "".join(parts)


def read_told(end: str) -> Told:
    """What the end of an id tells; see `write_told`."""
    given = dict(p.split("=", 1) for p in end.split(".") if "=" in p)
    number: Callable[[str], int | None] = lambda key: int(given[key]) if key in given else None  # noqa: E731
    several: Callable[[str], tuple[str, ...]] = lambda key: (  # noqa: E731
        tuple(given[key].split("+")) if key in given else ()
    )
    return Told(
        generation=given.get("g", ""),
        middle=given.get("m", "").replace("_", " "),
        born=number("b"),
        countries=several("c"),
        work=several("w"),
        decade=number("d"),
    )


# What parts bearers of a name, the surest first: the word for it, and a function from what is told to groups by label.
_Groups = dict[str, list[Told]]


def part_namesakes(told: Collection[Told], whole: Collection[str] = ()) -> dict[Told, str]:
    """To which bearer of one name each report's bearer belongs.

    Args:
        told: all that reports tell, in any order.
        whole: bearers that stay one, since somebody has corrected them.

    Returns:
        The end of the bearer's id; empty for all where nothing tells them apart.

    >>> mayor, player = Told(work=("state",)), Told(work=("sport",))
    >>> part_namesakes([mayor, player, Told()])[player]
    '.sport'
    >>> part_namesakes([mayor, Told()])
    {Told(generation='', middle='', born=None, countries=(), work=(), decade=None): '', Told(generation='', middle='', born=None, countries=(), work=('state',), decade=None): ''}
    """
    return _part("", sorted(set(told), key=write_told), frozenset(whole))


def _part(bearer: str, members: list[Told], whole: frozenset[str]) -> dict[Told, str]:
    if bearer not in whole and len(members) > 1:
        for grouping in (_by_generation, _by_birth, _by_middle, _by_country, _by_work, _by_decade):
            groups = grouping(members)
            if len(groups) > 1:
                found: dict[Told, str] = {}
                for label, group in _with_untold(groups, members).items():
                    found |= _part(f"{bearer}.{label}", group, whole)
                return found
    return dict.fromkeys(members, bearer)


def _with_untold(groups: _Groups, members: Sequence[Told]) -> _Groups:
    """Groups with those of whom the dividing thing is untold: each goes to the one group with which it shares something
    else that is told; whoever shares with none, or with several, stays apart from all."""
    placed = {m for group in groups.values() for m in group}
    whole = {label: list(group) for label, group in groups.items()}
    for member in members:
        if member not in placed:
            fits = [label for label, group in groups.items() if any(_shares(member, g) for g in group)]
            whole.setdefault(fits[0] if len(fits) == 1 else "untold", []).append(member)
    return whole


def _shares(a: Told, b: Told) -> bool:
    return bool(
        (a.middle and a.middle == b.middle)
        or (a.born and b.born and abs(a.born - b.born) <= _SAME_BIRTH)
        or set(a.countries) & set(b.countries)
        or set(a.work) & set(b.work)
    )


def _by_generation(members: Sequence[Told]) -> _Groups:
    return _joined(members, lambda m: (m.generation,) if m.generation else ())


def _by_middle(members: Sequence[Told]) -> _Groups:
    """*J.* is *John* where no other middle name begins so."""
    initials = _joined(members, lambda m: (m.middle[0],) if m.middle else ())
    if len(initials) > 1:
        return initials
    return _joined(members, lambda m: (m.middle.replace(" ", "_"),) if len(m.middle) > 1 else ())


def _by_country(members: Sequence[Told]) -> _Groups:
    return _joined(members, lambda m: m.countries)


def _by_work(members: Sequence[Told]) -> _Groups:
    return _joined(members, lambda m: m.work)


def _by_birth(members: Sequence[Told]) -> _Groups:
    return _apart(members, lambda m: m.born, _SAME_BIRTH, "born")


def _by_decade(members: Sequence[Told]) -> _Groups:
    return _apart(members, lambda m: m.decade, _LIFE_DECADES, "decade")


def _joined(members: Sequence[Told], values: Callable[[Told], tuple[str, ...]]) -> _Groups:
    """Members by what they tell; two values that one member tells are one group, by the first of its values."""
    roots: dict[str, str] = {}

    def root(value: str) -> str:
        while roots.setdefault(value, value) != value:
            value = roots[value]
        return value

    for m in members:
        for value in values(m):
            a, b = sorted((root(values(m)[0]), root(value)))
            roots[b] = a
    groups: _Groups = {}
    for m in members:
        if told := values(m):
            groups.setdefault(root(told[0]), []).append(m)
    return groups


def _apart(members: Sequence[Told], value: Callable[[Told], int | None], least: int, label: str) -> _Groups:
    """Members by a number, a new group where the next number is more than `least` away."""
    told = sorted((v, write_told(m), m) for m in members if (v := value(m)) is not None)
    groups: _Groups = {}
    before: int | None = None
    name = ""
    for number, _, m in told:
        if before is None or number - before > least:
            name = f"{label}-{number}"
        groups.setdefault(name, []).append(m)
        before = number
    return groups


def describe_end(told: Told) -> str:
    """What is told of somebody, in words; empty if nothing tells them apart.

    >>> describe_end(Told(born=1958, countries=("KAZ",), work=("state",)))
    'born about 1958, of KAZ, work: state'
    """
    parts = (
        told.generation,
        told.middle and f"middle name {told.middle}",
        told.born and f"born about {told.born}",
        told.countries and f"of {', '.join(told.countries)}",
        told.work and f"work: {', '.join(told.work)}",
    )
    return ", ".join(str(p) for p in parts if p)
