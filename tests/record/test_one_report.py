"""What is asked of one report: whom its words mean, and where it stands in its story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.record.asking.descent import descent_of
from onrecord.record.asking.mentions import mentions_in
from onrecord.record.asking.report import found_in
from onrecord.record.opening import open_record
from onrecord.record.store import Record
from tests.record.made import NAMES, make_actor, make_report
from tests.record.made_copies import make_copies

KAYA, TOMAS, _ = NAMES


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path = tmp_path_factory.mktemp("one") / "news.db"
    with open_record(path, create=True) as record:
        for report in [make_report("one", make_actor("a1", KAYA), make_actor("a2", TOMAS)), *make_copies()]:
            record.add(*report, "m1")
        yield record


def test_mentions_are_told_in_the_order_of_the_text_with_who_is_meant(record: Record) -> None:
    with record.reading() as connection:
        found = mentions_in(connection, "one")
        there = found_in(connection, "one")
    places = {(e.start, e.end): (actor.id, e.text) for actor in there.actors for e in actor.evidence}
    assert [places[m.start, m.end] for m in found] == [
        (m.actor, name) for m, name in zip(found, (KAYA, TOMAS), strict=True)
    ]
    assert {m.form for m in found} == {"name"}


def test_words_of_mentions_are_those_of_the_text(record: Record) -> None:
    with record.reading() as connection:
        evidence = [e for actor in found_in(connection, "one").actors for e in actor.evidence]
    assert [e.text for e in evidence] == [KAYA, TOMAS]


def test_a_copy_knows_its_original_and_the_original_how_many_were_made_of_it(record: Record) -> None:
    with record.reading() as connection:
        post, wire, alone = (descent_of(connection, id) for id in ("post", "wire", "star"))
    assert post is not None
    assert post.copy is not None
    assert (post.copy.of, post.copy.article, post.copy.kind, post.copy.directed) == (
        "wire",
        "post",
        "edited",
        True,
    )
    assert wire is not None
    assert (wire.story, wire.reports, wire.copy, wire.copies) == (post.story, 3, None, 2)
    assert alone is not None
    assert (alone.reports, alone.origins, alone.copy, alone.copies) == (1, 1, None, 0)


def test_what_is_not_on_record_stands_in_no_story(record: Record) -> None:
    with record.reading() as connection:
        assert descent_of(connection, "none") is None
        assert mentions_in(connection, "none") == []
