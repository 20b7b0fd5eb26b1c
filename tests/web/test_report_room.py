"""The page of a report: the text as it was written, and what was found in it marked, in the margin and in rows that can be narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from onrecord.api import Record
from onrecord.contract import DatelineOut, FurnitureOut
from onrecord.record.asking.mentions import MentionThere
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from onrecord.web.margin import notes_of
from onrecord.web.marking import Link, Mark, mark_text, paragraph_at
from onrecord.web.narrowing import NOBODY, Asked, narrow
from onrecord.web.report_marks import DEEPEST, depths
from tests.record.made_events import Maker, make_shooting
from tests.resolution.stories.test_suspicion import SPUN
from tests.web.made_long import make_long
from tests.web.made_room import HERE, HOSTILE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Three paragraphs of one pattern, a shooting that is told three times, a report with frame and furniture, and one that hints at a copy."""
    path = tmp_path_factory.mktemp("report") / "news.db"
    framed, analysis = make_long("framed", paragraphs=2)
    frame = analysis.frame
    frame.byline, frame.captions, frame.agency = ["Miro Lund"], ["The dam in winter"], "Karst Press"
    frame.dateline = DatelineOut("KARST", "May 3", "Karst Press")
    analysis.furniture = [
        FurnitureOut("Read more", "link", 0),
        FurnitureOut("Sign up", "sign-up prompt", len(framed.text)),
    ]
    with open_record(path, create=True) as store:
        store.add(*make_long("three", paragraphs=3), "m1")
        store.add(*make_shooting(), "m1")
        store.add(framed, analysis, "m1")
        store.add(*Maker("suspected", SPUN, published="2022-01-09").made(), "m1")
    with Record.open(path, read_only=True) as record:
        yield record


@pytest.fixture(scope="module")
def ours(made: Record) -> TestClient:
    return TestClient(make_app(made), base_url=HERE)


def page_of(room: TestClient, address: str) -> html.HtmlElement:
    answer = room.get(address)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def written(page: html.HtmlElement) -> html.HtmlElement:
    (article,) = page.find_class("written")
    return article


def marked(page: html.HtmlElement, name: str, key: str) -> list[str]:
    """The words of the marks of a style that bear a key: *s3*, *e2*."""
    return [
        mark.text_content()
        for mark in written(page).find_class(name)
        if mark.get(f"data-{key[0]}") == key and mark.tag == "span"
    ]


def test_the_text_is_the_text_of_the_report(ours: TestClient, made: Record) -> None:
    for id in ("three", "shooting", "framed"):
        page = page_of(ours, f"/report?id={id}")
        assert written(page).text_content() == made.show(id).text


def test_each_statement_is_marked_by_its_kind_with_its_source_and_cue(ours: TestClient, made: Record) -> None:
    page = page_of(ours, "/report?id=three")
    for said in made.show("three").statements:
        name = said.id.rpartition("#")[2]
        assert marked(page, f"k-{said.kind}", name) == [e.text for e in said.evidence]
        assert marked(page, "who", name) == [said.by]
        assert marked(page, "cue", name) == [said.cue]


def test_a_nested_statement_stands_within_the_other_and_says_how_deep(ours: TestClient) -> None:
    page = page_of(ours, "/report?id=three")
    (inner,) = (m for m in written(page).find_class("said") if m.get("data-s") == "s2")
    assert "d1" in inner.get("class").split()
    assert "s1" in [around.get("data-s") for around in inner.iterancestors("span")]
    row = page.get_element_by_id("r-s2")
    assert "d1" in row.get("class").split()
    assert "#s1" in [a.get("href") for a in row.iter("a")]


