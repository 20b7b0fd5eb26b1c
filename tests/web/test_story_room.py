"""A story shows its copies in descent and in time, what each changed, and what is told in it, each once."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import msgspec
import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.record.asking.stories import CopyOf, Member
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from onrecord.web.descent import tree_of
from onrecord.web.printings_in_time import in_time
from tests.record.made_events import Maker
from tests.web.made_room import HERE, HOSTILE, Read

WIRE = (
    "The mayor of Brunn keeps the water behind its old dam this winter, although engineers found cracks in two gates.",
    "“We will not empty the lake, because 14 villages drink from it,” Ana Orpel said in the town hall of Brunn.",
    "The dam was built in 1931 by miners who had lost their work, and was last repaired in the summer of 1978.",
    "Some 300 families live below the dam on the northern bank of the river, where the road to Karst begins.",
)
ALTERED = WIRE[1].replace("will not", "will").replace("14", "40")
ADDED = (
    "Nobody at the water institute picked up the telephone on Monday, or on the two days that came before it."
)


def make(id: str, sentences: tuple[str, ...], outlet: str, published: str) -> Maker:
    m = Maker(id, "\n\n".join(sentences), published=published, outlet=outlet)
    quoted = next(s for s in sentences if s.startswith("“"))
    m.state("Ana Orpel", "said", quoted[: quoted.index("”") + 1])
    m.statements = [msgspec.structs.replace(s, quotation="direct") for s in m.statements]
    return m


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("story") / "news.db"
    with open_record(path, create=True) as store:
        for made in (
            make("wire", WIRE, "Karst Press", "2024-03-04T08:00:00Z"),
            make("post", (WIRE[0], ALTERED, *WIRE[2:], ADDED), "Morning Post", "2024-03-05T08:00:00Z"),
            make("star", (WIRE[0], WIRE[2], WIRE[1]), HOSTILE, "2024-03-08"),
        ):
            store.add(*made.made(), "m1")
    with Record.open(path, read_only=True) as record:
        yield TestClient(make_app(record), base_url=HERE)


def story_of(room: TestClient) -> str:
    read = Read(room.get("/stories?several=1").text)
    return next(str(a["href"]) for tag, a in read.tags if tag == "a" and "/story?" in str(a.get("href")))


def words_of(page: str) -> str:
    return " ".join(" ".join(Read(page).words).split())


class Marked(HTMLParser):
    """The words of elements of one kind."""

    def __init__(self, page: str, kind: str) -> None:
        super().__init__()
        self.kind, self.inside, self.found = kind, False, list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.kind:
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != self.kind

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def test_each_copy_stands_below_what_it_was_made_from(copied: TestClient) -> None:
    page = copied.get(story_of(copied)).text
    tree = page[page.index('<ul class="tree">') :]
    tree = tree[: tree.index("</section>")]
    assert tree.count("<ul") == tree.count("</ul>")
    assert tree.count("<li") == tree.count("</li>")
    assert tree.index('id="wire"') < tree.index("<ul>") < tree.index('id="post"')
    assert "descends from no other" in tree


def test_what_a_copy_changed_is_told_and_marked(copied: TestClient) -> None:
    page = copied.get(story_of(copied)).text
    assert "1 passage added, 1 reworded" in words_of(page)
    assert {"not", "14"} <= set(Marked(page, "del").found)
    assert {"40", ADDED} <= set(Marked(page, "ins").found)


def test_an_altered_quotation_names_who_said_it_and_both_outlets(copied: TestClient) -> None:
    page = copied.get(story_of(copied)).text
    told = words_of(page[page.index('id="altered"') : page.index('id="said"')])
    assert "Ana Orpel" in told
    assert "Karst Press “We will not empty the lake, because 14 villages" in told
    assert "Morning Post “We will empty the lake, because 40 villages" in told
    assert "altered: negation, number" in told


def test_a_saying_is_told_once_with_its_reports_and_origins(copied: TestClient) -> None:
    page = copied.get(story_of(copied)).text
    said = words_of(page[page.index('id="said"') :])
    assert said.count("3 reports of 1 origin") == 1
    assert "1 other wording" in said


def test_the_line_of_time_has_its_reports_as_text(copied: TestClient) -> None:
    page = copied.get(story_of(copied)).text
    read = Read(page)
    (svg,) = [attrs for tag, attrs in read.tags if tag == "svg"]
    assert svg["role"] == "img"
    assert str(svg["aria-label"]).startswith("3 reports by 3 outlets, from 2024-03-04 to 2024-03-08")
    assert len([1 for tag, _ in read.tags if tag == "circle"]) == 3
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count("<tr>") == 4


def test_nothing_carries_a_style_or_runs_what_reports_say(copied: TestClient) -> None:
    address = story_of(copied)
    for page in (address, "/story/compare?one=wire&other=star", address.replace("story?", "story/said?")):
        read = Read(copied.get(page).text)
        assert not [a for _, attrs in read.tags for a in attrs if a == "style" or a.startswith("on")]
        assert "img" not in {tag for tag, _ in read.tags}


def test_two_reports_stand_side_by_side(copied: TestClient) -> None:
    page = copied.get("/story/compare?one=wire&other=post").text
    assert set(Marked(page, "del").found) >= {"not", "14"}
    assert set(Marked(page, "ins").found) >= {"40", ADDED}
    assert "B descends from A" in words_of(page)
    only = copied.get("/story/compare?one=wire&other=post&only=1").text
    assert WIRE[0] in words_of(page)
    assert WIRE[0] not in words_of(only)


def test_what_one_copy_changed_comes_as_a_piece_of_the_page(copied: TestClient) -> None:
    piece = copied.get("/story/changed?id=post")
    assert piece.status_code == 200
    assert "<html" not in piece.text
    assert "40" in Marked(piece.text, "ins").found
    assert copied.get("/story/changed?id=wire").status_code >= 400


def test_of_many_copies_only_some_are_compared_before_anybody_asks(
    copied: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.web.rooms import story

    monkeypatch.setattr(story, "_COMPARED", 1)
    read = Read(copied.get(story_of(copied)).text)
    asked = [attrs for tag, attrs in read.tags if tag == "a" and "hx-get" in attrs]
    assert len(asked) == 1
    # Without script the link leads to both side by side.
    assert str(asked[0]["href"]).startswith("/story/compare?")


def test_what_stands_on_another_page_of_the_tree_is_led_to_all_the_same(
    copied: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.web import asked

    monkeypatch.setattr(asked, "PAGE_ROWS", 1)
    page = copied.get(f"{story_of(copied)}&page=2").text
    tree = page[page.index('<ul class="tree">') : page.index("</section>")]
    assert 'id="wire"' not in tree
    assert 'made from <a href="/report?id=wire">Karst Press</a>' in " ".join(tree.split())


@pytest.mark.parametrize("one", ["/etc/hostname", "none", ""])
def test_what_is_no_report_of_the_record_is_not_compared(copied: TestClient, one: str) -> None:
    answer = copied.get("/story/compare", params={"one": one, "other": "wire"})
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text


def test_sayings_and_events_have_pages_of_their_own(copied: TestClient, room: TestClient) -> None:
    id = story_of(copied).partition("id=")[2]
    assert "1 statement, each once" in words_of(copied.get(f"/story/said?id={id}").text)
    assert "1 quotation was altered" in words_of(copied.get(f"/story/said?id={id}&altered=1").text)
    id = story_of(room).partition("id=")[2]
    told = words_of(room.get(f"/story/events?id={id}").text)
    assert "3 events, each once" in told
    assert "told by 3 reports of 1 origin" in told


def test_stories_are_listed_newest_or_most_told_first(room: TestClient) -> None:
    newest, told = (words_of(room.get(f"/stories?order={order}").text) for order in ("newest", "told"))
    assert "4 stories" in newest
    assert newest.index("3 reports of 1 origin") > 0
    assert told.index("3 reports of 1 origin") < told.index("1 report ")
    assert "1 story." in words_of(room.get("/stories?several=1").text)


def test_stories_are_narrowed_by_outlet_and_days(room: TestClient) -> None:
    assert "1 story." in words_of(room.get("/stories?outlet=orlan+star").text)
    assert "2 stories." in words_of(room.get("/stories?since=2024-03-05&until=2024-03-05").text)
    assert "No story fits" in room.get("/stories?since=2031-01-01").text


@pytest.mark.parametrize("asked", ["outlet=nowhere", "since=Friday", "since=2024-02-01&until=2024-01-01"])
def test_what_is_wrong_with_a_filter_is_told_above_the_list(room: TestClient, asked: str) -> None:
    answer = room.get(f"/stories?{asked}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'class="filters"' in answer.text


def member(id: str, of: str | None, published: str | None = "2024-03-04", outlet: str | None = "A") -> Member:
    copy = CopyOf(of, id, "edited", 0.9, directed=True) if of else None
    return Member(id, published, outlet, None, None, copy)


def test_a_page_amid_a_long_tree_is_a_list_of_its_own() -> None:
    chain = [member("r0", None), *(member(f"r{n}", f"r{n - 1}") for n in range(1, 900))]
    tree = tree_of(chain, limit=50, offset=100)
    assert [b.member.id for b in tree.branches] == [f"r{n}" for n in range(100, 150)]
    assert tree.branches[0].depth == 0
    assert all(b.opens for b in tree.branches)
    assert tree.open_lists == 50


def test_every_list_that_a_tree_opens_is_closed() -> None:
    fan = [member("a", None), member("b", "a"), member("c", "b"), member("d", "a"), member("e", None)]
    tree = tree_of(fan, limit=50)
    assert [(b.member.id, b.depth, b.closes) for b in tree.branches] == [
        ("a", 0, 0), ("b", 1, 0), ("c", 2, 0), ("d", 1, 1), ("e", 0, 1)
    ]  # fmt: skip
    assert sum(b.opens for b in tree.branches) - sum(b.closes for b in tree.branches) == tree.open_lists


def test_reports_without_a_day_are_counted_beside_the_line() -> None:
    line = in_time([member("a", None), member("b", "a", "2024-03-06"), member("c", "a", None)])
    assert line is not None
    assert line.undated == 1
    assert [mark.x for mark in line.lines[0].marks] == [1.5, 98.5]
    assert [mark.is_copy for mark in line.lines[0].marks] == [False, True]


def test_of_very_many_outlets_the_last_share_a_line() -> None:
    line = in_time(
        [member(f"r{n:03}", None, f"2024-03-04T{n // 60:02}:{n % 60:02}", f"o{n:03}") for n in range(200)]
    )
    assert line is not None
    assert len(line.lines) == 31
    assert line.lines[-1].outlet == "other outlets"
    assert len(line.lines[-1].marks) == 170
