"""Events in the forms of others: every field of theirs that is known, and nothing that has not come about by default."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.analysis.plover import MODES, TYPES, cameo_roots
from onrecord.errors import UsageError
from onrecord.record.asking.event_types import Event
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.export.cameo import COLUMNS as CAMEO_COLUMNS
from onrecord.record.export.events import FORMS, Form, write_events, write_file
from onrecord.record.export.plover import to_plover
from onrecord.record.export.table import COLUMNS
from onrecord.record.opening import open_record
from onrecord.record.scales import goldstein_value, plover_score, quad_code
from tests.record.made_copies import make_copies
from tests.record.made_events import Maker, make_all


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[dict[str, Event]]:
    with open_record(tmp_path_factory.mktemp("events") / "news.db", create=True) as record:
        for report in make_all():
            record.add(*report, "m1")
        with record.reading() as connection:
            yield {e.id: e for e in find_events(connection, EventQuestion())}


def written(events: dict[str, Event], form: Form) -> bytes:
    stream = io.BytesIO()
    assert write_events(events.values(), form, stream) == len(events)
    return stream.getvalue()


def cameo_rows(events: dict[str, Event], *ids: str) -> list[dict[str, str]]:
    text = written({i: events[i] for i in ids}, "cameo").decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_plover_record_has_the_fields_of_the_manual(events: dict[str, Event]) -> None:
    record = to_plover(events["shooting#e1"])
    assert (record["id"], record["date"], record["event"], record["mode"], record["context"]) == (
        "shooting#e1", "2022-01-05", ["ASSAULT"], ["firearms"], ["repression"],
    )  # fmt: skip
    assert record["actor"] == [{"code": "KAZ", "sector": "COP", "entity_text": "Riot police"}]
    assert (record["quad_code"], record["event_scale"]) == (4, -9.0)
    assert record["size"] == {"dead": 12, "dead_text": "at least 12"}
    loc = record["event_loc"]
    assert (loc["extracted_place"], loc["geonameid"], loc["country_code"], loc["resolution"]) == (
        "Almaty", 1526384, "KAZ", 4,
    )  # fmt: skip
    assert record["cite_info"]["publication"] == "The Orpel Post"
    assert (record["status"], record["reported_by"]) == ("occurred", None)
    word = record["tellings"][1]["reported_by"]
    assert (word["entity_text"], word["code"], word["sector"]) == ("Two officials", "KAZ", "GOV")
    denial = to_plover(events["shooting#e3"])
    assert (denial["status"], denial["reported_by"]["identifier_text"]) == ("denied", "Ana Orpel")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[dict[str, Event]]:
    with open_record(tmp_path_factory.mktemp("copies") / "news.db", create=True) as record:
        for report in make_copies():
            record.add(*report, "m1")
        with record.reading() as connection:
            yield {e.id: e for e in find_events(connection, EventQuestion())}


def test_an_event_that_copies_tell_is_one_record_with_all_tellings(copied: dict[str, Event]) -> None:
    record = to_plover(copied["wire#e1"])
    assert record["tellers"] == {"reports": 3, "stories": 1, "origins": 1}
    assert [(t["citation"], t["publication"]) for t in record["tellings"]] == [
        ("wire", "Karst Press"), ("post", "Morning Post"), ("echo", "Lake Valley Echo"),
    ]  # fmt: skip
    assert record["size"]["dead"] == 12
    assert [(n["number"], n["citation"]) for n in record["size"]["dead_told"]] == [(12, "wire"), (21, "echo")]
    assert "dead_told" not in to_plover(copied["star#e1"]).get("size", {})
    (row,) = cameo_rows(copied, "wire#e1")
    assert (row["Reports"], row["Stories"], row["Origins"]) == ("3", "1", "1")
    text = written({"wire#e1": copied["wire#e1"]}, "csv").decode()
    (cells,) = csv.DictReader(io.StringIO(text))
    assert (cells["reports"], cells["stories"], cells["origins"]) == ("3", "1", "1")
    assert (cells["tellings"], cells["tellings_articles"]) == ("3", "wire; post; echo")
    assert (cells["dead_low"], cells["differing"]) == ("12", "dead 12; dead 21")


def test_all_parties_of_talks_are_actors_in_plover(events: dict[str, Event]) -> None:
    record = to_plover(events["visit#e2"])
    assert [a["code"] for a in record["actor"]] == ["KAZ", "RUS"]
    assert record["recipient"] == []


def test_without_a_day_in_the_text_the_report_s_day_is_given_and_said_to_be(events: dict[str, Event]) -> None:
    record = to_plover(events["visit#e3"])
    assert (record["date"], record["date_told"]) == ("2022-01-08", "published")
    assert to_plover(events["visit#e2"])["date_told"] == "text"


def test_every_field_and_column_is_documented(events: dict[str, Event]) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
    alike = ("injured_", "crowd_")
    columns = [c.name for c in COLUMNS if not c.name.startswith(alike)]
    fields = [name for event in events.values() for name in to_plover(event)]
    for name in (*columns, *CAMEO_COLUMNS, *fields, *Event.__struct_fields__, *alike):
        assert f"`{name}`" in page, name


def test_a_stretch_of_days_has_an_end(events: dict[str, Event]) -> None:
    record = to_plover(events["visit#e1"])
    assert (record["date"], record["enddate"]) == ("2022-02-01", "2022-02-28")
    assert "enddate" not in to_plover(events["visit#e2"])


def test_a_cameo_row_has_source_target_code_value_and_place(events: dict[str, Event]) -> None:
    (row,) = cameo_rows(events, "shooting#e1")
    assert tuple(row) == CAMEO_COLUMNS
    assert (row["Source Country"], row["Source Sector"], row["Target Sector"]) == ("KAZ", "COP", "CVL")
    assert (row["CAMEO Code"], row["Goldstein"], row["Latitude"]) == ("193", "-10", "43.25")
    assert (row["Reported By"], row["Publisher"], row["Story ID"]) == ("", "The Orpel Post", "shooting")


def test_what_all_do_to_each_other_gives_rows_both_ways(events: dict[str, Event]) -> None:
    rows = cameo_rows(events, "visit#e2")
    assert [(r["Event ID"], r["Source Name"], r["Target Name"]) for r in rows] == [
        ("visit#e2/1", "Kazakhstan", "Russia"),
        ("visit#e2/2", "Russia", "Kazakhstan"),
    ]


def test_tabs_and_line_ends_do_not_break_rows(tmp_path: Path) -> None:
    m = Maker("odd", "He\tquit,\n\nsaid \"it\"; 'x'.", published=None)
    m.happen("quit", m.text, actors=[("He\tquit", None)])
    events = events_of(m, tmp_path)
    for form, delimiter in (("cameo", "\t"), ("csv", ",")):
        text = written(events, form).decode()  # type: ignore[arg-type]
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        assert [len(r) for r in rows] == [len(CAMEO_COLUMNS if form == "cameo" else COLUMNS)] * 2


def events_of(m: Maker, folder: Path) -> dict[str, Event]:
    with open_record(folder / "r.db", create=True) as record:
        record.add(*m.made(), "m1")
        with record.reading() as connection:
            return {e.id: e for e in find_events(connection, EventQuestion())}


def test_a_place_that_is_on_no_map_keeps_its_words(tmp_path: Path) -> None:
    m = Maker("ford", "Rebels crossed the ford at Mirnavel, near Old Brunn.", published="2024-03-10")
    m.happen("crossed", m.text, actors=[("Rebels", None)], places=["Mirnavel", "Old Brunn"])
    events = events_of(m, tmp_path)
    (row,) = cameo_rows(events, "ford#e1")
    assert (row["Location"], row["Location Country"], row["Latitude"]) == ("Mirnavel; Old Brunn", "", "")
    (flat,) = csv.DictReader(io.StringIO(written(events, "csv").decode(), newline=""))
    assert (flat["place"], flat["place_words"]) == ("", "Mirnavel; Old Brunn")
    (tmp_path / "e.parquet").write_bytes(written(events, "parquet"))
    assert pq.read_table(tmp_path / "e.parquet").to_pylist()[0]["place_words"] == ["Mirnavel", "Old Brunn"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝"])
def test_no_words_of_a_report_are_a_formula_in_a_spreadsheet(begin: str, tmp_path: Path) -> None:
    m = Maker("odd", f"{begin}SUM(9) fled.", published="2024-03-10", outlet=f"{begin}Post")
    m.happen("fled", m.text, actors=[(f"{begin}SUM(9)", None)])
    events = events_of(m, tmp_path)
    (row,) = cameo_rows(events, "odd#e1")
    (flat,) = csv.DictReader(io.StringIO(written(events, "csv").decode(), newline=""))
    assert (row["Source Name"], row["Sentence"], row["Publisher"]) == (
        f"'{begin}SUM(9)", f"'{begin}SUM(9) fled.", f"'{begin}Post",
    )  # fmt: skip
    assert (flat["actors"], flat["sentence"]) == (f"'{begin}SUM(9)", f"'{begin}SUM(9) fled.")
    assert json.loads(written(events, "plover"))["text"] == m.text


def test_csv_and_parquet_hold_the_same(events: dict[str, Event], tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(written(events, "csv").decode(), newline="")))
    (tmp_path / "e.parquet").write_bytes(written(events, "parquet"))
    table = pq.read_table(tmp_path / "e.parquet").to_pylist()
    assert [r["id"] for r in rows] == [r["id"] for r in table] == list(events)
    for flat, typed in zip(rows, table, strict=True):
        assert list(flat) == list(typed)
        assert flat["actor_codes"] == "; ".join(typed["actor_codes"])
        assert flat["dead_low"] == ("" if typed["dead_low"] is None else str(typed["dead_low"]))
        assert flat["asserted"] == str(typed["asserted"]).lower()


def test_jsonl_is_what_the_question_gives(events: dict[str, Event]) -> None:
    first = json.loads(written(events, "jsonl").splitlines()[0])
    assert (first["id"], first["status"], first["tellings"][0]["id"]) == ("visit#e1", "planned", "visit#e1")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_to_write_is_a_file_with_nothing_in_it(form: Form, tmp_path: Path) -> None:
    assert write_file([], form, tmp_path / "out") == 0
    assert (tmp_path / "out").exists()


def test_a_file_that_cannot_be_finished_is_left_as_it_was(events: dict[str, Event], tmp_path: Path) -> None:
    def stop() -> Iterator[Event]:
        yield next(iter(events.values()))
        raise KeyboardInterrupt

    (tmp_path / "out").write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_file(stop(), "csv", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_link_stays_a_link_and_a_device_a_device(events: dict[str, Event], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "out")
    write_file(events.values(), "csv", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert write_file(events.values(), "csv", Path("/dev/null")) == len(events)
    assert not Path("/dev/null").is_file()


def test_a_folder_that_is_not_there_is_named(events: dict[str, Event], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(events.values(), "csv", tmp_path / "no" / "out")


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_and_mode_has_its_place_on_the_scales(type_: str) -> None:
    assert quad_code(type_) in (1, 2, 3, 4)
    for mode in (None, *MODES[type_]):
        assert -10 <= plover_score(type_, mode) <= 10
    for root in cameo_roots(type_):
        assert goldstein_value(root) is not None


def test_conflict_is_below_nought_and_cooperation_above() -> None:
    for type_ in TYPES:
        score = plover_score(type_, None)
        assert score >= 0 if quad_code(type_) <= 2 or type_ == "REQUEST" else score < 0
