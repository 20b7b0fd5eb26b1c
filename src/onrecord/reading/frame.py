"""What single lines of a report say about it: dateline, byline, editors, captions, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.article import Dateline
from onrecord.reading.author_names import clean_authors
from onrecord.reading.moments import MONTH_NAME, Moment, read_printed
from onrecord.reading.wires import WIRE_NAME, find_agency, is_wire

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
_AGENCY = rf"(?:{WIRE_NAME}|[A-Z][\w.]*(?: [A-Z][\w.]*){{0,3}})(?=\))"
_DASH = r"(?:[–—―]|--?)(?:\s|\Z)"
# Behind an agency in brackets a dash may be of any kind, and stand close to the text.
_DASH_BEHIND_AGENCY = r"(?:[–—―_]|--?)(?:\s|\Z|(?=[“\"‘']?[A-ZÀ-ÖØ-Þ]))"
# LONDON, Jan.7 (Reuters) – | WASHINGTON (AP) — | Paris, 4 May (AFP) -
_DATELINE = re.compile(
    rf"(?P<place>(?:{_UPPER_PLACE}|{_MIXED_PLACE}(?=[^–—―]{{0,60}}\())(?:, (?!{_DATE}){_REGION})?)"
    rf"(?:, ?(?P<date>{_DATE}))? ?(?:\((?P<agency>{_AGENCY})\) ?{_DASH_BEHIND_AGENCY}|{_DASH})"
)
# The agency must be one that is known in all of these: (AP) — The
_PLACELESS = re.compile(rf"\((?P<agency>{WIRE_NAME})(?:, (?P<date>{_DATE}))?\) ?{_DASH_BEHIND_AGENCY}")
# NEW DELHI, Jan 7 (PTI): The | HULL (AP) The
_DASHLESS = re.compile(
    rf"(?P<place>{_MIXED_PLACE}(?:, (?!{_DATE}){_REGION})?)(?:, ?(?P<date>{_DATE}))? ?\((?P<agency>{WIRE_NAME})\):?\s+(?=[“\"‘']?[A-ZÀ-ÖØ-Þ]\w* )"
)
# MOSCOW, January 7. /TASS/. The | Moscow. January 7. INTERFAX - The
_BETWEEN_STOPS = re.compile(
    rf"(?P<place>{_MIXED_PLACE})[.,] (?P<date>{_DATE})\. (?:/(?P<slashed>{WIRE_NAME})/\.?\s|(?P<agency>{WIRE_NAME})(?:\.[A-Za-z]{{2,3}})? ?{_DASH})",
)
# NEW DELHI, Jan 7: The
_COLON = re.compile(
    rf"(?P<place>{_UPPER_PLACE}(?:, (?!{_DATE}){_REGION})?), ?(?P<date>{_DATE}): (?=[“\"‘']?[A-ZÀ-ÖØ-Þ]\w* )"
)
_DATELINES = (_DATELINE, _DASHLESS, _PLACELESS, _BETWEEN_STOPS, _COLON)
# An outlet where a region would stand: JAKARTA, KOMPAS.com
_OUTLET = re.compile(r"[\w-]+\.(?:com|net|org|info|co|tv|news|[a-z]{2})")
# Upper-case words before a dash that name no place.
_LABELS = frozenset(
    """analysis breaking correction exclusive explainer factbox feature insight live opinion poll question
    answer read review sir madam sirs special column transcript update updated video watch""".split()
)
_ONE_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?: (?:de|del|della|der|van|von|bin|bint|al|el|da|dos|du|la|le|[A-ZÀ-Þ][\w.'’-]*)){0,5}"
# By Ana Reyes in Port Elm | March 12, 2024. The place is a name too, and the day begins with a digit or a month.
_BYLINE = re.compile(
    rf"(?:By|BY|by)[: ]\s*(?P<names>{_ONE_NAME}(?:(?:,? and |, | & | \| | (?:in|from|for) ){_ONE_NAME}){{0,9}}?)"
    rf"(?:\s?[|,•·–—-]\s?(?P<day>(?:\d|(?i:{MONTH_NAME})\s\d).*))?"
)
# By our correspondent in Port Elm, By Staff Reporter: nobody is named.
_BYLINE_OF_NOBODY = re.compile(
    r"(?i:(?:by|from)[: ]\s*(?:(?:our|an?|the|own|special|staff|senior|chief|foreign|political|city|local|news|web) ){0,3}"
    r"(?:correspondents?|reporters?|writers?|staff|newsroom|bureau|desk))"
    rf"(?: (?:in|from|at) (?P<place>{_ONE_NAME}(?:, {_ONE_NAME})?))?"
)
_ROLE = (
    r"(?:[Aa]dditional )?(?:[Rr]eport(?:ing|ed)?|[Ww]riting|[Ww]ritten|[Ee]dit(?:ing|ed)?|[Cc]ompiled|[Gg]raphics?"
    r"|[Tt]ranslat(?:ed|ion|ing))"
)
# A newsroom in place of people: the Elm newsroom, Reuters staff.
_NEWSROOM = (
    rf"(?:[Tt]he |[Oo]ur )?(?:{_ONE_NAME} )?(?:staff|[Nn]ewsroom|[Bb]ureau|desk|reporters|correspondents)"
)
_CREW_NAME = rf"(?:{_NEWSROOM}(?!\w)|{_ONE_NAME})"
# Names, places and newsrooms, joined by commas and *and*: no other small word may stand in a sign-off,
# or a sentence would pass for one (*Reported by state media, the attack killed two*).
_CREW = rf"{_CREW_NAME}(?:(?:,? (?:and|in|at|for) |, (?:and )?|/| & ){_CREW_NAME}){{0,24}}"
_SIGN_OFF_PART = re.compile(
    rf"(?P<role>{_ROLE})(?: and (?:[Ww]riting|[Ee]diting|[Rr]eporting))? [Bb]y:? (?P<names>{_CREW})(?:[;.,]\s*|\s[-–—|/]\s|\Z)"
)
_HOUSES = r"(?:REUTERS|Reuters|AP(?: Photo)?|AFP|EPA|UPI|Getty(?: Images)?|Shutterstock|Alamy|Bloomberg|Handout|Pool|POOL)"
_CREDIT_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]*|handout|file photo|file|pool|via|for|de|van|von)"
_CREDIT_NAMES = rf"{_CREDIT_NAME}(?:(?: ?[/|,] ?| ){_CREDIT_NAME}){{0,9}}"
_CREDIT = re.compile(
    rf"\(?(?:(?i:(?:photo(?:graph)?|picture|image)s?(?: (?:by|credit|courtesy(?: of)?))? ?[:/]|(?:photo(?:graph)?s?|picture) (?:by|courtesy of)|(?:credit|©)s? ?:?) ?{_CREDIT_NAMES}"
    rf"|{_HOUSES}\s?(?:/|\||via)\s?{_CREDIT_NAMES}|{_CREDIT_NAMES} ?/ ?{_HOUSES}(?: file(?: photo)?)?|(?:via )?Getty Images)\.?\)?\.?",
)
# Image source, Getty Images | Image caption, A crane stands idle: labels for those who hear a page.
_LABELLED = re.compile(
    r"(?:image|picture|photo|media|video) (?:(?P<credit>source|copyright|credit)|caption)\s?[,:]\s?(?P<told>\S.*)",
    re.IGNORECASE,
)
# A crane [Ana Reyes/Reuters] | A crane (Ana Reyes/AP) | A crane / AFP | A crane | Photo Credit: PTI
_CREDIT_BEHIND = re.compile(
    rf"\s(?:[(\[](?:File(?: photo)?: ?)?{_CREDIT_NAMES} ?/ ?{_HOUSES}(?: via {_CREDIT_NAMES})?[)\]]\.?"
    rf"|[/|] ?(?:{_HOUSES}|{WIRE_NAME})|\| ?(?i:(?:photo|picture|image) (?:credit|courtesy)|credit|photo) ?: ?{_CREDIT_NAMES})\Z"
)
_BEFORE_CREDIT = re.compile(r"[(\[/|]")
# Pavel Orlo for Elm Post
_FREELANCE = re.compile(rf"{_ONE_NAME}(?P<house> for (?:[Tt]he )?{_ONE_NAME})")
_SENTENCE_END = re.compile(r"[.!?”\")]\s+")
_TELLS_SPEECH = re.compile(r"[“”\"]|\b(?:said|says|told|according to|reported|announced)\b", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?:,\s*and\s|,|\band\b|;|&|\|)\s*")


# Ana Reyes contributed to this report. | AP writers Ana Reyes in Lima and Tom Li contributed.
_CONTRIBUTED = re.compile(
    rf"(?:(?:(?:The )?{_ONE_NAME} )?(?:staff )?(?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Jj]ournalists?) )?(?P<names>{_CREW}) (?:also )?contributed"
    rf"(?P<what> reporting(?: from {_ONE_NAME}(?: and {_ONE_NAME})?)?)?(?P<whereto> (?:to|for) this (?:report|story|article|dispatch))?\.?"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: people, or a newsroom or agency; where and when they wrote."""

    names: tuple[str, ...]
    place: str | None = None
    day: Moment | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """The people whom a report names at its end."""

    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's line: what it shows and whose picture it is; one of the two may be empty."""

    text: str
    credit: str


