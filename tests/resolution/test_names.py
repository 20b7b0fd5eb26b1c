"""Names: which runs of capitals are names, and where they begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.names import (
    NameMention,
    find_names,
    first_name_gender,
    is_acronym,
    is_organisation_name,
    is_place_name,
)


def names(text: str) -> list[str]:
    return [mention.name for mention in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We met Kaya Brandt there.", ["Kaya Brandt"], id="inside a sentence"),
        pytest.param("Officials met on Monday in March.", [], id="weekday and month"),
        pytest.param("They came from Orpel on Friday’s train.", ["Orpel"], id="weekday with its s"),
        pytest.param("We saw American and Kazakh voters.", [], id="peoples alone"),
        pytest.param("the American Velk Group paid", ["American Velk Group"], id="a people in a body's name"),
        pytest.param("But nobody came. However, they wrote.", [], id="sentence openers"),
        pytest.param("then Lena. It rained.", ["Lena"], id="a point ends a name"),
        pytest.param("the U.S. Senate voted", ["U.S. Senate"], id="points of an abbreviation"),
        pytest.param("by Ana B. Reyes again", ["Ana B. Reyes"], id="a middle initial"),
        pytest.param("and Tom Li Jr. agreed", ["Tom Li Jr."], id="junior keeps its point"),
        pytest.param("in Kaya Brandt’s Orpel office", ["Kaya Brandt", "Orpel"], id="possessive between names"),
        pytest.param("the Velks’ house", ["Velks"], id="plural possessive"),
        pytest.param(
            "to the University of Orpel today", ["University of Orpel"], id="of inside a body's name"
        ),
        pytest.param("with Kaya Brandt of Orpel", ["Kaya Brandt", "Orpel"], id="of between two names"),
        pytest.param("with Ludwig van Orpel", ["Ludwig van Orpel"], id="particle"),
        pytest.param("against Bashar al-Velk now", ["Bashar al-Velk"], id="lower-case article of a surname"),
        pytest.param("with Park Jae-un today", ["Park Jae-un"], id="lower-case second half of a first name"),
        pytest.param("an Orpel-backed plan", [], id="a name that is half of an adjective"),
        pytest.param("with Sen. Ana Reyes (R-Ohio)", ["Ana Reyes"], id="party label"),
        pytest.param("write @KayaBrandt or #Orpel now", [], id="handles and tags"),
        pytest.param("told USA Today about it", ["USA Today"], id="a name that ends in an adverb"),
        pytest.param("as I’m told by Lena", ["Lena"], id="contraction"),
        pytest.param("the Republican National Committee met", ["Republican National Committee"], id="party in a body's name"),
        pytest.param("at the Department of Justice there", ["Department of Justice"], id="title word that ends a body's name"),
        pytest.param("The White House waited.", ["White House"], id="white house"),
        pytest.param("for Theresa May, and later May left in May 2019", ["Theresa May", "May"], id="a month that is a surname"),
        pytest.param("on Jan.7 they told Orpel.com all", [], id="date and page without blanks"),
        pytest.param("", [], id="empty text"),
    ],
)  # fmt: skip
def test_find_names_cuts_names_at_their_edges(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        pytest.param("So President Kaya Brandt left.", "Kaya Brandt", ("president",), id="president"),
        pytest.param("then Mrs. Brandt left", "Brandt", ("mrs",), id="short with point"),
        pytest.param("Secretary of State Kaya Brandt left.", "Kaya Brandt", ("secretary",), id="office with of"),
        pytest.param("White House Press Secretary Tom Li left", "Tom Li", ("secretary",), id="office before the title"),
        pytest.param("French President Anne Velk left", "Anne Velk", ("president",), id="people before the title"),
        pytest.param("Orpel Foreign Minister Anne Velk left", "Anne Velk", ("minister",), id="place before the title"),
        pytest.param("Attorney General Anne Velk left", "Anne Velk", ("attorney", "general"), id="double title"),
    ],
)  # fmt: skip
def test_find_names_leaves_titles_out_of_the_name(text: str, name: str, title: tuple[str, ...]) -> None:
    mention = next(m for m in find_names(text) if m.name == name)

    assert mention.title == title


def test_find_names_gives_the_body_before_a_title_a_name_of_its_own() -> None:
    assert names("the Justice Department Spokesman Tom Li said") == ["Justice Department", "Tom Li"]


def test_find_names_takes_a_sentence_opener_that_is_a_name_elsewhere() -> None:
    assert names("Orpel waited. The town of Orpel slept.") == ["Orpel", "Orpel"]


def test_find_names_drops_a_sentence_opener_that_is_no_name_elsewhere() -> None:
    assert names("Bridges fell. The bridges were old.") == []


def test_find_names_cuts_a_participle_off_a_name_that_it_opens_a_sentence_with() -> None:
    assert names("Following Brandt, they left with Brandt.") == ["Brandt", "Brandt"]


def test_find_names_cuts_a_verb_off_a_name_that_stands_elsewhere() -> None:
    assert names("Thank Ana Velk for it. They saw Ana Velk go.") == ["Ana Velk", "Ana Velk"]


HEADLINE = "Minister Brandt Breaks Silence Over Orpel’s Burning Mills\n\n"


def test_find_names_reads_in_a_title_case_headline_only_names_that_the_text_has() -> None:
    text = HEADLINE + "The minister, Kaya Brandt, spoke on Tuesday about the mills of Orpel."

    assert names(text) == ["Brandt", "Orpel", "Kaya Brandt", "Orpel"]


def test_find_names_reads_a_first_name_and_surname_in_a_title_case_headline() -> None:
    text = "Why Helen Marsk Never Leaves Her Old Workshop\n\nThe painter stays there and works."

    assert names(text) == ["Helen Marsk"]


def test_find_names_reads_capitals_of_a_transcript_as_the_name() -> None:
    text = "The host met Kaya Brandt for an hour.\n\nBRANDT: We are ready."

    assert names(text) == ["Kaya Brandt", "Brandt"]


def test_find_names_takes_a_speaker_label_that_recurs() -> None:
    text = "MARSK: Are you ready?\n\nOh yes.\n\nMARSK: Then go."

    assert names(text) == ["Marsk", "Marsk"]


def test_find_names_points_at_the_printed_capitals() -> None:
    text = "The host met Kaya Brandt for an hour.\n\nBRANDT: We are ready."

    assert find_names(text)[1].span.of(text) == "BRANDT"


PIECES = st.sampled_from(
    ["Ana", "Reyes", "Mr.", "President", "of", "the", "The", "Orpel’s", "U.S.", "said", ".", ",", "\n", "“", "”", "May", "III", "de", "al-Velk", "@Velk", "ÉCOLE", "İstanbul", "ﬁ", "ß", "-", "’", "Bank"]
)  # fmt: skip


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "\u00a0"]))).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    ),
)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_find_names_gives_spans_in_order_inside_the_text_that_do_not_overlap(text: str) -> None:
    found: list[NameMention] = find_names(text)

    end = 0
    for mention in found:
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.of(text).strip() == mention.span.of(text)
        assert mention.name.strip()
        end = mention.span.end


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Orpel Group", True),
        ("Ministry of Roads", True),
        ("Reuters", True),
        ("OSTO", True),
        ("Kaya Brandt", False),
        ("Kazakhstan", False),
        ("USA", False),
    ],
)
def test_is_organisation_name(name: str, expected: bool) -> None:
    assert is_organisation_name(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("OSTO", True), ("U.N.", True), ("Orpel", False), ("A", False)]
)
def test_is_acronym(name: str, expected: bool) -> None:
    assert is_acronym(name) is expected


@pytest.mark.parametrize(("name", "expected"), [("New York", True), ("U.S.", True), ("York", False)])
def test_is_place_name(name: str, expected: bool) -> None:
    assert is_place_name(name) is expected


@pytest.mark.parametrize(("name", "expected"), [("Helen Marsk", "f"), ("Tom Li", "m"), ("Orpel", None)])
def test_first_name_gender(name: str, expected: str | None) -> None:
    assert first_name_gender(name) == expected
