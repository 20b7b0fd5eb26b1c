"""Country and sector of an actor by PLOVER (manual, chapter 5): *Kazakh riot police* is KAZ COP.

An actor of the registry brings its own codes, a person those of the office held on the day. For the
rest, the country is that of an adjective, a name or a place in the phrase, then one of the context: for words
without a name the nearest, for a name only where the context lies. The sector comes from the words for roles
(`roles.py`), in the phrase or in what the context calls the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Final

from onrecord.resolution.callings import what_context_calls
from onrecord.resolution.entries import Entry, Office, government_codes, load_actors
from onrecord.resolution.gazetteer import load_gazetteer
from onrecord.resolution.names import first_name_gender
from onrecord.resolution.phrases import FORMER, TITLES, country_of, read_phrase
from onrecord.resolution.plover_codes import NO_STATES
from onrecord.resolution.registry import (
    Linked,
    candidates,
    find_bodies,
    fits_title,
    holds,
    link,
    may_mean_somebody,
)
from onrecord.resolution.roles import Role, read_role, read_title
from onrecord.resolution.spelling import fold

# Offices whose sector is not the executive's.
_OFFICE_SECTORS: Final = (
    (re.compile(r"speaker|senator|lawmaker|legislat|parliament|congress"), "LEG"),
    (re.compile(r"opposition"), "OPP"),
    (re.compile(r"chief of (?:the general|army) staff|commander"), "MIL"),
    (re.compile(r"judge|chief justice|prosecutor"), "JUD"),
    (re.compile(r"leader of|president of the .*(?:rally|congress|front)"), "PTY"),
)
# Who deals with a body from outside is not of it.
_OUTSIDE: Final = re.compile(r"\b(?:ambassador|envoy|critic|opponent|minister|ministry)\b")
_OPPOSITION: Final = re.compile(r"\b(?:opposition|dissident)\b")
# Whoever is one of these to somebody is somebody else.
_OTHERS: Final = re.compile(
    r"\b(?:officials?|lawyers?|aides?|advis[eo]rs?|critics?|ally|allies|opponents?|supporters?|spokes\w+|ministers?|ambassadors?|envoys?|administration|government|campaign|wife|son|daughter|brother|family|trial)\b"
)
# Sectors of whoever works for a firm, or deals with it.
_STAFF: Final = frozenset("LAB CVL SOC AGR MED JRN COP CRM".split())
_ENTITIES: Final = re.compile(
    r"\b(?:south ossetian?|abkhaz(?:ia|ian)?|transnistrian?|transdniestrian?|transdniester|pridnestrovian?|somaliland(?:er)?|northern cyprus|north cyprus"
    r"|turkish cypriots?|nagorno karabakh|karabakh (?:armenian|authoritie|government|separatist|leader|president)|artsakh|western saharan?|sahrawi|saharawi"
    r"|breakaway|self proclaimed|self declared|(?:donetsk|luhansk|lugansk) peoples republic|dnr|lnr|dpr leader|lpr)s?\b"
)
_BANK: Final = re.compile(
    r"^(?:[Tt]he )?(?:(?:[Cc]entral|[Nn]ational|[Rr]eserve|[Ss]tate) )?[Bb]ank of (.+)$"
)
_PARTICLES: Final = frozenset("de la bin al van von da der den del dos el ibn du des di".split())
_LEADS: Final = re.compile(
    r"((?:[A-Z][\w.’'-]*\s){0,2}[A-Z][\w.’'-]*)\s+(?:(?:ruling|opposition|main|banned)\s+)?$"
)
_WORD: Final = re.compile(r"[^\s,;:.!?()“”\"]+(?:\.[A-Z]\.?)*")
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:in|at|near|of|from|across|outside|around|inside|throughout|for) (?:the )?(?:(?:city|town|village|port|state|province|region) of )?$"
)
# Whoever is one of these is of another country than the one where they are, or with which they deal.
_FROM_ABROAD: Final = re.compile(
    r"\b(?:foreign(?! (?:minist|secretary|affairs|office|policy))|foreigners?|ambassadors?|envoys?|diplomats?|consuls?|attaches?|embass(?:y|ies)|consulates?"
    r"|expatriates?|refugees?|asylum seekers?|migrants?|immigrants?|exiles?|tourists?|mercenar(?:y|ies)|invaders|occupiers)\b"
)
# Where something is, and not where somebody comes from or goes.
LYING: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]cross|[Oo]utside|[Aa]round|[Ii]nside|[Tt]hroughout) (?:the )?(?:[A-Z][\w’'-]+, |(?:city|town|village|port|state|province|region|capital) of "
    r"|(?:north|south|east|west|central)\w* )?$"
)
# Words in which a country is another's: *Orpel-backed rebels*, *pro-Orpel parties*.
_BACKED: Final = re.compile(
    r"(?:^|(?<=[^\W\d_])|(?<=\.))[-\u2011](?:backed|allied|aligned|supported|sponsored|trained|armed|funded|financed|installed|appointed|imposed|occupied|held|controlled|friendly)\b"
)
# *the Orpel-based Herald*, *the Orpel-backed militia*: what follows is a name of its own.
_STANDING: Final = re.compile(
    r"[-\u2011](?:based|backed|led|linked|allied|supported|sponsored|funded|run|owned|controlled) $"
)
# Before a name these make a person of it, and none of its words a place.
_PERSONAL: Final = re.compile(
    r"(?:(?:Arch)?[Bb]ishop|Cardinal|Father|Fr|Brother|Sister|Mother|Rev(?:erend)?|Pastor|Imam|Sheikh?|Mullah|Rabbi|Ayatollah|Dr|Doctor|Prof(?:essor)?"
    r"|Judge|Justice|Sen(?:ator)?|Rep(?:resentative)?|Congress(?:wo)?man|Gen(?:eral)?|Col(?:onel)?|Maj(?:or)?|Capt(?:ain)?|Lt|Lieutenant|Sgt|Sergeant|Cpl|Corporal"
    r"|Adm(?:iral)?|Commander|Brig(?:adier)?|Marshal|Inspector|Constable|Officer|Superintendent|Detective|Sheriff|President|Premier|Minister|Gov(?:ernor)?|Mayor"
    r"|Councill?or|Ambassador|Mr|Mrs|Ms|Miss|Sir|Lord|Lady|Dame|Prince(?:ss)?|King|Queen|Coach|Chief|Secretary|Chair(?:wo)?man|Spokes(?:wo)?man|Prosecutor)\.?"
)
_CLERGY: Final = re.compile(r"(?:Father|Fr\.?|Brother|Sister|Mother) [A-Z]")
_PHYSICIAN: Final = re.compile(r"(?:Dr\.?|Doctor) [A-Z]")
# Unknown words for persons: *depositors*, *campers*.
_PERSONS: Final = re.compile(r"[a-z-]{3,}(?:ers|ors|ists|ants|ees|men|women|folk)$")
# Whoever is only called so has been named before.
_ANAPHOR: Final = re.compile(
    r"(?:[Tt]he|[Tt]his|[Tt]hat) (?:armed |militant |banned |outlawed )?(?:group|organi[sz]ation|movement|faction|alliance|body|outfit|militants|fighters|leader|spokes\w+)"
)
_ARTICLE: Final = re.compile(r"^[Tt]he ")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_GENITIVE: Final = re.compile(r"['’]s$")
_DEFENSE: Final = re.compile(r"\bdefense\b")
# After these a name at the end of a phrase is whom somebody has to do with, unless they are of its members.
_DEALING: Final = re.compile(r"\b(?:of|to|for|from|against|with|at|by)\s+(?:the\s+)?$")
_MEMBERS: Final = re.compile(
    r"(?:(?:the|some|several|\w+) )?(?:members?|fighters?|forces|soldiers|leadership|militants)\b"
)
_CLAUSE_END: Final = re.compile(r"[,;:.!?()“”\"\n]+")
_NAME_END: Final = re.compile(r"['’]s?$|-(?:led|based|run|owned|flagged|registered)$")
# What a place's name at the head of a phrase has behind it: *Orpel residents*, *Orpel's port*.
_OF_ITS_OWN: Final = re.compile(r"(?:['’]s)? (?!of )[a-z]")
# The longest name, in words, that is sought in a phrase.
_MAX_NAME_WORDS: Final = 5
# Family name alone, in office on the day.
_LEAST_RULER: Final = 0.45
# Logarithms of inhabitants as the gazetteer has them: some thousands; a few times as many.
_LEAST_WEIGHT, _LEAST_GAP = 95, 12

# Sectors of whom *the group* or *the movement* may be.
_GROUPS: Final = frozenset("REB PRM CRM UAF NGO SOC PTY OPP LAB BUS AGR REL PRE JRN CVL".split())

Sectors = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """Codes of an actor.

    Attributes:
        country: ISO alpha-3, or IGO, UNO, EUR, IMG, MNC; None if the words give none.
        sector: PLOVER's code for what the actor foremost is; None for a country as such.
        sector2: a second one that applies, as in GOV MIL for a ministry of defence.
        actor: id in the registry, if the phrase names somebody there.
        reasons: which words or which entry gave the codes.
    """

    country: str | None
    sector: str | None
    sector2: str | None
    actor: str | None
    reasons: tuple[str, ...]


def code_actor(
    phrase: str,
    *,
    context: str = "",
    date: str | None = None,
    country_hints: Sequence[str] | None = None,
    others: Sequence[str] = (),
) -> Coded:
    """Country and sector of any phrase that stands for an actor.

    Args:
        phrase: *Kazakh riot police*, *opposition leader Alexei Navalny*, *Hezbollah*.
        context: text around the phrase. Where the phrase has no country, it is the nearest one of the context; that
            of a name is only the one country where the context lies (*in Chad*). Whoever comes from abroad (*an envoy*)
            has none.
        date: the day of which the text speaks; None is today as far as the registry goes.
        country_hints: alpha-3 codes that take the place of the context's, where the caller knows better.
        others: words of the context that mean somebody else, whose country is not the actor's.

    >>> coded = code_actor("Kazakh riot police")
    >>> coded.country, coded.sector
    ('KAZ', 'COP')
    """
    text = " ".join(phrase.split()).strip(" ,.")
    # A country as such acts as a state; it is coded without a sector.
    if code := _bare_country(text):
        if _is_people(text):
            return Coded(code, "CVL", None, None, (f"{text} are people of {code}",))
        return Coded(code, None, None, f"gov:{code}", (f"{text} is {code}",))
    lead, owner = _country_before(text, context) if context else (None, False)
    coded = _Phrase(text, context, date, country_hints, others, lead)
    linked, near = _whom(coded)
    if lead and owner and linked and _is_foreign(linked.actor, lead):
        linked = None
    reading = _Reading(coded, linked, near)
    country, why = reading.country()
    sectors, how = reading.sectors()
    first, second = (*sectors, None, None)[:2]
    return Coded(country, first, second, linked.actor.id if linked else None, (*why, *how))


class _Phrase:
    """A phrase with what is known of it; what costs a look at its context is found when it is first asked for.

    Attributes:
        lead: the country whose the context says the phrase is: *Orpel's* high court.
    """

    def __init__(
        self,
        text: str,
        context: str,
        date: str | None,
        country_hints: Sequence[str] | None,
        others: Sequence[str],
        lead: str | None,
    ) -> None:
        self.text, self.context, self.date, self.lead = text, context, date, lead
        self._hints, self._others = country_hints, others

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Countries of which whoever the phrase names may be, the likeliest first."""
        around = _countries_around(self.text, self.context) if self.context else ()
        return (*((self.lead,) if self.lead else ()), *(self._hints or ()), *around)

    @cached_property
    def nearby(self) -> Sequence[str]:
        """Countries of which a phrase may be that tells none itself, the likeliest first."""
        if self._hints is not None:
            return self._hints
        return _countries_about(self.text, self.context, self._others)

    @cached_property
    def called(self) -> str:
        """What the context calls the phrase, if it is a name; else empty."""
        is_told = self.context and _is_name(self.text)
        return what_context_calls(self.text, self.context) if is_told else ""

    @property
    def before(self) -> str:
        """The context before a phrase that only points back: *the group*; else empty."""
        points_back = self.context and _ANAPHOR.fullmatch(self.text) and self.text in self.context
        return self.context[: self.context.find(self.text)] if points_back else ""

    def link(self, name: str) -> Linked | None:
        """Whom a name of the phrase means."""
        if not may_mean_somebody(name):
            return None
        return link(name, date=self.date, country_hints=self.hints)


