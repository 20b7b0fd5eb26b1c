"""The roles that a report gives to somebody, with the country and the years that it tells."""

from __future__ import annotations

import pytest

from onrecord.article import Span
from onrecord.resolution.told_roles import ToldRole, read_told_role, read_told_roles


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("a former banker", ToldRole("former banker", None)),
        ("Energy Minister in the 1990s under Orpel", ToldRole("energy minister", None, "1990", "1999")),
        ("the Kazakh mayor of Mirna since 2015", ToldRole("Kazakh mayor of Mirna", "KAZ", "2015")),
        ("justice minister from 1994 to 1999", ToldRole("justice minister", None, "1994", "1999")),
        ("energy minister until 2004", ToldRole("energy minister", None, None, "2004")),
        ("a long way from home", None),
    ],
)
def test_a_role_is_read_with_its_country_and_years(words: str, role: ToldRole | None) -> None:
    assert read_told_role(words) == role


def test_each_role_of_a_report_is_told_once() -> None:
    text = "Mayor Ana Orpel said no.\n\nAna Orpel, a former banker, left. Mayor Ana Orpel came."
    spans = [Span(i, i + 9) for i in range(len(text)) if text.startswith("Ana Orpel", i)]
    assert [r.title for r in read_told_roles(text, spans)] == ["mayor", "former banker"]


def test_two_roles_in_one_apposition_are_two() -> None:
    text = "Ana Orpel, a former banker who was energy minister in the 1990s, said no."
    told = [ToldRole("former banker", None), ToldRole("energy minister", None, "1990", "1999")]
    assert list(read_told_roles(text, [Span(0, 9)])) == told
