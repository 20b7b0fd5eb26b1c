"""The gazetteer that ships with the package: names of places -> entries of GeoNames.

`data/places.npz` is made by `gazetteers/build_places.py`. It holds parallel arrays, one row an
entry, and a sorted list of hashed names. It is read once, at the first question (about 80 ms), and
kept: about 11 MB, and the answers for the latest names with it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

KINDS = (
    "country",
    "region",
    "county",
    "capital",
    "city",
    "continent",
    "sea",
    "lake",
    "river",
    "canal",
    "falls",
    "mountain",
    "valley",
    "pass",
    "cape",
    "island",
    "desert",
    "area",
    "park",
    "place",
)
# What has a government or a council; all else is LOC.
GPE_KINDS = frozenset(("country", "region", "county", "capital", "city"))
TOWN_KINDS = frozenset(("capital", "city"))
# How a name belongs to its entry: its own; another; its own, but a town's first; a code or abbreviation.
FLAG_MAIN, FLAG_ALTERNATE, FLAG_SECOND, FLAG_CODE = range(4)

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}
    | dict.fromkeys("'’‘`ʻʼʹ′´.,", "")
    | dict.fromkeys("-–—‐‑/", " ")
    | {"&": " and "}
)
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    Attributes:
        geonames: the GeoNames id; None for what GeoNames' towns, regions and countries lack.
        country: ISO 3166-1 alpha-3; None on the high seas and for what lies in several.
        region: name of the first-level region, None if there is none.
        kind: one of `KINDS`.
    """

    record: int
    name: str
    geonames: int | None
    lat: float
    lon: float
    country: str | None
    region: str | None
    kind: str

    @property
    def is_gpe(self) -> bool:
        """Is it a country, a region or a town, and not a mountain or a sea?"""
        return self.kind in GPE_KINDS


# A report names few places many times, and the next report many of the same.
_REMEMBERED = 8192


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """The form in which names are compared: no case, accents, points, hyphens or *the*.

    >>> fold("The St.-Étienne"), fold("U.S.")
    ('saint etienne', 'us')
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    words = "".join(c for c in plain if not unicodedata.combining(c)).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
    return " ".join(words)


def key_of(folded: str) -> tuple[int, int]:
    """The hash of a folded name: 32 bits to sort by and 8 to check."""
    digest = blake2b(folded.encode(), digest_size=5).digest()
    return int.from_bytes(digest[:4], "big"), digest[4]


class Gazetteer:
    """Questions to the table of places; built from the arrays of `places.npz`."""

    def __init__(self, arrays: dict[str, npt.NDArray[Any]]) -> None:
        tables = json.loads(arrays["tables"].tobytes())
        self.ids = np.cumsum(arrays["id_steps"], dtype=np.int32)
        self.lat = arrays["lat"]
        self.lon = arrays["lon"]
        self.weight = arrays["weight"]
        self.kind = arrays["kind"]
        self.country = arrays["country"]
        self.region = arrays["region"]
        self._region_record = arrays["region_record"]
        self._name_ends = np.cumsum(arrays["name_lengths"], dtype=np.uint32)
        self._names = arrays["names"]
        self._keys = np.cumsum(arrays["key_steps"], dtype=np.uint64).astype(np.uint32)
        self._key_check = arrays["key_check"]
        self._key_flag = arrays["key_flag"]
        self._key_record = arrays["key_record"]
        self._countries: list[list[Any]] = tables["countries"]
        self._by_code = {code: i + 1 for i, row in enumerate(self._countries) for code in row[:2]}
        self._demonyms: dict[str, int] = tables["demonyms"]

    def __len__(self) -> int:
        return len(self.ids)

    def find(self, name: str) -> tuple[Ints, Ints]:
        """The records that bear a name, and for each how it belongs (`FLAG_MAIN` ...); may be empty."""
        return self._find_folded(fold(name))

    @lru_cache(_REMEMBERED)  # noqa: B019 - there is one gazetteer, kept for good
    def _find_folded(self, folded: str) -> tuple[Ints, Ints]:
        key, check = key_of(folded)
        first = int(np.searchsorted(self._keys, np.uint32(key), "left"))
        last = int(np.searchsorted(self._keys, np.uint32(key), "right"))
        right = self._key_check[first:last] == check
        records = self._key_record[first:last][right].astype(np.int64)
        flags = self._key_flag[first:last][right].astype(np.int64)
        # Shared by all who ask.
        records.flags.writeable = flags.flags.writeable = False
        return records, flags

    def entry(self, record: int) -> Entry:
        """The entry of a record number."""
        geonames, country = int(self.ids[record]), int(self.country[record])
        kind = KINDS[self.kind[record]]
        region = int(self.region[record])
        return Entry(
            record=int(record),
            name=self._name(record),
            geonames=geonames or None,
            lat=int(self.lat[record]) / 100,
            lon=int(self.lon[record]) / 100,
            country=self._countries[country - 1][1] if country else None,
            region=self._name(int(self._region_record[region])) if region else None,
            kind=kind,
        )

    def country_number(self, code: str) -> int:
        """Number of a country in the `country` array by ISO code of two or three letters; 0 if unknown."""
        return self._by_code.get(code.upper(), 0)

    def people(self, word: str) -> int | None:
        """The record of the country, or part of one, or continent, whose people or adjective the word is.

        >>> gazetteer = load_gazetteer()
        >>> [gazetteer.entry(gazetteer.people(w)).name for w in ("Kazakh", "Scots", "African")]
        ['Kazakhstan', 'Scotland', 'Africa']
        """
        folded = fold(word)
        record = self._demonyms.get(folded)
        return self._demonyms.get(folded[:-1]) if record is None and folded.endswith("s") else record

    def demonym(self, word: str) -> int:
        """Number of the country whose people or adjective the word is, or of whose part; 0 if none.

        >>> load_gazetteer().demonym("quick")
        0
        """
        record = self.people(word)
        return int(self.country[record]) if record is not None else 0

    def _name(self, record: int) -> str:
        start = int(self._name_ends[record - 1]) if record else 0
        return self._names[start : int(self._name_ends[record])].tobytes().decode()


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read at the first call."""
    data = resources.files("onrecord.resolution") / "data" / "places.npz"
    with data.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Gazetteer({name: arrays[name] for name in arrays.files})


