"""One person out of what several sources say of them."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher

from actor_sources import Ruler
from actor_tables import Person, Role, cased, kind_of, rows

from onrecord.resolution.spelling import fold, person_key, word_key

# Words of names by which nobody is told apart.
_COMMON = frozenset("bin ibn abu ben de la da do dos van von al el jr sr i ii iii muhamad abd abdul".split())


def words_of(name: str) -> list[str]:
    """The keys of the words by which a name is told apart."""
    return [w for w in person_key(name).split() if w not in _COMMON]


def overlaps(a: Role, b: Role, *, slack_years: float = 0.0) -> bool:
    """Do two offices share a day? An unknown end is the last day on which it was seen."""
    start_a, end_a = _year(a.start, 0.0), _year(a.end or a.seen, 9999.0, last=True)
    start_b, end_b = _year(b.start, 0.0), _year(b.end or b.seen, 9999.0, last=True)
    return start_a <= end_b + slack_years and start_b <= end_a + slack_years


def _year(day: str | None, unknown: float, *, last: bool = False) -> float:
    if not day:
        return unknown
    numbers = [int(n) for n in day.split("-")]
    if len(numbers) == 1:
        return numbers[0] + (0.99 if last else 0.0)
    days = numbers[2] if len(numbers) > 2 else (31 if last else 1)
    return numbers[0] + (numbers[1] - 1) / 12 + days / 372


class Joined:
    """The persons joined so far, by country."""

    def __init__(self) -> None:
        self.by_country: dict[str, list[Person]] = defaultdict(list)

    def find(self, other: Person) -> Person | None:
        """The person already known who is meant, or None."""
        same = [p for p in self.by_country[other.country] if _is_same(p, other)]
        if len(same) > 1:  # namesakes: father and son in one office, at different times
            held = [
                p
                for p in same
                if any(a.kind and a.kind == b.kind and overlaps(a, b) for a in p.roles for b in other.roles)
            ]
            same = held or same
        return same[0] if same else None

    def add(self, other: Person) -> None:
        """Join a person to the one already known, or keep them as a new one."""
        known = self.find(other)
        if known is None:
            self.by_country[other.country].append(other)
            return
        known.aliases += [n for n in (other.name, *other.aliases) if n != known.name]
        known.sources += [s for s in other.sources if s not in known.sources]
        for role in other.roles:
            _join_role(known, role)

    def add_figure(self, figure: Person) -> None:
        """Somebody of whom it is known what they are; whom the sources have gets the sectors where they have none."""
        known = self._namesake(figure)
        if known is None:
            self.by_country[figure.country].append(figure)
        elif known.country == figure.country:
            # Who held offices whose days are known governs no longer.
            if figure.sectors[:1] != ["GOV"] or not known.roles:
                known.sectors = known.sectors or figure.sectors
            known.aliases += [
                n for n in (figure.name, *figure.aliases) if n not in (known.name, *known.aliases)
            ]

    def _namesake(self, other: Person) -> Person | None:
        """Whom a source has under the very name, of the same country if there is one."""
        keys = {person_key(n) for n in (other.name, *other.aliases)}
        at_home = [
            p for p in self.by_country[other.country] if keys & {person_key(n) for n in (p.name, *p.aliases)}
        ]
        abroad = (p for people in self.by_country.values() for p in people if person_key(p.name) in keys)
        return at_home[0] if at_home else next(abroad, None)

    def add_ruler(self, ruler: Ruler, offices: dict[str, list[tuple[str, str]]]) -> None:
        """A spell of Archigos goes to whom of that name held the country's first office then."""
        spell = Role(
            "leader", ruler.country, ruler.start, ruler.end, None if ruler.end else "2015-12-31", "leader"
        )
        words = set(words_of(ruler.name)) | set(words_of(ruler.full))
        fits = [(f, p) for p in self.by_country[ruler.country] if (f := _fit(p, ruler, spell, words))]
        named = [p for _, p in sorted(fits, key=lambda f: -f[0])]
        if not named and self._rules_elsewhere(ruler, spell):
            return
        if named:
            person = named[0]
            if "archigos" not in person.sources:
                person.sources.append("archigos")
        else:
            printed = (
                ruler.full if ruler.full and (set(words_of(ruler.full)) & words) else _turned(ruler.name)
            )
            family = _family(printed, ruler)
            person = Person(ruler.country, printed, family, sources=["archigos"])
            self.by_country[ruler.country].append(person)
        if ruler.name not in (person.name, person.family) and len(ruler.name.split()) > 1:
            person.aliases.append(_turned(ruler.name))
        person.died = person.died or ruler.died
        if not any(r.kind in ("state", "government", "leader") and _meets(r, spell) for r in person.roles):
            for since, title in offices.get(ruler.country, []):
                if ruler.start >= since:
                    spell.title, spell.kind = title, kind_of(title)
            if any(r.kind == spell.kind and r.start == spell.start for r in person.roles):
                return
            person.roles.append(spell)

    def _rules_elsewhere(self, ruler: Ruler, spell: Role) -> bool:
        """An occupier or the head of a union: Saddam Hussein in Kuwait is Iraq's president."""
        key = person_key(ruler.full)
        return bool(key) and any(
            person_key(p.name) == key and any(r.kind and overlaps(r, spell) for r in p.roles)
            for country, known in self.by_country.items()
            if country != ruler.country
            for p in known
        )

    def everyone(self) -> list[Person]:
        """All persons, by country."""
        return [p for country in sorted(self.by_country) for p in self.by_country[country]]


