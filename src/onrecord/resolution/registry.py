"""Who of the shipped actors a name means: candidates, scored with reasons, or nobody.

`link` takes what a report says about a name: its titles, the date, countries that the context
speaks of, the other actors of the report. Each reason has a weight, the score is their sum; what
stays under `LEAST_SCORE`, or is closely followed by somebody else, is nobody. The same input
always gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.resolution.entries import Actors, Entry, Index, Office, load_actors
from onrecord.resolution.phrases import (
    COURTESY,
    GOVERNMENT_WORDS,
    KINDS,
    TITLES,
    Phrase,
    country_of,
    read_phrase,
)
from onrecord.resolution.spelling import fold, person_key

# Under this nobody is linked. A full name alone passes, a family name alone does not.
LEAST_SCORE: Final = 0.6
# By how much the first must lead the second.
LEAST_LEAD: Final = 0.05
# Years before the first and after the last office in which a person is still talked of.
_YOUTH, _AFTERLIFE = 20, 40
# The source of the bodies of single countries.
_LOCAL: Final = ("bodies",)
# Weight from which a name is a full one.
_FULL_NAME: Final = 0.65
# Under this weight a name is a family name, or an only name, that others bear too.
_OWN_NAME: Final = 0.5
# What such a name loses where neither itself nor the report tells whose it is: country and day alone never suffice.
_UNTOLD: Final = -0.2
# But for whoever rules a country on the day, by a name that no more persons bear.
_FEW_BEARERS: Final = 3
_RULING: Final = frozenset(("state", "government", "leader"))
_DEFENCE: Final = re.compile(r"\bdefence\b")
_INTERIM: Final = re.compile(r"^(?:interim|acting|transitional|caretaker|the|then|former|ex)[ -]")
_PAST_TITLE: Final = re.compile(r"(?:former|ex)\b")
_ARTICLE_OR_POSSESSIVE: Final = re.compile(r"^(?:the|The)\s+|['’]s?$")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_TITLE_WORDS: Final = frozenset(w for title in TITLES for w in title.split())
# Names are asked for many times in a report, and those of one report by the next.
_REMEMBERED: Final = 16384


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a candidate gained or lost: *holds the title president on 2022-01-07*, 0.35."""

    why: str
    weight: float


@dataclass(frozen=True, slots=True)
class Linked:
    """An actor of the registry whom a name may mean.

    Attributes:
        score: sum of the weights of the reasons; 1 or more is as good as sure.
        reasons: in the order in which they were weighed.
        office: the office in which the name shows the actor, if it says one.
    """

    actor: Entry
    score: float
    reasons: tuple[Reason, ...]
    office: Office | None = None


def link(
    name: str,
    *,
    titles: Sequence[str] = (),
    date: str | None = None,
    country_hints: Sequence[str] = (),
    company: Sequence[str] = (),
) -> Linked | None:
    """The one actor whom a name means, or None if nobody fits or two fit alike.

    Args:
        name: as printed, with or without its title: *Tokayev*, *President Tokayev*, *the Kazakh president*.
        titles: offices that the context gives to the name, *president*, *former foreign minister*.
        date: the day of which the text speaks, ISO, or its beginning (2022, 2022-01); None if unknown.
        country_hints: alpha-3 codes that the context speaks of, the nearest first.
        company: ids of other actors of the report, `gov:KAZ`, `person:KAZ:...`.

    >>> found = link("President Tokayev", date="2022-01-07", country_hints=["KAZ"])
    >>> found.actor.id if found else None
    'person:KAZ:tokayev-kassym-jomart'
    """
    return choose(candidates(name, titles=titles, date=date, country_hints=country_hints, company=company))


def choose(found: Sequence[Linked]) -> Linked | None:
    """The one of some candidates, the best first, who is meant; None if nobody fits or two fit alike."""
    if not found or found[0].score < LEAST_SCORE:
        return None
    if len(found) > 1 and round(found[0].score - found[1].score, 4) < LEAST_LEAD:
        return None
    return found[0]


