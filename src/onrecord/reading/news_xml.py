"""XML of news agencies -> its tree, bounded, with nothing expanded and nothing fetched; and words out of it.

Names are compared without their namespace, since each version of NewsML-G2, and each agency, has its own.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import IO

from lxml import etree

from onrecord.article import Original
from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_with_codec

# A newsMessage with a day's reports of one desk has about 2 MB.
MAX_XML_BYTES = 20_000_000
# Signs that can make a node of the tree, which takes some 200 bytes of memory however short it is written.
MAX_NODES = 1_000_000
# Longest text that a document's own entity may stand for: abbreviations, not bombs.
_MAX_ENTITY_CHARS = 40
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}\?>")
# What is put up with: entities of HTML without their declaration, and prefixes that lost theirs when an item
# was cut out of its message.
_FORGIVEN = (
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY,
    etree.ErrorTypes.WAR_UNDECLARED_ENTITY,
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE,
)
# Left by scraping and by agencies' systems: characters without width, which `read_text` takes out too.
_UNSEEN = dict.fromkeys(map(ord, "\x00\u00ad\u200b\u2060\ufeff"))


def parse_xml(stream: IO[bytes], origin: str) -> tuple[etree._Element, Original]:
    """The root of the tree of a whole file, and the file's bytes.

    Entities that HTML knows or the file declares as a few plain characters are put in; others stay as
    they are written (`&co;`). Comments and processing instructions are left out.

    Raises:
        UnreadableReportError: if it is too large or no XML, or ends before its end.
    """
    data = stream.read(MAX_XML_BYTES + 1)
    if len(data) > MAX_XML_BYTES:
        raise UnreadableReportError(
            f"{origin}: more than {MAX_XML_BYTES // 1_000_000} MB of XML (limit of one file). Split it into single items."
        )
    return parse_xml_bytes(data, origin)


def parse_xml_bytes(data: bytes, origin: str) -> tuple[etree._Element, Original]:
    """As `parse_xml`, from bytes that are within its limit."""
    check_nodes(data, origin)
    codec = None
    try:
        root = _parse(data)
    except etree.XMLSyntaxError as error:
        # Many files are not in the encoding that they declare, or hold zero bytes.
        text, codec = decode_with_codec(data, origin)
        try:
            root = _parse(_DECLARATION.sub("", text).encode("utf-8", "replace"))
        except etree.XMLSyntaxError:
            reason = collapse_blanks(error.msg or "nothing in it")[:200]
            raise UnreadableReportError(
                f"{origin}: not whole XML ({reason}). Get the file anew from where it came."
            ) from error
    _put_entities_in(root)
    return root, Original(data, codec or _codec(root, data, origin), is_markup=True)


def check_nodes(data: bytes, origin: str) -> None:
    """Raise `UnreadableReportError` for markup whose tree would be too large for the memory."""
    signs = data.count(b"<") + data.count(b"=") + data.count(b"&")
    if signs > MAX_NODES:
        raise UnreadableReportError(
            f"{origin}: {signs:,} signs of markup (limit {MAX_NODES:,}). Split the file into single items."
        )


def _codec(root: etree._Element, data: bytes, origin: str) -> str:
    """The codec of a file that libxml2 could decode by itself."""
    declared = root.getroottree().docinfo.encoding or "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        name = "utf-16"  # libxml2 knows some that Python does not
    return decode_with_codec(data, origin)[1] if name.startswith(("utf-16", "utf-32")) else name


def name_of(element: etree._Element) -> str:
    """The name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """The children of that name."""
    return [] if element is None else [c for c in element if name_of(c) == name]


def first(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down a path of names, each a child of the one before."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def below(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """All elements of these names at any depth, in document order, and not inside one another."""
    if element is None:
        return
    walk = etree.iterwalk(element, events=("start",))
    for _, found in walk:
        if name_of(found) in names:
            walk.skip_subtree()
            yield found


def text_of(element: etree._Element | None, *, without: tuple[str, ...] = ()) -> str | None:
    """All words of an element on one line; None if it has none.

    Args:
        without: names of elements inside it that are passed over.
    """
    if element is None:
        return None
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "start":
            if inner is not element and name_of(inner) in without:
                walk.skip_subtree()
                continue
            # Parts of a name (`<name.given>Ana</name.given><name.family>Reyes</name.family>`) are words.
            if name_of(inner).startswith("name.") or name_of(inner) == "br":
                parts.append(" ")
            parts.append(inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
    return collapse_blanks("".join(parts)) or None


def collapse_blanks(text: str) -> str:
    r"""Blanks collapsed, line ends and characters without width gone.

    >>> collapse_blanks(" Mayor shuts\n the har\u00adbour ")
    'Mayor shuts the harbour'
    """
    return " ".join(text.translate(_UNSEEN).split())


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
        recover=True,  # to see all errors; which of them are forgiven is said above
    )
    root = etree.fromstring(data, parser)
    for problem in parser.error_log:
        if problem.type not in _FORGIVEN and problem.level >= etree.ErrorLevels.ERROR:
            raise etree.XMLSyntaxError(problem.message, problem.type, problem.line, problem.column)
    if root is None:
        raise etree.XMLSyntaxError("no element in it", 0, 0, 0)
    return root


def _put_entities_in(root: etree._Element) -> None:
    """Replace the references to entities in the tree by the characters that they stand for."""
    holders = {parent: None for e in root.iter(etree.Entity) if (parent := e.getparent()) is not None}
    if not holders:
        return
    declared = _declared_entities(root)
    for parent in holders:
        parts = [parent.text or ""]
        before: etree._Element | None = None
        for child in list(parent):
            if child.tag is etree.Entity:
                parts.append(declared.get(child.name) or html5.get(f"{child.name};") or child.text)
                parts.append(child.tail or "")
                parent.remove(child)
                continue
            _set_text(parent, before, "".join(parts))
            before, parts = child, [child.tail or ""]
        _set_text(parent, before, "".join(parts))


def _set_text(parent: etree._Element, before: etree._Element | None, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text


def _declared_entities(root: etree._Element) -> dict[str, str]:
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is None:
        return {}
    return {
        e.name: e.content
        for e in dtd.iterentities()
        if e.name and e.content and len(e.content) <= _MAX_ENTITY_CHARS and not set(e.content) & set("&<%")
    }
