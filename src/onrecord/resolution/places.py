"""Names of places -> entries of the gazetteer, chosen by context.

Each name has candidates. A candidate has a weight of its own (inhabitants, in powers of ten; more for
countries and capitals), gains where the words beside the name say where it lies (*Paris, Texas*),
by how local the report is (`neighbourhood`), where the names beside it in the text lie near it or in the same
region, and by dateline and outlet. One name is one place all through a report, unless its neighbours say otherwise. What reaches
too little stays unknown: a hamlet on another continent is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from onrecord.article import Span
from onrecord.resolution.gazetteer import (
    FLAG_ALTERNATE,
    FLAG_CODE,
    FLAG_MAIN,
    FLAG_SECOND,
    GPE_KINDS,
    KINDS,
    TOWN_KINDS,
    Entry,
    Floats,
    Gazetteer,
    Ints,
    find_forms,
    fold,
    load_gazetteer,
)
from onrecord.resolution.governments import speaks_as_government
from onrecord.resolution.neighbourhood import neighbourhood_gain
from onrecord.resolution.qualifiers import Qualifier, find_qualifiers

# All in powers of ten of inhabitants, set by thought and by the sentences of the tests.
FLAG_COST = {FLAG_ALTERNATE: 1.0, FLAG_SECOND: 1.5}
QUALIFIER_GAIN = 6.0
# What a name gains by places near it in the text and on the map, or in the same region, country, or by a country's own
# name: little, since what the report is about is asked first.
COMPANY_GAIN = 2.4
MAX_COMPANY_GAIN = 1.2
SAME_REGION, SAME_WHOLE, SAME_COUNTRY = 0.3, 0.3, 0.05
OUTLET_GAIN = 0.6
LABEL_GAIN = 0.4
DOUBT_COST = 0.7
# How much a doubtful name tells of what a report is about.
DOUBTFUL_COUNT = 0.5
STATE_GAIN = 1.5
# A town of 30,000 without any company is just worth naming; one of 500 in good company too.
MIN_SCORE = 4.5
MIN_CONFIDENCE = 0.3
# As many readings of a name are compared; *San José* has hundreds.
MAX_CANDIDATES = 14
# Of all names together, since each reading is held against each: a report of two hundred names keeps fewer of each.
MAX_READINGS = 1500
_ROUNDS = 3
_GPE = np.array([k in GPE_KINDS for k in KINDS])
_TOWN = np.array([k in TOWN_KINDS for k in KINDS])
_LOCAL = np.array([k in TOWN_KINDS or k == "county" for k in KINDS])
_COUNTRY, _REGION = KINDS.index("country"), KINDS.index("region")
# *The West* is a group of states; towns of such names are not what a report means.
_NOT_A_TOWN = frozenset(("west", "east", "north", "south"))
# Reports mean the European Union by it.
_NOT_ITS_COUNTRY = frozenset(("brussels",))

_KIND_AFTER = re.compile(
    r" (?:region|province|oblast|krai|governorate|prefecture|republic|voivodeship|canton|emirate|county|state)\b(?! of\b)"
)
_OFFICE_AFTER = re.compile(
    r"(?:['’]s)? (?:Gov\.|[Gg]overnor|Sens?\.|[Ss]enators?|Reps?\.|lawmakers?|[Ll]egislat(?:ure|ors?)|congressional|primar(?:y|ies)"
    r"|caucus(?:es)?|[Ss]tate (?:Police|Senate|House|Assembly|[a-z])|Republicans?|Democrats?)\b"
)
_OFFICE_BEFORE = re.compile(
    r"(?:(?:[Gg]overnor|Gov\.|[Ss]enators?|Sens?\.|Reps?\.|[Cc]ongress(?:man|woman))(?: [A-Z][\w.’'-]+){0,4}|[Ss]tate) of $"
)

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name to be resolved; `kind` is what its finder thinks, None if it does not say.

    NORP is an adjective or a people (*Kazakh*): it has a country, and is no place. A doubtful name is read into
    that of a body or a person, and needs more company.
    """

    span: Span
    kind: Literal["GPE", "LOC", "NORP"] | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name means.

    Attributes:
        confidence: 0 to 1; grows with the weight of the entry, its company, and the lead over the next reading.
        people: the name is an adjective or a people of that country.
    """

    entry: Entry
    confidence: float
    people: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a report, with the names that mean it."""

    id: str
    entry: Entry
    mentions: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class OfCountry:
    """A name that means a country's government or people; `country` is ISO 3166-1 alpha-3."""

    span: Span
    country: str


