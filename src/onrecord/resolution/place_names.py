"""Names that the network found -> names that may be a place's.

The network gives one class to one whole name. A gazetteer is asked for less and for more: a town and its state
are two names (*Austin, Texas*), a body's or a building's name often holds a place's (*University of Texas*, *Leeds
City Council*), a people's may be a state's (*Ohio Republicans*), and a town that stands for its team, council or
court looks like a body or a person. What is read into a name in this way is marked as doubtful: `resolve_places`
wants more for it. A street lies in its town, not in the one whose name it bears; a paper, a firm and a team are no
place, whatever they are called after (*Boston Globe*); a person has no place in the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.analysis.names import Name
from onrecord.article import Span
from onrecord.resolution.gazetteer import (
    FLAG_CODE,
    FLAG_MAIN,
    FLAG_SECOND,
    GPE_KINDS,
    KINDS,
    Gazetteer,
    Ints,
    find_forms,
    fold,
    load_gazetteer,
    side_length,
)
from onrecord.resolution.places import PlaceName
from onrecord.resolution.words import (
    COMPANY_ENDINGS,
    FEMALE_NAMES,
    KNOWN_BODIES,
    MALE_NAMES,
    MASTHEADS,
    ORGANISATION_WORDS,
)

_WORD = re.compile(r"[^\W_](?:[^\s,;/()–—-]|-(?=[a-z]))*")
_COMMA = re.compile(r"\s*,\s*")
_POSSESSIVE = re.compile(r"['’]s?$")
# The longest names of places within names: *Trinidad and Tobago*.
_MAX_WORDS = 4
_COUNTRY = np.array([kind == "country" for kind in KINDS])
_COUNTY = np.array([kind == "county" for kind in KINDS])
_WIDE = np.array([kind in ("country", "region") for kind in KINDS])
_NAMING = np.array([kind in GPE_KINDS or kind in ("continent", "area") for kind in KINDS])
# In 25ths of powers of ten of inhabitants, as the gazetteer has it: 100,000 and 300,000.
_LARGE, _VERY_LARGE = 125, 137
# Where English reports know a state or county by its name alone; elsewhere a region may be called *Centre*.
_ENGLISH = ("USA", "CAN", "AUS", "GBR", "IRL", "NZL", "IND")
_PREPOSITION = re.compile(r"\b(?:in|near|at|outside|around)\s+$")
# Below this the network's class of a name is a guess.
_IN_TWO_MINDS = 0.75
# What joins a body's name to the place's in it.
_LINKS = ("of", "in", "at", "de", "for")
_STREETS = frozenset(
    "street st road rd avenue ave drive dr lane ln boulevard blvd highway hwy way place parkway pike terrace crescent"
    " square turnpike freeway expressway interstate alley bridge".split()
)
# What bears another name than the place it lies in: *Ross Sea* is not in Ross.
_NATURE = frozenset(
    "sea ocean gulf strait river creek lake lakes bay sound island islands isle mountain mountains mount mt cape glacier ice"
    " desert valley canyon peninsula inlet canal reservoir falls hills ridge range basin forest plateau shelf".split()
)
# Words of bodies' names that some town bears as well.
_GENERIC = frozenset(
    "allied american amity apple assembly bar bay burning centenary center centre associated atlantic best big bishop black blue broadway capital capitol captain catholic"
    " central chamber chase chief christian christians church citizens city civil clear college colonial colony columbia commerce common commonwealth community"
    " congress conservation constitution continental council county crown delta dragon eagle earth east eastern earth eden energy eminence enterprise"
    " equality evening faith family farm federal fire first force ford forest foreign fort free freedom friends galaxy general"
    " global globe gold golden good grand great green harmony harvest heritage high highways hill holiday home homeland hope hot"
    " independence independent industry institute international island justice king kings lake law liberty life light"
    " lions loyal man marine marines mayo media men metro middle midway model modern monitor morning mount national nation natural nature"
    " new news north northern northwest northeast ocean office old olympic orange pacific palace park patriot peace people"
    " pilot pioneer plains planet police post prairie premier president prime princess progress public queen queens rainbow"
    " reading real red regent register republic republican research reserve rich river rock rose royal school senate service silver"
    " social south southern southeast southwest speed spirit sport sports spring standard star state state college"
    " summit sun sunday sunrise super supreme target tea temple time times transport treasury tribune trinity union unity"
    " universal university valley van vice veterans victory village vista wall war water weekly welcome west western white wild"
    " women world young zion labour labor conservative liberal democratic democrat".split()
)


_BODIES = ORGANISATION_WORDS | frozenset(
    "sheriff sheriff’s sheriff's mayor county city town township village parish borough district council fire rescue high"
    " elementary grammar middle junior clinic medical airport port library theatre theater festival fair marathon chamber"
    " club fc afc united rovers athletic ballet symphony opera orchestra cathedral diocese stadium arena hall"
    " prison jail state municipal metropolitan regional community"
    " district zoo raceway speedway brewery winery water power light electric gas railway railroad transit".split()
)
# What is called after a town and is not of it: its papers, stations and firms are read and sold elsewhere.
_PAPERS_AND_FIRMS = (
    MASTHEADS
    | COMPANY_ENDINGS
    | frozenset(
        "globe radio television tv news magazine courier press observer record star sun chronicle register sentinel mirror mail"
        " telegraph standard dispatch inquirer examiner bee today media network networks studios entertainment records"
        " pictures research partners capital industries motors airlines airways technologies pharmaceuticals enterprises"
        " systems energy foods securities ventures advisers advisors consulting insurance brands".split()
    )
)
# *Georgian Foreign Ministry*: a state's body, of the country that the adjective names.
_STATE_WORDS = frozenset(
    "ministry government parliament army navy police embassy cabinet senate military intelligence foreign interior defence"
    " defense finance president prime coast guard supreme constitutional central armed security".split()
)
# Seats of power, not the towns of these names.
_NOT_THE_TOWN = frozenset(("white house", "wall street", "capitol hill", "downing street"))
# What is not taken for a town where it stands in another name or for a body.
_NO_TOWNS = _GENERIC | _NOT_THE_TOWN
_FIRST_NAMES = MALE_NAMES | FEMALE_NAMES


@dataclass(frozen=True, slots=True)
class _Report:
    """A text, the names in it that are surely places, and the words of persons' names; all folded.

    Attributes:
        full: words of persons' names of more than one word.
        persons: these, and persons' names of one word.
    """

    text: str
    sure: frozenset[str]
    full: frozenset[str]
    persons: frozenset[str]
    gazetteer: Gazetteer


def place_names(text: str, names: Sequence[Name]) -> list[PlaceName]:
    """The names that may be a place's, or an adjective of one, in the order of the text.

    Args:
        text: the report; spans refer to it.
        names: its names, with settled labels; they do not overlap, and neither do the places' names.

    >>> text = "Police in Austin, Texas, and the Ohio Turnpike Board met Kazakhs."
    >>> spans = [(Span(10, 23), "LOC"), (Span(33, 52), "ORG"), (Span(57, 64), "NORP")]
    >>> [n.span.of(text) for n in place_names(text, [Name(s, label, 0.9) for s, label in spans])]
    ['Austin', 'Texas', 'Ohio', 'Kazakhs']
    """
    sure = {fold(part.of(text)) for n in names if n.label == "LOC" for part in _parts(text, n.span)}
    persons = [(n, n.span.of(text).split()) for n in names if n.label == "PER"]
    full = {fold(word) for _, words in persons if len(words) > 1 for word in words}
    bare = {fold(words[0]) for n, words in persons if len(words) == 1 and n.probability >= _IN_TWO_MINDS}
    report = _Report(
        text, frozenset(sure), frozenset(full), frozenset(full | (bare - sure)), load_gazetteer()
    )
    return [found for name in names for found in _of_name(name, report)]


def _of_name(name: Name, report: _Report) -> list[PlaceName]:
    span, gazetteer = name.span, report.gazetteer
    words = span.of(report.text)
    if name.label == "LOC":
        if name.probability < _IN_TWO_MINDS and fold(words) in report.persons:
            return []
        parts = _parts(report.text, span)
        return [n for part in parts for n in _known(part, report) or [PlaceName(part)]]
    if name.label == "NORP" and gazetteer.people(words) is not None:
        return [PlaceName(span, "NORP")]
    if name.label == "FAC" and FLAG_MAIN in gazetteer.find(words)[1]:
        return [PlaceName(span)]
    if name.label == "PER":
        return [PlaceName(span, doubtful=True)] if _is_place_taken_for_person(name, report) else []
    if _is_place_by_itself(name, report):
        return [PlaceName(span, doubtful=True)]
    inner = list(_inside(span, report))
    return inner or ([PlaceName(span, "NORP")] if name.label == "NORP" else [])


def _parts(text: str, span: Span) -> list[Span]:
    """*Austin, Texas* -> *Austin* and *Texas*."""
    parts, start = [], span.start
    for comma in [*_COMMA.finditer(text, span.start, span.end), None]:
        end = comma.start() if comma else span.end
        if start < end:
            parts.append(Span(start, end))
        start = comma.end() if comma else end
    return parts


def _known(span: Span, report: _Report) -> list[PlaceName]:
    """A place's name as it stands if the gazetteer has it, without its side (*Upstate New York*), else what it has."""
    words = span.of(report.text)
    start = span.start + side_length(words)
    if start > span.start and not len(report.gazetteer.find(words)[0]):
        inner = Span(start, span.end)
        if inner.of(report.text)[:1].isupper() and _is_place(inner.of(report.text), report.gazetteer):
            return [PlaceName(inner)]
    if len(find_forms(report.gazetteer, words)[0]):
        return [PlaceName(span)]
    return list(_inside(span, report))


