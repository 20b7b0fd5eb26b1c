"""The reports of one story -> which was made from which, and how many descend from none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, TypeAlias

from onrecord.resolution.stories.copies import Copy, Story
from onrecord.resolution.stories.links import Link

Published: TypeAlias = Mapping[str, str | None]


# What shares so much of what the likest one shares is as like: house style differs more between sisters than from their original.
_AS_LIKE: Final = 0.95
# So does what shares so many code points less: a dateline at the head of the first sentence takes as much away.
_DATELINE: Final = 60.0


class _Step(NamedTuple):
    """One way in which a report may have come about; the likeliest first when sorted: from one of the likest, of these from one
    that is the original of most others."""

    is_less_like: bool
    fewer_copies: int
    less_shared: float
    less_score: float
    undirected: bool
    of: str
    article: str
    link: Link


def story_from(ids: Sequence[str], links: Sequence[Link], published: Published) -> Story:
    """A story: each report hangs on the one that can be older and of which it has most, no report on one of its own copies."""
    steps = sorted(_steps(ids, links, published))
    above: dict[str, _Step] = {}
    for step in steps:
        if step.article not in above and not _descends(step.of, step.article, above):
            above[step.article] = step
    roots = [id for id in ids if id not in above]
    below = _sizes(ids, above)
    in_time = sorted(ids, key=lambda id: (*_when(published[id]), id))
    place = {id: n for n, id in enumerate(in_time)}
    begins = min(roots, key=lambda id: (-below[id], place[id]))
    ordered = [begins, *(id for id in in_time if id != begins)]
    copies = tuple(
        Copy(made.of, id, made.link.kind, made.link.score, not made.undirected)
        for id in ordered
        if (made := above.get(id))
    )
    digest = hashlib.sha256(begins.encode("utf-8", "surrogatepass")).hexdigest()
    return Story(f"s-{digest[:16]}", tuple(ordered), copies, len(roots))


def _steps(ids: Sequence[str], links: Sequence[Link], published: Published) -> list[_Step]:
    wins, shared = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0.0)
    told: list[tuple[Link, bool | None]] = []
    for link in sorted(links):
        first_is_older = _first_is_older(link, published)
        told.append((link, first_is_older))
        if first_is_older is not None:
            wins[link.first] += 1 if first_is_older else -1
            wins[link.second] -= 1 if first_is_older else -1
        for id in (link.first, link.second):
            shared[id] += link.shared
    ways: list[tuple[str, str, Link, bool | None]] = []
    most = dict.fromkeys(ids, 0.0)
    for link, first_is_older in told:
        older = first_is_older
        if older is None:
            # Nothing tells: what is original of others or has most in common with all is likelier to be the older one.
            a, b = ((-wins[id], -shared[id], *_when(published[id]), id) for id in (link.first, link.second))
            older = a < b
        of, article = (link.first, link.second) if older else (link.second, link.first)
        ways.append((of, article, link, first_is_older))
        most[article] = max(most[article], link.shared)
    steps = []
    for of, article, link, first_is_older in ways:
        less_like = link.shared < min(_AS_LIKE * most[article], most[article] - _DATELINE)
        undirected = first_is_older is None
        copies = 0 if less_like else -wins[of]
        steps.append(_Step(less_like, copies, -link.shared, -link.score, undirected, of, article, link))
    return steps


def _first_is_older(link: Link, published: Published) -> bool | None:
    """By what the pair tells, else by the times at which they were published; None where neither tells."""
    told = link.is_original(link.first)
    if told is not None:
        return told
    first, second = _moment(published[link.first]), _moment(published[link.second])
    if first is None or second is None:
        return None
    # Of a day alone nobody knows the hour.
    if not (first[1] and second[1]):
        days = first[0].date(), second[0].date()
        return None if days[0] == days[1] else days[0] < days[1]
    return None if first[0] == second[0] else first[0] < second[0]


def _moment(published: str | None) -> tuple[datetime, bool] | None:
    """The moment in UTC, and whether its hour is known."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC), len(published) > len("2022-01-07")
        return moment.astimezone(UTC), True
    except (ValueError, OverflowError):
        return None


def _when(published: str | None) -> tuple[bool, str]:
    """By this reports are put in the order of time; those without one come last."""
    moment = _moment(published)
    return (True, "") if moment is None else (False, moment[0].isoformat())


def _descends(id: str, of: str, above: Mapping[str, _Step]) -> bool:
    while id != of and id in above:
        id = above[id].of
    return id == of


def _sizes(ids: Sequence[str], above: Mapping[str, _Step]) -> dict[str, int]:
    """How many reports descend from each, itself included."""
    sizes = dict.fromkeys(ids, 0)
    for id in ids:
        at = id
        sizes[at] += 1
        while at in above:
            at = above[at].of
            sizes[at] += 1
    return sizes
