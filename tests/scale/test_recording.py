"""Reports into the record: what became of each is told, and one that goes wrong costs no other."""

from __future__ import annotations

from pathlib import Path

from onrecord.analysis.encoder import load_model
from onrecord.article import Article
from onrecord.errors import UnreadableReportError
from onrecord.reading.files import read_given, read_report
from onrecord.record.opening import open_record
from onrecord.scale.recording import Recorded, Unread, record_reports

TEXT = "Mayor Ana Reyes said that the harbour of Mirna would open on Monday."
GERMAN = "Die Bürgermeisterin sagte am Montag, dass der Hafen von Mirna im Winter geöffnet werden soll. " * 4


def test_each_report_is_told_with_what_became_of_it(tmp_path: Path) -> None:
    reads = [
        read_given({"text": TEXT}, "a"),
        UnreadableReportError("b: no text"),
        read_given({"text": TEXT}, "c"),
        Article(id="half", text="Half a \ud800 character.", language="en", origin="d"),
        read_given({"text": GERMAN}, "e"),
        read_report(f"{TEXT} Für alle, meinte sie.".encode("latin-1"), "f"),
    ]
    with open_record(tmp_path / "news.db", create=True) as store:
        found = list(record_reports(store, reads, load_model()))
        ids = [store.id_of(one.article) for one in found if isinstance(one, Recorded)]
    outcomes = [one.outcome.value if isinstance(one, Recorded) else str(one.error) for one in found]
    assert outcomes[:3] == ["recorded", "b: no text", "already on record"]
    assert isinstance(found[3], Unread)
    assert outcomes[4:] == ["recorded", "recorded"]
    assert [len(one.notes) for one in found] == [0, 0, 0, 0, 1, 1]
    assert "e: written in German" in found[4].notes[0]
    assert "f: not in UTF-8" in found[5].notes[0]
    assert ids[0] == ids[1]


def test_one_text_of_two_outlets_is_two_reports() -> None:
    one, other, none = (read_given({"text": TEXT, "outlet": o}, "x") for o in ("Post", "Herald", None))
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert isinstance(none, Article)
    assert len({one.id, other.id, none.id}) == 3


def test_what_somebody_gives_and_is_no_report_is_told() -> None:
    assert isinstance(read_given({"text": " "}, "x"), UnreadableReportError)
    assert isinstance(read_given({"text": TEXT, "title": ["no", "headline"]}, "x"), UnreadableReportError)
