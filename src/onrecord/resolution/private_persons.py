"""What a report says of somebody that no one of public life would be called: *a shopkeeper who gave only her surname*.

Whoever gives a name only, or is a nurse, a driver or a farmer by the report's own words, is rarely the minister of
that name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.article import Span
from onrecord.resolution.callings import what_context_calls
from onrecord.resolution.phrases import FORMER
from onrecord.resolution.roles import read_role
from onrecord.resolution.spelling import fold

# Words around a name in which the report may say who that is.
_CONTEXT_CHARS: Final = 90
# *who gave his name only as*, *giving only her surname,*, *identified only as*.
_NAME_GIVEN: Final = re.compile(
    r"\b(?:(?:g[ai]ve|gives|given|giving|provid(?:ed?|ing)|offer(?:ed|ing)?|us(?:ed?|ing))\s+(?:only\s+|just\s+)?(?:his|her|their)\s+(?:only\s+)?"
    r"(?:(?:first|last|given|family|full)\s+)?(?:sur)?names?(?:\s+(?:only|simply|just))?"
    r"|(?:identified|identifying|named|introduced|introducing)\s+(?:(?:him|her|them)sel(?:f|ves)\s+)?(?:only|simply|just)"
    r"|(?:identified|named|known)\s+only\s+by\s+(?:his|her|their|the)\s+(?:(?:first|last|given|family)\s+)?(?:sur)?names?)"
    r"(?:\s+(?:as|by))?[\s,:]+(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?$"
)
# The sectors of those who have a trade and no office.
_TRADES: Final = frozenset("LAB BUS MED EDU AGR CVL REF".split())
# Whoever is one of these may be known to everybody.
_PROMINENT: Final = re.compile(
    r"\b(?:business\w*|tycoon|magnate|billionaire|millionaire|entrepreneur|executive|developer|investor|banker|economist|professor|scholar|academic|activist|celebrity|star|author|writer|founder|owner|union|chief|head|leader|director|president|chair\w*|ceo|candidate)\b"
)


def is_private(text: str, mentions: Sequence[Span]) -> str:
    """By which words a report says that a name is a private person's; empty if it does not say so.

    Args:
        mentions: where the name stands.

    >>> is_private("Ana Orpel, a nurse in Mirna, said no.", [Span(0, 9)])
    'a nurse in Mirna'
    """
    for span in mentions:
        lead = text[max(0, span.start - _CONTEXT_CHARS) : span.start]
        if given := _NAME_GIVEN.search(lead):
            return " ".join(given[0].split()).rstrip(",:")
        context = lead + text[span.start : span.end + _CONTEXT_CHARS]
        called = what_context_calls(span.of(text), context)
        if _is_trade(called):
            return called
    return ""


def _is_trade(called: str) -> bool:
    """*A nurse in Mirna*: somebody of whom the report must say first what they are."""
    if not re.match(r"an?\s", called) or _PROMINENT.search(key := fold(called)) or FORMER.search(key):
        return False
    role = read_role(called)
    return role is not None and not role.weak and role.first in _TRADES
