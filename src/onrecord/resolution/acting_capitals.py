"""A capital that acts and the town itself -> two: in *Moscow said a man was held in Moscow* the first is Russia.

Each mention is decided by itself. Where a report has both, those that act go by the name of their country, so that the
others are the town and no part of the government.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.article import Span
from onrecord.resolution.entries import load_actors
from onrecord.resolution.names import NameMention
from onrecord.resolution.places import OfCountry


def name_governments(
    mentions: Sequence[NameMention], governments: Sequence[OfCountry], acting: Iterable[Span] = ()
) -> list[NameMention]:
    """The mentions of a report, those of a capital that acts by the name of its country where the town is named as well.

    Args:
        mentions: the names of a report, in its order.
        governments: the names that stand for governments.
        acting: spans of those who say or do something, which towns do not.
    """
    countries = {g.span: g.country for g in governments}
    said = {*acting, *countries}
    codes: dict[str, str] = {}
    for mention in mentions:
        if country := countries.get(mention.span):
            codes.setdefault(mention.name, country)
    mixed = {m.name for m in mentions if m.span not in said} & codes.keys()
    found = []
    for mention in mentions:
        entry = None
        if mention.name in mixed and mention.span in said:
            entry = load_actors()[0].find(f"gov:{codes[mention.name]}")
        found.append(replace(mention, name=entry.name) if entry else mention)
    return found
