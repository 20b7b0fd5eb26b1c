"""The reports by which choosing is measured are sound, and the gazetteer can answer them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.places.measure import FOLDER, SETS, Report, read_reports
from onrecord.resolution.gazetteer import find_forms, fold, load_gazetteer

REPORTS = [(name, report) for name in SETS for report in read_reports(name)]


@pytest.mark.parametrize("name", SETS)
def test_set_has_reports_of_every_scope(name: str):
    scopes = Counter(report.scope for of, report in REPORTS if of == name)
    assert scopes == {"local": 11, "national": 10, "world": 9}
    assert f"| `{name}.txt` | 30 | {sum(len(r.marked) for of, r in REPORTS if of == name)} |" in (
        FOLDER / "README.md"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("report", [r for _, r in REPORTS], ids=[r.text[:40] for _, r in REPORTS])
def test_marks_are_taken_out_and_answers_are_in_the_gazetteer(report: Report):
    assert not set("[]|") & set(report.text)
    gazetteer = load_gazetteer()
    for marked in report.marked:
        entries = [gazetteer.entry(int(r)) for r in find_forms(gazetteer, marked.span.of(report.text))[0]]
        of_country = [e for e in entries if e.country == marked.country]
        assert any(marked.region is None or fold(e.region or "") == fold(marked.region) for e in of_country)
