"""Our own tables in `gazetteers/actors/`: codes, countries, organisations, persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.resolution.spelling import fold

TABLES = Path(__file__).parent / "actors"
# The day on which the tables were written: the offices that they leave open were held then.
WRITTEN = "2025-06-30"
DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_PERIOD = re.compile(rf"^(?P<what>.*?)\s*(?:(?P<from>{DAY})?\.\.(?P<to>{DAY})?)?$")

STATE = ("president", "king", "queen", "emperor", "pope", "emir", "amir", "sultan", "supreme leader", "grand duke", "prince", "monarch", "captain regent")  # fmt: skip
GOVERNMENT = ("prime minister", "chancellor", "premier", "taoiseach", "federal chancellor", "chief minister")
FOREIGN = ("foreign minister", "foreign secretary", "secretary of state")


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a table whose columns are parted by `|`; comments and empty lines are left out."""
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            cells = [c.strip() for c in line.split("|")]
            yield (cells + [""] * columns)[:columns]


def parts(cell: str) -> list[str]:
    """What a cell holds, parted by semicolons."""
    return [p.strip() for p in cell.split(";") if p.strip()]


@dataclass
class Role:
    """An office while the registry is built; see `onrecord.resolution.entries.Office`."""

    title: str
    of: str
    start: str | None = None
    end: str | None = None
    seen: str | None = None
    kind: str = ""


@dataclass
class Person:
    """A person while the sources are joined."""

    country: str
    name: str
    family: str
    aliases: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    died: str | None = None
    known: bool = False
    sources: list[str] = field(default_factory=list)


def kind_of(title: str) -> str:
    """Which of the offices that name one holder at a time a title is; empty for others."""
    bare = re.sub(r"^(?:interim|acting|transitional|caretaker) ", "", title)
    if bare in STATE or bare == "president of the soviet union":
        return "state"
    if bare in GOVERNMENT:
        return "government"
    if bare in FOREIGN:
        return "foreign"
    if bare in ("vice president", "first vice president", "deputy president"):
        return "vice"
    return "leader" if bare == "leader" else ""


def read_iso() -> tuple[dict[str, str], dict[str, str]]:
    """Alpha-2 -> alpha-3, and Archigos' letters -> alpha-3."""
    alpha3: dict[str, str] = {}
    archigos: dict[str, str] = {}
    for line in (TABLES / "iso.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        two, three, *letters = line.split("\t")
        alpha3[two.lower()] = three
        for word in letters[0].split(",") if letters else [three]:
            archigos[word] = three
    archigos["SWA"] = "SWZ"
    return alpha3, archigos


def cased(name: str) -> str:
    """*MCCARTHY* -> *McCarthy*, *al-ASSAD* -> *al-Assad*; words not in capitals stay."""

    def word(match: re.Match[str]) -> str:
        text = match[0]
        if (match.start() and re.fullmatch(r"[IVX]{2,}", text)) or len(text) == 1:
            return text
        if text in (
            "DE",
            "DA",
            "DO",
            "DOS",
            "DI",
            "DU",
            "VON",
            "VAN",
            "DER",
            "DEN",
            "BIN",
            "AL",
            "EL",
            "LE",
            "LA",
            "ARAP",
        ):
            return text.lower() if text not in ("LE", "LA", "DI", "DU", "EL") else text.capitalize()
        return "Mc" + text[2:].capitalize() if text.startswith("MC") and len(text) > 4 else text.capitalize()

    return re.sub(r"[^\W\d_]+", lambda m: word(m) if m[0].isupper() else m[0], name)


def is_capitals(word: str) -> bool:
    """Is this the word of a family name, as the Factbook prints it (*al-ASSAD*, *O'NEILL*)?"""
    letters = [p for p in re.findall(r"[^\W\d_]+", word) if len(p) > 1 and p not in ("al", "el", "ul")]
    return bool(letters) and all(p.isupper() for p in letters[-1:])


def split_family(printed: str) -> tuple[str, str]:
    """A name with the family name in capitals -> the name as written, the family name."""
    words = printed.split()
    printed = " ".join(words)
    caps = [i for i, w in enumerate(words) if is_capitals(w)]
    if not caps:
        return cased(printed), cased(words[-1])
    family = " ".join(words[caps[0] : caps[-1] + 1])
    return cased(printed), cased(re.sub(r" JR\.?$", "", family))


def read_roles(cell: str, country: str, bodies: dict[str, str]) -> list[Role]:
    """*president 2019-03-20..; secretary-general of NATO 2014..2024*."""
    roles = []
    for text in parts(cell):
        match = _PERIOD.match(text)
        assert match, text
        title, of = match["what"], country
        office, _, body = title.partition(" of ")
        if body and (found := bodies.get(fold(body))):
            title, of = office, found
        roles.append(
            Role(
                title,
                of,
                match["from"],
                match["to"],
                None if match["to"] else WRITTEN,
                kind_of(title) if of == country else "",
            )
        )
    return roles


def read_persons(bodies: dict[str, str]) -> list[Person]:
    """Our table of persons; `bodies` has the organisations' ids by folded name."""
    found = []
    for country, printed, aliases, sectors, roles in rows("persons.txt", 5):
        name, family = split_family(printed.lstrip("*"))
        found.append(
            Person(
                country,
                name,
                family,
                parts(aliases),
                sectors.split(),
                read_roles(roles, country, bodies),
                known=printed.startswith("*"),
                sources=["onrecord"],
            )
        )
    return found


def read_figures() -> list[Person]:
    """Our table of persons of public life, of whom it has no offices, but what they are."""
    found = []
    for country, sectors, cell in rows("figures.txt", 3):
        for item in parts(cell):
            printed, *aliases = (n.strip() for n in item.split(" = "))
            name, family = split_family(printed)
            found.append(Person(country, name, family, aliases, sectors.split(), sources=["figures"]))
    return found