def candidates(
    name: str,
    *,
    titles: Sequence[str] = (),
    date: str | None = None,
    country_hints: Sequence[str] = (),
    company: Sequence[str] = (),
) -> list[Linked]:
    """Everybody whom a name may mean, the best first; see `link`."""
    if not titles and not may_mean_somebody(name):
        return []
    actors, index = load_actors()
    context = _Context(actors, index, date, tuple(country_hints), tuple(company))
    found: dict[str, Linked] = {}
    for linked in (*context.bodies(name), *context.persons(name, titles)):
        known = found.get(linked.actor.id)
        if known is None or linked.score > known.score:
            found[linked.actor.id] = linked
    return sorted(found.values(), key=lambda c: (-c.score, c.actor.id))


@lru_cache(_REMEMBERED)
def may_mean_somebody(name: str) -> bool:
    """May `candidates` find anybody by a name alone, whatever the day, the countries and the company? It costs little,
    and most words mean nobody."""
    bare = _without_article(name)
    if _bodies_named(bare) or _government_named(bare) or _headed_body(bare):
        return True
    phrase = read_phrase(name)
    if _is_office_alone(phrase):
        return bool(phrase.titles)
    return bool(_persons_named(phrase.name, name))


@lru_cache(_REMEMBERED)
def find_bodies(name: str) -> tuple[Entry, ...]:
    """Organisations, groups and alliances that a name alone means; see `link`."""
    actors, index = load_actors()
    context = _Context(actors, index, None, (), ())
    return tuple(b.actor for b in context.by_name(_without_article(name)) if b.score >= LEAST_SCORE)


def holders(of: str, title: str, date: str | None) -> list[tuple[Entry, Office]]:
    """Who held an office of a state (alpha-3) or organisation (`org:NATO`) on a day.

    Who is known to have held it that day comes before who may have.
    """
    actors, index = load_actors()
    found = []
    for number in index.holders.get(of, ()):
        entry = actors[number]
        offices = [
            (held, o) for o in entry.roles if o.of == of and fits_title(title, o) and (held := holds(o, date))
        ]
        if offices:
            held, office = max(offices, key=lambda h: (h[0], _fits(title, h[1]), h[1].from_ or ""))
            found.append((held, _fits(title, office), entry, office))
    found.sort(key=lambda f: (-f[0], -f[1], -_order(f[3].from_), f[2].id))
    best = [f for f in found if f[:2] == found[0][:2]]
    return [(entry, office) for _, _, entry, office in best]


def holds(office: Office, date: str | None) -> float:
    """How sure an office was held on a day: 1 sure, 0.5 perhaps, 0 not."""
    if date is None:
        return 1.0 if office.to is None and office.seen and office.seen >= "2025" else 0.5
    if office.from_ and date < office.from_[: len(date)]:
        return 0.0
    if office.to:
        return 1.0 if date[: len(office.to)] <= office.to[: len(date)] else 0.0
    if office.seen and date[: len(office.seen)] <= office.seen[: len(date)]:
        return 1.0 if office.from_ else 0.5
    return 0.5 if office.seen is None or int(date[:4]) - int(office.seen[:4]) <= 2 else 0.0


def _order(day: str | None) -> int:
    return int((day or "0").replace("-", "").ljust(8, "0"))


@lru_cache(_REMEMBERED)
def _bare(title: str) -> str:
    low = _INTERIM.sub("", _DEFENCE.sub("defense", title.lower()))
    return TITLES.get(low, low)


def fits_title(title: str, office: Office) -> bool:
    """May an office go by this title?"""
    return _fits(title, office) > 0


