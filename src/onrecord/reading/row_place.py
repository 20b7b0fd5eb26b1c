"""Where in its file a row stands, and the cells of it that a report was read from.

The bytes of these cells are kept with the article, so that `source_map.py` leads from its words to the bytes of the
file, through the escapes of JSON and CSV. They are looked up for rows that become articles alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from onrecord.article import Article, Original, Piece, Row


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row has in one column: bytes [start, end) of the row, without quotation marks, how they are
    written (a name of `transfer.py`), and their codec."""

    start: int
    end: int
    transfer: str
    codec: str


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands.

    Attributes:
        file: its name, as in origins.
        number: as `Row.number`.
        line: in which the row begins, from 1.
        start: the byte of the file at which it begins.
        data: its bytes; None where they are not known.
        find_cells: the cells by their columns, as far as they hold strings and a way leads back to them.
    """

    file: str
    number: int
    line: int | None = None
    start: int = 0
    data: bytes | None = None
    find_cells: Callable[[], Mapping[str, Cell]] | None = None


def lead_back(article: Article, place: RowPlace, text: str, title: str | None, *, is_markup: bool) -> Article:
    """The article with the row that it was read from, and the bytes of its cells.

    Args:
        text: the column that holds the text.
        title: the column of the headline that was put above the text; None if none was.
        is_markup: the text is a page.
    """
    row = Row(place.file, place.number, place.line, text)
    found = place.find_cells() if place.find_cells else {}
    body = found.get(text)
    if place.data is None or body is None:
        return replace(article, row=row)
    head = found.get(title) if title is not None and title != text else None
    cells = sorted([(body, is_markup), *([(head, False)] if head else [])], key=lambda c: c[0].start)
    start, end = cells[0][0].start, cells[-1][0].end
    pieces = tuple(Piece(c.start - start, c.end - start, c.transfer, c.codec, page) for c, page in cells)
    return replace(
        article,
        row=replace(row, cell=(place.start + body.start, place.start + body.end)),
        original=Original(place.data[start:end], body.codec, is_markup, pieces, place.start + start),
    )
