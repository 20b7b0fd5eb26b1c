"""Corrections: what people say of who is who, and who an actor of a report is after them.

A correction is one of three: two actors are one (merge), an actor of some reports is somebody else
(split), an actor is called otherwise (rename). They are a list in the order in which they were made.
Whom analysis found is carried through the list, step by step: so they hold for reports that are read
later too, and taking the last one away gives what was before it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, assert_never

import msgspec

from onrecord.record.json_lines import read_lines_as

# Letters of a digest that an id keeps.
_ID_LENGTH = 12
# What the record puts behind the id of a report whose text has changed.
_VERSION = re.compile(r"@[0-9a-f]{8}\Z")
_TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_MARKS_OF_DIRECTION = "\u061c\u200e\u200f"


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One correction, as it is stored and exported.

    Attributes:
        actor: merge: who stays. split: who is parted. rename: who is renamed.
        other: merge: who goes by `actor` from now on. split: the new actor.
        reports: split: ids of the reports in which it is the new actor; it is so in their versions too.
        mentions: split: mentions that are the new actor, each the id of its report and its start.
        name: rename: the name.
        time: when it was made, ISO, UTC.
        command: the words that were typed.
        who: who made it; None where that is not known.
        id: made from all the rest, so that a correction that is imported twice is known again.
    """

    what: Literal["merge", "split", "rename"]
    actor: str
    other: str | None = None
    reports: tuple[str, ...] | None = None
    mentions: tuple[tuple[str, int], ...] | None = None
    name: str | None = None
    time: str
    command: str = ""
    who: str | None = None
    id: str = ""


def make_merge(actor: str, other: str, *, time: str, command: str, who: str | None = None) -> Correction:
    """`other` goes by `actor` from now on."""
    return _identified(what="merge", actor=actor, other=other, time=time, command=command, who=who)


def make_split(
    actor: str,
    reports: Iterable[str],
    mentions: Iterable[tuple[str, int]] = (),
    *,
    time: str,
    command: str,
    who: str | None = None,
) -> Correction:
    """`actor` is somebody else in some reports, or where some mentions stand.

    Who that is, is made from what is parted: the same in every record.
    """
    whole, single = tuple(sorted(set(reports))), tuple(sorted(set(mentions)))
    digest = hashlib.sha256(msgspec.json.encode([actor, whole, single])).hexdigest()
    return _identified(
        what="split",
        actor=actor,
        other=f"part-{digest[:_ID_LENGTH]}",
        reports=whole or None,
        mentions=single or None,
        time=time,
        command=command,
        who=who,
    )


def make_rename(actor: str, name: str, *, time: str, command: str, who: str | None = None) -> Correction:
    """`actor` is called `name`."""
    return _identified(what="rename", actor=actor, name=name, time=time, command=command, who=who)


def _identified(**fields: Any) -> Correction:
    return identified(Correction(**fields))


def identified(correction: Correction) -> Correction:
    """The correction under the id that is made from all the rest of it."""
    return msgspec.structs.replace(correction, id=_digest(correction))


def _digest(correction: Correction) -> str:
    bare = msgspec.structs.replace(correction, id="")
    return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()[:_ID_LENGTH]


class Who(msgspec.Struct, frozen=True):
    """Who an actor of a report is after corrections.

    Attributes:
        parted: a split has said that it is not whom analysis took it for.
        through: the corrections that made it so.
    """

    actor: str
    parted: bool
    through: tuple[Correction, ...]