# Generic words around a name, and the kinds that they leave.
_TOWN_WORD = re.compile(
    r"(?i)^(?:greater|downtown|inner|central) |^(?:city|town|village|port) of | (?:city|town)$"
)
_REGION_WORD = re.compile(
    r"(?i)^(?:state|province|region|republic|prefecture) of | (?:state|province|region|oblast|krai|governorate|prefecture|republic|voivodeship|territory|department|canton|emirate)$"
)
_COUNTY_WORD = re.compile(r"(?i)^county | (?:county|parish|district|raion|borough|municipality)$")
_PART_WORD = re.compile(r"(?i)^(?:greater|downtown|inner|metro|metropolitan) ")
_SIDE_WORD = re.compile(
    r"(?i)^(?:(?:south|north)(?:ern|west(?:ern)?|east(?:ern)?)?|east(?:ern)?|west(?:ern)?|central|upstate|downstate|mainland|rural)(?:[- ]central)? "
)


def side_length(name: str) -> int:
    """How many characters at its head only say which side or part of a place is meant; 0 if none.

    >>> side_length("Upstate New York"), side_length("Greater Leeds"), side_length("Austin")
    (8, 8, 0)
    """
    match = _SIDE_WORD.match(name) or _PART_WORD.match(name)
    return match.end() if match else 0


def find_forms(gazetteer: Gazetteer, name: str) -> tuple[Ints, Ints]:
    """Like `Gazetteer.find`, with generic words taken off where the whole name is not in it.

    *Voronezh region* is sought as a region, *southern Iraq* as Iraq, *Kansas City* as it stands.
    """
    records, flags = gazetteer.find(name)
    if len(records):
        return records, flags
    for pattern, kinds in (
        (_REGION_WORD, ("region", "county", "area")),
        (_COUNTY_WORD, ("county", "region", "city")),
        (_TOWN_WORD, ("city", "capital")),
        (_SIDE_WORD, KINDS),
    ):
        bare = pattern.sub("", name)
        # *North Eastern Province* is no side of another province.
        if bare == name or not bare or (pattern is _SIDE_WORD and _SIDE_WORD.match(bare)):
            continue
        records, flags = gazetteer.find(bare)
        wanted = np.isin(gazetteer.kind[records], [KINDS.index(k) for k in kinds])
        if wanted.any():
            # The word says that it is the region: its name is no longer the town's first.
            flags = np.where((flags == FLAG_SECOND) & (pattern is not _SIDE_WORD), FLAG_MAIN, flags)
            return records[wanted], flags[wanted]
    return records, flags