def _bare_country(text: str) -> str | None:
    code = country_of(_ARTICLE.sub("", text))
    return code if code and len(text.split()) <= 5 else None


def _is_people(text: str) -> bool:
    """*Kenyans* are people, *Honduras* is a country."""
    key = fold(_ARTICLE.sub("", text))
    index = load_actors()[1]
    return len(key) > 4 and key.endswith("s") and key in index.adjectives and key not in index.names


def _is_name(text: str) -> bool:
    return all(w[:1].isupper() or w in _PARTICLES for w in text.split())


# Whom a phrase names


def _whom(phrase: _Phrase) -> tuple[Linked | None, Linked | None]:
    """Whom a phrase means, and else whom it merely names: *Putin's lawyer* is of Putin's country."""
    text, date = phrase.text, phrase.date
    found = phrase.link(text) or _ruler(text, date)
    if found:
        return found, None
    # *the Hezbollah group*, *members of SANDF*, *Chinese telecoms firm Huawei*: a name at either end.
    near: dict[str, Linked] = {}
    for part, rest in _parts(text.split()):
        bare = _GENITIVE.sub("", part)
        if rest and _is_adjective(bare):
            continue
        found = phrase.link(bare) or (_ruler(bare, date) if rest else None)
        # *Foreign Minister Ana Orpel* is not whoever holds the office.
        if not found or (found.actor.type == "person" and rest[:1].isupper()):
            continue
        if found.actor.type == "government" or not _begins_name(text, part, found.actor):
            continue
        if found.actor.id not in near and not _has_own_role(text, part):
            return found, None
        near.setdefault(found.actor.id, found)
    return None, next(iter(near.values()), None)


