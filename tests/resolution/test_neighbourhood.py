"""How local a report is: gains of readings by what the others are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.gazetteer import load_gazetteer
from onrecord.resolution.neighbourhood import neighbourhood_gain
from onrecord.resolution.places import distance_km

GAZETTEER = load_gazetteer()


def gains_of(names: list[list[int]], count: float = 1.0) -> list[np.ndarray]:
    """The gains of the readings of each name, by record."""
    records = np.array([r for readings in names for r in readings], np.int64)
    sizes = [len(readings) for readings in names]
    heads = np.cumsum([0, *sizes[:-1]])
    lat, lon = GAZETTEER.lat[records] / 100.0, GAZETTEER.lon[records] / 100.0
    km = distance_km(lat[:, None], lon[:, None], lat, lon)
    owner = np.repeat(np.arange(len(names)), sizes)
    counts = np.full(len(names), count)
    gain = neighbourhood_gain(records, np.zeros(len(records)), counts, owner, heads, km, GAZETTEER)
    return np.split(gain, heads[1:])


def reading(name: str, region: str) -> int:
    """The town of a name in a region."""
    records = [int(r) for r in GAZETTEER.find(name)[0]]
    entries = [GAZETTEER.entry(r) for r in records]
    return next(e.record for e in entries if e.region == region and e.kind in ("city", "capital"))


def test_four_villages_in_a_row_make_a_report_local():
    paris = [reading("Paris", "Île-de-France"), reading("Paris", "Maine")]
    others = [[reading(n, "Maine")] for n in ("Bethel", "Rumford", "Bridgton", "Lewiston")]
    famous, village = gains_of([paris, *others])[0]
    assert village - famous > 3.5
    famous, village = gains_of([paris, others[-1]])[0]
    assert village - famous < 3.5


def test_name_does_not_speak_for_itself():
    alone = gains_of([[reading("Paris", "Maine")]])[0]
    with_neighbours = gains_of([[reading(n, "Maine")] for n in ("Paris", "Bethel", "Rumford")])[0]
    assert with_neighbours[0] > alone[0] + 2


def test_name_that_does_not_count_says_nothing_of_the_report():
    names = [[reading(n, "Maine")] for n in ("Paris", "Bethel", "Rumford")]
    assert gains_of(names, count=0.0)[0][0] < gains_of(names)[0][0]


@given(
    st.lists(
        st.lists(st.integers(0, len(GAZETTEER) - 1), min_size=1, max_size=4, unique=True),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_reading_of_any_places_has_a_finite_gain(names: list[list[int]]):
    gains = gains_of(names)
    assert [len(g) for g in gains] == [len(readings) for readings in names]
    assert all(np.isfinite(g).all() for g in gains)
