"""The invented world of made reports: words, names, actors, places and outlets, all by fixed seeds from lists of our own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_NOUNS: Final = """
agreement airport aid alarm answer apology appeal army arrest assembly attack award bail ballot bank barrier bay bill blockade
board border bridge budget bus cabinet camp campaign canal case ceasefire centre charge church claim clinic coal coast
committee company complaint concern conference convoy corridor council court crew crisis crop crowd dam damage data deal debt
decision defence delay delegation demand deposit detention dispute dock doctor draft drought economy election embassy
emergency energy engine escort estate evidence exercise export factory family farm fee ferry field fire fleet flight flood food
forest fraud freight fuel fund gas gate grain grant guard harbour harvest hearing highway hospital hostage house housing
import income industry inflation inquiry inspection island jail journey judge jury kitchen labour lake land law lawsuit league
lease letter licence line loan market measure meeting memorial mine minister mission money motion museum network night office
oil operation opposition order outbreak owner panel parliament party passport patient pay peace pension permit petition pipeline
plan plant platform police policy port post power press price prison profit project promise protest province quarry quarter
radio raid railway rain reactor record reform refugee region relief report rescue reserve reservoir resident result review
right river road roof rule safety salary sanction school sea seat security sentence session shelter ship shop shortage siege
site soldier speech square stadium staff state station steel stock storm street strike student subsidy summit supply support
survey system tariff tax teacher team territory test theatre ticket timber tower town trade traffic train treaty trial tribunal
truce truck tunnel union unit university valley verdict vessel victim village visit vote wage wall war warehouse warrant water
weapon week wheat winter witness worker workshop yard year youth zone
""".split()
_VERBS: Final = """
abandon accept accuse address adopt approve arrest ask attack avoid back ban begin block borrow break build buy call cancel carry
challenge change check clear close collect condemn consider cover cross cut damage debate defend delay deliver demand deny
destroy discuss dismiss divide drop end enter evacuate examine expand expect expel explain face favour fear fight finance find
finish follow force free freeze fund grant guard halt hear help hide hold hurt ignore improve increase inspect invite join judge
keep launch lead leave limit lose lower manage meet miss move name need offer open oppose order outlaw oversee pay plan postpone
praise prepare press prevent privatise probe produce protect prove publish question raise reach read rebuild receive recover
reduce refuse reject release remove repair replace report request rescue restore restrict review save seal search secure seize sell
send settle share shelter shut sign slow spend start stop store strike study supply support suspend take tax test threaten train
transfer treat trust use visit vote want warn watch weaken win withdraw
""".split()
_ADJECTIVES: Final = """
annual armed basic bitter bold brief broad broken careful central civil clean clear close cold common complete constant costly
daily dangerous deep difficult direct double dry early eastern empty entire external fair false familiar federal fiscal foreign
former fragile free full general grave hard heavy high historic hostile illegal immediate independent inner joint key large last
late legal local long low main major medical mental military minor missing mixed modern monthly national new northern nuclear old
open outer past peaceful poor powerful private public quiet rapid recent regional rich rural secret senior separate serious severe
sharp short single slow small social southern special stable steady strict strong sudden temporary terrible thin total tough
tribal urban urgent vast violent vital weak weekly western wide wild young
""".split()
_PREFIXES: Final = (
    "un",
    "re",
    "over",
    "out",
    "counter",
    "mis",
    "under",
    "inter",
    "sub",
    "fore",
    "trans",
    "semi",
)
_SUFFIXES: Final = ("", "er", "ing", "age", "ery", "ist", "dom", "ship", "less", "ward", "like", "hood")
_ONSETS: Final = "b br d dr f g gr h j k kr l m n p pr r s st t tr v vr z sh th".split()
_VOWELS: Final = "a e i o u ae ei ia oa".split()
_CODAS: Final = " n r l s m t nd rk ll sk rn".split(" ")
_BODIES: Final = """Union|Party|Council|Agency|Bank|Court|Chamber|Front|Movement|University|Hospital|Railway|Institute|Army|Police
|Ministry|League|Foundation|Company|Press""".replace("\n", "").split("|")
# Two real states' worth of codes would make all look alike; real codes keep the columns as wide as they are.
COUNTRIES: Final = """USA RUS CHN KAZ DEU FRA GBR IND BRA TUR IRN UKR POL ESP ITA MEX EGY NGA KEN ZAF JPN KOR IDN PAK ARG CHL PER COL
SRB GRC ROU HUN SWE NOR FIN GEO ARM UZB KGZ TJK""".split()
_SECTORS: Final = "GOV OPP BUS CVL MIL COP JUD EDU MED JRN LEG NGO".split()
OFFICES: Final = """trade minister|mayor|governor|spokesman|chairwoman|chief executive|police chief|senator|general|director
|professor|harbour master|judge|prosecutor|union leader|ambassador""".replace("\n", "").split("|")

ACTORS: Final = 30_000
PLACES: Final = 5_000
OUTLETS: Final = 200
_RARE_WORDS: Final = 20_000
_FIRST_NAMES: Final = 3_000
# Zipf and Mandelbrot: the first of many actors is one of four hundred that are named.
_FLATTENED: Final = 60


@dataclass(frozen=True, slots=True)
class MadeActor:
    """Somebody of the invented world; `registry` is an id that the registry might have, of those who are heard most."""

    name: str
    short: str
    type: str
    country: str
    sector: str
    registry: str | None


@dataclass(frozen=True, slots=True)
class MadePlace:
    """A place of the invented world."""

    name: str
    geonames: int
    lat: float
    lon: float
    country: str


def draw(rng: random.Random, of: int) -> int:
    """A number below `of`, the low ones more often, as words and names are (Zipf, flattened for the first few)."""
    return int(_FLATTENED * ((of + _FLATTENED) / _FLATTENED) ** rng.random()) - _FLATTENED


def noun(rng: random.Random) -> str:
    """A noun; half of them are rare, so that two reports have as little in common by chance as they have in life."""
    return rare_words()[draw(rng, _RARE_WORDS)] if rng.random() < 0.5 else rng.choice(_NOUNS)


def verb(rng: random.Random) -> str:
    """The plain form of a verb."""
    return rng.choice(_VERBS)


def adjective(rng: random.Random) -> str:
    """An adjective; some are rare, as nouns are."""
    return rare_words()[draw(rng, _RARE_WORDS)] if rng.random() < 0.4 else rng.choice(_ADJECTIVES)


def people(rng: random.Random) -> str:
    """Those who live in a place."""
    return f"{_all_names()[0][draw(rng, PLACES)]}ans"


@lru_cache(1)
def rare_words() -> list[str]:
    """Words as rare ones look, made of common ones."""
    rng = random.Random("rare words")
    stems = [*_NOUNS, *_VERBS]
    rng.shuffle(stems)
    words = {f"{p}{s}{x}" for p in _PREFIXES for x in _SUFFIXES for s in stems[:200]}
    return sorted(words, key=lambda _: rng.random())[:_RARE_WORDS]


def _names(seed: str, number: int, taken: set[str]) -> list[str]:
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < number:
        syllables = rng.choice((2, 2, 3))
        word = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(
            _CODAS
        )
        name = word.capitalize()
        if name not in taken:
            taken.add(name)
            found.append(name)
    return found


@lru_cache(1)
def _all_names() -> tuple[list[str], list[str], list[str]]:
    taken: set[str] = set()
    return (
        _names("places", PLACES, taken),
        _names("last names", ACTORS // 2, taken),
        _names("first names", _FIRST_NAMES, taken),
    )


@lru_cache(1)
def actors() -> list[MadeActor]:
    """All actors, those who are named most first; last names are shared as they are in life."""
    rng = random.Random("actors")
    places, last_names, first_names = _all_names()
    found: list[MadeActor] = []
    names: set[str] = set()
    while len(found) < ACTORS:
        country, sector = rng.choice(COUNTRIES), rng.choice(_SECTORS)
        if rng.random() < 0.5:
            short = rng.choice(last_names)
            name, type = f"{rng.choice(first_names)} {short}", "person"
        else:
            short = f"{rng.choice(places)} {rng.choice(_BODIES)}"
            name, type = short, "organisation"
        if name in names:
            continue
        names.add(name)
        # As in reports of our days: about two of five whom a report names are in the registry.
        known = rng.random() < (0.8 if len(found) < 600 else 0.25)
        slug = "-".join(reversed(name.lower().split()))
        kind = "person" if type == "person" else "org"
        found.append(
            MadeActor(name, short, type, country, sector, f"{kind}:{country}:{slug}" if known else None)
        )
    return found


@lru_cache(1)
def governments() -> list[MadeActor]:
    """A government for each country, named after an invented capital."""
    capitals = _all_names()[0][-len(COUNTRIES) :]
    return [
        MadeActor(capital, capital, "government", code, "GOV", f"gov:{code}")
        for capital, code in zip(capitals, COUNTRIES, strict=True)
    ]


@lru_cache(1)
def places() -> list[MadePlace]:
    """All places, those that are named most first."""
    rng = random.Random("places on the map")
    return [
        MadePlace(
            name,
            9_000_000 + n,
            round(rng.uniform(-60, 70), 4),
            round(rng.uniform(-180, 180), 4),
            rng.choice(COUNTRIES),
        )
        for n, name in enumerate(_all_names()[0])
    ]


@lru_cache(1)
def outlets() -> list[str]:
    """Names of outlets, those that print most first."""
    rng = random.Random("outlets")
    papers = "Post Echo Star Times Herald Courier Dispatch Observer Gazette Tribune".split()
    names = _all_names()[0]
    return [f"The {names[rng.randrange(PLACES)]} {papers[n % len(papers)]}" for n in range(OUTLETS)]
