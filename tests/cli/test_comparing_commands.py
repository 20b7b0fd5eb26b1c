"""`contradictions` and `sources` as somebody types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from onrecord.record.opening import open_record
from tests.command import onrecord_text as onrecord
from tests.record.made_statements import make_report
from tests.record.test_contradictions import CLOSE, NOT_CLOSE, said
from tests.record.test_who_is_heard import STRIKE, make_post


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("comparing") / "news.db"
    with open_record(path, create=True) as opened:
        opened.add(*said("old", CLOSE, "2024-03-04"), "m1")
        opened.add(*said("new", NOT_CLOSE, "2024-03-11", outlet="Karst Press"), "m1")
        opened.add(*make_post("wire", "2024-03-04"), "m1")
        opened.add(*make_report("strike", *STRIKE, published="2024-04-01", outlet="Karst Press"), "m1")
    return path


def test_a_pair_is_printed_with_what_differs_in_braces(record: Path) -> None:
    done = onrecord("contradictions", "--record", record)

    assert done.returncode == 0, done.stderr
    assert "opposite  Ana Orpel  7 days apart" in done.stdout
    assert "“The harbour of Orvik will {not} close,”  16-54" in done.stdout
    assert done.stdout.index("2024-03-04") < done.stdout.index("2024-03-11")
    assert done.stdout.endswith("1 pair\n")


def test_pairs_come_as_json_and_as_a_table(record: Path) -> None:
    (pair,) = map(json.loads, onrecord("contradictions", "--json", "--record", record).stdout.splitlines())
    (row,) = csv.DictReader(io.StringIO(onrecord("contradictions", "--csv", "--record", record).stdout))

    assert (pair["kind"], pair["days"], pair["first"]["said"]["id"]) == ("opposite", 7, "old#s1")
    assert (row["kind"], row["second_marked"], row["second_report"]) == ("opposite", "not", "new")


def test_who_is_heard_is_printed_and_beside_another_outlet(record: Path) -> None:
    one = onrecord("sources", "--outlet", "karst press", "--record", record)
    two = onrecord("sources", "--outlet", "Karst Press", "--beside", "The Orpel Post", "--record", record)

    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    assert "effective number of sources" in one.stdout
    assert "Ivo Dask" in one.stdout
    assert "named sources are heard in both" in two.stdout


def test_who_is_heard_comes_as_json_and_as_a_table(record: Path) -> None:
    lines = onrecord(
        "sources", "--outlet", "Karst Press", "--beside", "The Orpel Post", "--json", "--record", record
    ).stdout
    rows = list(csv.DictReader(io.StringIO(onrecord("sources", "--csv", "--record", record).stdout)))

    assert [json.loads(line)["outlet"] for line in lines.splitlines()] == ["Karst Press", "The Orpel Post"]
    assert {"Ana Orpel", "Ivo Dask", "Bank of Karst"} == {r["actor"] for r in rows}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("contradictions", "--since", "May"), "YYYY-MM-DD"),
        (("contradictions", "--since", "2024-02-02", "--until", "2024-01-01"), "the other way round"),
        (("contradictions", "--outlet", "Nobody's News"), "no report of this outlet"),
        (("contradictions", "--json", "--csv"), "Give one of them"),
        (("sources", "--kind", "shout"), "there is no such kind"),
        (("sources", "--outlet", ""), "no words are given"),
        (("sources", "--beside", "Nobody's News"), "--beside Nobody's News"),
        (("sources", "--json", "--csv"), "Give one of them"),
    ],
)
def test_wrong_use_is_told_in_one_line(record: Path, words: tuple[str, ...], told: str) -> None:
    done = onrecord(*words, "--record", record)

    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
