"""The body of a report in NITF or XHTML -> its paragraphs, and the captions that stand among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from onrecord.reading.frame import find_caption
from onrecord.reading.news_xml import below, collapse_blanks, name_of, text_of

# Elements that begin a line of their own; all others run within one.
_BLOCKS = frozenset(
    """p hl1 hl2 h1 h2 h3 h4 h5 h6 ol ul dl li dt dd bq block blockquote div section article header footer table
    caption tr hr pre credit datasource dateline byline tagline abstract address""".split()
)
_ITEMS = frozenset(("li", "dd"))
_PICTURES = ("media", "figure")
# Not the report's text: pictures and notes are read apart.
_PASSED_OVER = frozenset(
    (*_PICTURES, "note", "nitf-table-metadata", "head", "script", "style", "object", "iframe")
)
# Classes of blocks in XHTML, as agencies send it, that are not the report's text.
_BYLINE_CLASSES = frozenset(("byline", "author", "authors"))
_NOTE_CLASSES = frozenset(
    ("note", "notes", "notepad", "notebook", "editorsnote", "editors-note", "editor-note")
)
# More is a section about the author, or all of the report by one.
_MAX_BYLINE_CHARS = 200
_QUOTES = frozenset("\"'“”‘’«»„‹›")
# Pieces of text looked at for the first sign of a quotation.
_LOOKED_AT = 20
# Stands for a line break until the blanks around it are collapsed; XML cannot hold this character.
_BREAK = "\x0b"


@dataclass(frozen=True, slots=True)
class Body:
    """What a body holds; paragraphs are on one line each, but for line breaks that they have themselves.

    Attributes:
        leading_items: how many of the first paragraphs are items of a list that the body begins with.
        bylines: lines that are marked as such.
        notes: editors' notes to the report, which are not its text.
        corrections: what blocks that are marked as corrections say.
    """

    paragraphs: tuple[str, ...] = ()
    leading_items: int = 0
    bylines: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


def read_body(root: etree._Element) -> Body:
    """Read `body.content` of NITF, or a `body` of XHTML or any part of one.

    Blocks that repeat, whole, what a later block says are left out: archives keep a first paragraph
    apart from the full text.
    """
    marked = [c for c in root if name_of(c) == "block" and "correction" in (c.get("class") or "")]
    bylines = [e for e in _find_marked(root, _BYLINE_CLASSES) if len(text_of(e) or "") <= _MAX_BYLINE_CHARS]
    noted = list(_find_marked(root, _NOTE_CLASSES))
    walk = _Walk({*_repeated_blocks(root), *marked, *bylines, *noted})
    walk.read(root)
    captions, owners = _pictures(root)
    notes = tuple(t for note in (*below(root, "note"), *noted) if (t := _joined(note)))
    leading = next((n for n, is_item in enumerate(walk.items) if not is_item), 0)
    corrections = tuple(t for block in marked if (t := _joined(block)))
    printed_by = tuple(filter(None, map(text_of, bylines)))
    return Body(tuple(walk.done), leading, printed_by, captions, owners, notes, corrections)


def _find_marked(root: etree._Element, classes: frozenset[str]) -> Iterator[etree._Element]:
    """The blocks below, and not inside one another, whose class says so; within a sentence it marks a name."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        given = (element.get("class") or "") if name_of(element) in _BLOCKS else ""
        if element is not root and not classes.isdisjoint(given.lower().split()):
            walk.skip_subtree()
            yield element


def _repeated_blocks(root: etree._Element) -> set[etree._Element]:
    repeated: set[etree._Element] = set()
    seen: set[str] = set()
    for block in [c for c in root if name_of(c) == "block"][::-1]:
        words = [collapse_blanks(p) for p in paragraphs_of(block)]
        if words and seen.issuperset(words):
            repeated.add(block)
        seen.update(words)
    return repeated


def paragraphs_of(element: etree._Element) -> list[str]:
    """The paragraphs of a part of a body."""
    walk = _Walk(())
    walk.read(element)
    return walk.done


