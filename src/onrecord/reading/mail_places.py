"""Where the parts of a parsed mail stand in the bytes of its file: the library that parses them does not say.

The file is gone through as the parser does, from one boundary to the next. What is found is checked by whoever
uses it, against what the parser gave (`transfer.tell_transfer`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from onrecord.article import Piece
from onrecord.reading.encoding import is_wide
from onrecord.reading.transfer import HEADER, tell_transfer

# Articles carry the file that they were read from. The texts of a mail have some hundred thousand bytes; what
# is larger has pictures in it, and would fill the memory of all who hand the articles on.
MAX_MAPPED_BYTES = 5_000_000
_BLANK_LINE = re.compile(rb"(?:\r\n|\r(?!\n)|\n)(?:\r\n|\r|\n)")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_DELIMITER_END = re.compile(rb"(?:--)?[ \t]*(?:\r\n|\r|\n|\Z)")
_SUBJECT = re.compile(rb"^subject[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: its headers at [head, body), what it holds at [body, end), bytes of the file."""

    head: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class MailFile:
    """The file of a message, with the places of its parts by their `id()`."""

    data: bytes
    places: dict[int, Place]

    def piece_of(self, part: EmailMessage, meant: bytes, codec: str) -> Piece | None:
        """The piece that a part is; None where no way leads back to it.

        Args:
            meant: what the part holds, unpacked.
            codec: of `meant`.
        """
        place = self.places.get(id(part))
        if place is None:
            return None
        transfer = tell_transfer(self.data[place.body : place.end], meant)
        return Piece(place.body, place.end, transfer, codec, False) if transfer else None

    def subject_of(self, message: EmailMessage) -> Piece | None:
        """The subject in a message's headers; None where it has none."""
        place = self.places.get(id(message))
        found = _SUBJECT.search(self.data, place.head, place.body) if place else None
        if not found or not found[1].strip():
            return None
        try:
            found[1].decode("utf-8")
        except UnicodeDecodeError:
            return Piece(*found.span(1), HEADER, "cp1252", False)
        return Piece(*found.span(1), HEADER, "utf-8", False)


def find_places(message: EmailMessage, data: bytes) -> MailFile | None:
    """The places of all parts that surely stand where they should; None for what no way leads back to.

    Args:
        message: parsed from the bytes.
        data: the file.
    """
    if len(data) > MAX_MAPPED_BYTES or is_wide(data):
        return None
    start = len(data) - len(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    places: dict[int, Place] = {}
    waiting: list[tuple[Any, int, int]] = [(message, start, len(data))]
    while waiting:
        part, head, end = waiting.pop()
        place = places[id(part)] = Place(head, _body(data, head, end), end)
        if part.is_multipart():
            waiting.extend(_parts_within(part, place, data))
    return MailFile(data, places)


def _body(data: bytes, head: int, end: int) -> int:
    """Where what a part holds begins, behind a blank line."""
    found = _LINE_END.match(data, head, end) or _BLANK_LINE.search(data, head, end)
    return found.end() if found else end


def _parts_within(part: Any, place: Place, data: bytes) -> list[tuple[Any, int, int]]:
    """The parts of one that has parts, each with its first byte and its end."""
    inside: list[Any] = part.get_payload()
    try:
        boundary = part.get_boundary()
    except (LookupError, ValueError, TypeError, AttributeError):
        return []
    if part.get_content_maintype() == "message" or not boundary:
        return [(inside[0], place.body, place.end)] if len(inside) == 1 else []
    mark = b"--" + boundary.encode("ascii", "surrogateescape" if boundary.isascii() else "replace")
    found: list[tuple[Any, int, int]] = []
    delimiter = _next_delimiter(data, mark, place.body, place.end)
    for one in inside:
        if delimiter is None:
            break
        following = _next_delimiter(data, mark, delimiter[1], place.end)
        found.append((one, delimiter[1], following[0] if following else place.end))
        delimiter = following
    return found


def _next_delimiter(data: bytes, mark: bytes, at: int, end: int) -> tuple[int, int] | None:
    """The next line that divides parts: where the line before it ends, and where the next one begins."""
    while (at := data.find(mark, at, end)) >= 0:
        rest = _DELIMITER_END.match(data, at + len(mark), end)
        if rest and (at == 0 or data[at - 1] in b"\r\n"):
            before = at - 1 - (data[at - 2 : at] == b"\r\n")
            return max(before, 0), rest.end()
        at += len(mark)
    return None
