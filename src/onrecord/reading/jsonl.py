"""JSON lines -> articles: `{"id": ..., "text": ..., "published": ..., "title": ...}` a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.text import read_as_is, read_text


class Line(msgspec.Struct):
    """One input line. Other fields are ignored."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None


_decoder = msgspec.json.Decoder(Line)


def read_jsonl(
    lines: Iterable[bytes], origin: str, *, as_is: bool
) -> Iterator[Article | UnreadableReportError]:
    """Read JSON lines one by one; a bad line is given as an error, and reading goes on.

    Args:
        as_is: take each text untouched, so that all offsets refer to the given string.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{origin}, line {number}"
        try:
            row = _decoder.decode(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield UnreadableReportError(
                f'{place}: not a report as JSON ({error}). Each line is an object with a "text".'
            )
            continue
        name = str(row.id) if row.id is not None else None
        try:
            article = _article(row, name, place, as_is=as_is)
        except UnreadableReportError as error:
            yield error
            continue
        yield replace(article, url=row.url or article.url, outlet=row.outlet or article.outlet)


def _article(row: Line, name: str | None, place: str, *, as_is: bool) -> Article:
    if as_is:
        return read_as_is(row.text, id=name, title=row.title, published=row.published, origin=place)
    article = read_text(row.text, place)
    return replace(
        article,
        id=name if name is not None else article.id,
        title=row.title or article.title,
        published=row.published or article.published,
    )
