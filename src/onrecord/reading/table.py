"""Tables of delimited text -> articles, a row each: CSV with any usual delimiter."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO

from onrecord.errors import UnreadableReportError
from onrecord.reading.columns import (
    KNOWN_COLUMNS,
    MAX_ROW_BYTES,
    check_columns,
    find_columns,
    look_at_dates,
    row_to_article,
)
from onrecord.reading.given_dates import GivenDates
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.row_place import Cell, RowPlace
from onrecord.reading.source_map import decode_places
from onrecord.reading.text_stream import Characters, open_characters, tell_encoding
from onrecord.reading.transfer import CSV, PLAIN

_DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_NAMES = {"\t": "tab"}
# Excel's way of saying which delimiter follows.
_SAYS_DELIMITER = re.compile(r"\ufeff?sep=([,;\t|])\s*", re.IGNORECASE)
_MAX_HEADER_CHARS = 100_000
# A header's cells are names. A headline has a delimiter in it, too (*Body, found in lake, identified*).
_MAX_NAME_WORDS = 4
_MAX_NAME_CHARS = 40
_ROWS_COMPARED = 5


def looks_like_table(head: str, columns: Mapping[str, str] | None = None) -> bool:
    r"""Does a file that begins so hold a table in delimited text, with a column that we can read as text?

    Args:
        head: the first characters, at least a line.
        columns: the user's map, our field -> column.

    >>> looks_like_table("id;Body;date\n1;It rained.;2021-05-02\n")
    True
    >>> looks_like_table("Body, found in lake, is identified\n\nIt was ...")
    False
    """
    lines = head.removeprefix("\ufeff").lstrip().splitlines(keepends=True)
    said = _SAYS_DELIMITER.fullmatch(lines[0]) if lines else None
    if said:
        lines = lines[1:]
    # A header has a line end behind it, or it is a text of one line.
    if not lines or len(lines[0]) > _MAX_HEADER_CHARS or not lines[0].endswith(("\n", "\r")):
        return False
    delimiters = (said[1],) if said else _DELIMITERS
    if any(_is_header(_split(lines[0], delimiter), columns or {}) for delimiter in delimiters):
        return True
    # A table whose columns the user names, and names wrongly: the reader says so.
    return bool(columns) and any(_is_regular(lines, delimiter) for delimiter in delimiters)


def read_csv(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read a table of delimited text, in any encoding, whose first line names the columns.

    The delimiter (comma, semicolon, tab or bar) is told from that line. Fields in quotation marks may
    hold delimiters and line breaks; a quotation mark in them is doubled. A row that is not as long as
    the header is given as an error.
    """
    # The limit is the process's; it is never made narrower than somebody else set it.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_BYTES))
    try:
        codec = tell_encoding(stream, origin)
    except UnreadableReportError as error:
        yield error
        return
    try:
        with open_characters(stream, codec) as characters:
            dates = look_at_dates(_Table(characters, origin, options).whole_rows(), options.columns)
        with open_characters(stream, codec) as characters:
            yield from _read_rows(_Table(characters, origin, options), origin, options, dates)
    except UnreadableReportError as error:
        yield error
        return
    dates.tell(origin)


class _TooLongError(Exception):
    """A row is longer than any row of reports."""


class _Lines(Iterator[str]):
    """Lines of a table, counted; raises `_TooLongError` where a row goes on for too long."""

    def __init__(self, characters: Characters) -> None:
        self.characters = characters
        self.number = 0
        self.row_chars = 0
        # The row's first byte, and its lines as they were sent; None where that is not known.
        self.start: int | None = None
        self.sent: list[bytes | None] = []

    def begin_row(self) -> int:
        """The line in which the next row begins, from 1."""
        self.row_chars = 0
        self.start, self.sent = self.characters.at, []
        return self.number + 1

    def __next__(self) -> str:
        line = self.characters.readline(MAX_ROW_BYTES)
        if not line:
            raise StopIteration
        self.number += 1
        self.sent.append(self.characters.sent)
        if len(line) == MAX_ROW_BYTES and not line.endswith(("\n", "\r")):
            while (rest := self.characters.readline(1 << 16)) and not rest.endswith(("\n", "\r")):
                pass
            raise _TooLongError
        self.row_chars += len(line)
        if self.row_chars > MAX_ROW_BYTES:
            raise _TooLongError
        return line


