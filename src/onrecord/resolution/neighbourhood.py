"""How local a report is, and what each reading of a name gains by that.

A report is taken to be about the world, a country, a region, or the neighbourhood of a town. A share of what it names
lies there; the rest is drawn from the same country, and from the world. From the world, places are drawn by their
inhabitants; the narrower the circle, the less these count: local papers name villages. Each circle that a reading
suggests is as likely as it makes all names of the report together, so that one small neighbour of a famous town does
not make a report local, and four villages in a row do. A reading gains what the report's *other* names make of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.resolution.gazetteer import KINDS, TOWN_KINDS, Floats, Gazetteer, Ints, load_gazetteer

# Chosen on `benchmarks/places/choose.txt`, the sentences of the tests, and made-up lists of names drawn by these shares.
# How likely a report is about the world, a country, a region, a neighbourhood.
WORLD_PRIOR, COUNTRY_PRIOR, REGION_PRIOR, TOWN_PRIOR = 0.2, 0.3, 0.1, 0.4
# How much of what it names lies there: little or most; and how much of the rest lies in the same country.
SHARES = (0.5, 0.9)
REST_OF_COUNTRY = 0.7
# How much inhabitants count, as a power of theirs, for being named within a circle, and for being its middle, where a
# town of more than a million counts no more than that.
COUNTRY_EXPONENT, REGION_EXPONENT, TOWN_EXPONENT = 0.85, 0.5, 0.3
COUNTRY_MIDDLE, REGION_MIDDLE, TOWN_MIDDLE, MOST_INHABITANTS = 0.6, 0.8, 0.4, 6.0
# Cities above this, in powers of ten, are named anywhere, by a power of their inhabitants above it.
FAMOUS, FAME = 5.5, 0.5
# How far a neighbourhood reaches: at this distance a place is named 1/e times as often as beside its middle.
REACH_KM = 60.0
# How often a report names its own region and country as wholes, in powers of ten of all regions and countries that are
# named; and how much less a country, region, sea or river that lies elsewhere.
OWN_WHOLE, ELSEWHERE = -1.0, -0.4
# Counties are named less often than towns.
COUNTY_COST = 0.5
# Reports in English are more often about these.
ENGLISH, ENGLISH_GAIN = ("USA", "GBR", "CAN", "AUS", "IRL", "NZL", "IND", "ZAF"), 0.5
# No neighbourhood has less than so many towns of no size: the gazetteer does not know all.
_LEAST_CROWD = 30.0
_NOWHERE = -9.0
_CELL = 0.5  # degrees
_CELLS_AROUND = 5
_KM_PER_DEGREE = 111.2
_LOCAL = np.array([k in TOWN_KINDS or k == "county" for k in KINDS])
_TOWN = np.array([k in TOWN_KINDS for k in KINDS])
_COUNTRY, _REGION, _COUNTY = KINDS.index("country"), KINDS.index("region"), KINDS.index("county")

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Crowds:
    """What the gazetteer holds: sums over its towns and counties, in powers of ten.

    Attributes:
        world: of inhabitants.
        wholes: of the weights of all countries, and of all regions.
        people: by number of the country, of inhabitants.
        countries: by number of the country, of inhabitants to `COUNTRY_EXPONENT`.
        regions: by number of the region, to `REGION_EXPONENT`.
        cells: by latitude and longitude, to `TOWN_EXPONENT`; no powers of ten.
        middles: of all countries, regions, towns, each as likely as it is to be a report's middle.
    """

    world: float
    wholes: tuple[float, float]
    people: Floats
    countries: Floats
    regions: Floats
    cells: Floats
    middles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Circles:
    """Some of what a report may be about, (circle,), and how it fits the readings, (reading, circle); powers of ten.

    Attributes:
        country: the number of each circle's country.
        region: of its region; 0 for a country.
        prior: how likely the circle is before anything is named.
        near: how much likelier a town or county is to be named.
    """

    country: Ints
    region: Ints
    prior: Floats
    near: Floats


def neighbourhood_gain(
    records: Ints,
    evidence: Floats,
    counts: Floats,
    owner: Ints,
    heads: Ints,
    km: Floats,
    gazetteer: Gazetteer,
) -> Floats:
    """What each reading of the names of a report gains or loses by what the report is about, in powers of ten.

    Args:
        records: the readings of all names, those of one name together.
        evidence: what speaks for each besides its weight, in powers of ten.
        counts: how much each name tells of what the report is about, 0 to 1.
        owner: the number of each reading's name.
        heads: where each name's readings begin.
        km: distances between any two readings.
    """
    weight = gazetteer.weight[records] / 25.0
    base = weight + evidence
    share = 10.0 ** (base - np.maximum.reduceat(base, heads)[owner])
    share /= np.add.reduceat(share, heads)[owner]
    # By its other names a place is less famous; of *Singapore* the land is.
    of_land = np.logical_or.reduceat(gazetteer.kind[records] == _COUNTRY, heads)[owner]
    famous = np.where(of_land, 0.0, np.maximum(0.0, np.minimum(weight, base) - FAMOUS))
    fame = 10.0 ** (FAME * famous * _TOWN[gazetteer.kind[records]])[:, None]
    prior, drawn = [np.array([np.log10(WORLD_PRIOR)])], [fame]
    countries = np.unique(gazetteer.country[records])
    countries = countries[countries > 0]
    if len(countries):
        circles = [
            _of_countries(records, countries, weight, gazetteer),
            _of_regions(records, weight, gazetteer),
            _of_towns(records, weight, km, gazetteer),
        ]
        likelier = 10.0 ** np.hstack([_gain(c, records, weight, gazetteer) for c in circles])
        country_of = np.searchsorted(countries, np.concatenate([c.country for c in circles]))
        rest = REST_OF_COUNTRY * likelier[:, country_of] + (1 - REST_OF_COUNTRY) * fame
        priors = np.concatenate([c.prior for c in circles])
        for part in SHARES:
            prior.append(priors - np.log10(len(SHARES)))
            drawn.append(part * likelier + (1 - part) * rest)
    reading = np.hstack(drawn)
    told = np.log10(np.add.reduceat(share[:, None] * reading, heads, axis=0)) * counts[:, None]
    # A name does not speak for itself.
    others = np.concatenate(prior) + told.sum(axis=0) - told
    others = 10.0 ** (others - others.max(axis=1, keepdims=True))
    others /= others.sum(axis=1, keepdims=True)
    gain = (reading * others[owner]).sum(axis=1)
    # A name that nothing explains is no less likely to be a place's.
    of_name = np.add.reduceat(share * gain, heads)
    return np.asarray(np.log10(gain / np.minimum(of_name, 1.0)[owner]))


def _of_countries(records: Ints, countries: Ints, weight: Floats, gazetteer: Gazetteer) -> _Circles:
    crowds = _crowds()
    near = crowds.world - crowds.countries[countries] + ((COUNTRY_EXPONENT - 1) * weight)[:, None]
    return _Circles(
        country=countries,
        region=np.zeros(len(countries), np.int64),
        prior=np.log10(COUNTRY_PRIOR)
        + COUNTRY_MIDDLE * crowds.people[countries]
        - crowds.middles[0]
        + _english_gain(countries, gazetteer),
        near=np.where(gazetteer.country[records][:, None] == countries, near, _NOWHERE),
    )


def _of_regions(records: Ints, weight: Floats, gazetteer: Gazetteer) -> _Circles:
    crowds = _crowds()
    region, first = np.unique(gazetteer.region[records], return_index=True)
    known = (region > 0) & (gazetteer.country[records[first]] > 0)
    region, country = region[known], gazetteer.country[records[first[known]]]
    near = crowds.world - crowds.regions[region] + ((REGION_EXPONENT - 1) * weight)[:, None]
    return _Circles(
        country=country,
        region=region,
        prior=np.log10(REGION_PRIOR)
        + REGION_MIDDLE * crowds.regions[region]
        - crowds.middles[1]
        + _english_gain(country, gazetteer),
        near=np.where(gazetteer.region[records][:, None] == region, near, _NOWHERE),
    )


def _of_towns(records: Ints, weight: Floats, km: Floats, gazetteer: Gazetteer) -> _Circles:
    crowds = _crowds()
    at = np.flatnonzero(_LOCAL[gazetteer.kind[records]] & (gazetteer.country[records] > 0))
    middles = records[at]
    around = [_crowd_around(int(gazetteer.lat[r]), int(gazetteer.lon[r])) for r in middles]
    near = crowds.world - np.array(around) + ((TOWN_EXPONENT - 1) * weight)[:, None]
    country = gazetteer.country[middles]
    return _Circles(
        country=country,
        region=gazetteer.region[middles],
        prior=np.log10(TOWN_PRIOR)
        + TOWN_MIDDLE * np.minimum(weight[at], MOST_INHABITANTS)
        - crowds.middles[2]
        + _english_gain(country, gazetteer),
        near=np.maximum(near - km[:, at] / (REACH_KM * np.log(10)), _NOWHERE),
    )


def _english_gain(countries: Ints, gazetteer: Gazetteer) -> Floats:
    return np.asarray(ENGLISH_GAIN * np.isin(countries, [gazetteer.country_number(code) for code in ENGLISH]))


def _gain(circles: _Circles, records: Ints, weight: Floats, gazetteer: Gazetteer) -> Floats:
    """How much likelier each reading is to be named in a report about each circle, in powers of ten."""
    crowds = _crowds()
    country, kind = gazetteer.country[records][:, None], gazetteer.kind[records][:, None]
    size = weight[:, None]
    in_country = country == circles.country
    as_town = crowds.world - crowds.countries[circles.country] + (COUNTRY_EXPONENT - 1) * size
    own_country = np.maximum(0.0, crowds.wholes[0] + OWN_WHOLE - size)
    own_region = np.maximum(as_town, crowds.wholes[1] + OWN_WHOLE - size)
    in_region = (gazetteer.region[records][:, None] == circles.region) & (circles.region > 0)
    # Seas and areas that lie in several countries are as likely anywhere.
    whole = np.where(in_country, 0.0, np.where(country > 0, ELSEWHERE, 0.0))
    whole = np.where(in_country & (kind == _COUNTRY), own_country, whole)
    whole = np.where(in_country & (kind == _REGION), np.maximum(0.0, as_town), whole)
    whole = np.where(in_region & (kind == _REGION), own_region, whole)
    return np.where(_LOCAL[kind], circles.near - COUNTY_COST * (kind == _COUNTY), whole)


@cache
def _crowds() -> _Crowds:
    gazetteer = load_gazetteer()
    kind, all_weights = gazetteer.kind, gazetteer.weight / 25.0
    at = np.flatnonzero(_LOCAL[kind])
    weight, country, region = all_weights[at], gazetteer.country[at], gazetteer.region[at]
    # Of what has no country no circle is asked for.
    last_country, last_region = int(gazetteer.country.max()) + 1, int(gazetteer.region.max()) + 1
    people = _log(_sums(country, 10.0**weight, last_country))
    countries = _log(_sums(country, 10.0 ** (COUNTRY_EXPONENT * weight), last_country))
    regions = _log(_sums(region, 10.0 ** (REGION_EXPONENT * weight), last_region))
    row, column = _cell(gazetteer.lat[at]), _cell(gazetteer.lon[at])
    rows, columns = int(180 / _CELL) + 1, int(360 / _CELL)
    cell = (row + rows // 2) * columns + column % columns
    cells = _sums(cell, 10.0 ** (TOWN_EXPONENT * weight), rows * columns)
    return _Crowds(
        world=_total(weight),
        wholes=(_total(all_weights[kind == _COUNTRY]), _total(all_weights[kind == _REGION])),
        people=people,
        countries=countries,
        regions=regions,
        cells=cells.reshape(rows, columns),
        middles=(
            _total(COUNTRY_MIDDLE * people),
            _total(REGION_MIDDLE * regions),
            _total(TOWN_MIDDLE * np.minimum(weight, MOST_INHABITANTS)),
        ),
    )


def _sums(numbers: Ints, values: Floats, length: int) -> Floats:
    """The sum of the values of each number, up to a length."""
    return np.asarray(np.bincount(numbers, values, minlength=length), np.float64)


def _log(sums: Floats) -> Floats:
    return np.asarray(np.log10(np.maximum(sums, 1.0)))


def _total(powers: Floats) -> float:
    return float(np.log10((10.0**powers).sum()))


def _cell(hundredths: Ints) -> Ints:
    """The number of the cell, north or east of 0, of latitudes or longitudes in hundredths of a degree."""
    return np.asarray(hundredths.astype(np.int64) // int(100 * _CELL))


@lru_cache(8192)
def _crowd_around(lat: int, lon: int) -> float:
    """How many towns lie around a point, each as its size and distance count, in powers of ten.

    Args:
        lat, lon: of the point, in hundredths of a degree.
    """
    cells = _crowds().cells
    narrow = max(0.1, float(np.cos(np.radians(lat / 100))))
    row, column = int(_cell(np.array(lat))), int(_cell(np.array(lon)))
    rows = np.arange(row - _CELLS_AROUND, row + _CELLS_AROUND + 1)
    columns = np.arange(column - int(_CELLS_AROUND / narrow), column + int(_CELLS_AROUND / narrow) + 1)
    north = (rows + 0.5) * _CELL - lat / 100
    east = ((columns + 0.5) * _CELL - lon / 100) * narrow
    km = _KM_PER_DEGREE * np.hypot(north[:, None], east)
    middle = len(cells) // 2
    there = cells[np.clip(rows + middle, 0, len(cells) - 1)[:, None], columns % cells.shape[1]]
    return float(np.log10(_LEAST_CROWD + (there * np.exp(-km / REACH_KM)).sum()))
