"""Retold passages at a given rate of false positives: worked out by hand with a likeness that counts words in common."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.errors import UsageError
from onrecord.evaluation import rewrites
from onrecord.evaluation.rewrites import Figures, RewriteRow, evaluate_rewrites, score_rewrites
from onrecord.evaluation.same_event import EventRow
from onrecord.resolution.stories.fingerprint import Fingerprint
from onrecord.resolution.stories.likeness import LEAST_SCORE

# Of five words four are in common: 0.8. Of five three: 0.6.
HEATH = RewriteRow(
    "p0", "Heath Lark Moor Nook", {"plain": "Heath Lark Moor Nook Elm", "bold": "Lark Moor Nook"}
)
GROVE = RewriteRow("p1", "Grove Dune Cask Birch", {"plain": "Grove Dune Cask Fjord"})
ORDER = {"straight": "Kiln Oak Pond.", "turned": "Pond Oak Kiln Reed.", "longer": "Kiln Oak Pond Reed."}


@pytest.fixture(autouse=True)
def _likeness_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The share of the words of both that both have; none where they have none in common."""

    def likeness(first: Fingerprint, second: Fingerprint) -> SimpleNamespace | None:
        one, other = set(first.words.tolist()), set(second.words.tolist())
        return SimpleNamespace(chance=len(one & other) / len(one | other)) if one & other else None

    monkeypatch.setattr(rewrites, "likeness", likeness)


def events(*texts: str, same: bool = True) -> list[EventRow]:
    """Reports of one topic, of one event each or all of the same."""
    return [EventRow(f"r{n}", text, 1, "1-a" if same else f"1-{n}") for n, text in enumerate(texts)]


def scored(*texts: str, same: bool = True) -> Figures:
    return score_rewrites([HEATH, GROVE], events(*texts, same=same))


def test_without_negatives_all_that_have_anything_in_common_are_found():
    figures = scored()
    assert figures["rewrites"]["found"] == 100.0
    assert figures["rewrites"]["of"] == 3
    assert figures["reports of one topic"]["pairs"] == 0


def test_what_scores_no_higher_than_a_false_pair_is_not_found():
    # 0.8, 0.75 and 0.6 against 0.75: the one that scores as high as the negative is not found.
    figures = scored(ORDER["straight"], ORDER["turned"])
    assert figures["rewrites"] == {
        "found": 33.33,
        "found, common text left out": 33.33,
        "found past neighbours": 33.33,
        "of": 3,
        "least score": 0.75,
    }
    assert figures["plain"]["found"] == 50.0
    assert figures["bold"]["found"] == 0.0


def test_each_set_has_a_bound_of_its_own_and_the_highest_decides():
    # As reports 0.5; the first passages of either, cut to four words, have all four words in common.
    figures = scored("Kiln Oak Pond Reed. Ash Bay.", "Reed Pond Oak Kiln. Rye Sod.", same=True)
    assert figures["reports of one topic"]["least score"] == 0.5
    assert figures["reports of one topic"]["found"] == 100.0
    assert figures["passages of one event"]["pairs"] == 4
    assert figures["passages of one event"]["least score"] == 1.0
    assert figures["passages of one event"]["found"] == 0.0
    assert figures["rewrites"]["found"] == 0.0


def test_passages_of_one_event_and_of_one_topic_are_told_apart():
    texts = (ORDER["straight"], ORDER["turned"])
    assert scored(*texts, same=True)["passages of one topic"]["pairs"] == 0
    assert scored(*texts, same=False)["passages of one topic"]["pairs"] == 1
    assert scored(*texts, same=False)["passages of one event"]["pairs"] == 0