def _begins_name(text: str, part: str, actor: Entry) -> bool:
    """Does the name at the end of a phrase begin where it seems to? *Peruvian Congress* is no other country's, nor
    is *Ana Hamid* whoever goes by *Hamid*."""
    if not text.endswith(part) or text == part:
        return True
    lead = text.removesuffix(part)
    if _STANDING.search(lead):
        return True
    if actor.type != "person" and " " not in part and _is_of_a_name([*lead.split(), part], len(lead.split())):
        return False
    said = _countries_in(lead)
    if said and len(actor.country or "") == 3 and actor.country not in NO_STATES:
        return any(actor.country == c or any(o.of == c for o in actor.roles) for c in said)
    before = lead.split()[-1]
    if not before[:1].isupper() or read_phrase(f"{before} {part}").name == part:
        return True
    return actor.type == "person" and " " in part and read_title(lead) is not None


def _ruler(text: str, date: str | None) -> Linked | None:
    """The head of state or government whom a family name alone means while they rule."""
    if len(text.split()) > 2 or not _is_name(text) or len(text) < 3:
        return None
    found = [c for c in candidates(text, date=date) if c.actor.type == "person"]
    ruling = [
        c
        for c in found
        if any(o.kind in ("state", "government") and holds(o, date) >= 1 for o in c.actor.roles)
    ]
    if len(ruling) != 1 or found[0] is not ruling[0] or ruling[0].score < _LEAST_RULER:
        return None
    return ruling[0]


