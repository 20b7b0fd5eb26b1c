"""Quotations as copies print them: what is a cut, what is style, and what is another saying."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.stories.variants import compare_quotations

TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            "we will not leave the mill 14 fourteen [the mayor] … ... “so” can't cannot per cent % U.S. \ufffd h0t . , Orrel's".split()
        ),
        max_size=25,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We can't pay 14 per cent.", "We cannot pay fourteen percent"),
        ("Two hundred and five people came.", "205 people came"),
        ("It costs 1.5 million.", "It costs 1,500,000."),
        ("The labour market was organised.", "The labor market was organized."),
        ("It’s “over”, he’s said", "It is over he's said"),
        ("Sen. Orrel left on Jan. 7.", "Senator Orrel left on January 7"),
        ("The U.S. is with us.", "The US is with us"),
        ("E-mail them", "Email them"),
        ("The dam is\n safe", "the dam  is safe"),
        ("[T]he dam is safe", "The dam is safe"),
        ("The d0g ran", "The dog ran"),
        ("The caf\ufffd is shut", "The café is shut"),
        ("The cafÃ© is shut", "The café is shut"),
        ("We’re twenty-one", "We are 21"),
        ("They won't go", "They will not go"),
        ("The twelfth day", "The 12th day"),
        ("It passed on September 2, 2024.", "It passed on 2 Sept. 2024."),
        ("São Paulo is ready", "Sao Paulo is ready"),
    ],
)
def test_style_alone(first: str, second: str) -> None:
    assert compare_quotations(first, second).kind == "punctuation"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("I am glad. We will not go.", "I am glad."),
        ("I came early. I saw the mill. I left.", "I saw the mill. I left."),
        ("The dam is safe for people in the valley", "The dam is safe"),
        ("It is a really big day", "It is … big day"),
        ("It is a really big day", "It is [...] big day"),
        ("He will come tomorrow", "[The mayor] will come tomorrow"),
        ("He's right about the mill", "[Orrel]'s right about the mill"),
        ("He will come", "He [the mayor] will come"),
        ("The dam is safe, uh, now", "The dam is safe now"),
        ("We say that it can be mended", "it can be mended"),
        ("We told them in May, and they did not answer.", "We told them in May."),
        ("We have the papers, and the court will see them. We must wait.", "We have the papers …"),
        ("The gates are old; they would not hold.", "The gates are old"),
    ],
)
def test_trims(first: str, second: str) -> None:
    assert compare_quotations(first, second).kind == "trimmed"


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("We will not leave.", "We will leave.", "negation"),
        ("We won't leave.", "We will leave.", "negation"),
        ("Nobody was hurt.", "Somebody was hurt.", "negation"),
        ("They were able to pay", "They were unable to pay", "negation"),
        ("The plan is careful", "The plan is careless", "negation"),
        ("I don't think we will go", "we will go", "negation"),
        ("We may act", "We must act", "modal"),
        ("We will pay", "We would pay", "modal"),
        ("14 dead", "40 dead", "number"),
        ("It passed on September 2", "It passed on September 3", "number"),
        ("It passed on September 2", "It passed on 2 October", "number"),
        ("fourteen dead", "forty dead", "number"),
        ("It costs 1.5 million", "It costs 15 million", "number"),
        ("in the first week", "in the third week", "number"),
        ("We told Orrel so", "We told Ruiz so", "name"),
        ("We told Orrel so", "We told Orrcl so", "name"),
        ("The modern way", "The modem way", "word"),
        ("the Democratic Choice of Vessara", "the Democratic Election of Vessara", "name"),
        ("I will not resign unless they ask", "I will not resign", "qualifier"),
        ("We need only one", "We need one", "qualifier"),
        ("We will go, and they will too unless it rains", "We will go", "qualifier"),
        ("He may pay and not complain", "He may pay", "negation"),
        ("We are ready, and never were before", "We are ready", "negation"),
        ("We told them, and they did not come, of the leak", "We told them of the leak", "negation"),
        ("Some mills will close", "Mills will close", "qualifier"),
        ("It is a really big day", "It is a big day", "word"),
        ("Exports will rise", "Exports will fall", "word"),
        ("He built the dam", "She built the dam", "word"),
        ("All of them were hurt", "All of them were killed", "word"),
        ("The [old] mill [and] the dam", "The [new] mill [and] the dam", "word"),
        ("Donald Orrel … is here", "Donald … is here", "name"),
        ("This is not a gift … it is a debt", "This is … a debt", "negation"),
    ],
)
def test_another_saying(first: str, second: str, reason: str) -> None:
    variant = compare_quotations(first, second)

    assert variant.kind == "altered"
    assert reason in {c.reason for c in variant.changed}


def test_two_translations_of_one_saying() -> None:
    variant = compare_quotations(
        "We shall defend our land with all the power we own",
        "Our soil will be protected with every strength that we possess",
    )

    assert variant.kind == "translated"


def test_a_translation_without_its_negation_is_another_saying() -> None:
    variant = compare_quotations(
        "We shall never give our land to strangers from the north",
        "Our soil will be handed over to northern foreigners",
    )

    assert variant.kind == "altered"


def test_changed_words_are_where_they_stand() -> None:
    first, second = "The mill will close on Monday", "The mill may close on Tuesday"

    changed = compare_quotations(first, second).changed

    assert [(c.first.of(first), c.second.of(second)) for c in changed] == [
        ("will", "may"),
        ("Monday", "Tuesday"),
    ]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_quotation_is_identical_to_itself(text: str) -> None:
    assert compare_quotations(text, text).kind == "identical"


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_either_may_come_first(first: str, second: str) -> None:
    there, back = compare_quotations(first, second), compare_quotations(second, first)

    for variant, a, b in ((there, first, second), (back, second, first)):
        for c in variant.changed:
            assert 0 <= c.first.start <= c.first.end <= len(a)
            assert 0 <= c.second.start <= c.second.end <= len(b)
    assert (there.kind == "punctuation") == (back.kind == "punctuation")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from("mills close in the old town on a cold day".split()), min_size=4, max_size=20)
)
def test_a_negation_put_in_is_seen_wherever_it_stands(words: list[str]) -> None:
    for at in range(1, len(words)):
        negated = [*words[:at], "not", *words[at:]]

        assert compare_quotations(" ".join(words), " ".join(negated)).kind == "altered"
