"""The parameters of the tools: the words of the command line, with what they mean, as types that make the JSON schema."""

from __future__ import annotations

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from onrecord.analysis.labels import KINDS
from onrecord.analysis.plover import STATUSES, TYPES

# Rows of an answer, unless more are asked for; and code points of a part of a report.
LIMIT: Final = 20
MOST: Final = 200
LENGTH: Final = 8_000
MOST_LENGTH: Final = 40_000


def _one_of(*words: str) -> dict[str, Any]:
    # Told in the schema alone: the record's own error names what there is.
    return {"enum": [*words, None]}


By = Annotated[
    str | None,
    Meta(
        description="Who said it: a name, an id of an actor, words of the source as printed, or a PLOVER code of country and"
        " sector (RUS, RUSGOV, GOV)."
    ),
]
About = Annotated[
    str | None, Meta(description="Whom or what it is about: a name, an id of an actor, or words.")
]
SinceDay = Annotated[str | None, Meta(description="First day, YYYY-MM-DD, included.")]
UntilDay = Annotated[str | None, Meta(description="Last day, YYYY-MM-DD, included.")]
Outlet = Annotated[str | None, Meta(description="Only reports of this outlet.")]
Match = Annotated[
    str | None,
    Meta(
        description='Words that must all be there; "a phrase", word*, and AND, OR, NOT in capitals between words.'
    ),
]
Kind = Annotated[
    str | None,
    Meta(description="What the speaker does with the words.", extra_json_schema=_one_of(*KINDS)),
]
Party = Annotated[
    str | None,
    Meta(description="A name, an id of an actor, words as printed, or a PLOVER code of country and sector."),
]
Limit = Annotated[int, Meta(ge=1, le=MOST, description=f"At most so many rows, {MOST} at most.")]
Offset = Annotated[
    int, Meta(ge=0, description="So many rows are left out before them: next_offset of the answer.")
]
ReportName = Annotated[
    str, Meta(description="Id of a report, the beginning of one, or the path it was read from.")
]


class _Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Said(_Asked, frozen=True):
    """What `said` takes."""

    by: By = None
    about: About = None
    kind: Kind = None
    since: SinceDay = None
    until: UntilDay = None
    match: Match = None
    outlet: Outlet = None
    variants: Annotated[
        bool, Meta(description="Each statement once a story, with what differs in the words of copies.")
    ] = False
    limit: Limit = LIMIT
    offset: Offset = 0


class Events(_Asked, frozen=True):
    """What `events` takes."""

    actor: Party = None
    recipient: Party = None
    type: Annotated[str | None, Meta(description="PLOVER's type.", extra_json_schema=_one_of(*TYPES))] = None
    mode: Annotated[str | None, Meta(description="PLOVER's mode: arrest, demo, drone ...")] = None
    country: Annotated[
        str | None,
        Meta(description="Where: a name or an alpha-3 code; of who takes part where no place is told."),
    ] = None
    since: SinceDay = None
    until: UntilDay = None
    status: Annotated[
        list[str] | str,
        Meta(
            description=f"One or several of {', '.join(STATUSES)}; all if none is given. Give occurred and ongoing for what is"
            " told to have happened."
        ),
    ] = []
    reported_by: Annotated[str | None, Meta(description="On whose word it is told: the same as actor.")] = (
        None
    )
    asserted_only: Annotated[bool, Meta(description="Only what reporters tell in their own voice.")] = False
    outlet: Outlet = None
    limit: Limit = LIMIT
    offset: Offset = 0


class Search(_Asked, frozen=True):
    """What `search` takes."""

    match: Annotated[
        str,
        Meta(
            description='Words of headline or text; "a phrase", word*, and AND, OR, NOT in capitals between words.'
        ),
    ] = ""
    headline: Annotated[str | None, Meta(description="Words that stand side by side in the headline.")] = None
    by: By = None
    about: About = None
    since: SinceDay = None
    until: UntilDay = None
    outlet: Outlet = None
    limit: Limit = LIMIT
    offset: Offset = 0


class Timeline(_Asked, frozen=True):
    """What `timeline` takes."""

    actor: Annotated[
        str | None, Meta(description="Who takes part in it, or says it: a name, words or a code.")
    ] = None
    place: Annotated[
        str | None, Meta(description="Where it was, or which place is spoken of: a name or an id.")
    ] = None
    about: About = None
    since: SinceDay = None
    until: UntilDay = None
    outlet: Outlet = None
    limit: Limit = LIMIT
    offset: Offset = 0


class Predictions(_Asked, frozen=True):
    """What `predictions` takes."""

    by: By = None
    about: About = None
    due_since: Annotated[str | None, Meta(description="Due on this day or later, YYYY-MM-DD.")] = None
    due_until: Annotated[str | None, Meta(description="Due on this day or before, YYYY-MM-DD.")] = None
    since: SinceDay = None
    until: UntilDay = None
    match: Match = None
    outlet: Outlet = None
    limit: Limit = LIMIT
    offset: Offset = 0


class Contradictions(_Asked, frozen=True):
    """What `contradictions` takes."""

    by: By = None
    about: About = None
    since: SinceDay = None
    until: UntilDay = None
    outlet: Outlet = None
    updates: Annotated[bool, Meta(description="Also tolls and rates that were told anew on a later day.")] = (
        True
    )
    disputed: Annotated[bool, Meta(description="Instead: what one denies and somebody else asserts.")] = False
    limit: Limit = LIMIT
    offset: Offset = 0


class Sources(_Asked, frozen=True):
    """What `sources` takes."""

    outlet: Outlet = None
    about: About = None
    kind: Kind = None
    since: SinceDay = None
    until: UntilDay = None
    limit: Limit = LIMIT
    offset: Offset = 0


class Actor(_Asked, frozen=True):
    """What `actor` takes."""

    name: Annotated[str, Meta(description="A name that reports print, or the id of an actor.")]
    why: Annotated[
        bool, Meta(description="Say of each report why its actor is taken for this one: candidates, reasons.")
    ] = False
    limit: Limit = LIMIT
    offset: Offset = 0


class Place(_Asked, frozen=True):
    """What `place` takes."""

    name: Annotated[str, Meta(description="A name of a place, or its id (geonames:1526384).")]
    limit: Annotated[
        int, Meta(ge=1, le=MOST, description=f"At most so many events, actors and reports, {MOST} at most.")
    ] = LIMIT


class Story(_Asked, frozen=True):
    """What `story` takes."""

    name: Annotated[str, Meta(description="Id of a story (s-...), or a report as for the tool report.")]


class Compare(_Asked, frozen=True):
    """What `compare` takes."""

    first: ReportName
    second: ReportName


class Report(_Asked, frozen=True):
    """What `report` takes."""

    name: ReportName
    start: Annotated[
        int, Meta(ge=0, description="Where the part begins: code points of the text, as in all evidence.")
    ] = 0
    length: Annotated[
        int, Meta(ge=1, le=MOST_LENGTH, description=f"At most so many code points, {MOST_LENGTH} at most.")
    ] = LENGTH


class Status(_Asked, frozen=True):
    """What `status` takes: nothing."""
