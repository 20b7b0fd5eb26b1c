"""Numbers that the form of the words ties to the dead and the injured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.casualties import find_casualties, victims_of
from onrecord.article import Span


def told(text: str) -> list[tuple[str, int, int | None]]:
    found = find_casualties(text, Span(0, len(text)))
    return [(c.kind, c.count.low, c.count.high) for c in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A bomb killed nine guards and wounded 31 in Orvik.", [("dead", 9, 9), ("injured", 31, 31)]),
        ("Shells hit a market, leaving at least two dozen people dead.", [("dead", 24, None)]),
        ("Eleven suspected smugglers and a guard were killed.", [("dead", 12, 12)]),
        ("A blast killed four men and at least two women.", [("dead", 6, None)]),
        ("Not one nurse was hurt and no guard was killed.", []),
        ("Two nurses were not hurt.", []),
        ("It killed four men and two others were hurt.", [("dead", 4, 4), ("injured", 2, 2)]),
        ("Thirty inmates and five warders needed stitches.", [("injured", 35, 35)]),
        ("A further 40 or so were taken to a clinic with burns.", [("injured", 40, 40)]),
        (
            "The clash put four in hospital and sent a score of others to the infirmary.",
            [("injured", 4, 4), ("injured", 20, 20)],
        ),
        ("Nine youths were treated for shrapnel wounds.", [("injured", 9, 9)]),
        ("Nine youths were taken to a police station.", []),
        ("Some 40 people, ten of them children, were wounded.", [("injured", 40, 40)]),
        ("The death toll from the raid rose to 1,200.", [("dead", 1200, 1200)]),
        ("The storming left between six and eight guards dead.", [("dead", 6, 8)]),
        ("It wounded about a hundred and twenty.", [("injured", 120, 120)]),
        ("Three boys aged seven, nine and 12 were killed.", [("dead", 3, 3)]),
        ("Three elders (two men and a midwife) died.", [("dead", 3, 3)]),
        ("Nine die in a clash near Orvik.", [("dead", 9, 9)]),
        ("The feud has cost 6,000 lives.", [("dead", 6000, 6000)]),
        ("A girl has died, taking the toll to 14.", [("dead", 14, 14)]),
        ("Six pupils were speared to death.", [("dead", 6, 6)]),
        ("A jury heard of the lynching of four traders.", [("dead", 4, 4)]),
        ("Two bakers lost an eye and three had their legs broken.", [("injured", 2, 2), ("injured", 3, 3)]),
        ("More than 20 riders were cut by flying glass.", [("injured", 20, None)]),
        ("Two bakers were struck by the beauty of Orvik.", []),
        ("Guards broke the noses of two bakers.", [("injured", 2, 2)]),
        ("The wounded in the raid numbered 57.", [("injured", 57, 57)]),
        ("Six were flown to Orvik for treatment.", [("injured", 6, 6)]),
        ("Three ministers had broken the law.", []),
        ("A man of 72 was arrested.", []),
        ("Police arrested 30 men and seized 400 rifles.", []),
        ("No one was hurt.", []),
        ("The fine was $300,000.", []),
        ("In 2014 he was wounded.", []),
        ("Two girls of eleven were killed.", [("dead", 2, 2)]),
        ("An officer of 38 was hurt.", [("injured", 1, 1)]),
        ("Nine of its troops and fourteen rebels died.", [("dead", 23, 23)]),
        ("Five guards and a boy in the cells were found dead.", [("dead", 6, 6)]),
        ("Three guards and a dog were hurt.", [("injured", 3, 3)]),
        ("All but four of the 29 people aboard a bus died.", [("dead", 25, 25)]),
        ("A siege cost an off-duty baker his life.", [("dead", 1, 1)]),
        ("Several bakers were slashed.", [("injured", 3, None)]),
        ("A chief saw two bakers whom nine thieves beat to death.", []),
        ("None of its 24 bakers was hurt.", []),
        ("Rebels killed or wounded 40 guards.", []),
        ("It left 16 dead and nearly twice as many wounded.", [("dead", 16, 16), ("injured", 32, 32)]),
        ("Four guards, part of a force of 900, were killed.", [("dead", 4, 4)]),
        ("One of its nine bakers was hurt.", [("injured", 1, 1)]),
    ],
)
def test_numbers_of_a_sentence(text: str, numbers: list[tuple[str, int, int | None]]) -> None:
    assert told(text) == numbers


@pytest.mark.parametrize(
    ("text", "trigger", "victim", "told"),
    [
        ("Gunmen shot dead a judge.", "shot dead", "a judge", ("dead", 1)),
        ("The junta hanged three men in Orvik.", "hanged", "three men", ("dead", 3)),
        ("A mob beat a clerk to death.", "beat", "a clerk", ("dead", 1)),
        ("A guard shot her in the left foot.", "shot", "her", ("injured", 1)),
        ("Guards wounded Ana Ruiz.", "wounded", "Ana Ruiz", ("injured", 1)),
        ("A mob beat a clerk and fled to a house where three lay dead.", "beat", "a clerk", None),
        ("Gunmen killed a group of nuns.", "killed", "a group of nuns", None),
        ("Gunmen detained a judge.", "detained", "a judge", None),
        ("Gunmen killed judges.", "killed", "judges", None),
        ("Gunners shot down a drone.", "shot down", "a drone", None),
    ],
)
def test_the_victims_of_a_word_that_kills_or_wounds(
    text: str, trigger: str, victim: str, told: tuple[str, int] | None
) -> None:
    at, who = text.index(trigger), text.index(victim)

    found = victims_of(text, Span(at, at + len(trigger)), [Span(who, who + len(victim))])

    assert ((found[0], found[1].low) if found else None) == told


@pytest.mark.parametrize(
    ("text", "parties", "told"),
    [
        ("A blast hit Orvik, killing a judge.", ["a judge"], [("dead", 1)]),
        ("A judge and her driver were wounded.", ["A judge", "her driver"], [("injured", 2)]),
        ("A captain and six guards died.", ["A captain", "six guards"], [("dead", 7)]),
        ("It killed a baker, a nun and two guards.", ["a baker", "a nun", "two guards"], [("dead", 4)]),
        ("They left the hut, two guards were killed.", ["the hut", "two guards"], [("dead", 2)]),
        ("It wounded another sixteen.", ["another sixteen"], [("injured", 16)]),
        ("It killed the villagers.", ["the villagers"], []),
        ("Two pilots flew a wounded surgeon out.", ["a wounded surgeon"], []),
    ],
)
def test_parties_without_a_number_are_counted(
    text: str, parties: list[str], told: list[tuple[str, int]]
) -> None:
    spans = [Span(text.index(p), text.index(p) + len(p)) for p in parties]

    found = find_casualties(text, Span(0, len(text)), spans)

    assert [(c.kind, c.count.low) for c in found] == told


@given(st.text(alphabet="ab 12,.and-killedwounded\n", max_size=120))
def test_any_text_gives_numbers_within_it(text: str) -> None:
    for found in find_casualties(text, Span(0, len(text))):
        span = found.count.span
        assert 0 <= span.start < span.end <= len(text)
        assert found.count.high is None or found.count.low <= found.count.high
