from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.analysis.analyse import Analysis
from onrecord.analysis.encoder import load_model
from onrecord.analysis.names import Name
from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.corpora import LabelledArticle, LabelledStatement
from onrecord.evaluation.sources import (
    SourceFigures,
    SourceLabel,
    evaluate_sources,
    fold_name,
    is_right,
    resolve_gold,
    source_form,
)

TEXT = (
    "Harbour to open again\n\n"
    "Mayor Ana Reyes said that the harbour would open on Monday. She promised new lights.\n\n"
    "Critics said that the lights were late.\n"
)
STATEMENTS = [
    ("Mayor Ana Reyes", "said that", "the harbour would open on Monday"),
    ("She", "promised", "new lights"),
    ("Critics", "said that", "the lights were late"),
]


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def label(source: str, actor: str | None, *also: str) -> SourceLabel:
    return SourceLabel("a", span(source), actor, list(also))


def write(path: Path, *rows: dict) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    statements = [
        {"source": [span(source)], "cue": [span(f"{source} {cue}")], "content": [span(content)]}
        for source, cue, content in STATEMENTS
    ]
    return write(tmp_path / "corpus.jsonl", {"id": "a", "text": TEXT, "statements": statements})


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        (("Ana Reyes", "Reyes"), ("Mayor  Reyes",), True),
        (("Ana Reyes",), ("Reyes", "ANA REYES"), True),
        (("Orpel Herald",), ("The Orpel Herald",), True),
        (("Ana Reyes",), ("Tom Reyes", "Reyes"), False),
        (("Ana Reyes",), (), False),
        ((), ("Ana Reyes",), False),
        ((), (), True),
    ],
    ids=[
        "title and blanks",
        "case of an alias",
        "article",
        "namesake",
        "missed",
        "where nobody is named",
        "nobody",
    ],
)
def test_names_are_compared_folded(gold: tuple[str, ...], predicted: tuple[str, ...], right: bool):
    assert is_right(gold, predicted) is right


def test_a_title_alone_is_kept():
    assert fold_name("President") == "president"


@pytest.mark.parametrize(
    ("source", "actor", "form"),
    [
        ("She", "Ana Reyes", "pronoun"),
        ("Mayor Ana Reyes", "Ana Reyes", "name"),
        ("Reyes", "Ana Reyes", "name"),
        ("Mayor", "Ana Reyes", "description"),
        ("Critics", None, "description"),
        ("the harbour", "Ana", "description"),
    ],
)
def test_the_form_of_a_source_is_told(source: str, actor: str | None, form: str):
    assert source_form(TEXT, label(source, actor)) == form


def test_gold_sources_are_resolved():
    article = LabelledArticle(
        "a", TEXT, [LabelledStatement([span(c)], [span(s)], [span(f"{s} {q}")]) for s, q, c in STATEMENTS]
    )
    names = tuple(Name(Span(*span(n)), "PER", 0.9) for n in ("Ana Reyes",))
    meant = resolve_gold(article, Analysis(names=names))
    assert "Ana Reyes" in meant[span("Mayor Ana Reyes")]
    assert "Ana Reyes" in meant[span("She")]
    assert meant[span("Critics")] == ()


def test_statements_without_a_source_are_left_out():
    article = LabelledArticle("a", TEXT, [LabelledStatement([span("new lights")])])
    assert resolve_gold(article, Analysis()) == {}


def test_shares_are_of_their_groups():
    figures = SourceFigures()
    figures.add(TEXT, label("Mayor Ana Reyes", "Ana Reyes"), ("Ana Reyes",), ("Ana Reyes",))
    figures.add(TEXT, label("She", "Ana Reyes"), (), None)
    figures.add(TEXT, label("She", "Ana Reyes"), ("Tom Li",), ("Ana Reyes",))
    figures.add(TEXT, label("Critics", None), (), ("Tom Li",))
    assert figures.figures() == {
        "resolved": {"right": 50, "count": 4},
        "name": {"right": 100, "count": 1},
        "description": {"right": 100, "count": 1},
        "pronoun": {"right": 0, "count": 2},
        "named": {"right": 33.3, "count": 3, "missed": 33.3, "another": 33.3},
        "nobody": {"right": 100, "count": 1},
        "analysed": {"right": 50, "found": 75, "count": 4},
    }


def test_labels_are_scored_on_their_corpus(corpus: Path, tmp_path: Path):
    labels = write(
        tmp_path / "labels.jsonl",
        {"article": "a", "source": span("Mayor Ana Reyes"), "actor": "Ana Reyes", "also": ["Reyes"]},
        {"article": "a", "source": span("Critics"), "actor": None, "also": []},
    )
    figures = evaluate_sources(labels, corpus, load_model())
    assert figures["resolved"] == {"right": 100, "count": 2}
    assert figures["analysed"] == {"right": 100, "found": 100, "count": 2}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"article": "b", "source": [0, 1], "actor": None}, "article b"),
        ({"article": "a", "source": [0, 1], "actor": None}, "no source of a statement"),
        ({"article": "a", "source": [0, 1]}, "line 1"),
        ({"article": "a", "source": [0, 1], "actor": None, "name": "x"}, "line 1"),
    ],
    ids=["another corpus", "no gold source", "no actor", "unknown field"],
)
def test_labels_that_do_not_fit_are_named(corpus: Path, tmp_path: Path, row: dict, message: str):
    with pytest.raises(UsageError, match=message):
        evaluate_sources(write(tmp_path / "labels.jsonl", row), corpus, load_model())


def test_a_file_without_labels_is_named(corpus: Path, tmp_path: Path):
    with pytest.raises(UsageError, match="no labels"):
        evaluate_sources(write(tmp_path / "labels.jsonl"), corpus, load_model())
    with pytest.raises(UsageError, match="cannot be read"):
        evaluate_sources(tmp_path / "gone.jsonl", corpus, load_model())


def test_shipped_labels_are_well_formed():
    rows = (Path(__file__).parents[2] / "benchmarks/sources/labels.jsonl").read_text().splitlines()
    found = [json.loads(row) for row in rows]
    assert len({(r["article"], *r["source"]) for r in found}) == 300
    assert all(r["actor"] or not r["also"] for r in found)
