"""IPTC NewsML-G2 -> articles: one for each newsItem that carries text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from lxml import etree

from onrecord.article import Dateline
from onrecord.errors import UnreadableReportError
from onrecord.reading.blocks import parse_page
from onrecord.reading.encoding import decode_report
from onrecord.reading.frame import find_caption
from onrecord.reading.html import is_html
from onrecord.reading.moments import Moment
from onrecord.reading.news_body import read_body
from onrecord.reading.news_xml import (
    below,
    check_nodes,
    children,
    collapse_blanks,
    first,
    name_of,
    parse_xml,
    parse_xml_bytes,
    text_of,
)
from onrecord.reading.nitf import read_document
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line
from onrecord.reading.wire import (
    WireReport,
    corrections_in,
    dateline_in,
    is_later,
    merge_datelines,
    names_in,
    read_time,
    to_article,
    with_rest_from,
)

_TAKEN_BACK = ("canceled", "cancelled", "withheld")
# Kinds of items that go with a text and have none but their caption.
_PICTURES = ("picture", "graphic", "video", "audio", "animation")
_MEDIA_TYPES = ("image/", "video/", "audio/")
# Words in a type, role or scheme that make a subject or service a desk, in the languages of agencies.
_DESK = ("desk", "section", "department", "ressort", "rubri", "newsroom")
# Signals that tell of a change (IPTC NewsCodes `signal`); others warn of contents.
# An update without more is told by its time.
_CHANGES = ("correction", "corrective", "clarification", "kill", "retraction")
# Parts of roles of those whom a byline would name.
_AUTHORS = ("author", "writer", "reporter", "journalist", "correspondent")
# IPTC's own limit for a caption is 2,000; what is longer is a text, and one picture may go with many.
_MAX_CAPTION_CHARS = 3_000
_PLAIN = ("text/plain", "text/vnd.iptc.plain", "")


@dataclass(frozen=True, slots=True)
class _Picture:
    """The text that goes with a picture item."""

    guid: str
    caption: str | None
    credit: str | None


def read_newsml(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the items of a newsMessage, or of a file that is one item.

    Items that their provider has taken back, and those whose content is elsewhere, are given as errors;
    nothing is fetched. Captions of picture items go to the text that names them, or to the only text.
    """
    try:
        root, original = parse_xml(stream, origin)
    except UnreadableReportError as error:
        yield error
        return
    items = list(below(root, "newsItem"))
    if not items:
        yield UnreadableReportError(f"{origin}: {_why_no_items(root)}")
        return
    pictures = {item: _picture(item) for item in items if _is_picture(item)}
    is_only_text = len(items) - len(pictures) == 1
    by_guid = {p.guid: p for p in pictures.values() if p.caption}
    links = {item: _linked(item) for item in items if item not in pictures}
    for text, guids in _packed_together(root, links):
        links[text] = tuple(dict.fromkeys((*links[text], *guids)))
    named = {guid for guids in links.values() for guid in guids}
    for number, item in enumerate(items, 1):
        place = f"{origin}, item {number}" if item is not root else origin
        if picture := pictures.get(item):
            if not (picture.caption and (is_only_text or picture.guid in named)):
                yield _elsewhere(item, place)
            continue
        beside = (
            list(pictures.values()) if is_only_text else [by_guid[g] for g in links[item] if g in by_guid]
        )
        try:
            article = to_article(_read_item(item, beside, place, options), place, options)
        except UnreadableReportError as error:
            yield error
        else:
            yield replace(article, original=original) if item is root else article


def _why_no_items(root: etree._Element) -> str:
    if any(True for _ in below(root, "packageItem")):
        return "a package that only points to its items, none of which is in the file; nothing is fetched. Read the items themselves."
    if any(True for _ in below(root, "NewsItem", "NewsML")):
        return "NewsML 1, which is not read. Ask its provider for NewsML-G2 or NITF."
    return f"XML of {name_of(root)[:60]!r}, not NewsML-G2. Give a file with a <newsItem> element."


