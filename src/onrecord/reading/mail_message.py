"""The bytes of a mail -> its parts and what its headers say, however malformed they are."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import InvalidBase64LengthDefect, MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from onrecord.article import Piece
from onrecord.errors import UnreadableReportError
from onrecord.reading.encoding import decode_report, decode_with_codec, is_wide
from onrecord.reading.mail_places import MailFile
from onrecord.reading.mail_text import unwrap_flowed
from onrecord.reading.moments import Moment, read_moment
from onrecord.reading.news_xml import collapse_blanks

# Servers take 25 MB a message with all attachments.
MAX_MESSAGE_BYTES = 25_000_000
# Parts, attached messages included; a digest of a day's list has some hundred.
MAX_PARTS = 2_000
# A message of that size in base64 has a third of these.
_MAX_LINES = 1_000_000
# The parser looks at each line once for each multipart around it.
_MAX_LINE_LOOKS = 20_000_000
# A header is read this far. The library's parser of headers takes more than a line's share of time with each
# sign, and no subject, sender or type is longer.
_MAX_HEADER_CHARS = 2_000
_MAX_ID_CHARS = 250
# What the library raises on malformed headers and parts: it indexes, splits and calls itself without looking.
_HEADER_TROUBLE = (
    MessageError, ValueError, TypeError, LookupError, AttributeError, AssertionError, OverflowError, RecursionError,
)  # fmt: skip
_MAIL_HEADERS = ("from", "subject", "date", "message-id", "sent", "received", "mime-version")
_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|sv|vs)(?:\[\d{1,3}\])?\s{0,3}:\s{0,9}){1,20}", re.IGNORECASE)
# Mail as we know it is of 1982; a clock that was never set says 1970 or less.
_FIRST_MAIL = 1971
_HANDED_ON = re.compile(r"(?:fwd?|wg|tr|vs)\b", re.IGNORECASE)
# What a mailing list puts before each subject.
_LIST_TAG = re.compile(r"\A\[[^\[\]]{1,40}\]\s{0,9}")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OUTLOOK_MSG = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Whom browsers name as sender: <Saved by Blink>, "Saved by Windows Internet Explorer 11".
_SAVED = re.compile(r"[<\"' ]{0,3}Saved by ")


@dataclass(frozen=True, slots=True)
class Sender:
    """What the headers of a message say; None where they do not.

    Attributes:
        is_handed_on: the subject says that it forwards another message (*FW:*).
        is_answer: it answers another message.
        is_bulk: its head says that it was sent to many.
    """

    subject: str | None
    published: Moment | None
    outlet: str | None
    id: str | None
    is_handed_on: bool = False
    is_answer: bool = False
    is_bulk: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """What a message holds.

    Attributes:
        pages: HTML, in order.
        plain: plain text with its lines made whole, in order.
        untouched: the same as it was sent.
        page_pieces, plain_pieces: where each of them stands in the file; None where no way leads back.
        messages: attached messages.
        errors: why parts could not be read.
        kind: the message's own type, for errors.
    """

    pages: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    page_pieces: list[Piece | None] = field(default_factory=list)
    plain_pieces: list[Piece | None] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    errors: list[UnreadableReportError] = field(default_factory=list)
    kind: str = ""


class _TooMuchError(Exception):
    """A message has more parts than any has."""


class _Policy(EmailPolicy):
    """The library's policy, with headers as they were meant: UTF-8 sent raw is decoded, no header is endless."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and value of a header, out of its lines."""
        name, _, value = "".join(sourcelines[:50]).partition(":")
        value = _FOLD.sub(" ", value[: 2 * _MAX_HEADER_CHARS]).strip()[:_MAX_HEADER_CHARS]
        if name.lower().startswith("content-"):
            value = value.replace("=?", "")  # so that no type is hidden from the counts below
        return name, value if value.isascii() else _decode_raw(value.encode("ascii", "surrogateescape"))

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The parsed header; the bare value, where the library cannot parse it."""
        try:
            return super().header_fetch_parse(name, value)
        except _HEADER_TROUBLE:
            return str(value)


# Any: the stubs of types know `EmailPolicy` for the older kind of messages alone.
_POLICY: Any = _Policy()


def _decode_raw(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut off within its last character, or else not UTF-8 at all.
        is_cut = error.start >= len(value) - 3 and len(value) >= _MAX_HEADER_CHARS
        return value[: error.start].decode("utf-8") if is_cut else value.decode("cp1252", "replace")


def parse_message(data: bytes, place: str) -> EmailMessage:
    """Parse a message.

    Raises:
        UnreadableReportError: if it is no mail, or has too many parts.
    """
    if data.startswith(_OUTLOOK_MSG):
        raise UnreadableReportError(f"{place}: a message in Outlook's own form (.msg). Save it as .eml.")
    if is_wide(data):
        data = decode_report(data, place).encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableReportError(f"{place}: the message is empty. Give one with a text.")
    lines, small = data.count(b"\n") + data.count(b"\r"), data.lower()
    looks = lines * min(small.count(b"boundary"), small.count(b"multipart"))
    if lines > _MAX_LINES:
        raise UnreadableReportError(
            f"{place}: {lines:,} lines are no newsletter (limit {_MAX_LINES:,}). Save its text alone."
        )
    if looks > _MAX_LINE_LOOKS:
        raise _too_many(place)
    made = 0

    def make_part(policy: EmailPolicy | None = None) -> EmailMessage:
        nonlocal made
        made += 1
        if made > MAX_PARTS:
            raise _TooMuchError
        return EmailMessage(policy=policy)

    try:
        parser: BytesParser[EmailMessage] = BytesParser(_class=make_part, policy=_POLICY)
        return parser.parsebytes(data)
    except (_TooMuchError, RecursionError) as error:
        raise _too_many(place) from error
    except _HEADER_TROUBLE as error:
        raise UnreadableReportError(
            f"{place}: the message is malformed ({collapse_blanks(str(error))[:100]}). Save its text alone."
        ) from error


def _too_many(place: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{place}: more than {MAX_PARTS:,} parts, or parts nested too deep. Save the message that is meant alone."
    )


def has_mail_headers(message: EmailMessage) -> bool:
    """Has it any header that mails have?"""
    return not _field_names(message).isdisjoint(_MAIL_HEADERS)


def _field_names(message: EmailMessage) -> set[str]:
    return {name.lower() for name in message}


def find_texts(message: EmailMessage, place: str, file: MailFile | None = None) -> Texts:
    """All texts of a message that are not attached as files, and the messages that are.

    Args:
        file: that the message was read from, if it holds nothing else.
    """
    texts = Texts(kind=_type_of(message))
    waiting: list[Any] = [message]
    while waiting:
        part = waiting.pop()
        kind, inside = _type_of(part), part.get_payload() if part.is_multipart() else None
        if kind in ("message/rfc822", "message/global"):
            texts.messages.extend(inside or ())
        elif kind.startswith("message/"):
            continue  # what servers say of a delivery
        elif inside is not None:
            waiting.extend(reversed(inside))
        elif kind in ("text/html", "application/xhtml+xml", "text/plain") and (
            part is message or not _is_file(part)
        ):
            try:
                _take_text(part, kind, texts, place, file)
            except UnreadableReportError as error:
                texts.errors.append(error)
    return texts


def is_saved_page(message: EmailMessage) -> bool:
    """Is it a web page that a browser has put into one file with its pictures (MHTML), and no mail?"""
    if _header(message, "snapshot-content-location") or _SAVED.match(_header(message, "from")):
        return True
    return _type_of(message) == "multipart/related" and not (
        _field_names(message) & {"from", "date", "received"}
    )


def read_page_address(message: EmailMessage) -> str | None:
    """Where a saved page was found; None if it does not say, or was no page of the web."""
    page = next((part for part in message.walk() if _type_of(part) == "text/html"), message)
    told = (_header(message, "snapshot-content-location"), _header(page, "content-location"))
    return next((address for address in told if address.startswith(("http://", "https://"))), None)


def read_sender(message: EmailMessage) -> Sender:
    """What the headers say of subject, time and sender."""
    written = _header(message, "subject")
    answer = _ANSWER.match(written)
    subject = written[answer.end() :].strip() if answer else written
    if _header(message, "list-id") or _header(message, "list-post"):
        subject = _ANSWER.sub("", _LIST_TAG.sub("", subject), count=1).strip() or subject
    is_handed_on = answer is not None and _HANDED_ON.match(answer[0]) is not None
    id = _header(message, "message-id").strip("<> ")
    is_id = bool(id) and len(id) <= _MAX_ID_CHARS and id.isprintable()
    return Sender(
        subject or None,
        _published(message),
        _outlet(message),
        id if is_id else None,
        is_handed_on,
        is_answer=not is_handed_on and (answer is not None or bool(_header(message, "in-reply-to"))),
        is_bulk=_is_bulk(message),
    )


def read_forwarded_sender(fields: Mapping[str, str], outer: Sender) -> Sender:
    """What the head of a message says that is handed on within another one's text. Who hands it on, and when,
    says nothing of the report."""
    subject = _ANSWER.sub("", collapse_blanks(fields.get("subject", "")), count=1).strip()
    sent = read_moment(fields.get("date") or fields.get("sent") or "", how="head of the forwarded mail")
    return Sender(subject or outer.subject, sent, _name_beside(fields.get("from", "")), outer.id)


def _header(message: EmailMessage, name: str) -> str:
    """A header on one line, decoded; empty if there is none."""
    try:
        value = str(message.get(name) or "")
    except _HEADER_TROUBLE:
        return ""
    return collapse_blanks(_SURROGATE.sub("\ufffd", value))


def _is_bulk(message: EmailMessage) -> bool:
    says_so = _field_names(message) & {"list-unsubscribe", "feedback-id", "x-campaign", "x-campaign-id"}
    return bool(says_so) or _header(message, "precedence").lower() in ("bulk", "list")


def _published(message: EmailMessage) -> Moment | None:
    # Outlook writes *Sent* where it saves a message as text.
    value = _header(message, "date") or _header(message, "sent")
    try:
        sent = parsedate_to_datetime(value)
    except _HEADER_TROUBLE:
        return read_moment(value, how="mail header")
    return (
        Moment(sent.replace(microsecond=0).isoformat(), "mail header") if sent.year >= _FIRST_MAIL else None
    )


def _outlet(message: EmailMessage) -> str | None:
    """The sender's name, if there is one beside the address."""
    value = _header(message, "from")
    try:
        addresses = getattr(message.get("from"), "addresses", ())
        name = addresses[0].display_name if addresses else ""
    except _HEADER_TROUBLE:
        name = ""
    return _clean_name(name) or _name_beside(value)


