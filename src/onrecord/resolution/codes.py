"""Country and sector of an actor by PLOVER (manual, chapter 5): *Kazakh riot police* is KAZ COP.

An actor of the registry brings its own codes, a person those of the office held on the day. For the
rest, the country is that of an adjective, a name or a place in the phrase, then in the context, and
the sector comes from the words for roles: our own list first, then the agents file of Phoenix.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.resolution.entries import Entry, Index, Office, load_actors, read_data
from onrecord.resolution.phrases import FORMER, country_of, read_phrase
from onrecord.resolution.registry import LEAST_SCORE, Linked, candidates, fits_title, holds, link
from onrecord.resolution.spelling import fold

# Offices whose sector is not the executive's.
_OFFICE_SECTORS: Final = (
    (re.compile(r"speaker|senator|lawmaker|legislat|parliament|congress"), "LEG"),
    (re.compile(r"opposition"), "OPP"),
    (re.compile(r"chief of (?:the general|army) staff|commander"), "MIL"),
    (re.compile(r"judge|chief justice|prosecutor"), "JUD"),
    (re.compile(r"leader of|president of the .*(?:rally|congress|front)"), "PTY"),
)
# Words that decide, in this order, before the agents file is asked. Ours.
_WORDS: Final = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), sectors)
    for pattern, sectors in (
        (r"(?:south ossetia|abkhazia|transnistria|somaliland|northern cyprus|nagorno karabakh)\w*|breakaway|self proclaimed|separatist (?:republic|region|government|authorities)", "PRE"),
        (r"police\w*|gendarme\w*|cops?|carabinieri|detectives?|sheriff|criminal investigat\w+|law enforcement|constables?|prison guards?|border guards?|customs officers?|investigators?|officers?|swat", "COP"),
        (r"spy|spies|intelligence (?:service|agency|agencies|services|officers?|chief|directorate)|secret service|security service|counterintelligence", "SPY"),
        (r"(?:defen[cs]e) (?:minist\w+|department|secretary|chief)|minist\w+ of defen[cs]e|secretary of defen[cs]e", "GOV MIL"),
        (r"foreign (?:minist\w+|secretary|office)|\w+ minist(?:er|ry|ers)|minist(?:er|ry|ries) (?:of|for) \w+|ministers?|ministry", "GOV"),
        (r"press secretary|government media|state broadcasting regulator", "GOV"),
        (r"spokes(?:man|woman|person)|ambassador\w*|diplomats?|envoys?|consul\w*|embassy", "GOV"),
        (r"paramilitar\w+|colectivos?|death squads?|militias?|militiamen|vigilantes?|self defense (?:forces?|groups?)", "PRM"),
        (r"rebels?|insurgents?|guerrillas?|separatists?|jihadis?t?s?|militants?|insurgency|terrorists?|extremists?|armed opposition|fighters?|islamists?|liberation (?:army|front|movement)|mujahideen|revolutionaries|resistance", "REB"),
        (r"gunmen|gunman|armed men|unknown assailants|attackers?|mercenar\w+|assailants?|armed group", "UAF"),
        (r"gangs?|gangsters?|cartels?|drug (?:lords?|traffickers?|dealers?)|smugglers?|mafia|criminals?|syndicates?|pirates?|kidnappers?|thieves|traffickers?|hackers?", "CRM"),
        (r"opposition|dissidents?|anti government|antigovernment", "OPP"),
        (r"supreme court|high court|courts?|judges?|judiciary|tribunal|prosecutors?|magistrates?|attorneys?|lawyers?|justices?|constitutional court", "JUD"),
        (r"parliament\w*|legislat\w+|lawmakers?|senators?|congress\w*|deputies|mps?|assembly|senate|house of \w+|speaker|knesset|members? of parliament|representatives", "LEG"),
        (r"refugees?|migrants?|asylum seekers?|internally displaced|displaced (?:people|persons|families)|idps?", "REF"),
        (r"journalists?|reporters?|newspapers?|news agency|media|broadcasters?|television|radio|editors?|correspondents?|photographers?|bloggers?|press|tv", "JRN"),
        (r"doctors?|nurses?|hospitals?|medics?|physicians?|surgeons?|health (?:workers?|officials?|care|authorities)|medical|paramedics?|epidemiologists?", "MED"),
        (r"trade unions?|labor unions?|unions?|miners?|workers?|truckers?|drivers?|strikers?|dockers?", "LAB"),
        (r"farmers?|peasants?|herders?|ranchers?|fishermen|growers?", "AGR"),
        (r"students?|teachers?|universit\w+|schools?|professors?|academics?|pupils?|college|scholars?|researchers?|lecturers?|education\w*|academy|institutes?|undergraduates?", "EDU"),
        (r"imams?|priests?|bishops?|archbishops?|cardinals?|clerics?|church|mosque|mullahs?|rabbis?|monks?|nuns?|pope|patriarch|religious|ayatollahs?|pastors?|muslim leaders?|muftis?|clergy", "REL"),
        (r"compan(?:y|ies)|firms?|corporations?|banks?|business\w*|enterprises?|bankers?|ceo|chief executive|executives?|oil giant|investors?|manufacturers?|airlines?|entrepreneurs?|industry|retailers?|tycoon|oligarchs?|conglomerate|traders?|shop owners?|startups?", "BUS"),
        (r"ngos?|charit(?:y|ies)|aid (?:workers?|groups?|agenc\w+)|humanitarian\w*|non ?governmental", "NGO"),
        (r"rights groups?|human rights|civil society|watchdog|advocacy|think tank|environmentalists?|campaigners?", "SOC"),
        (r"part(?:y|ies)|candidates?|hopefuls?|nominees?|politicians?|campaign|coalition partners?|democrats|republicans|conservatives|socialists|communists|bloc|coalition|supporters|party members?", "PTY"),
        (r"army|troops|soldiers?|military|navy|naval|air force|armed forces|generals?|colonels?|marines?|warplanes?|warships?|fighter jets?|forces|commanders?|national guard|admirals?|lieutenants?|tanks?|artillery|coast guard|jets?|drones?|paratroopers?|peacekeepers?|regiment|brigade|battalion|servicemen|airmen|sailors?|conscripts?|warship|submarines?|defense forces?|special forces|sergeants?|helicopters?|infantry|corps|cadets?|battleships?|missiles?|bombers?|recruits?|reservists?|personnel|squadrons?", "MIL"),
        (r"protest\w+|demonstrators?|activists?|civilians?|residents?|villagers?|citizens?|people|crowds?|women|men|children|families|families|rioters?|locals|townspeople|voters?|bystanders?|pedestrians?|public|mourners?|youths?|boys?|girls?|inhabitants?|shoppers?|worshippers?|passengers?|tourists?|patients?|prisoners?|survivors?|victims?|hostages?|population|patrons", "CVL"),
        (r"governments?|authorit(?:y|ies)|officials?|presidents?|president\w*|prime minister|premier|cabinet|administration|governors?|mayors?|chancellor|king|queen|monarch|prince|regime|leadership|white house|kremlin|department|agency|central bank|treasury|secretary|leaders?|city council|municipal\w*|emir|sultan|state (?:media|department)|head of state|residence|treasurer|bureaucrats?|civil servants?|commissioners?|juntas?|councill?ors?|councilm[ae]n|first lady|commissions?|inspectors?|customs|fire ?fighters?|fire department|advis[eo]rs?|aides?|emperor|directorate|bureau|office|council|negotiators?|politburo|service|state|county|embassies|delegates?|delegation|taoiseach|premiership|regulators?", "GOV"),
    )
)  # fmt: skip
# Who deals with a body from outside is not of it.
_OUTSIDE: Final = re.compile(r"\b(?:ambassador|envoy|critic|opponent|minister|ministry)\b")
_OPPOSITION: Final = re.compile(r"\b(?:opposition|dissident)\b")


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
    phrase: str, *, context: str = "", date: str | None = None, country_hints: Sequence[str] = ()
) -> Coded:
    """Country and sector of any phrase that stands for an actor.

    Args:
        phrase: *Kazakh riot police*, *opposition leader Alexei Navalny*, *Hezbollah*.
        context: text around the phrase; a country is taken from it where the phrase has none.
        date: the day of which the text speaks; None is today as far as the registry goes.
        country_hints: alpha-3 codes, where the caller knows better than the context.

    >>> coded = code_actor("Kazakh riot police")
    >>> coded.country, coded.sector
    ('KAZ', 'COP')
    """
    _, index = load_actors()
    text = phrase.strip(" ,.\u00a0")
    # A country as such acts as a state; it is coded without a sector.
    if code := _bare_country(text, index):
        return Coded(code, None, None, f"gov:{code}", (f"{text} is {code}",))
    hints = list(country_hints) or (_countries_in(context, index) if context else [])
    linked = _whom(text, date, hints)
    country, why = _country(text, index, linked, hints)
    sectors, how = _sectors(text, linked, date)
    first, second = (*sectors, None, None)[:2]
    return Coded(country, first, second, linked.actor.id if linked else None, (*why, *how))


def _bare_country(text: str, index: Index) -> str | None:
    code = country_of(re.sub(r"^[Tt]he ", "", text), index)
    return code if code and len(text.split()) <= 5 else None


def _whom(text: str, date: str | None, hints: Sequence[str]) -> Linked | None:
    found = link(text, date=date, country_hints=hints)
    if found:
        return found
    _, _index = load_actors()
    # *the Hezbollah group*, *members of SANDF*, *Chinese telecoms firm Huawei*: a name at either end.
    words = text.split()
    for part in _parts(words):
        found = link(part, date=date, country_hints=hints)
        if found and found.actor.type != "government" and not _has_own_role(text, part):
            return found
    return None


def _parts(words: Sequence[str]) -> list[str]:
    ends = [" ".join(words[i:]) for i in range(1, len(words)) if words[i][:1].isupper()]
    starts = [" ".join(words[:i]) for i in range(len(words) - 1, 0, -1) if words[i - 1][:1].isupper()]
    return ends + starts


def _has_own_role(text: str, part: str) -> bool:
    """*a former CIA official*, *Putin's lawyer*: the phrase is somebody else than the name in it."""
    if text.endswith(part):
        return bool(
            re.search(r"\b(?:of|to|for|from|against|with)\s+(?:the\s+)?$", text[: -len(part)])
        ) and not re.match(r"(?:members?|fighters?|forces|soldiers|leadership)\b", text)
    rest = fold(text.replace(part, " "))
    return (
        bool(FORMER.search(rest))
        or text[len(part) : len(part) + 2] in ("'s", "’s")
        or bool(re.search(r"\b(?:officials?|lawyer|aide|critic|ally|spokes\w+|minister|ambassador)\b", rest))
    )


