"""Names that are a country's too, and mean another -> put out of sight of whoever reads countries.

*Chuck Jordan* is nobody of Jordan, and whoever meets him is not either. Of those whom the registry knows the country is
known, and their names stay. Nor are residents of *Norway, Maine* Norwegians.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.article import Span
from onrecord.resolution.codes import countries_named
from onrecord.resolution.places import Place

_WORD = re.compile(r"[^\W\d_][\w.’'-]*")


def hide_names(text: str, persons: Iterable[Span]) -> str:
    """The text with other letters in place of the words of persons' names that name a country; no offset changes.

    >>> hide_names("Chuck Jordan left Jordan.", [Span(0, 12)])
    'Chuck Xxxxxx left Jordan.'
    """
    shown = list(text)
    for span in persons:
        for found in _WORD.finditer(text, span.start, span.end):
            if any(countries_named(found[0])):
                shown[found.start() : found.end()] = "X" + "x" * (len(found[0]) - 1)
    return "".join(shown)


def hide_name(name: str) -> str:
    """The same of a name alone."""
    return hide_names(name, [Span(0, len(name))])


def misleading_places(text: str, places: Sequence[Place]) -> dict[Span, str]:
    """Where places stand by the name of a country that is not theirs, *Norway* in Maine, each with its own country."""
    return {
        span: place.entry.country
        for place in places
        for span in place.mentions
        if place.entry.country and any(c != place.entry.country for c in countries_named(span.of(text)))
    }
