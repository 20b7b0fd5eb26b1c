"""Words of a report as cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from typing import Final

# What a formula, or the call of another program, begins with (OWASP, CSV Injection), also in full width.
_BEGIN_FORMULAS: Final = tuple("=+-@\t\r\n＝＋－＠")


def guard_cell(words: str) -> str:
    """The words, with an apostrophe before them if a spreadsheet would reckon with them instead of showing them.

    >>> guard_cell("=SUM(9)"), guard_cell("- Police fired"), guard_cell("Police fired")
    ("'=SUM(9)", "'- Police fired", 'Police fired')
    """
    return f"'{words}" if words.startswith(_BEGIN_FORMULAS) else words
