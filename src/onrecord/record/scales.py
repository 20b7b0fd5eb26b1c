"""How conflictual or cooperative an event is, on the published scales: a number for a kind of act, no judgement of the act."""

from __future__ import annotations

import re
from typing import Final

# PLOVER manual 2.0 of 4 February 2024, table 2.2. A mode that is not here has the value of its type. The manual
# prints 3 for ACCUSE, between modes of -2 and -3.5: the sign is missing there.
_PLOVER: Final = """
AGREE 2.5
CONSULT 2.5 visit 4 third-party 1 multilateral 4 phone 1.5
SUPPORT 5
CONCEDE 4.5
COOPERATE 9.5
AID 10
RETREAT 6.5 withdraw 8 release 6.5 disarm 10 ceasefire 7.5 access 6.5 resign 4.5
REQUEST 0 assist 0.5 change -1 yield -1 meet 0
ACCUSE -3 disapprove -2 investigate -3.5 allege -3.5
REJECT -2 assist -1.5 change -2 yield -2 meet -2
THREATEN -3.5 restrict -3 arrest -3.5 relations -3.5 expel -3.5 territory -4 violence -3.5
PROTEST -5 demo -5 riot -7 strike -5 hunger -4.5 boycott -4.5 obstruct -4.5
SANCTION -6 convict -6 expel -5.5 withdraw -6 discontinue -6
MOBILIZE -5.5 troops -6.5 weapons -6.5 police -5.5 militia -6
COERCE -7 seize -7 restrict -7 censor -6.5 curfew -6.5 martial-law -7.5 arrest -7 deport -7 withhold -7 misinformation -6.5 cyber -7
ASSAULT -9 abduct -8.5 beat -7.5 torture -8.5 sexual -8.5 targeted -9.5 destroy -8.5 primitive -8 firearms -9 explosives -9
 suicide-attack -9.5 aerial -9.5 drone -9.5 heavy-weapons -9.5 crowd-control -7.5 unconventional -10
"""

# Goldstein's scale (1992) as extended to CAMEO by the Kansas Event Data System and published with GDELT
# (CAMEO.goldsteinscale). A code that is not here has the value of the longest one that it begins with.
_GOLDSTEIN: Final = """
03 4 031 5.2 032 4.5 033 5.2 0334 6 034 7 035 7 037 5 038 7 039 5
04 1 042 1.9 043 2.8 044 2.5 045 5 046 7
05 3.5 051 3.4 053 3.8 054 6 055 7 056 7 057 8
06 6 061 6.4 062 7.4 063 7.4 064 7
07 7 071 7.4 072 8.3 073 7.4 074 8.5
08 5 084 7 085 7 086 9 087 9 0874 10
09 -2 10 -5 11 -2
12 -4 124 -5 125 -5 126 -5 127 -5 128 -5 129 -5
13 -6 130 -4.4 131 -5.8 132 -5.8 133 -5.8 134 -5.8 135 -5.8 136 -7 137 -7 138 -7 139 -7
14 -6.5 144 -7.5 145 -7.5
15 -7.2
16 -4 162 -5.6 163 -6.5 164 -7 165 -7 166 -8
17 -7 171 -9.2 172 -5 173 -5 174 -5 175 -9
18 -9 182 -9.5 1821 -9 1822 -9 1823 -10 183 -10 184 -8 185 -8 186 -10
19 -10 191 -9.5 192 -9.5 196 -9.5
20 -10 201 -9.5
"""

# PLOVER manual 2.0, chapter 3: each type's quad category. (Its table 7.2 has SANCTION among the verbal ones.)
_QUADS: Final = (
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    ("COOPERATE", "AID", "RETREAT"),
    ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)


def _read_plover() -> dict[tuple[str, str | None], float]:
    found: dict[tuple[str, str | None], float] = {}
    for line in re.split(r"\n(?=[A-Z])", _PLOVER.strip()):
        type_, value, *modes = line.split()
        found[type_, None] = float(value)
        found |= {(type_, mode): float(v) for mode, v in zip(modes[::2], modes[1::2], strict=True)}
    return found


_SCORES: Final = _read_plover()
_VALUES: Final = dict(zip(_GOLDSTEIN.split()[::2], map(float, _GOLDSTEIN.split()[1::2]), strict=True))


def plover_score(type_: str, mode: str | None) -> float:
    """PLOVER's score of a type and mode, -10 (conflict) to 10 (cooperation).

    >>> plover_score("ASSAULT", "beat"), plover_score("PROTEST", "vandalize"), plover_score("AID", None)
    (-7.5, -5.0, 10.0)
    """
    return _SCORES.get((type_, mode), _SCORES[type_, None])


def goldstein_value(cameo: str) -> float | None:
    """Goldstein's value of a CAMEO code, -10 to 10; None for codes outside 03 to 20, which no event has.

    >>> goldstein_value("0874"), goldstein_value("1411"), goldstein_value("01")
    (10.0, -6.5, None)
    """
    for length in range(len(cameo), 1, -1):
        if cameo[:length] in _VALUES:
            return _VALUES[cameo[:length]]
    return None


def quad_code(type_: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.

    >>> quad_code("AID"), quad_code("THREATEN")
    (2, 3)
    """
    return next(number for number, types in enumerate(_QUADS, 1) if type_ in types)
