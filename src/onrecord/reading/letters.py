"""The letters of a page or text that calls itself letters: each with its signers, told by the line that signs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.article import Entry, Span
from onrecord.reading.assembly import BULLET, Line, is_short
from onrecord.reading.moments import MONTH_NAME

# One letter below a report that has *Letters* above it is no page of letters.
_MIN_LETTERS = 2
# Words that a letter has at least above its signature; fewer are a caption or a notice.
_MIN_WORDS = 8
# Words that nobody signs behind the last letter, of which it is not said how to write one: then the names may stand
# above their letters.
_MAX_UNSIGNED_WORDS = 12
# Lines at the top in which a text says that it is letters: headline, outlet, day.
_TOP_LINES = 4
_MAX_TITLE_CHARS = 300
_MAX_SIGNATURE_CHARS = 140
_MAX_HEADING_WORDS = 16
_MAX_PLACE_LINES = 3
_DAY = rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH_NAME}\b)"
_LETTERS = (
    r"(?:(?:your|our|the|more|latest|weekly|today['’]?s|(?:this|the) week['’]?s|[a-z]+day['’]?s|readers?['’]?s?|opinion) ){0,3}"
    r"(?:letters?(?: page)?(?: from (?:our |the )?readers)?(?: to (?:the )?(?:editors?|us))?(?: of [\w ]{1,40})?"
    r"|post ?bag|mail ?bag|letter ?box|readers?['’]?s? (?:write|views?|opinions?|forum)|from our readers)"
)
# Letters | Letters to the editor: March 3 | Your letters – trains; *Letters from the front reveal ...* is a report.
_CALLED_SO = re.compile(
    rf"{_LETTERS}(?:\W*|(?:\s?[:|–—]\s?|\s-\s)(?P<title>\S.*)|,? (?:for |of |on )?{_DAY}.*)", re.IGNORECASE
)
# Trains need guards | Letters
_CALLED_SO_BEHIND = re.compile(rf"(?P<title>.*\S)(?:\s?[|–—:]\s?|\s-\s){_LETTERS}\W*", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?(?:letters|letters-to-the-editor|readers-letters|your-letters)(?:[/?#]|\Z)", re.IGNORECASE)  # fmt: skip
_TITLE = (
    r"(?:(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baron(?:ess)?|Rev(?:erend)?|Canon|F(?:athe)?r|Sister|Rabbi|Imam|Cllr"
    r"|Councillor|Capt(?:ain)?|Col(?:onel)?|Maj(?:or)?|Gen(?:eral)?|Lt|Sgt|Judge|Sen(?:ator)?|Emeritus)\b\.? )"
)
_NAME_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_PARTICLE = r"(?:de|del|della|der|den|van|von|bin|bint|ibn|al|el|da|dos|du|di|la|le|ter|y)"
_BEHIND_NAME = r"(?: \((?:Mrs?|Ms|Miss|Dr|Prof|Rev|aged \d{1,3})\.?\))?(?:,? (?:MP|MSP|MEP|MBE|OBE|CBE|PhD|MD|QC|KC|[JS]r)\b\.?)*"
_PERSON = rf"(?:{_TITLE}{{0,3}}{_NAME_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_NAME_WORD}){{1,4}}|{_TITLE}{{1,3}}{_NAME_WORD}){_BEHIND_NAME}"
_PEOPLE = rf"(?P<people>{_PERSON}(?:(?:, {_PERSON}){{0,8}},? (?:and|&) {_PERSON})?)"
_CLOSE = (
    r"(?:[–—-]\s?)?(?:yours(?: (?:faithfully|sincerely|truly|etc\.?|in [a-z]+))?(?:,? etc\.?)?|(?:with )?(?:kind |best |warm )?(?:regards|wishes)|sincerely(?: yours)?"
    r"|respectfully(?: yours)?)"
)
_CLOSING = re.compile(rf"{_CLOSE}\W*", re.IGNORECASE)
_BEFORE_NAME = rf"(?:(?i:{_CLOSE})[,.]?\s+)?"
# Ana Ruiz, Orvik | Dr Tom Li – Chair, Orvik Trust
_SIGNATURE = re.compile(rf"{_BEFORE_NAME}{_PEOPLE}\s?(?:,|\||[–—]|-(?= ))\s?(?P<rest>\S.*)")
_NAME_ALONE = re.compile(rf"{_BEFORE_NAME}{_PEOPLE},?")
_UNNAMED = re.compile(
    r"(?:names?(?: and (?:full )?address(?:es)?)? (?:supplied|withheld|provided)|anonymous, [A-ZÀ-Þ])\b.{0,60}", re.IGNORECASE
)  # fmt: skip
_PLACE_WORD = r"[A-ZÀ-Þ0-9][\w.'’-]*"
_PLACE = re.compile(
    rf"{_PLACE_WORD}(?:,? (?:{_PLACE_WORD}|of|on|upon|in|under|le|la|de|the|and|by)){{0,6}}[,.]?"
)
_CALLING = re.compile(
    r"\b(?:chair(?:man|woman|person)?|director|professor|secretary|president|manager|teacher|nurse|doctor|head|chief|leader|councillor|founder"
    r"|officer|spokes\w+|editor|lecturer|fellow|retired|former|member|student|farmer|convenor|trustee|treasurer)\b",
    re.IGNORECASE,
)
# What no place or title has.
_TELLS = re.compile(
    r"[!?;“”\"]|: |\w{4,}\. |\b(?:is|are|was|were|has|had|have|will|would|said|says|told|wrote|writes|who|which|that|i|we|you|it|not)\b",
    re.IGNORECASE,
)
# Words of headings that look like names (*Thank You, Nurses*).
_NO_NAMES = frozenset(
    """about all an and are as at be bravo but can council dear do enough for from good happy have how in is it keep let letters more my
    never no not now of on or our please power praise pride respect sad save save shame so stop stay thank thanks that the this time to too we
    well what when where who why wrong yes you your monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december""".split()
)
_SALUTATION = re.compile(
    r"(?:(?:dear|to the) (?:sir|madam|editor|editors)(?:(?: or |/)madam)?|sir|madam|sirs|editor)\b(?:\s?[,:.–—-]|\Z)",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?…][”\"’')\]*_]*\Z")
_SIGNS = " \t*_[]()"
_DASHES = "–—-•~ "
# The writer is a retired teacher.
_ABOUT_WRITER = re.compile(r"\W?(?:the (?:writers?|authors?)|(?:mr|mrs|ms|dr|prof(?:essor)?)\.? [A-Z]\S+) (?:is|are|was|were)\b", re.IGNORECASE)  # fmt: skip
# Readers reply to our report on the bridge.
_ABOVE_LETTERS = re.compile(r"(?:our )?(?:readers?|correspondents)\b|letters\b", re.IGNORECASE)
_HOW_TO_WRITE = re.compile(
    r"@|\b(?:letters?|e-?mail|send|submit|write to|published|publish|contact|readers?|subscri\w+|comments?|editor|copyright)\b", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Signature:
    """Who signs at a row, and the row behind the signature."""

    names: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows [begin, end) that are one letter; those from `signed` on are its signature."""

    begin: int
    end: int
    signed: int
    names: tuple[str, ...] = ()


