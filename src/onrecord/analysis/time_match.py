"""What the words of a match say: numbers, units, the year that is meant. The readers share it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.analysis.time_meanings import Kind, Meaning, Pick, Relative, Unit, YearOf
from onrecord.analysis.time_words import CLASSES, Words


@dataclass(frozen=True, slots=True)
class Core:
    """The words [first, last) that carry a meaning, before what stands around them is looked at."""

    first: int
    last: int
    meaning: Meaning
    kind: Kind = "date"


@dataclass(frozen=True, slots=True)
class Match:
    """The words [first, last) that a pattern matched; `read_at` reads the expression that begins at a word."""

    words: Words
    first: int
    last: int
    read_at: Callable[[int], Core | None]

    def places(self, *names: str) -> list[int]:
        """Where words of these classes stand."""
        wanted = {CLASSES[n] for n in names}
        return [i for i in range(self.first, self.last) if self.words.codes[i] in wanted]

    def has(self, *names: str) -> bool:
        """Is there a word of one of the classes?"""
        return bool(self.places(*names))

    def value(self, *names: str) -> object:
        """What the first word of the classes says; None if there is none."""
        places = self.places(*names)
        return self.words.values[places[0]] if places else None

    def number(self, *names: str) -> int | None:
        """The same where it is a whole number."""
        value = self.value(*names)
        return value if isinstance(value, int) else None

    def code(self, i: int) -> str:
        """The class of a word of the text; a stop outside it."""
        return self.words.codes[i] if 0 <= i < len(self.words.codes) else "|"

    def is_class(self, i: int, *names: str) -> bool:
        """Is the word there of one of the classes?"""
        return self.code(i) in {CLASSES[n] for n in names}

    @property
    def before(self) -> str:
        """The word before, in lower case."""
        return self.words.word(self.first - 1)

    @property
    def after(self) -> str:
        """The word after, in lower case."""
        return self.words.word(self.last)


Reader = Callable[[Match], Core | None]


def year_of(m: Match) -> YearOf:
    """The year that the match names or points at."""
    value = m.number("year")
    if value is not None:
        return value
    places = m.places("yearunit")
    return pointed_year(m, places[-1]) if places else None


def pointed_year(m: Match, i: int) -> Relative:
    """The year that the words before and after a *year* mean."""
    if m.is_class(i + 1, "ago") and i + 1 < m.last:
        return Relative("year", -1)
    if m.is_class(i + 1, "earlier", "before") and i + 1 < m.last:
        return Relative("year", -1, "then")
    det = i - 1
    while det >= m.first and m.is_class(det, "fiscal"):
        det -= 1
    name = m.words.word(det) if det >= m.first else ""
    shift, anchor = SHIFTS.get(name, (0, "here"))
    return Relative("year", shift, anchor)  # type: ignore[arg-type]


SHIFTS = {
    "last": (-1, "now"), "past": (-1, "now"), "next": (1, "now"), "coming": (1, "now"), "upcoming": (1, "now"),
    "this": (0, "now"), "current": (0, "now"), "latest": (-1, "now"), "previous": (-1, "then"), "prior": (-1, "then"), "preceding": (-1, "then"),
    "following": (1, "then"), "ensuing": (1, "then"), "that": (0, "then"), "same": (0, "then"),
}  # fmt: skip


def pick_of(m: Match) -> Pick | None:
    """Does the match say *last*, *next* or *this*?"""
    if m.has("last", "past", "previous"):
        return "last"
    if m.has("next", "coming", "following"):
        return "next"
    return "this" if m.has("this", "current") else None


def unit_of(m: Match) -> Unit:
    """The first unit that the match names."""
    places = m.places(
        "units", "day", "week", "weekend", "monthunit", "quarter", "half", "yearunit", "decade", "century"
    )
    value = m.words.values[places[0]]
    return _UNIT_NAMES.get(str(value), "day")


_UNIT_NAMES: dict[str, Unit] = {
    "hour": "hour", "day": "day", "weekend": "weekend", "week": "week", "month": "month", "quarter": "quarter",
    "half": "half", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip


def count_of(m: Match) -> tuple[float | None, Unit]:
    """How many of which unit; None where the text does not count (*several weeks*)."""
    unit = unit_of(m)
    places = m.places("number", "dnum", "num")
    numbers = [n for i in places if isinstance(n := m.words.values[i], int | float)]
    count: float | None = None
    if m.has("vague") or (len(numbers) > 1 and not m.has("number")) or m.has("to"):
        count = None  # *several weeks*, *10 to 15 years*
    elif m.has("couple"):
        count = 2
    elif numbers:
        count = float(sum(numbers))
        count += 0.5 if m.has("half") else 0
    elif m.has("half"):
        count = 0.5
    elif m.has("a"):
        count = 1
    if m.has("units") and str(m.words.lower[m.places("units")[0]]).startswith("fortnight"):
        count = count * 2 if count else count
    if count is not None and unit in ("decade", "century"):
        # Ten years ago is a year, and nobody means the whole decade.
        count, unit = count * (10 if unit == "decade" else 100), "year"
    if count is not None and count != int(count):
        smaller: dict[Unit, tuple[float, Unit]] = {
            "year": (12, "month"),
            "month": (30, "day"),
            "week": (7, "day"),
        }
        times, unit = smaller.get(unit, (1, unit))
        count *= times
    return count, unit


def make_core(m: Match, meaning: Meaning, kind: Kind = "date") -> Core:
    """All words of the match with a meaning."""
    return Core(m.first, m.last, meaning, kind)


def is_compound(m: Match) -> bool:
    """Does a hyphen bind the last word to what follows (*last week-long*, *that year-old*)?"""
    return (
        m.is_class(m.last, "hyphen")
        and m.last < len(m.words.starts)
        and (
            m.words.starts[m.last] == m.words.ends[m.last - 1]
            and m.words.word(m.last + 1) in ("old", "olds", "long", "old's", "round", "end")
        )
    )


def is_free(m: Match, i: int) -> bool:
    """Does no clause or noun follow to which *before* or *after* could belong?"""
    word = m.words.word(i)
    return not word or not (word[0].isalnum() or word[0] in "“\"'‘") or word in AFTER_FREE


AFTER_FREE = frozenset(
    "in at on when where and but or with to as by for from because while who which if".split()
)
