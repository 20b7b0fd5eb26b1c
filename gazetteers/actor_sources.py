"""The open sources of the actor registry, read into the forms of `actor_tables`; see SOURCES.md."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actor_tables import Person, Role, cased, is_capitals, kind_of, parts, read_iso, rows, split_family

from onrecord.resolution.spelling import person_key

FACTBOOK_STATE = "2026-05-17"
MONTHS = {m: i for i, m in enumerate("January February March April May June July August September October November December".split(), 1)}  # fmt: skip
# Slips of the Factbook: the right first day, or - where the office is another one.
CORRECTED = {("ROU", "Ilie Bolojan"): "2025-06-23", ("KGZ", "Adylbek Kasymaliyev"): "-"}
_TITLE = re.compile(
    r"^(?:(?:Interim|Acting|Transitional|Caretaker|First|Executive)\s+)*"
    r"(?:Vice President|Prime Minister|Deputy President|President|Premier|Federal Chancellor|Chancellor|Taoiseach|King|Queen|Emperor|Pope"
    r"|Amir|Sultan|Supreme Leader|Grand Duke|Prince|Chief Executive)\b"
    r"(?: of (?:the )?(?:Swiss Confederation|Government|Islamic Republic of Afghanistan|China))?"
)
_HONORIFIC = re.compile(
    r"^(?:(?:Dr|Gen|Maj|Lt|Col|Brig|Adm|Capt|Sir|Dame|Prof|Eng|Sheikh|Mr|Mrs)\.?\s+|\(ret\.\)\s+|Gen\.|General\s+)+"
)
_SINCE = re.compile(
    r"\((?:also [^;)]*; )?(?:since|assumed office on)\s+(?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})"
)


@dataclass
class Country:
    """A state: names, adjectives, words for its people and for its government."""

    code: str
    name: str
    names: list[str] = field(default_factory=list)
    adjectives: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    metonyms: list[str] = field(default_factory=list)
    capital: str | None = None
    alpha2: str = ""
    legislature: list[str] = field(default_factory=list)
    parties: list[list[str]] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)


def read_countries(folder: Path) -> dict[str, Country]:
    """States by alpha-3: the Factbook's words and ours; territories of another state are left out."""
    alpha3, _ = read_iso()
    found: dict[str, Country] = {}
    with gzip.open(folder / "factbook-latest.json.gz", "rt", encoding="utf-8") as file:
        for entry in json.load(file):
            match = re.match(r"(?:metropolitan France.*?)?\.(\w\w)", (entry["internet_code"] or "").strip())
            two = match[1].replace("uk", "gb") if match else ""
            two = "fr" if entry["code"] == "fr" else two
            if two in alpha3 and entry["code"] not in ("gz", "we"):
                found[alpha3[two]] = _country(alpha3[two], two, entry)
    for code in ("PSE", "HKG"):
        found.setdefault(code, Country(code, ""))
    for code, name, names, adjectives, people, metonyms in rows("countries.txt", 6):
        country = found[code]
        if name:
            country.names.append(country.name)
            country.name = name
        country.names += parts(names)
        country.adjectives += parts(adjectives)
        country.people += parts(people)
        country.metonyms += parts(metonyms)
    return found


def _country(code: str, two: str, entry: dict[str, Any]) -> Country:
    names = entry["names"] or {}
    long = re.sub(r"[;(].*", "", names.get("long_form") or "").strip()
    short = re.sub(r"[;(].*", "", names.get("short_form") or "").strip()
    nationality = entry["nationality"] or {}
    country = Country(code, short or long, [long] if long else [], alpha2=two.upper())
    country.adjectives = _words(nationality.get("adjective"))
    country.people = [w + "s" if plural else w for w, plural in _people(nationality.get("noun") or "")]
    capital = re.sub(r"[;(,].*", "", (entry["capital"] or {}).get("name") or "").strip()
    if capital and not capital.startswith("no "):
        country.capital = capital
        country.metonyms.append(capital)
    country.legislature = _legislature(entry)
    country.regions = _regions(entry["administrative_divisions"] or "")
    country.parties = _parties(entry["political_parties"] or "")
    return country


def _words(text: str | None) -> list[str]:
    bare = re.sub(r"\([^)]*\)|;.*", "", text or "")
    return [
        w.strip()
        for w in re.split(r",| or |/", bare)
        if w.strip() and w.strip().lower() not in ("none", "na")
    ]


def _people(text: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r",|;| or ", text):
        match = re.match(r"\s*([A-Z][\w' -]+?)\s*(\(s\)|\(singular and plural\)|$)", part)
        if match:
            yield match[1], match[2] == "(s)"


def _legislature(entry: dict[str, Any]) -> list[str]:
    """Names of parliament and its chambers, own-language names in brackets apart."""
    found = []
    for part in (entry["legislature"] or {}).values():
        if isinstance(part, dict):
            for key in ("legislature name", "chamber name"):
                text = part.get(key) or ""
                found += [
                    t.strip() for t in re.split(r"[()]", text) if t.strip() and len(t) < 60 and "," not in t
                ]
    return list(dict.fromkeys(found))