def _first_line_with_words(lines: _Lines) -> str:
    """The next line that is not blank; empty at the end of the file."""
    lines.begin_row()
    for line in lines:
        if line.strip():
            return line
        lines.begin_row()
    return ""


def _is_header(cells: Sequence[str], columns: Mapping[str, str]) -> bool:
    names = [cell.strip() for cell in cells]
    if len(names) < 2 or not find_columns(names, columns)["text"]:
        return False
    known = {name for usual in KNOWN_COLUMNS.values() for name in usual} | {
        c.lower() for c in columns.values()
    }
    if all(name.lower() in known for name in names):
        return True
    return _are_names(cells)


def _is_regular(lines: Sequence[str], delimiter: str) -> bool:
    """Do names of columns stand in the first line, and rows of as many cells below it?"""
    header = _split(lines[0], delimiter)
    if len(header) < 2 or not _are_names(header):
        return False
    rows = csv.reader(lines[1:], delimiter=delimiter, strict=True)
    lengths = []
    try:
        for cells in rows:
            if cells:
                lengths.append(len(cells))
            if len(lengths) == _ROWS_COMPARED:
                break
    except csv.Error:
        # The head of a file ends where it ends, within a row too.
        pass
    return bool(lengths) and set(lengths[:-1] or lengths) == {len(header)}


def _are_names(cells: Sequence[str]) -> bool:
    """Are these cells names of columns, not parts of a sentence?"""
    # An unnamed first column is the index that pandas writes.
    return all(cell.strip() or not n for n, cell in enumerate(cells)) and all(
        len(cell) <= _MAX_NAME_CHARS and len(cell.split()) <= _MAX_NAME_WORDS and not cell[:1].isspace()
        for cell in cells
    )


def _tell_delimiter(line: str, columns: Mapping[str, str]) -> str:
    """The delimiter by which the header has a column of text and the most columns."""

    def rank(delimiter: str) -> tuple[bool, int]:
        cells = _split(line, delimiter)
        return bool(find_columns((c.strip() for c in cells), columns)["text"]), len(cells)

    return max(_DELIMITERS, key=rank)


@dataclass(frozen=True, slots=True)
class _Field:
    """A cell as it is written in a row: characters, without the quotation marks around it."""

    start: int
    end: int
    is_quoted: bool

    def meant(self, row: str) -> str:
        """The cell without its escapes."""
        written = row[self.start : self.end]
        return written.replace('""', '"') if self.is_quoted else written


def _fields(row: str, delimiter: str, *, is_spaced: bool) -> Iterator[_Field]:
    """The cells of a row that `csv` has read without a complaint."""
    field = _field_pattern(delimiter, is_spaced)
    at = 0
    while found := field.match(row, at):
        is_quoted = found["quoted"] is not None
        yield _Field(*found.span("quoted" if is_quoted else "bare"), is_quoted)
        at = found.end()
        if not found["goes_on"]:
            return