def test_marks_rows_and_notes_lead_to_each_other(ours: TestClient, made: Record) -> None:
    page = page_of(ours, "/report?id=shooting")
    there = made.show("shooting")
    names = [s.id.rpartition("#")[2] for s in there.statements]
    names += [t.id.rpartition("#")[2] for e in there.events for t in e.tellings]
    assert len(names) == 5
    for name in names:
        label, row = (
            page.get_element_by_id(name),
            page.get_element_by_id(f"{'r' if name[0] == 's' else 'n'}-{name}"),
        )
        assert label.get("href") == f"#{row.get('id')}"
        assert f"#{name}" in [a.get("href") for a in row.iter("a")]
        assert label.get("aria-label")
        assert not label.text_content()
    places = {e.get("id") for e in page.iter() if e.get("id")}
    within = {a.get("href")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")}
    assert within <= places


def test_what_belongs_together_bears_one_key(ours: TestClient) -> None:
    page = page_of(ours, "/report?id=three")
    assert page.get_element_by_id("r-s1").get("data-s") == "s1"
    (actor,) = {a.get("data-a") for a in page.get_element_by_id("r-s1").iter("a") if a.get("data-a")}
    assert page.get_element_by_id("r-s1").get("data-by") == actor
    mentions = [m.text_content() for m in written(page).iter("a") if m.get("data-a") == actor]
    assert set(mentions) == {"Kaya Brandt"}


def test_each_telling_has_a_note_that_says_on_whose_word(ours: TestClient) -> None:
    notes = {
        n.get("id"): " ".join(n.text_content().split())
        for n in page_of(ours, "/report?id=shooting").find_class("note")
    }
    assert list(notes) == ["n-e1", "n-e2", "n-e3"]
    assert (
        "ASSAULT.firearms occurred Riot police → at least 12 protesters Almaty · 2022-01-05" in notes["n-e1"]
    )
    assert "on the reporter’s word" in notes["n-e1"]
    assert "on the word of Two officials (1) told again, first as e1" in notes["n-e2"]
    assert "denied" in notes["n-e3"]
    assert "on the word of Ana Orpel (2)" in notes["n-e3"]


def test_names_lead_to_actors_and_the_keyboard_meets_each_once(ours: TestClient) -> None:
    links = [a for a in written(page_of(ours, "/report?id=three")).iter("a") if "mention" in a.get("class")]
    assert all(a.get("href").startswith("/actor?id=") for a in links)
    met = [a.get("data-a") for a in links if a.get("tabindex") is None]
    assert len(met) == len(set(met)) == len({a.get("data-a") for a in links})


@pytest.mark.parametrize(
    ("query", "statements", "tellings"),
    [
        ("", 2, 3),
        ("by=Two+officials", 1, 1),
        ("by=Ana+Orpel", 1, 1),
        ("kind=assertion", 2, 2),
        ("kind=Denial", 0, 0),
        ("type=assault", 2, 3),
        ("by=Ana+Orpel&type=ASSAULT&kind=assertion", 1, 1),
        ("by=Nobody+here", 0, 0),
    ],
)
def test_what_is_asked_for_alone_is_marked_and_listed(
    ours: TestClient, query: str, statements: int, tellings: int
) -> None:
    page = page_of(ours, f"/report?id=shooting&{query}")
    assert len(page.find_class("row")) == statements
    assert len(page.find_class("note")) == tellings
    labels = [a.get("id") for a in written(page).find_class("label")]
    assert [label[0] for label in sorted(labels)] == ["e"] * tellings + ["s"] * statements


def test_filters_tell_how_many_of_each_there_would_be(ours: TestClient, made: Record) -> None:
    there = made.show("three")
    left = narrow(there.statements, notes_of(there.id, there.events), Asked(None, "assertion", None))
    assert len(left.statements) == 2
    for speaker in left.speakers:
        found = narrow(there.statements, [], Asked(speaker.value, "assertion", None)).statements
        assert len(found) == speaker.number
    for kind in left.kinds:
        assert len(narrow(there.statements, [], Asked(None, kind.value, None)).statements) == kind.number
    options = page_of(ours, "/report?id=three&kind=assertion").get_element_by_id("f-kind").text_content()
    assert "assertion (2)" in options


def test_statements_without_a_source_can_be_asked_for(made: Record) -> None:
    said = made.show("shooting").statements
    for s in said[:1]:
        s.by = s.actor = s.actor_id = s.source = None
    left = narrow(said, [], Asked(NOBODY, None, None))
    assert left.statements == said[:1]
    assert (NOBODY, "no source named", 1) in left.speakers


@pytest.mark.parametrize("query", ["kind=song", "type=SONG"])
def test_what_is_no_kind_and_no_type_is_told(ours: TestClient, query: str) -> None:
    answer = ours.get(f"/report?id=three&{query}")
    assert answer.status_code == 404
    assert "there is no such" in answer.text


def test_frame_and_furniture_are_shown_on_demand(ours: TestClient) -> None:
    page = page_of(ours, "/report?id=framed")
    frame, cut = (e for e in page.iter("details") if e.get("class") == "frame")
    assert frame.get("open") is None
    told = dict(zip([e.text for e in frame.iter("dt")], [e.text for e in frame.iter("dd")], strict=True))
    assert told["Byline"] == "Miro Lund"
    assert told["Dateline"] == "KARST, May 3, Karst Press"
    assert told["Captions"] == "The dam in winter"
    lines = [" ".join(e.text_content().split()) for e in cut.iter("li")]
    assert lines == ["Read more link, before paragraph 1", "Sign up sign-up prompt, at the end"]


def test_a_copy_says_so_and_leads_to_its_original(room: TestClient) -> None:
    """`room` is the one of all rooms, in which a report is copied."""
    page = page_of(room, "/report?id=post")
    (told,) = page.find_class("copied")
    assert "Edited copy. Made from" in " ".join(told.text_content().split())
    links = [a.get("href") for a in told.iter("a")]
    assert "/report?id=wire" in links
    assert any(link.startswith("/story?id=s-") and link.endswith("#post") for link in links)
    assert "made from this one" in room.get("/report?id=wire").text


def test_a_text_that_hints_at_a_copy_shows_where(ours: TestClient) -> None:
    page = page_of(ours, "/report?id=suspected")
    (told,) = page.find_class("copied")
    assert "which one is not on record" in told.text_content()
    for link in told.iter("a"):
        place = page.get_element_by_id(link.get("href")[1:])
        assert place.getnext().get("class") == "damage"
        assert place.getnext().text_content() == link.text_content()[1:-1]


def test_a_report_on_its_own_is_called_no_copy(ours: TestClient) -> None:
    assert not page_of(ours, "/report?id=shooting").find_class("copied")


def test_who_may_change_finds_where_to_correct(desk: TestClient, room: TestClient) -> None:
    assert "/correct?id=one%23s1" in desk.get("/report?id=one").text
    assert "/correct?id=one%23e1" in desk.get("/report?id=one").text
    assert "/correct?" not in room.get("/report?id=one").text


def test_hostile_words_are_words(room: TestClient) -> None:
    page = page_of(room, "/report?id=%3Cb%3E%26id%3D")
    assert not [e for e in written(page).iter() if e.tag not in ("article", "p", "span", "a")]


def test_mentions_are_those_of_actors_on_record(made: Record) -> None:
    text = made.show("three").text
    found = made.mentions("three")
    assert [text[m.start : m.end] for m in found[:2]] == ["Kaya Brandt", "Ilse Maran"]
    assert found == sorted(found, key=lambda m: (m.start, m.end))
    assert isinstance(found[0], MentionThere)
    assert {m.form for m in found} == {"name"}


def test_a_report_of_no_story_and_a_report_alone(made: Record) -> None:
    descent = made.descent("three")
    assert descent is not None
    assert (descent.reports, descent.origins, descent.copy, descent.copies) == (1, 1, None, 0)
    assert made.descent("none") is None


def test_nesting_that_goes_round_has_an_end(made: Record) -> None:
    said = made.show("three").statements[:2]
    said[0].within, said[1].within = said[1].id, said[0].id
    assert set(depths(said).values()) == {DEEPEST}


def test_a_long_report_is_written_whole(tmp_path: Path) -> None:
    with open_record(tmp_path / "long.db", create=True) as store:
        article, analysis = make_long(paragraphs=100)
        store.add(article, analysis, "m1")
    with Record.open(tmp_path / "long.db", read_only=True) as record:
        page = page_of(TestClient(make_app(record), base_url=HERE), "/report?id=long")
        assert written(page).text_content() == article.text
        assert len(page.find_class("row")) == len(analysis.statements) == 400


B, C = (Markup(f"<span class={name}>") for name in "bc")


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "ab&lt;cd"),
        ([Mark(0, 2, B)], "<span class=b>ab</span>&lt;cd"),
        ([Mark(1, 2, C), Mark(0, 4, B)], "<span class=b>a<span class=c>b</span>&lt;c</span>d"),
        ([Mark(0, 2, B), Mark(0, 2, C)], "<span class=b><span class=c>ab</span></span>&lt;cd"),
        ([Mark(0, 3, B), Mark(1, 5, C)], "<span class=b>a<span class=c>b&lt;</span></span><span class=c>cd</span>"),
        ([Mark(0, 2, B, Markup("!")), Mark(1, 5, C)], "!<span class=b>a<span class=c>b</span></span><span class=c>&lt;cd</span>"),
        ([Mark(1, 1, B), Mark(3, 9, B), Mark(-1, 2, C)], "ab&lt;cd"),
    ],
)  # fmt: skip
def test_marks_lie_within_and_across_each_other(marks: list[Mark], expected: str) -> None:
    assert mark_text("ab<cd", marks) == f'<p id="p1">{expected}</p>'


