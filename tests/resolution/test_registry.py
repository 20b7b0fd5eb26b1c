from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolution.entries import Actors, load_actors
from onrecord.resolution.registry import LEAST_SCORE, candidates, holders, holds, link
from onrecord.resolution.spelling import fold, person_key, spellings

TOKAYEV = "person:KAZ:tokayev-kassym-jomart"
NAZARBAYEV = "person:KAZ:nazarbayev-nursultan"
PUTIN = "person:RUS:putin-vladimir"
GADDAFI = "person:LBY:gaddafi-muammar"
ZELENSKY = "person:UKR:zelensky-volodymyr"
W_BUSH = "person:USA:bush-george-w"
H_BUSH = "person:USA:bush-george-hw"

# name, day, who
NAMES = [
    ("Mukhtar Ablyazov", "2022-01-07", "person:KAZ:ablyazov-mukhtar"),
    ("Ablyazov", "2022-01-07", "person:KAZ:ablyazov-mukhtar"),
    ("Nursultan Nazarbayev", "2022-01-07", NAZARBAYEV),
    ("Nursultan Nazarbaev", None, NAZARBAYEV),
    ("former President Nursultan Nazarbayev", "2022-01-07", NAZARBAYEV),
    ("Kassym-Jomart Tokayev", "2022-01-07", TOKAYEV),
    ("Kassym-Zhomart Tokayev", "2022-01-07", TOKAYEV),
    ("Kasym-Zhomart Tokaev", None, TOKAYEV),
    ("President Tokayev", "2022-01-07", TOKAYEV),
    ("Mr Tokayev", "2022-01-07", TOKAYEV),
    ("Vladimir Putin", "2022-01-07", PUTIN),
    ("Putin", "2022-01-07", PUTIN),
    ("Russian President Vladimir Putin", "2022-01-07", PUTIN),
    ("V. Putin", "2022-01-07", PUTIN),
    ("Volodymyr Zelenskiy", "2022-03-01", ZELENSKY),
    ("Volodymyr Zelenskyy", "2022-03-01", ZELENSKY),
    ("President Zelensky", "2022-03-01", ZELENSKY),
    ("Muammar Qaddafi", "2011-03-01", GADDAFI),
    ("Moammar Gadhafi", "2011-03-01", GADDAFI),
    ("Muammar Khadafy", None, GADDAFI),
    ("Muhammad bin Salman", "2020-01-01", "person:SAU:bin-salman-mohammed"),
    ("Crown Prince Mohammed bin Salman", "2020-01-01", "person:SAU:bin-salman-mohammed"),
    ("Sergey Lavrov", "2020-01-01", "person:RUS:lavrov-sergei"),
    ("Foreign Minister Sergei Lavrov", "2020-01-01", "person:RUS:lavrov-sergei"),
    ("Aleksandr Lukashenko", "2020-08-10", "person:BLR:lukashenko-alexander"),
    ("Alexei Navalny", "2020-08-20", "person:RUS:navalny-alexei"),
    ("opposition leader Alexei Navalny", "2020-08-20", "person:RUS:navalny-alexei"),
    ("German Chancellor Angela Merkel", "2015-09-01", "person:DEU:merkel-angela"),
    ("Emmanuel Macron", "2022-01-01", "person:FRA:macron-emmanuel"),
    ("Xi Jinping", "2020-01-01", "person:CHN:xi-jinping"),
    ("Kim Jong Un", "2018-06-12", "person:PRK:kim-jong-un"),
    ("Kim Jong-il", "2005-01-01", "person:PRK:kim-jong-il"),
    ("Kishida Fumio", "2022-01-01", "person:JPN:kishida-fumio"),
    ("Bashar Assad", "2015-01-01", "person:SYR:al-assad-bashar"),
    ("Antonio Guterres", "2020-01-01", "person:PRT:guterres-antonio"),
    ("UN Secretary-General Ban Ki-moon", "2014-01-01", "person:KOR:ban-ki-moon"),
    # namesakes
    ("President Bush", "2003-03-20", W_BUSH),
    ("President Bush", "1990-08-02", H_BUSH),
    ("George Bush", "2004-05-01", W_BUSH),
    ("George W. Bush", None, W_BUSH),
    ("Jeb Bush", "2003-01-01", "person:USA:bush-jeb"),
    ("President Clinton", "1996-05-01", "person:USA:clinton-bill"),
    ("Hillary Clinton", None, "person:USA:clinton-hillary"),
    ("Secretary of State Clinton", "2010-05-01", "person:USA:clinton-hillary"),
    ("President Aliyev", "1999-05-01", "person:AZE:aliyev-heydar"),
    ("President Aliyev", "2015-05-01", "person:AZE:aliyev-ilham"),
    ("Heydar Aliev", None, "person:AZE:aliyev-heydar"),
    ("Prime Minister Gandhi", "1975-06-25", "person:IND:gandhi-indira"),
    ("Prime Minister Gandhi", "1987-06-25", "person:IND:gandhi-rajiv"),
    ("Rahul Gandhi", "2018-01-01", "person:IND:gandhi-rahul"),
    ("Prime Minister Trudeau", "1975-01-01", "person:CAN:trudeau-pierre"),
    ("Prime Minister Trudeau", "2018-01-01", "person:CAN:trudeau-justin"),
    ("President Marcos", "1980-01-01", "person:PHL:marcos-ferdinand"),
    ("President Marcos", "2023-01-01", "person:PHL:marcos-ferdinand-jr"),
    ("President Kabila", "1999-01-01", "person:COD:kabila-laurent"),
    ("President Kabila", "2010-01-01", "person:COD:kabila-joseph"),
    ("President Assad", "1990-01-01", "person:SYR:al-assad-hafez"),
    ("President Kenyatta", "2015-01-01", "person:KEN:kenyatta-uhuru"),
    ("Prime Minister Sharif", "2015-01-01", "person:PAK:sharif-nawaz"),
    ("Prime Minister Sharif", "2022-10-01", "person:PAK:sharif-shehbaz"),
    ("Prime Minister Rasmussen", "2005-01-01", "person:DNK:rasmussen-anders-fogh"),
    ("British Prime Minister Johnson", "2020-05-01", "person:GBR:johnson-boris"),
    # who held the office
    ("the Kazakh president", "2022-01-07", TOKAYEV),
    ("the Kazakh president", "2015-01-07", NAZARBAYEV),
    ("the Russian president", "2010-05-09", "person:RUS:medvedev-dmitry"),
    ("the Russian prime minister", "2010-05-09", PUTIN),
    ("the German chancellor", "2023-01-01", "person:DEU:scholz-olaf"),
    ("the French president", "2001-09-11", "person:FRA:chirac-jacques"),
    ("the British prime minister", "2022-09-10", "person:GBR:truss-liz"),
    ("the US president", "2019-01-01", "person:USA:trump-donald"),
    ("the US secretary of state", "2022-01-06", "person:USA:blinken-antony"),
    ("the Chinese leader", "2020-01-01", "person:CHN:xi-jinping"),
    ("the Turkish president", "2020-01-01", "person:TUR:erdogan-recep-tayyip"),
    ("the Turkish prime minister", "2010-01-01", "person:TUR:erdogan-recep-tayyip"),
    ("the Iranian supreme leader", "2020-01-01", "person:IRN:khamenei-ali"),
    ("the UN secretary-general", "2020-01-01", "person:PRT:guterres-antonio"),
    ("the Belarusian leader", "2020-08-01", "person:BLR:lukashenko-alexander"),
    ("the Pope", "2020-01-01", "person:VAT:francis"),
    ("the NATO chief", "2022-02-24", "person:NOR:stoltenberg-jens"),
    # governments
    ("Kazakhstan", None, "gov:KAZ"),
    ("Kazakh authorities", None, "gov:KAZ"),
    ("the Russian foreign ministry", None, "gov:RUS"),
    ("Russia's foreign ministry", None, "gov:RUS"),
    ("French officials", None, "gov:FRA"),
    ("the Chinese government", None, "gov:CHN"),
    ("the Kremlin", None, "gov:RUS"),
    ("the White House", None, "gov:USA"),
    ("Downing Street", None, "gov:GBR"),
    ("Beijing", None, "gov:CHN"),
    ("Moscow", None, "gov:RUS"),
    ("Paris", None, "gov:FRA"),
    ("Nur-Sultan", None, "gov:KAZ"),
    ("Kyiv", None, "gov:UKR"),
    ("Kiev", None, "gov:UKR"),
    ("US", None, "gov:USA"),
    ("the U.S.", None, "gov:USA"),
    ("UK", None, "gov:GBR"),
    ("Ivory Coast", None, "gov:CIV"),
    ("Burma", None, "gov:MMR"),
    ("Côte d'Ivoire", None, "gov:CIV"),
    # organisations
    ("CSTO", None, "org:CSTO"),
    ("Collective Security Treaty Organisation", None, "org:CSTO"),
    ("NATO", None, "org:NATO"),
    ("Nato", None, "org:NATO"),
    ("the UN", None, "org:UN"),
    ("U.N.", None, "org:UN"),
    ("WHO", None, "org:WHO"),
    ("EU", None, "org:EU"),
    ("the African Union", None, "org:AU"),
    ("AU", None, "org:AU"),
    ("ASEAN", None, "org:ASEAN"),
    ("OPEC", None, "org:OPEC"),
    ("IMF", None, "org:IMF"),
    ("World Bank", None, "org:WORLD-BANK"),
    ("ICC", None, "org:ICC"),
    ("OSCE", None, "org:OSCE"),
    ("Organization for Security and Cooperation in Europe", None, "org:OSCE"),
    ("the Red Cross", None, "org:ICRC"),
    ("Médecins Sans Frontières", None, "org:MSF"),
    ("Hizbollah", None, "org:HEZBOLLAH"),
    ("Islamic State", None, "org:ISIS"),
    ("al Qaeda", None, "org:AL-QAEDA"),
    ("Reuters", None, "org:REUTERS"),
    ("Agence France-Presse", None, "org:AFP"),
    ("Tass", None, "org:TASS"),
]


