"""Names of people in author fields."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.author_names import clean_authors, is_person, read_authors


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("By Ana Reyes", ("Ana Reyes",)),
        ("Ana Reyes and Tom Li", ("Ana Reyes", "Tom Li")),
        ("ANA REYES AND TOM LI", ("ANA REYES", "TOM LI")),
        ("Ana Reyes, Tom Li, and Ulla van der Meer", ("Ana Reyes", "Tom Li", "Ulla van der Meer")),
        ("ANA MARIA LOPEZ", ("ANA MARIA LOPEZ",)),
        ("Analysis by Ana Reyes", ("Ana Reyes",)),
        ("Dr. Ana Reyes", ("Ana Reyes",)),
        ("Ana Reyes —", ("Ana Reyes",)),
        ("Ana Reyes Monday, May 3", ("Ana Reyes",)),
        ("Ana Reyes. Echo International", ("Ana Reyes",)),
        ("Ana Reyes Associated Press", ("Ana Reyes",)),
        ("Ana Reyes | Varn Advance Media for echo.example", ("Ana Reyes",)),
        ("Ana Reyes, Senior Fellow at the Institute", ("Ana Reyes",)),
        ("Ana Reyes, Varn", ("Ana Reyes",)),
        ("Tom Li as told to Ana Reyes", ("Ana Reyes",)),
        ("Reuters", ("Reuters",)),
        ("Team Echo", ("Team Echo",)),
        ("Staff Reporter", ()),
        ("admin", ()),
        ("humans.txt", ()),
        ("The ministries of war", ()),
        ("정덕현 김민", ("정덕현 김민",)),
    ],
)
def test_people_are_named_without_what_stands_around_them(field: str, names: tuple[str, ...]):
    assert clean_authors([field], "The Varn Echo") == names


def test_a_newsroom_is_kept_apart_from_people():
    found = read_authors(["Ana Reyes", "Varn News Service", "The Varn Echo"], "The Varn Echo")
    assert (found.people, found.others) == (("Ana Reyes",), ("Varn News Service",))


@pytest.mark.parametrize(
    "name", ["Varn University", "Staff Writer", "Ana", "more stories", "Agence France-Presse"]
)
def test_bodies_offices_and_phrases_are_no_people(name: str):
    assert not is_person(name)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=3), st.none() | st.text(max_size=10))
def test_any_field_gives_names_with_letters(fields: list[str], outlet: str | None):
    assert all(any(c.isalpha() for c in name) for name in clean_authors(fields, outlet))
