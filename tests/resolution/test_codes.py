from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.evaluation.actor_codes import LabelledActor, evaluate_actor_codes, is_seen
from onrecord.resolution.codes import code_actor
from onrecord.resolution.entries import read_data

CASES = [
    ("Kazakh riot police", None, "KAZ", "COP"),
    ("Kazakh authorities", None, "KAZ", "GOV"),
    ("Kazakhstan", None, "KAZ", None),
    ("Kazakh protesters", None, "KAZ", "CVL"),
    ("opposition leader Alexei Navalny", "2020-08-20", "RUS", "OPP"),
    ("Mukhtar Ablyazov", "2022-01-07", "KAZ", "OPP"),
    ("Kassym-Jomart Tokayev", "2022-01-07", "KAZ", "GOV"),
    ("Nursultan Nazarbayev", "2015-01-07", "KAZ", "GOV"),
    ("former President Nursultan Nazarbayev", "2022-01-07", "KAZ", "ELI"),
    ("Hezbollah", None, "LBN", "REB"),
    ("Chinese telecoms firm Huawei", None, "CHN", "BUS"),
    ("Gazprom", None, "RUS", "BUS"),
    ("CSTO", None, "IGO", "MIL"),
    ("the United Nations", None, "UNO", None),
    ("the European Union", None, "EUR", None),
    ("the Red Cross", None, None, "NGO"),
    ("Taliban", "2005-01-01", "AFG", "REB"),
    ("Taliban", "2022-01-01", "AFG", "GOV"),
    ("Israeli soldiers", None, "ISR", "MIL"),
    ("two Israeli warplanes", None, "ISR", "MIL"),
    ("Ukraine's Defence Ministry", None, "UKR", "GOV"),
    ("Congolese rebels", None, "COD", "REB"),
    ("Nigerian lawmakers", None, "NGA", "LEG"),
    ("the Polish Supreme Court", None, "POL", "JUD"),
    ("Turkish journalists", None, "TUR", "JRN"),
    ("Syrian refugees", None, "SYR", "REF"),
    ("South African miners", None, "ZAF", "LAB"),
    ("Indian farmers", None, "IND", "AGR"),
    ("Chilean students", None, "CHL", "EDU"),
    ("French doctors", None, "FRA", "MED"),
    ("Mexican drug cartels", None, "MEX", "CRM"),
    ("gunmen", None, None, "UAF"),
    ("Saudi clerics", None, "SAU", "REL"),
    ("Russia's ambassador to Poland", None, "RUS", "GOV"),
    ("a former CIA official", None, "USA", "ELI"),
    ("the FBI", None, "USA", "COP"),
    ("Mossad", None, "ISR", "SPY"),
    ("South Ossetia", None, "GEO", "PRE"),
    ("Almaty police", None, "KAZ", "COP"),
    ("Reuters", None, "GBR", "JRN"),
    ("the Venezuelan opposition", None, "VEN", "OPP"),
    ("US", None, "USA", None),
    ("Kenyans", None, "KEN", "CVL"),
    ("dozens of Palestinians", None, "PSE", "CVL"),
    ("Lebanese depositors", None, "LBN", "CVL"),
    ("a Danish frigate", None, "DNK", "MIL"),
    ("a Delhi-based think tank", None, "IND", "SOC"),
    ("U.S.-backed Syrian fighters", None, "SYR", "REB"),
    ("Iran-backed militias", None, "IRN", "PRM"),
    ("Putin's spokesman", "2022-05-01", "RUS", "GOV"),
    ("Somaliland's president", None, "SOM", "PRE"),
    ("Ethiopia's Ministry of Health", None, "ETH", "GOV"),
    ("Father Luigi Serra", None, None, "REL"),
    ("Bishop Ana Moyo", None, None, "REL"),
    ("the former police chief", None, None, "ELI"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "date", "country", "sector"), CASES, ids=[c[0] for c in CASES])
def test_a_phrase_is_coded(phrase: str, date: str | None, country: str | None, sector: str | None) -> None:
    coded = code_actor(phrase, date=date)
    assert (coded.country, coded.sector) == (country, sector), coded.reasons


