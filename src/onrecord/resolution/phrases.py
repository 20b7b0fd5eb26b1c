"""What a phrase about an actor says besides a name: titles, country, office, whether it is past.

*former Kazakh President Nursultan Nazarbayev* is read as the title *president*, the country KAZ,
past, and the name *Nursultan Nazarbayev*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.resolution.entries import government_codes, load_actors
from onrecord.resolution.spelling import fold

# Titles that stand before a name, by the words that registries and reports use for the same office.
TITLES: Final = {
    "president": "president", "prime minister": "prime minister", "premier": "prime minister", "pm": "prime minister",
    "chancellor": "chancellor", "king": "king", "queen": "queen", "emperor": "emperor", "pope": "pope", "emir": "emir",
    "amir": "emir", "sultan": "sultan", "supreme leader": "supreme leader", "leader": "leader", "ruler": "leader",
    "strongman": "leader", "dictator": "leader", "foreign minister": "foreign minister", "foreign secretary": "foreign minister",
    "secretary of state": "foreign minister", "minister of foreign affairs": "foreign minister", "minister for foreign affairs": "foreign minister",
    "top diplomat": "foreign minister", "vice president": "vice president", "vice-president": "vice president",
    "deputy president": "deputy president", "deputy prime minister": "deputy prime minister",
    "defence minister": "defense minister", "defense minister": "defense minister", "defence secretary": "defense minister",
    "defense secretary": "defense minister", "secretary of defense": "defense minister", "minister of defense": "defense minister",
    "deputy defense secretary": "deputy defense minister", "deputy secretary": "deputy secretary",
    "interior minister": "interior minister", "home secretary": "home secretary", "finance minister": "finance minister",
    "treasury secretary": "treasury secretary", "attorney general": "attorney general", "secretary-general": "secretary-general",
    "secretary general": "secretary-general", "chief": "head", "director-general": "director-general", "director": "director",
    "managing director": "managing director", "chairman": "chairman", "chair": "chair", "chairwoman": "chair", "chairperson": "chairperson",
    "head": "head", "speaker": "speaker", "senator": "senator", "sen": "senator", "governor": "governor", "gov": "governor",
    "mayor": "mayor", "opposition leader": "leader of the opposition", "opposition figure": "leader of the opposition",
    "opposition politician": "leader of the opposition", "opposition activist": "leader of the opposition",
    "spokesman": "spokesman", "spokeswoman": "spokesman", "spokesperson": "spokesman", "general secretary": "general secretary",
    "crown prince": "crown prince", "prince": "prince", "first lady": "first lady", "general": "general", "gen": "general",
    "commander": "commander", "national security adviser": "national security adviser", "high representative": "high representative",
    "prosecutor": "prosecutor", "high commissioner": "high commissioner", "state counsellor": "state counsellor",
    "ayatollah": "ayatollah", "sheikh": "sheikh", "mr": "mr", "mrs": "mrs", "ms": "ms", "dr": "dr", "sir": "sir", "lord": "lord",
    "taoiseach": "prime minister", "first minister": "first minister", "chief minister": "chief minister", "monarch": "king",
    "rebel leader": "rebel leader", "commander-in-chief": "commander-in-chief",
}  # fmt: skip
# Titles that say nothing about an office.
COURTESY: Final = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "sheikh", "ayatollah", "general"})
# Which offices of the registry a title may mean. *Leader* is whoever leads.
KINDS: Final = {
    "president": ("state",), "king": ("state",), "queen": ("state",), "emperor": ("state",), "pope": ("state",), "emir": ("state",),
    "sultan": ("state",), "supreme leader": ("state",), "prime minister": ("government",), "chancellor": ("government",),
    "foreign minister": ("foreign",), "vice president": ("vice",), "deputy president": ("vice",), "leader": ("leader", "state", "government"),
}  # fmt: skip
FORMER: Final = re.compile(
    r"\b(?:former|formerly|ex|onetime|one time|erstwhile|retired|ousted|deposed|late|then former|past|previous|toppled|exiled|disgraced)\b"
)
_PAST: Final = re.compile(
    r"(?:former|ex|onetime|erstwhile|retired|ousted|deposed|late|past|previous|toppled|exiled|disgraced)[- ]+",
    re.IGNORECASE,
)
_FILLERS: Final = re.compile(
    r"(?:the|a|an|then|acting|interim|current|incumbent|new|visiting|outgoing|longtime|veteran|his|her|its|their|our)[- ]+",
    re.IGNORECASE,
)
# Words after an adjective of a country that make its government of it.
GOVERNMENT_WORDS: Final = re.compile(
    r"\b(?:government|governments|authorities|authority|officials?|administration|leadership|cabinet|regime|diplomats?|envoys?|"
    r"(?:foreign|defen[cs]e|interior|finance|health|economy|justice|energy|education|trade|agriculture|home|transport|culture|labou?r|emergencies|environment|information|oil|industry) (?:ministry|ministries|office|department|affairs ministry)"
    r"|ministry(?: of [a-z ]+)?|ministries|embassy|consulate|side|delegation|negotiators?|ambassadors?|presidency|presidential administration|presidential office)\b"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase taken apart.

    Attributes:
        name: what is left as a name, as printed; empty where the phrase only describes.
        titles: offices as the registry calls them, in the order of the phrase.
        countries: alpha-3 codes that adjectives and names of countries give.
        past: the phrase says that the office is no longer held.
        rest: the folded phrase without names of countries.
    """

    name: str
    titles: tuple[str, ...]
    countries: tuple[str, ...]
    past: bool
    rest: str


