from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from onrecord.article import Article, Frame
from onrecord.errors import UsageError
from onrecord.evaluation.pages import body_as_labelled, evaluate_pages, shingle_counts

BODY = "The mayor shut the harbour on Monday after the storm. She said that it would open again soon."


@pytest.mark.parametrize(
    ("truth", "found", "counts"),
    [
        ("a b c d e", "a b c d e", (1.0, 0.0, 0.0)),
        ("a b c d e", "a b c d", (0.5, 0.0, 0.5)),
        ("a b c d", "a b c d e", (0.5, 0.5, 0.0)),
        ("a b", "", (0.0, 0.0, 1.0)),
        ("", "", (0.0, 0.0, 0.0)),
    ],
    ids=["equal", "missed", "extra", "nothing found", "nothing at all"],
)
def test_shingles_are_shares(truth: str, found: str, counts: tuple[float, float, float]):
    assert shingle_counts(truth, found) == counts


def test_headline_and_captions_count_as_the_truth_has_them():
    article = Article("1", f"Harbour shut\n\n{BODY}", Frame(headline="Harbour shut", captions=("A pier.",)))
    assert body_as_labelled(article, BODY) == BODY
    assert body_as_labelled(article, f"Harbour shut {BODY} A pier.").endswith("A pier.")


def test_pages_are_scored(tmp_path: Path):
    page = f"<html><head><title>Mayor shuts harbour</title></head><body><article><h1>Mayor shuts harbour</h1><p>{BODY}</p><p>{BODY[::-1]}</p></article></body></html>"
    row = {"url": "a", "html_base64": base64.b64encode(page.encode()).decode(), "body": BODY}
    corpus = tmp_path / "pages.jsonl"
    corpus.write_text(json.dumps(row | {"title": "Mayor shuts harbour", "date": "2021-05-02"}) + "\n")

    figures = evaluate_pages(corpus)

    assert figures["body"]["recall"] == 100
    assert figures["headline"] == {"right": 100}
    assert figures["published"] == {"right": 0}


def test_a_line_that_is_no_page_is_named(tmp_path: Path):
    corpus = tmp_path / "pages.jsonl"
    corpus.write_text("{}\n")
    with pytest.raises(UsageError, match="line 1"):
        evaluate_pages(corpus)
