from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolution.callings import what_context_calls

CALLED = [
    ("Yesterday police chief Ana Orpel resigned.", "Yesterday police chief"),
    ("Ana Orpel, head of the union, resigned.", "head of the union"),
    ("Ana Orpel, 54, a nurse in Mirna, resigned.", "a nurse in Mirna"),
    ("Ana Orpel (left), Kenya's trade minister, resigned.", "Kenya's trade minister"),
    ("The head of the Mirna gas company, Ana Orpel, resigned.", "The head of the Mirna gas company"),
    ("Ana Orpel is a nurse in Mirna.", "a nurse in Mirna"),
    ("Ana Orpel was a minister until 2015.", "former a minister until 2015"),
    ("Ana Orpel, who leads the rebels, resigned.", "leader of the rebels"),
    ("Ana Orpel of the Mirna police resigned.", "member of the Mirna police resigned"),
    ("Ana Orpel, the police said, resigned.", ""),
    ("Ana Orpel, and many others, resigned.", ""),
    ("In Mirna, Ana Orpel resigned.", ""),
    ("The court convicted Ana Orpel.", ""),
    ("Nobody resigned.", ""),
]


@pytest.mark.parametrize(("context", "called"), CALLED, ids=[c[0] for c in CALLED])
def test_a_context_calls_a_name(context: str, called: str) -> None:
    assert what_context_calls("Ana Orpel", context) == called


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_context_raises(before: str, behind: str) -> None:
    assert isinstance(what_context_calls("Ana Orpel", f"{before}Ana Orpel{behind}"), str)
