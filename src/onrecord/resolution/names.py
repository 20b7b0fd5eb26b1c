"""Names in a text: runs of capitalised words, without the titles before them.

English capitalises names, but also the first word of a sentence and every word of many headlines;
such a word counts as a name only where the text also prints it capitalised elsewhere, or in a
longer name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from onrecord.article import Span

# Words that stand capitalised before a name and are not part of it.
TITLES = frozenset(
    """president vice prime minister foreign energy defence defense finance interior chancellor king queen prince
    princess emperor pope archbishop bishop cardinal imam rabbi reverend rev rev. father sister brother judge justice
    chief general gen gen. lieutenant lt lt. colonel col col. major maj maj. captain capt capt. sergeant sgt sgt. admiral
    commander senator sen sen. sens. congressman congresswoman representative rep rep. reps. governor gov gov. mayor councillor
    secretary ambassador attorney speaker director chairman chairwoman chair professor prof prof. doctor dr dr. mr mr. mrs
    mrs. ms ms. miss sir dame lord lady detective inspector officer deputy former ex-president then-president spokesman
    spokeswoman spokesperson sheriff premier commissioner republican democratic democrat nominee candidate majority minority
    leader house senate host analyst author economist""".split()
)
# Of these, the ones that only persons bear directly before their names.
PERSON_TITLES = TITLES - frozenset("republican democratic democrat house senate majority minority energy defence defense finance interior foreign".split())  # fmt: skip
FEMALE_TITLES = frozenset(
    "mrs mrs. ms ms. miss dame lady queen princess sister congresswoman chairwoman spokeswoman".split()
)
MALE_TITLES = frozenset("mr mr. sir king prince pope father brother congressman chairman spokesman".split())
_ORGANISATION_WORDS = frozenset(
    """organization organisation party ministry university college institute committee commission union council court
    agency bank company corp corp. inc inc. ltd group department bureau office front movement army police force forces
    association federation foundation fund center centre times post news journal tribune press street house congress
    senate parliament board authority service services club league society network campaign coalition administration
    alliance treaty church school hospital media television radio""".split()
)
# Capitalised words that are no names wherever they stand.
_NEVER = frozenset(
    """i i'm i’m i've i’ve i'd i’d i'll i’ll monday tuesday wednesday thursday friday saturday sunday january february march april
    june july august september october november december jan jan. feb feb. mar. apr. aug. sept sept. oct oct. nov nov. dec
    dec. english""".split()
)
_FUNCTION = frozenset(
    """the a an this that these those he she it we they you his her its our their my your who what which when where why how
    in on at by for from to of with as if but and or so yet not no yes all some many most more few both each every either
    after before since while although though because until unless despite during under over about against among between
    there here then now still just even also only again once meanwhile however moreover nevertheless according asked is are
    was were be been has have had do does did will would can could may might must should shall let one two three four five
    such than too very other another last next earlier later today yesterday tomorrow neither nor per via""".split()
)
_WORD = r"[A-ZÀ-ÞĀ-Ž][\w]*(?:[.’'-](?=\w)[\w]+)*\.?"
_NAME = re.compile(
    rf"{_WORD}(?:(?:[ \u00a0](?:(?:of|de|da|del|der|den|la|le|van|von|bin|ibn|al|el|for|du|dos)[ \u00a0](?:the[ \u00a0])?)?){_WORD})*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]['’\"”)]*\s+|\n\s*|[“\"‘(•–—-]\s*)$")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name where it stands.

    Attributes:
        span: the name without title, *the* and *'s*.
        title: the words before it that only persons bear, lower case, empty if none.
    """

    span: Span
    name: str
    title: tuple[str, ...] = ()


def find_names(text: str) -> list[NameMention]:
    """All names of a text, in its order."""
    found = []
    lower_words = Counter(re.findall(r"\b[a-zà-þ]\w+", text))
    inside = _capitals_inside_sentences(text)
    for match in _NAME.finditer(text):
        mention = _trim(text, match.start(), match.end(), lower_words, inside)
        if mention:
            found.append(mention)
    return found


def is_organisation_name(name: str) -> bool:
    """Does a word of the name say that it is a body and not a person?"""
    return any(w.lower().strip(".,") in _ORGANISATION_WORDS for w in name.split())


def _capitals_inside_sentences(text: str) -> Counter[str]:
    """How often each capitalised word stands where a sentence does not begin; title-case lines
    are left out, as they capitalise everything."""
    counts: Counter[str] = Counter()
    for line in text.split("\n"):
        words = [w for w in re.findall(r"[\w'’-]+", line) if w[:1].isalpha() and len(w) > 3]
        if words and sum(w[0].isupper() for w in words) > 0.7 * len(words):
            continue
        for found in re.finditer(rf"(?<=[a-z,;] ){_WORD}", line):
            counts[found.group().rstrip(".")] += 1
    return counts


def _trim(
    text: str, start: int, end: int, lower_words: Counter[str], inside: Counter[str]
) -> NameMention | None:
    """Cut what is not name from both ends of a run of capitalised words."""
    words = [
        (m.start() + start, m.end() + start, m.group()) for m in re.finditer(r"[^ \u00a0]+", text[start:end])
    ]
    title: list[str] = []
    at_start = bool(_SENTENCE_START.search(text[max(0, start - 6) : start])) or start == 0
    while words:
        word = words[0][2]
        low = word.lower()
        bare = low.rstrip(".")
        if low in _NEVER or bare in _FUNCTION:
            words.pop(0)
        elif len(words) > 1 and (low in TITLES or bare in TITLES):
            title.append(low)
            words.pop(0)
        elif at_start and (
            lower_words[bare] > inside[word.rstrip(".")] or (len(words) == 1 and not inside[word.rstrip(".")])
        ):
            words.pop(0)
        else:
            break
        at_start = False
    while words and (
        words[-1][2].lower().rstrip(".") in _FUNCTION
        or words[-1][2].lower() in _NEVER
        or words[-1][2][0].islower()
    ):
        words.pop()
    if not words:
        return None
    first, last = words[0][0], words[-1][1]
    for ending in ("'s", "’s"):
        if text[first:last].endswith(ending):
            last -= len(ending)
    if text[last - 1] == "." and not re.search(
        r"\b(?:\w\.)+$|\b(?:Jr|Sr|Inc|Corp|Ltd|Co)\.$", text[first:last]
    ):
        last -= 1
    name = " ".join(text[first:last].split())
    if len(name) < 2 or name.lower() in TITLES or name.lower() in _NEVER:
        return None
    person_title = tuple(t for t in title if t in PERSON_TITLES)
    return NameMention(Span(first, last), name, person_title)