def _fits(title: str, office: Office) -> float:
    """How well a title names an office: 1 by its word, less where only the kind is the same."""
    wanted, has = _bare(title), _bare(office.title)
    if wanted == has:
        return 1.0
    if wanted == "leader" and has.startswith("leader of "):
        # The leader of a state is not that of its opposition or of a party.
        return 0.0
    if has.startswith(wanted + " of ") or (
        has.endswith(" " + wanted) and wanted in ("minister", "secretary")
    ):
        return 0.9
    if len(wanted.split()) > 1 and set(wanted.split()) < set(office.title.split()):
        return 0.8
    if office.kind == "state" and wanted in (
        "president",
        "king",
        "queen",
        "pope",
        "emir",
        "sultan",
        "supreme leader",
    ):
        return 0.0
    if office.kind and office.kind in KINDS.get(wanted, ()):
        # *Leader* is the head of state first, where the head of government is not known to rule.
        return {"leader": 0.9, "state": 0.8, "government": 0.7}.get(office.kind, 0.5)
    if wanted in ("head", "chairman", "chair", "chairperson", "leader") and office.of.startswith("org:"):
        return 0.6
    return 0.0


@dataclass(frozen=True, slots=True)
class _Context:
    actors: Actors
    index: Index
    date: str | None
    hints: tuple[str, ...]
    company: tuple[str, ...]

    # Organisations and governments

    def bodies(self, name: str) -> Iterable[Linked]:
        bare = _without_article(name)
        yield from self.by_name(bare)
        if government := _government_named(bare):
            number, reasons = government
            yield self._body(self.actors[number], list(reasons))
        if self.date is not None and (headed := _headed_body(bare)):
            yield from self._head(*headed, self.date)

    def by_name(self, bare: str) -> Iterable[Linked]:
        """Organisations and governments that bear a name or an acronym."""
        for number, reason in _bodies_named(bare):
            yield self._body(self.actors[number], [reason])

    def _head(self, body: str, title: str, date: str) -> Iterable[Linked]:
        """*the UN secretary-general*, *the NATO chief* on a day."""
        of = [b.actor for b in self.bodies(body) if b.score >= LEAST_SCORE and b.actor.id.startswith("org:")]
        for entry, office in holders(of[0].id, title, date) if of else ():
            weight = 0.75 if holds(office, date) >= 1 else 0.6
            yield _linked(entry, [Reason(f"{office.title} of {of[0].name} on {date}", weight)], office)

    def _body(self, entry: Entry, reasons: list[Reason]) -> Linked:
        if entry.country in self.hints:
            reasons.append(Reason(f"the context speaks of {entry.country}", 0.15))
        elif (
            self.hints
            and len(entry.country or "") == 3
            and entry.country in self.index.governments
            and entry.type != "government"
        ):
            reasons.append(Reason(f"the context speaks of {', '.join(self.hints)}", -0.15))
        if entry.id in self.company:
            reasons.append(Reason("the report has this actor", 0.1))
        return _linked(entry, reasons)

    # Persons

    def persons(self, name: str, titles: Sequence[str]) -> Iterable[Linked]:
        phrase = read_phrase(name)
        offices = [*dict.fromkeys([*(t for title in titles for t in self._titles_of(title)), *phrase.titles])]
        past = phrase.past or any(_PAST_TITLE.match(t) for t in titles)
        told = list(phrase.countries) + [c for t in titles for c in read_phrase(t).countries]
        if _is_office_alone(phrase):
            yield from self._by_office(phrase, offices, told, past=past)
            return
        named = _persons_named(phrase.name, name)
        for number, reason in named:
            entry = self.actors[number]
            linked = self._person(entry, reason, offices, told, past=past)
            rules = len(named) <= _FEW_BEARERS and any(
                o.kind in _RULING and holds(o, self.date) >= 1 for o in entry.roles
            )
            if reason.weight < _OWN_NAME and not rules and not self._is_told(linked, told):
                untold = Reason("no title and no full name tells whose name it is", _UNTOLD)
                linked = _linked(entry, [*linked.reasons, untold], linked.office)
            yield linked

    def _is_told(self, linked: Linked, told: Sequence[str]) -> bool:
        """Does more than the country and the day of the report say whose name it is?"""
        entry = linked.actor
        return (
            linked.office is not None
            or entry.id in self.company
            or any(self._is_of(entry, c) for c in told)
            or any(r.why.startswith("was ") for r in linked.reasons)
        )

    def _titles_of(self, title: str) -> tuple[str, ...]:
        return read_phrase(title).titles or (_bare(title),)

    def _person(
        self, entry: Entry, named: Reason, offices: Sequence[str], told: Sequence[str], *, past: bool
    ) -> Linked:
        reasons = [named]
        shown: Office | None = None
        for title in offices:
            if title in COURTESY or title in fold(entry.name).split():  # *Prince William*
                continue
            reason, office = self._title(entry, title, past=past)
            reasons.append(reason)
            shown = shown or office
        reasons += [
            Reason(f"the name says {c}", 0.2) if self._is_of(entry, c) else Reason(f"the name says {c}", -0.4)
            for c in dict.fromkeys(told)
        ]
        if self.hints and not told:
            at_home = [c for c in self.hints if self._is_of(entry, c)]
            # Whom everybody knows is talked of abroad.
            abroad = 0.0 if entry.known else -0.1
            reasons.append(
                Reason(f"the context speaks of {at_home[0]}", 0.15)
                if at_home
                else Reason("the context speaks of other countries", abroad)
            )
        # By their full names some are talked of for ever: those of our own table.
        lasting = named.weight >= _FULL_NAME and "onrecord" in entry.source
        reasons += self._life(entry, lasting=lasting)
        reasons += self._company(entry)
        return _linked(entry, reasons, shown)

    def _title(self, entry: Entry, title: str, *, past: bool) -> tuple[Reason, Office | None]:
        fits = [o for o in entry.roles if fits_title(title, o)]
        if not fits:
            return Reason(f"never {title}", -0.2), None
        best = max(fits, key=lambda o: (holds(o, self.date), o.from_ or ""))
        now = holds(best, self.date)
        if past:
            ended = self.date is None or any(o.to and o.to <= self.date for o in fits)
            return (Reason(f"was {title}", 0.35) if ended else Reason(f"not yet former {title}", 0.0)), None
        if now >= 1 or (self.date is None and now):
            day = f" on {self.date}" if self.date else ""
            return Reason(f"{title} of {best.of}{day}", 0.35 if self.date else 0.25), best
        return (
            (Reason(f"perhaps {title} of {best.of}", 0.2), best)
            if now
            else (Reason(f"{title} at another time", 0.05), None)
        )

    def _is_of(self, entry: Entry, code: str) -> bool:
        return entry.country == code or any(o.of == code for o in entry.roles)

    def _life(self, entry: Entry, *, lasting: bool) -> list[Reason]:
        """Does the day fall into the time in which this person is talked of?"""
        if self.date is None or not entry.roles:
            return []
        if any(holds(o, self.date) >= 1 for o in entry.roles):
            return [Reason(f"in office on {self.date}", 0.15)]
        year = int(self.date[:4])
        begins = [int(o.from_[:4]) for o in entry.roles if o.from_]
        ends = [int((o.to or o.seen or "9999")[:4]) for o in entry.roles]
        if begins and year < min(begins) - _YOUTH:
            return [Reason(f"first in office in {min(begins)}", -0.4)]
        if year > max(ends) + _AFTERLIFE or (entry.died and year > int(entry.died[:4]) + 30):
            return [Reason(f"last in office in {max(ends)}", -0.05 if lasting else -0.2)]
        if begins and year < min(begins):
            return [Reason(f"first in office in {min(begins)}", -0.02 * (min(begins) - year))]
        if max(ends) >= year:
            return []
        fading = -0.005 * (year - max(ends))
        return [Reason(f"last in office in {max(ends)}", max(fading, -0.05) if lasting else fading)]

    def _company(self, entry: Entry) -> list[Reason]:
        if entry.id in self.company:
            return [Reason("the report has this actor", 0.2)]
        countries = _countries_of(self.company)
        return (
            [Reason(f"the report has others of {entry.country}", 0.1)] if entry.country in countries else []
        )

    def _by_office(
        self, phrase: Phrase, offices: Sequence[str], told: Sequence[str], *, past: bool
    ) -> Iterable[Linked]:
        """*the Kazakh president* on a day: who held the office. Without a day it is nobody."""
        places = list(told) or (["VAT"] if "pope" in offices else list(self.hints[:1]))
        if past or not offices or self.date is None or not places or not _only_office(phrase):
            return
        for place in places[:1]:
            for title in offices[-1:]:
                for entry, office in holders(place, title, self.date):
                    sure = holds(office, self.date)
                    reasons = [Reason(f"{title} of {place} on {self.date}", 0.75 if sure >= 1 else 0.4)]
                    if not told:
                        reasons.append(Reason(f"{place} is what the context speaks of", -0.1))
                    yield _linked(entry, [*reasons, *self._company(entry)], office)