def find_dateline(paragraph: str) -> tuple[Dateline, int] | None:
    """The dateline at the beginning of a paragraph and where it ends; None if there is none.

    >>> find_dateline("LONDON, Jan.7 (Reuters) – The West must act.")
    (Dateline(place='LONDON', date='Jan.7', agency='Reuters'), 26)
    """
    head = paragraph[:_DATELINE_CHARS]
    found = next(filter(None, (form.match(head) for form in _DATELINES)), None)
    if not found:
        return None
    told = found.groupdict()
    place, date, agency = told.get("place") or "", told["date"], told.get("agency") or told.get("slashed")
    place, _, region = place.partition(", ")
    if _OUTLET.fullmatch(region):
        agency = agency or region
    elif region:
        place = f"{place}, {region}"
    if not (agency or date or place.split(",")[0].isupper()):
        return None
    if any(word.strip(".").lower() in _LABELS for word in re.split(r"[ /,]+", place)):
        return None
    return Dateline(place or None, date, agency), found.end()


def read_byline(line: str) -> Byline | None:
    """The byline that a line is, and nothing else; None for other lines.

    >>> read_byline("By Ana Reyes, Political Editor").names
    ('Ana Reyes',)
    """
    line = line.strip()
    if not 0 < len(line) <= _BYLINE_CHARS:
        return None
    if nobody := _BYLINE_OF_NOBODY.fullmatch(line):
        return Byline((), nobody["place"])
    found = _BYLINE.fullmatch(line)
    if not found or (found["day"] and not (day := read_printed(found["day"]))):
        return None
    people, places = _crew(found["names"])
    # One word is a newsroom at best; *By Land and Sea* is a headline.
    if not people or not (" " in people[0] or is_wire(people[0])):
        return None
    # By Ana Reyes in Port Elm and Tom Li in Lima: two places are no dateline.
    place = places[0] if len(places) == 1 else None
    return Byline(clean_authors(people, None), place, day if found["day"] else None, find_agency(people))


