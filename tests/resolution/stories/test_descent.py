"""Which of two copies is the original."""

import pytest

from onrecord.resolution.stories.alignment import told
from onrecord.resolution.stories.copies import Original
from onrecord.resolution.stories.descent import agency_key, original_of
from onrecord.resolution.stories.fingerprint import Fingerprint
from tests.resolution.stories.invented import SPUN, WIRE, compared, paragraphs, printed


def original(first: Fingerprint, second: Fingerprint) -> tuple[Original, tuple[str, ...]]:
    one, other = told(first), told(second)
    found, why = original_of(first, second, one, other, *compared(one, other))
    back, _ = original_of(second, first, other, one, *compared(other, one))
    assert back == {"first": "second", "second": "first", "unknown": "unknown"}[found]
    assert bool(why) == (found != "unknown")
    return found, why


def test_nothing_tells_two_printings_without_a_frame_apart() -> None:
    assert original(printed("a", WIRE), printed("b", WIRE)) == ("unknown", ())


def test_an_agency_s_own_report_is_the_original_of_one_that_credits_it() -> None:
    own = printed("a", WIRE, outlet="Reuters")
    copy = printed("b", WIRE, outlet="The Vessara Echo", agency="Reuters")
    found, why = original(own, copy)
    assert found == "first"
    assert why[0] == "it is the own report of Reuters"


def test_an_agency_goes_by_several_names() -> None:
    assert agency_key("The Associated Press") == agency_key("AP") == "ap"
    assert agency_key(" ") is None


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-05-03", "2024-05-05"),
        ("2024-05-03T06:00:00+00:00", "2024-05-03T07:10:00+00:00"),
        ("2024-05-03T06:00:00+02:00", "2024-05-03T06:00:00+00:00"),
    ],
)
def test_who_printed_it_earlier_is_the_original(earlier: str, later: str) -> None:
    assert original(printed("a", WIRE, published=earlier), printed("b", WIRE, published=later))[0] == "first"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-05-03", "2024-05-03T06:00:00+00:00"),
        ("2024-05-03T06:00:00", "2024-05-03T05:00:00+00:00"),
        ("not a date", "2024-05-03"),
    ],
)
def test_times_that_cannot_be_compared_tell_nothing(one: str, other: str) -> None:
    assert original(printed("a", WIRE, published=one), printed("b", WIRE, published=other))[0] == "unknown"


def test_what_is_cut_at_the_end_is_the_copy() -> None:
    found, why = original(printed("a", "\n\n".join(paragraphs(WIRE)[:4])), printed("b", WIRE))
    assert found == "second"
    assert "its end is cut off in the other" in why


def test_what_was_put_on_top_is_no_cut_of_the_other() -> None:
    entries = [
        "LIVE: Orrel harbour is shut",
        "06:10 The port authority of Orrel says that a grain ship has run aground in the mouth of the harbour.",
        "06:02 Two ferries with 640 passengers are waiting outside the breakwater, a pilot tells our reporter.",
        "05:55 Tugs from Taslan have been asked to come, says the coast guard.",
    ]
    since = "08:20 Captain Ilva Marten says that nobody was hurt and that no oil has been lost so far."
    early, late = "\n\n".join(entries), "\n\n".join([entries[0], since, *entries[1:]])

    assert original(printed("a", early), printed("b", late)) == ("unknown", ())
    # The oldest entries fall off at the end.
    assert original(printed("a", early), printed("b", late.removesuffix("\n\n" + entries[-1])))[0] == "first"


def test_swapped_words_are_the_copy_s() -> None:
    found, why = original(printed("a", SPUN), printed("b", WIRE))
    assert found == "second"
    assert why == ("the other has odder words in its stead",)


def test_a_wire_s_own_report_is_the_original_whatever_the_clock_says() -> None:
    own = printed("a", WIRE, outlet="Karst Press", published="2024-05-03T09:00:00+00:00")
    copy = printed(
        "b", WIRE, outlet="The Orrel Post", agency="Karst Press", published="2024-05-03T08:00:00+00:00"
    )
    assert original(own, copy)[0] == "first"
