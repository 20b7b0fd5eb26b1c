"""Which pairs of statements oppose each other, measured by invented ones, and the rules behind it one by one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from onrecord.article import Span
from onrecord.record.asking.clauses import SPEAKER, Named, Saying, Told, clauses_of
from onrecord.record.asking.opposed import Opposition, oppose

ON_SQLITE_ALONE = "no record is asked"
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "contradiction_cases.jsonl").read_text("utf-8").splitlines()
]
KINDS = {"opposite": "polarity", "changed number": "number"}
# How many of those to be found are found, at least. Of the halves in other words, `words-aside` and `words-late` were run once
# when the rules were done: 12 of 15 and 12 of 24.
LEAST_FOUND = {
    "open": 20,
    "aside": 20,
    "words-open": 13,
    "words-aside": 15,
    "words-late": 19,
    "words-tried": 21,
}


def saying(side: dict[str, Any]) -> Saying:
    own = side.get("speaker")
    found = re.finditer(rf"\b{own}\b", side["said"]) if own else ()
    return Saying(
        side["said"],
        side["day"],
        cue=side.get("cue", "said"),
        kind=side.get("kind", "assertion"),
        attitude=side.get("attitude", "speech"),
        indirect=side.get("quotation") == "indirect",
        named=[Named(Span(*m.span()), SPEAKER) for m in found],
    )


def found_in(case: dict[str, Any]) -> str | None:
    found = oppose(saying(case["first"]), saying(case["second"]))
    return None if found is None else KINDS[found.kind]


def of(first: str, second: str, **more: Any) -> Opposition | None:
    return oppose(Saying(first, "2024-03-04", **more), Saying(second, "2024-03-11", **more))


@pytest.mark.parametrize("half", LEAST_FOUND)
def test_none_is_wrong_and_so_many_are_found(half: str) -> None:
    cases = [c for c in CASES if c["half"] == half]
    right = [c["id"] for c in cases if c["expect"] and found_in(c) == c["expect"]]
    wrong = [c["id"] for c in cases if found_in(c) not in (None, c["expect"])]

    assert wrong == []
    assert len(right) >= LEAST_FOUND[half]


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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("No villager was hurt in Velm raid.", "Villagers died in the Velm raid."),
        ("The Norda dam is safe.", "The Norda dam could burst."),
        ("We will never sell the Lenz forest.", "A sale of the Lenz forest is on the table."),
        ("Halden pays no rent for the docks of Lesk.", "Halden has paid rent for the docks of Lesk."),
        ("The Karst hospital will shut in May.", "The Karst hospital will not close."),
        ("I will not resign.", "I will step down in May."),
        ("The talks with Vessara have broken down.", "The talks with Vessara are making progress."),
    ],
)
def test_what_is_said_in_other_words_is_found(first: str, second: str) -> None:
    assert of(first, second) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nobody died in the Velm raid.", "Villagers were hurt in the Velm raid."),
        ("The Norda dam is not safe.", "The Norda dam could burst."),
        ("We will not sell the Lenz forest this year.", "A sale of the Lenz forest is on the table."),
        ("The Karst theatre opened.", "The Karst theatre closed."),
        ("The Halden talks have not begun.", "The Halden talks started."),
        ("The Halden contract is legal.", "Critics called the Halden contract illegal."),
        ("We will not meet the Karst militia as long as it is armed.", "We will meet the Karst militia."),
        ("The Lesk bridge will be ready in May.", "The Lesk bridge will not be ready before April."),
        ("We do not own the Lesk docks.", "We own a third of the Lesk docks."),
        ("The minister took no money from Halden.", "The minister’s brother took money from Halden."),
        ("I will not run for the Senate.", "I will run for president."),
        ("I will not step down as mayor.", "I will resign as chairman."),
        ("We rule out a deal on the Lenz forest.", "A deal on the Lenz forest is out of the question."),
    ],
)
def test_what_only_sounds_like_the_opposite_is_left_out(first: str, second: str) -> None:
    assert of(first, second) is None


def test_of_acts_that_undo_each_other_the_order_counts() -> None:
    left, there = "The army has left the Lesk valley.", "Our troops remain in the Lesk valley."

    assert of(left, there) is not None
    assert of(there, left) is None


def test_what_has_failed_did_not_go_well_but_what_went_well_may_have_failed_since() -> None:
    failed, well = "The talks with Vessara have collapsed.", "The talks with Vessara are going well."

    assert of(failed, well) is not None
    assert of(well, failed) is None


def test_what_is_refused_is_what_one_will_not_do() -> None:
    refused = Saying("to sign the Halden contract", "2024-03-04", cue="refused on Monday", indirect=True)
    ruled_out = Saying("any cut in pensions", "2024-03-04", cue="ruled out", indirect=True)

    assert oppose(refused, Saying("I will sign the Halden contract.", "2024-03-11")) is not None
    assert oppose(refused, Saying("I will not sign the Halden contract.", "2024-03-11")) is None
    assert oppose(ruled_out, Saying("We will cut pensions by a tenth.", "2024-03-11")) is not None
    # The verb is in the cue: what is refused is not the contract.
    held_back = Saying("the Halden contract", "2024-03-04", cue="refused to sign", indirect=True)
    assert clauses_of(held_back) == []


def test_who_speaks_for_the_speaker_is_the_speaker_of_one_alone() -> None:
    ours = Saying("My government paid the Karst militia.", "2024-03-04", "orpel")
    denied = "We did not pay the Karst militia."

    assert oppose(ours, Saying(denied, "2024-03-11", "orpel")) is not None
    assert oppose(ours, Saying(denied, "2024-03-11", "dask")) is None


@pytest.mark.parametrize(
    "words", ["", "…", "not", "“”", "no no no", "#", "\ud800", "not " * 500, "is are was still " * 3000]
)
def test_odd_words_are_no_trouble(words: str) -> None:
    assert of(words, "The Halden contract is not legal.") is None
