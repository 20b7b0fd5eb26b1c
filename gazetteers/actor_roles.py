"""Words for roles and their sectors: our table, the agents file of Phoenix with CAMEO's codes turned into PLOVER's, and
WordNet's words for trades."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from actor_tables import parts, rows
from actor_trades import read_trades

from onrecord.resolution.spelling import fold

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


def read_role_words(agents: Path, wordnet: Path) -> bytes:
    """`phrase TAB sectors TAB kind` lines, sorted, with the notice of the agents file's licence on top.

    Kind is `agents` for words of Phoenix, `trade` for those of WordNet that neither of the others has, else what `gazetteers/actors/roles.txt` has before the sectors: `of`,
    `kin`, `name`, or `role` where it has nothing.
    """
    notice, found = _read_agents(agents)
    lines = [f"{phrase}\t{sectors}\tagents" for phrase, sectors in sorted(found.items())]
    own = sorted(_own_words())
    lines += [f"{phrase}\t{sectors}\t{kind}" for kind, phrase, sectors in own]
    known = {*found, *(phrase for _, phrase, _ in own)}
    for word, sector in read_trades(wordnet):
        forms = [form for form in (word, _plural(word)) if form not in known]
        lines += [f"{form}\t{sector}\ttrade" for form in forms if word not in known]
    head = [
        "# Made by gazetteers/actor_roles.py from gazetteers/actors/roles.txt and from the agents file of Phoenix",
        "# (petrarch2), its codes turned into PLOVER's, and from WordNet 3.0 (its licence is in WORDS.md); the notice of",
        "# the agents file:",
        *notice,
    ]
    return ("\n".join(head + lines) + "\n").encode()


def _own_words() -> Iterator[tuple[str, str, str]]:
    """Kind, folded phrase and sectors of our table, plurals included; the first line that has a phrase decides."""
    taken: set[tuple[str, str]] = set()
    for label, words in rows("roles.txt", 2):
        first, *rest = label.split()
        kind, sectors = (first, rest) if first in ("of", "kin", "name") else ("role", [first, *rest])
        assert KEPT.issuperset(sectors), label
        for word in parts(words):
            for form in (fold(word), fold(_plural(word))):
                if (kind, form) not in taken:
                    taken.add((kind, form))
                    yield kind, form, " ".join(sectors)


def _plural(phrase: str) -> str:
    for pattern, to in (
        (r"(?:s|ce|people|men|police)$", None),
        (r"man$", "men"),
        (r"(?<=[^aeiou])y$", "ies"),
        (r"(?:ch|sh|x|z)$", r"\g<0>es"),
        (r"$", "s"),
    ):
        if re.search(pattern, phrase):
            return phrase if to is None else re.sub(pattern, to, phrase, count=1)
    return phrase


def _read_agents(path: Path) -> tuple[list[str], dict[str, str]]:
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
                words = fold(" ".join(re.findall(r"[a-z0-9'.-]+", expanded.replace("_", " ").lower())))
                if len(words) > 2:
                    found.setdefault(words, sectors)
    return notice, found


def _sectors(code: str) -> str:
    letters = re.sub(r"[^A-Z]", "", code)
    codes = [letters[i : i + 3] for i in range(0, len(letters) - 2, 3)]
    kept = [p for c in codes if (p := PLOVER.get(c, c)) in KEPT]
    return " ".join(dict.fromkeys(kept))


def _expand(phrase: str, classes: dict[str, list[str]]) -> list[str]:
    match = re.search(r"!(\w+)!", phrase)
    if not match:
        return [phrase]
    return [phrase[: match.start()] + w + phrase[match.end() :] for w in classes.get(match[1], [])]