def test_one_in_so_many_may_be_taken_for_a_copy(monkeypatch: pytest.MonkeyPatch):
    # Of three pairs, 0.75, 0.75 and 1: with one in three allowed the highest is passed over.
    texts = (ORDER["straight"], ORDER["turned"], "Reed Kiln Pond Oak.")
    assert scored(*texts)["rewrites"]["found"] == 0.0
    monkeypatch.setattr(rewrites, "_FALSE_POSITIVES", 3)
    figures = scored(*texts)["reports of one topic"]
    assert figures["least score"] == 0.75
    assert figures["found"] == 33.33
    # One above, give or take two: the highest of all, or the lowest.
    assert (figures["found at least"], figures["found at most"]) == (0.0, 33.33)


def test_pairs_with_common_text_count_as_negatives_and_are_told_apart():
    figures = scored(ORDER["straight"], ORDER["longer"])
    assert figures["rewrites"]["found"] == 33.33
    assert figures["rewrites"]["found, common text left out"] == 100.0
    assert figures["reports of one topic"]["with common text"] == 1
    assert figures["reports of one topic"]["pairs"] == 1


def test_reports_known_to_be_near_are_no_negatives():
    rows = events(ORDER["straight"], ORDER["longer"])
    rows[0].near = [("r1", 0.5)]
    assert score_rewrites([HEATH], rows)["reports of one topic"]["pairs"] == 0


def test_neighbours_are_told_apart_from_what_is_found():
    # What was made of the second has four of the five words of the first.
    second = RewriteRow(
        "p1", "Grove Dune Cask Birch", {"plain": "Nook Moor Lark Heath Fen", "bold": "Grove Dune"}
    )
    figures = score_rewrites([HEATH, second], [])
    assert figures["neighbours"]["pairs"] == 2
    assert figures["neighbours"]["least score"] == 0.8
    assert figures["rewrites"]["found"] == 75.0
    assert figures["rewrites"]["found past neighbours"] == 0.0


def test_originals_with_common_text_are_no_negatives():
    second = RewriteRow("p1", "Heath Lark Moor Fen", {"plain": "Heath Lark Moor Fen"})
    assert score_rewrites([HEATH, second], [])["neighbours"]["pairs"] == 0


def test_every_seventh_original_after_one_is_another():
    rows = [RewriteRow(f"p{n}", f"Word{n} Stone{n} River{n}", {"plain": f"Word{n}"}) for n in range(15)]
    figures = score_rewrites(rows, [])
    # Seven behind: eight; fourteen behind: one. One, two, three behind: 14, 13 and 12.
    assert figures["other originals"]["pairs"] == 9
    assert figures["neighbours"]["pairs"] == 39


def test_a_passage_that_was_not_retold_in_every_way_is_counted_where_it_was():
    figures = scored()
    assert figures["plain"]["found"] == 100.0
    assert figures["rewrites"]["of"] == len(HEATH.rewrites) + len(GROVE.rewrites)


def test_what_is_decided_is_counted_by_the_bound_of_the_product():
    assert LEAST_SCORE > 0.8
    figures = score_rewrites(
        [RewriteRow("p", "Heath Lark Moor", {"same": "Moor Lark Heath", "part": "Moor"})], []
    )
    assert figures["as decided"] == {"found": 50.0, "least score": LEAST_SCORE}


def test_files_are_read_and_a_line_that_does_not_fit_is_named(tmp_path: Path):
    passages, reports = tmp_path / "rewrites.jsonl", tmp_path / "events.jsonl"
    row = {"id": "p", "original": HEATH.original, "rewrites": HEATH.rewrites}
    passages.write_text(json.dumps(row) + "\n", "utf-8")
    rows = [{"id": r.id, "text": r.text, "topic": r.topic, "event": r.event} for r in events(*ORDER.values())]
    reports.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    assert evaluate_rewrites(passages, reports)["reports of one topic"]["pairs"] == 3

    passages.write_text(json.dumps(row) + '\n{"id": "q"}\n', "utf-8")
    with pytest.raises(UsageError, match="line 2"):
        evaluate_rewrites(passages, reports)
