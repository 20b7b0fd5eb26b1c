"""What single lines of a report say about it: dateline, byline, editors, captions, credits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.article import Dateline

# Longer than any dateline; patterns see no more of a paragraph, so that none can take long.
_DATELINE_CHARS = 120
_SIGN_OFF_CHARS = 600
_CAPTION_CHARS = 500
_BYLINE_CHARS = 120
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} ?\d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
# NEW YORK | ST. JOHN'S | KYIV/MOSCOW | RENO, Nev. | Paris
_UPPER_PLACE = rf"{_UPPER}[A-ZÀ-ÖØ-Þ.'’-]+(?:[ /]{_UPPER}[A-ZÀ-ÖØ-Þ.'’-]+){{0,3}}"
_MIXED_PLACE = rf"{_UPPER}[\w.'’-]+(?:[ /]{_UPPER}[\w.'’-]+){{0,2}}"
_REGION = rf"{_UPPER}[\w.'’-]*(?: {_UPPER}[\w.'’-]*){{0,2}}"
# Wire services as bylines name them.
_WIRE_NAME = (
    r"(?:(?i:(?:the )?associated press|reuters|agence france[- ]presse|(?:thomson )?reuters|bloomberg(?: news)?"
    r"|united press international|xinhua|pa media|press association|deutsche presse-agentur|kyodo(?: news)?|ians|pti|ansa|efe|tass|interfax)|AP|AFP|UPI|DPA|dpa(?:-AFX|/[a-z]{2,4})?|epd|apa|sda)"
)
_WIRE = re.compile(_WIRE_NAME)
_AGENCY = rf"(?:{_WIRE_NAME}|[A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}})(?=\))"
_DASH = r"(?:[–—―]|--?)\s"
# LONDON, Jan.7 (Reuters) – | WASHINGTON (AP) — | Paris, 4 May (AFP) -
_DATELINE = re.compile(
    rf"(?P<place>(?:{_UPPER_PLACE}|{_MIXED_PLACE}(?=[^–—―]{{0,60}}\())(?:, (?!{_DATE}){_REGION})?)"
    rf"(?:, ?(?P<date>{_DATE}))? ?(?:\((?P<agency>{_AGENCY})\) ?)?{_DASH}"
)
# NEW DELHI, Jan 7 (PTI): The | HULL (AP) The. Without a dash the agency must be one that is known.
_DASHLESS = re.compile(
    rf"(?P<place>{_MIXED_PLACE}(?:, (?!{_DATE}){_REGION})?)(?:, ?(?P<date>{_DATE}))? ?\((?P<agency>{_WIRE_NAME})\):?\s+(?=[“\"‘']?[A-ZÀ-ÖØ-Þ]\w* )"
)
# Upper-case words before a dash that name no place.
_LABELS = frozenset(
    """analysis breaking correction exclusive explainer factbox feature insight live opinion poll question
    answer read review special column transcript update updated video watch""".split()
)
_ONE_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:de|del|della|der|van|von|bin|bint|al|el|da|dos|du|la|le|[A-ZÀ-Þ][\w.'’-]*)){0,5}"
_BYLINE = re.compile(
    rf"(?:By|BY|by)[: ]\s*(?P<names>{_ONE_NAME}(?:(?:,? and |, | & | \| ){_ONE_NAME}){{0,7}})"
)
_ROLE = r"(?:[Aa]dditional )?(?:[Rr]eport(?:ing|ed)?|[Ww]riting|[Ww]ritten|[Ee]dit(?:ing|ed)?|[Cc]ompiled|[Gg]raphics?)"
# Names, places and newsrooms, joined by commas and *and*: no other small word may stand in a sign-off,
# or a sentence would pass for one (*Reported by state media, the attack killed two*).
_CREW = rf"{_ONE_NAME}(?:(?:,? (?:and|in|at|for) |, (?:and )?|/){_ONE_NAME}){{0,24}}"
_SIGN_OFF_PART = re.compile(
    rf"(?P<role>{_ROLE})(?: and (?:writing|editing|reporting))? by:? (?P<names>{_CREW})(?:[;.,]\s*|\Z)"
)
_HOUSES = r"(?:REUTERS|Reuters|AP(?: Photo)?|AFP|EPA|UPI|Getty(?: Images)?|Shutterstock|Alamy|Bloomberg|Handout|Pool|POOL)"
_CREDIT_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]*|handout|file photo|file|pool|via|for|de|van|von)"
_CREDIT_NAMES = rf"{_CREDIT_NAME}(?:(?: ?[/|,] ?| ){_CREDIT_NAME}){{0,9}}"
_CREDIT = re.compile(
    rf"\(?(?:(?i:(?:photo(?:graph)?|picture|image)s?(?: (?:by|credit|courtesy(?: of)?))? ?[:/]|(?:photo(?:graph)?s?|picture) (?:by|courtesy of)|(?:credit|©)s? ?:?) ?{_CREDIT_NAMES}"
    rf"|{_HOUSES}\s?(?:/|\||via)\s?{_CREDIT_NAMES}|{_CREDIT_NAMES} ?/ ?{_HOUSES}(?: file(?: photo)?)?|(?:via )?Getty Images)\.?\)?\.?",
)
_SENTENCE_END = re.compile(r"[.!?”\")]\s+")
_NAMES = re.compile(r"\s*(?:,\s*and\s|,|\band\b|;|&|\|)\s*")


# Ana Reyes contributed to this report. | AP writers Ana Reyes in Lima and Tom Li contributed.
_CONTRIBUTED = re.compile(
    rf"(?:(?:(?:The )?{_ONE_NAME} )?(?:staff )?(?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Jj]ournalists?) )?(?P<names>{_CREW}) (?:also )?contributed"
    rf"(?P<what> reporting(?: from {_ONE_NAME}(?: and {_ONE_NAME})?)?)?(?P<whereto> (?:to|for) this (?:report|story|article|dispatch))?\.?"
)


@dataclass(frozen=True, slots=True)
class SignOff:
    """The people whom a report names at its end."""

    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's line: what it shows and whose picture it is."""

    text: str
    credit: str


