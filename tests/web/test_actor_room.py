"""An actor's page tells what the record answers, quotations come with their references, and who is who is put right with a look ahead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response

from onrecord.api import Record
from onrecord.record.login import login_name
from onrecord.record.opening import open_record
from onrecord.web import asked
from onrecord.web.app import make_app
from tests.record.made import REGISTERED, dump, make_actor
from tests.record.made_statements import Line, make_report
from tests.web.made_room import HERE, HOSTILE, KAYA, Read, csrf_of

ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
DASK = make_actor("a1", "Ivo Dask", country="KAZ", sector="LAB")
GATE, FERRY = "“Nobody beyond the northern gate will have to pay,”", "“Ivo Dask shall have his ferry,”"
LINES = (
    Line("Ana Orpel", "said:", GATE, ANA),
    Line("Ana Orpel", "promised:", FERRY, ANA, {"kind": "pledge", "about": ["a2"]}),
    Line("Ivo Dask", "said", "that the town hall had promised him much before", DASK),
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("actor") / "news.db"
    with open_record(path, create=True) as store:
        store.add(*make_report("lines", *LINES, published="2024-03-04"), "m1")
        store.add(*make_report("later", LINES[0], published="2024-04-05", outlet=HOSTILE), "m1")
    return path


@pytest.fixture(scope="module")
def quoted(lines: Path) -> Iterator[TestClient]:
    with Record.open(lines, read_only=True) as record:
        yield TestClient(make_app(record), base_url=HERE)


@pytest.fixture
def mending(lines: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A room in which all of it can be put right, with the record itself as `app.state.store`."""
    own = tmp_path / "own.db"
    own.write_bytes(lines.read_bytes())
    with open_record(own, create=False) as store, Record.open(own, read_only=True) as record:
        yield TestClient(make_app(record, store), base_url=HERE)


def words(answer: Response) -> str:
    """What a page says, in one line."""
    return " ".join("".join(Read(answer.text).words).split())


def rows(room: TestClient) -> object:
    return dump(room.app.state.store)  # type: ignore[attr-defined]


def send(room: TestClient, path: str, **fields: object) -> Response:
    """Send a form as a page of this visit would."""
    token = csrf_of(room, f"/actor?id={REGISTERED}")
    return room.post(path, data={"csrf": token, **fields}, follow_redirects=False)


def id_of(room: TestClient, name: str) -> str:
    record: Record = room.app.state.record  # type: ignore[attr-defined]
    return record.bearers(name)[0][0].id


def test_numbers_lead_to_the_rows_that_they_count(quoted: TestClient) -> None:
    page = Read(quoted.get(f"/actor?id={REGISTERED}").text)
    links = [urlsplit(a["href"] or "") for tag, a in page.tags if tag == "a" and a.get("href")]
    counted = [link for link in links if link.path in ("/said", "/events") and "kind" in parse_qs(link.query)]
    assert counted
    for link in counted:
        assert quoted.get(link.geturl()).status_code == 200
    record: Record = quoted.app.state.record  # type: ignore[attr-defined]
    assert record.said(by=REGISTERED, kind="pledge").total == 1
    assert [n for n in counted if parse_qs(n.query) == {"by": [REGISTERED], "kind": ["pledge"]}]


def test_what_was_said_when_is_a_picture_and_a_table(quoted: TestClient) -> None:
    answer = quoted.get(f"/actor?id={REGISTERED}")
    page = Read(answer.text)
    assert "A day, 2024-03-04 to 2024-04-05; most in 2024-03-04: 2." in words(answer)
    pictures = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert pictures
    assert all(attrs.get("aria-hidden") == "true" for attrs in pictures)
    assert not [attrs for _, attrs in page.tags if "style" in attrs]
    assert (
        f"/said?by={REGISTERED.replace(':', '%3A')}&amp;since=2024-03-04&amp;until=2024-03-04" in answer.text
    )


def test_roles_are_told_with_their_days(quoted: TestClient) -> None:
    assert "mayor (KAZ) since 2019" in words(quoted.get(f"/actor?id={REGISTERED}"))