class Corrections:
    """A list of corrections, the first one first."""

    def __init__(self, made: Iterable[Correction]) -> None:
        self.made = tuple(made)

    def who(self, found: str, article: str, trail: Collection[str] = ()) -> Who:
        """Who is meant where analysis found `found` in an article.

        Args:
            trail: ids of the splits by which mentions were taken from there, see `trail`.
        """
        actor, parted = found, False
        through: list[Correction] = []
        for c in self.made:
            if c.what == "merge" and c.other == actor:
                actor = c.actor
            elif c.what == "split" and c.actor == actor and (_is_among(article, c.reports) or c.id in trail):
                actor, parted = c.other or actor, True
            else:
                continue
            through.append(c)
        return Who(actor, parted, tuple(through))

    def trail(self, found: str, article: str, start: int) -> tuple[str, ...]:
        """Ids of the splits that say of one mention that it is somebody else.

        Args:
            found: whom analysis took it for.
            start: where the mention begins in its article.
        """
        naming = {c.id for c in self.made if (article, start) in (c.mentions or ())}
        return tuple(c.id for c in self.who(found, article, naming).through if c.id in naming)

    def mentions_in(self, article: str) -> set[int]:
        """Where the mentions of an article begin of which a split speaks."""
        return {start for c in self.made for where, start in c.mentions or () if where == article}

    def goes_by(self, actor: str) -> str:
        """Who an actor has become by merging."""
        for c in self.made:
            if c.what == "merge" and c.other == actor:
                actor = c.actor
        return actor

    def names(self, actor: str) -> list[str]:
        """The names given to an actor and to those merged into it; its own last one comes first."""
        given: dict[str, list[str]] = {}
        for c in self.made:
            if c.what == "rename" and c.name:
                own = given.setdefault(c.actor, [])
                given[c.actor] = [c.name, *(n for n in own if n != c.name)]
            elif c.what == "merge" and c.other:
                gone = given.pop(c.other, [])
                given[c.actor] = list(dict.fromkeys([*given.get(c.actor, []), *gone]))
        return given.get(actor, [])

    def is_named(self, actor: str) -> bool:
        """Has somebody given this very actor a name?"""
        return any(c.what == "rename" and c.actor == actor for c in self.made)

    def touched(self) -> set[str]:
        """All ids of actors that a correction speaks of; who is not among them is as found."""
        return {i for c in self.made for i in (c.actor, c.other) if i}


def _is_among(article: str, reports: Collection[str] | None) -> bool:
    """Is a report, or the one of which it is a version, among some?"""
    return reports is not None and (article in reports or _VERSION.sub("", article) in reports)


def is_plain(words: str) -> bool:
    r"""Is nothing in the words that a terminal would obey, that turns the writing, or that cannot be written down?

    >>> is_plain("Ana Li"), is_plain("Ana \x1b[31m"), is_plain("Ana\u202e"), is_plain("\udc80")
    (True, False, False, False)
    """
    return not any(
        unicodedata.category(sign) in ("Cc", "Cs")
        or unicodedata.bidirectional(sign) in _TURNING
        or sign in _MARKS_OF_DIRECTION
        for sign in words
    )


def read_lines(data: bytes, origin: str) -> list[Correction]:
    """Corrections from JSON lines.

    Args:
        origin: what the lines were read from, for errors.

    Raises:
        UsageError: names the first line that is none.
    """
    made = read_lines_as(
        data,
        origin,
        msgspec.json.Decoder(Correction).decode,
        _fault,
        called="a correction",
        made_with="onrecord actor corrections export FILE",
    )
    # Whoever has edited a line has made another correction.
    return [identified(one) for one in made]


def _fault(correction: Correction) -> str | None:
    """What a correction lacks, or has that none may have; None if it is well."""
    wanted: dict[str, Sequence[object]] = {
        "merge": (correction.other,),
        "split": (correction.other, correction.reports or correction.mentions),
        "rename": (correction.name,),
    }
    if not correction.actor or not all(wanted[correction.what]):
        return f"a {correction.what} lacks a part"
    names = (correction.actor, correction.other, correction.name, correction.who, *(correction.reports or ()))
    if not all(is_plain(name) for name in names if name):
        return "a name or an id holds control characters"
    try:
        datetime.fromisoformat(correction.time)
    except ValueError:
        return f"the time {correction.time[:40]!r} is not ISO 8601"
    return None


def say(correction: Correction, names: dict[str, str]) -> str:
    """A correction in words.

    Args:
        names: names of actors by id; who is not in it goes by the id.
    """

    def name(actor: str | None) -> str:
        return f"{names[actor]} ({actor})" if actor in names else str(actor)

    match correction.what:
        case "merge":
            return f"{name(correction.other)} is {name(correction.actor)}"
        case "split":
            mentions = [f"{report}:{start}" for report, start in correction.mentions or ()]
            where = ", ".join([*(correction.reports or ()), *mentions])
            return f"{name(correction.actor)} is somebody else, {correction.other}, in {where}"
        case "rename":
            return f"{name(correction.actor)} is called {correction.name}"
        case unknown:
            assert_never(unknown)