@dataclass(frozen=True, slots=True)
class ResolvedPlaces:
    """Places in the order of their first mention, and the names that are none.

    Attributes:
        governments: capitals and countries that act (*Moscow said*).
        peoples: adjectives and peoples (*Kazakh*).
        unknown: names without entry.
    """

    places: tuple[Place, ...]
    governments: tuple[OfCountry, ...]
    peoples: tuple[OfCountry, ...]
    unknown: tuple[Span, ...]


@dataclass(slots=True)
class _Group:
    """The names of a report that must mean the same."""

    qualifiers: list[Qualifier]
    at: list[int]
    records: Ints
    base: Floats
    doubtful: bool = False


def resolve_places(
    text: str,
    names: Sequence[PlaceName],
    dateline: str | None = None,
    *,
    outlet_country: str | None = None,
) -> ResolvedPlaces:
    """Which places a report names, and where they lie.

    Args:
        text: the report; spans refer to it.
        names: names of places, in any order.
        dateline: place at the head of the report, as printed: *BIRMINGHAM, Ala.*
        outlet_country: ISO code of the country where the report was published.

    >>> text = "He flew from Paris to Paris, Texas."
    >>> found = resolve_places(text, [PlaceName(Span(13, 18)), PlaceName(Span(22, 27)), PlaceName(Span(29, 34))])
    >>> [(p.entry.name, p.entry.country, p.entry.region) for p in found.places]
    [('Paris', 'USA', 'Texas'), ('Texas', 'USA', 'Texas')]
    """
    ordered = sorted(names, key=lambda n: (n.span.start, n.span.end))
    choices = choose_places(text, ordered, dateline, outlet_country=outlet_country)
    mentions: dict[int, list[int]] = {}
    governments: list[OfCountry] = []
    peoples: list[OfCountry] = []
    unknown: list[Span] = []
    end_of_place = -9
    for i, (name, choice) in enumerate(zip(ordered, choices, strict=True)):
        if choice is None:
            unknown.append(name.span)
            continue
        if choice.people:
            if choice.entry.country:
                peoples.append(OfCountry(name.span, choice.entry.country))
            else:  # Africans and Kurds have no country of that name
                unknown.append(name.span)
            continue
        after_place = text[end_of_place : name.span.start] in (", ", " (") if end_of_place >= 0 else False
        end_of_place = name.span.end
        if is_seat(choice.entry) and speaks_as_government(text, name.span, after_place=after_place):
            governments.append(OfCountry(name.span, choice.entry.country or ""))
        else:
            mentions.setdefault(choice.entry.record, []).append(i)
    places: list[Place] = []
    for found in mentions.values():
        chosen = [c for i in found if (c := choices[i])]
        spans = tuple(ordered[i].span for i in found)
        best = max(c.confidence for c in chosen)
        places.append(Place(f"p{len(places) + 1}", chosen[0].entry, spans, best))
    return ResolvedPlaces(tuple(places), tuple(governments), tuple(peoples), tuple(unknown))


def is_seat(entry: Entry) -> bool:
    """Can the name stand for a government: is it a country's or its capital's?"""
    return entry.kind in ("country", "capital") and fold(entry.name) not in _NOT_ITS_COUNTRY