def _parts(words: Sequence[str]) -> list[tuple[str, str]]:
    """The names at the end and at the beginning of a phrase, the longest first, each with what follows it."""
    ends = [(" ".join(words[i:]), "") for i in range(1, len(words)) if words[i][:1].isupper()]
    starts = [
        (" ".join(words[:i]), words[i]) for i in range(len(words) - 1, 0, -1) if words[i - 1][:1].isupper()
    ]
    return [(p, rest) for p, rest in (*ends, *starts) if len(p) > 1 and len(p.split()) <= _MAX_NAME_WORDS]


def _is_adjective(word: str) -> bool:
    """*Orpelian* forces are of Orpel, and not of the newspaper of that name."""
    return fold(word) in load_actors()[1].adjectives


def _has_own_role(text: str, part: str) -> bool:
    """*a former CIA official*, *Putin's lawyer*: the phrase is somebody else than the name in it."""
    if text.endswith(part):
        return bool(_DEALING.search(text[: -len(part)])) and not _MEMBERS.match(text)
    rest = fold(text.replace(part, " "))
    return (
        bool(FORMER.search(rest))
        or part.endswith(("'s", "’s"))
        or text[len(part) : len(part) + 2] in ("'s", "’s")
        or bool(_OTHERS.search(rest))
        or _is_staff(rest, part)
    )


def _is_staff(rest: str, name: str) -> bool:
    """*Orpel Motors workers*: who works for a firm is not the firm, as its *executives* are."""
    role = read_role(rest)
    if role is None or role.weak or role.first not in _STAFF:
        return False
    return any(b.sectors[:1] == ("BUS",) for b in find_bodies(name))


