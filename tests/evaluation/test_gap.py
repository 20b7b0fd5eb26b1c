from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.errors import UsageError
from onrecord.evaluation.gap import evaluate_gap, is_gap, is_headed_by, read_gap

HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
WOMEN = "Ilse Maran met Dora Voss before she left."
MEN = "Tor Maran met Emil Voss before he left."


def line(text: str, pronoun: str, a: str, b: str, means: str) -> str:
    """A row of GAP; `means` is A, B or neither."""
    truth = [str(means == name).upper() for name in "AB"]
    cells = [pronoun, text.index(f" {pronoun} ") + 1, a, text.index(a), truth[0], b, text.index(b), truth[1]]
    return "\t".join(["x-1", text, *map(str, cells), "http://example.org/wiki/Maran"])


def women(means: str) -> str:
    return line(WOMEN, "she", "Ilse Maran", "Dora Voss", means)


def men(means: str) -> str:
    return line(MEN, "he", "Tor Maran", "Emil Voss", means)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "gap.tsv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", "utf-8")
    return path


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def chain(text: str, *words: str) -> list[Span]:
    return [span(text, w) for w in words]


def find_first(text: str) -> list[list[Span]]:
    """The name that the text begins with."""
    pronoun = " she " if text == WOMEN else " he "
    start = text.index(pronoun) + 1
    return [[Span(0, text.index(" met")), Span(start, start + len(pronoun) - 2)]]


def test_rows_are_scored(tmp_path: Path):
    # Four times the first name is taken: two of three women are right, and the one man is not.
    path = write(tmp_path, women("A"), women("A"), women("B"), men("neither"))
    assert evaluate_gap(path, find_first) == {
        "right": {"rows": 50.0, "names": 62.5, "A": 100.0, "B": 0.0, "neither": 0.0, "count": 4},
        "overall": {"precision": 50.0, "recall": 66.7, "f1": 57.1},
        "masculine": {"precision": 0.0, "recall": 0.0, "f1": 0.0},
        "feminine": {"precision": 66.7, "recall": 66.7, "f1": 66.7},
    }


def test_bias_is_feminine_by_masculine(tmp_path: Path):
    path = write(tmp_path, women("A"), women("B"), men("A"))
    assert evaluate_gap(path, find_first)["bias"] == {"ratio": 0.5}


def test_no_chain_means_neither(tmp_path: Path):
    figures = evaluate_gap(write(tmp_path, women("A"), men("neither")), lambda text: [])
    assert figures["right"] == {"rows": 50.0, "names": 75.0, "A": 0.0, "B": 0.0, "neither": 100.0, "count": 2}
    assert figures["overall"]["f1"] == 0


def test_pronoun_that_means_both_is_wrong_in_one_of_two(tmp_path: Path):
    both = chain(WOMEN, "Ilse Maran", "Dora Voss", "she")
    figures = evaluate_gap(write(tmp_path, women("A")), lambda text: [both])
    assert figures["right"]["rows"] == 0
    assert figures["overall"] == {"precision": 50.0, "recall": 100.0, "f1": 66.7}


def test_chain_without_the_pronoun_does_not_count(tmp_path: Path):
    other = [Span(0, 10), Span(32, 36)]
    figures = evaluate_gap(write(tmp_path, women("A")), lambda text: [other, chain(WOMEN, "she")])
    assert figures["right"]["A"] == 0


def test_pronoun_with_a_capital_has_its_gender(tmp_path: Path):
    text = "Ilse Maran met Dora Voss. She left."
    path = write(tmp_path, line(text, "She", "Ilse Maran", "Dora Voss", "A"))
    figures = evaluate_gap(path, lambda text: [chain(text, "Ilse Maran", "She")])
    assert figures["feminine"]["f1"] == 100


@pytest.mark.parametrize(
    ("mention", "headed"),
    [
        ("Ruth", True),
        ("the lawyer Ruth Anders", True),
        ("his wife, Ruth", True),
        ("Ruth’s", True),
        ("Ruth, the mother of Anna", True),
        ("Ruth and her sister", False),
        ("Anna and Ruth", False),
        ("Ruth’s mother", False),
        ("James' Ruth", True),
        ("the mother of Ruth", False),
        ("a man who knew Ruth", False),
    ],
)
def test_mention_is_that_of_the_name_at_its_head(mention: str, headed: bool):
    text = f"{mention} stayed at home."
    assert is_headed_by(text, Span(0, len(mention)), span(text, "Ruth")) is headed


def test_part_of_a_name_is_of_the_name():
    text = "So Ruth Anders stayed."
    assert is_headed_by(text, span(text, "Anders"), span(text, "Ruth Anders"))


def test_mention_elsewhere_is_not_of_the_name():
    text = "Ruth stayed. Anna left."
    assert not is_headed_by(text, span(text, "Anna"), span(text, "Ruth"))


def test_form_is_told_by_the_first_line(tmp_path: Path):
    other = tmp_path / "chains.jsonl"
    other.write_text('{"id": "a"}\n')
    empty = tmp_path / "empty"
    empty.write_text("")
    assert is_gap(write(tmp_path, women("A")))
    assert not is_gap(other)
    assert not is_gap(empty)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("x-1\ttext", "2 columns, not 11"),
        (women("A").replace("TRUE", "yes"), "neither TRUE nor FALSE"),
        (women("A").replace("FALSE", "TRUE"), "means both"),
        (women("A").replace("\t0\t", "\t1\t"), "'Ilse Maran' does not stand at 1"),
        (women("A").replace("\t0\t", "\tzero\t"), "invalid literal"),
        (women("A").replace("\tshe\t", "\tbef\t").replace("\t32\t", "\t25\t"), "bef is not a pronoun"),
    ],
    ids=["columns", "answer", "both", "offset", "number", "pronoun"],
)
def test_bad_row_is_named(tmp_path: Path, bad: str, message: str):
    with pytest.raises(UsageError, match=f"line 3: not a row of GAP .*{message}"):
        list(read_gap(write(tmp_path, women("A"), bad)))


def test_other_files_are_wrong_usage(tmp_path: Path):
    path = tmp_path / "gap.tsv"
    path.write_text(women("A"))
    with pytest.raises(UsageError, match="not a corpus of GAP"):
        evaluate_gap(path, find_first)


def test_corpus_without_rows_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="there are no rows in it"):
        evaluate_gap(write(tmp_path), find_first)


def test_missing_corpus_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be read"):
        is_gap(tmp_path / "none.tsv.gz")


@given(
    st.lists(st.sampled_from([*women("A").split("\t"), "", "3", "TRUE"]), max_size=12), st.binary(max_size=20)
)
def test_any_row_is_read_or_wrong_usage(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str], tail: bytes
):
    path = tmp_path_factory.mktemp("any") / "gap.tsv"
    path.write_bytes(f"{HEAD}\n".encode() + "\t".join(cells).encode() + tail)
    try:
        passages = list(read_gap(path))
    except UsageError:
        return
    for passage in passages:
        for part in (passage.pronoun, *passage.names):
            assert 0 <= part.start < part.end <= len(passage.text)