def test_the_context_gives_the_country() -> None:
    coded = code_actor("riot police", context="In Kazakhstan, riot police fired tear gas.")
    assert coded.country == "KAZ"
    assert code_actor("riot police").country is None


@pytest.mark.parametrize(
    ("phrase", "context", "country", "sector"),
    [
        ("Ana Orpel", "Ana Orpel, 61, a retired Turkish admiral, signed.", "TUR", "ELI"),
        ("Ana Orpel", "A court in Chad sentenced French journalist Ana Orpel to a year.", "FRA", "JRN"),
        ("Rwandan forces", "Rwandan forces fled.", "RWA", "MIL"),
        ("Rwandan journalists", "A court jailed Rwandan journalists.", "RWA", "JRN"),
        ("Ana Orpel", "Ana Orpel heads the French doctors' federation.", "FRA", "MED"),
        ("Ana Orpel", "In Mirna Ana Orpel, Panama's ambassador to Mali, abstained.", "PAN", "GOV"),
        ("Ana Orpel", "After the raid on the station in Chad, Ana Orpel fled.", "TCD", "CVL"),
        ("the group", "Colombian rebels blew up a pipeline; the group wants a truce.", "COL", "REB"),
        ("National Unity Government", "Myanmar's National Unity Government rules a town.", "MMR", "OPP"),
        ("the rebels", "The Iran-backed rebels left Sanaa in Yemen; the rebels had no food.", "YEM", "REB"),
    ],
)
def test_the_context_says_who_somebody_is(phrase: str, context: str, country: str, sector: str) -> None:
    coded = code_actor(phrase, context=context, date="2022-06-01")
    assert (coded.country, coded.sector) == (country, sector), coded.reasons


@pytest.mark.parametrize(
    ("phrase", "context"),
    [
        ("Karel Dost", "Prime Minister Karel Dost resigned on Monday. Russian troops entered the town."),
        ("Ana Orpel", "Ana Orpel met the French delegation in Kenya."),
        ("Ana Orpel", "France granted Ana Orpel asylum."),
        ("two foreign diplomats", "Chad expelled two foreign diplomats."),
        ("the envoy", "Niger let the envoy go."),
    ],
)
def test_a_neighbour_country_is_nobody_s(phrase: str, context: str) -> None:
    coded = code_actor(phrase, context=context)
    assert coded.country is None, coded.reasons


def test_the_country_of_somebody_else_is_not_the_actor_s() -> None:
    context = "Chad shelled the rebels."
    assert code_actor("the rebels", context=context).country == "TCD"
    assert code_actor("the rebels", context=context, others=("Chad",)).country is None


@pytest.mark.parametrize(
    "phrase",
    [
        "the vehicle",
        "two buildings",
        "a vehicle carrying government officials",
        "a bag belonging to a police officer",
        "the government's plan",
        "the ministry's latest draft for the port",
        "the killing of a journalist",
        "police reports",
        "the rebel-held town",
    ],
)
def test_a_word_that_is_not_the_head_gives_no_sector(phrase: str) -> None:
    assert code_actor(phrase, context=f"In Kazakhstan they saw {phrase}.").sector == "UNK"


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("an army vehicle", "MIL"),
        ("two visiting officials", "GOV"),
        ("the government's aides", "GOV"),
        ("the workers' union", "LAB"),
        ("dozens of police officers", "COP"),
        ("officials naming nobody", "GOV"),
    ],
)
def test_a_head_keeps_the_sector_of_whose_it_is(phrase: str, sector: str) -> None:
    assert code_actor(phrase).sector == sector


def test_a_party_governs_or_opposes_on_the_day() -> None:
    assert code_actor("Likud", date="2022-01-01").sector2 == "OPP"
    assert code_actor("Likud", date="2023-06-01").sector2 == "GOV"


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Minister Ana Santos", None, "GOV"),  # nobody of the firm of that name
        ("Ana Santos", None, "CVL"),
        ("Santos", "AUS", "BUS"),
        ("Huawei executives", "CHN", "BUS"),
        ("Uber drivers", "USA", "LAB"),
        ("African Union troops", "IGO", "MIL"),
        ("Jewish settlers", None, "CVL"),
        ("Lindsey Graham", "USA", "LEG"),
        ("Prince Harry", "GBR", "ELI"),
    ],
)
def test_names_in_phrases(phrase: str, country: str | None, sector: str) -> None:
    coded = code_actor(phrase, date="2023-01-01")
    assert (coded.country, coded.sector) == (country, sector)