def _regions(text: str) -> list[str]:
    """Names of provinces and of their seats, with the English ones in brackets."""
    found = []
    for line in text.splitlines():
        if line.startswith("note"):
            continue
        for part in re.split(r"[,;()\[\]]", line.rpartition(":")[2]):
            name = part.strip(" *.'")
            if re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}", name) and len(name) > 3:
                found.append(name)
    return found


def _parties(text: str) -> list[list[str]]:
    """Each party with its other names; remarks and lists of people are left out."""
    found = []
    for line in text.splitlines():
        if (
            line.startswith("note")
            or ":" in line
            or len(line) > 120
            or line.lower().startswith(("none", "according"))
        ):
            continue
        line = re.sub(
            r"\s*(?:;.*|note -.*|\((?:includes?|alliance|coalition|electoral|dissolved|formerly|an active)[^)]*\))",
            "",
            line,
        )
        names = [
            n.strip(" .)") for n in re.split(r"\s+or\s+|\s*\(|\)\s*|\s+formerly\s+", line) if n.strip(" .)")
        ]
        if (
            names
            and re.match(r"[A-Z][\w’'.-]+", names[0])
            and len(names[0].split()) < 9
            and not names[0].endswith("parties")
        ):
            found.append([n for n in names if n[0].isupper() and len(n) < 70])
    return [f for f in found if f]


def read_leaders(folder: Path, countries: dict[str, Country]) -> list[Person]:
    """Heads of state and of government as the Factbook had them year by year, one person a holder."""
    by_name = {n: c.code for c in countries.values() for n in (c.name, *c.names) if n}
    with gzip.open(folder / "leaders-by-year.json.gz", "rt", encoding="utf-8") as file:
        data: dict[str, dict[str, dict[str, str | None]]] = json.load(file)
    persons: dict[tuple[str, str], Person] = {}
    for label, years in sorted(data.items()):
        code = by_name.get(re.sub(r"\s*\(.*", "", label)) or by_name.get(label)
        if code is None:
            continue
        seats: dict[str, list[tuple[str, Role]]] = {}
        for year, offices in sorted(years.items()):
            for text in (offices.get("chief_of_state"), offices.get("head_of_government")):
                for person, role in _holders(text or "", code, year):
                    key = (code, person.name)
                    held = persons.setdefault(key, person)
                    same = [r for r in held.roles if r.title == role.title and r.start == role.start]
                    if same:
                        same[0].seen = max(same[0].seen or "", role.seen or "")
                    else:
                        held.roles.append(role)
                        seats.setdefault(role.kind, []).append((person.name, role))
        for kind in ("state", "government"):
            again = {id(r) for r in _close(seats.get(kind, []))}
            for person in persons.values():
                person.roles = [r for r in person.roles if id(r) not in again]
    return list(persons.values())


def _holders(text: str, code: str, year: str) -> Iterator[tuple[Person, Role]]:
    text = re.sub(r"note\s*[-:].*", "", text, flags=re.DOTALL)
    for part in re.split(r";\s+|, represented by |\band (?=Co-)", text):
        part = part.strip()
        title = _TITLE.match(part)
        since = _SINCE.search(part)
        if (
            not title
            or not since
            or "represented by" in part
            or "vacant" in part
            or part.startswith("Prince")
        ):
            continue
        name = part[title.end() : since.start()].split("(")[0]
        name = re.sub(r"[\"“”][^\"“”]*[\"“”]", "", name)
        name = _HONORIFIC.sub("", name.strip(" ,")).strip(" ,")
        name = re.sub(r",? (?:Jr|JR)\.?$", " Jr.", name)
        words = name.split()
        if re.match(r"and |Crown |Elect|-|\(", name):
            continue
        if not any(is_capitals(w) for w in words) or len(words) > 7 or "," in name or name.startswith("of "):
            continue
        office = (
            "prime minister" if title[0].endswith("of the Government") else title[0].lower().split(" of ")[0]
        )
        full, family = split_family(name)
        start = CORRECTED.get((code, full), _day(since[1], since[2], since[3]))
        # A sovereign of many realms is an actor of one country, and so is China's president.
        if (
            start == "-"
            or (full in ("Charles III", "Elizabeth II") and code != "GBR")
            or (full == "Xi Jinping" and code != "CHN")
        ):
            continue
        seen = FACTBOOK_STATE if year == "2026" else year
        role = Role(office, code, start, None, seen, kind_of(office))
        yield Person(code, full, family, sources=["factbook"]), role


def _day(day: str | None, month: str | None, year: str) -> str:
    if month not in MONTHS:
        return year
    return f"{year}-{MONTHS[month]:02}-{int(day):02}" if day else f"{year}-{MONTHS[month]:02}"


