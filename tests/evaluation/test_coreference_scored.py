from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.coreference import (
    ChainFigures,
    evaluate_coreference,
    is_kept_apart,
    read_chains,
    separate_chains,
)

TEXT = "Ilse Maran said she would go. Her brother Tor did not: he stayed."
ILSE = [[0, 10], [16, 19], [30, 33]]
TOR = [[30, 45], [55, 57]]

Chains = list[list[Span]]


def chains_of(letters: str) -> Chains:
    """`"abc de"` -> chains of one-letter mentions."""
    return [[Span(ord(c), ord(c) + 1) for c in word] for word in letters.split()]


def scored(gold: str, predicted: str) -> ChainFigures:
    figures = ChainFigures()
    figures.add(chains_of(gold), chains_of(predicted))
    return figures


def f1s(figures: ChainFigures) -> dict[str, float]:
    return {name: hits.f1 for name, hits in figures.hits.items()}


def write(folder: Path, *rows: object, name: str = "chains.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n", "utf-8")
    return path


def row(id: str = "a", genre: str = "news", **other: object) -> dict[str, object]:
    return {"id": id, "genre": genre, "text": TEXT, "chains": [ILSE, TOR]} | other


def find_labelled(text: str) -> Chains:
    return [[Span(*s) for s in chain] for chain in (ILSE, TOR)]


def find_ilse(text: str) -> Chains:
    return find_labelled(text)[:1]


def find_nothing(text: str) -> Chains:
    return []


