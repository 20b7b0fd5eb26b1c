"""The demonstration opens on all example reports, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

from onrecord.api import Record
from onrecord.web.demo import demo_record
from tests.command import onrecord

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_all_examples_are_on_record_and_gone_afterwards() -> None:
    with demo_record() as path, Record.open(path, read_only=True) as record:
        assert record.status()["articles"] == sum(file.is_file() for file in EXAMPLES.rglob("*.*"))
        assert record.stories(copied=True)
    assert not path.exists()


def test_it_has_a_record_of_its_own(tmp_path: Path) -> None:
    run = onrecord("serve", "--demo", "--record", str(tmp_path / "news.db"))
    assert run.returncode == 2
    assert b"Give --demo or --record, not both." in run.stderr
