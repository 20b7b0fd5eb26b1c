"""What a correction would change is what it changes; and to look at it changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from onrecord.contract import RoleOut
from onrecord.errors import UsageError
from onrecord.record import correct
from onrecord.record.corrections import Correction
from onrecord.record.opening import open_record
from onrecord.record.previewing import (
    Preview,
    Standing,
    preview_merge,
    preview_rename,
    preview_split,
    preview_undo,
    standings,
)
from onrecord.record.schema import actors
from onrecord.record.store import Record
from tests.record.made import NAMES, REGISTERED, dump, make_actor, make_report
from tests.record.made_events import Report

ticks = count()
KAYA, TOMAS, ILSE = NAMES
ANA = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
ODO = make_actor("a1", "Odo Karsten", aliases=["Karsten"])
REPORTS = [
    make_report("one", ANA, make_actor("a2", KAYA)),
    make_report("two", make_actor("a1", KAYA, country="DEU"), make_actor("a2", TOMAS)),
    make_report("three", make_actor("a2", KAYA), ANA),
    make_report("four", make_actor("a1", ILSE), make_actor("a2", KAYA)),
    make_report("five", ODO, ODO),
]
SUBJECT = REPORTS[4][0].text.index("that Odo") + len("that ")


def stamp() -> dict[str, str]:
    return {"time": f"2024-02-03T04:05:06.{next(ticks):06}+00:00", "command": "onrecord actor"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "news.db", create=True) as opened:
        for report in REPORTS:
            opened.add(*report, "m1")
        yield opened


def every(record: Record) -> dict[str, Standing]:
    """All actors on record as they stand."""
    with record.reading() as connection:
        return standings(connection, connection.execute(actors.select()).scalars().all())


Made = Callable[[Connection], Correction]
CORRECTIONS = [
    pytest.param(
        lambda r: preview_merge(r, KAYA, TOMAS),
        lambda c: correct.merge(c, KAYA, TOMAS, **stamp()),
        id="merge",
    ),
    pytest.param(
        lambda r: preview_merge(r, TOMAS, KAYA),
        lambda c: correct.merge(c, TOMAS, KAYA, **stamp()),
        id="the other way",
    ),
    pytest.param(
        lambda r: preview_split(r, KAYA, ["two", "four"]),
        lambda c: correct.split(c, KAYA, ["two", "four"], **stamp()),
        id="split",
    ),
    pytest.param(
        lambda r: preview_split(r, "Karsten", [f"five:{SUBJECT}"]),
        lambda c: correct.split(c, "Karsten", [f"five:{SUBJECT}"], **stamp()),
        id="split of a mention",
    ),
    pytest.param(
        lambda r: preview_split(r, "Ana Orpel", ["one", "three"]),
        lambda c: correct.split(c, "Ana Orpel", ["one", "three"], **stamp()),
        id="split of all",
    ),
    pytest.param(
        lambda r: preview_rename(r, ILSE, "Ilse M. Maran"),
        lambda c: correct.rename(c, ILSE, "Ilse M. Maran", **stamp()),
        id="rename",
    ),
]


@pytest.mark.parametrize(("look", "make"), CORRECTIONS)
def test_what_a_correction_changes_was_told_before(
    record: Record, look: Callable[[Record], Preview], make: Made
) -> None:
    rows, before = dump(record), every(record)
    told = look(record)
    assert dump(record) == rows
    with record.writing() as connection:
        made = make(connection)
    after = every(record)
    assert (told.correction.what, told.correction.actor, told.correction.other) == (
        made.what,
        made.actor,
        made.other,
    )
    _is_what_changed(told, before, after)
    rows = dump(record)
    undone = preview_undo(record)
    assert dump(record) == rows
    assert undone.correction == made
    _is_what_changed(undone, after, before)


def _is_what_changed(told: Preview, before: dict[str, Standing], after: dict[str, Standing]) -> None:
    ids = [(c.before or c.after).id for c in told.changed if c.before or c.after]
    assert set(ids) == {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
    assert len(ids) == len(set(ids))
    for id, changed in zip(ids, told.changed, strict=True):
        assert (changed.before, changed.after) == (before.get(id), after.get(id))


def test_who_was_merged_before_is_told_too(record: Record) -> None:
    with record.writing() as connection:
        correct.merge(connection, KAYA, TOMAS, **stamp())
    before = every(record)
    told = preview_merge(record, ILSE, KAYA)
    with record.writing() as connection:
        correct.merge(connection, ILSE, KAYA, **stamp())
    _is_what_changed(told, before, every(record))


def test_whom_a_correction_speaks_of_comes_first_with_all_that_is_theirs(record: Record) -> None:
    told = preview_merge(record, KAYA, TOMAS)
    first, second = told.changed
    assert first.before
    assert first.after
    assert (first.before.name, first.before.reports, first.before.said) == (KAYA, 4, 2)
    assert (first.after.name, first.after.names, first.after.reports) == (KAYA, [TOMAS], 4)
    assert second.before
    assert (second.before.name, second.before.reports, second.before.about, second.after) == (
        TOMAS,
        1,
        1,
        None,
    )


def test_namesakes_who_would_be_one_are_told(tmp_path: Path) -> None:
    def told(id: str, *roles: RoleOut) -> Report:
        bela = msgspec.structs.replace(make_actor("a1", "Bela Tarn"), roles=list(roles))
        return make_report(id, bela, make_actor("a2", TOMAS))

    with open_record(tmp_path / "news.db", create=True) as record:
        for report in (
            told("mayor", RoleOut("mayor of Mirna", None, None, None)),
            told("player", RoleOut("footballer", None, None, None)),
            told("untold"),
        ):
            record.add(*report, "m1")
        before = every(record)
        bearers = [id for id, standing in before.items() if standing.name == "Bela Tarn"]
        assert len(bearers) > 1
        for id in bearers:
            told_before = preview_rename(record, id, "Somebody")
            with record.writing() as connection:
                correct.rename(connection, id, "Somebody", **stamp())
            _is_what_changed(told_before, before, every(record))
            with record.writing() as connection:
                correct.undo(connection)


@pytest.mark.parametrize(
    ("look", "says"),
    [
        pytest.param(lambda r: preview_merge(r, KAYA, KAYA), "one actor already", id="itself"),
        pytest.param(lambda r: preview_merge(r, KAYA, "Nobody"), "nobody of this name", id="unknown"),
        pytest.param(lambda r: preview_split(r, KAYA, ["six"]), "no report", id="no report"),
        pytest.param(lambda r: preview_rename(r, ILSE, " "), "empty", id="empty"),
        pytest.param(preview_undo, "no correction", id="nothing to undo"),
    ],
)
def test_what_cannot_be_corrected_says_why(
    record: Record, look: Callable[[Record], Preview], says: str
) -> None:
    before = dump(record)
    with pytest.raises(UsageError, match=says):
        look(record)
    assert dump(record) == before
