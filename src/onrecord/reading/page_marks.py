"""What the markup around a page's headline marks as its authors and times.

Publishers mark them with microdata (`itemprop`), `rel=author`, hAtom and hNews classes (`author vcard`,
`byline`), `<time>`, or at least with an address of the author's page. The same marks stand on the teasers
of other reports on the page, so those count that stand nearest to the headline, outside of what the
markup calls navigation, related or comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from lxml import etree, html

from onrecord.reading.blocks import text_of
from onrecord.reading.moments import read_moment, read_printed

# Elements looked at on either side of the headline; a comment section can mark thousands.
_MOST_BEHIND, _MOST_BEFORE = 600, 30
# So many paragraphs behind the headline a byline is no longer the report's, unless it is marked as author.
_HEADER_PARAGRAPHS = 3
_PARAGRAPH_CHARS = 140
_MAX_BYLINE_CHARS = 140
# Text of an element that holds a byline's authors and little else.
_MAX_BYLINE_BOX_CHARS = 300
# A list's item that holds more than a name and a day, an article that holds less than a report.
_TEASER_ITEM_CHARS, _TEASER_CHARS = 60, 400
# How far up an element's surroundings are looked at.
_MAX_DEPTH = 12
_MOST_ANCESTORS = 100
_MAX_TOKEN_CHARS = 300
_NOT_THE_REPORT = frozenset(
    """related recommended recommendations comment comments promo newsletter sidebar popular trending teaser teasers outbrain taboola
    recirculation carousel latest menu navigation footer disqus readmore""".split()
)
_AUTHOR_WORDS = frozenset(
    """author authors byline bylines writer writers contributor contributors authorname bylinename postauthor entryauthor articleauthor
    authorlink bylineauthor""".split()
)
# Parts of an author's box that are not the name.
_BESIDE_NAME = frozenset(
    """bio title role job image img photo picture avatar headshot twitter social date time timestamp desc description about email mail info
    more follow icon count position location publication source label prefix separator links share facebook handle""".split()
)
_ADDRESS_WORDS = (
    "author", "by/", "byline", "staff", "people", "person", "profile", "contributor", "writer", "journalist", "reporter", "columnist",
    "autor", "auteur",
)  # fmt: skip
_AUTHOR_ADDRESS = re.compile(
    rf"/(?:{'|'.join(w.rstrip('/') for w in _ADDRESS_WORDS)})s?/[^/?#]", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_SAYS_UPDATED = re.compile(r"updated?\b|modified")
_SAYS_PUBLISHED = re.compile(r"publi(?:shed|cation)|posted|entry-date|created")
# What is looked at more closely, by a part of what its attributes say.
_CLASS_MARK, _ID_MARK = re.compile("uthor|yline|riter|ontributor"), re.compile("uthor|yline")
_ADDRESS_MARK = re.compile(f"/(?:{'|'.join(_ADDRESS_WORDS)})")
_LENGTH = etree.XPath("string-length(normalize-space(.))")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked, nearest to the headline first.

    Attributes:
        authors: texts of the elements that name the authors, as they stand there.
        is_sure: do `itemprop` or `rel` call them authors, and not just classes and addresses?
        times: values of `<time>` and of microdata `datePublished`.
        updates: the same of elements that say *updated* or *modified*.
    """

    authors: tuple[str, ...] = ()
    is_sure: bool = False
    times: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()


def find_marks(root: html.HtmlElement, heading: html.HtmlElement | None) -> Marks:
    """Gather the marks.

    Args:
        root: the parsed page.
        heading: the element that holds the headline; None if it stands in metadata alone.
    """
    if heading is None:
        return _gather(_marked(root.iterdescendants(), _MOST_BEHIND), [], frozenset())
    around = frozenset(islice(heading.iterancestors(), _MOST_ANCESTORS))
    return _gather(
        _marked(_behind(heading, root), _MOST_BEHIND),
        list(_marked(_before(heading, root), _MOST_BEFORE)),
        around,
    )


