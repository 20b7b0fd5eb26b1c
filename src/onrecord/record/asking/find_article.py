"""Find a report by what somebody calls it: its id, the path it was read from, or a file with its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from onrecord.article import Article
from onrecord.errors import UsageError
from onrecord.reading.files import read_paths
from onrecord.reading.options import ReadOptions
from onrecord.record.dialects import begins_with
from onrecord.record.fitting import path_as_text
from onrecord.record.schema import articles

# As many reports are named when a name is not enough.
_MOST_NAMED = 6


def find_article(connection: Connection, name: str) -> Row[Any] | None:
    """A report by its id, its path as it was read, the beginning of its id, its text in a file, or the end of its path.

    The first of these that fits anything counts. Of several reports that were read from one path, the one whose text
    the file has now is meant.

    Raises:
        UsageError: if several fit; names them.
    """
    if not name:
        return None
    table = articles.c
    kept = path_as_text(name)
    if by_id := _look(connection, table.id == kept):
        return by_id[0]
    found = _look(connection, table.origin == kept) or _look(connection, begins_with(table.id, kept))
    if len(found) != 1:
        there = [row for text in _texts_in(name) for row in _look(connection, table.text == text)]
        found = (
            [row for row in there if not found or row.origin == kept] or found or _ending(connection, kept)
        )
    found = list({row.id: row for row in found}.values())
    if len(found) > 1:
        raise UsageError(f"{name}: {len(found)} reports fit. Give the id of one: {_listed(found)}.")
    return found[0] if found else None


def _look(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(select(articles).where(condition).order_by(articles.c.id)).all()


def _texts_in(name: str) -> Iterator[str]:
    """The text of a file that holds one report, as it is read and as it is."""
    if not Path(name).is_file():
        return
    for options in (ReadOptions(), ReadOptions(as_is=True)):
        match list(islice(read_paths([name], options), 2)):
            case [Article(text=text)]:
                yield text


def _ending(connection: Connection, name: str) -> Sequence[Row[Any]]:
    """Reports whose path ends with a path, or is the end of it once that is written in full."""
    path = Path(name)
    if not path.name or path.name == "..":
        return []
    full = f"/{path.resolve().as_posix().lstrip('/')}"
    rows = _look(connection, articles.c.origin.endswith(path.name, autoescape=True))
    ending = f"/{path.as_posix()}"
    return [
        row
        for row in rows
        if row.origin.endswith(ending) or full.endswith(f"/{Path(row.origin).as_posix().lstrip('/')}")
    ]


def _listed(found: Sequence[Row[Any]]) -> str:
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return ", ".join(f"{row.id} ({row.origin})" for row in found[:_MOST_NAMED]) + more
