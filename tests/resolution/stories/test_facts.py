"""Names, titles, numbers and negations that two copies tell differently."""

from __future__ import annotations

import pytest

from onrecord.article import Span
from onrecord.resolution.stories.copies import Passage
from onrecord.resolution.stories.facts import compare_facts


def changed(first: str, second: str, likeness: float = 0.9) -> list[tuple[str, str, str]]:
    passage = Passage(Span(0, len(first)), Span(0, len(second)), likeness)
    return [(f.kind, f.first.of(first), f.second.of(second)) for f in compare_facts(first, second, [passage])]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "He founded the Democratic Choice of Vessara in 2001.",
            "He founded the Democratic Election of Vessara in 2001.",
            [("name", "Democratic Choice of Vessara", "Democratic Election of Vessara")],
        ),
        (
            "Energy Minister Ana Ruiz said 14 people died.",
            "Power Minister Ana Ruiz said 40 people died.",
            [("title", "Energy", "Power"), ("number", "14", "40")],
        ),
        (
            "The former energy minister Ruiz left.",
            "The former power minister Ruiz left.",
            [("title", "energy", "power")],
        ),
        (
            "In Vessara, President Orrel spoke.",
            "In Vessara, Chairman Orrel spoke.",
            [("title", "President Orrel", "Chairman Orrel")],
        ),
        ("Taslan Orrel was there.", "Taslan Orel was there.", [("name", "Orrel", "Orel")]),
        ("The talks did not fail.", "The talks failed.", [("negation", "did not fail", "failed")]),
        ("She left on May 3 with Ruiz.", "She left on May 5 with Ruiz.", [("number", "May 3", "May 5")]),
        (
            "Boats from Ostrava Bay pulled 61 people out.",
            "Boats from Ostrava Cove drew 61 people out.",
            [("name", "Ostrava Bay", "Ostrava Cove")],
        ),
        (
            "The talks did not fail and the men left.",
            "The talks did fail and the men not left.",
            [("negation", "not", ""), ("negation", "", "not")],
        ),
        ("She left on Monday with Ruiz.", "She left on Tuesday with Ruiz.", [("name", "Monday", "Tuesday")]),
    ],
)
def test_changed_facts(first: str, second: str, expected: list[tuple[str, str, str]]) -> None:
    assert changed(first, second) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sen. Orrel lost 14 per cent on Jan. 7.", "Senator Orrel lost fourteen percent on January 7."),
        (
            "Ruiz told Reuters that the labour law was fair.",
            "Ruiz informed Reuters that the labor law was just.",
        ),
        ("It cost 1,000 dollars.", "It cost 1000 dollars."),
        ("Ruiz paid on September 2.", "Ruiz paid on 2 September."),
        ("Ruiz paid on Sept. 2, 2024.", "Ruiz paid on 2nd September 2024."),
        ("Nobody came for an hour.", "For an hour nobody came."),
    ],
)
def test_style_is_no_fact(first: str, second: str) -> None:
    assert changed(first, second) == []


def test_what_is_hardly_alike_is_not_compared() -> None:
    assert changed("Orrel paid 14 men.", "Ruiz saw 40 men.", likeness=0.3) == []


def test_a_negation_that_a_sentence_worded_anew_has_too_is_no_fact() -> None:
    texts = "We have no list of the boats, Ruiz said.", "Ruiz said: a list of the boats we do not have."

    assert changed(*texts, likeness=0.7) == []
    assert [f[0] for f in changed(texts[0], texts[1].replace("not ", ""), likeness=0.7)] == ["negation"]


def test_datelines_are_no_facts() -> None:
    assert (
        changed(
            "VESSARA, May 3, 2024 (Karst) – The dam held.", "VESSARA, May 4, 2024 (Karst) – The dam held."
        )
        == []
    )