def _read_item(
    item: etree._Element, beside: Sequence[_Picture], place: str, options: ReadOptions
) -> WireReport:
    status = _code(first(item, "itemMeta", "pubStatus")).lower()
    if status in _TAKEN_BACK:
        raise UnreadableReportError(
            f"{place}: {_guid(item)} is marked {status} by its provider. Leave it out, or read the version that replaces it."
        )
    content = _content(item, place, options)
    if content is None:
        raise _elsewhere(item, place)
    report = with_rest_from(_said(item), content)
    return replace(
        report,
        captions=tuple(dict.fromkeys((*report.captions, *(p.caption for p in beside if p.caption)))),
        credits=tuple(dict.fromkeys((*report.credits, *(p.credit for p in beside if p.credit)))),
    )


def _said(item: etree._Element) -> WireReport:
    """What the item's metadata say."""
    about, meta = first(item, "itemMeta"), first(item, "contentMeta")
    headlines = children(meta, "headline")
    main = next((h for h in headlines if "sub" not in _role(h)), None)
    published, updated = _times(about, meta)
    descriptions = children(meta, "description")
    notes = tuple(t for e in children(about, "edNote") if (t := text_of(e)))
    guid, version = item.get("guid"), item.get("version")
    provider, source = first(about, "provider"), first(meta, "infoSource")
    return WireReport(
        headline=text_of(main),
        deck=tuple(t for h in headlines if "sub" in _role(h) and (t := text_of(h))),
        summary=tuple(t for d in descriptions if "summary" in _role(d) and (t := text_of(d))),
        captions=tuple(t for d in descriptions if "caption" in _role(d) and (t := text_of(d))),
        dateline=_dateline(meta),
        byline=_byline(meta),
        contributors=_people(meta, "contributor", lambda role: not _is_editor(role) and not _is_author(role)),
        editors=_people(meta, "contributor", _is_editor),
        corrections=tuple(dict.fromkeys((*_signals(about), *corrections_in(notes)))),
        notes=notes,
        published=published,
        updated=updated,
        section=_section(about, meta),
        agency=_named(source),
        outlet=_named(provider),
        id=f"{guid}:{version}" if guid and version else guid,
        language=_language(meta),
    )


def _content(item: etree._Element, place: str, options: ReadOptions) -> WireReport | None:
    """The first content that can be read, the form that tells most first; None if none is in the file.

    Raises:
        UnreadableReportError: if what is in the file is no text.
    """
    contents = first(item, "contentSet")
    inline = [*children(contents, "inlineXML"), *children(contents, "inlineData")]
    found: list[tuple[int, WireReport]] = []
    strange: list[UnreadableReportError] = []
    for element in inline:
        try:
            if name_of(element) == "inlineXML":
                found.append(_inline_xml(element, place))
            else:
                found.append(_inline_data(element, place, options))
        except UnreadableReportError as error:
            strange.append(error)
    full = [f for f in found if f[1].paragraphs] or found
    if full:
        return min(full, key=lambda f: f[0])[1]
    if strange:
        raise strange[0]
    return None


def _inline_xml(element: etree._Element, place: str) -> tuple[int, WireReport]:
    inside = [c for c in element if name_of(c)]
    # Paragraphs, or text, without an element around them: no version allows it, some agencies send it.
    is_bare = len(inside) > 1 or bool((element.text or "").strip())
    return _known_xml(element if is_bare else next(iter(inside), None), place)


def _known_xml(root: etree._Element | None, place: str) -> tuple[int, WireReport]:
    if root is None:
        raise UnreadableReportError(f"{place}: its inlineXML is empty. Get the item anew.")
    name = name_of(root).lower()
    if name == "nitf":
        return 0, read_document(root, place)
    if name not in ("html", "body", "div", "section", "article", "p", "inlinexml"):
        raise UnreadableReportError(
            f"{place}: its content is XML of {name[:60]!r}, not NITF or XHTML. Ask its provider for one of them."
        )
    return 1, _page(root)


def _page(root: etree._Element) -> WireReport:
    """XHTML as agencies send it: the report alone, without a page around it."""
    body = next(below(root, "body"), root)
    read = read_body(body)
    return WireReport(
        paragraphs=read.paragraphs,
        headline=text_of(next(below(body, "h1"), None)) or text_of(first(root, "head", "title")),
        byline=names_in(read.bylines),
        notes=read.notes,
        bullets=read.paragraphs[: read.leading_items],
        captions=read.captions,
        credits=read.credits,
    )