_BUILDINGS: Final = frozenset(
    "kremlin|white house|downing street|10 downing street|no 10|number 10|whitehall|elysee|elysee palace|matignon|quai dorsay|blue house|oval office"
    "|casa rosada|moncloa|akorda|bankova|foggy bottom|zhongnanhai|buckingham palace|palestinian authority|palestinian national authority|malacanang"
    "|la moneda|los pinos|palazzo chigi|union buildings|miraflores|kantei|capitol hill|quirinale".split("|")
)


# What a name says by itself, whatever the report


@lru_cache(_REMEMBERED)
def _without_article(name: str) -> str:
    """A name without article and possessive."""
    if len(name) <= 4:
        return name.strip(" ,\u00a0")
    return _ARTICLE_OR_POSSESSIVE.sub("", name.strip(' ,.\u00a0“”"'))


@lru_cache(_REMEMBERED)
def _bodies_named(bare: str) -> tuple[tuple[int, Reason], ...]:
    """The numbers of organisations and governments that bear a name or an acronym, each with the reason."""
    actors, index = load_actors()
    key = fold(bare)
    acronym = bare.replace(".", "")
    numbers: dict[int, Reason] = {}
    if acronym != acronym.lower():
        for number in index.acronyms.get(acronym, ()):
            source = actors[number].source
            # Parties all over the world share short acronyms: theirs need their country.
            weight = 0.62 if source == _LOCAL else 0.5 if source in (("factbook",), ("phoenix",)) else 0.7
            numbers[number] = Reason(f"acronym {acronym}", weight)
    if len(key) > 3 or bare[:1].isupper():
        for number in index.names.get(key, ()):
            numbers.setdefault(number, _named(actors[number], key, index))
    is_short = len(key) <= 3 and not bare.isupper()
    return tuple((n, r) for n, r in numbers.items() if not (is_short and r.why.startswith("name")))


