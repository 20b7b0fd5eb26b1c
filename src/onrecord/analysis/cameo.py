"""The nearest CAMEO code of a PLOVER event, so that scripts of the ICEWS and GDELT era run on.

Source: the conversion table of the PLOVER codebook 0.8, read backwards, with the modes of 2.0. Where several
codes became one type with the same mode and context, the broadest is given; where a code says more than is told,
the one above it. Read forwards by that table each code gives the type again, but for three: 2.0 counts 116
(convict) and 163 (sanctions) as SANCTION; and a resignation, RETREAT in 2.0, is 0831, a change in leadership, since
no code from 084 to 087 tells of an office, and that for easing a war would give it that one's weight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

from onrecord.analysis.plover import usual_cameo_root

# Type, then lines of code, mode and context; - for none. A line fits if its mode and its context are told.
_CODES: Final = """
AGREE: 0311 - economic, 0312 - military, 0313 - legal, 0314 - intelligence, 0334 - peacekeeping,
 0333 - human_security, 0343 - rights_freedoms, 0344 - political_institutions, 0342 - executive, 032 - diplomatic
CONSULT: 041 phone -, 042 visit -, 044 third-party -, 046 - diplomatic
SUPPORT: 057 - legal, 050 - diplomatic
COOPERATE: 061 - economic, 062 - military, 063 - legal, 064 - intelligence
AID: 071 - economic, 072 - military, 073 - human_security, 073 - disasters, 073 - health, 074 - peacekeeping,
 075 - asylum
CONCEDE: 081 - legal, 0811 - pro_democracy, 083 - political_institutions, 0832 - executive, 0833 - rights_freedoms
RETREAT: 087 - -, 0841 release -, 086 access -, 0861 access peacekeeping,
 0863 access human_security, 0871 ceasefire -, 0873 disarm -, 0874 withdraw -, 085 - economic, 0831 resign -
REQUEST: 101 assist -, 1011 assist economic, 1012 assist military, 1013 assist legal, 1014 assist intelligence,
 102 assist diplomatic, 1033 assist human_security, 1034 assist peacekeeping, 104 change political_institutions,
 1042 change executive, 1043 change rights_freedoms, 105 yield -, 1053 yield legal,
 1054 yield economic, 1055 yield diplomatic, 1056 yield military, 106 meet -
ACCUSE: 090 investigate -, 091 investigate crime, 091 investigate corruption, 092 investigate human_rights,
 093 investigate military, 111 disapprove -, 112 allege -, 1121 allege crime, 1121 allege corruption,
 1122 allege human_rights, 1123 allege military, 114 allege diplomatic, 115 allege legal
REJECT: 121 assist -, 1211 assist economic, 1212 assist military, 1213 assist legal, 1214 assist intelligence,
 1223 assist human_security, 1224 assist peacekeeping, 123 change political_institutions,
 1232 change executive, 1233 change rights_freedoms, 124 yield -, 1243 yield legal,
 1244 yield economic, 1245 yield diplomatic, 1246 yield military, 125 meet -
THREATEN: 131 restrict -, 1312 restrict economic, 1381 restrict military, 1323 restrict pro_autocracy,
 132 arrest -, 1311 relations economic, 1313 relations -, 136 expel -, 1382 territory -, 138 violence -,
 137 violence repression, 1385 violence cbrn
PROTEST: 141 demo -, 1413 demo rights_freedoms, 1414 demo political_institutions, 1412 demo executive,
 142 hunger -, 1423 hunger rights_freedoms, 143 strike -, 1433 strike rights_freedoms, 143 boycott -,
 144 obstruct -, 1443 obstruct rights_freedoms, 145 riot -, 1453 riot rights_freedoms, 145 vandalize -
MOBILIZE: 154 troops -, 153 police -, 154 weapons military, 150 militia -
SANCTION: 116 convict -, 161 withdraw diplomatic, 1661 withdraw peacekeeping, 161 discontinue diplomatic,
 163 discontinue economic, 1622 discontinue military, 162 discontinue human_security,
 166 expel -, 1663 expel human_security
COERCE: 171 seize -, 192 seize military, 172 restrict -, 191 restrict military, 1721 censor -, 1721 restrict rights_freedoms,
 1723 curfew -, 1724 martial-law -, 173 arrest -, 174 deport -
ASSAULT: 181 abduct -, 182 beat -, 1822 torture -, 1821 sexual -, 186 targeted -, 1712 destroy -, 182 primitive -,
 193 firearms -, 183 explosives -, 1831 suicide-attack -, 195 aerial -, 195 drone -, 194 heavy-weapons -,
 175 crowd-control -, 204 unconventional -, 190 - military
"""


def _table() -> dict[str, list[tuple[str, str, str]]]:
    found = {}
    for block in re.split(r"\n(?=[A-Z])", _CODES.strip()):
        type_, _, lines = block.partition(":")
        found[type_] = [tuple(line.split()) for line in lines.split(",")]
    return cast(dict[str, list[tuple[str, str, str]]], found)


_TABLE: Final = _table()


def cameo_code(type_: str, modes: Sequence[str], contexts: Sequence[str]) -> str:
    """The CAMEO code that says most of what the event's type, modes and contexts say; three digits or four.

    >>> cameo_code("ASSAULT", ["aerial"], ["military"]), cameo_code("REQUEST", ["yield"], ["military"])
    ('195', '1056')
    >>> cameo_code("COOPERATE", [], []), cameo_code("RETREAT", [], []), cameo_code("REQUEST", ["change"], [])
    ('060', '087', '100')
    """
    told = {"-", *modes}, {"-", *contexts}
    fitting = [line for line in _TABLE[type_] if line[1] in told[0] and line[2] in told[1]]
    if not fitting:
        return usual_cameo_root(type_, modes, contexts) + "0"
    # The mode says more of an act than what it is about does; the first line wins where both say as much.
    return max(fitting, key=lambda line: (line[1] != "-", line[2] != "-"))[0]
