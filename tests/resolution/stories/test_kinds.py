"""How much a copy was changed."""

from onrecord.resolution.stories.alignment import told
from onrecord.resolution.stories.copies import CopyKind
from onrecord.resolution.stories.kinds import kind_of
from tests.resolution.stories.invented import RETOLD, SPUN, WIRE, compared, paragraphs, printed


def kind(first: str, second: str) -> CopyKind:
    one, other = told(printed("a", first)), told(printed("b", second))
    found, back = (kind_of(*told, *compared(*told)) for told in ((one, other), (other, one)))
    assert found == back
    return found


def test_the_same_words_are_verbatim() -> None:
    assert kind(WIRE, WIRE) == "verbatim"


def test_another_headline_dateline_and_typography_leave_a_copy_verbatim() -> None:
    copy = "Grain ship shuts Orrel's harbour\n\nORREL (Karst Press) – " + WIRE.replace("“", '"').replace(
        "”", '"'
    )
    assert kind(WIRE, copy) == "verbatim"


def test_what_was_cut_at_the_end_is_edited() -> None:
    assert kind(WIRE, "\n\n".join(paragraphs(WIRE)[:4])) == "edited"


def test_what_was_cut_within_is_edited() -> None:
    parts = paragraphs(WIRE)
    assert kind(WIRE, "\n\n".join(parts[:2] + parts[3:])) == "edited"


def test_a_sentence_touched_up_is_edited() -> None:
    copy = WIRE.replace("The company declined to comment. Its shares", "Shares of the company")
    assert kind(WIRE, copy) == "edited"


def test_what_is_told_in_other_words_is_rewritten() -> None:
    assert kind(WIRE, RETOLD) == "rewritten"


def test_words_swapped_one_by_one_are_spun() -> None:
    assert kind(WIRE, SPUN) == "spun"
