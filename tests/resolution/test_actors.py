"""Actors: who is meant by a source, whom a statement is about, whom it addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.analysis.statements import Statement
from onrecord.article import Entry, Span
from onrecord.resolution.actors import Actor, Resolved, resolve_actors
from onrecord.resolution.names import find_names


class Report:
    """A text whose statements are marked in it, resolved.

    `{S:Kaya Brandt} {C:said} {T:that it rains}` is a statement: source, cue and content (T); a second
    content of the same statement is marked U. `I` (source), `J` (cue) and `K` (content) make a
    statement that lies within the one before it.
    """

    def __init__(self, marked: str) -> None:
        text = ""
        spans: list[tuple[str, Span]] = []
        opened: list[tuple[str, int]] = []
        at = 0
        while at < len(marked):
            if marked[at] == "{":
                opened.append((marked[at + 1], len(text)))
                at += 3
            elif marked[at] == "}":
                mark, start = opened.pop()
                spans.append((mark, Span(start, len(text))))
                at += 1
            else:
                text += marked[at]
                at += 1
        self.text = text
        self.statements = [*self._statements(spans, "SCTU"), *self._statements(spans, "IJK")]
        self.resolved: Resolved = resolve_actors(text, self.statements, find_names(text))
        self._names = {a.id: a.name for a in self.resolved.actors}

    def _statements(self, spans: list[tuple[str, Span]], marks: str) -> list[Statement]:
        by_mark = {m: sorted(s for mark, s in spans if mark == m) for m in marks}
        content = by_mark[marks[2]]
        extra = by_mark.get("U", [])
        found = []
        for i, span in enumerate(content):
            within = "s1" if marks == "IJK" else None
            direct = self.text[span.start] == "“"
            found.append(
                Statement(
                    id=f"n{i + 1}" if within else f"s{i + 1}",
                    source=by_mark[marks[0]][i] if i < len(by_mark[marks[0]]) else None,
                    cue=by_mark[marks[1]][i] if i < len(by_mark[marks[1]]) else None,
                    content=(span, *extra) if i == 0 else (span,),
                    quotation="direct" if direct else "indirect",
                    attitude="speech",
                    negated=False,
                    kind="assertion",
                    confidence=0.9,
                    within=within,
                )
            )
        return found

    def source(self, statement: str = "s1") -> str | None:
        """The name of who is meant by a source."""
        actor = self.resolved.statements[statement].source
        return self._names[actor] if actor else None

    def about(self, statement: str = "s1") -> list[str]:
        """The names of whom a statement is about."""
        return [self._names[a] for a in self.resolved.statements[statement].about]

    def addressee(self, statement: str = "s1") -> str | None:
        """The name of whom a statement addresses."""
        actor = self.resolved.statements[statement].addressee
        return self._names[actor] if actor else None

    def actor(self, name: str) -> Actor:
        """The actor of a name."""
        return next(a for a in self.resolved.actors if a.name == name)

    @property
    def names(self) -> list[str]:
        """The names of all actors."""
        return [a.name for a in self.resolved.actors]


# Source phrases

INTRODUCED = "The mill of Orpel stood still. The mayor of Velk, Kaya Brandt, walked past Tom Li. "


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("Kaya Brandt", "Kaya Brandt", id="full name"),
        pytest.param("Brandt", "Kaya Brandt", id="surname"),
        pytest.param("Ms. Brandt", "Kaya Brandt", id="title and surname"),
        pytest.param("Kaya Brandt, head of Orpel,", "Kaya Brandt", id="name with its office behind"),
        pytest.param("Kaya Brandt, who runs Orpel,", "Kaya Brandt", id="name with a clause behind"),
        pytest.param("Kaya Brandt of Orpel", "Kaya Brandt", id="name with a place behind"),
        pytest.param("Kaya Brandt (D-Ohio)", "Kaya Brandt", id="name with a party label"),
        pytest.param("the head of Orpel, Kaya Brandt,", "Kaya Brandt", id="office before the name"),
        pytest.param("Orpel spokeswoman Kaya Brandt", "Kaya Brandt", id="body as attribute"),
        pytest.param("Orpel’s spokeswoman Kaya Brandt", "Kaya Brandt", id="body in the genitive"),
        pytest.param("his wife Kaya Brandt", "Kaya Brandt", id="relation before the name"),
        pytest.param("the longtime activist Kaya Brandt", "Kaya Brandt", id="description before the name"),
        pytest.param("Kaya Brandt’s", "Kaya Brandt", id="genitive alone"),
        pytest.param("Kaya Brandt and two neighbours", "Kaya Brandt", id="first of several"),
        pytest.param("a spokesman for Orpel", None, id="spokesman for a body"),
        pytest.param("a spokesman for Kaya Brandt", None, id="spokesman for a person"),
        pytest.param("an Orpel spokesman", None, id="unnamed spokesman of a body"),
        pytest.param("an Orpel official", None, id="unnamed official"),
        pytest.param("Brandt’s lawyer", None, id="somebody's lawyer"),
        pytest.param("the Brandt campaign", None, id="somebody's campaign"),
        pytest.param("Brandt supporters", None, id="somebody's supporters"),
        pytest.param("forces of General Kaya Brandt", None, id="forces of a commander"),
        pytest.param("militia fighters loyal to Brandt", None, id="fighters loyal to somebody"),
        pytest.param("the army of Kaya Brandt", None, id="somebody's army"),
        pytest.param("supporters of the mayor, Kaya Brandt,", None, id="supporters of an office"),
        pytest.param("the commander of forces from Velk, Kaya Brandt,", "Kaya Brandt", id="head of forces"),
        pytest.param("people who know Kaya Brandt", None, id="name inside a clause"),
        pytest.param("a person close to Kaya Brandt", None, id="person close to somebody"),
        pytest.param("some polls in Orpel and Velk", None, id="two places behind a preposition"),
        pytest.param("a source", None, id="unnamed source"),
        pytest.param("officials", None, id="unnamed group"),
        pytest.param("they", None, id="plural pronoun"),
        pytest.param("I", None, id="first person outside of a quotation"),
    ],
)
def test_source_phrase_means_its_head(phrase: str, expected: str | None) -> None:
    report = Report(INTRODUCED + f"Later {{S:{phrase}}} {{C:said}} {{T:it would rain}}.")

    assert report.source() == expected


def test_statement_without_source_means_nobody() -> None:
    report = Report("Kaya Brandt sat down. It is {C:said} {T:that it rains}.")

    assert report.source() is None


# Joining names


def test_surname_is_an_alias_of_the_full_name() -> None:
    report = Report("Today Kaya Brandt came. Later Brandt left with Brandt’s dog.")

    assert report.names == ["Kaya Brandt"]
    assert report.actor("Kaya Brandt").aliases == ["Brandt"]
    assert [m.of(report.text) for m in report.actor("Kaya Brandt").mentions] == ["Kaya Brandt", "Brandt", "Brandt"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("We saw Ana B. Reyes. We saw Ana Reyes.", ["Ana B. Reyes"], id="middle initial"),
        pytest.param("We saw Ana Reyes and Tom Reyes.", ["Ana Reyes", "Tom Reyes"], id="namesakes"),
        pytest.param("We saw Ana B. Reyes and Ana C. Reyes.", ["Ana B. Reyes", "Ana C. Reyes"], id="other middle initials"),
        pytest.param("They joined the Orpel Security Organization (OSO). Then OSO met.", ["Orpel Security Organization"], id="acronym in brackets"),
        pytest.param("They joined the Orpel Safety Agency. Then the OSA met.", ["Orpel Safety Agency"], id="acronym of the initials"),
        pytest.param("They sold Orpel Inc. to us. Then Orpel paid.", ["Orpel Inc."], id="company without its form"),
        pytest.param("They live in New York. The York mill burnt.", ["New York", "York"], id="last word of a place"),
        pytest.param("They read the Orpel Times. Then Times changed.", ["Orpel Times"], id="masthead"),
        pytest.param("They went to the U.S. and the United States paid.", ["United States"], id="a country's short form"),
        pytest.param("We saw Helen Marsk. To us Helen waved.", ["Helen Marsk"], id="first name"),
        pytest.param("They passed the Clean Rivers Act before Election Day.", [], id="law and occasion"),
    ],
)  # fmt: skip
def test_actors_gather_the_names_that_mean_one(text: str, names: list[str]) -> None:
    assert Report(text).names == names


def test_namesake_by_surname_is_the_one_of_the_paragraph() -> None:
    report = Report(
        "Today Ana Reyes came.\n\nThen Tom Reyes came. {S:Reyes} {C:said} {T:it rains}.\n\nThen we saw Ana Reyes."
    )

    assert report.source() == "Tom Reyes"


def test_namesake_by_surname_is_the_main_one_of_the_report() -> None:
    report = Report(
        "Then Ana Reyes came. Then Ana Reyes ate.\n\nWe saw Ana Reyes and Tom Reyes.\n\nThen {S:Reyes} {C:said} {T:it rains}."
    )

    assert report.source() == "Ana Reyes"


def test_namesake_by_surname_stays_open_where_two_would_do() -> None:
    report = Report("We saw Ana Reyes and Tom Reyes.\n\nThen {S:Reyes} {C:said} {T:it rains}.")

    assert report.source() is None


@pytest.mark.parametrize(("title", "expected"), [("Mr.", "Tom Reyes"), ("Mrs.", "Ana Reyes")])
def test_namesake_by_surname_follows_the_title(title: str, expected: str) -> None:
    report = Report(f"We saw Ana Reyes and Tom Reyes.\n\nThen {{S:{title} Reyes}} {{C:said}} {{T:it rains}}.")

    assert report.source() == expected


def test_surname_of_a_headline_is_whom_the_report_names_first() -> None:
    report = Report(
        "On Friday {S:Mr. Brandt} {C:says} {T:the dam holds}\n\nThomas Brandt spoke in Orpel. His rival is Peter Brandt."
    )
    assert report.source() == "Thomas Brandt"


def test_title_prefers_whom_it_fits_for_sure() -> None:
    report = Report(
        "Thomas Orel met Sharvik Orel.\n\nSharvik Orel left.\n\n{S:Mr. Orel} {C:said} {T:that he would stay}."
    )
    assert report.source() == "Thomas Orel"


def test_name_that_was_overlooked_at_one_place_is_that_of_the_report() -> None:
    text = "The Orpel Council met. The Orpel Council said it would pay."
    source = Span(text.rindex("The"), text.rindex(" said"))
    content = Span(text.index("it would"), len(text))
    statement = replace(
        Report("{S:A} {C:said} {T:b}").statements[0], source=source, cue=None, content=(content,)
    )
    (name,) = find_names(text)[:1]
    resolved = resolve_actors(text, [statement], [name])
    assert resolved.statements["s1"].source == resolved.actors[0].id


def test_title_of_another_gender_makes_another_person() -> None:
    report = Report("We saw Ana Reyes.\n\nThen {S:Mr. Reyes} {C:said} {T:it rains}.")

    assert report.source() == "Reyes"


# Types


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param("We saw President Velk there.", "Velk", "person", id="title"),
        pytest.param("We saw Orsk Velk, 45, there.", "Orsk Velk", "person", id="age"),
        pytest.param("We saw Orsk Velk, who left.", "Orsk Velk", "person", id="clause with who"),
        pytest.param("We saw Helen Velk there.", "Helen Velk", "person", id="first name"),
        pytest.param("We saw the Velk Institute there.", "Velk Institute", "organisation", id="body"),
        pytest.param("We saw the OSTO there.", "OSTO", "organisation", id="acronym"),
        pytest.param("We saw Kazakhstan there.", "Kazakhstan", None, id="country"),
        pytest.param("We saw Orsk there.", "Orsk", None, id="the report does not tell"),
    ],
)
def test_actor_has_a_type_where_the_report_tells(text: str, name: str, expected: str | None) -> None:
    assert Report(text).actor(name).type == expected


def test_speaker_with_a_short_form_is_a_person() -> None:
    report = Report("Then {S:Orsk Velk} {C:said} {T:it rains}. Later Velk left.")

    assert report.actor("Orsk Velk").type == "person"


# Pronouns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Tom Li {C:came}. {S:He} {C:said} {T:it rains}.", "Tom Li", id="subject before"),
        pytest.param("Tom Li came with Ana Reyes. {S:She} {C:said} {T:it rains}.", None, id="no subject of her gender"),
        pytest.param("Tom Li came. Ana Reyes came. {S:He} {C:said} {T:it rains}.", "Tom Li", id="nearer one of the other gender"),
        pytest.param("Tom Li came. The Orpel Group paid. {S:He} {C:said} {T:it rains}.", "Tom Li", id="body between"),
        pytest.param("Tom Li came. Kazakhstan paid. {S:He} {C:said} {T:it rains}.", "Tom Li", id="country between"),
        pytest.param("The Orpel Group paid. {S:He} {C:said} {T:it rains}.", None, id="only a body"),
        pytest.param("Mr. Velk came. {S:She} {C:said} {T:it rains}.", None, id="title of the other gender"),
        pytest.param("Mrs. Velk came. {S:She} {C:said} {T:it rains}.", "Velk", id="title of her gender"),
        pytest.param("{S:She} {C:said} {T:it rains}. Ana Reyes left.", None, id="nobody before"),
        pytest.param("Ana Reyes came." + " It rained again and again." * 60 + " {S:She} {C:said} {T:so}.", None, id="out of reach"),
    ],
)  # fmt: skip
def test_pronoun_means_the_subject_last_named(text: str, expected: str | None) -> None:
    assert Report(text.replace("{C:came}", "came")).source() == expected


def test_pronoun_means_the_speaker_before_and_not_whom_he_spoke_of() -> None:
    report = Report(
        "Then {S:Tom Li} {C:said} {T:that Max Orsk fled}. {S:He} {C:added} {T:that nobody was hurt}."
    )

    assert report.source("s2") == "Tom Li"


def test_it_means_the_body_that_spoke_before() -> None:
    report = Report("Then {S:the Orpel Group} {C:said} {T:it would pay}. {S:It} {C:denied} {T:a delay}.")

    assert report.source("s2") == "Orpel Group"


def test_it_never_means_a_person() -> None:
    report = Report("Then {S:Tom Li} {C:said} {T:so}. {S:It} {C:showed} {T:a delay}.")

    assert report.source("s2") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We saw Tom Li, {S:who} {C:said} {T:it rains}.", "Tom Li", id="right behind"),
        pytest.param(
            "We saw Tom Li and his dog, {S:who} {C:said} {T:it rains}.", None, id="another noun between"
        ),
        pytest.param("We saw the Orpel Group, {S:which} {C:said} {T:it rains}.", "Orpel Group", id="body"),
        pytest.param("We saw Tom Li, {S:which} {C:showed} {T:it rains}.", None, id="which after a person"),
        pytest.param("{S:who} {C:said} {T:it rains}.", None, id="nothing before"),
    ],
)
def test_relative_pronoun_means_the_name_right_before(text: str, expected: str | None) -> None:
    assert Report(text).source() == expected


def test_first_person_in_a_quotation_is_its_speaker() -> None:
    report = Report("{T:“{I:I} {J:told them} {K:it rains},”} {C:said} {S:Tom Li}.")

    assert report.source("n1") == "Tom Li"


def test_he_in_a_quotation_is_not_its_speaker() -> None:
    report = Report("{T:“{I:He} {J:told us} {K:it rains},”} {C:said} {S:Tom Li}.")

    assert report.source("n1") is None


def test_he_in_reported_words_is_their_speaker() -> None:
    report = Report("Then {S:Tom Li} {C:said} {T:{I:he} {J:thought} {K:it rains}}.")

    assert report.source("n1") == "Tom Li"


def test_he_in_reported_words_is_the_person_named_in_them() -> None:
    report = Report("Then {S:Tom Li} {C:said} {T:that Max Orsk left and {I:he} {J:denied} {K:it}}.")

    assert report.source("n1") == "Max Orsk"


# Descriptions


@pytest.mark.parametrize(
    ("introduction", "phrase", "expected"),
    [
        pytest.param("We met Orsk Velk, a former banker who leads the opposition, there.", "The former banker", "Orsk Velk", id="apposition"),
        pytest.param("We met Orsk Velk, a former banker who leads the opposition, there.", "The opposition leader", "Orsk Velk", id="what somebody does"),
        pytest.param("We met Orsk Velk, a former banker, there.", "A former banker", None, id="indefinite"),
        pytest.param("We met Orsk Velk, a former banker, there.", "The former dancer", None, id="other noun"),
        pytest.param("We met Orsk Velk, a banker, and Max Orsk, a banker, there.", "The banker", None, id="two alike"),
        pytest.param("We met Orsk Velk, a banker, and his sister.", "The banker’s sister", None, id="somebody's sister"),
        pytest.param("We met President Velk there.", "The president", "Velk", id="title"),
        pytest.param("We met Indiana Gov. Orsk Velk there.", "The Indiana governor", "Orsk Velk", id="short title with its place"),
        pytest.param("We met Vice President Velk there.", "The president", None, id="another office"),
        pytest.param("We met President Velk and President Orsk there.", "The president", None, id="two of one title"),
        pytest.param("We met Spokesman Tom Li there.", "The spokesman", None, id="a noun too common to point back"),
        pytest.param("The Orpel Court sat. We saw the Orpel Court.", "The court", "Orpel Court", id="body by its noun"),
        pytest.param("We met Orsk Velk, a former banker, there.", "Bankers", None, id="plural"),
    ],
)  # fmt: skip
def test_description_means_whom_the_report_describes_so(
    introduction: str, phrase: str, expected: str | None
) -> None:
    report = Report(f"{introduction} {{S:{phrase}}} {{C:said}} {{T:it rains}}.")

    assert report.source() == expected


def test_headline_description_without_article_is_read() -> None:
    report = Report(
        "{S:Opposition leader} {C:says} {T:mills must open}\n\nOrsk Velk, a banker who leads the opposition, came."
    )

    assert report.source() == "Orsk Velk"


def test_headline_description_behind_its_content_is_read() -> None:
    report = Report(
        "{T:Mills must open}, {S:opposition leader} {C:says}\n\nOrsk Velk, a banker and former minister who is the leader of an opposition movement, came."
    )

    assert report.source() == "Orsk Velk"


# About


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("that Tom Li lied to the Orpel Group", ["Tom Li", "Orpel Group"], id="names in order"),
        pytest.param("that Tom Li and again Tom Li lied", ["Tom Li"], id="each once"),
        pytest.param("that Ana Reyes would go", [], id="not the speaker"),
        pytest.param("that it rained in Kazakhstan", [], id="not a mere place"),
        pytest.param("that Kazakhstan would pay", ["Kazakhstan"], id="a country that acts"),
        pytest.param("that the Americans came on Monday", [], id="neither peoples nor days"),
        pytest.param("that all is well", [], id="nobody"),
    ],
)
def test_about_names_whom_the_content_names(content: str, expected: list[str]) -> None:
    report = Report(f"Then {{S:Ana Reyes}} {{C:said}} {{T:{content}}}.")

    assert report.about() == expected


def test_about_reads_all_contents() -> None:
    report = Report("{T:“Tom Li lied,”} {S:Ana Reyes} {C:said}, {U:“to Max Orsk.”}")

    assert report.about() == ["Tom Li", "Max Orsk"]


# Addressee


@pytest.mark.parametrize(
    ("telling", "expected"),
    [
        pytest.param("{C:told} Reuters {T:that it rains}", "Reuters", id="told a body"),
        pytest.param("{C:told Reuters} {T:that it rains}", "Reuters", id="name inside the cue"),
        pytest.param(
            "{C:told} Orpel News anchor Tom Li {T:it rains}", "Tom Li", id="told a person of a body"
        ),
        pytest.param("{C:told} reporters in Orpel {T:that it rains}", None, id="told somebody unnamed"),
        pytest.param("{C:told} a spokesman for Orpel {T:that it rains}", None, id="told a spokesman"),
        pytest.param("{C:said in an interview with} Tom Li {T:that it rains}", "Tom Li", id="interview"),
        pytest.param("{C:was told by} Tom Li {T:that it rains}", None, id="passive"),
        pytest.param("{C:said} {T:Tom Li left}", None, id="said"),
        pytest.param("{C:told} them {T:that Tom Li left}", None, id="name in the content"),
    ],
)
def test_addressee_is_the_name_after_a_verb_of_telling(telling: str, expected: str | None) -> None:
    assert Report(f"Then {{S:Ana Reyes}} {telling}.").addressee() == expected


# Properties


def test_actors_are_numbered_in_the_order_of_the_text() -> None:
    report = Report("We saw Tom Li, Ana Reyes and the Orpel Group.")

    assert [(a.id, a.name) for a in report.resolved.actors] == [
        ("a1", "Tom Li"),
        ("a2", "Ana Reyes"),
        ("a3", "Orpel Group"),
    ]


TEXTS = st.lists(
    st.sampled_from("Ana Tom Reyes Li He she it who said told Mr. President , . “ ” \n the of Orpel Group’s Velk U.S. and a banker".split(" "))
).map(" ".join)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), TEXTS), st.data())
def test_any_text_and_statements_resolve_to_actors_of_the_report(text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda p: Span(min(p), max(p))
    )
    statements = []
    for i in range(data.draw(st.integers(0, 4))):
        statements.append(
            Statement(
                id=f"s{i + 1}",
                source=data.draw(st.none() | spans),
                cue=data.draw(st.none() | spans),
                content=(data.draw(spans),),
                quotation=data.draw(st.sampled_from(["direct", "indirect"])),
                attitude="speech",
                negated=False,
                kind="assertion",
                confidence=0.5,
                within=f"s{data.draw(st.integers(1, i))}" if i and data.draw(st.booleans()) else None,
            )
        )

    resolved = resolve_actors(text, statements, find_names(text))

    ids = {a.id for a in resolved.actors}
    assert len(ids) == len(resolved.actors)
    assert set(resolved.statements) == {s.id for s in statements}
    for meant in resolved.statements.values():
        assert {meant.source, meant.addressee, *meant.about} - {None} <= ids
    for actor in resolved.actors:
        assert actor.mentions == sorted(actor.mentions)
        assert all(m.of(text) for m in actor.mentions)


def test_the_order_of_statements_changes_nothing() -> None:
    report = Report(
        "Then {S:Tom Li} {C:said} {T:so}. {S:He} {C:added} {T:that Ana Reyes left}. {S:She} {C:denied} {T:it}."
    )

    backwards = resolve_actors(report.text, report.statements[::-1], find_names(report.text))

    assert backwards.statements == report.resolved.statements


def test_statements_that_lie_within_each_other_are_read_too() -> None:
    report = Report("Then {S:Tom Li} {C:said} {T:so}. {S:He} {C:added} {T:this}.")
    circle = [replace(s, within=other) for s, other in zip(report.statements, ["s2", "s1"], strict=True)]

    assert set(resolve_actors(report.text, circle, find_names(report.text)).statements) == {"s1", "s2"}


def test_a_bare_name_of_a_register_of_namesakes_means_nobody() -> None:
    letters = "abcdefghij"
    text = " ".join(f"Then Or{a}{b}{c} Velk met Velk." for a in letters for b in letters for c in letters)

    resolved = resolve_actors(text, [], find_names(text))

    assert len(resolved.actors) == 1000
    assert all(len(a.mentions) == 1 for a in resolved.actors)


def test_a_family_name_that_stands_first_is_short_for_the_full_name() -> None:
    report = Report(
        "{S:Zhang Mirun}, a welder, {C:said} {T:that it rained}. “It pours,” {S:Zhang} {C:said}, {T:and it did}."
    )
    assert report.source("s2") == "Zhang Mirun"


def test_a_family_name_that_ends_a_full_name_is_of_that_one() -> None:
    report = Report("Zhang Mirun wept. Helen Zhang laughed. {S:Zhang} {C:said} {T:that it rained}.")
    assert report.source() == "Helen Zhang"


def test_of_two_who_bear_a_family_name_first_none_is_guessed() -> None:
    report = Report("Zhang Mirun met Zhang Orpen. {S:Zhang} {C:said} {T:that it rained}.")
    assert report.source() is None


def test_the_first_word_of_other_names_is_not_short_for_them() -> None:
    report = Report("{S:Orpel Mirun} {C:said} {T:that it rained}. {S:Orpel} {C:said} {T:that it snowed}.")
    assert report.source("s2") != "Orpel Mirun"


def letters_report(marked: str, *signers: str) -> tuple[Report, list[str | None]]:
    """A text of letters that are divided by a blank line and a dash, and whom the sources of its statements mean."""
    report = Report(marked)
    letters = []
    start = 0
    for part, signer in zip(report.text.split("\n\n-\n\n"), signers, strict=True):
        letters.append(Entry(Span(start, start + len(part)), byline=(signer,) if signer else ()))
        start += len(part) + len("\n\n-\n\n")
    resolved = resolve_actors(report.text, report.statements, find_names(report.text), letters=letters)
    names = {a.id: a.name for a in resolved.actors}
    sources = (resolved.statements[s.id].source for s in report.statements)
    return report, [names[source] if source else None for source in sources]


def test_first_person_in_a_letter_is_its_signer() -> None:
    _, sources = letters_report(
        "{S:I} {C:said} {T:that it rains}.\n\nAna Ruiz, Orvik\n\n-\n\n{S:I} {C:doubt} {T:it}.\n\nDr Tom Li, Elm",
        "Ana Ruiz",
        "Dr Tom Li",
    )

    assert sources == ["Ana Ruiz", "Tom Li"]


def test_first_person_in_a_letter_that_nobody_or_several_signed_is_nobody() -> None:
    _, sources = letters_report(
        "{S:I} {C:said} {T:that it rains}.\n\nAna Ruiz, Orvik\n\n-\n\n{S:I} {C:doubt} {T:it}.\n\nName withheld",
        "Ana Ruiz",
        "",
    )

    assert sources == ["Ana Ruiz", None]


def test_first_person_in_a_quotation_of_a_letter_is_who_is_quoted() -> None:
    _, sources = letters_report(
        "{T:“{I:I} {J:told them} {K:it rains},”} {C:said} {S:Kaya Brandt}.\n\nAna Ruiz, Orvik", "Ana Ruiz"
    )

    assert sources == ["Kaya Brandt", "Kaya Brandt"]


def test_he_in_a_letter_is_neither_its_signer_nor_of_another_letter() -> None:
    _, sources = letters_report(
        "Mr Max Orsk left. {S:I} {C:said} {T:that it rains}.\n\nTom Li, Orvik\n\n-\n\n{S:He} {C:denied} {T:it}.\n\nMr Jon Pelle, Elm",
        "Tom Li",
        "Jon Pelle",
    )

    assert sources == ["Tom Li", None]


def test_he_in_a_letter_is_who_is_named_in_it() -> None:
    _, sources = letters_report("Mr Max Orsk left. {S:He} {C:denied} {T:it}.\n\nTom Li, Elm", "Tom Li")

    assert sources == ["Max Orsk"]
