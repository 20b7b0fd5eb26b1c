"""Pictures count what the questions find: along time, who on whom, on the map and day by day; a copy can count once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from onrecord.errors import UsageError
from onrecord.record.asking import counting
from onrecord.record.asking.by_day import by_day
from onrecord.record.asking.counting import Counted, Item, count_items, once_a_story
from onrecord.record.asking.events import EventQuestion, find_events
from onrecord.record.asking.over_time import MOST_BARS, lay_out, over_time
from onrecord.record.asking.statements import Question, said
from onrecord.record.asking.where import where_events
from onrecord.record.asking.who_on_whom import network, who_on_whom
from onrecord.record.opening import open_record
from tests.record.made import NAMES, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.record.made_events import make_all

KAYA, TOMAS, ILSE = NAMES
COUNTED = Counted(0, 0, 0, True, None, False, None, [])


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Connection]:
    kaya, tomas, ilse = (make_actor("a1", name, country="KAZ") for name in NAMES)
    heard = make_actor("a2", TOMAS), make_actor("a2", ILSE), make_actor("a2", KAYA)
    made = [
        make_report("one", kaya, heard[0], published="2022-01-07"),
        make_report("two", kaya, heard[1], published="2022-01-09"),
        make_report("three", ilse, heard[2], published=None),
        # Of themselves.
        make_report("four", tomas, tomas, published="2022-03-01"),
    ]
    with open_record(tmp_path_factory.mktemp("counting") / "news.db", create=True) as record:
        for report in [*made, *make_all(), *make_copies()]:
            record.add(*report, "m1")
        with record.reading() as connection:
            yield connection


def item(number: int, *, day: str | None = "2024-03-04", story: str = "s", article: int = 1, what: str = "demand") -> Item:  # fmt: skip
    return Item(number, what, "", day, f"2024-03-0{article}", article, story)


def names_of(connection: Connection) -> dict[str, str]:
    return {s.actor: s.actor_id for s in said(connection, Question()) if s.actor and s.actor_id}


# --- along time


@pytest.mark.parametrize(
    "question",
    [Question(), Question(by=KAYA), Question(kind="prediction", since="2022-01-03", until="2022-01-03"), Question(match="nothing")],
    ids=["all", "by", "kind and days", "none"],
)  # fmt: skip
def test_statements_along_time_are_those_of_the_question(connection: Connection, question: Question) -> None:
    told = over_time(connection, question)
    rows = said(connection, question)
    bars = [*told.bars, *(b for b in (told.before, told.after) if b)]
    assert sum(b.count for b in bars) + told.undated == told.counted.rows == len(rows)
    assert sum(map(Counter, (b.counts for b in bars)), Counter()) == Counter(
        s.kind for s in rows if s.date or s.published
    )


def test_a_bar_holds_what_a_question_with_its_days_finds(connection: Connection) -> None:
    for bar in over_time(connection, Question()).bars:
        found = said(connection, Question(since=bar.first, until=bar.last))
        assert Counter(s.kind for s in found) == Counter(bar.counts)


def test_events_along_time_stand_on_their_first_day_and_tell_how_many_came_about(
    connection: Connection,
) -> None:
    told = over_time(connection, EventQuestion())
    events = list(find_events(connection, EventQuestion()))
    assert told.counted.rows == len(events)
    assert told.counted.happened == sum(e.status in ("occurred", "ongoing") for e in events)
    types = Counter(e.type for e in events)
    assert Counter(told.names) == Counter(types.keys())
    assert types[told.names[0]] == max(types.values())
    (talks,) = (b for b in over_time(connection, EventQuestion(type="CONSULT")).bars if b.count)
    assert talks.first <= "2022-01-03" <= talks.last


@given(days=st.lists(st.dates(), min_size=1, max_size=40))
@example(days=[date.min, date.max])
@example(days=[date(2024, 1, 1) + timedelta(n) for n in range(500)])
@settings(deadline=None)
def test_bars_follow_each_other_and_lose_nothing(days: list[date]) -> None:
    told = lay_out([item(n, day=day.isoformat()) for n, day in enumerate(days)], COUNTED)
    assert 1 <= len(told.bars) <= MOST_BARS
    for one, other in zip(told.bars, told.bars[1:], strict=False):
        assert date.fromisoformat(one.last) + timedelta(1) == date.fromisoformat(other.first)
    outside = [b for b in (told.before, told.after) if b]
    assert sum(b.count for b in [*told.bars, *outside]) == len(days)
    for bar in [*told.bars, *outside]:
        assert bar.first <= bar.last
    if told.before:
        assert told.before.last < told.bars[0].first
    if told.after:
        assert told.after.first > told.bars[-1].last


@pytest.mark.parametrize(
    ("days", "unit"),
    [
        pytest.param(["2024-03-04", "2024-04-04"], "day", id="a month"),
        pytest.param(["2023-09-04", "2024-09-04"], "week", id="a year"),
        pytest.param(["2020-03-04", "2024-09-04"], "month", id="four years"),
        pytest.param(["2010-03-04", "2024-09-04"], "quarter", id="fourteen years"),
        pytest.param(["1990-03-04", "2024-09-04"], "year", id="thirty-four years"),
        pytest.param(["1815-06-18", *["2024-03-04", "2024-04-04"] * 60], "day", id="one far off"),
    ],
)
def test_bars_are_as_short_as_a_page_allows(days: list[str], unit: str) -> None:
    told = lay_out([item(n, day=day) for n, day in enumerate(days)], COUNTED)
    assert told.unit == unit


def test_what_lies_far_off_is_told_beside_the_bars() -> None:
    days = ["1815-06-18", *["2024-03-04", "2024-04-04"] * 60]
    told = lay_out([item(n, day=day) for n, day in enumerate(days)], COUNTED)
    assert told.before
    assert (told.before.first, told.before.last, told.before.count) == ("1815-06-18", "2024-03-03", 1)
    assert told.after is None


def test_what_is_new_is_never_far_off() -> None:
    old = [item(n, day="2016-09-04") for n in range(200)]
    new = [item(1000, day="2024-03-01"), item(1001, day="2999-01-01")]
    told = lay_out([*old, *new], COUNTED)
    assert told.bars[-1].first <= "2024-03-01" <= told.bars[-1].last
    assert told.after
    assert told.after.count == 1


def test_what_is_no_day_is_undated() -> None:
    told = lay_out([item(1, day="2024"), item(2, day=None), item(3)], COUNTED)
    assert (told.undated, len(told.bars)) == (2, 1)


# --- copies, and the bound


def test_of_a_story_the_report_with_most_rows_counts_and_of_several_the_oldest() -> None:
    rows = [item(1, article=2), item(2, article=1), item(3, article=3, story="t"), item(4, article=3, story="t"), item(5, article=4, story="t")]  # fmt: skip
    assert [i.number for i in once_a_story(rows)] == [2, 3, 4]


def test_copies_count_once_if_that_is_asked(connection: Connection) -> None:
    question = Question(by="army")
    _, printings = count_items(connection, question)
    _, once = count_items(connection, question, once=True)
    assert (printings.rows, printings.stories, printings.once) == (2, 1, False)
    assert (once.rows, once.reports, once.once) == (1, 1, True)
    _, events = count_items(connection, EventQuestion(type="COERCE"))
    assert (events.rows, events.once) == (1, True)


def test_no_more_is_counted_than_the_bound_and_that_is_told(connection: Connection) -> None:
    items, counted = count_items(connection, Question(), most=2)
    assert (len(items), counted.is_all) == (2, False)
    newest = said(connection, Question(), limit=2)
    assert counted.since == min(s.published for s in newest if s.published)[:10]
    _, everything = count_items(connection, Question(), most=len(said(connection, Question())))
    assert (everything.is_all, everything.since) == (True, None)


def test_who_is_not_on_record_is_told(connection: Connection) -> None:
    assert any(
        "Nobody Known" in note for note in over_time(connection, Question(by="Nobody Known")).counted.notes
    )
    assert over_time(connection, Question(by=KAYA)).counted.notes == []
    assert any(
        "XYZGOV" in note for note in over_time(connection, EventQuestion(actor="XYZGOV")).counted.notes
    )


@pytest.mark.parametrize("ask", [over_time, who_on_whom, network, by_day])
def test_what_cannot_be_meant_is_refused(connection: Connection, ask: object) -> None:
    with pytest.raises(UsageError, match="first day is after the last"):
        ask(connection, Question(since="2024-01-02", until="2024-01-01"))  # type: ignore[operator]


# --- who on whom


def test_a_cell_holds_as_many_statements_as_source_and_subject_have(connection: Connection) -> None:
    told = who_on_whom(connection, Question())
    assert told.pairs
    for pair in told.pairs:
        found = said(connection, Question(by=pair.source, about=pair.target))
        assert Counter(s.kind for s in found) == Counter(pair.counts)
    names = {s.id: s.name for s in (*told.sources, *told.targets)}
    assert {(names[p.source], names[p.target]) for p in told.pairs} >= {
        (KAYA, TOMAS),
        (KAYA, ILSE),
        (ILSE, KAYA),
    }
    assert (TOMAS, TOMAS) not in {(names[p.source], names[p.target]) for p in told.pairs}
    assert (told.sources[0].name, told.sources[0].count) == (KAYA, 2)
    assert told.shown == told.paired == 3


def test_a_cell_holds_as_many_events_as_actor_and_recipient_have(connection: Connection) -> None:
    told = who_on_whom(connection, EventQuestion())
    assert told.pairs
    for pair in told.pairs:
        found = find_events(connection, EventQuestion(actor=pair.source, recipient=pair.target))
        assert Counter(e.type for e in found) == Counter(pair.counts)
    names = {s.id: s.name for s in (*told.sources, *told.targets)}
    both = {(names[p.source], names[p.target]) for p in told.pairs if p.most == "CONSULT"}
    assert both == {("Kazakhstan", "Russia"), ("Russia", "Kazakhstan")}


def test_events_are_counted_by_country_too_with_parties_that_have_no_name(connection: Connection) -> None:
    told = who_on_whom(connection, EventQuestion(), side="countries")
    assert {(p.source, p.target) for p in told.pairs} == {("KAZ", "RUS"), ("RUS", "KAZ")}
    for pair in told.pairs:
        found = find_events(connection, EventQuestion(actor=pair.source, recipient=pair.target))
        assert pair.count == len(list(found))


def test_rows_and_columns_are_the_commonest(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.record.asking.who_on_whom.MOST_SIDES", 1)
    told = who_on_whom(connection, Question())
    assert [s.name for s in told.sources] == [KAYA]
    assert (told.all_sources, told.all_targets, told.paired) == (2, 3, 3)
    assert told.shown == sum(p.count for p in told.pairs) <= 1


def test_a_network_has_the_pairs_of_those_who_are_named_most(connection: Connection) -> None:
    told = network(connection, Question())
    ids = {node.id for node in told.nodes}
    assert {e.source for e in told.edges} | {e.target for e in told.edges} == ids
    assert {node.name: node.count for node in told.nodes} == {KAYA: 3, TOMAS: 1, ILSE: 2}
    assert (told.all_nodes, told.all_edges, told.paired) == (3, 3, 3)
    assert network(connection, Question(by=TOMAS)).nodes == []


# --- on the map, and day by day


def test_a_place_has_the_events_that_happened_there(connection: Connection) -> None:
    told = where_events(connection, EventQuestion())
    assert told.spots
    for spot in told.spots:
        found = list(find_events(connection, EventQuestion(place=spot.place.id)))
        assert Counter(e.type for e in found) == Counter(spot.counts)
    assert {s.place.name for s in told.spots} == {"Almaty", "Orpelstadt"}
    assert told.all_places == 2
    assert told.placed == sum(s.count for s in told.spots)


@pytest.mark.parametrize("question", [Question(), EventQuestion()], ids=["said", "events"])
def test_rows_stand_in_the_order_of_their_days(
    connection: Connection, question: Question | EventQuestion
) -> None:
    told = by_day(connection, question)
    days = [row.day for row in told.rows]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == [*dated, *[None] * (len(days) - len(dated))]
    assert len(told.rows) == told.counted.rows
    oldest = by_day(connection, question, first="oldest")
    assert [row.day for row in oldest.rows] == [*sorted(dated), *[None] * (len(days) - len(dated))]
    pages = [by_day(connection, question, limit=3, offset=n).rows for n in range(0, len(days), 3)]
    assert [row for page in pages for row in page] == told.rows


def test_a_day_is_that_of_the_text_or_else_of_the_report(connection: Connection) -> None:
    of_text = by_day(connection, Question(by=KAYA)).rows
    assert {(row.day, row.told) for row in of_text} == {("2022-01-03", True)}
    of_report = by_day(connection, Question(by="officials")).rows
    assert [(row.day, row.told) for row in of_report] == [("2022-01-07", False)]
    (denied,) = by_day(connection, EventQuestion(statuses=("denied",), reported_by="Orpel")).rows
    assert denied.event
    assert (denied.day, denied.told, denied.event.status) == ("2022-01-07", False, "denied")


def test_the_bound_is_one_for_all_pictures(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for told in (
        over_time(connection, Question()),
        who_on_whom(connection, Question()),
        by_day(connection, Question()),
    ):
        assert (told.counted.rows, told.counted.is_all) == (2, False)