@pytest.mark.parametrize(("name", "date", "expected"), NAMES, ids=[f"{n}-{d}" for n, d, _ in NAMES])
def test_a_name_is_linked(name: str, date: str | None, expected: str) -> None:
    found = link(name, date=date)
    assert (found.actor.id if found else None) == expected


NOBODY = [
    ("John Smith", "1970-01-01"), ("Samantha Johnson", "2020-01-01"), ("Peter Brown", "2008-01-01"), ("Michael Bush", "2004-01-01"),
    ("Johnson", None), ("Bush", None), ("Clinton", None), ("Kim", None), ("May", "2017-01-01"), ("Brown", "2008-01-01"),
    ("Mohamed Ali", "2022-01-01"),
    ("who", None), ("us", None), ("it", None), ("the president", None), ("the president", "2020-01-01"), ("the Kazakh president", None),
    ("the Kazakh president's aide", "2020-01-01"), ("Kazakh riot police", None), ("a protester", "2020-01-01"), ("", None),
    ("Labor Party", None), ("Ana Brusko", "2020-01-01"), ("the former Kazakh president", "2022-01-07"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "date"), NOBODY)
def test_who_fits_nobody_is_nobody(name: str, date: str | None) -> None:
    assert link(name, date=date) is None


def test_a_rulers_rare_family_name_needs_its_country() -> None:
    assert link("Sunak", date="2023-06-12") is None
    found = link("Sunak", date="2023-06-12", country_hints=["GBR"])
    assert found
    assert found.actor.name == "Rishi Sunak"


