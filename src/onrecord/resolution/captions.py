"""Places that only a caption names: they are the report's too, though they stand outside its text.

Captions do not go through the network, so names are read by rule, and a doubtful place is
not taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.resolution.names import find_names, is_organisation_name
from onrecord.resolution.places import Place, PlaceName, ResolvedPlaces, choose_places

_LEAST_CONFIDENCE = 0.7


def add_caption_places(places: ResolvedPlaces, captions: Sequence[str]) -> ResolvedPlaces:
    """A report's places with those of its captions that its text does not name; they have no mentions."""
    known = {p.entry.record for p in places.places}
    added: list[Place] = []
    for caption in captions:
        names = [
            PlaceName(m.span) for m in find_names(caption) if not m.title and not is_organisation_name(m.name)
        ]
        for choice in choose_places(caption, names):
            if choice is None or choice.people or choice.confidence < _LEAST_CONFIDENCE:
                continue
            if choice.entry.record not in known:
                known.add(choice.entry.record)
                number = len(places.places) + len(added) + 1
                added.append(Place(f"p{number}", choice.entry, (), choice.confidence))
    return replace(places, places=(*places.places, *added)) if added else places
