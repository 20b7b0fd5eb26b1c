"""The plain text of a mail: lines that programs have broken, replies, signatures, messages handed on within it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A signature has four lines (RFC 3676 netiquette); of newsletters and lists, some more.
_MAX_SIGNATURE_LINES = 15
_WROTE = re.compile(
    r"(?:On|Am|Le|El|Op|Il)\b.{4,300}\b(?:wrote|schrieb[^:]{0,80}|a écrit|escribió|schreef|ha scritto)\s?:",
    re.IGNORECASE,
)
# What programs write above a message that is handed on within the text.
_FORWARDED = re.compile(
    r"[>\s]{0,9}(?:-{2,}\s{0,3}(?:Forwarded message|Original Message|Original Appointment)\s{0,3}-{2,}|Begin forwarded message:|_{10,})\s{0,9}",
    re.IGNORECASE,
)
_FORWARDED_FIELD = re.compile(
    r"[>\s*]{0,9}(From|Sent|Date|To|Cc|Subject|Reply-To)\s?:[\s*]{0,9}(.{0,500})", re.IGNORECASE
)
# Rows that a message's head may have when it is printed into another one.
_MAX_HEAD_ROWS = 20


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message that is handed on within the text of another one.

    Attributes:
        begin: the row above its head.
        body: its first row behind the head.
        fields: its head, names in small letters.
    """

    begin: int
    body: int
    fields: Mapping[str, str]


def unwrap_flowed(text: str, *, joins_words: bool) -> str:
    r"""Plain text sent as `format=flowed` with its lines made whole (RFC 3676).

    Args:
        joins_words: the space at a line's end is not the text's (`delsp=yes`).

    >>> unwrap_flowed("The mayor shut \nthe harbour.\n-- \nAna", joins_words=False)
    'The mayor shut the harbour.\n-- \nAna'
    """
    lines: list[list[str]] = []
    open_depth: int | None = None  # of the line that goes on
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        content = bare[:-1] if flows and joins_words else bare
        if open_depth == depth and bare != "-- ":
            lines[-1].append(content)
        else:
            lines.append([">" * depth + " " if depth else "", content])
        open_depth = depth if flows else None
    return "\n".join("".join(parts) for parts in lines)


def cut_mail_tail(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A message without the reply that it quotes at its end and without its signature.

    Only what mail programs mark is cut: lines with `>` below *... wrote:*, and what follows `-- `.

    Returns:
        The text, and each piece cut with the reason, in the order of the text.
    """
    rows = text.rstrip().split("\n")
    cut: list[tuple[str, str]] = []
    at = len(rows)
    while at and (rows[at - 1].startswith(">") or not rows[at - 1].strip()):
        at -= 1
    if at < len(rows) and any(row.startswith(">") for row in rows[at:]):
        # Programs break the line that says who wrote.
        for lines in (1, 2):
            begin = at - lines
            if begin > 0 and _WROTE.fullmatch(" ".join(rows[begin:at]).strip()):
                cut.append(("\n".join(rows[begin:]).strip(), "quoted reply"))
                rows = rows[:begin]
                break
    marks = [n for n, row in enumerate(rows) if row.rstrip("\r") == "-- "]
    if marks and any(row.strip() for row in rows[: marks[-1]]):
        tail = [row for row in rows[marks[-1] + 1 :] if row.strip()]
        if len(tail) <= _MAX_SIGNATURE_LINES:
            cut.insert(0, ("\n".join(rows[marks[-1] :]).strip(), "signature"))
            rows = rows[: marks[-1]]
    return "\n".join(rows), cut


def find_forwarded(rows: Sequence[str], *, is_handed_on: bool) -> Forwarded | None:
    """The first message that is handed on within the rows of another one.

    Args:
        is_handed_on: the subject says so (*FW:*): then a head alone is enough, and what is called *Original
            Message* is no quotation below an answer.
    """
    at = 0
    while at < len(rows):
        marked = _FORWARDED.fullmatch(rows[at][:200]) is not None
        is_quotation = not is_handed_on and "original" in rows[at].lower()
        if (marked and not is_quotation) or (is_handed_on and _FORWARDED_FIELD.match(rows[at])):
            fields, body = _printed_head(rows, at + marked)
            if "from" in fields and len(fields) >= 3 and fields.keys() & {"date", "sent", "subject"}:
                return Forwarded(at, body, fields)
            at = max(body, at + 1)
        else:
            at += 1
    return None


def _printed_head(rows: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """The fields from a row on, blank rows between them passed over, and the first row that is none."""
    fields: dict[str, str] = {}
    body = at
    for n in range(at, min(at + _MAX_HEAD_ROWS, len(rows))):
        found = _FORWARDED_FIELD.match(rows[n])
        if found:
            fields.setdefault(found[1].lower(), found[2].strip("* \t\r"))
            body = n + 1
        elif rows[n].strip():
            break
    return fields, body
