"""A small record, and reading rooms of it: one in which nothing can be changed, one in which everything can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest
from fastapi.testclient import TestClient

from onrecord.api import Record
from onrecord.article import Frame
from onrecord.record.opening import open_record
from onrecord.web.app import make_app
from tests.record.made import REGISTERED, make_actor, make_report
from tests.record.made_copies import make_copies
from tests.web.made_room import HERE, HOSTILE, KAYA, TOMAS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "news.db"
    ana = make_actor("a1", "Ana Orpel", aliases=["Orpel"], country="KAZ", sector="GOV", registry=REGISTERED)
    hostile = make_actor("a1", HOSTILE, type=None)
    article, analysis = make_report("<b>&id=", hostile, make_actor("a2", TOMAS))
    named = dict.fromkeys(("title", "outlet", "url", "origin"), HOSTILE)
    with open_record(path, create=True) as record:
        for report in [make_report("one", ana, make_actor("a2", KAYA)), *make_copies()]:
            record.add(*report, "m1")
        record.add(replace(article, frame=Frame(headline=HOSTILE), **named), analysis, "m1")
    return path


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record.open(path, read_only=True) as record:
        yield record


@pytest.fixture(scope="module")
def room(record: Record) -> TestClient:
    return TestClient(make_app(record), base_url=HERE)


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A room of a copy of the record, in which it can be changed; each test has its own."""
    own = tmp_path / "own.db"
    copyfile(path, own)
    with open_record(own, create=False) as store, Record.open(own, read_only=True) as record:
        yield TestClient(make_app(record, store), base_url=HERE)
