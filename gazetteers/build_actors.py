"""Make the actor registry that ships with the package.

    python gazetteers/build_actors.py ../shared/data/actors /usr/share/wordnet

reads the sources named in SOURCES.md, the latter from the folder of WordNet's data files, and the tables in `gazetteers/actors/`, and writes
`actors.jsonl.gz`, `actor-index.json.gz` and `roles.tsv` into `src/onrecord/resolution/data/`. The same input
gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from actor_persons import Joined, read_offices
from actor_roles import KEPT, read_role_words
from actor_sources import (
    Country,
    printed,
    read_archigos,
    read_countries,
    read_leaders,
    read_phoenix,
    read_world_leaders,
)
from actor_tables import Person, Role, parts, read_figures, read_persons, rows

from onrecord.resolution.entries import Entry, Index, Office, Spell
from onrecord.resolution.spelling import fold, person_key, spellings

DATA = Path(__file__).parents[1] / "src" / "onrecord" / "resolution" / "data"
# Words without which a name of the Phoenix lists is left out: the lists mix persons and bodies.
_BODY_WORDS = re.compile(
    r"\b(?:ORGANI[SZ]ATION|ASSOCIATION|COUNCIL|FUND|FOUNDATION|FEDERATION|COMMISSION|COMMITTEE|UNION|INSTITUTE|INTERNATIONAL|BANK|AGENCY"
    r"|COURT|TRIBUNAL|NETWORK|SOCIETY|CONFERENCE|CENT(?:ER|RE)|LEAGUE|ALLIANCE|COMMUNITY|PROGRAM(?:ME)?|COALITION|FORUM|CONGRESS|SECRETARIAT)\b"
)
_FIRM_WORDS = re.compile(
    r"\b(?:CORP(?:ORATION)?|INC|LTD|LIMITED|PLC|GROUP|BANK|COMPANY|MOTORS?|AIRLINES?|AIRWAYS|OIL|ENERGY|PETROLEUM|ELECTRIC|ELECTRONICS"
    r"|TECHNOLOG(?:Y|IES)|INDUSTR(?:Y|IES)|PHARMACEUTICALS?|TELECOM\w*|HOLDINGS|INSURANCE|STEEL|FINANCIAL|SYSTEMS|CHEMICALS?)\b"
)
GENERIC_CHAMBERS = {
    fold(n)
    for n in "Parliament;Senate;House of Representatives;National Assembly;Chamber of Deputies;Congress;House of Assembly;Parlament;Parlement;Federal Assembly;National Congress;Legislative Assembly;House of the People;Sénat;Senado;National Council;Assemblée nationale;Federal Council;House of the Federation;Council of State;Assembly;Legislative Council;House of Councillors;House of Elders;Supreme Council;General Assembly;People's Assembly;Legislature;Sabor;Parlamento;Council of Representatives;Council of the Nation;Shura Council;State Council;Government;House of Lords;House of Commons;Council of Nations;Council of the Republic".split(
        ";"
    )
}
_ACRONYM = re.compile(r"[A-Z][A-Z0-9/+-]{1,9}|(?:[A-Z]\.){2,}|[A-Z][a-z]?[A-Z]{1,5}[a-z]?")
_POINTS = (
    "north",
    "south",
    "east",
    "west",
    "central",
    "upper",
    "lower",
    "saint ",
    "san ",
    "santa ",
    "capital",
    "federal",
    "islands",
)


def main() -> None:
    """Read the sources, join them, write the files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", type=Path, help="folder with the sources")
    parser.add_argument("wordnet", type=Path, help="folder with WordNet's data files")
    arguments = parser.parse_args()
    folder = arguments.sources
    countries = read_countries(folder)
    entries = governments(countries) + organisations(countries)
    taken = {fold(n) for e in entries for n in (e.name, *e.aliases)}
    entries += bodies(countries, taken)
    taken |= {fold(n) for e in entries for n in (e.name, *e.aliases)}
    entries += parliaments(countries, taken) + parties(countries, taken) + phoenix(folder, countries, taken)
    entries += persons(folder, countries, entries)
    entries = numbered(entries)
    DATA.mkdir(exist_ok=True)
    encoder = msgspec.json.Encoder(order="deterministic")
    lines = b"".join(encoder.encode(e) + b"\n" for e in entries)
    (DATA / "actors.jsonl.gz").write_bytes(gzip.compress(lines, 9, mtime=0))
    (DATA / "actor-index.json.gz").write_bytes(
        gzip.compress(encoder.encode(index(entries, countries)) + b"\n", 9, mtime=0)
    )
    (DATA / "roles.tsv").write_bytes(read_role_words(folder / "agents.txt", arguments.wordnet))
    print(
        dict(Counter(e.type for e in entries)), "persons with offices:", sum(bool(e.roles) for e in entries)
    )
    for name in ("actors.jsonl.gz", "actor-index.json.gz", "roles.tsv"):
        print(name, (DATA / name).stat().st_size)


