"""Which authors of a page to believe: those of its metadata, those that its markup marks, or those printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from onrecord.reading.author_names import letters_of, read_authors
from onrecord.reading.blocks import Block
from onrecord.reading.moments import MONTH_NAME, read_printed
from onrecord.reading.page_marks import Marks
from onrecord.reading.page_metadata import PageMetadata

_MAX_BYLINE_CHARS = 140
_SAYS_BY = re.compile(
    r"^(?:(?i:analysis|written|posted|published|story|words|reported|article)\b.{0,40}?\b)?(?:[Bb]y|BY)[: ]*(?=[A-ZÀ-Þ])"
)
# The name alone follows on a line of its own.
_ENDS_WITH_BY = re.compile(
    r"(?:(?:Written|Posted|Story|Words|Published|Reported)\s)?by:?|Authors?:", re.IGNORECASE
)
_SAYS_OTHER_HAND = re.compile(
    r"(?:with )?(?:additional )?(?:contributions?|reporting|photograph(?:y|s|ed)?|photos?|pictures?|images?|illustrat(?:ions?|ed)"
    r"|styl(?:ing|ed)|edit(?:ing|ed)|(?:\w+ )?(?:reviewed|checked)|produced|video|graphics?|translat(?:ion|ed)) (?:by|from)\b:?",
    re.IGNORECASE,
)
# A sentence that begins with *By* ends as one, and not all its words are names.
_SENTENCE = re.compile(r"(?:\s[a-zß-ÿ].*){2}[^\W\d_]{2}[.!?][”\"]?\Z")
_CAPITALISED = r"[A-ZÀ-Þ][\w.'’-]+"
_NAME_AND_DAY = re.compile(rf"((?:{_CAPITALISED} ){{2,4}})[-–|•,] {MONTH_NAME} \d\d?,? \d{{4}}")
# posted on 22 December 2023 by Ann Lee
_DAY_AND_NAME = re.compile(
    rf"\bby:? ({_CAPITALISED}(?: {_CAPITALISED}){{1,3}})\s*(?:\Z|[|,•(-])", re.IGNORECASE
)
_DAY_WORD = re.compile(r"\d|\b(?:ago|yesterday|updated|published)\b", re.IGNORECASE)


def find_page_byline(
    metadata: PageMetadata, marks: Marks, below: Sequence[Block], outlet: str | None
) -> tuple[str, ...]:
    """The authors of a page's report; empty if it names none.

    Metadata comes first, since it is exact; a byline that names all of its people and more is the fuller
    one. Newsrooms and agencies are named where no person is.

    Args:
        metadata: of the page.
        marks: of its markup around the headline.
        below: the lines around the headline.
        outlet: its name, which is no author.
    """
    marked = read_authors(marks.authors, outlet)
    printed = read_authors(_printed_authors(below), outlet)
    sources = [
        read_authors(metadata.linked_authors(), outlet),
        read_authors(metadata.authors_meta, outlet),
        *((marked, printed) if marks.is_sure else (printed, marked)),
    ]
    best = next((s for s in sources if s.people), None)
    if best is None:
        return next((s.others for s in sources if s.others), ())
    for seen in (marked, printed):
        if best.keys() < seen.keys() and not seen.others:
            best = seen
    others = {letters_of(name) for name in read_authors(_other_hands(below), outlet).people}
    authors = [name for name in best.people if letters_of(name) not in others] or best.people
    return tuple(_as_printed(name, (*marked.people, *printed.people)) for name in authors)


def _as_printed(name: str, printed: Sequence[str]) -> str:
    """The name with the accents that the page prints, which metadata made from addresses has lost."""
    return next((p for p in printed if _without_accents(p) == name and p != name), name)


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def _other_hands(below: Sequence[Block]) -> Iterator[str]:
    """Who is named beside the authors for something else: pictures, contributions, editing.

    Metadata lists them among the authors.
    """
    for n, block in enumerate(below):
        if len(block.text) > _MAX_BYLINE_CHARS or not (said := _SAYS_OTHER_HAND.match(block.text)):
            continue
        named = block.text[said.end() :].strip()
        if named:
            yield named
        elif n + 1 < len(below):
            yield below[n + 1].text


def _printed_authors(below: Sequence[Block]) -> tuple[str, ...]:
    """Names of the first line that says *by*, or whose markup calls it a byline."""
    return next(_printed_names(below), ())


def _printed_names(below: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    for n, block in enumerate(below):
        text = block.text
        if len(text) > _MAX_BYLINE_CHARS or not any(c.isalpha() for c in text):
            continue
        if _ENDS_WITH_BY.fullmatch(text) and n + 1 < len(below):
            yield (below[n + 1].text,)
        elif (said := _SAYS_BY.search(text)) and not _SENTENCE.search(text):
            yield (text[said.end() :],)
        elif dated := _NAME_AND_DAY.match(text):
            yield (dated[1],)
        elif (named := _DAY_AND_NAME.search(text)) and read_printed(text):
            yield (named[1],)
        else:
            is_marked = any("byline" in hint or "author" in hint for hint in block.hints[:6])
            if is_marked and 2 <= len(text.split()) <= 6 and not _DAY_WORD.search(text):
                yield (text,)
