"""Which reports are worth comparing."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.resolution.stories.candidates import KEY_BITS, Index, Keys, are_candidates, keys, strength
from onrecord.resolution.stories.fingerprint import fingerprint

FLOOD = (
    "The river Tessen rose by four metres in Orrel overnight and drowned the cattle market. Mayor Lena Brack told reporters that "
    "312 families had been carried to the gymnasium by firemen. “Nobody in this valley has seen such water since the dam was "
    "built,” she said.\n\nEngineers blamed a jammed sluice gate at Upper Callow. The ministry of waterways promised an inquiry."
)
RETOLD = (
    "In Orrel, 312 families spent the night in a gymnasium, where firemen had brought them, said Lena Brack, the mayor. Water of "
    "the Tessen stood in the cattle market, four metres above its usual height. According to engineers a sluice gate had jammed "
    "at Upper Callow; waterways officials will hold an inquiry."
)
VOTE = (
    "Parliament in Vessara voted on Tuesday to raise the tax on sugar by a third from next spring. Bakers protested in front of "
    "the building and threw rolls. “It will cost every household a week of breakfasts,” said Odo Menk of the bakers' guild."
)

GOLDEN = [
    89820789422,
    227434353470,
    267641203196,
    443259623892,
    445568199930,
    449157489008,
    468734220170,
    487917207084,
    500550821672,
    527256301070,
    615958770865,
    676552260272,
    695260817450,
    726693910556,
    764140535155,
    835109833607,
    853785690734,
    861810306028,
    886601852112,
    900247486888,
    940558882236,
    977667813406,
    1021411775690,
]


def of(text: str) -> Keys:
    return keys(fingerprint(Article("a", text)))


def shared(one: Keys, other: Keys) -> int:
    return strength(np.intersect1d(one, other))


def candidates(one: str, other: str) -> bool:
    first, second = of(one), of(other)
    return are_candidates(shared(first, second), strength(first), strength(second))


def test_a_report_and_one_of_its_sentences_are_candidates() -> None:
    assert candidates(FLOOD, VOTE + "\n\n" + FLOOD.split("\n\n")[0])
    assert candidates(FLOOD, "Engineers blamed a jammed sluice gate at Upper Callow.")


def test_a_report_told_in_other_words_is_one() -> None:
    assert candidates(FLOOD, RETOLD)


def test_a_quotation_in_another_report_makes_it_one() -> None:
    other = (
        "She was calm: “Nobody in this valley has seen such water since the dam was built.” Then she left."
    )
    assert candidates(FLOOD, other)


def test_other_reports_share_no_keys() -> None:
    assert shared(of(FLOOD), of(VOTE)) == 0


def test_one_sentence_does_not_make_long_reports_worth_comparing() -> None:
    def long(what: str, by: int) -> str:
        return " ".join(
            f"The {what} of district {n * by} met Councillor {what.title()}{n} about quarry {n * by + 1}."
            for n in range(1, 80)
        )

    standing = " Write to the Vessara Echo at 12 Quince Lane with tips about smuggling."
    assert not candidates(long("bakers", 1201) + standing, long("pilots", 1303) + standing)
    assert candidates(long("bakers", 1201), long("bakers", 1201))


@settings(deadline=None)
@given(st.text())
@example("")
@example("Orrel")
@example("😀 “😀” 1 2 3")
@example("Orrel Brack Menk Vessara Tessen " * 3000)
def test_any_text_has_keys_that_a_database_can_keep(text: str) -> None:
    found = of(text)
    assert (found < 1 << KEY_BITS).all()
    assert (np.diff(found.astype(np.int64)) > 0).all()


def test_keys_stay_what_they_are() -> None:
    # Records keep them: should this fail, the schema needs an upgrade that makes them anew.
    assert of("Engineers blamed a jammed sluice gate at Upper Callow.").tolist() == GOLDEN


some_keys = st.lists(st.integers(0, 40) | st.sampled_from([2**KEY_BITS - 1, 2**KEY_BITS - 2]), max_size=12)


@settings(deadline=None)
@given(st.lists(some_keys, max_size=40), st.integers(1, 40))
def test_an_index_answers_as_if_each_were_compared_with_each(reports: list[list[int]], gathered: int) -> None:
    index = Index(gathered)
    sets = [np.unique(np.array(r, dtype=np.uint64)) for r in reports]
    for number, its in enumerate(sets):
        told = [
            n for n in range(number) if are_candidates(shared(sets[n], its), strength(sets[n]), strength(its))
        ]
        assert index.candidates(its) == told
        index.add(number, its)


def test_an_index_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(ValueError, match="holds"):
        Index().add((1 << 24) - 1, of(FLOOD))