def _country(
    text: str, index: Index, linked: Linked | None, hints: Sequence[str]
) -> tuple[str | None, list[str]]:
    if linked and linked.office and linked.office.of.startswith("org:"):
        entries, _ = load_actors()
        body = entries.find(linked.office.of)
        if body and body.country:
            return body.country, [f"{linked.office.title} of {body.name}"]
    if linked and linked.actor.country and linked.actor.country != "NGO":
        return linked.actor.country, [f"{linked.actor.name} is of {linked.actor.country}"]
    if linked and linked.actor.country == "NGO":
        return None, [f"{linked.actor.name} is of no country"]
    said = _countries_in(text, index, governments=True)
    if said:
        return said[0], [f"the phrase names {said[0]}"]
    body = _body_in(text)
    if body:
        return body.country, [f"the phrase names {body.name}"]
    return (hints[0], [f"the context names {hints[0]}"]) if hints else (None, [])


def _body_in(text: str) -> Entry | None:
    """*a former CIA official*: the organisation that the phrase names."""
    words = text.split()
    for size in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size]).strip(",.")
            part = re.sub(r"['’]s?$", "", part)
            if not part[:1].isupper():
                continue
            found = [
                c
                for c in candidates(part)
                if c.score >= LEAST_SCORE and c.actor.type != "person" and len(c.actor.country or "") == 3
            ]
            if found and found[0].actor.country not in ("NGO", None):
                return found[0].actor
    return None


