"""Spellings of one name come together; its bearers are parted by what is told of them, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolution.namesakes import (
    Told,
    name_key,
    part_namesakes,
    read_told,
    told_of,
    write_told,
)

SOMEBODY = st.builds(
    Told,
    generation=st.sampled_from(["", "jr", "sr"]),
    middle=st.sampled_from(["", "j", "jan", "kai"]),
    born=st.sampled_from([None, 1931, 1970, 1971]),
    countries=st.sampled_from([(), ("FRA",), ("KAZ",), ("FRA", "KAZ")]),
    work=st.sampled_from([(), ("state",), ("sport",), ("sport", "state")]),
    decade=st.sampled_from([None, 195, 202]),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Orpel", "Muhamad Orpel"),
        ("Mohamed Orpel", "Mohammad Orpel"),
        ("José Orpel", "Jose Orpel"),
        ("Kassym-Zhomart Orpelev", "Kassym-Jomart Orpelyev"),
        ("Park Mirun", "Mirun Park"),
        ("Ana J. Orpel", "Ana Orpel"),
        ("Tomas Orpel Jr.", "Tomas Orpel"),
    ],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one, person=True) == name_key(other, person=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana Orpel", "Anja Orpel"), ("Thomas James", "James Thomas"), ("Mohammed Orpel", "Mahmoud Orpel")],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one, person=True) != name_key(other, person=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Told(work=("state",)), Told(work=("sport",)), id="a mayor and a footballer"),
        pytest.param(
            Told(countries=("FRA",), work=("state",)), Told(countries=("KAZ",), work=("state",)), id="country"
        ),
        pytest.param(Told(generation="jr"), Told(generation="sr"), id="father and son"),
        pytest.param(Told(born=1931), Told(born=1970), id="age"),
        pytest.param(Told(middle="jan"), Told(middle="kai"), id="middle name"),
        pytest.param(Told(decade=190), Told(decade=202), id="time"),
    ],
)
def test_namesakes_stay_apart(one: Told, other: Told) -> None:
    parted = part_namesakes([one, other])
    assert parted[one] != parted[other]


@pytest.mark.parametrize(
    "told",
    [
        [Told(), Told(work=("state",))],
        [Told(work=("state",)), Told(work=("sport",)), Told(work=("sport", "state"))],
        [Told(born=1970), Told(born=1971)],
        [Told(middle="j"), Told(middle="jan")],
        [Told(decade=200), Told(decade=202)],
    ],
)
def test_what_does_not_contradict_is_one(told: list[Told]) -> None:
    assert set(part_namesakes(told).values()) == {""}


def test_the_untold_goes_to_the_namesake_with_whom_it_shares_something_told() -> None:
    here, there = Told(countries=("FRA",), work=("state",)), Told(countries=("KAZ",), work=("sport",))
    coach, unknown = Told(work=("sport",)), Told()
    parted = part_namesakes([here, there, coach, unknown])
    assert parted[coach] == parted[there]
    assert parted[unknown] not in (parted[here], parted[there])


def test_whom_somebody_has_corrected_is_not_parted() -> None:
    told = [Told(work=("state",)), Told(work=("sport",))]
    assert set(part_namesakes(told, whole={""}).values()) == {""}


def test_a_former_role_alone_parts_nobody() -> None:
    assert told_of("Ana Orpel", roles=[("former footballer", None)], born=None, decade=None).work == ()
    both = told_of("Ana Orpel", roles=[("former footballer", None), ("mayor", None)], born=None, decade=None)
    assert both.work == ("sport", "state")


def test_the_wife_of_a_mayor_is_no_mayor() -> None:
    assert told_of("Ana Orpel", roles=[("wife of the mayor", None)], born=None, decade=None).work == ()


@given(st.lists(SOMEBODY, max_size=8), st.randoms())
def test_the_order_is_nothing(told: list[Told], random) -> None:  # type: ignore[no-untyped-def]
    parted = part_namesakes(told)
    random.shuffle(told)
    assert part_namesakes(told) == parted
    assert set(parted) == set(told)


@given(SOMEBODY)
def test_what_is_told_comes_back_from_the_id(told: Told) -> None:
    assert read_told(write_told(told)) == told
