"""JSON -> articles: an object a line, one array of objects, or one object printed over several lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO

import msgspec

from onrecord.errors import UnreadableReportError
from onrecord.reading.columns import MAX_ROW_BYTES, find_columns, look_at_dates, row_to_article
from onrecord.reading.json_array import split_values
from onrecord.reading.options import Read, ReadOptions
from onrecord.reading.row_place import Cell, RowPlace
from onrecord.reading.transfer import JSON

# What is looked at to tell lines from an array. A pretty printer's second line comes within it unless
# the first string is a whole report.
_HEAD_BYTES = 1 << 16
# Values other than strings (lists of authors, an outlet's object) are read up to this size: built in memory,
# they take twenty times the space that they have in the file.
_MAX_NESTED_BYTES = 20_000
# More fields than any row of data has. Each takes space even if nothing is read from it.
_MAX_FIELDS = 1_000_000
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\]|\Z)")
_PRETTY = re.compile(rb"\s*\{[^\n]*\n\s*[\"}]")
# What stands before each value of an object: a brace or a comma, and the key.
_KEY = re.compile(rb'[ \t\r\n]*[{,][ \t\r\n]*"((?:[^"\\]|\\.)*+)"[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw])


def read_jsonl(stream: IO[bytes], origin: str, options: ReadOptions) -> Iterator[Read]:
    """Read JSON lines, a JSON array or a single object; a bad one is given as an error, and reading goes on.

    The keys are those of `columns.KNOWN_COLUMNS` or of the user's map; others are ignored.
    """
    head = stream.read(_HEAD_BYTES)
    if head.startswith(_WIDE_MARKS):
        yield UnreadableReportError(
            f"{origin}: this is UTF-16 or UTF-32, and JSON is UTF-8. Convert it (for example: iconv -f UTF-16 -t UTF-8) and read it again."
        )
        return
    mark = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    split = _values if _is_array(head[mark:]) else _lines
    stream.seek(mark)
    dates = look_at_dates(_dated(split(stream, origin), options.columns), options.columns)
    stream.seek(mark)
    for number, value in enumerate(split(stream, origin), 1):
        try:
            row = _decode(value.data, value.origin, options.columns)
            place = RowPlace(
                origin,
                number,
                value.line,
                mark + value.start,
                value.data,
                partial(_find_cells, value.data or b""),
            )
            yield row_to_article(row, options.columns, value.origin, options, dates, place)
        except UnreadableReportError as error:
            yield error
    dates.tell(origin)


@dataclass(frozen=True, slots=True)
class _Value:
    """What is to be an object: its bytes (None if there are too many), what it is called in errors, and where it begins."""

    data: bytes | None
    origin: str
    start: int
    line: int


def _dated(values: Iterable[_Value], columns: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The rows that can be read, with the columns that may hold their day of publication."""
    for value in values:
        try:
            yield _decode(value.data, value.origin, columns, only="published")
        except UnreadableReportError:
            continue


def _is_array(head: bytes) -> bool:
    """Is it one array, or objects printed over several lines, rather than a value a line?"""
    if _ARRAY.match(head):
        return True
    if not _PRETTY.match(head):
        return False
    first = head.lstrip().partition(b"\n")[0]
    try:
        _fields.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return True
    return False


def _values(stream: IO[bytes], origin: str) -> Iterator[_Value]:
    for number, value in enumerate(split_values(stream, MAX_ROW_BYTES), 1):
        yield _Value(value.data, f"{origin}, record {number}", value.start, value.line)


def _lines(stream: IO[bytes], origin: str) -> Iterator[_Value]:
    number = start = 0
    while line := stream.readline(MAX_ROW_BYTES):
        number += 1
        is_whole = len(line) < MAX_ROW_BYTES or line.endswith(b"\n")
        skipped = 0 if is_whole else _skip_line(stream)
        if line.strip():
            yield _Value(line if is_whole else None, f"{origin}, line {number}", start, number)
        start += len(line) + skipped


def _skip_line(stream: IO[bytes]) -> int:
    """Read to the end of a line; gives how many bytes that were."""
    skipped = 0
    while rest := stream.readline(_HEAD_BYTES):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _decode(
    value: bytes | None, place: str, columns: Mapping[str, str], only: str | None = None
) -> dict[str, object]:
    """The columns of a row, those that are wanted with their values: of all our fields, or of one `only`."""
    if value is None:
        raise UnreadableReportError(
            f"{place}: longer than {MAX_ROW_BYTES // 1_000_000} MB, which is more than one report. Split it."
        )
    try:
        if value.count(b":") > _MAX_FIELDS:
            raise msgspec.DecodeError(f"more than {_MAX_FIELDS:,} fields")
        fields = _fields.decode(value)
        found = find_columns(fields, columns)
        wanted = {name for ours in ([only] if only else found) for name in found[ours]}
        # Columns that are not wanted stay, for the message that names them.
        return {name: _plain(raw) if name in wanted else None for name, raw in fields.items()}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableReportError(
            f'{place}: not a report as JSON ({error}). Each one is an object with a "text".'
        ) from error


def _plain(raw: msgspec.Raw) -> object:
    """A value as Python has it; of a large list or object only which of the two it is."""
    data = bytes(raw).strip()
    if data.startswith(b'"') or len(data) <= _MAX_NESTED_BYTES:
        return msgspec.json.decode(data)
    return {} if data.startswith(b"{") else []


def _find_cells(value: bytes) -> dict[str, Cell]:
    """Where in an object its strings stand, by their keys; nothing where a key that stands twice hides it."""
    fields = _fields.decode(value)
    found: dict[str, Cell] = {}
    at = 0
    while key := _KEY.match(value, at):
        name = msgspec.json.decode(b'"' + key[1] + b'"')
        raw = bytes(fields.get(name, b"")).strip()
        at = key.end() + len(raw)
        if not raw or not value.startswith(raw, key.end()):
            return {}
        if raw.startswith(b'"'):
            found[name] = Cell(key.end() + 1, at - 1, JSON, "utf-8")
    return found