def _countries_in(text: str, index: Index, *, governments: bool = False) -> list[str]:
    """Countries that a text names, in the order of the text; *Russia's ambassador to Poland* is Russian."""
    words = re.findall(r"[^\s,;:.!?()“”\"]+(?:\.[A-Z]\.?)*", text)
    found: list[str] = []
    at = 0
    while at < len(words):
        step = 1
        for size in (4, 3, 2, 1):
            part = re.sub(r"['’]s?$", "", " ".join(words[at : at + size]))
            if not part[:1].isupper() or at + size > len(words):
                continue
            code = country_of(part, index)
            if code is None and governments and len(codes := index.metonyms.get(fold(part), [])) == 1:
                code = codes[0]
            code = code or index.places.get(fold(part))
            if code:
                found.append(code)
                step = size
                break
        at += step
    return list(dict.fromkeys(found))


def _sectors(text: str, linked: Linked | None, date: str | None) -> tuple[tuple[str, ...], list[str]]:
    key = fold(text)
    _, index = load_actors()
    phrase = read_phrase(text, index)
    if linked and linked.actor.type != "person":
        own = _own_sectors(linked.actor, date)
        if linked.actor.type == "government" and re.search(r"\bdefense\b", key):
            return ("GOV", "MIL"), ["a ministry of defence"]
        return own, [f"{linked.actor.name} is {' '.join(own) or 'without sector'}"]
    if linked:
        return _person_sectors(linked, phrase.past, date, key)
    if FORMER.search(key) and not re.search(r"\brebel|soldier|student|police", key):
        return ("ELI",), ["a former office"]
    role = _role_sectors(key)
    body = _body_in(text) if role[0][:1] in ((), ("GOV",), ("UNK",)) else None
    if (
        body
        and (own := _own_sectors(body, date))
        and own[0] in ("LEG", "MIL", "JUD", "COP", "SPY", "BUS", "REB", "PTY", "JRN")
        and not _OUTSIDE.search(key)
    ):
        return own, [f"of {body.name}, which is {own[0]}"]
    if role[0]:
        return role
    # A name of which nothing is known is taken for a private person's; other words say nobody in particular.
    named = all(w[:1].isupper() or w in ("de", "la", "bin", "al", "van", "von", "da") for w in text.split())
    return (("CVL",), ["a name without a role"]) if named else (("UNK",), ["no word for a role"])