def _marked(elements: Iterable[html.HtmlElement], most: int) -> Iterator[html.HtmlElement]:
    """The first of some elements that may be marks."""
    return islice(filter(_has_mark, elements), most)


def _behind(element: html.HtmlElement, root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """All that stands behind an element of a page and outside of it, in the order of the page."""
    while element is not None and element is not root:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _before(element: html.HtmlElement, root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """All that stands before an element of a page and does not hold it, the nearest first."""
    while element is not None and element is not root:
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter()))
        element = element.getparent()


def _has_mark(element: html.HtmlElement) -> bool:
    """Is there anything about it that a mark may have?"""
    tag = element.tag
    if tag == "p" or tag == "time":
        return True
    # All attributes at once come sooner than each by its name.
    for name, value in element.items():
        if name == "class":
            if _CLASS_MARK.search(value):
                return True
        elif name == "href":
            if tag == "a" and _ADDRESS_MARK.search(value):
                return True
        elif (
            name == "itemprop"
            or name == "rel"
            or (name == "id" and _ID_MARK.search(value))
            or (name == "data-testid" and "uthor" in value)
        ):
            return True
    return False


def _gather(
    behind: Iterator[html.HtmlElement], before: list[html.HtmlElement], around: frozenset[html.HtmlElement]
) -> Marks:
    """The marks among elements behind the headline, in order, and before it, the nearest first."""
    near: list[html.HtmlElement] = []
    paragraphs = 0
    for element in behind:
        if element.tag == "p" and _LENGTH(element) > _PARAGRAPH_CHARS:
            paragraphs += 1
            if paragraphs == _HEADER_PARAGRAPHS:
                behind = chain([element], behind)
                break
        near.append(element)
    near += [e for e in before if e.tag != "p"]
    near = [e for e in near if not is_elsewhere(e, around)]
    # What is farther is asked only where no author is near: it is most of the page.
    marked = [e for e in near if _is_author(e)] or [
        e for e in behind if _is_surely_author(e) and not is_elsewhere(e, around)
    ]
    times, updates = _times(near)
    is_sure = any(map(_is_surely_author, marked))
    return Marks(tuple(_authors(marked)), is_sure, tuple(times), tuple(updates))


def _authors(elements: Iterable[html.HtmlElement]) -> list[str]:
    """The first author that is marked, with those that stand in the same box."""
    names: list[str] = []
    box: html.HtmlElement | None = None
    for element in elements:
        if box is not None and not _is_within(element, box):
            continue
        named = [name for name in _names_of(element) if name]
        if not named:
            continue
        names += named
        box = _box_of(element) if box is None else box
    return list(dict.fromkeys(names))


def _is_surely_author(element: html.HtmlElement) -> bool:
    if element.tag in ("meta", "link") and not element.get("itemprop"):
        return False
    return "author" in _tokens(element, "itemprop") or "author" in _tokens(element, "rel")


def _is_author(element: html.HtmlElement) -> bool:
    if _is_surely_author(element):
        return True
    if element.tag == "a" and _AUTHOR_ADDRESS.search(element.get("href") or ""):
        return not _is_in_sentence(element)
    for name in ("class", "id", "data-testid"):
        for token in _tokens(element, name):
            words = {w.lower() for w in _WORD.findall(token)}
            if words & _AUTHOR_WORDS and not words & _BESIDE_NAME:
                return True
    return False


def _is_in_sentence(element: html.HtmlElement) -> bool:
    """Does a link stand within a longer text: a caption, a paragraph that names another writer?"""
    for above in islice(element.iterancestors(), _MAX_DEPTH):
        if above.tag not in ("span", "a", "b", "strong", "em", "i", "cite"):
            return bool(_LENGTH(above) > _MAX_BYLINE_BOX_CHARS)
    return False