def calls_itself_letters(title: str | None) -> bool:
    """Is a headline, or the name of a section, that of readers' letters?

    >>> calls_itself_letters("Letters to the editor: trains need guards")
    True
    >>> calls_itself_letters("Letters from the front reveal a soldier's doubts")
    False
    """
    if not title or len(title) > _MAX_TITLE_CHARS:
        return False
    title = " ".join(title.strip(" \t#*_").split())
    return _CALLED_SO.fullmatch(title) is not None or _CALLED_SO_BEHIND.fullmatch(title) is not None


def is_address_of_letters(url: str | None) -> bool:
    """Does an address lead to a section of letters?"""
    return url is not None and _IN_ADDRESS.match(url[:2_000]) is not None


def divide_letters(
    lines: Sequence[Line], *, are_letters: bool = False, has_headline: bool = False
) -> tuple[list[Line], list[Entry]]:
    """The lines, each with the number of its letter, and what is known of the letters.

    A text is divided if it calls itself letters near its top (or `are_letters` says so), if at least two letters are signed,
    each below its text with a name and a place or title (*Ana Ruiz, Orvik*), on a line or on two, and if no text that
    nobody signs follows. Lines above the first letter and behind the last are of none. A letter whose signature is
    missing is one without byline, where the heading or the salutation of the next one shows it.

    Args:
        are_letters: what stands beside the text calls it letters.
        has_headline: the first line is a headline of them all, though it may not call them letters.

    Returns:
        The same lines and no letters for any other report.
    """
    rows = [n for n, line in enumerate(lines) if line.cut is None or _may_sign(lines, n)]
    texts = [lines[n].text.strip() for n in rows]
    top = [n for n, text in enumerate(texts[:_TOP_LINES]) if calls_itself_letters(text)]
    if not (top or are_letters):
        return list(lines), []
    first = top[-1] + 1 if top else int(has_headline)
    parts = _find_parts(texts, first)
    if sum(part.signed < part.end for part in parts) < _MIN_LETTERS:
        return list(lines), []
    divided = list(lines)
    letters: list[Entry] = []
    behind = rows[first] if first < len(rows) else 0
    for number, part in enumerate(parts):
        heading, begin = _heading(texts, part), rows[part.begin]
        if heading is None and (lost := _find_lost_heading(lines, behind, begin)) is not None:
            heading, begin = lines[lost].text, lost
            divided[lost] = replace(lines[lost], cut=None, entry=number)
        behind = rows[part.end - 1] + 1
        letters.append(Entry(Span(0, 0), heading, None, part.names))
        signed = {rows[row] for row in range(part.signed, part.end)}
        for n in range(begin, behind):
            line = divided[n]
            # What signs a letter looks like a credit or the name of an author elsewhere, and letters like comments.
            if n in signed:
                line = replace(line, judged=None, cut=None)
            elif line.judged and line.judged.role in ("comment", "bio", "signoff", "byline"):
                line = replace(line, judged=None)
            divided[n] = replace(line, entry=number)
    for n in rows[parts[-1].end :]:
        # Send yours to ...
        if lines[n].cut is None and _HOW_TO_WRITE.search(lines[n].text) and is_short(lines[n].text):
            divided[n] = replace(lines[n], cut="comment prompt")
    return divided, letters


