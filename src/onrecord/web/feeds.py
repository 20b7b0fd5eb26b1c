"""What came into the record lately, as an Atom feed (RFC 4287): an entry a statement, an event or a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin
from uuid import UUID, uuid5

from lxml import etree
from starlette.datastructures import Headers

from onrecord.api import Rows
from onrecord.printing.lines import one_line
from onrecord.printing.printable import make_printable
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.search import Hit
from onrecord.record.asking.statements import Said
from onrecord.record.export.cells import legible
from onrecord.record.export.statements import article_of, words_of
from onrecord.record.watches import Watch
from onrecord.web.pages import address

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
_ATOM: Final = "http://www.w3.org/2005/Atom"
# Ids of feeds and entries are made from those of the record under this one, so that a reader knows them again.
_OURS: Final = UUID("5f3f0f0e-7f3c-5b0a-9b58-5d2e6f1c0a11")
_TITLE_CHARS: Final = 160
# XML 1.0 has no place for these.
_NO_CHARACTERS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# RFC 3339, as a report tells when it was published.
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)\Z")


class Entry(NamedTuple):
    """An entry of a feed.

    Attributes:
        id: of the row, in the record.
        report: the id of its report.
        where: the address of its mark in the report.
        kind: of the statement, type of the event; None of a report.
        published: when the report was published.
    """

    id: str
    report: str
    where: str
    title: str
    summary: str
    author: str
    kind: str | None
    published: str | None


def entries_of(rows: Rows[Any]) -> list[Entry]:
    """The entries of some rows."""
    return [_ENTRY[type(row)](row) for row in rows]


def write_feed(
    watch: Watch, entries: Sequence[Entry], recorded: dict[str, str], *, base: str, itself: str
) -> tuple[bytes, datetime]:
    """A feed, and when it changed last.

    Args:
        recorded: when the reports of the entries were recorded, by their ids.
        base: address of the room.
        itself: address of the feed.
    """
    moments = [_moment(recorded.get(entry.report), entry, watch) for entry in entries]
    updated = max(moments, default=_read(watch.made))
    feed = etree.Element(etree.QName(_ATOM, "feed"), nsmap={None: _ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _add(feed, "id", _urn(f"watch:{watch.id}"))
    _add(feed, "title", watch.name, type="text")
    _add(feed, "updated", _rfc3339(updated))
    _add(feed, "generator", "onrecord")
    _add(feed, "link", rel="self", type="application/atom+xml", href=itself)
    _add(feed, "link", rel="alternate", type="text/html", href=urljoin(base, f"/watch/{watch.id}"))
    _add(_add(feed, "author"), "name", "onrecord")
    for entry, moment in zip(entries, moments, strict=True):
        there = _add(feed, "entry")
        _add(there, "id", _urn(entry.id))
        _add(there, "title", entry.title, type="text")
        _add(there, "updated", _rfc3339(moment))
        if entry.published and _MOMENT.match(entry.published):
            _add(there, "published", entry.published)
        _add(_add(there, "author"), "name", entry.author)
        _add(there, "link", rel="alternate", type="text/html", href=urljoin(base, entry.where))
        if entry.kind:
            _add(there, "category", term=entry.kind)
        _add(there, "summary", entry.summary, type="text")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8"), updated


def etag_of(body: bytes) -> str:
    """What tells a feed from what it was before (RFC 9110, 8.8.3)."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def is_known(headers: Headers, etag: str, changed: datetime) -> bool:
    """Has whoever asks the feed as it is (RFC 9110, 13.1.2 and 13.1.3)?"""
    tags = headers.get("if-none-match")
    if tags is not None:
        return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in tags.split(","))
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except ValueError:
        return False
    return changed.replace(microsecond=0) <= (known if known.tzinfo else known.replace(tzinfo=UTC))


def http_date(moment: datetime) -> str:
    """A moment as headers tell it."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _said(said: Said) -> Entry:
    speaker = said.actor or said.by or "No source named"
    words = one_line(words_of(said))
    told = f"{speaker} ({said.kind}{', not made' if said.negated else ''}): {words}"
    report = article_of(said)
    return Entry(
        id=said.id,
        report=report,
        where=_at(report, said.id),
        title=told,
        summary=f"{told} — {_printed(said)}",
        author=speaker,
        kind=said.kind,
        published=said.published,
    )


def _event(event: Event) -> Entry:
    actors, recipients = (
        ", ".join(p.name for p in parties) or "nobody named" for parties in (event.actors, event.recipients)
    )
    told = event.first
    word = told.reported_by
    on = (
        f"on the word of {word.actor or word.by or 'a source without a name'}"
        if word
        else "on the reporter’s word"
    )
    what = ".".join([event.type, *event.modes])
    return Entry(
        id=event.id,
        report=told.article,
        where=_at(told.article, told.id),
        title=f"{what}, {event.status}: {actors} {'↔' if event.mutual else '→'} {recipients}",
        summary=f"{one_line(told.sentence.text)} — {on}; {_printed(event)}",
        author=event.outlet or "onrecord",
        kind=event.type,
        published=event.published,
    )


def _hit(hit: Hit) -> Entry:
    passages = " … ".join(one_line(p.text) for p in hit.passages)
    return Entry(
        id=hit.id,
        report=hit.id,
        where=address("/report", id=hit.id),
        title=hit.headline or hit.id,
        summary=f"{passages} — {_printed(hit)}" if passages else _printed(hit),
        author=hit.outlet or "onrecord",
        kind=None,
        published=hit.published,
    )


_ENTRY: Final[dict[type, Callable[[Any], Entry]]] = {Said: _said, Event: _event, Hit: _hit}


def _printed(row: Said | Event | Hit) -> str:
    """Where it is printed, in words."""
    told = [row.headline or "", row.outlet or "", (row.published or "")[:10]]
    return ", ".join(one_line(w) for w in told if w) or "a report without headline"


def _at(report: str, id: str) -> str:
    return f"{address('/report', id=report)}#{id.rpartition('#')[2]}"


def _moment(recorded: str | None, entry: Entry, watch: Watch) -> datetime:
    """When an entry came: when its report was recorded; where that is not known, when it was published or the question kept."""
    if recorded:
        return _read(recorded)
    day = (entry.published or "")[:10]
    return _read(f"{day}T00:00:00Z") if day else _read(watch.made)


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _urn(id: str) -> str:
    return uuid5(_OURS, _NO_CHARACTERS.sub("\ufffd", id)).urn


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """An element below another; what is no text in XML is left visible."""
    made = etree.SubElement(parent, etree.QName(_ATOM, name), {n: _plain(v) for n, v in attributes.items()})
    if text is not None:
        words = _plain(text)
        made.text = (
            words if name != "title" or len(words) <= _TITLE_CHARS else f"{words[: _TITLE_CHARS - 2]} …"
        )
    return made


def _plain(words: str) -> str:
    return _NO_CHARACTERS.sub("\ufffd", make_printable(legible(words)))
