"""The words by which a report introduces somebody -> what part they have in the news: an official, an expert, a witness.

A list of our own of what reports call people; who is called nothing has no type. The first type that a word tells counts, so a
*police spokesman* is a spokesperson.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.resolution.phrases import read_phrase

# In this order: what stands further up says more of why somebody is heard.
_TYPES: Final = {
    "spokesperson": r"spokes(?:man|woman|person|people)\w*|press secretary|spokesmen",
    "head of state or government": r"(?<!vice )(?<!vice-)president(?! of the (?:club|union|board|association|company))|prime minister|premier|chancellor|king|queen|emir|sultan|monarch|taoiseach",
    "lawmaker": r"senators?|sens?\.?|congress(?:man|woman|men|people)|reps?\.|representatives?|lawmakers?|legislators?|members? of parliament|mps?|deput(?:y|ies) of|parliamentarians?|speaker of the house|majority leader|minority leader",
    "candidate": r"candidates?|nominees?|front-?runners?|contenders?|hopefuls?|challengers?",
    "minister or official": r"(?:vice[ -]president)|ministers?|ministry|secretar(?:y|ies)|governors?|gov\.|mayors?|officials?|ambassadors?|envoys?|diplomats?|commissioners?|councill?ors?|government|administration|authorit(?:y|ies)|regulators?|cabinet|white house|kremlin|municipality|agency",
    "court and law": r"judges?|justices?|prosecutors?|attorneys?|lawyers?|solicitors?|magistrates?|courts?|tribunal",
    "police": r"police\w*|officers?|detectives?|sheriffs?|investigators?|constables?|fbi|inspector|chief constable",
    "military": r"generals?|gen\.|colonels?|soldiers?|army|military|troops|commanders?|navy|admirals?|militia|fighters?|rebels?|militants?|insurgents?",
    "party and campaign": r"campaigns?|strategists?|party|republicans?|democrats?|conservatives?|labour|aides?|advis[eo]rs?|operatives?|pollsters?|opposition|delegates?",
    "expert": r"experts?|professors?|prof\.|analysts?|economists?|scientists?|researchers?|scholars?|historians?|academics?|stud(?:y|ies)|report|think tank|institute|university|doctors?|dr\.|epidemiologists?|fellow|polls?|survey",
    "business": r"ceo|chief executives?|executives?|chairm[ae]n|chairwoman|bank(?:ers?)?|investors?|company|companies|firm|business(?:man|woman|people|men|es)?|owners?|manufacturers?|entrepreneurs?|director|traders?|founder|billionaires?|tycoon|mogul",
    "advocate": r"activists?|campaigners?|advocates?|unions?|charit(?:y|ies)|ngo|environmentalists?|organi[sz]ers?|protesters?|demonstrators?|marchers?|amnesty|human rights|lobby(?:ist)?s?",
    "media": r"journalists?|reporters?|editors?|columnists?|newspaper|newsreaders?|anchors?|hosts?|magazine|times|post|television|broadcaster|bloggers?|commentators?|correspondents?|news agency|authors?|writers?",
    "cleric": r"priests?|bishops?|archbishops?|imams?|rabbis?|pastors?|pope|clerics?|monks?|reverend|rev\.|church",
    "witness or citizen": r"witness(?:es)?|residents?|neighbou?rs?|victims?|relatives?|famil(?:y|ies)|mothers?|fathers?|sons?|daughters?|wi(?:fe|ves)|husbands?|widows?|survivors?|students?|pupils?|teachers?|farmers?|voters?|people|man|woman|men|women|villagers?|locals?|shopkeepers?|workers?|parents?|friends?|supporters?|fans?|customers?|passengers?|drivers?|pensioners?|miners?|nurses?|americans|critics|sources?",
}  # fmt: skip
ROLE_TYPES: Final = tuple(_TYPES)
_PATTERNS: Final = tuple(
    (name, re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.IGNORECASE)) for name, words in _TYPES.items()
)

_HEAD: Final = "head of state or government"
# *CNN president*, *president of Orpel University*: of no state.
_OF_A_HOUSE: Final = re.compile(
    r"\b(?!(?:Former|Prime|Minister|President|The|Then|King|Queen|U\.?S)\b)[A-Z][\w.&-]+"
)


def role_type(words: str) -> str | None:
    """The type that words tell; None if they tell none.

    >>> [role_type(w) for w in ("a police spokesman", "two residents of Karst", "the foreign minister", "Ana Orpel")]
    ['spokesperson', 'witness or citizen', 'minister or official', None]
    >>> role_type("the French president"), role_type("Karst Steel president")
    ('head of state or government', 'business')
    """
    found = next((name for name, pattern in _PATTERNS if pattern.search(words)), None)
    if found == _HEAD and _OF_A_HOUSE.search(words) and not read_phrase(words).countries:
        return "business"
    return found