def find_byline(line: str) -> tuple[str, ...] | None:
    """The authors that a line names and nothing else (*By Ana Reyes and Tom Li*); empty if it names nobody."""
    byline = read_byline(line)
    return byline.names if byline else None


def find_sign_off(line: str) -> SignOff | None:
    """Authors, contributors and editors of a sign-off line (*Reporting by A; editing by B and C*).

    >>> find_sign_off("(Reporting by Ana Reyes in Lima; Editing by Tom Li)")
    SignOff(authors=('Ana Reyes',), contributors=(), editors=('Tom Li',))
    """
    line = line.strip().strip("()").strip()
    if len(line) > _SIGN_OFF_CHARS:
        return None
    if "contributed" in line and (found := _CONTRIBUTED.fullmatch(line)):
        crew, _ = _crew(found["names"])
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
        helped = "additional" in role or "transl" in role
        crew = editors if "edit" in role else contributors if helped else authors
        crew.extend(_crew(part["names"])[0])
        at = part.end()
    return SignOff(tuple(authors), tuple(contributors), tuple(editors)) if at else None


def find_caption(paragraph: str) -> Caption | None:
    """A caption with its credit at the end, or a credit alone; None for any other paragraph."""
    paragraph = paragraph.strip()
    if len(paragraph) > _CAPTION_CHARS:
        return None
    if _CREDIT.fullmatch(paragraph):
        return Caption("", paragraph)
    if labelled := _LABELLED.fullmatch(paragraph):
        return Caption("", labelled["told"]) if labelled["credit"] else Caption(labelled["told"], "")
    # A paragraph that tells who said something is the report's, with whatever agency behind it.
    may_end_so = _BEFORE_CREDIT.search(paragraph) is not None
    found = _CREDIT_BEHIND.search(paragraph) if may_end_so else None
    if found and found.start() and not _TELLS_SPEECH.search(paragraph[: found.start()]):
        return Caption(paragraph[: found.start()].rstrip(), paragraph[found.start() :].strip(" /|"))
    ends = list(_SENTENCE_END.finditer(paragraph))
    for stop in ends:
        tail = paragraph[stop.end() :].strip()
        text = paragraph[: stop.start() + 1].strip()
        # A paragraph that quotes somebody is the report's, even with a credit behind it.
        if len(tail) <= 80 and _is_credit(tail) and not re.search(r"[“”\"]", text):
            return Caption(text, tail)
    return None


def _is_credit(tail: str) -> bool:
    """Is it a credit where a caption ends, by its form or as of a photographer who works for somebody?"""
    if _CREDIT.fullmatch(tail):
        return True
    freelance = _FREELANCE.fullmatch(tail)
    return bool(freelance and " " in tail[: freelance.start("house")] and not tail.endswith("."))


def _crew(names: str) -> tuple[list[str], list[str]]:
    """The people of a sign-off or byline, and the places that they wrote from."""
    people: list[str] = []
    places: list[str] = []
    follows_place = False
    for part in _NAMES.split(names):
        name, *where = re.split(r" (?=(?:in|at|for|from) )", part.strip(), maxsplit=1)
        preposition, _, place = "".join(where).partition(" ")
        # What has one word after a place goes on with it (*in Parkland, Florida*).
        if name.endswith(".") and not re.search(r"(?:\b[A-Z]|[JS]r)\.\Z", name):
            name = name[:-1]  # the sign-off's full stop
        goes_on = follows_place and " " not in name
        if place and preposition != "for":
            places.append(place)
        if name and not goes_on:
            people.append(re.sub(r"\A[Tt]he (?=.* )", "", name))
        follows_place = bool(place) or goes_on
    return people, places
