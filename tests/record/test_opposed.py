"""Which pairs of statements oppose each other, measured by 80 invented ones, and the rules behind it one by one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.article import Span
from onrecord.record.asking.clauses import Named, Saying, Told, clauses_of
from onrecord.record.asking.opposed import Opposition, oppose

ON_SQLITE_ALONE = "no record is asked"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "contradiction_cases.jsonl").read_text("utf-8").splitlines()
]
KINDS = {"opposite": "polarity", "changed number": "number"}


def saying(side: dict[str, Any]) -> Saying:
    return Saying(
        side["said"],
        side["day"],
        cue=side.get("cue", "said"),
        kind=side.get("kind", "assertion"),
        attitude=side.get("attitude", "speech"),
        indirect=side.get("quotation") == "indirect",
    )


def found_in(case: dict[str, Any]) -> str | None:
    found = oppose(saying(case["first"]), saying(case["second"]))
    return None if found is None else KINDS[found.kind]


def of(first: str, second: str, **more: Any) -> Opposition | None:
    return oppose(Saying(first, "2024-03-04", **more), Saying(second, "2024-03-11", **more))


@pytest.mark.parametrize("half", ["open", "aside"])
def test_none_is_wrong_and_nine_of_ten_are_found(half: str) -> None:
    cases = [c for c in CASES if c["half"] == half]
    right = [c["id"] for c in cases if c["expect"] and found_in(c) == c["expect"]]
    wrong = [c["id"] for c in cases if found_in(c) not in (None, c["expect"])]

    assert wrong == []
    assert len(right) >= 0.9 * sum(1 for c in cases if c["expect"])


@pytest.mark.parametrize("case", [c for c in CASES if c["half"] == "open"], ids=lambda c: c["why"])
def test_what_the_rules_were_written_by(case: dict[str, Any]) -> None:
    assert found_in(case) == case["expect"]


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"]], ids=lambda c: c["why"])
def test_it_is_the_same_both_ways_round(case: dict[str, Any]) -> None:
    turned = case | {"first": case["second"], "second": case["first"]}
    if found_in(case):
        assert found_in(turned) == found_in(case)


def test_the_words_that_differ_are_marked() -> None:
    first, second = (
        "The council has accepted the offer of Halden.",
        "The council has not accepted the offer of Halden.",
    )

    found = of(first, second)

    assert found is not None
    assert [s.of(first) for s in found.first] == ["accepted"]
    assert [s.of(second) for s in found.second] == ["not"]


def test_a_number_is_marked_with_the_words_that_bound_it() -> None:
    first, second = "Some 2,000 people marched in Karst.", "Fewer than 500 people marched in Karst."

    found = of(first, second)

    assert found is not None
    assert [s.of(first) for s in found.first] == ["Some 2,000"]
    assert [s.of(second) for s in found.second] == ["Fewer than 500"]


def test_one_verb_has_one_form() -> None:
    assert (
        of("The police killed the miners of Dorla.", "The police did not kill the miners of Dorla.")
        is not None
    )


def test_a_toll_of_another_month_is_of_another_event() -> None:
    first = Saying("12 people died in the mine fire at Dorla.", "2024-03-04")

    assert oppose(first, Saying("15 people died in the mine fire at Dorla.", "2024-03-05")) is not None
    assert oppose(first, Saying("15 people died in the mine fire at Dorla.", "2024-07-05")) is None


def test_who_is_for_and_against_lies_in_the_cue() -> None:
    backed = Saying("the Lenz gas pipeline", "2024-03-04", cue="supports", indirect=True)
    opposed = Saying("the Lenz gas pipeline", "2024-03-11", cue="opposes", indirect=True)
    not_backed = Saying("the Lenz gas pipeline", "2024-03-11", cue="supports", negated=True, indirect=True)

    assert oppose(backed, opposed) is not None
    assert oppose(backed, not_backed) is not None
    assert oppose(backed, backed) is None
    assert oppose(opposed, not_backed) is None


def test_what_is_told_as_not_said_is_no_statement() -> None:
    assert clauses_of(Saying("the Norda dam failed", cue="did not say", negated=True)) == []


def test_pronouns_count_as_whom_they_mean() -> None:
    def told(words: str, who: str | None) -> Saying:
        named = [Named(Span(0, 2), who)] if who else []
        return Saying(words, "2024-03-04", "orpel", named=named, indirect=True)

    first = told("He paid the Karst militia", "dask")

    assert oppose(first, told("He did not pay the Karst militia", "dask")) is not None
    assert oppose(first, told("He did not pay the Karst militia", "orpel")) is None
    assert oppose(first, told("He did not pay the Karst militia", None)) is None


def test_days_that_the_words_tell_must_meet() -> None:
    def told(words: str, first: str, last: str) -> Saying:
        at = words.index("last")
        return Saying(words, first, times=[Told(Span(at, at + len("last week")), first, last)])

    early = told("The Karst bridge was closed last week.", "2024-03-04", "2024-03-10")

    assert (
        oppose(early, told("The Karst bridge was not closed last week.", "2024-03-06", "2024-03-12"))
        is not None
    )
    assert (
        oppose(early, told("The Karst bridge was not closed last week.", "2024-05-06", "2024-05-12")) is None
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trade with Vessara rose.", "Trade with Vessara fell."),
        ("Orpel, not Dask, signed the Halden contract.", "Dask signed the Halden contract."),
        ("Many miners of Karst did not vote.", "Many miners of Karst voted."),
        ("Ana Dorn thinks that the Halden contract is legal.", "The Halden contract is not legal."),
        ("The Halden contract is hardly legal.", "The Halden contract is not legal."),
        ("We will not win.", "We will win."),
        ("There is no stolen copper at the Karst works.", "The Karst works' store of heavily stolen copper"),
        ("There is no banned timber in Lesk.", "Orpel's handling of banned timber in Lesk"),
        ("His Halden fortune at 45 million crowns", "a Halden fortune estimated at 2 million crowns"),
    ],
)
def test_what_may_both_be_true_is_left_out(first: str, second: str) -> None:
    assert of(first, second) is None


@pytest.mark.parametrize("words", ["", "…", "not", "“”", "no no no", "#", "\ud800", "not " * 500])
def test_odd_words_are_no_trouble(words: str) -> None:
    assert of(words, "The Halden contract is not legal.") is None