def _named(entry: Entry, key: str, index: Index) -> Reason:
    if entry.type == "government" and key in index.metonyms:
        building = entry.country not in set(index.metonyms[key]) or key in _BUILDINGS
        return Reason(f"{key} stands for a government", 0.8 if building else 0.65)
    if entry.source == _LOCAL:
        # One word may mean something else in a report on other countries.
        return Reason(f"name {key}", 0.8 if " " in key else 0.62)
    if entry.source == ("onrecord",) or entry.type == "government":
        return Reason(f"name {key}", 0.8)
    # Parties and old lists have names that many bodies bear: they need their country.
    return Reason(f"name {key}", 0.65 if len(key.split()) > 2 and entry.source != ("factbook",) else 0.5)


@lru_cache(_REMEMBERED)
def _government_named(bare: str) -> tuple[int, tuple[Reason, ...]] | None:
    """The number of the government of *Kazakh authorities*, *the Russian foreign ministry*, *Chile's Ministry of
    Mines*, with the reasons."""
    governments = load_actors()[1].governments
    words = bare.split()
    for count in range(min(3, len(words) - 1), 0, -1):
        code = country_of(_POSSESSIVE.sub("", " ".join(words[:count])))
        if not code or code not in governments:
            continue
        rest = fold(" ".join(words[count:]))
        if match := GOVERNMENT_WORDS.search(rest):
            if match.end() == len(rest) or " of " in rest or " for " in rest:
                country = Reason(f"{' '.join(words[:count])} is {code}", 0.4)
                return governments[code], (country, Reason(f"{match[0]} is its government", 0.4))
            return None
    return None