_TITLE_PATTERN: Final = re.compile(
    r"^(?:"
    + "|".join(sorted((re.escape(t).replace(r"\-", "[- ]") for t in TITLES), key=len, reverse=True))
    + r")\b\.?(?:'s)?(?:\s+|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def read_phrase(text: str) -> Phrase:
    """Take the words off the front of a phrase that are no name: articles, countries, titles."""
    rest = re.sub(r"^[\s\"“”'‘’,]+|[\s\"“”‘,.]+$", "", text.replace("\u00a0", " "))
    titles: list[str] = []
    countries: list[str] = []
    past = False
    described: list[str] = []
    while rest:
        taken = _take(rest)
        if taken is None:
            break
        kind, value, length = taken
        word, rest = rest[:length], rest[length:].lstrip(" ,")
        if kind == "past":
            past = True
        elif kind == "title":
            titles.append(value)
            described.append(fold(word))
            of = re.match(r"of (?:the )?", rest)
            if of and (country := _country_at(rest[of.end() :])):
                countries.append(country[0])
                rest = rest[of.end() + country[1] :].lstrip(" ,")
        elif kind == "country":
            countries.append(value)
    past = past or bool(FORMER.search(" ".join(described)))
    name = rest if rest[:1].isupper() or re.match(r"(?:al|el|bin|de|von|van)[- ]", rest) else ""
    return Phrase(
        name,
        tuple(dict.fromkeys(titles)),
        tuple(dict.fromkeys(countries)),
        past,
        fold(" ".join([*described, rest])),
    )


def _take(text: str) -> tuple[str, str, int] | None:
    match = _FILLERS.match(text)
    if match:
        return "word", "", match.end()
    match = _PAST.match(text)
    if match:
        return "past", "", match.end()
    match = _TITLE_PATTERN.match(text)
    if match:
        word = match[0].strip().rstrip(".").removesuffix("'s").lower()
        return (
            "title",
            TITLES.get(word)
            or TITLES.get(word.replace("-", " "))
            or TITLES.get(word.replace(" ", "-"), word),
            match.end(),
        )
    # *UN Secretary-General Ban Ki-moon*: the body whose office follows is no part of the name.
    body = re.match(r"([A-Z][A-Za-z.]+)(?:['’]s)? (?=\S)", text)
    if (
        body
        and body[1].replace(".", "") in load_actors()[1].acronyms
        and _TITLE_PATTERN.match(text[body.end() :])
        and country_of(body[1]) is None
    ):
        return "word", "", body.end()
    # A country before a name or a title: what follows must be more than the country itself.
    country = _country_at(text)
    if country and country[1] < len(text):
        return "country", country[0], country[1]
    return None


def _country_at(text: str) -> tuple[str, int] | None:
    """The country that a phrase begins with, by adjective or name, and the length of its words."""
    words = list(re.finditer(r"[^\s,]+", text))[:4]
    for count in range(len(words), 0, -1):
        printed = text[: words[count - 1].end()]
        if not (printed[0].isupper() or printed[0].isdigit()):
            return None
        bare = re.sub(r"['’]s?$", "", printed)
        if found := country_of(bare):
            return found, words[count - 1].end()
    return None


@lru_cache(maxsize=32768)
def country_of(word: str) -> str | None:
    """The country that an adjective, a word for its people or its own name means; None for two or none.

    *US* is the country, *us* is not: short forms are told by their capitals.
    """
    key = fold(word)
    if len(key) < 3 and not word.isupper():
        return None
    index = load_actors()[1]
    codes = index.adjectives.get(key)
    if codes and len(codes) == 1:
        return codes[0]
    if codes:  # *Congolese*, *Korean*, *Dominican*: the one that the press means, if there is one
        return {
            "congolese": "COD",
            "dominican": "DOM",
            "guinean": "GIN",
            "chinese": "CHN",
            "macedonian": "MKD",
        }.get(key)
    for number in index.names.get(key, ()):
        code = government_codes().get(number)
        if code and code not in index.metonyms.get(key, ()):
            return code
    return None
