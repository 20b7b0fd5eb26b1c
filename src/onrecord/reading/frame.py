"""What single lines of a report say about it: dateline, byline, editors, captions, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.article import Dateline

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_UPPER_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\- ]+(?:[,/] ?[A-ZÀ-Þ][\w.'’\- ]*?){0,3}"
_AGENCY = r"[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}"
# LONDON, Jan.7 (Reuters) – | WASHINGTON (AP) — | Paris, 4 May (AFP) -
_DATELINE = re.compile(
    rf"(?P<place>{_UPPER_PLACE}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,2}}(?=,? ?(?:{_DATE})? ?\())"
    rf"(?:, ?(?P<date>{_DATE}))? ?(?:\((?P<agency>{_AGENCY})\) ?)?[–—-]{{1,2}} "
)
_BYLINE = re.compile(r"(?:by|from)\s+(?P<names>[A-Z][^.;:]{2,100})", re.IGNORECASE)
_ROLES = re.compile(
    r"(?P<role>(?:additional )?(?:report(?:ing|ed)?|writing|written|edit(?:ing|ed)?|compiled|graphics?))\s+(?:and (?:writing|editing|reporting) )?by\s+(?P<names>[^;.()]+)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?:photo(?:graph)?|picture|image)s?(?: (?:by|credit|courtesy(?: of)?))? ?[:/]? ?.{2,60}"
    r"|(?:REUTERS|AP Photo|AFP|EPA|Getty Images|Shutterstock|Alamy|Handout)\s*(?:/|via|\||-|—|–)\s*.{2,60}"
    r"|[\w .'-]{3,40}/(?:Reuters|AP|AFP|EPA|Getty Images|Shutterstock).{0,30}|(?:via )?Getty Images)",
)
_NAMES = re.compile(r"\s*(?:,| and |;)\s*")


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
    found = _DATELINE.match(paragraph)
    if not found or not (found["agency"] or found["date"] or found["place"].isupper()):
        return None
    return Dateline(found["place"].strip(" ,"), found["date"], found["agency"]), found.end()


def find_byline(line: str) -> tuple[str, ...] | None:
    """The authors that a line names and nothing else (*By Ana Reyes and Tom Li*)."""
    found = _BYLINE.fullmatch(line.strip())
    if not found or len(line) > 90 or not _are_names(found["names"]):
        return None
    return tuple(_NAMES.split(found["names"].strip()))


def find_credits(line: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Authors and editors of a sign-off line (*Reporting by A; editing by B and C*)."""
    line = line.strip().strip("()")
    parts = list(_ROLES.finditer(line))
    if not parts or parts[0].start() > 0:
        return None
    authors: list[str] = []
    editors: list[str] = []
    for part in parts:
        names = [n.strip() for n in _NAMES.split(part["names"]) if n.strip()]
        names = [re.sub(r"\s+in [A-Z]\w+.*$", "", n) for n in names]
        (editors if part["role"].lower().startswith("edit") else authors).extend(names)
    return tuple(authors), tuple(editors)


def find_caption(paragraph: str) -> Caption | None:
    """A caption with its credit at the end, or a credit alone; None for any other paragraph."""
    if len(paragraph) > 500:
        return None
    whole = _CREDIT.fullmatch(paragraph.strip())
    if whole:
        return Caption("", paragraph.strip())
    for stop in re.finditer(r"[.!?”\"]\s+", paragraph):
        tail = paragraph[stop.end() :].strip()
        if len(tail) <= 80 and _CREDIT.fullmatch(tail):
            return Caption(paragraph[: stop.start() + 1].strip(), tail)
    return None


def _are_names(text: str) -> bool:
    words = [w for w in re.split(r"[\s,]+", text) if w and w not in ("and", "de", "van", "von", "bin", "al")]
    return 0 < len(words) <= 12 and all(w[0].isupper() for w in words)
