"""The actors that ship with the package: what is kept of each, and reading them from the package.

`data/actors.jsonl.gz` has one actor a line; `data/actor-index.json.gz` says under which keys each is found.
A line is decoded when somebody asks for that actor, so that loading takes some twenty milliseconds.
"""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Final

import msgspec

from onrecord.errors import ModelError

# So many entries are kept decoded, some ten megabytes; then memory is freed and they are decoded anew.
_MOST_DECODED: Final = 6000


class Office(msgspec.Struct, frozen=True, omit_defaults=True):
    """An office held.

    Attributes:
        title: the office in lower case, *president*, *foreign minister*.
        of: ISO alpha-3 code of the state, or the id of the organisation.
        from_: first day known, as far as it is known (2019, 2019-03, 2019-03-20); None is unknown.
        to: last day known, likewise; None is unknown, which may mean that they still hold it.
        seen: the last day on which a source says that they held it.
        kind: `state`, `government`, `foreign`, `vice`, `leader`; empty for all other offices.
    """

    title: str
    of: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    seen: str | None = None
    kind: str = ""


class Spell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A time in which an actor counted to another sector than before or after."""

    sector: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One actor of the registry.

    Attributes:
        id: `gov:KAZ`, `person:KAZ:tokayev-kassym-jomart`, `org:NATO`; stable from build to build.
        type: person, organisation, government, alliance or group.
        country: ISO alpha-3, or PLOVER's IGO, UNO, EUR, NGO, IMG, MNC; None if unknown.
        sectors: PLOVER codes, the first one foremost; empty for persons whose offices say it.
        source: which of the tables in gazetteers/SOURCES.md it comes from.
    """

    id: str
    name: str
    type: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    family: str | None = None
    roles: tuple[Office, ...] = ()
    spells: tuple[Spell, ...] = ()
    died: str | None = None
    known: bool = False
    source: tuple[str, ...] = ()


class Index(msgspec.Struct, frozen=True):
    """Key -> numbers of lines; keys are folded as `spelling` does it, acronyms stand as printed."""

    names: dict[str, list[int]]
    acronyms: dict[str, list[int]]
    persons: dict[str, list[int]]
    families: dict[str, list[int]]
    # Adjective, or word for the people -> alpha-3 codes.
    adjectives: dict[str, list[str]]
    # Words that name a government and something else besides: capitals, buildings.
    metonyms: dict[str, list[str]]
    # State or organisation -> persons with an office of it.
    holders: dict[str, list[int]]
    governments: dict[str, int]
    # Provinces and cities that lie in one country only.
    places: dict[str, str]


class Actors(Sequence[Entry]):
    """The lines of the registry, decoded one by one."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self._decoder = msgspec.json.Decoder(Entry)
        self._decoded: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def find(self, actor_id: str) -> Entry | None:
        """The actor of an id; the lines stand in the order of their ids."""
        number = bisect_left(range(len(self)), actor_id, key=lambda n: self[n].id)
        return self[number] if number < len(self) and self[number].id == actor_id else None

    def __getitem__(self, number: int) -> Entry:  # type: ignore[override]  # no slices are wanted
        entry = self._decoded.get(number)
        if entry is None:
            if len(self._decoded) >= _MOST_DECODED:
                self._decoded.clear()
            entry = self._decoded[number] = self._decoder.decode(self._lines[number])
        return entry


def read_data(name: str) -> bytes:
    """A file of the folder `data`; one that ends in `.gz` is unpacked."""
    try:
        content = (resources.files("onrecord.resolution") / "data" / name).read_bytes()
        return gzip.decompress(content) if name.endswith(".gz") else content
    except (OSError, EOFError, zlib.error) as error:
        raise ModelError(
            f"resolution/data/{name} cannot be read ({error}). Install onrecord again: pip install --force-reinstall onrecord"
        ) from error


@lru_cache(maxsize=1)
def load_actors() -> tuple[Actors, Index]:
    """The shipped actors and their index; read once."""
    lines = read_data("actors.jsonl.gz").splitlines()
    return Actors(lines), msgspec.json.decode(read_data("actor-index.json.gz"), type=Index)


@lru_cache(maxsize=1)
def government_codes() -> dict[int, str]:
    """Line of a government -> alpha-3 code of its state."""
    return {number: code for code, number in load_actors()[1].governments.items()}