def _is_place_taken_for_person(name: Name, report: _Report) -> bool:
    """*in Poitiers*, *the Virginia senator*: no part of a person's name in the report, and where a place would stand.

    Or the network is in two minds, and it is the name of a state or a large town.
    """
    words, gazetteer = name.span.of(report.text), report.gazetteer
    if fold(words) in report.full or not _is_place(words, gazetteer):
        return False
    if fold(words) in report.sure or _PREPOSITION.search(
        report.text[: name.span.start], max(0, name.span.start - 12)
    ):
        return True
    return name.probability < _IN_TWO_MINDS and (
        _is_wide(words, gazetteer) or _is_large(words, _LARGE, gazetteer)
    )


def _is_place_by_itself(name: Name, report: _Report) -> bool:
    """A town, state or country that stands for its team, council or people: a large one, or named as a place too."""
    words = name.span.of(report.text)
    folded = fold(words)
    if not _is_place(words, report.gazetteer):
        return False
    if folded in report.sure:
        return True
    if folded in report.persons or folded in _NO_TOWNS:
        return False
    if name.label == "NORP" and FLAG_MAIN not in report.gazetteer.find(words)[1]:
        return False
    return name.probability < _IN_TWO_MINDS or _is_large(words, _LARGE, report.gazetteer)


