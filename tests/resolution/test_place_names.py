"""Names of places read from names. A name in a text stands as `[LABEL words]`."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.names import NAME_CLASSES, Name
from onrecord.article import Span
from onrecord.resolution.place_names import place_names
from onrecord.resolution.places import resolve_places


def read(marked: str) -> tuple[str, list[Name]]:
    text, names = "", []
    for part in re.split(r"(\[[A-Z]+ [^\]]*\])", marked):
        if part.startswith("["):
            label, words = part[1:-1].split(" ", 1)
            names.append(Name(Span(len(text), len(text) + len(words)), label, 0.9))
            part = words
        text += part
    return text, names


FOUND = [
    ("He left [LOC Austin, Texas], for good.", "Austin|Texas"),
    ("She was born in [LOC Evansville, Indiana, United States].", "Evansville|Indiana|United States"),
    ("He lives in [LOC New York].", "New York"),
    ("The [NORP Kazakh] side left.", "Kazakh"),
    ("The [NORP Ohio Republicans] voted.", "Ohio"),
    # within a longer name
    ("The [ORG University of Texas] paid.", "Texas"),
    ("The [ORG University of Leeds] paid.", "Leeds"),
    ("The [ORG Leeds City Council] met.", "Leeds"),
    ("The [ORG Kazakhstan Football Federation] met.", "Kazakhstan"),
    ("The [ORG Economic Commission for Latin America] met.", "Latin America"),
    ("They built the [FAC Nizhny Novgorod Stadium] there.", "Nizhny Novgorod"),
    ("The [MISC Venice Film Festival] opened.", "Venice"),
    ("[LOC Bayfield] is small. The [ORG Bayfield Eagles] won.", "Bayfield|Bayfield"),
    ("The [ORG Lamar County Commission] met.", "Lamar County"),
    ("The [ORG Catoosa Superior Court] ruled.", "Catoosa"),
    ("The [ORG Kazakh Foreign Ministry] said no; [ORG Polish Airways] did not.", "Kazakh"),
    ("He moved to [LOC Rural Virginia].", "Virginia"),
    # a town that stands for what is in it
    ("[ORG Manchester] beat [ORG Liverpool].", "Manchester|Liverpool"),
    ("He was seen in [PER Poitiers] on Monday.", "Poitiers"),
    ("The [ORG Boston Police Department] left.", "Boston"),
    # what is no place's name
    ("The [ORG New York Times] wrote it in [LOC New York].", "New York"),
    ("[ORG Salem Radio] and the [ORG Boston Globe] left.", ""),
    ("[ORG Franklin Research] and the [ORG Dallas Post-Orpel] left.", ""),
    ("The [ORG Denver Herons] won.", ""),
    ("[PER Manchester] said no, and the [ORG Manchester] camp too.", ""),
    ("[PER Paris Hilton] sang.", ""),
    ("[PER Jordan] said no.", ""),
    ("They live in [PER Holt]; [PER Ann Holt] said so.", ""),
    ("[PER Ilse Houston] left the [ORG Houston Foundation].", ""),
    ("The [ORG White House] said no.", ""),
    ("The [ORG Vessara White House] said no.", ""),
    ("The [ORG Wall Street Herald] wrote it.", ""),
    ("The [NORP Christian] side left.", "Christian"),
    ("A [ORG Chamber of Commerce] met.", ""),
    ("The [ORG Supreme Court] ruled.", ""),
    ("He works for [ORG Cushman & Wakefield].", ""),
    ("They played at [ORG La Brasserie].", ""),
    ("An [ORG AL] agent came.", ""),
    ("The [LOC Ross Sea] froze.", "Ross Sea"),
    ("He was hit on [FAC Paris Avenue].", ""),
    ("The [FAC George Washington Bridge] closed.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "found"), FOUND, ids=[m for m, _ in FOUND])
def test_names_of_places_are_read_from_names(marked: str, found: str):
    text, names = read(marked)
    assert "|".join(n.span.of(text) for n in place_names(text, names)) == found


@pytest.mark.parametrize(("probability", "found"), [(0.5, ["Virginia"]), (0.95, [])])
def test_name_of_a_state_is_a_persons_where_the_network_is_sure(probability: float, found: list[str]):
    text, names = read("It was [PER Virginia] that said so.")
    names = [Name(n.span, n.label, probability) for n in names]
    assert [n.span.of(text) for n in place_names(text, names)] == found


def test_small_town_in_a_bodys_name_needs_company():
    alone, names = read("The [ORG Stephenville High School] is old.")
    assert resolve_places(alone, place_names(alone, names)).places == ()
    text, names = read("Near [LOC Fort Worth, Texas], the [ORG Stephenville High School] is old.")
    found = resolve_places(text, place_names(text, names)).places
    assert [p.entry.region for p in found] == ["Texas"] * 3


@given(st.text("AaLeedsTxofUSR,.&()' é\n-", max_size=60), st.data())
@settings(max_examples=150, deadline=None)
def test_names_of_places_lie_within_names_and_do_not_overlap(text: str, data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    names = [Name(s, data.draw(st.sampled_from(NAME_CLASSES)), 0.5) for s in spans]
    found = [n.span for n in place_names(text, names)]
    assert all(any(s.start <= f.start < f.end <= s.end for s in spans) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
