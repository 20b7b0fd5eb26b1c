"""Words of a report as cells that no spreadsheet takes for a formula, and that every reader of a table can read."""

from __future__ import annotations

from typing import Final

# What a formula, or the call of another program, begins with (OWASP, CSV Injection), also in full width.
_BEGIN_FORMULAS: Final = tuple("=+-@\t\r\n＝＋－＠")
# Signs that are no text: many a reader of tables ends the cell, or the file, at them. One for one, so that words keep
# their length.
_NO_TEXT: Final = {
    **{sign: 0xFFFD for sign in (*range(0x20), *range(0x7F, 0xA0)) if chr(sign) not in "\t\n\r"},
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}


def guard_cell(words: str) -> str:
    """The words, with an apostrophe before them if a spreadsheet would reckon with them instead of showing them.

    >>> guard_cell("=SUM(9)"), guard_cell("- Police fired"), guard_cell("Police fired")
    ("'=SUM(9)", "'- Police fired", 'Police fired')
    """
    return f"'{words}" if words.startswith(_BEGIN_FORMULAS) else words


def legible(words: str) -> str:
    r"""The words, as long as they were, without control characters but tabs and line ends, and without halves of characters.

    >>> legible("nul \0, half \ud800, tab\t")
    'nul �, half �, tab\t'
    """
    # As in `printing/printable.py`: what is printable is legible.
    return words if words.isprintable() else words.translate(_NO_TEXT)
