"""A quotation -> what to write behind it where it is quoted: who said it, where it is printed, and on which characters."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.printing.lines import one_line
from onrecord.record.asking.quotations import Quotation
from onrecord.record.export.iris import web_address
from onrecord.record.export.statements import article_of
from onrecord.web.pages import address


class Reference(NamedTuple):
    """A quotation to be copied.

    Attributes:
        words: the quotation as it is printed, with its marks.
        source: whose words they are: speaker, outlet, headline and day, as far as they are known.
        link: the address of the report on the web; where that is not known, of the quotation in the reading room.
        place: report and characters (code points of its text, from the first one's place up to the last one's).
    """

    words: str
    source: str
    link: str
    place: str


def refer(quotation: Quotation, room: str) -> Reference:
    """The reference of a quotation.

    Args:
        room: the address of the reading room, as whoever reads has asked for it: `http://127.0.0.1:8080`.
    """
    said = quotation.said
    words = one_line(" … ".join(e.text for e in said.evidence))
    speaker = said.actor or said.by
    if said.actor and said.by and said.by != said.actor:
        speaker = f"{said.actor} (“{said.by}”)"
    headline = f"“{said.headline}”" if said.headline else None
    day = (said.published or "")[:10]
    source = ", ".join(one_line(told) for told in (speaker, said.outlet, headline, day) if told)
    characters = ", ".join(f"{e.start}-{e.end}" for e in said.evidence)
    report = article_of(said)
    link = web_address(quotation.url) or room + address("/report", id=report) + said.id.removeprefix(report)
    return Reference(_marked(words), source, link, f"{report}, characters {characters}")


def _marked(words: str) -> str:
    """Words in quotation marks, which they have mostly.

    >>> _marked("“Go,”"), _marked("Go")
    ('“Go,”', '“Go”')
    """
    return words if words[:1] in "“\"‘'«„" else f"“{words}”"
