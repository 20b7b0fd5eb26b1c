"""Which sentences of two reports tell the same."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.resolution.stories.alignment import Alignment, align, passages_of, shared_stems, told
from tests.resolution.stories.invented import OTHER, RETOLD, WIRE, paragraphs, printed


def aligned(first: str, second: str) -> Alignment:
    one, other = told(printed("a", first)), told(printed("b", second))
    return align(one, other, shared_stems(one, other))


def test_a_report_is_aligned_with_itself_sentence_by_sentence() -> None:
    found = aligned(WIRE, WIRE)
    assert [(g.first, g.second, g.likeness) for g in found.aligned] == [
        (n, n, 1.0) for n in range(len(found.aligned))
    ]
    assert not found.first_alone
    assert not found.second_alone


def test_what_is_retold_stands_beside_what_it_retells() -> None:
    first, second = printed("a", WIRE), printed("b", RETOLD)
    one, other = told(first), told(second)
    for passage in passages_of(first, second, align(one, other, shared_stems(one, other))):
        here, there = passage.first.of(WIRE), passage.second.of(RETOLD)
        assert [n for n, p in enumerate(paragraphs(WIRE)) if here in p] == [
            n for n, p in enumerate(paragraphs(RETOLD)) if there in p
        ]


def test_what_was_cut_stands_alone() -> None:
    parts = paragraphs(WIRE)
    found = aligned(WIRE, "\n\n".join(parts[:2] + parts[3:]))
    assert len(found.first_alone) == 1
    assert not found.second_alone


def test_a_paragraph_in_another_place_is_moved() -> None:
    parts = paragraphs(WIRE)
    found = aligned(WIRE, "\n\n".join([parts[0], parts[5], *parts[1:5]]))
    assert [g.likeness for g in found.aligned if g.moved] == [1.0]


def test_a_sentence_that_was_split_is_aligned_with_both_parts() -> None:
    whole = "Eleven vessels wait outside the breakwater of Orrel, and two ferries with 640 passengers turned back to Vessara."
    parts = "Eleven vessels wait outside the breakwater of Orrel. Two ferries with 640 passengers turned back to Vessara."
    (only,) = aligned(whole, parts).aligned
    assert (only.first, only.first_end, only.second, only.second_end) == (0, 1, 0, 2)
    (only,) = aligned(parts, whole).aligned
    assert (only.first, only.first_end, only.second, only.second_end) == (0, 2, 0, 1)


def test_reports_of_different_things_have_nothing_in_common() -> None:
    assert not aligned(WIRE, OTHER).aligned


@settings(deadline=None)
@given(st.text(), st.text())
@example("", "")
@example("“”", "Orrel.")
@example("Orrel. " * 50, "Orrel. " * 3)
@example("Mayor Arden resigned. " * 3000, "Mayor Arden resigned. " * 2000)
def test_any_two_texts_can_be_aligned(one: str, other: str) -> None:
    first, second = printed("a", one), printed("b", other)
    alignment = align(told(first), told(second), shared_stems(told(first), told(second)))
    for passage in passages_of(first, second, alignment):
        assert 0 <= passage.first.start < passage.first.end <= len(one)
        assert 0 <= passage.second.start < passage.second.end <= len(other)
        assert 0 < passage.likeness <= 1
    alone = len(alignment.first_alone) + sum(g.first_end - g.first for g in alignment.aligned)
    assert alone == len(told(first).bits)
