"""Which form a file has, told by its content: names lie, and what comes through a pipe has none."""

from __future__ import annotations

import re
from enum import StrEnum

from onrecord.reading.encoding import decode_head
from onrecord.reading.html import is_html
from onrecord.reading.mail_head import is_mail, is_mailbox
from onrecord.reading.table import looks_like_table
from onrecord.reading.warc_records import is_warc

# So much of a file is looked at.
HEAD_BYTES = 65_536
_XML_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_XML_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?[^>]{0,500}\?>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\])?\s*>)\s*",
    re.DOTALL | re.IGNORECASE,
)
# An agency's document within what a service has put around it.
_WRAPPED = re.compile(r"<(?:[\w.-]+:)?(nitf|newsMessage|newsItem)[\s>]")
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
    NITF = "NITF"
    NEWSML = "NewsML"
    MAIL = "mail"
    MBOX = "mailbox"


_SIGNATURES = ((b"PAR1", Form.PARQUET), (b"%PDF-", Form.PDF))
_XML_FORMS = {
    "rss": Form.FEED,
    "feed": Form.FEED,
    "rdf": Form.FEED,
    "channel": Form.FEED,
    "html": Form.HTML,
    "nitf": Form.NITF,
    # NewsML 1, and items of G2 that carry no text, go there too, where they are named for what they are.
    **dict.fromkeys(
        "newsml newsmessage newsitem packageitem conceptitem knowledgeitem planningitem catalogitem".split(),
        Form.NEWSML,
    ),
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
    if is_mailbox(head):
        return Form.MBOX
    text = decode_head(head).lstrip("\ufeff")
    if known := tell_xml(text):
        return known
    if is_html(text):
        return Form.HTML
    if wrapped := _wrapped_form(text):
        return wrapped
    if is_mail(text):
        return Form.MAIL
    if _JSON.match(text):
        return Form.JSON
    if looks_like_table(text, columns or {}):
        return Form.TABLE
    return Form.TEXT


def tell_xml(text: str) -> Form | None:
    """The form of a document in XML, by its root, whatever instructions and declarations stand before it; None
    if it is none that is read."""
    at = 0
    while found := _XML_BEFORE_ROOT.match(text, at):
        at = found.end()
    root = _XML_ROOT.match(text.lstrip() if at == 0 else text[at:])
    return _XML_FORMS.get(root[1].lower()) if root else None


def _wrapped_form(text: str) -> Form | None:
    if not text.lstrip().startswith("<"):
        return None
    found = _WRAPPED.search(text)
    return _XML_FORMS[found[1].lower()] if found else None
