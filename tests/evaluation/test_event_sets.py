from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from onrecord.analysis.plover import STATUSES, TYPES
from training.events import Passage, blocks, parse, passages
from training.events_check import check_files

FOLDER = Path(__file__).parents[2] / "benchmarks" / "events"


def read(name: str) -> list[Passage]:
    return [parse(block) for _, block in blocks(FOLDER / name)]


@pytest.mark.parametrize(
    ("name", "least"), [("status.txt", 300), ("reported-by.txt", 100), ("counts.txt", 150)]
)
def test_a_set_parses_and_is_as_large_as_it_should_be(name: str, least: int) -> None:
    assert len(read(name)) >= least


def test_the_markup_of_the_sets_is_without_fault() -> None:
    assert check_files(sorted(FOLDER.glob("*.txt"))).faults == []


def test_no_passage_is_also_trained_on() -> None:
    trained_on = {passage.id for passage in passages()}
    assert not [p.text for path in FOLDER.glob("*.txt") for p in read(path.name) if p.id in trained_on]


def test_every_status_and_every_type_is_frequent_enough_to_be_measured() -> None:
    events = [event for passage in read("status.txt") for event in passage.events]
    statuses = Counter(event.status for event in events)
    types = Counter(event.type for event in events)
    assert min(statuses[status] for status in STATUSES) >= 50
    assert min(types[type_] for type_ in TYPES) >= 10
    assert statuses["occurred"] / len(events) == pytest.approx(0.3, abs=0.05)


def test_events_told_by_the_reporter_stand_beside_events_told_by_sources() -> None:
    events = [event for passage in read("reported-by.txt") for event in passage.events]
    own_voice = sum(event.told_by is None for event in events)
    assert 1 / 3 <= own_voice / len(events) <= 1 / 2


def test_all_ways_to_tell_a_number_are_there() -> None:
    events = [event for passage in read("counts.txt") for event in passage.events]
    dead = [event.dead for event in events if event.dead]
    injured = [event.injured for event in events if event.injured]
    crowds = [event.crowd for event in events if event.crowd]
    assert min(len(dead), len(injured), len(crowds)) >= 30
    counts = [*dead, *injured, *crowds]
    assert {(count.high is None, count.about, count.low == 0) for count in counts} >= {
        (False, False, False),
        (True, False, False),
        (False, True, False),
        (False, False, True),
    }
