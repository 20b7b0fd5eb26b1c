"""The record loses nothing: idempotent, versioned, whole after a kill, clear when it cannot open."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import inspect

from onrecord.article import Article
from onrecord.contract import (
    ActorOut,
    AnalysisOut,
    DatelineOut,
    FrameOut,
    PartyOut,
    SourceOut,
    SpanOut,
    StatementOut,
    to_output,
)
from onrecord.errors import RecordError, UsageError
from onrecord.reading.jsonl import read_jsonl
from onrecord.reading.mail import read_mail
from onrecord.reading.options import ReadOptions
from onrecord.reading.table import read_csv
from onrecord.record import schema
from onrecord.record.asking.actors import is_nobody
from onrecord.record.asking.counts import counts
from onrecord.record.asking.find_article import find_article
from onrecord.record.asking.statements import Question, count_said, said
from onrecord.record.full_text import fts5_query
from onrecord.record.opening import open_record
from onrecord.record.store import Outcome
from onrecord.record.versions import write_version
from onrecord.resolution.report import resolve_report
from tests.record.asked import address, change, rows
from tests.record.made import dump, make_event

TEXT = "Kaya Brandt urged the port to reopen. “He told me: ‘Wait,’” she said."


def make_analysis(article: Article) -> AnalysisOut:
    def span(words: str) -> SpanOut:
        start = article.text.index(words)
        return SpanOut(start, start + len(words))

    def statement(
        id: str, who: str, cue: str, content: str, kind: str, within: str | None, actor: str | None
    ) -> StatementOut:
        source = span(who)
        return StatementOut(
            id=id,
            source=SourceOut(source.start, source.end, actor),
            cue=span(cue),
            content=[span(content)],
            quotation="indirect",
            attitude="speech",
            negated=False,
            kind=kind,  # type: ignore[arg-type]
            about=["a2"] if id == "s1" else [],
            addressee=None,
            date=None,
            confidence=0.9,
            within=within,
        )

    return AnalysisOut(
        id=article.id,
        text=article.text,
        title=None,
        published=article.published,
        language="en",
        frame=FrameOut(
            None, [], DatelineOut(None, None, None), [], [], [], [], [], [], None, None, None, None, []
        ),
        furniture=[],
        statements=[
            statement("s1", "Kaya Brandt", "urged", "the port to reopen", "demand", None, "a1"),
            # An inner statement may stand before its outer one in the list.
            statement("s2", "He", "told", "‘Wait,’", "demand", "s3", None),
            statement("s3", "she", "said", "“He told me: ‘Wait,’”", "assertion", None, "a1"),
        ],
        events=[
            make_event(
                "e1",
                (article.text.index("urged"), article.text.index("urged") + 5),
                actors=[PartyOut(0, 11, "a1")],
                recipients=[],
                sentence=(0, article.text.index(".") + 1),
            )
        ],
        mentions=[],
        actors=[
            ActorOut("a1", "Kaya Brandt", "person", None, None, ["Brandt"], [], {}),
            ActorOut("a2", "Orpel Port", None, None, None, [], [], {}),
        ],
        places=[],
        times=[],
    )


def make_article(text: str = TEXT, *, id: str = "one", published: str | None = "2022-01-07") -> Article:
    return Article(id=id, text=text, published=published, language="en", origin="one.txt")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def add(path: Path, article: Article) -> Outcome:
    with open_record(path, create=True) as record:
        return record.add(article, make_analysis(article), "m1")


def test_a_report_is_written_with_its_statements(path: Path) -> None:
    assert add(path, make_article()) is Outcome.NEW
    with open_record(path, create=False) as record, record.reading() as connection:
        assert counts(connection) == {
            "articles": 1,
            "stories": 1,
            "origins": 1,
            "statements": 3,
            "events": 1,
            "actors": 2,
            "mentions": 0,
            "places": 0,
            "times": 0,
            "corrections": 0,
        }


def test_evidence_equals_the_words_at_its_place(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        for s in said(connection, Question()):
            for e in s.evidence:
                assert TEXT[e.start : e.end] == e.text


def test_the_same_report_twice_changes_nothing(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record:
        before = dump(record)
        assert add(path, make_article()) is Outcome.KNOWN
        assert dump(record) == before


def test_another_text_under_the_same_id_is_kept_as_a_version(path: Path) -> None:
    add(path, make_article())
    changed = make_article(TEXT + " More.")
    assert add(path, changed) is Outcome.VERSION
    assert add(path, changed) is Outcome.KNOWN
    assert rows(path, "SELECT version_of FROM articles ORDER BY length(text)") == [(None,), ("one",)]


@pytest.mark.sqlite_alone("it asks SQLite to look; PostgreSQL lets no row be without what it points at")
def test_foreign_keys_hold(path: Path) -> None:
    add(path, make_article())
    assert sqlite3.connect(path).execute("PRAGMA foreign_key_check").fetchall() == []


def test_tables_bear_the_words_of_the_design(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        names = set(inspect(connection).get_table_names())
    assert {"articles", "statements", "actors", "contents", "subjects"} <= names


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        pytest.param(Question(), ["s1", "s2", "s3"], id="all"),
        pytest.param(Question(by="Brandt"), ["s1", "s3"], id="alias and pronoun"),
        pytest.param(Question(by="kaya brandt"), ["s1", "s3"], id="case"),
        pytest.param(Question(by="Bran"), [], id="no half words"),
        pytest.param(Question(about="Orpel Port"), ["s1"], id="about an actor"),
        pytest.param(Question(about="port"), ["s1"], id="about words"),
        pytest.param(Question(kind="demand"), ["s1", "s2"], id="kind"),
        pytest.param(Question(since="2022-01-07", until="2022-01-07"), ["s1", "s2", "s3"], id="days included"),
        pytest.param(Question(since="2022-01-08"), [], id="since"),
        pytest.param(Question(match="reopen*"), ["s1"], id="words"),
        pytest.param(Question(match='"the port"'), ["s1"], id="phrase"),
        pytest.param(Question(match="( reopen *"), ["s1"], id="stray signs"),
        pytest.param(Question(match="urged OR reopen AND NOT ship"), ["s1"], id="and not"),
        pytest.param(Question(by="%"), [], id="no wildcards"),
    ],
)  # fmt: skip
def test_questions(path: Path, question: Question, ids: list[str]) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        assert [s.id.rpartition("#")[2] for s in said(connection, question)] == ids


@pytest.mark.parametrize(
    "words", ["col:on", "a-b", "ü*", "a (", "NEAR(a b)", "a AND NOT b", '"a b" OR c', "a ^b", "a + b"]
)
def test_no_words_are_a_syntax_error(path: Path, words: str) -> None:
    add(path, make_article())
    assert isinstance(fts5_query(words), str)
    with open_record(path, create=False) as record, record.reading() as connection:
        said(connection, Question(match=words))


@pytest.mark.parametrize(
    "words", ["", " ", '"', '"the port', "AND", "NOT OR", "a AND", "NOT a", "a OR OR b", '" "', "(", "*"]
)
def test_words_that_are_no_question_are_refused(path: Path, words: str) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        for ask in (said, count_said):
            with pytest.raises(UsageError, match="--match"):
                ask(connection, Question(match=words))


def test_statements_are_counted_beyond_those_that_are_given(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        question = Question(by="Brandt")
        assert len(said(connection, question, limit=1)) == 1
        assert count_said(connection, question) == 2
        assert count_said(connection, Question(match="reopen*", about="port")) == 1


def test_a_name_that_nobody_bears_is_told_from_words_and_codes(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        asked = {words: is_nobody(connection, words) for words in ("Brandt", "urged", "reopen", "Odo", "KAZ")}
    assert [words for words, nobody in asked.items() if nobody] == ["urged", "Odo"]


def test_a_report_is_found_by_id_path_and_beginning(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.reading() as connection:
        for name in ("one", "one.txt", "on"):
            row = find_article(connection, name)
            assert row is not None
            assert row.id == "one"
        assert find_article(connection, "two") is None


def test_a_report_is_found_by_the_end_of_its_path_or_its_text(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for id, origin in (("a1", "wire/monday/port.txt"), ("a2", "wire/tuesday/port.txt"), ("b1", "copy.txt")):
        article = Article(id=id, text=f"{TEXT} {id}.", published=None, language="en", origin=origin)
        add(path, article)
    (tmp_path / "elsewhere.txt").write_text(f"{TEXT} b1.", encoding="utf-8")
    with open_record(path, create=False) as record, record.reading() as connection:
        for name, id in (
            ("monday/port.txt", "a1"),
            ("./wire/tuesday/port.txt", "a2"),
            (str(tmp_path / "wire" / "monday" / "port.txt"), "a1"),
            ("elsewhere.txt", "b1"),
        ):
            row = find_article(connection, name)
            assert row is not None, name
            assert row.id == id
        for name in ("port.txt", "a"):
            with pytest.raises(UsageError, match=r"2 reports fit.*a1 \(wire/monday/port.txt\), a2"):
                find_article(connection, name)
        for name in ("ort.txt", "y.txt", "", "..", "/", "gone/port.txt"):
            assert find_article(connection, name) is None, name


def test_asking_a_record_that_is_not_there_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(RecordError, match="onrecord read"):
        open_record(path, create=False)


@pytest.mark.sqlite_alone("a file")
@pytest.mark.parametrize(
    ("content", "says"),
    [(b"this is no database, it is a text file " * 30, "not a database"), (b"", "empty")],
    ids=["text", "empty"],
)
def test_a_file_that_is_no_record_is_refused(path: Path, content: bytes, says: str) -> None:
    path.write_bytes(content)
    with pytest.raises(RecordError, match=says):
        open_record(path, create=False)


def test_another_programs_database_is_refused(path: Path) -> None:
    change(path, "CREATE TABLE recipes (name integer)")
    with pytest.raises(RecordError, match="not a record"):
        open_record(path, create=True)


def test_a_newer_record_is_refused(path: Path) -> None:
    add(path, make_article())
    with open_record(path, create=False) as record, record.writing() as connection:
        write_version(connection, schema.SCHEMA_VERSION + 1)
    with pytest.raises(RecordError, match="newer onrecord"):
        open_record(path, create=False)


@pytest.mark.sqlite_alone("a file")
def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="does not exist"):
        open_record(tmp_path / "no" / "news.db", create=True)


def test_a_killed_writer_leaves_whole_reports_only(path: Path) -> None:
    """Kill a process that writes without pause; what it acknowledged is there, nothing by halves."""
    program = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        sys.path[:0] = {[str(Path(__file__).parents[2])]!r}
        from tests.record.test_store import make_analysis, make_article
        from onrecord.record.opening import open_record
        with open_record({address(path)!r}, create=True) as record:
            for n in range(100000):
                article = make_article(id=f"r{{n}}")
                record.add(article, make_analysis(article), "m1")
                print(n, flush=True)
        """
    )
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            last = [int(next(writer.stdout)) for _ in range(12)][-1]
            os.kill(writer.pid, signal.SIGKILL)
        with open_record(path, create=False) as record, record.reading() as connection:
            found = counts(connection)
            tellings = connection.execute(schema.events.select()).all()
        assert found["articles"] >= last + 1
        assert found["statements"] == 3 * found["articles"]
        # Their texts are alike: copies, which tell one event.
        assert (len(tellings), found["events"]) == (found["articles"], 1)


