"""The rooms of questions: the filters of the command line, sorted, counted, downloaded whole; what is wrong stands at its field."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record, heard_rows
from onrecord.article import Frame
from onrecord.record.opening import open_record
from onrecord.web import asked, questions, showing
from onrecord.web.app import make_app
from onrecord.web.questions import SaidQuestion
from onrecord.web.showing import described
from tests.record.made import make_actor
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all
from tests.record.made_statements import Line, make_report
from tests.web.made_room import HERE, HOSTILE, Read

ORPEL = make_actor("a1", "Ana Orpel", country="KAZ", sector="GOV")
ROOMS = ("/said", "/events", "/timeline", "/predictions", "/contradictions", "/sources")
COUNTED = ("said", "events")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "news.db"
    kinds = ("demand", "denial", "prediction", "prediction")
    lines = [
        Line("Ana Orpel", "said", f"that the bridge number {n} would open soon", ORPEL, {"kind": kind})
        for n, kind in enumerate(kinds)
    ]
    with open_record(path, create=True) as record:
        record.add(*make_report("bridge", *lines, published="2024-02-01", outlet="Karst Echo"), "m1")
        # Two reports that are no copies of each other.
        for day, will, beside in (
            ("2024-03-04", "will", "that herring and mackerel were cheap at the morning market in Lesk"),
            (
                "2024-03-11",
                "will not",
                "that an orchestra of forty would play for the children of the old school",
            ),
        ):
            said = Line("Ana Orpel", "said", f"“The harbour of Orvik {will} close on 1 May.”", ORPEL)
            also = Line("a baker", "said", beside)
            record.add(*make_report(f"it {will}", said, also, published=day, outlet="Orpel Post"), "m1")
        for report in [*make_all(), *make_copies()]:
            record.add(*report, "m1")
        article, analysis = make_report("<b>", Line(HOSTILE, "said", HOSTILE), published=None, outlet=HOSTILE)
        record.add(replace(article, frame=Frame(headline=HOSTILE)), analysis, "m1")
    return path


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record.open(path, read_only=True) as record:
        yield record


@pytest.fixture(scope="module")
def room(record: Record) -> TestClient:
    return TestClient(make_app(record), base_url=HERE)


def links_of(page: str, **having: str) -> list[str]:
    return [
        str(a.get("href"))
        for tag, a in Read(page).tags
        if tag == "a" and all(a.get(name) == value for name, value in having.items())
    ]


@pytest.mark.parametrize("address", [*ROOMS, "/place", "/place?id=Almaty", "/said?variants=true"])
def test_each_room_opens_and_its_links_lead_somewhere(room: TestClient, address: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 200
    for link in set(links_of(answer.text)):
        parts = urlsplit(link)
        # Pictures are a room of its own.
        if not parts.scheme and parts.path not in ("", "/pictures"):
            assert room.get(link).status_code == 200, link


@pytest.mark.parametrize("address", [*ROOMS, "/said?variants=true", "/said?by=" + "%3Cimg%20src%3Dx%3E"])
def test_words_of_reports_and_of_readers_are_words(room: TestClient, address: str) -> None:
    page = room.get(address).text
    read = Read(page)
    assert {tag for tag, _ in read.tags} & {"img", "iframe", "object", "embed", "base"} == set()
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on") or name == "style"]
    assert "\u202e" not in page


@pytest.mark.parametrize("address", [*ROOMS, "/place"])
def test_each_field_has_a_label_and_its_help(room: TestClient, address: str) -> None:
    read = Read(room.get(address).text)
    labels = {a.get("for") for tag, a in read.tags if tag == "label"}
    ids = {a.get("id") for _, a in read.tags}
    fields = [a for tag, a in read.tags if tag in ("input", "select") and a.get("type") != "hidden"]
    assert {a.get("id") for a in fields} == labels
    for field in fields:
        assert set((field.get("aria-describedby") or "").split()) <= ids


def test_a_form_has_every_filter_of_its_question(room: TestClient) -> None:
    for address in ROOMS:
        read = Read(room.get(address).text)
        names = {a.get("name") for tag, a in read.tags if tag in ("input", "select")} - {"match"}
        told = next(q for q in (questions.SaidQuestion, questions.EventsQuestion, questions.TimelineQuestion,
                                questions.PredictionsQuestion, questions.ContradictionsQuestion,
                                questions.SourcesBesideQuestion) if f"/{q.name}" == address)  # fmt: skip
        assert set(described(told)) - {"sort", "match"} <= names


def test_what_is_asked_stands_as_chips_that_can_be_taken_away(room: TestClient) -> None:
    page = room.get("/events?status=planned&status=denied&actor=Orpel&mode=").text
    links = links_of(page)
    for left in ("/events?actor=Orpel&status=denied", "/events?status=planned&status=denied", "/events"):
        assert left in links
    assert [c.title for c in showing.chips(SaidQuestion(kind="demand", sort="source"))] == ["Kind"]
    told = showing.chips(questions.ContradictionsQuestion(updates=False, disputed=True))
    assert [(c.title, c.words, c.without) for c in told] == [
        ("Disputed", "", "/contradictions?updates=false"),
        ("With updates", "no", "/contradictions?disputed=True"),
    ]


@pytest.mark.parametrize("name", COUNTED)
def test_columns_are_sorted_both_ways_over_the_whole_answer(
    room: TestClient, record: Record, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "PAGE_ROWS", 2)
    ask = getattr(record, name)
    page = room.get(f"/{name}").text
    head = {str(a.get("id")): str(a.get("href")) for tag, a in Read(page).tags if tag == "a" and str(a.get("id")).startswith("sort-")}  # fmt: skip
    assert len(head) == (4 if name == "said" else 7)
    for column, link in head.items():
        by = column.removeprefix("sort-")
        answer = room.get(link).text
        is_down = by == "published"
        told = [a.get("aria-sort") for tag, a in Read(answer).tags if tag == "th" and "aria-sort" in a]
        # The order that stands already is turned round.
        assert told == ["ascending"]
        first = ask(sort=by, limit=2)
        for row in first:
            assert f"#{row.id.rpartition('#')[2]}" in answer
        turned = next(a["href"] for tag, a in Read(answer).tags if tag == "a" and a.get("id") == column)
        assert turned == (f"/{name}" if is_down else f"/{name}?sort=-{by}")
    assert 'rel="next" href="/said?sort=kind&amp;page=2"' in room.get("/said?sort=kind").text.replace("page=2&amp;sort=kind", "sort=kind&amp;page=2")  # fmt: skip


def test_a_long_answer_is_not_sorted_and_says_so(
    room: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_SORTED", 3)
    monkeypatch.setattr(questions, "MOST_COUNTED", 3)
    page = room.get("/said?sort=source").text
    assert "too many to sort by source in time: they stand newest first" in page
    told = [(a["aria-sort"], a) for tag, a in Read(page).tags if tag == "th" and "aria-sort" in a]
    assert [sort for sort, _ in told] == ["descending"]
    assert "more than 3 statements" in page
    # Who has script sees the number all the same.
    assert "/said?sort=source&amp;as=count" in page
    assert room.get("/said?as=count").text == f"{record.said().total} statements"
    assert len(room.get("/api/said?sort=source").json()["rows"]) == record.said().total


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("/said?since=Friday", "since", "Friday: not a day. Write it as YYYY-MM-DD"),
        ("/said?kind=song", "kind", "song: there is no such kind."),
        ("/said?match=%22open", "match", "a quotation mark is not closed"),
        ("/said?as_of=soon", "as_of", "soon: not a day."),
        ("/said?since=2024-02-02&until=2024-01-01", "since", "until 2024-01-01: the first day is after"),
        ("/events?country=Nowhere", "country", "Nowhere: no country of this name"),
        ("/events?type=PROTEST&mode=drone", "mode", "drone: there is no such mode of PROTEST"),
        ("/predictions?due_since=soon", "due_since", "soon: not a day."),
        ("/sources?outlet=Nowhere+Post", "outlet", "no report of this outlet is on record"),
        ("/sources?outlet=Karst+Echo&beside=Nowhere+Post", "beside", "no report of this outlet is on record"),
        ("/contradictions?outlet=Nowhere+Post", "outlet", "no report of this outlet is on record"),
    ],
)
def test_what_is_wrong_stands_at_its_field(room: TestClient, address: str, field: str, words: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 400
    read = Read(answer.text)
    wrong = [a for _, a in read.tags if a.get("aria-invalid") == "true"]
    assert [a.get("name") for a in wrong] == [field]
    assert f"e-{field}" in str(wrong[0].get("aria-describedby")).split()
    assert words in " ".join(read.words)
    assert "--" not in " ".join(read.words)
    assert 'role="alert"' in answer.text
    # The form is still there, with what was asked.
    assert 'id="ask"' in answer.text


@pytest.mark.parametrize(
    ("name", "bound"),
    [("timeline", "MOST_ENTRIES"), ("predictions", "MOST_PREDICTIONS"), ("contradictions", "MOST_LAID_BESIDE"), ("sources", "MOST_HEARD")],
)  # fmt: skip
def test_what_cannot_be_looked_through_in_time_asks_for_less(
    room: TestClient, monkeypatch: pytest.MonkeyPatch, name: str, bound: str
) -> None:
    assert "too many to be looked through" not in room.get(f"/{name}").text
    monkeypatch.setattr(questions, bound, 1)
    answer = room.get(f"/{name}")
    assert answer.status_code == 200
    assert "fit, too many to be looked through in time. Narrow the question" in answer.text
    assert 'role="alert"' not in answer.text
    assert room.get(f"/api/{name}").status_code == 400
    assert room.get(f"/{name}?as=csv").status_code == 400


def test_the_whole_answer_is_downloaded(room: TestClient, record: Record) -> None:
    answer = room.get("/said?kind=demand&sort=-source&as=csv")
    assert (
        answer.headers["content-disposition"]
        == 'attachment; filename="onrecord-said-kind-demand-sort-source.csv"'
    )
    assert answer.content == record.said(kind="demand", sort="-source").to_csv()
    rows = list(csv.DictReader(io.StringIO(room.get("/events?as=csv").text)))
    assert [row["id"] for row in rows] == [e.id for e in record.events()]
    told = room.get("/said?as=json")
    assert told.headers["content-type"] == "application/json"
    assert told.json() == msgspec.to_builtins(list(record.said()))
    assert room.get("/said?by=Nobody+Known&as=json").json() == []
    once = room.get("/said?variants=true&as=csv")
    assert once.content == record.said(variants=True).to_csv()
    for name in ("timeline", "predictions", "contradictions"):
        assert room.get(f"/{name}?as=csv").content == getattr(record, name)().to_csv()
    heard = record.sources()
    assert room.get("/sources?as=csv").content == heard_rows(heard).to_csv()
    assert msgspec.json.decode(room.get("/sources?as=json").content) == msgspec.to_builtins(heard)
    both = room.get("/sources?outlet=Karst+Echo&beside=Orpel+Post&as=csv").text
    assert {row["outlet"] for row in csv.DictReader(io.StringIO(both))} == {"Karst Echo", "Orpel Post"}


@pytest.mark.parametrize("address", ["/said?since=Friday&as=csv", "/events?type=SONG&as=json"])
def test_what_cannot_be_meant_is_no_file(room: TestClient, address: str) -> None:
    answer = room.get(address)
    assert answer.status_code == 400
    assert "content-disposition" not in answer.headers


def test_copies_are_put_together_only_where_all_can_be_held(
    room: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_SORTED", 2)
    answer = room.get("/said?variants=true&as=csv")
    assert answer.status_code == 400
    assert "too many to put together" in answer.text


def test_rows_lead_to_their_mark_their_actor_and_their_story(room: TestClient, record: Record) -> None:
    page = room.get("/said").text
    links = links_of(page)
    stories = record.in_stories([s.id.rpartition("#")[0] for s in record.said()])
    copied = next(s for s in stories.values() if s.articles > 1)
    assert f"/story?id={copied.id}" in links
    assert f"{copied.articles} reports of {copied.origins} independent origin" in page
    assert "/report?id=bridge#s1" in links
    orpel = next(s.actor_id for s in record.said(by="Ana Orpel"))
    assert any(link.startswith("/actor?id=") and str(orpel).split(":")[-1] in link for link in links)


def test_the_record_is_asked_as_of_a_day(room: TestClient, record: Record) -> None:
    assert "0 statements" in room.get("/said?as_of=1999-01-01").text
    assert room.get("/api/said?as_of=1999-01-01").json()["total"] == 0
    assert room.get("/api/said?versions=true").json()["total"] == record.said().total
    # A picture, and a question that is kept, are of the record of now.
    assert "/pictures?" not in room.get("/said?as_of=2024-01-01").text


def test_pictures_and_keeping_take_the_question_with_them(room: TestClient, path: Path) -> None:
    link = "/pictures?of=said&amp;kind=demand"
    asking = "/said?kind=demand&sort=source"
    page = room.get(asking).text
    assert link in page
    assert "/watch/new" not in page
    with open_record(path, create=False) as store, Record.open(path, read_only=True) as open_now:
        desk = TestClient(make_app(open_now, store), base_url=HERE)
        assert "/watch/new?of=said&amp;kind=demand" in desk.get(asking).text


def test_predictions_say_when_they_are_due_and_contradictions_stand_side_by_side(room: TestClient) -> None:
    page = room.get("/predictions").text
    assert "bridge number 2" in page
    assert "no day" in page
    pairs = room.get("/contradictions").text
    assert pairs.index("will close on 1 May") < pairs.index("will not close on 1 May")
    assert "7 days</span>" in pairs or "7 days apart" in pairs
    assert "<mark>" in pairs
    assert "No pair fits" in room.get("/contradictions?updates=false&about=bridge").text


def test_who_is_heard_is_told_in_figures(room: TestClient, record: Record) -> None:
    page = " ".join(Read(room.get("/sources?outlet=Karst+Echo&beside=Orpel+Post").text).words)
    assert "Herfindahl-Hirschman index" in page
    assert "Ana Orpel" in page
    assert "Orpel Post" in page


def test_names_are_offered_as_they_begin(room: TestClient) -> None:
    told = room.get("/names?of=actor&field=by&by=ana").text
    assert '<option value="Ana Orpel">KAZGOV</option>' in told
    assert "Karst Echo" in room.get("/names?of=outlet&field=outlet&outlet=kar").text
    assert "Almaty" in room.get("/names?of=place&field=id&id=alm").text
    assert room.get("/names?of=song&field=by").status_code == 400


def test_the_same_fields_are_described_for_the_page_and_for_json(room: TestClient) -> None:
    paths = room.get("/api/openapi.json").json()["paths"]
    for question in (questions.SaidQuestion, questions.EventsQuestion, questions.TimelineQuestion,
                     questions.PredictionsQuestion, questions.ContradictionsQuestion, questions.SourcesQuestion):  # fmt: skip
        told = {p["name"]: p for p in paths[f"/api/{question.name}"]["get"]["parameters"]}
        assert set(described(question)) <= set(told)
        for name, field in described(question).items():
            assert told[name]["description"] == field.help
            assert told[name]["in"] == "query"
            assert not told[name]["required"]


def test_a_place_is_told_with_what_happened_there(room: TestClient) -> None:
    page = room.get("/place?id=Almaty").text
    assert "What happened there" in page
    assert "geonames:1526384" in page
    assert room.get("/place?id=Nowhere+Known").status_code == 404
    assert "Give a name" in room.get("/place").text


def test_rows_are_paged(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "PAGE_ROWS", 2)
    for address in ROOMS:
        page = room.get(address).text
        if 'rel="next"' in page:
            assert f'rel="next" href="{address}?page=2"' in page
            assert f'rel="prev" href="{address}?page=1"' in room.get(f"{address}?page=2").text
    assert 'rel="next"' in room.get("/said").text
