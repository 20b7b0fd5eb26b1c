"""Ids that are made from what they stand for: the same in every record."""

from __future__ import annotations

import hashlib

from onrecord.contract import PlaceOut

_LENGTH = 12


def place_id(place: PlaceOut) -> str:
    """The record's id of a place: GeoNames' where it has one, else made from name, kind and position."""
    if place.geonames is not None:
        return f"geonames:{place.geonames}"
    return "place-" + digest(f"{place.name}|{place.kind}|{place.lat}|{place.lon}")


def digest(words: str) -> str:
    """Twelve hex digits made from words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
