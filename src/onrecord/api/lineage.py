"""A story without what its copies changed, which takes long to find out where there are hundreds of them."""

from __future__ import annotations

import msgspec

from onrecord.record.asking.stories import Member


class Lineage(msgspec.Struct, frozen=True):
    """The reports of a story, and which was made from which.

    Attributes:
        articles: its reports, the one that it begins with first.
        origins: how many of them descend from no other.
    """

    id: str
    articles: list[Member]
    origins: int
