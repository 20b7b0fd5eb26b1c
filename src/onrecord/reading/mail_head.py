"""Does a file begin as a mail, or as a mailbox of mails, does? Reports begin with *From* and *Subject:* too."""

from __future__ import annotations

import re

from onrecord.reading.moments import read_moment

# Headers of mails that went through many servers have some hundred lines.
_MAX_LINES = 1_000
_FIELD = re.compile(r"([!-9;-~]{1,70})[ \t]{0,3}:(.{0,500})", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\r|\n")
# Fields that programs write. A person who puts a head on a report writes the others only.
_BY_PROGRAMS = frozenset(
    """received return-path delivered-to message-id mime-version dkim-signature list-unsubscribe list-id x-mailer
    content-transfer-encoding authentication-results arc-seal x-received x-spam-status feedback-id""".split()
)
_BY_PEOPLE = frozenset(
    "from sender to cc bcc reply-to date sent subject importance priority attachments organization".split()
)
# What begins a message in a mailbox: a sender and a time as C's `asctime` writes it (RFC 4155).
_SEPARATOR = re.compile(
    rb"From [^\r\n]{1,300} (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]?\d \d\d?:\d\d(?::\d\d)? [^\r\n]{0,60}\r?\n?\Z"
)
# What others write, an address or another time. Sentences begin with *From* too and have a time in them, so
# that a field has to follow.
_LOOSE_SEPARATOR = re.compile(
    rb"From (?:[^\r\n]{0,300}?\b\d\d?:\d\d(?::\d\d)?\b[^\r\n]{0,60}|\S{1,300}@\S{1,300}\s*)\r?\n?\Z"
)
_FIRST_FIELD = re.compile(rb"[!-9;-~]{1,70}[ \t]{0,3}:|>From ")


def is_mail(head: str) -> bool:
    r"""Is it the head of a mail: fields alone, and those that only mails have together?

    >>> is_mail("From: Ana <ana@elm.example>\nSubject: Harbour shut\n\nThe mayor spoke.")
    True
    >>> is_mail("Subject: Harbour shut\n\nFrom the pier she spoke.")
    False
    """
    fields, is_whole = _fields(head)
    if by_programs := _BY_PROGRAMS & fields.keys():
        # One of them alone can be the first word of a report (*Received: three boats*).
        return len(by_programs) > 1 or bool(fields.keys() & {"from", "to", "subject", "date", "content-type"})
    if not is_whole or "from" not in fields or not _are_usual(fields):
        return False
    sent = fields.get("date") or fields.get("sent") or ""
    is_dated = read_moment(sent, how="") is not None
    if "@" in fields["from"]:
        return is_dated or "subject" in fields
    return is_dated and "subject" in fields


def is_mailbox(head: bytes) -> bool:
    """Does a file begin with a line that begins a message, and that message with a field?"""
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").partition(b"\n")
    return begins_message(first + b"\n", rest[:1_000].partition(b"\n")[0] + b"\n")


def begins_message(line: bytes, following: bytes) -> bool:
    """Do two lines of a mailbox, with their ends, separate a message from the one before?

    Args:
        following: empty at the end of the file.
    """
    if _SEPARATOR.match(line):
        return True
    return _LOOSE_SEPARATOR.match(line) is not None and _FIRST_FIELD.match(following) is not None


def _are_usual(fields: dict[str, str]) -> bool:
    return all(name in _BY_PEOPLE or name.startswith(("x-", "content-", "list-")) for name in fields)


def _fields(head: str) -> tuple[dict[str, str], bool]:
    """The fields at the beginning, the first of each name, in small letters; and whether a blank line, or the
    end, comes behind nothing but fields."""
    fields: dict[str, str] = {}
    # By `split`, since `splitlines` breaks at characters that stand within headers.
    for line in _LINE_END.split(head.lstrip("\ufeff\r\n"), _MAX_LINES)[:_MAX_LINES]:
        if not line.strip():
            return fields, True
        if line[0] in " \t" and fields:
            continue
        found = _FIELD.match(line)
        if not found:
            return fields, False
        fields.setdefault(found[1].lower(), found[2].strip())
    return fields, True