class _Reading:
    """One phrase, whom of the registry it means, or merely names (`near`)."""

    def __init__(self, phrase: _Phrase, linked: Linked | None, near: Linked | None) -> None:
        self.phrase, self.linked, self.near = phrase, linked, near
        self.text, self.date = phrase.text, phrase.date

    def country(self) -> tuple[str | None, list[str]]:
        """The country, and why."""
        entries, _ = load_actors()
        if self.linked:
            actor, office = self.linked.actor, self._office(self.linked)
            body = entries.find(office.of) if office and office.of.startswith("org:") else None
            if office and body and body.country:
                return _no_ngo(body.country), [f"{office.title} of {body.name}"]
            if actor.country:
                return _no_ngo(actor.country), [f"{actor.name} is of {actor.country}"]
        if said := _countries_in(self.text):
            return said[0], [f"the phrase names {said[0]}"]
        if self.phrase.lead:
            return self.phrase.lead, [f"the context says it is of {self.phrase.lead}"]
        if said := _countries_in(self.text, governments=True):
            return said[0], [f"the phrase names {said[0]}"]
        if body := _body_in(self.text):
            return _no_ngo(body.country or ""), [f"the phrase names {body.name}"]
        if said := _countries_in(self.text, places=True):
            return said[0], [f"the phrase names a place of {said[0]}"]
        if self.near and self.near.actor.country:
            return _no_ngo(self.near.actor.country), [f"the phrase names {self.near.actor.name}"]
        if self.phrase.called and (country := self._country_called()):
            return country, [f"the context calls it {self.phrase.called}"]
        backers = [c for word in self.text.split() if (c := _backer(word))]
        others = [c for c in self.phrase.nearby if c not in backers] or backers
        return (others[0], [f"the context names {others[0]}"]) if others else (None, [])

    def _country_called(self) -> str | None:
        """The country in what the context calls the phrase."""
        called = self.phrase.called
        said = _countries_in(called, governments=True)
        if said:
            return said[0]
        body = _body_in(called)
        if body and len(body.country or "") == 3 and body.country not in NO_STATES:
            return body.country
        said = _countries_in(called, places=True)
        return said[0] if said else None

    def sectors(self) -> tuple[Sectors, list[str]]:
        """The sectors, the first one foremost, and why."""
        if self.linked and self.linked.actor.type == "person":
            return self._of_person(self.linked)
        if self.linked:
            return self._of_body(self.linked.actor)
        if (before := self.phrase.before) and (role := _named_before(before)):
            return role.sectors, [f"{role.words} named before is {' '.join(role.sectors)}"]
        role = read_role(self.text, self._body)
        if _CLERGY.match(self.text) and _is_name(self.text):
            role = Role(("REL",), "a title of the clergy")
        if role is None or self._may_be_a_name(role):
            role = self._role_called() or role
        if role and _is_central_bank(self.text):
            return ("GOV",), ["a central bank"]
        if role and role.sectors and not (_is_private(self.text) and _ends_in(self.text, role)):
            return _with_entity(role.sectors, f"{self.text} {self.phrase.called}"), [
                f"{role.words} is {' '.join(role.sectors)}"
            ]
        if own := self._body():
            return own, ["the body that the phrase names"]
        if FORMER.search(fold(self.text)):
            return ("ELI",), ["a former office"]
        if _PHYSICIAN.match(self.text) and _is_name(self.text):
            return ("MED",), ["a doctor"]
        if _PERSONS.search(self.text) or _is_people(self.text.split()[-1] if self.text else ""):
            return ("CVL",), ["persons without a role"]
        # A name of which nothing is known is taken for a private person's; other words say nobody in particular.
        return (
            (("CVL",), ["a name without a role"])
            if _is_name(self.text)
            else (("UNK",), ["no word for a role"])
        )

    def _may_be_a_name(self, role: Role) -> bool:
        """*Bank of Orpel*, *Spokesman Ana Orpel*, *Emir Orpel*: may the context say more than the role?"""
        if not _is_name(self.text):
            return False
        return role.weak or (_is_private(self.text) and " " in self.text)

    def _role_called(self) -> Role | None:
        called = self.phrase.called
        return read_role(called, lambda: self._body(called)) if called else None

    def _body(self, text: str = "") -> Sectors:
        """The sectors of the organisation in the phrase, which its officials share; an envoy to it does not."""
        body = _body_in(text or self.text)
        if body is None or _OUTSIDE.search(fold(text or self.text)):
            return ()
        return _own_sectors(body, self.date)

    def _of_body(self, actor: Entry) -> tuple[Sectors, list[str]]:
        own = _own_sectors(actor, self.date)
        if actor.type == "government" and _DEFENSE.search(fold(self.text)):
            return ("GOV", "MIL"), ["a ministry of defence"]
        is_named = fold(self.text) in {fold(n) for n in (actor.name, *actor.aliases)}
        if not is_named and (not own or actor.type == "government"):
            # *UN peacekeepers*, *the Orpel health ministry*: the words say more than the name.
            role = read_role(self.text)
            if role and (not role.weak or role.first == "MIL"):
                return role.sectors, [f"{role.words} is {' '.join(role.sectors)}"]
        return own, [f"{actor.name} is {' '.join(own) or 'without sector'}"]

    def _of_person(self, linked: Linked) -> tuple[Sectors, list[str]]:
        entry = linked.actor
        phrase = read_phrase(self.text)
        if phrase.past and not entry.sectors:
            return ("ELI",), [f"{entry.name}, said to be former"]
        office = self._office(linked)
        # What somebody is foremost does not hold in the years of an office of theirs.
        dated = office and (office.kind or (office.from_ and office.to))
        if entry.sectors and not dated:
            if "OPP" in entry.sectors or _OPPOSITION.search(fold(self.text)):
                return (
                    ("OPP", *(s for s in entry.sectors if s != "OPP")),
                    [f"{entry.name} is of the opposition"],
                )
            if entry.sectors == ("PTY",) and (own := self._of_party(entry)):
                return own, [f"{entry.name} is of a party that is {own[1]}"]
            return entry.sectors, [f"{entry.name} is {' '.join(entry.sectors)}"]
        if office:
            return self._of_office(office), [f"{entry.name} is {office.title}"]
        if entry.sectors:
            return entry.sectors, [f"{entry.name} is {' '.join(entry.sectors)}"]
        if _OPPOSITION.search(fold(self.text)) and not phrase.past:
            return ("OPP", "PTY"), [f"{entry.name} is said to be of the opposition"]
        return ("ELI",), [f"{entry.name} has no office on {self.date or 'this day'}"]

    def _of_party(self, entry: Entry) -> Sectors:
        """Sectors of the party that somebody leads or led, if it governed or opposed on the day."""
        for office in reversed(entry.roles):
            party = load_actors()[0].find(office.of) if office.of.startswith("org:") else None
            if party and "PTY" in party.sectors and len(own := _own_sectors(party, self.date)) > 1:
                return own
        return ()

    def _office(self, linked: Linked) -> Office | None:
        """The office by which a phrase calls a person, whatever the day (*Prime Minister Scott Morrison* speaks of
        that time), or that the person holds on the day."""
        roles = linked.actor.roles
        phrase = read_phrase(self.text)
        called = [o for t in phrase.titles for o in roles if fits_title(t, o)]
        if called and not phrase.past:
            return called[-1]
        held = [o for o in roles if holds(o, self.date) >= (1 if self.date is None else 0.5)]
        if linked.office and (linked.office in held or self.date is None):
            return linked.office
        return held[-1] if held else None

    def _of_office(self, office: Office) -> Sectors:
        if office.of.startswith("org:"):
            body = load_actors()[0].find(office.of)
            return _own_sectors(body, self.date) if body else ()
        title = office.title.lower()
        if title == "pope":
            return ("REL",)
        for pattern, sector in _OFFICE_SECTORS:
            if pattern.search(title):
                return (sector,)
        return ("GOV", "MIL") if ("defence" in title or "defense" in title) else ("GOV",)


