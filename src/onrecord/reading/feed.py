"""Feeds (RSS and Atom) -> an article an entry, where the feed carries the whole report and not a teaser."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from onrecord.article import Article, Furniture, content_id
from onrecord.errors import UnreadableReportError
from onrecord.reading.assembly import check_length
from onrecord.reading.author_names import clean_authors
from onrecord.reading.blocks import read_blocks
from onrecord.reading.feed_entries import FeedEntry, Passage, read_entries
from onrecord.reading.furniture import why_furniture
from onrecord.reading.headlines import put_under_headline
from onrecord.reading.html import read_html
from onrecord.reading.mojibake import mender_of
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.place import one_line
from onrecord.reading.text import read_as_is, read_text

# Words from which on a description is a report, not a teaser of one. Of the descriptions of 203 news pages,
# which outlets print in their feeds as well, 98 in 100 have fewer; of 1,130 reports (PolNeAR, pages) 1 in 100.
MIN_DESCRIPTION_WORDS = 100
# Words that what the feed calls the content has at least: the shortest of the same reports has 18. Fewer are
# a picture's caption or a link.
MIN_CONTENT_WORDS = 18
# Markup of one entry; pictures inside it count. Entries with a whole report have some 10,000 characters.
MAX_PASSAGE_CHARS = 1_000_000
# Tags of one entry with which the extractor is still quick; its time grows with their square. A long report has
# some thousand.
_MAX_TAGS = 10_000
# The extractor is made for whole pages. Where it keeps less than this share of a feed's text, which has no
# navigation around it, it has lost the report.
_MIN_KEPT_SHARE = 0.6
_WORD = re.compile(r"\w+")
_TAIL_CHARS = 800
# Last lines that say that the text goes on elsewhere, as feeds are made by the common publishing systems.
_APPEARED = re.compile(
    r"\s*\bThe post\b.{1,400} (?:appeared first on|first appeared on)\b.{1,200}\Z", re.DOTALL
)
_GOES_ON = re.compile(
    r"(?:\[(?:…|\.{3})\]|(?:^|(?:…|\.{3})\]?\s{0,3})[(\[]?(?:Continue|Keep) [Rr]eading\b[^\n]{0,200})\W{0,9}\Z",
    re.MULTILINE,
)
# The same, if not much stands before them. With a colon they lead to another report, which says nothing.
_MAY_GO_ON = re.compile(
    r"(?:…|\.{3}|^[(\[]?Read (?:more|on|(?:the )?(?:full|rest|whole|entire))\b[^\n:]{0,100})\W{0,9}\Z",
    re.MULTILINE | re.IGNORECASE,
)


def read_feed(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read the reports of a feed, in its order. Nothing is fetched.

    An entry is read where it carries its report: an Atom content, RSS `content:encoded`, or a description
    as long as a report. An entry with a headline and a teaser only is given as an error that names its page.

    Args:
        stream: stands at the feed's beginning.
        origin: names the feed in errors; `origin, entry 3` names the third report.
        options: with `as_is` the text is what the feed carries, markup included.
    """
    for entry in read_entries(stream, origin):
        if isinstance(entry, UnreadableReportError):
            yield entry
            continue
        try:
            yield _read_entry(
                entry if options.as_is else _put_right(entry),
                f"{origin}, entry {entry.number}",
                as_is=options.as_is,
            )
        except UnreadableReportError as error:
            yield error


def _put_right(entry: FeedEntry) -> FeedEntry:
    """The entry, its words put right where they were read in a wrong encoding before they got into the feed."""
    mend = mender_of(
        (
            *(passage.text for passage in entry.passages),
            *filter(None, (entry.title, entry.section, entry.outlet)),
            *entry.authors,
            *entry.feed_authors,
        )
    )
    return replace(
        entry,
        passages=tuple(replace(passage, text=mend(passage.text)) for passage in entry.passages),
        title=entry.title and mend(entry.title),
        section=entry.section and mend(entry.section),
        outlet=entry.outlet and mend(entry.outlet),
        authors=tuple(map(mend, entry.authors)),
        feed_authors=tuple(map(mend, entry.feed_authors)),
    )


def _read_entry(entry: FeedEntry, place: str, *, as_is: bool) -> Article:
    fault = f"{place} (“{one_line(entry.title)}”)" if entry.title else place
    words = 0
    summary = next((_words(_plain(p)) for p in entry.passages if not p.is_content), [])
    for passage in entry.passages:
        if len(passage.text) > MAX_PASSAGE_CHARS:
            raise UnreadableReportError(
                f"{fault}: {len(passage.text):,} characters are more than one report has (limit {MAX_PASSAGE_CHARS:,}). {_way_out(entry)}"
            )
        text = _plain(passage)
        words = max(words, len(_words(text)))
        if _is_whole(text, is_content=passage.is_content and _words(text) != summary):
            return _article(entry, passage, text, place, as_is=as_is)
    found = (
        f"only {words} word{'s' * (words != 1)} of it"
        if words
        else "only its headline"
        if entry.title
        else "no text"
    )
    raise UnreadableReportError(f"{fault}: the feed carries no full text, {found}. {_way_out(entry)}")