def _inside(span: Span, report: _Report) -> Iterator[PlaceName]:
    """The places' names within a longer name, the longest first, none overlapping."""
    text, gazetteer = report.text, report.gazetteer
    words = list(_WORD.finditer(text, span.start, span.end))
    lower = [_POSSESSIVE.sub("", w.group().lower()) for w in words]
    if not words or lower[-1].strip(".") in _STREETS | _NATURE:
        return
    at = 0
    if gazetteer.people(words[0].group()) is not None and not _STATE_WORDS.isdisjoint(lower[1:]):
        yield PlaceName(Span(*words[0].span()), "NORP")
        at = 1
    while at < len(words):
        for end in range(min(len(words), at + _MAX_WORDS), at, -1):
            found = Span(words[at].start(), words[end - 1].start() + len(lower[end - 1]))
            name = found.of(text)
            if (
                end - at < len(words)
                and name[0].isupper()
                and lower[at] != "the"
                and _is_place(name, gazetteer)
                and _may_lie_inside(name, lower[:at], lower[end:], report)
            ):
                yield PlaceName(found, doubtful=not _is_wide(name, gazetteer))
                at = end
                break
        else:
            at += 1


def _may_lie_inside(name: str, before: list[str], after: list[str], report: _Report) -> bool:
    """Do the words around say that a place's name is one? *University of Leeds*, *Leeds Grammar School*."""
    folded, last = fold(name), before[-1] if before else ""
    if (after and after[0] in ("of", "and", "&")) or last in _NATURE or last == "&":
        return False
    if not _PAPERS_AND_FIRMS.isdisjoint(w.strip(".") for word in after for w in word.split("-")):
        return False
    if folded in report.sure:
        return True
    if folded in report.persons or folded in _NO_TOWNS or folded in KNOWN_BODIES or last in _FIRST_NAMES:
        return False
    if _is_wide(name, report.gazetteer):
        return True
    if " " not in name and name.lower() in _FIRST_NAMES:
        return False
    if last in _LINKS:
        return True
    if not before:
        return any(w in _BODIES for w in after)
    return _is_large(name, _VERY_LARGE, report.gazetteer)


def _is_place(name: str, gazetteer: Gazetteer) -> bool:
    """Is it the name of a country, state, county or town? Codes (*AL*) are not asked for."""
    letters = name.replace(".", "")
    if len(letters) <= 3 and (letters.isupper() or len(letters) == 2):
        # *US*, but neither *La* nor *AL*
        return letters.isupper() and bool(_COUNTRY[gazetteer.kind[gazetteer.find(name)[0]]].any())
    return bool(_NAMING[gazetteer.kind[_bearers(name, gazetteer)]].any())


@lru_cache(8192)
def _bearers(name: str, gazetteer: Gazetteer) -> Ints:
    """What a name is the first name of; of large towns and regions, another name too (*Nizhny Novgorod*)."""
    records, flags = gazetteer.find(name)
    other = (flags != FLAG_CODE) & (gazetteer.weight[records] >= _VERY_LARGE) & (len(name) > 4)
    # *Lamar Circuit Court* is the county's.
    county = (flags == FLAG_SECOND) & _COUNTY[gazetteer.kind[records]]
    return np.asarray(records[(flags == FLAG_MAIN) | other | county], np.int64)


def _is_wide(name: str, gazetteer: Gazetteer) -> bool:
    """A country, or a state or county of a country where these are known by their bare names; any *X County*."""
    records = _bearers(name, gazetteer)
    english = np.isin(gazetteer.country[records], [gazetteer.country_number(c) for c in _ENGLISH])
    kinds = gazetteer.kind[records]
    is_county = name.lower().endswith((" county", " parish"))
    return bool((_COUNTRY[kinds] | (_WIDE[kinds] & english) | (_COUNTY[kinds] & is_county)).any())


def _is_large(name: str, least: int, gazetteer: Gazetteer) -> bool:
    return bool((gazetteer.weight[_bearers(name, gazetteer)] >= least).any())
