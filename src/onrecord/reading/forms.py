"""Which form a file has, told by its content: names lie, and what comes through a pipe has none."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from onrecord.reading.html import is_html
from onrecord.reading.table import looks_like_table
from onrecord.reading.warc_records import is_warc

# So much of a file is looked at.
HEAD_BYTES = 65_536
_XML_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_XML_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?[^>]{0,500}\?>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\])?\s*>)\s*",
    re.DOTALL | re.IGNORECASE,
)
_JSON = re.compile(r"\s*(?:\{\s*\"|\[\s*\{\s*\")")


class Form(StrEnum):
    """Forms in which reports arrive."""

    TEXT = "text"
    HTML = "HTML"
    JSON = "JSON"
    TABLE = "CSV"
    PARQUET = "Parquet"
    WARC = "WARC"
    FEED = "feed"
    PDF = "PDF"


_SIGNATURES = ((b"PAR1", Form.PARQUET), (b"%PDF-", Form.PDF))
_XML_FORMS = {
    "rss": Form.FEED,
    "feed": Form.FEED,
    "rdf": Form.FEED,
    "channel": Form.FEED,
    "html": Form.HTML,
}


def tell_form(head: bytes, columns: dict[str, str] | None = None) -> Form:
    """The form of a file.

    Args:
        head: its first `HEAD_BYTES`, or all of it.
        columns: the user's map of columns, by which a table is known.

    >>> tell_form(b'<?xml version="1.0"?><rss version="2.0"><channel>')
    <Form.FEED: 'feed'>
    """
    if is_warc(head):
        return Form.WARC
    for signature, form in _SIGNATURES:
        if head.lstrip(b"\x00\t\r\n \xef\xbb\xbf").startswith(signature):
            return form
    text = _decode_head(head)
    if known := _xml_form(text):
        return known
    if is_html(text):
        return Form.HTML
    if _JSON.match(text):
        return Form.JSON
    if looks_like_table(text, columns or {}):
        return Form.TABLE
    return Form.TEXT


def _decode_head(head: bytes) -> str:
    for bom, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(bom):
            return head.decode(name, "replace").lstrip("\ufeff")
    return head.decode("utf-8", "replace").lstrip("\ufeff")


def _xml_form(text: str) -> Form | None:
    at = 0
    while found := _XML_BEFORE_ROOT.match(text, at):
        at = found.end()
    root = _XML_ROOT.match(text.lstrip() if at == 0 else text[at:])
    return _XML_FORMS.get(root[1].lower()) if root else None