def set_signatures_apart(text: str, *, are_letters: bool = False) -> str:
    """A plain text that calls itself letters, or is called so, with an empty line around each line that addresses or signs one.

    Rows of a paragraph that is broken at a fixed width are joined; those right above and below it must not be.
    """
    rows = [row.strip() for row in text.split("\n")]
    if not are_letters and not any(map(calls_itself_letters, [row for row in rows if row][:_TOP_LINES])):
        return text
    filled = [n for n, row in enumerate(rows) if row]
    texts = [rows[n] for n in filled]
    apart: set[int] = set()
    for at, row in enumerate(texts):
        if _CLOSING.fullmatch(row) or (_SALUTATION.match(row) and row.endswith((",", ":"))):
            apart.add(filled[at])
        elif at and _may_follow(texts[at - 1]) and (signature := _signature_at(texts, at)):
            apart.update(filled[at : signature.end])
    return "\n".join(f"\n{row}\n" if n in apart else row for n, row in enumerate(text.split("\n")))


def _may_follow(text: str) -> bool:
    """May a signature stand below a line: the end of a sentence, or *Yours faithfully*?"""
    return _ENDS_SENTENCE.search(text) is not None or _CLOSING.fullmatch(text) is not None


def without_section(title: str) -> str:
    """A headline without the name of the section of letters before or behind it.

    >>> without_section("Trains need guards | Letters")
    'Trains need guards'
    """
    for form in (_CALLED_SO_BEHIND, _CALLED_SO):
        found = form.fullmatch(title) if len(title) <= _MAX_TITLE_CHARS else None
        if found and found["title"]:
            return found["title"].strip()
    return title


def _may_sign(lines: Sequence[Line], n: int) -> bool:
    """May a line that was cut sign a letter? The extractor leaves out short lines."""
    text = lines[n].text
    if _signature_on(text) is not None or _names_alone(text) is not None:
        return True
    return n > 0 and _names_alone(lines[n - 1].text) is not None and _PLACE.fullmatch(_bare(text)) is not None


def _find_lost_heading(lines: Sequence[Line], behind: int, first: int) -> int | None:
    """The heading of a letter that the extractor left out, between the letter before and its first line."""
    for n in range(first - 1, behind - 1, -1):
        line = lines[n]
        if line.cut is None:
            return None
        is_lost = line.cut in ("left out by the extractor", "headline")
        if is_lost and len(line.text.split()) > 1 and _is_heading(line.text):
            return n
    return None


def _find_parts(texts: Sequence[str], first: int) -> list[_Part]:
    """The letters among rows from `first` on; none if what follows the last is signed by nobody."""
    parts: list[_Part] = []
    begin = at = first
    while at < len(texts):
        signature = _signature_at(texts, at)
        if signature is None or not _may_end(texts, begin, at):
            at += 1
            continue
        parts += _divide(texts, begin, at, signature, is_first=not parts)
        begin = at = signature.end
    unsigned = [text for text in texts[begin:] if not _HOW_TO_WRITE.search(text)]
    if sum(len(text.split()) for text in unsigned) >= _MAX_UNSIGNED_WORDS:
        return []
    return parts