def choose_places(
    text: str,
    names: Sequence[PlaceName],
    dateline: str | None = None,
    *,
    outlet_country: str | None = None,
) -> list[Choice | None]:
    """The entry of each name, in the order given; None for what is not in the gazetteer or too doubtful."""
    gazetteer = load_gazetteer()
    choices = [_people(name, text, gazetteer) for name in names]
    groups = _gather(text, names, gazetteer, {i for i, c in enumerate(choices) if c})
    if dateline:
        groups += _gather(
            dateline, [PlaceName(Span(0, len(dateline.split(",")[0])))], gazetteer, of_text=False
        )
    outlet = gazetteer.country_number(outlet_country) if outlet_country else 0
    groups = [g for g in groups if len(g.records)]
    _cut(groups, outlet, gazetteer)
    for group, scores in zip(groups, _score(groups, text, names, gazetteer), strict=True):
        choice = _best(group.records, scores, gazetteer)
        for i in group.at:
            choices[i] = choice
    return choices


def _people(name: PlaceName, text: str, gazetteer: Gazetteer) -> Choice | None:
    """The country, or part of one, of an adjective or a people; not of a word that is the name of a place as well."""
    if name.kind not in (None, "NORP"):
        return None
    word = name.span.of(text)
    record = gazetteer.people(word)
    if record is None or (name.kind is None and FLAG_MAIN in gazetteer.find(word)[1]):
        return None
    return Choice(gazetteer.entry(record), 1.0, people=True)


def _gather(
    text: str,
    names: Sequence[PlaceName],
    gazetteer: Gazetteer,
    without: Collection[int] = (),
    *,
    of_text: bool = True,
) -> list[_Group]:
    """Put the names that must mean the same together: same form, and same addition if they have one."""
    groups: dict[tuple[str, object], _Group] = {}
    first: dict[str, _Group] = {}
    later: list[tuple[str, int]] = []
    areas: dict[int, Qualifier] = {}
    for i, name in sorted(enumerate(names), key=lambda n: n[1].span.start):
        if i in without:
            continue
        surface, inner = _split(name.span.of(text))
        span = Span(name.span.start, name.span.start + len(surface)) if inner else name.span
        span = _with_its_kind(text, span, gazetteer)
        surface = span.of(text)
        records, flags = find_forms(gazetteer, surface)
        keep = _may_be_meant(surface, name.kind, records, flags, gazetteer)
        records, flags = records[keep], flags[keep]
        if not _is_code_place(text, span):
            records, flags = records[flags != FLAG_CODE], flags[flags != FLAG_CODE]
        base = _base(records, flags, name.kind, gazetteer)
        form = fold(surface)
        if _is_state(text, span):
            base = base + STATE_GAIN * (gazetteer.kind[records] == _REGION)
        said = find_qualifiers(text, span, gazetteer)
        if _lies_elsewhere(said, records, base, gazetteer):
            records, base = records[:0], base[:0]
        qualifiers = _held(said, records, base, gazetteer)
        strong: tuple[object, ...] = tuple((q.countries, q.regions) for q in qualifiers if q.weight >= 1.0)
        areas |= {q.start: q for q in qualifiers if q.weight >= 1.0}
        if span.start in areas:
            # *Albany, New York*: here it is the state.
            base = base + QUALIFIER_GAIN * _is_area(areas[span.start], records, gazetteer)
            strong = ("area", areas[span.start].countries, areas[span.start].regions, *strong)
        if not strong:
            later.append((form, i))
        group = groups.get((form, strong))
        if group is None:
            group = groups[form, strong] = _Group(qualifiers, [], records, base, name.doubtful)
        else:
            group.qualifiers += [q for q in qualifiers if q not in group.qualifiers]
        group.doubtful &= name.doubtful
        group.at.append(i if of_text else -1)
        if strong and span.start not in areas:
            first.setdefault(form, group)
    _join(groups, first, later)
    for group in groups.values():
        if not of_text:
            group.at.clear()
        group.base = group.base + _qualified(group.qualifiers, group.records, gazetteer)
        if group.doubtful:
            group.base = group.base - DOUBT_COST
    return list(groups.values())


