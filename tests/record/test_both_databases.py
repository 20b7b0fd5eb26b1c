"""The same reports in SQLite and in PostgreSQL: the same rows in the same order, the same answers, the same errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, String, create_engine, insert, select, text
from typer.testing import CliRunner

from onrecord.analysis.encoder import load_model
from onrecord.article import Article
from onrecord.cli import app
from onrecord.contract import AnalysisOut, CountOut
from onrecord.errors import OnrecordError, UnreadableReportError, UsageError
from onrecord.reading.files import read_paths
from onrecord.reading.options import ReadOptions
from onrecord.record import correct, schema
from onrecord.record.asking.find_article import find_article
from onrecord.record.asking.statements import Question, said
from onrecord.record.fitting import LONGEST_ID, LONGEST_NAME
from onrecord.record.full_text import articles_with, sources_with, statements_with
from onrecord.record.location import locate
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from onrecord.scale.pool import analyse_stream
from tests.record.made import make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import Report, make_all

EXAMPLES = Path(__file__).parents[2] / "examples"
WORDS = (
    "Ça, l’été à Łódź",
    "m² of 2½ acres",
    "ＦＵＬＬ width ﬁre",
    "the land-reform",
    "İstanbul ISTANBUL ıstanbul",
    "straße STRASSE",
    "Đorđe Ðorðe",
    "naïve cafe\u0301",
    "Йошкар-Ола Ёлка",
    "ΣΊΣΥΦΟΣ",
    "1,200.50 a.b.c x_y",
    "‘don’t’ don't",
    "\u200bhidden \u00adwords",
    "قرآن أحمد",
    "서울 시장",
    "東京都",
    "x" * 3_000,
    "100₽ ₹5",
    "A.M. o'clock https://onrecord.example/a-b?c=d user@onrecord.example",
)
ASKED = (
    *WORDS,
    *("ete", "m", "m²", "2", "2½", "full", "fire", "ﬁre", "reform", "Istanbul", "strasse", "dorde", "cafe", "café"),
    *("елка", "йошкар", "σισυφος", "1200", "x_y", "don", "dont", "words", "احمد", "قر", "서울", "東京", "x" * 2_990 + "*"),
    *("orvik*", "Orvik NOT rain", '"that Tomas"', "go OR would AND NOT Kaya", "land*", "onrecord", "a-b", "100", "5"),
)  # fmt: skip
COMMANDS = (
    *("said", "said --by Orpel", "said --about Orpel", "said --by KAZGOV", "said --by police", "said --match go*"),
    *("said --kind prediction", "said --since 2024-01-01", "said --until 2023-12-31", "said --variants", "said --csv"),
    *("said --outlet orpel", "said --by Nobody", "said --limit 3 --offset 2", "said --by the"),
    *("events", "events --status occurred --since 2022-01-01 --until 2024-12-31", "events --actor COP", "events --csv"),
    *("events --country KAZ", "events --type ASSAULT", "events --reported-by MIL", "events --asserted-only"),
    *("search Monday", "search go* --by Brandt", "search market", "search said since:2024-01-01", "search gone --headline a"),
    *("timeline --actor Orpel", "timeline --about market", "timeline --place Almaty", "timeline --since 2024-03-05"),
    *("place Almaty", "place Orpelstadt", "place Kazakhstan", "place nowhere", "predictions", "predictions --by Brandt"),
    *("contradictions", "contradictions --disputed", "sources", "sources --csv", "sources --about Orpel"),
    *("stories", "stories --copied", "story wire", "story s-", "compare wire echo", "status", "show wire", "show WIRE"),
    *("show one", "actor show Orpel", "actor show Brandt --why", "actor show nobody", "actor corrections", "check"),
    *("export events --as jsonl", "export events --as csv", "export events --as plover", "export events --as cameo"),
)  # fmt: skip


def make_reports() -> list[Report]:
    """Reports made by hand, those of `examples/`, and some that are hard to keep."""
    reports = [*make_copies(), *make_all()]
    kaya = make_actor("a2", "Kaya Brandt", aliases=["Brandt"], country="DEU")
    for n, (published, words) in enumerate(
        zip((None, "2022-01-07", "2022-01-07T10:00:00Z") * 9, WORDS, strict=False)
    ):
        subject = make_actor("a1", words[:200], aliases=[words[:40], "Orpel"], country="KAZ", sector="GOV")
        reports.append(make_report(f"R{n}-{'aZ'[n % 2]}", kaya, subject, published=published))
    article, analysis = make_report("one", kaya, make_actor("a1", "Tomas Adeyrin"))
    reports.append((article, analysis))
    later = make_report("one", kaya, make_actor("a1", "Ilse Maran"), published=None)
    reports.append((replace(later[0], title="Another", outlet="The Orpel Post"), later[1]))
    many = make_report("many", kaya, make_actor("a1", "Tomas Adeyrin"))
    crowd = CountOut(0, 4, 8_000_000_000, None, True)
    many[1].events[0] = msgspec.structs.replace(many[1].events[0], crowd=crowd)
    reports.append(many)
    options = ReadOptions()
    for read in analyse_stream(read_paths([str(EXAMPLES)], options), load_model()):
        if isinstance(read[0], Article) and isinstance(read[1], AnalysisOut):
            reports.append((read[0], read[1]))
    return reports


@pytest.fixture(scope="module")
def two(
    request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Record]]:
    """A record of each database with the same reports."""
    if database == "sqlite":
        pytest.skip("it is compared with PostgreSQL")
    address: str = request.getfixturevalue("postgresql")
    engine = create_engine(locate(address).url)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA twin"))
    engine.dispose()
    places = {
        "sqlite": str(tmp_path_factory.mktemp("both") / "r.db"),
        "postgresql": f"{address}&options=-csearch_path%3Dtwin",
    }
    reports = make_reports()
    with (
        open_record(places["sqlite"], create=True) as one,
        open_record(places["postgresql"], create=True) as other,
    ):
        for record in (one, other):
            for article, analysis in reports:
                record.add(article, analysis, "m1")
            with record.writing() as connection:
                name = "Tomas Adeyrin of Karst"
                correct.rename(
                    connection, "Tomas Adeyrin", name, time="2026-01-01T00:00:00Z", command="rename"
                )
                for table in (schema.amendments, schema.watches):
                    told: dict[str, Any] = {
                        c.name: c.name for c in table.columns if isinstance(c.type, String)
                    }
                    if table is schema.watches:
                        told["newest"] = 0
                    connection.execute(insert(table), told)
        yield {"sqlite": one, "postgresql": other}


def both(two: dict[str, Record], ask: Callable[[Connection], Any]) -> Any:
    """What both answer, or say why they do not; it must be the same."""
    answers = []
    for record in two.values():
        with record.reading() as connection:
            try:
                answers.append(ask(connection))
            except OnrecordError as error:
                answers.append(repr(error))
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize("table", schema.metadata.tables)
def test_tables_have_the_same_rows(two: dict[str, Record], table: str) -> None:
    columns = [c for c in schema.metadata.tables[table].columns if c.name != "recorded"]
    # In the order of the database itself.
    query = select(*columns).order_by(*(c.nulls_first() for c in columns))
    assert both(two, lambda connection: [tuple(row) for row in connection.execute(query)])


@pytest.mark.parametrize("view", ["said", "told", "named", "descended"])
def test_views_have_the_same_rows(two: dict[str, Record], view: str) -> None:
    def rows(connection: Connection) -> list[str]:
        rows = connection.execute(text(f"SELECT * FROM {view}"))
        return sorted(repr([float(v) if isinstance(v, bool | int) else v for v in row]) for row in rows)

    assert both(two, rows)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["", "--json"])
def test_commands_print_the_same(two: dict[str, Record], command: str, form: str) -> None:
    if form and ("--csv" in command or command.startswith("export") or "corrections" in command):
        pytest.skip("it has no such form")
    printed = []
    for record in two.values():
        url = record.location.url.render_as_string(hide_password=False)
        place = str(record.location.path or url)
        words = [*command.split(), *([form] if form else []), "--record", place]
        result = CliRunner().invoke(app, words)
        assert result.exception is None or isinstance(result.exception, OnrecordError | SystemExit), result
        out = (result.stdout, result.stderr, result.exit_code, str(result.exception or ""))
        named = [str(o).replace(str(record.location), "X").replace(place, "X") for o in out]
        printed.append([re.sub(r'in [0-9.]+ s|"seconds":[0-9.]+', "", o) for o in named])
    if command == "status":
        printed = [[line for line in out[0].splitlines() if "X" not in line] for out in printed]
    assert printed[0] == printed[1]


@pytest.mark.parametrize("words", ASKED)
def test_full_text_finds_the_same(two: dict[str, Record], words: str) -> None:
    for table, condition in (
        (schema.articles, articles_with),
        (schema.statements, statements_with),
        (schema.statements, sources_with),
    ):
        query = select(table.c.id).where(condition(words)).order_by(table.c.id)
        both(two, lambda connection, query=query: connection.execute(query).scalars().all())


@pytest.mark.parametrize("words", [w for w in WORDS if len(w) < 100])
def test_names_and_words_find_the_same(two: dict[str, Record], words: str) -> None:
    for asked in (words, words.split()[0], words.upper(), words.casefold()):
        both(two, lambda connection, asked=asked: [s.id for s in said(connection, Question(about=asked))])
        both(two, lambda connection, asked=asked: [s.id for s in said(connection, Question(by=asked))])


@pytest.mark.parametrize(
    "name", ["R1", "r1", "R1-Z", "R1-z", "ONE", "one", "%", "R_-a", "harbour-strike.txt", "\\"]
)
def test_reports_are_found_by_the_same_letters(two: dict[str, Record], name: str) -> None:
    both(two, lambda connection: (row := find_article(connection, name)) and row.id)


@pytest.mark.parametrize("words", ["a\0b", "a\ud800b", "\0"], ids=["nul", "half", "nul alone"])
def test_words_that_are_no_text_are_refused_in_one_line(two: dict[str, Record], words: str) -> None:
    for question in (
        Question(by=words),
        Question(about=words),
        Question(match=f"x {words}"),
        Question(outlet=words),
    ):
        for record in two.values():
            with pytest.raises(UsageError) as told, record.reading() as connection:
                said(connection, question)
            assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "Kaya Brandt said \0 that."}, "its text holds the character NUL at 17"),
        ({"text": "Kaya Brandt said \udc80 that."}, r"its text holds half a character \(U\+DC80\) at 17"),
        ({"title": "\0"}, "its title holds"),
        ({"outlet": "a\0"}, "its outlet holds"),
        ({"id": "a\0"}, "its id holds"),
        ({"id": "ü" * (LONGEST_ID // 2 + 1)}, "its id has 1,002 bytes"),
    ],
    ids=["nul", "half", "title", "outlet", "id", "long id"],
)  # fmt: skip
def test_reports_that_one_of_them_cannot_keep_are_refused_by_both(
    two: dict[str, Record], change: dict[str, str], says: str
) -> None:
    article, analysis = make_report(
        "refused", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran")
    )
    for record in two.values():
        with pytest.raises(UnreadableReportError, match=says):
            record.add(replace(article, **change), analysis, "m1")


def test_a_path_whose_bytes_are_no_text_is_kept_in_digits_and_found(two: dict[str, Record]) -> None:
    article, analysis = make_report("path", make_actor("a1", "Kaya Brandt"), make_actor("a2", "Ilse Maran"))
    for record in two.values():
        record.add(replace(article, origin="caf\udce9.txt"), analysis, "m1")
    row = both(two, lambda connection: getattr(find_article(connection, "caf\udce9.txt"), "id", None))
    assert row == "path"
    assert both(two, lambda connection: find_article(connection, "path").origin) == "caf\\xe9.txt"


def test_names_are_kept_up_to_a_length(two: dict[str, Record]) -> None:
    name = "Ana " + "Ĳö" * 4_000
    report = make_report("long", make_actor("a1", name, aliases=[name + "x"]), make_actor("a2", "Ilse Maran"))
    for record in two.values():
        record.add(*report, "m1")
    names = select(schema.appearances.c.name).where(schema.appearances.c.id == "long#a1")
    assert both(two, lambda connection: connection.execute(names).scalars().all()) == [name[:LONGEST_NAME]]