def slug(name: str) -> str:
    """A name as part of an id."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))


def distinct(names: Iterable[str], *, but: str) -> tuple[str, ...]:
    """Each name once, without the main one."""
    return tuple(n for n in dict.fromkeys(names) if n and n != but)


def governments(countries: dict[str, Country]) -> list[Entry]:
    """One actor a country."""
    return [
        Entry(
            f"gov:{c.code}",
            c.name,
            "government",
            c.code,
            ("GOV",),
            distinct((*c.names, *c.metonyms), but=c.name),
            source=("factbook", "onrecord"),
        )
        for c in sorted(countries.values(), key=lambda c: c.code)
    ]


def organisations(countries: dict[str, Country]) -> list[Entry]:
    """Our table; a party of it takes the names that the Factbook has for it."""
    found = []
    for key, kind, name, aliases, country, sectors, spells in rows("organisations.txt", 7):
        periods = []
        for text in re.findall(r"\[([^\]]+)\]", spells):
            sector, period = text.split(" ")
            start, end = period.split("..")
            periods.append(Spell(sector, start or None, end or None))
        entry = Entry(
            f"org:{key}",
            name,
            kind,
            country or None,
            tuple(sectors.split()),
            distinct(parts(aliases), but=name),
            spells=tuple(periods),
            source=("onrecord",),
        )
        assert entry.country in {*countries, "IGO", "UNO", "EUR", "NGO", "IMG", "MNC"}, entry
        found.append(entry)
    return found


def bodies(countries: dict[str, Country], taken: set[str]) -> list[Entry]:
    """The bodies of our second table that the first one does not have."""
    found: list[Entry] = []
    # Country and name -> number of the body that has it: a line that names it again adds other names only.
    known: dict[tuple[str, str], int] = {}
    for country, sectors, cell in rows("bodies.txt", 3):
        assert country in {*countries, "IGO", "UNO", "EUR", "NGO", "IMG", "MNC"}, country
        assert KEPT.issuperset(sectors.split()), (country, sectors)
        kind = "group" if sectors.split()[0] in ("REB", "PRM", "UAF", "CRM") else "organisation"
        for item in parts(cell):
            names = [n.strip() for n in item.split(" = ")]
            if any(fold(n) in taken for n in names if not _ACRONYM.fullmatch(n)):
                continue
            number = next((known[country, fold(n)] for n in names if (country, fold(n)) in known), None)
            if number is None:
                number = len(found)
                key = f"org:{country}:{slug(names[0])}"
                found.append(Entry(key, names[0], kind, country, tuple(sectors.split()), source=("bodies",)))
            entry = found[number]
            aliases = distinct((*entry.aliases, *names), but=entry.name)
            found[number] = msgspec.structs.replace(entry, aliases=aliases)
            known |= {(country, fold(n)): number for n in names}
    return found


def parliaments(countries: dict[str, Country], taken: set[str]) -> list[Entry]:
    """The parliament of each country under the names the Factbook gives."""
    found = []
    for c in sorted(countries.values(), key=lambda c: c.code):
        names = [n for n in c.legislature if fold(n) not in taken | GENERIC_CHAMBERS]
        if names:
            own = [n for n in names if len(n.split()) < 4]
            found.append(
                Entry(
                    f"org:{c.code}:parliament",
                    f"Parliament of {c.name}",
                    "organisation",
                    c.code,
                    ("LEG",),
                    tuple(own),
                    source=("factbook",),
                )
            )
    return found


def parties(countries: dict[str, Country], taken: set[str]) -> list[Entry]:
    """The parties the Factbook lists, but for those that our table has."""
    found = []
    for c in sorted(countries.values(), key=lambda c: c.code):
        for names in c.parties:
            if any(fold(n) in taken for n in names if not _ACRONYM.fullmatch(n)):
                continue
            found.append(
                Entry(
                    f"org:{c.code}:{slug(names[0])}",
                    names[0],
                    "organisation",
                    c.code,
                    ("PTY",),
                    distinct(names[1:], but=names[0]),
                    source=("factbook",),
                )
            )
    return found


def phoenix(folder: Path, countries: dict[str, Country], taken: set[str]) -> list[Entry]:
    """Bodies, firms and armed groups of the Phoenix lists that our table does not have."""
    bodies, groups = read_phoenix(folder)
    found: dict[str, Entry] = {}
    for raw, code, synonyms in bodies:
        head, rest = code[:3], code[3:6]
        if head == "MNC" and len(raw.strip("_").split("_")) > 1 and _FIRM_WORDS.search(raw.replace("_", " ")):
            place: str | None = rest if rest in countries else "MNC"
            _keep(found, taken, raw, synonyms, "organisation", place, ("BUS",))
        elif head in ("NGO", "IGO") and _BODY_WORDS.search(raw.replace("_", " ")) and len(raw) > 12:
            place = "UNO" if code.startswith("IGOUNO") else "EUR" if code.startswith("IGOEUR") else head
            _keep(found, taken, raw, synonyms, "organisation", place, _tail_sectors(code))
    for raw, code, synonyms in groups:
        if code.endswith("REB") or code.startswith("IMG"):
            place = code[:3] if code[:3] in countries else ("IMG" if code[:3] in ("INT", "IMG") else None)
            _keep(found, taken, raw, synonyms, "group", place, ("REB",))
    return list(found.values())


def _tail_sectors(code: str) -> tuple[str, ...]:
    plover = {
        "HLH": "MED",
        "MED": "JRN",
        "EDU": "EDU",
        "JUD": "JUD",
        "REF": "REF",
        "AGR": "AGR",
        "LAB": "LAB",
        "REL": "REL",
    }
    return tuple(plover[code[i : i + 3]] for i in range(3, len(code) - 2, 3) if code[i : i + 3] in plover)[:1]


def _keep(
    found: dict[str, Entry],
    taken: set[str],
    raw: str,
    synonyms: list[str],
    kind: str,
    place: str | None,
    sectors: tuple[str, ...],
) -> None:
    names = [n for text in (raw, *synonyms) for n in printed(text) if len(n) > 1]
    full = [n for n in names if len(n) > 5]
    if not full or any(fold(n) in taken for n in names if not _ACRONYM.fullmatch(n)):
        return
    key = f"org:{place or 'XX'}:{slug(full[0])}"
    found.setdefault(
        key, Entry(key, full[0], kind, place, sectors, distinct(names, but=full[0])[:6], source=("phoenix",))
    )


def persons(folder: Path, countries: dict[str, Country], entries: list[Entry]) -> list[Entry]:
    """Everybody who holds or held an office, joined over the sources."""
    bodies = {
        fold(n): e.id for e in entries if e.source[0] in ("onrecord", "bodies") for n in (e.name, *e.aliases)
    }
    joined = Joined()
    for person in read_persons(bodies):
        joined.by_country[person.country].append(person)
    for person in read_leaders(folder, countries):
        joined.add(person)
    for person in read_world_leaders(folder, countries):
        joined.add(person)
    offices = read_offices()
    for ruler in read_archigos(folder):
        joined.add_ruler(ruler, offices)
    for figure in read_figures():
        joined.add_figure(figure)
    return [_person(p) for p in joined.everyone()]


def _person(p: Person) -> Entry:
    given = " ".join(w for w in fold(p.name).split() if w not in fold(p.family).split())
    aliases = [p.name, *p.aliases]
    aliases += [a for name in (p.name, *p.aliases) if name.isascii() for a in spellings(name)]
    seen = {p.name}
    kept = [a for a in aliases if not (a in seen or seen.add(a))]  # type: ignore[func-returns-value]
    roles = sorted(p.roles, key=lambda r: (r.start or "", r.end or "9999", r.title))
    return Entry(
        f"person:{p.country}:{slug(p.family)}" + (f"-{slug(given)}" if given else ""),
        p.name,
        "person",
        p.country,
        tuple(p.sectors),
        tuple(kept[:14]),
        p.family,
        tuple(_office(r) for r in roles),
        died=p.died,
        known=p.known,
        source=tuple(p.sources),
    )


def _office(role: Role) -> Office:
    return Office(role.title, role.of, role.start, role.end, role.seen, role.kind)


def numbered(entries: list[Entry]) -> list[Entry]:
    """In the order of their ids; two actors that would have one id are told apart by a number."""
    count: Counter[str] = Counter()
    found = []
    for entry in entries:
        count[entry.id] += 1
        n = count[entry.id]
        found.append(entry if n == 1 else msgspec.structs.replace(entry, id=f"{entry.id}-{n}"))
    return sorted(found, key=lambda e: e.id)


def index(entries: list[Entry], countries: dict[str, Country]) -> Index:
    """Under which keys each actor is found."""
    names: dict[str, list[int]] = defaultdict(list)
    acronyms: dict[str, list[int]] = defaultdict(list)
    full: dict[str, list[int]] = defaultdict(list)
    families: dict[str, list[int]] = defaultdict(list)
    holders: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        if entry.type == "person":
            for key in {person_key(a) for a in (entry.name, *entry.aliases)}:
                full[key].append(n)
            words = person_key(entry.name).split()
            if (
                len(words) > 2
                and words[0] != "muhamad"
                and words[-1] in person_key(entry.family or "").split()
            ):
                full[f"{words[0]} {words[-1]}"].append(n)
            for key in {person_key(entry.family or ""), *person_key(entry.family or "").split()[-1:]} - {""}:
                families[key].append(n)
            for place in {r.of for r in entry.roles}:
                holders[place].append(n)
            continue
        for name in dict.fromkeys((entry.name, *entry.aliases)):
            if _ACRONYM.fullmatch(name):
                acronyms[name.replace(".", "")].append(n)
            if not _ACRONYM.fullmatch(name) or len(name) > 4:
                names[fold(name)].append(n)
    adjectives: dict[str, list[str]] = defaultdict(list)
    metonyms: dict[str, list[str]] = defaultdict(list)
    for code, c in sorted(countries.items()):
        for word in dict.fromkeys((*c.adjectives, *c.people)):
            adjectives[fold(word)].append(code)
        for word in dict.fromkeys(c.metonyms):
            metonyms[fold(word)].append(code)
    tables = (names, acronyms, full, families, holders, adjectives, metonyms)
    distinct_lists = [{k: list(dict.fromkeys(t[k])) for k in sorted(t)} for t in tables]  # type: ignore[attr-defined]
    n_, a_, p_, f_, h_, adj, met = distinct_lists
    numbers = {e.country or "": n for n, e in enumerate(entries) if e.id.startswith("gov:")}
    return Index(n_, a_, p_, f_, adj, met, h_, numbers, places(countries))


def places(countries: dict[str, Country]) -> dict[str, str]:
    """Provinces, their seats and great cities that lie in one country only."""
    codes: dict[str, set[str]] = defaultdict(set)
    ours = {fold(city): code for code, cities in rows("cities.txt", 2) for city in parts(cities)}
    taken = {fold(n) for c in countries.values() for n in (c.name, *c.names, *c.adjectives, *c.people)}
    # The Autonomous Oblast, and provinces whose names are words.
    taken |= set("jewish unity chair delta mountain highlands oriental cortes".split())
    for code, c in countries.items():
        for name in (*c.regions, *([c.capital] if c.capital else [])):
            codes[fold(name)].add(code)
    found = {
        k: min(v) for k, v in codes.items() if len(v) == 1 and k not in taken and not k.startswith(_POINTS)
    }
    return dict(sorted((found | ours).items()))


if __name__ == "__main__":
    main()