# Pradhan et al. 2014, the example by which they explain the measures.
def test_measures_are_those_of_the_reference_paper():
    hits = scored("abc defg", "ab cd fghi").hits
    assert (hits["muc"].recall, hits["muc"].precision) == (pytest.approx(40), pytest.approx(40))
    assert hits["b-cubed"].recall == pytest.approx(100 * (4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7)
    assert hits["b-cubed"].precision == pytest.approx(50)
    assert hits["ceaf-e"].recall == pytest.approx(65)
    assert hits["ceaf-e"].precision == pytest.approx(130 / 3)
    assert (hits["mentions"].recall, hits["mentions"].precision) == (
        pytest.approx(600 / 7),
        pytest.approx(75),
    )


# Luo 2005, table 1: twelve mentions in three chains, and what four systems make of them.
@pytest.mark.parametrize(
    ("predicted", "muc", "b_cubed", "ceaf_e"),
    [
        ("12345 6789ABC", 94.7, 86.5, 73.3),
        ("1234589ABC 67", 94.7, 73.7, 66.7),
        ("123456789ABC", 90.0, 54.5, 29.4),
    ],
    ids=["small chains joined", "large chains joined", "all joined"],
)
def test_measures_are_those_of_luo(predicted: str, muc: float, b_cubed: float, ceaf_e: float):
    assert f1s(scored("12345 67 89ABC", predicted)) == pytest.approx(
        {"muc": muc, "b-cubed": b_cubed, "ceaf-e": ceaf_e, "mentions": 100}, abs=0.05
    )


def test_mentions_left_alone_are_not_found():
    figures = scored("12345 67 89ABC", "1 2 3 4 5 6 7 8 9 A B C")
    assert set(f1s(figures).values()) == {0.0}


def test_chains_paired_are_those_that_add_up_to_the_most():
    # The likest pair, abcdef with abcdgh (2/3), would leave gh and ef, which share nothing.
    assert scored("abcdef gh", "abcdgh ef").hits["ceaf-e"].of_gold == pytest.approx(1 / 2 + 1 / 2)


def test_documents_are_summed_before_dividing():
    figures = scored("abcd", "abcd")
    figures.add(chains_of("ef"), [])
    assert figures.hits["muc"].recall == pytest.approx(100 * 3 / 4)
    assert figures.hits["muc"].precision == 100
    assert figures.documents == 2


def test_conll_is_the_mean_of_three():
    figures = scored("abc defg", "ab cd fghi")
    assert figures.conll == pytest.approx(sum(f1s(figures)[n] for n in ("muc", "b-cubed", "ceaf-e")) / 3)


def test_mention_of_other_edges_is_another():
    figures = ChainFigures()
    figures.add([[Span(0, 4), Span(9, 11)]], [[Span(0, 5), Span(9, 11)]])
    assert figures.hits["muc"].f1 == 0
    assert figures.hits["mentions"].f1 == 50


def test_span_named_twice_stays_in_the_chain_that_begins_first():
    first, second = chains_of("aac bc")
    expected = [frozenset(chains_of("ac")[0])]
    assert separate_chains([first, second]) == separate_chains([second, first]) == expected


@st.composite
def some_chains(draw: st.DrawFn) -> Chains:
    """Chains that share no mention, those of one mention among them."""
    numbers = draw(st.lists(st.integers(0, 4), max_size=20))
    chains: dict[int, list[Span]] = {}
    for place, number in enumerate(numbers):
        if draw(st.booleans()):
            chains.setdefault(number, []).append(Span(place, place + 1))
    return list(chains.values())


@given(some_chains())
def test_labels_themselves_score_a_hundred(chains: Chains):
    figures = ChainFigures()
    figures.add(chains, chains)
    expected = 100 if any(len(c) > 1 for c in chains) else 0
    assert list(f1s(figures).values()) == pytest.approx([expected] * 4)


@given(some_chains(), some_chains())
def test_figures_lie_between_none_and_all(gold: Chains, predicted: Chains):
    figures = ChainFigures()
    figures.add(gold, predicted)
    for hits in figures.hits.values():
        for value in (hits.precision, hits.recall, hits.f1):
            assert 0 <= value <= 100 + 1e-9


@given(some_chains(), some_chains(), st.randoms())
def test_order_does_not_matter(gold: Chains, predicted: Chains, random: object):
    one, other = ChainFigures(), ChainFigures()
    one.add(gold, predicted)

    def shuffled(chains: Chains) -> Chains:
        mixed = [random.sample(c, len(c)) for c in chains]  # type: ignore[attr-defined]
        random.shuffle(mixed)  # type: ignore[attr-defined]
        return mixed

    other.add(shuffled(gold), shuffled(predicted))
    assert f1s(other) == pytest.approx(f1s(one))


@given(some_chains(), some_chains())
def test_sides_changed_change_precision_and_recall(gold: Chains, predicted: Chains):
    one, other = ChainFigures(), ChainFigures()
    one.add(gold, predicted)
    other.add(predicted, gold)
    for name, hits in one.hits.items():
        assert hits.precision == pytest.approx(other.hits[name].recall)
        assert hits.recall == pytest.approx(other.hits[name].precision)


@given(st.lists(st.lists(st.builds(Span, st.integers(0, 3), st.integers(4, 6)), max_size=5), max_size=5))
def test_chains_are_apart_and_longer_than_one(chains: Chains):
    kept = separate_chains(chains)
    assert all(len(c) > 1 for c in kept)
    assert len(frozenset().union(*kept)) == sum(len(c) for c in kept)


def test_corpus_is_scored(tmp_path: Path):
    figures = evaluate_coreference(write(tmp_path, row()), find_ilse, kept_apart=False)
    assert figures == {
        "conll": {"f1": 73.9},
        "muc": {"precision": 100.0, "recall": 66.7, "f1": 80.0},
        "b-cubed": {"precision": 100.0, "recall": 60.0, "f1": 75.0},
        "ceaf-e": {"precision": 100.0, "recall": 50.0, "f1": 66.7},
        "mentions": {"precision": 100.0, "recall": 60.0, "f1": 75.0},
        "documents": {"count": 1, "chains": 2},
    }


def test_finding_nothing_scores_nothing(tmp_path: Path):
    figures = evaluate_coreference(write(tmp_path, row()), find_nothing, kept_apart=False)
    assert figures["conll"] == {"f1": 0.0}
    assert figures["muc"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_genres_are_scored_apart(tmp_path: Path):
    path = write(tmp_path, row("a"), row("b", "speech", text=TEXT + " "))
    figures = evaluate_coreference(
        path, lambda text: find_labelled(text) if text == TEXT else [], kept_apart=False
    )
    assert figures["genre news"]["conll"] == 100
    assert figures["genre speech"] == {
        "conll": 0,
        "muc": 0,
        "b-cubed": 0,
        "ceaf-e": 0,
        "mentions": 0,
        "documents": 1,
    }
    assert figures["documents"] == {"count": 2, "chains": 4}


def test_figures_can_be_printed_as_json(tmp_path: Path):
    figures = evaluate_coreference(write(tmp_path, row()), find_ilse, kept_apart=False)
    assert json.loads(json.dumps(figures)) == figures
    assert all(type(v) in (int, float) for values in figures.values() for v in values.values())


def test_only_what_is_kept_apart_is_read(tmp_path: Path):
    ids = [str(n) for n in range(40)]
    kept = [i for i in ids if is_kept_apart(i, "speech")]
    assert 0 < len(kept) < len(ids) / 2
    rows = [row(i, genre) for i in ids for genre in ("speech", "fiction")]
    figures = evaluate_coreference(write(tmp_path, *rows), find_ilse, kept_apart=True)
    assert figures["documents"]["count"] == len(kept)


def test_other_genres_are_never_kept_apart():
    assert not any(is_kept_apart(str(n), "fiction") for n in range(40))


def test_gzipped_corpus_is_read(tmp_path: Path):
    path = tmp_path / "chains.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row()).encode()))
    assert [d.id for d in read_chains(path)] == ["a"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: not a document with labelled chains"),
        ('{"id": "a", "text": "b"}', "line 2: not a document with labelled chains"),
        (json.dumps(row(chains=[[[0, 4], [0, 400]]])), "line 2: the mention 0 to 400 lies outside"),
        (json.dumps(row(chains=[[[4, 4]]])), "line 2: the mention 4 to 4 lies outside"),
        (json.dumps(row(chains=[[[-1, 4]]])), "line 2: the mention -1 to 4 lies outside"),
    ],
    ids=["broken", "without chains", "beyond the end", "empty", "before the start"],
)
def test_bad_line_is_named(tmp_path: Path, line: str, message: str):
    path = tmp_path / "chains.jsonl"
    path.write_text(json.dumps(row()) + "\n" + line + "\n", "utf-8")
    with pytest.raises(UsageError, match=message):
        evaluate_coreference(path, find_nothing, kept_apart=False)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_wrong_usage(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    path = tmp_path_factory.mktemp("any") / "chains.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="chains"):
        evaluate_coreference(path, find_nothing, kept_apart=False)


def test_corpus_without_chains_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="there are no chains in it"):
        evaluate_coreference(write(tmp_path, row(chains=[])), find_nothing, kept_apart=False)


def test_corpus_with_nothing_kept_apart_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="kept apart"):
        evaluate_coreference(write(tmp_path, row(genre="fiction")), find_nothing, kept_apart=True)


def test_missing_corpus_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be read"):
        evaluate_coreference(tmp_path / "none.jsonl.gz", find_nothing, kept_apart=False)