@pytest.mark.parametrize(
    ("name", "date", "country"),
    [("Johnson", "2020-05-03", "GBR"), ("Park", "2022-06-03", "KOR"), ("Li", "2020-06-03", "CHN")],
)
def test_a_common_family_name_is_nobody_by_country_and_day_alone(name: str, date: str, country: str) -> None:
    assert link(name, date=date, country_hints=[country]) is None


def test_a_family_name_is_whom_the_report_has_by_full_name() -> None:
    found = link("Johnson", date="2020-05-03", country_hints=["GBR"], company=["person:GBR:johnson-boris"])
    assert found
    assert found.actor.id == "person:GBR:johnson-boris"


def test_titles_of_the_context_count() -> None:
    found = link("Johnson", titles=["prime minister"], date="2020-05-01", country_hints=["GBR"])
    assert found
    assert found.actor.id == "person:GBR:johnson-boris"


def test_a_title_never_held_speaks_against() -> None:
    assert link("Brown", titles=["foreign minister"], date="2008-05-01", country_hints=["FRA"]) is None


def test_reasons_add_up_to_the_score() -> None:
    found = candidates("President Tokayev", date="2022-01-07", country_hints=["KAZ"], company=["gov:KAZ"])[0]
    assert found.score == pytest.approx(sum(r.weight for r in found.reasons))
    assert any("president" in r.why for r in found.reasons)


