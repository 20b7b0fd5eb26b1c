"""When a page's report was published: what its metadata, its markup, its lines and its address say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.reading.blocks import Block
from onrecord.reading.frame import find_dateline
from onrecord.reading.moments import Moment, read_address_day, read_moment, read_printed
from onrecord.reading.page_marks import Marks
from onrecord.reading.page_metadata import PageMetadata
from onrecord.reading.page_pictures import may_date_report
from onrecord.reading.published import is_of_day

# Names of `<meta>` elements in small letters and without marks between the words: OpenGraph, schema.org,
# Dublin Core, PRISM and what analytics services ask publishers for.
_PUBLISHED_META = (
    "articlepublishedtime", "ogpublishedtime", "ogarticlepublishedtime", "datepublished", "parselypubdate", "dcdateissued",
    "dctermsissued", "dcdatecreated", "dctermscreated", "dcdate", "dctermsdate", "pubdate", "publishdate", "publisheddate",
    "publicationdate", "date", "sailthrudate", "articlepublished", "articledate", "cxenseparserecspublishtime", "cxenseparsepublishtime",
    "citationpublicationdate", "citationdate", "prismpublicationdate", "originalpublicationdate", "datecreated", "publishtime",
    "publishedat", "displaydate", "releasedate", "articlecreated", "rnewsdatepublished", "bingtime", "timepublished",
)  # fmt: skip
_UPDATED_META = (
    "articlemodifiedtime", "ogupdatedtime", "ogarticlemodifiedtime", "datemodified", "lastmod", "lastmodified", "dctermsmodified",
    "dcdatemodified", "articleupdated", "modifieddate", "updatedat",
)  # fmt: skip
_SAYS_UPDATED = re.compile(r"\b(?:updated?|modified|revised|edited|corrected)\b", re.IGNORECASE)
_SAYS_PUBLISHED = re.compile(r"\b(?:published|posted|created|released|first|originally)\b", re.IGNORECASE)


def find_published(
    metadata: PageMetadata, marks: Marks, lines: Sequence[Block], url: str | None
) -> Moment | None:
    """When the report was published; None if nothing on the page tells.

    The metadata comes first, since it is exact. A printed day one off from it is the outlet's local day,
    and is taken, with the time where the page prints it too. A report that was changed is dated by the day
    that the outlet prints on it, unless the line says that it is that of the change: the text is what was
    published then, and says *yesterday* of the day before. Metadata that is farther off from both the
    printed day and the one in the address is that of another thing, a moved archive for example. Days of
    pictures are passed over, and a printed day goes before no metadata that the dateline speaks for.

    Args:
        metadata: of the page.
        marks: of its markup around the headline.
        lines: around the headline, nearest first.
        url: the page's own address, or that at which it was found.
    """
    printed = list(_printed(lines))
    # Behind the day of a change stand the days of other things: posts that the report shows, other reports.
    shown = printed[0][0] if printed and not printed[0][1] else None
    address = read_address_day(url) if url else None
    told = _told(metadata) or _first(marks.times, "time on the page") or _broad(metadata)
    if told is None:
        changed = printed[0][0] if printed else _first(marks.updates, "time on the page")
        return shown or address or changed
    if shown is None or shown.day == told.day:
        return told if shown is None or told.has_clock else replace(shown, how=told.how)
    if _is_of_dateline(told, lines):
        return told
    updated = _told_update(metadata)
    of_change = updated.in_zone_of(shown) if updated else None
    exact = replace(of_change, how=shown.how) if of_change else shown
    if told.is_day_beside(shown):
        return told.in_zone_of(shown) or exact
    if updated and told.day < shown.day <= updated.day:
        return exact
    if address and address.day == shown.day:
        return shown
    return told


def find_updated(metadata: PageMetadata, marks: Marks, lines: Iterable[Block]) -> Moment | None:
    """When the report was last changed: by the metadata, by what is printed, or by what the markup marks.

    Args:
        metadata: of the page.
        marks: of its markup around the headline.
        lines: around the headline, nearest first.
    """
    printed = (_printed_update(line) for line in lines if may_date_report(line))
    return (
        _told_update(metadata)
        or next((moment for moment in printed if moment), None)
        or _first(marks.updates, "time on the page")
    )


def _told_update(metadata: PageMetadata) -> Moment | None:
    return _first(
        [
            metadata.linked_text("dateModified"),
            *_values(metadata, _UPDATED_META),
            metadata.page_text("dateModified"),
        ],
        "page metadata",
    )


def _printed_update(line: Block) -> Moment | None:
    """The day behind *updated*; that before it (*13 March, updated*) if the line tells no other."""
    said = _SAYS_UPDATED.search(line.text)
    if not said:
        return None
    behind = read_printed(line.text[said.end() :])
    return behind or (None if _SAYS_PUBLISHED.search(line.text) else read_printed(line.text))


def _told(metadata: PageMetadata) -> Moment | None:
    return _first(
        [metadata.linked_text("datePublished"), *_values(metadata, _PUBLISHED_META)], "page metadata"
    )


def _broad(metadata: PageMetadata) -> Moment | None:
    """What is said of the page rather than of the report."""
    return _first([metadata.page_text("datePublished"), metadata.linked_text("dateCreated")], "page metadata")


def _values(metadata: PageMetadata, names: Iterable[str]) -> Iterator[str]:
    plain_names: dict[str, str] = {}
    for name, value in metadata.meta.items():
        plain_names.setdefault(_plain_name(name), value)
    return (plain_names[name] for name in names if name in plain_names)


@lru_cache(maxsize=1 << 10)
def _plain_name(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def _printed(lines: Iterable[Block]) -> Iterator[tuple[Moment, bool]]:
    """Days printed on short lines, and whether the line says that it is the day of a change."""
    for line in lines:
        if may_date_report(line) and (moment := read_printed(line.text)):
            yield moment, bool(_SAYS_UPDATED.search(line.text) and not _SAYS_PUBLISHED.search(line.text))


def _is_of_dateline(moment: Moment, lines: Iterable[Block]) -> bool:
    """Does the report's dateline give the day of the year that this one has?"""
    for line in lines:
        if (found := find_dateline(line.text)) and found[0].date:
            return is_of_day(found[0].date, moment.day)
    return False


def _first(values: Iterable[str | None], how: str) -> Moment | None:
    return next((m for v in values if v and (m := read_moment(v, how=how))), None)