def _own_sectors(entry: Entry, date: str | None) -> tuple[str, ...]:
    for spell in entry.spells:
        day = date or "9999"
        if (spell.from_ or "") <= day and (spell.to is None or day < spell.to):
            return (spell.sector,)
    if entry.country == "NGO":
        return ("NGO", *entry.sectors)
    return entry.sectors


def _person_sectors(
    linked: Linked, past: bool, date: str | None, key: str
) -> tuple[tuple[str, ...], list[str]]:
    entry = linked.actor
    if past and not entry.sectors:
        return ("ELI",), [f"{entry.name}, said to be former"]
    # *Prime Minister Scott Morrison* is called by an office: then the text speaks of that time.
    called = [
        o for t in read_phrase(key.title(), load_actors()[1]).titles for o in entry.roles if fits_title(t, o)
    ]
    if called and not past:
        return _office_sectors(called[-1]), [f"{entry.name} is called {called[-1].title}"]
    held = [o for o in entry.roles if holds(o, date) >= (1 if date is None else 0.5)]
    office = (
        linked.office
        if linked.office and (linked.office in held or date is None)
        else held[-1]
        if held
        else None
    )
    if entry.sectors and not (office and office.kind):
        if "OPP" in entry.sectors or _OPPOSITION.search(key):
            return ("OPP", *(s for s in entry.sectors if s != "OPP")), [f"{entry.name} is of the opposition"]
        return entry.sectors, [f"{entry.name} is {' '.join(entry.sectors)}"]
    if office:
        return _office_sectors(office), [f"{entry.name} is {office.title}"]
    if entry.sectors:
        return entry.sectors, [f"{entry.name} is {' '.join(entry.sectors)}"]
    return ("ELI",), [f"{entry.name} has no office on {date or 'this day'}"]


def _office_sectors(office: Office) -> tuple[str, ...]:
    if office.of.startswith("org:"):
        return ()
    if office.title == "pope":
        return ("REL",)
    for pattern, sector in _OFFICE_SECTORS:
        if pattern.search(office.title.lower()):
            return (sector,)
    return ("GOV", "MIL") if re.search(r"defen[cs]e", office.title) else ("GOV",)


def _role_sectors(key: str) -> tuple[tuple[str, ...], list[str]]:
    """The sector of the word that the phrase is about: the last role of its first part."""
    head = (
        re.split(r"\b(?:of|in|at|from|who|that|to|for|near|across|outside)\b", key, maxsplit=1)[0].strip()
        or key
    )
    for part in dict.fromkeys((head, key)):
        found = [
            (m.end(), -rank, m[0], sectors)
            for rank, (p, sectors) in enumerate(_WORDS)
            for m in p.finditer(part)
        ]
        agents = _agent_in(part)
        if found:
            _end, _, word, sectors = max(found)
            if (
                agents
                and len(agents[0].split()) > len(word.split())
                and part.endswith(agents[0])
                and not part.endswith(word)
            ):
                return tuple(agents[1].split()), [f"{agents[0]} is {agents[1]}"]
            if _OPPOSITION.search(key) and sectors in ("PTY", "GOV", "CVL", "LEG"):
                return ("OPP",), ["of the opposition"]
            return tuple(sectors.split()), [f"{word} is {sectors}"]
        if agents:
            return tuple(agents[1].split()), [f"{agents[0]} is {agents[1]}"]
    return (), []


def _agent_in(key: str) -> tuple[str, str] | None:
    """The longest phrase of the agents file, the last one if there are several of a length."""
    table = _agents()
    words = key.split()
    for size in range(min(6, len(words)), 0, -1):
        for at in range(len(words) - size, -1, -1):
            part = " ".join(words[at : at + size])
            for form in (part, part.removesuffix("s")):
                if form in table:
                    return form, table[form]
    return None


@lru_cache(maxsize=1)
def _agents() -> dict[str, str]:
    lines = read_data("roles.tsv").decode().splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))
