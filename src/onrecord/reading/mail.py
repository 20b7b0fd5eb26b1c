"""Mails and mailboxes of newsletters -> articles: one for each message and each message attached, or one for each
story of a newsletter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from typing import IO

from onrecord.article import Article, Original, Piece
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import check_length
from onrecord.reading.blocks import Block
from onrecord.reading.html import is_html, read_html
from onrecord.reading.mail_article import MAX_FORWARDS, articles_of_mail
from onrecord.reading.mail_head import begins_message
from onrecord.reading.mail_message import (
    MAX_MESSAGE_BYTES,
    Texts,
    find_texts,
    has_mail_headers,
    is_saved_page,
    parse_message,
    read_page_address,
    read_sender,
)
from onrecord.reading.mail_page import read_page_blocks
from onrecord.reading.mail_places import MailFile, find_places
from onrecord.reading.mojibake import mender_of, repair_mojibake
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line
from onrecord.reading.text import read_as_is

# A page that says less than this share of what the text does is passed over.
_MUCH_LONGER = 3
# A line of a mailbox is looked at this far; what is longer is no separator.
_LINE_BYTES = 65_536
_ESCAPED = re.compile(rb">+From ")


def read_mail(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read one message (.eml) and the messages attached to it. Other attachments are not opened."""
    data = stream.read(MAX_MESSAGE_BYTES + 1)
    if len(data) > MAX_MESSAGE_BYTES:
        yield _too_large(origin)
        return
    yield from _read_bytes(data, origin, options, is_file=True)