def _no_ngo(country: str) -> str | None:
    """A non-governmental organisation has a sector, but no country."""
    return None if country == "NGO" else country


def _own_sectors(entry: Entry, date: str | None) -> Sectors:
    for spell in entry.spells:
        day = date or "9999"
        if (spell.from_ or "") <= day and (spell.to is None or day < spell.to):
            if "PTY" in entry.sectors:
                return ("PTY", spell.sector)
            return (spell.sector, *(s for s in entry.sectors if s not in (spell.sector, "GOV", "REB")))
    if entry.country == "NGO":
        return ("NGO", *entry.sectors)
    return entry.sectors


def _is_private(text: str) -> bool:
    """*Ana Bishop*: a known first name and one or two more."""
    words = text.split()
    return 2 <= len(words) <= 3 and _is_name(text) and first_name_gender(text) is not None


def _is_titled(text: str) -> bool:
    """*Bishop Ana Kent*: a title and a name."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and _PERSONAL.fullmatch(words[0]) is not None
        and words[1].lower() != "of"
        and _is_name(text)
    )


def _ends_in(text: str, role: Role) -> bool:
    return fold(text).split()[-1] == role.words.split()[-1]


def _with_entity(sectors: Sectors, text: str) -> Sectors:
    """Sectors of whoever acts for a partly recognised state."""
    return ("PRE", *sectors) if _ENTITIES.search(fold(text)) else sectors


def _is_central_bank(text: str) -> bool:
    bank = _BANK.match(text)
    return bool(bank) and country_of(bank[1].removeprefix("the ") if bank else "") is not None


def _body_in(text: str) -> Entry | None:
    """*a former CIA official*: the organisation that the phrase names."""
    words = text.split()
    for size in range(min(_MAX_NAME_WORDS, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            part = _POSSESSIVE.sub("", " ".join(words[at : at + size]).strip(",."))
            if len(part) < 2 or not (part[0].isupper() or any(c.isupper() for c in part[1:3])):
                continue
            if size == 1 and _is_of_a_name(words, at):
                continue
            if at + size < len(words) and _is_adjective(part):
                continue
            for entry in find_bodies(part):
                if len(entry.country or "") == 3 and entry.type != "government":
                    return entry
    return None


def _is_of_a_name(words: Sequence[str], at: int) -> bool:
    """Is a word rather part of a longer name? *Ana Santos* is nobody of the firm *Santos*, nor is *Minister Santos*;
    capitals throughout are an acronym."""
    if not words[at][1:2].islower() or at == 0:
        return False
    before = words[at - 1]
    if not before[:1].isupper() or before.endswith(("'s", "’s", ",", "-backed", "-led", "-based", "-linked")):
        return fold(before) in TITLES
    return country_of(before) is None and fold(before) not in load_actors()[1].places


def _named_before(before: str) -> Role | None:
    """The last group of a context: whom *the group* points back at."""
    for clause in reversed(_CLAUSE_END.split(before)):
        role = read_role(clause, partial(_sectors_in, clause)) if clause.strip() else None
        if role and role.first in _GROUPS:
            return role
        if own := _sectors_in(clause):
            return Role(own, clause.strip())
    return None


def _sectors_in(text: str) -> Sectors:
    body = _body_in(text)
    return body.sectors if body else ()


# Countries


def _backer(word: str) -> str | None:
    """*Orpel-backed*: the country of whoever stands behind the actor."""
    is_one = ("-" in word or "\u2011" in word) and _BACKED.search(word)
    return country_of(_BACKED.sub("", word)) if is_one else None


def _is_backer(text: str, end: int) -> bool:
    """Does a word that ends here stand behind the actor?"""
    start = text.rfind(" ", 0, end) + 1
    behind = text.find(" ", start)
    word = text[start : behind if behind >= 0 else len(text)]
    return ("-" in word or "\u2011" in word) and _BACKED.search(word) is not None


def _country_before(text: str, context: str) -> tuple[str | None, bool]:
    """The country whose the context says a phrase is, and whether by a genitive: *Orpel's* high court, *Orpelian*
    opposition party."""
    at = context.find(text)
    before = _LEADS.search(context[max(0, at - 60) : at]) if at > 0 else None
    if before is None:
        return None, False
    words = before[1].split()
    owner = words[-1].endswith(("'s", "’s", "s'", "s’"))
    adjectives = load_actors()[1].adjectives
    for size in range(len(words), 0, -1):
        name = _bare(" ".join(words[-size:]))
        if (owner or fold(name) in adjectives) and (code := country_of(name)):
            return code, owner
    return None, False


def _is_foreign(actor: Entry, code: str) -> bool:
    """Is a body of another state than the one whose it is said to be?"""
    if actor.type in ("person", "government") or actor.country in (None, *NO_STATES):
        return False
    return actor.country != code


def _countries_around(text: str, context: str) -> list[str]:
    """Countries that the context names, the nearest to the phrase first."""
    at = context.find(text)
    found = list(_named_countries(context))
    if at >= 0 and (_is_private(text) or _is_titled(text)):
        found = [f for f in found if not at <= f[0] < at + len(text)]
    if at < 0:
        return list(dict.fromkeys(code for _, code in found))
    return _nearest_first(found, at + len(text) / 2)


def _nearest_first(named: Sequence[tuple[int, str]], at: float) -> list[str]:
    return list(dict.fromkeys(code for _, code in sorted(named, key=lambda n: abs(n[0] - at))))


def _countries_about(text: str, context: str, others: Sequence[str]) -> list[str]:
    """Countries of a context that a phrase without one may be of, the likeliest first."""
    if not context or _FROM_ABROAD.search(fold(text)):
        return []
    at = context.find(text)
    own = range(at, at + len(text)) if at >= 0 else range(0)
    apart = [
        range(m.start(), m.end())
        for words in others
        for m in re.finditer(re.escape(words), context)
        if m.start() not in own and (at < 0 or at not in range(m.start(), m.end()))
    ]
    found = [f for f in _named_countries(context) if not any(f[0] in a for a in apart)]
    if not _is_name(text):
        return _nearest_first(found, at + len(text) / 2 if at >= 0 else 0)
    # Whom a neighbour of another country meets, or fights, is not of that country.
    found = [f for f in found if f[0] not in own]
    lying = {code for start, code in found if LYING.search(context[:start])}
    return list(lying) if len({code for _, code in found}) == 1 else []


def countries_named(words: str) -> tuple[str, ...]:
    """The countries that words name in any way: as such, by a people, a government's seat or a well-known place."""
    return _countries_in(words, governments=True)


