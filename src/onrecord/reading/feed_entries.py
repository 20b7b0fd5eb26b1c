"""The bytes of a feed -> its entries as it has them: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0.

The XML is mended (`feed_xml.py`) and read in pieces by libxml2; entries are let go once they are read.
feedparser 6.0.14 was tried and is not used: its time grows with the square of an author's or a tag's length
(30 s for an author of 100 kB).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import urljoin

from lxml import etree

from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_report
from onrecord.reading.feed_xml import HEAD_CHARS, find_root, mend_xml
from onrecord.reading.moments import Moment, read_moment

# A feed of a busy agency has 1 MB; what is larger is an archive or an attack.
MAX_FEED_BYTES = 50_000_000
# Elements in one entry. A long report as XHTML has some thousand.
MAX_ENTRY_ELEMENTS = 50_000
# Characters of a title, name, category or address; what is longer is none.
_MAX_FIELD_CHARS = 2_000
_MAX_PASSAGES = 5
_MAX_NAMES_CHARS = 200
_MAX_NAMES = 20
_PIECE_CHARS = 65_536

_ENTRY_NAMES = frozenset(("item", "entry"))
# Namespaces whose elements are read -> the prefix that our names have for them; RSS and Atom have none.
# Others (media, itunes ...) have a title and description of a picture or an episode, not of the report.
_SPACES = {
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns": "",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
}
# Prefixes that many feeds use without saying what they stand for.
_PREFIXES = frozenset(("content", "dc", "dcterms", "xhtml", "feedburner"))
_ATOM_PREFIXES = frozenset(("atom", "atom03", "rss"))

_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""")
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|entry)(?=[\s/>])", re.IGNORECASE)
_RSS_1 = re.compile(r"purl\.org/rss/1\.0/|netscape\.com/rdf/", re.IGNORECASE)
_ATOM = re.compile(r"w3\.org/2005/atom|purl\.org/atom/ns", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_LINE_TAG = re.compile(r"<(?:br|p|div)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_MARKUP = re.compile(r"</?(?:[abipqsu]|br|div|h[1-6]|img|ul|ol|li|em|strong|span|figure|table|blockquote)\b[^<>]{0,999}>", re.IGNORECASE)  # fmt: skip
_HTML_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}\Z")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}\Z", re.IGNORECASE)
_NAME_BEHIND_MAIL = re.compile(r"\S{1,200}@\S{1,200} ?\(([^()]{1,200})\)\Z")
_TWO_DIGIT_YEAR = re.compile(r"\b(\d\d? [A-Za-z]{3}) (\d\d)(?= \d\d?:)")
# Zones that RFC 822 names; the others it names are UTC, or of no known meaning.
_ZONES = {"UT": "+00:00", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00"} | {
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00"
}  # fmt: skip
_ZONE = re.compile(rf"(?<=\d )({'|'.join(_ZONES)})\b")
# Categories that say that there is none.
_NO_SECTION = frozenset(("uncategorized", "uncategorised"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of an entry.

    Attributes:
        text: as the feed carries it, one layer of XML taken off.
        is_markup: it is HTML.
        is_content: the feed calls it the content, not a description or summary.
    """

    text: str
    is_markup: bool
    is_content: bool


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one report; None or empty where it says nothing.

    Attributes:
        number: its place in the feed, from 1.
        authors: as printed; `feed_authors` where only the feed as a whole names some.
        passages: contents first, then descriptions and summaries.
    """

    number: int
    title: str | None = None
    id: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    feed_authors: tuple[str, ...] = ()
    published: Moment | None = None
    updated: Moment | None = None
    outlet: str | None = None
    section: str | None = None
    passages: tuple[Passage, ...] = ()


def is_feed(text: str) -> bool:
    """Does the text begin as a feed does?"""
    at = find_root(text)
    found = _ROOT.match(text, at)
    if not found:
        return False
    name, tag = found[1].lower(), text[at : at + HEAD_CHARS].partition(">")[0]
    return {
        "rss": True,
        "feed": bool(_ATOM.search(tag)) or "xmlns" not in tag,
        "entry": bool(_ATOM.search(tag)),
        "rdf": bool(_RSS_1.search(tag)),
    }[name]


def read_entries(stream: IO[bytes], origin: str) -> Iterator[FeedEntry | UnreadableReportError]:
    """Read the entries of a feed, in its order; faults are yielded and reading goes on as far as it can.

    Nothing is fetched and no entity that the feed declares is expanded: all that stands before its first
    element is cut off.

    Args:
        stream: stands at the feed's beginning; at most `MAX_FEED_BYTES` are taken.
        origin: names the feed in errors.
    """
    data = stream.read(MAX_FEED_BYTES + 1)
    if len(data) > MAX_FEED_BYTES:
        yield UnreadableReportError(
            f"{origin}: the feed has more than {MAX_FEED_BYTES // 1_000_000} MB. Split it into smaller ones."
        )
        return
    try:
        text = _decode(data, origin)
    except UnreadableReportError as error:
        yield error
        return
    if not is_feed(text):
        yield UnreadableReportError(
            f"{origin}: this is no RSS or Atom feed. Give the feed as its server sends it."
        )
        return
    yield from _Reader(origin).read(_in_pieces(mend_xml(text, find_root(text))))


@dataclass
class _Feed:
    """What the feed as a whole says."""

    title: str | None = None
    link: str | None = None
    authors: list[str] = field(default_factory=list)

    def take(self, element: etree._Element) -> None:
        """Take what an element outside all entries says of the feed."""
        name, above = _name(element), element.getparent()
        if above is not None and name == "name" and _name(above) == "author":
            above = above.getparent()
        if above is None or _name(above) not in ("rss", "channel", "feed"):
            return
        if name == "title":
            self.title = self.title or _plain(element)
        elif name == "link":
            self.link = self.link or _address_of([element], None)
        elif name in ("name", "author", "dc:creator"):
            self.authors += _names_of([element])


class _Reader:
    """One pass over the XML of a feed."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.feed = _Feed()
        self.count = 0
        self.elements = 0
        self.is_whole = False
        self.root: etree._Element | None = None
        self.open: etree._Element | None = None

    def read(self, xml: Iterable[str]) -> Iterator[FeedEntry | UnreadableReportError]:
        parser = etree.XMLPullParser(
            events=("start", "end"), encoding="utf-8", recover=True, resolve_entities=False, load_dtd=False,
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for piece in xml:
                parser.feed(piece.encode("utf-8", "replace"))
                yield from self._entries(parser)
            # Not closed: that would end the elements which the feed leaves open, as if they were whole.
        except etree.LxmlError:
            pass  # a limit of the parser is passed; what could be read has been
        if not self.is_whole:
            where = f"inside entry {self.count}" if self.open is not None else f"behind entry {self.count}"
            yield UnreadableReportError(
                f"{self.origin}: the feed breaks off or is damaged {where}; what follows is lost. Fetch it again."
            )
        elif not self.count:
            yield UnreadableReportError(f"{self.origin}: the feed has no entries. Give one that has.")

    def _entries(self, parser: etree.XMLPullParser) -> Iterator[FeedEntry | UnreadableReportError]:
        for event, element in parser.read_events():
            if event == "start":
                self._begin(element)
                continue
            if element is self.open:
                self.open = None
                yield self._entry(element)
            if element is self.root:
                self.is_whole = True
            elif self.open is None:
                self.feed.take(element)
                element.clear()
            if self.open is None or self.elements > MAX_ENTRY_ELEMENTS:
                _let_go_before(element)

    def _begin(self, element: etree._Element) -> None:
        if self.root is None:
            self.root = element
        self.elements += 1
        if self.open is None and _name(element) in _ENTRY_NAMES:
            self.open, self.elements = element, 0
            self.count += 1

    def _entry(self, element: etree._Element) -> FeedEntry | UnreadableReportError:
        if self.elements > MAX_ENTRY_ELEMENTS:
            return UnreadableReportError(
                f"{self.origin}, entry {self.count}: more than {MAX_ENTRY_ELEMENTS:,} elements are not one report. Save its page and read that."
            )
        return _read_entry(element, self.feed, self.count)


def _let_go_before(element: etree._Element) -> None:
    """Take what stands before an element out of the tree. The element itself stays, since the parser goes
    on behind it."""
    above = element.getparent()
    while above is not None and (before := element.getprevious()) is not None:
        above.remove(before)


def _read_entry(element: etree._Element, feed: _Feed, number: int) -> FeedEntry:
    children: dict[str, list[etree._Element]] = {}
    for child in element:
        children.setdefault(_name(child), []).append(child)

    def named(*names: str) -> list[etree._Element]:
        return [child for name in names for child in children.get(name, ())]

    # A permalink is a whole address; many feeds leave unsaid that their numbers are none.
    permalinks = [
        g for g in named("guid") if g.get("isPermaLink") != "false" and _ADDRESS.match((g.text or "").strip())
    ]
    elsewhere = [c for c in named("content") if c.get("src")]
    about = _about(element)
    sources = named("source")
    titles_of_sources = [t for s in sources for t in s if _name(t) == "title"] or [
        s for s in sources if not len(s)
    ]
    return FeedEntry(
        number=number,
        title=_first_plain(named("title", "dc:title")),
        id=_first_plain(named("guid", "id")) or about,
        url=_address_of([*named("feedburner:origlink", "link"), *permalinks, *elsewhere], feed.link)
        or (about if about and _ADDRESS.match(about) else None),
        authors=tuple(dict.fromkeys(_names_of(named("author", "creator", "dc:creator")))),
        # An entry that names its source is not by the authors of the feed that took it over.
        feed_authors=() if sources else tuple(dict.fromkeys(feed.authors)),
        published=_moment(named("pubdate", "published", "issued", "dcterms:issued", "dc:date")),
        updated=_moment(named("updated", "modified", "dcterms:modified")),
        outlet=_first_plain(titles_of_sources) or feed.title,
        section=_section(named("category", "dc:subject")),
        passages=tuple(
            passage
            for name in (
                "content:encoded",
                "content",
                "xhtml:body",
                "description",
                "summary",
                "dc:description",
            )
            for child in named(name)[:_MAX_PASSAGES]
            if (passage := _passage(child, is_content=name in ("content:encoded", "content", "xhtml:body")))
        ),
    )


def _name(element: etree._Element) -> str:
    """An element's name in small letters behind the prefix of `_SPACES`; empty if it is of no vocabulary
    that is read."""
    space, _, local = str(element.tag).rpartition("}")
    if space:
        prefix = _SPACES.get(space[1:].lower().rstrip("/#"))
        # The namespace of Atom 0.3 has a version behind it.
        if prefix is None and (local.lower() == "rdf" or _ATOM.search(space)):
            prefix = ""
        return "" if prefix is None else prefix + local.lower()
    prefix, colon, bare = local.lower().rpartition(":")
    if not colon or prefix in _ATOM_PREFIXES:
        return bare
    return local.lower() if prefix in _PREFIXES else ""


def _plain(element: etree._Element) -> str | None:
    """The words of a field without markup, blanks collapsed; None if there are none, or far too many."""
    text = "".join(element.itertext())
    if len(text) > 10 * _MAX_FIELD_CHARS:
        return None
    if "<" in text:
        text = _TAG.sub("", _LINE_TAG.sub(" ", text))
    text = _BLANKS.sub(" ", html.unescape(text)).strip()
    return text if 0 < len(text) <= _MAX_FIELD_CHARS else None


def _first_plain(elements: Iterable[etree._Element]) -> str | None:
    return next((text for e in elements if (text := _plain(e))), None)


def _about(element: etree._Element) -> str | None:
    """The name of an RSS 1.0 item (`rdf:about`)."""
    about = (
        element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or element.get("rdf:about") or ""
    )
    return about.strip() if len(about) <= _MAX_FIELD_CHARS and about.strip() else None


def _address_of(elements: Iterable[etree._Element], base: str | None) -> str | None:
    """The first web address that the elements give, as text or as the target of a link to the page itself."""
    for element in elements:
        if (element.get("rel") or "alternate").lower() != "alternate":
            continue
        given = _BLANKS.sub("", element.get("href") or element.get("src") or element.text or "")
        try:
            address = urljoin(element.base or base or "", given) if given else ""
        except ValueError:
            continue  # what looks like an IPv6 address and is none
        if _ADDRESS.match(address):
            return address
    return None


def _names_of(elements: Iterable[etree._Element]) -> list[str]:
    """Names of authors: Atom's in an element of their own, RSS 2.0's behind an e-mail address."""
    found: list[str] = []
    for element in elements:
        for part in [c for c in element if _name(c) == "name"] or [element]:
            name = _plain(part) if part is not element or not len(element) else None
            if name and (behind := _NAME_BEHIND_MAIL.match(name)):
                name = behind[1]
            if name and len(name) <= _MAX_NAMES_CHARS:
                found.append(name)
    return found[:_MAX_NAMES]


def _section(categories: Iterable[etree._Element]) -> str | None:
    for category in categories:
        name = _BLANKS.sub(
            " ", category.get("label") or _plain(category) or category.get("term") or ""
        ).strip()
        if name and len(name) <= _MAX_NAMES_CHARS and "://" not in name and name.lower() not in _NO_SECTION:
            return html.unescape(name)
    return None


def _moment(elements: Iterable[etree._Element]) -> Moment | None:
    for element in elements:
        value = (_plain(element) or "")[:80]
        value = _TWO_DIGIT_YEAR.sub(lambda m: f"{m[1]} {'19' if m[2] >= '50' else '20'}{m[2]}", value)
        value = _ZONE.sub(lambda m: _ZONES[m[1]], value)
        if moment := read_moment(value, how="feed entry"):
            return moment
    return None


def _passage(element: etree._Element, *, is_content: bool) -> Passage | None:
    """What an element holds as text; None if it holds something else, or only points at it."""
    kind = (element.get("type") or "").strip().lower()
    if len(element):
        return Passage(_inner_markup(element), is_markup=True, is_content=is_content)
    text = element.text or ""
    is_text = kind in ("", "text", "html", "xhtml", "application/xhtml+xml") or kind.startswith("text/")
    if not text.strip() or not is_text or element.get("src") or element.get("mode") == "base64":
        return None
    is_markup = "html" in kind or _MARKUP.search(text) is not None
    return Passage(text, is_markup=is_markup, is_content=is_content)


def _inner_markup(element: etree._Element) -> str:
    """Elements inside a field as HTML; which namespace they say they are of does not matter."""
    for child in element.iterdescendants():
        name = str(child.tag).rpartition("}")[2].rpartition(":")[2]
        child.tag = name if _HTML_NAME.match(name) else "span"
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, method="html", encoding="unicode") for child in element]
    return "".join(parts)


def _decode(data: bytes, origin: str) -> str:
    declared = _DECLARED.search(data[:1_000])
    encoding = declared[1].decode("ascii", "replace") if declared else None
    # Broken characters are put right an entry at a time: one of them may be broken, and the others not.
    return decode_report(data, origin, as_is=True, declared=encoding).replace("\x00", "")


def _in_pieces(parts: Iterable[str]) -> Iterator[str]:
    """The same text in pieces of about `_PIECE_CHARS`."""
    waiting: list[str] = []
    length = 0
    for part in parts:
        waiting.append(part)
        length += len(part)
        if length >= _PIECE_CHARS:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)