def _names_of(element: html.HtmlElement) -> Iterator[str]:
    """What an author's element says: the names marked in it, else its text; nothing if that is long."""
    if content := (element.get("content") or "").strip():
        yield content
        return
    inner = [e for e in element.iterdescendants() if isinstance(e.tag, str)][:50]
    marked = [e for e in inner if "name" in _tokens(e, "itemprop")]
    if marked:
        for e in marked:
            yield (e.get("content") or "").strip() or text_of(e)
        return
    if any(_is_author(e) and _LENGTH(e) > 0 for e in inner):
        return  # they come by themselves
    if _LENGTH(element) <= _MAX_BYLINE_CHARS:
        yield text_of(element)


def _times(elements: Iterable[html.HtmlElement]) -> tuple[list[str], list[str]]:
    times: list[str] = []
    updates: list[str] = []
    for element in elements:
        props = _tokens(element, "itemprop")
        if element.tag != "time" and not {"datePublished", "dateModified", "dateCreated"} & set(props):
            continue
        value = (element.get("datetime") or element.get("content") or text_of(element)).strip()
        if not value:
            continue
        value = _as_shown(value, text_of(element))
        said = " ".join((*_tokens(element, "class"), *props, _text_before(element), text_of(element))).lower()
        # Some themes call it both: class="entry-date published updated".
        (updates if _SAYS_UPDATED.search(said) and not _SAYS_PUBLISHED.search(said) else times).append(value)
    return times, updates


def _as_shown(value: str, text: str) -> str:
    """The day that an element shows, if it is not the one in its attribute: that may be the last change."""
    shown, given = read_printed(text), read_moment(value, how="")
    if shown and given and shown.day != given.day and not given.is_day_beside(shown):
        return text
    return value


def _text_before(element: html.HtmlElement) -> str:
    """The words before an element on its line."""
    previous = element.getprevious()
    text = (
        previous.tail
        if previous is not None
        else (element.getparent().text if element.getparent() is not None else "")
    )
    return (text or "")[-30:]


def is_elsewhere(element: html.HtmlElement, around: frozenset[html.HtmlElement]) -> bool:
    """Does it stand in what is not the report: navigation, related reports, comments?

    What the headline stands in too is not asked: *with-sidebar* is a class of whole pages.
    """
    for above in islice(element.iterancestors(), _MAX_DEPTH):
        if above in around or above.tag == "body":
            return False
        if above.tag in ("nav", "footer") or _is_teaser(above):
            return True
        if _is_not_the_report(above.get("class") or "") or _is_not_the_report(above.get("id") or ""):
            return True
    return False


# All marks of a page stand in the same few elements.
@lru_cache(maxsize=1 << 10)
def _is_not_the_report(value: str) -> bool:
    """Does a class or id say that what is in it is not the report?"""
    return not _NOT_THE_REPORT.isdisjoint(w.lower() for w in _WORD.findall(value[:_MAX_TOKEN_CHARS]))


def _is_teaser(element: html.HtmlElement) -> bool:
    """Is it another report's headline and perhaps its first lines?"""
    if element.tag == "li":
        return bool(_LENGTH(element) > _TEASER_ITEM_CHARS)
    return element.tag == "article" and bool(_LENGTH(element) < _TEASER_CHARS)


def _box_of(element: html.HtmlElement) -> html.HtmlElement:
    """The outermost element around it that holds a byline and little else."""
    box = element
    for above in islice(element.iterancestors(), _MAX_DEPTH):
        if _LENGTH(above) > _MAX_BYLINE_BOX_CHARS:
            break
        box = above
    return box


def _is_within(element: html.HtmlElement, box: html.HtmlElement) -> bool:
    return element is box or any(above is box for above in islice(element.iterancestors(), _MAX_DEPTH))


def _tokens(element: html.HtmlElement, name: str) -> list[str]:
    return (element.get(name) or "")[:_MAX_TOKEN_CHARS].split()
