"""The XML of a feed, broken as it may be -> well-formed XML without entities and declarations.

libxml2 mends broken XML too, but ends the wrong element at an end tag that does not fit, so that one entry
with a stray `<p>` takes all others along.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

# How far from the top of a file its first element is looked for.
HEAD_CHARS = 65_536
# A tag whose attributes are well quoted, else one up to the next `>`; its parts are taken whole or not at all, so
# that nothing is tried twice.
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z_][A-Za-z0-9_:.-]{0,100})"
    r"""(?:(?P<rest>(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+)>|(?P<rough>[^<>]*+)>)"""
    r"|(?P<cdata><!\[CDATA\[)|(?P<comment><!--)|(?P<other><[?!][^<>]*+>)|<"
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[A-Za-z_][A-Za-z0-9_:.-]{0,100}+)\s*+=\s*+(?:"(?P<a>[^"]*+)"|'(?P<b>[^']*+)'|(?P<c>[^\s"'>]++))"""
)
_MAX_DEPTH = 200
_EMPTY_HTML = frozenset(("br", "hr", "img", "wbr"))
_REFERENCE = re.compile(r"&(?:(#(?:\d{1,9}|[xX][0-9a-fA-F]{1,8})|[A-Za-z][A-Za-z0-9]{1,31});)?")
_XML_REFERENCES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535))
_SPECIAL = {ord(c): f"&#{ord(c)};" for c in "&<>\"'"}


def find_root(text: str) -> int:
    """Where the first element of an XML file begins; the file's length if there is none near its top."""
    at = 0
    while (at := text.find("<", at, HEAD_CHARS)) >= 0:
        for start, end in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(start, at):
                behind = text.find(end, at)
                if behind < 0:
                    return len(text)
                at = behind
                break
        else:
            if text[at + 1 : at + 2].isalpha():
                return at
        at += 1
    return len(text)


def mend_xml(text: str, at: int) -> Iterator[str]:
    """The XML from a place on, made well-formed, so that one broken entry does not take the others along.

    Each element is closed inside the one that it was opened in; elements nested too deep are taken out,
    their text stays. HTML's names (`&nbsp;`) become what they mean in HTML, whatever the feed declares them
    to be, and what is neither a tag nor a reference becomes text (`Q&A`, `a < b`). CDATA stays as it is;
    comments, declarations and processing instructions go.
    """
    names: list[str] = []
    while found := _TOKEN.search(text, at):
        yield _mend_text(text[at : found.start()])
        at = found.end()
        if found["name"]:
            yield from _mend_tag(found, names)
        elif found["cdata"] or found["comment"]:
            end = text.find("]]>" if found["cdata"] else "-->", at)
            at = end + 3 if end >= 0 else len(text)
            if found["cdata"]:
                yield text[found.start() : at].translate(_NOT_XML)
        elif not found["other"]:
            yield "&lt;"
    yield _mend_text(text[at:])


def _mend_tag(tag: re.Match[str], names: list[str]) -> Iterator[str]:
    """A tag that fits into the elements open before it, whose names are kept."""
    name = tag["name"]
    if tag["close"]:
        if name in names:
            while (last := names.pop()) != name:
                yield f"</{last}>"
            yield f"</{name}>"
        return
    rest = tag["rest"] if tag["rest"] is not None else tag["rough"]
    is_empty = rest.endswith("/") or name.lower() in _EMPTY_HTML
    if len(names) >= _MAX_DEPTH and not is_empty:
        return
    yield f"<{name}{_mend_attributes(rest)}{'/' * is_empty}>"
    if not is_empty:
        names.append(name)


def _mend_attributes(text: str) -> str:
    """The attributes of a tag, each once and in quotation marks."""
    if not text.strip(" \t\r\n/"):
        return ""
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(text.removesuffix("/")):
        value = attribute["a"] or attribute["b"] or attribute["c"] or ""
        found.setdefault(attribute["name"], _mend_text(value).replace('"', "&#34;").replace("<", "&lt;"))
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _mend_text(text: str) -> str:
    return _REFERENCE.sub(_resolve, text.translate(_NOT_XML).replace(">", "&gt;"))


def _resolve(reference: re.Match[str]) -> str:
    name = reference[1]
    if name is None:
        return "&amp;"
    if name in _XML_REFERENCES:
        return reference[0]
    if not name.startswith("#"):
        return html5[name + ";"].translate(_SPECIAL) if name + ";" in html5 else f"&amp;{name};"
    return html.unescape(reference[0]).translate(_NOT_XML).translate(_SPECIAL)
