"""Notes that say that a report was changed: corrections, clarifications, later versions."""

from __future__ import annotations

import re

# More than a note of a line or a few has.
_MAX_CHARS = 600
# Notes to editors that tell of a change of the report; others tell of pictures, lengths and embargoes.
_TELLS_CHANGE = re.compile(
    r"\b(?:correct\w*|clarif\w*|updat\w*|add(?:s|ing)|recast\w*|refil\w*|fix(?:es|ing|ed)|amend\w*|replac\w*|supersed\w*"
    r"|retract\w*|withdr\w*|remov\w*|delet\w*|revis\w*|kill(?:s|ed)? )\b|\bkill\Z",
    re.IGNORECASE,
)
# (Updates with union's statement), as wires begin a later version.
_CHANGE_IN_BRACKETS = re.compile(
    r"\((?:updates|adds|corrects|recasts|refiles|clarifies|fixes|amends|replaces|removes|deletes|revises"
    r"|updating|adding|correcting|refiling)\b[^()]{1,300}\)",
    re.IGNORECASE,
)
_REPORT = (
    r"(?:article|story|report|post|piece|page|dispatch|column|headline|caption|interview|live ?blog|item)"
)
_CHANGED = r"(?:updated|corrected|amended|clarified|revised|refiled|edited)"
_CHANGES = r"(?:updates|corrects|amends|clarifies|revises|refiles|adds|removes|deletes|fixes|recasts)"
# A sentence about the report itself, as the whole of a paragraph begins. *The report was amended* is about
# another one, and *this report updates the figures* may be.
_ABOUT_ITSELF = re.compile(
    rf"this (?:version of (?:this|the) )?{_REPORT} (?:was|has been|is being) (?:\w+ly )?(?:last |first )?{_CHANGED}\b.*"
    rf"|this (?:version of (?:this|the) {_REPORT}|(?:story|article|dispatch|post)) (?:has )?{_CHANGES}\b.*"
    rf"|(?:in )?(?:an?|the) (?:earlier|previous|prior|original|older) (?:version|edition) of this {_REPORT}\b.*"
    rf"|this {_REPORT} (?:originally|previously|initially|incorrectly|wrongly|mistakenly|erroneously) (?!(?:appeared|ran)\b).*",
    re.IGNORECASE,
)
# Correction: ... | CORRECTION (March 13): ... | Clarification, 13 March 2024 - ...
_LABEL = re.compile(
    r"(?:corrections?(?: (?:and|&) clarifications?)?|clarifications?|erratum|retraction|(?P<note>(?:editor|publisher)(?:['’]s|s['’]?) note|note to readers|update))"
    r"(?P<when>,? ?\([^()]{1,40}\)|,? [\w., ]{0,20}\d[\w.,: ]{0,25})? ?[:—–-]\s?(?P<told>\S.*)",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    rf"\b(?:(?:earlier|previous|original|prior) version|this (?:version|{_REPORT})|the (?:{_REPORT})|misstated|misspel\w+|misidentified|mis(?:reported|attributed|quoted))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!][”\"')\]]*\Z")


def tells_change(note: str) -> bool:
    """Does a note to editors say that the report was changed?"""
    return _TELLS_CHANGE.search(note) is not None


def is_wire_change(line: str) -> bool:
    """Is it a line in brackets with which a wire begins a later version (*(Updates with union's statement)*)?"""
    return _CHANGE_IN_BRACKETS.fullmatch(line) is not None


def is_correction(line: str) -> bool:
    """Is a whole paragraph a note that the report was corrected, clarified or updated?

    >>> is_correction("Correction: An earlier version of this story misstated the number of crews.")
    True
    >>> is_correction("Correction: why the market had to fall")
    False
    """
    line = line.strip(" *_")
    if not 0 < len(line) <= _MAX_CHARS:
        return False
    if is_wire_change(line):
        return True
    bare = line[1:-1].strip() if line[0] + line[-1] in ("()", "[]") else line
    if _ABOUT_ITSELF.fullmatch(bare):
        return True
    label = _LABEL.fullmatch(bare)
    if not label:
        return False
    # *Update* stands before news, and editors' notes tell of much else.
    if label["note"]:
        return bool(_ITSELF.search(label["told"]) and tells_change(label["told"] + label["note"]))
    # A headline has no full stop.
    return bool(_ITSELF.search(label["told"]) or _SENTENCE.search(label["told"]))
