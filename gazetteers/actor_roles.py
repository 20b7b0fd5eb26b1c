"""Words for roles and their sectors: the agents file of Phoenix, CAMEO's codes turned into PLOVER's."""

from __future__ import annotations

import re
from pathlib import Path

# CAMEO's sector -> PLOVER's (manual, 5.2.1): CAMEO's *media* and *health* have changed their codes,
# insurgents and separatists are rebels, its elites are stars and nobles, not former officials, and faiths and causes have no code of their own.
PLOVER = {
    "MED": "JRN", "HLH": "MED", "INS": "REB", "SEP": "REB", "RAD": "UAF", "HRI": "SOC", "ENV": "SOC", "NGO": "NGO", "IGO": "",
    "MUS": "REL", "CHR": "REL", "CTH": "REL", "PRO": "REL", "ORT": "REL", "HIN": "REL", "JEW": "REL", "BUD": "REL", "SIK": "REL",
    "SUN": "REL", "SHI": "REL", "DEV": "", "PPL": "CVL", "MOD": "", "SET": "CVL", "UIS": "UNK", "MNC": "BUS", "ELI": "",
}  # fmt: skip
KEPT = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC NGO".split()
)
_CLASS = re.compile(r"^!(\w+)!\s*=\s*(.+)$")


def read_agents(path: Path) -> bytes:
    """`phrase TAB sectors` lines, sorted, with the notice of the licence on top."""
    text = path.read_text(encoding="utf-8")
    notice = [line for line in text.splitlines() if line.startswith("#")][:52]
    classes: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for raw in text.splitlines():
        line = raw.split("#")[0].strip()
        if match := _CLASS.match(line):
            classes[match[1]] = [w.strip() for w in match[2].split(",")]
            continue
        match = re.match(r"^(?P<phrase>[^\[{]+?)\s*(?:\{(?P<plural>[^}]*)\})?\s*\[(?P<code>[^\]]*)", line)
        if not match:
            continue
        sectors = _sectors(match["code"])
        if not sectors:
            continue
        phrases = [match["phrase"]] + ([match["plural"]] if match["plural"] else [])
        for phrase in phrases:
            for expanded in _expand(phrase, classes):
                words = " ".join(re.findall(r"[a-z0-9'.-]+", expanded.replace("_", " ").lower()))
                if len(words) > 2:
                    found.setdefault(words, sectors)
    head = [
        "# From the agents file of Phoenix (petrarch2), codes turned into PLOVER's by gazetteers/actor_roles.py.",
        *notice,
    ]
    rows = [f"{phrase}\t{sectors}" for phrase, sectors in sorted(found.items())]
    return ("\n".join(head + rows) + "\n").encode()


def _sectors(code: str) -> str:
    letters = re.sub(r"[^A-Z]", "", code)
    parts = [letters[i : i + 3] for i in range(0, len(letters) - 2, 3)]
    kept = [p for part in parts if (p := PLOVER.get(part, part)) in KEPT]
    return " ".join(dict.fromkeys(kept))


def _expand(phrase: str, classes: dict[str, list[str]]) -> list[str]:
    match = re.search(r"!(\w+)!", phrase)
    if not match:
        return [phrase]
    return [phrase[: match.start()] + w + phrase[match.end() :] for w in classes.get(match[1], [])]
