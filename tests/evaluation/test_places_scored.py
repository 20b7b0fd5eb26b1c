from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.analysis.encoder import load_model
from onrecord.article import Span
from onrecord.cli import app
from onrecord.errors import UsageError
from onrecord.evaluation.places import (
    LabelledPlace,
    LabelledReport,
    Row,
    evaluate_places,
    find_by,
    is_right,
    score_report,
)
from onrecord.resolution.gazetteer import Entry, load_gazetteer
from onrecord.resolution.places import PlaceName

TEXT = "The mayor of Almaty met an Israeli envoy in Paris. Nobody came from Zlatopolsk."
PLACES = [
    {"span": [13, 19], "geonameid": 1526384, "lat": 43.25, "lon": 76.95},
    {"span": [27, 34], "geonameid": 294640, "lat": 31.5, "lon": 34.75, "feature": "PCLI"},
    {"span": [44, 49], "geonameid": None, "lat": 48.85, "lon": 2.35, "wikipedia": "https://x/wiki/Paris"},
    {"span": [68, 78], "geonameid": None, "lat": 50.0, "lon": 30.0},
    {"span": [4, 9], "geonameid": None, "lat": None, "lon": None},
]


def entry(name: str, kind: str) -> Entry:
    gazetteer = load_gazetteer()
    entries = [gazetteer.entry(int(r)) for r in gazetteer.find(name)[0]]
    return next(e for e in entries if e.kind == kind)


def write(folder: Path, *rows: object) -> Path:
    path = folder / "places.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n", "utf-8")
    return path


def find_words(text: str) -> list[PlaceName]:
    return [PlaceName(Span(text.find(w), text.find(w) + len(w))) for w in ("Almaty", "Israeli", "Paris")]


def test_places_are_scored(tmp_path: Path):
    figures = evaluate_places(write(tmp_path, {"text": TEXT, "toponyms": PLACES}), find_words)
    assert figures == {
        "all": {
            "given": 75.0,
            "found": 75.0,
            "listed": 50.0,
            "answered": 75.0,
            "right of answered": 100.0,
            "count": 4,
        }
    }


def test_corpora_are_scored_apart(tmp_path: Path):
    rows = [{"text": TEXT, "toponyms": PLACES, "corpus": c} for c in ("a", "b")]
    assert {n: f["count"] for n, f in evaluate_places(write(tmp_path, *rows), find_words).items()} == {
        "all": 8,
        "a": 4,
        "b": 4,
    }


def test_missed_name_counts_as_wrong():
    report = LabelledReport(TEXT, [LabelledPlace((13, 19), 43.25, 76.95)])
    assert score_report(report, lambda _: []) == [Row(answered=True, given=True, found=False, listed=False)]


def test_capital_that_acts_is_found_and_not_listed():
    report = LabelledReport("Paris recalled its envoy.", [LabelledPlace((0, 5), 48.85, 2.35)])
    (row,) = score_report(report, lambda _: [PlaceName(Span(0, 5))])
    assert row.found
    assert not row.listed


def test_country_is_right_by_its_id_or_page_however_far_its_point():
    russia = entry("Russia", "country")
    assert is_right(LabelledPlace((0, 1), 55.0, 37.0, geonameid=2017370), russia)
    assert is_right(LabelledPlace((0, 1), 55.0, 37.0, wikipedia="https://x/wiki/Russia"), russia)
    assert not is_right(LabelledPlace((0, 1), 60.0, 100.0, geonameid=1), russia)
    georgia = entry("Georgia", "country")
    assert is_right(LabelledPlace((0, 1), 0.0, 0.0, wikipedia="https://x/wiki/Georgia_(country)"), georgia)


def test_town_is_right_within_a_hundred_miles():
    paris = entry("Paris", "capital")
    assert is_right(LabelledPlace((0, 1), 48.0, 3.0), paris)
    assert not is_right(LabelledPlace((0, 1), 45.8, 4.8), paris)


def test_names_are_those_that_analysis_finds():
    text = "President Ilse Maran of Kazakhstan met the Vessara Group in Almaty on Monday. The Kazakh side said so."
    found = {n.span.of(text) for n in find_by(load_model())(text)}
    assert found == {"Kazakhstan", "Kazakh", "Almaty"}


@pytest.mark.parametrize("line", ["{", '{"text": "a"}', ""], ids=["broken", "without toponyms", "empty"])
def test_bad_corpus_is_wrong_usage(tmp_path: Path, line: str):
    path = tmp_path / "places.jsonl"
    path.write_text(line)
    with pytest.raises(UsageError, match="places"):
        evaluate_places(path, find_words)


def test_missing_corpus_is_wrong_usage(tmp_path: Path):
    with pytest.raises(UsageError, match="cannot be read"):
        evaluate_places(tmp_path / "none.jsonl.gz", find_words)


def test_command_prints_figures(tmp_path: Path):
    path = write(tmp_path, {"text": TEXT, "toponyms": PLACES})
    result = CliRunner().invoke(app, ["evaluate", "places", str(path), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["all"]["given"] == 75.0
