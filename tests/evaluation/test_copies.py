"""Families of copies: the same on every machine, in a tree, changed as told."""

from __future__ import annotations

import random

import pytest

from onrecord.article import Article
from onrecord.evaluation.copies import Family, families
from onrecord.evaluation.copy_edits import EDITS, sentences_of
from onrecord.evaluation.copy_retelling import retell, spin

PARAGRAPHS = [
    "The mayor of Vessara said on Friday that the town would not empty its lake, and the council will meet again in June.",
    "“We will not empty the lake, because 14 villages drink from it,” Ana Brusko said. She did not say how long that may last.",
    "Engineers found cracks in the old dam in March. They asked for two new gates, which the town cannot pay for this year.",
    "Taslan Orrel, who leads the opposition in the council, accused her of gambling. He called for a vote before the summer.",
    "The dam was built by miners who had lost their work. It was last repaired in 1978, when the lake had been empty for years.",
]
ARTICLES = [Article(f"a{n}", "\n\n".join(PARAGRAPHS[n % 2 :])) for n in range(12)]


def made(seed: int = 3) -> list[Family]:
    return list(families(ARTICLES, seed))


def test_the_same_seed_makes_the_same_families() -> None:
    assert made() == made()
    assert made(4) != made()


def test_families_are_trees_of_reports_of_their_own() -> None:
    ids = [m.article.id for family in made() for m in family.members]

    assert len(ids) == len(set(ids))
    for family in made():
        before: set[str] = set()
        for member in family.members:
            assert member.parent is None if not before else member.parent in before
            assert (member.kind is None) == (member.parent is None)
            before.add(member.article.id)


def test_verbatim_copies_have_the_same_paragraphs_but_for_frame() -> None:
    for family in made():
        by_id = {m.article.id: m.article for m in family.members}
        for member in family.members:
            if member.kind == "verbatim" and member.parent:
                one, other = (a.text.split("\n\n")[2:] for a in (by_id[member.parent], member.article))
                assert one == other


def test_no_family_is_larger_than_asked_for() -> None:
    assert max(len(f.members) for f in families(ARTICLES, 3, most=4)) <= 4


@pytest.mark.parametrize("how", sorted(EDITS))
def test_edits_change_something_or_say_that_they_cannot(how: str) -> None:
    changed = [EDITS[how](PARAGRAPHS, random.Random(n)) for n in range(12)]

    assert any(changed)
    assert all(c is None or c != PARAGRAPHS for c in changed)
    assert EDITS[how](["Short."], random.Random(1)) in (None, ["Short."]) or how in (
        "paragraph added",
        "badly scanned",
    )


def test_a_spun_copy_keeps_small_words_and_length() -> None:
    spun = spin(PARAGRAPHS, random.Random(1))

    assert spun != PARAGRAPHS
    assert [len(p.split()) for p in spun] == pytest.approx([len(p.split()) for p in PARAGRAPHS], abs=2)


def test_a_retelling_keeps_few_runs_of_words() -> None:
    def runs(paragraphs: list[str]) -> set[tuple[str, ...]]:
        words = " ".join(paragraphs).split()
        return set(zip(words, words[1:], words[2:], strict=False))

    told = runs(retell(PARAGRAPHS, random.Random(1)))

    assert len(told & runs(PARAGRAPHS)) < 0.6 * len(told)


def test_sentences() -> None:
    assert sentences_of("Mr. Orrel left. “We go,” he said. J. Ruiz stayed!") == [
        "Mr. Orrel left.",
        "“We go,” he said.",
        "J. Ruiz stayed!",
    ]


def test_a_report_that_was_cut_down_to_one_paragraph_is_cut_no_more() -> None:
    short = Article(
        "short",
        "\n\n".join(
            f"Paragraph {n} tells of the harbour of Orrel at some length, and of its tugs." for n in range(3)
        ),
    )
    made = [m.article for seed in range(40) for f in families([short], seed) for m in f.members]

    assert all(len(article.text.split("\n\n")) > 1 for article in made)