@lru_cache(maxsize=16384)
def _countries_in(text: str, *, governments: bool = False, places: bool = False) -> tuple[str, ...]:
    """Countries that a text names, in the order of the text; *Russia's ambassador to Poland* is Russian."""
    named = _named_countries(text, governments=governments, places=places)
    return tuple(dict.fromkeys(code for _, code in named))


@lru_cache(maxsize=4096)
def _named_countries(
    text: str, *, governments: bool = False, places: bool = False
) -> tuple[tuple[int, str], ...]:
    """Where a text names a country and which: by its name, a people's, a well-known place's; where asked by its
    government's, or by that of any place."""
    words, likely = _words_of(text)
    if not (words if places else likely):
        return ()
    # *Ana Kent* is of no county.
    private = _is_private(text) or _is_titled(text)
    is_full_name = _is_private(text) and read_role(text) is None
    found: list[tuple[int, str]] = []
    free = 0  # the first word behind the last country
    for number in range(len(words)) if places else likely:
        start = words[number][0]
        # *Ana Jordan* is of no country.
        if number < free or not text[start].isupper() or (is_full_name and number > 0):
            continue
        for size in range(min(4, len(words) - number), 0, -1):
            end = words[number + size - 1][1]
            if _is_backer(text, end):
                break
            code = _country_named(text[start:end], governments=governments, towns=not private)
            if places and code is None and not private and _stands_as_place(text, start, end):
                code = _country_of_place(_bare(text[start:end]))
            if code:
                found.append((start, code))
                free = number + size
                break
    return tuple(found)


