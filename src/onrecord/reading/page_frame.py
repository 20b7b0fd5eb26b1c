"""The frame of a page: which headline, day and byline to believe where its markup, its metadata and
what a reader sees say different things.

What a reader sees comes first for the headline (its `h1`), since metadata holds what was written for
search engines; metadata comes first for times and authors, since it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import html

from onrecord.reading.blocks import Block
from onrecord.reading.moments import Moment
from onrecord.reading.page_byline import find_page_byline
from onrecord.reading.page_day import find_published, find_updated
from onrecord.reading.page_headline import find_heading, find_headline, host_of, share_words
from onrecord.reading.page_marks import find_marks
from onrecord.reading.page_metadata import PageMetadata

# A line that shares so much with the headline is the headline.
_MIN_SHARED_WORDS = 0.7
_OUTLET_META = ("og:site_name", "application-name", "publisher", "dc.publisher")
_SECTION_META = ("article:section", "parsely-section", "section")
# Lines around the headline among which a byline and a printed day are looked for.
_ABOVE_HEADLINE, _BELOW_HEADLINE = 2, 12


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What a page's markup says of its report; None or empty where it says nothing.

    `heading` is the element that holds the headline; None if it stands in metadata alone.
    """

    headline: str | None
    heading: html.HtmlElement | None
    published: Moment | None
    updated: Moment | None
    byline: tuple[str, ...]
    outlet: str | None
    section: str | None
    url: str | None


def find_page_frame(
    root: html.HtmlElement, metadata: PageMetadata, blocks: Sequence[Block], *, found_at: str | None = None
) -> PageFrame:
    """Decide what a page says about its report.

    Args:
        root: the parsed page.
        metadata: `read_metadata(root)`.
        blocks: `read_blocks` of the same page.
        found_at: the address at which it was found, if that is known.
    """
    outlet = metadata.linked_publisher() or _first(metadata.meta, _OUTLET_META)
    url = _address(root, metadata)
    headline = find_headline(root, metadata, outlet=outlet, url=url, lines=blocks)
    above, below = _around(headline, blocks)
    heading = find_heading(root, headline) if headline else None
    marks = find_marks(root, heading)
    nearest = [*below[:3], *above, *below[3:]]
    return PageFrame(
        headline=headline,
        heading=heading,
        published=find_published(metadata, marks, nearest, url or found_at),
        updated=find_updated(metadata, marks, nearest),
        byline=find_page_byline(metadata, marks, [*above, *below], outlet),
        outlet=outlet,
        section=metadata.linked_text("articleSection") or _first(metadata.meta, _SECTION_META),
        url=url,
    )


def _around(headline: str | None, blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The lines above and below the last place where the headline stands as a heading."""
    # Lines of quite another length are passed over unread: most of a page is.
    shortest, longest = len(headline or "") // 3, 3 * len(headline or "")
    places = [
        i
        for i, b in enumerate(blocks)
        if headline
        and shortest <= len(b.text) <= longest
        and share_words(b.text, headline) > _MIN_SHARED_WORDS
    ]
    headings = [i for i in places if blocks[i].tag in ("h1", "h2", "header")]
    if not places:
        return [], blocks[:_BELOW_HEADLINE]
    at = (headings or places)[-1 if headings else 0]
    return blocks[max(0, at - _ABOVE_HEADLINE) : at], blocks[at : at + _BELOW_HEADLINE]


def _address(root: html.HtmlElement, metadata: PageMetadata) -> str | None:
    for link in root.iter("link"):
        address = (link.get("href") or "").strip()
        if "canonical" in (link.get("rel") or "").lower().split() and _is_address(address):
            return address
    told = metadata.meta.get("og:url")
    return told if told and _is_address(told) else None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and bool(host_of(text))


def _first(values: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((v for n in names if (v := values.get(n))), None)
