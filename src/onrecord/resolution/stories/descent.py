"""Which of two copies is the original: what their frames say, and what one has that the other lacks.

Copies are cut from the end and within, lose words of quotations, a credit and a dateline, and where a machine swapped words
they have rarer ones, doubled ones too. Each sign has a worth; times count most but for a wire's own report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from onrecord.resolution.stories.alignment import Alignment, Told
from onrecord.resolution.stories.changed import Both, Changed
from onrecord.resolution.stories.copies import Original
from onrecord.resolution.stories.fingerprint import Fingerprint

# What each sign is worth, and by how much one side must have more.
_LEAST_DIFFERENCE: Final = 1.0
_OWN_WIRE: Final = 4.0
_DAY_EARLIER: Final = 3.0
_EARLIER: Final = 2.0
_CREDITED: Final = 0.8
_DATELINE: Final = 0.5
_CUT_AT_END: Final = 1.2
_CUT_WITHIN: Final = 1.0
_FULLER_QUOTATIONS: Final = 0.8
_ODD_WORDS: Final = 1.4
_DOUBLED: Final = 1.0
# So many words more are a cut.
_LEAST_WORDS: Final = 12
# So many words more in quotation marks are fuller quotations.
_LEAST_QUOTED: Final = 5
# Words put for others are rarer by so many bits, where so many were changed.
_RARER: Final = 0.6
_LEAST_CHANGED: Final = 4

# Agencies that go by several names.
_AGENCIES: Final = (
    (re.compile(r"\breuters\b"), "reuters"),
    (re.compile(r"\b(?:ap|associated press|apnews)\b"), "ap"),
    (re.compile(r"\b(?:afp|agence france[- ]presse)\b"), "afp"),
    (re.compile(r"\b(?:upi|united press international)\b"), "upi"),
    (re.compile(r"\bbloomberg\b"), "bloomberg"),
    (re.compile(r"\b(?:dpa|deutsche presse[- ]agentur)\b"), "dpa"),
    (re.compile(r"\b(?:pa|press association|pa media)\b"), "pa"),
    (re.compile(r"\bxinhua\b"), "xinhua"),
    (re.compile(r"\btass\b"), "tass"),
    (re.compile(r"\binterfax\b"), "interfax"),
)


@lru_cache(maxsize=4096)
def agency_key(name: str | None) -> str | None:
    """An agency by one name: *The Associated Press* and *AP* are one; None for no name.

    >>> agency_key("The Associated Press"), agency_key("AP"), agency_key("Vessara News Agency")
    ('ap', 'ap', 'vessara news agency')
    """
    if not name or not name.strip():
        return None
    lower = " ".join(name.casefold().split()).removeprefix("the ")
    for pattern, key in _AGENCIES:
        if pattern.search(lower):
            return key
    return lower


def original_of(
    first: Fingerprint, second: Fingerprint, a: Told, b: Told, alignment: Alignment, both: Both
) -> tuple[Original, tuple[str, ...]]:
    """Which of two copies is the original, and what tells it; where signs point both ways alike it is unknown.

    `both`: what `changed` tells of them.
    """
    signs = list(_all_signs(first, second, a, b, alignment, both))
    balance = sum(worth for worth, _ in signs)
    if abs(balance) < _LEAST_DIFFERENCE:
        return "unknown", ()
    why = sorted(((abs(w), reason) for w, reason in signs if w * balance > 0), key=lambda s: -s[0])
    return ("first" if balance > 0 else "second"), tuple(reason for _, reason in why)


def _all_signs(
    first: Fingerprint, second: Fingerprint, a: Told, b: Told, alignment: Alignment, both: Both
) -> Iterator[tuple[float, str]]:
    """What each sign is worth, above nothing where it speaks for the first report, and what it says of the original."""
    yield from _times(first, second)
    for worth, this, other in ((1, first, second), (-1, second, first)):
        for value, reason in _credits(this, other):
            yield worth * value, reason
    alone = alignment.first_alone, alignment.second_alone
    for worth, one, two, n in ((1, a, b, 0), (-1, b, a, 1)):
        for value, reason in _cuts(one, alone[n], two, alone[1 - n]):
            yield worth * value, reason
    yield from _quoted(a, b, alignment)
    yield from _words_put(*both)


def _times(first: Fingerprint, second: Fingerprint) -> Iterator[tuple[float, str]]:
    one, other = _time(first.published), _time(second.published)
    if one is None or other is None:
        return
    earlier = 1.0 if one[0] < other[0] else -1.0
    if (one[0] != other[0] and abs((one[0] - other[0]).total_seconds()) >= 86_400) or (
        one[0].date() != other[0].date() and one[2] and other[2] is one[2]
    ):
        yield earlier * _DAY_EARLIER, "it was published on an earlier day"
    elif one[0] != other[0] and one[1] and other[1] and one[2] == other[2]:
        yield earlier * _EARLIER, "it was published earlier"


@lru_cache(maxsize=4096)
def _time(published: str | None) -> tuple[datetime, bool, bool] | None:
    """The time, whether the hour is known, and whether the zone is; times of known zones are brought to one."""
    if not published:
        return None
    try:
        time = datetime.fromisoformat(published)
    except ValueError:
        return None
    has_hour, has_zone = len(published) > 10, time.tzinfo is not None
    return (time.astimezone(UTC).replace(tzinfo=None) if has_zone else time), has_hour, has_zone


def _credits(this: Fingerprint, other: Fingerprint) -> Iterator[tuple[float, str]]:
    """What the frames say for one report as the original."""
    own, credited = agency_key(this.agency), agency_key(other.agency)
    outlet, other_outlet = agency_key(this.outlet), agency_key(other.outlet)
    if outlet is not None and outlet != other_outlet and outlet in (own, credited):
        name = other.agency if credited == outlet else this.agency
        yield _OWN_WIRE, f"it is the own report of {name}"
    elif own is not None and credited is None and other_outlet != own:
        yield _CREDITED, f"it credits {this.agency}, and the other no longer does"
    if this.dateline and not other.dateline:
        yield _DATELINE, "it has a dateline"


def _cuts(
    t: Told, alone: tuple[int, ...], other: Told, other_alone: tuple[int, ...]
) -> Iterator[tuple[float, str]]:
    """What one report has at its end or within that the other lacks, where the other has nothing in its stead."""
    end, within = _at_end_and_within(t, alone)
    other_end, other_within = _at_end_and_within(other, other_alone)
    if end >= _LEAST_WORDS and end > 2 * other_end:
        yield _CUT_AT_END, "its end is cut off in the other"
    if within >= _LEAST_WORDS and within > 2 * other_within:
        yield _CUT_WITHIN, "the other leaves out some of it"


def _at_end_and_within(t: Told, alone: tuple[int, ...]) -> tuple[int, int]:
    """How many words a report has alone at its end, and between what both have. What it has alone at its top is no cut: a
    headline, and behind it what happened since, which live pages and agencies put before the rest."""
    start, end, left = 1, len(t.texts), set(alone)
    while start in left:
        start += 1
    while end - 1 in left:
        end -= 1
    at_end = t.length(max(end, 1), len(t.texts)) if len(t.texts) > 1 else 0
    return at_end, sum(t.length(n, n + 1) for n in left if start < n < end)


def _quoted(a: Told, b: Told, alignment: Alignment) -> Iterator[tuple[float, str]]:
    """Which of the two quotes more in what both tell."""
    more = 0
    for g in alignment.aligned:
        more += a.quoted(g.first, g.first_end) - b.quoted(g.second, g.second_end)
    if abs(more) >= _LEAST_QUOTED:
        yield (_FULLER_QUOTATIONS if more > 0 else -_FULLER_QUOTATIONS), "its quotations are fuller"


def _words_put(one: Changed, other: Changed) -> Iterator[tuple[float, str]]:
    """Which of the two has the odder words where both tell the same in different ones."""
    alone = one.weights[~one.kept], other.weights[~other.kept]
    if min(len(side) for side in alone) >= _LEAST_CHANGED:
        rarer = float(alone[0].mean() - alone[1].mean())
        if abs(rarer) >= _RARER:
            yield (-_ODD_WORDS if rarer > 0 else _ODD_WORDS), "the other has odder words in its stead"
    doubled = one.doubled() - other.doubled()
    if doubled:
        yield (-_DOUBLED if doubled > 0 else _DOUBLED), "the other has doubled words"