@lru_cache(maxsize=1024)
def _words_of(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where the words of a text begin and end, and the numbers of those with which a country may begin."""
    words = [w.span() for w in _WORD.finditer(text)]
    likely = [
        number
        for number, (start, end) in enumerate(words)
        if text[start].isupper() and _may_begin_country(text[start:end])
    ]
    return words, likely


@lru_cache(maxsize=16384)
def _may_begin_country(word: str) -> bool:
    """Does a name of a country, of its people, its government or a well-known place begin with a word?"""
    return any(fold(form).partition(" ")[0] in _first_words() for form in (word, _bare(word)))


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    index, governments = load_actors()[1], government_codes()
    countries = (name for name, numbers in index.names.items() if not governments.keys().isdisjoint(numbers))
    names = (*index.adjectives, *index.metonyms, *index.places, *countries)
    # Folding takes *the* off a longer name.
    return frozenset(("the", *(name.partition(" ")[0] for name in names)))


def _bare(name: str) -> str:
    return _NAME_END.sub("", name)


@lru_cache(maxsize=16384)
def _country_named(name: str, *, governments: bool, towns: bool) -> str | None:
    """The country of a name as such; of a government's, and of a well-known place's, where asked."""
    index = load_actors()[1]
    part = _bare(name)
    code = country_of(part)
    if code is None and governments and len(codes := index.metonyms.get(fold(part), [])) == 1:
        code = codes[0]
    return index.places.get(fold(part)) if code is None and towns else code


def _stands_as_place(text: str, start: int, end: int) -> bool:
    """*residents of Orpel*, *Orpel residents*, *Orpel*: elsewhere a name of a place is rather a person's."""
    whole = start == 0 and end == len(text)
    if read_role(text[start:end]):
        return False
    lead = _PLACE_BEFORE.search(text[:start]) or (start == 0 and _OF_ITS_OWN.match(text, end))
    return bool(lead) or (whole and first_name_gender(text) is None)


@lru_cache(maxsize=4096)
def _country_of_place(name: str) -> str | None:
    """The country of the place that a name means first, if it is of some size and no namesake abroad comes near."""
    gazetteer = load_gazetteer()
    records, _ = gazetteer.find(name)
    weights: dict[int, int] = {}
    for record in records:
        number = int(gazetteer.country[record])
        weights[number] = max(weights.get(number, 0), int(gazetteer.weight[record]))
    ranked = sorted(weights.items(), key=lambda w: -w[1])
    if not ranked or ranked[0][1] < _LEAST_WEIGHT:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAST_GAP:
        return None
    return next(
        (gazetteer.entry(int(r)).country for r in records if int(gazetteer.country[r]) == ranked[0][0]), None
    )
