"""Mails and mailboxes of newsletters -> articles: one for each message, and one for each message attached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import EmailMessage
from typing import IO

from onrecord.article import Article, Furniture
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import Line, assemble, check_length
from onrecord.reading.blocks import Block
from onrecord.reading.html import is_html, read_html
from onrecord.reading.mail_head import begins_message
from onrecord.reading.mail_lines import judge_mail_lines, without_headline
from onrecord.reading.mail_message import (
    MAX_MESSAGE_BYTES,
    Sender,
    Texts,
    find_texts,
    has_mail_headers,
    is_saved_page,
    parse_message,
    read_forwarded_sender,
    read_page_address,
    read_sender,
)
from onrecord.reading.mail_page import read_page_blocks
from onrecord.reading.mail_text import cut_mail_tail, find_forwarded
from onrecord.reading.news_xml import collapse_blanks
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line
from onrecord.reading.text import paragraphs_in, read_as_is
from onrecord.reading.wire import put_headline_first, same_words

# Messages forwarded within forwarded messages; beyond is a trap.
MAX_FORWARDS = 10
# A page that says less than this share of what the text does is a picture with a few words.
_MUCH_LONGER = 3
# A line of a mailbox is looked at this far; what is longer is no separator.
_LINE_BYTES = 65_536
# How senders mark a headline in the text that they make of a page.
_HEADING = re.compile(r"\A\*{2,3} (?=\S)")
_ESCAPED = re.compile(rb">+From ")


def read_mail(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read one message (.eml) and the messages attached to it. Other attachments are not opened."""
    data = stream.read(MAX_MESSAGE_BYTES + 1)
    if len(data) > MAX_MESSAGE_BYTES:
        yield _too_large(origin)
        return
    yield from _read_bytes(data, origin, options)


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


def _read_bytes(data: bytes, place: str, options: ReadOptions) -> Iterator[Read]:
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
    if is_saved_page(message):
        yield from _read_saved_page(message, place, options)
        return
    yield from _read_message(message, place, options, 0)


def _read_saved_page(message: EmailMessage, place: str, options: ReadOptions) -> Iterator[Read]:
    """The page alone: who saved it, and when, says nothing of the report."""
    texts = find_texts(message, place)
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
            article = read_html(page, place, address=address)
    except UnreadableReportError as error:
        yield _without_frames(error)
    else:
        yield replace(article, url=article.url or address)


def _read_message(message: EmailMessage, place: str, options: ReadOptions, depth: int) -> Iterator[Read]:
    texts = find_texts(message, place)
    # A message that only hands others on has no text of its own.
    if texts.pages or any(p.strip() for p in texts.plain) or not texts.messages:
        try:
            yield _article(read_sender(message), texts, place, options)
        except UnreadableReportError as error:
            yield _without_frames(error)
    for number, attached in enumerate(texts.messages, 1):
        inner = f"{place}, attachment {number}"
        if depth < MAX_FORWARDS:
            yield from _read_message(attached, inner, options, depth + 1)
        else:
            yield UnreadableReportError(
                f"{inner}: forwarded more than {MAX_FORWARDS} times over. Save the message itself."
            )


def _article(sender: Sender, texts: Texts, place: str, options: ReadOptions) -> Article:
    """The article of a message.

    Raises:
        UnreadableReportError: if it holds no text that can be read.
    """
    plain = "\n\n".join(p for p in texts.plain if p.strip())
    page = "\n".join(p for p in texts.pages if p.strip())
    if not plain and not page and texts.errors:
        raise texts.errors[0]
    if not plain and not page:
        raise UnreadableReportError(
            f"{place}: the message holds no text ({one_line(texts.kind)}); attachments are not opened. Save what is attached and read it."
        )
    if options.as_is:
        text = "\n\n".join(texts.untouched) or page
        check_length(text, place)
        published = sender.published.iso if sender.published else None
        article = read_as_is(text, id=sender.id, title=sender.subject, published=published, origin=place)
        return replace(article, outlet=sender.outlet)
    return _read_lines(_lines(page, plain), sender, place)


def _lines(page: str, plain: str) -> list[Block]:
    """The page's lines; those of the text, where there is no page or nothing in it."""
    if not page and is_html(plain):
        page, plain = plain, ""
    blocks = read_page_blocks(page) if page else []
    if sum(len(b.text) for b in blocks) * _MUCH_LONGER >= len(plain):
        return blocks
    return [Block(row) for row in plain.split("\n")]


def _read_lines(blocks: Sequence[Block], sender: Sender, place: str) -> Article:
    """The article of a message's lines, or of the message that it hands on within its text."""
    furniture: list[Furniture] = []
    for _ in range(MAX_FORWARDS):
        found = find_forwarded([b.text for b in blocks], is_handed_on=sender.is_handed_on)
        note, handed_on = (blocks[: found.begin], blocks[found.body :]) if found else ((), ())
        if not found or _count_words(handed_on) <= _count_words(note):
            break
        if words := "\n".join(b.text for b in note).strip():
            furniture.append(Furniture(words, "forwarder's note", 0))
        sender, blocks = read_forwarded_sender(found.fields, sender), handed_on
    cut: list[tuple[str, str]] = []
    text = "\n".join(b.text for b in blocks)
    check_length(text, place)  # a subject alone is no report
    if not any(b.tag for b in blocks):
        text, cut = cut_mail_tail(text)
        blocks = [Block(_HEADING.sub("", paragraph)) for paragraph in paragraphs_in(text)]
    lines = without_headline(judge_mail_lines(blocks, sender.outlet), sender.subject)
    article = assemble([Line(sender.subject), *lines] if sender.subject else lines, place)
    if sender.subject and same_words(article.text, sender.subject):
        raise UnreadableReportError(
            f"{place}: there are no words in it beside its headline, links and notices. Read the page that it leads to."
        )
    furniture += [*article.furniture, *(Furniture(t, why, len(article.text)) for t, why in cut)]
    return _with_sender(replace(article, furniture=tuple(furniture)), sender)


def _count_words(blocks: Sequence[Block]) -> int:
    return sum(len(b.text.split()) for b in blocks)


def _with_sender(article: Article, sender: Sender) -> Article:
    headline = sender.subject
    if headline and not _begins_with(article, headline):
        article = put_headline_first(article, headline)
    frame = replace(
        article.frame,
        headline=headline or article.frame.headline,
        published_how=sender.published.how if sender.published else article.frame.published_how,
    )
    return replace(
        article,
        id=sender.id or article.id,
        title=headline or article.title,
        published=sender.published.iso if sender.published else article.published,
        outlet=sender.outlet or article.outlet,
        frame=frame,
    )


def _begins_with(article: Article, headline: str) -> bool:
    """Does the text begin with the headline, in these words?"""
    return same_words(collapse_blanks(article.text.partition("\n\n")[0]), headline)
