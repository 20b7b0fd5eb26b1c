"""Score time expressions on a corpus with TIMEX3 labels (TempEval-3; UzZaman et al., SemEval 2013).

Each line is an object with `id`, `text`, `published` and `times`: `span`, `type`, `value`. The text is read
bare: nothing is given but `published`.

- value: of the labelled times of type DATE and TIME whose value is of the calendar, the share that is found
  (a predicted span overlaps) and has the same first and last day. Of the calendar are years (1998), months
  (1998-02), days (1998-02-13, also with a time of day, which is cut off), weeks (1998-W07, Monday to Sunday) and
  weekends (1998-W07-WE), quarters (1998-Q1), halves (1998-H1), decades (199) and seasons (1998-SU; meteorological,
  northern; winter is of the year in which it begins). All other values are left out: PAST_REF and its
  like, what holds an X, centuries, durations. Of several predictions that overlap, the one that shares
  most characters with the label counts, the shorter one among equals.
- found: the same without looking at the days.
- strict, relaxed: precision, recall and F1 of the spans of all four types (DATE, TIME, DURATION, SET), for the same
  characters and for at least one in common; one prediction goes with one label. Ranges that hold their
  ends as times of their own (*from 2005 to 2009*, *since Monday*) are left out of the predictions, since
  TIMEX3 labels the ends alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from onrecord.article import Article
from onrecord.errors import UsageError
from onrecord.evaluation.lines import numbered_rows
from onrecord.evaluation.measures import f1
from onrecord.resolution.calendar import months_from, season, unit_of, years_from
from onrecord.resolution.dates import ResolvedTime, date_article

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?(?:T.*)?|W(?P<week>\d\d?)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?|(?P<decade>\d{3})",
    re.ASCII,
)
_SEASONS = {"SP": 1, "SU": 2, "FA": 3, "WI": 4}
Days = tuple[date, date]


class LabelledTime(msgspec.Struct):
    """One TIMEX3."""

    span: tuple[int, int]
    type: str
    value: str


class LabelledTimes(msgspec.Struct):
    """One line of a corpus; `corpus` names the part that it is of."""

    id: str
    text: str
    times: list[LabelledTime]
    published: str | None = None
    corpus: str = "all"


def evaluate_times(path: Path) -> dict[str, dict[str, float]]:
    """Read the reports of a corpus and score their times.

    Returns:
        `value`, `found` (right, in per cent, and of how many), `strict`, `relaxed` (precision, recall, f1),
        and, where the corpus has several parts, the same of each (`value aquaint` ...).

    Raises:
        UsageError: if the corpus cannot be read.
    """
    whole = TimeFigures()
    parts: dict[str, TimeFigures] = {}
    for row in _rows(path):
        article = Article(id=row.id, text=row.text, published=row.published, language="en")
        predicted = date_article(article)
        for figures in (whole, parts.setdefault(row.corpus, TimeFigures())):
            figures.add(row.times, predicted)
    if not parts:
        raise UsageError(f"{path}: there are no reports in it. Name a corpus with labelled times.")
    found = whole.figures()
    if len(parts) > 1:
        found |= {f"{n} {name}": f for name, part in sorted(parts.items()) for n, f in part.figures().items()}
    return found


class TimeFigures:
    """Counts over a corpus."""

    def __init__(self) -> None:
        self.reports = 0
        self.calendar = self.found = self.right = 0
        self.gold = self.predicted = self.strict = self.relaxed = 0

    def add(self, gold: list[LabelledTime], predicted: list[ResolvedTime]) -> None:
        """Count one report."""
        self.reports += 1
        for label in gold:
            days = calendar_days(label.value) if label.type in ("DATE", "TIME") else None
            if days is None:
                continue
            match = best_match(label.span, predicted)
            self.calendar += 1
            self.found += match is not None
            self.right += match is not None and (match.first, match.last) == days
        spans = [(p.span.start, p.span.end) for p in without_holders(predicted)]
        self.gold += len(gold)
        self.predicted += len(spans)
        self.strict += len({g.span for g in gold} & set(spans))
        self.relaxed += count_pairs([g.span for g in gold], spans)

    def figures(self) -> dict[str, dict[str, float]]:
        """All figures in per cent."""
        total = max(1, self.calendar)
        return {
            "value": {"right": round(100 * self.right / total, 1), "of": self.calendar},
            "found": {"right": round(100 * self.found / total, 1), "of": self.calendar},
            "strict": f1(self.strict, self.predicted, self.gold),
            "relaxed": f1(self.relaxed, self.predicted, self.gold),
            "reports": {"count": self.reports},
        }


def calendar_days(value: str) -> Days | None:
    """The first and the last day of a TIMEX3 value; None if it is not one of the calendar.

    >>> [d.isoformat() for d in calendar_days("1998-W07")]
    ['1998-02-09', '1998-02-15']
    """
    found = _VALUE.fullmatch(value)
    if not found:
        return None
    try:
        interval = _interval(found)
    except ValueError:
        return None
    return interval


def _interval(found: re.Match[str]) -> Days | None:
    if found["decade"]:
        made = years_from(int(found["decade"]) * 10, 10, "decade")
    elif found["day"]:
        on = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return on, on
    elif found["month"]:
        made = months_from(int(found["year"]), int(found["month"]), 1, "month")
    elif found["week"]:
        monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
        made = unit_of("weekend" if found["weekend"] else "week", monday)
    elif found["quarter"] or found["half"]:
        months = 3 if found["quarter"] else 6
        number = int(found["quarter"] or found["half"])
        made = months_from(int(found["year"]), (number - 1) * months + 1, months, None)
    elif found["season"]:
        made = season(_SEASONS[found["season"]], int(found["year"]))
    else:
        made = years_from(int(found["year"]), 1, "year")
    return (made.first, made.last) if made.first and made.last else None


def best_match(span: tuple[int, int], predicted: list[ResolvedTime]) -> ResolvedTime | None:
    """The prediction that shares most characters with a label, the shorter one among equals."""

    def shared(p: ResolvedTime) -> int:
        return min(span[1], p.span.end) - max(span[0], p.span.start)

    touching = [p for p in predicted if shared(p) > 0]
    return max(touching, key=lambda p: (shared(p), p.span.start - p.span.end), default=None)


def without_holders(predicted: list[ResolvedTime]) -> list[ResolvedTime]:
    """The predictions without those that hold another."""
    ordered = sorted(predicted, key=lambda p: (p.span.start, -p.span.end))
    return [
        p for i, p in enumerate(ordered) if i + 1 == len(ordered) or not p.span.holds(ordered[i + 1].span)
    ]


def count_pairs(gold: list[tuple[int, int]], predicted: list[tuple[int, int]]) -> int:
    """How many labels and predictions overlap, one to one, in the order of the text."""
    pairs = 0
    rest = sorted(predicted)
    for start, end in sorted(gold):
        while rest and rest[0][1] <= start:
            rest.pop(0)
        if rest and rest[0][0] < end:
            rest.pop(0)
            pairs += 1
    return pairs


def _rows(path: Path) -> Iterator[LabelledTimes]:
    rows = numbered_rows(
        path, LabelledTimes, what="a report with labelled times", needs='"id", "text" and "times"'
    )
    return (report for _, report in rows)