def test_a_reader_works_while_a_writer_writes(path: Path) -> None:
    add(path, make_article())
    with (
        open_record(path, create=True) as writer,
        open_record(path, create=False) as reader,
        writer.writing() as open_transaction,
        reader.reading() as connection,
    ):
        open_transaction.execute(schema.articles.update().values(outlet="x"))
        assert counts(connection)["articles"] == 1


def test_the_way_back_into_a_mail_is_kept_with_how_its_parts_were_sent(tmp_path: Path) -> None:
    mail = (
        b"From: a@orvik.example\r\nSubject: Port\r\nDate: Fri, 7 Jan 2022 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(TEXT.encode())
    )
    (article,) = (a for a in read_mail(io.BytesIO(mail), "a.eml", ReadOptions()) if isinstance(a, Article))
    path = tmp_path / "mail.db"
    with open_record(path, create=True) as record:
        record.add(article, to_output(article, resolve_report(article, None)), None)

    ((kept,),) = rows(path, "SELECT source_map FROM articles")
    told = json.loads(kept)
    assert [transfer for _, _, transfer, _ in told["pieces"]][-1] == "base64"
    start, end = told["pieces"][-1][:2]
    assert base64.b64decode(mail[start:end]) == TEXT.encode()


def test_the_way_back_to_a_row_is_kept_with_how_its_cells_are_written(tmp_path: Path) -> None:
    table = f'id,title,text\n1,"A ""bridge"" shut","{TEXT}"\n'.encode()
    lines = b'{"id": "2", "text": "It rained\\nin Caf\\u00e9 Orvik."}\n'
    read = [*read_csv(io.BytesIO(table), "a.csv", ReadOptions()), *read_jsonl(io.BytesIO(lines), "a.jsonl", ReadOptions())]  # fmt: skip
    path = tmp_path / "rows.db"
    with open_record(path, create=True) as record:
        for article in read:
            assert isinstance(article, Article)
            record.add(article, to_output(article, resolve_report(article, None)), None)

    told = [json.loads(way) for (way,) in rows(path, "SELECT source_map FROM articles ORDER BY id")]
    for way, data, number, name in ((told[0], table, 2, "a.csv"), (told[1], lines, 1, "a.jsonl")):
        cells = [(start, end) for start, end, _, _ in way["pieces"]]
        assert hashlib.sha256(data[cells[0][0] : cells[-1][1]]).hexdigest() == way["sha256"]
        assert way["row"] == {"file": name, "number": 1, "line": number, "column": "text", "cell": list(cells[-1])}  # fmt: skip
    assert [table[a:b].decode() for a, b, _, _ in told[0]["pieces"]] == ['A ""bridge"" shut', TEXT]
    assert [how for _, _, how, _ in told[0]["pieces"] + told[1]["pieces"]] == ["csv", "csv", "json"]
    start, end = told[1]["runs"][0][2], told[1]["runs"][-1][3]
    assert lines[start:end] == b"It rained\\nin Caf\\u00e9 Orvik"


@pytest.mark.sqlite_alone("PostgreSQL looks after its files")
@pytest.mark.parametrize("create", [True, False])
def test_a_path_that_cannot_be_looked_at_is_told(tmp_path: Path, create: bool) -> None:
    with pytest.raises(RecordError, match="Check the folder"):
        open_record(tmp_path / ("x" * 300) / "news.db", create=create)
