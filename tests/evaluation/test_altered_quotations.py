"""Quotations with a known change: the set is the same on every machine, and its figures are those of the pairs."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.evaluation.altered_quotations import (
    CHANGES,
    Made,
    evaluate_quotations,
    make_pairs,
    score_pairs,
)

TEXT = (
    "“We will not close the old mill in May. Two men of Vessara told us that it is safe, and we can't pay 14 more,”"
    " Ana Brusko said. “If the Council asks them, they must go.”\n\nOrrel wrote: “I will not resign unless they ask me to.”"
)


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert list(make_pairs([TEXT], 3)) == list(make_pairs([TEXT], 3))
    assert list(make_pairs([TEXT], 3)) != list(make_pairs([TEXT], 4))


def test_every_pair_is_changed_as_told() -> None:
    for made in make_pairs([TEXT], 3):
        assert made.first != made.second
        assert made.expected == CHANGES[made.how][0]


def test_figures() -> None:
    pairs = [
        Made("We will go", "We will not go", "a negation put in", "altered"),
        Made("We will go now", "We will go", "the end of a sentence cut", "trimmed"),
        Made("We will all go", "We will go", "the end of a sentence cut", "trimmed"),
        Made("We will go", "We will go.", "a negation put in", "altered"),
    ]

    figures, wrong = score_pairs(pairs)

    assert figures["altered"] == {"precision": 50.0, "recall": 50.0, "f1": 50.0}
    assert figures["false alarms"] == {"share": 50.0}
    assert wrong == pairs[2:]


def test_a_file_of_articles(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")

    assert evaluate_quotations(path, 3)["altered"]["f1"] > 90