def _name_beside(value: str) -> str | None:
    """The name that stands beside an address, or alone as Outlook writes it."""
    try:
        name = parseaddr(value)[0]
    except _HEADER_TROUBLE:
        name = ""
    return _clean_name(name or ("" if "@" in value else value))


def _clean_name(name: str) -> str | None:
    name = collapse_blanks(_SURROGATE.sub("\ufffd", name)).strip("\"' <>")
    return name if name and "@" not in name else None


def _type_of(part: EmailMessage) -> str:
    try:
        return part.get_content_type()
    except _HEADER_TROUBLE:
        return "text/plain"


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except _HEADER_TROUBLE:
        return False


def _parameter(part: EmailMessage, name: str) -> str:
    try:
        return str(part.get_param(name) or "").lower()
    except _HEADER_TROUBLE:
        return ""


def _take_text(part: EmailMessage, kind: str, texts: Texts, place: str, file: MailFile | None) -> None:
    data = _decode_payload(part)
    if not data.strip(b"\x00 \t\r\n"):
        return
    declared = _parameter(part, "charset") or None
    text, codec = decode_with_codec(data, place, as_is=True, declared=declared)
    piece = file.piece_of(part, data, codec) if file else None
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if kind != "text/plain":
        texts.pages.append(text)
        texts.page_pieces.append(piece)
        return
    if _parameter(part, "format") == "flowed":
        whole = unwrap_flowed(whole, joins_words=_parameter(part, "delsp") == "yes")
    texts.plain.append(whole)
    texts.untouched.append(text)
    texts.plain_pieces.append(piece)


def _decode_payload(part: EmailMessage) -> bytes:
    """The bytes of a part; of base64 that ends too soon, as much as there is."""
    try:
        data = part.get_payload(decode=True)
    except _HEADER_TROUBLE:
        return b""
    if not isinstance(data, bytes):
        return b""
    if any(isinstance(d, InvalidBase64LengthDefect) for d in part.defects):
        signs = _NOT_BASE64.sub(b"", data)  # the library gives it back undecoded
        return base64.b64decode(signs[: len(signs) // 4 * 4])
    return data