def find_dateline(paragraph: str) -> tuple[Dateline, int] | None:
    """The dateline at the beginning of a paragraph and where it ends; None if there is none.

    >>> find_dateline("LONDON, Jan.7 (Reuters) – The West must act.")
    (Dateline(place='LONDON', date='Jan.7', agency='Reuters'), 26)
    """
    head = paragraph[:_DATELINE_CHARS]
    found = _DATELINE.match(head) or _DASHLESS.match(head)
    if not found:
        return None
    place = found["place"]
    if not (found["agency"] or found["date"] or place.split(",")[0].isupper()):
        return None
    if any(word.strip(".").lower() in _LABELS for word in re.split(r"[ /,]+", place)):
        return None
    return Dateline(place, found["date"], found["agency"]), found.end()


def find_byline(line: str) -> tuple[str, ...] | None:
    """The authors that a line names and nothing else (*By Ana Reyes and Tom Li*)."""
    line = line.strip()
    found = _BYLINE.fullmatch(line) if len(line) <= _BYLINE_CHARS else None
    names = tuple(n for n in _NAMES.split(found["names"]) if n) if found else ()
    # One word is a newsroom at best; *By Land and Sea* is a headline.
    return names if names and " " in names[0] else None


def find_sign_off(line: str) -> SignOff | None:
    """Authors, contributors and editors of a sign-off line (*Reporting by A; editing by B and C*).

    >>> find_sign_off("(Reporting by Ana Reyes in Lima; Editing by Tom Li)")
    SignOff(authors=('Ana Reyes',), contributors=(), editors=('Tom Li',))
    """
    line = line.strip().strip("()").strip()
    if len(line) > _SIGN_OFF_CHARS:
        return None
    if found := _CONTRIBUTED.fullmatch(line):
        crew = _crew(found["names"])
        # *Hull contributed* is no sign-off: what nobody says what to must be by people with two names.
        is_told = found["what"] or found["whereto"] or all(" " in name for name in crew)
        return SignOff(contributors=tuple(crew)) if is_told else None
    authors: list[str] = []
    contributors: list[str] = []
    editors: list[str] = []
    at = 0
    while at < len(line):
        part = _SIGN_OFF_PART.match(line, at)
        if not part:
            return None
        role = part["role"].lower()
        crew = editors if "edit" in role else contributors if "additional" in role else authors
        crew.extend(_crew(part["names"]))
        at = part.end()
    return SignOff(tuple(authors), tuple(contributors), tuple(editors)) if at else None


def is_wire(name: str) -> bool:
    """Is it the name of a wire service, as bylines have it?"""
    return _WIRE.fullmatch(name) is not None


def find_agency(byline: Iterable[str]) -> str | None:
    """The wire service that is named as author; None if no author is one."""
    return next((name for name in byline if is_wire(name)), None)


def find_caption(paragraph: str) -> Caption | None:
    """A caption with its credit at the end, or a credit alone; None for any other paragraph."""
    paragraph = paragraph.strip()
    if len(paragraph) > _CAPTION_CHARS:
        return None
    if _CREDIT.fullmatch(paragraph):
        return Caption("", paragraph)
    ends = list(_SENTENCE_END.finditer(paragraph))
    for stop in ends:
        tail = paragraph[stop.end() :].strip()
        text = paragraph[: stop.start() + 1].strip()
        # A paragraph that quotes somebody is the report's, even with a credit behind it.
        if len(tail) <= 80 and _CREDIT.fullmatch(tail) and not re.search(r"[“”\"]", text):
            return Caption(text, tail)
    return None


def _crew(names: str) -> list[str]:
    """The people of a sign-off, without the places that they wrote from."""
    people: list[str] = []
    follows_place = False
    for part in _NAMES.split(names):
        name, _, place = re.sub(r" (?:at|for) ", " in ", part.strip()).partition(" in ")
        # What has one word after a place goes on with it (*in Parkland, Florida*).
        if name.endswith(".") and not re.search(r"(?:\b[A-Z]|[JS]r)\.\Z", name):
            name = name[:-1]  # the sign-off's full stop
        if name and not (follows_place and " " not in name):
            people.append(name)
        follows_place = bool(place) or (follows_place and " " not in name)
    return people
