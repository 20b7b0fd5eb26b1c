"""Two reports side by side, and what of it is told of a copy."""

from __future__ import annotations

from onrecord.article import Article, Frame, Span
from onrecord.printing.comparison import verdict
from onrecord.printing.stories import what_changed
from onrecord.resolution.stories.comparison import Comparison, compare_articles, headline_span
from tests.resolution.stories.invented import OTHER, WIRE

DATELINE = "ORREL, May 3, 2024 (Karst Press) – "


def headed(id: str, headline: str, body: str) -> Article:
    return Article(id, f"{headline}\n\n{body}", Frame(headline=headline))


def words(found: Comparison) -> list[tuple[str | None, str | None]]:
    return [
        (r.first and r.first.of(found.first.text), r.second and r.second.of(found.second.text))
        for r in found.rows
    ]


def test_headlines_stand_beside_each_other_whatever_they_say() -> None:
    titles = "Grain ship shuts harbour of Orrel", "Minister promises inquiry into dredging"
    found = compare_articles(headed("a", titles[0], DATELINE + WIRE), headed("b", titles[1], WIRE))

    assert words(found)[0] == titles
    assert all(r.first and r.second for r in found.rows)


def test_another_headline_and_no_dateline_are_not_told_as_sentences() -> None:
    titles = "Grain ship shuts harbour of Orrel", "Minister promises inquiry into dredging"
    found = compare_articles(headed("a", titles[0], DATELINE + WIRE), headed("b", titles[1], WIRE))

    assert what_changed(found) == [f"retitled: {titles[0]} -> {titles[1]}"]


def test_a_bracket_that_is_left_out_is_left_out_whole() -> None:
    found = compare_articles(Article("a", DATELINE + WIRE), Article("b", WIRE))

    left_out = [one.of(found.first.text) for row in found.rows for one, _ in row.changed]
    assert left_out == ["ORREL, May 3, 2024 (Karst Press)"]


def test_reports_that_are_no_copies_stand_one_behind_the_other() -> None:
    found = compare_articles(Article("a", WIRE), Article("b", OTHER))

    assert found.pair is None
    sides = [row.first is None for row in found.rows]
    assert sides == sorted(sides)
    assert set(sides) == {False, True}


def test_a_report_is_itself() -> None:
    assert verdict(compare_articles(Article("a", WIRE), Article("a", WIRE))) == "one and the same report"


def test_reports_of_one_story_that_are_no_copies_of_each_other_are_told_to_be() -> None:
    found = compare_articles(Article("a", WIRE), Article("b", OTHER))

    assert verdict(found) == "no copies of one another"
    assert verdict(found, "s-1") == "no copies of one another, but both of story s-1, by way of other copies"


def test_a_headline_is_where_the_text_begins_with_it() -> None:
    assert headline_span(headed("a", "Mill burns", WIRE)) == Span(0, 10)
    assert headline_span(Article("a", WIRE, Frame(headline="Mill burns"))) is None
