"""What people have put right in a record is read as the training reads its corpora."""

from __future__ import annotations

from pathlib import Path

from onrecord.analysis.labels import KINDS
from onrecord.evaluation.corpora import read_corpus
from onrecord.record.amend import fix, mark_wrong
from onrecord.record.export.training import write_passages
from onrecord.record.fixing import Given, GivenEvent
from onrecord.record.opening import open_record
from tests.record.made_nested import nested
from training.amended import documents, labelled

STAMP = {"time": "2026-03-01T14:05:09+00:00", "command": "onrecord amend"}


def write(path: Path) -> Path:
    with open_record(path / "news.db", create=True) as record:
        record.add(*nested(), "m1")
        with record.writing() as connection:
            fix(connection, "deep#s2", Given(kind="accusation"), **STAMP)
            fix(connection, "deep#e1", GivenEvent(type="COERCE", modes=["seize"]), **STAMP)
            mark_wrong(connection, "deep#e2", **STAMP)
        with record.reading() as connection:
            (path / "labels.jsonl").write_bytes(b"".join(write_passages(connection)))
    return path / "labels.jsonl"


def test_statements_are_read_with_their_labels(tmp_path: Path) -> None:
    (document,) = documents(write(tmp_path))
    outer, inner = document.statements
    assert (outer.nested, inner.nested) == (False, True)
    assert KINDS[inner.kind] == "accusation"
    assert document.text[inner.cue[0] : inner.cue[1]] == "had said"


def test_events_are_read_without_what_is_wrong(tmp_path: Path) -> None:
    (passage,) = labelled(write(tmp_path))
    (event,) = passage.events
    assert (event.type, event.modes, event.status) == ("COERCE", ("seize",), "occurred")
    assert passage.unsure == ()


def test_a_model_can_be_measured_on_it(tmp_path: Path) -> None:
    (article,) = read_corpus(write(tmp_path))
    assert [len(s.content) for s in article.statements] == [1, 1]
