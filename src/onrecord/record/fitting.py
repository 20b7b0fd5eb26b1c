"""What no record takes, on whichever database: told before anything of a report is written.

PostgreSQL keeps no NUL, no halves of characters, and in an index nothing longer than a third of a page.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from onrecord.article import Article
from onrecord.contract import ActorOut, AnalysisOut
from onrecord.errors import UnreadableReportError

# The longest id of a report in bytes of UTF-8: two of them, and some more, go into one entry of an index.
LONGEST_ID: Final = 1_000
# Names are kept up to so many code points.
LONGEST_NAME: Final = 250
# Signs that are no text.
NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")


def check_fits(article: Article) -> None:
    """See that a report is of texts that a record can keep.

    Raises:
        UnreadableReportError: if it is not; names what is in the way, and where.
    """
    where = path_as_text(article.origin or article.id)
    told = {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "headline": article.frame.headline,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
    }
    for name, words in told.items():
        if words and (found := NO_TEXT.search(words)):
            what = "the character NUL" if found[0] == "\0" else f"half a character (U+{ord(found[0]):04X})"
            at = f" at {found.start():,}" if name == "text" else ""
            raise UnreadableReportError(
                f"{where}: its {name} holds {what}{at}, which no record can keep. Take it out and read the report again."
            )
    if (size := len(article.id.encode())) > LONGEST_ID:
        raise UnreadableReportError(
            f"{where}: its id has {size:,} bytes, and a record takes {LONGEST_ID:,}. Give the report a shorter id, or none."
        )


def fitted(analysis: AnalysisOut) -> AnalysisOut:
    """An analysis in which no name is longer than a record keeps them."""
    if all(len(name) <= LONGEST_NAME for actor in analysis.actors for name in (actor.name, *actor.aliases)):
        return analysis
    return msgspec.structs.replace(analysis, actors=[_fitted(actor) for actor in analysis.actors])


def _fitted(actor: ActorOut) -> ActorOut:
    aliases = dict.fromkeys(name[:LONGEST_NAME].rstrip() for name in actor.aliases)
    return msgspec.structs.replace(actor, name=actor.name[:LONGEST_NAME].rstrip(), aliases=list(aliases))


def path_as_text(path: str) -> str:
    r"""A path as a record keeps it: bytes of a file's name that are no UTF-8 are written in hexadecimal digits.

    >>> path_as_text("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return _bytes_of(path).decode("utf-8", "backslashreplace")


def _bytes_of(path: str) -> bytes:
    """A path in bytes, also one that Python made of bytes that are no UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace")