def test_a_quotation_has_its_reference_as_text(quoted: TestClient) -> None:
    answer = quoted.get(f"/actor/quotations?id={REGISTERED}")
    told = words(answer)
    start = "\n\n".join(f"{x.source} {x.cue} {x.content}" for x in LINES).index(GATE)
    reference = f"{GATE} Ana Orpel, The Orpel Post, 2024-03-04, https://post.example/lines, lines, characters {start}-{start + len(GATE)}"
    assert reference in told
    assert "3 direct quotations" in told
    assert [a for tag, a in Read(answer.text).tags if tag == "button" and "hidden" in a]
    assert ("p", {"id": "copied", "role": "status", "class": "unseen"}) in Read(answer.text).tags
    assert "<img" not in answer.text


def test_where_a_report_has_no_address_the_quotation_in_the_room_is_the_link(room: TestClient) -> None:
    from onrecord.record.asking.quotations import Quotation
    from onrecord.web.references import refer

    record: Record = room.app.state.record  # type: ignore[attr-defined]
    (said,) = record.said(by=KAYA, limit=1) or record.said(limit=1)
    link = refer(Quotation(said, "javascript:alert(1)"), HERE).link
    assert link.startswith(f"{HERE}/report?id=")
    assert room.get(link).status_code == 200