@cache
def _field_pattern(delimiter: str, is_spaced: bool) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    blanks = " *+" if is_spaced else ""
    return re.compile(
        rf'{blanks}(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<bare>[^{mark}\r\n]*+))(?P<goes_on>{mark})?'
    )


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line[:_MAX_HEADER_CHARS].removeprefix("\ufeff")], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Table:
    """A table whose header has been read.

    Raises:
        UnreadableReportError: if the first line is no header with the columns that are needed.
    """

    def __init__(self, characters: Characters, origin: str, options: ReadOptions) -> None:
        self._lines = _Lines(characters)
        try:
            first = _first_line_with_words(self._lines)
            said = _SAYS_DELIMITER.fullmatch(first)
            if said:
                first = _first_line_with_words(self._lines)
        except _TooLongError:
            raise UnreadableReportError(
                f"{origin}: the first line is no header. Name the columns in it."
            ) from None
        self.delimiter = said[1] if said else _tell_delimiter(first, options.columns)
        self.header = [name.strip() for name in _split(first, self.delimiter)]
        check_columns(self.header, options.columns, origin)
        # Some programs write a blank behind each delimiter, and the quotation mark behind that.
        self._is_spaced = first.count(self.delimiter) == first.count(self.delimiter + " ")

    def rows(self) -> Iterator[tuple[int, list[str] | str]]:
        """Line and cells of each row; in place of the cells what is wrong with the row."""
        lines = self._lines
        rows = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self._is_spaced, strict=True)
        while True:
            at = lines.begin_row()
            try:
                yield at, next(rows)
            except StopIteration:
                return
            except _TooLongError:
                yield (
                    at,
                    f"more than {MAX_ROW_BYTES // 1_000_000} million characters, to line {lines.number}",
                )
            except csv.Error as error:
                until = f" to line {lines.number}" if lines.number > at else ""
                yield at, f"no row{until} ({error})"

    def place(self, origin: str, number: int, line: int, cells: Sequence[str]) -> RowPlace:
        """Where the row that was read last stands, and its bytes."""
        lines, codec = self._lines, self._lines.characters.codec
        parts = [part for part in lines.sent if part is not None]
        if lines.start is None or len(parts) < len(lines.sent):
            return RowPlace(origin, number, line)
        sent = b"".join(parts)
        return RowPlace(origin, number, line, lines.start, sent, lambda: self._find_cells(sent, codec, cells))

    def _find_cells(self, sent: bytes, codec: str, cells: Sequence[str]) -> dict[str, Cell]:
        """Where in the bytes of a row its cells stand; nothing if they are not told apart as they were read."""
        written, byte_of = decode_places(sent, codec)
        fields = list(_fields(written, self.delimiter, is_spaced=self._is_spaced))
        if [field.meant(written) for field in fields] != cells:
            return {}
        found = [
            Cell(int(byte_of[f.start]), int(byte_of[f.end]), CSV if f.is_quoted else PLAIN, codec)
            for f in fields
        ]
        return dict(zip(reversed(self.header), reversed(found), strict=True))

    def whole_rows(self) -> Iterator[dict[str, str | None]]:
        """The rows that are as long as the header."""
        for _, cells in self.rows():
            if isinstance(cells, list) and len(cells) == len(self.header):
                yield self.named(cells)

    def named(self, cells: Sequence[str]) -> dict[str, str | None]:
        """Column -> cell. Of columns with the same name the first counts."""
        return {name: cell or None for name, cell in zip(reversed(self.header), reversed(cells), strict=True)}


def _read_rows(table: _Table, origin: str, options: ReadOptions, dates: GivenDates) -> Iterator[Read]:
    shown = _DELIMITER_NAMES.get(table.delimiter, table.delimiter)
    is_empty = True
    number = 0
    for at, cells in table.rows():
        number += isinstance(cells, str) or any(cells)
        place = f"{origin}, line {at}"
        if isinstance(cells, str):
            is_empty = False
            yield UnreadableReportError(
                f"{place}: {cells}. Close each quotation mark, and double those that stand inside of a field."
            )
        elif len(cells) not in (0, len(table.header)):
            is_empty = False
            yield UnreadableReportError(
                f"{place}: {len(cells)} fields where the header has {len(table.header)}. Put fields that hold a {shown} or a line break in quotation marks."
            )
        elif any(cells):
            is_empty = False
            try:
                row = table.place(origin, number, at, cells)
                yield row_to_article(table.named(cells), options.columns, place, options, dates, row)
            except UnreadableReportError as error:
                yield error
    if is_empty:
        yield UnreadableReportError(
            f"{origin}: the table has no rows below its header. Give one with reports."
        )
