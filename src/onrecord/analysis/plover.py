"""The words of PLOVER 2.0 for events: types, their modes, contexts, and the CAMEO roots that they continue.

Source: PLOVER codebook, draft 2.0 of 4 February 2024, chapters 2 to 4; CAMEO roots from the conversion
table of PLOVER 0.8, brought to the modes of 2.0. Modes are written as in the codebook with a hyphen,
contexts with an underscore.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

_DEMANDS = ("assist", "change", "yield", "meet")

MODES: Final[dict[str, tuple[str, ...]]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": _DEMANDS,
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": _DEMANDS,
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": tuple(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    "ASSAULT": tuple(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone"
        " heavy-weapons crowd-control unconventional".split()
    ),
}

TYPES: Final = tuple(MODES)
# Every mode with its type, in the order of the network's outputs.
MODE_NAMES: Final = tuple((type_, mode) for type_, modes in MODES.items() for mode in modes)

CONTEXTS: Final = tuple(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy"
    " economic legal reparations human_rights rights_freedoms repression human_security gender lgbt"
    " religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters"
    " natural_resource environment technology terrorism cbrn cyber misinformation crime corruption"
    " illegal_drugs trafficking".split()
)

Status = Literal["occurred", "ongoing", "planned", "hypothetical", "denied"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
# What has come about. Nothing that is told as planned, possible or denied may be mixed with it.
HAPPENED: Final[tuple[Status, ...]] = ("occurred", "ongoing")

_ROOTS: Final[dict[str, tuple[str, ...]]] = {
    "AGREE": ("03",),
    "CONSULT": ("04",),
    "SUPPORT": ("05",),
    "CONCEDE": ("08",),
    "COOPERATE": ("06",),
    "AID": ("07",),
    "RETREAT": ("08",),
    "REQUEST": ("10",),
    "ACCUSE": ("11", "09"),
    "REJECT": ("12",),
    "THREATEN": ("13",),
    "PROTEST": ("14",),
    "SANCTION": ("16", "11"),
    "MOBILIZE": ("15",),
    "COERCE": ("17", "19", "16"),
    "ASSAULT": ("18", "19", "20", "17"),
}

_ROOT_OF_MODE: Final = {
    ("ACCUSE", "investigate"): "09",
    ("SANCTION", "convict"): "11",
    **dict.fromkeys((("ASSAULT", m) for m in ("firearms", "aerial", "drone", "heavy-weapons")), "19"),
    **dict.fromkeys((("ASSAULT", m) for m in ("destroy", "crowd-control")), "17"),
    ("ASSAULT", "unconventional"): "20",
}


def cameo_roots(type_: str) -> tuple[str, ...]:
    """All CAMEO roots whose events became events of this type.

    >>> cameo_roots("ACCUSE")
    ('11', '09')
    """
    return _ROOTS[type_]


def usual_cameo_root(type_: str, modes: Sequence[str], contexts: Sequence[str]) -> str:
    """The CAMEO root, two digits, that an event of this type has unless its code is told.

    >>> usual_cameo_root("ASSAULT", ["drone"], [])
    '19'
    >>> usual_cameo_root("ASSAULT", [], ["crime"]), usual_cameo_root("ASSAULT", [], ["military"])
    ('18', '19')
    """
    for mode in modes:
        if (type_, mode) in _ROOT_OF_MODE:
            return _ROOT_OF_MODE[type_, mode]
    if type_ == "ASSAULT" and not modes and "military" in contexts:
        return "19"
    return _ROOTS[type_][0]
