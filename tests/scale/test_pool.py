"""Many reports at a time: in order, and one that goes wrong costs no other."""

from __future__ import annotations

import pytest

from onrecord.analysis.encoder import load_model
from onrecord.article import Article
from onrecord.contract import AnalysisOut
from onrecord.errors import UnreadableReportError
from onrecord.resolution.report import ResolvedReport
from onrecord.scale import pool

TEXT = "Mayor Ana Reyes said that the harbour of Mirna would open on Monday."


def articles(count: int) -> list[Article]:
    return [Article(id=f"r{n}", text=f"{TEXT} It was day {n}.", language="en") for n in range(count)]


def test_reports_come_back_in_order_with_errors_in_their_place() -> None:
    broken = UnreadableReportError("b: no text")
    reads = [*articles(3), broken, *articles(1)]

    found = list(pool.analyse_stream(reads, load_model()))

    assert [read for read, _ in found] == reads
    assert found[3][1] is broken
    assert all(isinstance(analysis, AnalysisOut) for _, analysis in (*found[:3], found[4]))


def test_a_fault_of_ours_costs_one_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = pool.resolve_report

    def faulty(article: Article, analysis) -> ResolvedReport:
        if article.id == "r1":
            raise IndexError("tuple index out of range")
        return resolve(article, analysis)

    monkeypatch.setattr(pool, "resolve_report", faulty)
    found = [analysis for _, analysis in pool.analyse_stream(articles(4), load_model())]

    assert [isinstance(a, AnalysisOut) for a in found] == [True, False, True, True]
    assert "r1: could not be analysed" in str(found[1])
    assert "IndexError" in str(found[1])
