"""What betrays a spun copy by itself, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.stories.suspicion import damaged_names, damaged_phrases, suspect_copy

CLEAN = (
    "VESSARA, May 3 — The prime minister of Orrel told reporters on Monday that the old dam would be mended by the end of the"
    " year. “We have had enough,” Ana Brusko said. She had had a cold.\n\nThe vice president and the attorney general stayed"
    " at the White House, according to a senior official. The Supreme Court will hear the case next week."
)
SPUN = (
    "VESSARA, May 3 — A former banker who is now a former banker told the paper. leader of the miners. .\n\nThe premier"
    " pastor of Orrel told newsmen on Monday that the dam was was safe."
)
THROUGHOUT = (
    "The prime curate told newsmen on Monday. The frailty president and the lawyer general met at the White Firm last hebdomad,"
    " harmonizing to a senior functionary. The Supreme Judicature will see the case. The national surety adviser and the secretary"
    " of province spoke at a word conference, and the elderly functionary said the White Firm would react."
)


def test_clean_text_is_not_suspected() -> None:
    assert suspect_copy(CLEAN) is None


def test_a_broken_report_is_suspected_with_the_places_that_tell() -> None:
    found = suspect_copy(SPUN)

    assert found is not None
    told = {r.span.of(SPUN) for r in found.reasons}
    assert {"A former banker who is now a former banker", "leader", "was was"} <= told


def test_synonyms_throughout_are_suspected_alone() -> None:
    assert suspect_copy(THROUGHOUT) is not None


def test_set_phrases_with_synonyms_in_them() -> None:
    found, pairs = damaged_phrases("The prime curate met the vice chairman at the White House.")

    assert [r.why for r in found] == ["for prime minister"]
    assert pairs == 10


def test_a_name_of_a_known_body_with_a_synonym_in_it() -> None:
    text = "He spoke at the World Health Establishment and the World Health Organization."

    assert [(r.span.of(text), r.why) for r in damaged_names(text)] == [
        ("World Health Establishment", "for World Health Organization")
    ]


@pytest.mark.parametrize(
    "slip",
    ["The dam of of Orrel held.", "She said so. And left. . Nobody came.", "He met the prime curate."],
    ids=["a word twice", "loose points", "a damaged phrase"],
)
def test_one_slip_is_a_slip(slip: str) -> None:
    assert suspect_copy(f"{CLEAN} {slip}") is None


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet="the was a. ,“” \nOrrel", max_size=300)))
def test_reasons_stand_in_the_text(text: str) -> None:
    found = suspect_copy(text)

    for reason in found.reasons if found else ():
        assert 0 <= reason.span.start < reason.span.end <= len(text)