def _fit(person: Person, ruler: Ruler, spell: Role, words: set[str]) -> int:
    """How well a person fits a ruler: 0 not at all; the office counts more than the spelling."""
    held = any(
        r.kind in ("state", "government", "leader") and overlaps(r, spell) and r.start for r in person.roles
    )
    near = any(r.kind in ("state", "government", "leader") and _meets(r, spell) for r in person.roles)
    exact = {person_key(ruler.full or ruler.name), person_key(_turned(ruler.name))} & {
        person_key(n) for n in (person.name, *person.aliases)
    }
    if exact:
        return 3 if held else 2
    family = set(words_of(person.family))
    rest = words - family - {w for n in (person.name, *person.aliases) for w in words_of(n)}
    if words & family and near and not (rest and len(rest) >= len(words - family) > 0):
        return 1
    return 0


def _meets(role: Role, spell: Role) -> bool:
    """Was the office held in the time of the spell, or next to it? Sources differ by some weeks."""
    return overlaps(role, spell, slack_years=0.1) and bool(role.start or role.end)


def _turned(name: str) -> str:
    """*Soglo, N* -> *N Soglo*."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else cased(name)


def _family(printed: str, ruler: Ruler) -> str:
    """The family name: what Archigos gives, where it is one word of the full name."""
    single = ruler.name.split(",")[0]
    if len(single.split()) == 1 and word_key(fold(single)) in person_key(printed).split():
        return single
    words = printed.split()
    return words[0] if ruler.country in ("CHN", "TWN", "KOR", "PRK", "VNM", "KHM") else words[-1]


def _is_same(a: Person, b: Person) -> bool:
    keys_a = {person_key(n) for n in (a.name, *a.aliases)}
    keys_b = {person_key(n) for n in (b.name, *b.aliases)}
    if keys_a & keys_b:
        return not _apart(a, b)
    if any(_one_seat(r, s, a, b) for r in a.roles for s in b.roles):
        return True
    family_a, family_b = set(words_of(a.family)), set(words_of(b.family))
    words_a, words_b = set(words_of(a.name)), set(words_of(b.name))
    if not ((family_a & words_b) and (family_b & words_a)):
        return False
    given_a, given_b = words_a - family_a - family_b, words_b - family_b - family_a
    share_office = any(
        r.kind and r.kind == s.kind and overlaps(r, s) and _near(r, s) for r in a.roles for s in b.roles
    )
    if given_a & given_b:
        return not _apart(a, b)
    return share_office


def _one_seat(r: Role, s: Role, a: Person, b: Person) -> bool:
    """One office, begun on one day, or in one year under much the same name: two spellings of one person."""
    if (
        not r.kind
        or r.kind != s.kind
        or r.title == "captain regent"
        or not (r.start and s.start and overlaps(r, s))
    ):
        return False
    if r.start == s.start and len(r.start) == 10:
        return True
    likeness = SequenceMatcher(None, person_key(a.name), person_key(b.name), autojunk=False).ratio()
    return _near(r, s) and likeness >= 0.7


def _near(a: Role, b: Role) -> bool:
    """Do two offices begin in the same year, as far as known? Then a shared family name is one person's."""
    return bool(a.start and b.start) and abs(int(a.start[:4]) - int(b.start[:4])) <= 1  # type: ignore[index]


def _apart(a: Person, b: Person) -> bool:
    """Namesakes: the junior of one."""
    junior = re.compile(r"\bJr\b|\bJR\b|\bIII?$")
    return (
        bool(junior.search(a.name)) != bool(junior.search(b.name))
        and bool(a.roles and b.roles)
        and not any(overlaps(r, s) for r in a.roles for s in b.roles)
    )


def _join_role(person: Person, role: Role) -> None:
    for known in person.roles:
        if (
            known.of == role.of
            and (known.kind == role.kind != "" or known.title == role.title)
            and overlaps(known, role)
        ):
            known.start = known.start or role.start
            if known.end is None:
                known.end = role.end
                known.seen = None if role.end else max(known.seen or "", role.seen or "") or None
            return
    person.roles.append(role)


def read_offices() -> dict[str, list[tuple[str, str]]]:
    """Which office Archigos' effective leaders hold, by country: (since, title), in the order of time."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, since, title in rows("offices.txt", 3):
        found[code].append((since, title))
    return found