def test_a_mark_goes_on_in_the_next_paragraph() -> None:
    assert mark_text("ab\n\ncd", [Mark(1, 5, B, Markup("!"))]) == (
        '<p id="p1">a!<span class=b>b</span></p>\n\n<p id="p2"><span class=b>c</span>d</p>'
    )


def test_of_links_within_each_other_the_shortest_leads() -> None:
    links = [Link(0, 5, "a1", "/x"), Link(3, 5, "a2", None)]
    assert mark_text("ab cd", links=links, marks=()) == (
        '<p id="p1"><a class="mention" data-a="a1" href="/x">ab </a>'
        '<span class="mention" data-a="a1 a2">cd</span></p>'
    )


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Mark], list[Link]]:
    text = draw(st.text(alphabet="ab \n<&é𝄞\u202e", max_size=40))
    spans = st.tuples(st.integers(-2, 45), st.integers(-2, 45))
    marks = [Mark(*s, B, Markup("<a></a>")) for s in draw(st.lists(spans, max_size=8))]
    links = [Link(*s, "a1", draw(st.sampled_from(["/x", None]))) for s in draw(st.lists(spans, max_size=5))]
    return text, marks, links


@given(texts_with_marks())
def test_without_tags_it_is_the_text_and_tags_are_closed_in_order(
    given_: tuple[str, list[Mark], list[Link]],
) -> None:
    text, marks, links = given_
    page = str(mark_text(text, marks, links))
    root = html.document_fromstring(f"<div>{page}</div>")
    assert root.text_content() == text.replace("\u202e", "\ufffd")
    there = [m for m in marks if 0 <= m.start < m.end <= len(text) and text[m.start : m.end].strip()]
    assert page.count("<a></a>") == len(there)
    open_tags: list[str] = []
    for tag in page.split("<")[1:]:
        name = tag.split(">")[0].split()[0]
        if name.startswith("/"):
            assert open_tags.pop() == name[1:]
        else:
            assert name != "a" or "a" not in open_tags
            open_tags.append(name)
    assert open_tags == []


def test_paragraphs_are_numbered_as_they_are_written() -> None:
    text = "\n\nOne.\nStill.\n \nTwo.\n\n"
    assert mark_text(text, ()) == '\n\n<p id="p1">One.\nStill.</p>\n \n<p id="p2">Two.</p>\n\n'
    assert paragraph_at(text, [0, 4, len(text)]) == [1, 1, None]
    assert paragraph_at("", [0]) == [None]


def test_hostile_words_stay_words_in_labels() -> None:
    from onrecord.web.report_marks import _label

    label = html.fragment_fromstring(_label("s1", "r-s1", HOSTILE, "1"))
    assert label.tag == "a"
    assert "\u202e" not in label.get("aria-label")
