"""Tokens with tags of names -> text and spans."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.evaluation.tagged import put_together, read_tagged

TAGS = st.sampled_from(["O", "B-Person", "I-Person", "B-Location", "I-NORP", "B-Date"])


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ('He said : " We won . " Then he left .', 'He said: "We won." Then he left.'),
        ("Orpel 's ( new ) mayor", "Orpel's (new) mayor"),
        ("a post - election row", "a post-election row"),
        ("Orpel , 3 May - Ana Li spoke", "Orpel, 3 May - Ana Li spoke"),
    ],
)
def test_put_together_writes_as_people_do(tokens: str, expected: str) -> None:
    words = tokens.split()

    assert put_together(words, ["O"] * len(words))[0] == expected


@given(st.lists(st.tuples(st.text("abc.'\"-(", min_size=1, max_size=4), TAGS), max_size=30))
def test_spans_hold_their_tokens(tagged: list[tuple[str, str]]) -> None:
    text, names = put_together([t for t, _ in tagged], [t for _, t in tagged])

    assert all(0 <= n.start < n.end <= len(text) and text[n.start : n.end].strip() for n in names)
    assert all(a.end <= b.start for a, b in itertools.pairwise(names))


def test_read_tagged_joins_the_sentences_and_leaves_the_address_out(tmp_path: Path) -> None:
    sentences = [
        {"tokens": ["http://orpel.example/1"], "tags": ["O"]},
        {"tokens": ["Orpel", "slept"], "tags": ["B-Location", "O"]},
        {"tokens": ["Ana", "Li", "did", "not"], "tags": ["B-Person", "I-Person", "O", "O"]},
    ]
    path = tmp_path / "names.jsonl"
    path.write_text(json.dumps({"id": "1", "sentences": sentences}) + "\n")

    (document,) = read_tagged(path)

    assert document.text == "Orpel slept\n\nAna Li did not"
    assert [(document.text[n.start : n.end], n.label) for n in document.names] == [
        ("Orpel", "LOC"),
        ("Ana Li", "PER"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"id": "1", "tokens": ["a"], "tags": []}',
        '{"id": "1", "tokens": ["a"], "tags": ["B-Ship"]}',
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "names.jsonl"
    path.write_text(line + "\n")

    with pytest.raises(UsageError, match="line 1"):
        list(read_tagged(path))