@lru_cache(_REMEMBERED)
def _headed_body(bare: str) -> tuple[str, str] | None:
    """*the UN secretary-general*: the words for the body, and the title of its head."""
    words = bare.split()
    for count in range(1, len(words)):
        title = " ".join(words[-count:]).lower()
        if title in TITLES:
            return " ".join(words[:-count]), title
    return None


def _is_office_alone(phrase: Phrase) -> bool:
    """Does a phrase name nobody: *the Kazakh president*?"""
    return not phrase.name or fold(phrase.name) in load_actors()[1].adjectives


@lru_cache(_REMEMBERED)
def _persons_named(name: str, printed: str) -> tuple[tuple[int, Reason], ...]:
    """The numbers of persons by full name, else by family name where the words before it do not contradict, each with
    the reason."""
    actors, index = load_actors()
    found: dict[int, Reason] = {}
    for text in (name, printed):
        key = person_key(text)
        for number in index.persons.get(key, ()):
            entry = actors[number]
            same = fold(text) in {fold(a) for a in (entry.name, *entry.aliases)}
            mononym = " " not in key and not entry.known
            weight = 0.35 if mononym else 0.7 if same else 0.65
            spelt = "" if same else f", another spelling of {entry.name}"
            found.setdefault(number, Reason(f"name {text}{spelt}", weight))
    words = person_key(name).split()
    for first in range(len(words)):
        for number in index.families.get(" ".join(words[first:]), ()):
            entry = actors[number]
            if number in found or not _compatible(words[:first], entry):
                continue
            alone = "" if not first else f" with {' '.join(words[:first])}"
            found[number] = Reason(
                f"family name {entry.family}{alone}", 0.5 if first else 0.6 if entry.known else 0.3
            )
    if len(words) > 1 and words[0] in index.families:  # family name first: Kishida Fumio
        for number in index.families[words[0]]:
            own = person_key(actors[number].name).split()
            if number not in found and sorted(own) == sorted(words):
                found[number] = Reason("name, family name first", 0.65)
    return tuple(found.items())


@lru_cache(_REMEMBERED)
def _countries_of(company: tuple[str, ...]) -> frozenset[str]:
    return frozenset(c.split(":")[1] for c in company if ":" in c)


def _only_office(phrase: Phrase) -> bool:
    """Does the phrase name an office and nothing behind it? *the president's aide* is somebody else."""
    words = phrase.rest.split()
    return not words or fold(words[-1]) in _TITLE_WORDS


def _compatible(given: Sequence[str], entry: Entry) -> bool:
    """May words before a family name be this person's first names? Nicknames must be among the aliases."""
    if not given:
        return True
    family = set(person_key(entry.family or "").split())
    for name in (entry.name, *entry.aliases):
        own = [w for w in person_key(name).split() if w not in family]
        if list(given) == ["muhamad"] and len(own) > 1:
            continue  # so many bear this name before another that it tells nobody apart
        if own and all(any(g == w or (len(g) == 1 and w.startswith(g)) for w in own) for g in given):
            return True
        if own and len(given) > len(own) and given[0] == own[0] and all(len(g) == 1 for g in given[1:]):
            return True
    # An entry with a family name only: nothing speaks against, nothing speaks for.
    return False


def _linked(entry: Entry, reasons: Iterable[Reason], office: Office | None = None) -> Linked:
    kept = tuple(r for r in reasons if r.weight)
    return Linked(entry, round(sum(r.weight for r in kept), 4), kept, office)