def test_what_somebody_is_foremost_does_not_hold_in_an_office_of_theirs() -> None:
    assert code_actor("Peter Dutton", date="2022-04-01").sector == "GOV"
    assert code_actor("Peter Dutton", date="2023-01-01").sector == "OPP"


def test_a_ministry_of_defence_is_government_and_military() -> None:
    coded = code_actor("Britain's Defence Ministry")
    assert {coded.sector, coded.sector2} == {"GOV", "MIL"}


@settings(deadline=None)  # the first reads the tables
@given(st.text(max_size=60))
def test_any_phrase_is_coded_and_twice_alike(phrase: str) -> None:
    assert code_actor(phrase) == code_actor(phrase)


def test_evaluation_counts_what_is_right(tmp_path: Path) -> None:
    corpus = tmp_path / "cases.jsonl"
    cases = [
        {"text": "Kazakh riot police", "country": "KAZ", "sector": "COP"},
        {"text": "Kazakh riot police", "context": "again", "country": "RUS", "sector": "COP"},
        {"text": "gunmen", "country": "", "sector": None},
    ]
    corpus.write_text("".join(json.dumps(c) + "\n" for c in cases))
    figures = evaluate_actor_codes(corpus)
    assert figures["all"] == {"country": 66.7, "sector": 100.0, "countries": 3.0, "sectors": 2.0}
    assert figures["seen"]["countries"] + figures["unseen"]["countries"] == 3


def test_the_halves_do_not_change() -> None:
    assert [is_seen(LabelledActor(t)) for t in ("a", "b", "c", "d")] == [
        is_seen(LabelledActor(t)) for t in "abcd"
    ]


def test_a_corpus_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl"):
        evaluate_actor_codes(tmp_path / "none.jsonl")


_LINES = read_data("roles.tsv").decode().splitlines()
_WORDS = [line.split("\t")[0] for line in _LINES if line and not line.startswith("#")]
_PARTS = st.sampled_from(
    [
        "of",
        "for",
        "the",
        "former",
        "opposition",
        "'s",
        "Orpel",
        "Ana",
        "UN",
        "NATO",
        "Russian",
        "Ministry",
        "Bank",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_WORDS) | _PARTS, min_size=1, max_size=6).map(" ".join))
def test_any_words_of_roles_together_have_a_code(phrase: str) -> None:
    coded = code_actor(phrase, context=f"{phrase} spoke in Mirna")

    assert coded.sector is None or len(coded.sector) == 3


@pytest.mark.parametrize(
    ("context", "country"),
    [
        ("the mayor, speaking in The Netherlands", "NLD"),
        ("the mayor, a South-Korean by birth", "KOR"),
        ("the mayor of a U.S.-led council", "USA"),
        ("the mayor in Russia's far east", "RUS"),
        ("the mayor in an Italian-led group", "ITA"),
        ("the mayor, who lives in Côte d’Ivoire", "CIV"),
        ("the mayor, who lives in United Arab Emirates", "ARE"),
        ("the mayor and Orpel of Chad", "TCD"),
        ("the mayor of Orpel", None),
    ],
)
def test_context_names_the_country_however_it_is_joined(context: str, country: str | None) -> None:
    assert code_actor("the mayor", context=context).country == country


def test_the_surname_of_a_full_name_is_no_country() -> None:
    assert code_actor("Ana Jordan").country is None
    assert code_actor("Georgia lawmakers").country is not None


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("a baker", "BUS"),
        ("two locksmiths", "LAB"),
        ("a hairdresser from Mirna", "LAB"),
        ("workmen", "LAB"),
        ("an obstetrician", "MED"),
        ("a ventriloquist", "CVL"),
    ],
)
def test_a_trade_tells_the_sector(phrase: str, sector: str) -> None:
    assert code_actor(phrase).sector == sector


def test_a_trade_with_a_capital_is_a_name() -> None:
    assert code_actor("Baker").sector == "CVL"
    assert code_actor("Ana Baker").sector == "CVL"
    assert code_actor("familiar faces").sector == "UNK"