def _join(
    groups: dict[tuple[str, object], _Group], first: dict[str, _Group], later: list[tuple[str, int]]
) -> None:
    """A bare name means what the first qualified one of its form means."""
    for form, _ in later:
        bare = groups.get((form, ()))
        if bare and form in first:
            first[form].at += bare.at
            first[form].doubtful &= bare.doubtful
            del groups[form, ()]


def _split(surface: str) -> tuple[str, bool]:
    """*Paris, Texas* as one name: the name before the comma."""
    head, comma, _ = surface.partition(",")
    return (head, True) if comma and head else (surface, False)


def _is_code_place(text: str, span: Span) -> bool:
    """*Ala.* and *Tex* mean states after a comma or in brackets, or with their point; *TX* anywhere."""
    before = text[max(0, span.start - 2) : span.start]
    surface = span.of(text)
    pointed = surface.endswith(".") or text[span.end : span.end + 1] == "."
    return (
        before in (", ", " (") or before.endswith("(") or (pointed and len(surface) > 2) or surface.isupper()
    )


def _with_its_kind(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """*Voronezh* of *Voronezh region* with the word that says that it is not the town."""
    match = _KIND_AFTER.match(text, span.end)
    if match and len(find_forms(gazetteer, text[span.start : match.end()])[0]):
        return Span(span.start, match.end())
    return span


def _may_be_meant(surface: str, kind: str | None, records: Ints, flags: Ints, gazetteer: Gazetteer) -> Bools:
    """Which of the records that bear a name may it mean, as it is written?

    Not a town by *the West*, by a people's name (*Christian*), nor, where it is the town's own, by an acronym (*EU*).
    """
    letters = surface.replace(".", "")
    if fold(surface) in _NOT_A_TOWN or kind == "NORP":
        return np.zeros(len(records), np.bool_)
    if len(letters) > 3 or not letters.isupper():
        return np.ones(len(records), np.bool_)
    own = [_TOWN[gazetteer.kind[r]] and fold(gazetteer.entry(int(r)).name) == fold(surface) for r in records]
    return ~np.array(own, np.bool_)


def _is_state(text: str, span: Span) -> bool:
    """*the New York governor*, *Senator Ilse Maran of New York*: the state, not the town."""
    return bool(
        _OFFICE_AFTER.match(text, span.end)
        or _OFFICE_BEFORE.search(text[max(0, span.start - 60) : span.start])
    )


def _base(records: Ints, flags: Ints, kind: str | None, gazetteer: Gazetteer) -> Floats:
    base = gazetteer.weight[records] / 25.0
    for flag, cost in FLAG_COST.items():
        base = base - cost * (flags == flag)
    if kind:
        base = base + LABEL_GAIN * (_GPE[gazetteer.kind[records]] == (kind == "GPE"))
    return np.asarray(base, np.float64)


def _held(qualifiers: list[Qualifier], records: Ints, base: Floats, gazetteer: Gazetteer) -> list[Qualifier]:
    """Leave out additions in which no candidate lies, and neighbours in a list of countries or regions."""
    if not len(records):
        return []
    top = KINDS[int(gazetteer.kind[records[int(np.argmax(base))]])]
    wide = top not in TOWN_KINDS

    def may_hold(q: Qualifier) -> bool:
        # *Peru, Indiana and Ohio*: a country and a state of another are no list.
        lists = q.lists and not (top == "country" and q.regions and not q.countries)
        return q.code or not (wide and (lists or q.weight < 0.7))

    return [q for q in qualifiers if _inside(q, records, gazetteer).any() and may_hold(q)]


def _lies_elsewhere(qualifiers: list[Qualifier], records: Ints, base: Floats, gazetteer: Gazetteer) -> bool:
    """*Austin, Vt.*, *in Georgia, Vermont,*: a town in a state in which none of that name is known."""
    if not len(records):
        return False
    top = records[np.argmax(base)]
    is_town, home = _TOWN[gazetteer.kind[top]], int(gazetteer.region[top])
    return any(
        (q.code if is_town else q.closed and q.regions and home not in q.regions)
        and not _inside(q, records, gazetteer).any()
        for q in qualifiers
    )


def _among(values: Ints, wanted: Collection[int]) -> Bools:
    """Which of some values are wanted; they are few, and numpy would sort them."""
    return np.array([value in wanted for value in values.tolist()], np.bool_)


def _inside(qualifier: Qualifier, records: Ints, gazetteer: Gazetteer) -> Bools:
    countries, regions = gazetteer.country[records], gazetteer.region[records]
    kinds = gazetteer.kind[records]
    in_country = _among(countries, qualifier.countries) & (kinds != _COUNTRY)
    in_region = _among(regions, qualifier.regions) & (regions > 0) & (kinds != _REGION)
    return np.asarray(in_country | in_region)


def _is_area(qualifier: Qualifier, records: Ints, gazetteer: Gazetteer) -> Bools:
    """Is the record one of the areas that the addition names?"""
    kinds = gazetteer.kind[records]
    country = (kinds == _COUNTRY) & _among(gazetteer.country[records], qualifier.countries)
    region = (kinds == _REGION) & _among(gazetteer.region[records], qualifier.regions)
    return np.asarray(country | region)


def _qualified(qualifiers: list[Qualifier], records: Ints, gazetteer: Gazetteer) -> Floats:
    gain = np.zeros(len(records))
    for q in qualifiers:
        gain = np.maximum(gain, QUALIFIER_GAIN * q.weight * _inside(q, records, gazetteer))
    if sum(q.weight >= 1.0 for q in qualifiers) > 1:
        # *Paris, Lamar County, Texas*: what both hold is better.
        gain += sum(_inside(q, records, gazetteer) * 1.0 for q in qualifiers)
    return gain


def _cut(groups: list[_Group], outlet: int, gazetteer: Gazetteer) -> None:
    """Keep the likeliest candidates of each name: the heaviest, and those in areas that others are in."""
    regions: set[int] = set()
    countries: set[int] = set()
    for group in groups:
        top = group.records[np.argsort(-group.base, kind="stable")[:2]]
        regions |= set(gazetteer.region[top].tolist()) - {0}
        countries |= set(gazetteer.country[top].tolist()) - {0}
    most = max(3, min(MAX_CANDIDATES, MAX_READINGS // max(1, len(groups))))
    for group in groups:
        records = group.records
        if outlet:
            group.base = group.base + OUTLET_GAIN * (gazetteer.country[records] == outlet)
        if len(records) > most:
            near = 2.0 * _among(gazetteer.region[records], regions)
            near += 0.7 * _among(gazetteer.country[records], countries)
            keep = np.sort(np.argsort(-(group.base + near), kind="stable")[:most])
            group.records, group.base = records[keep], group.base[keep]


def _score(groups: list[_Group], text: str, names: Sequence[PlaceName], gazetteer: Gazetteer) -> list[Floats]:
    """Base, neighbourhood and company of every candidate: each supports the others as far as it is itself likely."""
    if not groups:
        return []
    sizes = [len(g.records) for g in groups]
    heads = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(groups)), sizes)
    records = np.concatenate([g.records for g in groups])
    doubtful = np.array([g.doubtful for g in groups])[owner]
    km = _distances(records, gazetteer)
    base = np.concatenate([g.base for g in groups])
    evidence = base - gazetteer.weight[records] / 25.0
    counts = np.array([DOUBTFUL_COUNT if g.doubtful else 1.0 for g in groups])
    base = base + neighbourhood_gain(records, evidence, counts, owner, heads, km, gazetteer)
    relation = _relations(records, doubtful, km, gazetteer) * _closeness(groups, names)[np.ix_(owner, owner)]
    scores = base
    for _ in range(_ROUNDS):
        odds = np.exp(1.5 * (scores - np.maximum.reduceat(scores, heads)[owner]))
        share = odds / np.bincount(owner, odds)[owner]
        company = relation @ share
        scores = base + np.minimum(MAX_COMPANY_GAIN, COMPANY_GAIN * np.log10(1 + 3 * company))
    return np.split(scores, heads[1:])


def _closeness(groups: list[_Group], names: Sequence[PlaceName]) -> Floats:
    """How much a name counts for another: nothing for itself, most beside it, the dateline double."""
    # A dateline has no place in the text: it lies far from all names, and counts double.
    starts = [[names[i].span.start for i in g.at] or [-(10**9)] for g in groups]
    flat = np.concatenate([np.array(s, np.int64) for s in starts])
    heads = np.cumsum([0, *(len(s) for s in starts[:-1])])
    gaps = np.abs(flat[:, None] - flat)
    gap = np.minimum.reduceat(np.minimum.reduceat(gaps, heads, axis=0), heads, axis=1)
    weight = np.where(gap < 40, 2.0, np.where(gap < 200, 1.3, 1.0))
    weight[:, [not g.at for g in groups]] = 2.0
    np.fill_diagonal(weight, 0)
    return weight


def _distances(records: Ints, gazetteer: Gazetteer) -> Floats:
    """Kilometres between any two of some records."""
    lat, lon = gazetteer.lat[records] / 100.0, gazetteer.lon[records] / 100.0
    return distance_km(lat[:, None], lon[:, None], lat, lon)


def _relations(records: Ints, doubtful: Bools, km: Floats, gazetteer: Gazetteer) -> Floats:
    """How well two places go together, (candidate, candidate), 0 to 2; a doubtful one needs more than its country."""
    country, region, kind = gazetteer.country[records], gazetteer.region[records], gazetteer.kind[records]
    same = (country[:, None] == country) & (country[:, None] > 0)
    same_region = (region[:, None] == region) & (region[:, None] > 0)
    whole = kind == _COUNTRY
    close = np.where(
        same_region, SAME_REGION, np.where(same, np.where(whole, SAME_WHOLE, SAME_COUNTRY)[None, :], 0.0)
    )
    close[doubtful] = SAME_REGION * same_region[doubtful]
    local = _LOCAL[kind]
    both = local[:, None] & local
    close += np.where(both, 0.8 * np.exp(-km / 100) + 0.15 * np.exp(-km / 600), 0.25 * np.exp(-km / 800))
    # Two names of one entry do not confirm one another.
    close[records[:, None] == records] = 0.0
    return np.asarray(close)


def distance_km(
    lat: npt.ArrayLike, lon: npt.ArrayLike, other_lat: npt.ArrayLike, other_lon: npt.ArrayLike
) -> Floats:
    """Great-circle distances, element by element.

    >>> round(float(distance_km(48.86, 2.35, 51.51, -0.13)))
    343
    """
    a, b = np.radians(lat), np.radians(other_lat)
    across = np.radians(np.asarray(other_lon) - np.asarray(lon))
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1.0, half))))


def _best(records: Ints, scores: Floats, gazetteer: Gazetteer) -> Choice | None:
    # Ties go to the first record, whatever the order of the names.
    best = int(np.argmax(scores))
    score = float(scores[best])
    others = distance_km(
        gazetteer.lat[records[best]] / 100.0,
        gazetteer.lon[records[best]] / 100.0,
        gazetteer.lat[records] / 100.0,
        gazetteer.lon[records] / 100.0,
    )
    rivals = scores[others > 50]
    lead = score - float(rivals.max()) if len(rivals) else 3.0
    confidence = _squash(1.2 * (score - MIN_SCORE + 1)) * _squash(2 * lead)
    if score < MIN_SCORE or confidence < MIN_CONFIDENCE:
        return None
    return Choice(gazetteer.entry(int(records[best])), round(confidence, 3))


def _squash(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))
