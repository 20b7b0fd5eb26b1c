"""Which event a number belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.analysis.counts import Count
from onrecord.analysis.event_numbers import with_numbers
from onrecord.analysis.events import Event
from tests.analysis.conftest import at, told_event


def event(text: str, type_: str, trigger: str, actor: str | None = None, **numbers: Count) -> Event:
    return told_event(text, trigger, type=type_, actors=(at(text, actor),) if actor else (), **numbers)


def low(count: Count | None) -> int | None:
    return count.low if count else None


def test_a_number_goes_to_the_violence_of_its_clause() -> None:
    text = "Two bombs killed seven voters and hurt fifteen, and gunmen shot a returning officer in Orvik."
    bombs, shot = with_numbers(text, [event(text, "ASSAULT", "bombs"), event(text, "ASSAULT", "shot")])

    assert (low(bombs.dead), low(bombs.injured)) == (7, 15)
    assert (shot.dead, shot.injured) == (None, None)


def test_a_sentence_that_tells_no_event_gives_its_numbers_to_the_one_before() -> None:
    text = "A woman blew herself up in Orvik. Eleven were killed and at least two dozen slightly injured.\nNine were hurt."
    (bombing,) = with_numbers(text, [event(text, "ASSAULT", "blew herself up")])

    assert (low(bombing.dead), low(bombing.injured)) == (11, 24)


def test_the_hurt_of_a_protest_belong_to_it_where_no_violence_is_told() -> None:
    text = "At least 25 people were hurt on the first day of a general strike of 1,380 caterers."
    (strike,) = with_numbers(text, [event(text, "PROTEST", "strike")])

    assert (low(strike.injured), strike.dead, low(strike.crowd)) == (25, None, 1380)


def test_those_who_were_hurt_when_something_happened_belong_to_it() -> None:
    text = "Thousands may march on Friday after 14 constables were injured at a smaller rally last week."
    march, rally = with_numbers(text, [event(text, "PROTEST", "march"), event(text, "PROTEST", "rally")])

    assert (march.injured, low(rally.injured)) == (None, 14)


def test_what_an_act_leaves_behind_belongs_to_what_is_told_before_it() -> None:
    text = "Gunmen opened fire on a wake, killing nine mourners before troops shot the gunmen."
    fire, shot = with_numbers(text, [event(text, "ASSAULT", "opened fire"), event(text, "ASSAULT", "shot")])

    assert (low(fire.dead), shot.dead) == (9, None)


def test_a_number_belongs_to_the_words_that_tell_it() -> None:
    text = "Police shot at least 40 people dead during a protest in Orvik."
    shot, protest = with_numbers(text, [event(text, "ASSAULT", "shot"), event(text, "PROTEST", "protest")])

    assert (low(shot.dead), protest.dead) == (40, None)


def test_an_act_in_which_people_died_has_their_number() -> None:
    text = "Convicts took hostage six warders during a riot in Orvik in which two inmates died."
    took, riot = with_numbers(text, [event(text, "ASSAULT", "took hostage"), event(text, "PROTEST", "riot")])

    assert (took.dead, low(riot.dead)) == (None, 2)


def test_a_victim_of_a_plan_is_not_dead() -> None:
    text = "They plotted to kill a mayor."
    plot = replace(event(text, "ASSAULT", "kill"), status="planned", recipients=(at(text, "a mayor"),))
    (told,) = with_numbers(text, [plot])

    assert told.dead is None


def test_the_injured_are_not_the_dead() -> None:
    text = "Robbers fired, wounding two guards."
    two = Count(at(text, "two"), 2, 2)
    (shots,) = with_numbers(text, [event(text, "ASSAULT", "fired", dead=two)])

    assert (shots.dead, low(shots.injured)) == (None, 2)


@pytest.mark.parametrize(
    ("text", "actor", "crowd"),
    [
        ("A throng of 500 or more marched on the port.", "A throng of 500 or more", 500),
        ("Villagers, about 120 in number, marched on the port.", "Villagers", 120),
        ("Students marched for nine days.", "Students", None),
        ("Three unions marched on the port.", "Three unions", None),
        ("A welder marched on the port.", "A welder", None),
        ("All 340 magistrates marched on the port.", "All 340 magistrates", 340),
        ("Dockers in Orvik, some 700 in all, marched on the port.", "Dockers in Orvik", 700),
        ("Police put the bakers who marched in Orvik at 5,000.", "the bakers", 5000),
    ],
)
def test_a_crowd_is_told_with_who_protests(text: str, actor: str, crowd: int | None) -> None:
    (march,) = with_numbers(text, [event(text, "PROTEST", "marched", actor)])

    assert low(march.crowd) == crowd


@pytest.mark.parametrize(
    ("text", "crowd"),
    [
        ("Unions brought 6,000 people to a rally in Orvik.", 6000),
        ("A rally in Orvik drew at least 6,000.", 6000),
        ("The 300 at Monday's rally were searched.", 300),
        ("Police arrested nine after the rally.", None),
    ],
)
def test_a_crowd_is_told_with_the_word_of_the_protest(text: str, crowd: int | None) -> None:
    (rally,) = with_numbers(text, [event(text, "PROTEST", "rally")])

    assert low(rally.crowd) == crowd


def test_a_crowd_may_be_violent() -> None:
    text = "A mob of about 300 thrashed a clerk."
    (thrashed,) = with_numbers(text, [event(text, "ASSAULT", "thrashed", "A mob of about 300")])

    assert low(thrashed.crowd) == 300


def test_days_of_a_strike_are_no_crowd() -> None:
    text = "A strike of nine days has ended."

    assert with_numbers(text, [event(text, "PROTEST", "strike")])[0].crowd is None


def test_a_number_of_the_own_sentence_stays() -> None:
    text = "Gunmen ambushed a convoy, killing eight porters. Nine were killed and two were hurt."
    (ambush,) = with_numbers(text, [event(text, "ASSAULT", "ambushed")])

    assert (low(ambush.dead), low(ambush.injured)) == (8, 2)


@pytest.mark.parametrize(
    "after",
    [
        "Separately, a bus crash left nine people dead.",
        "Elsewhere, nine people were killed.",
        "A fire at a mill nearby killed nine weavers.",
        "A truck killed nine people.",
        "Floods have killed nine people.",
        "Nine people had died of cholera.",
        "Nine people were killed when a truck hit a bus.",
        "Nine people have been killed this year.",
        "In Kessel, nine people were killed.",
        "Nurses in another province said nine people had died.",
    ],
)
def test_victims_of_another_cause_are_not_the_events(after: str) -> None:
    text = f"Guards fired at marchers in Orvik. {after}"
    (shots,) = with_numbers(text, [event(text, "ASSAULT", "fired")])

    assert shots.dead is None


@pytest.mark.parametrize(
    "after",
    [
        "Nine were killed, a nurse said.",
        "Nine people, one of them a baker, were killed, the mayor said, and two were hurt.",
        "In Orvik alone nine people were killed.",
        "By Monday nine people had died of their wounds.",
        "The crash killed nine people.",
        "He said nine people were killed.",
    ],
)
def test_a_sentence_that_goes_on_counts_the_events_victims(after: str) -> None:
    text = f"Guards fired at a bus in Orvik. {after}"
    (shots,) = with_numbers(text, [event(text, "ASSAULT", "fired")])

    assert low(shots.dead) == 9


def test_what_has_not_happened_has_no_victims_in_the_next_sentence() -> None:
    text = "Guards did not fire at marchers. Nine people were killed."
    denied = replace(event(text, "ASSAULT", "fire"), status="denied")

    assert with_numbers(text, [denied])[0].dead is None


def test_who_is_arrested_is_not_who_was_hurt() -> None:
    text = "Six guards were hurt and 40 bakers arrested as a crowd stoned a mill."
    hurt = Count(at(text, "Six"), 6, 6)
    arrested, stoned = with_numbers(
        text,
        [
            replace(event(text, "COERCE", "arrested", injured=hurt), modes=("arrest",)),
            event(text, "ASSAULT", "stoned"),
        ],
    )

    assert (arrested.injured, low(stoned.injured)) == (None, 6)


def test_all_who_stand_side_by_side_are_counted() -> None:
    text = "Five guards and a cook fell in an ambush."
    five = Count(at(text, "Five"), 5, 5)
    ambush = replace(
        event(text, "ASSAULT", "ambush", dead=five), recipients=(at(text, "Five guards and a cook"),)
    )

    assert low(with_numbers(text, [ambush])[0].dead) == 6


def test_a_toll_takes_the_place_of_what_it_sums_up() -> None:
    text = "A bomb killed four bakers in Orvik. By nightfall the figure stood at eleven."

    assert low(with_numbers(text, [event(text, "ASSAULT", "bomb")])[0].dead) == 11


def test_a_toll_of_a_war_is_not_that_of_an_act() -> None:
    text = "A bomb killed four bakers in Orvik. The death toll has reached 45,000, a nurse said."

    assert low(with_numbers(text, [event(text, "ASSAULT", "bomb")])[0].dead) == 4


def test_of_two_tellers_the_first_counts() -> None:
    text = "Snipers picked off nine guards, rebels said; the army spoke of three killed."
    three = Count(at(text, "three"), 3, 3)

    assert low(with_numbers(text, [event(text, "ASSAULT", "picked off", dead=three)])[0].dead) == 9


def test_an_age_is_no_number() -> None:
    text = "A girl of nine was the only person hurt when guards lobbed a shell."
    nine = Count(at(text, "A girl of nine"), 9, 9)

    assert low(with_numbers(text, [event(text, "ASSAULT", "lobbed", injured=nine)])[0].injured) == 1


def test_act_and_outcome_have_the_same_number() -> None:
    text = "A plane strafed a mill, killing six bakers."
    strafed, killing = with_numbers(
        text, [event(text, "ASSAULT", "strafed"), event(text, "ASSAULT", "killing")]
    )

    assert (low(strafed.dead), low(killing.dead)) == (6, 6)


def test_a_gathering_has_the_number_of_its_own_people() -> None:
    text = "Some 6,000 bakers rallied and about 450 cooks marched."
    crowd = Count(at(text, "Some 6,000"), 6000, 6000)
    rallied, marched = with_numbers(
        text,
        [
            event(text, "PROTEST", "rallied", "Some 6,000 bakers"),
            event(text, "PROTEST", "marched", "about 450 cooks", crowd=crowd),
        ],
    )

    assert (low(rallied.crowd), low(marched.crowd)) == (6000, 450)


def test_the_next_sentence_may_tell_the_crowd() -> None:
    text = "Bakers drove into Orvik to protest. Police put the turnout at 1,500."

    assert low(with_numbers(text, [event(text, "PROTEST", "protest", "Bakers")])[0].crowd) == 1500


def test_of_those_stabbed_some_died() -> None:
    text = "A cook stabbed six people on a tram, two of them fatally."
    stabbed = replace(event(text, "ASSAULT", "stabbed"), recipients=(at(text, "six people"),))
    (told,) = with_numbers(text, [stabbed])

    assert (low(told.dead), low(told.injured)) == (2, 6)


def test_an_act_in_which_others_are_told_to_have_died_has_their_number() -> None:
    text = "Guards put down a mutiny in which at least 17 convicts were beheaded."
    mutiny, beheaded = with_numbers(
        text, [event(text, "PROTEST", "mutiny"), event(text, "ASSAULT", "beheaded")]
    )

    assert (low(mutiny.dead), low(beheaded.dead)) == (17, 17)


def test_who_is_taken_is_not_dead() -> None:
    text = "Gunmen seized 62 pupils at a school and fled."
    number = Count(at(text, "62"), 62, 62)
    seizure = event(text, "ASSAULT", "seized", dead=number)
    (seized,) = with_numbers(text, [replace(seizure, modes=("abduct",), recipients=(at(text, "62 pupils"),))])

    assert seized.dead is None


@pytest.mark.parametrize("words", ["anyone", "an unknown number of clerks", "80 percent of the clerks"])
def test_what_tells_no_number_counts_nobody(words: str) -> None:
    text = f"A bomb may have hurt {words} in Orvik."
    (bomb,) = with_numbers(text, [event(text, "ASSAULT", "bomb", injured=Count(at(text, words), 80, 80))])

    assert bomb.injured is None
