"""A row of `articles` -> the report as it was read, so that it can be analysed anew without its file."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Row

from onrecord.article import Article, Dateline, Entry, Frame, Furniture, Span


class _Dateline(msgspec.Struct):
    place: str | None = None
    date: str | None = None
    agency: str | None = None


class _Entry(msgspec.Struct):
    start: int
    end: int
    headline: str | None = None
    published: str | None = None
    byline: tuple[str, ...] | None = None


class KeptFrame(msgspec.Struct):
    """`articles.frame`, by whichever version of onrecord it was written: what an older one did not keep is empty."""

    headline: str | None = None
    bullets: tuple[str, ...] = ()
    dateline: _Dateline = msgspec.field(default_factory=_Dateline)
    byline: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    section: str | None = None
    agency: str | None = None
    updated: str | None = None
    published_how: str | None = None
    entries: tuple[_Entry, ...] = ()


class KeptFurniture(msgspec.Struct):
    """One of the lines of `articles.furniture`."""

    text: str
    why: str
    before: int


def read_frame(told: str) -> KeptFrame:
    """`articles.frame` as it is written there.

    Raises:
        msgspec.DecodeError: if it is no frame.
    """
    return msgspec.json.decode(told, type=KeptFrame)


def read_furniture(told: str) -> list[KeptFurniture]:
    """`articles.furniture` as it is written there.

    Raises:
        msgspec.DecodeError: if it is no furniture.
    """
    return msgspec.json.decode(told, type=list[KeptFurniture])


def kept_article(row: Row[Any]) -> Article:
    """The report of a row, under the id that it has in the record."""
    told = read_frame(row.frame)
    spans = [Span(e.start, e.end) for e in told.entries]
    entries = tuple(
        Entry(span, e.headline, e.published, e.byline) for span, e in zip(spans, told.entries, strict=True)
    )
    frame = Frame(
        headline=row.headline,
        bullets=told.bullets,
        dateline=Dateline(told.dateline.place, told.dateline.date, told.dateline.agency),
        byline=told.byline,
        contributors=told.contributors,
        editors=told.editors,
        captions=told.captions,
        credits=told.credits,
        corrections=told.corrections,
        section=told.section,
        agency=told.agency,
        updated=told.updated,
        published_how=told.published_how,
        entries=entries,
    )
    furniture = tuple(Furniture(f.text, f.why, f.before) for f in read_furniture(row.furniture))
    return Article(
        id=row.id,
        text=row.text,
        frame=frame,
        furniture=furniture,
        title=row.title,
        published=row.published,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        origin=row.origin,
    )