def _way_out(entry: FeedEntry) -> str:
    if entry.url:
        return f"Read the page itself: onrecord read {shlex.quote(one_line(entry.url))}"
    return "The feed names no page of it either: save the report's page and read that."


def _plain(passage: Passage) -> str:
    """The words of a passage, a line a paragraph."""
    if passage.is_markup:
        return "\n".join(block.text for block in read_blocks(passage.text[:MAX_PASSAGE_CHARS]))
    return html.unescape(passage.text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _is_whole(text: str, *, is_content: bool) -> bool:
    """Is this a report, not the beginning of one?"""
    count = len(_words(text))
    tail = _APPEARED.sub("", text[-_TAIL_CHARS:]).rstrip()
    if _GOES_ON.search(tail):
        return False
    if count < MIN_DESCRIPTION_WORDS:
        return is_content and count >= MIN_CONTENT_WORDS and not _MAY_GO_ON.search(tail)
    return True


def _article(entry: FeedEntry, passage: Passage, text: str, place: str, *, as_is: bool) -> Article:
    if as_is:
        check_length(passage.text, place)
        article = read_as_is(passage.text, id=entry.id, title=entry.title, published=None, origin=place)
    else:
        article = _without_notice(_read_passage(entry.title, passage, text, place))
    return _with_entry(article, entry)


def _read_passage(title: str | None, passage: Passage, text: str, place: str) -> Article:
    """The report under its headline, cleaned as a page or as plain text."""
    if passage.is_markup and passage.text.count("<") <= _MAX_TAGS:
        heading = f"<h1>{html.escape(title)}</h1>" if title else ""
        page = f"<!DOCTYPE html><html><body><article>{heading}{passage.text}</article></body></html>"
        try:
            article = read_html(page, place)
        except UnreadableReportError:
            article = None
        if article and _keeps_enough(article, text):
            return put_under_headline(article, title)
    return put_under_headline(read_text(text, place, called=(title,)), title)


def _keeps_enough(article: Article, text: str) -> bool:
    """Is most of a text still there, as text, in the frame, or as what is furniture by its words? What the extractor
    left out is kept as furniture too, and may be the report."""
    frame = article.frame
    kept = [
        article.text,
        *frame.captions,
        *frame.credits,
        *frame.corrections,
        *(f.text for f in article.furniture if why_furniture(f.text)),
    ]
    return sum(len(_words(part)) for part in kept) >= _MIN_KEPT_SHARE * len(_words(text))


def _without_notice(article: Article) -> Article:
    """The article without the last line that WordPress puts into feeds (*The post ... appeared first on ...*)."""
    text, mark, last = article.text.rpartition("\n\n")
    if not mark or not _APPEARED.match(last):
        return article
    notice = Furniture(last, "feed notice", len(text))
    furniture = (*(replace(f, before=min(f.before, len(text))) for f in article.furniture), notice)
    return replace(article, id=content_id(text), text=text, furniture=furniture)


def _with_entry(article: Article, entry: FeedEntry) -> Article:
    """An article read from a passage, with what the feed knows better."""
    frame = replace(
        article.frame,
        headline=entry.title or article.frame.headline,
        byline=_byline(entry, article.frame.byline),
        section=entry.section or article.frame.section,
        updated=entry.updated.iso if entry.updated else article.frame.updated,
        published_how=entry.published.how if entry.published else article.frame.published_how,
    )
    return replace(
        article,
        id=entry.id or article.id,
        title=entry.title or article.title,
        published=entry.published.iso if entry.published else article.published,
        outlet=entry.outlet or article.outlet,
        url=entry.url or article.url,
        frame=frame,
    )


def _byline(entry: FeedEntry, printed: tuple[str, ...]) -> tuple[str, ...]:
    """The authors of an entry; what the text prints goes before log-in names and the feed's own author."""
    names = _people(entry.authors, entry.outlet)
    if any(" " in name for name in names):
        return names
    return printed or names or _people(entry.feed_authors, entry.outlet)


def _people(names: tuple[str, ...], outlet: str | None) -> tuple[str, ...]:
    # A single word in small letters is a log-in name (admin, jsmith).
    return tuple(n for n in clean_authors(names, outlet) if " " in n or n != n.lower() or n == n.upper())