@pytest.mark.parametrize(
    ("of", "title", "date", "family"),
    [
        ("KAZ", "president", "2019-03-19", "Nazarbayev"),
        ("KAZ", "president", "2019-03-21", "Tokayev"),
        ("USA", "president", "2021-01-19", "Trump"),
        ("USA", "president", "2021-01-21", "Biden"),
        ("GBR", "prime minister", "2016-07-12", "Cameron"),
        ("GBR", "prime minister", "2016-07-14", "May"),
        ("UKR", "foreign minister", "2022-02-24", "Kuleba"),
        ("org:NATO", "secretary-general", "2010-01-01", "Rasmussen"),
        ("org:IMF", "managing director", "2015-01-01", "Lagarde"),
    ],
)
def test_who_held_an_office(of: str, title: str, date: str, family: str) -> None:
    assert [e.family for e, _ in holders(of, title, date)] == [family]


@given(st.text(max_size=40), st.sampled_from([None, "2022", "1999-05", "2010-01-01"]))
def test_any_text_is_answered_and_twice_alike(name: str, date: str | None) -> None:
    found = candidates(name, date=date)
    assert found == candidates(name, date=date)
    assert found == sorted(found, key=lambda c: (-c.score, c.actor.id))
    linked = link(name, date=date)
    assert linked is None or linked.score >= LEAST_SCORE


@given(st.text(max_size=40))
def test_keys_are_stable(name: str) -> None:
    assert fold(fold(name)) == fold(name) or fold(name).startswith("the ")
    assert person_key(name) == person_key(name)
    assert name not in spellings(name)


def test_every_actor_is_sound() -> None:
    actors, index = load_actors()
    ids = [a.id for a in actors]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
    known = {*index.governments, "IGO", "UNO", "EUR", "NGO", "IMG", "MNC", None}
    for actor in actors:
        assert actor.name
        assert actor.source
        assert actor.type in ("person", "organisation", "government", "alliance", "group")
        assert actor.country in known
        for role in actor.roles:
            assert not (role.from_ and role.to) or role.from_[:4] <= role.to[:4], actor
            assert role.of in index.governments or role.of in ids or role.of.startswith("org:")


def test_an_actor_is_found_by_id() -> None:
    actors, _ = load_actors()
    assert all(actors.find(actors[n].id) is actors[n] for n in range(0, len(actors), 500))
    assert actors.find("gov:ATLANTIS") is None


def test_every_government_answers_to_its_name() -> None:
    actors, index = load_actors()
    for code, number in index.governments.items():
        found = link(actors[number].name)
        assert found, code
        assert found.actor.country == code


def test_who_is_sworn_in_again_has_not_left() -> None:
    linked = link("Nikol Pashinyan", date="2023-01-01")
    assert linked
    assert holds(linked.actor.roles[0], "2023-01-01") == 1.0


def test_entries_that_are_decoded_do_not_pile_up() -> None:
    lines = [f'{{"id":"org:X:{n:05}","name":"Orpel {n}","type":"group"}}'.encode() for n in range(7000)]
    actors = Actors(lines)
    assert [a.name for a in actors][-1] == "Orpel 6999"
    assert actors[0].name == "Orpel 0"
    assert len(actors._decoded) < 6000
