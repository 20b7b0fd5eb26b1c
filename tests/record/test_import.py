"""What a record exports another one imports, and exports again byte by byte; what contradicts itself is not taken."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from onrecord.article import Article
from onrecord.contract import AnalysisOut, MentionOut, json_schema
from onrecord.errors import UnreadableReportError, UsageError
from onrecord.record import schema
from onrecord.record.correct import Imported, merge, rename, split
from onrecord.record.export.reports import ReportQuestion, find_reports, report_ids
from onrecord.record.export.writing import json_lines
from onrecord.record.importing import UNKNOWN_MODEL, Brought, import_lines, read_report
from onrecord.record.json_lines import write_lines
from onrecord.record.opening import open_record
from onrecord.record.people import load_corrections
from onrecord.record.store import Outcome, Record
from tests.record.made import REGISTERED, dump, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

STAMP = {"time": "2026-01-01T00:00:00+00:00", "command": "onrecord actor"}


def exported(record: Record, question: ReportQuestion | None = None) -> bytes:
    with record.reading() as connection:
        return b"".join(json_lines(find_reports(connection, question or ReportQuestion())))


def imported(record: Record, lines: bytes, **more: Any) -> list[Any]:
    return list(import_lines(record, lines.splitlines(keepends=True), "x.jsonl", **more))


def brandt() -> tuple[Article, AnalysisOut]:
    speaker = make_actor("a1", "Kaya Brandt", aliases=["Brandt", "Ms Brandt"])
    article, analysis = make_report("r-1", speaker, make_actor("a2", "Ana Orpel", registry=REGISTERED))
    # A second mention, so that one of them can be split off.
    start = article.text.index("would")
    mentions = [*analysis.mentions, MentionOut(start, start + 5, "PER", "pronoun", "a1")]
    return article, replace(analysis, mentions=mentions)


@pytest.fixture
def record(tmp_path: Path) -> Any:
    """A record with copies, events, a version, a report in another language, and splits of mentions."""
    with open_record(tmp_path / "news.db", create=True) as made:
        article, analysis = brandt()
        for report in [*make_all(), *make_copies(), (article, analysis)]:
            made.add(*report, "m1")
        text = article.text + " She did not."
        made.add(replace_article(article, text=text), replace(analysis, text=text), "m2")
        foreign = replace(
            analysis, id="r-2", text="Sie ging.", language="de", statements=[], events=[], mentions=[],
            actors=[], places=[], times=[],
        )  # fmt: skip
        made.add(Article("r-2", "Sie ging.", language="de"), foreign, None)
        with made.writing() as connection:
            split(connection, "Kaya Brandt", ["r-1:0"], **STAMP)
            rename(connection, REGISTERED, "Ana Maria Orpel", **STAMP)
        yield made


def replace_article(article: Article, **changes: Any) -> Article:
    return dataclasses.replace(article, **changes)


def test_a_record_that_imports_an_export_exports_the_same_bytes(record: Record, tmp_path: Path) -> None:
    first = exported(record)
    with record.reading() as connection:
        corrections = write_lines(load_corrections(connection).made)
    with open_record(tmp_path / "other.db", create=True) as other:
        # Corrections before reports: they hold for what comes later too.
        imported(other, corrections)
        found = imported(other, first)
        assert {type(f) for f in found} == {Brought}
        assert exported(other) == first
        assert dump(other) == dump(record)
        with other.reading() as connection, record.reading() as before:
            when = select(schema.articles.c.id, schema.articles.c.recorded).order_by(schema.articles.c.id)
            assert connection.execute(when).all() == before.execute(when).all()


def test_corrections_in_the_same_file_are_made_in_their_order(record: Record, tmp_path: Path) -> None:
    with record.reading() as connection:
        corrections = write_lines(load_corrections(connection).made)
    with open_record(tmp_path / "other.db", create=True) as other:
        *_, last = imported(other, corrections + exported(record))
        assert last == Imported(added=2, known=0, changed=last.changed)
        assert dump(other) == dump(record)


def test_an_export_tells_what_analysis_found(tmp_path: Path) -> None:
    article, analysis = brandt()
    with open_record(tmp_path / "news.db", create=True) as record:
        record.add(article, analysis, "m1")
        with record.writing() as connection:
            merge(connection, "Ana Orpel", "Kaya Brandt", **STAMP)
            split(connection, "Ana Orpel", ["r-1:0"], **STAMP)
        with record.reading() as connection:
            (report,) = find_reports(connection, ReportQuestion())
    told = msgspec.to_builtins(report)
    assert {k: told[k] for k in msgspec.to_builtins(analysis)} == msgspec.to_builtins(
        replace(analysis, origin="r-1.txt")
    )
    assert (report.model, report.schema, report.version_of) == ("m1", schema.SCHEMA_VERSION, None)


def test_an_export_fits_the_schema_of_the_output(record: Record) -> None:
    fields = json_schema()["$defs"]["AnalysisOut"]
    for line in exported(record).splitlines():
        told = msgspec.json.decode(line)
        assert set(fields["required"]) <= told.keys()
        assert fields["properties"].keys() <= told.keys()
        msgspec.json.decode(line, type=AnalysisOut)


def test_importing_twice_changes_nothing(record: Record) -> None:
    before = dump(record)
    assert {b.outcome for b in imported(record, exported(record))} == {Outcome.KNOWN}
    assert dump(record) == before


def test_each_report_comes_before_its_versions(record: Record) -> None:
    with record.reading() as connection:
        ids = report_ids(connection, ReportQuestion())
    (version,) = [id for id in ids if "@" in id]
    assert ids.index("r-1") < ids.index(version)


def test_a_version_whose_report_is_missing_is_not_taken(record: Record, tmp_path: Path) -> None:
    (line,) = [x for x in exported(record).splitlines() if msgspec.json.decode(x)["version_of"]]
    with open_record(tmp_path / "other.db", create=True) as other:
        (error,) = imported(other, line)
        assert "another version of r-1, which is not on record" in str(error)


def test_another_text_under_an_id_becomes_a_version(record: Record) -> None:
    (line,) = [x for x in exported(record).splitlines() if msgspec.json.decode(x)["id"] == "r-2"]
    told = msgspec.json.decode(line)
    told["text"] = "Sie blieb."
    (brought,) = imported(record, msgspec.json.encode(told))
    assert brought.outcome is Outcome.VERSION
    assert brought.id.startswith("r-2@")


def test_what_analyse_prints_is_taken_with_a_model_that_is_told_or_unknown(tmp_path: Path) -> None:
    line = msgspec.json.encode(brandt()[1])
    assert read_report(line).model == UNKNOWN_MODEL
    assert read_report(line, model="m7").model == "m7"
    foreign = msgspec.json.encode(replace(brandt()[1], language="de"))
    assert read_report(foreign).model is None
    with open_record(tmp_path / "news.db", create=True) as record:
        assert imported(record, line, model="m7") == [Brought("r-1", Outcome.NEW)]
        with record.reading() as connection:
            (report,) = find_reports(connection, ReportQuestion())
    assert (report.model, report.recorded is not None) == ("m7", True)


def test_a_report_of_an_older_schema_stays_one_that_lacks_something(record: Record, tmp_path: Path) -> None:
    with record.writing() as connection:
        old = update(schema.articles).where(schema.articles.c.id == "r-1").values(schema=4)
        connection.execute(old)
    line = next(x for x in exported(record).splitlines() if msgspec.json.decode(x)["id"] == "r-1")
    with open_record(tmp_path / "other.db", create=True) as other:
        imported(other, line)
        assert exported(other).rstrip() == line
        assert other.add(*brandt(), "m1") is Outcome.RENEWED


def altered(change: Callable[[dict[str, Any]], None]) -> bytes:
    told = msgspec.to_builtins(brandt()[1])
    change(told)
    return msgspec.json.encode(told)


def _set(path: Sequence[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(told: Any) -> None:
        *way, last = path
        for step in way:
            told = told[step]
        told[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_set(["mentions", 0, "end"], 4_000), "is not in its text"),
        (_set(["mentions", 0, "start"], -1), "is not in its text"),
        (_set(["statements", 0, "content", 0, "end"], 0), "is not in its text"),
        (_set(["statements", 0, "about"], ["a9"]), "speaks of a9"),
        (_set(["statements", 0, "about"], ["a1", "a1"]), "twice"),
        (_set(["statements", 0, "id"], "../s"), "none of the ids s1"),
        (_set(["statements", 0, "within"], "s1"), "leads back to itself"),
        (_set(["statements", 0, "date"], "soon"), "is no day"),
        (_set(["events", 0, "same_as"], "e2"), "leads back to itself"),
        (_set(["events", 0, "place"], "p7"), "speaks of p7"),
        (_set(["events", 1, "id"], "e1"), "is there twice"),
        (_set(["events", 0, "reported_by"], "s4"), "speaks of s4"),
        (_set(["actors", 0, "name"], ""), "empty name"),
        (_set(["times", 0, "text"], "Sunday"), "does not stand at"),
        (_set(["published"], "20x2-01-07"), "is no day"),
        (_set(["id"], ""), "has no id"),
        (_set(["version_of"], "r-7"), "not that of a version"),
        (_set(["recorded"], "today"), "is no time"),
        (_set(["text"], None), "not a report"),
        (_set(["statements", 0, "kind"], "song"), "not a report"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_named_and_the_next_one_taken(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], reason: str
) -> None:
    good = msgspec.json.encode(replace(brandt()[1], id="r-3"))
    with open_record(tmp_path / "news.db", create=True) as record:
        error, brought = imported(record, altered(change) + b"\n\n" + good)
        assert brought == Brought("r-3", Outcome.NEW)
    assert isinstance(error, UnreadableReportError)
    assert reason in str(error)
    assert str(error).startswith("x.jsonl, line 1: ")


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b"\xff\xfe", b'"\\ud800"', b"[" * 5_000, b"null", b'{"id": 4}'], ids=repr
)
def test_what_is_no_report_is_named(line: bytes) -> None:
    with pytest.raises(UnreadableReportError, match="not a report as onrecord tells it"):
        read_report(line)


def test_a_correction_that_is_none_stops_all_corrections(record: Record) -> None:
    with record.reading() as connection:
        (one, _) = load_corrections(connection).made
    with pytest.raises(UsageError, match=r"x\.jsonl, line 2: not a correction"):
        imported(record, write_lines([one]) + b'{"what": "sing"}\n')


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (ReportQuestion(outlet="Karst Press"), ["wire"]),
        (ReportQuestion(match="nowhere"), []),
        (ReportQuestion(until="1999-01-01"), []),
    ],
)
def test_reports_are_chosen(record: Record, question: ReportQuestion, ids: list[str]) -> None:
    with record.reading() as connection:
        assert report_ids(connection, question) == ids
        assert [r.id for r in find_reports(connection, question)] == ids


def test_as_many_are_given_as_are_asked_for(record: Record) -> None:
    with record.reading() as connection:
        every = report_ids(connection, ReportQuestion())
        assert [r.id for r in find_reports(connection, ReportQuestion(), limit=2)] == every[:2]
