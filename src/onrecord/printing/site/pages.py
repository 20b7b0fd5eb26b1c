"""What all pages have in common: the shell around them, links among them, the names of their files, words escaped."""

from __future__ import annotations

import hashlib
import re
from html import escape
from typing import Final

from onrecord.printing import lines
from onrecord.printing.printable import make_printable
from onrecord.record.export.cells import legible

STYLE_FILE: Final = "style.css"
STYLE: Final = """\
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --dim: #666; --rule: #ccc; --said: #fff1b8; --who: #cfe3ff;
  --cue: #d5f0d5; --act: #ffd9d6; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181a; --ink: #e6e6e6; --dim: #9a9a9a; --rule: #444; --said: #4f4417;
  --who: #1f3a5c; --cue: #1f4a23; --act: #5c2320; } }
body { margin: 2rem auto; max-width: 48rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Georgia, serif; overflow-wrap: anywhere; }
a { color: inherit; } nav, .dim { color: var(--dim); } h1 { line-height: 1.2; } li { margin: .3rem 0; }
.text { white-space: pre-wrap; } .text span { border-radius: .15rem; }
.said { background: var(--said); } .who { background: var(--who); } .cue { background: var(--cue); }
.act { text-decoration: underline; text-decoration-thickness: .2rem; text-decoration-color: var(--act); }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid var(--rule); } td.n { text-align: right; } :target + span, :target + a + span { outline: .15rem solid; }
@media print { body { margin: 0; max-width: none; } nav { display: none; } }
"""
# Nothing but our own style is loaded, even if a word of a report got by the escaping.
_POLICY: Final = (
    "default-src 'none'; style-src 'self' file: http: https:; base-uri 'none'; form-action 'none'"
)
_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}\Z")
_ODD: Final = re.compile(r"[^a-z0-9]+")
# Names that some systems give to devices, whatever the ending.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")


def words(told: object) -> str:
    """Words of a report as they may stand in a page, also within an attribute: escaped, nothing that turns the writing."""
    return escape(make_printable(legible(str(told))), quote=True)


def one_line(told: object) -> str:
    """The same with line ends and runs of blanks as single blanks."""
    return words(lines.one_line(str(told)))


def file_name(id: str, number: int = 1) -> str:
    """The file of a page: the same for the same id, another for another, on every system.

    Args:
        number: of the page where there are several.

    >>> file_name("r-76d7d0e810da43db"), file_name("r-76d7d0e810da43db", 2)
    ('r-76d7d0e810da43db.html', 'r-76d7d0e810da43db.2.html')
    """
    name = id
    if not _PLAIN.match(id) or _DEVICES.match(id):
        digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        name = f"{_ODD.sub('-', id.lower()).strip('-')[:40]}--{digest}"
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def page(title: str, body: str, *, up: str = "") -> bytes:
    """A whole page.

    Args:
        title: plain words.
        body: HTML.
        up: the way to the folder of the site, as in `../`.
    """
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{one_line(title)}</title>\n"
        f'<link rel="stylesheet" href="{up}{STYLE_FILE}"></head><body>\n'
        f'<nav><a href="{up}index.html">Reports</a> · <a href="{up}actors.html">Actors</a></nav>\n'
        f"{body}\n</body></html>\n"
    ).encode("utf-8", "replace")


def pager(name: str, number: int, *, more: bool) -> str:
    """Links to the pages before and behind one of several.

    Args:
        name: id from which the names of their files are made.
    """
    links = []
    if number > 1:
        links.append(f'<a href="{file_name(name, number - 1)}">before</a>')
    if more:
        links.append(f'<a href="{file_name(name, number + 1)}">more</a>')
    return f"<p>{' · '.join(links)}</p>" if links else ""


def count(number: int, noun: str) -> str:
    """*1 report*, *1,200 reports*."""
    return lines.count(number, noun, is_grouped=True)