def _inline_data(element: etree._Element, place: str, options: ReadOptions) -> tuple[int, WireReport]:
    kind = (element.get("contenttype") or "").partition(";")[0].strip().lower()
    text = "".join(element.itertext())
    encoding = element.get("encoding")
    if encoding:
        text = _decoded(text, encoding, place, options)
    begins = text.lstrip()[:500]
    if "<nitf" in begins:
        return _known_xml(parse_xml_bytes(text.strip().encode("utf-8", "replace"), place)[0], place)
    if "html" in kind or is_html(text):
        check_nodes(text.encode("utf-8", "replace"), place)  # base64 was not counted with the file
        page = parse_page(text)
        if page is not None:
            return 2, _page(page)
    if kind not in _PLAIN and not kind.startswith("text/"):
        raise UnreadableReportError(
            f"{place}: its content is {one_line(kind)}, which is not read. Ask its provider for NITF, XHTML or plain text."
        )
    return 3, WireReport(paragraphs=(text,) if text.strip() else (), is_plain=True)


def _decoded(text: str, encoding: str, place: str, options: ReadOptions) -> str:
    if "base64" not in encoding.lower():
        raise UnreadableReportError(
            f"{place}: its content is encoded as {one_line(encoding)!r}, which is not read. Ask its provider for NITF or XHTML."
        )
    try:
        return decode_report(base64.b64decode(text, validate=False), place, as_is=options.as_is)
    except (binascii.Error, ValueError) as error:
        raise UnreadableReportError(
            f"{place}: its content is damaged base64 ({error}). Get the item anew."
        ) from error


def _times(about: etree._Element | None, meta: etree._Element | None) -> tuple[Moment | None, Moment | None]:
    """When it was published and, if that is later, last changed.

    The first version is the one that was published; what is sent under embargo is published at its end.
    """
    version = read_time(text_of(first(about, "versionCreated")), how="NewsML-G2 versionCreated")
    published = (
        read_time(text_of(first(about, "firstCreated")), how="NewsML-G2 firstCreated")
        or version
        or read_time(text_of(first(meta, "contentCreated")), how="NewsML-G2 contentCreated")
    )
    embargo = read_time(text_of(first(about, "embargoed")), how="NewsML-G2 embargoed")
    if published and embargo and is_later(embargo, published):
        published = embargo
    changed = version or read_time(text_of(first(meta, "contentModified")), how="")
    return published, changed if changed and published and is_later(changed, published) else None


def _dateline(meta: etree._Element | None) -> Dateline:
    written = dateline_in(text_of(first(meta, "dateline")))
    return merge_datelines(written, Dateline(place=_named(first(meta, "located"))))


def _byline(meta: etree._Element | None) -> tuple[str, ...]:
    """Authors as printed, else the people named as creators."""
    printed = names_in(t for e in children(meta, "by") if (t := text_of(e)))
    created = (
        *_people(meta, "creator", lambda role: not _is_editor(role)),
        *_people(meta, "contributor", _is_author),
    )
    return printed or tuple(dict.fromkeys(created))


def _is_editor(role: str) -> bool:
    return "edit" in role


def _is_author(role: str) -> bool:
    return any(word in role for word in _AUTHORS)


def _people(meta: etree._Element | None, name: str, is_meant: Callable[[str], bool]) -> tuple[str, ...]:
    """The people of that element in roles that are meant; organisations and mere codes are none."""
    found: dict[str, None] = {}
    for element in children(meta, name):
        if "organi" in (element.get("type") or "").lower() or not is_meant(_role(element)):
            continue
        person = text_of(first(element, "name")) or collapse_blanks(element.get("literal") or "")
        if " " in person:
            found.setdefault(person)
    return tuple(found)


def _signals(about: etree._Element | None) -> Iterator[str]:
    for signal in children(about, "signal"):
        code = _code(signal).lower()
        if any(c in code for c in _CHANGES):
            yield text_of(first(signal, "name")) or code


def _section(about: etree._Element | None, meta: etree._Element | None) -> str | None:
    """The desk: the first service, subject, genre or slugline that says that it is one."""
    named = [
        *children(about, "service"),
        *(e for n in ("subject", "genre", "slugline") for e in children(meta, n)),
    ]
    desks = [e for e in named if any(word in _told_kind(e) for word in _DESK)]
    return next((n for e in desks if (n := _named(e) or text_of(e))), None)