def _joined(element: etree._Element) -> str:
    return " ".join(map(collapse_blanks, paragraphs_of(element)))


def _pictures(root: etree._Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Captions and credits of all pictures, each once."""
    captions: dict[str, None] = {}
    owners: dict[str, None] = {}
    for picture in below(root, *_PICTURES):
        lines = [p for part in below(picture, "media-caption", "figcaption") for p in paragraphs_of(part)]
        for line in map(collapse_blanks, lines):
            found = find_caption(line)
            captions.setdefault(found.text if found else line)
            owners.setdefault(found.credit if found else "")
        for producer in map(text_of, below(picture, "media-producer")):
            # The caption often ends with the credit already.
            if producer and not any(producer in owner for owner in owners):
                owners.setdefault(producer)
    captions.pop("", None)
    owners.pop("", None)
    return tuple(captions), tuple(owners)


class _Walk:
    """One pass over a body; nothing calls itself, so that deep trees are no danger."""

    def __init__(self, unread: Collection[etree._Element]) -> None:
        self.unread = unread
        self.parts: list[str] = []
        self.done: list[str] = []
        self.items: list[bool] = []  # for each of `done`: is it an item of a list?
        self.open_items = 0
        self.open_rows = 0
        self.open_pre = 0
        self.quoted: list[bool] = []

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = name_of(element)
            if event == "end":
                self._end(name)
                if element is not root:
                    self._add(element.tail)
            elif element is not root and (name in _PASSED_OVER or element in self.unread):
                # Its end is seen all the same, and with it the text behind it.
                self._flush()
                walk.skip_subtree()
            else:
                self._begin(name, element)
        self._flush()

    def _begin(self, name: str, element: etree._Element) -> None:
        if name in _BLOCKS and not self.open_rows:
            self._flush()
        if name in ("td", "th") and any(p.strip() for p in self.parts):
            self.parts.append(" | ")
        elif self.open_rows and name in _BLOCKS:
            self.parts.append(" ")
        self.open_items += name in _ITEMS
        self.open_rows += name == "tr"
        self.open_pre += name == "pre"
        if name == "br":
            self.parts.append(" " if self.open_rows else _BREAK)
        elif name == "frac" and self.parts and self.parts[-1][-1:].isdigit():
            self.parts.append(" ")  # one and a half is not eleven halves
        elif name == "frac-sep" and not (element.text or "").strip():
            self.parts.append("/")
        elif name == "q":
            self._open_quotation(element)
        self._add(element.text)

    def _end(self, name: str) -> None:
        if name == "q" and self.quoted and self.quoted.pop():
            self.parts.append("”")
        self.open_rows -= name == "tr"
        if name in _BLOCKS and not self.open_rows:
            self._flush()
        self.open_items -= name in _ITEMS
        self.open_pre -= name == "pre"

    def _open_quotation(self, element: etree._Element) -> None:
        """A `q` is printed in quotation marks: they are put in where the text has none."""
        nearest = islice(element.itertext(), _LOOKED_AT)
        inside = next((t.lstrip()[0] for t in nearest if t.strip()), "")
        before = next((p.rstrip()[-1] for p in reversed(self.parts[-4:]) if p.strip()), "")
        is_bare = bool(inside) and not {inside, before} & _QUOTES
        self.quoted.append(is_bare)
        if is_bare:
            self.parts.append("“")

    def _add(self, text: str | None) -> None:
        if text:
            self.parts.append(text.replace("\n", _BREAK) if self.open_pre else text)

    def _flush(self) -> None:
        rows = [collapse_blanks(row) for row in "".join(self.parts).split(_BREAK)]
        self.parts = []
        # Two line breaks in a row are a paragraph's end.
        for paragraph in "\n".join(rows).split("\n\n"):
            if paragraph := paragraph.strip("\n"):
                self.done.append(paragraph)
                self.items.append(self.open_items > 0)
