"""Markdown -> plain lines: marks of links, emphasis and quotations go, front matter becomes lines of the report.

Only of a text that is plainly Markdown: an asterisk or a bracket alone stands in many a report.
"""

from __future__ import annotations

import re

from onrecord.reading.frame import find_byline
from onrecord.reading.time_lines import read_time_line

_MAX_HEAD_CHARS = 4_000
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n((?:[A-Za-z][\w-]{0,30}:.*\n|[ \t-].*\n)+)---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^([A-Za-z][\w-]{0,30}):[ \t]*(\S.*)$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,500})\]\((?:https?://|/|#|mailto:)[^()\s]{0,500}(?:\s\"[^\"\n]{0,200}\")?\)"
)
_STRONG = re.compile(
    r"(?<![\w*])\*\*(?=\S)([^*\n]{1,1000})(?<=\S)\*\*(?!\w)|(?<!\w)__(?=\S)([^_\n]{1,1000})(?<=\S)__(?!\w)"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000})(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_\n]{1,1000})(?<=[^\s_])_(?!\w)"
)
_QUOTED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,5}", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S\n)(?:={3,200}|-{3,200})[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
# What speaks for Markdown; one kind alone may stand in a plain text too.
_SIGNS = (_IMAGE, _LINK, _STRONG, _QUOTED, _UNDERLINE, _HEADING)


def is_markdown(text: str) -> bool:
    """Is a text plainly Markdown: with front matter, or with marks of two kinds?"""
    return bool(_FRONT.match(text[:_MAX_HEAD_CHARS])) or sum(bool(s.search(text)) for s in _SIGNS) >= 2


def to_plain(text: str) -> str:
    r"""The lines of a Markdown text as plain text has them; of an image its caption.

    >>> to_plain("# Harbour **shut**\n\n> [We](https://elm.example) wait.")
    '# Harbour shut\n\nWe wait.'
    """
    front = _FRONT.match(text[:_MAX_HEAD_CHARS])
    body = text[front.end() :] if front else text
    body = _QUOTED.sub("", _UNDERLINE.sub("", body))
    body = _IMAGE.sub(lambda m: f"\n\nImage caption: {m[1].strip()}\n\n" if m[1].strip() else "\n\n", body)
    body = _LINK.sub(r"\1", body)
    for mark in (_STRONG, _EMPHASIS):
        body = mark.sub(lambda m: m[1] or m[2], body)
    return "\n\n".join([*_lines_of(front[1], body), body]) if front else body


def _lines_of(front: str, body: str) -> list[str]:
    """The fields of front matter that say something of the report, each as the line that would say it."""
    fields = {m[1].lower(): m[2].strip().strip("\"'[]") for m in _FIELD.finditer(front)}
    lines: list[str] = []
    # Where the body begins with a heading, that is the headline.
    if (title := fields.get("title")) and not body.lstrip().startswith("# "):
        lines.append(title)
    author = fields.get("author") or fields.get("authors") or fields.get("byline")
    before: list[str] = []
    if author and find_byline(f"By {author}"):
        before.append(f"By {author}")
    for name, label in (
        ("date", "Published"),
        ("published", "Published"),
        ("updated", "Updated"),
        ("lastmod", "Updated"),
    ):
        if name in fields and read_time_line(f"{label}: {fields[name]}"):
            before.append(f"{label}: {fields[name]}")
    return [*lines, *before]