def _told_kind(element: etree._Element) -> str:
    told = [element.get(a) or "" for a in ("type", "role", "qcode", "uri")]
    # Services go by their names: one wire is no desk, another one is.
    told += [_named(element) or ""] if name_of(element) == "service" else []
    return " ".join(told).lower()


def _language(meta: etree._Element | None) -> str | None:
    element = first(meta, "language")
    code = ((element.get("tag") or "") if element is not None else "").partition("-")[0].lower()
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None


def _is_picture(item: etree._Element) -> bool:
    """Is it a picture, sound or film? By its class, or else by what it points to."""
    contents = first(item, "contentSet")
    if children(contents, "inlineXML") or children(contents, "inlineData"):
        return False
    if any(kind in _code(first(item, "itemMeta", "itemClass")).lower() for kind in _PICTURES):
        return True
    types = [(c.get("contenttype") or "").lower() for c in children(contents, "remoteContent")]
    return bool(types) and all(t.startswith(_MEDIA_TYPES) for t in types)


def _picture(item: etree._Element) -> _Picture:
    meta = first(item, "contentMeta")
    taken_back = _code(first(item, "itemMeta", "pubStatus")).lower() in _TAKEN_BACK
    descriptions = sorted(children(meta, "description"), key=lambda d: "caption" not in _role(d))
    text = text_of(next(iter(descriptions), None)) if not taken_back else None
    credit = text_of(first(meta, "creditline"))
    if text is None or len(text) > _MAX_CAPTION_CHARS:
        return _Picture(item.get("guid") or "", None, None)
    if found := find_caption(text):
        text, credit = found.text, credit or found.credit
    # Captions mostly end with the credit, in whatever brackets.
    bare = text.rstrip(" ()[].")
    if credit and bare.endswith(credit):
        text = bare.removesuffix(credit).rstrip(" ([/–-")
    return _Picture(item.get("guid") or "", text or None, credit)


def _linked(item: etree._Element) -> tuple[str, ...]:
    """The guids of the items that an item names."""
    links = below(first(item, "itemMeta"), "link")
    return tuple(dict.fromkeys(v for e in links for v in (e.get("residref"), e.get("href")) if v))


def _packed_together(
    root: etree._Element, texts: Iterable[etree._Element]
) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Each text that is the only one in a group of a package, with the guids of what stands in the group."""
    by_guid = {item.get("guid"): item for item in texts}
    for group in root.iter():
        if name_of(group) == "group":
            guids = [e.get("residref") or e.get("href") or "" for e in children(group, "itemRef")]
            found = [by_guid[guid] for guid in guids if guid in by_guid]
            if len(found) == 1:
                yield found[0], tuple(guids)


def _elsewhere(item: etree._Element, place: str) -> UnreadableReportError:
    remote = next(below(first(item, "contentSet"), "remoteContent"), None)
    if remote is None:
        return UnreadableReportError(
            f"{place}: {_guid(item)} carries no content. Get the whole item from its provider."
        )
    href = remote.get("href") or remote.get("residref") or "another place"
    kind = f" ({one_line(remote.get('contenttype') or '')})" if remote.get("contenttype") else ""
    return UnreadableReportError(
        f"{place}: the content of {_guid(item)} is not in the file but at {one_line(href)}{kind}, which is not fetched. Save it and read that."
    )


def _guid(item: etree._Element) -> str:
    return one_line(item.get("guid") or "the item")


def _role(element: etree._Element) -> str:
    return (element.get("role") or element.get("roleuri") or "").lower()


def _code(element: etree._Element | None) -> str:
    """The last part of a concept's code: *usable* of `stat:usable`; empty if there is none."""
    if element is None:
        return ""
    code = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return code.rstrip("/").rpartition("/")[2].rpartition(":")[2].strip()


def _named(element: etree._Element | None) -> str | None:
    """What a concept is called: its name, else its literal, else its code if that has letters."""
    if element is None:
        return None
    name = text_of(first(element, "name")) or collapse_blanks(element.get("literal") or "")
    code = _code(element)
    return name or (code if any(c.isalpha() for c in code) else None)