def test_quotations_are_of_a_kind_and_paged(quoted: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1 direct quotation." in words(quoted.get(f"/actor/quotations?id={REGISTERED}&kind=pledge"))
    monkeypatch.setattr(asked, "PAGE_ROWS", 2)
    page = quoted.get(f"/actor/quotations?id={REGISTERED}&page=2").text
    assert '<ol class="quotations" start="3">' in page
    assert 'rel="prev"' in page


def test_who_may_not_change_sees_no_form_that_changes(quoted: TestClient) -> None:
    for path in (
        f"/actor?id={REGISTERED}",
        f"/actor/split?id={REGISTERED}",
        f"/actor/merge?id={REGISTERED}&other=Dask",
        "/corrections",
    ):
        page = Read(quoted.get(path).text)
        assert not [a for tag, a in page.tags if tag == "form" and a.get("method") == "post"]
    assert quoted.post("/actor/merge", data={"actor": REGISTERED, "other": "Ivo Dask"}).status_code == 403


CHANGES = [
    ("/actor/merge", {"actor": REGISTERED, "other": "Ivo Dask"}),
    ("/actor/rename", {"actor": REGISTERED, "name": "The mayor"}),
    ("/actor/split", {"actor": REGISTERED, "place": ["later"]}),
    ("/actor/split", {"actor": REGISTERED, "place": ["later", "lines:0"]}),
]


@pytest.mark.parametrize(("path", "fields"), CHANGES)
def test_a_form_that_is_not_ours_changes_nothing(
    mending: TestClient, path: str, fields: dict[str, str]
) -> None:
    before = rows(mending)
    for step in (path, f"{path}/preview"):
        assert mending.post(step, data=fields | {"csrf": "x"}).status_code == 403
    assert rows(mending) == before


@pytest.mark.parametrize(("path", "fields"), CHANGES)
def test_a_correction_is_looked_at_then_made_then_taken_back(
    mending: TestClient, path: str, fields: dict[str, str]
) -> None:
    before = rows(mending)
    preview = send(mending, f"{path}/preview", **fields)
    assert preview.status_code == 200
    assert "Nothing is changed yet." in words(preview)
    assert rows(mending) == before
    form = Read(preview.text)
    (sent,) = [a["action"] for tag, a in form.tags if tag == "form" and a.get("action") == path]
    assert sent == path
    made = send(mending, path, **fields)
    assert made.status_code == 303
    assert rows(mending) != before
    page = mending.get(made.headers["location"])
    assert "Corrected: " in words(page)
    (undo,) = [a for tag, a in Read(page.text).tags if tag == "input" and a.get("name") == "correction"]
    undone = send(mending, "/corrections/undo", correction=undo["value"])
    assert undone.status_code == 303
    assert "Taken back: " in words(mending.get(undone.headers["location"]))
    assert rows(mending) == before


def test_a_preview_tells_who_goes_by_which_name_and_how_much_moves(mending: TestClient) -> None:
    told = words(send(mending, "/actor/merge/preview", actor=REGISTERED, other="Ivo Dask"))
    dask = id_of(mending, "Ivo Dask")
    assert f"Ivo Dask {dask} goes by Ana Orpel {REGISTERED}" in told
    assert "also Ivo Dask" in told
    assert (
        "no longer an actor of its own: 1 report, 1 mention, 1 statement said, 1 about them and 0 events go to Ana Orpel"
        in told
    )
    assert "3 → 4" in told


def test_the_other_way_round_is_one_click(mending: TestClient) -> None:
    dask = id_of(mending, "Ivo Dask")
    page = Read(send(mending, "/actor/merge/preview", actor=REGISTERED, other=dask).text)
    last = [a for tag, a in page.tags if tag == "input" and a.get("name") in ("actor", "other")][-2:]
    assert [(a["name"], a["value"]) for a in last] == [("actor", dask), ("other", REGISTERED)]


def test_whoever_a_name_may_mean_can_be_chosen_by_id(mending: TestClient) -> None:
    dask = id_of(mending, "Ivo Dask")
    for typed in ("Dask", "ivo d", dask):
        page = Read(mending.get("/actor/merge", params={"id": REGISTERED, "other": typed}).text)
        assert [a["value"] for tag, a in page.tags if tag == "input" and a.get("type") == "radio"] == [dask]
    for typed in ("Nobody Known", "Orpel"):
        answer = mending.get("/actor/merge", params={"id": REGISTERED, "other": typed})
        assert answer.status_code == 200
        assert 'role="alert"' in answer.text
    suggested = Read(mending.get("/actor/suggest?other=iv").text)
    assert [a["value"] for tag, a in suggested.tags if tag == "option"] == [dask]
    assert mending.get("/actor/suggest?other=").text.strip() == ""


def test_reports_and_mentions_are_chosen_from_their_sentences_over_pages(
    mending: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.web.rooms import who_is_who

    monkeypatch.setattr(who_is_who, "_REPORTS", 1)
    first = Read(mending.get(f"/actor/split?id={REGISTERED}").text)
    assert [a["value"] for tag, a in first.tags if a.get("name") == "place"] == ["later", "later:0"]
    second = send(mending, "/actor/split/choose", actor=REGISTERED, place=["later:0"], page=2)
    boxes = {str(a["value"]): a for tag, a in Read(second.text).tags if a.get("name") == "place"}
    assert boxes["later:0"]["type"] == "hidden"
    assert {"lines", "lines:0"} < boxes.keys()
    assert "1 chosen on other pages" in words(second)
    back = send(mending, "/actor/split/choose", actor=REGISTERED, place=["later:0", "lines"], page=1)
    boxes = {str(a["value"]): a for tag, a in Read(back.text).tags if a.get("name") == "place"}
    assert "checked" in boxes["later:0"]
    assert "checked" not in boxes["later"]
    assert boxes["lines"]["type"] == "hidden"
    nothing = send(mending, "/actor/split/preview", actor=REGISTERED)
    assert "Nothing is chosen" in words(nothing)


def test_corrections_are_listed_and_the_last_is_looked_at_and_taken_back(mending: TestClient) -> None:
    assert "There are none." in words(mending.get("/corrections"))
    send(mending, "/actor/rename", actor=REGISTERED, name="The mayor")
    send(mending, "/actor/rename", actor=REGISTERED, name="The mayor of Mirna")
    page = mending.get("/corrections")
    told = words(page)
    assert told.index("is called The mayor of Mirna") < told.rindex("is called The mayor")
    assert f"onrecord actor rename {REGISTERED} 'The mayor'" in told
    record: Record = mending.app.state.record  # type: ignore[attr-defined]
    assert {m.correction.who for m in record.corrections()[0]} == {login_name()}
    assert login_name() in told
    (last,) = [a for tag, a in Read(page.text).tags if a.get("name") == "correction"]
    before = rows(mending)
    assert "The mayor of Mirna → The mayor" in words(send(mending, "/corrections/undo/preview"))
    assert rows(mending) == before
    undone = send(mending, "/corrections/undo", correction=last["value"], to="corrections")
    assert undone.headers["location"] == "/corrections?undone=true"
    assert "Taken back." in words(mending.get("/corrections?undone=true"))


def test_a_correction_that_is_not_the_last_is_not_taken_back(mending: TestClient) -> None:
    first = send(mending, "/actor/rename", actor=REGISTERED, name="The mayor")
    made = parse_qs(urlsplit(first.headers["location"]).query)["made"][0]
    send(mending, "/actor/rename", actor=REGISTERED, name="The mayor of Mirna")
    before = rows(mending)
    refused = send(mending, "/corrections/undo", correction=made)
    assert refused.status_code == 400
    assert "not the last one any more" in words(refused)
    assert rows(mending) == before
    # It is told on no page any more.
    assert "Corrected: " not in words(mending.get(first.headers["location"]))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/actor/merge/preview", {"actor": REGISTERED, "other": REGISTERED}),
        ("/actor/merge", {"actor": REGISTERED, "other": "Nobody Known"}),
        ("/actor/rename/preview", {"actor": REGISTERED, "name": " "}),
        ("/actor/rename", {"actor": REGISTERED, "name": "x\u202ey"}),
        ("/actor/split/preview", {"actor": REGISTERED, "place": ["none"]}),
        ("/actor/split", {"actor": REGISTERED, "place": ["lines:12"]}),
        ("/corrections/undo/preview", {}),
        ("/corrections/undo", {"correction": "x"}),
    ],
)
def test_what_cannot_be_corrected_is_told_in_a_line(
    mending: TestClient, path: str, fields: dict[str, str]
) -> None:
    before = rows(mending)
    answer = send(mending, path, **fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert rows(mending) == before


def test_words_of_names_are_words_and_nothing_else(desk: TestClient) -> None:
    record: Record = desk.app.state.record  # type: ignore[attr-defined]
    hostile = record.bearers(HOSTILE)[0][0].id
    token = csrf_of(desk, f"/actor?id={hostile}")
    other = record.bearers(KAYA)[0][0].id
    pages = [
        desk.get("/actor", params={"id": hostile}),
        desk.get("/actor/merge", params={"id": other, "other": HOSTILE}),
        desk.get("/actor/merge", params={"id": hostile, "other": "x" + HOSTILE}),
        desk.get("/actor/split", params={"id": hostile}),
        desk.get("/actor/suggest", params={"other": HOSTILE[:9]}),
        desk.get("/actor", params={"id": hostile, "made": HOSTILE, "undone": HOSTILE}),
        desk.post("/actor/merge/preview", data={"csrf": token, "actor": other, "other": hostile}),
        desk.post("/actor/merge", data={"csrf": token, "actor": other, "other": hostile}),
        desk.get("/corrections"),
    ]
    for answer in pages:
        assert answer.status_code == 200
        assert not {tag for tag, _ in Read(answer.text).tags} & {"img", "iframe"}
        assert "<script>alert" not in answer.text
        assert "\u202e" not in answer.text


@pytest.mark.parametrize(
    ("days", "bars"),
    [
        ([], None),
        ([("soon", 1)], None),
        ([("2024-03-04", 2)], ("day", ["2024-03-04"])),
        ([("2023-12-31", 1), ("2024-01-02", 1)], ("day", ["2023-12-31", "2024-01-01", "2024-01-02"])),
        ([("2023-11-30", 1), ("2024-02-29", 1)], ("month", ["2023-11", "2023-12", "2024-01", "2024-02"])),
        ([("2024-01", 1), ("2024-02-29", 1)], ("month", ["2024-01", "2024-02"])),
        ([("2023", 1), ("2024-02-29", 1)], ("year", ["2023", "2024"])),
        ([("2019-11-30", 1), ("2022-06-01", 1)], ("year", ["2019", "2020", "2021", "2022"])),
    ],
)
def test_bars_are_as_long_as_the_time_asks_for(
    days: list[tuple[str, int]], bars: tuple[str, list[str]] | None
) -> None:
    from onrecord.web.over_time import over_time

    found = over_time(days)
    assert (found and (found.unit, [bar.label for bar in found.bars])) == bars
    if found:
        assert sum(bar.number for bar in found.bars) == sum(number for _, number in days)
        assert max(bar.share for bar in found.bars) == 1
        assert all(bar.since <= bar.until for bar in found.bars)


def test_bars_of_many_years_are_those_that_have_anything() -> None:
    from onrecord.web.over_time import over_time

    found = over_time([("1066-10-14", 1), ("2024-03-04", 1)])
    assert found
    assert [bar.label for bar in found.bars] == ["1066", "2024"]