def read_mbox(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the messages of a mailbox, one after the other, with no more than one of them in memory."""
    number = 0
    for number, data in enumerate(_split(stream), 1):
        place = f"{origin}, message {number}"
        if data is None:
            yield _too_large(place)
        else:
            yield from _read_bytes(data, place, options)
    if not number:
        yield UnreadableReportError(
            f"{origin}: no mailbox, since no line begins a message (From ana@elm.example Fri Jan  7 09:30:00 2022). Read a single message as .eml."
        )


def _too_large(place: str) -> UnreadableReportError:
    return UnreadableReportError(
        f"{place}: more than {MAX_MESSAGE_BYTES // 1_000_000} MB are no newsletter. Save its text alone."
    )


def _without_frames(error: UnreadableReportError) -> UnreadableReportError:
    """The error alone: the frames behind it keep their message in memory, and a mailbox may have thousands."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def _split(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The messages of a mailbox without their separators, quoted *From* as it was; None for one too large."""
    kept: list[bytes] | None = None  # None until the first separator
    size = 0
    after_blank, at_start = True, True
    following = stream.readline(_LINE_BYTES).removeprefix(b"\xef\xbb\xbf")
    while line := following:
        following = stream.readline(_LINE_BYTES)
        whole = at_start
        at_start = line.endswith(b"\n")
        if whole and after_blank and begins_message(line, following):
            if kept is not None:
                yield b"".join(kept) if size <= MAX_MESSAGE_BYTES else None
            kept, size, after_blank = [], 0, False
            continue
        after_blank = whole and not line.strip(b"\r\n")
        if kept is None:
            if line.strip(b"\r\n"):
                return
            continue
        if whole and _ESCAPED.match(line):
            line = line[1:]
        size += len(line)
        if size <= MAX_MESSAGE_BYTES:
            kept.append(line)
        else:
            kept.clear()
    if kept is not None:
        yield b"".join(kept) if size <= MAX_MESSAGE_BYTES else None


def _read_bytes(data: bytes, place: str, options: ReadOptions, *, is_file: bool = False) -> Iterator[Read]:
    try:
        message = parse_message(data, place)
    except UnreadableReportError as error:
        yield _without_frames(error)
        return
    if not has_mail_headers(message):
        yield UnreadableReportError(
            f"{place}: not a mail, since it has no From, Subject or Date. Read it as text, or save the message anew."
        )
        return
    file = find_places(message, data) if is_file else None
    if is_saved_page(message):
        yield from _read_saved_page(message, place, options, file)
        return
    yield from _read_message(message, place, options, file, 0)


def _read_saved_page(
    message: EmailMessage, place: str, options: ReadOptions, file: MailFile | None
) -> Iterator[Read]:
    """The page alone: who saved it, and when, says nothing of the report."""
    texts = find_texts(message, place, file)
    if not texts.pages:
        yield (
            texts.errors[0]
            if texts.errors
            else UnreadableReportError(
                f"{place}: the saved page holds no HTML. Save it from the browser anew."
            )
        )
        return
    page = texts.pages[0]  # the others are frames in it: advertisements, and what others wrote
    address = read_page_address(message)
    try:
        if options.as_is:
            check_length(page, place)
            article = read_as_is(page, id=None, title=None, published=None, origin=place)
        else:
            article = read_html(repair_mojibake(page), place, address=address)
    except UnreadableReportError as error:
        yield _without_frames(error)
    else:
        original = _original(file, texts.page_pieces[:1], is_markup=not options.as_is)
        yield replace(article, url=article.url or address, original=original)


def _read_message(
    message: EmailMessage, place: str, options: ReadOptions, file: MailFile | None, depth: int
) -> Iterator[Read]:
    texts = find_texts(message, place, file)
    # A message that only hands others on has no text of its own.
    if texts.pages or any(p.strip() for p in texts.plain) or not texts.messages:
        try:
            yield from _articles(message, texts, place, options, file)
        except UnreadableReportError as error:
            yield _without_frames(error)
    for number, attached in enumerate(texts.messages, 1):
        inner = f"{place}, attachment {number}"
        if depth < MAX_FORWARDS:
            yield from _read_message(attached, inner, options, file, depth + 1)
        else:
            yield UnreadableReportError(
                f"{inner}: forwarded more than {MAX_FORWARDS} times over. Save the message itself."
            )


def _original(
    file: MailFile | None, pieces: Sequence[Piece | None], *, is_markup: bool, subject: Piece | None = None
) -> Original | None:
    """The way back to the file of a mail, through its subject and the parts that were read; None if there is none."""
    found = [replace(piece, is_markup=is_markup) for piece in pieces if piece]
    if file is None or not found:
        return None
    return Original(file.data, found[0].codec, is_markup, (*([subject] if subject else ()), *found))


def _articles(
    message: EmailMessage, texts: Texts, place: str, options: ReadOptions, file: MailFile | None
) -> list[Article]:
    """The article of a message, or the articles of a newsletter.

    Raises:
        UnreadableReportError: if it holds no text that can be read.
    """
    sender = read_sender(message)
    plain = "\n\n".join(p for p in texts.plain if p.strip())
    page = "\n".join(p for p in texts.pages if p.strip())
    if not plain and not page and texts.errors:
        raise texts.errors[0]
    if not plain and not page:
        raise UnreadableReportError(
            f"{place}: the message holds no text ({one_line(texts.kind)}); attachments are not opened. Save what is attached and read it."
        )
    subject = file.subject_of(message) if file else None
    if options.as_is:
        text = "\n\n".join(texts.untouched) or page
        check_length(text, place)
        published = sender.published.iso if sender.published else None
        article = read_as_is(text, id=sender.id, title=sender.subject, published=published, origin=place)
        pieces = texts.plain_pieces if texts.untouched else texts.page_pieces
        original = _original(file, pieces, is_markup=False)
        return [replace(article, outlet=sender.outlet, original=original)]
    mend = mender_of((page, plain, *filter(None, (sender.subject, sender.outlet))))
    page, plain = mend(page), mend(plain)
    sender = replace(
        sender, subject=sender.subject and mend(sender.subject), outlet=sender.outlet and mend(sender.outlet)
    )
    pieces, is_markup = texts.page_pieces, True
    if not page and is_html(plain):
        page, plain, pieces = plain, "", texts.plain_pieces
    blocks = read_page_blocks(page) if page else []
    # A page that says little is a picture with a few words.
    if sum(len(b.text) for b in blocks) * _MUCH_LONGER < len(plain):
        blocks, pieces, is_markup = [Block(row) for row in plain.split("\n")], texts.plain_pieces, False
    original = _original(file, pieces, is_markup=is_markup, subject=subject)
    return [replace(article, original=original) for article in articles_of_mail(blocks, sender, place)]
