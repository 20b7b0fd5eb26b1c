"""Stories, kinds and directions scored on invented families, with figures worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import UsageError
from onrecord.evaluation import stories
from onrecord.evaluation.copies import Family, Member
from onrecord.evaluation.stories import adjusted_rand, evaluate_stories, score_families
from onrecord.resolution.stories.copies import CopyKind, Original, Pair
from onrecord.resolution.stories.fingerprint import Fingerprint

TEXT = (
    "The mayor of Vessara said on Friday that the town would not empty its lake before the council meets in June.\n\n"
    "Engineers found cracks in the old dam in March and asked for two new gates, which the town cannot pay for.\n\n"
    "Taslan Orrel, who leads the opposition in the council, accused her of gambling and called for a vote."
)
OTHER = (
    "A train left the rails near Kessand in the night, and eleven passengers were taken to hospital with broken bones.\n\n"
    "The driver told the police that a signal had been dark since Sunday, when lightning struck the mast beside it.\n\n"
    "Buses will run between Marwick and Kessand until the line is mended, which may take the company a week."
)


def divided(groups: str) -> dict[str, str]:
    """Things 0, 1, 2 and so on by the group each is in: *aab*."""
    return {str(n): group for n, group in enumerate(groups)}


@pytest.mark.parametrize(
    ("truth", "told", "index"),
    [
        ("aabb", "xxyy", 1.0),
        ("aabb", "yyxx", 1.0),
        # Of six pairs two are together in either, none in both: expected 4/6, most 2.
        ("aabb", "xyxy", -0.5),
        # Three pairs of the truth, one told, which is right: expected 3/15, most 2.
        ("aaabcd", "xxyzuv", 4 / 9),
        # All in one: expected 2 of 2, most 4.
        ("aabb", "xxxx", 0.0),
        # Each for itself: nothing to find, and nothing found falsely.
        ("abcd", "wxyz", 1.0),
        ("abcd", "wwyz", 0.0),
        ("", "", 1.0),
        ("a", "x", 1.0),
    ],
)
def test_adjusted_rand(truth: str, told: str, index: float):
    assert adjusted_rand(divided(truth), divided(told)) == pytest.approx(index)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=2, max_size=12))
def test_adjusted_rand_knows_no_order_and_no_names(both: list[tuple[str, str]]):
    truth, told = divided("".join(a for a, _ in both)), divided("".join(b for _, b in both))
    index = adjusted_rand(truth, told)
    assert index <= 1.0 + 1e-9
    assert adjusted_rand(told, truth) == pytest.approx(index)
    assert adjusted_rand(truth, truth) == pytest.approx(1.0)


def test_reports_that_are_not_of_the_truth_do_not_count():
    assert adjusted_rand(divided("aabb"), divided("xxyy") | {"more": "x"}) == 1.0


def report(id: str, text: str = TEXT) -> Article:
    return Article(id, text, published="2024-05-03T06:00:00+00:00")


def member(id: str, parent: str | None, kind: CopyKind | None, *, told: bool = False) -> Member:
    return Member(report(id), parent, kind, (), told)


def family(*copies: Member) -> Family:
    return Family((member("a", None, None), *copies))


def decide_as(monkeypatch: pytest.MonkeyPatch, kinds: dict[str, tuple[CopyKind, Original] | None]) -> None:
    """Of each copy, by its id, what is said of it and its parent; of other pairs that they are no copies."""

    def compare(a: Fingerprint, b: Fingerprint) -> Pair | None:
        first, second = sorted((a.id, b.id))
        said = kinds.get(second)
        return Pair(first, second, said[0], 1.0, (), said[1]) if said else None

    monkeypatch.setattr(stories, "compare", compare)


def test_kinds_are_scored_each_for_itself(monkeypatch: pytest.MonkeyPatch):
    decide_as(
        monkeypatch,
        {
            "b": ("verbatim", "unknown"),
            "c": ("edited", "unknown"),
            "d": ("edited", "unknown"),
            "e": ("edited", "unknown"),
            "f": None,
        },
    )
    figures = score_families(
        [
            family(
                member("b", "a", "verbatim"),
                member("c", "a", "verbatim"),
                member("d", "a", "edited"),
                member("e", "a", "rewritten"),
                member("f", "a", "spun"),
            )
        ],
        [],
    )
    # verbatim: 1 right, 2 true, 1 told: 2/3; edited: 1 right, 1 true, 3 told: 1/2; the others none.
    assert figures["kinds"] == {
        "macro f1": 29.2,
        "verbatim": 66.7,
        "edited": 50.0,
        "rewritten": 0.0,
        "spun": 0.0,
    }


def test_directions_count_where_more_than_time_tells(monkeypatch: pytest.MonkeyPatch):
    decide_as(
        monkeypatch,
        {
            "b": ("edited", "first"),
            "c": ("edited", "second"),
            "d": ("edited", "unknown"),
            "e": None,
            "f": ("edited", "second"),
        },
    )
    copies = [member(id, "a", "edited", told=True) for id in "bcde"]
    figures = score_families([family(*copies, member("f", "a", "edited"))], [])
    # One is right; the wrong one, the one left open and the pair not found are not; the last does not count.
    assert figures["direction"] == {"right": 25.0, "of": 4}


def test_the_parent_may_come_second_in_a_pair(monkeypatch: pytest.MonkeyPatch):
    decide_as(monkeypatch, {"b": ("edited", "second")})
    made = Family((member("b", None, None), member("a", "b", "edited", told=True)))
    assert score_families([made], [])["direction"] == {"right": 100.0, "of": 1}


def test_times_do_not_help_to_tell_directions(monkeypatch: pytest.MonkeyPatch):
    seen: list[tuple[str | None, str | None]] = []

    def compare(a: Fingerprint, b: Fingerprint) -> None:
        seen.append((a.published, b.published))

    monkeypatch.setattr(stories, "compare", compare)
    score_families([family(member("b", "a", "edited", told=True))], [])
    assert (None, None) in seen


def test_reports_made_of_two_have_neither_kind_nor_direction(monkeypatch: pytest.MonkeyPatch):
    decide_as(monkeypatch, {"b": ("edited", "first")})
    merged = replace(member("b", "a", "edited", told=True), steps=("merged with another",))
    assert score_families([family(merged)], [])["direction"]["of"] == 0


def test_families_and_others_are_divided_rightly(monkeypatch: pytest.MonkeyPatch):
    decide_as(monkeypatch, {"b": ("verbatim", "unknown")})
    figures = score_families([family(member("b", "a", "verbatim"))], [report("n", OTHER)])
    assert figures["stories"] == {"adjusted rand index": 100.0, "reports": 3, "families": 1}


def test_another_report_taken_for_a_copy_lowers_the_index(monkeypatch: pytest.MonkeyPatch):
    decide_as(monkeypatch, {"b": ("verbatim", "unknown"), "n": ("edited", "unknown")})
    figures = score_families([family(member("b", "a", "verbatim"))], [report("n")])
    # One pair of the truth, three told, one in both: expected 1, most 2.
    assert figures["stories"]["adjusted rand index"] == 0.0


def lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_reports_near_each_other_are_mixed_in_once(tmp_path: Path):
    corpus = lines(tmp_path / "articles.jsonl", [{"id": "a", "text": TEXT}])
    row = {"text": OTHER, "topic": 1, "event": "1-a"}
    near = lines(tmp_path / "near.jsonl", [{**row, "id": "m", "near": [["n", 0.9]]}, {**row, "id": "n"}])
    alone = evaluate_stories(corpus, None, 7)["stories"]["reports"]
    assert evaluate_stories(corpus, near, 7)["stories"]["reports"] == alone + 1


def test_the_seed_makes_the_families(tmp_path: Path):
    rows: list[dict[str, object]] = [{"id": f"a{n}", "text": (TEXT, OTHER)[n % 2]} for n in range(6)]
    corpus = lines(tmp_path / "articles.jsonl", rows)
    sizes = {evaluate_stories(corpus, None, seed)["stories"]["reports"] for seed in range(3)}
    assert evaluate_stories(corpus, None, 1) == evaluate_stories(corpus, None, 1)
    assert len(sizes) > 1


def test_a_line_that_does_not_fit_is_named(tmp_path: Path):
    corpus = lines(tmp_path / "articles.jsonl", [{"id": "a", "text": TEXT}, {"id": "b"}])
    with pytest.raises(UsageError, match="line 2"):
        evaluate_stories(corpus, None, 7)