def _may_end(texts: Sequence[str], begin: int, at: int) -> bool:
    """Does a letter's text stand above a row? Else a name there is a heading."""
    if at == begin or not _may_follow(texts[at - 1]):
        return False
    words = 0
    for row in range(begin, at):
        words += len(texts[row].split())
        if words >= _MIN_WORDS:
            return True
    return False


def _divide(
    texts: Sequence[str], begin: int, at: int, signature: _Signature, *, is_first: bool
) -> list[_Part]:
    """The letter that is signed at a row, behind one whose signature is missing, if there is one."""
    start = begin
    last = max((row for row in range(begin, at) if not _is_heading(texts[row])), default=begin)
    for row in range(begin + 1, last + 1):
        # A question that stands alone within a letter is no heading, and neither is what the signature follows.
        begins = _SALUTATION.match(texts[row]) or (_is_heading(texts[row]) and texts[row][-1:] not in "?!")
        if begins and not _begins_letter(texts[row - 1]):
            start = row
    if is_first:
        while start < at - 1 and _ABOVE_LETTERS.match(texts[start]):
            start += 1
        begin = start
    signed = _Part(start, signature.end, at, signature.names)
    return [_Part(begin, start, start), signed] if begin < start else [signed]


def _begins_letter(text: str) -> bool:
    return _SALUTATION.match(text) is not None or _is_heading(text)


def _is_heading(text: str) -> bool:
    return (
        len(text.split()) <= _MAX_HEADING_WORDS
        and not _ENDS_SENTENCE.search(text.replace("?", "").replace("!", ""))
        and text[-1:] not in ",:;"
        and not text[:1].islower()
        and not BULLET.match(text)
        and not _CLOSING.fullmatch(text)
        and not _SALUTATION.match(text)
    )


def _heading(texts: Sequence[str], part: _Part) -> str | None:
    """The last heading above the text of a letter."""
    found = None
    for text in texts[part.begin : part.signed]:
        if not _is_heading(text):
            break
        found = text.lstrip("# ")
    return found


def _signature_at(texts: Sequence[str], at: int) -> _Signature | None:
    """The signature that begins at a row: a line with name and place, or a name with its place below."""
    names = _signature_on(texts[at])
    end = at + 1
    if names is None:
        names = _names_alone(texts[at])
        end = _behind_places(texts, at + 1) if names is not None else end
        if names is None or end == at + 1:
            return None
    elif texts[at].endswith(","):
        end = _behind_places(texts, end)
    while end < len(texts) and _ABOUT_WRITER.match(texts[end]):
        end += 1
    return _Signature(names, end)


def _behind_places(texts: Sequence[str], begin: int) -> int:
    """The row behind the lines of an address: one, and those that follow a comma."""
    end = begin
    while end < min(len(texts), begin + _MAX_PLACE_LINES):
        text = _bare(texts[end])
        goes_on = end > begin or texts[end - 1].rstrip(_SIGNS).endswith(",")
        if end > begin and not texts[end - 1].rstrip(_SIGNS).endswith(","):
            break
        is_place = _PLACE.fullmatch(text) is not None and (goes_on or not text.endswith("."))
        is_calling = _CALLING.search(text) is not None and not _ENDS_SENTENCE.search(text)
        if len(text) > _MAX_SIGNATURE_CHARS or _TELLS.search(text) or not (is_place or is_calling):
            break
        end += 1
    return end


def _signature_on(text: str) -> tuple[str, ...] | None:
    """Who signs on a line of a name and a place or title; nobody is named where the name is withheld."""
    if len(text) > _MAX_SIGNATURE_CHARS:
        return None
    bare = _bare(text)
    if _UNNAMED.fullmatch(bare):
        return ()
    found = _SIGNATURE.fullmatch(bare)
    if not found or _TELLS.search(found["rest"]) or len(found["rest"].split()) > 14:
        return None
    return _people(found["people"])


def _names_alone(text: str) -> tuple[str, ...] | None:
    found = _NAME_ALONE.fullmatch(_bare(text)) if len(text) <= _MAX_SIGNATURE_CHARS else None
    return _people(found["people"]) if found else None


def _people(people: str) -> tuple[str, ...] | None:
    """The names, if they look like names of people."""
    names = tuple(re.split(r",? (?:and|&) |, (?=[A-ZÀ-Þ]\S* \S)", people))
    words = {word.lower().strip(".,()") for name in names for word in name.split()}
    return None if words & _NO_NAMES else names


def _bare(text: str) -> str:
    """A line without the marks around it: emphasis, brackets, a dash before it."""
    bare = text.strip().strip(_SIGNS).lstrip(_DASHES).strip(_SIGNS)
    return f"{bare})" if bare.count("(") > bare.count(")") else bare
