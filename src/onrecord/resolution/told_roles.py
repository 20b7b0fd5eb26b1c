"""The roles that a report itself gives to somebody: *a former banker*, *Energy Minister in the 1990s under Orpel*.

They are read from what stands with the names (`callings.py`), with the country and the years that the same words tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.article import Span
from onrecord.resolution.callings import what_context_calls
from onrecord.resolution.phrases import country_of
from onrecord.resolution.roles import read_role

# Words around a name in which the report may say who that is.
_CONTEXT_CHARS: Final = 90
# A report says early who somebody is; so many of their names are looked at.
_MOST_MENTIONS: Final = 4
_LEAD: Final = re.compile(
    r"^(?:(?:the|an?|its|their|his|her|our|then|now|currently|then-)\s+|\d{1,2}-year-old\s+)+", re.I
)
# Somebody else's word comes after it, and no role of one's own.
_UNDER: Final = re.compile(r",?\s+under\s+[A-Z].*$")
_YEARS: Final = (
    (
        re.compile(r"\s+(?:from|between)\s+(?P<from>\d{4})\s+(?:to|until|till|and)\s+(?P<to>\d{4})\b.*$"),
        None,
    ),
    (re.compile(r"\s+(?:in|during|throughout)\s+the\s+(?:early |mid-|late )?(?P<from>\d{3}0)s\b.*$"), 9),
    (re.compile(r"\s+(?:since|from)\s+(?P<from>\d{4})\b.*$"), None),
    (re.compile(r"\s+(?:until|till)\s+(?P<to>\d{4})\b.*$"), None),
    (re.compile(r"\s+in\s+(?P<from>\d{4})\b.*$"), 0),
)
# *a former banker who was energy minister*, *a lawyer and a former mayor*: two roles.
_SEVERAL: Final = re.compile(
    r",?\s+who\s+(?:is|was|had been|has been)\s+|,?\s+and\s+(?=(?:an?|the|former|then)\s)"
)
_CAPITALS: Final = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}")


@dataclass(frozen=True, slots=True)
class ToldRole:
    """A role as a report tells it.

    Attributes:
        title: its words without article and time, *former banker*, *mayor of Mirna*.
        of: alpha-3 code of the country that the words name; None if they name none.
        from_, to: first and last year told; None is untold.
    """

    title: str
    of: str | None
    from_: str | None = None
    to: str | None = None


def read_told_roles(text: str, mentions: Sequence[Span]) -> tuple[ToldRole, ...]:
    """What a report calls somebody where it names them, each role once, in the order of the text.

    Args:
        mentions: where the names stand.

    >>> read_told_roles("Ana Orpel, energy minister in the 1990s, said no.", [Span(0, 9)])
    (ToldRole(title='energy minister', of=None, from_='1990', to='1999'),)
    """
    found: dict[str, ToldRole] = {}
    for span in mentions[:_MOST_MENTIONS]:
        lead = text[max(0, span.start - _CONTEXT_CHARS) : span.start]
        # What stands before the last end of a paragraph is about somebody else.
        lead = lead[lead.rfind("\n") + 1 :]
        name = span.of(text)
        if name in lead:
            continue
        called = what_context_calls(name, lead + text[span.start : span.end + _CONTEXT_CHARS])
        for words in _SEVERAL.split(called) if called else ():
            role = read_told_role(words)
            if role is None:
                continue
            known = found.get(role.title)
            if known is None or ((role.from_ or role.to) and not (known.from_ or known.to)):
                found[role.title] = role
    return tuple(found.values())


def read_told_role(words: str) -> ToldRole | None:
    """The role that an apposition or a title tells; None if it tells none.

    >>> read_told_role("a former banker")
    ToldRole(title='former banker', of=None, from_=None, to=None)
    """
    title = " ".join(words.split())
    begins = ends = None
    for pattern, years in _YEARS:
        told = pattern.search(title)
        if told:
            groups = told.groupdict()
            begins, ends = groups.get("from"), groups.get("to")
            if years is not None and begins:
                ends = str(int(begins) + years)
            title = title[: told.start()]
            break
    title = _LEAD.sub("", _UNDER.sub("", title)).strip(" ,")
    role = read_role(title)
    if role is None or not title or title.lower().startswith("member of"):
        return None
    country = _country_in(title)
    return ToldRole(_lowered(title, role.words), country, begins, ends)


def _lowered(title: str, role: str) -> str:
    """A title whose words for the role are small: *Mayor* and *mayor* are one."""
    at = title.lower().find(role.lower())
    return title if at < 0 else title[:at] + role.lower() + title[at + len(role) :]


def _country_in(title: str) -> str | None:
    """The one country that the words of a title name."""
    codes = set()
    for found in _CAPITALS.finditer(title):
        words = re.sub(r"['’]s?\b", "", found[0]).split()
        parts = [" ".join(words), *words]
        codes |= {c for p in parts if (c := country_of(p))}
    return codes.pop() if len(codes) == 1 else None