def _close(held: list[tuple[str, Role]]) -> list[Role]:
    """An office ends when the next holder's begins, if the two stand in neighbouring years.

    2018 and 2019 are missing: between 2017 and 2020 somebody unknown may have come between, so an
    end that falls there stays unknown. The roles that only go on with an earlier one are given back.
    """
    again: list[Role] = []
    titled: dict[str, list[tuple[str, Role]]] = {}
    for name, role in held:
        titled.setdefault(re.sub(r"^(?:interim|acting|transitional) ", "", role.title), []).append(
            (name, role)
        )
    for roles in titled.values():
        roles.sort(key=lambda r: (r[1].start or "", r[1].seen or ""))
        held_name, office = roles[0]
        for name, role in roles[1:]:
            last, begin = int((office.seen or "0")[:4]), role.start or ""
            if person_key(name) == person_key(held_name) and int(begin[:4] or 0) <= last + 3:
                # Sworn in again, or another day given for the same office.
                office.seen = max(office.seen or "", role.seen or "")
                again.append(role)
                continue
            if office.seen != FACTBOOK_STATE and begin > (office.start or "") and int(begin[:4]) <= last + 1:
                office.end = begin
            held_name, office = name, role
    return again


@dataclass
class Ruler:
    """A spell of Archigos: the effective leader of a state."""

    country: str
    name: str
    full: str
    start: str
    end: str | None
    died: str | None


def read_archigos(folder: Path) -> list[Ruler]:
    """Leaders who were in office in 1945 or later; those of the last day of the data have no end."""
    _, letters = read_iso()
    found = []
    with gzip.open(folder / "archigos.tsv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["end"] < "1945" or row["country"] not in letters:
                continue
            end = None if row["end"] == "2015-12-31" else row["end"]
            full = re.sub(r"\s*\(.*", "", row["wikipedia"]).strip()
            found.append(
                Ruler(
                    letters[row["country"]],
                    row["leader"].replace("`", "'"),
                    full,
                    row["start"],
                    end,
                    row["died"] or None,
                )
            )
    return found


def read_world_leaders(folder: Path, countries: dict[str, Country]) -> list[Person]:
    """Heads of state and government about 2022, by Wikidata; years only."""
    by_name = {n: c.code for c in countries.values() for n in (c.name, *c.names) if n}
    found = []
    with (folder / "world-leaders-2021.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            label = re.sub(r"^(?:Kingdom of (?:the )?|the |Republic of (?:the )?)", "", row["country"])
            code = by_name.get(row["country"]) or by_name.get(label)
            title = row["positionLabel"].split(" of ")[0].lower()
            name = re.sub(r" of .*", "", row["officeholderLabel"])
            if (
                code is None
                or not kind_of(title)
                or not name
                or re.match(r"Q\d", name)
                or "monarch" in title
                or re.search(
                    r"of the (?:Executive|Governorate|Pontifical|Council|National|Government)",
                    row["positionLabel"],
                )
            ):
                continue
            words = name.split()
            family = words[0] if code in ("CHN", "TWN", "KOR", "PRK", "VNM", "KHM", "SGP") else words[-1]
            role = Role(
                title,
                code,
                row["start_year"] or None,
                row["end_year"] or None,
                None if row["end_year"] else "2022",
                kind_of(title),
            )
            found.append(Person(code, name, family, roles=[role], sources=["world-leaders"]))
    return found


def read_phoenix(folder: Path) -> tuple[list[tuple[str, str, list[str]]], list[tuple[str, str, list[str]]]]:
    """(name, code, synonyms) of the two parts: international organisations, armed groups."""
    text = (folder / "organisations.txt").read_text(encoding="utf-8")
    bodies, groups = text.split("# ===== Phoenix.MilNonState.actors =====")
    return list(_phoenix(bodies)), list(_phoenix(groups))


def _phoenix(text: str) -> Iterator[tuple[str, str, list[str]]]:
    name, code, synonyms = "", "", list[str]()
    for raw in text.splitlines():
        line = raw.split("#")[0].rstrip()
        if not line.strip():
            continue
        label = re.sub(r"\[.*", "", line).strip()
        codes = re.findall(r"\[([A-Z]{3,})(?=[\s\]])", line)
        if label.startswith("+"):
            synonyms.append(label[1:])
        elif label:
            if name and code:
                yield name, code, synonyms
            name, code, synonyms = label, "", []
        if codes and not code:
            code = codes[0]
    if name and code:
        yield name, code, synonyms


def printed(name: str) -> list[str]:
    """*SHINING_PATH_(SP)_* -> [*Shining Path*, *SP*]."""
    text = name.replace("_", " ").strip(" *")
    acronyms = re.findall(r"\(([A-Z][A-Z0-9/-]+)\)", text)
    bare = re.sub(r"\s*\([^)]*\)", "", text).strip(" /")
    small = {"Of", "The", "For", "And", "In", "De", "La", "Al", "On", "To", "E", "Y", "Du", "Des", "Del"}
    words = [w if re.search(r"\d", w) else cased(w) for w in bare.split()]
    words = [w.lower() if w in small and i else w for i, w in enumerate(words)]
    return [" ".join(words), *acronyms]
